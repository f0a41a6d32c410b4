/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: an audit being written for a terminal. */
#ifndef MERA_REPORT_AUDIT_PAGE_H
#define MERA_REPORT_AUDIT_PAGE_H

#include "report/audit_words.h"
#include "report/grid.h"
#include "report/words.h"

typedef struct audit_page {
    const mera_audit *audit;
    const mera_view *view;
    mera_arena *arena;
    mera_text *out;
} audit_page;

/** "  3  correlations" with a blank line before. */
void mera_audit_page_section(const audit_page *p, int section);

const char *mera_audit_page_word(const audit_page *p, mera_word word);

/** The title of a column of the sheet, or its id. */
const char *mera_audit_page_title(const audit_page *p, size_t column);

/** "12.3%", "–". */
const char *mera_audit_page_percent(const audit_page *p, double share);

/** The name of a unit; "" for none. */
const char *mera_audit_page_unit(const audit_page *p, size_t unit);

mera_code mera_audit_page_columns(const audit_page *p); /**< 1, 2 */
mera_code mera_audit_page_nodes(const audit_page *p);   /**< 3 to 5 */
mera_code mera_audit_page_sobol(const audit_page *p);   /**< 9 */
mera_code mera_audit_page_methods(const audit_page *p); /**< 6 to 12 */

#endif
