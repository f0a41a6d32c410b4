/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a split into steps leaves of a budget (analysis/budget_rest.h). A price per unit buys any
 * part of the way, so what is left goes to the item that gains most by it: gains between two steps
 * are taken on the straight line to choose, and scored to be told. It is done to the best split and
 * to the linear relaxation, which is the best of all where gains are straight: then what no price
 * of money exceeds bounds every split, in steps or not.
 */
#include "analysis/budget_rest.h"
#include "base/math.h"

#define REST_SAME 1e-9      /* of the gain of the whole way: straight but for rounding */
#define REST_ROUNDING 1e-12 /* of a bound that is a sum in another order */

/** A split whose rest is being spent. */
typedef struct rest_run {
    const budget_choice *b;
    double budget;
    bool *tried; /**< per item: it did not gain */
    budget_plan plan;
} rest_run;

/** Part of the way to the aim that a cost pays. */
static double rest_part(const budget_choice *b, size_t i, double cost)
{
    return cost / b->step[i][b->item[i].n - 1].cost;
}

/** The gain of part of the way, on the straight line between steps. */
static double rest_straight(const budget_choice *b, size_t i, double part)
{
    const double at = part * BUDGET_STEPS;
    const size_t step = at < BUDGET_STEPS ? (size_t)at : BUDGET_STEPS - 1;
    const double before = step == 0 ? 0 : b->step[i][step - 1].gain;
    return before + (at - (double)step) * (b->step[i][step].gain - before);
}

/** What an item may cost with all that is left. */
static double rest_cost(const rest_run *r, size_t i)
{
    const mera_spending *taken = r->plan.taken[i];
    const double whole = r->b->step[i][r->b->item[i].n - 1].cost;
    return fmin((taken != NULL ? taken->cost : 0) + r->budget - r->plan.cost, whole);
}

/** The item that gains most by what is left; n = none. */
static size_t rest_next(const rest_run *r)
{
    const budget_choice *b = r->b;
    size_t best = b->n;
    double most = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (!b->divisible[i] || r->tried[i]) {
            continue;
        }
        const mera_spending *taken = r->plan.taken[i];
        const double gain = rest_straight(b, i, rest_part(b, i, rest_cost(r, i))) -
                            (taken != NULL ? taken->gain : 0);
        best = gain > most ? i : best;
        most = fmax(gain, most);
    }
    return best;
}

/** Spends what is left on an item, if that gains. */
static mera_code rest_spend(rest_run *r, size_t i)
{
    const budget_choice *b = r->b;
    const mera_spending *whole = &b->step[i][b->item[i].n - 1], *was = r->plan.taken[i];
    const mera_priority *item = &b->of[whole->member].item[whole->item];
    mera_spending *part;
    MERA_TRY_NEW(part, b->run.arena, 1);
    *part = *whole;
    r->tried[i] = true;
    part->cost = rest_cost(r, i);
    if (part->cost < whole->cost) {
        part->to = item->value + (item->to - item->value) * rest_part(b, i, part->cost);
        part->lift = mera_priorities_partly(b->run.result, item, part->to);
        MERA_TRY(mera_budget_gain(b, &part->lift, 1, &part->gain, NULL, NULL));
    }
    if (part->gain > (was != NULL ? was->gain : 0)) {
        r->plan.taken[i] = part;
        r->plan.cost += part->cost - (was != NULL ? was->cost : 0);
        r->plan.gain += part->gain - (was != NULL ? was->gain : 0);
    }
    return MERA_OK;
}

/** A split into steps with its rest spent. */
static mera_code rest_fill(const budget_choice *b, const size_t *chosen, double budget,
                           budget_plan *out)
{
    rest_run r = {.b = b, .budget = budget};
    MERA_TRY_NEW(r.tried, b->run.arena, b->n);
    MERA_TRY_NEW(r.plan.taken, b->run.arena, b->n);
    for (size_t i = 0; i < b->n; i++) {
        if (chosen[i] != SIZE_MAX) {
            r.plan.taken[i] = &b->step[i][chosen[i]];
            r.plan.cost += r.plan.taken[i]->cost;
            r.plan.gain += r.plan.taken[i]->gain;
        }
    }
    for (size_t i = rest_next(&r); r.plan.cost < budget && i < b->n; i = rest_next(&r)) {
        MERA_TRY(rest_spend(&r, i));
    }
    *out = r.plan;
    return MERA_OK;
}

/** Does every part of the way gain in proportion? */
static bool rest_all_straight(const budget_choice *b)
{
    bool straight = true;
    for (size_t i = 0; i < b->n; i++) {
        const double whole = b->step[i][b->item[i].n - 1].gain;
        for (size_t s = 0; b->divisible[i] && s < BUDGET_STEPS; s++) {
            const double gap = b->step[i][s].gain - whole * (double)(s + 1) / BUDGET_STEPS;
            straight = straight && fabs(gap) <= REST_SAME * fabs(whole);
        }
    }
    return straight;
}

static bool rest_some_divisible(const budget_choice *b)
{
    for (size_t i = 0; i < b->n; i++) {
        if (b->divisible[i]) {
            return true;
        }
    }
    return false;
}

/** The largest gain of one step. */
static double rest_most(const budget_choice *b)
{
    double most = 0;
    for (size_t i = 0; i < b->n; i++) {
        for (size_t s = 0; b->divisible[i] && s < BUDGET_STEPS; s++) {
            most = fmax(most, b->step[i][s].gain - (s > 0 ? b->step[i][s - 1].gain : 0));
        }
    }
    return most;
}

/** The bound that holds for the plan. Money between two items that both stand inside a step may go
 * to one of them, so that the best split has one such item at most: without its part of a step it
 * is a split into steps. */
static void rest_bound(const budget_choice *b, const mera_budget_split *split, bool parts,
                       budget_plan *plan)
{
    plan->bound = split->bound;
    plan->exact = split->exact;
    plan->cut_short = !split->exact;
    if (parts) { /* not of the search */
        const double bound = fmin(split->relaxed_bound, split->bound + rest_most(b));
        plan->cut_short = false;
        plan->of_straight = !rest_all_straight(b);
        plan->exact = !plan->of_straight && bound - plan->gain <= REST_ROUNDING * bound;
        plan->bound = plan->exact ? plan->gain : fmax(bound, plan->gain);
    }
}

mera_code mera_budget_plan(const budget_choice *b, double budget, budget_plan *out)
{
    mera_budget_split split;
    budget_plan relaxed;
    const bool parts = rest_some_divisible(b);
    MERA_TRY(mera_budget_best(b->item, b->n, budget, 0, b->run.arena, &split));
    MERA_TRY(rest_fill(b, split.chosen, budget, out));
    if (parts) {
        MERA_TRY(rest_fill(b, split.relaxed, budget, &relaxed));
        *out = relaxed.gain > out->gain ? relaxed : *out;
    }
    rest_bound(b, &split, parts, out);
    return MERA_OK;
}
