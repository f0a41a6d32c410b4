/* SPDX-License-Identifier: Apache-2.0 */
/** @file COINr's functions that look at a coin, and those of plain vectors. */
#ifndef CONFORMANCE_CALLS_H
#define CONFORMANCE_CALLS_H

#include "steps.h"

/** Answers the sidecar's `call`; c is what the steps made, or NULL. */
mera_code call_answer(run *r, coin *c, const json_t *call);

mera_code call_impute_panel(run *r, coin *c, const json_t *args);
mera_code call_get_results(run *r, coin *c, const json_t *args);
mera_code call_get_unit_summary(run *r, coin *c, const json_t *args);
mera_code call_get_str_weak(run *r, coin *c, const json_t *args);
mera_code call_remove_elements(run *r, coin *c, const json_t *args);
mera_code call_compare_coins(run *r, coin *c, const json_t *args);
mera_code call_compare_coins_multi(run *r, coin *c, const json_t *args);
mera_code call_get_sensitivity(run *r, coin *c, const json_t *args);
mera_code call_sa_estimate(run *r, coin *c, const json_t *args);
mera_code call_get_stats(run *r, coin *c, const json_t *args);
mera_code call_get_data_avail(run *r, coin *c, const json_t *args);
mera_code call_get_corr(run *r, coin *c, const json_t *args);
mera_code call_get_corr_flags(run *r, coin *c, const json_t *args);
mera_code call_get_denom_corr(run *r, coin *c, const json_t *args);
mera_code call_get_pvals(run *r, coin *c, const json_t *args);
mera_code call_get_cronbach(run *r, coin *c, const json_t *args);
mera_code call_get_pca(run *r, coin *c, const json_t *args);
mera_code call_pca_aggregate(run *r, coin *c, const json_t *args);
mera_code call_get_eff_weights(run *r, coin *c, const json_t *args);
mera_code call_get_opt_weights(run *r, coin *c, const json_t *args);
mera_code call_outrank(run *r, coin *c, const json_t *args);
mera_code call_get_trends(run *r, coin *c, const json_t *args);
mera_code call_skew_kurt(run *r, coin *c, const json_t *args);
mera_code call_means(run *r, coin *c, const json_t *args);
mera_code call_trend_functions(run *r, coin *c, const json_t *args);

/** A function n_*, i_*, winsorise, log_* or boxcox on each column of `vectors`. */
mera_code call_vectors(run *r, const char *fn, const json_t *args);

/** The case's scores of one code after its steps, with the uCodes; the last step made them. */
mera_code scores_of(coin *c, const char *dset, const char *code, const frame **f,
                    const double **score);

/** Rounded to digits after the point, a tie to the even one as R 4 does; NO_DIGITS: as it is. */
double round_digits(double x, int digits);
/** Rounded to significant digits; NO_DIGITS: as it is. */
double round_significant(double x, int digits);

mera_code correlation_kind(run *r, const char *name, mera_correlation_kind *out);

/** Weights with their levels, as an output. */
void weights_output(coin *c, const weights *w, const char *output_name);

#endif
