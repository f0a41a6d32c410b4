/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the sheets of a report: columns, how wide they are and how their cells look. */
#ifndef MERA_REPORT_SHEETS_COLUMN_H
#define MERA_REPORT_SHEETS_COLUMN_H

#include "report/columns.h"
#include "report/look.h"
#include "report/report.h"

typedef struct sheets_column {
    const char *name, *title;
    column_kind kind;
    double sum;
    size_t place; /**< on the sheet */
    bool after;   /**< a text after a number, and so stands off from it */
    bool titled;  /**< titles of the nodes or indicators stand in the column after it */
    unsigned width, title_width; /**< letters, of the longest so far */
} sheets_column;

/** Says where each column stands, after those of titles, which ids have when they are wanted and no
 * title follows; returns how many there are. */
size_t sheets_place(sheets_column *column, size_t n, bool titles);
/** Leading columns of the sheet that say whose the row is, with the title of what it is of. */
size_t sheets_left(const sheets_column *column, size_t n);
/** The column with that name of CSV, or NULL. */
sheets_column *sheets_named(sheets_column *column, size_t n, const char *name, size_t bytes);

bool sheets_is_text(column_kind kind);
/** Where a heading of the column stands: LOOK_LEFT and the like. */
size_t sheets_side(const sheets_column *column);
/** Letters that a heading of the kind must have room for, whatever its cells. */
unsigned sheets_head_width(const char *title, const char *name, column_kind kind);
/** The most letters of a text on one line of such a column. */
unsigned sheets_most(column_kind kind);
look sheets_look(column_kind kind, double value);
/** Makes room for the number in that look. */
void sheets_widen(sheets_column *column, double value, look as);

/** The title of the node or indicator with that id, or NULL. */
const char *sheets_title_of(const mera_methodology *m, const char *id, const char *language);
/** A word of CSV, or a unit of measure, in the reader's language. */
const char *sheets_word(const sheets_column *column, const char *word, const mera_methodology *m,
                        const char *language);

#endif
