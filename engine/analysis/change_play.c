/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One scoring of a change: the framework before or after, with points of indicators, weights and
 * indicators left out as the switches say.
 */
#include "analysis/change_play.h"

#include "base/math.h"

static bool play_on(const play_state *state, size_t player)
{
    return player != SIZE_MAX && state->on[player] != 0;
}

/** Points of one part in framework `m`; *made when it is not a column that stands already. */
static mera_code play_points(const play *p, const play_state *state, size_t m, size_t k,
                             mera_arena *arena, const double **out)
{
    const play_part *part = &p->part[k];
    const bool rest = play_on(state, p->rest);
    const double *own =
        part->points[m][play_on(state, part->player[0])][play_on(state, part->player[1])];
    double *mixed;
    *out = own;
    if (state->unit == SIZE_MAX || !p->alone) {
        return MERA_OK;
    }
    const double *others = part->points[m][rest][rest];
    const size_t n = p->end[m].result->n_units, unit = p->unit_of[m][state->unit];
    mixed = mera_arena_alloc(arena, n, sizeof *mixed);
    MERA_TRY_PTR(mixed);
    for (size_t i = 0; i < n; i++) {
        mixed[i] = i == unit ? own[i] : others[i];
    }
    *out = mixed;
    return MERA_OK;
}

/** Does the indicator stand in the framework in this state, where only one end has it? */
static bool play_is_out(const play_part *part, const play_state *state)
{
    if (part->player[2] == SIZE_MAX) {
        return false;
    }
    return !part->there[play_on(state, part->player[2])];
}

static mera_code play_write(const play *p, const play_state *state, size_t m,
                            const mera_again_scores *made, double **out, mera_arena *arena)
{
    const size_t n_nodes = p->end[1].result->methodology->n_nodes;
    const size_t n = state->unit == SIZE_MAX ? p->n_units : 1;
    double *score = mera_arena_alloc(arena, n_nodes * n, sizeof *score);
    MERA_TRY_PTR(score);
    for (size_t k = 0; k < n_nodes; k++) {
        const size_t node = m == 1 ? k : p->node_before[k];
        for (size_t i = 0; i < n; i++) {
            const size_t unit = p->unit_of[m][state->unit == SIZE_MAX ? i : state->unit];
            score[k * n + i] = made == NULL || node == SIZE_MAX || unit == SIZE_MAX
                                   ? NAN
                                   : made->score[node][unit];
        }
    }
    *out = score;
    return MERA_OK;
}

/** One scoring of the framework; *refused tells of a mixture that an aggregator refuses (points
 * below 0 in a geometric mean), which has no answer. */
static mera_code play_once(const play *p, const play_state *state, const mera_again_room *room,
                           double **out, bool *refused)
{
    const size_t m = play_on(state, p->rest);
    const mera_methodology *method = p->end[m].result->methodology;
    const double **points;
    uint8_t *left_out;
    mera_again_scores made;
    MERA_TRY_NEW(points, room->arena, method->n_indicators);
    MERA_TRY_NEW(left_out, room->arena, method->n_indicators);
    for (size_t k = 0; k < p->n_parts; k++) {
        const size_t i = p->part[k].indicator[m];
        if (i != SIZE_MAX) {
            MERA_TRY(play_points(p, state, m, k, room->arena, &points[i]));
            left_out[i] = play_is_out(&p->part[k], state);
        }
    }
    const mera_again_change change = {
        .points = points, .weight = p->weight[m][play_on(state, p->weights)], .left_out = left_out};
    const mera_code code = mera_again_score(p->again[m], &change, room, NULL, &made);
    *refused = code == MERA_EINPUT;
    if (code != MERA_OK && code != MERA_EINPUT) {
        return code;
    }
    return play_write(p, state, m, code == MERA_OK ? &made : NULL, out, room->arena);
}

/** Each unit alone, where all together were refused on account of some. */
static mera_code play_each(const play *p, const play_state *state, const mera_again_room *room,
                           double *out)
{
    const size_t n_nodes = p->end[1].result->methodology->n_nodes;
    for (size_t i = 0; i < p->n_units; i++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        const play_state one = {.on = state->on, .unit = i};
        bool refused;
        double *score;
        if (p->unit_of[0][i] != SIZE_MAX) {
            MERA_TRY(play_once(p, &one, room, &score, &refused));
            for (size_t k = 0; k < n_nodes; k++) {
                out[k * p->n_units + i] = score[k];
            }
        }
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

mera_code mera_play_score(const play *p, const play_state *state, const mera_again_room *room,
                          double **out)
{
    bool refused;
    MERA_TRY(play_once(p, state, room, out, &refused));
    return refused && state->unit == SIZE_MAX ? play_each(p, state, room, *out) : MERA_OK;
}
