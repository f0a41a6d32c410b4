/* SPDX-License-Identifier: Apache-2.0 */
/** @file The linear relaxation of a budget's split: parts of options allowed. */
#include <stdlib.h>

#include "analysis/budget_best.h"

/** From one option of an item's upper hull to the next: gain per cost falls along an item. */
typedef struct best_segment {
    size_t item, order; /**< of the item's segments */
    size_t option;      /**< where it leads */
    double cost, gain;
} best_segment;

mera_budget_option mera_budget_option_of(const best_run *b, size_t i, size_t o)
{
    return o == SIZE_MAX ? (mera_budget_option){0, 0} : b->item[i].option[o];
}

static int best_by_rate(const void *a, const void *b)
{
    const best_segment *x = a, *y = b;
    const double left = x->gain * y->cost, right = y->gain * x->cost;
    if (x->item == y->item) {
        return (x->order > y->order) - (x->order < y->order);
    }
    return left != right ? (left < right) - (left > right)
                         : (x->item > y->item) - (x->item < y->item);
}

/** An option with its number. */
typedef struct best_numbered {
    mera_budget_option is;
    size_t number;
} best_numbered;

static int best_by_cost(const void *a, const void *b)
{
    const best_numbered *x = a, *y = b;
    return x->is.cost != y->is.cost   ? (x->is.cost > y->is.cost) - (x->is.cost < y->is.cost)
           : x->is.gain != y->is.gain ? (x->is.gain < y->is.gain) - (x->is.gain > y->is.gain)
                                      : (x->number > y->number) - (x->number < y->number);
}

/** Does the middle point lie on or under the line from one to the other? */
static bool best_under(mera_budget_option from, mera_budget_option middle, mera_budget_option to)
{
    return (middle.gain - from.gain) * (to.cost - middle.cost) <=
           (to.gain - middle.gain) * (middle.cost - from.cost);
}

/** Segments of the upper hull of an item's options, from (0, 0). */
static mera_code best_hull(const best_run *b, size_t i, best_segment *segment, size_t *n_segments)
{
    const mera_budget_item *item = &b->item[i];
    best_numbered *sorted, *hull;
    size_t n = 1;
    MERA_TRY_NEW(sorted, b->arena, item->n);
    MERA_TRY_NEW(hull, b->arena, item->n + 1);
    for (size_t o = 0; o < item->n; o++) {
        sorted[o] = (best_numbered){item->option[o], o};
    }
    if (item->n > 0) {
        qsort(sorted, item->n, sizeof *sorted, best_by_cost);
    }
    for (size_t o = 0; o < item->n; o++) {
        if (sorted[o].is.gain <= hull[n - 1].is.gain) {
            continue;
        }
        while (n > 1 && best_under(hull[n - 2].is, hull[n - 1].is, sorted[o].is)) {
            n--;
        }
        hull[n++] = sorted[o];
    }
    for (size_t h = 1; h < n; h++) {
        segment[(*n_segments)++] =
            (best_segment){i, h, hull[h].number, hull[h].is.cost - hull[h - 1].is.cost,
                           hull[h].is.gain - hull[h - 1].is.gain};
    }
    return MERA_OK;
}

/** Takes segments while they fit: the relaxation up to where it breaks off, the price there, and as
 * a split in hand what still fits after it. */
static mera_code best_relax(best_run *b, const best_segment *segment, size_t n)
{
    double left = b->budget;
    bool broken = false, *stopped;
    MERA_TRY_NEW(stopped, b->arena, b->n);
    for (size_t g = 0; g < n; g++) {
        const best_segment *at = &segment[g];
        stopped[at->item] = stopped[at->item] || at->cost > left;
        if (!broken && stopped[at->item]) {
            b->price = at->gain / at->cost;
            broken = true;
        }
        if (!stopped[at->item]) {
            left -= at->cost;
            b->best[at->item] = at->option;
            b->relaxed[at->item] = broken ? b->relaxed[at->item] : at->option;
        }
    }
    return MERA_OK;
}

mera_code mera_budget_relax(best_run *b)
{
    best_segment *segment;
    size_t n = 0, options = 0;
    for (size_t i = 0; i < b->n; i++) {
        options += b->item[i].n;
    }
    MERA_TRY_NEW(segment, b->arena, options);
    MERA_TRY_NEW(b->best, b->arena, b->n);
    MERA_TRY_NEW(b->relaxed, b->arena, b->n);
    for (size_t i = 0; i < b->n; i++) {
        b->best[i] = b->relaxed[i] = SIZE_MAX;
        MERA_TRY(best_hull(b, i, segment, &n));
    }
    if (n > 0) {
        qsort(segment, n, sizeof *segment, best_by_rate);
    }
    return best_relax(b, segment, n);
}
