/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The operations there are: built in, and of the plugins in the engine's folders. They are looked
 * at and never run: a plugin's state is closed before this returns, its descriptors stay.
 */
#include "run/plugins.h"

#include "base/grow.h"
#include "base/text.h"
#include "io/file.h"
#include "run/plugin_files.h"

/** Folders whose names were met before: the first on the path hides the others. */
typedef struct catalogue_walk {
    mera_engine *engine;
    mera_arena *arena;
    mera_diags *diags; /**< errors of plugins, to become warnings ... */
    mera_diags *told;  /**< ... here */
    mera_registry *registry;
    const char **name;
    size_t n, room;
} catalogue_walk;

static mera_code catalogue_met(catalogue_walk *walk, const char *name, bool *before)
{
    *before = false;
    for (size_t i = 0; i < walk->n; i++) {
        *before = *before || mera_streq(walk->name[i], name);
    }
    if (*before) {
        return MERA_OK;
    }
    MERA_TRY_GROWN(walk->name, walk->arena, &walk->room, walk->n + 1);
    walk->name[walk->n++] = name;
    return MERA_OK;
}

/** A problem of one plugin does not end the walk. */
static mera_code catalogue_goes_on(mera_code rc)
{
    return rc == MERA_ENOMEM ? rc : MERA_OK;
}

static mera_code catalogue_plugin(catalogue_walk *walk, const char *folder, const char *script)
{
    mera_lua_limits limits;
    mera_plugin_files files;
    mera_plugin *plugin;

    MERA_TRY(
        mera_run_plugin_limits(walk->engine, mera_path_name(folder), folder, walk->arena, &limits));
    MERA_TRY(mera_plugin_files_read(folder, (mera_at){.file = script}, walk->arena, walk->diags,
                                    &files));
    mera_diags_source(walk->told, script, files.source, files.n);
    MERA_TRY(mera_plugin_look(&files, &limits, walk->arena, walk->diags, &plugin));
    if (!mera_streq(mera_plugin_id(plugin), mera_path_name(folder))) {
        (void)mera_fail(walk->diags, MERA_EINPUT, "plugin-name", (mera_at){.file = script},
                        "the plugin in folder '%s' calls itself '%s'", mera_path_name(folder),
                        mera_plugin_id(plugin));
        mera_plugin_close(plugin);
        return MERA_EINPUT;
    }
    for (size_t i = 0; i < mera_plugin_n_ops(plugin); i++) {
        const mera_code added =
            mera_registry_add(walk->registry, mera_plugin_op(plugin, i), walk->diags);

        (void)mera_within(walk->diags, added, (mera_at){.file = script}, "in plugin '%s'",
                          mera_plugin_id(plugin));
        if (added == MERA_ENOMEM) {
            mera_plugin_close(plugin);
            return added;
        }
    }
    mera_plugin_close(plugin);
    return MERA_OK;
}

static mera_code catalogue_folder(catalogue_walk *walk, const char *place)
{
    const char *const *names;
    size_t n;

    if (!mera_file_is_folder(place)) {
        return mera_fail(walk->diags, MERA_EINPUT, "no-such-folder", (mera_at){.file = place},
                         "there is no such folder to look for plugins in");
    }
    MERA_TRY(mera_folder_list(place, walk->arena, walk->diags, &names, &n));
    for (size_t i = 0; i < n; i++) {
        const char *folder = mera_path_join(place, names[i], walk->arena), *script;
        bool before = false;

        MERA_TRY_PTR(folder);
        script = mera_path_join(folder, "plugin.lua", walk->arena);
        MERA_TRY_PTR(script);
        if (!mera_file_exists(script)) {
            continue;
        }
        MERA_TRY(catalogue_met(walk, names[i], &before));
        if (!before) {
            MERA_TRY(catalogue_goes_on(catalogue_plugin(walk, folder, script)));
        }
    }
    return MERA_OK;
}

/** What was refused is left out of a list, not an error of it. */
static mera_code catalogue_warn(const mera_diags *refused, mera_diags *diags)
{
    for (size_t i = 0; i < mera_diags_size(refused); i++) {
        mera_diag problem = *mera_diags_get(refused, i);

        problem.severity = MERA_WARNING;
        MERA_TRY(mera_diags_add(diags, &problem));
    }
    return MERA_OK;
}

mera_code mera_engine_catalogue(mera_engine *engine, mera_arena *arena, mera_diags *diags,
                                mera_registry **out)
{
    catalogue_walk walk = {
        .engine = engine, .arena = arena, .diags = mera_diags_new(arena), .told = diags};

    MERA_TRY_PTR(walk.diags);
    MERA_TRY(mera_registry_new(arena, &walk.registry));
    for (size_t i = 0; i < engine->options.n_plugin_paths; i++) {
        MERA_TRY(catalogue_goes_on(catalogue_folder(&walk, engine->options.plugin_path[i])));
    }
    *out = walk.registry;
    return catalogue_warn(walk.diags, diags);
}
