/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Classes of the nodes that the methodology classifies, period by period, from score and place.
 */
#include "run/internal.h"

static mera_code classify_node(run_score *s, const mera_use *use, size_t k)
{
    const mera_plan *plan = s->plan;
    const run_subject subject = {.indicator = SIZE_MAX, .node = k, .text = plan->node[k].subject};
    mera_node_result *out = &s->node[k];
    int32_t *class_of;

    MERA_TRY_NEW(class_of, s->arena, plan->n_scored * plan->n_units);
    for (size_t p = 0; p < plan->n_scored; p++) {
        const size_t from = p * plan->n_units;
        mera_op_ctx ctx = {.diags = s->diags,
                           .at = use->at,
                           .arena = s->arena, /* the labels stay */
                           .subject = subject.text,
                           .direction =
                               plan->node[k].node->lower_is_better ? MERA_LOWER : MERA_HIGHER,
                           .unit_name = plan->data->unit_name,
                           .seed = plan->methodology->seed};
        const mera_code rc =
            use->op->classify(use->op, use->params, &ctx, out->score + from, out->rank + from,
                              plan->n_units, class_of + from, &out->class_label);

        if (rc != MERA_OK) {
            return mera_run_within(s->diags, rc, use, &subject, "");
        }
    }
    out->class_of = class_of;
    return MERA_OK;
}

mera_code mera_run_classify(run_score *s)
{
    const mera_methodology *m = s->plan->methodology;

    for (size_t c = 0; c < m->n_classes; c++) {
        for (size_t i = 0; i < m->classes[c].n_nodes; i++) {
            const size_t k = m->classes[c].node[i];

            if (s->node[k].class_of != NULL) {
                return mera_fail(s->diags, MERA_EINPUT, "classified-twice", m->classes[c].use.at,
                                 "node '%s' is classified twice; a node has one class",
                                 m->node[k].id);
            }
            MERA_TRY(classify_node(s, &m->classes[c].use, k));
        }
    }
    return MERA_OK;
}
