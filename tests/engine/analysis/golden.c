/* SPDX-License-Identifier: Apache-2.0 */
/** @file CSV files of ../shared (golden.h). */
#include "golden.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"

/** The whole file with a NUL after it. */
static char *golden_bytes(mera_arena *arena, const char *path)
{
    const char *root = getenv("MERA_SHARED");
    root = root != NULL ? root : MERA_SOURCE_DIR "/../shared";
    FILE *file = fopen(mera_arena_printf(arena, "%s/%s", root, path), "rb");
    if (file == NULL) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    const size_t n = (size_t)ftell(file);
    rewind(file);
    char *bytes = mera_arena_zero(arena, n + 1, 1);
    assert_int_equal(fread(bytes, 1, n, file), n);
    fclose(file);
    return bytes;
}

/** Cuts one field off; quotes are taken off. *more says that another one follows on the line. */
static char *golden_field(char **at, bool *more)
{
    char *from = *at, *to = from, *out = from;
    const bool quoted = *from == '"';
    from += quoted;
    while (*from != '\0' && (quoted || (*from != ',' && *from != '\n'))) {
        if (quoted && *from == '"') {
            if (from[1] != '"') {
                break;
            }
            from++;
        }
        *to++ = *from++;
    }
    from += quoted && *from == '"';
    from += *from == '\r';
    *more = *from == ',';
    *at = *from == '\0' ? from : from + 1;
    if (to > out && to[-1] == '\r') {
        to--;
    }
    *to = '\0';
    return out;
}

static double golden_number(const char *text)
{
    double x = NAN;
    if (strcmp(text, "Inf") == 0 || strcmp(text, "-Inf") == 0) {
        return text[0] == '-' ? -HUGE_VAL : HUGE_VAL;
    }
    return mera_number_read(text, strlen(text), &x) ? x : NAN;
}

static size_t golden_count(const char *bytes, char what)
{
    size_t n = 0;
    for (; *bytes != '\0'; bytes++) {
        n += *bytes == what;
    }
    return n;
}

const golden *golden_read(mera_arena *arena, const char *path)
{
    char *at = golden_bytes(arena, path);
    if (at == NULL) {
        return NULL;
    }
    golden *g = mera_arena_zero(arena, 1, sizeof *g);
    const size_t lines = golden_count(at, '\n') + 1, fields = golden_count(at, ',') + lines;
    bool more = true;
    g->name = mera_arena_zero(arena, fields, sizeof *g->name);
    g->field = mera_arena_zero(arena, fields + 1, sizeof *g->field);
    while (more) {
        g->name[g->n_columns++] = golden_field(&at, &more);
    }
    for (size_t n = 0; *at != '\0'; g->n_rows += n % g->n_columns == 0) {
        g->field[n++] = golden_field(&at, &more);
    }
    g->x = mera_arena_zero(arena, g->n_columns, sizeof *g->x);
    for (size_t c = 0; c < g->n_columns; c++) {
        double *x = mera_arena_zero(arena, g->n_rows, sizeof *x);
        for (size_t r = 0; r < g->n_rows; r++) {
            x[r] = golden_number(g->field[r * g->n_columns + c]);
        }
        g->x[c] = x;
    }
    return g;
}

const golden *golden_must(mera_arena *arena, const char *path)
{
    const golden *g = golden_read(arena, path);
    if (g == NULL) {
        print_message("skipped: there is no %s below ../shared\n", path);
        skip();
    }
    return g;
}

size_t golden_column(const golden *g, const char *name)
{
    for (size_t c = 0; c < g->n_columns; c++) {
        if (strcmp(g->name[c], name) == 0) {
            return c;
        }
    }
    print_error("no column '%s'\n", name);
    fail();
    return 0;
}

const char *golden_text(const golden *g, size_t row, const char *column)
{
    return g->field[row * g->n_columns + golden_column(g, column)];
}

size_t golden_row(const golden *g, const char *column, const char *text)
{
    for (size_t r = 0; r < g->n_rows; r++) {
        if (strcmp(golden_text(g, r, column), text) == 0) {
            return r;
        }
    }
    print_error("no row '%s'\n", text);
    fail();
    return 0;
}

double golden_at(const golden *g, size_t row, const char *column)
{
    return g->x[golden_column(g, column)][row];
}

mera_columns golden_columns(mera_arena *arena, const golden *g, size_t first, const char **ids)
{
    (void)arena;
    for (size_t c = first; ids != NULL && c < g->n_columns; c++) {
        ids[c - first] = g->name[c];
    }
    return (mera_columns){g->n_rows, g->n_columns - first, g->x + first};
}

mera_columns golden_some(mera_arena *arena, const golden *g, const char *const *ids, size_t k)
{
    const double **x = mera_arena_zero(arena, k, sizeof *x);
    for (size_t j = 0; j < k; j++) {
        x[j] = g->x[golden_column(g, ids[j])];
    }
    return (mera_columns){g->n_rows, k, x};
}

const golden_meta *golden_meta_read(mera_arena *arena, const char *path)
{
    const golden *g = golden_must(arena, path);
    golden_meta *meta = mera_arena_zero(arena, 1, sizeof *meta);
    meta->id = mera_arena_zero(arena, g->n_rows, sizeof *meta->id);
    meta->parent = mera_arena_zero(arena, g->n_rows, sizeof *meta->parent);
    meta->level = mera_arena_zero(arena, g->n_rows, sizeof(double));
    meta->direction = mera_arena_zero(arena, g->n_rows, sizeof(double));
    meta->weight = mera_arena_zero(arena, g->n_rows, sizeof(double));
    for (size_t r = 0; r < g->n_rows; r++) {
        if (isnan(golden_at(g, r, "Level"))) {
            continue;
        }
        meta->id[meta->n] = golden_text(g, r, "iCode");
        meta->parent[meta->n] = golden_text(g, r, "Parent");
        meta->level[meta->n] = golden_at(g, r, "Level");
        meta->direction[meta->n] = golden_at(g, r, "Direction");
        meta->weight[meta->n++] = golden_at(g, r, "Weight");
    }
    return meta;
}

size_t golden_below(const golden_meta *meta, const char *parent, double level, const char **ids)
{
    size_t n = 0;
    for (size_t i = 0; i < meta->n; i++) {
        const char *up = meta->id[i];
        for (size_t step = 0; step < meta->n && up[0] != '\0' && strcmp(up, parent) != 0; step++) {
            for (size_t j = 0; j < meta->n; j++) {
                if (strcmp(meta->id[j], up) == 0) {
                    up = meta->parent[j];
                    break;
                }
            }
        }
        if (meta->level[i] == level && strcmp(up, parent) == 0 &&
            strcmp(meta->id[i], parent) != 0) {
            ids[n++] = meta->id[i];
        }
    }
    return n;
}
