/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Weights of an index that is only known by its scores (mera/statistics.h).
 *
 *     balance      min over w of mean_j (r_j / sum r - t_j)^2,   r_j = cor(x_j, index(w / sum w))
 *     information  max over w of sum_j r_j
 *
 * The search is over k numbers of which only proportions count: the one that is too many does a
 * simplex no harm.
 */
#include <math.h>
#include <string.h>

#include "mera/statistics.h"
#include "numeric/optimise.h"

enum { SEEK_EVALUATIONS = 20000, SEEK_ROUNDS = 12 };
#define SEEK_LEAST_SUM 0.05 /* of the numbers: below, their proportions say nothing */
#define SEEK_NOWHERE 1e300  /* the value of weights that have no index */

typedef struct seek_run {
    const mera_weight_search *search;
    mera_arena *arena;
    double *w, *y, *r, *target;
    mera_code rc; /**< what went wrong for good */
} seek_run;

static mera_code seek_correlate(seek_run *run)
{
    const mera_weight_search *s = run->search;
    const double *const column[] = {run->y};
    const mera_columns index = {s->parts.n, 1, column};
    mera_correlations c;
    MERA_TRY(mera_correlations_of(&s->parts, &index, s->kind, MERA_CHANCE_NONE, 1, run->arena, &c));
    memcpy(run->r, c.r, s->parts.k * sizeof *run->r);
    return MERA_OK;
}

/* To be made small; leaves weights and correlations in the run. */
static double seek_value(seek_run *run, const double *x)
{
    const size_t k = run->search->parts.k;
    const mera_arena_mark mark = mera_arena_mark_now(run->arena);
    double sum = 0, all = 0, gap = 0;
    for (size_t j = 0; j < k; j++) {
        sum += x[j];
    }
    if (!(sum > SEEK_LEAST_SUM)) {
        return SEEK_NOWHERE;
    }
    for (size_t j = 0; j < k; j++) {
        run->w[j] = x[j] / sum;
        if (run->w[j] < run->search->lower || run->w[j] > run->search->upper) {
            return SEEK_NOWHERE;
        }
    }
    if (run->search->index(run->w, run->y, run->search->data) != MERA_OK) {
        return SEEK_NOWHERE;
    }
    const mera_code rc = seek_correlate(run);
    mera_arena_rewind(run->arena, mark);
    run->rc = rc != MERA_OK ? rc : run->rc;
    for (size_t j = 0; j < k; j++) {
        all += run->r[j];
    }
    for (size_t j = 0; run->target != NULL && j < k; j++) {
        gap += (run->r[j] / all - run->target[j]) * (run->r[j] / all - run->target[j]);
    }
    const double value = run->target != NULL ? gap / (double)k : -all;
    return rc == MERA_OK && isfinite(value) ? value : SEEK_NOWHERE;
}

static double seek_objective(const double *x, double *gradient, void *data)
{
    (void)gradient;
    return seek_value(data, x);
}

/* Down from x as long as that gains something; *left is what remains of the evaluations. */
static mera_code seek_descend(seek_run *run, const double *bounds, double *x, size_t *left,
                              double *value)
{
    const size_t k = run->search->parts.k;
    mera_problem problem = {.k = k,
                            .objective = seek_objective,
                            .data = run,
                            .lower = bounds,
                            .upper = bounds + k,
                            .total = NAN,
                            .blind = true,
                            .tolerance = 1e-15};
    *value = seek_value(run, x);
    for (int round = 0; round<SEEK_ROUNDS && * left> 0; round++) {
        const double before = *value;
        mera_minimum found;
        problem.max_evaluations = *left;
        MERA_TRY(mera_minimise(&problem, x, &found));
        *left -= found.evaluations < *left ? found.evaluations : *left;
        *value = found.value;
        if (run->rc != MERA_OK || !(before - *value > 1e-9 * fabs(before))) {
            break;
        }
    }
    return run->rc;
}

/* Start `number`: the target, equal weights, what the caller gave; false when there is none. */
static bool seek_start(const seek_run *run, int number, double *x)
{
    const size_t k = run->search->parts.k;
    const double *from = number == 0 ? run->target : number == 2 ? run->search->start : NULL;
    double sum = 0;
    for (size_t j = 0; j < k; j++) {
        x[j] = from == NULL ? 1 : from[j];
        sum += x[j];
    }
    for (size_t j = 0; j < k; j++) {
        x[j] /= sum;
    }
    return number == 1 || (from != NULL && sum > 0);
}

static mera_code seek_all(seek_run *run, double *best, double *value, size_t *evaluations)
{
    const size_t k = run->search->parts.k;
    const size_t most = run->search->max_evaluations;
    double *bounds, *x;
    MERA_TRY_NEW(bounds, run->arena, 2 * k);
    MERA_TRY_NEW(x, run->arena, k);
    for (size_t j = 0; j < k; j++) {
        bounds[j] = fmin(0, run->search->lower);
        bounds[k + j] = fmax(1, run->search->upper);
    }
    *value = SEEK_NOWHERE;
    *evaluations = 0;
    for (int number = 0; number < 3; number++) {
        size_t left = (most > 0 ? most : SEEK_EVALUATIONS) / 3;
        const size_t had = left;
        double here;
        if (!seek_start(run, number, x)) {
            continue;
        }
        MERA_TRY(seek_descend(run, bounds, x, &left, &here));
        *evaluations += had - left;
        if (here < *value) {
            *value = here;
            memcpy(best, x, k * sizeof *best);
        }
    }
    return MERA_OK;
}

static mera_code seek_open(seek_run *run)
{
    const mera_weight_search *s = run->search;
    double sum = 0;
    MERA_TRY_NEW(run->w, run->arena, s->parts.k);
    MERA_TRY_NEW(run->y, run->arena, s->parts.n);
    MERA_TRY_NEW(run->r, run->arena, s->parts.k);
    if (s->target == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(run->target, run->arena, s->parts.k);
    for (size_t j = 0; j < s->parts.k; j++) {
        sum += s->target[j];
    }
    for (size_t j = 0; j < s->parts.k; j++) {
        run->target[j] = s->target[j] / sum;
    }
    return sum > 0 ? MERA_OK : MERA_EINPUT;
}

mera_code mera_weights_seek(const mera_weight_search *search, mera_arena *arena,
                            mera_weights_found *out)
{
    const size_t k = search->parts.k;
    mera_weight_search own = *search;
    seek_run run = {.search = &own, .arena = arena};
    double *best, sum = 0;
    if (own.lower == 0 && own.upper == 0) {
        own.upper = 1;
    }
    *out = (mera_weights_found){.value = NAN};
    MERA_TRY(seek_open(&run));
    MERA_TRY_NEW(best, arena, k);
    MERA_TRY_NEW(out->share, arena, k);
    MERA_TRY(seek_all(&run, best, &out->value, &out->evaluations));
    if (!(out->value < SEEK_NOWHERE)) {
        return MERA_EINPUT;
    }
    out->value = seek_value(&run, best);
    out->value = run.target != NULL ? out->value : -out->value;
    out->w = run.w;
    out->correlation = run.r;
    for (size_t j = 0; j < k; j++) {
        sum += run.r[j];
    }
    for (size_t j = 0; j < k; j++) {
        out->share[j] = run.r[j] / sum;
    }
    return run.rc;
}
