/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The engine: built-in operations, threads and where plugins are looked for. It holds nothing that
 * a run could change, so results do not depend on what was run before.
 */
#include "run/internal.h"

static mera_code engine_copy_options(mera_engine *engine, const mera_options *options)
{
    const char **paths;

    engine->options = *options;
    MERA_TRY_NEW(paths, engine->arena, options->n_plugin_paths);
    for (size_t i = 0; i < options->n_plugin_paths; i++) {
        paths[i] = mera_arena_strdup(engine->arena, options->plugin_path[i]);
        MERA_TRY_PTR(paths[i]);
    }
    engine->options.plugin_path = paths;
    return MERA_OK;
}

static mera_code engine_fill(mera_engine *engine, const mera_options *options)
{
    static const mera_options defaults = {.n_plugin_paths = 0};

    MERA_TRY(engine_copy_options(engine, options != NULL ? options : &defaults));
    MERA_TRY(mera_registry_new(engine->arena, &engine->registry));
    return mera_pool_open(engine->options.threads, &engine->pool);
}

mera_code mera_engine_open(const mera_options *options, mera_engine **out)
{
    mera_arena *arena = mera_arena_new();
    mera_engine *engine;
    mera_code rc;

    *out = NULL;
    if (arena == NULL) {
        return MERA_ENOMEM;
    }
    engine = mera_arena_zero(arena, 1, sizeof *engine);
    if (engine == NULL) {
        mera_arena_free(arena);
        return MERA_ENOMEM;
    }
    engine->arena = arena;
    rc = engine_fill(engine, options);
    if (rc != MERA_OK) {
        mera_engine_close(engine);
        return rc;
    }
    *out = engine;
    return MERA_OK;
}

void mera_engine_close(mera_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    while (engine->refused != NULL) {
        mera_project *project = engine->refused;

        engine->refused = project->next;
        mera_arena_free(project->arena);
    }
    mera_pool_close(engine->pool);
    mera_arena_free(engine->arena);
}

const mera_registry *mera_engine_registry(const mera_engine *engine)
{
    return engine->registry;
}
