/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What each switch of a change does, averaged over random orders and the same orders reversed. An
 * order and its reverse together give each of two players that act on each other half of what they
 * do together; so where no more than two do, one pair of orders is exact.
 */
#include "analysis/change_play.h"
#include "base/math.h"
#include "draws/random.h"

enum { ORDERS_STREAM = 0x6368 };

typedef struct orders {
    const play *p;
    size_t unit, n_nodes; /**< unit SIZE_MAX = all */
    size_t n_orders;      /**< with reverses */
    size_t room;          /**< numbers of one item */
    uint64_t seed;
    double *sum; /**< [item * room] */
} orders;

mera_cause mera_play_cause(const play *p, const play_player *player, size_t unit)
{
    switch (player->kind) {
    case PLAY_VALUE:
        return (mera_cause)p->part[player->part].cause[unit];
    case PLAY_BOUNDS:
        return MERA_CAUSE_BOUNDS;
    case PLAY_PRESENCE:
        return MERA_CAUSE_INDICATORS;
    case PLAY_WEIGHTS:
        return MERA_CAUSE_WEIGHTS;
    default: /* with one method only the peers of a node's operation are left */
        return p->same_method ? MERA_CAUSE_BOUNDS : MERA_CAUSE_METHOD;
    }
}

/** Which way an indicator went: 1 came, -1 was lost, 0 = the player is another. */
static int orders_came(const play *p, size_t player)
{
    const play_player *of = &p->player[player];
    return of->kind != PLAY_PRESENCE ? 0 : p->part[of->part].there[1] ? 1 : -1;
}

static size_t orders_find(const size_t *order, size_t player)
{
    size_t at = 0;
    while (order[at] != player) {
        at++;
    }
    return at;
}

static void orders_move(size_t *order, size_t from, size_t to)
{
    const size_t player = order[from];
    for (; from > to; from--) {
        order[from] = order[from - 1];
    }
    order[to] = player;
}

/** The framework after has no room for what was lost, the one before none for what came: what is
 * lost goes before the frameworks are switched, what came comes after. So the method is held
 * against the method on what both have, and the rest keeps its order. */
static void orders_room(const play *p, size_t *order)
{
    size_t rest = orders_find(order, p->rest);
    for (size_t k = 0; k < rest; k++) {
        if (orders_came(p, order[k]) > 0) {
            orders_move(order, rest, k);
            rest = k;
        }
    }
    for (size_t k = rest + 1; k < p->n_players; k++) {
        if (orders_came(p, order[k]) < 0) {
            orders_move(order, k, rest++);
        }
    }
}

/** Order number `i` of the players: a random one, or where `i` is odd the one before reversed. */
static mera_code orders_make(const orders *o, size_t i, mera_arena *arena, size_t **out)
{
    const size_t n = o->p->n_players;
    mera_stream stream = mera_stream_of(o->seed, ORDERS_STREAM, i / 2);
    size_t *order = mera_arena_alloc(arena, n, sizeof *order);
    MERA_TRY_PTR(order);
    for (size_t k = 0; k < n; k++) {
        order[k] = k;
    }
    for (size_t k = n; k-- > 1;) {
        const size_t j = (size_t)(mera_stream_uniform(&stream) * (double)(k + 1));
        const size_t t = order[k];
        order[k] = order[j];
        order[j] = t;
    }
    for (size_t k = 0; (i & 1) != 0 && k < n / 2; k++) {
        const size_t t = order[k];
        order[k] = order[n - 1 - k];
        order[n - 1 - k] = t;
    }
    orders_room(o->p, order);
    *out = order;
    return MERA_OK;
}

/** Books what a switch did. A score that is missing on the way is waited for: what brings it back
 * is booked with the change since it was last there. */
static void orders_book(const orders *o, size_t player, size_t unit, const double *score,
                        double *last, double *sum)
{
    const play *p = o->p;
    const bool all = o->unit == SIZE_MAX;
    const size_t n = all ? (unit == SIZE_MAX ? p->n_units : 1) : o->n_nodes;
    for (size_t i = 0; i < n; i++) {
        if (isnan(score[i])) {
            continue;
        }
        const double step = isnan(last[i]) ? 0 : score[i] - last[i];
        last[i] = score[i];
        if (all) {
            const size_t u = unit == SIZE_MAX ? i : unit;
            sum[(size_t)mera_play_cause(p, &p->player[player], u) * n + i] += step;
        } else {
            sum[player * o->n_nodes + i] += step;
        }
    }
}

/** One order, of all units at once or of one. */
static mera_code orders_walk(const orders *o, size_t i, size_t unit, const mera_again_room *room,
                             double *sum)
{
    const play *p = o->p;
    uint8_t *on;
    size_t *order;
    double *last, *score;
    const play_state state = {.on = NULL, .unit = unit};
    play_state now = state;
    MERA_TRY_NEW(on, room->arena, p->n_players);
    MERA_TRY(orders_make(o, i, room->arena, &order));
    now.on = on;
    MERA_TRY(mera_play_score(p, &now, room, &last));
    for (size_t k = 0; k < p->n_players; k++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        on[order[k]] = 1;
        MERA_TRY(mera_play_score(p, &now, room, &score));
        orders_book(o, order[k], unit, score, last, sum);
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

static mera_code orders_item(void *context, size_t item, const mera_again_room *room)
{
    const orders *o = context;
    double *sum = o->sum + item * o->room;
    const bool alone = o->unit == SIZE_MAX && o->p->compares; /* an item a unit */
    if (!alone) {
        return orders_walk(o, item, o->unit, room, sum);
    }
    for (size_t i = 0; i < o->n_orders; i++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        if (o->p->unit_of[0][item] != SIZE_MAX) {
            MERA_TRY(orders_walk(o, i, item, room, sum));
        }
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

/** Sums items in their order, so that threads change nothing. */
static mera_code orders_sum(const orders *o, size_t n_items, mera_arena *arena, play_sums *out)
{
    const bool all = o->unit == SIZE_MAX, alone = all && o->p->compares;
    const size_t n = alone ? o->room * n_items : o->room;
    double *sum;
    MERA_TRY_NEW(sum, arena, n);
    for (size_t item = 0; item < n_items; item++) {
        for (size_t j = 0; j < o->room; j++) {
            sum[alone ? j * n_items + item : j] += o->sum[item * o->room + j];
        }
    }
    for (size_t j = 0; j < n; j++) {
        sum[j] /= (double)o->n_orders;
    }
    *out = (play_sums){.by_node = all ? NULL : sum, .by_cause = all ? sum : NULL};
    return MERA_OK;
}

mera_code mera_play_orders(const play *p, const mera_changed_ask *ask, mera_arena *arena,
                           play_sums *out)
{
    orders o = {.p = p,
                .unit = ask->unit,
                .n_nodes = p->end[1].result->methodology->n_nodes,
                .n_orders = 2 * ask->orders,
                .seed = ask->seed};
    const bool all = ask->unit == SIZE_MAX, alone = all && p->compares;
    const size_t n_items = alone ? p->n_units : o.n_orders;
    const mera_again *again = p->again[mera_again_is_serial(p->again[0]) ? 0 : 1];
    o.room = alone ? MERA_N_CAUSES : all ? MERA_N_CAUSES * p->n_units : p->n_players * o.n_nodes;
    MERA_TRY_NEW(o.sum, arena, n_items * o.room);
    MERA_TRY(mera_again_each(again, n_items, orders_item, &o));
    return orders_sum(&o, n_items, arena, out);
}
