/* SPDX-License-Identifier: Apache-2.0 */
/** @file Opening a file as a table: bytes, kind, encoding, delimiter, header, decimal mark. */
#include "io/table.h"

#include "base/diag.h"
#include "base/hash.h"
#include "io/sniff.h"

#include <string.h>

enum { TABLE_LENT = 4 << 20 }; /* larger files are not copied for the sake of a caret */

static mera_at table_file(const io_table *table)
{
    return (mera_at){.file = table->findings.path};
}

/* Steps over the lines above the header. */
static mera_slice table_skip_lines(mera_slice text, size_t n)
{
    for (; n > 0 && text.n > 0; n--) {
        size_t i = 0;
        while (i < text.n && text.at[i] != '\n' && text.at[i] != '\r') {
            i++;
        }
        if (i + 1 < text.n && text.at[i] == '\r' && text.at[i + 1] == '\n') {
            i++;
        }
        i = i < text.n ? i + 1 : i;
        text = (mera_slice){text.at + i, text.n - i};
    }
    return text;
}

static mera_code table_decode(io_table *table)
{
    io_findings *f = &table->findings;
    const mera_source *s = table->source;
    const mera_slice bytes = {table->bytes.at, table->bytes.n};
    if (bytes.n == 0) {
        return IO_FAIL(f, "empty-file", table_file(table), "the file is empty");
    }
    mera_sha256_of(bytes.at, bytes.n, table->sha256);
    MERA_TRY(io_sniff_kind(f, bytes));
    return io_decode(f->path, s->at, bytes, s->encoding, table->scratch, f->diags, &table->text);
}

/* A field's name: trimmed, on one line, renamed. */
static const char *table_name(const io_table *table, mera_slice field)
{
    field = mera_slice_trim(field);
    const mera_source *s = table->source;
    for (size_t i = 0; i < s->n_rename; i++) {
        if (mera_slice_eq(field, s->rename[i].from)) {
            return mera_arena_strdup(table->findings.arena, s->rename[i].to);
        }
    }
    char *name = mera_arena_strndup(table->findings.arena, field.at, field.n);
    for (char *c = name; c != NULL && *c != '\0'; c++) {
        *c = *c == '\n' || *c == '\r' ? ' ' : *c;
    }
    return name;
}

static mera_code table_check_renames(io_table *table)
{
    const mera_source *s = table->source;
    const char **names = NULL;
    MERA_TRY_NEW(names, table->scratch, table->n_fields);
    for (size_t i = 0; i < table->n_fields; i++) {
        MERA_TRY_PTR(names[i] =
                         mera_arena_strndup(table->scratch, mera_slice_trim(table->csv.field[i]).at,
                                            mera_slice_trim(table->csv.field[i]).n));
    }
    for (size_t i = 0; i < s->n_rename; i++) {
        bool found = s->layout == MERA_LAYOUT_LONG; /* there it may name an indicator */
        for (size_t k = 0; k < table->n_fields && !found; k++) {
            found = strcmp(names[k], s->rename[i].from) == 0;
        }
        if (!found) {
            mera_warn(table->findings.diags, "rename",
                      (mera_at){table->findings.path, table->header_line, 0, 0},
                      "no field '%s' to rename to '%s'", s->rename[i].from, s->rename[i].to);
            const char *near = mera_nearest(s->rename[i].from, names, table->n_fields);
            if (near != NULL) {
                mera_hint(table->findings.diags, "did you mean '%s'?", near);
            }
        }
    }
    return MERA_OK;
}

static mera_code table_header(io_table *table)
{
    csv_reader *csv = &table->csv;
    table->n_fields = csv->n_fields;
    table->header_line = csv->line;
    MERA_TRY_NEW(table->name, table->findings.arena, csv->n_fields);
    MERA_TRY_NEW(table->twin, table->scratch, csv->n_fields);
    MERA_TRY_NEW(table->column, table->scratch, csv->n_fields);
    const char *line = csv->start;
    uint32_t column = 1;
    for (size_t i = 0; i < csv->n_fields; i++) {
        MERA_TRY_PTR(table->name[i] = table_name(table, csv->field[i]));
        const size_t twin = io_table_field(table, table->name[i]);
        table->twin[i] = twin < i ? twin : SIZE_MAX;
        if (csv->field[i].at >= line && csv->field[i].at <= csv->at) { /* not written anew */
            column += (uint32_t)mera_utf8_count(line, (size_t)(csv->field[i].at - line));
            line = csv->field[i].at;
        }
        table->column[i] = column;
    }
    return table_check_renames(table);
}

/* Does the header hold numbers only? Then it is a row, it seems. */
static void table_doubt_header(const io_table *table)
{
    for (size_t i = 0; i < table->n_fields; i++) {
        double value = 0;
        if (!io_number_plain(mera_slice_trim(table->csv.field[i]), '.', &value)) {
            return;
        }
    }
    mera_warn(table->findings.diags, "no-header",
              (mera_at){table->findings.path, table->header_line, 1, 0},
              "the first row holds only numbers: is the header missing?");
}

static mera_code table_parse(io_table *table)
{
    const mera_source *s = table->source;
    io_findings *f = &table->findings;
    const mera_slice text =
        table_skip_lines((mera_slice){table->text.at, table->text.n}, s->skip_rows);
    const uint32_t line = (uint32_t)s->skip_rows + 1;
    table->delimiter = s->delimiter;
    if (s->delimiter == 0) {
        MERA_TRY(io_sniff_delimiter(text, line, table->scratch, &table->delimiter));
    }
    csv_open(&table->csv, text.at, text.n, table->delimiter, line, table->scratch);
    bool more = false;
    MERA_TRY(io_table_next(table, &more));
    if (!more) {
        return IO_FAIL(f, "empty-file", table_file(table),
                       s->skip_rows == 0 ? "the file holds nothing but blank lines"
                                         : "nothing is left below the skipped rows");
    }
    MERA_TRY(table_header(table));
    table_doubt_header(table);
    table->first_row = table->csv;
    char decimal = s->decimal;
    if (decimal == 0) {
        MERA_TRY(io_sniff_decimal(table->csv, s->numbers_in_text, &decimal));
    }
    table->rules = (io_cell_rules){.decimal = decimal,
                                   .only_marks = s->only_marks,
                                   .in_text = s->numbers_in_text,
                                   .mark = s->mark,
                                   .n_mark = s->n_mark,
                                   .censored = s->censored};
    for (size_t i = 0; i < s->n_mark; i++) {
        const mera_slice mark = {s->mark[i].text, strlen(s->mark[i].text)};
        double value = 0;
        table->rules.digit_mark |= io_number_plain(mark, decimal, &value);
    }
    return MERA_OK;
}

mera_code io_table_open(const mera_source *source, mera_arena *arena, mera_diags *diags,
                        io_table *table)
{
    *table = (io_table){.source = source,
                        .findings = {.arena = arena, .diags = diags, .path = source->path}};
    MERA_TRY(io_bytes_open(source->path, source->at, diags, &table->bytes));
    table->scratch = mera_arena_new();
    mera_code code = table->scratch == NULL ? MERA_ENOMEM : table_decode(table);
    if (code == MERA_OK) {
        code = table_parse(table);
    }
    if (code != MERA_OK) {
        table->findings.n_errors++; /* said where it happened; the text is lent */
        io_table_close(table);
    }
    return code;
}

/* Copies the text to where the diagnostics live, so that they can show the line. Lines that a lone
 * CR ends are not counted there, so such a file is left out. */
static void table_lend(const io_table *table)
{
    mera_diags *diags = table->findings.diags;
    const io_text *text = &table->text;
    if (diags == NULL || table->findings.n_errors == 0 || text->n == 0 || text->n > TABLE_LENT) {
        return;
    }
    for (size_t i = 0; i < text->n; i++) {
        if (text->at[i] == '\r' && (i + 1 == text->n || text->at[i + 1] != '\n')) {
            return;
        }
    }
    const char *copy = mera_arena_strndup(diags->arena, text->at, text->n);
    if (copy != NULL) {
        mera_diags_source(diags, table->findings.path, copy, text->n);
    }
}

void io_table_close(io_table *table)
{
    table_lend(table);
    io_bytes_close(&table->bytes);
    mera_arena_free(table->scratch);
    table->scratch = NULL;
}

void io_table_rewind(io_table *table)
{
    csv_reader *now = &table->csv;
    const csv_reader *first = &table->first_row;
    now->at = first->at;
    now->block = first->block;
    now->mask = first->mask;
    now->next_line = first->next_line;
    now->n_blank = first->n_blank;
}

mera_code io_table_next(io_table *table, bool *more)
{
    const csv_status status = csv_next(&table->csv);
    *more = status == CSV_RECORD;
    if (status == CSV_UNCLOSED) {
        mera_at at = {.file = table->findings.path};
        csv_place_of(&table->csv, table->csv.trouble, &at.line, &at.column);
        return IO_FAIL(&table->findings, "unclosed-quote", at,
                       "the quote that opens here is never closed");
    }
    return status == CSV_NO_MEMORY ? MERA_ENOMEM : MERA_OK;
}

bool io_table_blank(const io_table *table)
{
    for (size_t i = 0; i < table->csv.n_fields; i++) {
        if (mera_slice_trim(table->csv.field[i]).n > 0) {
            return false;
        }
    }
    return true;
}

size_t io_table_field(const io_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_fields; i++) {
        if (table->name[i] != NULL && strcmp(table->name[i], name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

mera_code io_table_no_field(io_table *table, const char *name, const char *what)
{
    const mera_at at = {table->findings.path, table->header_line, 0, 0};
    const mera_code code =
        IO_FAIL(&table->findings, "missing-field", at, "no field '%s' (%s)", name, what);
    const char *near = mera_nearest(name, table->name, table->n_fields);
    if (near != NULL) {
        mera_hint(table->findings.diags, "did you mean '%s'?", near);
        return code;
    }
    mera_text list = {.arena = table->scratch};
    for (size_t i = 0; i < table->n_fields && i < 12; i++) {
        mera_text_addf(&list, "%s%s", i == 0 ? "" : ", ", table->name[i]);
    }
    mera_hint(table->findings.diags, "its fields are: %s%s", list.failed ? "" : list.data,
              table->n_fields > 12 ? ", ..." : "");
    return code;
}

mera_at io_table_at(const io_table *table, size_t index)
{
    mera_at at = {.file = table->findings.path};
    csv_place(&table->csv, index, &at.line, &at.column);
    return at;
}

mera_at io_table_row(const io_table *table)
{
    return (mera_at){table->findings.path, table->csv.line, 1, 0};
}

static bool table_ends_in_newline(const io_table *table)
{
    const io_text *text = &table->text;
    return text->n == 0 || text->at[text->n - 1] == '\n' || text->at[text->n - 1] == '\r';
}

static const char *table_layout(const mera_source *source)
{
    static const char *const names[] = {
        [MERA_LAYOUT_WIDE] = "wide", [MERA_LAYOUT_LONG] = "long", [MERA_LAYOUT_SURVEY] = "survey"};
    return names[source->layout];
}

void io_table_report(const io_table *table, mera_file_report *report)
{
    *report = (mera_file_report){
        .path = table->findings.path,
        .encoding = table->text.encoding,
        .layout = table_layout(table->source),
        .delimiter = table->delimiter,
        .decimal = table->rules.decimal,
        .bom = table->text.bom,
        .n_bytes = table->bytes.n,
        .n_lines = table->csv.next_line - (size_t)(table_ends_in_newline(table) ? 1 : 0),
        .finding = table->findings.list,
        .n_findings = table->findings.n,
    };
}
