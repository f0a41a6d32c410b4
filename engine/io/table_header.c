/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The header of a table: the names of its fields, out of one row or of several. A name from several
 * rows is their texts joined by " / ", equal neighbours once; a blank in an upper row takes the
 * text on its left, as titles over several columns are written.
 */
#include "io/table_header.h"
#include "base/diag.h"
#include "base/grow.h"
#include "io/table.h"

#include <string.h>

/** The header's rows put together. */
typedef struct header_names {
    io_table *table;
    mera_text *name;  /**< by field, joined so far */
    mera_slice *last; /**< by field: what was joined last, in the scratch */
    size_t n, room, room_last;
} header_names;

static mera_code header_room(header_names *h, size_t n)
{
    mera_text *names = mera_grown(h->table->scratch, h->name, &h->room, n, sizeof *names);
    mera_slice *last = mera_grown(h->table->scratch, h->last, &h->room_last, n, sizeof *last);
    MERA_TRY_PTR(names);
    MERA_TRY_PTR(last);
    h->name = names;
    h->last = last;
    h->n = n > h->n ? n : h->n;
    return MERA_OK;
}

/* Joins one row to the names. `spread`: blanks take the text on their left. */
static mera_code header_join(header_names *h, bool spread)
{
    csv_reader *csv = &h->table->csv;
    mera_slice left = {"", 0};
    if (spread && h->table->sheet != NULL && csv->n_fields < h->table->n_columns &&
        !csv_fit(csv, h->table->n_columns)) {
        return MERA_ENOMEM;
    }
    MERA_TRY(header_room(h, csv->n_fields));
    for (size_t i = 0; i < h->n; i++) {
        mera_slice text = i < csv->n_fields ? mera_slice_trim(csv->field[i]) : (mera_slice){"", 0};
        text = text.n == 0 && spread ? left : text;
        left = text;
        if (text.n == 0 ||
            (h->last[i].n == text.n && memcmp(h->last[i].at, text.at, text.n) == 0)) {
            continue;
        }
        const char *copy = mera_arena_strndup(h->table->scratch, text.at, text.n);
        MERA_TRY_PTR(copy);
        h->last[i] = (mera_slice){copy, text.n};
        h->name[i].arena = h->table->scratch;
        mera_text_add(&h->name[i], h->name[i].n == 0 ? "" : " / ");
        mera_text_add_n(&h->name[i], text.at, text.n);
        MERA_TRY_PTR(mera_text_string(&h->name[i]));
    }
    return MERA_OK;
}

/* A field's name: on one line, renamed. */
static const char *header_name(const io_table *table, mera_slice field)
{
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

static mera_code header_check_renames(io_table *table, const header_names *h)
{
    const mera_source *s = table->source;
    const char **names = NULL;
    MERA_TRY_NEW(names, table->scratch, table->n_fields);
    for (size_t i = 0; i < table->n_fields; i++) {
        names[i] = h->name[i].n == 0 ? "" : h->name[i].data;
    }
    for (size_t i = 0; i < s->n_rename; i++) {
        bool found =
            s->layout == MERA_LAYOUT_LONG || s->layout == MERA_LAYOUT_BLOCKS; /* an indicator */
        for (size_t k = 0; k < table->n_fields && !found; k++) {
            found = strcmp(names[k], s->rename[i].from) == 0;
        }
        if (!found) {
            mera_warn(table->findings.diags, "rename",
                      (mera_at){table->findings.path, table->header_line, 0,
                                table->sheet == NULL ? 0 : MERA_AT_CELL},
                      "no field '%s' to rename to '%s'", s->rename[i].from, s->rename[i].to);
            const char *near = mera_nearest(s->rename[i].from, names, table->n_fields);
            if (near != NULL) {
                mera_hint(table->findings.diags, "did you mean '%s'?", near);
            }
        }
    }
    return MERA_OK;
}

static mera_code header_fields(io_table *table, const header_names *h)
{
    table->n_fields = h->n;
    /* Of blocks the header was made, so it has no place. */
    table->header_line = table->source->layout == MERA_LAYOUT_BLOCKS ? 0 : table->csv.line;
    MERA_TRY_NEW(table->name, table->findings.arena, h->n);
    MERA_TRY_NEW(table->twin, table->scratch, h->n);
    MERA_TRY_NEW(table->column, table->scratch, h->n);
    for (size_t i = 0; i < h->n; i++) {
        const mera_slice name = {h->name[i].n == 0 ? "" : h->name[i].data, h->name[i].n};
        MERA_TRY_PTR(table->name[i] = header_name(table, name));
        const size_t twin = io_table_field(table, table->name[i]);
        table->twin[i] = twin < i ? twin : SIZE_MAX;
    }
    if (table->rows == NULL) { /* names of a database's columns stand in no line */
        csv_columns(&table->csv, h->n, table->column);
    }
    return header_check_renames(table, h);
}

/* Does the header hold numbers only? Then it is a row, it seems. And does a sheet's first row leave
 * most columns without a name? Then it is a title. */
static void header_doubt(const io_table *table)
{
    size_t n_numbers = 0, n_named = 0;
    for (size_t i = 0; i < table->n_fields; i++) {
        double value = 0;
        const mera_slice name = {table->name[i], strlen(table->name[i])};
        n_numbers += io_number_plain(name, '.', &value);
        n_named += name.n > 0;
    }
    if (n_numbers == table->n_fields) {
        mera_warn(table->findings.diags, "no-header", io_table_header_at(table, 0),
                  "the first row holds only numbers: is the header missing?");
    }
    if (table->sheet != NULL && n_named * 2 < table->n_columns) {
        mera_warn(table->findings.diags, "no-header", io_table_header_at(table, 0),
                  "this row names %zu of %zu columns: is the header below it?", n_named,
                  table->n_columns);
        mera_hint(table->findings.diags, "'skip_rows' or 'range' says where the table begins, "
                                         "'header_rows' of how many rows its header is");
    }
}

mera_code io_table_read_header(io_table *table)
{
    const bool blocks = table->source->layout == MERA_LAYOUT_BLOCKS;
    const size_t asked = blocks ? 1 : table->source->header_rows;
    const size_t n_rows = asked == 0 ? 1 : asked;
    header_names h = {.table = table};
    for (size_t row = 1;; row++) {
        const bool upper = row < n_rows;
        MERA_TRY(header_join(&h, upper && !table->merged_header));
        if (!upper) {
            break;
        }
        bool more = false;
        MERA_TRY(io_table_next(table, &more));
        if (!more) {
            return IO_FAIL(&table->findings, "empty-file", (mera_at){.file = table->findings.path},
                           "the table ends inside its header of %zu rows", n_rows);
        }
    }
    MERA_TRY(header_fields(table, &h));
    if (!blocks) {
        header_doubt(table);
    }
    return MERA_OK;
}
