/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading a formula: which names it uses, and what in it Lua would take but would not do what the
 * author means. In Lua `a > b` gives true or false, never a column, and `a == 0` between a column
 * and a number is false without a word; so comparisons and logical operators are refused by name
 * and the function that does it is shown.
 */
#include "lua/formula.h"

#include <string.h>

#include "base/grow.h"
#include "base/map.h"
#include "base/text.h"
#include "lua/functions.h"
#include "lua/host.h"

/* The state of one reading. */
typedef struct scan {
    const mera_formula_text *formula;
    mera_token before, token, next; /* three in a row */
    int depth;                      /* of brackets */
    mera_map *seen;
    const char **name;
    size_t n, room;
    bool bad;
} scan;

mera_at mera_formula_place(const mera_formula_text *formula, const mera_token *token)
{
    const uint32_t characters = (uint32_t)mera_utf8_count(formula->text, formula->n);
    mera_at at = formula->at;
    const uint32_t shown = at.length;
    uint32_t quote = 0;

    if (at.line == 0 || at.column == 0 || memchr(formula->text, '\n', formula->n) != NULL) {
        return at;
    }
    if (shown == characters + 2) {
        quote = 1; /* the value stands in quotes */
    } else if (shown > 1 && shown != characters) {
        return at; /* it stands there in another form (folded, escaped) */
    }
    at.column += quote + token->column - 1;
    at.length = (uint32_t)mera_utf8_count(token->at, token->n);
    return at;
}

static void scan_fail(scan *s, const char *id, const mera_token *token, const char *text)
{
    s->bad = true;
    mera_fail(s->formula->diags, MERA_EINPUT, id, mera_formula_place(s->formula, token), "%s",
              text);
}

/* As above with the token's own text between `before` and `after`. */
static void scan_fail_at(scan *s, const char *id, const mera_token *token, const char *before,
                         const char *after)
{
    const size_t most = token->n < 80 ? token->n : 80;

    s->bad = true;
    mera_fail(s->formula->diags, MERA_EINPUT, id, mera_formula_place(s->formula, token),
              "%s'%.*s'%s", before, (int)most, token->at, after);
}

/* ---- names ------------------------------------------------------------------------------- */

static bool scan_is_known(const mera_formula_text *formula, const char *name)
{
    for (size_t i = 0; i < formula->n_known; i++) {
        if (strcmp(formula->known[i], name) == 0) {
            return true;
        }
    }
    return formula->known == NULL;
}

/* Notes a name that is read; `token` is where. */
static mera_code scan_read(scan *s, const char *text, size_t n, const mera_token *token)
{
    const mera_formula_text *formula = s->formula;
    const char *name, *near;
    size_t found;
    bool added;

    MERA_TRY(mera_map_put(s->seen, text, n, s->n, &found, &added));
    if (!added) {
        return MERA_OK;
    }
    name = mera_map_key(s->seen, text, n);
    MERA_TRY_GROWN(s->name, formula->arena, &s->room, s->n + 1);
    s->name[s->n++] = name;
    if (!scan_is_known(formula, name)) {
        s->bad = true;
        mera_fail(formula->diags, MERA_EINPUT, "unknown-name", mera_formula_place(formula, token),
                  "the formula reads '%s', which is neither an indicator nor a column here", name);
        near = mera_nearest(name, formula->known, formula->n_known);
        if (near != NULL) {
            mera_hint(formula->diags, "did you mean '%s'?", near);
        }
    }
    return MERA_OK;
}

/* name(...): a function there is. */
static mera_code scan_call(scan *s)
{
    const mera_formula_text *formula = s->formula;
    const char *name = mera_arena_strndup(formula->arena, s->token.at, s->token.n), *near;

    MERA_TRY_PTR(name);
    if (mera_lua_function_known(name, MERA_LUA_FREE)) {
        return MERA_OK;
    }
    s->bad = true;
    if (mera_lua_function_known(name, MERA_LUA_METHOD)) {
        mera_fail(formula->diags, MERA_EINPUT, "unknown-function",
                  mera_formula_place(formula, &s->token),
                  "'%s' works over the units of one column: write x:%s(...)", name, name);
        return MERA_OK;
    }
    mera_fail(formula->diags, MERA_EINPUT, "unknown-function",
              mera_formula_place(formula, &s->token), "there is no function '%s' in formulas",
              name);
    near = mera_lua_function_near(name, MERA_LUA_FREE);
    if (near != NULL) {
        mera_hint(formula->diags, "did you mean '%s'?", near);
    }
    return MERA_OK;
}

static mera_code scan_name(scan *s, mera_lexer *after)
{
    const mera_token *next = &s->next;

    if (mera_token_is(&s->before, ".") || mera_token_is(&s->before, ":") ||
        (s->depth > 0 && mera_token_is(next, "="))) {
        return MERA_OK; /* a field, a method, or a key of a table */
    }
    if (s->token.n == 6 && memcmp(s->token.at, "column", 6) == 0 && mera_token_is(next, "(")) {
        mera_lexer ahead = *after;
        const mera_token name = mera_lexer_next(&ahead);

        if (name.kind != MERA_TOKEN_STRING || *name.at == '[' ||
            memchr(name.at, '\\', name.n) != NULL) {
            scan_fail(s, "formula-syntax", &s->token,
                      "column(...) takes one name in plain quotes, column(\"name\")");
            return MERA_OK;
        }
        return scan_read(s, name.at + 1, name.n - 2, &name);
    }
    if (mera_token_is(next, "(") || mera_token_is(next, "{") || next->kind == MERA_TOKEN_STRING) {
        return scan_call(s);
    }
    if (s->token.n == 4 && memcmp(s->token.at, "math", 4) == 0 && mera_token_is(next, ".")) {
        return MERA_OK;
    }
    return scan_read(s, s->token.at, s->token.n, &s->token);
}

/* ---- what has no place in a formula ------------------------------------------------------ */

static void scan_keyword(scan *s)
{
    static const char *const fine[] = {"nil", "true", "false"};

    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        if (mera_token_is(&s->token, fine[i])) {
            return;
        }
    }
    if (mera_token_is(&s->token, "and")) {
        scan_fail(s, "formula-syntax", &s->token,
                  "'and' does not combine columns; of columns of 1 and 0 write a * b or min(a, b)");
    } else if (mera_token_is(&s->token, "or")) {
        scan_fail(s, "formula-syntax", &s->token,
                  "'or' does not combine columns; of columns of 1 and 0 write max(a, b)");
    } else if (mera_token_is(&s->token, "not")) {
        scan_fail(s, "formula-syntax", &s->token,
                  "'not' does not turn a column; of a column of 1 and 0 write 1 - a");
    } else {
        scan_fail_at(s, "formula-syntax", &s->token, "a formula is one expression; ",
                     " begins a statement of a script");
    }
}

/* Brackets, and symbols that Lua knows but that do not do what they seem to. */
static void scan_symbol(scan *s)
{
    static const char *const comparisons[][2] = {
        {"==", "eq"}, {"~=", "ne"}, {"<", "lt"}, {"<=", "le"}, {">", "gt"}, {">=", "ge"},
    };
    static const char *const statements[] = {"=", ";", "...", "::"};

    if (strchr("([{", *s->token.at) != NULL) {
        s->depth++;
    } else if (strchr(")]}", *s->token.at) != NULL) {
        s->depth--;
    } else if (s->depth == 0 && mera_token_is(&s->token, ",")) {
        scan_fail(s, "formula-syntax", &s->token,
                  "a formula is one expression; the comma makes two of it");
    }
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        if (mera_token_is(&s->token, comparisons[i][0])) {
            s->bad = true;
            mera_fail(s->formula->diags, MERA_EINPUT, "formula-syntax",
                      mera_formula_place(s->formula, &s->token),
                      "'%s' does not compare columns; write %s(a, b), which gives 1 or 0",
                      comparisons[i][0], comparisons[i][1]);
        }
    }
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (mera_token_is(&s->token, statements[i]) && !(i == 0 && s->depth > 0)) {
            scan_fail_at(s, "formula-syntax", &s->token, "a formula is one expression; ",
                         " has no place in it");
        }
    }
}

static void scan_bad(scan *s)
{
    if ((unsigned char)*s->token.at >= 0x80) {
        const int n = s->token.n < 80 ? (int)s->token.n : 80;

        s->bad = true;
        mera_fail(s->formula->diags, MERA_EINPUT, "formula-syntax",
                  mera_formula_place(s->formula, &s->token),
                  "'%.*s' is not a plain name; write column(\"%.*s\") for a column called so", n,
                  s->token.at, n, s->token.at);
    } else if (*s->token.at == '"' || *s->token.at == '\'' || *s->token.at == '[') {
        scan_fail(s, "formula-syntax", &s->token, "the text in quotes does not end");
    } else {
        scan_fail_at(s, "formula-syntax", &s->token, "", " has no meaning in a formula");
    }
}

/* ---- the reading ------------------------------------------------------------------------- */

static mera_code scan_token(scan *s, mera_lexer *after)
{
    switch (s->token.kind) {
    case MERA_TOKEN_NAME:
        return scan_name(s, after);
    case MERA_TOKEN_KEYWORD:
        scan_keyword(s);
        break;
    case MERA_TOKEN_SYMBOL:
        scan_symbol(s);
        break;
    case MERA_TOKEN_BAD:
        scan_bad(s);
        break;
    default:
        break;
    }
    return MERA_OK;
}

static mera_code scan_tokens(scan *s)
{
    mera_lexer lexer;

    mera_lexer_start(&lexer, s->formula->text, s->formula->n);
    s->token = mera_lexer_next(&lexer);
    s->before = (mera_token){.kind = MERA_TOKEN_END};
    while (s->token.kind != MERA_TOKEN_END) {
        s->next = mera_lexer_next(&lexer);
        MERA_TRY(scan_token(s, &lexer));
        s->before = s->token;
        s->token = s->next;
    }
    return MERA_OK;
}

mera_code mera_formula_scan(const mera_formula_text *formula, mera_text_list *reads)
{
    scan s = {.formula = formula};

    *reads = (mera_text_list){0, NULL};
    if (formula->n > MERA_FORMULA_MAX) {
        return mera_fail(formula->diags, MERA_EINPUT, "formula-syntax", formula->at,
                         "the formula is %zu bytes long; at most %d are allowed", formula->n,
                         (int)MERA_FORMULA_MAX);
    }
    MERA_TRY(mera_map_new(formula->arena, 16, &s.seen));
    MERA_TRY(scan_tokens(&s));
    *reads = (mera_text_list){s.n, s.name};
    return s.bad ? MERA_EINPUT : MERA_OK;
}

mera_code mera_formula_names(const char *expression, mera_arena *arena, mera_text_list *out)
{
    const mera_formula_text formula = {.text = expression, .n = strlen(expression), .arena = arena};
    const mera_code rc = mera_formula_scan(&formula, out);

    return rc == MERA_ENOMEM ? MERA_ENOMEM
                             : MERA_OK; /* what is wrong is said when it is compiled */
}

bool mera_formula_crosses_periods(const char *expression)
{
    static const char *const functions[] = {"lag", "change", "mean_over"};
    mera_lexer lexer;
    mera_token token;

    mera_lexer_start(&lexer, expression, strlen(expression));
    while ((token = mera_lexer_next(&lexer)).kind != MERA_TOKEN_END) {
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
            if (token.n == strlen(functions[i]) && memcmp(token.at, functions[i], token.n) == 0) {
                return true;
            }
        }
    }
    return false;
}

/** Does a function see more units than one? */
static bool scan_is_around(const mera_lua_function *function)
{
    return function->theme == MERA_THEME_COLUMN || function->theme == MERA_THEME_GROUPS ||
           (function->theme == MERA_THEME_PLACES && strcmp(function->name, "distance") != 0);
}

const char *mera_formula_looks_around(const char *formula)
{
    size_t n;
    const mera_lua_function *function = mera_lua_functions(&n);
    mera_token before = {.kind = MERA_TOKEN_END}, name = before, token;
    mera_lexer lexer;

    mera_lexer_start(&lexer, formula, strlen(formula));
    while ((token = mera_lexer_next(&lexer)).kind != MERA_TOKEN_END) {
        const bool call = name.kind == MERA_TOKEN_NAME && mera_token_is(&token, "(");
        const unsigned where = before.kind != MERA_TOKEN_END && mera_token_is(&before, ":")
                                   ? MERA_LUA_METHOD
                                   : MERA_LUA_FREE;

        for (size_t i = 0; call && i < n; i++) {
            if (scan_is_around(&function[i]) && (function[i].where & where) != 0 &&
                strlen(function[i].name) == name.n &&
                memcmp(function[i].name, name.at, name.n) == 0) {
                return function[i].name;
            }
        }
        before = name;
        name = token;
    }
    return NULL;
}
