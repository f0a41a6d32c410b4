/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where a weight comes from: what was written, by whom, what it became inside its parent, and what
 * that is of the whole index. An indicator that stands under several nodes has several ways up.
 */
#include "base/text.h"
#include "run/explain.h"
#include "run/internal.h"

/** The number of a node's child, or SIZE_MAX. */
static size_t weight_child(const mera_node *node, bool is_indicator, size_t index)
{
    for (size_t j = 0; j < node->n_children; j++) {
        if (node->child[j].is_indicator == is_indicator && node->child[j].index == index) {
            return j;
        }
    }
    return SIZE_MAX;
}

static mera_weight_link weight_link(const mera_result *result, size_t parent, size_t j)
{
    const mera_methodology *m = result->methodology;
    const mera_node *node = &m->node[parent];
    mera_weight_link link = {.id = mera_run_child_id(m, &node->child[j]),
                             .parent = node->id,
                             .stated = node->child[j].weight,
                             .share = result->node[parent].weight[j],
                             .scale = node->weight_scale,
                             .as_given = !mera_run_divides_weights(node),
                             .weigher = node->weigh.op,
                             .at = node->child[j].at,
                             .origin = node->child[j].origin};

    for (size_t i = 0; i < node->n_children; i++) {
        link.sum += node->weigh.op != NULL ? result->node[parent].weight[i] : node->child[i].weight;
    }
    if (node->weigh.op != NULL) {
        link.stated = link.share;
        link.at = node->weigh.at;
    }
    return link;
}

/** From child j of a node up to a child of the root. */
static mera_code weight_path(const mera_result *result, size_t parent, size_t j, mera_arena *arena,
                             mera_weight_path *out)
{
    const mera_methodology *m = result->methodology;
    mera_weight_link *link;

    MERA_TRY_NEW(link, arena, m->node[parent].depth + 1);
    out->index_share = 1;
    for (;;) {
        link[out->n_links] = weight_link(result, parent, j);
        out->index_share *= link[out->n_links++].share;
        if (m->node[parent].parent == SIZE_MAX) {
            break;
        }
        j = weight_child(&m->node[m->node[parent].parent], false, parent);
        parent = m->node[parent].parent;
    }
    out->link = link;
    return MERA_OK;
}

static mera_code weight_unknown(const mera_methodology *m, const char *id, mera_arena *arena,
                                mera_diags *diags)
{
    const char **names;
    size_t n = 0;

    MERA_TRY_NEW(names, arena, m->n_nodes + m->n_indicators);
    for (size_t k = 0; k < m->n_nodes; k++) {
        names[n++] = m->node[k].id;
    }
    for (size_t k = 0; k < m->n_indicators; k++) {
        names[n++] = m->indicator[k].id;
    }
    (void)mera_fail(diags, MERA_EUSAGE, "unknown-node", MERA_NOWHERE,
                    "'%s' is neither a node nor an indicator of methodology '%s'", id, m->id);
    MERA_TRY(mera_suggest(diags, id, names, n, "nodes and indicators", arena));
    return MERA_EUSAGE;
}

mera_code mera_explain_weight(const mera_result *result, const char *id, mera_arena *arena,
                              mera_diags *diags, const mera_weight_trace **out)
{
    const mera_methodology *m = result->methodology;
    const size_t node = mera_methodology_node(m, id);
    const bool is_indicator = node == SIZE_MAX;
    const size_t index = is_indicator ? mera_methodology_indicator(m, id) : node;
    mera_weight_trace *trace;
    mera_weight_path *path;

    if (index == SIZE_MAX) {
        return weight_unknown(m, id, arena, diags);
    }
    MERA_TRY_NEW(trace, arena, 1);
    MERA_TRY_NEW(path, arena, m->n_nodes);
    *trace = (mera_weight_trace){.id = is_indicator ? m->indicator[index].id : m->node[index].id,
                                 .title = is_indicator ? m->indicator[index].title
                                                       : m->node[index].title,
                                 .is_indicator = is_indicator,
                                 .path = path,
                                 .index_share = node == 0 ? 1 : 0};
    for (size_t k = 0; k < m->n_nodes; k++) {
        const size_t j = weight_child(&m->node[k], is_indicator, index);

        if (j != SIZE_MAX) {
            MERA_TRY(weight_path(result, k, j, arena, &path[trace->n_paths]));
            trace->index_share += path[trace->n_paths++].index_share;
        }
    }
    *out = trace;
    return MERA_OK;
}
