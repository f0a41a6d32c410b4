/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Least squares over x >= 0 by the active sets of Lawson and Hanson, Solving Least Squares Problems
 * (1974), chapter 23. A column enters when its gradient says so; when the least squares of the
 * entered ones goes below 0, x moves there as far as it may and what became 0 leaves.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "numeric/linear.h"

typedef struct {
    size_t n, k;
    const double *a, *b;
    mera_arena *arena;
    double *x, *z;      /* k: the point, and the least squares of the entered columns */
    double *rest;       /* n: b - a x */
    double *norm;       /* k: lengths of the columns */
    double *part, *sub; /* the entered columns side by side, and their solution */
    bool *in, *tried;   /* k: entered; refused in this round */
    double scale;       /* length of b */
} nnls_run;

static double nnls_length(const double *v, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += v[i] * v[i];
    }
    return sqrt(sum);
}

static mera_code nnls_start(nnls_run *s)
{
    MERA_TRY_NEW(s->z, s->arena, s->k);
    MERA_TRY_NEW(s->rest, s->arena, s->n);
    MERA_TRY_NEW(s->norm, s->arena, s->k);
    MERA_TRY_NEW(s->part, s->arena, s->n * s->k);
    MERA_TRY_NEW(s->sub, s->arena, s->k);
    MERA_TRY_NEW(s->in, s->arena, s->k);
    MERA_TRY_NEW(s->tried, s->arena, s->k);
    for (size_t j = 0; j < s->k; j++) {
        s->x[j] = 0;
        s->norm[j] = nnls_length(s->a + j * s->n, s->n);
    }
    s->scale = nnls_length(s->b, s->n);
    return MERA_OK;
}

/* The column whose share in x would lessen the residual most steeply, or k. */
static size_t nnls_steepest(nnls_run *s)
{
    double best = 64 * DBL_EPSILON * s->scale;
    size_t found = s->k;
    memcpy(s->rest, s->b, s->n * sizeof *s->rest);
    for (size_t j = 0; j < s->k; j++) {
        for (size_t i = 0; s->x[j] != 0 && i < s->n; i++) {
            s->rest[i] -= s->a[j * s->n + i] * s->x[j];
        }
    }
    for (size_t j = 0; j < s->k; j++) {
        double gradient = 0;
        for (size_t i = 0; i < s->n; i++) {
            gradient += s->a[j * s->n + i] * s->rest[i];
        }
        const double slope = s->norm[j] > 0 ? gradient / s->norm[j] : 0;
        if (!s->in[j] && !s->tried[j] && slope > best) {
            best = slope;
            found = j;
        }
    }
    return found;
}

/* z: the least squares of the entered columns, 0 for the others. */
static mera_code nnls_solve(nnls_run *s)
{
    const mera_arena_mark mark = mera_arena_mark_now(s->arena);
    size_t p = 0;
    for (size_t j = 0; j < s->k; j++) {
        if (s->in[j]) {
            memcpy(s->part + p++ * s->n, s->a + j * s->n, s->n * sizeof *s->part);
        }
    }
    MERA_TRY(mera_least_squares(s->part, s->n, p, s->b, 1e-14, s->arena, s->sub, NULL));
    mera_arena_rewind(s->arena, mark);
    p = 0;
    for (size_t j = 0; j < s->k; j++) {
        s->z[j] = s->in[j] ? s->sub[p++] : 0;
    }
    return MERA_OK;
}

/* Moves x towards z until a component is 0, and lets that one leave. False: z itself was reached.
 */
static bool nnls_step(nnls_run *s)
{
    double step = 1;
    size_t first = s->k;
    for (size_t j = 0; j < s->k; j++) {
        if (s->in[j] && s->z[j] <= 0) {
            const double reach = s->x[j] > 0 ? s->x[j] / (s->x[j] - s->z[j]) : 0;
            if (first == s->k || reach < step) {
                step = reach;
                first = j;
            }
        }
    }
    if (first == s->k) {
        memcpy(s->x, s->z, s->k * sizeof *s->x);
        return false;
    }
    for (size_t j = 0; j < s->k; j++) {
        s->x[j] += step * (s->z[j] - s->x[j]);
        if (s->in[j] && (j == first || s->x[j] <= 0)) {
            s->x[j] = 0;
            s->in[j] = false;
        }
    }
    return true;
}

static mera_code nnls_run_all(nnls_run *s)
{
    for (size_t round = 0; round < 30 * s->k + 30; round++) {
        const size_t j = nnls_steepest(s);
        if (j == s->k) {
            return MERA_OK;
        }
        s->in[j] = true;
        MERA_TRY(nnls_solve(s));
        if (s->z[j] <= 0) { /* only rounding says that it should enter */
            s->in[j] = false;
            s->tried[j] = true;
            continue;
        }
        memset(s->tried, 0, s->k * sizeof *s->tried);
        while (nnls_step(s)) {
            MERA_TRY(nnls_solve(s));
        }
    }
    return MERA_ESYSTEM;
}

mera_code mera_nnls(const double *a, size_t n, size_t k, const double *b, mera_arena *arena,
                    double *x)
{
    nnls_run s = {.n = n, .k = k, .a = a, .b = b, .arena = arena, .x = x};
    if (n > k + 1) { /* the triangle has the same minima and k rows instead of n */
        double *r, *c;
        MERA_TRY_NEW(r, arena, k * k);
        MERA_TRY_NEW(c, arena, k);
        MERA_TRY(mera_reduce(a, n, k, b, arena, r, c));
        s.n = k;
        s.a = r;
        s.b = c;
    }
    MERA_TRY(nnls_start(&s));
    return nnls_run_all(&s);
}

/*
 * |a x|^2 + (sum x - 1)^2 over x >= 0: with x = t v, sum v = 1, the best t leaves q / (1 + q) with
 * q = |a v|^2, which grows with q. So its minimum, divided by its sum, is the one looked for.
 */
mera_code mera_nearest_hull(const double *a, size_t n, size_t k, mera_arena *arena, double *x)
{
    double *tall, *right, largest = 0, sum = 0;
    MERA_TRY_NEW(tall, arena, (n + 1) * k);
    MERA_TRY_NEW(right, arena, n + 1);
    for (size_t i = 0; i < n * k; i++) {
        largest = fmax(largest, fabs(a[i]));
    }
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < n; i++) {
            tall[j * (n + 1) + i] = largest > 0 ? a[j * n + i] / largest : 0;
        }
        tall[j * (n + 1) + n] = 1;
    }
    right[n] = 1;
    MERA_TRY(mera_nnls(tall, n + 1, k, right, arena, x));
    for (size_t j = 0; j < k; j++) {
        sum += x[j];
    }
    for (size_t j = 0; j < k; j++) {
        x[j] /= sum;
    }
    return MERA_OK;
}

/*
 * Lawson and Hanson, chapter 23.4: with E = (g, h)' and the residual r of min |E y - (0 .. 0 1)'|
 * over y >= 0, x = -r_j / r_last; no residual says that the inequalities contradict each other.
 */
mera_code mera_least_distance(const double *g, const double *h, size_t m, size_t k,
                              mera_arena *arena, double *x)
{
    const size_t rows = k + 1;
    double *e, *right, *y, *rest;
    MERA_TRY_NEW(e, arena, rows * m);
    MERA_TRY_NEW(right, arena, rows);
    MERA_TRY_NEW(y, arena, m);
    MERA_TRY_NEW(rest, arena, rows);
    for (size_t t = 0; t < m; t++) {
        const double length = nnls_length(g + t * k, k);
        for (size_t j = 0; j < k; j++) {
            e[t * rows + j] = length > 0 ? g[t * k + j] / length : 0;
        }
        e[t * rows + k] = length > 0 ? h[t] / length : h[t];
    }
    right[k] = 1;
    MERA_TRY(mera_nnls(e, rows, m, right, arena, y));
    for (size_t t = 0; t < m; t++) {
        for (size_t j = 0; j < rows; j++) {
            rest[j] += e[t * rows + j] * y[t];
        }
    }
    rest[k] -= 1;
    if (nnls_length(rest, rows) < 1e-10) {
        return MERA_EINPUT;
    }
    for (size_t j = 0; j < k; j++) {
        x[j] = -rest[j] / rest[k] + 0.0;
    }
    return MERA_OK;
}
