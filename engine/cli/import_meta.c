/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading COINr's iMeta: its rows with their places, and whether they make one tree in which every
 * element stands one level below its parent (COINr's check_iMeta).
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "cli/import_coinr.h"
#include "io/table.h"

static const char *const import_types[IMPORT_N_TYPES + 1] = {"Indicator",   "Aggregate", "Group",
                                                             "Denominator", "Other",     NULL};
static const char *const import_numbers[IMPORT_N_NUMBERS] = {
    "Target",       "goalpost_lower", "goalpost_upper", "goalpost_scale",
    "minmax_lower", "minmax_upper",   "zscore_mean",    "zscore_sd",
    "scaled_lower", "scaled_upper",   "scale_factor"};

/** A file of COINr being read, row by row. */
typedef struct meta_file {
    io_table table;
    mera_arena *arena;
    mera_diags *diags;
} meta_file;

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

/* A number, NaN when the field is empty. */
static double meta_number(meta_file *f, const char *name)
{
    mera_at at;
    double x = NAN;
    const mera_slice field = meta_field(f, name, &at);
    if (field.n > 0 && !mera_number_read(field.at, field.n, &x)) {
        IO_FAIL(&f->table.findings, "unparsable-number", at, "%s is '%.*s', which is no number",
                name, (int)(field.n < 60 ? field.n : 60), field.at);
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

static bool meta_in_framework(const import_row *row)
{
    return row->type == IMPORT_INDICATOR || row->type == IMPORT_AGGREGATE;
}

/* Level, direction and weight, of what the framework holds. */
static void meta_check_numbers(meta_file *f, const import_row *row)
{
    io_findings *found = &f->table.findings;
    const bool indicator = row->type == IMPORT_INDICATOR;
    if (!(row->level >= 1) || row->level != floor(row->level)) {
        IO_FAIL(found, "bad-level", row->at, "'%s' has no level (1, 2, 3, ...)", row->code);
    } else if (indicator != (row->level == 1)) {
        IO_FAIL(found, "bad-level", row->at,
                "%s '%s' stands at level %g; indicators have level 1, "
                "aggregates a higher one",
                indicator ? "indicator" : "aggregate", row->code, row->level);
    }
    if (indicator && row->direction != 1 && row->direction != -1) {
        IO_FAIL(found, "bad-direction", row->at,
                "Direction of '%s' must be 1 (higher is better) or -1", row->code);
    }
    if (!(row->weight >= 0) || isinf(row->weight)) {
        IO_FAIL(found, "bad-weight", row->at, "Weight of '%s' must be a number of 0 or above",
                row->code);
    }
}

/* The code as an identifier: other characters become '_', and no digit is first. The ids of nodes
 * are lower case. */
static mera_code meta_identifier(const meta_file *f, import_row *row)
{
    const bool digit = row->code[0] >= '0' && row->code[0] <= '9';
    char *id = mera_arena_printf(f->arena, "%s%s", digit ? "_" : "", row->code);
    MERA_TRY_PTR(id);
    for (char *c = id; *c != '\0'; c++) {
        const bool fine =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        *c = fine ? *c : '_';
        if (row->type == IMPORT_AGGREGATE && *c >= 'A' && *c <= 'Z') {
            *c = (char)(*c - 'A' + 'a');
        }
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
        row->code = "";
    }
    MERA_TRY(meta_type(f, row));
    MERA_TRY(meta_identifier(f, row));
    MERA_TRY(meta_text(f, "iName", &row->name, &at));
    MERA_TRY(meta_text(f, "Unit", &row->unit, &at));
    MERA_TRY(meta_text(f, "Parent", &row->parent, &row->parent_at));
    MERA_TRY(meta_text(f, "Denominator", &row->denominator, &row->denominator_at));
    row->level = meta_number(f, "Level");
    row->direction = meta_number(f, "Direction");
    row->weight = meta_number(f, "Weight");
    for (int i = 0; i < IMPORT_N_NUMBERS; i++) {
        row->number[i] = meta_number(f, import_numbers[i]);
    }
    row->truncate = meta_truth(f, "goalpost_trunc2posts", true);
    row->cap = meta_truth(f, "dist2targ_cap_max", false);
    if (meta_in_framework(row)) {
        meta_check_numbers(f, row);
    }
    return MERA_OK;
}

/* ---- the tree --------------------------------------------------------------------------- */

static size_t meta_find(const import_coinr *in, const char *code)
{
    size_t i = 0;
    while (i < in->n_rows && !mera_streq(in->row[i].code, code)) {
        i++;
    }
    return i < in->n_rows ? i : SIZE_MAX;
}

static void meta_check_twins(meta_file *f, const import_coinr *in)
{
    for (size_t i = 0; i < in->n_rows; i++) {
        const size_t first = meta_find(in, in->row[i].code);
        if (first < i && in->row[i].code[0] != '\0') {
            IO_FAIL(&f->table.findings, "duplicate", in->row[i].at,
                    "iCode '%s' stands here and on line %u", in->row[i].code,
                    (unsigned)in->row[first].at.line);
            continue;
        }
        for (size_t j = 0; j < i; j++) {
            if (mera_streq(in->row[j].id, in->row[i].id) && first == i) {
                IO_FAIL(&f->table.findings, "duplicate", in->row[i].at,
                        "iCodes '%s' and '%s' are the same identifier here, '%s'", in->row[j].code,
                        in->row[i].code, in->row[i].id);
            }
        }
    }
}

static mera_code meta_unknown(meta_file *f, const import_coinr *in, mera_at at, const char *what,
                              const import_row *row, const char *named)
{
    const char **codes;
    MERA_TRY_NEW(codes, f->arena, in->n_rows);
    for (size_t i = 0; i < in->n_rows; i++) {
        codes[i] = in->row[i].code;
    }
    IO_FAIL(&f->table.findings, "unknown-code", at, "%s of '%s' is '%s', which is no iCode", what,
            row->code, named);
    const char *near = mera_nearest(named, codes, in->n_rows);
    if (near != NULL) {
        mera_hint(f->diags, "did you mean '%s'?", near);
    }
    return MERA_OK;
}

/* The parent exists, is an aggregate, and stands just one level above. */
static mera_code meta_check_parent(meta_file *f, const import_coinr *in, import_row *row)
{
    const size_t parent = meta_find(in, row->parent);
    if (parent == SIZE_MAX) {
        return meta_unknown(f, in, row->parent_at, "Parent", row, row->parent);
    }
    const import_row *above = &in->row[parent];
    row->parent_row = parent;
    if (above->type != IMPORT_AGGREGATE) {
        IO_FAIL(&f->table.findings, "bad-parent", row->parent_at,
                "Parent of '%s' is '%s', of type %s; only an Aggregate can be a parent", row->code,
                above->code, import_types[above->type]);
    } else if (above->level != row->level + 1) {
        IO_FAIL(&f->table.findings, "level-gap", row->parent_at,
                "'%s' stands at level %g and its parent '%s' at level %g; it must be %g", row->code,
                row->level, above->code, above->level, row->level + 1);
    }
    return MERA_OK;
}

static mera_code meta_check_denominator(meta_file *f, const import_coinr *in, const import_row *row)
{
    const size_t by = row->denominator == NULL ? SIZE_MAX : meta_find(in, row->denominator);
    if (row->denominator == NULL || (by != SIZE_MAX && in->row[by].type != IMPORT_AGGREGATE &&
                                     in->row[by].type != IMPORT_GROUP)) {
        return MERA_OK;
    }
    if (by == SIZE_MAX) {
        return meta_unknown(f, in, row->denominator_at, "Denominator", row, row->denominator);
    }
    IO_FAIL(&f->table.findings, "bad-denominator", row->denominator_at,
            "Denominator of '%s' is '%s', of type %s", row->code, row->denominator,
            import_types[in->row[by].type]);
    return MERA_OK;
}

/* One row without a parent is the index; there is no other. */
static void meta_check_root(meta_file *f, import_coinr *in)
{
    in->root = SIZE_MAX;
    for (size_t i = 0; i < in->n_rows; i++) {
        const import_row *row = &in->row[i];
        if (!meta_in_framework(row) || row->parent != NULL) {
            continue;
        }
        if (in->root == SIZE_MAX) {
            in->root = i;
            continue;
        }
        IO_FAIL(&f->table.findings, "two-roots", row->at,
                "'%s' and '%s' (line %u) both have no parent; only the index has none", row->code,
                in->row[in->root].code, (unsigned)in->row[in->root].at.line);
    }
    if (in->root == SIZE_MAX) {
        IO_FAIL(&f->table.findings, "no-root", (mera_at){.file = in->imeta},
                "no row is the index: every element has a parent");
    } else if (in->row[in->root].type != IMPORT_AGGREGATE) {
        IO_FAIL(&f->table.findings, "bad-root", in->row[in->root].at,
                "'%s' has no parent, and is no Aggregate", in->row[in->root].code);
    }
}

static void meta_check_childless(meta_file *f, const import_coinr *in)
{
    for (size_t i = 0; i < in->n_rows; i++) {
        bool child = in->row[i].type != IMPORT_AGGREGATE;
        for (size_t j = 0; j < in->n_rows && !child; j++) {
            child = in->row[j].parent_row == i;
        }
        if (!child) {
            IO_FAIL(&f->table.findings, "no-children", in->row[i].at,
                    "aggregate '%s' has nothing below it", in->row[i].code);
        }
    }
}

static mera_code meta_check(meta_file *f, import_coinr *in)
{
    meta_check_twins(f, in);
    for (size_t i = 0; i < in->n_rows; i++) {
        import_row *row = &in->row[i];
        if (meta_in_framework(row) && row->parent != NULL) {
            MERA_TRY(meta_check_parent(f, in, row));
        }
        if (row->type == IMPORT_INDICATOR) {
            MERA_TRY(meta_check_denominator(f, in, row));
        }
    }
    meta_check_root(f, in);
    meta_check_childless(f, in);
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
        if (out->n_rows == room) {
            import_row *wider;
            room = room > 0 ? 2 * room : 64;
            MERA_TRY_NEW(wider, f->arena, room);
            if (out->n_rows > 0) {
                memcpy(wider, out->row, out->n_rows * sizeof *wider);
            }
            out->row = wider;
        }
        MERA_TRY(meta_row(f, &out->row[out->n_rows++]));
    }
}

mera_code import_read_meta(const char *path, mera_arena *arena, mera_diags *diags,
                           import_coinr *out)
{
    const mera_source source = {.path = path, .decimal = '.'};
    meta_file f = {.arena = arena, .diags = diags};
    out->imeta = path;
    MERA_TRY(io_table_open(&source, arena, diags, &f.table));
    meta_check_columns(&f);
    mera_code rc = f.table.findings.n_errors > 0 ? MERA_EINPUT : meta_rows(&f, out);
    if (rc == MERA_OK) {
        rc = meta_check(&f, out);
    }
    if (rc == MERA_OK && f.table.findings.n_errors > 0) {
        rc = MERA_EINPUT;
    }
    io_table_close(&f.table);
    return rc;
}
