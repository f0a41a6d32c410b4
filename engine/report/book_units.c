/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The sheets with a row a unit and period: data, values, points, scores and places. What is missing
 * is an empty cell.
 */
#include "report/book.h"

#include <stdio.h>

#include "base/math.h"

static size_t units_cells(const book *b)
{
    return b->r->n_periods * b->r->n_units;
}

/** What every one of these sheets begins with. */
static void units_left(book *b, book_page page)
{
    book_text(b, page, BOOK_TITLE, 0, book_word(b, MERA_WORD_BOOK_KEY), LOOK_HEADING);
    book_text(b, page, BOOK_TITLE, 1, book_word(b, MERA_WORD_UNIT), LOOK_HEADING);
    book_text(b, page, BOOK_TITLE, 2, book_word(b, MERA_WORD_PERIOD), LOOK_HEADING);
}

/* ---- data and values ---- */

static look units_mark(uint8_t state)
{
    return (state & MERA_IMPUTED) != 0   ? LOOK_IMPUTED
           : (state & MERA_TREATED) != 0 ? LOOK_TREATED
                                         : LOOK_PLAIN;
}

/** Raw data; of an indicator that is normalised as it was read, what was imputed too. */
static void units_data_row(book *b, size_t cell)
{
    for (size_t k = 0; k < b->r->methodology->n_indicators; k++) {
        const mera_indicator_result *ind = &b->r->indicator[k];
        const double raw = ind->stage[MERA_STAGE_RAW][cell];
        const bool shown = b->values_column[k] == SIZE_MAX && isnan(raw);
        book_number(b, BOOK_DATA, book_row(cell), BOOK_LEFT + k,
                    shown ? ind->stage[MERA_STAGE_TREATED][cell] : raw,
                    shown ? LOOK_IMPUTED : LOOK_PLAIN);
    }
}

static void units_values_row(book *b, size_t cell)
{
    for (size_t k = 0; k < b->r->methodology->n_indicators; k++) {
        if (b->values_column[k] != SIZE_MAX) {
            const mera_indicator_result *ind = &b->r->indicator[k];
            book_number(b, BOOK_VALUES, book_row(cell), b->values_column[k],
                        ind->stage[MERA_STAGE_TREATED][cell], units_mark(ind->state[cell]));
        }
    }
}

static void units_data_head(book *b, book_page page, size_t row)
{
    const mera_methodology *m = b->r->methodology;
    for (size_t k = 0; k < m->n_indicators; k++) {
        const mera_indicator *ind = &m->indicator[k];
        const size_t column = page == BOOK_DATA ? BOOK_LEFT + k : b->values_column[k];
        const char *text = row == BOOK_TITLE    ? book_title(b, ind->title)
                           : row == BOOK_ID     ? ind->id
                           : row == BOOK_WEIGHT ? book_title(b, ind->measure)
                                                : ind->source_kind;
        if (column != SIZE_MAX) {
            book_text(b, page, row, column, text, row == BOOK_TITLE ? LOOK_HEADING : LOOK_DIM);
        }
    }
}

mera_code book_data(book *b)
{
    for (book_page page = BOOK_DATA; page <= BOOK_VALUES; page++) {
        if (b->sheet[page] == NULL) {
            continue;
        }
        units_left(b, page);
        for (size_t row = 0; row < BOOK_HEAD; row++) {
            units_data_head(b, page, row);
        }
        for (size_t cell = 0; cell < units_cells(b) && !b->failed; cell++) {
            book_unit(b, page, cell);
            (page == BOOK_DATA ? units_data_row : units_values_row)(b, cell);
        }
    }
    return MERA_OK;
}

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
        book_formula(b, page, book_row(cell), column, chain->text, value, LOOK_POINTS);
        return;
    }
    stands->n++;
    stands->why = chain->text == NULL ? chain->why : stands->why;
    stands->op = chain->text == NULL ? chain->op : stands->op;
    book_number(b, page, book_row(cell), column, value, LOOK_POINTS);
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
    book_formula(b, page, BOOK_WEIGHT, column, at, book_weight(b, node, child), LOOK_DIM);
    return MERA_OK;
}

static mera_code units_points_head(book *b)
{
    const mera_methodology *m = b->r->methodology;
    units_left(b, BOOK_POINTS);
    for (size_t row = 0; row < BOOK_HEAD; row++) {
        book_text(b, BOOK_POINTS, row, BOOK_LEFT - 1,
                  row == BOOK_WEIGHT   ? book_word(b, MERA_WORD_WEIGHT)
                  : row == BOOK_PARENT ? book_word(b, MERA_WORD_BOOK_IN)
                                       : NULL,
                  LOOK_DIM);
        for (size_t i = 0; i < b->n_points; i++) {
            const book_point *point = &b->point[i];
            const mera_indicator *ind = &m->indicator[point->indicator];
            if (row == BOOK_WEIGHT && point->node != SIZE_MAX) {
                MERA_TRY(units_weight(b, BOOK_POINTS, BOOK_LEFT + i, point->node, point->child));
            } else if (row != BOOK_WEIGHT) {
                book_text(b, BOOK_POINTS, row, BOOK_LEFT + i,
                          row == BOOK_TITLE         ? book_title(b, ind->title)
                          : row == BOOK_ID          ? ind->id
                          : point->node != SIZE_MAX ? m->node[point->node].id
                                                    : NULL,
                          row == BOOK_TITLE ? LOOK_HEADING : LOOK_DIM);
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
    book_number(b, BOOK_SCORES, book_row(cell), column, b->r->node[0].coverage[cell], LOOK_POINTS);
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
        book_text(b, BOOK_SCORES, row, b->node[k].column, text,
                  row == BOOK_TITLE ? LOOK_HEADING : LOOK_DIM);
        book_text(b, BOOK_RANKS, row, b->node[k].column, text,
                  row == BOOK_TITLE ? LOOK_HEADING : LOOK_DIM);
        if (row == BOOK_WEIGHT && k != 0) {
            const size_t child = b->node[k].index_row - b->node[parent].weights;
            MERA_TRY(units_weight(b, BOOK_SCORES, b->node[k].column, parent, child));
        }
    }
    if (row == BOOK_TITLE) {
        const size_t column = BOOK_LEFT + m->n_nodes;
        book_text(b, BOOK_SCORES, row, column, book_word(b, MERA_WORD_COVERAGE), LOOK_HEADING);
        if (b->view->sure != NULL) {
            book_text(b, BOOK_RANKS, row, column, book_word(b, MERA_WORD_BOOK_LOW), LOOK_HEADING);
            book_text(b, BOOK_RANKS, row, column + 1, book_word(b, MERA_WORD_BOOK_HIGH),
                      LOOK_HEADING);
        }
    }
    return MERA_OK;
}

mera_code book_scores(book *b)
{
    units_node *says;
    MERA_TRY_NEW(says, b->arena, b->r->methodology->n_nodes);
    units_left(b, BOOK_SCORES);
    units_left(b, BOOK_RANKS);
    for (size_t row = 0; row < BOOK_HEAD; row++) {
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
