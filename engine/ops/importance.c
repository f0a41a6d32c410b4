/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Importance as a function of weights, and its inverse (Becker, Saisana, Paruolo and Vandecasteele,
 * Ecological Indicators 80 (2017) 12): minimise sum_j (S_j(w) / sum S - t_j)^2.
 *
 * Every kind is made of w' A_j w and var(y) = w' C w, so values and gradients are exact. SLSQP
 * walks from several starts; where the target is reached, Gauss and Newton's steps take it to the
 * last digits.
 */
#include "ops/importance.h"

#include <math.h>
#include <string.h>

#include "numeric/linear.h"
#include "numeric/optimise.h"

enum { IMPORTANCE_POLISH = 30 };
#define IMPORTANCE_REACHED 1e-20 /* a sum of squared gaps: no gap but rounding */

typedef struct {
    const mera_importance *c;
    const double *target;
    double *cw;     /* k: C w */
    double *effect; /* k * rank: effect w */
    double *s;      /* k importances */
    double variance, sum;
} importance_state;

static double importance_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static mera_code importance_open(importance_state *st, const mera_importance *c, mera_arena *arena)
{
    *st = (importance_state){.c = c};
    MERA_TRY_NEW(st->cw, arena, c->k);
    MERA_TRY_NEW(st->effect, arena, c->k * c->rank);
    MERA_TRY_NEW(st->s, arena, c->k);
    return MERA_OK;
}

static void importance_evaluate(importance_state *st, const double *w)
{
    const mera_importance *c = st->c;
    for (size_t j = 0; j < c->k; j++) {
        st->cw[j] = importance_dot(c->covariance + j * c->k, w, c->k);
    }
    st->variance = importance_dot(st->cw, w, c->k);
    st->sum = 0;
    for (size_t j = 0; j < c->k; j++) {
        double squares = 0, last = 0;
        for (size_t q = j * c->rank; q < (j + 1) * c->rank; q++) {
            last = st->effect[q] = importance_dot(c->effect + q * c->k, w, c->k);
            squares += last * last;
        }
        switch (c->kind) {
        case MERA_IMPORTANCE_R:
            st->s[j] = last / sqrt(st->variance);
            break;
        case MERA_IMPORTANCE_SHARE:
            st->s[j] = w[j] * st->cw[j] / st->variance;
            break;
        default:
            st->s[j] = squares / st->variance;
        }
        st->sum += st->s[j];
    }
}

/* gradient = sum_j factor_j * d S_j / d w, at the weights last evaluated. */
static void importance_gradient(const importance_state *st, const double *w, const double *factor,
                                double *gradient)
{
    const mera_importance *c = st->c;
    const double v = st->variance, by = c->kind == MERA_IMPORTANCE_R ? 1 / v : 2 / v;
    double common = 0;
    for (size_t j = 0; j < c->k; j++) {
        common += factor[j] * st->s[j];
    }
    for (size_t l = 0; l < c->k; l++) {
        gradient[l] = -by * common * st->cw[l];
    }
    for (size_t j = 0; j < c->k; j++) {
        if (c->kind == MERA_IMPORTANCE_SHARE) {
            gradient[j] += factor[j] * st->cw[j] / v;
            for (size_t l = 0; l < c->k; l++) {
                gradient[l] += factor[j] * w[j] * c->covariance[j * c->k + l] / v;
            }
            continue;
        }
        for (size_t q = j * c->rank; q < (j + 1) * c->rank; q++) {
            const double rise =
                factor[j] * (c->kind == MERA_IMPORTANCE_R ? 1 / sqrt(v) : 2 * st->effect[q] / v);
            for (size_t l = 0; l < c->k; l++) {
                gradient[l] += rise * c->effect[q * c->k + l];
            }
        }
    }
}

/* sum_j (S_j / sum S - t_j)^2 */
static double importance_objective(const double *w, double *gradient, void *data)
{
    importance_state *st = data;
    const size_t k = st->c->k;
    importance_evaluate(st, w);
    double value = 0, mean = 0;
    for (size_t j = 0; j < k; j++) {
        const double off = st->s[j] / st->sum - st->target[j];
        value += off * off;
        mean += off * (st->s[j] / st->sum);
    }
    if (gradient != NULL) {
        double *factor = st->effect + k * st->c->rank; /* room made by mera_importance_reach() */
        for (size_t j = 0; j < k; j++) {
            factor[j] = 2 * (st->s[j] / st->sum - st->target[j] - mean) / st->sum;
        }
        importance_gradient(st, w, factor, gradient);
    }
    return isfinite(value) ? value : HUGE_VAL;
}

mera_code mera_importance_at(const mera_importance *children, const double *w, mera_arena *arena,
                             double *importance)
{
    importance_state st;
    MERA_TRY(importance_open(&st, children, arena));
    importance_evaluate(&st, w);
    for (size_t j = 0; j < children->k; j++) {
        importance[j] = st.variance > 0 ? st.s[j] : NAN;
    }
    return MERA_OK;
}

/* The weights nearest to x[k] that sum to 1 within bounds; false when there are none. */
static bool importance_project(double *x, size_t k, const double *lower, const double *upper)
{
    double least = 0, most = 0, low = 0, high = 0;
    for (size_t j = 0; j < k; j++) {
        least += lower[j];
        most += upper[j];
        low = fmin(low, lower[j] - x[j]);
        high = fmax(high, upper[j] - x[j]);
    }
    if (!(least <= 1 + 1e-12 && most >= 1 - 1e-12)) {
        return false;
    }
    for (int round = 0; round < 200; round++) { /* all move by one step until the sum is 1 */
        const double step = low / 2 + high / 2;
        double sum = 0;
        for (size_t j = 0; j < k; j++) {
            sum += fmax(lower[j], fmin(upper[j], x[j] + step));
        }
        if (sum < 1) {
            low = step;
        } else {
            high = step;
        }
    }
    for (size_t j = 0; j < k; j++) {
        x[j] = fmax(lower[j], fmin(upper[j], x[j] + high));
    }
    return true;
}

/* One step of Gauss and Newton on S / sum S - t; J w = 0, so the least-norm step keeps the scale.
 */
static mera_code importance_step(importance_state *st, const double *w, mera_arena *arena,
                                 double *next)
{
    const size_t k = st->c->k;
    double *jacobian, *rest, *factor, *row, *step, sum = 0;
    MERA_TRY_NEW(jacobian, arena, k * k);
    MERA_TRY_NEW(rest, arena, k);
    MERA_TRY_NEW(factor, arena, k);
    MERA_TRY_NEW(row, arena, k);
    MERA_TRY_NEW(step, arena, k);
    importance_evaluate(st, w);
    for (size_t j = 0; j < k; j++) {
        const double share = st->s[j] / st->sum;
        rest[j] = st->target[j] - share;
        for (size_t l = 0; l < k; l++) {
            factor[l] = ((l == j ? 1 : 0) - share) / st->sum;
        }
        importance_gradient(st, w, factor, row);
        for (size_t l = 0; l < k; l++) {
            jacobian[l * k + j] = row[l];
        }
    }
    MERA_TRY(mera_least_squares(jacobian, k, k, rest, 1e-10, arena, step, NULL));
    for (size_t j = 0; j < k; j++) {
        next[j] = w[j] + step[j];
        sum += next[j];
    }
    for (size_t j = 0; j < k; j++) {
        next[j] /= sum;
    }
    return MERA_OK;
}

/* Steps as long as they better the point and stay inside the bounds. */
static mera_code importance_polish(importance_state *st, const mera_importance_aim *aim,
                                   mera_arena *arena, double *w, double *value)
{
    const size_t k = st->c->k;
    double *next;
    MERA_TRY_NEW(next, arena, k);
    for (int round = 0; round < IMPORTANCE_POLISH; round++) {
        const mera_arena_mark mark = mera_arena_mark_now(arena);
        MERA_TRY(importance_step(st, w, arena, next));
        mera_arena_rewind(arena, mark);
        bool inside = true;
        for (size_t j = 0; j < k; j++) {
            inside = inside && next[j] >= aim->lower[j] && next[j] <= aim->upper[j];
        }
        const double better = inside ? importance_objective(next, NULL, st) : HUGE_VAL;
        if (!(better < *value)) {
            break;
        }
        *value = better;
        memcpy(w, next, k * sizeof *w);
    }
    return MERA_OK;
}

/*
 * Without bounds correlations r can be whatever they should: C w = s r has r as its correlations,
 * up to a factor, and r = sqrt t (or t) makes the squares (or the correlations themselves) as the
 * target.
 */
static mera_code importance_free(const mera_importance *c, const mera_importance_aim *aim,
                                 mera_arena *arena, double *x)
{
    double *right;
    MERA_TRY_NEW(right, arena, c->k);
    for (size_t j = 0; j < c->k; j++) {
        const double r = c->kind == MERA_IMPORTANCE_R ? aim->target[j] : sqrt(aim->target[j]);
        right[j] = r * sqrt(c->covariance[j * c->k + j]);
    }
    return mera_least_squares(c->covariance, c->k, c->k, right, 1e-12, arena, x, NULL);
}

/* Starts: weights without bounds, the target as weights, the target by deviations, all alike. */
static mera_code importance_start(const mera_importance *c, const mera_importance_aim *aim,
                                  int number, mera_arena *arena, double *x)
{
    double sum = 0;
    if (number == 0) {
        MERA_TRY(importance_free(c, aim, arena, x));
    }
    for (size_t j = 0; j < c->k; j++) {
        x[j] = number == 0 ? x[j] : number < 3 ? aim->target[j] : 1;
        x[j] /= number == 2 ? sqrt(c->covariance[j * c->k + j]) : 1;
        sum += x[j];
    }
    for (size_t j = 0; j < c->k; j++) {
        x[j] = sum > 0 ? x[j] / sum : 1 / (double)c->k;
    }
    importance_project(x, c->k, aim->lower, aim->upper);
    return MERA_OK;
}

/* Down from x to a minimum; `value` is what it is there. */
static mera_code importance_descend(importance_state *st, const mera_importance_aim *aim,
                                    mera_arena *arena, double *x, double *value)
{
    const mera_problem problem = {.k = st->c->k,
                                  .objective = importance_objective,
                                  .data = st,
                                  .lower = aim->lower,
                                  .upper = aim->upper,
                                  .total = 1,
                                  .tolerance = 1e-12,
                                  .max_evaluations = 2000};
    mera_minimum found;
    *value = importance_objective(x, NULL, st);
    if (*value > IMPORTANCE_REACHED) {
        MERA_TRY(mera_minimise(&problem, x, &found));
        importance_project(x, st->c->k, aim->lower, aim->upper);
        *value = importance_objective(x, NULL, st);
    }
    return importance_polish(st, aim, arena, x, value);
}

/* The best of the starts; two that end alike, or one that reaches the target, are enough. */
static mera_code importance_search(importance_state *st, const mera_importance_aim *aim,
                                   mera_arena *arena, double *w)
{
    double *x, best = HUGE_VAL;
    MERA_TRY_NEW(x, arena, st->c->k);
    for (int start = 0; start < 4 && best > IMPORTANCE_REACHED; start++) {
        double value = 0;
        MERA_TRY(importance_start(st->c, aim, start, arena, x));
        MERA_TRY(importance_descend(st, aim, arena, x, &value));
        const bool alike = fabs(value - best) <= 1e-7 * best;
        if (value < best) {
            best = value;
            memcpy(w, x, st->c->k * sizeof *w);
        }
        if (alike) {
            break;
        }
    }
    return MERA_OK;
}

mera_code mera_importance_reach(const mera_importance *children, const mera_importance_aim *aim,
                                mera_arena *arena, double *w, double *share)
{
    const size_t k = children->k;
    importance_state st;
    MERA_TRY(importance_open(&st, children, arena));
    MERA_TRY_NEW(st.effect, arena, k * children->rank + k);
    st.target = aim->target;
    for (size_t j = 0; j < k; j++) {
        w[j] = aim->target[j];
    }
    if (!importance_project(w, k, aim->lower, aim->upper)) {
        return MERA_EINPUT;
    }
    MERA_TRY(importance_search(&st, aim, arena, w));
    importance_evaluate(&st, w);
    for (size_t j = 0; j < k; j++) {
        share[j] = st.s[j] / st.sum;
    }
    return MERA_OK;
}
