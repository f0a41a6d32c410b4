/* SPDX-License-Identifier: Apache-2.0 */
/** @file Binds a tree of means to a table, once, before any draw. */
#include "draws/scores.h"

#include <string.h>

#include "base/math.h"

static mera_code scorer_refuse(const mera_draws_ask *ask, size_t j, size_t i, mera_diags *diags,
                               mera_at at)
{
    const char *name = ask->column_name != NULL ? ask->column_name[j] : NULL;
    if (name != NULL) {
        return mera_fail(diags, MERA_EINPUT, "value", at,
                         "column '%s' is %g at unit %zu; its mean has no answer for that", name,
                         ask->z[j][i], i + 1);
    }
    return mera_fail(diags, MERA_EINPUT, "value", at,
                     "column %zu is %g at unit %zu; its mean has no answer for that", j + 1,
                     ask->z[j][i], i + 1);
}

static bool scorer_node_good(const mera_draws_ask *ask, size_t v, bool *has_parent)
{
    const mera_weight_node *node = &ask->node[v];
    for (size_t c = 0; c < node->n; c++) {
        const mera_weight_part *part = &node->part[c];
        if (part->is_node ? part->index <= v || part->index >= ask->n_nodes
                          : part->index >= ask->k) {
            return false;
        }
        if (part->is_node) {
            has_parent[part->index] = true;
        }
    }
    return node->n > 0 && fabs(node->power) < INFINITY && (v == 0 || has_parent[v]);
}

static mera_code scorer_tree(const mera_draws_ask *ask, mera_arena *arena, mera_diags *diags,
                             mera_scorer *s)
{
    bool *has_parent;
    MERA_TRY_NEW(has_parent, arena, ask->n_nodes);
    MERA_TRY_NEW(s->sampler, arena, ask->n_nodes);
    for (size_t v = 0; v < ask->n_nodes; v++) {
        const mera_weight_node *node = &ask->node[v];
        double *weight;
        if (!scorer_node_good(ask, v, has_parent)) {
            return mera_fail(diags, MERA_EUSAGE, "tree", node->law.at,
                             "node %zu of the tree of weights is without parent or children, or a "
                             "child does not exist or stands before it",
                             v);
        }
        MERA_TRY_NEW(weight, arena, node->n);
        for (size_t c = 0; c < node->n; c++) {
            weight[c] = node->part[c].weight;
        }
        MERA_TRY(mera_sampler_make(&node->law, weight, node->n, (uint32_t)v, arena, diags,
                                   &s->sampler[v]));
    }
    return MERA_OK;
}

static double scorer_inverse(double power, double x)
{
    return power == 1 ? x : power == 0 ? mera_exp(x) : mera_pow(x, 1 / power);
}

/* Has the mean no answer for a value? Written for long loops over columns. */
static bool scorer_bad(double power, double x)
{
    if (power == 1) {
        return isinf(x);
    }
    if (power == 0) {
        return !((x > 0) & (x < INFINITY)) & !isnan(x);
    }
    const double t = mera_scorer_transform(power, x);
    return isinf(x) || isinf(t) || isnan(t) != isnan(x);
}

/* Looks at a column under a mean; a unit's values are counted when they are seen first. */
static mera_code scorer_look(const mera_draws_ask *ask, const mera_weight_node *node, size_t j,
                             mera_diags *diags, uint32_t *missing, mera_scorer *s)
{
    const double *z = ask->z[j], power = node->power;
    size_t bad = 0, gaps = 0, i = 0;
    if (s->whole[j] != 0 && s->used[j] == 0) { /* it is known from a scorer like this one */
        s->used[j] = 1;
        return MERA_OK;
    }
    for (size_t u = 0; u < ask->n; u++) {
        bad += scorer_bad(power, z[u]);
        gaps += isnan(z[u]);
    }
    for (size_t u = 0; u < ask->n && gaps > 0 && s->used[j] == 0; u++) {
        missing[u] += isnan(z[u]);
    }
    s->used[j] = 1;
    s->whole[j] = bad == 0 && gaps == 0;
    while (bad > 0 && !scorer_bad(power, z[i])) {
        i++;
    }
    return bad > 0 ? scorer_refuse(ask, j, i, diags, node->law.at) : MERA_OK;
}

/* Which units have any value, and which have all those the tree asks for. */
static mera_code scorer_units(const mera_draws_ask *ask, bool product, mera_arena *arena,
                              mera_diags *diags, mera_scorer *s)
{
    uint32_t *missing;
    size_t all = 0;
    MERA_TRY_NEW(missing, arena, ask->n);
    MERA_TRY_NEW(s->unit, arena, ask->n);
    for (size_t v = 0; v < ask->n_nodes; v++) {
        const mera_weight_node *node = &ask->node[v];
        for (size_t c = 0; c < node->n; c++) {
            const mera_weight_part *part = &node->part[c];
            MERA_TRY(part->is_node ? MERA_OK
                                   : scorer_look(ask, node, part->index, diags, missing, s));
        }
    }
    for (size_t j = 0; j < ask->k; j++) {
        all += s->used[j];
    }
    for (int complete = 1; complete >= 0; complete--) {
        for (size_t i = 0; i < ask->n; i++) {
            const bool served = product && missing[i] == 0;
            if (missing[i] < all && served == (complete != 0)) {
                s->unit[s->n++] = i;
            }
        }
        s->n_complete = complete ? s->n : s->n_complete;
    }
    s->n_panels = (s->n_complete + MERA_PANEL - 1) / MERA_PANEL;
    return MERA_OK;
}

/* Values of units that are evaluated node by node: a column may stand under several means. */
static mera_code scorer_values(const mera_draws_ask *ask, mera_arena *arena, mera_scorer *s)
{
    MERA_TRY_NEW(s->z, arena, (s->n - s->n_complete) * s->k);
    for (size_t i = s->n_complete; i < s->n; i++) {
        for (size_t j = 0; j < s->k; j++) {
            s->z[(i - s->n_complete) * s->k + j] = ask->z[j][s->unit[i]];
        }
    }
    return MERA_OK;
}

/* Is the tree one product? A mean of means of one power is a mean of the columns by it. */
static bool scorer_linear(const mera_weight_node *node, size_t n_nodes)
{
    bool linear = true;
    for (size_t v = 0; v < n_nodes; v++) {
        linear =
            linear && node[v].power == node[0].power && node[v].rounding.mode == MERA_ROUND_NONE;
    }
    return linear;
}

/* Columns that are those of another scorer of products of the same power. */
static mera_code scorer_columns(const mera_scorer *like, mera_arena *arena, mera_scorer *s)
{
    MERA_TRY_NEW(s->used, arena, s->k);
    MERA_TRY_NEW(s->whole, arena, s->k);
    MERA_TRY_NEW(s->added, arena, s->k);
    if (like == NULL || !scorer_linear(like->node, like->n_nodes) ||
        !scorer_linear(s->node, s->n_nodes) || like->node[0].power != s->node[0].power) {
        return MERA_OK;
    }
    for (size_t j = 0; j < s->k && j < like->k; j++) {
        if (s->column[j] == like->column[j]) {
            s->whole[j] = like->used[j] != 0 && like->whole[j] != 0;
            s->added[j] = like->added[j];
        }
    }
    return MERA_OK;
}

mera_code mera_scorer_make(const mera_draws_ask *ask, mera_arena *arena, mera_diags *diags,
                           mera_scorer *out)
{
    return mera_scorer_make_like(ask, NULL, arena, diags, out);
}

mera_code mera_scorer_make_like(const mera_draws_ask *ask, const mera_scorer *like,
                                mera_arena *arena, mera_diags *diags, mera_scorer *out)
{
    const bool linear = scorer_linear(ask->node, ask->n_nodes);
    *out = (mera_scorer){
        .rows = ask->n, .k = ask->k, .column = ask->z, .node = ask->node, .n_nodes = ask->n_nodes};
    MERA_TRY(scorer_tree(ask, arena, diags, out));
    MERA_TRY(scorer_columns(like, arena, out));
    MERA_TRY(scorer_units(ask, linear, arena, diags, out));
    MERA_TRY(scorer_values(ask, arena, out));
    out->single = ask->n_nodes == 1 && ask->node[0].n == ask->k;
    for (size_t c = 0; out->single && c < ask->k; c++) {
        out->single = ask->node[0].part[c].index == c;
    }
    /* the root's sum is compared as it is, without the inverse, which falls below power 0 */
    const bool falls = ask->node[0].power < 0 && ask->node[0].rounding.mode == MERA_ROUND_NONE;
    out->ascending = ask->lower_is_better != falls;
    return MERA_OK;
}

double mera_scorer_value(const mera_scorer *s, double y)
{
    const mera_weight_node *root = &s->node[0];
    return root->rounding.mode == MERA_ROUND_NONE ? scorer_inverse(root->power, y) : y;
}

mera_code mera_scorer_space_new(const mera_scorer *s, mera_arena *arena, mera_scorer_space *out)
{
    MERA_TRY_NEW(out->walk, arena, s->n_nodes);
    MERA_TRY_NEW(out->share, arena, s->n_nodes);
    MERA_TRY_NEW(out->factor, arena, s->n_nodes * MERA_TILE);
    MERA_TRY_NEW(out->value, arena, s->n_nodes * MERA_TILE);
    MERA_TRY_NEW(out->present, arena, s->n_nodes);
    for (size_t v = 0; v < s->n_nodes; v++) {
        MERA_TRY_NEW(out->share[v], arena, s->node[v].n * MERA_TILE);
        MERA_TRY(mera_walk_new(s->node[v].n, arena, &out->walk[v]));
    }
    return MERA_OK;
}

/* Weights go down the tree: a node's own times its children's shares. */
void mera_scorer_down(const mera_scorer *s, mera_scorer_space *space, double *w)
{
    memset(space->factor, 0, s->n_nodes * MERA_TILE * sizeof *space->factor);
    memset(w, 0, s->k * MERA_TILE * sizeof *w);
    for (size_t l = 0; l < MERA_TILE; l++) {
        space->factor[l] = 1;
    }
    for (size_t v = 0; v < s->n_nodes; v++) {
        const double *own = space->factor + v * MERA_TILE;
        for (size_t c = 0; c < s->node[v].n; c++) {
            const mera_weight_part *part = &s->node[v].part[c];
            const double *share = space->share[v] + c * MERA_TILE;
            double *to = (part->is_node ? space->factor : w) + part->index * MERA_TILE;
            for (size_t l = 0; l < MERA_TILE; l++) {
                to[l] += own[l] * share[l];
            }
        }
    }
}

void mera_scorer_weights(const mera_scorer *s, const mera_kernels *kernels, uint64_t seed,
                         uint64_t first, mera_scorer_space *space, double *w)
{
    if (s->single) {
        mera_sampler_tile(&s->sampler[0], kernels, seed, first, &space->walk[0], w);
        if (s->n_complete < s->n) {
            memcpy(space->share[0], w, s->k * MERA_TILE * sizeof *w);
        }
        return;
    }
    for (size_t v = 0; v < s->n_nodes; v++) {
        mera_sampler_tile(&s->sampler[v], kernels, seed, first, &space->walk[v], space->share[v]);
    }
    mera_scorer_down(s, space, w);
}

/* Value of a child as its parent adds it up; false = missing. */
static bool scorer_child(const mera_scorer *s, const mera_scorer_space *space, size_t i,
                         const mera_weight_part *part, double power, double *x)
{
    if (part->is_node) {
        for (size_t l = 0; l < MERA_TILE; l++) {
            x[l] = mera_scorer_transform(power, space->value[part->index * MERA_TILE + l]);
        }
        return space->present[part->index] != 0;
    }
    const double z = mera_scorer_transform(power, s->z[(i - s->n_complete) * s->k + part->index]);
    for (size_t l = 0; l < MERA_TILE; l++) {
        x[l] = z;
    }
    return !isnan(z);
}

/* A part of no share counts for nothing, even where it has no value: it may be left out. */
static void scorer_add(const double *share, const double *x, double *sum, double *weight,
                       double *gap)
{
    for (size_t l = 0; l < MERA_TILE; l++) {
        const bool there = share[l] != 0 && !isnan(x[l]);
        sum[l] += there ? share[l] * x[l] : 0;
        weight[l] += there ? share[l] : 0;
        gap[l] += there || share[l] == 0 ? 0 : 1;
    }
}

static void scorer_node(const mera_scorer *s, mera_scorer_space *space, size_t i, size_t v)
{
    const mera_weight_node *node = &s->node[v];
    double x[MERA_TILE], sum[MERA_TILE] = {0}, weight[MERA_TILE] = {0}, gap[MERA_TILE] = {0};
    size_t present = 0;
    for (size_t c = 0; c < node->n; c++) {
        if (scorer_child(s, space, i, &node->part[c], node->power, x)) {
            scorer_add(space->share[v] + c * MERA_TILE, x, sum, weight, gap);
            present++;
        }
    }
    space->present[v] = present > 0;
    double *y = space->value + v * MERA_TILE;
    const bool raw = v == 0 && node->rounding.mode == MERA_ROUND_NONE;
    for (size_t l = 0; l < MERA_TILE; l++) {
        const bool whole = present == node->n && gap[l] == 0 && weight[l] > 0;
        y[l] = whole ? sum[l] : weight[l] > 0 ? sum[l] / weight[l] : NAN;
        y[l] = raw ? y[l] : mera_round(scorer_inverse(node->power, y[l]), node->rounding);
    }
}

void mera_scorer_rest(const mera_scorer *s, mera_scorer_space *space, double *y)
{
    for (size_t i = s->n_complete; i < s->n; i++) {
        for (size_t v = s->n_nodes; v-- > 0;) {
            scorer_node(s, space, i, v);
        }
        memcpy(y + i * MERA_TILE, space->value, MERA_TILE * sizeof *y);
    }
}
