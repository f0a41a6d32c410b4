/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.mpi, aggregate.ampi -- the (adjusted) Mazziotta-Pareto index: the mean less, or plus, a
 * penalty for children that are out of balance.
 *
 *     y = M - S cv = M - S^2 / M   penalty: downward, where more is better
 *     y = M + S cv                 penalty: upward, where less is better
 *     M = sum w x / sum w,  S^2 = sum w (x - M)^2 / sum w   (deviation: population)
 *
 * shape   x[k][n] -> y[n]
 * unit    points about 100 -> points
 * nulls   missing children are left out and the weights of the others rescaled
 * errors  a mean of 0 or below
 * source  Mazziotta, Pareto, Rivista Italiana di Economia Demografia e Statistica 67 (2013); Social
 *         Indicators Research 127 (2016) 983 (AMPI); weighted: RIEDS 76 (2022)
 *
 * The two differ in what is put in: MPI takes z-scores of mean 100 and deviation 10
 * (normalise.zscore {mean: 100, sd: 10, deviation: population}), AMPI takes normalise.ampi.
 */
#include <math.h>

#include "base/number.h"
#include "ops/aggregate/children.h"
#include "ops/support.h"

enum { PENALTY_DOWNWARD, PENALTY_UPWARD };
enum { DEVIATION_POPULATION, DEVIATION_SAMPLE };

typedef struct {
    int penalty, deviation;
} mpi_params;

static const char *const mpi_penalty[] = {"downward", "upward", NULL};
static const char *const mpi_deviation[] = {"population", "sample", NULL};
static const mera_param mpi_table[] = {
    MERA_ENUM(mpi_params, penalty, PENALTY_DOWNWARD, mpi_penalty,
              "downward takes the penalty off (more is better), upward adds it (less is better)"),
    MERA_ENUM(mpi_params, deviation, DEVIATION_POPULATION, mpi_deviation,
              "divide squares by the number of children (population) or by one less (sample)"),
    MERA_PARAMS_END,
};

/* The squared deviation of one unit's children from their mean, as the parameter wants it. */
static double mpi_square(const mpi_params *p, const mera_children *in, size_t i, double mean)
{
    double squares = 0, all = 0, all_of_squares = 0;
    for (size_t j = 0; j < in->k; j++) {
        if (mera_child_counts(in, j) && mera_is_present(in->x[j][i])) {
            const double d = in->x[j][i] - mean, w = in->w[j];
            squares += w * (d * d);
            all += w;
            all_of_squares += w * w;
        }
    }
    if (p->deviation == DEVIATION_POPULATION) {
        return squares / all;
    }
    const double freedom = all - all_of_squares / all; /* of one child alone: 0, and no deviation */
    return squares > 0 && freedom > 0 ? squares / freedom : 0;
}

static mera_code mpi_refuse(const mera_op *op, const mera_op_ctx *ctx, size_t i, double mean)
{
    char unit[MERA_UNIT_TEXT], found[32];
    mera_number_write(mean, found);
    const mera_code rc =
        mera_fail(ctx->diags, MERA_EINPUT, "no-mean", ctx->at,
                  "%s has the mean %s at %s; %s needs one above 0", mera_op_subject(op, ctx), found,
                  mera_op_unit(ctx, i, unit), op->name);
    mera_hint(ctx->diags, "normalise with 'zscore: {mean: 100, sd: 10, deviation: population}', or "
                          "with 'ampi'");
    return rc;
}

static mera_code mpi_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                               const mera_children *in, double *y)
{
    const mpi_params *p = params;
    const double sign = p->penalty == PENALTY_UPWARD ? 1 : -1;
    double *present;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    mera_children_mean(in, present, y);
    for (size_t i = 0; i < in->n; i++) {
        const double mean = y[i];
        if (!(present[i] > 0)) {
            continue;
        }
        if (!(mean > 0)) {
            return mpi_refuse(op, ctx, i, mean);
        }
        y[i] = mean + sign * (mpi_square(p, in, i, mean) / mean);
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_mpi = {
    .name = "aggregate.mpi",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The Mazziotta-Pareto index: the mean, less a penalty for unbalanced children.",
    .formula = "y = M - S^2 / M; with 'penalty: upward' M + S^2 / M",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions =
        "children are z-scores of mean 100 and deviation 10; S divides by the number of children "
        "unless 'deviation: sample' (then by sum w - sum w^2 / sum w, that is k - 1 under equal "
        "weights); with weights M and S are weighted; a child far above the others can lower y",
    .source = "Mazziotta, Pareto, RIEDS 67 (2013); weighted: RIEDS 76 (2022)",
    .params = mpi_table,
    .params_size = sizeof(mpi_params),
    .aggregate = mpi_aggregate,
};

const mera_op mera_op_aggregate_ampi = {
    .name = "aggregate.ampi",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The adjusted Mazziotta-Pareto index: the penalised mean of normalise.ampi scores.",
    .formula = "y = M - S^2 / M; with 'penalty: upward' M + S^2 / M",
    .nulls = "missing children are left out and the weights of the others rescaled",
    .conventions =
        "children come from normalise.ampi, so that years can be compared; S divides by the number "
        "of children unless 'deviation: sample'; with weights M and S are weighted; a child far "
        "above the others can lower y",
    .source = "Mazziotta, Pareto, Social Indicators Research 127 (2016) 983",
    .params = mpi_table,
    .params_size = sizeof(mpi_params),
    .aggregate = mpi_aggregate,
};
