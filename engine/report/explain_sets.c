/* SPDX-License-Identifier: Apache-2.0 */
/** @file Reference sets of a trace: most steps have the same few, so each gets a number. */
#include "report/explain_sets.h"

#include <string.h>

size_t mera_explain_set(const mera_explain_sets *sets, const mera_trace_step *step)
{
    for (size_t i = 0; step->member != NULL && i < sets->n; i++) {
        const mera_trace_step *known = sets->step[i];
        if (known->n_members == step->n_members &&
            memcmp(known->member, step->member, step->n_members * sizeof *step->member) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static size_t sets_steps(const mera_trace_node *node)
{
    size_t n = node->n_then;
    for (size_t j = 0; j < node->n_children; j++) {
        const mera_trace_child *child = &node->child[j];
        n += child->node != NULL ? sets_steps(child->node) : child->indicator->n_steps;
    }
    return n;
}

static void sets_add(mera_explain_sets *sets, const mera_trace_step *step, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (step[i].member != NULL && mera_explain_set(sets, &step[i]) == SIZE_MAX) {
            sets->step[sets->n++] = &step[i];
        }
    }
}

static void sets_walk(mera_explain_sets *sets, const mera_trace_node *node)
{
    sets_add(sets, node->then, node->n_then);
    for (size_t j = 0; j < node->n_children; j++) {
        const mera_trace_child *child = &node->child[j];
        if (child->node != NULL) {
            sets_walk(sets, child->node);
        } else {
            sets_add(sets, child->indicator->step, child->indicator->n_steps);
        }
    }
}

mera_code mera_explain_sets_of(const mera_trace_node *trace, mera_arena *arena,
                               mera_explain_sets *out)
{
    *out = (mera_explain_sets){.n = 0};
    MERA_TRY_NEW(out->step, arena, sets_steps(trace));
    sets_walk(out, trace);
    return MERA_OK;
}
