/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * `framework:` -- the tree of nodes, parents before children. Ids are unique in the tree and differ
 * from those of indicators; an indicator may stand under several nodes.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

/* A node's children while they are collected. */
typedef struct node_children {
    const mera_node *node;
    mera_child *v;
    size_t n;
} node_children;

static mera_code node_bind(mera_binder *b, const mera_value *value, size_t parent, size_t depth);

static const mera_value *node_list(const mera_value *node, const char *key)
{
    const mera_value *list = mera_value_get(node, key);
    return list != NULL && list->kind == MERA_VALUE_LIST ? list : NULL;
}

static size_t node_count(const mera_value *value)
{
    const mera_value *nodes = node_list(value, "nodes");
    size_t n = 1;
    for (size_t i = 0; nodes != NULL && i < nodes->n; i++) {
        n += node_count(nodes->items[i]);
    }
    return n;
}

/* ---- identity ---------------------------------------------------------------------------- */

static mera_code node_identify(mera_binder *b, const mera_value *value, size_t index,
                               mera_node *node)
{
    const mera_value *id = mera_value_get(value, "id");
    node->at = id != NULL ? id->at : value->at;
    node->title = mera_bind_title(mera_value_get(value, "title"));
    node->id = mera_bind_text(value, "id");
    if (node->id == NULL) {
        node->id = ""; /* reported by the check of keys */
        return MERA_OK;
    }
    if (node->title.ru == NULL && node->title.en == NULL) {
        node->title.en = node->id;
    }
    size_t found;
    bool added;
    MERA_TRY(mera_map_put(b->nodes, node->id, strlen(node->id), index, &found, &added));
    if (!added) {
        mera_fail(b->diags, MERA_EINPUT, "duplicate-node", node->at,
                  "two nodes are called '%s'; the id of a node must be unique", node->id);
        mera_within(b->diags, MERA_EINPUT, b->m->node[found].at, "'%s' stands here first",
                    node->id);
    }
    const size_t same = mera_map_get(b->indicators, node->id, strlen(node->id));
    if (same != SIZE_MAX) {
        mera_fail(b->diags, MERA_EINPUT, "duplicate-node", node->at,
                  "a node and an indicator are both called '%s'", node->id);
        mera_within(b->diags, MERA_EINPUT, b->m->indicator[same].at, "the indicator stands here");
    }
    return MERA_OK;
}

/* ---- children ---------------------------------------------------------------------------- */

static mera_code node_unknown_indicator(mera_binder *b, const mera_node *node, const char *id,
                                        mera_at at)
{
    const mera_methodology *m = b->m;
    const char **names;
    MERA_TRY_NEW(names, b->arena, m->n_indicators);
    for (size_t i = 0; i < m->n_indicators; i++) {
        names[i] = m->indicator[i].id;
    }
    mera_fail(b->diags, MERA_EINPUT, "unknown-indicator", at,
              "node '%s' names the indicator '%s', which 'indicators' does not define", node->id,
              id);
    return mera_bind_suggest(b, id, names, m->n_indicators, "indicators");
}

/* `weight` NULL = 1. */
static mera_code node_add_indicator(mera_binder *b, node_children *children, const char *id,
                                    mera_at at, const mera_value *weight)
{
    const size_t index = mera_map_get(b->indicators, id, strlen(id));
    if (index == SIZE_MAX) {
        return node_unknown_indicator(b, children->node, id, at);
    }
    for (size_t i = 0; i < children->n; i++) {
        if (children->v[i].is_indicator && children->v[i].index == index) {
            mera_fail(b->diags, MERA_EINPUT, "said-twice", at,
                      "the indicator '%s' stands twice under node '%s'", id, children->node->id);
            return MERA_OK;
        }
    }
    mera_child child = {.is_indicator = true, .index = index, .weight = 1, .at = at};
    if (weight != NULL && weight->kind == MERA_VALUE_NUMBER) {
        child.weight = weight->number;
        child.at = weight->at;
    }
    child.origin = weight != NULL ? weight->origin : NULL;
    children->v[children->n++] = child;
    return MERA_OK;
}

/* Entry `index` of a map from indicators to weights, or of a list of indicators. */
static mera_code node_indicator(mera_binder *b, const mera_value *list, size_t index,
                                node_children *children)
{
    if (list->kind == MERA_VALUE_MAP) {
        const mera_entry *entry = &list->entries[index];
        return node_add_indicator(b, children, entry->key, entry->at, entry->value);
    }
    const mera_value *item = list->items[index];
    return mera_tree_is_scalar(item) ? node_add_indicator(b, children, item->text, item->at, NULL)
                                     : MERA_OK;
}

static mera_code node_indicators(mera_binder *b, const mera_value *list, node_children *children)
{
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        MERA_TRY(node_indicator(b, list, i, children));
    }
    return MERA_OK;
}

static mera_code node_nodes(mera_binder *b, const mera_value *list, size_t index, size_t depth,
                            node_children *children)
{
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        const mera_value *value = list->items[i];
        const mera_value *weight = mera_value_get(value, "weight");
        mera_child child = {.index = b->m->n_nodes, .weight = 1, .at = value->at};
        if (value->kind != MERA_VALUE_MAP) {
            continue; /* reported by the check of keys */
        }
        if (weight != NULL && weight->kind == MERA_VALUE_NUMBER) {
            child.weight = weight->number;
            child.at = weight->at;
        }
        child.origin = weight != NULL ? weight->origin : NULL;
        children->v[children->n++] = child;
        MERA_TRY(node_bind(b, value, index, depth + 1));
    }
    return MERA_OK;
}

static mera_code node_bind(mera_binder *b, const mera_value *value, size_t parent, size_t depth)
{
    const size_t index = b->m->n_nodes++;
    mera_node node = {.parent = parent, .depth = depth, .floor = NAN};
    MERA_TRY(node_identify(b, value, index, &node));
    /* The array is ours until the methodology is handed out. */
    mera_node *slot = b->node + index;
    *slot = node;
    const char *whose = mera_arena_printf(b->arena, "node '%s'", node.id);
    MERA_TRY_PTR(whose);
    MERA_TRY(mera_bind_node_settings(b, value, whose, &node));
    const mera_value *nodes = node_list(value, "nodes");
    const mera_value *indicators = mera_value_get(value, "indicators");
    const size_t room = (nodes != NULL ? nodes->n : 0) + (indicators != NULL ? indicators->n : 0);
    node_children children = {.node = &node};
    MERA_TRY_NEW(children.v, b->arena, room);
    MERA_TRY(node_nodes(b, nodes, index, depth, &children));
    MERA_TRY(node_indicators(b, indicators, &children));
    node.child = children.v;
    node.n_children = children.n;
    if (room == 0) {
        mera_fail(b->diags, MERA_EINPUT, "no-children", node.at,
                  "node '%s' has nothing below it: it needs 'nodes' or 'indicators'", node.id);
    }
    const mera_value *weights = mera_value_get(value, "weights");
    MERA_TRY(mera_bind_weights(b, weights != NULL ? weights : b->weights, whose, &node));
    *slot = node;
    return MERA_OK;
}

mera_code mera_bind_framework(mera_binder *b)
{
    const mera_value *root = mera_value_get(b->tree, "framework");
    MERA_TRY(mera_map_new(b->arena, 64, &b->nodes));
    if (root == NULL || root->kind != MERA_VALUE_MAP) {
        return MERA_OK;
    }
    MERA_TRY_NEW(b->node, b->arena, node_count(root));
    b->m->node = b->node;
    const mera_entry *weight = mera_value_entry(root, "weight");
    if (weight != NULL) {
        mera_warn(b->diags, "no-effect", weight->at,
                  "the root of the framework has no node above it: its weight counts for nothing");
    }
    return node_bind(b, root, SIZE_MAX, 0);
}
