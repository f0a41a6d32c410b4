/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tests of this layer share: an arena, diagnostics, and a plugin from its text. */
#ifndef MERA_LUA_FIXTURE_H
#define MERA_LUA_FIXTURE_H

#include "mera_test.h"

#include <stdlib.h>

#include "lua/host.h"

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
    mera_plugin *plugin;
} fixture;

static inline int fixture_open(void **state)
{
    fixture *f = calloc(1, sizeof *f);

    f->arena = mera_arena_new();
    f->diags = mera_diags_new(f->arena);
    *state = f;
    return 0;
}

static inline int fixture_close(void **state)
{
    fixture *f = *state;

    mera_plugin_close(f->plugin);
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

/** Opens a plugin from its text, as if it stood in plugins/t/plugin.lua. */
static inline mera_code open_plugin(fixture *f, const char *source, const mera_value *with,
                                    const mera_lua_limits *limits)
{
    return mera_plugin_open("plugins/t", source, strlen(source), with, limits,
                            (mera_at){"m.yaml", 3, 5, 0}, f->arena, f->diags, &f->plugin);
}

/** The operation of that name; fails when the plugin has none. */
static inline const mera_op *op_named(const fixture *f, const char *name)
{
    for (size_t i = 0; i < mera_plugin_n_ops(f->plugin); i++) {
        if (strcmp(mera_plugin_op(f->plugin, i)->name, name) == 0) {
            return mera_plugin_op(f->plugin, i);
        }
    }
    print_error("no operation %s\n", name);
    fail();
    return NULL;
}

/** Binds an operation's defaults. */
static inline const void *defaults_of(fixture *f, const mera_op *op)
{
    void *params = NULL;

    assert_int_equal(mera_op_bind(op, NULL, NULL, MERA_NOWHERE, f->arena, f->diags, &params),
                     MERA_OK);
    return params;
}

/** The last problem as it is printed. */
static inline const char *last_text(fixture *f)
{
    const size_t n = mera_diags_size(f->diags);

    assert_true(n > 0);
    return mera_diag_text(f->diags, mera_diags_get(f->diags, n - 1), f->arena);
}

/** Fails unless the last problem is printed with `text` in it. */
static inline void assert_printed(fixture *f, const char *text)
{
    const char *printed = last_text(f);

    if (strstr(printed, text) == NULL) {
        print_error("printed:\n%s\nwithout:\n%s\n", printed, text);
        fail();
    }
}

#endif
