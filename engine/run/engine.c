/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The engine: built-in operations, threads and where plugins are looked for. It holds nothing that
 * a run could change, so results do not depend on what was run before.
 */
#include "run/internal.h"

static mera_code engine_copy_texts(mera_arena *arena, const char *const **list, size_t n)
{
    const char **copy;

    MERA_TRY_NEW(copy, arena, n);
    for (size_t i = 0; i < n; i++) {
        copy[i] = mera_arena_strdup(arena, (*list)[i]);
        MERA_TRY_PTR(copy[i]);
    }
    *list = copy;
    return MERA_OK;
}

static mera_code engine_copy_options(mera_engine *engine, const mera_options *options)
{
    mera_options *own = &engine->options;

    *own = *options;
    MERA_TRY(engine_copy_texts(engine->arena, &own->plugin_path, own->n_plugin_paths));
    MERA_TRY(engine_copy_texts(engine->arena, &own->trusted, own->n_trusted));
    MERA_TRY(engine_copy_texts(engine->arena, &own->trusted_path, own->n_trusted_paths));
    if (options->worker != NULL) {
        own->worker = mera_arena_strdup(engine->arena, options->worker);
        MERA_TRY_PTR(own->worker);
    }
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
