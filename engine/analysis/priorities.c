/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first (mera/priorities.h): each indicator is lifted to what similar units have
 * reached, and the plan is scored anew with the value in the data, so that what is promised is what
 * comes.
 */
#include "analysis/priorities.h"

#include <stdlib.h>

#include "base/math.h"
#include "mera/again.h"

enum { PRIORITIES_FEW = 3 };
#define PRIORITIES_REACH 0.75

/* ---- scoring ---- */

mera_code mera_priorities_score(const priorities_run *run, const mera_lift *lift, size_t n,
                                const mera_result **out)
{
    const mera_score_with with = {.lift = lift, .n_lifts = n};
    mera_diags *aside = mera_diags_new(run->work); /* warnings were told when the plan was scored */
    MERA_TRY_PTR(aside);
    return mera_plan_score_with(run->plan, &with, run->work, aside, out);
}

mera_lift mera_priorities_partly(const mera_result *result, const mera_priority *item, double to)
{
    mera_lift lift = item->lift;
    const bool rate = result->methodology->indicator[item->indicator].denominate.n > 0;
    lift.value = to == item->to ? item->lift.value : rate ? item->lift.value / item->to * to : to;
    return lift;
}

static size_t priorities_cell(const priorities_run *run)
{
    return run->shift + run->ask->unit;
}

/* ---- what similar units have reached ---- */

static int priorities_rising(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Values of similar units that have their own, the better the higher, rising. */
static mera_code priorities_known(const priorities_run *run, mera_priority *item, double **out)
{
    const mera_indicator_result *of = &run->result->indicator[item->indicator];
    const mera_similar *similar = &run->out->similar;
    double *x;
    MERA_TRY_NEW(x, run->work, similar->n);
    item->n_known = 0;
    for (size_t i = 0; i < similar->n; i++) {
        const size_t cell = run->shift + similar->unit[i];
        const uint8_t state = of->state[cell];
        if (MERA_REASON(state) == MERA_OBSERVED && (state & (MERA_CARRIED | MERA_IMPUTED)) == 0 &&
            !isnan(of->stage[MERA_STAGE_IMPUTED][cell])) {
            x[item->n_known++] = of->stage[MERA_STAGE_IMPUTED][cell];
        }
    }
    mera_better_values(run->result->methodology, item->indicator, x, item->n_known, x);
    qsort(x, item->n_known, sizeof *x, priorities_rising);
    *out = x;
    return MERA_OK;
}

/** The value that is so good (mera_better_values), on the side where the unit stands. */
static double priorities_value(const mera_methodology *m, size_t indicator, double better,
                               double own)
{
    const mera_indicator *def = &m->indicator[indicator];
    const double directed = m->node[0].lower_is_better ? -better : better;
    if (def->direction != MERA_TARGET) {
        return def->direction == MERA_LOWER ? -directed : directed;
    }
    return own < def->target[0] ? def->target[0] + directed : def->target[1] - directed;
}

/** The aim that was asked for; NULL = none. */
static const mera_aim *priorities_asked(const priorities_run *run, size_t indicator)
{
    for (size_t i = 0; i < run->ask->n_aims; i++) {
        if (run->ask->aim[i].indicator == indicator) {
            return &run->ask->aim[i];
        }
    }
    return NULL;
}

/** How good the aim is, of which `x` are the values known: what was asked for, or what a similar
 * unit has. Sets `to`. */
static double priorities_better(const priorities_run *run, mera_priority *item, const double *x)
{
    const mera_methodology *m = run->result->methodology;
    const mera_aim *asked = priorities_asked(run, item->indicator);
    const double n = (double)item->n_known;
    const double rest = fmax(1, ceil((1 - run->out->reach) * n - 1e-9)); /* have reached it */
    double better;
    if (asked == NULL) {
        better = x[(size_t)(n - rest)];
        item->to = priorities_value(m, item->indicator, better, item->value);
        return better;
    }
    item->asked = true;
    item->to = asked->value;
    mera_better_values(m, item->indicator, &item->to, 1, &better);
    return better;
}

/** Finds the value to lift to. Sets `end`. */
static mera_code priorities_aim(const priorities_run *run, mera_priority *item)
{
    const mera_methodology *m = run->result->methodology;
    double *x, own;
    MERA_TRY(priorities_known(run, item, &x));
    if (!m->indicator[item->indicator].actionable) {
        item->end = MERA_PRIORITY_GIVEN;
        return MERA_OK;
    }
    if (item->n_known < PRIORITIES_FEW && priorities_asked(run, item->indicator) == NULL) {
        item->end = MERA_PRIORITY_FEW;
        return MERA_OK;
    }
    if (isnan(item->value)) {
        item->end = MERA_PRIORITY_MISSING;
        return MERA_OK;
    }
    const double better = priorities_better(run, item, x);
    mera_better_values(m, item->indicator, &item->value, 1, &own);
    for (size_t i = 0; i < item->n_known; i++) {
        item->n_there += x[i] >= better;
    }
    item->end = own >= better ? MERA_PRIORITY_THERE : MERA_PRIORITY_POSSIBLE;
    return MERA_OK;
}

/* ---- one indicator ---- */

/** The raw value that gives `to` once it is denominated. */
static mera_code priorities_raw(const priorities_run *run, mera_priority *item)
{
    const mera_indicator *def = &run->result->methodology->indicator[item->indicator];
    const mera_indicator_result *of = &run->result->indicator[item->indicator];
    const size_t cell = priorities_cell(run);
    double raw = of->stage[MERA_STAGE_RAW][cell], made = of->stage[MERA_STAGE_DENOMINATED][cell];
    item->lift = (mera_lift){item->indicator, run->ask->unit, run->ask->period, item->to};
    if (def->denominate.n == 0) {
        return MERA_OK;
    }
    if (!(raw * made != 0) || isnan(raw * made)) { /* what would 1 be? */
        const mera_result *one;
        raw = item->lift.value = 1;
        MERA_TRY(mera_priorities_score(run, &item->lift, 1, &one));
        made = one->indicator[item->indicator].stage[MERA_STAGE_DENOMINATED][cell];
    }
    item->lift.value = item->to / made * raw;
    item->end = fabs(item->lift.value) < INFINITY ? item->end : MERA_PRIORITY_MISSING;
    return MERA_OK;
}

static void priorities_promise(const priorities_run *run, mera_priority *item,
                               const mera_result *lifted)
{
    const mera_node_result *was = run->result->node, *is = lifted->node;
    const size_t cell = priorities_cell(run), node = run->ask->node, d = item->direction;
    const mera_indicator_result *of = &lifted->indicator[item->indicator];
    item->to = of->stage[MERA_STAGE_IMPUTED][cell];
    item->to_points = of->stage[MERA_STAGE_NORMALISED][cell];
    item->gain = mera_priorities_gain(run, node, was[node].score[cell], is[node].score[cell]);
    item->index_gain = mera_priorities_gain(run, 0, was[0].score[cell], is[0].score[cell]);
    item->direction_gain =
        d == SIZE_MAX ? NAN : mera_priorities_gain(run, d, was[d].score[cell], is[d].score[cell]);
    if (run->ask->among != NULL) {
        item->among_gain = mera_priorities_mean_gain(run, run->ask->among, node, lifted);
    }
    item->place = is[0].rank[cell];
    item->end = isnan(item->gain) ? MERA_PRIORITY_FAILED : item->end;
}

static mera_code priorities_lift(priorities_run *run, size_t i)
{
    mera_priority *item = &run->item[i];
    const mera_result *lifted;
    MERA_TRY(priorities_aim(run, item));
    if (item->end != MERA_PRIORITY_POSSIBLE) {
        return MERA_OK;
    }
    mera_code code = priorities_raw(run, item);
    if (code == MERA_OK && item->end == MERA_PRIORITY_POSSIBLE) {
        code = mera_priorities_score(run, &item->lift, 1, &lifted);
    }
    if (code != MERA_OK) { /* a check, a goalpost, a mean without an answer */
        item->end = MERA_PRIORITY_FAILED;
        return code == MERA_EINPUT ? MERA_OK : code;
    }
    if (item->end == MERA_PRIORITY_POSSIBLE) {
        priorities_promise(run, item, lifted);
        MERA_TRY(mera_priorities_keep(run, &run->rows, i, &item->lift, 1, lifted));
    }
    return MERA_OK;
}

/* ---- all of them ---- */

/** Indicators with a weight below a node, each under the child of the root that it is first under.
 */
static void priorities_mark(const priorities_run *run, size_t node, size_t direction, bool inside,
                            size_t *of, bool *below)
{
    const mera_methodology *m = run->result->methodology;
    inside = inside || node == run->ask->node;
    for (size_t j = 0; j < m->node[node].n_children; j++) {
        const mera_child *child = &m->node[node].child[j];
        if (run->result->node[node].weight[j] == 0) {
            continue;
        }
        if (!child->is_indicator) {
            priorities_mark(run, child->index, direction == SIZE_MAX ? child->index : direction,
                            inside, of, below);
        } else if (inside && !run->result->indicator[child->index].screened_out &&
                   !below[child->index]) {
            below[child->index] = true;
            of[child->index] = direction;
        }
    }
}

static mera_code priorities_items(priorities_run *run)
{
    const mera_methodology *m = run->result->methodology;
    const size_t cell = priorities_cell(run);
    bool *below;
    size_t *of;
    MERA_TRY_NEW(below, run->arena, m->n_indicators);
    MERA_TRY_NEW(of, run->arena, m->n_indicators);
    MERA_TRY_NEW(run->item, run->arena, m->n_indicators);
    priorities_mark(run, 0, SIZE_MAX, false, of, below);
    for (size_t k = 0; k < m->n_indicators; k++) {
        const mera_indicator_result *ind = &run->result->indicator[k];
        if (below[k]) {
            run->item[run->out->n++] =
                (mera_priority){.indicator = k,
                                .direction = of[k],
                                .value = ind->stage[MERA_STAGE_IMPUTED][cell],
                                .state = ind->state[cell],
                                .points = ind->stage[MERA_STAGE_NORMALISED][cell],
                                .to = NAN,
                                .to_points = NAN,
                                .gain = NAN,
                                .index_gain = NAN,
                                .direction_gain = NAN,
                                .among_gain = NAN,
                                .place = NAN,
                                .sure = NAN};
        }
    }
    return MERA_OK;
}

static int priorities_compare(const void *a, const void *b)
{
    const mera_priority *x = a, *y = b;
    const bool px = x->end == MERA_PRIORITY_POSSIBLE, py = y->end == MERA_PRIORITY_POSSIBLE;
    if (px != py) {
        return px ? -1 : 1;
    }
    if (px && x->gain != y->gain) {
        return x->gain > y->gain ? -1 : 1;
    }
    return (x->indicator > y->indicator) - (x->indicator < y->indicator);
}

/** Rows are in the order of items: before they move. */
static mera_code priorities_surely(priorities_run *run)
{
    double *sure;
    run->out->surety.top = run->ask->top;
    MERA_TRY(mera_priorities_sure(run, &run->rows, &run->out->surety, &sure));
    for (size_t i = 0; i < run->out->n; i++) {
        run->item[i].sure = sure[i];
    }
    return MERA_OK;
}

static mera_code priorities_all(priorities_run *run)
{
    static const double whole = 1;
    run->rows = (priorities_rows){.n_units = 1, .unit = &run->ask->unit, .share = &whole};
    MERA_TRY(priorities_items(run));
    MERA_TRY(mera_priorities_rows(run, run->out->n, &run->rows));
    for (size_t i = 0; i < run->out->n; i++) {
        const mera_arena_mark mark = mera_arena_mark_now(run->work);
        MERA_TRY(priorities_lift(run, i));
        mera_arena_rewind(run->work, mark);
        run->out->n_possible += run->item[i].end == MERA_PRIORITY_POSSIBLE;
    }
    MERA_TRY(priorities_surely(run));
    qsort(run->item, run->out->n, sizeof *run->item, priorities_compare);
    run->out->item = run->item;
    return MERA_OK;
}

static mera_code priorities_refuse(const priorities_run *run)
{
    const mera_result *r = run->result;
    const mera_priorities_ask *ask = run->ask;
    if (ask->unit >= r->n_units || ask->period >= r->n_periods ||
        ask->node >= r->methodology->n_nodes || !(ask->reach >= 0 && ask->reach <= 1)) {
        return mera_fail(run->diags, MERA_EUSAGE, "out-of-range", MERA_NOWHERE,
                         "unit %zu, period %zu, node %zu: the result has %zu, %zu and %zu; and "
                         "%g is to be between 0 and 1",
                         ask->unit, ask->period, ask->node, r->n_units, r->n_periods,
                         r->methodology->n_nodes, ask->reach);
    }
    if (isnan(r->node[0].score[priorities_cell(run)])) {
        const mera_code code =
            mera_fail(run->diags, MERA_EINPUT, "no-score", r->methodology->node[0].at,
                      "'%s' has no score in '%s', so nothing can raise it",
                      r->data->unit_name[ask->unit], r->methodology->node[0].id);
        mera_hint(run->diags, "'mera explain --unit %s' says what is missing",
                  r->data->unit_key[ask->unit]);
        return code;
    }
    return MERA_OK;
}

mera_code mera_priorities_of(mera_plan *plan, const mera_result *result,
                             const mera_priorities_ask *ask, mera_arena *arena, mera_diags *diags,
                             mera_priorities *out)
{
    priorities_run run = {.plan = plan,
                          .result = result,
                          .ask = ask,
                          .out = out,
                          .arena = arena,
                          .diags = diags,
                          .shift = ask->period * result->n_units};
    *out = (mera_priorities){.unit = ask->unit,
                             .period = ask->period,
                             .node = ask->node,
                             .reach = ask->reach > 0 ? ask->reach : PRIORITIES_REACH};
    MERA_TRY(priorities_refuse(&run));
    MERA_TRY(mera_similar_of(plan, result, ask->unit, ask->period, arena, diags, &out->similar));
    out->score = result->node[0].score[priorities_cell(&run)];
    out->place = result->node[0].rank[priorities_cell(&run)];
    run.work = mera_arena_new();
    const mera_code code = run.work != NULL ? priorities_all(&run) : MERA_ENOMEM;
    mera_arena_free(run.work);
    return code;
}
