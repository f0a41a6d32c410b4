/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which weights vary together, and the laws that say how. */
#include "analysis/certify.h"
#include "base/math.h"

bool mera_certify_plain(const robust_run *run, size_t v)
{
    const mera_node *node = &run->result->methodology->node[run->number[v]];
    return mera_robust_power(node) == 1 && isnan(node->floor) && node->then.n == 0 &&
           !node->weights_as_given && node->round.mode == MERA_ROUND_NONE &&
           node->missing == MERA_MISSING_RENORMALISE && !(node->min_present > 0);
}

bool mera_certify_tree(const robust_run *run)
{
    size_t leaves = 0;
    for (size_t v = 0; v < run->n_nodes; v++) {
        if (!mera_certify_plain(run, v)) {
            return false;
        }
        for (size_t p = 0; p < run->node[v].n; p++) {
            leaves += !run->node[v].part[p].is_node;
        }
    }
    return leaves == run->k;
}

/* The node alone: its parts are the columns. */
static mera_code allowed_of_parts(const robust_run *run, mera_weight_node **out)
{
    mera_weight_part *part;
    MERA_TRY_NEW(*out, run->arena, 1);
    MERA_TRY_NEW(part, run->arena, run->node[0].n);
    for (size_t p = 0; p < run->node[0].n; p++) {
        part[p] = (mera_weight_part){.index = p, .weight = run->node[0].part[p].weight};
    }
    **out = run->node[0];
    (*out)->part = part;
    return MERA_OK;
}

mera_code mera_certify_allowed(const robust_run *run, certify_table *table)
{
    mera_weight_node *alone;
    table->allowed = (mera_allowed){.node = run->node, .n_nodes = run->n_nodes};
    if (!table->whole) {
        MERA_TRY(allowed_of_parts(run, &alone));
        table->allowed = (mera_allowed){.node = alone, .n_nodes = 1};
    }
    return MERA_OK;
}
