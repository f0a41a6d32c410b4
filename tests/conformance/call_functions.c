/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * COINr's functions of a plain vector, on each column of a table: n_*, i_*, winsorise, log_*,
 * boxcox, skew, kurt; and the means of a row.
 */
#include <math.h>
#include <string.h>

#include "calls.h"

/** The columns given. */
typedef struct vectors {
    size_t n, k;
    const char **name, **key; /**< of columns; of rows: their numbers */
    double **x;
} vectors;

static mera_code vectors_read(run *r, const char *input, vectors *out)
{
    const csv *file;
    MERA_TRY(run_csv(r, arg(arg(r->sidecar, "input"), input), &file));
    *out = (vectors){file->n_rows, file->n_columns, file->name,
                     NEW(r->arena, file->n_rows, const char *),
                     NEW(r->arena, file->n_columns, double *)};
    for (size_t i = 0; i < out->n; i++) {
        out->key[i] = text_of(r->arena, "%zu", i + 1);
    }
    for (size_t j = 0; j < out->k; j++) {
        out->x[j] = NEW(r->arena, out->n, double);
        for (size_t i = 0; i < out->n; i++) {
            out->x[j][i] = csv_number(file, i, file->name[j]);
        }
    }
    return MERA_OK;
}

/* A treatment of one kind; what mera refuses comes out missing. */
static mera_code vector_treat(run *r, const char *name, const given *g, const vectors *v, size_t j,
                              double *y)
{
    const call_column about = call_plain(v->name[j], v->key);
    operation o;
    MERA_TRY(operation_open(r, MERA_STEP_TREAT, name, g, &o));
    if (operation_column(r, o, &about, v->x[j], v->n, y, NULL) != MERA_OK) {
        for (size_t i = 0; i < v->n; i++) {
            y[i] = NAN;
        }
    }
    return MERA_OK;
}

static mera_code vector_log(run *r, const char *fn, const vectors *v, size_t j, double *y)
{
    const bool orig = same(fn, "log_CT_orig");
    given g = {0};
    given_text(&g, "shift_by", orig ? "minimum" : same(fn, "log_GII") ? "gii" : "range");
    if (same(fn, "log_CT_plus")) {
        given_bool(&g, "mirror", true);
    }
    return vector_treat(r, "log", &g, v, j, y);
}

static mera_code vector_winsorise(run *r, const json_t *args, const vectors *v, size_t j, double *y)
{
    const json_t *winmax = json_object_get(args, "winmax");
    given g = {0};
    given_number(&g, r->arena, "skewness", arg_number(args, "skew_thresh", 2));
    given_number(&g, r->arena, "kurtosis", arg_number(args, "kurt_thresh", 3.5));
    given_number(&g, r->arena, "max_points",
                 json_is_null(winmax) ? 1e6 : arg_number(args, "winmax", 5));
    given_bool(&g, "force", arg_bool(args, "force_win", false));
    return vector_treat(r, "winsorise", &g, v, j, y);
}

static mera_code vector_boxcox(run *r, const json_t *args, const vectors *v, size_t j, double *y)
{
    given g = {0};
    given_number(&g, r->arena, "lambda", arg_number(args, "lambda", NAN));
    given_bool(&g, "shift_to_positive", arg_bool(args, "makepos", true));
    return vector_treat(r, "boxcox", &g, v, j, y);
}

static mera_code vector_impute(run *r, const char *fn, const vectors *v, size_t j, double *y)
{
    const call_column about = call_plain(v->name[j], v->key);
    const given g = {0};
    operation o;
    MERA_TRY(operation_open(r, MERA_STEP_IMPUTE, same(fn, "i_mean") ? "mean" : "median", &g, &o));
    return operation_column(r, o, &about, v->x[j], v->n, y, NULL);
}

static mera_code vector_call(run *r, const char *fn, const json_t *args, const vectors *v, size_t j,
                             double *y)
{
    if (strncmp(fn, "n_", 2) == 0) {
        return normalise_column(r, fn, args, false, v->x[j], v->n, v->key, y);
    }
    if (same(fn, "i_mean") || same(fn, "i_median")) {
        return vector_impute(r, fn, v, j, y);
    }
    if (same(fn, "winsorise")) {
        return vector_winsorise(r, args, v, j, y);
    }
    if (same(fn, "boxcox")) {
        return vector_boxcox(r, args, v, j, y);
    }
    return strncmp(fn, "log_", 4) == 0 ? vector_log(r, fn, v, j, y)
                                       : run_unsupported(r, "function %s of a vector", fn);
}

/* Did COINr stop at column j? Then the whole of it is empty, and there is nothing to compare. */
static bool vector_stopped(const csv *want, const char *name)
{
    const size_t c = want == NULL ? SIZE_MAX : csv_column(want, name);
    for (size_t i = 0; c != SIZE_MAX && i < want->n_rows; i++) {
        if (*want->field[i * want->n_columns + c] != '\0') {
            return false;
        }
    }
    return c != SIZE_MAX;
}

mera_code call_vectors(run *r, const char *fn, const json_t *args)
{
    const csv *want = run_expected(r, "main");
    vectors v;
    MERA_TRY(vectors_read(r, "vectors", &v));
    table *out = table_new(r->arena, v.n, 0);
    for (size_t j = 0; j < v.k; j++) {
        double *y = table_numbers(out, v.name[j]);
        MERA_TRY(vector_call(r, fn, args, &v, j, y));
        for (size_t i = 0; vector_stopped(want, v.name[j]) && i < v.n; i++) {
            y[i] = NAN;
        }
    }
    run_output(r, "main", out);
    return MERA_OK;
}

/* ---- skewness and kurtosis -------------------------------------------------------------- */

/* Columns beyond Skew and Kurt are checks: Pass_2_35 is |skew| < 2 or kurt < 3.5. */
static void vector_passes(run *r, table *out, const csv *want, const double *skewness,
                          const double *kurtosis)
{
    for (size_t c = 0; want != NULL && c < want->n_columns; c++) {
        const char *name = want->name[c];
        double limit[2];
        char kurt[16];
        if (sscanf(name, "Pass_%lf_%15[0-9.]", &limit[0], kurt) != 2) {
            continue;
        }
        const char *point = strlen(kurt) > 1 && strchr(kurt, '.') == NULL ? "." : "";
        number_read(text_of(r->arena, "%c%s%s", kurt[0], point, kurt + 1), &limit[1]);
        const char **pass = table_texts(out, name);
        for (size_t i = 0; i < out->n_rows; i++) {
            pass[i] = isnan(skewness[i])
                          ? NULL
                          : truth(fabs(skewness[i]) < limit[0] || kurtosis[i] < limit[1]);
        }
    }
}

mera_code call_skew_kurt(run *r, coin *c, const json_t *args)
{
    const given none = {0};
    operation chain;
    vectors v;
    (void)c;
    (void)args;
    MERA_TRY(vectors_read(r, "vectors", &v));
    MERA_TRY(operation_open(r, MERA_STEP_TREAT, "chain", &none, &chain));
    table *out = table_new(r->arena, v.k, 1);
    const char **name = table_texts(out, "Vector");
    double *skewness = table_numbers(out, "Skew"), *kurtosis = table_numbers(out, "Kurt");
    double *y = NEW(r->arena, v.n, double);
    for (size_t j = 0; j < v.k; j++) {
        const call_column about = call_plain(v.name[j], v.key);
        mera_fitted fitted;
        MERA_TRY(operation_column(r, chain, &about, v.x[j], v.n, y, &fitted));
        name[j] = v.name[j];
        skewness[j] = operation_fitted(chain, &fitted, "skewness");
        kurtosis[j] = operation_fitted(chain, &fitted, "kurtosis");
    }
    vector_passes(r, out, run_expected(r, "main"), skewness, kurtosis);
    run_output(r, "main", out);
    return MERA_OK;
}

/* ---- means of rows ---------------------------------------------------------------------- */

mera_code call_means(run *r, coin *c, const json_t *args)
{
    static const char *const means[][2] = {
        {"amean", "a_amean"}, {"gmean", "a_gmean"}, {"hmean", "a_hmean"}};
    const json_t *w = arg(args, "w");
    vectors v;
    (void)c;
    MERA_TRY(vectors_read(r, "matrix", &v));
    double *weight = NEW(r->arena, v.k, double);
    for (size_t j = 0; j < v.k; j++) {
        weight[j] = w == NULL ? 1 : arg_item(w, j);
    }
    const selection children = {v.k, v.name, (const double **)(uintptr_t)v.x};
    const frame rows = {.n = v.n, .key = v.key};
    table *out = table_new(r->arena, v.n, 0);
    for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
        operation o;
        MERA_TRY(aggregate_open(r, means[m][1], NULL, &o));
        MERA_TRY(aggregate_rows(r, o, &children, weight, &rows, 0, v.n,
                                table_numbers(out, means[m][0])));
    }
    run_output(r, "main", out);
    return MERA_OK;
}
