/* SPDX-License-Identifier: Apache-2.0 */
/** @file How much each part of a node counts (mera/analysis.h). */
#include "mera/analysis.h"

#include "analysis/main_effect.h"
#include "base/math.h"
#include "ops/covariance.h"
#include "ops/shapley.h"

enum {
    IMPORTANCE_KNOTS = 10,
    IMPORTANCE_EXACT = 15,
    IMPORTANCE_ORDERS = 500,
    IMPORTANCE_UNITS = 3
};

/** The parts and, last, the node itself over the units that have all. */
typedef struct importance_run {
    size_t n, k;
    double *z;         /**< k + 1 columns of n */
    mera_covariance c; /**< of these */
    mera_importance_ask ask;
    mera_importance_part *part;
} importance_run;

mera_importance_ask mera_importance_defaults(const mera_importance_ask *ask)
{
    mera_importance_ask out = ask != NULL ? *ask : (mera_importance_ask){.indicators = false};
    out.knots = out.knots > 1 ? out.knots : IMPORTANCE_KNOTS;
    out.exact_max = out.exact_max > 0 ? out.exact_max : IMPORTANCE_EXACT;
    out.exact_max = out.exact_max < SHAPLEY_EXACT_MOST ? out.exact_max : SHAPLEY_EXACT_MOST;
    out.orders = out.orders > 0 ? out.orders : IMPORTANCE_ORDERS;
    return out;
}

static mera_code importance_cases(importance_run *run, const mera_sheet *sheet, size_t node,
                                  const mera_sheet_parts *parts, mera_arena *arena)
{
    const double **x, **whole;
    MERA_TRY_NEW(x, arena, run->k + 1);
    MERA_TRY_NEW(whole, arena, run->k + 1);
    for (size_t j = 0; j < run->k; j++) {
        x[j] = sheet->x[parts->column[j]];
    }
    x[run->k] = sheet->x[node];
    MERA_TRY(mera_complete_cases(x, run->k + 1, sheet->n, arena, &run->z, &run->n, NULL));
    for (size_t j = 0; j <= run->k; j++) {
        whole[j] = run->z + j * run->n;
    }
    return mera_covariance_of(whole, run->k + 1, run->n, MERA_CASES_COMPLETE, arena, &run->c);
}

/** Nothing can be told of it. */
static mera_importance_part importance_unknown(const mera_sheet_parts *parts, size_t j)
{
    return (mera_importance_part){.column = parts->column[j],
                                  .nominal = parts->share[j],
                                  .r = NAN,
                                  .r2 = NAN,
                                  .main_effect = NAN,
                                  .linear = NAN,
                                  .shapley = NAN,
                                  .shapley_error = NAN};
}

static mera_code importance_moments(const importance_run *run, const mera_sheet_parts *parts,
                                    mera_arena *arena)
{
    const size_t k = run->k, row = k * (k + 1);
    for (size_t j = 0; j < k; j++) {
        mera_importance_part *part = &run->part[j];
        *part = importance_unknown(parts, j);
        if (run->n < IMPORTANCE_UNITS) {
            continue;
        }
        const double linear =
            parts->share[j] * run->c.covariance[row + j] / run->c.covariance[row + k];
        part->linear = isfinite(linear) ? linear : NAN;
        part->r = run->c.correlation[row + j];
        part->r2 = part->r * part->r;
        MERA_TRY(mera_main_effect(run->z + j * run->n, run->z + k * run->n, run->n, run->ask.knots,
                                  arena, &part->main_effect));
    }
    return MERA_OK;
}

/** The parts that vary: the others explain nothing. */
static mera_code importance_regressors(const importance_run *run, mera_arena *arena, size_t *place,
                                       mera_regressors *out)
{
    const size_t k = run->k;
    double *r, *ry;
    MERA_TRY_NEW(r, arena, k * k);
    MERA_TRY_NEW(ry, arena, k);
    out->k = 0;
    for (size_t j = 0; j < k; j++) {
        if (!isnan(run->part[j].r)) {
            place[out->k++] = j;
        }
    }
    for (size_t a = 0; a < out->k; a++) {
        ry[a] = run->part[place[a]].r;
        for (size_t b = 0; b < out->k; b++) {
            r[a * out->k + b] = run->c.correlation[place[a] * (k + 1) + place[b]];
        }
    }
    out->r = r;
    out->ry = ry;
    return MERA_OK;
}

static mera_code importance_shares(const importance_run *run, mera_arena *arena,
                                   mera_importance_of_node *out)
{
    mera_regressors x;
    double *share, *error;
    size_t *place;
    MERA_TRY_NEW(place, arena, run->k);
    MERA_TRY_NEW(share, arena, run->k);
    MERA_TRY_NEW(error, arena, run->k);
    MERA_TRY(importance_regressors(run, arena, place, &x));
    if (x.k == 0) {
        return MERA_OK;
    }
    out->exact = x.k <= run->ask.exact_max;
    out->n_orders = out->exact ? 0 : 2 * run->ask.orders;
    if (out->exact) {
        MERA_TRY(mera_shapley_exact(&x, arena, share, &out->r2));
    } else {
        MERA_TRY(mera_shapley_sampled(&x, run->ask.orders, run->ask.seed, arena, share, error,
                                      &out->r2));
    }
    for (size_t a = 0; a < x.k; a++) {
        run->part[place[a]].shapley = share[a];
        run->part[place[a]].shapley_error = error[a];
    }
    return MERA_OK;
}

/** max_j |S_j / max S - w_j / max w| */
static double importance_divergence(const mera_importance_part *part, size_t n)
{
    double most = 0, heaviest = 0, worst = NAN;
    for (size_t j = 0; j < n; j++) {
        most = fmax(most, isnan(part[j].main_effect) ? 0 : part[j].main_effect);
        heaviest = fmax(heaviest, part[j].nominal);
    }
    for (size_t j = 0; j < n && most > 0 && heaviest > 0; j++) {
        const double effect = isnan(part[j].main_effect) ? 0 : part[j].main_effect;
        worst = fmax(fabs(effect / most - part[j].nominal / heaviest), worst);
    }
    return worst;
}

mera_code mera_importance_in(const mera_result *result, const mera_sheet *sheet, size_t node,
                             const mera_importance_ask *ask, mera_arena *arena,
                             mera_importance_of_node *out)
{
    importance_run run = {.ask = mera_importance_defaults(ask)};
    mera_sheet_parts parts;
    *out = (mera_importance_of_node){.node = node, .r2 = NAN, .divergence = NAN};
    MERA_TRY(mera_sheet_below(result, sheet, node, run.ask.indicators, arena, &parts));
    run.k = out->n = parts.n;
    MERA_TRY_NEW(run.part, arena, parts.n);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY(importance_cases(&run, sheet, node, &parts, arena));
    MERA_TRY(importance_moments(&run, &parts, arena));
    out->n_units = run.n;
    if (run.n >= IMPORTANCE_UNITS) {
        MERA_TRY(importance_shares(&run, arena, out));
    }
    out->divergence = importance_divergence(run.part, run.k);
    out->part = run.part;
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
