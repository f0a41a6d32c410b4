/* SPDX-License-Identifier: Apache-2.0 */
/** @file What money buys in a unit, and what brings a score to a goal (mera/budget.h). */
#include "mera/budget.h"

#include <stdlib.h>

#include "analysis/priorities.h"
#include "base/math.h"

enum { BUDGET_STEPS = 4, BUDGET_HALVINGS = 40 };

/** The raw value for a value on the way to the aim: rates are proportional to amounts. */
static mera_lift budget_lift(const mera_result *result, const mera_priority *item, double to)
{
    mera_lift lift = item->lift;
    const bool rate = result->methodology->indicator[item->indicator].denominate.n > 0;
    lift.value = to == item->to ? item->lift.value : rate ? item->lift.value / item->to * to : to;
    return lift;
}

/** Score of the node and place of the root, with values put in. */
static mera_code budget_score(const priorities_run *run, const mera_lift *lift, size_t n,
                              double *score, double *place)
{
    const mera_arena_mark mark = mera_arena_mark_now(run->work);
    const size_t cell = run->shift + run->out->unit;
    const mera_result *lifted;
    const mera_code code = mera_priorities_score(run, lift, n, &lifted);
    *score = *place = NAN;
    if (code == MERA_OK) {
        *score = lifted->node[run->out->node].score[cell];
        *place = lifted->node[0].rank[cell];
    }
    mera_arena_rewind(run->work, mark);
    return code == MERA_EINPUT ? MERA_OK : code;
}

static priorities_run budget_run(mera_plan *plan, const mera_result *result, mera_priorities *of,
                                 mera_arena *arena, mera_diags *diags)
{
    return (priorities_run){.plan = plan,
                            .result = result,
                            .out = of,
                            .arena = arena,
                            .work = mera_arena_new(),
                            .diags = diags,
                            .shift = of->period * result->n_units};
}

static double budget_now(const priorities_run *run)
{
    return run->result->node[run->out->node].score[run->shift + run->out->unit];
}

/* ---- costs ---- */

/** Does a point of a curve lie on the way from now to the aim? */
static bool budget_on_way(const mera_priority *item, double value)
{
    return item->to > item->value ? value > item->value && value <= item->to
                                  : value < item->value && value >= item->to;
}

double mera_price_of(const mera_priority *item, const mera_price *cost, size_t n_costs)
{
    double whole = NAN;
    for (size_t c = 0; c < n_costs; c++) {
        if (cost[c].indicator != item->indicator) {
            continue;
        }
        if (isnan(cost[c].value)) {
            return fabs(item->to - item->value) * cost[c].cost;
        }
        if (cost[c].value == item->to) {
            whole = cost[c].cost;
        }
    }
    return whole;
}

/** Values and costs of the steps of an item; at most `n_costs` or BUDGET_STEPS of them. */
static size_t budget_steps(const mera_priority *item, const mera_price *cost, size_t n_costs,
                           double *to, double *price)
{
    size_t n = 0;
    for (size_t c = 0; c < n_costs; c++) {
        if (cost[c].indicator != item->indicator) {
            continue;
        }
        for (size_t s = 1; isnan(cost[c].value) && s <= BUDGET_STEPS; s++) {
            to[n] = s == BUDGET_STEPS
                        ? item->to
                        : item->value + (item->to - item->value) * (double)s / BUDGET_STEPS;
            price[n] = fabs(to[n] - item->value) * cost[c].cost;
            n++;
        }
        if (budget_on_way(item, cost[c].value)) {
            to[n] = cost[c].value;
            price[n++] = cost[c].cost;
        }
    }
    return n;
}

/** What is being chosen from. */
typedef struct budget_choice {
    priorities_run *run;
    size_t n; /**< items with a cost */
    mera_budget_item *item;
    mera_spending **step; /**< per item and option */
} budget_choice;

static mera_code budget_item(budget_choice *b, size_t i, const mera_price *cost, size_t n_costs)
{
    const priorities_run *run = b->run;
    const mera_priority *item = &run->out->item[i];
    const size_t room = n_costs + BUDGET_STEPS * n_costs;
    double *to, *price, place;
    mera_budget_option *option;
    MERA_TRY_NEW(to, run->arena, room);
    MERA_TRY_NEW(price, run->arena, room);
    const size_t n = budget_steps(item, cost, n_costs, to, price);
    if (n == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(option, run->arena, n);
    MERA_TRY_NEW(b->step[b->n], run->arena, n);
    for (size_t o = 0; o < n; o++) {
        mera_spending *step = &b->step[b->n][o];
        double score;
        *step = (mera_spending){.item = i,
                                .lift = budget_lift(run->result, item, to[o]),
                                .to = to[o],
                                .cost = price[o]};
        MERA_TRY(budget_score(run, &step->lift, 1, &score, &place));
        step->gain = mera_priorities_gain(run, run->out->node, budget_now(run), score);
        step->gain = isnan(step->gain) ? 0 : step->gain;
        option[o] = (mera_budget_option){step->cost, step->gain};
    }
    b->item[b->n++] = (mera_budget_item){n, option};
    return MERA_OK;
}

static int budget_falling(const void *a, const void *b)
{
    const mera_spending *x = a, *y = b;
    return x->gain != y->gain ? (x->gain < y->gain) - (x->gain > y->gain)
                              : (x->item > y->item) - (x->item < y->item);
}

/** The chosen steps, and what they bring together. */
static mera_code budget_take(const budget_choice *b, const mera_budget_split *split,
                             mera_budget *out)
{
    const priorities_run *run = b->run;
    mera_spending *spending;
    mera_lift *lift;
    double score;
    MERA_TRY_NEW(spending, run->arena, b->n);
    MERA_TRY_NEW(lift, run->arena, b->n);
    for (size_t i = 0; i < b->n; i++) {
        if (split->chosen[i] != SIZE_MAX) {
            spending[out->n++] = b->step[i][split->chosen[i]];
        }
    }
    if (out->n > 0) {
        qsort(spending, out->n, sizeof *spending, budget_falling);
    }
    for (size_t i = 0; i < out->n; i++) {
        lift[i] = spending[i].lift;
    }
    out->spending = spending;
    out->cost = split->cost;
    out->gain = split->gain;
    out->bound = split->bound;
    out->exact = split->exact;
    MERA_TRY(budget_score(run, lift, out->n, &score, &out->place));
    out->score = score;
    out->together = mera_priorities_gain(run, run->out->node, budget_now(run), score);
    return MERA_OK;
}

static mera_code budget_work(priorities_run *run, const mera_price *cost, size_t n_costs,
                             mera_budget *out)
{
    budget_choice b = {.run = run};
    mera_budget_split split;
    MERA_TRY_PTR(run->work);
    MERA_TRY_NEW(b.item, run->arena, run->out->n_possible);
    MERA_TRY_NEW(b.step, run->arena, run->out->n_possible);
    for (size_t i = 0; i < run->out->n_possible; i++) {
        MERA_TRY(budget_item(&b, i, cost, n_costs));
    }
    out->n_priced = b.n;
    if (b.n == 0) {
        const mera_code code = mera_fail(run->diags, MERA_EINPUT, "no-costs", MERA_NOWHERE,
                                         "none of the %zu indicators that can be lifted has a cost",
                                         run->out->n_possible);
        mera_hint(run->diags, "give what one more of an indicator's unit costs, or points of a "
                              "curve that lie between its value now and the aim");
        return code;
    }
    MERA_TRY(mera_budget_best(b.item, b.n, out->budget, 0, run->arena, &split));
    return budget_take(&b, &split, out);
}

mera_code mera_budget_of(mera_plan *plan, const mera_result *result, const mera_priorities *of,
                         const mera_price *cost, size_t n_costs, double budget, mera_arena *arena,
                         mera_diags *diags, mera_budget *out)
{
    mera_priorities own = *of;
    priorities_run run = budget_run(plan, result, &own, arena, diags);
    *out = (mera_budget){.budget = budget};
    const mera_code code = budget_work(&run, cost, n_costs, out);
    mera_arena_free(run.work);
    return code;
}

/* ---- a goal ---- */

static bool goal_reached(const priorities_run *run, double score, double wanted)
{
    return mera_priorities_gain(run, run->out->node, wanted, score) >= 0;
}

/** The last step only as far as it takes, between the value now and the aim. */
static mera_code goal_halve(const priorities_run *run, mera_lift *lift, size_t n, double wanted,
                            mera_goal_step *step)
{
    const mera_priority *item = &run->out->item[step->item];
    double from = item->value;
    for (size_t i = 0; i < BUDGET_HALVINGS; i++) {
        const double middle = from + (step->to - from) / 2;
        double score, place;
        if (middle == from || middle == step->to) {
            break;
        }
        lift[n - 1] = budget_lift(run->result, item, middle);
        MERA_TRY(budget_score(run, lift, n, &score, &place));
        if (goal_reached(run, score, wanted)) {
            step->to = middle;
            step->lift = lift[n - 1];
            step->score = score;
            step->place = place;
        } else {
            from = middle;
        }
    }
    return MERA_OK;
}

static mera_code goal_work(priorities_run *run, mera_goal *out)
{
    const mera_priorities *of = run->out;
    mera_goal_step *step;
    mera_lift *lift;
    MERA_TRY_PTR(run->work);
    MERA_TRY_NEW(step, run->arena, of->n_possible);
    MERA_TRY_NEW(lift, run->arena, of->n_possible);
    out->step = step;
    out->now = budget_now(run);
    out->met = goal_reached(run, out->now, out->wanted);
    for (size_t i = 0; i < of->n_possible && !out->met && of->item[i].gain > 0; i++) {
        mera_goal_step *at = &step[out->n];
        *at = (mera_goal_step){.item = i, .lift = of->item[i].lift, .to = of->item[i].to};
        lift[out->n++] = at->lift;
        MERA_TRY(budget_score(run, lift, out->n, &at->score, &at->place));
        out->met = goal_reached(run, at->score, out->wanted);
        MERA_TRY(out->met ? goal_halve(run, lift, out->n, out->wanted, at) : MERA_OK);
    }
    return MERA_OK;
}

mera_code mera_goal_of(mera_plan *plan, const mera_result *result, const mera_priorities *of,
                       double wanted, mera_arena *arena, mera_diags *diags, mera_goal *out)
{
    mera_priorities own = *of;
    priorities_run run = budget_run(plan, result, &own, arena, diags);
    *out = (mera_goal){.wanted = wanted};
    const mera_code code = goal_work(&run, out);
    mera_arena_free(run.work);
    return code;
}
