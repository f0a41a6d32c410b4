/* SPDX-License-Identifier: Apache-2.0 */
/** @file A case being replayed: its arguments and what it gives out (run.h). */
#include "run.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 2, 0))) static const char *run_print(run *r, const char *format,
                                                                   va_list list)
{
    char text[600];
    vsnprintf(text, sizeof text, format, list);
    return text_of(r->arena, "%s", text);
}

mera_code run_unsupported(run *r, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    r->why = run_print(r, format, list);
    va_end(list);
    return MERA_EUSAGE;
}

mera_code run_missing(run *r, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    r->why = run_print(r, format, list);
    va_end(list);
    return MERA_ESYSTEM;
}

mera_code run_refused(run *r, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    r->why = run_print(r, format, list);
    va_end(list);
    return MERA_EINPUT;
}

void run_output(run *r, const char *name, table *t)
{
    size_t i = 0;
    while (i < r->n_outputs && !same(r->output[i].name, name)) {
        i++;
    }
    if (i < OUTPUTS_MAX) {
        r->output[i] = (output){name, t};
        r->n_outputs += i == r->n_outputs;
    }
}

table *run_find(const run *r, const char *name)
{
    for (size_t i = 0; i < r->n_outputs; i++) {
        if (same(r->output[i].name, name)) {
            return r->output[i].table;
        }
    }
    return NULL;
}

const char *run_path(const run *r, const char *path)
{
    return *path == '/' ? path : text_of(r->arena, "%s/%s", r->root, path);
}

/* A cell of a table written into the sidecar. */
static const char *run_cell(run *r, const json_t *value)
{
    if (json_is_boolean(value)) {
        return truth(json_is_true(value));
    }
    return json_is_string(value)   ? json_string_value(value)
           : json_is_number(value) ? text_of(r->arena, "%.17g", json_number_value(value))
                                   : "";
}

/* {"column": [values]}, or with `records` [{"column": value}]: as R's data frames come in JSON. */
static const csv *run_inline(run *r, const json_t *given, bool records)
{
    const json_t *first = records ? json_array_get(given, 0) : given;
    csv *file = NEW(r->arena, 1, csv);
    const char *key;
    json_t *value;
    file->name = NEW(r->arena, json_object_size(first) + 1, const char *);
    json_object_foreach((json_t *)(uintptr_t)first, key, value)
    {
        file->name[file->n_columns++] = key;
        file->n_rows = records ? json_array_size(given) : arg_size(value);
    }
    file->field = NEW(r->arena, file->n_rows * file->n_columns + 1, const char *);
    for (size_t i = 0; i < file->n_rows; i++) {
        for (size_t c = 0; c < file->n_columns; c++) {
            const json_t *in = records ? json_array_get(given, i) : given;
            const json_t *cell = json_object_get(in, file->name[c]);
            file->field[i * file->n_columns + c] =
                run_cell(r, records ? cell : arg_item_json(cell, i));
        }
    }
    return file;
}

mera_code run_csv(run *r, const json_t *named, const csv **out)
{
    const char *path =
        json_is_string(named) ? json_string_value(named) : arg_text(named, "csv", NULL);
    const bool records = json_is_array(named) && json_is_object(json_array_get(named, 0));
    if (path == NULL && (records || json_is_object(named))) {
        *out = run_inline(r, named, records);
        return MERA_OK;
    }
    if (path == NULL) {
        return run_unsupported(r, "a table that is neither {\"csv\": path} nor columns");
    }
    *out = csv_read(r->arena, run_path(r, path));
    return *out != NULL ? MERA_OK : run_missing(r, "cannot read %s", run_path(r, path));
}

const csv *run_expected(run *r, const char *output_name)
{
    const json_t *outputs = arg(r->sidecar, "outputs");
    const char *file = arg_text(arg(outputs, output_name), "file", NULL);
    return file == NULL ? NULL : csv_read(r->arena, text_of(r->arena, "%s/%s", r->folder, file));
}

const char *run_said(const run *r)
{
    for (size_t i = mera_diags_size(r->diags); i-- > 0;) {
        const mera_diag *diag = mera_diags_get(r->diags, i);
        if (diag->severity == MERA_ERROR) {
            return diag->message;
        }
    }
    return "";
}

/* ---- arguments -------------------------------------------------------------------------- */

const json_t *arg(const json_t *args, const char *key)
{
    const json_t *value = json_object_get(args, key);
    const bool none = value == NULL || json_is_null(value) ||
                      (json_is_object(value) && json_object_size(value) == 0);
    return none ? NULL : value;
}

const char *arg_text(const json_t *args, const char *key, const char *fallback)
{
    const json_t *value = arg(args, key);
    return json_is_string(value) ? json_string_value(value) : fallback;
}

double arg_number(const json_t *args, const char *key, double fallback)
{
    const json_t *value = arg(args, key);
    return value != NULL && !isnan(arg_item(value, 0)) ? arg_item(value, 0) : fallback;
}

bool arg_bool(const json_t *args, const char *key, bool fallback)
{
    const json_t *value = arg(args, key);
    return json_is_boolean(value) ? json_is_true(value) : fallback;
}

int arg_digits(const json_t *args, const char *key, int fallback)
{
    const json_t *value = json_object_get(args, key);
    return value == NULL ? fallback : json_is_number(value) ? (int)arg_item(value, 0) : NO_DIGITS;
}

const json_t *arg_item_json(const json_t *value, size_t i)
{
    if (json_is_array(value)) {
        return json_array_get(value, i);
    }
    return i == 0 ? value : NULL;
}

double arg_item(const json_t *value, size_t i)
{
    const json_t *item = arg_item_json(value, i);
    double x;
    if (json_is_boolean(item)) {
        return json_is_true(item);
    }
    if (json_is_string(item)) { /* NA, NaN and Inf have no other form in JSON */
        return number_read(json_string_value(item), &x) ? x : NAN;
    }
    return json_is_number(item) ? json_number_value(item) : NAN;
}

const char *arg_item_text(const json_t *value, size_t i)
{
    const json_t *item = arg_item_json(value, i);
    return json_is_string(item) ? json_string_value(item) : NULL;
}

size_t arg_size(const json_t *value)
{
    return json_is_array(value)                   ? json_array_size(value)
           : value == NULL || json_is_null(value) ? 0
                                                  : 1;
}

bool arg_has(const json_t *list, const char *text)
{
    for (size_t i = 0; i < arg_size(list); i++) {
        if (same(arg_item_text(list, i), text)) {
            return true;
        }
    }
    return false;
}

json_t *arg_modified(const json_t *base, const json_t *change)
{
    json_t *out = json_is_object(base) ? json_copy((json_t *)(uintptr_t)base) : json_object();
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)change, key, value)
    {
        json_t *old = json_object_get(out, key);
        if (json_is_null(value)) {
            json_object_del(out, key);
        } else if (json_is_object(value) && json_is_object(old)) {
            json_object_set_new(out, key, arg_modified(old, value));
        } else {
            json_object_set(out, key, value);
        }
    }
    return out;
}
