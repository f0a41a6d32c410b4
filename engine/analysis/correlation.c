/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Correlation matrices (mera/statistics.h). Columns without gaps are centred once; eight of them
 * stand side by side while all others pass, so that eight sums run at a time, each in the order of
 * the units. A pair with a gap is gathered and centred for itself. Work is shared by blocks of
 * eight columns; each cell is made by one of them alone, so the number of threads changes nothing.
 */
#include "analysis/correlation.h"

#include "base/math.h"
#include "base/threads.h"
#include "ops/column.h"

typedef struct correlation_work {
    const mera_columns *a, *b;
    bool itself; /**< b is a */
    mera_correlation_kind kind;
    mera_chance chance;
    correlation_column *ca, *cb;
    mera_chance_tables tables;
    correlation_scratch *scratch; /**< per worker */
    mera_correlations *out;
} correlation_work;

const char *mera_correlation_name(mera_correlation_kind kind)
{
    static const char *const name[] = {
        [MERA_PEARSON] = "pearson", [MERA_SPEARMAN] = "spearman", [MERA_KENDALL] = "kendall"};
    return name[kind];
}

/* ---- columns ---- */

/** Where the run of equals of each unit begins and ends in the order. */
static void correlation_runs(correlation_column *c)
{
    for (size_t i = 0; i < c->n_present;) {
        size_t end = i + 1;
        while (end < c->n_present && c->x[c->order[end]] == c->x[c->order[i]]) {
            end++;
        }
        for (size_t j = i; j < end; j++) {
            c->from[c->order[j]] = (uint32_t)i;
            c->to[c->order[j]] = (uint32_t)end;
        }
        c->tied = c->tied || end > i + 1;
        i = end;
    }
}

static mera_code correlation_order(correlation_column *c, size_t n, mera_arena *arena)
{
    MERA_TRY(mera_column_order(c->x, n, arena, &c->order, &c->n_present));
    MERA_TRY_NEW(c->from, arena, n);
    MERA_TRY_NEW(c->to, arena, n);
    correlation_runs(c);
    return MERA_OK;
}

/** Values or ranks less their mean; exactly 0 when they do not vary. */
static mera_code correlation_centre(correlation_column *c, size_t n, mera_correlation_kind kind,
                                    mera_arena *arena)
{
    double mean = 0;
    bool varies = false;
    MERA_TRY_NEW(c->centred, arena, n);
    for (size_t i = 0; i < n; i++) {
        c->centred[i] =
            kind == MERA_SPEARMAN ? ((double)c->from[i] + (double)c->to[i] + 1) / 2 : c->x[i];
        mean += c->centred[i];
        varies = varies || c->x[i] != c->x[0];
    }
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) {
        c->centred[i] = varies ? c->centred[i] - mean : 0;
        c->square += c->centred[i] * c->centred[i];
    }
    return MERA_OK;
}

static mera_code correlation_columns(const mera_columns *from, mera_correlation_kind kind,
                                     mera_arena *arena, correlation_column **out)
{
    MERA_TRY_NEW(*out, arena, from->k);
    for (size_t j = 0; j < from->k; j++) {
        correlation_column *c = &(*out)[j];
        c->x = from->x[j];
        if (kind != MERA_PEARSON) {
            MERA_TRY(correlation_order(c, from->n, arena));
        } else {
            c->n_present = mera_column_count(c->x, from->n);
        }
        if (kind != MERA_KENDALL && c->n_present == from->n && from->n > 1) {
            MERA_TRY(correlation_centre(c, from->n, kind, arena));
        }
    }
    return MERA_OK;
}

/* ---- cells ---- */

static double correlation_p(const correlation_work *w, double r, size_t n, bool tied)
{
    if (n < 3) {
        return NAN;
    }
    if (w->kind == MERA_SPEARMAN && !tied && n <= CHANCE_SPEARMAN_SERIES) {
        return mera_chance_spearman(&w->tables, r, n);
    }
    return mera_chance_t(r, n);
}

static void correlation_put(const correlation_work *w, size_t i, size_t j,
                            const correlation_pair *pair)
{
    mera_correlations *out = w->out;
    const size_t cell[2] = {i * out->columns + j, w->itself ? j * out->columns + i : 0};
    for (int side = 0; side < (w->itself ? 2 : 1); side++) {
        out->r[cell[side]] = w->itself && i == j && !isnan(pair->r) ? 1 : pair->r;
        out->n[cell[side]] = pair->n;
        if (out->p != NULL) {
            out->p[cell[side]] = w->itself && i == j ? 0 : pair->n < 3 ? NAN : pair->p;
        }
    }
}

/** A pair of columns of which one has gaps, or of any kind but by moments. */
static void correlation_alone(const correlation_work *w, size_t i, size_t j,
                              correlation_scratch *scratch)
{
    const correlation_column *a = &w->ca[i], *b = &w->cb[j];
    correlation_pair pair = {NAN, NAN, 0};
    bool tied = false;
    switch (w->kind) {
    case MERA_PEARSON:
        mera_correlation_pearson(a, b, w->a->n, scratch, &pair);
        break;
    case MERA_SPEARMAN:
        mera_correlation_spearman(a, b, w->a->n, scratch, &pair, &tied);
        break;
    case MERA_KENDALL:
        mera_correlation_kendall(a, b, w->chance == MERA_CHANCE_NONE ? NULL : &w->tables, scratch,
                                 &pair);
        break;
    }
    if (w->chance != MERA_CHANCE_NONE && w->kind != MERA_KENDALL) {
        pair.p = correlation_p(w, pair.r, pair.n, tied);
    }
    correlation_put(w, i, j, &pair);
}

/** Sums of products of one centred column with the packed ones. */
static void correlation_products(const double *a, const double *packed, size_t n,
                                 double sum[CORRELATION_LANES])
{
    double lane[CORRELATION_LANES] = {0};
    for (size_t i = 0; i < n; i++) {
        for (int l = 0; l < CORRELATION_LANES; l++) {
            lane[l] += a[i] * packed[i * CORRELATION_LANES + (size_t)l];
        }
    }
    for (int l = 0; l < CORRELATION_LANES; l++) {
        sum[l] = lane[l];
    }
}

static void correlation_pack(const correlation_work *w, size_t first, size_t count, double *packed)
{
    for (size_t l = 0; l < CORRELATION_LANES; l++) {
        const double *from = l < count ? w->cb[first + l].centred : NULL;
        for (size_t i = 0; i < w->a->n; i++) {
            packed[i * CORRELATION_LANES + l] = from != NULL ? from[i] : 0;
        }
    }
}

static void correlation_moments(const correlation_work *w, size_t i, size_t j, double product)
{
    const correlation_column *a = &w->ca[i], *b = &w->cb[j];
    correlation_pair pair = {NAN, NAN, (uint32_t)w->a->n};
    if (a->square > 0 && b->square > 0) {
        pair.r = fmax(-1, fmin(1, product / (sqrt(a->square) * sqrt(b->square))));
    }
    if (w->chance != MERA_CHANCE_NONE) {
        pair.p = correlation_p(w, pair.r, w->a->n, a->tied || b->tied);
    }
    correlation_put(w, i, j, &pair);
}

/** Job: eight columns of b against all of a (up to themselves when b is a). */
static mera_code correlation_block(void *context, size_t job, unsigned worker)
{
    const correlation_work *w = context;
    correlation_scratch *scratch = &w->scratch[worker];
    const size_t first = job * CORRELATION_LANES;
    const size_t left = w->b->k - first;
    const size_t count = left < CORRELATION_LANES ? left : CORRELATION_LANES;
    double product[CORRELATION_LANES] = {0};
    if (w->kind != MERA_KENDALL) {
        correlation_pack(w, first, count, scratch->packed);
    }
    for (size_t i = 0; i < (w->itself ? first + count : w->a->k); i++) {
        if (w->ca[i].centred != NULL) {
            correlation_products(w->ca[i].centred, scratch->packed, w->a->n, product);
        }
        for (size_t l = 0; l < count; l++) {
            if (w->itself && i > first + l) {
                continue;
            }
            if (w->ca[i].centred != NULL && w->cb[first + l].centred != NULL) {
                correlation_moments(w, i, first + l, product[l]);
            } else {
                correlation_alone(w, i, first + l, scratch);
            }
        }
    }
    return MERA_OK;
}

/* ---- the whole ---- */

static mera_code correlation_scratches(correlation_work *w, unsigned workers, mera_arena *arena)
{
    const size_t n = w->a->n, words = n / CORRELATION_WORD + 2;
    MERA_TRY_NEW(w->scratch, arena, workers);
    for (unsigned i = 0; i < workers; i++) {
        correlation_scratch *s = &w->scratch[i];
        if (w->kind == MERA_KENDALL) {
            MERA_TRY_NEW(s->unit, arena, n);
            MERA_TRY_NEW(s->place, arena, n);
            MERA_TRY_NEW(s->bit, arena, words);
            MERA_TRY_NEW(s->in_word, arena, words);
            MERA_TRY_NEW(s->in_block, arena, words / CORRELATION_BLOCK + 1);
        } else {
            MERA_TRY_NEW(s->a, arena, n + 1);
            MERA_TRY_NEW(s->b, arena, n + 1);
            MERA_TRY_NEW(s->packed, arena, n * CORRELATION_LANES);
        }
    }
    return MERA_OK;
}

static mera_code correlation_run(correlation_work *w, mera_pool *pool, mera_arena *arena)
{
    MERA_TRY(correlation_scratches(w, pool != NULL ? mera_pool_size(pool) : 1, arena));
    MERA_TRY(correlation_columns(w->a, w->kind, arena, &w->ca));
    w->cb = w->ca;
    if (!w->itself) {
        MERA_TRY(correlation_columns(w->b, w->kind, arena, &w->cb));
    }
    if (w->chance != MERA_CHANCE_NONE && w->kind != MERA_PEARSON) {
        MERA_TRY(mera_chance_tables_of(arena, &w->tables));
    }
    const size_t jobs = (w->b->k + CORRELATION_LANES - 1) / CORRELATION_LANES;
    return mera_pool_run(pool, jobs, correlation_block, w);
}

static mera_code correlation_rooms(correlation_work *w, mera_arena *arena)
{
    mera_correlations *out = w->out;
    *out = (mera_correlations){.rows = w->a->k, .columns = w->b->k};
    MERA_TRY_NEW(out->r, arena, out->rows * out->columns);
    MERA_TRY_NEW(out->n, arena, out->rows * out->columns);
    if (w->chance != MERA_CHANCE_NONE) {
        MERA_TRY_NEW(out->p, arena, out->rows * out->columns);
    }
    return MERA_OK;
}

mera_code mera_correlations_of(const mera_columns *a, const mera_columns *b,
                               mera_correlation_kind kind, mera_chance chance, unsigned threads,
                               mera_arena *arena, mera_correlations *out)
{
    correlation_work w = {.a = a,
                          .b = b != NULL ? b : a,
                          .itself = b == NULL,
                          .kind = kind,
                          .chance = chance,
                          .out = out};
    mera_pool *pool = NULL;
    MERA_TRY(correlation_rooms(&w, arena));
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    if (threads != 1 && w.a->k * w.b->k * w.a->n > 100000) { /* else threads cost more */
        MERA_TRY(mera_pool_open(threads, &pool));
    }
    const mera_code code = correlation_run(&w, pool, arena);
    if (pool != NULL) {
        mera_pool_close(pool);
    }
    mera_arena_rewind(arena, mark);
    return code;
}
