/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What comes after the tree: classes, places, variants, and the indicators that nothing uses.
 */
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/path.h"
#include "methodology/tree.h"

/* ---- classes ----------------------------------------------------------------------------- */

static mera_code rest_unknown_node(mera_binder *b, const char *id, mera_at at)
{
    const mera_methodology *m = b->m;
    const char **names;
    MERA_TRY_NEW(names, b->arena, m->n_nodes);
    for (size_t i = 0; i < m->n_nodes; i++) {
        names[i] = m->node[i].id;
    }
    mera_fail(b->diags, MERA_EINPUT, "unknown-node", at,
              "'classify' names the node '%s', which the framework does not have", id);
    return mera_bind_suggest(b, id, names, m->n_nodes, "nodes");
}

static mera_code rest_classified(mera_binder *b, const mera_value *value, mera_classes *classes)
{
    mera_text_list ids;
    size_t *nodes;
    MERA_TRY(mera_bind_texts(b, value, &ids));
    MERA_TRY_NEW(nodes, b->arena, ids.n + 1);
    classes->node = nodes;
    if (value == NULL) {
        classes->n_nodes = 1; /* the root, which is number 0 */
        return MERA_OK;
    }
    for (size_t i = 0; i < ids.n; i++) {
        const mera_at at = value->kind == MERA_VALUE_LIST ? value->items[i]->at : value->at;
        nodes[classes->n_nodes] = mera_map_get(b->nodes, ids.v[i], strlen(ids.v[i]));
        MERA_TRY(nodes[classes->n_nodes] == SIZE_MAX ? rest_unknown_node(b, ids.v[i], at)
                                                     : MERA_OK);
        classes->n_nodes += nodes[classes->n_nodes] == SIZE_MAX ? 0 : 1;
    }
    return MERA_OK;
}

mera_code mera_bind_classify(mera_binder *b)
{
    const mera_value *value = mera_value_get(b->tree, "classify");
    const bool list = value != NULL && value->kind == MERA_VALUE_LIST;
    const size_t room = list ? value->n : value != NULL ? 1 : 0;
    mera_classes *classes;
    MERA_TRY_NEW(classes, b->arena, room);
    b->m->classes = classes;
    for (size_t i = 0; i < room; i++) {
        const mera_value *item = list ? value->items[i] : value;
        mera_classes *one = &classes[b->m->n_classes];
        mera_use_list uses;
        MERA_TRY(mera_bind_alone(b, MERA_STEP_CLASSIFY, item, "'classify'", &uses));
        MERA_TRY(rest_classified(b, mera_value_get(item, "nodes"), one));
        if (uses.n == 1) {
            one->use = uses.v[0];
            b->m->n_classes++;
        }
    }
    return MERA_OK;
}

static mera_admission_rules rest_admission(const mera_value *said)
{
    return (mera_admission_rules){
#define REST_RULE(id, fallback, most, what) .id = mera_bind_number(said, #id, fallback),
        MERA_ADMISSION_RULES(REST_RULE)
#undef REST_RULE
    };
}

mera_code mera_bind_overlay(mera_binder *b)
{
    const mera_value *overlay = mera_value_get(b->tree, "overlay");
    const mera_value *core = mera_value_get(overlay, "core");
    if (mera_tree_is_scalar(core)) {
        b->m->core = core->text;
        b->m->core_at = core->at;
        b->m->core_need = mera_bind_number(overlay, "need", 1);
        b->m->admission = rest_admission(mera_value_get(overlay, "admission"));
    }
    return MERA_OK;
}

mera_code mera_bind_checks(mera_binder *b)
{
    const mera_value *value = mera_value_get(b->tree, "checks");
    return value == NULL ? MERA_OK
                         : mera_bind_alone(b, MERA_STEP_CHECK, value, "'checks'", &b->m->checks);
}

/* ---- places ------------------------------------------------------------------------------ */

mera_code mera_bind_rank(mera_binder *b)
{
    static const char *const ties[] = {"min", "max", "mean", "dense", "first", NULL};
    const mera_value *rank = mera_value_get(b->tree, "rank");
    const mera_value *within = mera_value_get(rank, "within");
    b->m->rank_ties = (mera_ties)mera_bind_choice(rank, "ties", ties, MERA_TIES_MIN);
    b->m->rank_within = mera_bind_text(rank, "within");
    return mera_tree_is_scalar(within) ? mera_bind_grouping(b, within) : MERA_OK;
}

/* ---- variants ---------------------------------------------------------------------------- */

/* The changes of a variant that is not in force are tried, so that a mistake shows at once. */
static mera_code rest_try_variant(mera_binder *b, const mera_value *variant, const char *whose)
{
    const mera_value *set = mera_value_get(variant, "set");
    const mera_value *weights = mera_value_get(variant, "weights");
    for (size_t i = 0; set != NULL && set->kind == MERA_VALUE_MAP && i < set->n; i++) {
        const mera_entry *change = &set->entries[i];
        const mera_value *ignored;
        const mera_code rc = mera_path_set(b->tree, change->key, change->at, change->value,
                                           b->arena, b->diags, &ignored);
        if (rc == MERA_EINPUT) {
            mera_within(b->diags, rc, change->at, "%s", whose);
        }
        MERA_BIND_TRY(rc);
    }
    const bool op = weights != NULL &&
                    (weights->kind == MERA_VALUE_MAP
                         ? mera_value_get(weights, "op") != NULL
                         : mera_tree_is_scalar(weights) && !mera_tree_says(weights, "as_written"));
    if (op) {
        mera_use use;
        MERA_TRY(mera_bind_use(b, MERA_STEP_WEIGHT, weights, whose + strlen("in "), &use));
    }
    return MERA_OK;
}

mera_code mera_bind_variants(mera_binder *b)
{
    const mera_value *map = mera_value_get(b->tree, "variants");
    const size_t n = map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    mera_variant *variants;
    MERA_TRY_NEW(variants, b->arena, n);
    for (size_t i = 0; i < n; i++) {
        const mera_entry *entry = &map->entries[i];
        mera_variant *v = &variants[i];
        v->id = entry->key;
        v->at = entry->at;
        v->title = mera_bind_title(mera_value_get(entry->value, "title"));
        if (v->title.ru == NULL && v->title.en == NULL) {
            v->title.en = v->id;
        }
        const char *whose = mera_arena_printf(b->arena, "in variant '%s'", v->id);
        MERA_TRY_PTR(whose);
        MERA_TRY(rest_try_variant(b, entry->value, whose));
    }
    b->m->variant = variants;
    b->m->n_variants = n;
    return MERA_OK;
}

/* ---- indicators that nothing uses -------------------------------------------------------- */

static bool rest_is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Does a formula hold this word? It may be in a text too: then a warning is withheld, no more. */
static bool rest_mentions(const char *formula, const char *id)
{
    const size_t n = strlen(id);
    for (const char *at = formula; at != NULL && (at = strstr(at, id)) != NULL; at++) {
        if ((at == formula || !rest_is_name_character(at[-1])) && !rest_is_name_character(at[n])) {
            return true;
        }
    }
    return false;
}

static bool rest_names(const mera_param *p, const void *field, const char *id)
{
    if (p->type == MERA_PARAM_COLUMN) {
        return mera_streq(*(const char *const *)field, id);
    }
    if (p->type != MERA_PARAM_TEXT_LIST) {
        return false;
    }
    const mera_text_list *list = field;
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->v[i], id) == 0) {
            return true;
        }
    }
    return false;
}

/* Does a use name this column in one of its parameters, alone or in a list? */
static bool rest_reads(const mera_use *use, const char *id)
{
    const mera_op *op = use->op;
    for (const mera_param *p = op != NULL ? op->params : NULL; p != NULL && p->name != NULL; p++) {
        if (rest_names(p, (const char *)use->params + p->offset, id)) {
            return true;
        }
    }
    for (size_t i = 0; op != NULL && op->reads != NULL && op->reads[i] != NULL; i++) {
        if (strcmp(op->reads[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static bool rest_uses_read(const mera_use_list *uses, const char *id)
{
    for (size_t i = 0; i < uses->n; i++) {
        if (rest_reads(&uses->v[i], id)) {
            return true;
        }
    }
    return false;
}

static bool rest_is_read(const mera_methodology *m, size_t index)
{
    const char *id = m->indicator[index].id;
    for (size_t i = 0; i < m->n_indicators; i++) {
        const mera_indicator *ind = &m->indicator[i];
        if (i != index &&
            (rest_mentions(ind->formula, id) || rest_reads(&ind->derive, id) ||
             rest_uses_read(&ind->denominate, id) || rest_uses_read(&ind->impute, id) ||
             rest_uses_read(&ind->treat, id) || rest_uses_read(&ind->normalise, id))) {
            return true;
        }
    }
    return false;
}

mera_code mera_bind_unused(mera_binder *b)
{
    const mera_methodology *m = b->m;
    bool *used;
    MERA_TRY_NEW(used, b->arena, m->n_indicators);
    for (size_t i = 0; i < m->n_nodes; i++) {
        for (size_t j = 0; j < m->node[i].n_children; j++) {
            const mera_child *child = &m->node[i].child[j];
            if (child->is_indicator) {
                used[child->index] = true;
            }
        }
    }
    for (size_t i = 0; i < m->n_indicators; i++) {
        if (!used[i] && !rest_is_read(m, i)) {
            mera_warn(b->diags, "unused-indicator", m->indicator[i].at,
                      "the indicator '%s' is defined and used nowhere", m->indicator[i].id);
        }
    }
    return MERA_OK;
}
