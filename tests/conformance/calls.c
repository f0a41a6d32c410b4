/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which function of COINr is answered where (calls.h). */
#include "calls.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"

static const struct {
    const char *fn;
    mera_code (*run)(run *r, coin *c, const json_t *args);
    bool alone; /**< needs no coin */
} calls_known[] = {
    {"impute_panel", call_impute_panel, true},
    {"get_results", call_get_results, false},
    {"get_unit_summary", call_get_unit_summary, false},
    {"get_str_weak", call_get_str_weak, false},
    {"remove_elements", call_remove_elements, false},
    {"compare_coins", call_compare_coins, false},
    {"compare_coins_multi", call_compare_coins_multi, false},
    {"get_sensitivity", call_get_sensitivity, false},
    {"SA_estimate", call_sa_estimate, true},
    {"get_stats", call_get_stats, false},
    {"get_data_avail", call_get_data_avail, false},
    {"get_corr", call_get_corr, false},
    {"get_corr_flags", call_get_corr_flags, false},
    {"get_denom_corr", call_get_denom_corr, false},
    {"get_pvals", call_get_pvals, false},
    {"get_cronbach", call_get_cronbach, false},
    {"get_PCA", call_get_pca, false},
    {"get_PCA, then Aggregate with its weights", call_pca_aggregate, false},
    {"get_eff_weights", call_get_eff_weights, false},
    {"get_opt_weights", call_get_opt_weights, false},
    {"outrankMatrix, a_copeland", call_outrank, false},
    {"outrankMatrix", call_outrank, false},
    {"get_trends", call_get_trends, false},
    {"skew, kurt, check_SkewKurt", call_skew_kurt, true},
    {"a_amean, a_gmean, a_hmean", call_means, true},
    {"CAGR, prc_change", call_trend_functions, true},
};

mera_code call_answer(run *r, coin *c, const json_t *call)
{
    const char *fn = arg_text(call, "fn", "");
    const json_t *args = arg(call, "args");
    MERA_TRY(arguments_known(r, fn, args));
    for (size_t i = 0; i < sizeof calls_known / sizeof *calls_known; i++) {
        if (same(calls_known[i].fn, fn)) {
            return c == NULL && !calls_known[i].alone ? run_refused(r, "%s without a coin", fn)
                                                      : calls_known[i].run(r, c, args);
        }
    }
    if (arg_text(call, "on", NULL) != NULL) {
        return call_vectors(r, fn, args);
    }
    return run_unsupported(r, "function %s", fn);
}

mera_code scores_of(coin *c, const char *dset, const char *code, const frame **f,
                    const double **score)
{
    MERA_TRY(coin_frame(c, dset, f));
    *score = frame_column(*f, code);
    return *score != NULL ? MERA_OK : run_refused(c->r, "%s has no '%s'", dset, code);
}

double round_digits(double x, int digits)
{
    return digits == NO_DIGITS ? x : mera_round(x, (mera_rounding){MERA_ROUND_HALF_EVEN, digits});
}

double round_significant(double x, int digits)
{
    char text[64];
    if (digits == NO_DIGITS || !isfinite(x)) {
        return x;
    }
    snprintf(text, sizeof text, "%.*e", digits > 0 ? digits - 1 : 0, x);
    return strtod(text, NULL);
}
