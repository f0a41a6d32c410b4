/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: the first sheet of a workbook, which says what the others are of. */
#ifndef MERA_REPORT_ABOUT_H
#define MERA_REPORT_ABOUT_H

#include "io/xlsx_write.h"
#include "report/look.h"
#include "report/report.h"
#include "report/words.h"

/** The sheet under way: names in the first column, what they say in the second. */
typedef struct mera_about {
    io_xlsx_sheet *sheet;
    const char *language;
    mera_arena *arena;
    size_t row;
} mera_about;

/** Its columns, before all else. */
void mera_about_begin(mera_about *about);
/** A row; one without a text is left out. */
void mera_about_line(mera_about *about, const char *name, look as, const char *text);
void mera_about_heading(mera_about *about, const char *text);
/** The methodology with its hash, variant and changes, data files with theirs, plugins. */
mera_code mera_about_result(mera_about *about, const mera_result *result, const char *variant,
                            const mera_text_list *changes);

#endif
