/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Formulas: one Lua expression over columns, compiled in a box that a plan's formulas share. Each
 * has an environment of its own, which holds its columns and, behind them, the functions.
 */
#include "lua/formula.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lua/column.h"
#include "lua/functions.h"
#include "lua/labels.h"
#include "lua/library.h"
#include "lua/sandbox.h"

struct mera_formulas {
    mera_box *box;
};

struct mera_formula {
    mera_formulas *owner;
    int function, environment; /* references in the registry */
    mera_at at;
    mera_text_list reads;
};

static const char formula_meta[] = "mera.formula.meta";       /* of environments */
static const char formula_running[] = "mera.formula.running"; /* environment under way */

/* ---- the state --------------------------------------------------------------------------- */

/* column("any name"): for names that are no identifiers. */
static int formula_column(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);

    lua_getfield(L, LUA_REGISTRYINDEX, formula_running);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        return luaL_error(L,
                          "column(\"%s\") was not found when the formula was read; give the name "
                          "itself, in quotes",
                          name);
    }
    return 1;
}

static int formula_unknown(lua_State *L)
{
    return luaL_error(L, "'%s' is not known in this formula", luaL_checkstring(L, 2));
}

static int formula_read_only(lua_State *L)
{
    return luaL_error(L, "a formula sets nothing");
}

static int formulas_setup(lua_State *L)
{
    luaL_newmetatable(L, formula_meta);
    mera_lua_functions_push(L);
    lua_pushcfunction(L, formula_column);
    lua_setfield(L, -2, "column");
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_getfield(L, -1, "math");
    lua_setfield(L, -3, "math");
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushcfunction(L, formula_unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, formula_read_only);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    return 0;
}

mera_code mera_formulas_open(const mera_lua_limits *limits, mera_formulas **out)
{
    mera_formulas *formulas = calloc(1, sizeof *formulas);

    *out = NULL;
    if (formulas == NULL) {
        return MERA_ENOMEM;
    }
    if (mera_box_open(limits, "formula", mera_library_open, &formulas->box) != MERA_OK ||
        mera_box_call(formulas->box, formulas_setup, NULL, 0) != MERA_OK) {
        mera_formulas_close(formulas);
        return MERA_ENOMEM;
    }
    *out = formulas;
    return MERA_OK;
}

void mera_formulas_close(mera_formulas *formulas)
{
    if (formulas != NULL) {
        mera_box_close(formulas->box);
        free(formulas);
    }
}

/* ---- compiling --------------------------------------------------------------------------- */

/* What goes into compiling and what comes out. */
typedef struct formula_job {
    const char *text; /* "return " and the expression */
    size_t n;
    const mera_token *token; /* of the expression */
    size_t n_tokens;
    const char *script; /* where `token` points into */
    mera_arena *arena;
    int function, environment;
    size_t bad; /* index of the token that is wrong; n_tokens = the end */
    const char *message;
} formula_job;

enum { FORMULA_PREFIX = 7 /* strlen("return ") */ };

/* Loads the first `k` tokens. Leaves the function or the message on the stack. */
static int formula_load(lua_State *L, const formula_job *job, size_t k)
{
    const mera_token *last = &job->token[k - 1];
    const size_t n =
        k == job->n_tokens ? job->n : FORMULA_PREFIX + (size_t)(last->at + last->n - job->script);
    const int status = luaL_loadbufferx(L, job->text, n, "=formula", "t");

    if (status == LUA_ERRMEM) {
        lua_error(L);
    }
    return status;
}

/* Is what is wrong with the first `k` tokens there already, and not only that they stop? */
static bool formula_is_wrong(lua_State *L, const formula_job *job, size_t k)
{
    const int status = formula_load(L, job, k);
    const char *message = status == LUA_OK ? "" : lua_tostring(L, -1);
    const bool wrong = status != LUA_OK && strstr(message, "near <eof>") == NULL;

    lua_pop(L, 1);
    return wrong;
}

/* Lua names the token but not its place: the shortest beginning that is wrong ends with it. */
static size_t formula_find(lua_State *L, const formula_job *job)
{
    size_t lo = 0, hi = job->n_tokens;

    if (!formula_is_wrong(L, job, job->n_tokens)) {
        return job->n_tokens;
    }
    while (hi - lo > 1) {
        const size_t mid = lo + (hi - lo) / 2;

        if (formula_is_wrong(L, job, mid)) {
            hi = mid;
        } else {
            lo = mid;
        }
    }
    return hi - 1;
}

static int formula_compile_body(lua_State *L)
{
    formula_job *job = lua_touserdata(L, 1);

    if (formula_load(L, job, job->n_tokens) != LUA_OK) {
        job->message = mera_arena_strdup(job->arena, lua_tostring(L, -1));
        job->bad = formula_find(L, job);
        return 0;
    }
    lua_newtable(L);
    luaL_setmetatable(L, formula_meta);
    lua_pushvalue(L, -1);
    job->environment = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_setupvalue(L, -2, 1);
    job->function = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static mera_code formula_say_syntax(const mera_formula_text *text, const formula_job *job)
{
    const char *message = strstr(job->message, ": ");
    mera_token end = {.line = 1};

    message = message == NULL ? job->message : message + 2;
    if (job->bad == job->n_tokens) {
        const mera_token *last = &job->token[job->n_tokens - 1];

        end.column = last->column + (uint32_t)mera_utf8_count(last->at, last->n);
        end.at = last->at + last->n;
        return mera_fail(text->diags, MERA_EINPUT, "formula-syntax", mera_formula_place(text, &end),
                         "the formula ends too early (%.*s)",
                         (int)(strstr(message, " near") == NULL
                                   ? strlen(message)
                                   : (size_t)(strstr(message, " near") - message)),
                         message);
    }
    if (strstr(message, "<eof>") != NULL && strstr(message, "expected") != NULL) {
        return mera_fail(text->diags, MERA_EINPUT, "formula-syntax",
                         mera_formula_place(text, &job->token[job->bad]),
                         "'%.*s' cannot stand here; is an operator missing before it?",
                         (int)(job->token[job->bad].n < 80 ? job->token[job->bad].n : 80),
                         job->token[job->bad].at);
    }
    return mera_fail(text->diags, MERA_EINPUT, "formula-syntax",
                     mera_formula_place(text, &job->token[job->bad]),
                     "the formula is not valid: %s", message);
}

static mera_code formula_tokens(const mera_formula_text *text, formula_job *job)
{
    mera_token *token;
    mera_lexer lexer;

    MERA_TRY_NEW(token, text->arena, text->n + 1);
    mera_lexer_start(&lexer, text->text, text->n);
    for (;;) {
        token[job->n_tokens] = mera_lexer_next(&lexer);
        if (token[job->n_tokens].kind == MERA_TOKEN_END) {
            break;
        }
        job->n_tokens++;
    }
    job->token = token;
    job->script = text->text;
    if (job->n_tokens == 0) {
        return mera_fail(text->diags, MERA_EINPUT, "formula-syntax", text->at,
                         "the formula is empty");
    }
    job->text = mera_arena_printf(text->arena, "return %s", text->text);
    MERA_TRY_PTR(job->text);
    job->n = strlen(job->text);
    return MERA_OK;
}

mera_code mera_formula_compile(mera_formulas *formulas, const char *expression, mera_at at,
                               const char *const *known, size_t n_known, mera_arena *arena,
                               mera_diags *diags, mera_formula **out)
{
    const mera_formula_text text = {expression, strlen(expression), at, known, n_known, arena,
                                    diags};
    formula_job job = {.arena = arena};
    mera_formula *formula;
    mera_code rc;

    MERA_TRY_NEW(formula, arena, 1);
    MERA_TRY(mera_formula_scan(&text, &formula->reads));
    MERA_TRY(formula_tokens(&text, &job));
    rc = mera_box_call(formulas->box, formula_compile_body, &job, 0);
    if (rc != MERA_OK) {
        return mera_box_report(
            formulas->box,
            &(mera_fault_place){.script = at, .id = "formula-syntax", .speaker = "the formula"},
            diags);
    }
    if (job.message != NULL) {
        return formula_say_syntax(&text, &job);
    }
    formula->owner = formulas;
    formula->function = job.function;
    formula->environment = job.environment;
    formula->at = at;
    *out = formula;
    return MERA_OK;
}

size_t mera_formula_n_reads(const mera_formula *formula)
{
    return formula->reads.n;
}

const char *mera_formula_read(const mera_formula *formula, size_t index)
{
    return formula->reads.v[index];
}

/* ---- running ----------------------------------------------------------------------------- */

typedef struct formula_run {
    const mera_formula *formula;
    const double *const *column;
    const mera_around *around;
    size_t n;
    double *y;
} formula_run;

static void formula_take_result(lua_State *L, const formula_run *run)
{
    if (mera_lua_is_column(L, -1)) {
        const mera_lua_column *column = mera_lua_column_at(L, -1);

        if (column->n != run->n) {
            luaL_error(L, "it gives a column of %I values for %I units", (LUAI_UACINT)column->n,
                       (LUAI_UACINT)run->n);
        }
        memcpy(run->y, column->v, run->n * sizeof *run->y);
        return;
    }
    if (lua_type(L, -1) != LUA_TNUMBER) {
        luaL_error(L, "it gives %s%s; it must give a column or a number",
                   lua_isnil(L, -1) ? "" : "a ", mera_lua_type_name(L, -1));
    }
    for (size_t i = 0; i < run->n; i++) {
        run->y[i] = isfinite(lua_tonumber(L, -1)) ? lua_tonumber(L, -1) : NAN;
    }
}

/* Pushes what a name stands for: a column, or texts of units. */
static void formula_push_read(lua_State *L, const formula_run *run, size_t read)
{
    const mera_around *around = run->around;

    for (size_t k = 0; run->column[read] == NULL && around != NULL && k < around->n_labels; k++) {
        const mera_labels *labels = &around->labels[k];

        if (strcmp(labels->name, run->formula->reads.v[read]) == 0) {
            mera_lua_labels_lend(L, labels->code, run->n, labels->level, labels->n_levels);
            return;
        }
    }
    mera_lua_column_lend_read(L, run->column[read], run->n, read);
}

static int formula_run_body(lua_State *L)
{
    const formula_run *run = lua_touserdata(L, 1);
    const mera_formula *formula = run->formula;

    lua_rawgeti(L, LUA_REGISTRYINDEX, formula->environment);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, formula_running);
    for (size_t i = 0; i < formula->reads.n; i++) {
        lua_pushstring(L, formula->reads.v[i]);
        formula_push_read(L, run, i);
        lua_rawset(L, -3);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, formula->function);
    lua_call(L, 0, 1);
    formula_take_result(L, run);
    return 0;
}

mera_code mera_formula_run(mera_formula *formula, const double *const *column, size_t n,
                           const char *subject, const mera_around *around, mera_arena *arena,
                           mera_diags *diags, double *y)
{
    mera_box *box = formula->owner->box;
    formula_run job = {formula, column, around, n, y};
    const char *speaker;
    mera_code rc;

    box->around = around;
    rc = mera_box_call(box, formula_run_body, &job, n);
    box->around = NULL;
    if (rc == MERA_OK) {
        return MERA_OK;
    }
    speaker =
        subject == NULL ? "the formula" : mera_arena_printf(arena, "the formula of %s", subject);
    MERA_TRY_PTR(speaker);
    box->fault.n_frames = 0; /* one expression on one place: the line inside it says nothing */
    box->fault.line = 0;
    return mera_box_report(
        box, &(mera_fault_place){.script = formula->at, .id = "formula-error", .speaker = speaker},
        diags);
}
