/* SPDX-License-Identifier: Apache-2.0 */
/** @file See table.h. */
#include "table.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct table {
    char *text;
    const char **field; /**< of all rows, one after the other */
    size_t n_fields, room;
    size_t *row; /**< first field of each record; one more at the end */
    size_t n_rows, row_room;
};

static void *table_more(void *old, size_t bytes)
{
    void *p = realloc(old, bytes);
    if (p == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return p;
}

static void table_add_field(table *t, char *begin, char *end)
{
    while (begin < end && isspace((unsigned char)*begin)) {
        begin++;
    }
    while (end > begin && isspace((unsigned char)end[-1])) {
        end--;
    }
    *end = '\0';
    if (t->n_fields == t->room) {
        t->room = t->room == 0 ? 1024 : 2 * t->room;
        t->field = table_more(t->field, t->room * sizeof *t->field);
    }
    t->field[t->n_fields++] = begin;
}

static void table_add_row(table *t)
{
    if (t->n_rows + 1 >= t->row_room) {
        t->row_room = t->row_room == 0 ? 256 : 2 * t->row_room;
        t->row = table_more(t->row, t->row_room * sizeof *t->row);
    }
    t->row[t->n_rows++] = t->n_fields;
}

/** Reads one field in place and says what ended it: ',', '\n' or '\0'. */
static char *table_field(table *t, char *p, char *end, int *stop)
{
    char *begin = p;
    char *to = p;
    bool quoted = false;

    if (p < end && *p == '"') {
        quoted = true;
        p++;
    }
    while (p < end) {
        if (quoted && *p == '"') {
            if (p + 1 < end && p[1] == '"') {
                p++;
            } else {
                quoted = false;
                p++;
                continue;
            }
        } else if (!quoted && (*p == ',' || *p == '\n')) {
            break;
        }
        *to++ = *p++;
    }
    *stop = p < end ? *p : '\0';
    table_add_field(t, begin, to);
    return p < end ? p + 1 : p;
}

table *table_parse(char *text, size_t n)
{
    table *t = table_more(NULL, sizeof *t);
    char *p = text;
    char *end = text + n;

    *t = (table){.text = text};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        p += 3;
    }
    while (p < end) {
        int stop = ',';
        table_add_row(t);
        while (stop == ',') {
            p = table_field(t, p, end, &stop);
        }
    }
    table_add_row(t);
    t->n_rows--;
    return t;
}

table *table_read(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t n = 0;
    size_t room = 1 << 16;
    char *text;

    if (f == NULL) {
        return NULL;
    }
    text = table_more(NULL, room + 1);
    for (size_t got; (got = fread(text + n, 1, room - n, f)) > 0;) {
        n += got;
        if (n == room) {
            room *= 2;
            text = table_more(text, room + 1);
        }
    }
    fclose(f);
    return table_parse(text, n);
}

void table_free(table *t)
{
    free(t->text);
    free(t->field);
    free(t->row);
    free(t);
}

size_t table_rows(const table *t)
{
    return t->n_rows == 0 ? 0 : t->n_rows - 1;
}

size_t table_column(const table *t, const char *name)
{
    for (size_t i = 0; t->n_rows > 0 && i < t->row[1]; i++) {
        if (strcmp(t->field[i], name) == 0) {
            return i;
        }
    }
    fprintf(stderr, "no column '%s'\n", name);
    exit(1);
}

const char *table_at(const table *t, size_t row, size_t column)
{
    const size_t i = t->row[row + 1] + column;
    return i < t->row[row + 2] ? t->field[i] : "";
}

void table_move(table *t, size_t from, size_t to)
{
    const size_t columns = t->row[1];
    for (size_t i = 0; i < columns; i++) {
        t->field[t->row[to + 1] + i] = table_at(t, from, i);
    }
}

/* ---- rows by key ------------------------------------------------------------------------ */

struct table_index {
    const table *t;
    size_t column[3];
    size_t n;
    size_t *order; /**< rows in the order of their keys */
    char **key;
};

static char *table_key(const table_index *index, size_t row)
{
    char key[512] = "";
    for (size_t i = 0; i < index->n; i++) {
        const size_t used = strlen(key);
        snprintf(key + used, sizeof key - used, "%s%s", i > 0 ? " / " : "",
                 table_at(index->t, row, index->column[i]));
    }
    return strdup(key);
}

/** Heap sort of rows by key, as qsort takes no context and a global would be one. */
static void table_sift(char **key, size_t *order, size_t root, size_t n)
{
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && strcmp(key[order[child]], key[order[child + 1]]) < 0) {
            child++;
        }
        if (strcmp(key[order[root]], key[order[child]]) >= 0) {
            return;
        }
        const size_t row = order[root];
        order[root] = order[child];
        order[child] = row;
    }
}

table_index *table_index_new(const table *t, const size_t *column, size_t n)
{
    const size_t rows = table_rows(t);
    table_index *index = table_more(NULL, sizeof *index);

    *index = (table_index){.t = t, .n = n};
    memcpy(index->column, column, n * sizeof *column);
    index->order = table_more(NULL, (rows + 1) * sizeof *index->order);
    index->key = table_more(NULL, (rows + 1) * sizeof *index->key);
    for (size_t i = 0; i < rows; i++) {
        index->order[i] = i;
        index->key[i] = table_key(index, i);
    }
    for (size_t i = rows / 2; i-- > 0;) {
        table_sift(index->key, index->order, i, rows);
    }
    for (size_t i = rows; i-- > 1;) {
        const size_t row = index->order[0];
        index->order[0] = index->order[i];
        index->order[i] = row;
        table_sift(index->key, index->order, 0, i);
    }
    return index;
}

void table_index_free(table_index *index)
{
    for (size_t i = 0; i < table_rows(index->t); i++) {
        free(index->key[i]);
    }
    free(index->key);
    free(index->order);
    free(index);
}

size_t table_index_find(const table_index *index, const char *key)
{
    size_t low = 0;
    size_t high = table_rows(index->t);
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        const int order = strcmp(index->key[index->order[mid]], key);
        if (order == 0) {
            return index->order[mid];
        }
        if (order < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return SIZE_MAX;
}
