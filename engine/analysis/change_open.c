/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What there is to switch between two ends: units, nodes and indicators are matched, points under
 * each choice of values and fitted numbers computed, and who changes nothing is no player.
 */
#include "analysis/change_play.h"

#include <string.h>

#include "base/math.h"
#include "run/what_if.h"

/* ---- matching ---- */

static mera_code open_units(play *p, mera_arena *arena)
{
    p->n_units = p->end[1].result->n_units;
    for (size_t e = 0; e < 2; e++) {
        const mera_result *here = p->end[e].result, *there = p->end[1 - e].result;
        MERA_TRY_NEW(p->other[e], arena, here->n_units);
        MERA_TRY_NEW(p->unit_of[e], arena, p->n_units);
        for (size_t i = 0; i < here->n_units; i++) {
            p->other[e][i] = here->data == there->data
                                 ? i
                                 : mera_dataset_unit(there->data, here->data->unit_key[i]);
        }
    }
    for (size_t i = 0; i < p->n_units; i++) {
        p->unit_of[0][i] = p->other[1][i];
        p->unit_of[1][i] = i;
    }
    return MERA_OK;
}

static mera_code open_nodes(play *p, mera_arena *arena)
{
    const mera_methodology *before = p->end[0].result->methodology;
    const mera_methodology *after = p->end[1].result->methodology;
    MERA_TRY_NEW(p->node_before, arena, after->n_nodes);
    for (size_t k = 1; k < after->n_nodes; k++) {
        p->node_before[k] = mera_methodology_node(before, after->node[k].id);
    }
    return MERA_OK; /* the roots are one another, whatever they are called */
}

static mera_code open_parts(play *p, mera_arena *arena)
{
    const mera_methodology *before = p->end[0].result->methodology;
    const mera_methodology *after = p->end[1].result->methodology;
    MERA_TRY_NEW(p->part, arena, before->n_indicators + after->n_indicators);
    for (size_t k = 0; k < after->n_indicators; k++) {
        play_part *part = &p->part[p->n_parts++];
        part->id = after->indicator[k].id;
        part->indicator[0] = mera_methodology_indicator(before, part->id);
        part->indicator[1] = k;
    }
    for (size_t k = 0; k < before->n_indicators; k++) {
        if (mera_methodology_indicator(after, before->indicator[k].id) == SIZE_MAX) {
            p->part[p->n_parts++] =
                (play_part){.id = before->indicator[k].id, .indicator = {k, SIZE_MAX}};
        }
    }
    return MERA_OK;
}

static bool open_stands(const mera_methodology *m, size_t indicator)
{
    for (size_t k = 0; k < m->n_nodes; k++) {
        for (size_t j = 0; j < m->node[k].n_children; j++) {
            const mera_child *child = &m->node[k].child[j];
            if (child->is_indicator && child->index == indicator) {
                return true;
            }
        }
    }
    return false;
}

/** One that is only defined, or that screening left out, is as good as not in the framework. */
static bool open_is_there(const play *p, const play_part *part, size_t e)
{
    const size_t k = part->indicator[e];
    const mera_result *result = p->end[e].result;
    return k != SIZE_MAX && !result->indicator[k].screened_out &&
           open_stands(result->methodology, k);
}

/* ---- points ---- */

/** The column of a stage at one end. */
static const double *open_stage(const mera_changed_end *end, size_t indicator, mera_stage stage)
{
    const double *x = end->result->indicator[indicator].stage[stage];
    return x == NULL ? NULL : x + end->period * end->result->n_units;
}

/** The period of end `m` that carries the label of the other end; SIZE_MAX = it was not scored. */
static size_t open_period_of_other(const play *p, size_t m)
{
    const mera_result *here = p->end[m].result, *there = p->end[1 - m].result;
    const char *label = there->period[p->end[1 - m].period];
    for (size_t t = 0; t < here->n_periods; t++) {
        if (strcmp(here->period[t], label) == 0) {
            return t == p->end[m].period ? SIZE_MAX : t;
        }
    }
    return SIZE_MAX;
}

/** Values of end `v` for the units of framework `m`: its own where it scored that period too. */
static mera_code open_values(const play *p, size_t m, size_t v, const play_part *part,
                             mera_arena *arena, const double **out)
{
    const mera_result *here = p->end[m].result;
    const size_t cross = m == v ? p->end[m].period : open_period_of_other(p, m);
    if (cross != SIZE_MAX) {
        const mera_changed_end end = {.result = here, .period = cross};
        *out = open_stage(&end, part->indicator[m], MERA_STAGE_IMPUTED);
        return MERA_OK;
    }
    double *x = mera_arena_alloc(arena, here->n_units, sizeof *x);
    MERA_TRY_PTR(x);
    const double *there = part->indicator[v] == SIZE_MAX
                              ? NULL
                              : open_stage(&p->end[v], part->indicator[v], MERA_STAGE_IMPUTED);
    for (size_t i = 0; i < here->n_units; i++) {
        x[i] = there != NULL && p->other[m][i] != SIZE_MAX ? there[p->other[m][i]] : NAN;
    }
    *out = x;
    return MERA_OK;
}

/** Points for given values (of units of framework `m`) under what end `side` fitted. */
static mera_code open_apply(const play *p, size_t m, size_t side, size_t period,
                            const play_part *part, const double *value, mera_arena *arena,
                            const double **out)
{
    const mera_changed_end *end = &p->end[side];
    const size_t n = p->end[m].result->n_units;
    mera_what_if *w;
    double *y = mera_arena_alloc(arena, n, sizeof *y);
    MERA_TRY_PTR(y);
    MERA_TRY(mera_what_if_new(end->plan, end->result, 0, period, arena, &w));
    for (size_t i = 0; i < n; i++) {
        const size_t unit = side == m ? i : p->other[m][i];
        y[i] = NAN;
        if (unit != SIZE_MAX && !isnan(value[i])) {
            mera_what_if_move(w, unit);
            MERA_TRY(mera_what_if_points(w, part->indicator[side], value[i], &y[i]));
        }
    }
    *out = y;
    return MERA_OK;
}

/** points[m][v][f]. With one method, what was fitted is asked of the end that fitted it; with two,
 * framework `m` itself must have scored the other period, else its own numbers stand for both. */
static mera_code open_points(const play *p, size_t m, size_t v, size_t f, play_part *part,
                             mera_arena *arena)
{
    const double *value;
    const size_t other = open_period_of_other(p, m);
    size_t side = p->same_method ? f : m, period = p->end[side].period;
    if (m == v && (m == f || (!p->same_method && other == SIZE_MAX))) {
        part->points[m][v][f] = open_stage(&p->end[m], part->indicator[m], MERA_STAGE_NORMALISED);
        return MERA_OK;
    }
    if (!p->same_method && f != m && other != SIZE_MAX) {
        period = other;
    }
    MERA_TRY(open_values(p, m, v, part, arena, &value));
    if (p->one_plan && v == f) {
        part->points[m][v][f] = open_stage(&p->end[f], part->indicator[m], MERA_STAGE_NORMALISED);
        return MERA_OK;
    }
    return open_apply(p, m, side, period, part, value, arena, &part->points[m][v][f]);
}

/* ---- players ---- */

static bool open_differ(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; a != b && a != NULL && b != NULL && i < n; i++) {
        if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i]))) {
            return true;
        }
    }
    return false;
}

static size_t open_player(play *p, play_kind kind, size_t part)
{
    p->player[p->n_players] = (play_player){.kind = kind, .part = part};
    return p->n_players++;
}

static void open_players_of(play *p, size_t k)
{
    play_part *part = &p->part[k];
    bool value = false, bounds = false;
    for (size_t m = 0; m < 2; m++) {
        const size_t n = p->end[m].result->n_units;
        for (size_t other = 0; other < 2 && part->indicator[m] != SIZE_MAX; other++) {
            value |= open_differ(part->points[m][0][other], part->points[m][1][other], n);
            bounds |= open_differ(part->points[m][other][0], part->points[m][other][1], n);
        }
    }
    part->player[0] = value ? open_player(p, PLAY_VALUE, k) : SIZE_MAX;
    part->player[1] = bounds ? open_player(p, PLAY_BOUNDS, k) : SIZE_MAX;
    part->player[2] =
        part->there[0] != part->there[1] ? open_player(p, PLAY_PRESENCE, k) : SIZE_MAX;
}

/** Why the value of a unit counts as it does. */
static mera_cause open_cause(const play *p, const play_part *part, size_t unit)
{
    const mera_indicator *def = NULL;
    unsigned state = 0;
    for (size_t e = 0; e < 2; e++) {
        const size_t k = part->indicator[e], at = p->unit_of[e][unit];
        if (k == SIZE_MAX || at == SIZE_MAX) {
            return MERA_CAUSE_INDICATORS;
        }
        const double *x = open_stage(&p->end[e], k, MERA_STAGE_IMPUTED);
        const mera_result *result = p->end[e].result;
        if (!part->there[e] || x == NULL || isnan(x[at])) {
            return MERA_CAUSE_INDICATORS;
        }
        state |= result->indicator[k].state[p->end[e].period * result->n_units + at];
        def = &result->methodology->indicator[k];
    }
    if ((state & (MERA_IMPUTED | MERA_CARRIED)) != 0) {
        return MERA_CAUSE_IMPUTED;
    }
    return def->source_kind != NULL && strcmp(def->source_kind, "survey") == 0 ? MERA_CAUSE_SURVEY
                                                                               : MERA_CAUSE_OWN;
}

static mera_code open_part(play *p, size_t k, mera_arena *arena)
{
    play_part *part = &p->part[k];
    part->there[0] = open_is_there(p, part, 0);
    part->there[1] = open_is_there(p, part, 1);
    const bool lonely = !part->there[0] || !part->there[1];
    for (size_t i = 0; i < 8; i++) {
        const size_t m = i >> 2, v = (i >> 1) & 1, f = i & 1;
        if (part->indicator[m] == SIZE_MAX) {
            continue;
        }
        if (lonely) { /* nothing to switch but its being there */
            part->points[m][v][f] =
                open_stage(&p->end[m], part->indicator[m], MERA_STAGE_NORMALISED);
        } else if (m == 1 && p->one_plan) {
            part->points[m][v][f] = part->points[0][v][f];
        } else {
            MERA_TRY(open_points(p, m, v, f, part, arena));
        }
    }
    MERA_TRY_NEW(part->cause, arena, p->n_units);
    for (size_t i = 0; i < p->n_units; i++) {
        part->cause[i] = (uint8_t)open_cause(p, part, i);
    }
    open_players_of(p, k);
    return MERA_OK;
}

/* ---- weights ---- */

/** The number of the same child in the node at the other end; SIZE_MAX = it is not there. */
static size_t open_same_child(const play *p, size_t e, const mera_child *child, size_t node)
{
    const mera_methodology *here = p->end[e].result->methodology;
    const mera_methodology *there = p->end[1 - e].result->methodology;
    const char *id =
        child->is_indicator ? here->indicator[child->index].id : here->node[child->index].id;
    for (size_t j = 0; j < there->node[node].n_children; j++) {
        const mera_child *other = &there->node[node].child[j];
        const char *its =
            other->is_indicator ? there->indicator[other->index].id : there->node[other->index].id;
        if (other->is_indicator == child->is_indicator && strcmp(its, id) == 0) {
            return j;
        }
    }
    return SIZE_MAX;
}

/** Weights of end 1 - e for a node of end e: those that both have share what they had together. */
static mera_code open_weights_of(const play *p, size_t e, size_t k, size_t there, mera_arena *arena,
                                 const double **out, bool *differ)
{
    const mera_node *def = &p->end[e].result->methodology->node[k];
    const double *own = p->end[e].result->node[k].weight;
    const double *its = p->end[1 - e].result->node[there].weight;
    double own_sum = 0, its_sum = 0,
           *weight = mera_arena_alloc(arena, def->n_children, sizeof *weight);
    MERA_TRY_PTR(weight);
    for (size_t j = 0; j < def->n_children; j++) {
        const size_t same = open_same_child(p, e, &def->child[j], there);
        own_sum += same != SIZE_MAX ? own[j] : 0;
        its_sum += same != SIZE_MAX ? its[same] : 0;
    }
    for (size_t j = 0; j < def->n_children; j++) {
        const size_t same = open_same_child(p, e, &def->child[j], there);
        const bool scale = !def->weights_as_given && its_sum > 0 && own_sum > 0;
        weight[j] = own[j];
        if (same != SIZE_MAX && (its_sum > 0 || def->weights_as_given)) {
            weight[j] = scale && own_sum != its_sum ? its[same] * (own_sum / its_sum) : its[same];
        }
        *differ |= fabs(weight[j] - own[j]) > 1e-15 * fabs(own[j]);
    }
    *out = weight;
    return MERA_OK;
}

/** Weights of the other end for all nodes of end e. */
static mera_code open_weights_end(play *p, size_t e, mera_arena *arena, bool *differ)
{
    const mera_methodology *m = p->end[e].result->methodology;
    const mera_methodology *other = p->end[1 - e].result->methodology;
    const double **weight;
    MERA_TRY_NEW(weight, arena, m->n_nodes);
    for (size_t k = 0; k < m->n_nodes; k++) {
        const size_t there = k == 0 ? 0 : mera_methodology_node(other, m->node[k].id);
        if (there != SIZE_MAX) {
            MERA_TRY(open_weights_of(p, e, k, there, arena, &weight[k], differ));
        }
    }
    p->weight[e][1 - e] = weight;
    return MERA_OK;
}

static mera_code open_weights(play *p, mera_arena *arena)
{
    bool differ = false;
    MERA_TRY(open_weights_end(p, 0, arena, &differ));
    MERA_TRY(open_weights_end(p, 1, arena, &differ));
    p->weights = differ ? open_player(p, PLAY_WEIGHTS, 0) : SIZE_MAX;
    if (!differ) {
        p->weight[0][1] = p->weight[1][0] = NULL;
    }
    return MERA_OK;
}

/* ---- the whole ---- */

/** Is there a node whose aggregator has one of these flags, or a fit of its own? */
static bool open_has(const mera_methodology *m, unsigned flags)
{
    for (size_t k = 0; k < m->n_nodes; k++) {
        const mera_use_list *then = &m->node[k].then;
        const mera_op *op = m->node[k].aggregate.op;
        if (op != NULL && (op->flags & flags) != 0) {
            return true;
        }
        for (size_t u = 0; u < then->n; u++) {
            if (then->v[u].op->fit != NULL) {
                return true;
            }
        }
    }
    return false;
}

mera_code mera_play_open(play *p, mera_arena *arena)
{
    const mera_methodology *before = p->end[0].result->methodology;
    const mera_methodology *after = p->end[1].result->methodology;
    p->one_plan = p->end[0].plan == p->end[1].plan;
    p->same_method = p->one_plan || strcmp(before->sha256, after->sha256) == 0;
    p->compares = open_has(before, MERA_OP_POPULATION) || open_has(after, MERA_OP_POPULATION);
    p->alone =
        p->compares || open_has(before, MERA_OP_POSITIVE) || open_has(after, MERA_OP_POSITIVE);
    MERA_TRY(open_units(p, arena));
    MERA_TRY(open_nodes(p, arena));
    MERA_TRY(open_parts(p, arena));
    MERA_TRY_NEW(p->player, arena, 3 * p->n_parts + 2);
    for (size_t k = 0; k < p->n_parts; k++) {
        MERA_TRY(open_part(p, k, arena));
    }
    MERA_TRY(open_weights(p, arena));
    p->rest = open_player(p, PLAY_REST, 0);
    for (size_t e = 0; e < 2; e++) {
        MERA_TRY(mera_again_open(p->end[e].plan, p->end[e].result, p->end[e].period, arena,
                                 &p->again[e]));
    }
    return MERA_OK;
}
