/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Results side by side for a terminal: how far they agree, which settings differ, who moved.
 * A move up is to a better place: from 9 to 4 is ▲5.
 */
#include "report/compare_beside.h"
#include "report/compare_many.h"
#include "report/compare_movers.h"
#include "report/compare_why.h"
#include "report/grid.h"
#include "report/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"

enum { COMPARE_TITLE = 20 };

typedef struct comparing {
    const mera_comparison *c;
    const mera_compare_view *view;
    mera_compare_labels labels;
    mera_arena *arena;
    mera_text *out;
    size_t place_width; /**< columns of the largest place */
} comparing;

static const char *compare_word(const comparing *e, mera_word word)
{
    return mera_word_in(word, e->view->view.language);
}

static void compare_title(const comparing *e, mera_word word)
{
    mera_text_add(e->out, e->out->n > 0 ? "\n" : "");
    mera_style_add(e->out, &e->view->view, MERA_PAINT_BOLD, compare_word(e, word));
    mera_text_add(e->out, "\n");
}

/** Every pair of a few sides; of more the pairs with the first. */
static mera_code compare_agreement(const comparing *e)
{
    size_t *pair, n = 0;
    MERA_TRY_NEW(pair, e->arena, e->c->n_pairs);
    for (size_t i = 0; i < e->c->n_pairs; i++) {
        if (e->c->n_sides <= MERA_COMPARE_FEW || e->c->pair[i].a == 0) {
            pair[n++] = i;
        }
    }
    return mera_report_compare_agreement(&e->labels, pair, n, &e->view->view, 0, e->arena, e->out);
}

static const char *compare_value(const comparing *e, const mera_compare_setting *s, size_t side)
{
    return s->value[side] == NULL ? compare_word(e, MERA_WORD_NOT_SET) : s->value[side];
}

/** Settings that are not those of the first side, one line each, under each other side's label. */
static void compare_settings(const comparing *e)
{
    compare_title(e, MERA_WORD_DIFFERS);
    for (size_t k = 1; k < e->c->n_sides; k++) {
        mera_text_addf(e->out, "  %s\n", mera_compare_label(&e->labels, k));
        size_t told = 0;
        for (size_t i = 0; i < e->c->n_settings; i++) {
            const mera_compare_setting *s = &e->c->setting[i];
            if (!mera_streq(s->value[0], s->value[k]) && told++ < MERA_COMPARE_SETTINGS) {
                mera_text_addf(e->out, "    %s: %s → %s\n", s->path, compare_value(e, s, 0),
                               compare_value(e, s, k));
            }
        }
        if (told > MERA_COMPARE_SETTINGS) {
            mera_text_addf(e->out, "    … %s %zu (--format json)\n", compare_word(e, MERA_WORD_AND),
                           told - MERA_COMPARE_SETTINGS);
        }
        if (told == 0) {
            mera_text_addf(e->out, "    %s\n", compare_word(e, MERA_WORD_NOTHING_DIFFERS));
        }
    }
}

/** "14", or " 9 ▲5" against the first side; places stand under each other. */
static const char *compare_place(const comparing *e, const mera_compare_unit *unit, size_t side)
{
    const double move = unit->move[side];
    const char *rank = mera_style_value(unit->rank[side], e->arena);
    const char *size = mera_style_value(fabs(move), e->arena);
    mera_text text = {.arena = e->arena};
    if (rank == NULL || size == NULL) {
        return NULL;
    }
    mera_style_pad(&text, rank, e->place_width, true);
    if (side > 0 && !isnan(move)) {
        mera_text_addf(&text, " %s%s",
                       move > 0   ? "▲"
                       : move < 0 ? "▼"
                                  : "=",
                       move == 0 ? "" : size);
    }
    return mera_text_string(&text);
}

/** A label of many words as a title: its end says more than its beginning. */
static const char *compare_title_of(const comparing *e, size_t side)
{
    const char *label = mera_compare_label(&e->labels, side), *end = label + strlen(label),
               *at = label;
    while (mera_utf8_width(at) + 1 > COMPARE_TITLE) {
        (void)mera_utf8_next(&at, end);
    }
    return at == label || mera_utf8_width(label) <= COMPARE_TITLE
               ? label
               : mera_arena_printf(e->arena, "…%s", at);
}

static mera_code compare_row(const comparing *e, const mera_compare_unit *unit, const char **cell)
{
    cell[0] = unit->name;
    for (size_t k = 0; k < e->c->n_sides; k++) {
        cell[2 * k + 1] = compare_place(e, unit, k);
        cell[2 * k + 2] = mera_style_value(unit->score[k], e->arena);
        if (cell[2 * k + 1] == NULL || cell[2 * k + 2] == NULL) {
            return MERA_ENOMEM;
        }
    }
    return MERA_OK;
}

/** Units, of each side the place, and the score where there is room. */
static mera_code compare_units(const comparing *e, const mera_compare_unit *const *unit, size_t n)
{
    const size_t k = 1 + 2 * e->c->n_sides;
    mera_grid_column *column;
    mera_grid grid;
    MERA_TRY_NEW(column, e->arena, k);
    column[0] = (mera_grid_column){.title = compare_word(e, MERA_WORD_UNIT),
                                   .gives_way = true,
                                   .max = 40,
                                   .paint = MERA_PAINT_BOLD};
    for (size_t s = 0; s < e->c->n_sides; s++) {
        column[2 * s + 1] =
            (mera_grid_column){.title = compare_title_of(e, s), .max = COMPARE_TITLE};
        MERA_TRY_PTR(column[2 * s + 1].title);
        column[2 * s + 2] = (mera_grid_column){.title = compare_word(e, MERA_WORD_SCORE),
                                               .right = true,
                                               .optional = true,
                                               .paint = MERA_PAINT_DIM};
    }
    MERA_TRY(mera_grid_new(column, k, n, e->arena, &grid));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(compare_row(e, unit[i], &grid.cell[i * k]));
    }
    return mera_grid_write(&grid, &e->view->view, 2, e->arena, e->out);
}

/** The largest moves first. */
static mera_code compare_movers(const comparing *e)
{
    const mera_compare_unit *const *unit;
    size_t n;
    MERA_TRY(mera_compare_movers(e->c, e->view, e->arena, &unit, &n));
    compare_title(e, n > 0 ? MERA_WORD_MOVES : MERA_WORD_NOBODY_MOVED);
    return n > 0 ? compare_units(e, unit, n) : MERA_OK;
}

/** The unit asked for and its similar ones. */
static mera_code compare_beside(const comparing *e)
{
    const mera_compare_unit *const *row;
    size_t n;
    if (e->view->beside == NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_report_compare_beside(e->c, e->view, e->arena, e->out, &row, &n));
    MERA_TRY(compare_units(e, row, n));
    mera_report_compare_beside_rest(e->view, n, e->out);
    return MERA_OK;
}

mera_code mera_report_compare_table(const mera_comparison *comparison,
                                    const mera_compare_view *view, mera_arena *arena,
                                    mera_text *out)
{
    comparing e = {.c = comparison, .view = view, .arena = arena, .out = out};
    if (comparison->n_sides >= MERA_COMPARE_MANY) {
        MERA_TRY(mera_report_compare_many(comparison, view, arena, out));
        return mera_report_compare_why(comparison, view, arena, out);
    }
    for (size_t n = comparison->n_units; n > 0; n /= 10) {
        e.place_width++;
    }
    MERA_TRY(mera_compare_labels_new(comparison, &view->view, arena, &e.labels));
    MERA_TRY(compare_agreement(&e));
    compare_settings(&e);
    if (comparison->n_sides > MERA_COMPARE_FEW) {
        mera_report_compare_orders(comparison, &e.labels, &view->view, out);
    }
    MERA_TRY(compare_movers(&e));
    MERA_TRY(compare_beside(&e));
    mera_report_compare_common(comparison, &view->view, out);
    mera_compare_legend(&e.labels, &view->view, out);
    MERA_TRY(mera_report_compare_why(comparison, view, arena, out));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
