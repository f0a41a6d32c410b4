/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the files that read iMeta share. */
#ifndef MERA_CLI_IMPORT_META_H
#define MERA_CLI_IMPORT_META_H

#include "cli/import_coinr.h"
#include "io/table.h"

/** A file of COINr being read, row by row. */
typedef struct meta_file {
    io_table table;
    mera_arena *arena;
    mera_diags *diags;
} meta_file;

/** The names of types, as iMeta writes them; NULL-terminated. */
extern const char *const import_types[IMPORT_N_TYPES + 1];

static inline bool import_in_framework(const import_row *row)
{
    return row->type == IMPORT_INDICATOR || row->type == IMPORT_AGGREGATE;
}

/** Parents, denominators, the root; makes identifiers differ. Problems are recorded in the file. */
mera_code import_check_tree(meta_file *f, import_coinr *in);

#endif
