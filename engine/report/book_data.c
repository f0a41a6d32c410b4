/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The sheets of data and values, and what they share with the others that have a row a unit and
 * period. What is missing is an empty cell.
 */
#include "report/book.h"

#include <stdio.h>

#include "base/math.h"

static size_t data_cells(const book *b)
{
    return b->r->n_periods * b->r->n_units;
}

/** What every one of these sheets begins with. */
void book_left(book *b, book_page page)
{
    book_text(b, page, BOOK_TITLE, 0, book_word(b, MERA_WORD_BOOK_KEY), LOOK_HEAD);
    book_text(b, page, BOOK_TITLE, 1, book_word(b, MERA_WORD_UNIT), LOOK_HEAD);
    book_text(b, page, BOOK_TITLE, 2, book_word(b, MERA_WORD_PERIOD), LOOK_HEAD);
}

/** What the rows below the titles are, left of the first number. */
void book_rows(book *b, book_page page, size_t row, mera_word weight, mera_word parent)
{
    if (row != BOOK_TITLE) {
        book_text(b, page, row, BOOK_LEFT - 1,
                  book_word(b, row == BOOK_ID       ? MERA_WORD_BOOK_CHILD
                               : row == BOOK_WEIGHT ? weight
                                                    : parent),
                  LOOK_DIM);
    }
}

unsigned book_lines(const book *b, mera_title title, unsigned lines)
{
    const unsigned own = mera_look_lines(book_title(b, title), BOOK_COLUMN - 2);
    return own > lines ? own : lines;
}

/* ---- data and values ---- */

static look data_mark(uint8_t state, unsigned decimals)
{
    const bool plain = decimals == LOOK_DECIMALS;
    return (state & MERA_IMPUTED) != 0   ? (plain ? LOOK_IMPUTED : LOOK_IMPUTED_FIGURE + decimals)
           : (state & MERA_TREATED) != 0 ? (plain ? LOOK_TREATED : LOOK_TREATED_FIGURE + decimals)
                                         : (plain ? LOOK_PLAIN : LOOK_FIGURE + decimals);
}

/** Raw data; of an indicator that is normalised as it was read, what was imputed too. */
static void data_row(book *b, size_t cell)
{
    for (size_t k = 0; k < b->r->methodology->n_indicators; k++) {
        const mera_indicator_result *ind = &b->r->indicator[k];
        const double raw = ind->stage[MERA_STAGE_RAW][cell];
        const bool shown = b->values_column[k] == SIZE_MAX && isnan(raw);
        book_number(b, BOOK_DATA, book_row(cell), BOOK_LEFT + k,
                    shown ? ind->stage[MERA_STAGE_TREATED][cell] : raw,
                    data_mark(shown ? MERA_IMPUTED : 0, b->decimals[2 * k]));
    }
}

/** What is normalised: the datum itself, so that it can be edited where it stands, or a number that
 * the engine made of it. */
static void data_value(book *b, size_t k, size_t cell)
{
    const mera_indicator_result *ind = &b->r->indicator[k];
    const double value = ind->stage[MERA_STAGE_TREATED][cell];
    const look as = data_mark(ind->state[cell], b->decimals[2 * k + 1]);
    const size_t row = book_row(cell), column = b->values_column[k];
    const bool itself = b->r->methodology->indicator[k].denominate.n == 0 &&
                        (ind->state[cell] & (MERA_IMPUTED | MERA_TREATED)) == 0 &&
                        ind->stage[MERA_STAGE_RAW][cell] == value;
    char letters[8], text[64];
    if (!itself) {
        book_number(b, BOOK_VALUES, row, column, value, as);
        return;
    }
    (void)snprintf(text, sizeof text, "%s%s%c", b->ref[BOOK_DATA],
                   io_xlsx_letters(BOOK_LEFT + k, letters), BOOK_ROW);
    book_formula(b, BOOK_VALUES, row, column, text, value, as);
}

static void data_values_row(book *b, size_t cell)
{
    for (size_t k = 0; k < b->r->methodology->n_indicators; k++) {
        if (b->values_column[k] != SIZE_MAX) {
            data_value(b, k, cell);
        }
    }
}

static void data_head(book *b, book_page page, size_t row)
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
            book_over(b, page, row, column, text);
        }
    }
}

static unsigned data_lines(const book *b, book_page page)
{
    unsigned lines = 1;
    for (size_t k = 0; k < b->r->methodology->n_indicators; k++) {
        if (page == BOOK_DATA || b->values_column[k] != SIZE_MAX) {
            lines = book_lines(b, b->r->methodology->indicator[k].title, lines);
        }
    }
    return lines;
}

mera_code book_data(book *b)
{
    for (book_page page = BOOK_DATA; page <= BOOK_VALUES; page++) {
        if (b->sheet[page] == NULL) {
            continue;
        }
        book_units_page(b, page, page == BOOK_DATA ? b->r->methodology->n_indicators : b->n_values,
                        data_lines(b, page));
        book_left(b, page);
        for (size_t row = 0; row < BOOK_HEAD; row++) {
            book_rows(b, page, row, MERA_WORD_BOOK_MEASURE, MERA_WORD_EXPLAIN_SOURCE);
            data_head(b, page, row);
        }
        for (size_t cell = 0; cell < data_cells(b) && !b->failed; cell++) {
            book_unit(b, page, cell);
            (page == BOOK_DATA ? data_row : data_values_row)(b, cell);
        }
    }
    return MERA_OK;
}
