/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the table of comparisons: what sides are called where there is little room. */
#ifndef MERA_REPORT_COMPARE_LABELS_H
#define MERA_REPORT_COMPARE_LABELS_H

#include "report/report.h"

/** From so many sides on a column each is too much. */
enum { MERA_COMPARE_MANY = 9 };

/** Up to so many sides every pair is told, of more the pairs with the first. */
enum { MERA_COMPARE_FEW = 3 };

/** Labels that fit stay; else sides are called by number, "[3]", and a legend tells which is which:
 * cut labels of a grid would all read the same. */
typedef struct mera_compare_labels {
    const mera_comparison *c;
    bool numbered;
    bool *told; /**< which sides were named; the legend has these */
    const char **label;
} mera_compare_labels;

mera_code mera_compare_labels_new(const mera_comparison *c, const mera_view *view,
                                  mera_arena *arena, mera_compare_labels *out);

/** What to call a side. */
const char *mera_compare_label(const mera_compare_labels *labels, size_t side);

/** "[3] health.weight=40, aggregate.op=geometric", a line each of the sides that were named;
 * nothing where labels stayed. */
void mera_compare_legend(const mera_compare_labels *labels, const mera_view *view, mera_text *out);

#endif
