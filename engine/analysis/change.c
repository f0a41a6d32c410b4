/* SPDX-License-Identifier: Apache-2.0 */
/** @file The change of a score split into its causes: of one unit in full, of all in short. */
#include "analysis/change.h"

#include "analysis/change_play.h"
#include "base/math.h"
#include "ops/column.h"

typedef struct change_work {
    play p;
    mera_changed_ask ask;
    play_sums sums;
    double *frozen; /**< scores with what was fitted before; of nodes or of units */
    mera_changed *made;
    mera_arena *arena, *scratch;
    mera_diags *diags;
} change_work;

const char *mera_cause_name(mera_cause cause)
{
    static const char *const name[MERA_N_CAUSES] = {"own",    "survey",  "imputed", "indicators",
                                                    "bounds", "weights", "method"};
    return name[cause];
}

static double change_score(const change_work *w, size_t e, size_t unit)
{
    const mera_changed_end *end = &w->p.end[e];
    const size_t at = w->p.unit_of[e][unit];
    return at == SIZE_MAX ? NAN
                          : end->result->node[0].score[end->period * end->result->n_units + at];
}

static double change_rank(const change_work *w, size_t e, size_t unit)
{
    const mera_changed_end *end = &w->p.end[e];
    const size_t at = w->p.unit_of[e][unit];
    return at == SIZE_MAX ? NAN
                          : end->result->node[0].rank[end->period * end->result->n_units + at];
}

/* ---- with the bounds of before ---- */

/** Does the player stay as before when what was fitted is frozen? */
static bool change_is_bounds(const play *p, const play_player *player)
{
    return player->kind == PLAY_BOUNDS || (player->kind == PLAY_REST && p->same_method);
}

static mera_code change_play(change_work *w, bool frozen, size_t unit, double **out)
{
    uint8_t *on;
    MERA_TRY_NEW(on, w->arena, w->p.n_players);
    for (size_t k = 0; k < w->p.n_players; k++) {
        on[k] = !(frozen && change_is_bounds(&w->p, &w->p.player[k]));
    }
    const play_state state = {.on = on, .unit = unit};
    const mera_again_room room = {.arena = w->arena, .scratch = w->scratch};
    return mera_play_score(&w->p, &state, &room, out);
}

static mera_code change_freeze(change_work *w)
{
    const size_t n = w->p.n_units;
    for (size_t k = 0; k < w->p.n_players; k++) {
        w->made->bounds_move |= w->p.player[k].kind == PLAY_BOUNDS;
    }
    w->made->bounds_move |= w->p.compares;
    if (!w->made->bounds_move) {
        return MERA_OK;
    }
    if (w->ask.unit != SIZE_MAX || !w->p.compares) {
        return change_play(w, true, w->ask.unit, &w->frozen);
    }
    MERA_TRY_NEW(w->frozen, w->arena, n);
    for (size_t i = 0; i < n; i++) {
        double *score;
        w->frozen[i] = NAN;
        if (w->p.unit_of[0][i] != SIZE_MAX) {
            MERA_TRY(change_play(w, true, i, &score));
            w->frozen[i] = score[0];
        }
    }
    return MERA_OK;
}

/* ---- all units ---- */

static mera_changed_row change_row(const change_work *w, size_t unit)
{
    mera_changed_row row = {.before = change_score(w, 0, unit),
                            .after = change_score(w, 1, unit),
                            .rank = {change_rank(w, 0, unit), change_rank(w, 1, unit)},
                            .frozen = NAN};
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        row.by[c] = w->sums.by_cause[c * w->p.n_units + unit];
    }
    if (w->frozen != NULL) {
        row.frozen = w->frozen[unit] - row.before;
    }
    return row;
}

static mera_code change_short(change_work *w)
{
    const size_t n = w->p.n_units;
    double *key;
    uint32_t *order;
    size_t *unit;
    mera_changed_row *row;
    MERA_TRY_NEW(key, w->arena, n);
    for (size_t i = 0; i < n; i++) {
        key[i] = -fabs(change_score(w, 1, i) - change_score(w, 0, i));
    }
    MERA_TRY(mera_column_order(key, n, w->arena, &order, &w->made->n));
    MERA_TRY_NEW(unit, w->arena, n);
    MERA_TRY_NEW(row, w->arena, n);
    for (size_t i = 0; i < w->made->n; i++) {
        unit[i] = order[i];
        row[i] = change_row(w, order[i]);
    }
    w->made->unit = unit;
    w->made->row = row;
    return MERA_OK;
}

/* ---- one unit ---- */

/** Scores of nodes, as passed up, when all is as at one end. */
static mera_code change_ends(change_work *w, size_t unit, double **before, double **after)
{
    uint8_t *none;
    const mera_again_room room = {.arena = w->arena, .scratch = w->scratch};
    MERA_TRY_NEW(none, w->arena, w->p.n_players);
    MERA_TRY(mera_play_score(&w->p, &(play_state){.on = none, .unit = unit}, &room, before));
    return change_play(w, false, unit, after);
}

static mera_code change_nodes(change_work *w)
{
    const size_t n_nodes = w->p.end[1].result->methodology->n_nodes, unit = w->ask.unit;
    double *before, *after;
    mera_changed_row *node;
    MERA_TRY(change_ends(w, unit, &before, &after));
    MERA_TRY_NEW(node, w->arena, n_nodes);
    for (size_t k = 0; k < n_nodes; k++) {
        const bool both = !isnan(before[k]) && !isnan(after[k]);
        node[k] = (mera_changed_row){.before = before[k],
                                     .after = after[k],
                                     .rank = {NAN, NAN},
                                     .frozen = w->frozen != NULL ? w->frozen[k] - before[k] : NAN};
        for (size_t j = 0; j < w->p.n_players; j++) {
            node[k].by[mera_play_cause(&w->p, &w->p.player[j], unit)] +=
                w->sums.by_node[j * n_nodes + k];
        }
        for (size_t c = 0; !both && c < MERA_N_CAUSES; c++) {
            node[k].by[c] = NAN;
        }
    }
    node[0].rank[0] = change_rank(w, 0, unit);
    node[0].rank[1] = change_rank(w, 1, unit);
    w->made->node = node;
    return MERA_OK;
}

/** What stands of an indicator at one end. */
static void change_part_end(const change_work *w, size_t e, mera_changed_part *part)
{
    const mera_changed_end *end = &w->p.end[e];
    const size_t at = w->p.unit_of[e][w->ask.unit];
    part->value[e] = part->points[e] = NAN;
    part->state[e] = MERA_ABSENT;
    if (part->indicator[e] == SIZE_MAX || at == SIZE_MAX) {
        return;
    }
    const mera_indicator_result *ind = &end->result->indicator[part->indicator[e]];
    const size_t cell = end->period * end->result->n_units + at;
    part->state[e] = ind->state[cell];
    if (ind->stage[MERA_STAGE_IMPUTED] != NULL) {
        part->value[e] = ind->stage[MERA_STAGE_IMPUTED][cell];
    }
    if (ind->stage[MERA_STAGE_NORMALISED] != NULL) {
        part->points[e] = ind->stage[MERA_STAGE_NORMALISED][cell];
    }
}

static mera_code change_parts(change_work *w)
{
    const size_t n_nodes = w->p.end[1].result->methodology->n_nodes;
    mera_changed_part *part;
    MERA_TRY_NEW(part, w->arena, w->p.n_parts);
    for (size_t k = 0; k < w->p.n_parts; k++) {
        part[k].id = w->p.part[k].id;
        part[k].indicator[0] = w->p.part[k].indicator[0];
        part[k].indicator[1] = w->p.part[k].indicator[1];
        change_part_end(w, 0, &part[k]);
        change_part_end(w, 1, &part[k]);
    }
    for (size_t j = 0; j < w->p.n_players; j++) {
        const play_player *player = &w->p.player[j];
        if (player->kind <= PLAY_PRESENCE) {
            part[player->part].by[mera_play_cause(&w->p, player, w->ask.unit)] +=
                w->sums.by_node[j * n_nodes];
        }
    }
    MERA_TRY(mera_play_noise(&w->p, w->ask.unit, part, &w->made->noise, w->arena));
    w->made->part = part;
    w->made->n_parts = w->p.n_parts;
    return MERA_OK;
}

static mera_code change_full(change_work *w)
{
    const size_t unit = w->ask.unit;
    w->made->one_before = w->p.unit_of[0][unit];
    MERA_TRY(change_nodes(w));
    MERA_TRY(change_parts(w));
    for (size_t e = 0; e < 2; e++) {
        const mera_changed_end *end = &w->p.end[e];
        w->made->imputed[e] =
            1 - end->result->node[0]
                    .coverage[end->period * end->result->n_units + w->p.unit_of[e][unit]];
    }
    return MERA_OK;
}

/* ---- the whole ---- */

static mera_code change_refuse(const change_work *w, size_t unit)
{
    const mera_dataset *data = w->p.end[1].result->data;
    const bool before = isnan(change_score(w, 0, unit));
    const mera_code code = mera_fail(
        w->diags, MERA_EINPUT, "no-score", MERA_NOWHERE, "'%s' has no score %s, in period '%s'",
        data->unit_name[unit], before ? "before" : "after",
        w->p.end[before ? 0 : 1].result->period[w->p.end[before ? 0 : 1].period]);
    const mera_result *end = w->p.end[before ? 0 : 1].result;
    const size_t latest = mera_result_latest(end, unit, 0);
    if (isnan(end->node[0].score[latest * end->n_units + unit])) {
        mera_hint(w->diags, "'mera explain' says why; there is no change without two scores");
    } else {
        mera_hint(w->diags, "'mera explain' says why; its latest score is of period '%s'",
                  end->period[latest]);
    }
    return code;
}

/** Whom to ask about: somebody must have both scores. */
static mera_code change_check(const change_work *w)
{
    if (w->ask.unit != SIZE_MAX) {
        return isnan(change_score(w, 1, w->ask.unit) - change_score(w, 0, w->ask.unit))
                   ? change_refuse(w, w->ask.unit)
                   : MERA_OK;
    }
    for (size_t i = 0; i < w->p.n_units; i++) {
        if (!isnan(change_score(w, 1, i) - change_score(w, 0, i))) {
            return MERA_OK;
        }
    }
    return mera_fail(w->diags, MERA_EINPUT, "no-score", MERA_NOWHERE,
                     "no unit has a score both before and after: there is nothing to split");
}

static mera_code change_run(change_work *w)
{
    MERA_TRY(mera_play_open(&w->p, w->arena));
    MERA_TRY(change_check(w));
    w->made->same_method = w->p.same_method;
    w->made->n_units = w->p.n_units;
    MERA_TRY(change_freeze(w));
    MERA_TRY(mera_play_orders(&w->p, &w->ask, w->arena, &w->sums));
    return w->ask.unit == SIZE_MAX ? change_short(w) : change_full(w);
}

mera_code mera_change_of(const mera_changed_end *from, const mera_changed_end *to,
                         const mera_changed_ask *ask, mera_arena *arena, mera_diags *diags,
                         const mera_changed **out)
{
    change_work w = {.p.end = {*from, *to}, .ask = *ask, .arena = arena, .diags = diags};
    MERA_TRY_NEW(w.made, arena, 1);
    w.ask.orders = ask->orders > 0 ? ask->orders : 16;
    w.made->end[0] = *from;
    w.made->end[1] = *to;
    w.made->one = ask->unit;
    w.made->noise = NAN;
    w.made->n_orders = 2 * w.ask.orders;
    w.scratch = mera_arena_new();
    MERA_TRY_PTR(w.scratch);
    const mera_code code = change_run(&w);
    mera_arena_free(w.scratch);
    *out = w.made;
    return code;
}
