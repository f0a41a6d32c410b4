/* SPDX-License-Identifier: Apache-2.0 */
/** @file Opening a file as a table: bytes, kind, encoding, delimiter, header, decimal mark. */
#include "io/table.h"

#include "base/diag.h"
#include "io/blocks.h"
#include "io/rows.h"
#include "io/sniff.h"
#include "io/table_header.h"
#include "io/workbook.h"

#include <string.h>

enum {
    TABLE_LENT = 4 << 20,  /* larger files are not copied for the sake of a caret */
    TABLE_PASSED = 4 << 20 /* bytes read before they are given back */
};

static mera_at table_file(const io_table *table)
{
    return (mera_at){.file = table->findings.path};
}

static mera_code table_decode(io_table *table)
{
    io_findings *f = &table->findings;
    const mera_source *s = table->source;
    const mera_slice bytes = {table->bytes.at, table->bytes.n};
    if (bytes.n == 0) {
        return IO_FAIL(f, "empty-file", table_file(table), "the file is empty");
    }
    io_scan scan;
    io_bytes_scan(&table->bytes, &scan);
    memcpy(table->sha256, scan.sha256, sizeof scan.sha256);
    if (io_is_sqlite(bytes)) {
        return io_sqlite_open(table, &table->rows);
    }
    if (s->table != NULL || s->query != NULL) {
        IO_FAIL(f, "not-a-database", s->at, "'%s' is for databases, and '%s' is none",
                s->table != NULL ? "table" : "query", f->path);
        return MERA_EINPUT;
    }
    if (io_is_workbook(bytes)) {
        return io_workbook_read(table);
    }
    if (s->sheet != NULL || s->range != NULL) {
        IO_FAIL(f, "not-a-workbook", s->at, "'%s' is for workbooks, and '%s' is none",
                s->sheet != NULL ? "sheet" : "range", f->path);
        return MERA_EINPUT;
    }
    MERA_TRY(io_sniff_kind(f, bytes, scan.has_zero));
    const io_coded coded = {.path = f->path,
                            .asked = s->at,
                            .bytes = bytes,
                            .n_utf8 = scan.n_utf8,
                            .declared = s->encoding,
                            .later = s->layout != MERA_LAYOUT_BLOCKS};
    return io_decode(&coded, table->scratch, f->diags, &table->text);
}

static bool table_is_blocks(const io_table *table)
{
    return table->source->layout == MERA_LAYOUT_BLOCKS;
}

/* Sets the reader over the text below the lines that are skipped. */
static mera_code table_start(io_table *table)
{
    const mera_source *s = table->source;
    const bool sheet = table->sheet != NULL; /* skipped rows were left out of it before */
    const mera_slice text =
        io_skip_lines((mera_slice){table->text.at, table->text.n}, sheet ? 0 : s->skip_rows);
    const uint32_t line = sheet ? table->sheet_row : (uint32_t)s->skip_rows + 1;
    table->delimiter = sheet ? '\t' : s->delimiter;
    if (table->delimiter == 0) {
        MERA_TRY(io_sniff_delimiter(text, line, table_is_blocks(table), table->scratch,
                                    &table->delimiter));
    }
    csv_open(&table->csv, text.at, text.n, table->delimiter, line, table->scratch);
    table->csv.encoding = table->text.table;
    return MERA_OK;
}

/* Writes blocks anew as a long table and reads that. */
static mera_code table_blocks(io_table *table)
{
    mera_text text = {.arena = table->scratch};
    MERA_TRY(io_blocks_read(table, &text));
    table->source_csv = table->csv;
    csv_open(&table->csv, text.data, text.n, '\t', 1, table->scratch);
    return MERA_OK;
}

static mera_code table_rules(io_table *table)
{
    const mera_source *s = table->source;
    char decimal = s->decimal;
    if (decimal == 0 && (table->sheet != NULL || table->rows != NULL)) {
        decimal = '.';
    } else if (decimal == 0) {
        MERA_TRY(io_sniff_decimal(table->csv, s->numbers_in_text, table->delimiter, &decimal));
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

/* A database says its columns, and writes numbers with a point. */
static mera_code table_of_rows(io_table *table)
{
    table->text.encoding = table->rows->kind;
    table->delimiter = ',';
    MERA_TRY(table_rules(table));
    return io_rows_header(table);
}

static mera_code table_parse(io_table *table)
{
    io_findings *f = &table->findings;
    bool more = false;
    if (table->rows != NULL) {
        return table_of_rows(table);
    }
    MERA_TRY(table_start(table));
    MERA_TRY(table_is_blocks(table) ? table_blocks(table) : MERA_OK);
    MERA_TRY(io_table_next(table, &more));
    if (!more) {
        return IO_FAIL(f, "empty-file", table_file(table),
                       table->source->skip_rows == 0 ? "the file holds nothing but blank lines"
                                                     : "nothing is left below the skipped rows");
    }
    MERA_TRY(io_table_read_header(table));
    table->first_row = table->csv;
    table->n_footnotes_above = table->n_footnotes;
    return table_rules(table);
}

mera_code io_table_open(const mera_source *source, mera_arena *arena, mera_diags *diags,
                        io_table *table)
{
    *table = (io_table){.source = source,
                        .findings = {.arena = arena, .diags = diags, .path = source->path}};
    const bool server = source->database != NULL;
    MERA_TRY(server ? MERA_OK : io_bytes_open(source->path, source->at, diags, &table->bytes));
    table->scratch = mera_arena_new();
    mera_code code = table->scratch == NULL ? MERA_ENOMEM
                     : server               ? io_postgres_open(table, &table->rows)
                                            : table_decode(table);
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
    if (diags == NULL || table->sheet != NULL || table->findings.n_errors == 0 || text->n == 0 ||
        text->n > TABLE_LENT) {
        return;
    }
    for (size_t i = 0; i < text->n; i++) {
        if (text->at[i] == '\r' && (i + 1 == text->n || text->at[i + 1] != '\n')) {
            return;
        }
    }
    io_text copy = {.n = text->n};
    const char *bad = NULL;
    if (text->table == NULL) {
        copy.at = mera_arena_strndup(diags->arena, text->at, text->n);
    } else if (io_text_decode(text, diags->arena, &copy, &bad) != MERA_OK) {
        return;
    }
    if (copy.at != NULL) {
        mera_diags_source(diags, table->findings.path, copy.at, copy.n);
    }
}

void io_table_close(io_table *table)
{
    table_lend(table);
    if (table->rows != NULL) {
        table->rows->close(table->rows);
        table->rows = NULL;
    }
    io_bytes_close(&table->bytes);
    mera_arena_free(table->scratch);
    table->scratch = NULL;
}

mera_code io_table_rewind(io_table *table)
{
    if (table->rows != NULL) {
        return table->rows->again(table->rows, table);
    }
    csv_reader *now = &table->csv;
    const csv_reader *first = &table->first_row;
    now->at = first->at;
    now->block = first->block;
    now->mask = first->mask;
    now->next_line = first->next_line;
    now->n_blank = first->n_blank;
    table->n_footnotes = table->n_footnotes_above;
    return MERA_OK;
}

/* Gives back what was read of a text that lies in the file's own bytes. */
static void table_passed(io_table *table)
{
    const io_bytes *bytes = &table->bytes;
    const char *at = table->csv.start;
    if (table->text.at < bytes->at || table->text.at >= bytes->at + bytes->n ||
        table->block != NULL) {
        return; /* it was decoded */
    }
    if (table->kept == NULL || at < table->kept) { /* at the first row, or there again */
        table->kept = at;
    } else if (at - table->kept >= TABLE_PASSED) {
        io_bytes_done(bytes, table->kept, at);
        table->kept = at;
    }
}

static mera_code table_trouble(io_table *table, csv_status status)
{
    const csv_reader *csv = &table->csv;
    mera_at at = {.file = table->findings.path};
    csv_place_of(csv, csv->trouble, &at.line, &at.column);
    if (status != CSV_UNCLOSED) {
        return IO_FAIL(&table->findings, "wrong-encoding", at, IO_BAD_BYTE,
                       (unsigned char)*csv->trouble, table->text.encoding);
    }
    IO_FAIL(&table->findings, "unclosed-quote", at, "the quote that opens here is never closed");
    mera_hint(table->findings.diags,
              "close it at the end of its field; a quote inside a field is written twice");
    return MERA_EINPUT;
}

mera_code io_table_next(io_table *table, bool *more)
{
    if (table->rows != NULL) {
        MERA_TRY(io_rows_next(table, more));
        if (*more && table->source->footnotes) {
            io_table_footnotes(table);
        }
        return MERA_OK;
    }
    table_passed(table);
    const csv_status status = csv_next(&table->csv);
    *more = status == CSV_RECORD;
    if (status == CSV_UNCLOSED || status == CSV_BAD_BYTE) {
        return table_trouble(table, status);
    }
    if (status == CSV_RECORD && table->sheet != NULL && table->n_fields > 0 &&
        !csv_fit(&table->csv, table->n_fields)) {
        return MERA_ENOMEM; /* rows of a sheet end with their last cell */
    }
    const bool before = table_is_blocks(table) && table->n_fields > 0; /* blocks were read */
    if (status == CSV_RECORD && table->source->footnotes && !before) {
        io_table_footnotes(table);
    }
    return status == CSV_NO_MEMORY ? MERA_ENOMEM : MERA_OK;
}

bool io_table_read(const io_table *table, mera_slice text, double *out)
{
    const io_cell cell = io_cell_read(&table->rules, mera_slice_trim(text));
    *out = cell.kind == IO_CELL_NUMBER ? cell.value : 0;
    return cell.kind == IO_CELL_NUMBER;
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
    const mera_at at = {table->findings.path, table->header_line, 0,
                        table->sheet == NULL ? 0 : MERA_AT_CELL};
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

static const struct io_block_place *table_block(const io_table *table)
{
    return table->block == NULL ? NULL : &table->block[table->csv.line - 2]; /* below the header */
}

uint32_t io_table_line(const io_table *table)
{
    const struct io_block_place *block = table_block(table);
    return block == NULL ? table->csv.line : block->line;
}

uint32_t io_table_number(const io_table *table, size_t field)
{
    const struct io_block_place *block = table_block(table);
    return block == NULL ? (uint32_t)field + 1 : field == BLOCKS_VALUE ? block->field + 1 : 1;
}

mera_at io_table_at(const io_table *table, size_t index)
{
    const struct io_block_place *block = table_block(table);
    const bool title = block != NULL && index == BLOCKS_INDICATOR;
    mera_at at = {table->findings.path, title ? block->title : io_table_line(table),
                  title ? 1 : io_table_number(table, index), 0};
    if (table->sheet != NULL) {
        at.column += table->first_column - 1;
        at.length = MERA_AT_CELL;
    } else if (table->rows != NULL) {
        at.column = (uint32_t)index + 1;
    } else if (block == NULL) {
        csv_place(&table->csv, index, &at.line, &at.column);
    } else if (index == BLOCKS_VALUE) {
        csv_reader csv = table->source_csv;
        csv.start = block->start;
        csv.line = block->line;
        csv_place(&csv, block->field, &at.line, &at.column);
    }
    return at;
}

mera_at io_table_row(const io_table *table)
{
    const bool sheet = table->sheet != NULL;
    return (mera_at){table->findings.path, io_table_line(table), sheet ? table->first_column : 1,
                     sheet ? MERA_AT_CELL : 0};
}

mera_at io_table_header_at(const io_table *table, size_t field)
{
    const bool sheet = table->sheet != NULL;
    if (table->rows != NULL) { /* names stand in no line */
        return (mera_at){.file = table->findings.path};
    }
    return (mera_at){table->findings.path, table->header_line,
                     sheet ? table->first_column + (uint32_t)field : table->column[field],
                     sheet ? MERA_AT_CELL : 0};
}
