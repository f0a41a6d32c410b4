/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * All best rankings for aggregate.kemeny, by dynamic programming over sets of units.
 *
 * The state is the set of units that stand above all others; adding a unit below it costs what the
 * units still to come lead it by. Sets are kept by size, so that each is final when it is extended.
 * A set is dropped when what it has lost, plus what the circles among the units still to come must
 * lose, is over the loss of a ranking known before: up to 20 units every set fits, and more units
 * do when few sets come into question. Counting the ways to each set from above and from below
 * gives the number of best rankings and the mean place of each unit over all of them.
 *
 * source  Held, Karp, J. SIAM 10 (1962) 196, on rankings
 */
#include <string.h>

#include "mera/rounding.h"
#include "ops/aggregate/kemeny.h"

enum { EXACT_UNITS = 64, EXACT_STATES = 1 << 20 };

typedef struct {
    uint64_t set;
    double loss;
    double above, below; /* ways to order the set, and the units still to come */
    bool dropped;
} exact_state;

typedef struct {
    const double *lead;
    size_t n;
    const mera_kemeny_circle *circle;
    uint64_t *circle_set;
    size_t n_circles;
    double known; /* the loss of a ranking known before */
    exact_state *state;
    size_t n_states, room;
    uint32_t *slot; /* hash table: number of a state + 1 */
    size_t slots;
} exact;

static size_t exact_slot(const exact *e, uint64_t set)
{
    size_t at = (size_t)((set * 0x9E3779B97F4A7C15u) >> 40) & (e->slots - 1);
    while (e->slot[at] != 0 && e->state[e->slot[at] - 1].set != set) {
        at = (at + 1) & (e->slots - 1);
    }
    return at;
}

static exact_state *exact_find(const exact *e, uint64_t set)
{
    const uint32_t number = e->slot[exact_slot(e, set)];
    return number != 0 ? &e->state[number - 1] : NULL;
}

/* What unit v costs when it comes next below the set: leads of the units that stay below it. */
static double exact_cost(const exact *e, uint64_t set, size_t v)
{
    double cost = 0;
    for (size_t u = 0; u < e->n; u++) {
        const double against = e->lead[u * e->n + v];
        cost += (set >> u & 1) == 0 && against > 0 ? against : 0;
    }
    return cost;
}

/* What the units still to come lose whatever their order. */
static double exact_rest(const exact *e, uint64_t set)
{
    double bound = 0;
    for (size_t c = 0; c < e->n_circles; c++) {
        bound += (e->circle_set[c] & set) == 0 ? e->circle[c].loss : 0;
    }
    return bound;
}

/* A way of `ways` orders to a set at a loss. False when there is no room for one more set. */
static bool exact_reach(exact *e, uint64_t set, double loss, double ways)
{
    const size_t at = exact_slot(e, set);
    if (e->slot[at] == 0) {
        if (e->n_states == e->room) {
            return false;
        }
        e->state[e->n_states++] = (exact_state){.set = set, .loss = loss, .above = ways};
        e->slot[at] = (uint32_t)e->n_states;
        return true;
    }
    exact_state *state = &e->state[e->slot[at] - 1];
    if (loss < state->loss - MERA_KEMENY_ROUNDING) {
        state->loss = loss;
        state->above = ways;
    } else if (loss <= state->loss + MERA_KEMENY_ROUNDING) {
        state->above += ways;
    }
    return true;
}

/* Extends every set in turn; new ones are larger and come after all of their size. */
static bool exact_forward(exact *e)
{
    for (size_t s = 0; s < e->n_states; s++) {
        const exact_state state = e->state[s];
        if (state.loss + exact_rest(e, state.set) > e->known + MERA_KEMENY_ROUNDING) {
            e->state[s].dropped = true;
            continue;
        }
        for (size_t v = 0; v < e->n; v++) {
            if ((state.set >> v & 1) != 0) {
                continue;
            }
            const double loss = state.loss + exact_cost(e, state.set, v);
            if (loss <= e->known + MERA_KEMENY_ROUNDING &&
                !exact_reach(e, state.set | (uint64_t)1 << v, loss, state.above)) {
                return false;
            }
        }
    }
    return true;
}

static size_t exact_size(uint64_t set)
{
    size_t size = 0;
    for (; set != 0; set &= set - 1) {
        size++;
    }
    return size;
}

/* From the full set back: how many ways lead on from each set, and through which units. */
static void exact_backward(exact *e, double *place)
{
    for (size_t s = e->n_states; s > 0; s--) {
        exact_state *state = &e->state[s - 1];
        const double above = (double)exact_size(state->set);
        if (state->dropped) {
            continue;
        }
        for (size_t v = 0; v < e->n; v++) {
            const uint64_t with = state->set | (uint64_t)1 << v;
            const exact_state *next = with != state->set ? exact_find(e, with) : NULL;
            if (next == NULL || !(next->below > 0) ||
                state->loss + exact_cost(e, state->set, v) > next->loss + MERA_KEMENY_ROUNDING) {
                continue;
            }
            state->below += next->below;
            place[v] += state->above * next->below * above;
        }
    }
}

/** Rankings being listed. */
typedef struct {
    const exact *e;
    uint32_t *out;  /* n units each */
    uint32_t *path; /* of the one at hand */
    size_t n;       /* listed */
} exact_list;

/* Every way on from a set that loses no more than the best: depth first, by number of unit. */
static void exact_walk(exact_list *list, const exact_state *state, size_t depth)
{
    const exact *e = list->e;
    if (depth == e->n) {
        memcpy(list->out + list->n++ * e->n, list->path, e->n * sizeof *list->path);
        return;
    }
    for (size_t v = 0; v < e->n && list->n < MERA_KEMENY_LIST; v++) {
        const uint64_t with = state->set | (uint64_t)1 << v;
        const exact_state *next = with != state->set ? exact_find(e, with) : NULL;
        if (next == NULL || !(next->below > 0) ||
            state->loss + exact_cost(e, state->set, v) > next->loss + MERA_KEMENY_ROUNDING) {
            continue;
        }
        list->path[depth] = (uint32_t)v;
        exact_walk(list, next, depth + 1);
    }
}

static void exact_rankings(const exact *e, uint32_t *path, uint32_t *out)
{
    exact_list list = {.e = e, .out = out, .path = path};
    exact_walk(&list, exact_find(e, 0), 0);
}

static mera_code exact_prepare(exact *e, mera_arena *arena)
{
    MERA_TRY_NEW(e->circle_set, arena, e->n_circles);
    for (size_t c = 0; c < e->n_circles; c++) {
        for (size_t i = 0; i < 3; i++) {
            e->circle_set[c] |= (uint64_t)1 << e->circle[c].unit[i];
        }
    }
    e->room = e->n < 20 ? (size_t)1 << e->n : EXACT_STATES;
    e->slots = 2 * e->room;
    MERA_TRY_NEW(e->state, arena, e->room);
    MERA_TRY_NEW(e->slot, arena, e->slots);
    return MERA_OK;
}

mera_code mera_kemeny_exact(const double *lead, size_t n, mera_arena *arena, mera_kemeny *out,
                            bool *found)
{
    mera_kemeny_circle *circle;
    uint32_t *ranking, path[EXACT_UNITS];
    exact e = {.lead = lead, .n = n, .known = out->loss};
    *found = false;
    if (n > EXACT_UNITS) {
        return MERA_OK;
    }
    MERA_TRY_NEW(ranking, arena, MERA_KEMENY_LIST * n); /* stays, unlike what follows */
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY(mera_kemeny_circles(lead, n, arena, &circle, &e.n_circles));
    e.circle = circle;
    MERA_TRY(exact_prepare(&e, arena));
    (void)exact_reach(&e, 0, 0, 1);
    if (exact_forward(&e)) {
        exact_state *all = exact_find(&e, n == 64 ? UINT64_MAX : ((uint64_t)1 << n) - 1);
        all->below = 1;
        memset(out->place, 0, n * sizeof *out->place);
        exact_backward(&e, out->place);
        for (size_t v = 0; v < n;
             v++) { /* twins get the same place, whatever the counts' last bit */
            out->place[v] =
                mera_round(out->place[v] / all->above, (mera_rounding){MERA_ROUND_HALF_UP, 11});
        }
        out->loss = out->bound = all->loss;
        out->optima = all->above;
        if (all->above > 1 && all->above <= MERA_KEMENY_LIST) {
            exact_rankings(&e, path, ranking);
            out->ranking = ranking;
        }
        *found = true;
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
