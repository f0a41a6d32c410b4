/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Tables of a report as sheets of a workbook, after a sheet that says what they are of. Their cells
 * come from mera_rows.
 */
#ifndef MERA_REPORT_SHEETS_H
#define MERA_REPORT_SHEETS_H

#include "report/report.h"
#include "report/rows.h"

/** What the workbook is of. */
typedef struct mera_sheets_view {
    mera_view view;
    const char *command;       /**< "mera compare" */
    const char *summary;       /**< what it tells */
    const mera_result *result; /**< or NULL: of none */
    const char *variant;
    mera_text_list changes;
} mera_sheets_view;

/** A handle: its opener discards it, also when opening or finishing failed. */
mera_code mera_sheets_open(const mera_sheets_view *view, mera_arena *arena, mera_diags *diags,
                           mera_sheets **out);
/** NULL is allowed. */
void mera_sheets_discard(mera_sheets *sheets);

/* Of mera_rows: */
void mera_sheets_table(mera_sheets *sheets, const char *table);
void mera_sheets_column(mera_sheets *sheets, const char *name, size_t n);
void mera_sheets_text(mera_sheets *sheets, const char *text);
/** `formula` NULL = none; NaN leaves the cell empty. */
void mera_sheets_number(mera_sheets *sheets, const char *formula, double value);
void mera_sheets_imputed(mera_sheets *sheets, double value);
void mera_sheets_end(mera_sheets *sheets);
/** A row of sums, of the columns named, under those there are. */
void mera_sheets_totals(mera_sheets *sheets, const char *names);
bool mera_sheets_failed(const mera_sheets *sheets);

/** Appends the workbook to `out`. MERA_ELIMIT: a table has more rows or columns than a sheet. */
mera_code mera_sheets_finish(mera_sheets *sheets, mera_diags *diags, mera_text *out);

#endif
