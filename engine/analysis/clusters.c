/* SPDX-License-Identifier: Apache-2.0 */
/** @file Ward's clusters and silhouettes (mera/clusters.h). */
#include "mera/clusters.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"

/** Clusters that are not merged yet; each has the slot of one of its rows. */
typedef struct ward_run {
    size_t n, d;
    double *centre; /**< [slot * d + column] */
    double *size;
    size_t n_active;
    size_t *active; /**< slots, rising */
} ward_run;

/** What the sum of squares within clusters grows by when two are merged. */
static double ward_cost(const ward_run *w, size_t a, size_t b)
{
    const double *x = &w->centre[a * w->d], *y = &w->centre[b * w->d];
    double square = 0;
    for (size_t c = 0; c < w->d; c++) {
        square += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return w->size[a] * w->size[b] / (w->size[a] + w->size[b]) * square;
}

/** The nearest other cluster; of equals `first`, then the lowest slot. */
static size_t ward_nearest(const ward_run *w, size_t a, size_t first, double *cost)
{
    size_t best = first;
    *cost = first == SIZE_MAX ? INFINITY : ward_cost(w, a, first);
    for (size_t i = 0; i < w->n_active; i++) {
        const size_t b = w->active[i];
        const double one = b == a || b == first ? INFINITY : ward_cost(w, a, b);
        if (one < *cost) {
            *cost = one;
            best = b;
        }
    }
    return best;
}

/** The second joins the first. */
static void ward_join(ward_run *w, size_t a, size_t b)
{
    const double all = w->size[a] + w->size[b];
    size_t i = 0;
    for (size_t c = 0; c < w->d; c++) {
        double *x = &w->centre[a * w->d + c];
        *x = (w->size[a] * *x + w->size[b] * w->centre[b * w->d + c]) / all;
    }
    w->size[a] = all;
    while (w->active[i] != b) {
        i++;
    }
    w->n_active--;
    memmove(&w->active[i], &w->active[i + 1], (w->n_active - i) * sizeof *w->active);
}

/** A merge with its number, so that equal heights keep their order. */
typedef struct ward_numbered {
    mera_merge merge;
    size_t number;
} ward_numbered;

static int ward_by_height(const void *a, const void *b)
{
    const ward_numbered *x = a, *y = b;
    return x->merge.height != y->merge.height
               ? (x->merge.height > y->merge.height) - (x->merge.height < y->merge.height)
               : (x->number > y->number) - (x->number < y->number);
}

/** Goes from neighbour to nearest neighbour until two are each other's. */
static void ward_chain(ward_run *w, size_t *chain, ward_numbered *merge)
{
    size_t length = 0, n = 0;
    while (w->n_active > 1) {
        if (length == 0) {
            chain[length++] = w->active[0];
        }
        const size_t a = chain[length - 1], before = length > 1 ? chain[length - 2] : SIZE_MAX;
        double cost;
        const size_t b = ward_nearest(w, a, before, &cost);
        if (b != before) {
            chain[length++] = b;
            continue;
        }
        const size_t low = a < b ? a : b, high = a < b ? b : a;
        merge[n] = (ward_numbered){{low, high, sqrt(2 * cost)}, n};
        n++;
        ward_join(w, low, high);
        length -= 2;
    }
}

mera_code mera_ward(const mera_points *points, mera_arena *arena, mera_merge *merge)
{
    ward_run w = {.n = points->n, .d = points->d, .n_active = points->n};
    size_t *chain;
    ward_numbered *numbered;
    MERA_TRY_NEW(w.centre, arena, points->n * points->d);
    MERA_TRY_NEW(w.size, arena, points->n);
    MERA_TRY_NEW(w.active, arena, points->n);
    MERA_TRY_NEW(chain, arena, points->n + 1);
    MERA_TRY_NEW(numbered, arena, points->n);
    memcpy(w.centre, points->x, points->n * points->d * sizeof *w.centre);
    for (size_t i = 0; i < points->n; i++) {
        w.size[i] = 1;
        w.active[i] = i;
    }
    ward_chain(&w, chain, numbered);
    qsort(numbered, points->n - 1, sizeof *numbered, ward_by_height);
    for (size_t i = 0; i + 1 < points->n; i++) {
        merge[i] = numbered[i].merge;
    }
    return MERA_OK;
}

mera_code mera_ward_cut(const mera_merge *merge, size_t n, size_t k, mera_arena *arena,
                        uint32_t *cluster)
{
    size_t *first; /* of a row: a row of its cluster that is not after it */
    uint32_t numbered = 0;
    MERA_TRY_NEW(first, arena, n);
    for (size_t i = 0; i < n; i++) {
        first[i] = i;
    }
    for (size_t m = 0; m + k < n; m++) {
        size_t a = merge[m].a, b = merge[m].b;
        while (first[a] != a) {
            a = first[a] = first[first[a]];
        }
        while (first[b] != b) {
            b = first[b] = first[first[b]];
        }
        first[a < b ? b : a] = a < b ? a : b;
    }
    for (size_t i = 0; i < n; i++) {
        cluster[i] = first[i] == i ? numbered++ : cluster[first[i]];
    }
    return MERA_OK;
}

/* ---- silhouettes ---- */

static double silhouette_distance(const mera_points *points, size_t a, size_t b)
{
    const double *x = &points->x[a * points->d], *y = &points->x[b * points->d];
    double square = 0;
    for (size_t c = 0; c < points->d; c++) {
        square += (x[c] - y[c]) * (x[c] - y[c]);
    }
    return sqrt(square);
}

/** The silhouette of a row from its sums of distances to clusters. */
static double silhouette_of(const double *sum, const size_t *size, size_t k, size_t own)
{
    double next = INFINITY;
    if (size[own] < 2) {
        return 0;
    }
    const double inside = sum[own] / (double)(size[own] - 1);
    for (size_t c = 0; c < k; c++) {
        next = c != own ? fmin(next, sum[c] / (double)size[c]) : next;
    }
    const double larger = fmax(inside, next);
    return larger > 0 && larger < INFINITY ? (next - inside) / larger : 0;
}

mera_code mera_silhouettes(const mera_points *points, const uint32_t *const *cluster,
                           const size_t *k, size_t n_partitions, mera_arena *arena, double *out)
{
    size_t most = 0, *size;
    double *sum;
    for (size_t p = 0; p < n_partitions; p++) {
        most = k[p] > most ? k[p] : most;
        out[p] = 0;
    }
    MERA_TRY_NEW(size, arena, n_partitions * most);
    MERA_TRY_NEW(sum, arena, n_partitions * most);
    for (size_t p = 0; p < n_partitions; p++) {
        for (size_t i = 0; i < points->n; i++) {
            size[p * most + cluster[p][i]]++;
        }
    }
    for (size_t i = 0; i < points->n; i++) {
        memset(sum, 0, n_partitions * most * sizeof *sum);
        for (size_t j = 0; j < points->n; j++) {
            const double distance = silhouette_distance(points, i, j);
            for (size_t p = 0; p < n_partitions; p++) {
                sum[p * most + cluster[p][j]] += distance;
            }
        }
        for (size_t p = 0; p < n_partitions; p++) {
            out[p] += silhouette_of(&sum[p * most], &size[p * most], k[p], cluster[p][i]);
        }
    }
    for (size_t p = 0; p < n_partitions; p++) {
        out[p] /= (double)points->n;
    }
    return MERA_OK;
}
