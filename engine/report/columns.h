/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: what the columns of CSV are called for people, and how they look. */
#ifndef MERA_REPORT_COLUMNS_H
#define MERA_REPORT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

/** What a column holds. */
typedef enum column_kind {
    COLUMN_FIGURE, /**< a number of any size */
    COLUMN_SIGNED, /**< a difference */
    COLUMN_SHIFT,  /**< a difference of places */
    COLUMN_PLACE,
    COLUMN_COUNT,
    COLUMN_SHARE, /**< 0 to 1, shown in percent */
    COLUMN_CODE,  /**< a short text, and texts are all below */
    COLUMN_ID,    /**< of a node or indicator: a workbook has its title too */
    COLUMN_WORD,  /**< one of a few words, which a workbook has in the reader's language */
    COLUMN_NAME,
    COLUMN_LONG, /**< a sentence */
} column_kind;

typedef struct column_about {
    const char *name; /**< as in CSV; "table.name" of one table alone; with '_' at its end it stands
                           for all names that go on with a number */
    const char *en, *ru;
    column_kind kind;
} column_about;

/** Of the column with that name of a table; NULL = of none that is known. */
const column_about *mera_column_of(const char *table, const char *name);

/** A table as a sheet. */
typedef struct table_about {
    const char *name;
    const char *en, *ru;          /**< of the sheet: at most 31 signs */
    const char *tells, *tells_ru; /**< a sentence for the first sheet */
} table_about;

const table_about *mera_table_of(const char *name);

#endif
