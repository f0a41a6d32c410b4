/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first in several units (mera/perimeter.h): the priorities of each, and each indicator
 * lifted in all of them at once.
 */
#include "mera/perimeter.h"

#include <stdlib.h>

#include "analysis/priorities.h"
#include "base/math.h"

typedef struct perimeter_run {
    priorities_run run;
    mera_priorities_ask ask;
    mera_perimeter *out;
    mera_priorities *of;
    mera_perimeter_item *item;
    priorities_rows rows;
    const mera_perimeter_ask *asked;
    size_t n_done; /**< members whose draws are done */
    bool stopped;
} perimeter_run;

/** Draws of a member or of the perimeter, as a part of all; none once they were ended. */
static bool perimeter_go_on(void *context, uint64_t done, uint64_t until)
{
    perimeter_run *p = context;
    p->stopped = p->stopped || !p->asked->progress(p->asked->context, p->n_done * until + done,
                                                   (p->out->members.n + 1) * until);
    return !p->stopped;
}

/* ---- each member ---- */

static mera_code perimeter_members(perimeter_run *p)
{
    const mera_members *members = &p->out->members;
    MERA_TRY_NEW(p->of, p->run.arena, members->n);
    for (size_t u = 0; u < members->n; u++) {
        mera_priorities_ask ask = p->ask;
        ask.unit = members->unit[u];
        ask.among = members;
        MERA_TRY(mera_priorities_of(p->run.plan, p->run.result, &ask, p->run.arena, p->run.diags,
                                    &p->of[u]));
        p->n_done++;
        p->out->score += members->share[u] *
                         p->run.result->node[p->ask.node].score[p->run.shift + members->unit[u]];
    }
    p->out->of = p->of;
    return MERA_OK;
}

/** A step with what it is ordered by. */
typedef struct perimeter_ordered {
    double gain;
    mera_perimeter_step step;
} perimeter_ordered;

static int perimeter_compare_steps(const void *a, const void *b)
{
    const perimeter_ordered *x = a, *y = b;
    return x->gain != y->gain ? (x->gain < y->gain) - (x->gain > y->gain)
           : x->step.member != y->step.member
               ? (x->step.member > y->step.member) - (x->step.member < y->step.member)
               : (x->step.item > y->step.item) - (x->step.item < y->step.item);
}

static mera_code perimeter_steps(perimeter_run *p)
{
    perimeter_ordered *ordered;
    mera_perimeter_step *step;
    size_t n = 0;
    for (size_t u = 0; u < p->out->members.n; u++) {
        n += p->of[u].n_possible;
    }
    MERA_TRY_NEW(ordered, p->run.arena, n);
    MERA_TRY_NEW(step, p->run.arena, n);
    n = 0;
    for (size_t u = 0; u < p->out->members.n; u++) {
        for (size_t i = 0; i < p->of[u].n_possible; i++) {
            const double gain =
                p->of[u].item[i].among_gain; /* NaN: another member lost its score */
            ordered[n++] = (perimeter_ordered){isnan(gain) ? -INFINITY : gain, {u, i}};
        }
    }
    if (n > 0) {
        qsort(ordered, n, sizeof *ordered, perimeter_compare_steps);
    }
    for (size_t i = 0; i < n; i++) {
        step[i] = ordered[i].step;
    }
    p->out->step = step;
    p->out->n_steps = n;
    return MERA_OK;
}

/* ---- an indicator in all of them ---- */

/** Lifts of an indicator in the members where it is possible. */
static mera_code perimeter_lifts(perimeter_run *p, size_t indicator, mera_perimeter_item *item)
{
    mera_lift *lift;
    MERA_TRY_NEW(lift, p->run.arena, p->out->members.n);
    *item = (mera_perimeter_item){.indicator = indicator,
                                  .direction = SIZE_MAX,
                                  .lift = lift,
                                  .gain = NAN,
                                  .direction_gain = NAN,
                                  .sure = NAN};
    for (size_t u = 0; u < p->out->members.n; u++) {
        for (size_t i = 0; i < p->of[u].n_possible; i++) {
            if (p->of[u].item[i].indicator == indicator) {
                item->direction = p->of[u].item[i].direction;
                lift[item->n++] = p->of[u].item[i].lift;
            }
        }
    }
    return MERA_OK;
}

static void perimeter_promise(const perimeter_run *p, mera_perimeter_item *item,
                              const mera_result *lifted)
{
    const mera_members *members = &p->out->members;
    const size_t node = p->ask.node;
    const double *was = p->run.result->node[node].score, *is = lifted->node[node].score;
    item->gain = mera_priorities_mean_gain(&p->run, members, node, lifted);
    item->direction_gain =
        item->direction == SIZE_MAX
            ? NAN
            : mera_priorities_mean_gain(&p->run, members, item->direction, lifted);
    item->most_gain = -INFINITY;
    for (size_t u = 0; u < members->n; u++) {
        const size_t cell = p->run.shift + members->unit[u];
        const double gain = mera_priorities_gain(&p->run, node, was[cell], is[cell]);
        if (gain > item->most_gain) {
            item->most_gain = gain;
            item->most = u;
        }
    }
}

static mera_code perimeter_item(perimeter_run *p, size_t i)
{
    mera_perimeter_item *item = &p->item[i];
    const mera_arena_mark mark = mera_arena_mark_now(p->run.work);
    const mera_result *lifted;
    mera_code code = mera_priorities_score(&p->run, item->lift, item->n, &lifted);
    if (code == MERA_OK) {
        perimeter_promise(p, item, lifted);
        code = isnan(item->gain)
                   ? MERA_OK
                   : mera_priorities_keep(&p->run, &p->rows, i, item->lift, item->n, lifted);
    }
    mera_arena_rewind(p->run.work, mark);
    return code == MERA_EINPUT ? MERA_OK : code; /* no answer: the gain stays NaN */
}

static int perimeter_compare(const void *a, const void *b)
{
    const mera_perimeter_item *x = a, *y = b;
    if (isnan(x->gain) != isnan(y->gain)) {
        return isnan(x->gain) ? 1 : -1;
    }
    return x->gain > y->gain   ? -1
           : x->gain < y->gain ? 1
                               : (x->indicator > y->indicator) - (x->indicator < y->indicator);
}

static mera_code perimeter_sure(perimeter_run *p)
{
    double *sure;
    p->out->surety.top = p->ask.top;
    MERA_TRY(mera_priorities_sure(&p->run, &p->rows, &p->out->surety, &sure));
    for (size_t i = 0; i < p->out->n; i++) {
        p->item[i].sure = sure[i];
    }
    return MERA_OK;
}

static mera_code perimeter_items(perimeter_run *p)
{
    const size_t k = p->run.result->methodology->n_indicators;
    MERA_TRY_NEW(p->item, p->run.arena, k);
    for (size_t j = 0; j < k; j++) {
        MERA_TRY(perimeter_lifts(p, j, &p->item[p->out->n]));
        p->out->n += p->item[p->out->n].n > 0;
    }
    p->rows = (priorities_rows){
        .n_units = p->out->members.n, .unit = p->out->members.unit, .share = p->out->members.share};
    MERA_TRY(mera_priorities_rows(&p->run, p->out->n, &p->rows));
    for (size_t i = 0; i < p->out->n; i++) {
        MERA_TRY(perimeter_item(p, i));
    }
    MERA_TRY(perimeter_sure(p)); /* rows are in the order of items: before they move */
    if (p->out->n > 0) {
        qsort(p->item, p->out->n, sizeof *p->item, perimeter_compare);
    }
    p->out->item = p->item;
    return MERA_OK;
}

/* ---- all of it ---- */

/** Shares that sum to 1. */
static mera_code perimeter_shares(const mera_perimeter_ask *ask, mera_arena *arena,
                                  mera_diags *diags, mera_members *out)
{
    double sum = 0, *share;
    MERA_TRY_NEW(share, arena, ask->members.n);
    *out = (mera_members){ask->members.n, ask->members.unit, share};
    for (size_t u = 0; u < ask->members.n; u++) {
        if (!(ask->members.share[u] > 0) || isinf(ask->members.share[u])) {
            return mera_fail(diags, MERA_EUSAGE, "bad-share", MERA_NOWHERE,
                             "member %zu of a perimeter has the share %g, which is not above 0", u,
                             ask->members.share[u]);
        }
        sum += ask->members.share[u];
    }
    for (size_t u = 0; u < ask->members.n; u++) {
        share[u] = ask->members.share[u] / sum;
    }
    return ask->members.n > 0 ? MERA_OK
                              : mera_fail(diags, MERA_EUSAGE, "no-members", MERA_NOWHERE,
                                          "a perimeter has no member");
}

mera_code mera_perimeter_of(mera_plan *plan, const mera_result *result,
                            const mera_perimeter_ask *ask, mera_arena *arena, mera_diags *diags,
                            mera_perimeter *out)
{
    perimeter_run p = {.ask = {.period = ask->period,
                               .node = ask->node,
                               .reach = ask->reach,
                               .aim = ask->aim,
                               .n_aims = ask->n_aims,
                               .draws = ask->draws,
                               .threads = ask->threads,
                               .top = ask->top,
                               .progress = ask->progress != NULL ? perimeter_go_on : NULL,
                               .context = &p},
                       .asked = ask,
                       .out = out};
    *out = (mera_perimeter){.period = ask->period, .node = ask->node};
    MERA_TRY(perimeter_shares(ask, arena, diags, &out->members));
    p.run = (priorities_run){.plan = plan,
                             .result = result,
                             .ask = &p.ask,
                             .arena = arena,
                             .diags = diags,
                             .shift = ask->period * result->n_units};
    MERA_TRY(perimeter_members(&p));
    MERA_TRY(perimeter_steps(&p));
    p.run.work = mera_arena_new();
    const mera_code code = p.run.work != NULL ? perimeter_items(&p) : MERA_ENOMEM;
    mera_arena_free(p.run.work);
    return code;
}
