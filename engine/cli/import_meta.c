/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading COINr's iMeta: its rows with their places, and whether they make one tree in which every
 * element stands one level below its parent (COINr's check_iMeta).
 */
#include <math.h>

#include "base/grow.h"
#include "base/number.h"
#include "cli/import_meta.h"

static const char *const import_numbers[IMPORT_N_NUMBERS] = {
    "Target",       "goalpost_lower", "goalpost_upper", "goalpost_scale",
    "minmax_lower", "minmax_upper",   "zscore_mean",    "zscore_sd",
    "scaled_lower", "scaled_upper",   "scale_factor"};

/* ---- fields ----------------------------------------------------------------------------- */

/* A field of the row at hand, trimmed; empty when it is not there or says NA. */
static mera_slice meta_field(const meta_file *f, const char *name, mera_at *at)
{
    const size_t i = io_table_field(&f->table, name);
    *at = io_table_row(&f->table);
    if (i >= f->table.csv.n_fields) {
        return (mera_slice){"", 0};
    }
    const mera_slice field = mera_slice_trim(f->table.csv.field[i]);
    *at = io_table_at(&f->table, i);
    return mera_slice_eq(field, "NA") ? (mera_slice){"", 0} : field;
}

/* A copy of a field; NULL when it is empty. */
static mera_code meta_text(const meta_file *f, const char *name, const char **out, mera_at *at)
{
    const mera_slice field = meta_field(f, name, at);
    *out = NULL;
    if (field.n > 0) {
        MERA_TRY_PTR(*out = mera_arena_strndup(f->arena, field.at, field.n));
    }
    return MERA_OK;
}

/* A file with semicolons may have decimal commas. */
static bool meta_read(const meta_file *f, mera_slice field, double *x)
{
    char text[64];
    if (field.n >= sizeof text) {
        return false;
    }
    for (size_t i = 0; i < field.n; i++) {
        text[i] = field.at[i] == ',' && f->table.delimiter == ';' ? '.' : field.at[i];
    }
    return mera_number_read(text, field.n, x);
}

/* A number, NaN when the field is empty. */
static double meta_number(meta_file *f, const char *name)
{
    mera_at at;
    double x = NAN;
    const mera_slice field = meta_field(f, name, &at);
    if (field.n > 0 && !meta_read(f, field, &x)) {
        IO_FAIL(&f->table.findings, "unparsable-number", at, "%s is '%.*s', which is no number",
                name, (int)(field.n < 60 ? field.n : 60), field.at);
        mera_hint(f->diags, "leave it empty, or NA, when there is none");
        x = NAN;
    }
    return x;
}

static bool meta_truth(const meta_file *f, const char *name, bool fallback)
{
    mera_at at;
    const mera_slice field = meta_field(f, name, &at);
    return field.n == 0 ? fallback
                        : mera_slice_eq(field, "TRUE") || mera_slice_eq(field, "T") ||
                              mera_slice_eq(field, "1");
}

/* ---- a row ------------------------------------------------------------------------------ */

static mera_code meta_type(meta_file *f, import_row *row)
{
    const char *type;
    mera_at at;
    MERA_TRY(meta_text(f, "Type", &type, &at));
    for (int i = 0; i < IMPORT_N_TYPES; i++) {
        if (mera_streq(type, import_types[i])) {
            row->type = (import_type)i;
            return MERA_OK;
        }
    }
    IO_FAIL(&f->table.findings, "bad-type", at,
            "Type of '%s' is '%s'; it may be Indicator, Aggregate, Group, Denominator or Other",
            row->code, type == NULL ? "" : type);
    const char *near = type == NULL ? NULL : mera_nearest(type, import_types, IMPORT_N_TYPES);
    if (near != NULL) {
        mera_hint(f->diags, "did you mean '%s'?", near);
    }
    row->type = IMPORT_OTHER;
    return MERA_OK;
}

/* Level, direction and weight, of what the framework holds. */
static void meta_check_numbers(meta_file *f, const import_row *row)
{
    io_findings *found = &f->table.findings;
    const bool indicator = row->type == IMPORT_INDICATOR;
    if (!(row->level >= 1) || row->level != floor(row->level)) {
        IO_FAIL(found, "bad-level", row->at, "'%s' has no level (1, 2, 3, ...)", row->code);
        mera_hint(f->diags, "indicators have level 1, what is made of them 2, and so on");
    } else if (indicator != (row->level == 1)) {
        IO_FAIL(found, "bad-level", row->at,
                "%s '%s' stands at level %g; indicators have level 1, "
                "aggregates a higher one",
                indicator ? "indicator" : "aggregate", row->code, row->level);
    }
    if (indicator && row->direction != 1 && row->direction != -1) {
        IO_FAIL(found, "bad-direction", row->at,
                "Direction of '%s' must be 1 (higher is better) or -1", row->code);
        mera_hint(f->diags, "1 says that higher is better, -1 that lower is");
    }
    if (!(row->weight >= 0) || isinf(row->weight)) {
        IO_FAIL(found, "bad-weight", row->at, "Weight of '%s' must be a number of 0 or above",
                row->code);
        mera_hint(f->diags, "0 keeps it in sight without counting");
    }
}

/* The code as an identifier: other characters become '_', and no digit is first. Nodes have names
 * in lower case. */
static mera_code meta_identifier(const meta_file *f, import_row *row)
{
    const bool digit = row->code[0] >= '0' && row->code[0] <= '9';
    char *id = mera_arena_printf(f->arena, "%s%s", digit ? "_" : "", row->code);
    MERA_TRY_PTR(id);
    for (char *c = id; *c != '\0'; c++) {
        if (row->type == IMPORT_AGGREGATE && *c >= 'A' && *c <= 'Z') {
            *c = (char)(*c - 'A' + 'a');
        }
        const bool fine =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        *c = fine ? *c : '_';
    }
    row->id = id;
    return MERA_OK;
}

static mera_code meta_row(meta_file *f, import_row *row)
{
    mera_at at;
    *row = (import_row){.at = io_table_row(&f->table), .parent_row = SIZE_MAX};
    MERA_TRY(meta_text(f, "iCode", &row->code, &row->at));
    if (row->code == NULL) {
        IO_FAIL(&f->table.findings, "missing-code", io_table_row(&f->table), "a row without iCode");
        mera_hint(f->diags, "give it a code, or take the row out");
        row->code = "";
    }
    MERA_TRY(meta_type(f, row));
    MERA_TRY(meta_identifier(f, row));
    MERA_TRY(meta_text(f, "iName", &row->name, &at));
    MERA_TRY(meta_text(f, "Unit", &row->unit, &at));
    MERA_TRY(meta_text(f, "Parent", &row->parent, &row->parent_at));
    MERA_TRY(meta_text(f, "Denominator", &row->denominator, &row->denominator_at));
    const size_t faults = f->table.findings.n_errors;
    row->level = meta_number(f, "Level");
    row->direction = meta_number(f, "Direction");
    row->weight = meta_number(f, "Weight");
    for (int i = 0; i < IMPORT_N_NUMBERS; i++) {
        row->number[i] = meta_number(f, import_numbers[i]);
    }
    row->truncate = meta_truth(f, "goalpost_trunc2posts", true);
    row->cap = meta_truth(f, "dist2targ_cap_max", false);
    if (import_in_framework(row) && f->table.findings.n_errors == faults) {
        meta_check_numbers(f, row);
    }
    return MERA_OK;
}

/* ---- the file --------------------------------------------------------------------------- */

static void meta_check_columns(meta_file *f)
{
    static const char *const wanted[] = {"Level", "iCode", "Parent", "Direction", "Weight", "Type"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (io_table_field(&f->table, wanted[i]) == SIZE_MAX) {
            (void)io_table_no_field(&f->table, wanted[i], "iMeta of COINr has it");
        }
    }
}

static mera_code meta_rows(meta_file *f, import_coinr *out)
{
    size_t room = 0;
    bool more;
    for (;;) {
        MERA_TRY(io_table_next(&f->table, &more));
        if (!more) {
            return MERA_OK;
        }
        if (io_table_blank(&f->table)) {
            continue;
        }
        MERA_TRY_GROWN(out->row, f->arena, &room, out->n_rows + 1);
        MERA_TRY(meta_row(f, &out->row[out->n_rows++]));
    }
}

mera_code import_read_meta(const char *path, mera_arena *arena, mera_diags *diags,
                           import_coinr *out)
{
    const mera_source source = {.path = path};
    meta_file f = {.arena = arena, .diags = diags};
    out->imeta = path;
    MERA_TRY(io_table_open(&source, arena, diags, &f.table));
    meta_check_columns(&f);
    mera_code rc = f.table.findings.n_errors > 0 ? MERA_EINPUT : meta_rows(&f, out);
    if (rc == MERA_OK) {
        rc = import_check_tree(&f, out);
    }
    if (rc == MERA_OK && f.table.findings.n_errors > 0) {
        rc = MERA_EINPUT;
    }
    io_table_close(&f.table);
    return rc;
}
