/* SPDX-License-Identifier: Apache-2.0 */
/** @file The split of a budget by branch and bound (mera/budget.h). */
#include "mera/budget.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"

enum { BUDGET_NODES = 2000000 };

/** From one option of an item's upper hull to the next: gain per cost falls along an item. */
typedef struct budget_segment {
    size_t item;
    double cost, gain;
} budget_segment;

typedef struct budget_search {
    const mera_budget_item *item;
    size_t n, n_segments, most;
    budget_segment *segment; /**< of all items, best gain per cost first */
    size_t *order;           /**< items as they are decided */
    size_t *depth_of;        /**< per item */
    size_t *chosen;
    size_t *best;
    double best_gain, best_cost, open_bound;
    size_t looked_at;
} budget_search;

static int budget_by_rate(const void *a, const void *b)
{
    const budget_segment *x = a, *y = b;
    const double left = x->gain * y->cost, right = y->gain * x->cost;
    return left != right ? (left < right) - (left > right)
                         : (x->item > y->item) - (x->item < y->item);
}

static int budget_by_cost(const void *a, const void *b)
{
    const mera_budget_option *x = a, *y = b;
    return x->cost != y->cost ? (x->cost > y->cost) - (x->cost < y->cost)
                              : (x->gain < y->gain) - (x->gain > y->gain);
}

/** Segments of the upper hull of an item's options, from (0, 0). */
static mera_code budget_hull(budget_search *s, size_t i, mera_arena *arena)
{
    const mera_budget_item *item = &s->item[i];
    mera_budget_option *sorted, *hull;
    size_t n = 1;
    MERA_TRY_NEW(sorted, arena, item->n);
    MERA_TRY_NEW(hull, arena, item->n + 1);
    if (item->n > 0) {
        memcpy(sorted, item->option, item->n * sizeof *sorted);
        qsort(sorted, item->n, sizeof *sorted, budget_by_cost);
    }
    for (size_t o = 0; o < item->n; o++) {
        const mera_budget_option at = sorted[o];
        if (at.gain <= hull[n - 1].gain) {
            continue;
        }
        while (n > 1 && (hull[n - 1].gain - hull[n - 2].gain) * (at.cost - hull[n - 1].cost) <=
                            (at.gain - hull[n - 1].gain) * (hull[n - 1].cost - hull[n - 2].cost)) {
            n--;
        }
        hull[n++] = at;
    }
    for (size_t h = 1; h < n; h++) {
        s->segment[s->n_segments++] =
            (budget_segment){i, hull[h].cost - hull[h - 1].cost, hull[h].gain - hull[h - 1].gain};
    }
    return MERA_OK;
}

/** The most that items from a depth on can gain: parts of options allowed. */
static double budget_relaxed(const budget_search *s, size_t depth, double left)
{
    double gain = 0;
    for (size_t g = 0; g < s->n_segments && left > 0; g++) {
        const budget_segment *at = &s->segment[g];
        if (s->depth_of[at->item] >= depth) {
            const double part = at->cost <= left ? 1 : left / at->cost;
            gain += part * at->gain;
            left -= part * at->cost;
        }
    }
    return gain;
}

static void budget_keep(budget_search *s, double gain, double cost)
{
    if (gain > s->best_gain || (gain == s->best_gain && cost < s->best_cost)) {
        s->best_gain = gain;
        s->best_cost = cost;
        memcpy(s->best, s->chosen, s->n * sizeof *s->best);
    }
}

/** Rounding of sums must not cut off an equal split: a bound has to be beaten by more. */
static void budget_search_from(budget_search *s, size_t depth, double left, double gain,
                               double cost)
{
    const double bound = gain + budget_relaxed(s, depth, left);
    if (depth == s->n || bound <= s->best_gain) {
        return;
    }
    if (s->looked_at >= s->most) {
        s->open_bound = fmax(s->open_bound, bound);
        return;
    }
    s->looked_at++;
    const size_t i = s->order[depth];
    for (size_t o = s->item[i].n; o-- > 0;) {
        const mera_budget_option *option = &s->item[i].option[o];
        if (option->cost <= left && option->gain > 0) {
            s->chosen[i] = o;
            budget_keep(s, gain + option->gain, cost + option->cost);
            budget_search_from(s, depth + 1, left - option->cost, gain + option->gain,
                               cost + option->cost);
        }
    }
    s->chosen[i] = SIZE_MAX;
    budget_search_from(s, depth + 1, left, gain, cost);
}

/** Items in the order in which their best segments stand. */
static void budget_order(budget_search *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        s->depth_of[i] = SIZE_MAX;
    }
    for (size_t g = 0; g < s->n_segments; g++) {
        const size_t i = s->segment[g].item;
        if (s->depth_of[i] == SIZE_MAX) {
            s->depth_of[i] = n;
            s->order[n++] = i;
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        if (s->depth_of[i] == SIZE_MAX) {
            s->depth_of[i] = n;
            s->order[n++] = i;
        }
    }
}

mera_code mera_budget_best(const mera_budget_item *item, size_t n, double budget, size_t most,
                           mera_arena *arena, mera_budget_split *out)
{
    budget_search s = {.item = item, .n = n, .most = most > 0 ? most : BUDGET_NODES};
    size_t options = 0;
    for (size_t i = 0; i < n; i++) {
        options += item[i].n;
    }
    MERA_TRY_NEW(s.segment, arena, options);
    MERA_TRY_NEW(s.order, arena, n);
    MERA_TRY_NEW(s.depth_of, arena, n);
    MERA_TRY_NEW(s.chosen, arena, n);
    MERA_TRY_NEW(s.best, arena, n);
    for (size_t i = 0; i < n; i++) {
        s.chosen[i] = s.best[i] = SIZE_MAX;
        MERA_TRY(budget_hull(&s, i, arena));
    }
    if (s.n_segments > 0) {
        qsort(s.segment, s.n_segments, sizeof *s.segment, budget_by_rate);
    }
    budget_order(&s);
    budget_search_from(&s, 0, budget, 0, 0);
    *out = (mera_budget_split){.chosen = s.best,
                               .cost = s.best_cost,
                               .gain = s.best_gain,
                               .bound = fmax(s.best_gain, s.open_bound),
                               .exact = s.open_bound <= s.best_gain,
                               .looked_at = s.looked_at};
    return MERA_OK;
}
