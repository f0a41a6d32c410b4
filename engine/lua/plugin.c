/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Opening a plugin: run its text in a box of its own, read and check its manifest, make operations.
 * Opening scores nothing: the functions in the manifest run when a plan asks for them.
 */
#include "lua/plugin.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "lua/library.h"
#include "lua/version.h"
#include "lua/vet.h"
#include "lua/worker.h"

enum { PLUGIN_SOURCE_MAX = 1 << 20 };

/* ---- loading ----------------------------------------------------------------------------- */

typedef struct plugin_loading {
    const char *source;
    size_t n;
    mera_manifest_reader *reader;
    const mera_value *tree;
    mera_code rc;
} plugin_loading;

static int plugin_load_body(lua_State *L)
{
    plugin_loading *loading = lua_touserdata(L, 1);

    mera_script_load(L, loading->source, loading->n, "plugin.lua");
    lua_call(L, 0, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, mera_library_declared);
    if (!lua_istable(L, -1) || !lua_rawequal(L, -1, -2)) {
        return luaL_error(L, "the file must end with: return mera.plugin { ... }");
    }
    loading->rc = mera_manifest_values(L, loading->reader, &loading->tree);
    return 0;
}

/* Runs plugin.lua and reads its manifest into a tree. */
static mera_code plugin_load(mera_plugin *plugin, const char *source, size_t n,
                             mera_manifest_reader *reader, const mera_value **tree)
{
    plugin_loading loading = {.source = source, .n = n, .reader = reader};

    if (n > PLUGIN_SOURCE_MAX) {
        return mera_fail(
            reader->diags, MERA_ELIMIT, "script-limit", (mera_at){.file = plugin->path},
            "the plugin is %zu bytes long; at most %d are allowed", n, (int)PLUGIN_SOURCE_MAX);
    }
    if (mera_box_call(plugin->box, plugin_load_body, &loading, 0) != MERA_OK) {
        return mera_box_report(plugin->box,
                               &(mera_fault_place){.script = {.file = plugin->path},
                                                   .id = "plugin-error",
                                                   .speaker = reader->speaker},
                               reader->diags);
    }
    MERA_TRY(loading.rc);
    *tree = loading.tree;
    return reader->code;
}

/* Up to the checked manifest. */
static mera_code plugin_read(mera_plugin *plugin, mera_at asked_at, mera_diags *diags)
{
    const char *source = plugin->files.source;
    const size_t n = plugin->files.n;
    mera_manifest_reader reader = {
        .file = plugin->path, .arena = plugin->arena, .diags = diags, .speaker = "plugin"};
    const mera_value *tree = NULL;
    mera_outline outline;

    MERA_TRY(mera_outline_read(source, n, plugin->arena, &outline));
    reader.outline = &outline;
    if (plugin->worker != NULL) {
        MERA_TRY(mera_worker_load(plugin, asked_at, diags, &tree));
    } else {
        MERA_TRY(mera_names_read(source, n, &outline, plugin->arena, &plugin->box->names));
        MERA_TRY(plugin_load(plugin, source, n, &reader, &tree));
    }
    plugin->tree = tree;
    MERA_TRY(mera_manifest_check(&reader, tree, &plugin->manifest));
    plugin->speaker = mera_arena_printf(plugin->arena, "plugin '%s' %s", plugin->manifest.id,
                                        plugin->manifest.version);
    return plugin->speaker == NULL ? MERA_ENOMEM : MERA_OK;
}

/* Of a plugin of one file its own hash; of several, that of their names, lengths and bytes. */
static void plugin_hash(const mera_plugin_files *files, char hex[65])
{
    mera_sha256 hash;

    if (files->n_modules == 0) {
        mera_sha256_of(files->source, files->n, hex);
        return;
    }
    mera_sha256_start(&hash);
    mera_sha256_add(&hash, files->source, files->n);
    for (size_t i = 0; i < files->n_modules; i++) {
        const mera_module *module = &files->module[i];
        char head[128];
        const int n = snprintf(head, sizeof head, "\n%.90s %zu\n", module->file, module->n);

        mera_sha256_add(&hash, head, (size_t)n);
        mera_sha256_add(&hash, module->text, module->n);
    }
    mera_sha256_end(&hash, hex);
}

static mera_code plugin_new(const mera_plugin_files *files, mera_arena *arena, mera_diags *diags,
                            mera_plugin **out)
{
    const char *text = mera_arena_strndup(arena, files->source, files->n);
    mera_plugin *plugin;

    MERA_TRY_PTR(text);
    MERA_TRY_NEW(plugin, arena, 1);
    plugin->arena = arena;
    plugin->files = *files;
    plugin->files.source = text;
    plugin->path = mera_arena_printf(arena, "%s/plugin.lua", files->folder);
    MERA_TRY_PTR(plugin->path);
    plugin_hash(files, plugin->sha256);
    if (diags != NULL) {
        mera_diags_source(diags, plugin->path, text, files->n);
    }
    *out = plugin;
    return MERA_OK;
}

/* Where its script will run: in a box here, or in a worker that has one. */
static mera_code plugin_open_box(mera_plugin *plugin, const mera_lua_limits *limits,
                                 mera_diags *diags)
{
    if (limits != NULL && limits->worker != NULL) {
        const mera_code rc = mera_worker_start(limits, plugin->arena, &plugin->worker);

        return rc == MERA_ESYSTEM ? mera_worker_refused(plugin, diags) : rc;
    }
    MERA_TRY(mera_box_open(limits, "plugin.lua", mera_library_open, &plugin->box));
    plugin->box->module = plugin->files.module;
    plugin->box->n_modules = plugin->files.n_modules;
    return MERA_OK;
}

/* What is counted are calls of its operations, not the loading. */
static void plugin_start_counting(mera_plugin *plugin)
{
    if (plugin->box != NULL) {
        plugin->box->calls = 0;
    }
}

mera_code mera_plugin_look(const mera_plugin_files *files, const mera_lua_limits *limits,
                           mera_arena *arena, mera_diags *diags, mera_plugin **out)
{
    mera_plugin *plugin;
    mera_code rc;

    *out = NULL;
    MERA_TRY(plugin_new(files, arena, diags, &plugin));
    MERA_TRY(plugin_open_box(plugin, limits, diags));
    rc = plugin_read(plugin, MERA_NOWHERE, diags);
    if (rc == MERA_OK) {
        rc = mera_plugin_make_ops(plugin, diags);
    }
    if (rc != MERA_OK) {
        mera_plugin_close(plugin);
        return rc;
    }
    plugin_start_counting(plugin);
    *out = plugin;
    return MERA_OK;
}

mera_code mera_plugin_open_files(const mera_plugin_files *files, const mera_value *with,
                                 const mera_lua_limits *limits, mera_at asked_at, mera_arena *arena,
                                 mera_diags *diags, mera_plugin **out)
{
    mera_plugin *plugin;
    mera_code rc;

    *out = NULL;
    MERA_TRY(plugin_new(files, arena, diags, &plugin));
    rc = plugin_open_box(plugin, limits, diags);
    if (rc == MERA_OK) {
        rc = plugin_read(plugin, asked_at, diags);
    }
    if (rc == MERA_OK) {
        rc = mera_plugin_bind_with(plugin, with, asked_at, diags);
    }
    if (rc == MERA_OK) {
        rc = mera_plugin_make_ops(plugin, diags);
    }
    if (rc != MERA_OK) {
        mera_plugin_close(plugin);
        return mera_within(diags, rc, asked_at, "in the plugin that is asked for here");
    }
    plugin_start_counting(plugin);
    *out = plugin;
    return MERA_OK;
}

mera_code mera_plugin_open(const char *folder, const char *source, size_t n, const mera_value *with,
                           const mera_lua_limits *limits, mera_at asked_at, mera_arena *arena,
                           mera_diags *diags, mera_plugin **out)
{
    const mera_plugin_files files = {.folder = folder, .source = source, .n = n};

    return mera_plugin_open_files(&files, with, limits, asked_at, arena, diags, out);
}

void mera_plugin_close(mera_plugin *plugin)
{
    if (plugin != NULL) {
        mera_box_close(plugin->box);
        plugin->box = NULL;
        mera_worker_close(plugin->worker);
        plugin->worker = NULL;
    }
}

/* ---- what it says of itself -------------------------------------------------------------- */

const char *mera_plugin_id(const mera_plugin *plugin)
{
    return plugin->manifest.id;
}

const char *mera_plugin_version(const mera_plugin *plugin)
{
    return plugin->manifest.version;
}

bool mera_plugin_satisfies(const mera_plugin *plugin, const char *wish, mera_at at,
                           mera_diags *diags)
{
    return mera_version_satisfies(plugin->manifest.version, wish, at, diags);
}

const char *mera_plugin_sha256(const mera_plugin *plugin)
{
    return plugin->sha256;
}

const char *mera_plugin_title(const mera_plugin *plugin, const char *language)
{
    const char *ru = plugin->manifest.title_ru, *en = plugin->manifest.title_en;
    const char *title = strcmp(language, "ru") == 0 && ru != NULL ? ru : en != NULL ? en : ru;

    return title != NULL ? title : plugin->manifest.id;
}

mera_text_list mera_plugin_regions(const mera_plugin *plugin)
{
    return plugin->manifest.regions;
}

size_t mera_plugin_n_ops(const mera_plugin *plugin)
{
    return plugin->manifest.n_items;
}

const mera_op *mera_plugin_op(const mera_plugin *plugin, size_t index)
{
    return &plugin->item[index].op;
}

mera_plugin_stats mera_plugin_statistics(const mera_plugin *plugin)
{
    const mera_box *box = plugin->box;

    if (plugin->worker != NULL) {
        return plugin->worker->stats;
    }
    return (mera_plugin_stats){.calls = box->calls,
                               .instructions = box->total,
                               .peak_bytes = box->peak,
                               .cells_made = plugin->cells_made,
                               .cells_missing = plugin->cells_missing,
                               .cells_out_of_range = plugin->cells_out_of_range,
                               .cells_undefined = box->undefined,
                               .seconds = box->seconds};
}
