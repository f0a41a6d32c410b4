/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A composite indicator as COINr describes it: iMeta (indicators, the framework above them, groups,
 * denominators), the header of iData, and named sets of weights.
 */
#ifndef MERA_CLI_IMPORT_COINR_H
#define MERA_CLI_IMPORT_COINR_H

#include "base/text.h"
#include "mera/error.h"

typedef enum import_type {
    IMPORT_INDICATOR,
    IMPORT_AGGREGATE,
    IMPORT_GROUP,
    IMPORT_DENOMINATOR,
    IMPORT_OTHER,
    IMPORT_N_TYPES,
} import_type;

/** The columns of iMeta that hold parameters of COINr's n_* functions. */
typedef enum import_number {
    IMPORT_TARGET,
    IMPORT_GOALPOST_LOWER,
    IMPORT_GOALPOST_UPPER,
    IMPORT_GOALPOST_SCALE,
    IMPORT_MINMAX_LOWER,
    IMPORT_MINMAX_UPPER,
    IMPORT_ZSCORE_MEAN,
    IMPORT_ZSCORE_SD,
    IMPORT_SCALED_LOWER,
    IMPORT_SCALED_UPPER,
    IMPORT_SCALE_FACTOR,
    IMPORT_N_NUMBERS,
} import_number;

/** A row of iMeta. Texts that are not given are NULL, numbers NaN. */
typedef struct import_row {
    mera_at at;
    const char *code, *id; /**< as written; as an identifier of mera */
    const char *name, *parent, *unit, *denominator;
    mera_at parent_at, denominator_at;
    import_type type;
    double level, direction, weight;
    double number[IMPORT_N_NUMBERS];
    bool truncate, cap; /**< goalpost_trunc2posts (true when not given), dist2targ_cap_max */
    size_t parent_row;  /**< SIZE_MAX = none */
} import_row;

/** A named set of weights: of each row of iMeta, NaN = not in the file. */
typedef struct import_weights {
    const char *name, *path;
    double *of;
} import_weights;

typedef struct import_coinr {
    const char *imeta, *idata; /**< paths */
    const char *data;          /**< what iData is called beside the methodology */
    import_row *row;
    size_t n_rows;
    size_t root; /**< row of the index */
    import_weights *weights;
    size_t n_weights;
    bool has_name, has_time; /**< iData has uName, Time */
    size_t n_periods;        /**< distinct values of Time */
    bool semicolons;         /**< iData is divided by them, and may have decimal commas */
} import_coinr;

/** Reads and checks iMeta. All problems are recorded before MERA_EINPUT. */
mera_code import_read_meta(const char *path, mera_arena *arena, mera_diags *diags,
                           import_coinr *out);

/** Looks at iData: every indicator, group and denominator of iMeta is a column of it. */
mera_code import_read_data(const char *path, mera_arena *arena, mera_diags *diags,
                           import_coinr *out);

/** Reads `NAME=FILE`, a file with iCode and Weight, as the next set of weights. */
mera_code import_read_weights(const char *given, mera_arena *arena, mera_diags *diags,
                              import_coinr *out);

/** The methodology. `id` names it; the data are `data` beside it. */
mera_code import_write(const import_coinr *in, const char *id, mera_text *out);

#endif
