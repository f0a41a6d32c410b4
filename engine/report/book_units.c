/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The sheets with a row a unit and period that are made by formulas: points, scores and places.
 * What is missing is an empty cell.
 */
#include "report/book.h"

#include <stdio.h>

#include "base/math.h"

/* ---- points ---- */

/** The formulas of one column in one period: one a group. */
typedef struct units_column {
    book_chain *chain;    /**< [0] of units without a group, [1 + g] of group g */
    const int32_t *group; /**< of all cells, or NULL */
} units_column;

static mera_code units_says(book *b, size_t indicator, size_t period, units_column *out)
{
    const mera_indicator *ind = &b->r->methodology->indicator[indicator];
    const char *by;
    mera_text_list label = {0, NULL};
    const bool one = book_grouping(&ind->normalise, &by);
    out->group = one && by != NULL ? mera_plan_groups(b->plan, by, &label) : NULL;
    MERA_TRY_NEW(out->chain, b->arena, label.n + 1);
    for (size_t g = 0; g <= label.n; g++) {
        const book_subject subject = {.indicator = indicator,
                                      .node = SIZE_MAX,
                                      .direction = ind->direction,
                                      .target = ind->target,
                                      .group = g > 0 ? label.v[g - 1] : NULL,
                                      .period = period};
        out->chain[g] = (book_chain){.text = book_value_cell(b, indicator),
                                     .why = one ? MERA_N_WORDS : MERA_WORD_BOOK_WHY_REFERENCE};
        MERA_TRY_PTR(out->chain[g].text);
        if (one) {
            MERA_TRY(book_chain_add(b, &ind->normalise, &subject, &out->chain[g]));
        }
    }
    return MERA_OK;
}

/** One cell: the formula where it gives the number, else the number. */
static void units_cell(book *b, book_page page, size_t cell, size_t column, double value,
                       const book_chain *chain, double made, book_stands *stands)
{
    if (isnan(value)) {
        return;
    }
    stands->of++;
    if (chain->text != NULL && book_is(made, value)) {
        book_formula(b, page, book_row(cell), column, chain->text, value, b->points);
        return;
    }
    stands->n++;
    stands->why = chain->text == NULL ? chain->why : stands->why;
    stands->op = chain->text == NULL ? chain->op : stands->op;
    book_number(b, page, book_row(cell), column, value, b->points);
}

static void units_points_row(book *b, size_t cell, const units_column *says)
{
    for (size_t i = 0; i < b->n_points; i++) {
        const mera_indicator_result *ind = &b->r->indicator[b->point[i].indicator];
        const int32_t group = says[i].group != NULL ? says[i].group[cell] : -1;
        const book_chain *chain = &says[i].chain[group + 1];
        units_cell(b, BOOK_POINTS, cell, BOOK_LEFT + i, ind->stage[MERA_STAGE_NORMALISED][cell],
                   chain, book_chain_value(chain, ind->stage[MERA_STAGE_TREATED][cell]),
                   &b->point_stands[i]);
    }
}

/** The weight of a child above its column, taken from the sheet of weights. */
static mera_code units_weight(book *b, book_page page, size_t column, size_t node, size_t child)
{
    const char *at =
        book_cell(b, page, BOOK_WEIGHTS, b->node[node].weights + child, WEIGHTS_WEIGHT);
    MERA_TRY_PTR(at);
    book_formula(b, page, BOOK_WEIGHT, column, at, book_weight(b, node, child),
                 LOOK_DIM + LOOK_RIGHT);
    return MERA_OK;
}

static mera_code units_points_head(book *b)
{
    const mera_methodology *m = b->r->methodology;
    unsigned lines = 1;
    for (size_t i = 0; i < b->n_points; i++) {
        lines = book_lines(b, m->indicator[b->point[i].indicator].title, lines);
    }
    book_units_page(b, BOOK_POINTS, b->n_points, lines);
    book_left(b, BOOK_POINTS);
    for (size_t row = 0; row < BOOK_HEAD; row++) {
        book_rows(b, BOOK_POINTS, row, MERA_WORD_WEIGHT, MERA_WORD_BOOK_IN);
        for (size_t i = 0; i < b->n_points; i++) {
            const book_point *point = &b->point[i];
            const mera_indicator *ind = &m->indicator[point->indicator];
            if (row == BOOK_WEIGHT && point->node != SIZE_MAX) {
                MERA_TRY(units_weight(b, BOOK_POINTS, BOOK_LEFT + i, point->node, point->child));
            } else if (row != BOOK_WEIGHT) {
                book_over(b, BOOK_POINTS, row, BOOK_LEFT + i,
                          row == BOOK_TITLE         ? book_title(b, ind->title)
                          : row == BOOK_ID          ? ind->id
                          : point->node != SIZE_MAX ? m->node[point->node].id
                                                    : NULL);
            }
        }
    }
    return MERA_OK;
}

mera_code book_points(book *b)
{
    units_column *says;
    MERA_TRY(units_points_head(b));
    MERA_TRY_NEW(says, b->arena, b->n_points);
    for (size_t i = 0; i < b->n_points; i++) {
        b->point_stands[i].why = MERA_N_WORDS;
    }
    for (size_t p = 0; p < b->r->n_periods; p++) {
        for (size_t i = 0; i < b->n_points; i++) {
            MERA_TRY(units_says(b, b->point[i].indicator, p, &says[i]));
        }
        for (size_t u = 0; u < b->r->n_units && !b->failed; u++) {
            book_unit(b, BOOK_POINTS, p * b->r->n_units + u);
            units_points_row(b, p * b->r->n_units + u, says);
        }
    }
    return MERA_OK;
}

/* ---- scores and places ---- */

typedef struct units_node {
    book_node_formula *says; /**< as units_column.chain */
    const int32_t *group;
} units_node;

static mera_code units_node_says(book *b, size_t node, size_t period, units_node *out)
{
    const char *by;
    mera_text_list label = {0, NULL};
    (void)book_grouping(&b->r->methodology->node[node].then, &by);
    out->group = by != NULL ? mera_plan_groups(b->plan, by, &label) : NULL;
    MERA_TRY_NEW(out->says, b->arena, label.n + 1);
    for (size_t g = 0; g <= label.n; g++) {
        MERA_TRY(book_node_says(b, node, period, g > 0 ? label.v[g - 1] : NULL, &out->says[g]));
    }
    return MERA_OK;
}

/** A place by RANK, which gives the least of equal scores, or the number where it says another. */
static mera_code units_place(book *b, size_t node, size_t cell)
{
    const mera_methodology *m = b->r->methodology;
    const size_t first = book_row(cell - cell % b->r->n_units) + 1, column = b->node[node].column;
    const bool says = m->rank_ties == MERA_TIES_MIN || m->rank_ties == MERA_TIES_MAX ||
                      m->rank_ties == MERA_TIES_MEAN;
    char letters[8], text[256];
    const double place = b->r->node[node].rank[cell];
    if (isnan(place) || !says) {
        book_number(b, BOOK_RANKS, book_row(cell), column, place, LOOK_PLACE);
        return MERA_OK;
    }
    const char *ref = b->ref[BOOK_SCORES];
    (void)io_xlsx_letters(column, letters);
    int n = snprintf(text, sizeof text, "RANK(%s%s%c,%s%s$%zu:%s$%zu,%d)", ref, letters, BOOK_ROW,
                     ref, letters, first, letters, first + b->r->n_units - 1,
                     m->node[node].lower_is_better ? 1 : 0);
    if (m->rank_ties != MERA_TIES_MIN) {
        n += snprintf(text + n, sizeof text - (size_t)n, "+(COUNTIF(%s%s$%zu:%s$%zu,%s%s%c)-1)%s",
                      ref, letters, first, letters, first + b->r->n_units - 1, ref, letters,
                      BOOK_ROW, m->rank_ties == MERA_TIES_MEAN ? "/2" : "");
    }
    book_formula(b, BOOK_RANKS, book_row(cell), column, text, place, LOOK_PLACE);
    return MERA_OK;
}

static mera_code units_score_row(book *b, size_t cell, const units_node *says)
{
    const mera_methodology *m = b->r->methodology;
    book_unit(b, BOOK_SCORES, cell);
    book_unit(b, BOOK_RANKS, cell);
    for (size_t i = 0; i < m->n_nodes; i++) {
        const size_t k = b->order[i];
        const int32_t group = says[k].group != NULL ? says[k].group[cell] : -1;
        const book_node_formula *formula = &says[k].says[group + 1];
        bool full;
        const double made = book_node_value(b, k, cell, &full);
        const book_chain *chain = full ? &formula->full : &formula->some;
        units_cell(b, BOOK_SCORES, cell, b->node[k].column, b->r->node[k].score[cell], chain,
                   book_chain_value(chain, made), &b->node_stands[k]);
        MERA_TRY(units_place(b, k, cell));
    }
    return MERA_OK;
}

/** Columns after the nodes: on scores the share of data, on places the interval. */
static void units_score_more(book *b, size_t cell)
{
    const size_t column = BOOK_LEFT + b->r->methodology->n_nodes;
    const mera_place_summary *sure = mera_score_sure(b->r, b->view, cell);
    book_number(b, BOOK_SCORES, book_row(cell), column, b->r->node[0].coverage[cell], LOOK_SHARE);
    if (sure != NULL) {
        book_number(b, BOOK_RANKS, book_row(cell), column, sure->low, LOOK_PLACE);
        book_number(b, BOOK_RANKS, book_row(cell), column + 1, sure->high, LOOK_PLACE);
    }
}

static mera_code units_scores_head(book *b, size_t row)
{
    const mera_methodology *m = b->r->methodology;
    for (size_t i = 0; i < m->n_nodes; i++) {
        const size_t k = b->order[i], parent = m->node[k].parent;
        const char *text = row == BOOK_TITLE              ? book_title(b, m->node[k].title)
                           : row == BOOK_ID               ? m->node[k].id
                           : row == BOOK_PARENT && k != 0 ? m->node[parent].id
                                                          : NULL;
        book_over(b, BOOK_SCORES, row, b->node[k].column, text);
        book_over(b, BOOK_RANKS, row, b->node[k].column, text);
        if (row == BOOK_WEIGHT && k != 0) {
            const size_t child = b->node[k].index_row - b->node[parent].weights;
            MERA_TRY(units_weight(b, BOOK_SCORES, b->node[k].column, parent, child));
        }
    }
    if (row == BOOK_TITLE) {
        const size_t column = BOOK_LEFT + m->n_nodes;
        book_over(b, BOOK_SCORES, row, column, book_word(b, MERA_WORD_BOOK_COVERAGE));
        if (b->view->sure != NULL) {
            book_over(b, BOOK_RANKS, row, column, book_word(b, MERA_WORD_BOOK_LOW));
            book_over(b, BOOK_RANKS, row, column + 1, book_word(b, MERA_WORD_BOOK_HIGH));
        }
    }
    return MERA_OK;
}

static void units_scores_pages(book *b)
{
    const mera_methodology *m = b->r->methodology;
    unsigned lines = 3;
    for (size_t k = 0; k < m->n_nodes; k++) {
        lines = book_lines(b, m->node[k].title, lines);
    }
    for (book_page page = BOOK_SCORES; page <= BOOK_RANKS; page++) {
        book_units_page(b, page, m->n_nodes + 2, lines);
        book_left(b, page);
    }
}

mera_code book_scores(book *b)
{
    units_node *says;
    MERA_TRY_NEW(says, b->arena, b->r->methodology->n_nodes);
    units_scores_pages(b);
    for (size_t row = 0; row < BOOK_HEAD; row++) {
        book_rows(b, BOOK_SCORES, row, MERA_WORD_WEIGHT, MERA_WORD_BOOK_IN);
        if (row != BOOK_WEIGHT) {
            book_rows(b, BOOK_RANKS, row, MERA_WORD_WEIGHT, MERA_WORD_BOOK_IN);
        }
        MERA_TRY(units_scores_head(b, row));
    }
    for (size_t k = 0; k < b->r->methodology->n_nodes; k++) {
        b->node_stands[k].why = MERA_N_WORDS;
    }
    for (size_t p = 0; p < b->r->n_periods; p++) {
        for (size_t k = 0; k < b->r->methodology->n_nodes; k++) {
            MERA_TRY(units_node_says(b, k, p, &says[k]));
        }
        for (size_t u = 0; u < b->r->n_units && !b->failed; u++) {
            MERA_TRY(units_score_row(b, p * b->r->n_units + u, says));
            units_score_more(b, p * b->r->n_units + u);
        }
    }
    return MERA_OK;
}
