/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sets of changes between two sides, scored (analysis/attribute_sets.h). */
#include "analysis/attribute_sets.h"

#include <string.h>

#include "base/grow.h"
#include "base/math.h"
#include "base/text.h"

static const mera_result *attribute_alike(const attribute_work *w, const mera_methodology *m)
{
    for (size_t i = 0; i < w->n_kept; i++) {
        const mera_methodology *other = w->kept[i].result->methodology;
        if (mera_streq(m->stages_sha256, other->stages_sha256) &&
            mera_streq(m->path, other->path)) {
            return w->kept[i].result;
        }
    }
    return NULL;
}

/** Places, among the units that both sides rank, and scores of the comparison's units; NaN where a
 * result does not know them. */
static mera_code attribute_take(attribute_work *w, const mera_result *result, size_t node,
                                size_t period, attribute_set *out)
{
    const size_t n = w->c->n_units, from = period * result->n_units;
    double *rank, *score;
    MERA_TRY_NEW(rank, w->arena, n);
    MERA_TRY_NEW(score, w->arena, n);
    for (size_t u = 0; u < n; u++) {
        const size_t i = mera_dataset_unit(result->data, w->c->unit[u].key);
        rank[u] = i != SIZE_MAX ? result->node[node].rank[from + i] : NAN;
        score[u] = i != SIZE_MAX ? result->node[node].score[from + i] : NAN;
    }
    mera_compare_common_of(&w->common, rank, w->ranked);
    if (w->common.place[0] != rank) {
        memcpy(rank, w->common.place[0], n * sizeof *rank);
    }
    *out = (attribute_set){rank, score};
    return MERA_OK;
}

/** The same node and the same period as the side's; else the methodology cannot be set beside. */
static mera_code attribute_place(const attribute_work *w, const mera_result *result, size_t *node,
                                 size_t *period)
{
    const mera_compare_side *side = &w->c->side[w->ask->to];
    const char *label = side->result->period[side->period];
    *node = side->node == 0 ? 0
                            : mera_methodology_node(result->methodology,
                                                    side->result->methodology->node[side->node].id);
    for (*period = 0; *period < result->n_periods; ++*period) {
        if (mera_streq(result->period[*period], label)) {
            return *node != SIZE_MAX ? MERA_OK : MERA_EINPUT;
        }
    }
    return MERA_EINPUT;
}

static void attribute_close(attribute_kept *k)
{
    mera_plan_close(k->plan);
    mera_project_close(k->project);
    mera_arena_free(k->arena);
}

static mera_code attribute_open(attribute_work *w, const mera_value *tree, mera_diags *diags,
                                attribute_kept *k)
{
    const mera_attribute_ask *ask = w->ask;
    const char *path = w->c->side[ask->from].result->methodology->path;
    mera_dataset *fresh = NULL;
    MERA_TRY(mera_project_open_tree(ask->engine, tree, path, diags, &k->project));
    const mera_result *alike = attribute_alike(w, mera_project_methodology(k->project));
    if (alike == NULL) {
        MERA_TRY(
            mera_project_read(k->project, ask->file, ask->n_files, k->arena, diags, &fresh, NULL));
    }
    MERA_TRY(mera_plan_open(k->project, alike != NULL ? alike->data : fresh, diags, &k->plan));
    MERA_TRY(mera_plan_score_after(k->plan, alike, k->arena, diags, &k->result));
    w->out->n_scored++;
    w->out->n_shared += k->result->shared;
    return MERA_OK;
}

static mera_code attribute_score(attribute_work *w, const uint8_t *made, mera_diags *diags,
                                 attribute_set *out)
{
    attribute_kept k = {.arena = mera_arena_new()};
    const mera_value *tree;
    size_t node, period;
    MERA_TRY_PTR(k.arena);
    MERA_TRY(mera_blend_make(&w->blend, made, w->arena, &tree));
    mera_code code = attribute_open(w, tree, diags, &k);
    code = code == MERA_OK ? attribute_place(w, k.result, &node, &period) : code;
    code = code == MERA_OK ? attribute_take(w, k.result, node, period, out) : code;
    if (code == MERA_OK && !k.result->shared && w->n_kept < ATTRIBUTE_KEPT) {
        w->kept[w->n_kept++] = k;
    } else {
        attribute_close(&k);
    }
    return code;
}

/** Says why a set of some of the changes cannot be scored. */
static mera_code attribute_refused(attribute_work *w, const mera_diags *diags)
{
    const char *reason = "";
    for (size_t i = mera_diags_size(diags); i-- > 0;) {
        const mera_diag *problem = mera_diags_get(diags, i);
        reason = problem->severity == MERA_ERROR ? problem->message : reason;
    }
    w->out->why_not =
        mera_arena_printf(w->arena, "some changes cannot be made without others: %s", reason);
    return w->out->why_not != NULL ? MERA_EINPUT : MERA_ENOMEM;
}

static mera_code attribute_room(attribute_work *w)
{
    attribute_set *set = mera_grown(w->arena, w->set, &w->room, w->n_sets + 1, sizeof *set);
    MERA_TRY_PTR(set);
    w->set = set;
    return MERA_OK;
}

/** Before a run, unless it was stopped. */
static mera_code attribute_go_on(attribute_work *w)
{
    const mera_attribute_ask *ask = w->ask;
    mera_attribution *out = w->out;
    if (ask->progress == NULL || ask->progress(ask->context, out->n_runs, out->n_runs_asked)) {
        return MERA_OK;
    }
    out->stopped = true;
    out->why_not = mera_arena_printf(w->arena, "stopped after %zu of %zu runs", out->n_runs,
                                     out->n_runs_asked);
    return out->why_not != NULL ? MERA_EINPUT : MERA_ENOMEM;
}

mera_code mera_attribute_set_of(attribute_work *w, const uint8_t *made, size_t *out)
{
    char bits[MERA_ATTRIBUTE_MOST];
    const size_t n = w->blend.n;
    bool added;
    MERA_TRY(attribute_room(w));
    for (size_t i = 0; i < n; i++) {
        bits[i] = made[i] ? '1' : '0';
    }
    MERA_TRY(mera_map_put(w->known, bits, n, w->n_sets, out, &added));
    if (!added) {
        w->out->n_runs += *out > 1; /* the sides are no runs */
        return MERA_OK;
    }
    MERA_TRY(attribute_go_on(w));
    mera_diags *diags = mera_diags_new(w->arena);
    MERA_TRY_PTR(diags);
    *out = w->n_sets;
    w->out->n_runs++;
    const mera_code code = attribute_score(w, made, diags, &w->set[w->n_sets]);
    w->n_sets++;
    return code == MERA_EINPUT || code == MERA_EUSAGE ? attribute_refused(w, diags) : code;
}

/** Which units both sides rank. */
static mera_code attribute_ranked(attribute_work *w)
{
    const size_t n = w->c->n_units;
    MERA_TRY_NEW(w->ranked, w->arena, n);
    for (size_t u = 0; u < n; u++) {
        const double *rank = w->c->unit[u].rank;
        w->ranked[u] = isnan(rank[w->ask->from]) || isnan(rank[w->ask->to]) ? NAN : 1;
    }
    return mera_compare_common_new(n, w->arena, &w->common);
}

mera_code mera_attribute_ends(attribute_work *w)
{
    const size_t side[2] = {w->ask->from, w->ask->to};
    char bits[MERA_ATTRIBUTE_MOST];
    MERA_TRY(mera_map_new(w->arena, 64, &w->known));
    MERA_TRY(attribute_ranked(w));
    for (size_t k = 0; k < 2; k++) {
        const mera_compare_side *s = &w->c->side[side[k]];
        size_t found;
        bool added;
        memset(bits, k == 0 ? '0' : '1', sizeof bits);
        MERA_TRY(attribute_room(w));
        MERA_TRY(mera_map_put(w->known, bits, w->blend.n, w->n_sets, &found, &added));
        MERA_TRY(attribute_take(w, s->result, s->node, s->period, &w->set[w->n_sets++]));
        if (s->result->indicator != NULL) { /* a recorded one has places alone */
            w->kept[w->n_kept++] = (attribute_kept){.result = s->result};
        }
    }
    return MERA_OK;
}

void mera_attribute_close(attribute_work *w)
{
    for (size_t i = 0; i < w->n_kept; i++) {
        if (w->kept[i].project != NULL) {
            attribute_close(&w->kept[i]);
        }
    }
}
