/* SPDX-License-Identifier: Apache-2.0 */
/** @file Do the rows of iMeta make one tree, every element one level below its parent? */
#include "base/text.h"
#include "cli/import_meta.h"

const char *const import_types[IMPORT_N_TYPES + 1] = {"Indicator",   "Aggregate", "Group",
                                                      "Denominator", "Other",     NULL};

static size_t meta_find(const import_coinr *in, const char *code)
{
    size_t i = 0;
    while (i < in->n_rows && !mera_streq(in->row[i].code, code)) {
        i++;
    }
    return i < in->n_rows ? i : SIZE_MAX;
}

static bool meta_id_is_taken(const import_coinr *in, size_t node)
{
    for (size_t j = 0; j < in->n_rows; j++) {
        const bool earlier = j < node || in->row[j].type != IMPORT_AGGREGATE;
        if (j != node && earlier && mera_streq(in->row[j].id, in->row[node].id)) {
            return true;
        }
    }
    return false;
}

/* Codes that differ in case alone: the node gets another name. */
static mera_code meta_distinguish(const meta_file *f, import_coinr *in)
{
    for (size_t i = 0; i < in->n_rows; i++) {
        import_row *row = &in->row[i];
        while (row->type == IMPORT_AGGREGATE && row->code[0] != '\0' &&
               meta_find(in, row->code) == i && meta_id_is_taken(in, i)) {
            MERA_TRY_PTR(row->id = mera_arena_printf(f->arena, "%s_node", row->id));
        }
    }
    return MERA_OK;
}

static void meta_check_twins(meta_file *f, const import_coinr *in)
{
    for (size_t i = 0; i < in->n_rows; i++) {
        const size_t first = meta_find(in, in->row[i].code);
        if (first < i && in->row[i].code[0] != '\0') {
            IO_FAIL(&f->table.findings, "duplicate", in->row[i].at,
                    "iCode '%s' stands here and on line %u", in->row[i].code,
                    (unsigned)in->row[first].at.line);
            mera_hint(f->diags, "rename one of them, in Parent and in iData too");
            continue;
        }
        for (size_t j = 0; j < i; j++) {
            if (mera_streq(in->row[j].id, in->row[i].id) && first == i) {
                IO_FAIL(&f->table.findings, "duplicate", in->row[i].at,
                        "iCodes '%s' and '%s' are the same identifier here, '%s'", in->row[j].code,
                        in->row[i].code, in->row[i].id);
                mera_hint(f->diags, "rename one of them, in Parent and in iData too");
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
        mera_hint(f->diags, "name an Aggregate one level above");
    } else if (above->level != row->level + 1) {
        IO_FAIL(&f->table.findings, "level-gap", row->parent_at,
                "'%s' stands at level %g and its parent '%s' at level %g; it must be %g", row->code,
                row->level, above->code, above->level, row->level + 1);
        mera_hint(f->diags, "correct Level, or put an aggregate of one child in between");
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
    mera_hint(f->diags, "name a Denominator, or leave it empty");
    return MERA_OK;
}

/* One row without a parent is the index; there is no other. */
static void meta_check_root(meta_file *f, import_coinr *in)
{
    in->root = SIZE_MAX;
    for (size_t i = 0; i < in->n_rows; i++) {
        const import_row *row = &in->row[i];
        if (!import_in_framework(row) || row->parent != NULL) {
            continue;
        }
        if (in->root == SIZE_MAX) {
            in->root = i;
            continue;
        }
        IO_FAIL(&f->table.findings, "two-roots", row->at,
                "'%s' and '%s' (line %u) both have no parent; only the index has none", row->code,
                in->row[in->root].code, (unsigned)in->row[in->root].at.line);
        mera_hint(f->diags, "give one of them a Parent");
    }
    if (in->root == SIZE_MAX) {
        IO_FAIL(&f->table.findings, "no-root", (mera_at){.file = in->imeta},
                "no row is the index: every element has a parent");
        mera_hint(f->diags, "empty the field Parent of the index");
    } else if (in->row[in->root].type != IMPORT_AGGREGATE) {
        IO_FAIL(&f->table.findings, "bad-root", in->row[in->root].at,
                "'%s' has no parent, and is no Aggregate", in->row[in->root].code);
        mera_hint(f->diags, "give it a Parent");
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
            mera_hint(f->diags, "take its row out, or name it as the Parent of something");
        }
    }
}

mera_code import_check_tree(meta_file *f, import_coinr *in)
{
    MERA_TRY(meta_distinguish(f, in));
    meta_check_twins(f, in);
    for (size_t i = 0; i < in->n_rows; i++) {
        import_row *row = &in->row[i];
        if (import_in_framework(row) && row->parent != NULL) {
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
