/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A good ranking for aggregate.kemeny, and a bound on how good one can be.
 *
 * source  Local moves: Ali, Meila, Mathematical Social Sciences 64 (2012) 28. Bound by circles of
 *         three: Davenport, Kalagnanam, AAAI-04 (2004) 697
 */
#include <math.h>
#include <string.h>

#include "base/grow.h"
#include "ops/aggregate/kemeny.h"

enum { SEARCH_ROUNDS = 1000, CIRCLE_TRIES = 1000000000 };

static double search_loss(const double *lead, size_t n, const uint32_t *order)
{
    double loss = 0;
    for (size_t p = 0; p < n; p++) {
        for (size_t q = p + 1; q < n; q++) {
            const double against = lead[order[q] * n + order[p]];
            loss += against > 0 ? against : 0;
        }
    }
    return loss;
}

/* Where the unit at place p gains most, and how much. */
static size_t search_best_place(const double *lead, size_t n, const uint32_t *order, size_t p,
                                double *gain)
{
    const double *own = lead + order[p] * n;
    double sum = 0;
    size_t best = p;
    *gain = MERA_KEMENY_ROUNDING;
    for (size_t q = p; q > 0; q--) {
        sum += own[order[q - 1]];
        if (sum > *gain) {
            *gain = sum;
            best = q - 1;
        }
    }
    sum = 0;
    for (size_t q = p + 1; q < n; q++) {
        sum -= own[order[q]];
        if (sum > *gain) {
            *gain = sum;
            best = q;
        }
    }
    return best;
}

static void search_move(uint32_t *order, size_t from, size_t to)
{
    const uint32_t unit = order[from];
    if (to < from) {
        memmove(order + to + 1, order + to, (from - to) * sizeof *order);
    } else {
        memmove(order + from, order + from + 1, (to - from) * sizeof *order);
    }
    order[to] = unit;
}

static void search_improve(const double *lead, size_t n, uint32_t *order)
{
    bool moved = true;
    for (int round = 0; round < SEARCH_ROUNDS && moved; round++) {
        moved = false;
        for (size_t p = 0; p < n; p++) {
            double gain;
            const size_t to = search_best_place(lead, n, order, p, &gain);
            if (to != p) {
                search_move(order, p, to);
                moved = true;
            }
        }
    }
}

/* Sorts units by descending score, equals by number. */
static void search_sort(const double *score, size_t n, uint32_t *order)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (; at > 0 && score[order[at - 1]] < score[i]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = (uint32_t)i;
    }
}

mera_code mera_kemeny_search(const double *lead, size_t n, mera_arena *arena, uint32_t *order,
                             double *loss)
{
    double *score;
    uint32_t *other;
    MERA_TRY_NEW(score, arena, n);
    MERA_TRY_NEW(other, arena, n);
    for (size_t way = 0; way < 2; way++) { /* by sum of leads (Borda), by pairs won (Copeland) */
        uint32_t *tried = way == 0 ? order : other;
        for (size_t a = 0; a < n; a++) {
            score[a] = 0;
            for (size_t b = 0; b < n; b++) {
                const double l = lead[a * n + b];
                score[a] += way == 0 ? l : (double)((l > 0) - (l < 0));
            }
        }
        search_sort(score, n, tried);
        search_improve(lead, n, tried);
    }
    const double first = search_loss(lead, n, order), second = search_loss(lead, n, other);
    if (second < first - MERA_KEMENY_ROUNDING) {
        memcpy(order, other, n * sizeof *order);
    }
    *loss = second < first - MERA_KEMENY_ROUNDING ? second : first;
    return MERA_OK;
}

/* ---- the bound ---- */

typedef struct {
    double *left; /* what is left of each lead */
    size_t n;
    mera_kemeny_circle *circle;
    size_t n_circles, room;
    mera_arena *arena;
} circles;

static mera_code circles_add(circles *c, size_t x, size_t y, size_t z, double loss)
{
    MERA_TRY_GROWN(c->circle, c->arena, &c->room, c->n_circles + 1);
    c->circle[c->n_circles++] = (mera_kemeny_circle){{(uint32_t)x, (uint32_t)y, (uint32_t)z}, loss};
    c->left[x * c->n + y] -= loss;
    c->left[y * c->n + z] -= loss;
    c->left[z * c->n + x] -= loss;
    return MERA_OK;
}

/* The circle x, y, z takes the least that is left of its three leads. */
static mera_code circles_try(circles *c, size_t x, size_t y)
{
    for (size_t z = 0; z < c->n && c->left[x * c->n + y] > MERA_KEMENY_ROUNDING; z++) {
        const double yz = c->left[y * c->n + z], zx = c->left[z * c->n + x];
        const double loss = fmin(c->left[x * c->n + y], fmin(yz, zx));
        if (!(loss > MERA_KEMENY_ROUNDING)) {
            continue;
        }
        MERA_TRY(circles_add(c, x, y, z, loss));
    }
    return MERA_OK;
}

/* All circles through what is left of the leads of unit x. */
static mera_code circles_from(circles *c, size_t x, size_t *tries)
{
    for (size_t y = 0; y < c->n && *tries < CIRCLE_TRIES; y++) {
        if (!(c->left[x * c->n + y] > MERA_KEMENY_ROUNDING)) {
            continue;
        }
        MERA_TRY(circles_try(c, x, y));
        *tries += c->n;
    }
    return MERA_OK;
}

mera_code mera_kemeny_circles(const double *lead, size_t n, mera_arena *arena,
                              mera_kemeny_circle **out, size_t *n_out)
{
    circles c = {.n = n, .arena = arena};
    size_t tries = 0;
    MERA_TRY_NEW(c.left, arena, n * n);
    memcpy(c.left, lead, n * n * sizeof *lead);
    for (size_t x = 0; x < n && tries < CIRCLE_TRIES; x++) {
        MERA_TRY(circles_from(&c, x, &tries));
    }
    *out = c.circle;
    *n_out = c.n_circles;
    return MERA_OK;
}
