/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sections 1 and 2 of an audit for a terminal: those indicators that have something to say.
 */
#include <stdlib.h>

#include "base/math.h"
#include "report/audit_page.h"

enum { COLUMNS_SHOWN = 10 };

/* ---- 1 ---- */

static bool columns_has_gaps(const mera_audit_indicator *ind)
{
    return ind->n_missing > 0 || ind->n_treated > 0;
}

static mera_code columns_data_row(const audit_page *p, const mera_audit_indicator *ind,
                                  const char **cell)
{
    cell[0] = mera_audit_page_title(p, ind->column);
    cell[1] = mera_arena_printf(p->arena, "%zu", ind->n_missing);
    cell[2] = mera_audit_page_percent(p, ind->missing_share);
    cell[3] = mera_arena_printf(p->arena, "%zu", ind->n_imputed);
    cell[4] = mera_arena_printf(p->arena, "%zu", ind->n_treated);
    for (int i = 0; i < 5; i++) {
        MERA_TRY_PTR(cell[i]);
    }
    return MERA_OK;
}

/** Most missing first, then most treated, then as they stand. */
static int columns_by_gaps(const void *a, const void *b)
{
    const mera_audit_indicator *x = *(const mera_audit_indicator *const *)a;
    const mera_audit_indicator *y = *(const mera_audit_indicator *const *)b;
    if (x->n_missing != y->n_missing) {
        return x->n_missing > y->n_missing ? -1 : 1;
    }
    if (x->n_treated != y->n_treated) {
        return x->n_treated > y->n_treated ? -1 : 1;
    }
    return x->column < y->column ? -1 : x->column > y->column;
}

static mera_code columns_data_grid(const audit_page *p, size_t n)
{
    const mera_audit *a = p->audit;
    const mera_grid_column column[] = {
        {.title = mera_audit_page_word(p, MERA_WORD_INDICATOR), .gives_way = true, .max = 44},
        {.title = mera_audit_page_word(p, MERA_WORD_MISSING), .right = true},
        {.title = "", .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_IMPUTED), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_TREATED), .right = true}};
    const size_t shown = n < COLUMNS_SHOWN ? n : COLUMNS_SHOWN;
    const mera_audit_indicator **order;
    mera_grid grid;
    MERA_TRY_NEW(order, p->arena, a->n_indicators);
    for (size_t i = 0; i < a->n_indicators; i++) {
        order[i] = &a->indicator[i];
    }
    qsort(order, a->n_indicators, sizeof *order, columns_by_gaps);
    MERA_TRY(mera_grid_new(column, 5, shown, p->arena, &grid));
    for (size_t i = 0; i < shown; i++) {
        MERA_TRY(columns_data_row(p, order[i], &grid.cell[5 * i]));
    }
    MERA_TRY(shown > 0 ? mera_grid_write(&grid, p->view, 4, p->arena, p->out) : MERA_OK);
    if (shown < n) {
        mera_text_addf(p->out, "    … %zu %s %zu\n", shown, mera_audit_page_word(p, MERA_WORD_OF),
                       n);
    }
    return MERA_OK;
}

static mera_code columns_data(const audit_page *p)
{
    const mera_audit *a = p->audit;
    size_t n = 0, missing = 0, imputed = 0, treated = 0;
    for (size_t i = 0; i < a->n_indicators; i++) {
        n += columns_has_gaps(&a->indicator[i]);
        missing += a->indicator[i].n_missing;
        imputed += a->indicator[i].n_imputed;
        treated += a->indicator[i].n_treated;
    }
    mera_audit_page_section(p, 1);
    mera_text_addf(p->out, "    %s: %zu · %s: %zu · %s: %zu · %s: %zu\n",
                   mera_audit_page_word(p, MERA_WORD_CELLS), a->n_units * a->n_indicators,
                   mera_audit_page_word(p, MERA_WORD_MISSING), missing,
                   mera_audit_page_word(p, MERA_WORD_IMPUTED), imputed,
                   mera_audit_page_word(p, MERA_WORD_TREATED), treated);
    if (a->poorest != SIZE_MAX && a->poorest_share > 0) {
        const char *share = mera_audit_page_percent(p, a->poorest_share);
        MERA_TRY_PTR(share);
        mera_text_addf(p->out, "    %s: %s, %s\n", mera_audit_page_word(p, MERA_WORD_POOREST),
                       mera_audit_page_unit(p, a->poorest), share);
    }
    return columns_data_grid(p, n);
}

/* ---- 2 ---- */

/** Beyond a limit before treatment: worth a line whether treatment helped or not. */
static bool columns_is_odd(const audit_page *p, const mera_audit_indicator *ind)
{
    const mera_limit *limit = p->audit->result->methodology->audit.limit;
    const double skew = limit[MERA_LIMIT_skewness].value, tail = limit[MERA_LIMIT_kurtosis].value;
    return fabs(ind->before.skewness) > (isnan(skew) ? 2 : skew) ||
           ind->before.kurtosis > (isnan(tail) ? 3.5 : tail) || isnan(ind->before.skewness);
}

static mera_code columns_shape_row(const audit_page *p, const mera_audit_indicator *ind,
                                   const char **cell)
{
    cell[0] = mera_audit_page_title(p, ind->column);
    cell[1] = mera_style_number(ind->before.skewness, 2, p->arena);
    cell[2] = mera_style_number(ind->after.skewness, 2, p->arena);
    cell[3] = mera_style_number(ind->before.kurtosis, 2, p->arena);
    cell[4] = mera_style_number(ind->after.kurtosis, 2, p->arena);
    for (int i = 0; i < 5; i++) {
        MERA_TRY_PTR(cell[i]);
    }
    return MERA_OK;
}

static mera_code columns_shapes(const audit_page *p)
{
    const mera_audit *a = p->audit;
    const mera_grid_column column[] = {
        {.title = mera_audit_page_word(p, MERA_WORD_INDICATOR), .gives_way = true, .max = 44},
        {.title = mera_audit_page_word(p, MERA_WORD_SKEWNESS), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_AFTER), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_KURTOSIS), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_AFTER), .right = true}};
    mera_grid grid;
    size_t n = 0, row = 0;
    for (size_t i = 0; i < a->n_indicators; i++) {
        n += columns_is_odd(p, &a->indicator[i]);
    }
    mera_audit_page_section(p, 2);
    MERA_TRY(mera_grid_new(column, 5, n, p->arena, &grid));
    for (size_t i = 0; i < a->n_indicators; i++) {
        if (columns_is_odd(p, &a->indicator[i])) {
            MERA_TRY(columns_shape_row(p, &a->indicator[i], &grid.cell[5 * row++]));
        }
    }
    if (n > 0) {
        MERA_TRY(mera_grid_write(&grid, p->view, 4, p->arena, p->out));
    }
    mera_text_addf(p->out, "    %s: %zu\n", mera_audit_page_word(p, MERA_WORD_OTHERS_WITHIN),
                   a->n_indicators - n);
    return MERA_OK;
}

mera_code mera_audit_page_columns(const audit_page *p)
{
    MERA_TRY(columns_data(p));
    return columns_shapes(p);
}
