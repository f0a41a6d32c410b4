/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Names that would be globals and that no script has. Only words are looked at: a name that is
 * declared anywhere in the file (local, parameter, loop variable) counts as declared everywhere, so
 * what is found is wrong for sure, and some slips are left for the run.
 */
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "lua/lexer.h"
#include "lua/trial.h"

static const char *const lint_globals[] = {
    "assert",   "error",  "getmetatable", "ipairs",  "math",   "mera",
    "pairs",    "pcall",  "rawequal",     "rawget",  "rawlen", "rawset",
    "require",  "select", "setmetatable", "string",  "table",  "tonumber",
    "tostring", "type",   "utf8",         "_VERSION"};

enum { LINT_GLOBALS = sizeof lint_globals / sizeof *lint_globals };

/* Tokens of the text, and the names declared in it. */
typedef struct lint {
    mera_arena *arena;
    mera_token *token;
    size_t n;
    mera_map *declared;
    const char **name; /* globals, then declared ones: for suggestions */
    size_t n_names;
} lint;

static mera_code lint_tokens(lint *l, const char *text, size_t n)
{
    mera_lexer lexer;

    MERA_TRY_NEW(l->token, l->arena, n + 2);
    mera_lexer_start(&lexer, text, n);
    while ((l->token[l->n] = mera_lexer_next(&lexer)).kind != MERA_TOKEN_END) {
        l->n++;
    }
    MERA_TRY(mera_map_new(l->arena, 64, &l->declared));
    MERA_TRY_NEW(l->name, l->arena, n + LINT_GLOBALS + 1);
    for (size_t i = 0; i < LINT_GLOBALS; i++) {
        l->name[l->n_names++] = lint_globals[i];
    }
    return MERA_OK;
}

static mera_code lint_declare(lint *l, const mera_token *token)
{
    size_t found;
    bool added;

    if (token->kind != MERA_TOKEN_NAME) {
        return MERA_OK;
    }
    MERA_TRY(mera_map_put(l->declared, token->at, token->n, 1, &found, &added));
    if (added) {
        l->name[l->n_names++] = mera_map_key(l->declared, token->at, token->n);
    }
    return MERA_OK;
}

/* Names up to the first token that is neither a name nor a comma (nor an attribute, `<const>`). */
static mera_code lint_declare_list(lint *l, size_t from)
{
    for (size_t i = from; i < l->n; i++) {
        const mera_token *token = &l->token[i];

        if (token->kind == MERA_TOKEN_NAME) {
            MERA_TRY(lint_declare(l, token));
        } else if (!mera_token_is(token, ",") && !mera_token_is(token, "<") &&
                   !mera_token_is(token, ">") && !mera_token_is(token, "...")) {
            break;
        }
    }
    return MERA_OK;
}

static mera_code lint_declarations(lint *l)
{
    for (size_t i = 0; i < l->n; i++) {
        if (mera_token_is(&l->token[i], "local") || mera_token_is(&l->token[i], "for")) {
            const bool function = i + 1 < l->n && mera_token_is(&l->token[i + 1], "function");

            MERA_TRY(lint_declare_list(l, function ? i + 2 : i + 1));
        }
        if (mera_token_is(&l->token[i], "function")) {
            while (i < l->n && !mera_token_is(&l->token[i], "(")) {
                i++;
            }
            MERA_TRY(lint_declare_list(l, i + 1));
        }
    }
    return MERA_OK;
}

/* Is the name at `i` a variable, and not a field, a method, a key or a label? */
static bool lint_is_variable(const lint *l, size_t i)
{
    const mera_token *before = i > 0 ? &l->token[i - 1] : NULL, *after = &l->token[i + 1];

    if (l->token[i].kind != MERA_TOKEN_NAME) {
        return false;
    }
    if (before != NULL && (mera_token_is(before, ".") || mera_token_is(before, ":") ||
                           mera_token_is(before, "::") || mera_token_is(before, "goto"))) {
        return false;
    }
    return !(
        before != NULL && mera_token_is(after, "=") &&
        (mera_token_is(before, "{") || mera_token_is(before, ",") || mera_token_is(before, ";")));
}

static bool lint_known(const lint *l, const mera_token *token)
{
    if (mera_map_get(l->declared, token->at, token->n) != SIZE_MAX ||
        (token->n == 4 && memcmp(token->at, "self", 4) == 0)) {
        return true;
    }
    for (size_t i = 0; i < LINT_GLOBALS; i++) {
        if (strlen(lint_globals[i]) == token->n &&
            memcmp(lint_globals[i], token->at, token->n) == 0) {
            return true;
        }
    }
    return false;
}

mera_code mera_script_lint(const char *path, const char *text, size_t n, mera_arena *arena,
                           mera_diags *diags)
{
    lint l = {.arena = arena};

    MERA_TRY(lint_tokens(&l, text, n));
    MERA_TRY(lint_declarations(&l));
    for (size_t i = 0; i < l.n; i++) {
        const mera_token *token = &l.token[i];
        const char *name, *near;

        if (!lint_is_variable(&l, i) || lint_known(&l, token)) {
            continue;
        }
        name = mera_arena_strndup(arena, token->at, token->n);
        MERA_TRY_PTR(name);
        mera_warn(diags, "unknown-global",
                  (mera_at){path, token->line, token->column, (uint32_t)token->n},
                  "'%s' is declared nowhere in this file and no script has it", name);
        near = mera_nearest(name, l.name, l.n_names);
        if (near != NULL) {
            mera_hint(diags, "did you mean '%s'?", near);
        }
        MERA_TRY(lint_declare(&l, token)); /* once is enough */
    }
    return MERA_OK;
}
