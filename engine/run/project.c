/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A project: a methodology resolved, its plugins loaded, its names bound to a registry of its own.
 * Files are read through one reader, so that the layers below stay free of them.
 */
#include "base/text.h"
#include "io/file.h"
#include "run/plugins.h"

static mera_code project_read_file(void *self, const char *path, size_t limit, mera_at at,
                                   mera_arena *arena, mera_diags *diags, const char **bytes,
                                   size_t *n)
{
    (void)self;
    return mera_file_read(path, limit, at, arena, diags, bytes, n);
}

/** The methodology's file: of a folder, its methodology.yaml. */
static mera_code project_file(const char *path, mera_arena *arena, const char **out)
{
    *out = mera_file_is_folder(path) ? mera_path_join(path, "methodology.yaml", arena)
                                     : mera_arena_strdup(arena, path);
    return *out == NULL ? MERA_ENOMEM : MERA_OK;
}

/** Binds; of plugins that were refused a moment ago nothing more is said. */
static mera_code project_bind(mera_project *project, const char *file, bool plugins_refused,
                              mera_diags *diags)
{
    mera_diags *own = diags;
    mera_code rc;

    if (plugins_refused && diags != NULL) {
        own = mera_diags_new(project->arena);
        MERA_TRY_PTR(own);
    }
    rc = mera_methodology_bind(project->tree, file, project->registry, project->arena, own,
                               &project->methodology);
    for (size_t i = 0; own != diags && i < mera_diags_size(own); i++) {
        const mera_diag *problem = mera_diags_get(own, i);

        if (!mera_streq(problem->id, MERA_PLUGIN_NOT_LOADED)) {
            MERA_TRY(mera_diags_add(diags, problem));
        }
    }
    return rc;
}

/** Is the work to go on, so that the rest of the problems is said too? */
static bool project_goes_on(mera_code rc)
{
    return rc == MERA_OK || rc == MERA_EINPUT;
}

/** Plugins, keys and formulas: each is looked at even when the others are refused. */
static mera_code project_check(mera_project *project, const char *file, mera_diags *diags)
{
    const mera_code loaded = mera_run_load_plugins(project, file, diags);
    mera_code bound, formulas;

    if (!project_goes_on(loaded)) {
        return loaded;
    }
    bound = project_bind(project, file, loaded != MERA_OK, diags);
    if (!project_goes_on(bound)) {
        return bound;
    }
    formulas = mera_run_check_formulas(project, diags);
    if (loaded != MERA_OK || bound != MERA_OK || formulas != MERA_OK) {
        mera_diags_sort(diags);
    }
    return loaded != MERA_OK ? loaded : bound != MERA_OK ? bound : formulas;
}

static mera_code project_fill(mera_project *project, const mera_reader *reader, const char *path,
                              const char *variant, const mera_set *set, size_t n_set,
                              mera_diags *diags)
{
    const mera_reader files = {.read = project_read_file};
    const char *file = mera_arena_strdup(project->arena, path);
    mera_code resolved, checked;

    MERA_TRY_PTR(file);
    if (reader == NULL) {
        reader = &files;
        MERA_TRY(project_file(path, project->arena, &file));
    }
    resolved = mera_methodology_resolve(reader, file, variant, set, n_set, project->arena, diags,
                                        &project->tree);
    if (resolved != MERA_OK && (resolved != MERA_EINPUT || project->tree == NULL)) {
        return resolved;
    }
    MERA_TRY(mera_registry_new(project->arena, &project->registry));
    checked = project_check(project, file, diags);
    if (resolved != MERA_OK || checked != MERA_OK) {
        return resolved != MERA_OK ? resolved : checked;
    }
    return mera_run_open_core(project, reader == &files ? NULL : reader, set, n_set, diags);
}

static mera_code project_fill_tree(mera_project *project, const char *path, mera_diags *diags)
{
    const char *file;

    MERA_TRY(project_file(path, project->arena, &file));
    MERA_TRY(mera_registry_new(project->arena, &project->registry));
    return project_check(project, file, diags);
}

static void project_close_plugins(mera_project *project)
{
    for (size_t i = 0; i < project->n_plugins; i++) {
        mera_plugin_close(project->plugin[i]);
    }
    project->n_plugins = 0;
}

static mera_code project_new(mera_engine *engine, mera_project **out)
{
    mera_arena *arena = mera_arena_new();

    *out = arena == NULL ? NULL : mera_arena_zero(arena, 1, sizeof **out);
    if (*out == NULL) {
        mera_arena_free(arena);
        return MERA_ENOMEM;
    }
    (*out)->engine = engine;
    (*out)->arena = arena;
    return MERA_OK;
}

/** A project that was refused: its problems show lines of files that live in its arena, which the
 * engine therefore keeps. */
static mera_code project_keep_refused(mera_project *project, mera_code code)
{
    project_close_plugins(project);
    project->next = project->engine->refused;
    project->engine->refused = project;
    return code;
}

mera_code mera_project_open_reader(mera_engine *engine, const mera_reader *reader, const char *path,
                                   const char *variant, const mera_set *set, size_t n_set,
                                   mera_diags *diags, mera_project **out)
{
    mera_project *project;
    mera_code rc;

    *out = NULL;
    MERA_TRY(project_new(engine, &project));
    rc = project_fill(project, reader, path, variant, set, n_set, diags);
    if (rc != MERA_OK) {
        return project_keep_refused(project, rc);
    }
    *out = project;
    return MERA_OK;
}

mera_code mera_project_open_tree(mera_engine *engine, const mera_value *tree, const char *path,
                                 mera_diags *diags, mera_project **out)
{
    mera_project *project;
    mera_code rc;

    *out = NULL;
    MERA_TRY(project_new(engine, &project));
    project->tree = tree;
    rc = project_fill_tree(project, path, diags);
    if (rc != MERA_OK) {
        return project_keep_refused(project, rc);
    }
    *out = project;
    return MERA_OK;
}

mera_code mera_project_open(mera_engine *engine, const char *path, const char *variant,
                            const mera_set *set, size_t n_set, mera_diags *diags,
                            mera_project **out)
{
    return mera_project_open_reader(engine, NULL, path, variant, set, n_set, diags, out);
}

void mera_project_close(mera_project *project)
{
    if (project != NULL) {
        if (!project->borrows_core) {
            mera_project_close(project->core);
        }
        if (!project->borrows) {
            project_close_plugins(project);
        }
        mera_arena_free(project->arena);
    }
}

/** The same plugins when nothing about them has changed, else its own; the core stays as it is. */
static mera_code project_vary_plugins(mera_project *project, const mera_project *base,
                                      mera_diags *diags)
{
    project->core = base->core;
    project->borrows_core = true;
    project->borrows =
        mera_value_get(project->tree, "plugins") == mera_value_get(base->tree, "plugins");
    if (project->borrows) {
        project->registry = base->registry;
        project->plugin = base->plugin;
        project->n_plugins = base->n_plugins;
        project->plugin_drops = base->plugin_drops;
        return MERA_OK;
    }
    MERA_TRY(mera_registry_new(project->arena, &project->registry));
    return mera_run_load_plugins(project, base->methodology->path, diags);
}

static mera_code project_vary(mera_project *project, const mera_project *base, const char *variant,
                              const mera_change *change, size_t n, mera_diags *diags)
{
    MERA_TRY(mera_methodology_vary(base->tree, variant, change, n, project->arena, diags,
                                   &project->tree));
    MERA_TRY(project_vary_plugins(project, base, diags));
    MERA_TRY(mera_methodology_bind(project->tree, base->methodology->path, project->registry,
                                   project->arena, diags, &project->methodology));
    return mera_run_check_formulas(project, diags);
}

mera_code mera_project_vary(const mera_project *base, const char *variant,
                            const mera_change *change, size_t n, mera_diags *diags,
                            mera_project **out)
{
    mera_arena *arena = mera_arena_new();
    mera_project *project = arena != NULL ? mera_arena_zero(arena, 1, sizeof *project) : NULL;
    *out = NULL;
    if (project == NULL) {
        mera_arena_free(arena);
        return MERA_ENOMEM;
    }
    project->engine = base->engine;
    project->arena = arena;
    const mera_code rc = project_vary(project, base, variant, change, n, diags);
    if (rc != MERA_OK) {
        mera_project_close(project);
        return rc;
    }
    *out = project;
    return MERA_OK;
}

const mera_methodology *mera_project_methodology(const mera_project *project)
{
    return project->methodology;
}

const mera_registry *mera_project_registry(const mera_project *project)
{
    return project->registry;
}
