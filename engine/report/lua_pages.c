/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Pages about the functions of plugins and formulas, from the table that registers them: what is
 * written here cannot differ from what there is.
 */
#include "lua/functions.h"
#include "report/plugin.h"

#include <string.h>

static const char *lua_where(const mera_lua_function *f)
{
    switch (f->where) {
    case MERA_LUA_METHOD:
        return "x:";
    case MERA_LUA_LABELS:
        return "t:";
    default:
        return "mera.";
    }
}

/* "x:clip(lowest = nil)", "mera.clip(x, lowest = nil)" */
static void lua_signature(const mera_lua_function *f, mera_text *out)
{
    const char *params = f->params;

    if (f->where == MERA_LUA_METHOD || f->where == MERA_LUA_LABELS) {
        params += strcspn(params, ",");
        params += *params == ',' ? 2 : 0;
    }
    mera_text_addf(out, "%s%s(%s)", lua_where(f), f->name, params);
}

static void lua_row(const mera_lua_function *f, mera_text *out)
{
    mera_text_add(out, "| `");
    lua_signature(f, out);
    mera_text_addf(out, "` | %s | %s | %s |\n", f->returns, f->help,
                   mera_lua_missing_text(f->missing));
}

mera_code mera_report_lua_page(mera_text *out)
{
    size_t n;
    const mera_lua_function *list = mera_lua_functions(&n);

    mera_text_add(
        out,
        "# Functions of plugins and formulas\n\n"
        "Written by `mera plugin doc`. `x` is a column: a number for each unit. `t` is a column of "
        "texts. In a plugin\na function stands in the table `mera`: `mera.where(c, x, y)`; in a "
        "formula its name alone: `where(c, x, y)`.\nMost functions of one column are methods too: "
        "`x:log()`. Columns take `+ - * / ^` with columns and numbers;\nthey are compared by "
        "functions (`x:gt(y)`), never by `>`.\n\nA result that does not exist (`log` of 0, `0/0`) "
        "is missing, and counted. Everything gives the same bits on any\ncomputer. What else a "
        "script finds are `math`, `string`, `table`, `utf8` of Lua 5.4 without what depends "
        "on\nthe "
        "computer, the clock or chance, and `require` for files of the plugin's own folder.\n");
    for (int theme = 0; theme < MERA_N_THEMES; theme++) {
        mera_text_addf(out,
                       "\n## %s\n\n| function | gives | what | missing |\n| --- | --- | --- | --- "
                       "|\n",
                       mera_lua_theme_text((mera_lua_theme)theme));
        for (size_t i = 0; i < n; i++) {
            if (list[i].theme == (mera_lua_theme)theme) {
                lua_row(&list[i], out);
            }
        }
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- stubs ------------------------------------------------------------------------------- */

/* "x, digits = 0" as parameters alone, "x, digits", and as ---@param lines. */
static void stub_params(const mera_lua_function *f, bool method, mera_text *lines, mera_text *names)
{
    const char *at = f->params;
    bool first = true;

    while (*at != '\0') {
        const size_t whole = strcspn(at, ","), name = strcspn(at, ",= ");
        const bool optional = name != whole;

        if (!(first && method)) {
            mera_text_addf(names, "%s%.*s", names->n > 0 ? ", " : "", (int)name, at);
            if (strncmp(at, "...", 3) == 0) {
                mera_text_add(lines, "---@param ... mera.operand\n");
            } else {
                mera_text_addf(lines, "---@param %.*s%s any\n", (int)name, at, optional ? "?" : "");
            }
        }
        first = false;
        at += whole;
        at += *at == ',' ? 2 : 0;
    }
}

static void stub_function(const mera_lua_function *f, const char *owner, bool method,
                          mera_text *out)
{
    const char *returns = strcmp(f->returns, "column") == 0  ? "mera.column"
                          : strcmp(f->returns, "texts") == 0 ? "mera.texts"
                          : strcmp(f->returns, "text") == 0  ? "string"
                                                             : f->returns;
    mera_text lines = {.arena = out->arena}, names = {.arena = out->arena};

    stub_params(f, method, &lines, &names);
    mera_text_addf(out, "---%s. Missing: %s.\n", f->help, mera_lua_missing_text(f->missing));
    mera_text_add(out, mera_text_string(&lines));
    mera_text_addf(out, "---@return %s\nfunction %s%s%s(%s) end\n\n", returns, owner,
                   method ? ":" : ".", f->name, mera_text_string(&names));
    out->failed = out->failed || lines.failed || names.failed;
}

mera_code mera_report_lua_stubs(mera_text *out)
{
    size_t n;
    const mera_lua_function *list = mera_lua_functions(&n);

    mera_text_add(
        out, "---@meta mera\n-- Written by `mera plugin stubs`. For the Lua language server: "
             "completion and types. Never run.\n\n"
             "---@alias mera.operand mera.column|number\n\n"
             "---@class mera.column\n---@operator add(mera.operand): mera.column\n"
             "---@operator sub(mera.operand): mera.column\n"
             "---@operator mul(mera.operand): mera.column\n"
             "---@operator div(mera.operand): mera.column\n"
             "---@operator pow(mera.operand): mera.column\n"
             "---@operator unm: mera.column\nlocal column = {}\n\n"
             "---@class mera.texts\nlocal texts = {}\n\n"
             "---@class mera\nmera = {}\n\n"
             "---Declares the plugin; the file ends with `return mera.plugin { ... }`.\n"
             "---@param manifest table\n---@return table\nfunction mera.plugin(manifest) end\n\n");
    for (size_t i = 0; i < n; i++) {
        if ((list[i].where & MERA_LUA_METHOD) != 0) {
            stub_function(&list[i], "column", true, out);
        }
        if ((list[i].where & MERA_LUA_LABELS) != 0) {
            stub_function(&list[i], "texts", true, out);
        }
        if ((list[i].where & MERA_LUA_FREE) != 0) {
            stub_function(&list[i], "mera", false, out);
        }
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- one name ---------------------------------------------------------------------------- */

bool mera_report_lua_help(const char *name, mera_text *out)
{
    size_t n;
    const mera_lua_function *list = mera_lua_functions(&n);
    bool found = false;

    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].name, name) == 0) {
            found = true;
            lua_signature(&list[i], out);
            mera_text_addf(out, "  gives a %s\n    %s; %s\n", list[i].returns, list[i].help,
                           mera_lua_missing_text(list[i].missing));
        }
    }
    return found;
}
