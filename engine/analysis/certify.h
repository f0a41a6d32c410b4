/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera/certify.h share. */
#ifndef MERA_ANALYSIS_CERTIFY_H
#define MERA_ANALYSIS_CERTIFY_H

#include "analysis/robust.h"
#include "mera/certify.h"

/** Columns whose weights vary, and by what rules. */
typedef struct certify_table {
    bool whole; /**< of all nodes of the tree; else of the first alone */
    mera_columns columns;
    const double *weight; /**< given */
    mera_allowed allowed;
} certify_table;

/** Is every node of the tree a plain arithmetic mean, over indicators of its own? */
bool mera_certify_plain(const robust_run *run, size_t v);
bool mera_certify_tree(const robust_run *run);
/** Fills the rules from the laws; whole, columns and weight are set. */
mera_code mera_certify_allowed(const robust_run *run, certify_table *table);
/** How far each weight of each node may go. */
mera_code mera_certify_weights(robust_run *run, mera_certified *out);

#endif
