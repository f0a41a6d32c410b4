/* SPDX-License-Identifier: Apache-2.0 */
/** @file Looking at COINr's iData, and reading named sets of weights (cli/import_coinr.h). */
#include <math.h>
#include <string.h>

#include "base/grow.h"
#include "base/map.h"
#include "base/number.h"
#include "cli/import_coinr.h"
#include "io/table.h"

/* ---- iData ------------------------------------------------------------------------------ */

static bool data_is_column(const import_row *row)
{
    return row->type != IMPORT_AGGREGATE && row->type != IMPORT_OTHER;
}

/* Every column of iMeta is there; one that iMeta does not know is said, and stays. */
static mera_code data_check_columns(io_table *t, import_coinr *in)
{
    if (io_table_field(t, "uCode") == SIZE_MAX) {
        (void)io_table_no_field(t, "uCode", "the codes of units in iData of COINr");
    }
    for (size_t i = 0; i < in->n_rows; i++) {
        if (data_is_column(&in->row[i]) && io_table_field(t, in->row[i].code) == SIZE_MAX) {
            (void)io_table_no_field(t, in->row[i].code, "iMeta names it");
        }
    }
    in->has_name = io_table_field(t, "uName") != SIZE_MAX;
    in->has_time = io_table_field(t, "Time") != SIZE_MAX;
    for (size_t k = 0; k < t->n_fields; k++) {
        bool known = mera_streq(t->name[k], "uCode") || mera_streq(t->name[k], "uName") ||
                     mera_streq(t->name[k], "Time");
        for (size_t i = 0; i < in->n_rows && !known; i++) {
            known = mera_streq(in->row[i].code, t->name[k]);
        }
        if (!known) {
            mera_warn(t->findings.diags, "unknown-column",
                      (mera_at){t->findings.path, t->header_line, t->column[k], 0},
                      "iMeta does not know the column '%s'; it is left aside", t->name[k]);
        }
    }
    return t->findings.n_errors > 0 ? MERA_EINPUT : MERA_OK;
}

static mera_slice data_field(const io_table *t, size_t field)
{
    return field < t->csv.n_fields ? mera_slice_trim(t->csv.field[field]) : (mera_slice){"", 0};
}

/* Every row names its unit, and no other row of the same time does. */
static mera_code data_check_rows(io_table *t, mera_arena *arena)
{
    const size_t code = io_table_field(t, "uCode"), time = io_table_field(t, "Time");
    mera_map *seen;
    bool more = true, added;
    MERA_TRY(mera_map_new(arena, 64, &seen));
    for (;;) {
        MERA_TRY(io_table_next(t, &more));
        if (!more) {
            break;
        }
        const mera_slice unit = data_field(t, code), when = data_field(t, time);
        size_t line;
        if (io_table_blank(t)) {
            continue;
        }
        if (unit.n == 0) {
            IO_FAIL(&t->findings, "missing-code", io_table_row(t), "a row without uCode");
            mera_hint(t->findings.diags, "give the unit a code, or take the row out");
            continue;
        }
        const char *key =
            mera_arena_printf(arena, "%.*s\n%.*s", (int)unit.n, unit.at, (int)when.n, when.at);
        MERA_TRY_PTR(key);
        MERA_TRY(mera_map_put(seen, key, strlen(key), io_table_row(t).line, &line, &added));
        if (!added) {
            IO_FAIL(&t->findings, "duplicate", io_table_at(t, code),
                    "uCode '%.*s' stands here and on line %zu", (int)unit.n, unit.at, line);
            mera_hint(t->findings.diags, "one row a unit; of a panel, one row a unit and Time");
        }
    }
    return t->findings.n_errors > 0 ? MERA_EINPUT : MERA_OK;
}

/* Counts the distinct texts of Time. */
static mera_code data_periods(io_table *t, mera_arena *arena, import_coinr *in)
{
    const size_t time = io_table_field(t, "Time");
    const char **seen = NULL;
    size_t room = 0;
    bool more = true;
    in->n_periods = 0;
    while (time != SIZE_MAX) {
        MERA_TRY(io_table_next(t, &more));
        if (!more) {
            break;
        }
        if (time >= t->csv.n_fields) {
            continue;
        }
        const mera_slice label = mera_slice_trim(t->csv.field[time]);
        size_t i = 0;
        while (i < in->n_periods && !mera_slice_eq(label, seen[i])) {
            i++;
        }
        if (i < in->n_periods) {
            continue;
        }
        MERA_TRY_GROWN(seen, arena, &room, in->n_periods + 1);
        MERA_TRY_PTR(seen[in->n_periods++] = mera_arena_strndup(arena, label.at, label.n));
    }
    return MERA_OK;
}

mera_code import_read_data(const char *path, mera_arena *arena, mera_diags *diags,
                           import_coinr *out)
{
    const mera_source source = {.path = path};
    io_table table;
    out->idata = path;
    MERA_TRY(io_table_open(&source, arena, diags, &table));
    mera_code rc = data_check_columns(&table, out);
    if (rc == MERA_OK) {
        rc = data_check_rows(&table, arena);
    }
    if (rc == MERA_OK) {
        MERA_TRY(io_table_rewind(&table));
        rc = data_periods(&table, arena, out);
    }
    out->semicolons = table.delimiter == ';';
    io_table_close(&table);
    return rc;
}

/* ---- weights ---------------------------------------------------------------------------- */

static bool weights_row_of(const import_coinr *in, mera_slice code, size_t *out)
{
    for (*out = 0; *out < in->n_rows; (*out)++) {
        const import_row *row = &in->row[*out];
        if ((row->type == IMPORT_INDICATOR || row->type == IMPORT_AGGREGATE) &&
            mera_slice_eq(code, row->code)) {
            return true;
        }
    }
    return false;
}

static void weights_one(io_table *t, const import_coinr *in, size_t code, size_t weight,
                        import_weights *w)
{
    size_t row;
    double x = NAN;
    if (code >= t->csv.n_fields || weight >= t->csv.n_fields || io_table_blank(t)) {
        return;
    }
    const mera_slice named = mera_slice_trim(t->csv.field[code]);
    const mera_slice number = mera_slice_trim(t->csv.field[weight]);
    if (!weights_row_of(in, named, &row)) {
        IO_FAIL(&t->findings, "unknown-code", io_table_at(t, code),
                "'%.*s' is no indicator and no aggregate of iMeta",
                (int)(named.n < 60 ? named.n : 60), named.at);
        mera_hint(t->findings.diags, "iMeta names what can have a weight");
        return;
    }
    if (!isnan(w->of[row])) {
        IO_FAIL(&t->findings, "duplicate", io_table_at(t, code), "'%s' has two weights",
                in->row[row].code);
        mera_hint(t->findings.diags, "take one of the lines out");
    }
    if (!mera_number_read(number.at, number.n, &x) || !(x >= 0) || isinf(x)) {
        IO_FAIL(&t->findings, "bad-weight", io_table_at(t, weight),
                "Weight of '%s' must be a number of 0 or above", in->row[row].code);
        mera_hint(t->findings.diags, "0 keeps it in sight without counting");
        return;
    }
    w->of[row] = x;
}

static mera_code weights_rows(io_table *t, const import_coinr *in, import_weights *w)
{
    const size_t code = io_table_field(t, "iCode"), weight = io_table_field(t, "Weight");
    bool more = true;
    if (code == SIZE_MAX) {
        (void)io_table_no_field(t, "iCode", "a set of weights of COINr has it");
    }
    if (weight == SIZE_MAX) {
        (void)io_table_no_field(t, "Weight", "a set of weights of COINr has it");
    }
    while (t->findings.n_errors == 0 || more) {
        if (code == SIZE_MAX || weight == SIZE_MAX) {
            break;
        }
        MERA_TRY(io_table_next(t, &more));
        if (!more) {
            break;
        }
        weights_one(t, in, code, weight, w);
    }
    return t->findings.n_errors > 0 ? MERA_EINPUT : MERA_OK;
}

/* "AltA" of "AltA=weights.csv": a name that a variant can have. */
static mera_code weights_name(const char *given, mera_arena *arena, mera_diags *diags,
                              import_weights *w)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    const char *equals = strchr(given, '=');
    const size_t n = equals == NULL ? 0 : (size_t)(equals - given);
    if (n == 0 || equals[1] == '\0' || strspn(given, allowed) < n) {
        const mera_code rc = mera_fail(diags, MERA_EUSAGE, "bad-weights", MERA_NOWHERE,
                                       "'--weights %s' is not of the form NAME=FILE", given);
        mera_hint(diags, "for example: --weights expert=weights.csv");
        return rc;
    }
    MERA_TRY_PTR(w->name = mera_arena_strndup(arena, given, n));
    w->path = equals + 1;
    return MERA_OK;
}

mera_code import_read_weights(const char *given, mera_arena *arena, mera_diags *diags,
                              import_coinr *out)
{
    import_weights *w = &out->weights[out->n_weights];
    io_table table;
    MERA_TRY(weights_name(given, arena, diags, w));
    for (size_t i = 0; i < out->n_weights; i++) {
        if (mera_streq(out->weights[i].name, w->name)) {
            return mera_fail(diags, MERA_EUSAGE, "bad-weights", MERA_NOWHERE,
                             "two sets of weights are called '%s'", w->name);
        }
    }
    MERA_TRY_NEW(w->of, arena, out->n_rows);
    for (size_t i = 0; i < out->n_rows; i++) {
        w->of[i] = NAN;
    }
    const mera_source source = {.path = w->path, .decimal = '.'};
    MERA_TRY(io_table_open(&source, arena, diags, &table));
    const mera_code rc = weights_rows(&table, out, w);
    io_table_close(&table);
    out->n_weights += rc == MERA_OK;
    return rc;
}
