/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The dataset: units x columns x periods of double, what each cell is, and where it came from.
 * Immutable once built (mera_builder in engine/data makes it), so threads and plans may share it.
 */
#ifndef MERA_DATASET_H
#define MERA_DATASET_H

#include "mera/error.h"

/** Why a cell is as it is: the low four bits of a cell's state. */
typedef enum mera_reason {
    MERA_OBSERVED = 0,       /**< a number stood in the source */
    MERA_ABSENT = 1,         /**< the field was empty, held a missing mark, or no row names it */
    MERA_SUPPRESSED = 2,     /**< the source hides it (a declared mark) */
    MERA_NOT_APPLICABLE = 3, /**< the source says it has no meaning here (a declared mark) */
    MERA_CENSORED = 4,       /**< the source gives a bound only, "<5" */
    MERA_ZERO_MISSING = 5,   /**< a zero that the methodology declared to mean missing */
    MERA_UNREADABLE = 6,     /**< not a number, and the methodology said to take that as missing */
    MERA_UNDEFINED = 7,      /**< a formula had no answer (division by zero, logarithm of 0) */
} mera_reason;

/** What became of a cell: flags in the high four bits of a cell's state. */
enum {
    MERA_CARRIED = 0x10, /**< taken from another period or area */
    MERA_IMPUTED = 0x20,
    MERA_TREATED = 0x40,
    MERA_DERIVED = 0x80, /**< computed from other cells */
};

#define MERA_REASON(state) ((mera_reason)((state)&0x0f))

/** Where cells of a column came from: one file's share of them. */
typedef struct mera_origin {
    uint32_t file;       /**< index into mera_dataset.files */
    uint32_t field;      /**< number of the field in its row, from 1 */
    const uint32_t *row; /**< line in the file per cell (period * n_units + unit), 0 = not from
                            here; columns of one file share it when the file is wide */
} mera_origin;

/** One column of numbers over units and periods. */
typedef struct mera_column {
    const char *name;     /**< as in the source after renaming */
    const double *value;  /**< value[period * n_units + unit]; missing is NaN */
    const uint8_t *state; /**< the same shape: reason | flags; never NULL */
    const mera_origin *origins;
    size_t n_origins;
} mera_column;

/** A text attribute of units (name of region, size class); it may change with the period. */
typedef struct mera_attribute {
    const char *name;
    size_t n_levels;          /**< distinct texts, in order of first appearance */
    const char *const *level; /**< level[code] */
    const int32_t *code;      /**< code[period * n_units + unit]; -1 = missing */
} mera_attribute;

/** A source file. */
typedef struct mera_file {
    const char *path;     /**< as named by the user */
    const char *sha256;   /**< of its bytes, 64 hexadecimal digits */
    const char *encoding; /**< "utf-8", "windows-1251", ... as chosen */
    size_t n_rows;        /**< data rows read */
    const char *sheet;    /**< of a workbook, else NULL */
    const char *shown;    /**< the path with the sheet, as places name it: "book.xlsx[Data]"; NULL =
                             the path */
    uint32_t before;      /**< columns of the sheet before the first field */
} mera_file;

typedef struct mera_dataset {
    size_t n_units;
    size_t n_periods; /**< at least 1 */
    size_t n_columns;
    size_t n_attributes;
    size_t n_files;
    const char *const *unit_key;  /**< unique; sorted by first appearance in the files */
    const char *const *unit_name; /**< equals the key when the source has no name */
    const char *const *period;    /**< labels in ascending order (numbers by value, else by bytes);
                                       a single "" when the data know no periods */
    const mera_column *column;
    const mera_attribute *attribute;
    const mera_file *file;
} mera_dataset;

/** The column of that name, or NULL. */
const mera_column *mera_dataset_column(const mera_dataset *data, const char *name);

/** The attribute of that name, or NULL. */
const mera_attribute *mera_dataset_attribute(const mera_dataset *data, const char *name);

/** The index of a unit by key, or SIZE_MAX. */
size_t mera_dataset_unit(const mera_dataset *data, const char *key);

/** The index of a period by label, or SIZE_MAX. */
size_t mera_dataset_period(const mera_dataset *data, const char *label);

/** The same without one unit, laid out anew in `arena`; periods and levels stay, and so must
 * `data`, which lends its names. MERA_EUSAGE: no such unit. */
mera_code mera_dataset_without(const mera_dataset *data, size_t unit, mera_arena *arena,
                               mera_dataset **out);

/**
 * Where a cell came from: false when no file holds it. `cell` is period * n_units + unit.
 * The place's column is the number of the field, not a character.
 */
bool mera_column_place(const mera_dataset *data, const mera_column *column, size_t cell,
                       mera_at *place);

/** "observed", "absent", ... */
const char *mera_reason_name(mera_reason reason);

#endif
