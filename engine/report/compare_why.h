/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to comparisons: which change moved whom. */
#ifndef MERA_REPORT_COMPARE_WHY_H
#define MERA_REPORT_COMPARE_WHY_H

#include "base/json.h"
#include "report/report.h"

/** For a terminal: of each pair the units that moved most with the changes that moved them, or all
 * changes at the unit asked for. */
mera_code mera_report_compare_why(const mera_comparison *comparison, const mera_compare_view *view,
                                  mera_arena *arena, mera_text *out);

/** What a change leads to or from, short; "" when it is several. NULL = no memory. */
const char *mera_compare_why_value(const mera_step_between *change, size_t side,
                                   const char *not_set, mera_arena *arena);

/** "attributions": of each pair, each change with what it did to every unit. */
mera_code mera_report_compare_why_json(mera_json *json, const mera_comparison *comparison,
                                       const mera_compare_view *view, mera_arena *arena);

#endif
