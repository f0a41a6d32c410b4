/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sections 6 to 12 of an audit for a terminal: places under other choices. */
#include <stdlib.h>

#include "base/math.h"
#include "report/audit_page.h"

enum { METHODS_WIDEST = 5, METHODS_WITHOUT = 10 };

/* ---- 6 ---- */

static mera_code methods_directions(const audit_page *p)
{
    const mera_audit *a = p->audit;
    const char *far = mera_arena_printf(p->arena, "≥ %g", a->shift_places);
    const mera_grid_column column[] = {
        {.title = mera_audit_page_word(p, MERA_WORD_DIRECTION), .gives_way = true, .max = 40},
        {.title = "Spearman", .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_MEAN_SHIFT), .right = true},
        {.title = far, .right = true},
        {.title = "", .right = true}};
    mera_grid grid;
    mera_audit_page_section(p, 6);
    MERA_TRY_PTR(far);
    MERA_TRY(mera_grid_new(column, 5, a->n_directions, p->arena, &grid));
    for (size_t i = 0; i < a->n_directions; i++) {
        const mera_audit_direction *d = &a->direction[i];
        const char **cell = &grid.cell[5 * i];
        cell[0] = mera_audit_page_title(p, d->column);
        cell[1] = mera_style_number(d->shift.spearman, 2, p->arena);
        cell[2] = mera_style_number(d->shift.mean, 1, p->arena);
        cell[3] = mera_arena_printf(p->arena, "%zu", d->n_far);
        cell[4] = mera_audit_page_percent(p, d->far);
        for (int c = 0; c < 5; c++) {
            MERA_TRY_PTR(cell[c]);
        }
    }
    if (a->n_directions == 0) {
        mera_text_add(p->out, "    –\n");
        return MERA_OK;
    }
    return mera_grid_write(&grid, p->view, 4, p->arena, p->out);
}

/* ---- 7 ---- */

typedef struct methods_width {
    double width;
    size_t unit;
} methods_width;

static int methods_by_width(const void *a, const void *b)
{
    const methods_width *x = a, *y = b;
    if (x->width != y->width) {
        return x->width > y->width ? -1 : 1;
    }
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/** Units with the widest intervals. */
static mera_code methods_widest(const audit_page *p)
{
    const mera_audit *a = p->audit;
    const double *rank = a->result->node[0].rank + a->period * a->result->n_units;
    methods_width *width;
    size_t n = 0;
    MERA_TRY_NEW(width, p->arena, a->result->n_units);
    for (size_t i = 0; i < a->result->n_units; i++) {
        const double w = a->draws.high[i] - a->draws.low[i];
        if (!isnan(w)) {
            width[n++] = (methods_width){w, i};
        }
    }
    qsort(width, n, sizeof *width, methods_by_width);
    mera_text text = {.arena = p->arena};
    for (size_t i = 0; i < n && i < METHODS_WIDEST && width[i].width > 0; i++) {
        const size_t u = width[i].unit;
        mera_text_addf(&text, "%s%s %g [%.0f–%.0f]", i > 0 ? ", " : "", mera_audit_page_unit(p, u),
                       rank[u], a->draws.low[u], a->draws.high[u]);
    }
    if (text.n > 0) {
        const char *line = mera_arena_printf(
            p->arena, "%s: %s", mera_audit_page_word(p, MERA_WORD_WIDEST), mera_text_string(&text));
        MERA_TRY_PTR(line);
        mera_style_wrap(p->out, p->view, 4, line);
    }
    return MERA_OK;
}

static mera_code methods_draws(const audit_page *p)
{
    const mera_audit_draws *d = &p->audit->draws;
    const double *setting = p->audit->result->methodology->audit.setting;
    mera_audit_page_section(p, 7);
    mera_text_addf(p->out, "    %s: %zu (± %g%%), %s %g%%\n",
                   mera_audit_page_word(p, MERA_WORD_WEIGHTS_DRAWN), d->n,
                   100 * setting[MERA_AUDIT_weight_range],
                   mera_audit_page_word(p, MERA_WORD_INTERVAL), 100 * setting[MERA_AUDIT_interval]);
    if (!d->made) {
        mera_text_addf(p->out, "    %s: %s\n", mera_audit_page_word(p, MERA_WORD_NOT_MADE), d->why);
        return MERA_OK;
    }
    const char *share = mera_audit_page_percent(p, d->narrow);
    MERA_TRY_PTR(share);
    mera_text_addf(p->out, "    %s ≤ %g: %zu %s %zu (%s) · %s %.1f\n",
                   mera_audit_page_word(p, MERA_WORD_STAY_NARROW), p->audit->interval_places,
                   d->n_narrow, mera_audit_page_word(p, MERA_WORD_OF), d->n_ranked, share,
                   mera_audit_page_word(p, MERA_WORD_MEAN_WIDTH), d->mean_width);
    return methods_widest(p);
}

/* ---- 8, 10, 11 ---- */

static const char *methods_name(const audit_page *p, const mera_audit_choice *choice)
{
    return choice->column != SIZE_MAX ? mera_audit_page_title(p, choice->column)
                                      : mera_audit_method(choice->id, p->view->language);
}

static mera_code methods_row(const audit_page *p, const mera_audit_choice *choice,
                             const char **cell)
{
    cell[0] = methods_name(p, choice);
    cell[1] = mera_style_number(choice->shift.mean, 1, p->arena);
    cell[2] = mera_style_value(choice->shift.max, p->arena);
    cell[3] = mera_style_number(choice->shift.spearman, 3, p->arena);
    cell[4] = choice->made ? mera_audit_page_unit(p, choice->shift.unit)
                           : mera_arena_printf(p->arena, "%s: %s",
                                               mera_audit_page_word(p, MERA_WORD_NOT_MADE),
                                               choice->why != NULL ? choice->why : "");
    for (int i = 0; i < 5; i++) {
        MERA_TRY_PTR(cell[i]);
    }
    return MERA_OK;
}

static mera_code methods_choices(const audit_page *p, const mera_audit_choice *const *choice,
                                 size_t n)
{
    const mera_grid_column column[] = {
        {.title = mera_audit_page_word(
             p, n > 0 && choice[0]->column != SIZE_MAX ? MERA_WORD_WITHOUT : MERA_WORD_METHOD),
         .max = 40},
        {.title = mera_audit_page_word(p, MERA_WORD_MEAN_SHIFT), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_MAX_SHIFT), .right = true},
        {.title = "Spearman", .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_LARGEST_AT), .gives_way = true}};
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, 5, n, p->arena, &grid));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(methods_row(p, choice[i], &grid.cell[5 * i]));
    }
    return n > 0 ? mera_grid_write(&grid, p->view, 4, p->arena, p->out) : MERA_OK;
}

static int methods_by_shift(const void *a, const void *b)
{
    const mera_audit_choice *x = *(const mera_audit_choice *const *)a;
    const mera_audit_choice *y = *(const mera_audit_choice *const *)b;
    const double left = x->made ? x->shift.mean : -1, right = y->made ? y->shift.mean : -1;
    if (left != right) {
        return left > right ? -1 : 1;
    }
    return x->column < y->column ? -1 : x->column > y->column;
}

/** In their order, or the largest shifts first and only so many. */
static mera_code methods_section(const audit_page *p, int section, const mera_audit_choice *choice,
                                 size_t n, size_t most)
{
    const mera_audit_choice **shown;
    mera_audit_page_section(p, section);
    MERA_TRY_NEW(shown, p->arena, n);
    for (size_t i = 0; i < n; i++) {
        shown[i] = &choice[i];
    }
    if (most > 0) {
        qsort(shown, n, sizeof *shown, methods_by_shift);
    }
    const size_t cut = most > 0 && n > most ? most : n;
    MERA_TRY(methods_choices(p, shown, cut));
    if (cut < n) {
        mera_text_addf(p->out, "    … %zu %s %zu\n", cut, mera_audit_page_word(p, MERA_WORD_OF), n);
    }
    return MERA_OK;
}

/* ---- 12 ---- */

static mera_code methods_dominance(const audit_page *p)
{
    const mera_dominance *d = &p->audit->dominance;
    const char *share = mera_audit_page_percent(p, d->share);
    MERA_TRY_PTR(share);
    mera_audit_page_section(p, 12);
    mera_text_addf(p->out, "    %s %s · %s: %zu · %s: %zu\n", share,
                   mera_audit_page_word(p, MERA_WORD_PAIRS_DOMINATED),
                   mera_audit_page_word(p, MERA_WORD_PAIRS), d->n_pairs,
                   mera_audit_page_word(p, MERA_WORD_UNITS_LEFT), d->n_units);
    return MERA_OK;
}

mera_code mera_audit_page_methods(const audit_page *p)
{
    const mera_audit *a = p->audit;
    MERA_TRY(methods_directions(p));
    MERA_TRY(methods_draws(p));
    MERA_TRY(methods_section(p, 8, a->choice, a->n_choices, 0));
    MERA_TRY(mera_audit_page_sobol(p));
    MERA_TRY(methods_section(p, 10, a->strict, a->n_strict, 0));
    MERA_TRY(methods_section(p, 11, a->without, a->n_without, METHODS_WITHOUT));
    return methods_dominance(p);
}
