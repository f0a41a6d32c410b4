/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.hot_deck -- fill a gap with the value of another unit: the most similar one, or one drawn
 * by chance.
 *
 *     y = x of the donor
 *
 * shape   x[k][n] -> y[k][n]
 * unit    each column's own
 * nulls   are filled, unless there is no donor
 * errors  none; gaps that stay are said in a warning
 * source  Andridge and Little, International Statistical Review 78 (2010) 40; OECD/JRC, Handbook on
 *         Constructing Composite Indicators (2008), step 3
 *
 * A draw is a number made of the methodology's seed, the indicator's id and the unit's name, and
 * picks a place among the donors' values in ascending order: neither the order of units nor the
 * number of threads matters, and the same seed gives the same donors. Among equally near units the
 * draw decides. With `by: GROUP` the donors are of the unit's own group.
 */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "ops/column.h"
#include "ops/impute/neighbours.h"

enum { CHOOSE_NEAREST, CHOOSE_RANDOM };

typedef struct {
    mera_table_params table;
    int choose;
    mera_nearness near;
} hot_deck_params;

static const char *const hot_deck_choose[] = {"nearest", "random", NULL};
static const mera_param hot_deck_table_params[] = {
    MERA_TABLE_PARAMS(hot_deck_params),
    MERA_ENUM(hot_deck_params, choose, CHOOSE_NEAREST, hot_deck_choose,
              "the donor: the most similar unit, or any by chance (seeded)"),
    MERA_NEARNESS_PARAMS(hot_deck_params),
    MERA_PARAMS_END,
};

static uint64_t hot_deck_mix(uint64_t h) /* finaliser of MurmurHash3: every bit counts */
{
    h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdULL;
    h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return h ^ (h >> 33);
}

static uint64_t hot_deck_name(const char *const *names, size_t i, uint64_t seed)
{
    return names != NULL && names[i] != NULL ? mera_hash64(names[i], strlen(names[i]), seed)
                                             : mera_hash64(&i, sizeof i, seed);
}

/* A number in [0, m) for the gap of column j at unit i. */
static size_t hot_deck_draw(const mera_op_ctx *ctx, size_t j, size_t i, size_t m)
{
    const uint64_t column = hot_deck_mix(hot_deck_name(ctx->child_name, j, ctx->seed));
    const uint64_t draw = hot_deck_mix(hot_deck_name(ctx->unit_name, i, column));
    const double u = (double)(draw >> 11) * 0x1p-53;
    return (size_t)(u * (double)m);
}

/* The values of those at distance `least`, or of all where distances are not asked. */
static size_t hot_deck_donors(const double *x, const double *distance, size_t n, double *room)
{
    double least = INFINITY;
    size_t m = 0;
    for (size_t i = 0; distance != NULL && i < n; i++) {
        least = distance[i] < least ? distance[i] : least;
    }
    for (size_t i = 0; i < n; i++) {
        if (mera_is_present(x[i]) && (distance == NULL || distance[i] == least)) {
            room[m++] = x[i];
        }
    }
    return m;
}

static mera_code hot_deck_column(const hot_deck_params *p, mera_op_ctx *ctx,
                                 const mera_neighbours *space, size_t j, double *y, size_t *gaps)
{
    const double *x = space->x[j];
    const size_t n = space->n;
    double *distance, *room, *scratch;
    MERA_TRY_NEW(distance, ctx->arena, n);
    MERA_TRY_NEW(room, ctx->arena, n);
    MERA_TRY_NEW(scratch, ctx->arena, n);
    size_t m = 0;
    if (p->choose == CHOOSE_RANDOM) { /* the same donors for every gap */
        m = hot_deck_donors(x, NULL, n, room);
        mera_sort(room, m, scratch);
    }
    for (size_t i = 0; i < n; i++) {
        if (mera_is_present(x[i])) {
            continue;
        }
        if (p->choose == CHOOSE_NEAREST) {
            mera_neighbours_donors(space, i, j, distance);
            m = hot_deck_donors(x, distance, n, room);
            mera_sort(room, m, scratch);
        }
        *gaps += m == 0;
        y[i] = m > 0 ? room[hot_deck_draw(ctx, j, i, m)] : NAN;
        if (ctx->spread != NULL) {
            ctx->spread[j][i] = mera_column_sd(room, m, true);
        }
    }
    return MERA_OK;
}

static mera_code hot_deck_table(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                const double *const *x, size_t k, size_t n, double *const *y)
{
    const hot_deck_params *p = params;
    mera_neighbours space;
    MERA_TRY(mera_neighbours_new(&p->near, x, k, n, ctx->arena, &space));
    mera_table_copy(x, k, n, y);
    for (size_t j = 0; j < k; j++) {
        const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
        size_t gaps = 0;
        if (mera_table_fills(ctx, j)) {
            MERA_TRY(hot_deck_column(p, ctx, &space, j, y[j], &gaps));
        }
        mera_arena_rewind(ctx->arena, mark);
        mera_table_warn_gaps(op, ctx, j, gaps, "there is no donor");
    }
    return MERA_OK;
}

const mera_op mera_op_impute_hot_deck = {
    .name = "impute.hot_deck",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with the value of the most similar unit, or of one drawn by chance.",
    .formula = "y = x of the donor",
    .nulls = "are filled, unless there is no donor",
    .conventions = "draws depend on the seed, the indicator and the unit alone; among equally near "
                   "units one is drawn; distances as in impute.knn",
    .spread = "deviation of the donors among whom one was drawn (n - 1)",
    .source = "Andridge and Little, International Statistical Review 78 (2010) 40",
    .params = hot_deck_table_params,
    .params_size = sizeof(hot_deck_params),
    .table = hot_deck_table,
};
