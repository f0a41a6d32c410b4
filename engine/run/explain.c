/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The trace of one unit's score: the framework from a node down to its indicators, with the weights
 * that were in force for this unit (children that are missing give theirs to the others).
 */
#include "run/explain.h"

#include "base/math.h"
#include "base/text.h"
#include "run/parts.h"
#include "run/trace.h"
#include "run/words.h"

/** Which child of a node, at which weight in the traced root. */
static mera_code explain_node(const run_trace *t, size_t k, double index_share,
                              const mera_trace_node **out);

static double explain_mean(const run_trace *t, const double *x)
{
    const size_t n = t->plan->n_units;
    size_t present = 0;
    double sum = 0;

    for (size_t i = t->period * n; i < (t->period + 1) * n; i++) {
        present += !isnan(x[i]);
        sum += isnan(x[i]) ? 0 : x[i];
    }
    return present > 0 ? sum / (double)present : NAN;
}

/**
 * Shares in force at this unit. Weights in force are those of the result; where children are left
 * out they grow so that the sum stays, except under `missing: skip`.
 */
static void explain_shares(const mera_node *def, const double *weight, mera_trace_child *child)
{
    double all = 0, taking = 0;

    for (size_t j = 0; j < def->n_children; j++) {
        all += weight[j];
        taking += isnan(child[j].used) ? 0 : weight[j];
    }
    for (size_t j = 0; j < def->n_children; j++) {
        const bool in = !isnan(child[j].used) && taking > 0;
        const double grown =
            def->missing == MERA_MISSING_SKIP ? weight[j] : weight[j] * (all / taking);

        child[j].share = !in ? 0 : taking == all ? weight[j] : grown;
        child[j].points = in ? child[j].share * child[j].used : NAN;
    }
}

static void explain_child(const run_trace *t, const mera_node *def, size_t j,
                          mera_trace_child *child)
{
    const mera_methodology *m = t->result->methodology;
    const mera_child *from = &def->child[j];
    const double *x = mera_run_passed(t->result, from);

    child->id = mera_run_child_id(m, from);
    child->title =
        from->is_indicator ? m->indicator[from->index].title : m->node[from->index].title;
    child->value = x[t->cell];
    child->used = mera_run_counted(def, child->value);
    if (isnan(child->value) && def->missing == MERA_MISSING_SKIP) {
        child->used = NAN;
    }
    child->weight = from->weight;
    child->mean = explain_mean(t, x);
    child->contribution = child->points_added = NAN;
    child->at = from->at;
    child->origin = from->origin;
}

static mera_code explain_children(const run_trace *t, size_t k, double index_share,
                                  mera_trace_child *child)
{
    const mera_node *def = &t->result->methodology->node[k];
    const double *weight = t->result->node[k].weight;

    for (size_t j = 0; j < def->n_children; j++) {
        explain_child(t, def, j, &child[j]);
        child[j].weight = def->weigh.op != NULL ? weight[j] : child[j].weight;
    }
    explain_shares(def, weight, child);
    for (size_t j = 0; j < def->n_children; j++) {
        child[j].index_share = index_share * child[j].share;
        if (def->child[j].is_indicator) {
            MERA_TRY(mera_run_trace_indicator(t, def->child[j].index, &child[j].indicator));
        } else {
            MERA_TRY(explain_node(t, def->child[j].index, child[j].index_share, &child[j].node));
        }
    }
    return MERA_OK;
}

static void explain_standing(const run_trace *t, size_t k, mera_trace_node *node)
{
    const mera_node_result *result = &t->result->node[k];
    const size_t n = t->plan->n_units;

    node->node = k;
    node->aggregate = result->aggregate[t->cell];
    node->score = result->score[t->cell];
    node->rank = result->rank[t->cell];
    node->group_rank = result->group_rank != NULL ? result->group_rank[t->cell] : NAN;
    node->coverage = result->coverage[t->cell];
    node->n_ranked = n - mera_run_count_missing(result->rank + t->period * n, n);
    if (result->class_of != NULL && result->class_of[t->cell] >= 0) {
        node->class_label = result->class_label.v[result->class_of[t->cell]];
    }
}

static mera_code explain_node(const run_trace *t, size_t k, double index_share,
                              const mera_trace_node **out)
{
    const mera_node *def = &t->result->methodology->node[k];
    const run_node *bound = &t->plan->node[k];
    mera_trace_node *node;
    mera_trace_child *child;
    mera_trace_step *then;

    MERA_TRY_NEW(node, t->arena, 1);
    MERA_TRY_NEW(child, t->arena, def->n_children);
    MERA_TRY_NEW(then, t->arena, bound->then.n);
    explain_standing(t, k, node);
    node->op = def->aggregate.op;
    node->params = mera_run_node_words(def, t->arena);
    node->settings = mera_run_node_settings(def, true, t->arena);
    node->chosen = mera_run_node_settings(def, false, t->arena);
    node->missing = mera_run_missing_words(def, t->arena);
    MERA_TRY_PTR(node->params);
    MERA_TRY_PTR(node->settings);
    MERA_TRY_PTR(node->chosen);
    MERA_TRY_PTR(node->missing);
    MERA_TRY(explain_children(t, k, index_share, child));
    MERA_TRY(mera_run_trace_chain(t, &bound->then, SIZE_MAX, k, t->result->node[k].aggregate,
                                  t->result->node[k].score, then));
    node->then = then;
    node->n_then = bound->then.n;
    node->child = child;
    node->n_children = def->n_children;
    MERA_TRY(mera_run_contributions(t, node, child));
    *out = node;
    return MERA_OK;
}

mera_code mera_explain_unit(mera_plan *plan, const mera_result *result, size_t unit, size_t period,
                            size_t node, mera_arena *arena, mera_diags *diags,
                            const mera_trace_node **out)
{
    const run_trace trace = {.plan = plan,
                             .result = result,
                             .unit = unit,
                             .period = period,
                             .cell = period * result->n_units + unit,
                             .arena = arena};

    if (unit >= result->n_units || period >= result->n_periods ||
        node >= result->methodology->n_nodes) {
        return mera_fail(diags, MERA_EUSAGE, "out-of-range", MERA_NOWHERE,
                         "unit %zu, period %zu, node %zu: the result has %zu, %zu and %zu", unit,
                         period, node, result->n_units, result->n_periods,
                         result->methodology->n_nodes);
    }
    return explain_node(&trace, node, 1, out);
}
