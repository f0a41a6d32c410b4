/* SPDX-License-Identifier: Apache-2.0 */
/** @file What money buys in a unit and in a perimeter of units (mera/budget.h). */
#include "mera/budget.h"

#include <stdlib.h>

#include "analysis/budget_rest.h"
#include "base/math.h"

mera_code mera_budget_gain(const budget_choice *b, const mera_lift *lift, size_t n, double *gain,
                           double *score, double *place)
{
    const priorities_run *run = &b->run;
    const mera_arena_mark mark = mera_arena_mark_now(run->work);
    const mera_result *lifted;
    const mera_code code = mera_priorities_score(run, lift, n, &lifted);
    *gain = NAN;
    if (code == MERA_OK) {
        *gain = mera_priorities_mean_gain(run, &b->members, b->node, lifted);
    }
    for (size_t u = 0; place != NULL && u < b->members.n; u++) {
        const size_t cell = run->shift + b->members.unit[u];
        place[u] = code == MERA_OK ? lifted->node[0].rank[cell] : NAN;
        *score += b->members.share[u] * (code == MERA_OK ? lifted->node[b->node].score[cell] : NAN);
    }
    mera_arena_rewind(run->work, mark);
    return code == MERA_EINPUT ? MERA_OK : code;
}

/* ---- costs ---- */

/** Does a point of a curve lie on the way from now to the aim? */
static bool budget_on_way(const mera_priority *item, double value)
{
    return item->to > item->value ? value > item->value && value <= item->to
                                  : value < item->value && value >= item->to;
}

/** Values of the steps of an item: quarters of the way, or points of its curve and the aim. */
static size_t budget_steps(const budget_choice *b, const mera_priority *item, size_t unit,
                           double *to)
{
    const size_t payer = mera_price_payer(item->indicator, unit, b->cost, b->n_costs);
    bool aim = false;
    size_t n = 0;
    for (size_t c = 0; c < b->n_costs; c++) {
        const mera_price *cost = &b->cost[c];
        if (cost->indicator != item->indicator || cost->unit != payer) {
            continue;
        }
        for (size_t s = 1; isnan(cost->value) && s < BUDGET_STEPS; s++) {
            to[n++] = item->value + (item->to - item->value) * (double)s / BUDGET_STEPS;
        }
        if (budget_on_way(item, cost->value)) {
            aim = aim || cost->value == item->to;
            to[n++] = cost->value;
        }
    }
    if (!aim && !isnan(mera_price_of(item, unit, b->cost, b->n_costs))) {
        to[n++] = item->to;
    }
    return n;
}

/** Scores each step of an indicator of a member by itself. */
static mera_code budget_item(budget_choice *b, size_t member, size_t i)
{
    const mera_priority *item = &b->of[member].item[i];
    const size_t room = b->n_costs + BUDGET_STEPS, unit = b->members.unit[member];
    double *to;
    mera_budget_option *option;
    MERA_TRY_NEW(to, b->run.arena, room);
    const size_t n = budget_steps(b, item, unit, to);
    if (n == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(option, b->run.arena, n);
    MERA_TRY_NEW(b->step[b->n], b->run.arena, n);
    for (size_t o = 0; o < n; o++) {
        mera_spending *step = &b->step[b->n][o];
        *step = (mera_spending){.member = member,
                                .item = i,
                                .lift = mera_priorities_partly(b->run.result, item, to[o]),
                                .to = to[o],
                                .cost = mera_price_at(item, unit, to[o], b->cost, b->n_costs)};
        MERA_TRY(mera_budget_gain(b, &step->lift, 1, &step->gain, NULL, NULL));
        step->gain = isnan(step->gain) ? 0 : step->gain;
        option[o] = (mera_budget_option){step->cost, step->gain};
    }
    b->divisible[b->n] = mera_price_is_rate(item, unit, b->cost, b->n_costs);
    b->item[b->n++] = (mera_budget_item){n, option};
    return MERA_OK;
}

static int budget_falling(const void *a, const void *b)
{
    const mera_spending *x = a, *y = b;
    return x->gain != y->gain       ? (x->gain < y->gain) - (x->gain > y->gain)
           : x->member != y->member ? (x->member > y->member) - (x->member < y->member)
                                    : (x->item > y->item) - (x->item < y->item);
}

/** What is taken, and what it brings together. */
static mera_code budget_take(const budget_choice *b, const budget_plan *plan, mera_budget *out)
{
    mera_spending *spending;
    mera_lift *lift;
    double *place;
    MERA_TRY_NEW(spending, b->run.arena, b->n);
    MERA_TRY_NEW(lift, b->run.arena, b->n);
    MERA_TRY_NEW(place, b->run.arena, b->members.n);
    for (size_t i = 0; i < b->n; i++) {
        if (plan->taken[i] != NULL) {
            spending[out->n++] = *plan->taken[i];
        }
    }
    if (out->n > 0) {
        qsort(spending, out->n, sizeof *spending, budget_falling);
    }
    for (size_t i = 0; i < out->n; i++) {
        lift[i] = spending[i].lift;
    }
    out->spending = spending;
    out->cost = plan->cost;
    out->gain = plan->gain;
    out->bound = plan->bound;
    out->exact = plan->exact;
    out->cut_short = plan->cut_short;
    out->of_straight = plan->of_straight;
    out->place = place;
    return mera_budget_gain(b, lift, out->n, &out->together, &out->score, place);
}

static mera_code budget_no_costs(const budget_choice *b, size_t n_possible)
{
    const mera_code code =
        mera_fail(b->run.diags, MERA_EINPUT, "no-costs", MERA_NOWHERE,
                  "none of the %zu indicators that can be lifted has a cost", n_possible);
    mera_hint(b->run.diags, "give what one more of an indicator's unit costs, or points of a "
                            "curve that lie between its value now and the aim");
    return code;
}

static mera_code budget_work(budget_choice *b, mera_budget *out)
{
    budget_plan plan;
    size_t n = 0;
    MERA_TRY_PTR(b->run.work);
    for (size_t u = 0; u < b->members.n; u++) {
        n += b->of[u].n_possible;
    }
    MERA_TRY_NEW(b->item, b->run.arena, n);
    MERA_TRY_NEW(b->step, b->run.arena, n);
    MERA_TRY_NEW(b->divisible, b->run.arena, n);
    for (size_t u = 0; u < b->members.n; u++) {
        for (size_t i = 0; i < b->of[u].n_possible; i++) {
            MERA_TRY(budget_item(b, u, i));
        }
    }
    out->n_priced = b->n;
    if (b->n == 0) {
        return budget_no_costs(b, n);
    }
    MERA_TRY(mera_budget_plan(b, out->budget, &plan));
    return budget_take(b, &plan, out);
}

mera_code mera_budget_of(mera_plan *plan, const mera_result *result, const mera_priorities *of,
                         const mera_price *cost, size_t n_costs, double budget, mera_arena *arena,
                         mera_diags *diags, mera_budget *out)
{
    static const double whole = 1;
    const mera_perimeter alone = {
        .period = of->period, .node = of->node, .members = {1, &of->unit, &whole}, .of = of};
    return mera_budget_over(plan, result, &alone, cost, n_costs, budget, arena, diags, out);
}

mera_code mera_budget_over(mera_plan *plan, const mera_result *result, const mera_perimeter *of,
                           const mera_price *cost, size_t n_costs, double budget, mera_arena *arena,
                           mera_diags *diags, mera_budget *out)
{
    budget_choice b = {.run = {.plan = plan,
                               .result = result,
                               .arena = arena,
                               .work = mera_arena_new(),
                               .diags = diags,
                               .shift = of->period * result->n_units},
                       .of = of->of,
                       .members = of->members,
                       .node = of->node,
                       .cost = cost,
                       .n_costs = n_costs};
    *out = (mera_budget){.budget = budget};
    const mera_code code = budget_work(&b, out);
    mera_arena_free(b.run.work);
    return code;
}
