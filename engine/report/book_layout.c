/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where everything stands in a workbook. Nodes go level by level, so that children of a node stand
 * side by side, and so do its indicators and the rows of their weights: a formula takes them as one
 * range.
 */
#include "report/book.h"

#include "base/math.h"

/** Nodes in the order of columns: a node's children after all nodes of its level. */
static void layout_nodes(book *b)
{
    const mera_methodology *m = b->r->methodology;
    size_t n = 1;
    b->order[0] = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t k = b->order[i];
        b->node[k].column = BOOK_LEFT + i;
        b->node[k].child_node = BOOK_LEFT + n;
        for (size_t j = 0; j < m->node[k].n_children; j++) {
            if (!m->node[k].child[j].is_indicator) {
                b->order[n++] = m->node[k].child[j].index;
            }
        }
        b->node[k].n_children = BOOK_LEFT + n - b->node[k].child_node;
    }
}

/** Rows of weights and columns of points: those of a node together. */
static void layout_children(book *b, bool *placed)
{
    const mera_methodology *m = b->r->methodology;
    size_t row = 1;
    b->node[0].index_row = SIZE_MAX;
    for (size_t i = 0; i < m->n_nodes; i++) {
        const size_t k = b->order[i];
        const mera_node *node = &m->node[k];
        b->node[k].weights = row;
        b->node[k].point = BOOK_LEFT + b->n_points;
        for (size_t j = 0; j < node->n_children; j++, row++) {
            if (node->child[j].is_indicator) {
                b->point[b->n_points++] =
                    (book_point){.node = k, .child = j, .indicator = node->child[j].index};
                placed[node->child[j].index] = true;
            } else {
                b->node[node->child[j].index].index_row = row;
            }
        }
        b->node[k].n_points = BOOK_LEFT + b->n_points - b->node[k].point;
    }
}

/** Are values normalised as they were read, but for what was imputed? */
static bool layout_is_raw(const book *b, size_t indicator)
{
    const mera_indicator_result *ind = &b->r->indicator[indicator];
    const double *raw = ind->stage[MERA_STAGE_RAW], *used = ind->stage[MERA_STAGE_TREATED];
    for (size_t cell = 0; raw != used && cell < b->r->n_periods * b->r->n_units; cell++) {
        if (!isnan(raw[cell]) && !(raw[cell] == used[cell])) {
            return false;
        }
    }
    return true;
}

size_t book_subject_of(const book *b, size_t indicator, size_t node)
{
    return node == SIZE_MAX ? indicator : b->r->methodology->n_indicators + node;
}

/** Fits by whose they are: those of one subject follow each other in `fit`, from `fit_start`. */
static mera_code layout_fits(book *b)
{
    const mera_methodology *m = b->r->methodology;
    MERA_TRY_NEW(b->fit, b->arena, b->r->n_fits);
    MERA_TRY_NEW(b->fit_start, b->arena, m->n_indicators + m->n_nodes + 2);
    for (size_t i = 0; i < b->r->n_fits; i++) {
        b->fit_start[book_subject_of(b, b->r->fit[i].indicator, b->r->fit[i].node) + 2]++;
    }
    for (size_t i = 2; i < m->n_indicators + m->n_nodes + 2; i++) {
        b->fit_start[i] += b->fit_start[i - 1];
    }
    for (size_t i = 0; i < b->r->n_fits; i++) {
        const mera_fit_record *fit = &b->r->fit[i];
        b->fit[b->fit_start[book_subject_of(b, fit->indicator, fit->node) + 1]++] = i;
    }
    return MERA_OK;
}

static mera_code layout_scales(book *b)
{
    size_t *row, n = 1;
    MERA_TRY(layout_fits(b));
    MERA_TRY_NEW(row, b->arena, b->r->n_fits);
    for (size_t i = 0; i < b->r->n_fits; i++) {
        const mera_fit_record *fit = &b->r->fit[i];
        const bool two =
            fit->step == MERA_STEP_NORMALISE && fit->op->fitted != NULL && fit->fitted.n == 2;
        row[i] = two ? n++ : SIZE_MAX;
    }
    b->scale_row = row;
    return MERA_OK;
}

static bool layout_is(double x, double shift)
{
    const double moved = fabs(x * shift), off = fabs(moved - floor(moved + 0.5));
    return off <= 1e-9 * (moved > 1 ? moved : 1);
}

/** Decimals that all values have which are not marked; where some have more, as fit the largest. */
static unsigned layout_decimals(const double *x, const uint8_t *state, uint8_t marked, size_t n)
{
    static const double shift[] = {1, 10, 100, 1000, 10000};
    unsigned decimals = 0;
    double largest = 0;
    bool exact = true;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || (state[i] & marked) != 0) {
            continue;
        }
        largest = fabs(x[i]) > largest ? fabs(x[i]) : largest;
        while (decimals + 1 < LOOK_DECIMALS && !layout_is(x[i], shift[decimals])) {
            decimals++;
        }
        exact = exact && layout_is(x[i], shift[decimals]);
    }
    return exact             ? decimals
           : largest < 0.001 ? LOOK_DECIMALS
           : largest >= 100  ? (largest >= 10000 ? 0 : 1)
                             : mera_look_decimals(largest);
}

/** How many decimals data, values and points have. */
static mera_code layout_figures(book *b)
{
    const size_t n = b->r->n_periods * b->r->n_units;
    const uint8_t marked = MERA_IMPUTED | MERA_TREATED;
    double largest = 0;
    MERA_TRY_NEW(b->decimals, b->arena, 2 * b->r->methodology->n_indicators + 1);
    for (size_t k = 0; k < b->r->methodology->n_indicators; k++) {
        const mera_indicator_result *ind = &b->r->indicator[k];
        b->decimals[2 * k] = layout_decimals(ind->stage[MERA_STAGE_RAW], ind->state, 0, n);
        b->decimals[2 * k + 1] =
            layout_decimals(ind->stage[MERA_STAGE_TREATED], ind->state, marked, n);
    }
    for (size_t i = 0; i < n; i++) {
        const double size = fabs(b->r->node[0].score[i]);
        largest = size > largest ? size : largest; /* NaN is not */
    }
    b->points = largest < 10 ? LOOK_FIGURE + 4 : LOOK_POINTS;
    return MERA_OK;
}

mera_code book_lay_out(book *b)
{
    const mera_methodology *m = b->r->methodology;
    size_t children = m->n_indicators;
    bool *placed;
    for (size_t k = 0; k < m->n_nodes; k++) {
        children += m->node[k].n_children;
    }
    MERA_TRY_NEW(b->order, b->arena, m->n_nodes);
    MERA_TRY_NEW(b->node, b->arena, m->n_nodes);
    MERA_TRY_NEW(b->node_stands, b->arena, m->n_nodes);
    MERA_TRY_NEW(b->point, b->arena, children);
    MERA_TRY_NEW(b->point_stands, b->arena, children);
    MERA_TRY_NEW(b->values_column, b->arena, m->n_indicators);
    MERA_TRY_NEW(placed, b->arena, m->n_indicators);
    layout_nodes(b);
    layout_children(b, placed);
    for (size_t k = 0; k < m->n_indicators; k++) {
        if (!placed[k]) {
            b->point[b->n_points++] =
                (book_point){.node = SIZE_MAX, .child = SIZE_MAX, .indicator = k};
        }
        b->values_column[k] = layout_is_raw(b, k) ? SIZE_MAX : BOOK_LEFT + b->n_values++;
    }
    MERA_TRY(layout_figures(b));
    return layout_scales(b);
}

static size_t layout_value(const book *b, size_t indicator, book_page *page)
{
    const bool raw = b->values_column[indicator] == SIZE_MAX;
    *page = raw ? BOOK_DATA : BOOK_VALUES;
    return raw ? BOOK_LEFT + indicator : b->values_column[indicator];
}

const char *book_value_cell(book *b, size_t indicator)
{
    char letters[8];
    book_page page;
    const size_t column = layout_value(b, indicator, &page);
    return mera_arena_printf(b->arena, "%s%s%c", b->ref[page], io_xlsx_letters(column, letters),
                             BOOK_ROW);
}

const char *book_value_range(book *b, size_t indicator, size_t cell, size_t n)
{
    char letters[8];
    book_page page;
    const size_t column = layout_value(b, indicator, &page);
    (void)io_xlsx_letters(column, letters);
    return mera_arena_printf(b->arena, "%s%s$%zu:%s$%zu", b->ref[page], letters, book_row(cell) + 1,
                             letters, book_row(cell) + n);
}
