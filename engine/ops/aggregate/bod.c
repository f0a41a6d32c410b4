/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.bod -- benefit of the doubt: each unit is scored by the weights that suit it best.
 *
 *     y_i = scale * max sum_j w_ij x_ij   subject to   sum_j w_ij x_kj <= 1 for all k,  w >= 0,
 *           lower_j <= w_ij x_ij / sum_l w_il x_il <= upper_j
 *
 * shape   x[k][n] -> y[n]
 * unit    points of 0 or more -> 0 to scale
 * nulls   a missing child is left out; the unit is then compared with units that have all it has
 * errors  values below 0; bounds that no shares fit
 * source  Cherchye, Moesen, Rogge and Van Puyenbroeck, Social Indicators Research 82 (2007) 111;
 * share bounds: Wong and Beasley, Journal of the Operational Research Society 41 (1990) 829
 *
 * The methodology's weights do not matter, but for a child of weight 0: it takes no part. Without
 * bounds many units reach the top, each by one child alone: how many is said.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/aggregate/children.h"
#include "ops/bod.h"
#include "ops/support.h"

typedef struct {
    double lower, upper, scale;
    mera_bands lower_for, upper_for;
} bod_params;

static const mera_param bod_table[] = {
    MERA_F64(bod_params, lower, 0, 0, 1, NULL, "least share of a child in a unit's score"),
    MERA_F64(bod_params, upper, 1, 0, 1, NULL, "largest share of a child in a unit's score"),
    {.name = "lower_for",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(bod_params, lower_for),
     .fallback_text = "{}",
     .max = 1,
     .help = "other least shares, by child: {air: 0.2}"},
    {.name = "upper_for",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(bod_params, upper_for),
     .fallback_text = "{}",
     .max = 1,
     .help = "other largest shares, by child: {air: 0.4}"},
    MERA_F64(bod_params, scale, 1, 1e-6, 1e6, "points", "score of a unit that no other surpasses"),
    MERA_PARAMS_END,
};

typedef struct {
    const mera_op *op;
    const bod_params *p;
    mera_op_ctx *ctx;
    const mera_children *in;
    double *lower, *upper; /* k bounds */
    size_t *child;         /* children of the pattern at hand */
    size_t k;              /* how many */
    size_t *unit;          /* its reference set */
    double *z, *w, *low, *high;
    size_t at_top;
} bod_run;

static mera_code bod_shares(bod_run *run, const char *key, double all, const mera_bands *map,
                            double **out)
{
    mera_code rc = MERA_OK;
    MERA_TRY_NEW(*out, run->ctx->arena, run->in->k);
    for (size_t j = 0; j < run->in->k; j++) {
        (*out)[j] = all;
    }
    for (size_t e = 0; e < map->n; e++) {
        size_t j = 0;
        const mera_code found =
            mera_children_find(run->op, run->ctx, run->in, key, map->label[e], &j);
        if (found == MERA_OK) {
            (*out)[j] = map->from[e];
        }
        rc = found != MERA_OK ? found : rc;
    }
    return rc;
}

static mera_code bod_negative(const bod_run *run)
{
    for (size_t j = 0; j < run->in->k; j++) {
        for (size_t i = 0; mera_child_counts(run->in, j) && i < run->in->n; i++) {
            if (run->in->x[j][i] < 0) {
                char unit[MERA_UNIT_TEXT], child[MERA_CHILD_TEXT], found[32];
                mera_number_write(run->in->x[j][i], found);
                const mera_code rc = mera_fail(
                    run->ctx->diags, MERA_EINPUT, "bad-sign", run->ctx->at,
                    "%s: %s is %s at %s, and %s needs values of 0 or more",
                    mera_op_subject(run->op, run->ctx), mera_child_text(run->ctx, j, child), found,
                    mera_op_unit(run->ctx, i, unit), run->op->name);
                mera_hint(run->ctx->diags,
                          "normalise onto a range that starts at 0, 'range: [0, 100]'");
                return rc;
            }
        }
    }
    return MERA_OK;
}

static mera_code bod_open(bod_run *run)
{
    mera_arena *arena = run->ctx->arena;
    const size_t n = run->in->n, k = run->in->k;
    MERA_TRY_NEW(run->child, arena, k);
    MERA_TRY_NEW(run->unit, arena, n);
    MERA_TRY_NEW(run->z, arena, n * k);
    MERA_TRY_NEW(run->w, arena, k);
    MERA_TRY_NEW(run->low, arena, k);
    MERA_TRY_NEW(run->high, arena, k);
    const mera_code rc =
        bod_shares(run, "lower_for", run->p->lower, &run->p->lower_for, &run->lower);
    MERA_TRY(bod_shares(run, "upper_for", run->p->upper, &run->p->upper_for, &run->upper));
    MERA_TRY(rc);
    return bod_negative(run);
}

/* Has unit i a value of every child of the pattern, and (`exactly`) of no other? */
static bool bod_has(const bod_run *run, size_t i, bool exactly)
{
    size_t present = 0;
    for (size_t c = 0; c < run->k; c++) {
        if (!mera_is_present(run->in->x[run->child[c]][i])) {
            return false;
        }
    }
    for (size_t j = 0; exactly && j < run->in->k; j++) {
        present += mera_child_counts(run->in, j) && mera_is_present(run->in->x[j][i]);
    }
    return !exactly || present == run->k;
}

static mera_code bod_refuse(const bod_run *run, mera_code rc)
{
    const char *subject = mera_op_subject(run->op, run->ctx);
    if (rc == MERA_ESYSTEM) {
        return mera_fail(run->ctx->diags, MERA_EINPUT, "no-solution", run->ctx->at,
                         "%s: %s finds no weights for these data", subject, run->op->name);
    }
    if (rc == MERA_EINPUT) {
        rc = mera_fail(run->ctx->diags, rc, "bad-bounds", run->ctx->at,
                       "%s: no shares of %zu children within the bounds of %s add up to a unit's "
                       "score",
                       subject, run->k, run->op->name);
        mera_hint(run->ctx->diags, "least shares may sum to 1 at most, largest ones to 1 at least, "
                                   "also where children are missing");
    }
    return rc;
}

/* The reference set of the pattern, by rows, and the bounds of its children. */
static size_t bod_gather(bod_run *run)
{
    size_t n = 0;
    for (size_t i = 0; i < run->in->n; i++) {
        if (bod_has(run, i, false)) {
            for (size_t c = 0; c < run->k; c++) {
                run->z[n * run->k + c] = run->in->x[run->child[c]][i];
            }
            run->unit[n++] = i;
        }
    }
    for (size_t c = 0; c < run->k; c++) {
        run->low[c] = run->lower[run->child[c]];
        run->high[c] = run->upper[run->child[c]];
    }
    return n;
}

/* All units that have just the children unit `first` has. */
static mera_code bod_pattern(bod_run *run, size_t first, double *y)
{
    mera_bod set = {.z = run->z, .lower = run->low, .upper = run->high, .arena = run->ctx->arena};
    const mera_arena_mark mark = mera_arena_mark_now(run->ctx->arena);
    run->k = 0;
    for (size_t j = 0; j < run->in->k; j++) {
        if (mera_child_counts(run->in, j) && mera_is_present(run->in->x[j][first])) {
            run->child[run->k++] = j;
        }
    }
    if (run->k == 0) {
        return MERA_OK;
    }
    set.k = run->k;
    set.n = bod_gather(run);
    MERA_TRY(bod_refuse(run, mera_bod_start(&set)));
    for (size_t r = 0; r < set.n; r++) {
        const size_t i = run->unit[r];
        if (i >= first && bod_has(run, i, true)) {
            double score;
            MERA_TRY(bod_refuse(run, mera_bod_solve(&set, r, run->w, &score)));
            run->at_top += score >= 1;
            y[i] = run->p->scale * score;
        }
    }
    mera_arena_rewind(run->ctx->arena, mark);
    return MERA_OK;
}

static mera_code bod_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *y)
{
    bod_run run = {.op = op, .p = params, .ctx = ctx, .in = in};
    size_t scored = 0;
    MERA_TRY(bod_open(&run));
    for (size_t i = 0; i < in->n; i++) {
        y[i] = NAN;
    }
    for (size_t i = 0; i < in->n; i++) {
        if (isnan(y[i])) {
            MERA_TRY(bod_pattern(&run, i, y));
        }
        scored += !isnan(y[i]);
    }
    mera_note(ctx->diags, "frontier", ctx->at, "%s: %zu of %zu units reach the top score of %g",
              mera_op_subject(op, ctx), run.at_top, scored, run.p->scale);
    return MERA_OK;
}

const mera_op mera_op_aggregate_bod = {
    .name = "aggregate.bod",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "Each unit is scored by the weights that suit it best (benefit of the doubt), with "
               "bounds on shares.",
    .formula =
        "y = scale max w.x_i, w.x_k <= 1 for all k, w >= 0, lower <= w_j x_ij / w.x_i <= upper",
    .nulls =
        "a missing child is left out, and the unit is compared with units that have all it has",
    .conventions =
        "weights of the methodology do not matter, but a child of weight 0 takes no part; "
        "a unit with a 0 where a least share is asked scores 0; how many units reach the "
        "top is said",
    .source = "Cherchye, Moesen, Rogge and Van Puyenbroeck, Social Indicators Research 82 (2007) "
              "111; Wong and Beasley, Journal of the Operational Research Society 41 (1990) 829",
    .params = bod_table,
    .params_size = sizeof(bod_params),
    .flags = MERA_OP_POPULATION | MERA_OP_COSTLY,
    .aggregate = bod_aggregate,
};
