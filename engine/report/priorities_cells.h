/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: cells and words that lists of priorities share. NULL: no memory. */
#ifndef MERA_REPORT_PRIORITIES_CELLS_H
#define MERA_REPORT_PRIORITIES_CELLS_H

#include "base/json.h"
#include "report/grid.h"
#include "report/report.h"

/** "+5.1"; with so many decimals that the largest gain of the list has three figures. */
const char *mera_report_gain(double gain, double most, mera_arena *arena);

/** "87 → 76", or one number where nothing moves. */
const char *mera_report_move(double place, double then, mera_arena *arena);

/** What an item's value is now; "~" before what is not the unit's own. */
const char *mera_report_value_now(const mera_priority *item, mera_arena *arena);

/** What, from how much, to how much, in what: columns that every step has. */
enum { MERA_WAY_COLUMNS = 4 };
void mera_report_way_columns(const mera_view *view, mera_grid_column *column);
void mera_report_way(const mera_priority *item, double to, const mera_priorities_view *view,
                     mera_arena *arena, const char **cell);
/** Writes a table of steps; memory that ran out shows as a cell that is NULL. */
mera_code mera_report_ways(const mera_grid *grid, const mera_view *view, mera_arena *arena,
                           mera_text *out);

/** Indicators that have a price, of which it is not known up to the aim: a line that names them,
 * or nothing. Of `n` units. */
mera_code mera_report_costs_end(const mera_priorities *of, size_t n,
                                const mera_priorities_view *view, mera_arena *arena,
                                mera_text *out);

/** "What to do first: Health (each alone, up to the level of the best 25 % of similar units)". */
mera_code mera_report_first_heading(const mera_priorities *of, const mera_view *view,
                                    const mera_result *result, mera_arena *arena, mera_text *out);

/** Why the others are not in the list, after an empty line: a line a reason, with titles. Those
 * that are as good as at similar units already only where `there`. */
mera_code mera_report_rests(const mera_priorities *of, bool there, const mera_priorities_view *view,
                            mera_arena *arena, mera_text *out);

/** Could any indicator be compared with similar units? */
bool mera_report_compared(const mera_priorities *of);

/** A line of what was asked for with --aim, and of what of that no similar unit has reached. */
mera_code mera_report_asked(const mera_priorities *of, size_t n, const mera_priorities_view *view,
                            mera_arena *arena, mera_text *out);
/** Why none is listed: all are as good as at similar units, or none could be compared. */
const char *mera_report_nothing(const mera_priorities *of, const mera_view *view);

/** "98%". */
const char *mera_report_percent(double share, mera_arena *arena);

/** How many have a place in the period: the last place there is. */
size_t mera_report_ranked(const mera_result *result, size_t period);

/** `note`, and what "sure" is or why it is not known; nothing where `sure` is NULL. */
mera_code mera_report_sure_note(const mera_priorities_view *view, const char *note,
                                const mera_surety *sure, mera_arena *arena, mera_text *out);
void mera_report_surety_json(mera_json *json, const mera_surety *sure, const mera_methodology *m);

#endif
