/* SPDX-License-Identifier: Apache-2.0 */
/** @file To come. */
#include "calls.h"

mera_code call_get_stats(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_stats: mera has no public function for it");
}

mera_code call_get_data_avail(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_data_avail: mera has no public function for it");
}

mera_code call_get_corr(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_corr: mera has no public function for it");
}

mera_code call_get_corr_flags(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_corr_flags: mera has no public function for it");
}

mera_code call_get_denom_corr(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_denom_corr: mera has no public function for it");
}

mera_code call_get_pvals(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_pvals: mera has no public function for it");
}

mera_code call_get_cronbach(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_cronbach: mera has no public function for it");
}

mera_code call_get_pca(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_pca: mera has no public function for it");
}

mera_code call_get_eff_weights(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_eff_weights: mera has no public function for it");
}

mera_code call_get_opt_weights(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_opt_weights: mera has no public function for it");
}

mera_code call_outrank(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "outrank: mera has no public function for it");
}

mera_code call_get_trends(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "get_trends: mera has no public function for it");
}

mera_code call_trend_functions(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "trend_functions: mera has no public function for it");
}

mera_code call_pca_aggregate(run *r, coin *c, const json_t *args)
{
    (void)c;
    (void)args;
    return run_unsupported(r, "pca_aggregate: mera has no public function for it");
}
