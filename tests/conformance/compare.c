/* SPDX-License-Identifier: Apache-2.0 */
/** @file Comparison of a computed table with the file of a case (compare.h). */
#include "compare.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A mean square gap of shares below this is rounding: the target is reached. */
#define COMPARE_NO_GAP 1e-24

tolerance tolerance_read(const char *text)
{
    tolerance how = {.bound = 1e-9};
    if (text == NULL) {
        return how;
    }
    how.absolute = strncmp(text, "abs", 3) == 0;
    how.objective = strstr(text, "objective") != NULL;
    if (strncmp(text, "rel ", 4) == 0 || how.absolute) {
        const double bound = strtod(text + 4, NULL);
        how.bound = bound > 0 ? bound : how.bound;
    }
    return how;
}

finding finding_worse(finding a, finding b)
{
    return a.where == NULL || (b.where != NULL && b.largest > a.largest) ? b : a;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* Number i of a key column as text, the way the files write whole numbers. */
static const char *compare_key(const table *got, const series *c, size_t row)
{
    if (c->text != NULL) {
        return c->text[row] == NULL ? "" : c->text[row];
    }
    return isnan(c->number[row]) ? "" : text_of(got->arena, "%.17g", c->number[row]);
}

/* Writes which row of the table each row of the file is; the first one without is returned. */
static size_t compare_rows(const table *got, const csv *want, const size_t *key, size_t *row_of)
{
    bool *taken = NEW(got->arena, got->n_rows, bool);
    for (size_t r = 0; r < want->n_rows; r++) {
        size_t found = got->n_rows;
        for (size_t step = 0; step < got->n_rows && found == got->n_rows; step++) {
            const size_t i = (r + step) % got->n_rows;
            bool equal = !taken[i];
            for (size_t k = 0; k < got->n_key && equal; k++) {
                equal = same(compare_key(got, &got->column[k], i),
                             want->field[r * want->n_columns + key[k]]);
            }
            found = equal ? i : found;
        }
        if (found == got->n_rows) {
            return r;
        }
        taken[found] = true;
        row_of[r] = found;
    }
    return want->n_rows;
}

static finding compare_wrong(const char *what)
{
    return (finding){INFINITY, what};
}

/* ---- cells ------------------------------------------------------------------------------ */

static double compare_numbers(double got, double want, double largest, tolerance how)
{
    if (!isfinite(want) || !isfinite(got)) {
        return got == want || (isnan(got) && !isfinite(want)) ? 0 : INFINITY;
    }
    const double off = fabs(got - want);
    return how.absolute || off == 0 ? off : off / fmax(fabs(want), largest / 1000);
}

/* A text column's field: numbers that mera gives as text, such as a rounded score, stay text. */
static double compare_texts(const char *got, const char *want)
{
    return same(got == NULL ? "" : got, want) ? 0 : INFINITY;
}

static double compare_largest(const csv *want, size_t c)
{
    double largest = 0;
    for (size_t r = 0; r < want->n_rows; r++) {
        double x;
        if (number_read(want->field[r * want->n_columns + c], &x) && isfinite(x)) {
            largest = fmax(largest, fabs(x));
        }
    }
    return largest;
}

static double compare_cell(const series *got, size_t row, const char *want, double largest,
                           tolerance how)
{
    double x = NAN;
    if (got->text != NULL) {
        return compare_texts(got->text[row], want);
    }
    if (*want != '\0' && strcmp(want, "NA") != 0 && !number_read(want, &x)) {
        return INFINITY;
    }
    return compare_numbers(got->number[row], x, largest, how);
}

static finding compare_column(const table *got, const csv *want, size_t c, const size_t *row_of,
                              tolerance how)
{
    finding f = {0, NULL};
    const series *mine = table_column(got, want->name[c]);
    if (mine == NULL) {
        return compare_wrong(text_of(got->arena, "no column '%s'", want->name[c]));
    }
    const double largest = compare_largest(want, c);
    for (size_t r = 0; r < want->n_rows; r++) {
        const char *field = want->field[r * want->n_columns + c];
        const double off = compare_cell(mine, row_of[r], field, largest, how);
        if (off > f.largest || (off > 0 && f.where == NULL)) {
            const char *name = want->field[r * want->n_columns];
            const size_t i = row_of[r];
            const char *have = mine->text != NULL ? (mine->text[i] == NULL ? "" : mine->text[i])
                                                  : text_of(got->arena, "%.17g", mine->number[i]);
            f = (finding){off, text_of(got->arena, "%s of row %zu (%s): %s, not %s", want->name[c],
                                       r + 1, name, have, field)};
        }
    }
    return f;
}

finding compare_table(const table *got, const csv *want, tolerance how)
{
    size_t *row_of = NEW(got->arena, want->n_rows + 1, size_t);
    size_t *key = NEW(got->arena, got->n_key + 1, size_t);
    if (got->n_rows != want->n_rows) {
        return compare_wrong(text_of(got->arena, "%zu rows, not %zu", got->n_rows, want->n_rows));
    }
    for (size_t k = 0; k < got->n_key; k++) {
        key[k] = csv_column(want, got->column[k].name);
        if (key[k] == SIZE_MAX) {
            return compare_wrong(
                text_of(got->arena, "the case has no column '%s'", got->column[k].name));
        }
    }
    const size_t r = compare_rows(got, want, key, row_of);
    if (r < want->n_rows) {
        return compare_wrong(text_of(got->arena, "no row for row %zu of the case (%s)", r + 1,
                                     want->field[r * want->n_columns]));
    }
    finding worst = {0, NULL};
    for (size_t c = 0; c < want->n_columns; c++) {
        worst = finding_worse(worst, compare_column(got, want, c, row_of, how));
    }
    return worst;
}

finding compare_objective(const table *got, const csv *want, tolerance how)
{
    const series *mine = table_column(got, "objective");
    const double theirs = csv_number(want, 0, "objective");
    if (mine == NULL || isnan(theirs) || isnan(mine->number[0])) {
        return compare_wrong("no objective");
    }
    const double worse = mine->number[0] - theirs;
    const bool reached = mine->number[0] < log(COMPARE_NO_GAP);
    if (reached || worse <= how.bound * fmax(1, fabs(theirs))) {
        return (finding){0, NULL};
    }
    return (finding){
        worse, text_of(got->arena, "objective: %.17g, not %.17g or less", mine->number[0], theirs)};
}
