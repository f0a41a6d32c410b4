/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tests of operations share. */
#include "ops_test.h"

#include <stdlib.h>

#include "base/text.h"
#include "ops/bind.h"
#include "ops/kernel.h"

int fixture_open(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->arena = mera_arena_new();
    f->said = mera_arena_new();
    assert_non_null(f->arena);
    assert_non_null(f->said);
    f->diags = mera_diags_new(f->said); /* rewinding the other must not take messages away */
    assert_non_null(f->diags);
    assert_int_equal(mera_registry_new(f->arena, &f->registry), MERA_OK);
    f->ctx = (mera_op_ctx){.diags = f->diags,
                           .arena = f->arena,
                           .subject = "indicator 'x'",
                           .direction = MERA_HIGHER,
                           .goalpost = {NAN, NAN}};
    *state = f;
    return 0;
}

int fixture_close(void **state)
{
    fixture *f = *state;
    mera_arena_free(f->said);
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

static size_t params_entry(fixture *f, mera_slice line, mera_entry *entry)
{
    line = mera_slice_trim(line);
    if (line.n == 0) {
        return 0;
    }
    const char *colon = memchr(line.at, ':', line.n);
    assert_non_null(colon);
    const size_t key = (size_t)(colon - line.at);
    const mera_slice rest = mera_slice_trim((mera_slice){.at = colon + 1, .n = line.n - key - 1});
    mera_value *value = NULL;
    const char *text = mera_arena_strndup(f->arena, rest.at, rest.n);
    assert_int_equal(mera_bind_flow(f->arena, text, &value), MERA_OK);
    entry->key = mera_arena_strndup(f->arena, line.at, key);
    entry->value = value;
    return 1;
}

const mera_value *ops_params(fixture *f, const char *text)
{
    mera_value *map = mera_arena_zero(f->arena, 1, sizeof *map);
    mera_entry *entries = mera_arena_zero(f->arena, strlen(text) + 1, sizeof *entries);
    assert_non_null(map);
    assert_non_null(entries);
    size_t start = 0;
    for (size_t i = 0; i <= strlen(text); i++) {
        if (text[i] == ';' || text[i] == '\n' || text[i] == '\0') {
            map->n += params_entry(f, (mera_slice){text + start, i - start}, &entries[map->n]);
            start = i + 1;
        }
    }
    map->kind = MERA_VALUE_MAP;
    map->entries = entries;
    return map;
}

const void *ops_bind(fixture *f, const char *name, const char *params, const mera_op **op)
{
    void *bound = NULL;
    *op = mera_registry_find(f->registry, MERA_STEP_DERIVE, name);
    assert_non_null(*op);
    const mera_code rc =
        mera_op_bind(*op, ops_params(f, params), NULL, MERA_NOWHERE, f->arena, f->diags, &bound);
    if (rc != MERA_OK) {
        print_error("%s: %s\n", name, mera_diags_get(f->diags, 0)->message);
    }
    assert_int_equal(rc, MERA_OK);
    return bound;
}

mera_code ops_run_on(fixture *f, const char *name, const char *params, const double *x, size_t n,
                     const double *other, size_t m, double *y)
{
    const mera_op *op;
    const void *bound = ops_bind(f, name, params, &op);
    mera_fitted fitted = {.n = 0};
    if (op->fit != NULL) {
        MERA_TRY(op->fit(op, bound, &f->ctx, x, n, &fitted));
    }
    return op->apply(op, bound, &f->ctx, op->fit != NULL ? &fitted : NULL, other, m, y);
}

mera_code ops_run(fixture *f, const char *name, const char *params, const double *x, size_t n,
                  double *y)
{
    return ops_run_on(f, name, params, x, n, x, n, y);
}

mera_code ops_aggregate(fixture *f, const char *name, const char *params, const double *const *x,
                        const double *w, size_t k, size_t n, double *y)
{
    const mera_op *op;
    const void *bound = ops_bind(f, name, params, &op);
    mera_children in = {.n = n, .k = k, .x = x, .w = w};
    for (size_t j = 0; j < k; j++) {
        in.total += w[j];
    }
    f->ctx.subject = "node 'n'";
    return op->transform != NULL ? mera_mean_kernel(op, bound, &f->ctx, &in, f->arena, y)
                                 : op->aggregate(op, bound, &f->ctx, &in, y);
}

mera_code ops_table(fixture *f, const char *name, const char *params, const double *const *x,
                    size_t k, size_t n, double *const *y)
{
    const mera_op *op;
    const void *bound = ops_bind(f, name, params, &op);
    assert_non_null(op->table);
    return op->table(op, bound, &f->ctx, x, k, n, y);
}

mera_code ops_panel(fixture *f, const char *name, const char *params, const double *const *x,
                    const double *when, size_t n_periods, size_t n, double *const *y,
                    int32_t *const *from)
{
    const mera_op *op;
    const void *bound = ops_bind(f, name, params, &op);
    assert_non_null(op->panel);
    return op->panel(op, bound, &f->ctx, x, when, n_periods, n, y, from);
}

double **ops_columns(fixture *f, size_t k, size_t n)
{
    double **columns = mera_arena_zero(f->arena, k, sizeof *columns);
    assert_non_null(columns);
    for (size_t j = 0; j < k; j++) {
        columns[j] = mera_arena_zero(f->arena, n, sizeof *columns[j]);
        assert_non_null(columns[j]);
    }
    return columns;
}

void assert_column_of(const char *what, const double *y, const double *expected, size_t n,
                      double rel)
{
    for (size_t i = 0; i < n; i++) {
        const bool same = isnan(expected[i])
                              ? isnan(y[i])
                              : fabs(y[i] - expected[i]) <= rel * fmax(1.0, fabs(expected[i]));
        if (!same) {
            print_error("%s [%zu]: %.17g is not near %.17g\n", what, i, y[i], expected[i]);
            fail();
        }
    }
}

static const mera_diag *last_problem(const fixture *f)
{
    assert_true(mera_diags_size(f->diags) > 0);
    return mera_diags_get(f->diags, mera_diags_size(f->diags) - 1);
}

void assert_message(const fixture *f, const char *message)
{
    assert_string_equal(last_problem(f)->message, message);
}

void assert_hint(const fixture *f, const char *hint)
{
    assert_non_null(last_problem(f)->hint);
    assert_string_equal(last_problem(f)->hint, hint);
}
