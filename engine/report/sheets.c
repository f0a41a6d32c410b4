/* SPDX-License-Identifier: Apache-2.0 */
/** @file Tables as sheets: titles over the names that CSV has, numbers as numbers. */
#include "report/sheets.h"

#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "base/math.h"
#include "io/xlsx_write.h"
#include "report/about.h"
#include "report/sheets_column.h"

enum { SHEETS_HEAD = 2, SHEETS_TABLES = 16 };

struct mera_sheets {
    const mera_sheets_view *view;
    mera_arena *arena;
    io_xlsx *book;
    io_xlsx_sheet *about, *sheet;
    const table_about *table[SHEETS_TABLES];
    size_t n_tables;
    sheets_column *column;
    size_t n_columns, room;
    size_t n_places; /**< columns of the sheet: with those of titles */
    unsigned lines;  /**< of the row under way */
    size_t row, at;  /**< where the next cell goes; row 0 = the columns are not all known */
    bool filtered, imputed, too_large, failed;
};

mera_code mera_sheets_open(const mera_sheets_view *view, mera_arena *arena, mera_diags *diags,
                           mera_sheets **out)
{
    const char *language = view->view.language;
    const mera_result *r = view->result;
    mera_sheets *sheets;
    MERA_TRY_NEW(sheets, arena, 1);
    sheets->view = view;
    sheets->arena = arena;
    const char *title = r != NULL ? mera_title_in(r->methodology->title, language) : view->command;
    MERA_TRY(io_xlsx_open(mera_looks, LOOK_N, title, r != NULL ? r->methodology->sha256 : "", arena,
                          diags, &sheets->book));
    *out = sheets; /* to be discarded from here on */
    return io_xlsx_add(sheets->book, mera_word_in(MERA_WORD_BOOK_ABOUT, language), &sheets->about);
}

static bool sheets_russian(const mera_sheets *sheets)
{
    return mera_streq(sheets->view->view.language, "ru");
}

/** Over the rows there are, unless that was done. */
static void sheets_filter(mera_sheets *sheets)
{
    if (sheets->sheet != NULL && !sheets->filtered) {
        io_xlsx_filter(sheets->sheet, SHEETS_HEAD - 1);
        sheets->filtered = true;
    }
}

/** Columns get the width of what is in them. */
static void sheets_close(mera_sheets *sheets)
{
    size_t letters = 0;
    sheets_filter(sheets);
    for (size_t c = 0; sheets->row > 0 && c < sheets->n_columns; c++) {
        const sheets_column *column = &sheets->column[c];
        io_xlsx_width(sheets->sheet, column->place, column->place, column->width);
        if (column->titled) {
            io_xlsx_width(sheets->sheet, column->place + 1, column->place + 1, column->title_width);
        }
        letters += column->width + (column->titled ? column->title_width : 0);
    }
    if (sheets->sheet != NULL) {
        io_xlsx_fit(sheets->sheet, letters);
    }
}

void mera_sheets_table(mera_sheets *sheets, const char *table)
{
    const table_about *about = mera_table_of(table);
    sheets_close(sheets);
    sheets->failed = sheets->failed || about == NULL || sheets->n_tables == SHEETS_TABLES ||
                     io_xlsx_add(sheets->book, sheets_russian(sheets) ? about->ru : about->en,
                                 &sheets->sheet) != MERA_OK;
    if (!sheets->failed) {
        sheets->table[sheets->n_tables++] = about;
        sheets->n_columns = sheets->row = sheets->at = 0;
        sheets->filtered = false;
    }
}

/* ---- the head ---- */

/** "among the first 3" of top_3; what the list does not know is called as in CSV. */
static const char *sheets_title(const mera_sheets *sheets, const column_about *about,
                                const char *name)
{
    if (about == NULL) {
        return name;
    }
    const char *title = sheets_russian(sheets) ? about->ru : about->en;
    const size_t n = strlen(about->name);
    return about->name[n - 1] == '_' ? mera_arena_printf(sheets->arena, "%s %s", title, name + n)
                                     : title;
}

static bool sheets_room(mera_sheets *sheets)
{
    sheets_column *grown = mera_grown(sheets->arena, sheets->column, &sheets->room,
                                      sheets->n_columns + 1, sizeof *grown);
    sheets->column = grown != NULL ? grown : sheets->column;
    return grown != NULL;
}

void mera_sheets_column(mera_sheets *sheets, const char *name, size_t n)
{
    char *own = mera_arena_strndup(sheets->arena, name, n);
    sheets->too_large = sheets->too_large || sheets->n_columns == IO_XLSX_COLUMNS;
    sheets->failed = sheets->failed || own == NULL || !sheets_room(sheets);
    if (sheets->failed || sheets->too_large) {
        return;
    }
    const column_about *about = mera_column_of(sheets->table[sheets->n_tables - 1]->name, own);
    const char *title = sheets_title(sheets, about, own);
    sheets->failed = title == NULL;
    sheets->column[sheets->n_columns++] = (sheets_column){
        .name = own, .title = title, .kind = about != NULL ? about->kind : COLUMN_NAME};
}

static const mera_methodology *sheets_methodology(const mera_sheets *sheets)
{
    return sheets->view->result != NULL ? sheets->view->result->methodology : NULL;
}

/** The two rows, their cells from left to right. */
static void sheets_names(mera_sheets *sheets)
{
    const char *title = mera_word_in(MERA_WORD_BOOK_TITLE, sheets->view->view.language);
    for (size_t row = 0; row < SHEETS_HEAD; row++) {
        const look as = row == 0 ? LOOK_HEAD : LOOK_DIM;
        for (size_t c = 0; c < sheets->n_columns && !sheets->failed; c++) {
            const sheets_column *column = &sheets->column[c];
            io_xlsx_text(sheets->sheet, row, column->place, row == 0 ? column->title : column->name,
                         as + sheets_side(column));
            if (column->titled) {
                const char *name =
                    row == 0 ? title : mera_arena_printf(sheets->arena, "%s_title", column->name);
                sheets->failed = name == NULL;
                io_xlsx_text(sheets->sheet, row, column->place + 1, name != NULL ? name : "", as);
            }
        }
    }
}

static void sheets_head(mera_sheets *sheets)
{
    unsigned lines = 1;
    sheets->n_places =
        sheets_place(sheets->column, sheets->n_columns, sheets_methodology(sheets) != NULL);
    sheets->too_large = sheets->too_large || sheets->n_places > IO_XLSX_COLUMNS;
    if (sheets->too_large) {
        return;
    }
    io_xlsx_freeze(sheets->sheet, SHEETS_HEAD, sheets_left(sheets->column, sheets->n_columns));
    for (size_t c = 0; c < sheets->n_columns; c++) {
        sheets_column *column = &sheets->column[c];
        column->width = sheets_head_width(column->title, column->name, column->kind);
        column->title_width = (unsigned)strlen(column->name) + 6;
        const unsigned own = mera_look_lines(column->title, column->width - 1);
        lines = own > lines ? own : lines;
    }
    io_xlsx_height(sheets->sheet, 0, lines);
    sheets_names(sheets);
    sheets->row = SHEETS_HEAD;
}

/* ---- cells ---- */

/** The column of the cell to be written, or NULL when there can be none. */
static sheets_column *sheets_cell(mera_sheets *sheets)
{
    sheets->too_large = sheets->too_large || sheets->row >= IO_XLSX_ROWS;
    sheets->failed = sheets->failed || sheets->at >= sheets->n_columns;
    return sheets->failed || sheets->too_large ? NULL : &sheets->column[sheets->at++];
}

/** A text and the room it takes: `most` letters on a line. */
static void sheets_put(mera_sheets *sheets, size_t place, const char *text, unsigned most,
                       bool after, unsigned *width)
{
    const unsigned own = (unsigned)mera_utf8_width(text) + 1 + after;
    const unsigned lines = own > most ? mera_look_lines(text, most - 2) : 1;
    io_xlsx_text(sheets->sheet, sheets->row, place, text,
                 (lines > 1 ? LOOK_WRAP : LOOK_CODE) + (after ? 1 : 0));
    *width = own > most ? (most > *width ? most : *width) : own > *width ? own : *width;
    sheets->lines = lines > sheets->lines ? lines : sheets->lines;
}

void mera_sheets_text(mera_sheets *sheets, const char *text)
{
    const mera_methodology *m = sheets_methodology(sheets);
    const char *language = sheets->view->view.language;
    sheets_column *column = sheets_cell(sheets);
    if (column == NULL || text == NULL || text[0] == '\0') {
        return;
    }
    sheets_put(sheets, column->place, sheets_word(column, text, m, language),
               sheets_most(column->kind), column->after, &column->width);
    const char *title = column->titled ? sheets_title_of(m, text, language) : NULL;
    if (title != NULL) {
        sheets_put(sheets, column->place + 1, title, sheets_most(COLUMN_NAME), false,
                   &column->title_width);
    }
}

/** "{after}-{before}" as "D3-C3". */
static const char *sheets_formula(mera_sheets *sheets, const char *formula)
{
    mera_text text = {.arena = sheets->arena};
    char letters[8];
    for (const char *at = formula; *at != '\0'; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (end == NULL) {
            mera_text_add_n(&text, at, 1);
            continue;
        }
        const sheets_column *column =
            sheets_named(sheets->column, sheets->n_columns, at + 1, (size_t)(end - at - 1));
        if (column == NULL) {
            return NULL;
        }
        mera_text_addf(&text, "%s%zu", io_xlsx_letters(column->place, letters), sheets->row + 1);
        at = end;
    }
    return mera_text_string(&text);
}

void mera_sheets_number(mera_sheets *sheets, const char *formula, double value)
{
    sheets_column *column = sheets_cell(sheets);
    if (column == NULL || isnan(value)) {
        return;
    }
    const look as = sheets_look(column->kind, value);
    const size_t c = column->place;
    column->sum += value;
    sheets_widen(column, value, as);
    if (formula == NULL) {
        io_xlsx_number(sheets->sheet, sheets->row, c, value, as);
        return;
    }
    const char *text = sheets_formula(sheets, formula);
    sheets->failed = text == NULL;
    if (text != NULL) {
        io_xlsx_formula(sheets->sheet, sheets->row, c, text, value, as);
    }
}

void mera_sheets_imputed(mera_sheets *sheets, double value)
{
    sheets_column *column = sheets_cell(sheets);
    if (column != NULL && !isnan(value)) {
        const look as = LOOK_IMPUTED_FIGURE + mera_look_decimals(fabs(value));
        io_xlsx_number(sheets->sheet, sheets->row, column->place, value, as);
        sheets_widen(column, value, as);
        sheets->imputed = true;
    }
}

void mera_sheets_end(mera_sheets *sheets)
{
    if (sheets->failed || sheets->too_large) {
        return;
    }
    if (sheets->row == 0) {
        sheets_head(sheets);
    } else {
        if (sheets->lines > 1) {
            io_xlsx_height(sheets->sheet, sheets->row, sheets->lines);
        }
        sheets->row++;
    }
    sheets->at = 0;
    sheets->lines = 1;
}

/** The sum of a column's `rows`. */
static void sheets_total(mera_sheets *sheets, const char *name, size_t n, size_t rows)
{
    char text[64], letters[8];
    sheets_column *column = sheets_named(sheets->column, sheets->n_columns, name, n);
    if (column == NULL) {
        sheets->failed = true;
        return;
    }
    const size_t c = column->place;
    sheets_widen(column, column->sum, sheets_look(column->kind, column->sum));
    (void)io_xlsx_letters(c, letters);
    (void)snprintf(text, sizeof text, "SUM(%s%d:%s%zu)", letters, SHEETS_HEAD + 1, letters, rows);
    io_xlsx_formula(sheets->sheet, rows + 1, c, text, column->sum,
                    sheets_look(column->kind, column->sum));
}

void mera_sheets_totals(mera_sheets *sheets, const char *names)
{
    const size_t rows = sheets->row;
    if (sheets->failed || sheets->too_large || rows <= SHEETS_HEAD || rows + 2 > IO_XLSX_ROWS) {
        return;
    }
    sheets_filter(sheets);
    io_xlsx_text(sheets->sheet, rows + 1, 0,
                 mera_word_in(MERA_WORD_SHEETS_TOTAL, sheets->view->view.language), LOOK_HEADING);
    for (const char *at = names; *at != '\0';) {
        const size_t n = strcspn(at, ",");
        sheets_total(sheets, at, n, rows);
        at += n + (at[n] == ',');
    }
}

bool mera_sheets_failed(const mera_sheets *sheets)
{
    return sheets->failed;
}

/* ---- the first sheet ---- */

static mera_code sheets_about(mera_sheets *sheets)
{
    const mera_sheets_view *view = sheets->view;
    const char *language = view->view.language;
    const bool russian = sheets_russian(sheets);
    mera_about about = {.sheet = sheets->about, .language = language, .arena = sheets->arena};
    mera_about_begin(&about);
    mera_about_heading(&about, view->result != NULL
                                   ? mera_title_in(view->result->methodology->title, language)
                                   : view->command);
    mera_about_line(&about, mera_word_in(MERA_WORD_COMMAND, language), LOOK_HEADING, view->command);
    if (view->result != NULL) {
        MERA_TRY(mera_about_result(&about, view->result, view->variant, &view->changes));
    }
    about.row++;
    mera_about_heading(&about, mera_word_in(MERA_WORD_BOOK_HOW, language));
    for (size_t t = 0; t < sheets->n_tables; t++) {
        const table_about *table = sheets->table[t];
        mera_about_line(&about, russian ? table->ru : table->en, LOOK_HEADING,
                        russian ? table->tells_ru : table->tells);
    }
    mera_about_line(&about, mera_word_in(MERA_WORD_BOOK_ROWS, language), LOOK_HEADING,
                    mera_word_in(MERA_WORD_SHEETS_ROWS, language));
    if (sheets->imputed) {
        mera_about_line(&about, mera_word_in(MERA_WORD_BOOK_IMPUTED, language), LOOK_IMPUTED,
                        mera_word_in(MERA_WORD_BOOK_ABOUT_IMPUTED, language));
    }
    return MERA_OK;
}

mera_code mera_sheets_finish(mera_sheets *sheets, mera_diags *diags, mera_text *out)
{
    if (sheets->too_large) {
        const mera_code code =
            mera_fail(diags, MERA_ELIMIT, "too-large", MERA_NOWHERE,
                      "the table does not fit into a worksheet, which has %d rows of %d columns",
                      IO_XLSX_ROWS, IO_XLSX_COLUMNS);
        mera_hint(diags, "take --format csv");
        return code;
    }
    MERA_TRY(sheets->failed ? MERA_ENOMEM : MERA_OK);
    sheets_close(sheets);
    MERA_TRY(sheets_about(sheets));
    return io_xlsx_finish(sheets->book, diags, out);
}

void mera_sheets_discard(mera_sheets *sheets)
{
    if (sheets != NULL) {
        io_xlsx_discard(sheets->book);
    }
}
