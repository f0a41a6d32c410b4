/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From a manifest to operations: the same descriptor a built-in one has. A parameter struct is an
 * array of slots of eight bytes, one a parameter: those of the whole plugin, then the operation's
 * own. What `with` says becomes the default of the former, so a use may still say otherwise.
 */
#include <string.h>

#include "lua/library.h"
#include "lua/plugin.h"
#include "lua/worker.h"

enum { PLUGIN_SLOT = 8 };

static void plugin_set_offsets(mera_param *params, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        params[i].offset = i * PLUGIN_SLOT;
    }
}

/* Makes what the methodology gives the defaults of the plugin's parameters. */
static void plugin_take_defaults(mera_manifest_params *params, const char *bound)
{
    for (size_t i = 0; i < params->n; i++) {
        mera_param *p = &params->v[i];
        const char *slot = bound + p->offset;
        int64_t integer;
        int choice;

        p->required = false;
        switch (p->type) {
        case MERA_PARAM_F64:
            memcpy(&p->fallback, slot, sizeof p->fallback);
            break;
        case MERA_PARAM_INT:
            memcpy(&integer, slot, sizeof integer);
            p->fallback = (double)integer;
            break;
        case MERA_PARAM_BOOL:
            p->fallback = *slot != 0;
            break;
        case MERA_PARAM_ENUM:
            memcpy(&choice, slot, sizeof choice);
            p->fallback = choice;
            break;
        default:
            memcpy(&p->fallback_text, slot, sizeof p->fallback_text);
            break;
        }
    }
}

mera_code mera_plugin_bind_with(mera_plugin *plugin, const mera_value *with, mera_at asked_at,
                                mera_diags *diags)
{
    mera_manifest_params *params = &plugin->manifest.params;
    mera_op op = {.step = MERA_STEP_DERIVE, .params = params->v};
    void *bound;

    op.name = mera_arena_printf(plugin->arena, "plugin '%s'", plugin->manifest.id);
    MERA_TRY_PTR(op.name);
    plugin_set_offsets(params->v, params->n);
    op.params_size = (params->n + 1) * PLUGIN_SLOT;
    MERA_TRY(mera_op_bind(&op, with, NULL, asked_at, plugin->arena, diags, &bound));
    plugin_take_defaults(params, bound);
    return MERA_OK;
}

/* The parameters of the plugin and the operation's own in one table. */
static mera_code plugin_join_params(const mera_plugin *plugin, const mera_manifest_item *item,
                                    mera_op *op)
{
    const mera_manifest_params *shared = &plugin->manifest.params, *own = &item->params;
    mera_param *all;

    if (shared->n + own->n == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(all, plugin->arena, shared->n + own->n + 1);
    for (size_t i = 0; i < shared->n; i++) {
        all[i] = shared->v[i];
    }
    for (size_t i = 0; i < own->n; i++) {
        all[shared->n + i] = own->v[i];
    }
    plugin_set_offsets(all, shared->n + own->n);
    op->params = all;
    op->params_size = (shared->n + own->n) * PLUGIN_SLOT;
    return MERA_OK;
}

static const char *plugin_summary(const mera_manifest_item *item)
{
    return item->summary != NULL    ? item->summary
           : item->title_en != NULL ? item->title_en
           : item->title_ru != NULL ? item->title_ru
                                    : item->name;
}

static bool plugin_applies(mera_step step)
{
    return step == MERA_STEP_IMPUTE || step == MERA_STEP_TREAT || step == MERA_STEP_NORMALISE;
}

static const char *plugin_nulls(mera_step step)
{
    switch (step) {
    case MERA_STEP_IMPUTE:
        return "fills gaps as the plugin says";
    case MERA_STEP_WEIGHT:
    case MERA_STEP_AGGREGATE:
        return "as the plugin says; a unit without any present child is missing";
    case MERA_STEP_CHECK:
        return "looks only";
    default:
        return "missing stays missing";
    }
}

static mera_code plugin_describe(mera_plugin *plugin, mera_plugin_item *entry)
{
    const mera_manifest_item *item = entry->item;
    const mera_manifest *manifest = &plugin->manifest;
    const bool derive = item->step == MERA_STEP_DERIVE;
    const char *name = mera_arena_printf(plugin->arena, "%s.%s.%s", mera_step_name(item->step),
                                         manifest->id, item->name);

    MERA_TRY_PTR(name);
    entry->op = (mera_op){
        .name = name,
        .step = item->step,
        .version = manifest->version_number,
        .summary = plugin_summary(item),
        .formula = item->formula,
        .nulls = plugin_nulls(item->step),
        .conventions = item->conventions,
        .source = item->source != NULL ? item->source : manifest->source,
        .fitted = item->fitted.n > 0 ? item->fitted.v : NULL,
        .flags = MERA_OP_SERIAL | (item->periods ? MERA_OP_PERIODS : 0) |
                 (item->given ? MERA_OP_GIVEN : 0),
        .fit = item->fits ? mera_plugin_fit : NULL,
        .apply = plugin_applies(item->step) ? mera_plugin_apply : NULL,
        .derive = derive ? mera_plugin_derive : NULL,
        .weigh = item->step == MERA_STEP_WEIGHT ? mera_plugin_weigh : NULL,
        .aggregate = item->step == MERA_STEP_AGGREGATE ? mera_plugin_aggregate : NULL,
        .examine = item->step == MERA_STEP_CHECK ? mera_plugin_examine : NULL,
        .scores = item->scores.v,
        .reads = item->reads.v,
        .attributes = item->attributes.n > 0 ? item->attributes.v : NULL,
        .unit = item->unit,
        .direction = item->direction,
        .range = {item->range[0], item->range[1]},
        .title_ru = item->title_ru,
        .title_en = item->title_en,
        .plugin = manifest->id,
        .plugin_version = manifest->version,
        .impl = entry,
    };
    if (plugin->worker != NULL) {
        mera_worker_take_over(&entry->op);
    }
    return plugin_join_params(plugin, item, &entry->op);
}

/* ---- functions --------------------------------------------------------------------------- */

static int plugin_reference(lua_State *L, const mera_manifest_item *item, const char *function)
{
    lua_getfield(L, LUA_REGISTRYINDEX, mera_library_declared);
    lua_pushstring(L, item->section);
    lua_rawget(L, -2);
    lua_pushstring(L, item->name);
    lua_rawget(L, -2);
    lua_pushstring(L, function);
    lua_rawget(L, -2);
    return luaL_ref(L, LUA_REGISTRYINDEX);
}

/* References are taken once, so a script that changes its manifest later changes nothing. */
static int plugin_references_body(lua_State *L)
{
    mera_plugin *plugin = lua_touserdata(L, 1);

    for (size_t i = 0; i < plugin->manifest.n_items; i++) {
        mera_plugin_item *entry = &plugin->item[i];

        entry->main_function = plugin_reference(L, entry->item, entry->item->main_key);
        if (entry->op.fit != NULL) {
            entry->fit_function = plugin_reference(L, entry->item, "fit");
        }
        lua_settop(L, 1);
    }
    return 0;
}

mera_code mera_plugin_make_ops(mera_plugin *plugin, mera_diags *diags)
{
    static const char *const none[] = {NULL};

    MERA_TRY_NEW(plugin->item, plugin->arena, plugin->manifest.n_items);
    for (size_t i = 0; i < plugin->manifest.n_items; i++) {
        mera_manifest_item *item = &plugin->manifest.item[i];

        if (item->reads.v == NULL) {
            item->reads.v = none;
        }
        MERA_TRY_NEW(plugin->item[i].seen, plugin->arena, item->reads.n + item->attributes.n + 1);
        plugin->item[i].plugin = plugin;
        plugin->item[i].item = item;
        MERA_TRY(plugin_describe(plugin, &plugin->item[i]));
    }
    if (plugin->worker != NULL) {
        return MERA_OK;
    }
    if (mera_box_call(plugin->box, plugin_references_body, plugin, 0) != MERA_OK) {
        return mera_box_report(plugin->box,
                               &(mera_fault_place){.script = {.file = plugin->path},
                                                   .id = "plugin-error",
                                                   .speaker = plugin->speaker},
                               diags);
    }
    return MERA_OK;
}
