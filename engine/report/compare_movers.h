/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the table of comparisons: the units whose places moved the most. */
#ifndef MERA_REPORT_COMPARE_MOVERS_H
#define MERA_REPORT_COMPARE_MOVERS_H

#include "report/report.h"

/** How many of `n` lines a list of the view has. */
size_t mera_compare_top(const mera_compare_view *view, size_t n);

/** Units that have another place in any side, the largest move first; as many as the view lists. */
mera_code mera_compare_movers(const mera_comparison *comparison, const mera_compare_view *view,
                              mera_arena *arena, const mera_compare_unit *const **movers,
                              size_t *n);

#endif
