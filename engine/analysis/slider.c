/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A result with some weights changed: indicators stay as they are, the framework is scored again
 * once, and draws begin from there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "mera/again.h"
#include "mera/slider.h"

struct mera_slider {
    mera_arena *arena, *scratch;
    mera_plan *plan;
    const mera_result *result;
    mera_robust_ask ask;
    mera_again *again;
    mera_methodology methodology; /* without factors */
};

static mera_code slider_setup(mera_slider *s)
{
    s->arena = mera_arena_new();
    s->scratch = mera_arena_new();
    MERA_TRY_PTR(s->arena);
    MERA_TRY_PTR(s->scratch);
    s->methodology = *s->result->methodology;
    s->methodology.uncertainty.n_factors = 0;
    s->ask.kept = NULL;
    return mera_again_open(s->plan, s->result, s->ask.period, s->arena, &s->again);
}

mera_code mera_slider_open(mera_plan *plan, const mera_result *result, const mera_robust_ask *ask,
                           mera_slider **out)
{
    if (ask->node >= result->methodology->n_nodes || ask->period >= result->n_periods) {
        return MERA_EUSAGE;
    }
    mera_slider *s = calloc(1, sizeof *s);
    MERA_TRY_PTR(s);
    s->plan = plan;
    s->result = result;
    s->ask = *ask;
    const mera_code code = slider_setup(s);
    if (code != MERA_OK) {
        mera_slider_close(s);
        return code;
    }
    *out = s;
    return MERA_OK;
}

void mera_slider_close(mera_slider *s)
{
    if (s != NULL) {
        mera_arena_free(s->arena);
        mera_arena_free(s->scratch);
        free(s);
    }
}

/* ---- weights ---- */

static mera_code slider_check(const mera_slider *s, const mera_slider_weight *w, mera_diags *diags)
{
    const mera_methodology *m = s->result->methodology;
    if (w->node >= m->n_nodes || w->child >= m->node[w->node].n_children) {
        return MERA_EUSAGE;
    }
    const mera_node *node = &m->node[w->node];
    if (!(w->weight >= 0 && w->weight < INFINITY)) {
        return mera_fail(diags, MERA_EINPUT, "bad-weight", node->child[w->child].at,
                         "the weight is to become %g; a weight is 0 or more", w->weight);
    }
    if (node->weigh.op != NULL) {
        const mera_code code =
            mera_fail(diags, MERA_EINPUT, "made-weight", node->at,
                      "the weights of '%s' are made by %s and cannot be moved one by one", node->id,
                      node->weigh.op->name);
        mera_hint(diags, "write the weights: framework.%s.weights: given", node->id);
        return code;
    }
    return MERA_OK;
}

/* What weight 1 as written is in force: the sum of shares goes by the sum of what is written. */
static double slider_unit(const mera_node *node, const double *force)
{
    double written = 0, sum = 0;
    for (size_t c = 0; c < node->n_children; c++) {
        written += force[c] > 0 ? node->child[c].weight : 0;
        sum += force[c] > 0 ? force[c] : 0;
    }
    return written > 0 ? sum / written : 1;
}

/* The weights of a node in force: their sum stays, unless they are used as given. */
static mera_code slider_node(const mera_node *node, double *w, const double *force,
                             mera_diags *diags)
{
    double before = 0, after = 0;
    for (size_t c = 0; c < node->n_children; c++) {
        before += force[c];
        after += w[c];
    }
    if (!(after > 0)) {
        return mera_fail(diags, MERA_EINPUT, "no-weight", node->at,
                         "no child of '%s' keeps a weight", node->id);
    }
    for (size_t c = 0; c < node->n_children && !node->weights_as_given; c++) {
        w[c] *= before / after;
    }
    return MERA_OK;
}

static mera_code slider_weights(const mera_slider *s, const mera_slider_weight *move, size_t n,
                                mera_arena *arena, mera_diags *diags, const double **weight)
{
    const mera_methodology *m = s->result->methodology;
    double **own;
    MERA_TRY_NEW(own, arena, m->n_nodes);
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(slider_check(s, &move[i], diags));
        const size_t k = move[i].node;
        const double *force = s->result->node[k].weight;
        if (own[k] == NULL) {
            MERA_TRY_NEW(own[k], arena, m->node[k].n_children);
            memcpy(own[k], force, m->node[k].n_children * sizeof *force);
        }
        own[k][move[i].child] = move[i].weight * slider_unit(&m->node[k], force);
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        if (own[k] != NULL) {
            MERA_TRY(slider_node(&m->node[k], own[k], s->result->node[k].weight, diags));
        }
        weight[k] = own[k] != NULL ? own[k] : s->result->node[k].weight;
    }
    return MERA_OK;
}

/* ---- answers ---- */

/* All periods have room; only the asked one is filled. */
static mera_code slider_scores(const mera_slider *s, const double *from, mera_arena *arena,
                               const double **out)
{
    const size_t n = s->result->n_units;
    double *score;
    MERA_TRY_NEW(score, arena, n * s->result->n_periods);
    memcpy(score + s->ask.period * n, from, n * sizeof *score);
    *out = score;
    return MERA_OK;
}

static mera_code slider_result(const mera_slider *s, const double *const *weight, mera_arena *arena,
                               mera_diags *diags, mera_result *out)
{
    const size_t n_nodes = s->methodology.n_nodes;
    const mera_again_room room = {.arena = arena, .scratch = s->scratch};
    const mera_again_change change = {.weight = weight};
    mera_again_scores made;
    mera_node_result *node;
    MERA_TRY_NEW(node, arena, n_nodes);
    MERA_TRY(mera_again_score(s->again, &change, &room, diags, &made));
    for (size_t k = 0; k < n_nodes; k++) {
        node[k] = s->result->node[k];
        node[k].weight = weight[k];
        MERA_TRY(slider_scores(s, made.score[k], arena, &node[k].score));
        node[k].aggregate = node[k].score; /* passed up as it is, or the score itself */
    }
    *out = *s->result;
    out->methodology = &s->methodology;
    out->node = node;
    return MERA_OK;
}

mera_code mera_slider_at(mera_slider *s, const mera_slider_weight *move, size_t n,
                         mera_arena *arena, mera_diags *diags, mera_robust *out)
{
    const double **weight;
    mera_result *result;
    MERA_TRY_NEW(weight, arena, s->methodology.n_nodes);
    MERA_TRY_NEW(result, arena, 1);
    MERA_TRY(slider_weights(s, move, n, arena, diags, weight));
    MERA_TRY(slider_result(s, weight, arena, diags, result));
    return mera_robust_of(s->plan, result, &s->ask, arena, diags, out);
}
