/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Lua patterns with a budget: the same language as the manual's section 6.4.1, but each step of a
 * match is charged, so that ("a*"):rep(7) .. "b" stops at the limit and not in a hundred years.
 */
#ifndef MERA_LUA_PATTERN_H
#define MERA_LUA_PATTERN_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

enum { MERA_PATTERN_CAPTURES = 32 };

/** A piece of the subject; n is -1 while it is open and -2 when it stands for a position. */
typedef struct mera_capture {
    const char *at;
    ptrdiff_t n;
} mera_capture;

typedef struct mera_pattern {
    lua_State *L;
    const char *text, *text_end;       /**< the subject */
    const char *pattern, *pattern_end; /**< without a leading "^" */
    bool anchored;
    int depth;
    int n_captures;
    mera_capture capture[MERA_PATTERN_CAPTURES];
} mera_pattern;

/** Prepares a pattern for a subject. */
void mera_pattern_start(mera_pattern *m, lua_State *L, const char *text, size_t n_text,
                        const char *pattern, size_t n_pattern, bool anchors);

/** Matches at `at`; gives the end of the match or NULL. May raise. */
const char *mera_pattern_match(mera_pattern *m, const char *at);

/** Pushes the captures (the whole match from `at` to `end` when there are none and `at` is not
 * NULL); returns how many. */
int mera_pattern_push(mera_pattern *m, const char *at, const char *end);

/** Pushes capture `index` from 0, or the whole match when there are none. */
void mera_pattern_push_one(mera_pattern *m, int index, const char *at, const char *end);

#endif
