/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The names that a plugin's text makes: what an unknown name may have been meant for. Lua forgets
 * them when it compiles.
 */
#ifndef MERA_LUA_NAMES_H
#define MERA_LUA_NAMES_H

#include "base/text.h"
#include "lua/outline.h"
#include "mera/op.h"

typedef struct mera_names {
    mera_text_list local;  /**< local variables, functions and their arguments */
    mera_text_list column; /**< what `reads` lists */
    mera_text_list param;  /**< keys of `params` */
} mera_names;

/** Lists live in `arena`; a name that stands twice is listed twice. */
mera_code mera_names_read(const char *text, size_t n, const mera_outline *outline,
                          mera_arena *arena, mera_names *out);

/**
 * A question behind "'populaton' is not known": "; did you mean the column 'population' …?", or
 * false when no name of the plugin is near.
 */
bool mera_names_suggest(const mera_names *names, const char *name, char *out, size_t room);

#endif
