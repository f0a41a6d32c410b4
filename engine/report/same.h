/* SPDX-License-Identifier: Apache-2.0 */
/** @file Two results in JSON, compared cell by cell: what `mera verify` tells. */
#ifndef MERA_REPORT_SAME_H
#define MERA_REPORT_SAME_H

#include "base/text.h"

enum { MERA_SAME_SHOWN = 10 };

/** A value that is not as recorded; all as written in the files, without the quotes of names. */
typedef struct mera_same_cell {
    const char *unit, *period;
    const char *part; /**< a node or an indicator; "" = of the unit itself */
    const char *key;
    const char *recorded, *made; /**< "" = not there */
} mera_same_cell;

typedef struct mera_same {
    size_t n_cells;         /**< recorded */
    size_t n_other;         /**< of units and periods in both: not the same, lost or added */
    size_t n_lost, n_added; /**< units, each period by itself, in one of the results alone */
    bool fits_differ;       /**< fitted numbers or counts of the record */
    mera_same_cell first[MERA_SAME_SHOWN];
    size_t n_first;
} mera_same;

/**
 * Compares two results of mera_report_score_json(), whatever order their units have. Texts of `out`
 * live in `arena`. MERA_ENOMEM alone.
 */
mera_code mera_same_of(const char *recorded, const char *made, mera_arena *arena, mera_same *out);

#endif
