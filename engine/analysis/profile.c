/* SPDX-License-Identifier: Apache-2.0 */
/** @file One territory on a page (mera/profile.h). */
#include "mera/profile.h"

#include <stdlib.h>

#include "base/math.h"
#include "mera/again.h"
#include "mera/analysis.h"
#include "mera/robust.h"

enum { PROFILE_MARKS = 5, PROFILE_FEW = 3 };

typedef struct profile_run {
    mera_plan *plan;
    const mera_result *result;
    const mera_profile_ask *ask;
    mera_profile *out;
    mera_arena *arena;
    mera_diags *diags;
    size_t shift;
    double *room; /**< n_units numbers */
} profile_run;

static int profile_rising(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** The median of the numbers there are, which are put in order; NaN of none. */
static double profile_median(double *x, size_t n)
{
    if (n == 0) {
        return NAN;
    }
    qsort(x, n, sizeof *x, profile_rising);
    return n % 2 != 0 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/** Median over units that are listed (NULL = all of them). */
static double profile_median_of(const profile_run *run, const double *x, const size_t *unit,
                                size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        const double v = x[unit != NULL ? unit[i] : i];
        if (!isnan(v)) {
            run->room[m++] = v;
        }
    }
    return profile_median(run->room, m);
}

static bool profile_better(bool lower, double x, double y)
{
    return lower ? x < y : x > y;
}

/* ---- the place ---- */

static void profile_head(profile_run *run)
{
    const mera_result *r = run->result;
    const mera_node_result *root = &r->node[0];
    const bool lower = r->methodology->node[0].lower_is_better;
    mera_profile *out = run->out;
    out->score = root->score[run->shift + run->ask->unit];
    out->place = root->rank[run->shift + run->ask->unit];
    out->similar_place = 1;
    for (size_t i = 0; i < r->n_units; i++) {
        out->n_ranked += !isnan(root->rank[run->shift + i]);
    }
    for (size_t i = 0; i < out->priorities.similar.n; i++) {
        const double theirs = root->score[run->shift + out->priorities.similar.unit[i]];
        out->similar_place += profile_better(lower, theirs, out->score);
    }
    if (root->class_of != NULL && root->class_of[run->shift + run->ask->unit] >= 0) {
        out->class_label = root->class_label.v[root->class_of[run->shift + run->ask->unit]];
    }
}

/** Interval and band, where the methodology says what is a matter of choice. */
static mera_code profile_sure(profile_run *run)
{
    const mera_robust_ask ask = {.period = run->ask->period};
    mera_diags *aside = mera_diags_new(run->arena);
    mera_robust robust;
    MERA_TRY_PTR(aside);
    if (!run->result->methodology->uncertainty.said) {
        return MERA_OK;
    }
    const mera_code code = mera_robust_of(run->plan, run->result, &ask, run->arena, aside, &robust);
    if (code != MERA_OK) {
        if (code == MERA_EINPUT) {
            mera_warn(run->diags, "no-interval", MERA_NOWHERE, "the place has no interval: %s",
                      mera_diags_get(aside, 0)->message);
        }
        return code == MERA_EINPUT ? MERA_OK : code;
    }
    const mera_place_summary *place = &robust.summary.unit[run->ask->unit];
    run->out->sure = place->reference > 0;
    run->out->low = place->low;
    run->out->high = place->high;
    run->out->band = place->band;
    for (size_t i = 0; i < robust.summary.n; i++) {
        run->out->n_banded += place->band > 0 && robust.summary.unit[i].band == place->band;
    }
    return MERA_OK;
}

/** The last period before that has a score: as the data order their periods. */
static void profile_before(profile_run *run)
{
    const mera_result *r = run->result;
    run->out->before = SIZE_MAX;
    run->out->score_before = run->out->place_before = NAN;
    for (size_t p = 0; p < r->n_periods; p++) {
        const double score = r->node[0].score[p * r->n_units + run->ask->unit];
        const bool earlier =
            r->data_period[p] < r->data_period[run->ask->period] &&
            (run->out->before == SIZE_MAX || r->data_period[p] > r->data_period[run->out->before]);
        if (earlier && !isnan(score)) {
            run->out->before = p;
            run->out->score_before = score;
            run->out->place_before = r->node[0].rank[p * r->n_units + run->ask->unit];
        }
    }
}

/* ---- directions ---- */

static const double *profile_column(const profile_run *run, const mera_child *child)
{
    const mera_result *r = run->result;
    if (child->is_indicator) {
        return r->indicator[child->index].stage[MERA_STAGE_NORMALISED];
    }
    return r->methodology->node[child->index].pass_aggregate ? r->node[child->index].aggregate
                                                             : r->node[child->index].score;
}

static void profile_part(const profile_run *run, const mera_child *child, mera_profile_part *part)
{
    const mera_result *r = run->result;
    const double *all = profile_column(run, child), *x = all + run->shift;
    const mera_similar *similar = &run->out->priorities.similar;
    const size_t judge =
        child->is_indicator ? 0 : child->index; /* points are judged as the index */
    part->lower_is_better = r->methodology->node[judge].lower_is_better;
    part->is_indicator = child->is_indicator;
    part->index = child->index;
    part->score = x[run->ask->unit];
    part->similar = profile_median_of(run, x, similar->unit, similar->n);
    part->low = part->high = NAN;
    part->place = isnan(part->score) ? NAN : 1;
    for (size_t i = 0; i < r->n_units; i++) {
        if (r->unit_screened[run->shift + i] == 0 && !isnan(x[i])) {
            part->low = part->low <= x[i] ? part->low : x[i];
            part->high = part->high >= x[i] ? part->high : x[i];
            part->n_ranked++;
            part->place += profile_better(part->lower_is_better, x[i], part->score);
        }
    }
    part->median = profile_median_of(run, x, NULL, r->n_units);
    part->before =
        run->out->before == SIZE_MAX ? NAN : all[run->out->before * r->n_units + run->ask->unit];
}

static mera_code profile_parts(profile_run *run)
{
    const mera_node *root = &run->result->methodology->node[0];
    const double *weight = run->result->node[0].weight;
    mera_profile_part *part;
    double sum = 0;
    MERA_TRY_NEW(part, run->arena, root->n_children);
    for (size_t j = 0; j < root->n_children; j++) {
        sum += weight[j];
    }
    for (size_t j = 0; j < root->n_children; j++) {
        const mera_child *child = &root->child[j];
        const bool gone = child->is_indicator && run->result->indicator[child->index].screened_out;
        if (weight[j] != 0 && !gone) {
            part[run->out->n_parts].share = sum > 0 ? weight[j] / sum : 0;
            profile_part(run, child, &part[run->out->n_parts++]);
        }
    }
    run->out->part = part;
    return MERA_OK;
}

/* ---- strengths, weaknesses, data ---- */

static bool profile_own(uint8_t state)
{
    return MERA_REASON(state) == MERA_OBSERVED && (state & (MERA_CARRIED | MERA_IMPUTED)) == 0;
}

/** Where the unit stands in an indicator among similar units; false when that cannot be said. */
static mera_code profile_mark(const profile_run *run, size_t k, double weight, double *points,
                              mera_profile_mark *mark, bool *said)
{
    const mera_indicator_result *of = &run->result->indicator[k];
    const mera_methodology *m = run->result->methodology;
    const mera_similar *similar = &run->out->priorities.similar;
    const double *x = of->stage[MERA_STAGE_IMPUTED] + run->shift;
    const double *y = of->stage[MERA_STAGE_NORMALISED] + run->shift;
    const size_t unit = run->ask->unit;
    double own, theirs;
    size_t n = 0;
    *mark = (mera_profile_mark){.indicator = k, .value = x[unit]};
    *said = false;
    mera_better_values(m, k, &x[unit], 1, &own);
    for (size_t i = 0; i < similar->n; i++) {
        const size_t u = similar->unit[i];
        if (!isnan(x[u]) && profile_own(of->state[run->shift + u])) {
            mera_better_values(m, k, &x[u], 1, &theirs);
            mark->n_worse += theirs < own;
            points[n] = y[u];
            run->room[n++] = x[u];
        }
    }
    mark->n = n;
    mark->similar = profile_median(run->room, n);
    mark->pull = weight * (y[unit] - profile_median(points, n));
    *said = n >= PROFILE_FEW && !isnan(mark->pull) && profile_own(of->state[run->shift + unit]);
    return MERA_OK;
}

static int profile_pull_falling(const void *a, const void *b)
{
    const mera_profile_mark *x = a, *y = b;
    return x->pull != y->pull ? (x->pull < y->pull) - (x->pull > y->pull)
                              : (x->indicator > y->indicator) - (x->indicator < y->indicator);
}

static void profile_split(profile_run *run, mera_profile_mark *mark, size_t n,
                          mera_profile_mark *weak)
{
    const size_t most = run->ask->marks > 0 ? run->ask->marks : PROFILE_MARKS;
    const double sign = run->result->methodology->node[0].lower_is_better ? -1 : 1;
    mera_profile *out = run->out;
    for (size_t i = 0; i < n; i++) {
        mark[i].pull *= sign;
    }
    if (n > 0) {
        qsort(mark, n, sizeof *mark, profile_pull_falling);
    }
    out->strong = mark;
    out->weak = weak;
    for (size_t i = n; i-- > 0 && out->n_weak < most;) {
        if (mark[i].pull < 0 && 2 * mark[i].n_worse < mark[i].n) {
            weak[out->n_weak++] = mark[i];
        }
    }
    size_t kept = 0; /* moves only down: what is read is not yet written over */
    for (size_t i = 0; i < n && kept < most; i++) {
        if (mark[i].pull > 0 && 2 * mark[i].n_worse > mark[i].n) {
            mark[kept++] = mark[i];
        }
    }
    out->n_strong = kept;
}

static void profile_count(profile_run *run, size_t k)
{
    const mera_indicator_result *of = &run->result->indicator[k];
    const size_t cell = run->shift + run->ask->unit;
    const uint8_t state = of->state[cell];
    mera_profile_data *data = &run->out->data;
    data->n++;
    if (isnan(of->stage[MERA_STAGE_IMPUTED][cell])) {
        data->missing++;
    } else if ((state & MERA_IMPUTED) != 0) {
        data->imputed++;
    } else if ((state & MERA_CARRIED) != 0) {
        data->carried++;
    } else {
        data->observed++;
    }
}

/* The unit's cell of a column beside that of an indicator, NAME_n; NaN = not there. */
static double profile_beside(const profile_run *run, const char *column, const char *suffix)
{
    const mera_dataset *data = run->result->data;
    const size_t period = mera_dataset_period(data, run->result->period[run->ask->period]);
    const char *name = mera_arena_printf(run->arena, "%s%s", column, suffix);
    const mera_column *found = name == NULL ? NULL : mera_dataset_column(data, name);
    return found == NULL || period == SIZE_MAX
               ? NAN
               : found->value[period * data->n_units + run->ask->unit];
}

/* Indicators that are answers to a survey, as its columns of answers and errors tell. */
static mera_code profile_answers(profile_run *run, const double *effective)
{
    const mera_methodology *m = run->result->methodology;
    mera_profile_answers *list;
    MERA_TRY_NEW(list, run->arena, m->n_indicators);
    run->out->answers = list;
    for (size_t k = 0; k < m->n_indicators; k++) {
        const char *column = m->indicator[k].column;
        if (column == NULL || effective[m->n_nodes + k] == 0) {
            continue;
        }
        const mera_profile_answers one = {k, profile_beside(run, column, ""),
                                          profile_beside(run, column, "_n"),
                                          profile_beside(run, column, "_se")};
        if (!isnan(one.value) && !(isnan(one.n) && isnan(one.se))) {
            list[run->out->n_answers++] = one;
        }
    }
    return MERA_OK;
}

static mera_code profile_marks(profile_run *run)
{
    const mera_methodology *m = run->result->methodology;
    mera_profile_mark *mark, *weak;
    mera_sheet sheet;
    double *points;
    size_t n = 0;
    bool said;
    MERA_TRY(
        mera_sheet_of(run->result, run->ask->period, MERA_STAGE_NORMALISED, run->arena, &sheet));
    MERA_TRY_NEW(mark, run->arena, m->n_indicators);
    MERA_TRY_NEW(weak, run->arena, m->n_indicators);
    MERA_TRY_NEW(points, run->arena, run->result->n_units);
    MERA_TRY(profile_answers(run, sheet.effective));
    for (size_t k = 0; k < m->n_indicators; k++) {
        const double weight = sheet.effective[m->n_nodes + k];
        if (run->result->indicator[k].screened_out) {
            run->out->data.left_out++;
        } else if (weight != 0) {
            profile_count(run, k);
            MERA_TRY(profile_mark(run, k, weight, points, &mark[n], &said));
            n += said;
        }
    }
    profile_split(run, mark, n, weak);
    run->out->data.coverage = run->result->node[0].coverage[run->shift + run->ask->unit];
    return MERA_OK;
}

mera_code mera_profile_of(mera_plan *plan, const mera_result *result, const mera_profile_ask *ask,
                          mera_arena *arena, mera_diags *diags, mera_profile *out)
{
    profile_run run = {.plan = plan,
                       .result = result,
                       .ask = ask,
                       .out = out,
                       .arena = arena,
                       .diags = diags,
                       .shift = ask->period * result->n_units};
    const mera_priorities_ask first = {.unit = ask->unit, .period = ask->period};
    *out = (mera_profile){.unit = ask->unit, .period = ask->period};
    MERA_TRY(mera_priorities_of(plan, result, &first, arena, diags, &out->priorities));
    MERA_TRY_NEW(run.room, arena, result->n_units);
    profile_head(&run);
    profile_before(&run);
    MERA_TRY(profile_parts(&run));
    MERA_TRY(profile_marks(&run));
    return profile_sure(&run);
}
