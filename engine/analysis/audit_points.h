/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to analysis: indicators normalised otherwise. */
#ifndef MERA_ANALYSIS_AUDIT_POINTS_H
#define MERA_ANALYSIS_AUDIT_POINTS_H

#include "analysis/audit.h"

typedef enum audit_points { AUDIT_MINMAX, AUDIT_ZSCORE, AUDIT_PERCENTILE } audit_points;

/** Points of each indicator that counts, NULL for the others; arrays of the result's units. */
mera_code mera_audit_points(const audit_run *run, audit_points how, mera_arena *arena,
                            const double *const **out);

#endif
