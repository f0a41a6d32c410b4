/* SPDX-License-Identifier: Apache-2.0 */
/** @file The framework below a node as a table of columns and a tree of weighted means. */
#include "analysis/robust.h"
#include "base/math.h"
#include "base/text.h"

double mera_robust_power(const mera_node *node)
{
    const mera_op *op = node->formula == NULL ? node->aggregate.op : NULL;
    if (op == NULL) {
        return NAN;
    }
    if (mera_streq(op->name, "aggregate.power")) {
        return *(const double *)node->aggregate.params; /* the first field: see ops/kernel.h */
    }
    return mera_streq(op->name, "aggregate.arithmetic")  ? 1
           : mera_streq(op->name, "aggregate.geometric") ? 0
           : mera_streq(op->name, "aggregate.harmonic")  ? -1
                                                         : NAN;
}

/* Does the child take part: has it a weight, and anything below it? */
static bool tree_counts(const robust_run *run, const bool *live, size_t node, size_t c)
{
    const mera_child *child = &run->result->methodology->node[node].child[c];
    if (!(run->result->node[node].weight[c] != 0)) {
        return false;
    }
    return child->is_indicator ? !run->result->indicator[child->index].screened_out
                               : live[child->index];
}

static mera_code tree_negative(const robust_run *run, size_t node, size_t c)
{
    const mera_methodology *m = run->result->methodology;
    const mera_child *child = &m->node[node].child[c];
    const char *id = child->is_indicator ? m->indicator[child->index].id : m->node[child->index].id;
    const mera_code code =
        mera_fail(run->diags, MERA_EINPUT, "negative-weight", child->at,
                  "'%s' has the weight %g in '%s', and weights below 0 are not drawn", id,
                  run->result->node[node].weight[c], m->node[node].id);
    mera_hint(run->diags, "turn its direction round and give it a positive weight, or look at "
                          "another node with --node");
    return code;
}

/* Nodes that have something to score, and which of them stand below the asked one. */
static mera_code tree_live(const robust_run *run, bool *live, bool *below)
{
    const mera_methodology *m = run->result->methodology;
    for (size_t k = m->n_nodes; k-- > 0;) {
        for (size_t c = 0; c < m->node[k].n_children; c++) {
            live[k] = live[k] || tree_counts(run, live, k, c);
        }
    }
    below[run->ask->node] = live[run->ask->node];
    for (size_t k = 0; k < m->n_nodes; k++) {
        for (size_t c = 0; c < m->node[k].n_children && below[k]; c++) {
            const mera_child *child = &m->node[k].child[c];
            if (run->result->node[k].weight[c] < 0) {
                return tree_negative(run, k, c);
            }
            if (!child->is_indicator && tree_counts(run, live, k, c)) {
                below[child->index] = true;
            }
        }
    }
    return MERA_OK;
}

/* Was anybody screened in the period? */
static bool tree_screened(const robust_run *run)
{
    const uint8_t *screened = run->result->unit_screened + run->shift;
    bool any = false;
    for (size_t i = 0; i < run->result->n_units; i++) {
        any |= screened[i] != 0;
    }
    return any;
}

/* A column of the period; a copy when somebody was screened. */
static mera_code tree_column(robust_run *run, bool screening, size_t indicator)
{
    const size_t n = run->result->n_units;
    const double *x = run->result->indicator[indicator].stage[MERA_STAGE_NORMALISED] + run->shift;
    const uint8_t *screened = run->result->unit_screened + run->shift;
    double *copy = NULL;
    if (screening) {
        MERA_TRY_NEW(copy, run->arena, n);
        for (size_t u = 0; u < n; u++) {
            copy[u] = screened[u] != 0 ? NAN : x[u];
        }
    }
    run->column_name[run->k] = run->result->methodology->indicator[indicator].id;
    run->z[run->k++] = copy != NULL ? copy : x;
    return MERA_OK;
}

/* An order with a part that has no weight or no data holds whatever the others do. */
static void tree_order_idle(const robust_run *run, size_t node, size_t child)
{
    const mera_methodology *m = run->result->methodology;
    const mera_child *who = &m->node[node].child[child];
    mera_warn(run->diags, "idle-order", m->uncertainty.law[node].at,
              "an order of weights names '%s', which has no weight or no data in '%s'; it is left "
              "out",
              who->is_indicator ? m->indicator[who->index].id : m->node[who->index].id,
              m->node[node].id);
    mera_hint(run->diags, "take it out, or give that part a weight");
}

/* Part p of the draws is child[p]; in `part` the other way round, from 1. */
static size_t tree_orders(const robust_run *run, size_t node, const size_t *part,
                          const mera_law *law, mera_weight_order *order)
{
    size_t n = 0;
    for (size_t o = 0; o < law->n_orders; o++) {
        const mera_weight_order *from = &law->order[o];
        if (part[from->above] == 0 || part[from->below] == 0) {
            tree_order_idle(run, node, part[from->above] == 0 ? from->above : from->below);
            continue;
        }
        order[n++] = (mera_weight_order){
            .above = part[from->above] - 1, .below = part[from->below] - 1, .ratio = from->ratio};
    }
    return n;
}

/* The law of a node counts its children; the draws count those that take part. */
static mera_code tree_law(const robust_run *run, size_t v, mera_law *law)
{
    const size_t n = run->node[v].n;
    size_t *part;
    double *low, *high;
    mera_weight_order *order;
    if (law->kind != MERA_LAW_POLYTOPE) {
        return MERA_OK;
    }
    MERA_TRY_NEW(part, run->arena, run->result->methodology->node[run->number[v]].n_children);
    MERA_TRY_NEW(low, run->arena, n);
    MERA_TRY_NEW(high, run->arena, n);
    MERA_TRY_NEW(order, run->arena, law->n_orders);
    for (size_t p = 0; p < n; p++) {
        low[p] = law->low[run->child[v][p]];
        high[p] = law->high[run->child[v][p]];
        part[run->child[v][p]] = p + 1;
    }
    law->n_orders = tree_orders(run, run->number[v], part, law, order);
    law->low = low;
    law->high = high;
    law->order = order;
    return MERA_OK;
}

/* What nodes look up while the tree is filled. */
typedef struct tree_look {
    bool *live, *below;
    size_t *place;  /* of a node in the tree */
    size_t *column; /* of an indicator; SIZE_MAX = none yet */
    bool screening;
} tree_look;

static mera_code tree_node(robust_run *run, const tree_look *look, size_t k)
{
    const mera_methodology *m = run->result->methodology;
    const mera_node *from = &m->node[k];
    const size_t v = look->place[k];
    size_t *column = look->column;
    mera_weight_part *part;
    MERA_TRY_NEW(part, run->arena, from->n_children);
    MERA_TRY_NEW(run->child[v], run->arena, from->n_children);
    run->number[v] = k;
    run->node[v] = (mera_weight_node){.part = part,
                                      .law = m->uncertainty.law[k],
                                      .power = mera_robust_power(from),
                                      .rounding = from->round};
    for (size_t c = 0; c < from->n_children; c++) {
        const mera_child *child = &from->child[c];
        if (!tree_counts(run, look->live, k, c)) {
            continue;
        }
        if (child->is_indicator && column[child->index] == SIZE_MAX) {
            column[child->index] = run->k;
            MERA_TRY(tree_column(run, look->screening, child->index));
        }
        run->child[v][run->node[v].n] = c;
        part[run->node[v].n++] = (mera_weight_part){
            .is_node = !child->is_indicator,
            .index = child->is_indicator ? column[child->index] : look->place[child->index],
            .weight = run->result->node[k].weight[c]};
    }
    return tree_law(run, v, &run->node[v].law);
}

static mera_code tree_rooms(robust_run *run)
{
    const mera_methodology *m = run->result->methodology;
    MERA_TRY_NEW(run->node, run->arena, m->n_nodes);
    MERA_TRY_NEW(run->number, run->arena, m->n_nodes);
    MERA_TRY_NEW(run->child, run->arena, m->n_nodes);
    MERA_TRY_NEW(run->z, run->arena, m->n_indicators);
    MERA_TRY_NEW(run->column_name, run->arena, m->n_indicators);
    return MERA_OK;
}

mera_code mera_robust_tree(robust_run *run)
{
    const mera_methodology *m = run->result->methodology;
    tree_look look = {.screening = tree_screened(run)};
    MERA_TRY_NEW(look.live, run->arena, m->n_nodes);
    MERA_TRY_NEW(look.below, run->arena, m->n_nodes);
    MERA_TRY_NEW(look.place, run->arena, m->n_nodes);
    MERA_TRY_NEW(look.column, run->arena, m->n_indicators);
    MERA_TRY(tree_rooms(run));
    MERA_TRY(tree_live(run, look.live, look.below));
    for (size_t i = 0; i < m->n_indicators; i++) {
        look.column[i] = SIZE_MAX;
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        look.place[k] = look.below[k] ? run->n_nodes++ : SIZE_MAX;
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        MERA_TRY(look.below[k] ? tree_node(run, &look, k) : MERA_OK);
    }
    return MERA_OK;
}

/* ---- are products of tables enough? ---- */

static bool why_gaps(const robust_run *run)
{
    const uint8_t *screened = run->result->unit_screened + run->shift;
    for (size_t j = 0; j < run->k; j++) {
        for (size_t i = 0; i < run->result->n_units; i++) {
            if (screened[i] == 0 && isnan(run->z[j][i])) {
                return true;
            }
        }
    }
    return false;
}

static bool why_minds_gaps(const mera_node *node)
{
    return node->missing != MERA_MISSING_RENORMALISE || node->min_present > 0;
}

static mera_robust_why why_node(const mera_node *node, bool gaps)
{
    if (isnan(mera_robust_power(node))) {
        return MERA_ROBUST_OPERATION;
    }
    if (!isnan(node->floor)) {
        return MERA_ROBUST_FLOOR;
    }
    if (node->then.n > 0) {
        return MERA_ROBUST_THEN;
    }
    if (node->weights_as_given) {
        return MERA_ROBUST_AS_GIVEN;
    }
    return gaps && why_minds_gaps(node) ? MERA_ROBUST_MISSING : MERA_ROBUST_FINE;
}

void mera_robust_explain(robust_run *run)
{
    const mera_node *node = run->result->methodology->node;
    bool gaps = false;
    for (size_t v = 0; v < run->n_nodes && !gaps; v++) { /* looked for only where they matter */
        gaps = why_minds_gaps(&node[run->number[v]]);
    }
    gaps = gaps && why_gaps(run);
    run->out->why_anew = run->ask->anew ? MERA_ROBUST_ASKED : MERA_ROBUST_FINE;
    run->out->which = run->ask->node;
    for (size_t v = 0; v < run->n_nodes && run->out->why_anew == MERA_ROBUST_FINE; v++) {
        run->out->which = run->number[v];
        run->out->why_anew = why_node(&node[run->number[v]], gaps);
    }
}
