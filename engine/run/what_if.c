/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What-if for one cell: the chain of one indicator for one value, with the fits the unit falls
 * under, then the nodes above it. Where a node compares units, all of them are scored again from it
 * upwards; else one row is enough.
 */
#include "run/what_if.h"

#include "base/math.h"
#include "mera/again.h"
#include "run/parts.h"
#include "run/stages.h"
#include "run/trace.h"

#include <string.h>

struct mera_what_if {
    run_trace t;
    run_parts *parts; /**< of each node */
};

mera_code mera_what_if_new(mera_plan *plan, const mera_result *result, size_t unit, size_t period,
                           mera_arena *arena, mera_what_if **out)
{
    mera_what_if *w;

    MERA_TRY_NEW(w, arena, 1);
    MERA_TRY_NEW(w->parts, arena, result->methodology->n_nodes);
    w->t = (run_trace){.plan = plan,
                       .result = result,
                       .unit = unit,
                       .period = period,
                       .cell = period * result->n_units + unit,
                       .arena = arena};
    for (size_t k = 0; k < result->methodology->n_nodes; k++) {
        MERA_TRY(mera_run_parts_of(result, k, arena, &w->parts[k]));
    }
    *out = w;
    return MERA_OK;
}

void mera_what_if_move(mera_what_if *w, size_t unit)
{
    w->t.unit = unit;
    w->t.cell = w->t.period * w->t.result->n_units + unit;
}

/* ---- one indicator ---- */

/** The column of a COLUMN parameter at the unit. */
static const double *what_if_input(const run_trace *t, const run_source *source)
{
    const size_t n = t->plan->n_units;

    if (source->column != NULL) {
        return source->column->value + t->plan->work_period[t->period] * n + t->unit;
    }
    return source->indicator == SIZE_MAX
               ? NULL
               : t->result->indicator[source->indicator].stage[MERA_STAGE_RAW] + t->cell;
}

/** Applies one operation to one value. */
static mera_code what_if_apply(const run_trace *t, const run_use *use, size_t indicator,
                               size_t node, mera_op_ctx *ctx, double *value)
{
    const mera_op *op = use->use->op;
    const mera_fit_record *fit =
        op->fit == NULL ? NULL : mera_run_trace_fit(t, use, indicator, node);
    const double **input;
    double y = NAN;

    MERA_TRY_NEW(input, t->arena, use->inputs.n);
    for (size_t c = 0; c < use->inputs.n; c++) {
        input[c] = what_if_input(t, &use->inputs.v[c]);
    }
    ctx->at = use->use->at;
    ctx->input = input;
    ctx->n_inputs = use->inputs.n;
    if ((op->fit == NULL || fit != NULL) &&
        op->apply(op, use->use->params, ctx, fit != NULL ? &fit->fitted : NULL, value, 1, &y) !=
            MERA_OK) {
        y = NAN; /* no answer for this value: it is not looked for there */
    }
    *value = use->use->round.mode != MERA_ROUND_NONE ? mera_round(y, use->use->round) : y;
    return MERA_OK;
}

/** Directs the treated value as normalise.c does, before the first normaliser. */
static void what_if_direct(const run_indicator *ind, mera_op_ctx *ctx, double *value)
{
    const mera_indicator *def = ind->indicator;
    const bool undirected =
        ind->normalise.n > 0 && (ind->normalise.v[0].use->op->flags & MERA_OP_UNDIRECTED) != 0;

    if (def->direction == MERA_HIGHER || (undirected && def->direction == MERA_LOWER)) {
        return;
    }
    mera_directed_values(def, value, 1, value);
    mera_run_direct_goalposts(def, ctx->goalpost);
    ctx->direction = undirected ? MERA_HIGHER : ctx->direction;
}

mera_code mera_what_if_points(const mera_what_if *w, size_t indicator, double value, double *points)
{
    const run_trace *t = &w->t;
    const run_indicator *ind = &t->plan->indicator[indicator];
    const mera_indicator *def = ind->indicator;
    const mera_arena_mark mark = mera_arena_mark_now(t->arena);
    mera_op_ctx ctx = {.arena = t->arena,
                       .subject = ind->subject,
                       .direction = def->direction,
                       .goalpost = {def->goalpost[0], def->goalpost[1]},
                       .seed = t->plan->methodology->seed};

    for (size_t u = 0; u < ind->treat.n; u++) {
        MERA_TRY(what_if_apply(t, &ind->treat.v[u], indicator, SIZE_MAX, &ctx, &value));
    }
    what_if_direct(ind, &ctx, &value);
    for (size_t u = 0; u < ind->normalise.n; u++) {
        MERA_TRY(what_if_apply(t, &ind->normalise.v[u], indicator, SIZE_MAX, &ctx, &value));
        if (u == 0) { /* what follows gets directed values */
            ctx.direction = MERA_HIGHER;
            ctx.goalpost[0] = def->goalpost[0];
            ctx.goalpost[1] = def->goalpost[1];
            mera_run_direct_goalposts(def, ctx.goalpost);
        }
    }
    mera_arena_rewind(t->arena, mark);
    *points = fabs(value) <= 1.7976931348623157e308 ? value : NAN;
    return MERA_OK;
}

/* ---- the nodes above ---- */

/** Scores being made: of each node a column of `rows`, NULL where nothing changes. */
typedef struct what_if_tree {
    const mera_what_if *w;
    size_t indicator;
    double *points;     /**< the indicator's column */
    size_t rows, first; /**< units looked at, and the first of them */
    double **aggregate, **score;
} what_if_tree;

static const double *what_if_child(const what_if_tree *tree, const mera_child *child)
{
    const run_trace *t = &tree->w->t;
    const double *made = NULL;

    if (child->is_indicator) {
        made = child->index == tree->indicator ? tree->points : NULL;
    } else {
        made = t->plan->methodology->node[child->index].pass_aggregate
                   ? tree->aggregate[child->index]
                   : tree->score[child->index];
    }
    return made != NULL
               ? made
               : mera_run_passed(t->result, child) + t->period * t->plan->n_units + tree->first;
}

static bool what_if_touched(const what_if_tree *tree, size_t node)
{
    const mera_node *def = &tree->w->t.plan->methodology->node[node];

    for (size_t j = 0; j < def->n_children; j++) {
        const mera_child *child = &def->child[j];

        if (child->is_indicator ? child->index == tree->indicator
                                : tree->score[child->index] != NULL) {
            return true;
        }
    }
    return false;
}

/** Operations over the node's own aggregate, unit by unit: each falls under a fit of its own. */
static mera_code what_if_then(const what_if_tree *tree, size_t node)
{
    const run_uses *then = &tree->w->t.plan->node[node].then;
    run_trace t = tree->w->t;

    for (size_t i = 0; i < tree->rows; i++) {
        mera_op_ctx ctx = {.arena = t.arena,
                           .subject = t.plan->node[node].subject,
                           .direction = MERA_HIGHER,
                           .goalpost = {NAN, NAN},
                           .seed = t.plan->methodology->seed};
        double value = tree->aggregate[node][i];

        t.unit = tree->first + i;
        t.cell = t.period * t.plan->n_units + t.unit;
        for (size_t u = 0; u < then->n; u++) {
            MERA_TRY(what_if_apply(&t, &then->v[u], SIZE_MAX, node, &ctx, &value));
        }
        tree->score[node][i] = value;
    }
    return MERA_OK;
}

static mera_code what_if_node(const what_if_tree *tree, size_t node)
{
    const run_trace *t = &tree->w->t;
    const run_node *bound = &t->plan->node[node];
    const run_parts *parts = &tree->w->parts[node];
    run_table table = {.n = tree->rows, .k = parts->k, .w = parts->w, .total = parts->total};
    mera_op_ctx ctx = {.arena = t->arena,
                       .at = bound->node->at,
                       .subject = bound->subject,
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .child_name = parts->id,
                       .seed = t->plan->methodology->seed};
    double *y = mera_arena_alloc(t->arena, tree->rows, sizeof *y);
    mera_code rc;

    MERA_TRY_PTR(y);
    MERA_TRY_NEW(table.x, t->arena, parts->k);
    for (size_t c = 0; c < parts->k; c++) {
        table.x[c] = what_if_child(tree, &bound->node->child[parts->part[c]]);
    }
    rc = mera_run_aggregate(bound, &table, parts->part, t->plan->data->unit_name + tree->first,
                            &ctx, y);
    if (rc == MERA_ENOMEM) {
        return rc;
    }
    if (rc != MERA_OK) {
        (void)mera_run_fill(y, tree->rows, NAN);
    }
    tree->aggregate[node] = tree->score[node] = y;
    if (bound->then.n == 0) {
        return MERA_OK;
    }
    tree->score[node] = mera_arena_alloc(t->arena, tree->rows, sizeof *y);
    MERA_TRY_PTR(tree->score[node]);
    return what_if_then(tree, node);
}

/** Has some aggregator from the node down one of the flags? */
static bool what_if_any(const mera_what_if *w, size_t node, unsigned flags)
{
    const mera_methodology *m = w->t.plan->methodology;

    for (size_t k = node; k < m->n_nodes; k++) {
        if (m->node[k].aggregate.op != NULL && (m->node[k].aggregate.op->flags & flags) != 0) {
            return true;
        }
    }
    return false;
}

bool mera_what_if_is_costly(const mera_what_if *w, size_t node)
{
    return what_if_any(w, node, MERA_OP_COSTLY);
}

static mera_code what_if_open(const mera_what_if *w, size_t node, size_t indicator, double points,
                              what_if_tree *tree)
{
    const run_trace *t = &w->t;
    const size_t n_nodes = t->plan->methodology->n_nodes;
    const bool whole = what_if_any(w, node, MERA_OP_POPULATION);

    *tree = (what_if_tree){.w = w,
                           .indicator = indicator,
                           .rows = whole ? t->plan->n_units : 1,
                           .first = whole ? 0 : t->unit};
    MERA_TRY_NEW(tree->aggregate, t->arena, n_nodes);
    MERA_TRY_NEW(tree->score, t->arena, n_nodes);
    tree->points = mera_arena_alloc(t->arena, tree->rows, sizeof *tree->points);
    MERA_TRY_PTR(tree->points);
    memcpy(tree->points,
           t->result->indicator[indicator].stage[MERA_STAGE_NORMALISED] +
               t->period * t->plan->n_units + tree->first,
           tree->rows * sizeof *tree->points);
    tree->points[t->unit - tree->first] = points;
    return MERA_OK;
}

mera_code mera_what_if_score(const mera_what_if *w, size_t node, size_t indicator, double points,
                             size_t other, double *own, double *other_score)
{
    const run_trace *t = &w->t;
    const double *before = t->result->node[node].score + t->period * t->plan->n_units;
    const mera_arena_mark mark = mera_arena_mark_now(t->arena);
    what_if_tree tree;

    MERA_TRY(what_if_open(w, node, indicator, points, &tree));
    for (size_t k = t->plan->methodology->n_nodes; k-- > node;) { /* children before parents */
        if (what_if_touched(&tree, k)) {
            MERA_TRY(what_if_node(&tree, k));
        }
    }
    const double *after = tree.score[node];
    *own = after != NULL ? after[t->unit - tree.first] : before[t->unit];
    *other_score = after != NULL && tree.rows > 1 ? after[other] : before[other];
    mera_arena_rewind(t->arena, mark);
    return MERA_OK;
}
