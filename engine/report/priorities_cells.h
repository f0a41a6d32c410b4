/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: cells and words that lists of priorities share. NULL: no memory. */
#ifndef MERA_REPORT_PRIORITIES_CELLS_H
#define MERA_REPORT_PRIORITIES_CELLS_H

#include "report/report.h"

/** "+5.1"; with so many decimals that the largest gain of the list has three figures. */
const char *mera_report_gain(double gain, double most, mera_arena *arena);

/** "87 → 76", or one number where nothing moves. */
const char *mera_report_move(double place, double then, mera_arena *arena);

/** What an item's value is now; "~" before what is not the unit's own. */
const char *mera_report_value_now(const mera_priority *item, mera_arena *arena);

/** "98%". */
const char *mera_report_percent(double share, mera_arena *arena);

/** How many have a place in the period: the last place there is. */
size_t mera_report_ranked(const mera_result *result, size_t period);

/** `note`, and what "sure" is or why it is not known; nothing where `top` is 0. */
mera_code mera_report_sure_note(const mera_view *view, const char *note, uint64_t draws, size_t top,
                                const char *why_not, mera_arena *arena, mera_text *out);

#endif
