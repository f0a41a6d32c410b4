/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The split of a budget (mera/budget.h). With a price p of money every item takes the option with
 * the largest gain - p cost; what all of them gain so, and p times the budget, no split can exceed:
 *
 *     gain(split) <= L(p) = p B + sum_i max_o (g_io - p c_io)
 *
 * At the price where the linear relaxation breaks off L is least. Options that lose more than L
 * leaves above a split in hand are out; what remains is gone through state by state, those left out
 * that another dominates or that cannot get above the split in hand.
 */
#include "analysis/budget_best.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"

enum { BEST_STATES = 10000, BEST_ALL_STATES = 2000000 };
#define BEST_SLACK 1e-12 /* of L: rounding must not leave an equal split out */

static double best_value(const best_run *b, size_t i, size_t o)
{
    const mera_budget_option option = mera_budget_option_of(b, i, o);
    return option.gain - b->price * option.cost;
}

/* ---- what remains to be chosen ---- */

/** The largest value at the price of all options. */
static double best_most(const best_run *b, size_t i)
{
    double most = 0;
    for (size_t o = 0; o < b->item[i].n; o++) {
        most = fmax(most, best_value(b, i, o));
    }
    return most;
}

/** Options of an item that may stand in a better split. */
static mera_code best_options(const best_run *b, size_t i, best_class *out)
{
    const double most = best_most(b, i);
    *out = (best_class){.item = i, .second = INFINITY};
    MERA_TRY_NEW(out->option, b->arena, b->item[i].n + 1);
    for (size_t o = 0; o <= b->item[i].n; o++) {
        const size_t option = o == b->item[i].n ? SIZE_MAX : o;
        const double loss = most - best_value(b, i, option);
        if (option == b->relaxed[i] || b->bound - loss + b->slack > b->best_gain) {
            out->option[out->n++] = option;
            out->second = option != b->relaxed[i] ? fmin(out->second, loss) : out->second;
        }
    }
    return MERA_OK;
}

static int best_nearest(const void *a, const void *b)
{
    const best_class *x = a, *y = b;
    return x->second != y->second ? (x->second > y->second) - (x->second < y->second)
                                  : (x->item > y->item) - (x->item < y->item);
}

/** L, and the classes in the order of what their second choice loses; items without a choice are
 * in `fixed`. */
static mera_code best_classes(best_run *b, best_state *fixed)
{
    MERA_TRY_NEW(b->cls, b->arena, b->n);
    b->bound = b->price * b->budget;
    for (size_t i = 0; i < b->n; i++) {
        b->bound += best_most(b, i);
        b->best_gain += mera_budget_option_of(b, i, b->best[i]).gain;
    }
    b->slack = BEST_SLACK * b->bound;
    for (size_t i = 0; i < b->n; i++) {
        best_class *at = &b->cls[b->n_classes];
        MERA_TRY(best_options(b, i, at));
        if (at->n > 1) {
            b->n_classes++;
        } else {
            fixed->cost += mera_budget_option_of(b, i, b->relaxed[i]).cost;
            fixed->gain += mera_budget_option_of(b, i, b->relaxed[i]).gain;
        }
    }
    if (b->n_classes > 0) {
        qsort(b->cls, b->n_classes, sizeof *b->cls, best_nearest);
    }
    return MERA_OK;
}

/** Sums over classes from each depth on. */
static mera_code best_rest(best_run *b)
{
    MERA_TRY_NEW(b->rest_value, b->arena, b->n_classes + 1);
    MERA_TRY_NEW(b->rest_cost, b->arena, b->n_classes + 1);
    MERA_TRY_NEW(b->rest_gain, b->arena, b->n_classes + 1);
    for (size_t d = b->n_classes; d-- > 0;) {
        const size_t i = b->cls[d].item;
        const mera_budget_option relaxed = mera_budget_option_of(b, i, b->relaxed[i]);
        b->rest_value[d] = b->rest_value[d + 1] + best_most(b, i);
        b->rest_cost[d] = b->rest_cost[d + 1] + relaxed.cost;
        b->rest_gain[d] = b->rest_gain[d + 1] + relaxed.gain;
    }
    return MERA_OK;
}

/* ---- state by state ---- */

/** No split that goes on from the state gains more. */
static double best_bound(const best_run *b, const best_state *state, size_t depth)
{
    return state->gain + b->price * (b->budget - state->cost) + b->rest_value[depth] + b->slack;
}

/** The state, and the rest as in the relaxation, is the split in hand when it is better. */
static void best_complete(best_run *b, size_t depth, const best_state *state)
{
    const double gain = state->gain + b->rest_gain[depth];
    const best_state *at = state;
    if (state->cost + b->rest_cost[depth] > b->budget || gain <= b->best_gain) {
        return;
    }
    b->best_gain = gain;
    memcpy(b->best, b->relaxed, b->n * sizeof *b->best);
    for (size_t d = depth; d-- > 0;) {
        b->best[b->cls[d].item] = b->cls[d].option[at->choice];
        at = &b->layer[d][at->parent];
    }
}

static int best_cheaper(const void *a, const void *b)
{
    const best_state *x = a, *y = b;
    return x->cost != y->cost       ? (x->cost > y->cost) - (x->cost < y->cost)
           : x->gain != y->gain     ? (x->gain < y->gain) - (x->gain > y->gain)
           : x->parent != y->parent ? (x->parent > y->parent) - (x->parent < y->parent)
                                    : (x->choice > y->choice) - (x->choice < y->choice);
}

/** Every state of a layer with every option of its class that fits. */
static size_t best_widen(const best_run *b, size_t depth, best_state *out)
{
    const best_class *cls = &b->cls[depth];
    size_t n = 0;
    for (size_t s = 0; s < b->n_layer[depth]; s++) {
        for (size_t o = 0; o < cls->n; o++) {
            const mera_budget_option option = mera_budget_option_of(b, cls->item, cls->option[o]);
            const best_state *from = &b->layer[depth][s];
            if (from->cost + option.cost <= b->budget) {
                out[n++] = (best_state){from->cost + option.cost, from->gain + option.gain,
                                        (uint32_t)s, (uint32_t)o};
            }
        }
    }
    return n;
}

/** Leaves out what is dominated and what cannot get above the split in hand. */
static size_t best_thin(best_run *b, size_t depth, best_state *state, size_t n)
{
    double most = -INFINITY;
    size_t kept = 0;
    if (n > 0) {
        qsort(state, n, sizeof *state, best_cheaper);
    }
    for (size_t s = 0; s < n; s++) {
        if (state[s].gain > most) {
            most = state[s].gain;
            best_complete(b, depth, &state[s]);
            if (best_bound(b, &state[s], depth) > b->best_gain) {
                state[kept++] = state[s];
            }
        }
    }
    return kept;
}

static int best_falling(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/** Keeps the `most` states with the largest bounds; what is let go stays in the bound told. */
static mera_code best_cut(best_run *b, size_t depth, best_state *state, size_t *n)
{
    double *bound;
    size_t kept = 0;
    if (*n <= b->most) {
        return MERA_OK;
    }
    const mera_arena_mark mark = mera_arena_mark_now(b->arena);
    MERA_TRY_NEW(bound, b->arena, *n);
    for (size_t s = 0; s < *n; s++) {
        bound[s] = best_bound(b, &state[s], depth);
    }
    qsort(bound, *n, sizeof *bound, best_falling);
    const double least = bound[b->most];
    for (size_t s = 0; s < *n; s++) {
        if (best_bound(b, &state[s], depth) > least) {
            state[kept++] = state[s];
        }
    }
    b->open_bound = fmax(b->open_bound, least);
    *n = kept;
    mera_arena_rewind(b->arena, mark);
    return MERA_OK;
}

static mera_code best_layer(best_run *b, size_t depth, mera_arena *aside)
{
    best_state *wide;
    MERA_TRY_NEW(wide, aside, b->n_layer[depth] * b->cls[depth].n);
    size_t n = best_widen(b, depth, wide);
    b->looked_at += n;
    n = best_thin(b, depth + 1, wide, n);
    MERA_TRY(best_cut(b, depth + 1, wide, &n));
    MERA_TRY_NEW(b->layer[depth + 1], b->arena, n);
    b->n_layer[depth + 1] = n;
    if (n > 0) {
        memcpy(b->layer[depth + 1], wide, n * sizeof *wide);
    }
    return MERA_OK;
}

static mera_code best_layers(best_run *b, mera_arena *aside)
{
    for (size_t d = 0; d < b->n_classes && b->n_layer[d] > 0; d++) {
        const mera_arena_mark mark = mera_arena_mark_now(aside);
        MERA_TRY(best_layer(b, d, aside));
        mera_arena_rewind(aside, mark);
    }
    return MERA_OK;
}

static mera_code best_search(best_run *b)
{
    best_state *fixed;
    MERA_TRY_NEW(fixed, b->arena, 1);
    MERA_TRY(best_classes(b, fixed));
    MERA_TRY(best_rest(b));
    MERA_TRY_NEW(b->layer, b->arena, b->n_classes + 1);
    MERA_TRY_NEW(b->n_layer, b->arena, b->n_classes + 1);
    const size_t room = BEST_ALL_STATES / (b->n_classes + 1);
    b->most = b->most < room ? b->most : room;
    b->layer[0] = fixed;
    b->n_layer[0] = 1;
    best_complete(b, 0, fixed);
    mera_arena *aside = mera_arena_new();
    MERA_TRY_PTR(aside);
    const mera_code code = best_layers(b, aside);
    mera_arena_free(aside);
    return code;
}

mera_code mera_budget_best(const mera_budget_item *item, size_t n, double budget, size_t most,
                           mera_arena *arena, mera_budget_split *out)
{
    best_run b = {.item = item,
                  .n = n,
                  .most = most > 0 ? most : BEST_STATES,
                  .budget = budget,
                  .arena = arena};
    MERA_TRY(mera_budget_relax(&b));
    MERA_TRY(best_search(&b));
    *out = (mera_budget_split){.chosen = b.best,
                               .relaxed = b.relaxed,
                               .relaxed_bound = b.bound,
                               .looked_at = b.looked_at};
    for (size_t i = 0; i < n; i++) {
        out->cost += mera_budget_option_of(&b, i, b.best[i]).cost;
        out->gain += mera_budget_option_of(&b, i, b.best[i]).gain;
    }
    const double open = fmin(b.open_bound, b.bound);
    out->exact = open <= out->gain;
    out->bound = out->exact ? out->gain : open;
    return MERA_OK;
}
