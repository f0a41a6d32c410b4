/* SPDX-License-Identifier: Apache-2.0 */
/** @file Leave-one-out: each part or unit left out in turn, all scored anew (mera/leave_out.h). */
#include "analysis/leave_out.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/compare.h"
#include "base/math.h"
#include "base/text.h"
#include "ops/column.h"

/* ---- places ---- */

/* The least of equal ones; `score` NaN has none. */
static mera_code leave_places(const leave_run *run, const double *score, mera_arena *scratch,
                              double *place)
{
    const size_t n = run->result->n_units;
    const mera_arena_mark mark = mera_arena_mark_now(scratch);
    double *key;
    uint32_t *order;
    size_t ranked;
    MERA_TRY_NEW(key, scratch, n);
    for (size_t i = 0; i < n; i++) {
        key[i] = run->lower_is_better ? score[i] : -score[i];
        place[i] = NAN;
    }
    MERA_TRY(mera_column_order(key, n, scratch, &order, &ranked));
    for (size_t r = 0; r < ranked; r++) {
        const bool tied = r > 0 && key[order[r]] == key[order[r - 1]];
        place[order[r]] = tied ? place[order[r - 1]] : (double)(r + 1);
    }
    mera_arena_rewind(scratch, mark);
    return MERA_OK;
}

/* ---- scores without one ---- */

/* Finds node and period again by name: a plan of other data may have them elsewhere. */
static mera_code leave_take(const leave_run *run, const mera_result *made, size_t without,
                            double *score)
{
    const char *wanted = run->result->period[run->ask->period];
    size_t p = 0;
    while (p < made->n_periods && !mera_streq(made->period[p], wanted)) {
        p++;
    }
    for (size_t i = 0; i < run->result->n_units; i++) {
        const size_t there = i - (i > without);
        score[i] = i == without || p == made->n_periods
                       ? NAN
                       : made->node[run->ask->node].score[p * made->n_units + there];
    }
    return MERA_OK;
}

static mera_code leave_part(const leave_run *run, size_t index, mera_arena *arena,
                            mera_diags *aside, double *score)
{
    const mera_methodology *m = run->result->methodology;
    const mera_result *made;
    mera_score_with with = {.like = run->result, .same = MERA_STAGE_NORMALISED};
    uint8_t *indicator, *node;
    MERA_TRY_NEW(indicator, arena, m->n_indicators);
    MERA_TRY_NEW(node, arena, m->n_nodes);
    MERA_TRY(mera_leave_flags(run, index, arena, indicator, node));
    with.left_out = indicator;
    with.left_out_node = node;
    MERA_TRY(mera_plan_score_with(run->plan, &with, arena, aside, &made));
    return leave_take(run, made, SIZE_MAX, score);
}

static mera_code leave_unit(const leave_run *run, size_t unit, mera_arena *arena, mera_diags *aside,
                            double *score)
{
    const mera_result *made;
    mera_dataset *data;
    mera_plan *plan;
    MERA_TRY(mera_dataset_without(run->result->data, unit, arena, &data));
    MERA_TRY(mera_plan_open_on(run->plan, data, aside, &plan));
    mera_code code = mera_plan_score(plan, arena, aside, &made);
    code = code == MERA_OK ? leave_take(run, made, unit, score) : code;
    mera_plan_close(plan);
    return code;
}

/* ---- what it does to places ---- */

static void leave_shifts(const leave_run *run, mera_left *left)
{
    double sum = 0;
    left->unit = SIZE_MAX;
    for (size_t i = 0; i < run->result->n_units; i++) {
        const double move = left->shift[i];
        if (isnan(move)) {
            continue;
        }
        left->n++;
        sum += fabs(move);
        left->n_moved += move != 0;
        if (fabs(move) > fabs(left->largest)) {
            left->largest = move;
            left->unit = i;
        }
    }
    left->mean_shift = sum / (double)left->n;
}

/* Places among those who have a score both ways. */
static mera_code leave_common(const leave_run *run, const double *score, const double *other,
                              mera_arena *scratch, double **place)
{
    const size_t n = run->result->n_units;
    double *kept;
    MERA_TRY_NEW(kept, scratch, n);
    MERA_TRY_NEW(*place, scratch, n);
    for (size_t i = 0; i < n; i++) {
        kept[i] = isnan(other[i]) ? NAN : score[i];
    }
    return leave_places(run, kept, scratch, *place);
}

static mera_code leave_compare(const leave_run *run, const double *score, mera_arena *scratch,
                               mera_left *left)
{
    const size_t n = run->result->n_units;
    double *place, *shift, *before, *after;
    MERA_TRY_NEW(place, run->arena, n);
    MERA_TRY_NEW(shift, run->arena, n);
    MERA_TRY(leave_places(run, score, scratch, place));
    MERA_TRY(leave_common(run, run->out->score, score, scratch, &before));
    MERA_TRY(leave_common(run, score, run->out->score, scratch, &after));
    for (size_t i = 0; i < n; i++) {
        shift[i] = after[i] - before[i];
    }
    left->shift = shift;
    leave_shifts(run, left);
    if (left->n == 0) {
        left->failed = "nobody has a score without it";
        return MERA_OK;
    }
    left->score = score;
    left->place = place;
    MERA_TRY(mera_spearman(before, after, n, scratch, &left->spearman));
    return mera_kendall(before, after, n, scratch, &left->kendall);
}

static mera_code leave_one(const leave_run *run, mera_arena *arena, mera_left *left)
{
    mera_diags *aside = mera_diags_new(arena);
    double *score;
    MERA_TRY_PTR(aside);
    MERA_TRY_NEW(score, run->arena, run->result->n_units);
    const mera_code code = run->ask->what == MERA_LEAVE_UNITS
                               ? leave_unit(run, left->index, arena, aside, score)
                               : leave_part(run, left->index, arena, aside, score);
    if (code == MERA_ENOMEM) {
        return code;
    }
    if (code != MERA_OK) {
        const char *why = mera_diags_first_error(aside);
        left->failed = mera_arena_strdup(run->arena, why != NULL ? why : "it failed");
        return left->failed != NULL ? MERA_OK : MERA_ENOMEM;
    }
    return leave_compare(run, score, arena, left);
}

static mera_code leave_each(leave_run *run)
{
    mera_leave_out *out = run->out;
    mera_arena *arena = mera_arena_new();
    mera_code code = arena != NULL ? MERA_OK : MERA_ENOMEM;
    bool go_on = true;
    while (code == MERA_OK && go_on && out->n_left < out->n_asked) {
        const mera_arena_mark mark = mera_arena_mark_now(arena);
        mera_left *left = &run->left[out->n_left++];
        left->mean_shift = left->spearman = left->kendall = NAN;
        code = leave_one(run, arena, left);
        out->n_failed += left->failed != NULL;
        mera_arena_rewind(arena, mark);
        go_on = run->ask->progress == NULL ||
                run->ask->progress(run->ask->context, out->n_left, out->n_asked);
    }
    mera_arena_free(arena);
    return code;
}

/* ---- orders ---- */

static int leave_by_shift(const void *a, const void *b)
{
    const mera_left *x = a, *y = b;
    if ((x->failed != NULL) != (y->failed != NULL)) {
        return x->failed != NULL ? 1 : -1;
    }
    return x->failed == NULL && x->mean_shift != y->mean_shift
               ? (x->mean_shift < y->mean_shift) - (x->mean_shift > y->mean_shift)
               : (x->index > y->index) - (x->index < y->index);
}

static mera_code leave_units(leave_run *run)
{
    mera_left_unit *unit;
    const mera_leave_out *out = run->out;
    MERA_TRY_NEW(unit, run->arena, run->result->n_units);
    for (size_t i = 0; i < run->result->n_units; i++) {
        unit[i] = (mera_left_unit){.lowest = NAN, .highest = NAN, .by = SIZE_MAX};
        for (size_t k = 0; k < out->n_left - out->n_failed; k++) {
            const mera_left *left = &out->left[k];
            const double move = left->shift[i];
            unit[i].lowest = fmax(unit[i].lowest, left->place[i]);
            unit[i].highest = fmin(unit[i].highest, left->place[i]);
            if (fabs(move) > fabs(unit[i].largest)) {
                unit[i].largest = move;
                unit[i].by = k;
            }
        }
    }
    run->out->unit = unit;
    return MERA_OK;
}

/* Units by place; equal ones in the order of the data. */
static mera_code leave_order(leave_run *run)
{
    uint32_t *order;
    size_t *best;
    MERA_TRY(mera_column_order(run->out->place, run->result->n_units, run->arena, &order,
                               &run->out->n_ranked));
    MERA_TRY_NEW(best, run->arena, run->out->n_ranked);
    for (size_t r = 0; r < run->out->n_ranked; r++) {
        best[r] = order[r];
    }
    run->out->order = best;
    return MERA_OK;
}

/* ---- all ---- */

static mera_code leave_begin(leave_run *run)
{
    const mera_result *result = run->result;
    const mera_node *node = &result->methodology->node[run->ask->node];
    double *place;
    run->lower_is_better = node->lower_is_better;
    run->out->score = result->node[run->ask->node].score + run->ask->period * result->n_units;
    MERA_TRY_NEW(place, run->arena, result->n_units);
    MERA_TRY(leave_places(run, run->out->score, run->arena, place));
    run->out->place = place;
    MERA_TRY(leave_order(run));
    if (run->out->n_ranked == 0) {
        return mera_fail(run->diags, MERA_EINPUT, "no-scores", node->at,
                         "nobody has a score at '%s', so there are no places", node->id);
    }
    MERA_TRY(mera_leave_list(run));
    if (run->out->n_asked > MERA_LEAVE_CELLS / result->n_units) {
        return mera_fail(run->diags, MERA_ELIMIT, "leave-out", MERA_NOWHERE,
                         "%zu of %zu units left out in turn take too much memory",
                         run->out->n_asked, result->n_units);
    }
    return MERA_OK;
}

mera_code mera_leave_out_of(mera_plan *plan, const mera_result *result, const mera_leave_ask *ask,
                            mera_arena *arena, mera_diags *diags, mera_leave_out *out)
{
    leave_run run = {
        .plan = plan, .result = result, .ask = ask, .arena = arena, .diags = diags, .out = out};
    *out = (mera_leave_out){.what = ask->what, .node = ask->node, .period = ask->period};
    if (ask->node >= result->methodology->n_nodes || ask->period >= result->n_periods) {
        return MERA_EUSAGE;
    }
    MERA_TRY(leave_begin(&run));
    MERA_TRY(leave_each(&run));
    qsort(run.left, out->n_left, sizeof *run.left, leave_by_shift);
    out->left = run.left;
    return leave_units(&run);
}
