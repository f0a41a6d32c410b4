/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is in a data file: how it was read, each field's kind and gaps, what was odd. */
#include "base/cell.h"
#include "base/json.h"
#include "report/grid.h"
#include "report/nouns.h"
#include "report/rows.h"
#include "report/words.h"

#include <stdio.h>

enum { DESCRIBE_FINDINGS = 40, DESCRIBE_ALIKE = 5 /* of one kind */ };

static const char *describe_delimiter(char delimiter)
{
    return delimiter == '\t'  ? "tab"
           : delimiter == ';' ? "semicolon"
           : delimiter == '|' ? "bar"
                              : "comma";
}

/** The same in the reader's language. */
static const char *describe_delimiter_in(char delimiter, const char *language)
{
    return mera_word_in(delimiter == '\t'  ? MERA_WORD_TAB
                        : delimiter == ';' ? MERA_WORD_SEMICOLON
                        : delimiter == '|' ? MERA_WORD_BAR
                                           : MERA_WORD_COMMA,
                        language);
}

static const char *describe_layout(const char *layout, const char *language)
{
    return mera_word_in(mera_streq(layout, "long")     ? MERA_WORD_LAYOUT_LONG
                        : mera_streq(layout, "survey") ? MERA_WORD_LAYOUT_SURVEY
                        : mera_streq(layout, "blocks") ? MERA_WORD_LAYOUT_BLOCKS
                                                       : MERA_WORD_LAYOUT_WIDE,
                        language);
}

static void describe_count(const mera_file_report *file, const mera_view *view, mera_text *out)
{
    mera_text_addf(out, "%zu %s", file->n_rows,
                   mera_noun_in(MERA_NOUN_ROW, file->n_rows, view->language));
    if (file->n_units > 0) {
        mera_text_addf(out, " · %zu %s", file->n_units,
                       mera_noun_in(MERA_NOUN_UNIT, file->n_units, view->language));
    }
    if (file->n_periods > 0) {
        mera_text_addf(out, " · %zu %s", file->n_periods,
                       mera_noun_in(MERA_NOUN_PERIOD, file->n_periods, view->language));
    }
    mera_text_add(out, "\n\n");
}

static void describe_head(const mera_file_report *file, const mera_view *view, mera_text *out)
{
    mera_style_add(out, view, MERA_PAINT_BOLD, file->path);
    const char *language = view->language;
    if (file->sheet != NULL) {
        mera_text_addf(out, "[%s]  %s, %s\n", file->sheet, file->encoding,
                       describe_layout(file->layout, language));
        describe_count(file, view, out);
        return;
    }
    mera_text_addf(
        out, "  %s%s, %s, %s, %s '%c'\n", file->encoding, file->bom ? " BOM" : "",
        describe_layout(file->layout, language), describe_delimiter_in(file->delimiter, language),
        mera_word_in(MERA_WORD_DECIMAL, language), file->decimal == 0 ? '.' : file->decimal);
    describe_count(file, view, out);
}

static mera_code describe_row(const mera_field_report *field, const mera_view *view,
                              mera_arena *arena, const char **cell)
{
    const bool number = field->is_number;
    cell[0] = field->name;
    cell[1] = mera_word_in(number ? MERA_WORD_NUMBER : MERA_WORD_TEXT, view->language);
    cell[2] = mera_arena_printf(arena, "%zu", field->n_present);
    cell[3] = mera_arena_printf(arena, "%zu", field->n_missing);
    cell[4] = field->n_censored == 0 ? "" : mera_arena_printf(arena, "%zu", field->n_censored);
    cell[5] = field->n_unreadable == 0 ? "" : mera_arena_printf(arena, "%zu", field->n_unreadable);
    cell[6] = number ? mera_style_value(field->min, arena) : "";
    cell[7] = number ? mera_style_value(field->max, arena) : "";
    cell[8] = number ? "" : mera_arena_printf(arena, "%zu", field->n_distinct_text);
    cell[9] = field->example;
    for (size_t j = 0; j < 9; j++) {
        MERA_TRY_PTR(cell[j]);
    }
    return MERA_OK;
}

static mera_code describe_fields(const mera_file_report *file, const mera_view *view,
                                 mera_arena *arena, mera_text *out)
{
    const mera_word word[] = {MERA_WORD_FIELD,   MERA_WORD_KIND,     MERA_WORD_PRESENT,
                              MERA_WORD_MISSING, MERA_WORD_CENSORED, MERA_WORD_UNREADABLE,
                              MERA_WORD_LOWEST,  MERA_WORD_HIGHEST,  MERA_WORD_DISTINCT,
                              MERA_WORD_EXAMPLE};
    enum { COLUMNS = sizeof word / sizeof word[0] };
    mera_grid_column column[COLUMNS];
    mera_grid grid;
    bool censored = false, unreadable = false;
    for (size_t i = 0; i < file->n_fields; i++) {
        censored |= file->field[i].n_censored > 0;
        unreadable |= file->field[i].n_unreadable > 0;
    }
    for (size_t j = 0; j < COLUMNS; j++) {
        column[j] = (mera_grid_column){.title = mera_word_in(word[j], view->language),
                                       .right = j >= 2 && j <= 8,
                                       .max = j == 0 || j == 9 ? 32 : 0,
                                       .gives_way = j == 0 || j == 9,
                                       .hidden = (j == 4 && !censored) || (j == 5 && !unreadable),
                                       .paint = j == 0 ? MERA_PAINT_BOLD : MERA_PAINT_NONE};
    }
    MERA_TRY(mera_grid_new(column, COLUMNS, file->n_fields, arena, &grid));
    for (size_t i = 0; i < file->n_fields; i++) {
        MERA_TRY(describe_row(&file->field[i], view, arena, &grid.cell[i * COLUMNS]));
    }
    return mera_grid_write(&grid, view, 0, arena, out);
}

/* "data.csv:14:1", "book.xlsx[Data]!C12", or the file alone. */
static void describe_place(const mera_finding *finding, char *out, size_t room)
{
    const mera_at *at = &finding->at;
    char cell[MERA_CELL_NAME];
    if (at->length == MERA_AT_CELL && at->line > 0) {
        mera_cell_name(at->line, at->column, cell);
        snprintf(out, room, "%s!%s", at->file, cell);
    } else if (at->line > 0 && at->column > 0) {
        snprintf(out, room, "%s:%u:%u", at->file, at->line, at->column);
    } else if (at->line > 0) {
        snprintf(out, room, "%s:%u", at->file, at->line);
    } else {
        snprintf(out, room, "%s", at->file == NULL ? "" : at->file);
    }
}

static void describe_finding(const mera_finding *finding, bool russian, mera_text *out)
{
    const char *text = russian && finding->ru != NULL ? finding->ru : finding->text;
    char place[512];
    describe_place(finding, place, sizeof place);
    const bool placed = finding->at.line > 0;
    mera_text_addf(out, "  %s%s%s: %s\n", placed ? place : "", placed ? " " : "", finding->kind,
                   text);
}

/* Findings of one kind behind each other: the first few, so that none hides the others. */
static void describe_findings(const mera_file_report *file, const mera_view *view, mera_text *out)
{
    const bool russian = mera_streq(view->language, "ru");
    if (file->n_findings == 0) {
        return;
    }
    mera_text_addf(out, "\n%s: %zu\n", mera_word_in(MERA_WORD_FINDINGS, view->language),
                   file->n_findings);
    for (size_t i = 0, next = 0, shown = 0; i < file->n_findings; i = next) {
        for (next = i + 1; next < file->n_findings &&
                           mera_streq(file->finding[next].kind, file->finding[i].kind);) {
            next++;
        }
        if (shown >= DESCRIBE_FINDINGS) {
            mera_text_add(out, "  …\n");
            return;
        }
        const size_t few =
            mera_streq(file->finding[i].kind, "indicator") ? DESCRIBE_FINDINGS : DESCRIBE_ALIKE;
        const size_t most = next - i > few + 1 ? few : next - i;
        for (size_t k = i; k < i + most; k++, shown++) {
            describe_finding(&file->finding[k], russian, out);
        }
        if (i + most < next) {
            mera_text_addf(out, "  … %s: %zu\n", file->finding[i].kind, next - i - most);
        }
    }
}

mera_code mera_report_describe_table(const mera_file_report *file, const mera_view *view,
                                     mera_arena *arena, mera_text *out)
{
    describe_head(file, view, out);
    MERA_TRY(describe_fields(file, view, arena, out));
    describe_findings(file, view, out);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* What was found in all files: CSV has the fields alone. */
static void describe_noticed(const mera_file_report *file, size_t n, bool russian, mera_rows *rows)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < file[i].n_findings; k++) {
            const mera_finding *finding = &file[i].finding[k];
            char place[512];
            describe_place(finding, place, sizeof place);
            mera_rows_text(rows, place);
            mera_rows_text(rows, finding->kind);
            mera_rows_text(rows, russian && finding->ru != NULL ? finding->ru : finding->text);
            mera_rows_end(rows);
        }
    }
}

mera_code mera_report_describe_rows(const mera_file_report *file, size_t n, const char *language,
                                    mera_rows *rows)
{
    mera_rows_begin(rows, "describe",
                    "file,field,kind,present,missing,censored,unreadable,min,max,distinct,example");
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < file[i].n_fields; j++) {
            const mera_field_report *field = &file[i].field[j];
            mera_rows_text(rows, file[i].path);
            mera_rows_text(rows, field->name);
            mera_rows_text(rows, field->is_number ? "number" : "text");
            mera_rows_count(rows, field->n_present);
            mera_rows_count(rows, field->n_missing);
            mera_rows_count(rows, field->n_censored);
            mera_rows_count(rows, field->n_unreadable);
            mera_rows_number(rows, field->min);
            mera_rows_number(rows, field->max);
            mera_rows_count(rows, field->n_distinct_text);
            mera_rows_text(rows, field->example);
            mera_rows_end(rows);
        }
    }
    if (mera_rows_begin(rows, "noticed", "place,kind,found")) {
        describe_noticed(file, n, mera_streq(language, "ru"), rows);
    }
    return mera_rows_done(rows);
}

static void describe_field_json(mera_json *json, const mera_field_report *field)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "name", field->name);
    mera_json_text(json, "kind", field->is_number ? "number" : "text");
    mera_json_count(json, "present", field->n_present);
    mera_json_count(json, "missing", field->n_missing);
    mera_json_count(json, "censored", field->n_censored);
    mera_json_count(json, "unreadable", field->n_unreadable);
    mera_json_count(json, "distinct", field->n_distinct_text);
    mera_json_number(json, "min", field->min);
    mera_json_number(json, "max", field->max);
    mera_json_text(json, "example", field->example);
    mera_json_close(json, '}');
}

static void describe_file_json(mera_json *json, const mera_file_report *file)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "path", file->path);
    mera_json_text(json, "encoding", file->encoding);
    if (file->sheet != NULL) {
        mera_json_text(json, "sheet", file->sheet);
    }
    mera_json_bool(json, "bom", file->bom);
    mera_json_text(json, "layout", file->layout);
    mera_json_text(json, "delimiter", describe_delimiter(file->delimiter));
    mera_json_text(json, "decimal", file->decimal == ',' ? "," : ".");
    mera_json_count(json, "bytes", file->n_bytes);
    mera_json_count(json, "lines", file->n_lines);
    mera_json_count(json, "rows", file->n_rows);
    mera_json_open(json, "fields", '[');
    for (size_t i = 0; i < file->n_fields; i++) {
        describe_field_json(json, &file->field[i]);
    }
    mera_json_close(json, ']');
    mera_json_open(json, "findings", '[');
    for (size_t i = 0; i < file->n_findings; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "kind", file->finding[i].kind);
        mera_json_count(json, "line", file->finding[i].at.line);
        mera_json_count(json, "field", file->finding[i].at.column);
        mera_json_text(json, "text", file->finding[i].text);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

mera_code mera_report_describe_json(const mera_file_report *file, size_t n, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "files", '[');
    for (size_t i = 0; i < n; i++) {
        describe_file_json(&json, &file[i]);
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
