/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the table of comparisons: what it says when there are many sides. */
#ifndef MERA_REPORT_COMPARE_MANY_H
#define MERA_REPORT_COMPARE_MANY_H

#include "report/compare_labels.h"

/** Settings of a side that a table lists at most. */
enum { MERA_COMPARE_SETTINGS = 40 };

/** Rank correlations, shifts, how many of the best stay: a row for each of the `n` pairs. */
mera_code mera_report_compare_agreement(const mera_compare_labels *labels, const size_t *pair,
                                        size_t n, const mera_view *view, size_t indent,
                                        mera_arena *arena, mera_text *out);

/** Where sides do not rank the same units: a line that says among whom moves are counted. */
void mera_report_compare_common(const mera_comparison *comparison, const mera_view *view,
                                mera_text *out);

/** How many orders there are, which sides share one, and the medoid. */
void mera_report_compare_orders(const mera_comparison *comparison,
                                const mera_compare_labels *labels, const mera_view *view,
                                mera_text *out);

/** The whole table for many sides: of the agreement the least, of places their ends. */
mera_code mera_report_compare_many(const mera_comparison *comparison, const mera_compare_view *view,
                                   mera_arena *arena, mera_text *out);

#endif
