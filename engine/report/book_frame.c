/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The sheets that the formulas look at: weights, where editing one moves the scores, and scales,
 * with the bounds and means that values are measured by.
 */
#include "report/book.h"

#include <stdio.h>
#include <string.h>

#include "base/math.h"

/** The head of a sheet, numbers from column `first` on; its longest title says how high it is. */
static void frame_head(book *b, book_page page, const mera_word *head, const unsigned *width,
                       size_t n, size_t first)
{
    unsigned lines = 1, letters = 0;
    for (size_t c = 0; c < n; c++) {
        const unsigned own = mera_look_lines(book_word(b, head[c]), width[c] - 1);
        letters += width[c];
        io_xlsx_width(b->sheet[page], c, c, width[c]);
        lines = own > lines ? own : lines;
    }
    io_xlsx_fit(b->sheet[page], letters);
    io_xlsx_freeze(b->sheet[page], 1, 2);
    io_xlsx_height(b->sheet[page], 0, lines);
    for (size_t c = 0; c < n; c++) {
        book_text(b, page, 0, c, book_word(b, head[c]),
                  LOOK_HEAD + (c < first ? LOOK_LEFT : LOOK_RIGHT));
    }
}

/** Bounds and distances as they fit their size. */
static look scales_figure(double value)
{
    return LOOK_FIGURE + mera_look_decimals(fabs(value));
}

/* ---- weights ---- */

static const mera_word weights_head[] = {
    [WEIGHTS_PARENT] = MERA_WORD_BOOK_IN,     [WEIGHTS_PARENT_TITLE] = MERA_WORD_BOOK_TITLE,
    [WEIGHTS_ID] = MERA_WORD_BOOK_CHILD,      [WEIGHTS_TITLE] = MERA_WORD_BOOK_TITLE,
    [WEIGHTS_KIND] = MERA_WORD_KIND,          [WEIGHTS_WEIGHT] = MERA_WORD_WEIGHT,
    [WEIGHTS_SHARE] = MERA_WORD_SHARE_WITHIN, [WEIGHTS_INDEX] = MERA_WORD_SHARE_TOTAL};

/** The share inside the parent, and of the whole index. */
static void weights_shares(book *b, size_t k, size_t j, double *index_share)
{
    const mera_node *node = &b->r->methodology->node[k];
    const book_node *at = &b->node[k];
    const size_t row = at->weights + j;
    const double share = b->r->node[k].weight[j];
    const size_t parent = at->index_row;
    char text[128], weight[8], shares[8], index[8];
    (void)io_xlsx_letters(WEIGHTS_WEIGHT, weight);
    (void)io_xlsx_letters(WEIGHTS_SHARE, shares);
    (void)io_xlsx_letters(WEIGHTS_INDEX, index);
    const bool divides = !node->weights_as_given && node->aggregate.op != NULL &&
                         strcmp(node->aggregate.op->name, "aggregate.sum") != 0;
    if (divides) {
        (void)snprintf(text, sizeof text, "%s%zu/SUM(%s$%zu:%s$%zu)", weight, row + 1, weight,
                       at->weights + 1, weight, at->weights + node->n_children);
    } else {
        (void)snprintf(text, sizeof text, "%s%zu", weight, row + 1);
    }
    book_formula(b, BOOK_WEIGHTS, row, WEIGHTS_SHARE, text, share, LOOK_SHARE);
    index_share[row] = share * (parent == SIZE_MAX ? 1 : index_share[parent]);
    (void)snprintf(text, sizeof text, parent == SIZE_MAX ? "%s%zu" : "%s%zu*%s$%zu", shares,
                   row + 1, index, parent + 1);
    book_formula(b, BOOK_WEIGHTS, row, WEIGHTS_INDEX, text, index_share[row], LOOK_SHARE);
}

static void weights_row(book *b, size_t k, size_t j, double *index_share)
{
    const mera_methodology *m = b->r->methodology;
    const mera_child *child = &m->node[k].child[j];
    const size_t row = b->node[k].weights + j;
    const mera_title title =
        child->is_indicator ? m->indicator[child->index].title : m->node[child->index].title;
    book_text(b, BOOK_WEIGHTS, row, WEIGHTS_PARENT, m->node[k].id, LOOK_CODE);
    book_text(b, BOOK_WEIGHTS, row, WEIGHTS_PARENT_TITLE, book_title(b, m->node[k].title),
              LOOK_CODE);
    book_text(b, BOOK_WEIGHTS, row, WEIGHTS_ID,
              child->is_indicator ? m->indicator[child->index].id : m->node[child->index].id,
              LOOK_CODE);
    book_text(b, BOOK_WEIGHTS, row, WEIGHTS_TITLE, book_title(b, title), LOOK_CODE);
    book_text(b, BOOK_WEIGHTS, row, WEIGHTS_KIND,
              book_word(b, child->is_indicator ? MERA_WORD_INDICATOR : MERA_WORD_BOOK_NODE),
              LOOK_CODE);
    book_number(b, BOOK_WEIGHTS, row, WEIGHTS_WEIGHT, book_weight(b, k, j), LOOK_INPUT);
    weights_shares(b, k, j, index_share);
}

mera_code book_weights(book *b)
{
    const mera_methodology *m = b->r->methodology;
    double *index_share;
    size_t rows = 1;
    for (size_t k = 0; k < m->n_nodes; k++) {
        rows += m->node[k].n_children;
    }
    MERA_TRY_NEW(index_share, b->arena, rows);
    static const unsigned width[] = {
        [WEIGHTS_PARENT] = 20, [WEIGHTS_PARENT_TITLE] = 36, [WEIGHTS_ID] = 24,
        [WEIGHTS_TITLE] = 44,  [WEIGHTS_KIND] = 13,         [WEIGHTS_WEIGHT] = 12,
        [WEIGHTS_SHARE] = 13,  [WEIGHTS_INDEX] = 13};
    frame_head(b, BOOK_WEIGHTS, weights_head, width, WEIGHTS_INDEX + 1, WEIGHTS_WEIGHT);
    for (size_t i = 0; i < m->n_nodes; i++) {
        for (size_t j = 0; j < m->node[b->order[i]].n_children; j++) {
            weights_row(b, b->order[i], j, index_share);
        }
    }
    return MERA_OK;
}

/* ---- scales ---- */

enum { SCALES_LETTERS = 18 /* of the column that says which values are better */ };

static const mera_word scales_head[] = {
    [SCALES_ID] = MERA_WORD_BOOK_CHILD,          [SCALES_TITLE] = MERA_WORD_BOOK_TITLE,
    [SCALES_OP] = MERA_WORD_BOOK_OPERATION,      [SCALES_DIRECTION] = MERA_WORD_BOOK_DIRECTION,
    [SCALES_GROUP] = MERA_WORD_BOOK_GROUP,       [SCALES_PERIOD] = MERA_WORD_PERIOD,
    [SCALES_LOW] = MERA_WORD_BOOK_LOWER,         [SCALES_HIGH] = MERA_WORD_BOOK_UPPER,
    [SCALES_SPAN] = MERA_WORD_BOOK_SPAN,         [SCALES_WIDTH] = MERA_WORD_BOOK_WIDTH,
    [SCALES_FROM] = MERA_WORD_BOOK_FROM,         [SCALES_TO] = MERA_WORD_BOOK_TO,
    [SCALES_N] = MERA_WORD_BOOK_REFERENCE_VALUES};

/** The function of a sheet that gives what was fitted, or NULL. */
static const char *scales_name(const mera_fit_record *fit, const mera_use *use, size_t i)
{
    if (strcmp(fit->op->name, "normalise.minmax") == 0) {
        return i == 0 ? "MIN" : "MAX";
    }
    if (strcmp(fit->op->name, "normalise.zscore") == 0) {
        return i == 0 ? "AVERAGE" : book_param(use, "deviation", 0) == 0 ? "STDEV" : "STDEVP";
    }
    return NULL;
}

/** What the function gives over n values; deviations in two passes. */
static double scales_value(const char *name, const double *x, size_t n)
{
    double least = INFINITY, most = -INFINITY, sum = 0, squares = 0;
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            least = x[i] < least ? x[i] : least;
            most = x[i] > most ? x[i] : most;
            sum += x[i];
            present++;
        }
    }
    const double mean = sum / (double)present;
    for (size_t i = 0; i < n; i++) {
        squares += isnan(x[i]) ? 0 : (x[i] - mean) * (x[i] - mean);
    }
    return strcmp(name, "MIN") == 0       ? least
           : strcmp(name, "MAX") == 0     ? most
           : strcmp(name, "AVERAGE") == 0 ? mean
                                          : sqrt(squares / (double)(present - (name[5] != 'P')));
}

/** A fitted number: as a function of the data where that gives it, else as it is. */
static mera_code scales_number(book *b, const mera_fit_record *fit, size_t row, size_t i)
{
    const size_t units = b->r->n_units;
    const mera_indicator *ind =
        fit->indicator == SIZE_MAX ? NULL : &b->r->methodology->indicator[fit->indicator];
    const mera_use use = {.op = fit->op, .params = fit->params};
    const char *name = scales_name(fit, &use, i);
    size_t cell = 0, n = b->r->n_periods * units;
    for (size_t p = 0; fit->period != NULL && p < b->r->n_periods; p++) {
        if (mera_streq(fit->period, b->r->period[p])) {
            cell = p * units;
            n = units;
        }
    }
    if (name != NULL && ind != NULL && fit->group == NULL && ind->direction != MERA_TARGET &&
        ind->normalise.n > 0 && ind->normalise.v[0].op == fit->op && fit->nth == 0) {
        const double *x = b->r->indicator[fit->indicator].stage[MERA_STAGE_TREATED] + cell;
        const char *range = book_value_range(b, fit->indicator, cell, n);
        const char *text =
            range != NULL ? mera_arena_printf(b->arena, "%s(%s)", name, range) : NULL;
        MERA_TRY_PTR(text);
        if (book_is(scales_value(name, x, n), fit->fitted.v[i])) {
            book_formula(b, BOOK_SCALES, row, SCALES_LOW + i, text, fit->fitted.v[i],
                         scales_figure(fit->fitted.v[i]));
            return MERA_OK;
        }
    }
    book_number(b, BOOK_SCALES, row, SCALES_LOW + i, fit->fitted.v[i],
                scales_figure(fit->fitted.v[i]));
    return MERA_OK;
}

/** Points and distance between two bounds: what the formulas of points multiply and divide by. */
static mera_code scales_widths(book *b, const mera_fit_record *fit, size_t row)
{
    const mera_use use = {.op = fit->op, .params = fit->params};
    const bool log = book_param(&use, "log", 0) > 0;
    const double low = fit->fitted.v[0], high = fit->fitted.v[1];
    const double span = book_param(&use, "range", 1) - book_param(&use, "range", 0);
    const double width = log ? mera_log(high) - mera_log(low) : high - low;
    const char *cell[4], *text[2];
    for (size_t i = 0; i < 4; i++) {
        cell[i] = book_cell(b, BOOK_SCALES, BOOK_SCALES, row, SCALES_LOW + i);
        MERA_TRY_PTR(cell[i]);
    }
    text[0] = mera_arena_printf(b->arena, "%s-%s", cell[3], cell[2]);
    text[1] = mera_arena_printf(b->arena, log ? "LN(%s)-LN(%s)" : "%s-%s", cell[1], cell[0]);
    MERA_TRY_PTR(text[0]);
    MERA_TRY_PTR(text[1]);
    book_formula(b, BOOK_SCALES, row, SCALES_SPAN, text[0], span, scales_figure(span));
    book_formula(b, BOOK_SCALES, row, SCALES_WIDTH, text[1], width, scales_figure(width));
    return MERA_OK;
}

static mera_code scales_row(book *b, const mera_fit_record *fit, size_t row)
{
    const mera_methodology *m = b->r->methodology;
    const mera_use use = {.op = fit->op, .params = fit->params};
    const bool of_node = fit->indicator == SIZE_MAX;
    const bool deviation = strcmp(fit->op->name, "normalise.zscore") == 0;
    const mera_direction direction = of_node ? MERA_HIGHER : m->indicator[fit->indicator].direction;
    const double from = book_param(&use, deviation ? "mean" : "range", 0),
                 to = deviation ? book_param(&use, "sd", 0) : book_param(&use, "range", 1);
    const char *better = book_word(b, direction == MERA_HIGHER  ? MERA_WORD_BOOK_BETTER_HIGH
                                      : direction == MERA_LOWER ? MERA_WORD_BOOK_BETTER_LOW
                                                                : MERA_WORD_BOOK_BETTER_NEAR);
    io_xlsx_height(b->sheet[BOOK_SCALES], row, mera_look_lines(better, SCALES_LETTERS));
    book_text(b, BOOK_SCALES, row, SCALES_ID,
              of_node ? m->node[fit->node].id : m->indicator[fit->indicator].id, LOOK_CODE);
    book_text(
        b, BOOK_SCALES, row, SCALES_TITLE,
        book_title(b, of_node ? m->node[fit->node].title : m->indicator[fit->indicator].title),
        LOOK_CODE);
    book_text(b, BOOK_SCALES, row, SCALES_OP, fit->op->name, LOOK_CODE);
    book_text(b, BOOK_SCALES, row, SCALES_DIRECTION, better, LOOK_WRAP);
    book_text(b, BOOK_SCALES, row, SCALES_GROUP, fit->group, LOOK_CODE);
    book_text(b, BOOK_SCALES, row, SCALES_PERIOD, fit->period, LOOK_CODE);
    MERA_TRY(scales_number(b, fit, row, 0));
    MERA_TRY(scales_number(b, fit, row, 1));
    book_number(b, BOOK_SCALES, row, SCALES_FROM, from, scales_figure(from));
    book_number(b, BOOK_SCALES, row, SCALES_TO, to, scales_figure(to));
    if (!deviation) {
        MERA_TRY(scales_widths(b, fit, row));
    }
    book_number(b, BOOK_SCALES, row, SCALES_N, (double)fit->n_reference, LOOK_PLACE);
    return MERA_OK;
}

mera_code book_scales(book *b)
{
    static const unsigned width[] = {[SCALES_ID] = 24,    [SCALES_TITLE] = 40,
                                     [SCALES_OP] = 22,    [SCALES_DIRECTION] = SCALES_LETTERS,
                                     [SCALES_GROUP] = 14, [SCALES_PERIOD] = 10,
                                     [SCALES_LOW] = 13,   [SCALES_HIGH] = 13,
                                     [SCALES_FROM] = 14,  [SCALES_TO] = 14,
                                     [SCALES_SPAN] = 11,  [SCALES_WIDTH] = 14,
                                     [SCALES_N] = 13};
    frame_head(b, BOOK_SCALES, scales_head, width, SCALES_N + 1, SCALES_LOW);
    for (size_t i = 0; i < b->r->n_fits; i++) {
        if (b->scale_row[i] != SIZE_MAX) {
            MERA_TRY(scales_row(b, &b->r->fit[i], b->scale_row[i]));
        }
    }
    return MERA_OK;
}
