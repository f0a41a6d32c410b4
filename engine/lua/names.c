/* SPDX-License-Identifier: Apache-2.0 */
/** @file The names that a plugin's text makes, by its tokens. */
#include "lua/names.h"

#include <stdio.h>
#include <string.h>

#include "lua/lexer.h"

/** A walk over the tokens. The lists have room for one name a token. */
typedef struct names_walk {
    mera_lexer lexer;
    mera_token token;
    mera_arena *arena;
    const char **local, **column;
    size_t n_local, n_column;
} names_walk;

static void names_next(names_walk *walk)
{
    walk->token = mera_lexer_next(&walk->lexer);
}

static mera_code names_add(const names_walk *walk, const char **list, size_t *n, size_t quotes)
{
    list[*n] = mera_arena_strndup(walk->arena, walk->token.at + quotes, walk->token.n - 2 * quotes);
    return list[(*n)++] == NULL ? MERA_ENOMEM : MERA_OK;
}

/** Names with commas between them: after `local`, or the arguments of a function. */
static mera_code names_listed(names_walk *walk)
{
    while (walk->token.kind == MERA_TOKEN_NAME) {
        MERA_TRY(names_add(walk, walk->local, &walk->n_local, 0));
        names_next(walk);
        if (mera_token_is(&walk->token, ",")) {
            names_next(walk);
        }
    }
    return MERA_OK;
}

/** After `function`: perhaps a name, then the arguments. */
static mera_code names_function(names_walk *walk, bool is_local)
{
    if (walk->token.kind == MERA_TOKEN_NAME && is_local) {
        MERA_TRY(names_add(walk, walk->local, &walk->n_local, 0));
    }
    if (walk->token.kind == MERA_TOKEN_NAME) {
        names_next(walk);
    }
    if (!mera_token_is(&walk->token, "(")) {
        return MERA_OK;
    }
    names_next(walk);
    return names_listed(walk);
}

/** After `reads`: = { "a", "b" } */
static mera_code names_reads(names_walk *walk)
{
    if (!mera_token_is(&walk->token, "=")) {
        return MERA_OK;
    }
    names_next(walk);
    while (walk->token.kind == MERA_TOKEN_STRING || mera_token_is(&walk->token, "{") ||
           mera_token_is(&walk->token, ",")) {
        if (walk->token.kind == MERA_TOKEN_STRING && walk->token.n > 2) {
            MERA_TRY(names_add(walk, walk->column, &walk->n_column, 1));
        }
        names_next(walk);
    }
    return MERA_OK;
}

/** The names that begin at the token before; the walk then stands behind them. */
static mera_code names_at(names_walk *walk)
{
    const mera_token first = walk->token;

    names_next(walk);
    if (mera_token_is(&first, "local")) {
        if (!mera_token_is(&walk->token, "function")) {
            return names_listed(walk);
        }
        names_next(walk);
        return names_function(walk, true);
    }
    if (mera_token_is(&first, "function")) {
        return names_function(walk, false);
    }
    return first.kind == MERA_TOKEN_NAME && first.n == 5 && memcmp(first.at, "reads", 5) == 0
               ? names_reads(walk)
               : MERA_OK;
}

static mera_code names_params(const mera_outline *outline, mera_arena *arena, mera_text_list *out)
{
    const char **names;
    size_t n = 0;

    MERA_TRY_NEW(names, arena, outline->n);
    for (size_t i = 0; i < outline->n; i++) {
        const char *path = outline->entry[i].path, *key = strstr(path, "params.");

        if (key != NULL && (key == path || key[-1] == '.') && strchr(key + 7, '.') == NULL) {
            names[n++] = key + 7;
        }
    }
    *out = (mera_text_list){n, names};
    return MERA_OK;
}

static size_t names_count_tokens(const char *text, size_t n)
{
    mera_lexer lexer;
    size_t count = 0;

    mera_lexer_start(&lexer, text, n);
    while (mera_lexer_next(&lexer).kind != MERA_TOKEN_END) {
        count++;
    }
    return count;
}

mera_code mera_names_read(const char *text, size_t n, const mera_outline *outline,
                          mera_arena *arena, mera_names *out)
{
    const size_t room = names_count_tokens(text, n);
    names_walk walk = {.arena = arena};

    MERA_TRY_NEW(walk.local, arena, room);
    MERA_TRY_NEW(walk.column, arena, room);
    mera_lexer_start(&walk.lexer, text, n);
    names_next(&walk);
    while (walk.token.kind != MERA_TOKEN_END) {
        MERA_TRY(names_at(&walk));
    }
    out->local = (mera_text_list){walk.n_local, walk.local};
    out->column = (mera_text_list){walk.n_column, walk.column};
    return names_params(outline, arena, &out->param);
}

bool mera_names_suggest(const mera_names *names, const char *name, char *out, size_t room)
{
    const char *near = mera_nearest(name, names->local.v, names->local.n);

    if (near != NULL) {
        snprintf(out, room, "did you mean '%s'?", near);
        return true;
    }
    near = mera_nearest(name, names->column.v, names->column.n);
    if (near != NULL) {
        snprintf(out, room,
                 "did you mean the column '%s'? columns are fields of the first argument", near);
        return true;
    }
    near = mera_nearest(name, names->param.v, names->param.n);
    if (near != NULL) {
        snprintf(out, room,
                 "did you mean the parameter '%s'? parameters are fields of the second argument",
                 near);
    }
    return near != NULL;
}
