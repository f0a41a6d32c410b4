/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a formula's text says before Lua sees it: the names it reads and everything in it that has
 * no place in an expression over columns.
 */
#ifndef MERA_LUA_FORMULA_H
#define MERA_LUA_FORMULA_H

#include "lua/lexer.h"
#include "mera/op.h"

enum { MERA_FORMULA_MAX = 16384 /**< bytes */ };

/** A formula being read. */
typedef struct mera_formula_text {
    const char *text;
    size_t n;
    mera_at at;               /**< of the text in the methodology */
    const char *const *known; /**< names that may be read; NULL = any */
    size_t n_known;
    mera_arena *arena;
    mera_diags *diags; /**< NULL = say nothing */
} mera_formula_text;

/** The names read, in order of first use. MERA_EINPUT when anything is wrong; all of it is said. */
mera_code mera_formula_scan(const mera_formula_text *formula, mera_text_list *reads);

/** The first function a formula calls that looks at other units too (over a whole column, by group,
 * among places): its name, in the registry of functions; NULL = it goes unit by unit. */
const char *mera_formula_looks_around(const char *formula);

/** The place of a token in the methodology, as exactly as it is known. */
mera_at mera_formula_place(const mera_formula_text *formula, const mera_token *token);

#endif
