/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Many results side by side for a terminal: the settings with all their values, the sides farthest
 * from the first, how many orders there are and which side is in the middle of them, and between
 * which places the units move.
 */
#include "report/compare_many.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "base/number.h"
#include "report/compare_beside.h"
#include "report/compare_movers.h"
#include "report/grid.h"
#include "report/words.h"

enum { MANY_PLACES = 6, MANY_LABEL = 24, MANY_SHARE_LABELS = 6 };

typedef struct many {
    const mera_comparison *c;
    const mera_compare_view *view;
    const mera_compare_labels *labels;
    mera_arena *arena;
    mera_text *out;
} many;

/** Something with a size to be sorted by, largest first. */
typedef struct many_item {
    double size;
    size_t which;
} many_item;

static const char *many_word(const many *e, mera_word word)
{
    return mera_word_in(word, e->view->view.language);
}

static void many_title(const many *e, mera_word word)
{
    mera_text_add(e->out, e->out->n > 0 ? "\n" : "");
    mera_style_add(e->out, &e->view->view, MERA_PAINT_BOLD, many_word(e, word));
    mera_text_add(e->out, "\n");
}

static int many_by_size(const void *a, const void *b)
{
    const many_item *p = a, *q = b;
    if (p->size != q->size) {
        return p->size > q->size ? -1 : 1;
    }
    return p->which < q->which ? -1 : p->which > q->which;
}

/* ---- settings ---------------------------------------------------------------------------- */

static bool many_first_value(const mera_compare_setting *s, size_t side)
{
    for (size_t k = 0; k < side; k++) {
        if (mera_streq(s->value[k], s->value[side])) {
            return false;
        }
    }
    return true;
}

/** "framework.health.weight: 12 → 0, 5, 10": what the first side has, and all else there is. */
static void many_settings(const many *e)
{
    many_title(e, MERA_WORD_DIFFERS);
    for (size_t i = 0; i < e->c->n_settings; i++) {
        const mera_compare_setting *s = &e->c->setting[i];
        const char *separator = " → ";
        const char *value = s->value[0] != NULL ? s->value[0] : many_word(e, MERA_WORD_NOT_SET);
        mera_text_addf(e->out, "  %s: %s", s->path, value);
        for (size_t k = 1; k < e->c->n_sides; k++) {
            if (many_first_value(s, k)) {
                value = s->value[k] != NULL ? s->value[k] : many_word(e, MERA_WORD_NOT_SET);
                mera_text_addf(e->out, "%s%s", separator, value);
                separator = ", ";
            }
        }
        mera_text_add(e->out, "\n");
    }
    if (e->c->n_settings == 0) {
        mera_text_addf(e->out, "  %s\n", many_word(e, MERA_WORD_NOTHING_DIFFERS));
    }
}

/* ---- agreement --------------------------------------------------------------------------- */

/** The sides whose order is farthest from the first. */
static mera_code many_agreement(const many *e)
{
    many_item *item;
    size_t *pair, n = 0;
    MERA_TRY_NEW(item, e->arena, e->c->n_pairs);
    MERA_TRY_NEW(pair, e->arena, e->c->n_pairs);
    for (size_t i = 0; i < e->c->n_pairs; i++) {
        const double shift = e->c->pair[i].mean_shift;
        if (e->c->pair[i].a == 0) {
            item[n++] = (many_item){.size = isnan(shift) ? -1 : shift, .which = i};
        }
    }
    qsort(item, n, sizeof *item, many_by_size);
    n = mera_compare_top(e->view, n);
    many_title(e, MERA_WORD_FARTHEST);
    for (size_t i = 0; i < n; i++) {
        pair[i] = item[i].which;
    }
    return mera_report_compare_agreement(e->labels, pair, n, &e->view->view, 2, e->arena, e->out);
}

/* ---- orders ------------------------------------------------------------------------------ */

/** The sides of a group that begins with `order`, when there are two or more. */
static void many_group(const mera_compare_labels *labels, const size_t *group, size_t order,
                       const char *title, mera_text *out)
{
    const mera_comparison *c = labels->c;
    size_t n = 0;
    for (size_t s = 0; s < c->n_sides; s++) {
        n += group[s] == order;
    }
    if (n < 2) {
        return;
    }
    mera_text_addf(out, "  %s (%zu): ", title, n);
    size_t told = 0;
    for (size_t s = 0; s < c->n_sides && told < MANY_SHARE_LABELS; s++) {
        if (group[s] == order) {
            mera_text_addf(out, "%s%s", told++ > 0 ? "; " : "", mera_compare_label(labels, s));
        }
    }
    mera_text_add(out, n > told ? "; …\n" : "\n");
}

/** Is there another order in the cluster? */
static bool many_has_more(const mera_comparison *c, size_t cluster)
{
    for (size_t s = 0; s < c->n_sides; s++) {
        if (c->cluster_of[s] == cluster && c->order_of[s] != c->order_of[cluster]) {
            return true;
        }
    }
    return false;
}

void mera_report_compare_orders(const mera_comparison *c, const mera_compare_labels *labels,
                                const mera_view *view, mera_text *out)
{
    if (c->order_of == NULL) {
        return;
    }
    mera_text_add(out, "\n");
    mera_style_add(out, view, MERA_PAINT_BOLD, mera_word_in(MERA_WORD_ORDERS, view->language));
    mera_text_addf(out, ": %zu %s %zu\n", c->n_orders, mera_word_in(MERA_WORD_OF, view->language),
                   c->n_sides);
    for (size_t s = 0; s < c->n_sides; s++) {
        if (c->order_of[s] == s) {
            many_group(labels, c->order_of, s, mera_word_in(MERA_WORD_SAME_ORDER, view->language),
                       out);
        }
    }
    for (size_t s = 0; c->cluster_of != NULL && s < c->n_sides; s++) {
        if (c->cluster_of[s] == s && many_has_more(c, s)) {
            many_group(labels, c->cluster_of, s,
                       mera_word_in(MERA_WORD_NEARLY_SAME, view->language), out);
        }
    }
    if (!isnan(c->medoid_distance)) {
        mera_text_addf(out, "  %s: %s (%s ", mera_word_in(MERA_WORD_MEDOID, view->language),
                       mera_compare_label(labels, c->medoid),
                       mera_word_in(MERA_WORD_MEAN_SHIFT, view->language));
        char number[64];
        mera_number_write_fixed(c->medoid_distance, 1, number);
        mera_text_addf(out, "%s)\n", number);
    }
}

/* ---- places ------------------------------------------------------------------------------ */

/** The sides of the best and the worst place of a unit, of equals the first. */
static void many_ends(const many *e, const mera_compare_unit *unit, size_t end[2])
{
    end[0] = end[1] = SIZE_MAX;
    for (size_t s = 0; s < e->c->n_sides; s++) {
        if (!isnan(unit->move[s])) {
            end[0] = end[0] == SIZE_MAX || unit->move[s] > unit->move[end[0]] ? s : end[0];
            end[1] = end[1] == SIZE_MAX || unit->move[s] < unit->move[end[1]] ? s : end[1];
        }
    }
}

static mera_code many_place_row(const many *e, const mera_compare_unit *unit, const char **cell)
{
    size_t end[2];
    many_ends(e, unit, end);
    cell[0] = unit->name;
    cell[1] = mera_style_value(unit->rank[0], e->arena);
    for (size_t k = 0; k < 2; k++) {
        cell[2 + 2 * k] = mera_style_value(end[k] == SIZE_MAX ? NAN : unit->rank[end[k]], e->arena);
        cell[3 + 2 * k] = end[k] == SIZE_MAX ? "" : mera_compare_label(e->labels, end[k]);
    }
    for (size_t j = 0; j < MANY_PLACES; j++) {
        MERA_TRY_PTR(cell[j]);
    }
    return MERA_OK;
}

static mera_code many_places(const many *e, const mera_compare_unit *const *unit, size_t n)
{
    const mera_grid_column column[MANY_PLACES] = {
        {.title = many_word(e, MERA_WORD_UNIT), .max = 30, .paint = MERA_PAINT_BOLD},
        {.title = mera_compare_label(e->labels, 0), .right = true},
        {.title = many_word(e, MERA_WORD_BEST_PLACE), .right = true},
        {.title = many_word(e, MERA_WORD_IN_SIDE), .max = MANY_LABEL, .paint = MERA_PAINT_DIM},
        {.title = many_word(e, MERA_WORD_WORST_PLACE), .right = true},
        {.title = many_word(e, MERA_WORD_IN_SIDE),
         .max = MANY_LABEL,
         .gives_way = true,
         .paint = MERA_PAINT_DIM},
    };
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, MANY_PLACES, n, e->arena, &grid));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(many_place_row(e, unit[i], &grid.cell[i * MANY_PLACES]));
    }
    return mera_grid_write(&grid, &e->view->view, 2, e->arena, e->out);
}

static mera_code many_movers(const many *e)
{
    const mera_compare_unit *const *mover;
    size_t n;
    MERA_TRY(mera_compare_movers(e->c, e->view, e->arena, &mover, &n));
    many_title(e, n > 0 ? MERA_WORD_MOVES : MERA_WORD_NOBODY_MOVED);
    return n > 0 ? many_places(e, mover, n) : MERA_OK;
}

/** The unit asked for and its similar ones. */
static mera_code many_beside(const many *e)
{
    const mera_compare_unit *const *row;
    size_t n;
    if (e->view->beside == NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_report_compare_beside(e->c, e->view, e->arena, e->out, &row, &n));
    MERA_TRY(many_places(e, row, n));
    mera_report_compare_beside_rest(e->view, n, e->out);
    return MERA_OK;
}

mera_code mera_report_compare_many(const mera_comparison *comparison, const mera_compare_view *view,
                                   mera_arena *arena, mera_text *out)
{
    mera_compare_labels labels;
    const many e = {.c = comparison, .view = view, .labels = &labels, .arena = arena, .out = out};
    MERA_TRY(mera_compare_labels_new(comparison, &view->view, arena, &labels));
    many_settings(&e);
    MERA_TRY(many_agreement(&e));
    mera_report_compare_orders(comparison, &labels, &view->view, out);
    MERA_TRY(many_movers(&e));
    MERA_TRY(many_beside(&e));
    mera_report_compare_common(comparison, &view->view, out);
    mera_compare_legend(&labels, &view->view, out);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
