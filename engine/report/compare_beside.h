/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to comparisons: a unit beside its similar units. */
#ifndef MERA_REPORT_COMPARE_BESIDE_H
#define MERA_REPORT_COMPARE_BESIDE_H

#include "base/json.h"
#include "report/report.h"

/**
 * The title and who the similar units are; then the rows of the table: the unit, its place among
 * them with their median, and the nearest of them. Lives in `arena`.
 */
mera_code mera_report_compare_beside(const mera_comparison *comparison,
                                     const mera_compare_view *view, mera_arena *arena,
                                     mera_text *out, const mera_compare_unit *const **rows,
                                     size_t *n_rows);
/** "shown 15 of 59 (--top)" when not all similar units are among the rows. */
void mera_report_compare_beside_rest(const mera_compare_view *view, size_t n_rows, mera_text *out);

/** "beside": the similar units, and on each side the place among them and their median. */
void mera_report_compare_beside_json(mera_json *json, const mera_comparison *comparison,
                                     const mera_compare_view *view);

#endif
