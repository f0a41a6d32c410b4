/* SPDX-License-Identifier: Apache-2.0 */
/** @file A small CSV reader for expected numbers. */
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

char *file_text(mera_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    const long size = ftell(file);
    rewind(file);
    char *text = mera_arena_zero(arena, (size_t)size + 1, 1);
    if (text != NULL && fread(text, 1, (size_t)size, file) != (size_t)size) {
        text = NULL;
    }
    fclose(file);
    return text;
}

/* Cuts the next piece off *text at one of `ends`; NULL when nothing is left. */
static char *table_cut(char **text, char end)
{
    char *piece = *text;
    if (piece == NULL) {
        return NULL;
    }
    char *stop = strchr(piece, end);
    *text = stop != NULL ? stop + 1 : NULL;
    if (stop != NULL) {
        *stop = '\0';
    }
    return piece;
}

/* As table_cut() at a comma, but quotes may hold commas; they are taken off. */
static char *table_field(char **line)
{
    if (*line == NULL || **line != '"') {
        return table_cut(line, ',');
    }
    char *field = *line + 1;
    char *end = strchr(field, '"');
    *line = end[1] == ',' ? end + 2 : NULL;
    *end = '\0';
    return field;
}

static size_t table_count(const char *text, char c)
{
    size_t n = 0;
    for (; *text != '\0'; text++) {
        n += *text == c;
    }
    return n;
}

static double table_number(const char *text)
{
    double x;
    const size_t n = strcspn(text, "\r");
    return mera_number_read(text, n, &x) ? x : NAN;
}

table *table_read(mera_arena *arena, const char *path)
{
    char *text = file_text(arena, path);
    if (text == NULL) {
        return NULL;
    }
    table *t = mera_arena_zero(arena, 1, sizeof *t);
    const size_t lines = table_count(text, '\n');
    char *line = table_cut(&text, '\n');
    t->k = table_count(line, ',') + 1;
    t->name = mera_arena_zero(arena, t->k, sizeof *t->name);
    t->x = mera_arena_zero(arena, t->k, sizeof *t->x);
    t->first = mera_arena_zero(arena, lines, sizeof *t->first);
    t->text = mera_arena_zero(arena, t->k, sizeof *t->text);
    for (size_t j = 0; j < t->k; j++) {
        t->name[j] = table_field(&line);
        t->x[j] = mera_arena_zero(arena, lines, sizeof *t->x[j]);
        t->text[j] = mera_arena_zero(arena, lines, sizeof *t->text[j]);
    }
    while ((line = table_cut(&text, '\n')) != NULL &&
           (*line != '\0' || (t->k == 1 && text != NULL))) {
        for (size_t j = 0; j < t->k; j++) {
            const char *field = table_field(&line);
            t->first[t->n] = j == 0 ? field : t->first[t->n];
            t->x[j][t->n] = field != NULL ? table_number(field) : NAN;
            t->text[j][t->n] = field != NULL ? field : "";
        }
        t->n++;
    }
    return t;
}

const double *table_column(const table *t, const char *name)
{
    for (size_t j = 0; j < t->k; j++) {
        if (strcmp(t->name[j], name) == 0) {
            return t->x[j];
        }
    }
    return NULL;
}

const char *shared_path(mera_arena *arena, const char *below)
{
    const char *root = getenv("MERA_SHARED");
    return mera_arena_printf(arena, "%s/%s", root != NULL ? root : MERA_SOURCE_DIR "/../shared",
                             below);
}
