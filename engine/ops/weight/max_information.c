/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.max_information -- weights under which the index tells most of its children.
 *
 *     min_correlation  max over w of min_j cor(x_j, y)
 *     sum_r2           max over w of sum_j cor(x_j, y)^2
 *     sum_r            max over w of sum_j cor(x_j, y)          y = sum_j w_j x_j, w >= 0
 *
 * shape   x[k][n] -> w[k], divided by their sum
 * nulls   units that lack a value take no part
 * errors  a child that does not vary; too few units; min_correlation: children that cancel out
 * source  Mishra, MPRA Paper 8874 (2008) (min_correlation); Linden et al. (2021) (sum_r2); Becker,
 *         Caperna, Del Sorbo and others, Journal of Open Source Software 7 (2022) 4567 (sum_r)
 *
 * On standardised children with correlations R and weights u = w s these have closed answers: the
 * last is u = 1; the second is the first eigenvector of R where that has one sign; and the first is
 * the point of the hull of the children nearest to the origin, min u'Ru over sum u = 1, u >= 0,
 * since there all children that weigh correlate alike with it, and no other child less.
 */
#include <math.h>
#include <string.h>

#include "numeric/linear.h"
#include "numeric/optimise.h"
#include "ops/factors.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { AIM_MIN_CORRELATION, AIM_SUM_R2, AIM_SUM_R };

typedef struct {
    int objective;
} information_params;

static const char *const information_aims[] = {"min_correlation", "sum_r2", "sum_r", NULL};
static const mera_param information_table[] = {
    MERA_ENUM(
        information_params, objective, AIM_SUM_R2, information_aims,
        "what is made as large as can be: the smallest correlation of a child with the index, "
        "the sum of squares, or the sum"),
    MERA_PARAMS_END,
};

typedef struct {
    size_t k;
    const double *r; /* correlations */
    double *ru;      /* scratch: R u */
} information_run;

static double information_row(const information_run *run, size_t j, const double *u)
{
    double sum = 0;
    for (size_t l = 0; l < run->k; l++) {
        sum += run->r[j * run->k + l] * u[l];
    }
    return sum;
}

/* -sum_j (Ru)_j^2 / u'Ru */
static double information_objective(const double *u, double *gradient, void *data)
{
    information_run *run = data;
    double squares = 0, variance = 0;
    for (size_t j = 0; j < run->k; j++) {
        run->ru[j] = information_row(run, j, u);
        squares += run->ru[j] * run->ru[j];
        variance += run->ru[j] * u[j];
    }
    for (size_t l = 0; gradient != NULL && l < run->k; l++) {
        gradient[l] = -2 * information_row(run, l, run->ru) / variance +
                      2 * squares * run->ru[l] / (variance * variance);
    }
    return variance > 1e-300 ? -squares / variance : 0;
}

/* From one start; keeps the best of all. */
static mera_code information_try(information_run *run, const double *bounds, double *x,
                                 double *best, double *u)
{
    const mera_problem problem = {.k = run->k,
                                  .objective = information_objective,
                                  .data = run,
                                  .lower = bounds,
                                  .upper = bounds + run->k,
                                  .total = 1,
                                  .tolerance = 1e-12,
                                  .max_evaluations = 2000};
    mera_minimum found;
    double sum = 0;
    for (size_t j = 0; j < run->k; j++) {
        sum += x[j];
    }
    for (size_t j = 0; j < run->k; j++) {
        x[j] /= sum;
    }
    MERA_TRY(mera_minimise(&problem, x, &found));
    if (found.value < *best) {
        *best = found.value;
        for (size_t j = 0; j < run->k; j++) {
            u[j] = fmax(0, x[j]);
        }
    }
    return MERA_OK;
}

/* The first component has mixed signs: look for the best u >= 0 from its positive part, from its
 * negative part, and from equal weights. */
static mera_code information_search(information_run *run, const double *v, mera_arena *arena,
                                    double *u)
{
    double *bounds, *x, best = HUGE_VAL;
    MERA_TRY_NEW(bounds, arena, 2 * run->k);
    MERA_TRY_NEW(x, arena, run->k);
    for (size_t j = 0; j < run->k; j++) {
        bounds[run->k + j] = 1;
    }
    for (int start = 0; start < 3; start++) {
        for (size_t j = 0; j < run->k; j++) {
            x[j] = start == 2 ? 1 : fmax(1e-3, start == 0 ? v[j] : -v[j]);
        }
        MERA_TRY(information_try(run, bounds, x, &best, u));
    }
    return MERA_OK;
}

static mera_code information_sum_r2(information_run *run, const mera_components *c,
                                    mera_arena *arena, double *u)
{
    bool one_sign = true;
    for (size_t j = 0; j < run->k; j++) {
        u[j] = fabs(c->vector[j]) < 1e-12 ? 0 : c->vector[j];
        one_sign = one_sign && u[j] >= 0; /* its largest component is positive */
    }
    return one_sign ? MERA_OK : information_search(run, c->vector, arena, u);
}

static mera_code information_min_r(const mera_weighing *call, const information_run *run,
                                   const mera_components *c, double *u)
{
    const size_t k = run->k;
    double *root, variance = 0;
    MERA_TRY_NEW(root, call->ctx->arena, k * k);
    for (size_t j = 0; j < k; j++) {
        for (size_t f = 0; f < k; f++) {
            root[j * k + f] = c->loading[f * k + j];
        }
    }
    MERA_TRY(mera_weigh_refuse_solver(call, mera_nearest_hull(root, k, k, call->ctx->arena, u)));
    for (size_t j = 0; j < k; j++) {
        variance += u[j] * information_row(run, j, u);
    }
    if (variance < 1e-12) {
        const mera_code rc = mera_fail(call->ctx->diags, MERA_EINPUT, "cancel-out", call->ctx->at,
                                       "%s: its children cancel each other out, and no weights "
                                       "give an index that goes with all of them",
                                       mera_op_subject(call->op, call->ctx));
        mera_hint(call->ctx->diags, "check the direction of the children");
        return rc;
    }
    return MERA_OK;
}

static void information_report(const mera_weighing *call, const information_run *run,
                               const double *u)
{
    double variance = 0, least = 2, squares = 0;
    size_t weakest = 0;
    char child[MERA_WEIGH_TEXT_SIZE];
    for (size_t j = 0; j < run->k; j++) {
        variance += u[j] * information_row(run, j, u);
    }
    for (size_t j = 0; j < run->k; j++) {
        const double r = information_row(run, j, u) / sqrt(variance);
        squares += r * r;
        if (r < least) {
            least = r;
            weakest = j;
        }
    }
    mera_note(call->ctx->diags, "information", call->ctx->at,
              "%s: the weighted sum holds %.1f %% of the variance of its children; the smallest "
              "correlation is %.3f, of %s",
              mera_op_subject(call->op, call->ctx), 100 * squares / (double)run->k, least,
              mera_weigh_child(call, weakest, child));
}

static mera_code information_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_children *in, double *w)
{
    const information_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_covariance v;
    mera_components c;
    double *u;
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(mera_weigh_covariance(&call, MERA_CASES_COMPLETE, 3, &v));
    MERA_TRY(
        mera_weigh_refuse_solver(&call, mera_components_of(v.correlation, in->k, ctx->arena, &c)));
    information_run run = {.k = in->k, .r = v.correlation};
    MERA_TRY_NEW(run.ru, ctx->arena, in->k);
    MERA_TRY_NEW(u, ctx->arena, in->k);
    if (p->objective == AIM_MIN_CORRELATION) {
        MERA_TRY(information_min_r(&call, &run, &c, u));
    } else if (p->objective == AIM_SUM_R2) {
        MERA_TRY(mera_weigh_refuse_solver(&call, information_sum_r2(&run, &c, ctx->arena, u)));
    }
    for (size_t j = 0; j < in->k; j++) {
        u[j] = p->objective == AIM_SUM_R ? 1 : u[j];
        w[j] = u[j] / v.sd[j];
    }
    information_report(&call, &run, u);
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_max_information = {
    .name = "weight.max_information",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Weights under which the weighted sum tells most of its children.",
    .formula = "max over w >= 0 of min_j r_j, sum r_j^2 or sum r_j, r_j = cor(x_j, sum w x)",
    .nulls = "units that lack a value take no part",
    .conventions =
        "for the weighted arithmetic mean of the node's own children; exact but for sum_r2 "
        "of children whose first component has mixed signs: there the best of three "
        "starts",
    .source = "Mishra, MPRA Paper 8874 (2008); Linden et al. (2021); Becker, Caperna, Del Sorbo, "
              "Norlen, Papadimitriou and Saisana, Journal of Open Source Software 7 (2022) 4567",
    .params = information_table,
    .params_size = sizeof(information_params),
    .weigh = information_weigh,
};
