/* SPDX-License-Identifier: Apache-2.0 */
/** @file What nearness and clusters of similar units share. */
#ifndef MERA_ANALYSIS_SIMILAR_H
#define MERA_ANALYSIS_SIMILAR_H

#include "mera/similar.h"

/** Values of a column of `near` in a period; NULL and a problem when the data have none. */
const double *mera_similar_column(const mera_result *result, size_t period, const mera_near *near,
                                  mera_diags *diags);
/** Values to take differences of; what has no logarithm is missing. */
double mera_similar_value(const mera_near *near, double x);
/** Mean and standard deviation of those of all units with a score; {0, 0} without any. */
void mera_similar_moments(const mera_result *result, size_t period, const mera_near *near,
                          const double *x, double out[2]);

#endif
