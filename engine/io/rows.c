/* SPDX-License-Identifier: Apache-2.0 */
/** @file What rows of all databases share. */
#include "io/rows.h"

#include "io/table_header.h"

#include <string.h>

/* A name in quotes, as SQL has them. */
static void rows_quoted(mera_text *out, const char *name)
{
    mera_text_add(out, "\"");
    for (; *name != '\0'; name++) {
        mera_text_add_n(out, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
    }
    mera_text_add(out, "\"");
}

mera_code io_rows_statement(io_table *table, const char *by_keys, const char **out)
{
    const mera_source *s = table->source;
    mera_text text = {.arena = table->scratch};
    if (s->query != NULL) {
        *out = s->query;
        return MERA_OK;
    }
    mera_text_add(&text, "SELECT * FROM ");
    const char *dot = by_keys == NULL ? NULL : strchr(s->table, '.');
    if (dot != NULL) { /* schema.table */
        const char *schema = mera_arena_strndup(table->scratch, s->table, (size_t)(dot - s->table));
        MERA_TRY_PTR(schema);
        rows_quoted(&text, schema);
        mera_text_add(&text, ".");
    }
    rows_quoted(&text, dot == NULL ? s->table : dot + 1);
    for (size_t i = 0; by_keys != NULL && i < s->n_key; i++) {
        mera_text_add(&text, i == 0 ? by_keys : ", ");
        rows_quoted(&text, s->key[i]);
    }
    *out = mera_text_string(&text);
    return *out == NULL ? MERA_ENOMEM : MERA_OK;
}

mera_code io_rows_value(io_rows *rows, io_table *table, size_t field, const char *text, size_t n)
{
    if (n > ROWS_TEXT || memchr(text, '\0', n) != NULL || !mera_utf8_valid(text, n)) {
        return IO_FAIL(&table->findings, "bad-value", io_table_at(table, field),
                       n > ROWS_TEXT ? "the value of '%s' is longer than a million bytes"
                                     : "the value of '%s' is no text in UTF-8",
                       rows->name[field]);
    }
    table->csv.field[field] = (mera_slice){text, n};
    return MERA_OK;
}

void io_rows_decimal(const io_table *table, char *number)
{
    char *point = table->source->decimal == ',' ? strchr(number, '.') : NULL;
    if (point != NULL) {
        *point = ',';
    }
}

mera_code io_rows_header(io_table *table)
{
    io_rows *rows = table->rows;
    csv_reader *csv = &table->csv;
    const mera_source *s = table->source;
    if (s->layout == MERA_LAYOUT_BLOCKS || s->sheet != NULL || s->range != NULL ||
        s->header_rows > 1 || s->skip_rows > 0) {
        return IO_FAIL(&table->findings, "not-a-workbook", (mera_at){.file = table->findings.path},
                       "'layout: blocks', 'sheet', 'range', 'header_rows' and 'skip_rows' are for "
                       "files: a query says "
                       "what is wanted of a database");
    }
    *csv = (csv_reader){.arena = table->scratch, .delimiter = ',', .next_line = 1};
    MERA_TRY_NEW(csv->field, table->scratch, rows->n);
    csv->n_fields = csv->room = rows->n;
    for (size_t i = 0; i < rows->n; i++) {
        csv->field[i] = (mera_slice){rows->name[i], strlen(rows->name[i])};
    }
    return io_table_read_header(table);
}

mera_code io_rows_next(io_table *table, bool *more)
{
    io_rows *rows = table->rows;
    csv_reader *csv = &table->csv;
    *more = false;
    if (rows->row == UINT32_MAX - 1) {
        return IO_FAIL(&table->findings, "too-large", (mera_at){.file = table->findings.path},
                       "more than four thousand million rows");
    }
    csv->line = rows->row + 1;
    csv->n_fields = rows->n;
    MERA_TRY(rows->next(rows, table, more));
    rows->row += *more ? 1 : 0;
    csv->next_line = rows->row + 1;
    return MERA_OK;
}
