/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Binding the framework: formulas of nodes over their children, aggregators, weighers, operations
 * over a node's own score; and how high above the indicators each node stands, which is the order
 * in which they can be computed at the same time.
 */
#include "base/math.h"
#include "base/text.h"
#include "run/internal.h"

const char *mera_run_child_id(const mera_methodology *m, const mera_child *child)
{
    return child->is_indicator ? m->indicator[child->index].id : m->node[child->index].id;
}

static mera_code nodes_formula(mera_plan *plan, run_node *node, mera_diags *diags)
{
    const mera_node *def = node->node;
    const char **known;
    size_t *child;
    mera_code rc;

    MERA_TRY_NEW(known, plan->arena, def->n_children);
    for (size_t j = 0; j < def->n_children; j++) {
        known[j] = mera_run_child_id(plan->methodology, &def->child[j]);
    }
    rc = mera_formula_compile(plan->formulas, def->formula, def->formula_at, known, def->n_children,
                              plan->arena, diags, &node->formula);
    if (rc != MERA_OK) {
        return rc == MERA_ENOMEM
                   ? rc
                   : mera_within(diags, rc, def->at, "in the formula of %s", node->subject);
    }
    MERA_TRY_NEW(child, plan->arena, mera_formula_n_reads(node->formula));
    for (size_t i = 0; i < mera_formula_n_reads(node->formula); i++) {
        while (!mera_streq(known[child[i]], mera_formula_read(node->formula, i))) {
            child[i]++;
        }
    }
    node->formula_child = child;
    return MERA_OK;
}

/** `missing: skip` leaves a term out of a sum or product; of other aggregators it has no meaning.
 */
static mera_code nodes_check_skip(const run_node *node, mera_diags *diags)
{
    const mera_op *op = node->node->aggregate.op;

    if (node->node->missing != MERA_MISSING_SKIP || op == NULL || !isnan(mera_run_neutral(op))) {
        return MERA_OK;
    }
    return mera_fail(diags, MERA_EINPUT, "bad-missing-rule", node->node->aggregate.at,
                     "`missing: skip` of %s needs a sum, an arithmetic mean, a product or a "
                     "geometric mean, not '%s'",
                     node->subject, op->name);
}

static mera_code nodes_bind(mera_plan *plan, run_node *node, mera_diags *diags)
{
    const mera_node *def = node->node;
    mera_code rc = MERA_OK, bound;

    node->serial = def->formula != NULL;
    if (def->formula != NULL) {
        rc = nodes_formula(plan, node, diags);
    }
    bound = mera_run_bind_use(plan, &def->aggregate, diags, &node->aggregate);
    rc = bound != MERA_OK ? bound : rc;
    bound = nodes_check_skip(node, diags);
    rc = bound != MERA_OK ? bound : rc;
    bound = mera_run_bind_use(plan, &def->weigh, diags, &node->weigh);
    rc = bound != MERA_OK ? bound : rc;
    bound = mera_run_bind_uses(plan, &def->then, diags, &node->then);
    if (bound == MERA_EINPUT) {
        (void)mera_within(diags, bound, def->at, "in %s", node->subject);
    }
    MERA_TRY(bound != MERA_OK ? bound : rc);
    node->serial = node->serial ||
                   (def->aggregate.op != NULL && (def->aggregate.op->flags & MERA_OP_SERIAL) != 0);
    node->serial =
        node->serial || (def->weigh.op != NULL && (def->weigh.op->flags & MERA_OP_SERIAL) != 0);
    for (size_t i = 0; i < node->then.n; i++) {
        node->then.v[i].n_out = plan->tree_needs_all ? plan->n_work : plan->n_scored;
        node->serial = node->serial || (def->then.v[i].op->flags & MERA_OP_SERIAL) != 0;
    }
    return MERA_OK;
}

static void nodes_heights(mera_plan *plan)
{
    const mera_methodology *m = plan->methodology;

    for (size_t k = m->n_nodes; k > 0; k--) { /* children stand after their parents */
        const size_t parent = m->node[k - 1].parent;
        const size_t above = plan->node[k - 1].height + 1;

        if (parent != SIZE_MAX && plan->node[parent].height < above) {
            plan->node[parent].height = above;
        }
    }
    plan->max_height = plan->node[0].height;
}

static mera_code nodes_rank_within(mera_plan *plan, mera_diags *diags)
{
    const mera_methodology *m = plan->methodology;

    if (m->rank_within == NULL) {
        return MERA_OK;
    }
    plan->rank_within = mera_run_grouping(plan, m->rank_within);
    if (plan->rank_within == NULL) {
        return mera_fail(diags, MERA_EINPUT, "unknown-group", MERA_NOWHERE,
                         "`rank: within:` asks for the group '%s', which `units: groups:` does "
                         "not have",
                         m->rank_within);
    }
    return MERA_OK;
}

mera_code mera_run_bind_nodes(mera_plan *plan, mera_diags *diags)
{
    const mera_methodology *m = plan->methodology;
    mera_code rc = nodes_rank_within(plan, diags);

    MERA_TRY_NEW(plan->node, plan->arena, m->n_nodes);
    for (size_t k = 0; k < m->n_nodes; k++) {
        mera_code bound;

        plan->node[k].node = &m->node[k];
        plan->node[k].subject = mera_run_subject_text(plan, "node", m->node[k].id);
        MERA_TRY_PTR(plan->node[k].subject);
        bound = nodes_bind(plan, &plan->node[k], diags);
        if (bound == MERA_ENOMEM) {
            return bound;
        }
        rc = bound != MERA_OK ? bound : rc;
    }
    nodes_heights(plan);
    if (m->screen.op != NULL) {
        const mera_code bound = mera_run_bind_use(plan, &m->screen, diags, &plan->screen);

        rc = bound != MERA_OK ? bound : rc;
    }
    return rc;
}
