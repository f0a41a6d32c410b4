/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where plugins come from: a folder NAME with plugin.lua, looked for in `plugins/` beside the file
 * that asks for it, in `plugins/` beside the methodology, then in the folders of the engine's
 * options. The first found is taken; nothing else is read.
 */
#include "run/plugins.h"

#include "io/file.h"
#include "run/plugin_files.h"

#include <string.h>

/** The folders to look in, in their order. */
static mera_code plugins_places(const mera_project *project, const char *path,
                                const mera_plugin_use *use, mera_arena *arena, mera_text_list *out)
{
    const mera_options *options = &project->engine->options;
    const char **place;
    size_t n = 0;

    MERA_TRY_NEW(place, arena, options->n_plugin_paths + 2);
    if (use->at.file != NULL && !mera_streq(use->at.file, path)) {
        place[n] = mera_path_beside(use->at.file, "plugins", arena);
        MERA_TRY_PTR(place[n]);
        n++;
    }
    place[n] = mera_path_beside(path, "plugins", arena);
    MERA_TRY_PTR(place[n]);
    n++;
    for (size_t i = 0; i < options->n_plugin_paths; i++) {
        place[n++] = options->plugin_path[i];
    }
    *out = (mera_text_list){n, place};
    return MERA_OK;
}

/** The names of the plugins in the folders: for suggestions. */
static mera_code plugins_names(const mera_text_list *places, mera_arena *arena, mera_text_list *out)
{
    const char **all = NULL;
    size_t n_all = 0;

    for (size_t i = 0; i < places->n; i++) {
        const char *const *names;
        const char **grown;
        size_t n;

        if (!mera_file_is_folder(places->v[i])) {
            continue;
        }
        if (mera_folder_list(places->v[i], arena, NULL, &names, &n) != MERA_OK) {
            continue;
        }
        MERA_TRY_NEW(grown, arena, n_all + n);
        if (n_all > 0) {
            memcpy(grown, all, n_all * sizeof *grown);
        }
        for (size_t k = 0; k < n; k++) {
            grown[n_all++] = names[k];
        }
        all = grown;
    }
    *out = (mera_text_list){n_all, all};
    return MERA_OK;
}

static mera_code plugins_not_found(const mera_plugin_use *use, const mera_text_list *places,
                                   mera_arena *arena, mera_diags *diags)
{
    mera_text looked = {.arena = arena};
    mera_text_list names;
    const char *nearest, *text;

    for (size_t i = 0; i < places->n; i++) {
        mera_text_addf(&looked, "%s%s", i > 0 ? ", " : "", places->v[i]);
    }
    text = mera_text_string(&looked);
    MERA_TRY_PTR(text);
    MERA_TRY(plugins_names(places, arena, &names));
    (void)mera_fail(diags, MERA_EINPUT, "missing-plugin", use->at,
                    "no plugin '%s' was found; looked in %s", use->name, text);
    nearest = mera_nearest(use->name, names.v, names.n);
    if (nearest != NULL) {
        mera_hint(diags, "did you mean '%s'?", nearest);
    } else {
        mera_hint(diags, "a plugin is a folder '%s' that holds plugin.lua", use->name);
    }
    return MERA_EINPUT;
}

/** The folder that holds the plugin, or NULL. */
static mera_code plugins_find(const mera_plugin_use *use, const mera_text_list *places,
                              mera_arena *arena, const char **folder, const char **script)
{
    *folder = NULL;
    for (size_t i = 0; i < places->n; i++) {
        const char *at = mera_path_join(places->v[i], use->name, arena);
        const char *file;

        MERA_TRY_PTR(at);
        file = mera_path_join(at, "plugin.lua", arena);
        MERA_TRY_PTR(file);
        if (mera_file_exists(file)) {
            *folder = at;
            *script = file;
            return MERA_OK;
        }
    }
    return MERA_OK;
}

/** A plugin of that very id loaded before, or NULL. */
static const mera_plugin *plugins_loaded(const mera_project *project, const char *id)
{
    for (size_t i = 0; i < project->n_plugins; i++) {
        if (mera_streq(mera_plugin_id(project->plugin[i]), id)) {
            return project->plugin[i];
        }
    }
    return NULL;
}

static mera_code plugins_misnamed(const mera_plugin_use *use, const char *id, mera_diags *diags)
{
    MERA_TRY_PTR(id);
    (void)mera_fail(diags, MERA_EINPUT, "plugin-name", use->at,
                    "the plugin in folder '%s' calls itself '%s'", use->name, id);
    mera_hint(diags, "a plugin's folder has its id as its name");
    return MERA_EINPUT;
}

/** Adds the operations of a plugin just opened. */
static mera_code plugins_add(mera_project *project, const mera_plugin_use *use, mera_plugin *plugin,
                             mera_diags *diags)
{
    mera_code rc = MERA_OK;

    if (use->version != NULL && !mera_plugin_satisfies(plugin, use->version, use->at, diags)) {
        return mera_fail(diags, MERA_EINPUT, "plugin-version", use->at,
                         "plugin '%s' is version %s, but \"%s\" is asked for", use->name,
                         mera_plugin_version(plugin), use->version);
    }
    for (size_t i = 0; i < mera_plugin_n_ops(plugin); i++) {
        const mera_code added =
            mera_registry_add(project->registry, mera_plugin_op(plugin, i), diags);

        if (added == MERA_EINPUT) {
            (void)mera_within(diags, added, use->at, "in plugin '%s'", use->name);
        }
        if (added != MERA_OK) {
            rc = added;
        }
    }
    return rc;
}

static bool plugins_among(const char *text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mera_streq(text, list[i])) {
            return true;
        }
    }
    return false;
}

/** Does the user trust the plugin, or did it come with the engine? Whoever wrote the plugin or the
 * methodology has no say in it. */
static mera_code plugins_trusted(const mera_options *options, const char *name, const char *folder,
                                 mera_arena *arena, bool *trusted)
{
    *trusted = plugins_among(name, options->trusted, options->n_trusted);
    for (size_t i = 0; i < options->n_trusted_paths && !*trusted; i++) {
        const char *shipped = mera_path_join(options->trusted_path[i], name, arena);

        MERA_TRY_PTR(shipped);
        *trusted = mera_streq(shipped, folder);
    }
    return MERA_OK;
}

mera_code mera_run_plugin_limits(const mera_engine *engine, const char *name, const char *folder,
                                 mera_arena *arena, mera_lua_limits *out)
{
    bool trusted;

    *out = mera_run_lua_limits(engine);
    MERA_TRY(plugins_trusted(&engine->options, name, folder, arena, &trusted));
    out->worker = trusted ? NULL : engine->options.worker;
    return MERA_OK;
}

/** What the methodology allows a plugin. */
static void plugins_allow(const mera_plugin_use *use, mera_lua_limits *limits)
{
    limits->instructions = use->instructions > 0 ? use->instructions : limits->instructions;
    limits->bytes = use->memory > 0 ? use->memory : limits->bytes;
    limits->seconds = use->seconds > 0 ? use->seconds : limits->seconds;
}

static mera_code plugins_load(mera_project *project, const char *path, const mera_plugin_use *use,
                              mera_diags *diags)
{
    mera_lua_limits limits;
    const char *folder, *script;
    mera_text_list places;
    mera_plugin_files files;
    mera_plugin *plugin;

    MERA_TRY(plugins_places(project, path, use, project->arena, &places));
    MERA_TRY(plugins_find(use, &places, project->arena, &folder, &script));
    if (folder == NULL) {
        return plugins_not_found(use, &places, project->arena, diags);
    }
    MERA_TRY(mera_run_plugin_limits(project->engine, use->name, folder, project->arena, &limits));
    plugins_allow(use, &limits);
    MERA_TRY(mera_plugin_files_read(folder, use->at, project->arena, diags, &files));
    MERA_TRY(mera_plugin_open_files(&files, use->with, &limits, use->at, project->arena, diags,
                                    &plugin));
    if (!mera_streq(mera_plugin_id(plugin), use->name)) { /* or it could speak as another one */
        const char *id = mera_arena_strdup(project->arena, mera_plugin_id(plugin));

        mera_plugin_close(plugin);
        return plugins_misnamed(use, id, diags);
    }
    if (plugins_loaded(project, mera_plugin_id(plugin)) != NULL) {
        mera_plugin_close(plugin);
        return mera_fail(diags, MERA_EINPUT, "duplicate-plugin", use->at,
                         "plugin '%s' is asked for twice", use->name);
    }
    project->plugin_drops[project->n_plugins] = use->drop;
    project->plugin[project->n_plugins++] = plugin; /* the project closes it from here on */
    return plugins_add(project, use, plugin, diags);
}

mera_code mera_run_load_plugins(mera_project *project, const char *path, mera_diags *diags)
{
    const mera_plugin_use *use;
    mera_code rc = MERA_OK;
    size_t n;

    MERA_TRY(mera_methodology_plugins(project->tree, project->arena, diags, &use, &n));
    MERA_TRY_NEW(project->plugin, project->arena, n);
    MERA_TRY_NEW(project->plugin_drops, project->arena, n);
    for (size_t i = 0; i < n; i++) {
        const mera_code loaded = plugins_load(project, path, &use[i], diags);

        if (loaded != MERA_OK && loaded != MERA_EINPUT) {
            return loaded;
        }
        if (rc == MERA_OK) {
            rc = loaded;
        }
    }
    return rc;
}

mera_lua_limits mera_run_lua_limits(const mera_engine *engine)
{
    return (mera_lua_limits){.instructions = engine->options.lua_instructions,
                             .bytes = engine->options.lua_bytes};
}
