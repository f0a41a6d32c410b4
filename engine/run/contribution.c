/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What each child of a node adds to one unit's score against the mean of all units:
 *
 *     weighted sums and means   c_j = s_j (z_j - mean z_j)             sums to y - y(means)
 *     geometric means           c_j = s_j (ln z_j - ln mean z_j)       sums to ln y - ln y(means)
 *     others                    Shapley value over the children, the mean standing in for those
 *                               that are left out                      sums to y - y(means)
 *
 * `s` are the shares in force at the unit. Rounding of the node is left out of the split.
 *
 * source  Shapley, A value for n-person games (1953)
 */
#include "base/math.h"
#include "base/text.h"
#include "run/trace.h"

enum { SHAPLEY_MAX = 12 };

static void contribution_linear(mera_trace_node *node, mera_trace_child *child)
{
    node->split = MERA_SPLIT_LINEAR;
    node->baseline = 0;
    for (size_t j = 0; j < node->n_children; j++) {
        if (!isnan(child[j].used)) {
            const double mean = isnan(child[j].mean) ? child[j].used : child[j].mean;

            child[j].contribution = child[j].share * (child[j].used - mean);
            node->baseline += child[j].share * mean;
        }
    }
}

static void contribution_log(mera_trace_node *node, mera_trace_child *child)
{
    double sum = 0;

    for (size_t j = 0; j < node->n_children; j++) {
        if (child[j].share > 0 && !(child[j].used > 0 && child[j].mean > 0)) {
            return;
        }
    }
    for (size_t j = 0; j < node->n_children; j++) {
        if (child[j].share > 0) {
            const double mean = mera_log(child[j].mean);

            child[j].contribution = child[j].share * (mera_log(child[j].used) - mean);
            sum += child[j].share * mean;
        }
    }
    node->split = MERA_SPLIT_LOG;
    node->baseline = mera_exp(sum);
}

/* ---- Shapley ---- */

/** Players are the children that have a value and a mean; the others stand as they are. */
typedef struct shapley_game {
    size_t player[SHAPLEY_MAX]; /**< child numbers */
    size_t n;
    size_t n_rows;       /**< coalitions: bit p of a row says that player p shows its own value */
    const double *value; /**< the aggregate of each coalition */
} shapley_game;

/** One column per child of the node, one row per coalition. */
static mera_code shapley_table(const run_trace *t, const mera_trace_node *node,
                               const shapley_game *game, size_t *child, double *w, run_table *table)
{
    const double *weight = t->result->node[node->node].weight;

    MERA_TRY_NEW(table->x, t->arena, node->n_children);
    table->n = game->n_rows;
    for (size_t j = 0; j < node->n_children; j++) {
        double *x = mera_arena_alloc(t->arena, game->n_rows, sizeof *x);

        MERA_TRY_PTR(x);
        for (size_t row = 0; row < game->n_rows; row++) {
            x[row] = node->child[j].value;
            for (size_t p = 0; p < game->n; p++) {
                if (game->player[p] == j && (row >> p & 1) == 0) {
                    x[row] = node->child[j].mean;
                }
            }
        }
        child[table->k] = j;
        w[table->k] = weight[j];
        table->x[table->k++] = x;
        table->total += weight[j];
    }
    if (!mera_run_divides_weights(t->plan->node[node->node].node)) {
        table->total = 1;
    }
    table->w = w;
    return MERA_OK;
}

/** The aggregate of each coalition; *ok is false when one of them has none. */
static mera_code shapley_play(const run_trace *t, const mera_trace_node *node, shapley_game *game,
                              bool *ok)
{
    run_node bound = t->plan->node[node->node];
    mera_node def = *bound.node;
    mera_op_ctx ctx = {.at = def.at,
                       .arena = t->arena,
                       .subject = bound.subject,
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .seed = t->plan->methodology->seed};
    run_table table = {.n = 0};
    size_t *child;
    double *w, *y;
    mera_code rc;

    MERA_TRY_NEW(child, t->arena, node->n_children);
    MERA_TRY_NEW(w, t->arena, node->n_children);
    y = mera_arena_alloc(t->arena, game->n_rows, sizeof *y);
    MERA_TRY_PTR(y);
    MERA_TRY(shapley_table(t, node, game, child, w, &table));
    def.round.mode = MERA_ROUND_NONE;
    def.min_present = 0; /* the unit has a score: enough is present */
    bound.node = &def;
    rc = mera_run_aggregate(&bound, &table, child, NULL, &ctx, y);
    game->value = y;
    *ok = rc == MERA_OK && mera_run_count_missing(y, game->n_rows) == 0;
    return rc == MERA_ENOMEM ? rc : MERA_OK;
}

static double shapley_factorial(size_t n)
{
    double product = 1;

    for (size_t i = 2; i <= n; i++) {
        product *= (double)i;
    }
    return product;
}

/** Player p's value: what it adds to each coalition without it, averaged over orders of joining. */
static double shapley_value(const shapley_game *game, size_t p)
{
    double sum = 0;

    for (size_t row = 0; row < game->n_rows; row++) {
        size_t size = 0;

        if ((row >> p & 1) != 0) {
            continue;
        }
        for (size_t q = 0; q < game->n; q++) {
            size += row >> q & 1;
        }
        sum += shapley_factorial(size) * shapley_factorial(game->n - size - 1) /
               shapley_factorial(game->n) * (game->value[row | (size_t)1 << p] - game->value[row]);
    }
    return sum;
}

static mera_code contribution_shapley(const run_trace *t, mera_trace_node *node,
                                      mera_trace_child *child)
{
    shapley_game game = {.n = 0};
    bool ok;

    for (size_t j = 0; j < node->n_children; j++) {
        if (isnan(child[j].value) || isnan(child[j].mean)) {
            continue;
        }
        if (game.n == SHAPLEY_MAX) {
            return MERA_OK;
        }
        game.player[game.n++] = j;
    }
    game.n_rows = (size_t)1 << game.n;
    MERA_TRY(shapley_play(t, node, &game, &ok));
    if (!ok) {
        return MERA_OK;
    }
    node->split = MERA_SPLIT_SHAPLEY;
    node->baseline = game.value[0];
    for (size_t p = 0; p < game.n; p++) {
        child[game.player[p]].contribution = shapley_value(&game, p);
    }
    return MERA_OK;
}

mera_code mera_run_contributions(const run_trace *t, mera_trace_node *node, mera_trace_child *child)
{
    const char *name = node->op != NULL ? node->op->name : "";

    node->split = MERA_SPLIT_NONE;
    node->baseline = NAN;
    if (isnan(node->aggregate) ||
        (node->op != NULL && (node->op->flags & MERA_OP_POPULATION) != 0)) {
        return MERA_OK; /* a unit compared with others has no score from its own children alone */
    }
    if (mera_streq(name, "aggregate.arithmetic") || mera_streq(name, "aggregate.sum")) {
        contribution_linear(node, child);
        return MERA_OK;
    }
    if (mera_streq(name, "aggregate.geometric")) {
        contribution_log(node, child);
        return MERA_OK;
    }
    return contribution_shapley(t, node, child);
}
