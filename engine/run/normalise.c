/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Direct first, normalise second: values are turned so that higher is better, goalposts with them,
 * before a normaliser sees them. One that minds the direction itself gets values as they stand, but
 * not for a target, which only the indicator knows. Past the first normaliser of a chain values are
 * directed in any case.
 */
#include "base/math.h"
#include "mera/again.h"
#include "run/stages.h"

/** Minus the distance to the wished range. */
static double normalise_from_target(double x, const double target[2])
{
    return x < target[0] ? x - target[0] : x > target[1] ? target[1] - x : 0;
}

double mera_run_directed(const mera_indicator *def, double x)
{
    if (isnan(x)) {
        return NAN; /* not -NaN: there is one missing value */
    }
    return def->direction == MERA_HIGHER  ? x
           : def->direction == MERA_LOWER ? 0 - x
                                          : normalise_from_target(x, def->target);
}

void mera_directed_values(const mera_indicator *indicator, const double *x, size_t n, double *y)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = mera_run_directed(indicator, x[i]);
    }
}

void mera_better_values(const mera_methodology *m, size_t indicator, const double *x, size_t n,
                        double *y)
{
    mera_directed_values(&m->indicator[indicator], x, n, y);
    for (size_t i = 0; i < n && m->node[0].lower_is_better; i++) {
        y[i] = -y[i];
    }
}

void mera_run_direct_goalposts(const mera_indicator *def, double goalpost[2])
{
    if (def->direction == MERA_LOWER) {
        goalpost[0] = isnan(def->goalpost[1]) ? NAN : 0 - def->goalpost[1];
        goalpost[1] = isnan(def->goalpost[0]) ? NAN : 0 - def->goalpost[0];
    } else if (def->direction == MERA_TARGET) {
        const double below = def->target[0] - def->goalpost[0];
        const double above = def->goalpost[1] - def->target[1];
        const double farthest = isnan(below) || above > below ? above : below;

        goalpost[0] = isnan(farthest) ? NAN : -farthest;
        goalpost[1] = isnan(farthest) ? NAN : 0;
    }
}

/** Brings values into the form the first normaliser wants; *x is then what it gets. */
static void normalise_prepare(stage_run *run, const double **x)
{
    const mera_indicator *def = run->ind->indicator;
    const bool undirected = run->ind->normalise.n > 0 &&
                            (run->ind->normalise.v[0].use->op->flags & MERA_OP_UNDIRECTED) != 0;

    if (def->direction == MERA_HIGHER || (undirected && def->direction == MERA_LOWER)) {
        return; /* an undirected one minds `lower` itself; of a target it cannot know */
    }
    mera_directed_values(def, *x, run->n, run->cells->room[MERA_STAGE_NORMALISED]);
    *x = run->cells->room[MERA_STAGE_NORMALISED];
    mera_run_direct_goalposts(def, run->subject.goalpost);
    run->directed = true;
    if (undirected) {
        run->subject.direction = MERA_HIGHER;
    }
}

/** After the first normaliser values are directed, whatever it was given. */
static void normalise_is_directed(stage_run *run)
{
    if (!run->directed) {
        mera_run_direct_goalposts(run->ind->indicator, run->subject.goalpost);
    }
    run->directed = true;
    run->subject.direction = MERA_HIGHER;
}

mera_code mera_run_normalise(stage_run *run)
{
    const double *x = run->cells->stage[MERA_STAGE_TREATED];
    double *y = run->cells->room[MERA_STAGE_NORMALISED];
    size_t lost;

    normalise_prepare(run, &x);
    for (size_t u = 0; u < run->ind->normalise.n; u++) {
        MERA_TRY(
            mera_run_fit_apply(run->s, run->job, &run->ind->normalise.v[u], &run->subject, x, y));
        if (u == 0) {
            normalise_is_directed(run);
        }
        x = y;
    }
    run->cells->stage[MERA_STAGE_NORMALISED] = x;
    if (x != y) {
        return MERA_OK;
    }
    lost = mera_run_clean(y, run->cells->stage[MERA_STAGE_TREATED],
                          run->s->plan->n_scored * run->s->plan->n_units);
    if (lost > 0) {
        mera_warn(run->job->diags, "no-answer", run->ind->indicator->at,
                  "%s: normalising had no finite answer for %zu value%s, now missing",
                  run->subject.text, lost, lost == 1 ? "" : "s");
    }
    return MERA_OK;
}
