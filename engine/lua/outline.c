/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Walks the tokens after `mera.plugin`, keeping the path of table keys it is in, and steps over the
 * bodies of functions by counting what opens and closes a block.
 */
#include "lua/outline.h"

#include <string.h>

#include "lua/lexer.h"

enum { OUTLINE_DEPTH = 12, OUTLINE_KEYS = 4000 };

typedef struct outline_walk {
    mera_lexer lexer;
    mera_arena *arena;
    mera_outline_entry *entry;
    size_t n;
    const char *path[OUTLINE_DEPTH]; /* of each table that is open; "" = the manifest */
    int depth;                       /* tables open */
    int round;                       /* round and square brackets open inside the innermost table */
    const char *last;                /* path of the key whose value is being read, or NULL */
} outline_walk;

/* Steps behind the `end` of a function whose `function` was just read. */
static void outline_skip_function(mera_lexer *lexer)
{
    int open = 1, loops = 0;

    while (open > 0) {
        const mera_token token = mera_lexer_next(lexer);

        if (token.kind == MERA_TOKEN_END) {
            return;
        }
        if (mera_token_is(&token, "while") || mera_token_is(&token, "for")) {
            loops++; /* its own `do` is not one more block */
            open++;
        } else if (mera_token_is(&token, "do")) {
            open += loops == 0;
            loops -= loops > 0;
        } else if (mera_token_is(&token, "function") || mera_token_is(&token, "if") ||
                   mera_token_is(&token, "repeat")) {
            open++;
        } else if (mera_token_is(&token, "end") || mera_token_is(&token, "until")) {
            open--;
        }
    }
}

static mera_code outline_add(outline_walk *walk, const mera_token *key)
{
    const char *parent = walk->path[walk->depth - 1];
    const bool quoted = key->kind == MERA_TOKEN_STRING && key->n >= 2;
    const char *path =
        mera_arena_printf(walk->arena, "%s%s%.*s", parent, *parent == '\0' ? "" : ".",
                          (int)(key->n - (quoted ? 2 : 0)), key->at + quoted);

    MERA_TRY_PTR(path);
    walk->last = path;
    if (walk->n < OUTLINE_KEYS) {
        walk->entry[walk->n++] =
            (mera_outline_entry){path, key->line, key->column, (uint32_t)key->n};
    }
    return MERA_OK;
}

/* A key may stand at the start of a table or after a comma: `name =` or `["name"] =`. */
static mera_code outline_key(outline_walk *walk)
{
    mera_lexer ahead = walk->lexer;
    mera_token token = mera_lexer_next(&ahead), key = token, next;
    const bool bracket = mera_token_is(&token, "[");

    walk->last = NULL;
    if (bracket) {
        key = mera_lexer_next(&ahead);
        token = mera_lexer_next(&ahead);
    }
    next = mera_lexer_next(&ahead);
    if (!mera_token_is(&next, "=") || (bracket && !mera_token_is(&token, "]")) ||
        key.kind != (bracket ? MERA_TOKEN_STRING : MERA_TOKEN_NAME)) {
        return MERA_OK;
    }
    walk->lexer = ahead;
    return outline_add(walk, &key);
}

static mera_code outline_step(outline_walk *walk, const mera_token *token)
{
    if (mera_token_is(token, "function")) {
        outline_skip_function(&walk->lexer);
    } else if (mera_token_is(token, "{")) {
        walk->path[walk->depth] = walk->depth == 0 ? "" : walk->last == NULL ? "?" : walk->last;
        walk->depth++;
        return outline_key(walk);
    } else if (mera_token_is(token, "}")) {
        walk->depth--;
    } else if (mera_token_is(token, "(") || mera_token_is(token, "[")) {
        walk->round++;
    } else if (mera_token_is(token, ")") || mera_token_is(token, "]")) {
        walk->round--;
    } else if (walk->round == 0 && (mera_token_is(token, ",") || mera_token_is(token, ";"))) {
        return outline_key(walk);
    }
    return MERA_OK;
}

/* Finds `mera.plugin`, and an opening bracket behind it if there is one. */
static bool outline_start(outline_walk *walk, mera_outline *out)
{
    mera_token token = mera_lexer_next(&walk->lexer);

    for (; token.kind != MERA_TOKEN_END; token = mera_lexer_next(&walk->lexer)) {
        mera_lexer ahead = walk->lexer;
        const mera_token dot = mera_lexer_next(&ahead), name = mera_lexer_next(&ahead);

        if (token.n == 4 && memcmp(token.at, "mera", 4) == 0 && mera_token_is(&dot, ".") &&
            name.n == 6 && memcmp(name.at, "plugin", 6) == 0) {
            const mera_token open = mera_lexer_next(&ahead);

            out->line = token.line;
            if (!mera_token_is(&open, "(")) {
                ahead.at = open.at; /* not a bracket: read it again */
                ahead.line = open.line;
            }
            walk->lexer = ahead;
            return true;
        }
    }
    return false;
}

mera_code mera_outline_read(const char *text, size_t n, mera_arena *arena, mera_outline *out)
{
    outline_walk walk = {.arena = arena};
    mera_token token;

    *out = (mera_outline){0};
    mera_lexer_start(&walk.lexer, text, n);
    if (!outline_start(&walk, out)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(walk.entry, arena, OUTLINE_KEYS);
    do {
        token = mera_lexer_next(&walk.lexer);
        if (walk.depth == 0 && !mera_token_is(&token, "{")) {
            break;
        }
        MERA_TRY(outline_step(&walk, &token));
    } while (walk.depth > 0 && walk.depth < OUTLINE_DEPTH && token.kind != MERA_TOKEN_END);
    out->entry = walk.entry;
    out->n = walk.n;
    return MERA_OK;
}

size_t mera_outline_find(const mera_outline *outline, const char *path)
{
    for (size_t i = 0; i < outline->n; i++) {
        if (strcmp(outline->entry[i].path, path) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}
