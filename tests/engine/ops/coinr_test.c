/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tests against COINr's golden cases share (coinr_test.h). */
#include "coinr_test.h"

const table *coinr_table(fixture *f, const char *below)
{
    const char *path = shared_path(f->arena, below);
    const table *t = table_read(f->arena, path);
    if (t == NULL) {
        print_message("skipped: there is no %s\n", path);
        skip();
    }
    return t;
}

const table *coinr_golden(fixture *f, const char *family, const char *name)
{
    return coinr_table(f, mera_arena_printf(f->arena, "golden/coinr/%s/%s.csv", family, name));
}

size_t coinr_place(const table *t, const char *name)
{
    for (size_t j = 0; j < t->k; j++) {
        if (strcmp(t->name[j], name) == 0) {
            return j;
        }
    }
    return SIZE_MAX;
}

size_t coinr_row(const table *t, const char *column, const char *text)
{
    const size_t j = coinr_place(t, column);
    assert_true(j != SIZE_MAX);
    for (size_t i = 0; i < t->n; i++) {
        if (strcmp(t->text[j][i], text) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool coinr_is_true(const char *text)
{
    return strcmp(text, "TRUE") == 0;
}

/* Column `name` of `from`, its rows in the order of the units of `like`. */
const double *coinr_like(fixture *f, const table *from, const table *like, const char *name)
{
    const double *x = table_column(from, name);
    double *y = mera_arena_zero(f->arena, like->n, sizeof *y);
    const size_t code = coinr_place(like, "uCode");
    assert_non_null(x);
    for (size_t i = 0; i < like->n; i++) {
        const size_t row = coinr_row(from, "uCode", like->text[code][i]);
        y[i] = row == SIZE_MAX ? NAN : x[row];
    }
    return y;
}

/* A number of the metadata, of an indicator. */
double coinr_number(const table *meta, const char *indicator, const char *key)
{
    const double *x = table_column(meta, key);
    const size_t row = coinr_row(meta, "iCode", indicator);
    assert_true(x != NULL && row != SIZE_MAX);
    return x[row];
}

const char *coinr_text(const table *meta, const char *indicator, const char *key)
{
    return meta->text[coinr_place(meta, key)][coinr_row(meta, "iCode", indicator)];
}
