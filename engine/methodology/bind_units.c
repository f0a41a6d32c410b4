/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How the data name units and periods: `units:` with its groupings, `period:`, `plugins:`.
 */
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

enum { UNITS_ATTRIBUTES = 4 }; /* of one grouping, as in mera_grouping */

/* ---- plugins ---------------------------------------------------------------------------- */

mera_code mera_methodology_plugins(const mera_value *tree, mera_arena *arena, mera_diags *diags,
                                   const mera_plugin_use **out, size_t *n)
{
    (void)diags; /* what is wrong with an entry is said when the tree is bound */
    const mera_value *list = mera_value_get(tree, "plugins");
    const size_t room = list != NULL && list->kind == MERA_VALUE_LIST ? list->n : 0;
    mera_plugin_use *uses;
    MERA_TRY_NEW(uses, arena, room);
    *n = 0;
    for (size_t i = 0; i < room; i++) {
        const mera_value *item = list->items[i];
        const mera_value *name = mera_tree_is_scalar(item) ? item : mera_value_get(item, "use");
        const mera_value *with = mera_value_get(item, "with");
        const mera_value *limits = mera_value_get(item, "limits");
        if (mera_tree_is_scalar(name)) {
            uses[(*n)++] = (mera_plugin_use){
                .name = name->text,
                .version = mera_bind_text(item, "version"),
                .with = with != NULL && with->kind == MERA_VALUE_MAP ? with : NULL,
                .drop = mera_tree_says(mera_value_get(item, "on_error"), "drop"),
                .instructions = (uint64_t)mera_bind_number(limits, "instructions", 0),
                .memory = (size_t)mera_bind_number(limits, "memory", 0) << 20,
                .seconds = mera_bind_number(limits, "seconds", 0),
                .at = name->at,
            };
        }
    }
    *out = uses;
    return MERA_OK;
}

mera_code mera_bind_plugins(mera_binder *b)
{
    mera_methodology *m = b->m;
    MERA_TRY(mera_methodology_plugins(b->tree, b->arena, b->diags, &m->plugin, &m->n_plugins));
    MERA_TRY_NEW(b->plugin_names, b->arena, m->n_plugins);
    for (size_t i = 0; i < m->n_plugins; i++) {
        b->plugin_names[i] = m->plugin[i].name;
        for (size_t j = 0; j < i; j++) {
            if (strcmp(m->plugin[i].name, m->plugin[j].name) == 0) {
                mera_fail(b->diags, MERA_EINPUT, "said-twice", m->plugin[i].at,
                          "the plugin '%s' is named twice", m->plugin[i].name);
                mera_within(b->diags, MERA_EINPUT, m->plugin[j].at, "it is named here first");
            }
        }
    }
    return MERA_OK;
}

/* ---- groupings -------------------------------------------------------------------------- */

static mera_code units_groups(mera_binder *b, const mera_value *groups)
{
    const size_t room = groups != NULL && groups->kind == MERA_VALUE_MAP ? groups->n : 0;
    mera_grouping *grouping;
    MERA_TRY_NEW(grouping, b->arena, room);
    b->m->grouping = grouping;
    for (size_t i = 0; i < room; i++) {
        mera_text_list fields;
        mera_grouping *g = &grouping[i];
        MERA_TRY(mera_bind_texts(b, groups->entries[i].value, &fields));
        *g = (mera_grouping){.id = groups->entries[i].key, .at = groups->entries[i].at};
        for (size_t k = 0; k < fields.n && k < UNITS_ATTRIBUTES; k++) {
            g->attribute[g->n_attributes++] = fields.v[k];
        }
    }
    b->m->n_groupings = room;
    return MERA_OK;
}

mera_code mera_bind_grouping(mera_binder *b, const mera_value *name)
{
    const mera_methodology *m = b->m;
    const char **names;
    MERA_TRY_NEW(names, b->arena, m->n_groupings);
    for (size_t i = 0; i < m->n_groupings; i++) {
        names[i] = m->grouping[i].id;
        if (strcmp(names[i], name->text) == 0) {
            return MERA_OK;
        }
    }
    mera_fail(b->diags, MERA_EINPUT, "unknown-group", name->at,
              "there is no grouping '%s' in 'units: groups:'", name->text);
    return mera_bind_suggest(b, name->text, names, m->n_groupings, "groupings");
}

mera_code mera_bind_units(mera_binder *b)
{
    const mera_value *units = mera_value_get(b->tree, "units");
    mera_text_list exclude;
    MERA_TRY(units_groups(b, mera_value_get(units, "groups")));
    MERA_TRY(mera_bind_texts(b, mera_value_get(units, "exclude"), &exclude));
    b->m->exclude = exclude.v;
    b->m->n_exclude = exclude.n;
    return MERA_OK;
}

/* ---- period ----------------------------------------------------------------------------- */

mera_code mera_bind_period(mera_binder *b)
{
    const mera_value *period = mera_value_get(b->tree, "period");
    mera_methodology *m = b->m;
    mera_text_list labels;
    if (period == NULL || mera_tree_says(period, "all")) {
        m->period_use = MERA_USE_ALL_PERIODS;
        return MERA_OK;
    }
    if (mera_tree_says(period, "latest")) {
        m->period_use = MERA_USE_LATEST;
        return MERA_OK;
    }
    MERA_TRY(mera_bind_texts(b, period, &labels));
    m->period_use = MERA_USE_NAMED;
    m->period = labels.v;
    m->n_periods = labels.n;
    for (size_t i = 0; i < labels.n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(labels.v[i], labels.v[j]) == 0) {
                mera_fail(b->diags, MERA_EINPUT, "said-twice", period->at,
                          "'period' names '%s' twice", labels.v[i]);
            }
        }
    }
    return MERA_OK;
}
