/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to analysis: the players of a change, and the score where some are switched. */
#ifndef MERA_ANALYSIS_CHANGE_PLAY_H
#define MERA_ANALYSIS_CHANGE_PLAY_H

#include "analysis/change.h"
#include "mera/again.h"

typedef enum play_kind {
    PLAY_VALUE,
    PLAY_BOUNDS,
    PLAY_PRESENCE,
    PLAY_WEIGHTS,
    PLAY_REST
} play_kind;

typedef struct play_player {
    play_kind kind;
    size_t part; /**< of VALUE, BOUNDS, PRESENCE */
} play_player;

/** An indicator of either framework. */
typedef struct play_part {
    const char *id;
    size_t indicator[2];
    bool there[2];                 /**< it stands in the framework, and screening let it */
    const double *points[2][2][2]; /**< [framework][values of][fitted at], units of that framework;
                                      NULL = not in it */
    size_t player[3];              /**< of VALUE, BOUNDS, PRESENCE; SIZE_MAX = none */
    uint8_t *cause;                /**< of the value, per unit of the result after */
} play_part;

typedef struct play {
    mera_changed_end end[2];
    mera_again *again[2];
    bool one_plan, same_method;
    bool compares; /**< nodes look at other units */
    bool alone;    /**< one unit's switches leave the others as they stand, so that none of these
                      is the reason when a mixture has no answer */
    size_t *unit_of[2];  /**< per unit of the result after: its index at the end */
    size_t *other[2];    /**< per unit of an end: its index at the other end; SIZE_MAX = none */
    size_t *node_before; /**< per node after: its index before; SIZE_MAX = none */
    const double *const *weight[2][2]; /**< [framework][weights of] per node; NULL = own */
    play_part *part;
    size_t n_parts;
    play_player *player;
    size_t n_players, weights,
        rest;       /**< numbers of two players; there may be no `weights`, SIZE_MAX */
    size_t n_units; /**< of the result after */
} play;

/** Finds the players and computes the points they choose from. */
mera_code mera_play_open(play *p, mera_arena *arena);

/** What is asked of one scoring. */
typedef struct play_state {
    const uint8_t *on; /**< per player */
    size_t unit;       /**< whose players they are, others standing as the rest; SIZE_MAX = all */
} play_state;

/** Scores per node of the framework after, units as after: *out[node * n_units + unit] or, of one
 * unit, [node]. NaN where there is none. In room->arena. */
mera_code mera_play_score(const play *p, const play_state *state, const mera_again_room *room,
                          double **out);

/** Accumulated over orders. `by_node` of one unit: [player * n_nodes + node]. `by_cause` of the
 * root, all units: [cause * n_units + unit]. One of them is NULL. */
typedef struct play_sums {
    double *by_node, *by_cause;
} play_sums;

/** Means of what each switch does, over so many random orders and their reverses. */
mera_code mera_play_orders(const play *p, const mera_changed_ask *ask, mera_arena *arena,
                           play_sums *out);

/** What a player's switch is called at a unit. */
mera_cause mera_play_cause(const play *p, const play_player *player, size_t unit);

/** Errors of the data at both ends, in points of the index. */
mera_code mera_play_noise(const play *p, size_t unit, mera_changed_part *part, double *all,
                          mera_arena *arena);

#endif
