/* SPDX-License-Identifier: Apache-2.0 */
/** @file Tables and CSV files of the conformance runner (table.h). */
#include "table.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *need(mera_arena *arena, size_t count, size_t size)
{
    void *p = mera_arena_zero(arena, count, size);
    if (p == NULL) {
        fputs("coinr_conformance: memory ran out\n", stderr);
        exit(3);
    }
    return p;
}

const char *text_of(mera_arena *arena, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    const int n = vsnprintf(NULL, 0, format, list);
    char *text = NEW(arena, (size_t)n + 1, char);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    va_end(list);
    return text;
}

bool same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

const char *truth(bool value)
{
    return value ? "TRUE" : "FALSE";
}

/* ---- tables ----------------------------------------------------------------------------- */

table *table_new(mera_arena *arena, size_t n_rows, size_t n_key)
{
    table *t = NEW(arena, 1, table);
    *t = (table){.arena = arena, .n_rows = n_rows, .n_key = n_key};
    return t;
}

static series *table_add(table *t, const char *name)
{
    if (t->n_columns == t->room) {
        const size_t room = t->room > 0 ? 2 * t->room : 16;
        series *more = NEW(t->arena, room, series);
        if (t->n_columns > 0) {
            memcpy(more, t->column, t->n_columns * sizeof *more);
        }
        t->column = more;
        t->room = room;
    }
    t->column[t->n_columns].name = name;
    return &t->column[t->n_columns++];
}

double *table_numbers(table *t, const char *name)
{
    double *number = NEW(t->arena, t->n_rows, double);
    for (size_t i = 0; i < t->n_rows; i++) {
        number[i] = NAN;
    }
    table_add(t, name)->number = number;
    return number;
}

const char **table_texts(table *t, const char *name)
{
    const char **text = NEW(t->arena, t->n_rows, const char *);
    table_add(t, name)->text = text;
    return text;
}

const series *table_column(const table *t, const char *name)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        if (same(t->column[c].name, name)) {
            return &t->column[c];
        }
    }
    return NULL;
}

/* ---- CSV files -------------------------------------------------------------------------- */

static char *csv_load(mera_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        const long size = ftell(file);
        rewind(file);
        text = NEW(arena, (size_t)(size > 0 ? size : 0) + 2, char);
        text[fread(text, 1, (size_t)(size > 0 ? size : 0), file)] = '\0';
    }
    fclose(file);
    return text;
}

/* Cuts the next field out in place; *more says whether another one follows on this line. */
static char *csv_field(char **at, bool *more)
{
    char *from = *at, *to = *at, *start = *at;
    if (*from == '"') {
        from++;
        while (*from != '\0' && (*from != '"' || from[1] == '"')) {
            from += *from == '"';
            *to++ = *from++;
        }
        from += *from == '"';
    } else {
        from += strcspn(from, ",\r\n");
        to = from;
    }
    *more = *from == ',';
    from += *from == '\r' ? 1 : 0;
    from += *from == ',' || *from == '\n';
    *to = '\0';
    *at = from;
    return start;
}

static size_t csv_count(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines + 1;
}

const csv *csv_read(mera_arena *arena, const char *path)
{
    enum { COLUMNS_MAX = 4096 };
    char *at = csv_load(arena, path);
    if (at == NULL || *at == '\0') {
        return NULL;
    }
    const size_t lines = csv_count(at);
    csv *file = NEW(arena, 1, csv);
    file->name = NEW(arena, COLUMNS_MAX, const char *);
    bool more = true;
    while (more && file->n_columns < COLUMNS_MAX) {
        file->name[file->n_columns++] = csv_field(&at, &more);
    }
    file->field = NEW(arena, lines * file->n_columns, const char *);
    while (*at != '\0') {
        more = true;
        for (size_t c = 0; c < file->n_columns; c++) {
            file->field[file->n_rows * file->n_columns + c] = more ? csv_field(&at, &more) : "";
        }
        if (more) {
            return NULL;
        }
        file->n_rows++;
    }
    return file;
}

size_t csv_column(const csv *file, const char *name)
{
    for (size_t c = 0; c < file->n_columns; c++) {
        if (same(file->name[c], name)) {
            return c;
        }
    }
    return SIZE_MAX;
}

const char *csv_text(const csv *file, size_t row, const char *name)
{
    const size_t c = csv_column(file, name);
    const char *text = c == SIZE_MAX ? "" : file->field[row * file->n_columns + c];
    return *text == '\0' || strcmp(text, "NA") == 0 ? NULL : text;
}

double csv_number(const csv *file, size_t row, const char *name)
{
    double x = NAN;
    const char *text = csv_text(file, row, name);
    return text != NULL && number_read(text, &x) ? x : NAN;
}

bool number_read(const char *text, double *out)
{
    char *end;
    if (same(text, "TRUE") || same(text, "FALSE")) {
        *out = *text == 'T';
        return true;
    }
    *out = strtod(text, &end);
    return end != text && *end == '\0';
}
