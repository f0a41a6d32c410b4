/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: similar units for programs. */
#ifndef MERA_REPORT_SIMILAR_JSON_H
#define MERA_REPORT_SIMILAR_JSON_H

#include "base/json.h"
#include "report/report.h"
#include "report/rows.h"

/** "similar": {how, groups, units: [{unit, distance}]}. */
void mera_report_similar_json(mera_json *json, const mera_similar *similar,
                              const mera_result *result);

/** "priorities": [{indicator, from, to, ...}]. */
void mera_report_priorities_items(mera_json *json, const mera_priorities *of,
                                  const mera_priorities_view *view);

#define MERA_PRIORITIES_FIELDS                                                 \
    "unit,name,period,indicator,end,from,to,measure,direction,direction_gain," \
    "index_gain,place,place_to,sure,similar_known,similar_there,put_in,cost"

/** The row of an item, of those fields, without its end. */
void mera_report_priorities_row(mera_rows *rows, const mera_priorities *of,
                                const mera_priority *item, const mera_priorities_view *view);

/** In a workbook the split and the goal, on sheets of their own; `of` has an item a member. */
mera_code mera_report_budget_rows(const mera_priorities *of, const mera_priorities_view *view,
                                  mera_rows *rows);
/** "budget": {...} of `n` members, "goal": {...}. */
void mera_report_budget_json(mera_json *json, const mera_priorities *of, size_t n,
                             const mera_budget *budget, const mera_priorities_view *view);
void mera_report_goal_json(mera_json *json, const mera_priorities *of, size_t n,
                           const mera_goal *goal, const mera_priorities_view *view);

#endif
