/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is only known when all files are read: what none has, what was never met. */
#include "io/reader.h"

#include <math.h>
#include <string.h>

#define CHECK_FAIL(all, ...) ((all)->n_errors++, mera_fail((all)->diags, MERA_EINPUT, __VA_ARGS__))

/* "a.csv, b.csv" */
static const char *check_paths(const read_all *all)
{
    mera_text text = {.arena = all->scratch};
    for (size_t i = 0; i < all->request->n_sources; i++) {
        mera_text_addf(&text, "%s%s", i == 0 ? "" : ", ", all->request->source[i].path);
    }
    return mera_text_string(&text);
}

static mera_code check_absent(read_all *all, const char *name, mera_at at, const char *what)
{
    const char *paths = check_paths(all);
    MERA_TRY_PTR(paths);
    if (at.file == NULL) {
        at = (mera_at){.file = all->request->source[0].path, .line = 1};
    }
    CHECK_FAIL(all, "missing-column", at, "no file has the field '%s'%s (looked in %s)", name, what,
               paths);
    const char *near = mera_nearest(name, all->fields, all->n_fields);
    if (near != NULL) {
        mera_hint(all->diags, "did you mean '%s'?", near);
    }
    return MERA_OK;
}

static mera_code check_fields(read_all *all)
{
    const mera_read_request *r = all->request;
    for (size_t i = 0; r->column != NULL && i < r->n_columns; i++) {
        const mera_at at = r->column_at == NULL ? MERA_NOWHERE : r->column_at[i];
        MERA_TRY(all->column_seen[i] ? MERA_OK : check_absent(all, r->column[i], at, ""));
    }
    for (size_t i = 0; i < r->n_attributes; i++) {
        const mera_at at = r->attribute_at == NULL ? MERA_NOWHERE : r->attribute_at[i];
        MERA_TRY(all->attribute_seen[i] ? MERA_OK : check_absent(all, r->attribute[i], at, ""));
    }
    if (all->name_asked != NULL && !all->name_seen) {
        MERA_TRY(
            check_absent(all, all->name_asked->name, all->name_asked->at, " (name of the units)"));
    }
    if (all->period_asked != NULL && !all->period_seen && !all->timed) {
        MERA_TRY(check_absent(all, all->period_asked->period, all->period_asked->at, " (period)"));
    }
    return MERA_OK;
}

/* Labels of the periods there are, at most a dozen. */
static const char *check_labels(const read_all *all)
{
    mera_text text = {.arena = all->scratch};
    const size_t n = all->n_labels < 12 ? all->n_labels : 12;
    for (size_t i = 0; i < n; i++) {
        mera_text_addf(&text, "%s%s", i == 0 ? "" : ", ", all->label[i]);
    }
    mera_text_add(&text, all->n_labels > n ? ", ..." : "");
    return mera_text_string(&text);
}

static mera_code check_periods(read_all *all)
{
    const mera_read_request *r = all->request;
    const mera_at at = {.file = r->source[0].path};
    if (r->period == NULL) {
        return MERA_OK;
    }
    if (all->n_labels == 0 && !all->timed) { /* no file speaks of periods */
        size_t only = 0;
        if (r->n_periods == 1) {
            return mera_builder_period(all->b, r->period[0], strlen(r->period[0]), &only);
        }
        CHECK_FAIL(all, "missing-period", at,
                   "the data name no periods, so %zu of them cannot be told apart", r->n_periods);
        return MERA_OK;
    }
    const char *labels = check_labels(all);
    MERA_TRY_PTR(labels);
    for (size_t i = 0; i < r->n_periods; i++) {
        if (mera_map_get(all->labels, r->period[i], strlen(r->period[i])) == SIZE_MAX) {
            CHECK_FAIL(all, "missing-period", at, "no data for the period '%s': there are %s",
                       r->period[i], labels);
        }
    }
    return MERA_OK;
}

static void check_excluded(read_all *all)
{
    for (size_t i = 0; i < all->request->n_exclude; i++) {
        if (!all->excluded_seen[i]) {
            mera_warn(all->diags, "exclude", MERA_NOWHERE, "no unit has the excluded key '%s'",
                      all->request->exclude[i]);
        }
    }
}

mera_code read_check_all(read_all *all)
{
    if (!all->broken) {
        MERA_TRY(check_fields(all));
        MERA_TRY(check_periods(all));
        check_excluded(all);
    }
    if (all->n_errors == 0 && mera_builder_n_units(all->b) == 0) {
        CHECK_FAIL(all, "no-units", ((mera_at){.file = all->request->source[0].path}),
                   "no unit is left: every row is excluded or of another period");
    }
    for (size_t i = 0; i < all->request->n_sources; i++) {
        if (all->timed && all->timeless[i]) {
            mera_note(all->diags, "no-period", (mera_at){.file = all->request->source[i].path},
                      "no period is named here: its values count in every period");
        }
    }
    return all->n_errors > 0 ? MERA_EINPUT : MERA_OK;
}

static bool check_has_number(const mera_dataset *data, const mera_column *column)
{
    for (size_t i = 0; i < data->n_units * data->n_periods; i++) {
        if (!isnan(column->value[i])) {
            return true;
        }
    }
    return false;
}

mera_code read_check_dataset(read_all *all, const mera_dataset *data)
{
    for (size_t i = 0; i < data->n_columns; i++) {
        const mera_column *column = &data->column[i];
        const size_t wanted = all->columns == NULL
                                  ? SIZE_MAX
                                  : mera_map_get(all->columns, column->name, strlen(column->name));
        const bool asked = all->columns == NULL || wanted != SIZE_MAX;
        if (asked && !check_has_number(data, column)) {
            const bool placed = wanted != SIZE_MAX && all->request->column_at != NULL;
            const mera_at at = placed ? all->request->column_at[wanted]
                                      : (mera_at){.file = all->request->source[0].path};
            mera_warn(all->diags, "all-missing", at, "column '%s' holds no number at all",
                      column->name);
        }
    }
    return MERA_OK;
}
