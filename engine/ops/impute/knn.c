/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.knn -- fill a gap from the k units that are most like this one.
 *
 *     y = sum w_d x_d / sum w_d    over the k nearest units d that have the indicator
 *     w = 1, or 1 / distance
 *
 * shape   x[k][n] -> y[k][n]
 * unit    each column's own
 * nulls   are filled, unless no unit that has the indicator can be compared
 * errors  none; gaps that stay are said in a warning
 * source  Troyanskaya et al., Bioinformatics 17 (2001) 520; distances over what both units have:
 *         Gower, Biometrics 27 (1971) 857
 *
 * All units as near as the k-th take part, so that the order of units does not matter. By weights
 * of 1 / distance, units at distance 0 share all weight. Only observed values are looked at.
 */
#include <math.h>

#include "ops/column.h"
#include "ops/impute/neighbours.h"

enum { WEIGHTS_UNIFORM, WEIGHTS_DISTANCE };

typedef struct {
    mera_table_params table;
    int64_t k;
    mera_nearness near;
    int weights;
} knn_params;

static const char *const knn_weights[] = {"uniform", "distance", NULL};
static const mera_param knn_table_params[] = {
    MERA_TABLE_PARAMS(knn_params),
    MERA_INT(knn_params, k, 5, 1, 1000000, "how many nearest units"),
    MERA_NEARNESS_PARAMS(knn_params),
    MERA_ENUM(knn_params, weights, WEIGHTS_UNIFORM, knn_weights,
              "all neighbours alike, or by 1 / distance"),
    MERA_PARAMS_END,
};

/* The distance of the k-th nearest; the farthest when there are fewer. NaN without any. */
static void knn_reach(const double *distance, size_t n, size_t k, double *room, double *out)
{
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        room[present] = distance[i];
        present += mera_is_present(distance[i]);
    }
    *out = present == 0 ? NAN : mera_select(room, present, (k < present ? k : present) - 1);
}

/* And how far donors are from it: n / (n - 1) times their weighted mean square. */
static double knn_mean(const knn_params *p, const double *x, const double *distance, size_t n,
                       double reach, double *spread)
{
    double sum = 0, total = 0, squares = 0, least = INFINITY;
    size_t donors = 0;
    for (size_t i = 0; i < n; i++) {
        least = distance[i] < least ? distance[i] : least;
    }
    const bool by_distance = p->weights == WEIGHTS_DISTANCE && least > 0;
    const double limit = p->weights == WEIGHTS_DISTANCE && least == 0 ? 0 : reach;
    for (size_t i = 0; i < n; i++) {
        if (distance[i] <= limit) {
            const double w = by_distance ? least / distance[i] : 1;
            sum += w * x[i];
            total += w;
            donors++;
        }
    }
    const double mean = sum / total;
    for (size_t i = 0; i < n; i++) {
        if (distance[i] <= limit) {
            squares += (by_distance ? least / distance[i] : 1) * (x[i] - mean) * (x[i] - mean);
        }
    }
    *spread = donors < 2 ? NAN : sqrt(squares / total * (double)donors / (double)(donors - 1));
    return mean;
}

static mera_code knn_table(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const double *const *x, size_t k, size_t n, double *const *y)
{
    const knn_params *p = params;
    mera_neighbours space;
    double *distance, *room, reach, spread = NAN;
    MERA_TRY(mera_neighbours_new(&p->near, x, k, n, ctx->arena, &space));
    MERA_TRY_NEW(distance, ctx->arena, n);
    MERA_TRY_NEW(room, ctx->arena, n);
    mera_table_copy(x, k, n, y);
    for (size_t j = 0; j < k; j++) {
        size_t gaps = 0;
        for (size_t i = 0; i < n && mera_table_fills(ctx, j); i++) {
            if (mera_is_present(x[j][i])) {
                continue;
            }
            mera_neighbours_donors(&space, i, j, distance);
            knn_reach(distance, n, (size_t)p->k, room, &reach);
            gaps += !mera_is_present(reach);
            y[j][i] = mera_is_present(reach) ? knn_mean(p, x[j], distance, n, reach, &spread) : NAN;
            if (ctx->spread != NULL && mera_is_present(reach)) {
                ctx->spread[j][i] = spread;
            }
        }
        mera_table_warn_gaps(op, ctx, j, gaps,
                             "no unit that has it has enough in common with those that do not");
    }
    return MERA_OK;
}

const mera_op mera_op_impute_knn = {
    .name = "impute.knn",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill gaps with the mean over the k units that are most alike.",
    .formula = "y = sum w x / sum w over the k nearest units that have the indicator, w = 1 or "
               "1 / distance",
    .nulls = "are filled, unless no unit that has the indicator can be compared",
    .conventions = "distances are means over the indicators that both units have, each divided by "
                   "its range unless 'standardise' says otherwise; all units as near as the k-th "
                   "take part",
    .spread = "sqrt(n / (n - 1) sum w (x - y)^2 / sum w) over the n donors",
    .source = "Troyanskaya et al., Bioinformatics 17 (2001) 520; Gower, Biometrics 27 (1971) 857",
    .params = knn_table_params,
    .params_size = sizeof(knn_params),
    .table = knn_table,
};
