/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A result as an Excel workbook. The same result gives the same bytes.
 */
#include "report/book.h"

#include <stdio.h>
#include <string.h>

#include "base/math.h"

const char *book_word(const book *b, mera_word word)
{
    return mera_word_in(word, b->view->view.language);
}

const char *book_title(const book *b, mera_title title)
{
    return mera_title_in(title, b->view->view.language);
}

/* ---- cells ---- */

void book_text(book *b, book_page page, size_t row, size_t column, const char *text, look as)
{
    if (text != NULL && text[0] != '\0') { /* a string is never a formula, however it begins */
        io_xlsx_text(b->sheet[page], row, column, text, as);
    }
}

void book_number(book *b, book_page page, size_t row, size_t column, double value, look as)
{
    if (!isnan(value)) {
        io_xlsx_number(b->sheet[page], row, column, value, as);
    }
}

void book_formula(book *b, book_page page, size_t row, size_t column, const char *text,
                  double value, look as)
{
    char out[8192], number[16];
    size_t n = 0;
    const int digits = snprintf(number, sizeof number, "%zu", row + 1);
    for (const char *at = text; *at != '\0' && n + 16 < sizeof out; at++) {
        if (*at == BOOK_ROW) {
            memcpy(out + n, number, (size_t)digits);
            n += (size_t)digits;
        } else {
            out[n++] = *at;
        }
    }
    out[n] = '\0';
    if (n + 16 >= sizeof out) { /* longer than a formula may be */
        book_number(b, page, row, column, value, as);
        return;
    }
    io_xlsx_formula(b->sheet[page], row, column, out, value, as);
}

const char *book_cell(book *b, book_page from, book_page page, size_t row, size_t column)
{
    char letters[8];
    return mera_arena_printf(b->arena, "%s$%s$%zu", from == page ? "" : b->ref[page],
                             io_xlsx_letters(column, letters), row + 1);
}

size_t book_row(size_t cell)
{
    return BOOK_HEAD + cell;
}

void book_over(book *b, book_page page, size_t row, size_t column, const char *text)
{
    const unsigned word = row == BOOK_TITLE && text != NULL ? mera_look_longest(text) + 3 : 0;
    if (word > BOOK_COLUMN) {
        io_xlsx_width(b->sheet[page], column, column, word < BOOK_WORD ? word : BOOK_WORD);
    }
    book_text(b, page, row, column, text, (row == BOOK_TITLE ? LOOK_HEAD : LOOK_DIM) + LOOK_RIGHT);
}

/** Letters of the longest text, within bounds. */
static unsigned book_width(const char *const *text, size_t n, unsigned least, unsigned most)
{
    unsigned width = least;
    for (size_t i = 0; i < n; i++) {
        const unsigned own = text[i] != NULL ? (unsigned)mera_utf8_width(text[i]) + 1 : 0;
        width = own > width ? own : width;
    }
    return width < most ? width : most;
}

void book_units_page(book *b, book_page page, size_t columns, unsigned lines)
{
    const mera_dataset *data = b->r->data;
    io_xlsx_sheet *sheet = b->sheet[page];
    io_xlsx_fit(sheet, BOOK_LEFT_LETTERS + columns * BOOK_COLUMN);
    io_xlsx_height(sheet, BOOK_TITLE, lines < BOOK_TITLE_LINES ? lines : BOOK_TITLE_LINES);
    io_xlsx_freeze(sheet, BOOK_HEAD, BOOK_LEFT);
    io_xlsx_width(sheet, 0, 0, book_width(data->unit_key, b->r->n_units, 8, 24));
    io_xlsx_width(sheet, 1, 1, book_width(data->unit_name, b->r->n_units, 12, 40));
    io_xlsx_width(sheet, 2, 2, book_width(b->r->period, b->r->n_periods, 11, 20));
    io_xlsx_width(sheet, BOOK_LEFT, BOOK_LEFT + columns, BOOK_COLUMN);
}

void book_unit(book *b, book_page page, size_t cell)
{
    const size_t unit = cell % b->r->n_units;
    book_text(b, page, book_row(cell), 0, b->r->data->unit_key[unit], LOOK_CODE);
    book_text(b, page, book_row(cell), 1, b->r->data->unit_name[unit], LOOK_CODE);
    book_text(b, page, book_row(cell), 2, b->r->period[cell / b->r->n_units], LOOK_CODE);
}

/* ---- the workbook ---- */

/** Names of sheets have no signs that a sheet may not have, and are short enough in both tongues.
 */
static mera_code book_sheets(book *b)
{
    static const mera_word word[BOOK_N_PAGES] = {
        MERA_WORD_BOOK_ABOUT,  MERA_WORD_BOOK_SCORES, MERA_WORD_BOOK_RANKS,  MERA_WORD_BOOK_WEIGHTS,
        MERA_WORD_BOOK_POINTS, MERA_WORD_BOOK_DATA,   MERA_WORD_BOOK_VALUES, MERA_WORD_BOOK_SCALES};
    for (size_t p = 0; p < BOOK_N_PAGES; p++) {
        if (p == BOOK_VALUES && b->n_values == 0) {
            continue;
        }
        const char *name = book_word(b, word[p]);
        const bool ascii = (name[0] & 0x80) == 0;
        MERA_TRY(io_xlsx_add(b->workbook, name, &b->sheet[p]));
        b->ref[p] = mera_arena_printf(b->arena, ascii ? "%s!" : "'%s'!", name);
        MERA_TRY_PTR(b->ref[p]);
    }
    return MERA_OK;
}

static mera_code book_fits_in(const book *b, mera_diags *diags)
{
    const size_t rows = BOOK_HEAD + b->r->n_periods * b->r->n_units;
    const size_t points = BOOK_LEFT + b->n_points,
                 data = BOOK_LEFT + b->r->methodology->n_indicators;
    const size_t columns = points > data ? points : data;
    if (rows <= IO_XLSX_ROWS && columns <= IO_XLSX_COLUMNS) {
        return MERA_OK;
    }
    const mera_code code = mera_fail(diags, MERA_ELIMIT, "too-large", MERA_NOWHERE,
                                     "%zu rows of %zu columns do not fit into a worksheet, which "
                                     "has %d rows of %d columns",
                                     rows, columns, IO_XLSX_ROWS, IO_XLSX_COLUMNS);
    mera_hint(diags, "take fewer periods with --period, or --format csv");
    return code;
}

static mera_code book_write(book *b)
{
    MERA_TRY(book_sheets(b));
    MERA_TRY(book_weights(b));
    MERA_TRY(book_scales(b));
    MERA_TRY(book_data(b));
    MERA_TRY(book_points(b));
    MERA_TRY(book_scores(b));
    return book_about(b);
}

mera_code mera_report_score_xlsx(mera_plan *plan, const mera_result *result,
                                 const mera_score_view *view, mera_arena *arena, mera_diags *diags,
                                 mera_text *out)
{
    book b = {.plan = plan, .r = result, .view = view, .arena = arena};
    MERA_TRY(book_lay_out(&b));
    MERA_TRY(book_fits_in(&b, diags));
    MERA_TRY(io_xlsx_open(mera_looks, LOOK_N, book_title(&b, result->methodology->title),
                          result->methodology->sha256, arena, diags, &b.workbook));
    const mera_code code = book_write(&b);
    if (code != MERA_OK) {
        io_xlsx_discard(b.workbook);
        return code;
    }
    return io_xlsx_finish(b.workbook, diags, out);
}
