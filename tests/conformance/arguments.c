/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The arguments of COINr 1.1's functions that are read, by function. Those after the bar change
 * nothing of the numbers (where a result goes, how much is said), so that nobody needs to read
 * them.
 */
#include "arguments.h"

#include <string.h>

static const struct {
    const char *fn, *read;
} arguments_of[] = {
    {"new_coin", "exclude split_to level_names retain_all_uCodes_on_split | quietly iData iMeta"},
    {"Denominate", "dset denoms denomby denoms_ID f_denom write_to | x out2"},
    {"Screen", "dset unit_screen dat_thresh nonzero_thresh Force write_to | x id_col out2"},
    {"Impute",
     "dset f_i f_i_para impute_by use_group group_level normalise_first write_to disable | x out2 "
     "warn_on_NAs"},
    {"Treat", "dset global_specs indiv_specs combine_treat write_to | x out2 write2log disable"},
    {"qTreat", "dset winmax skew_thresh kurt_thresh f2 write_to | x"},
    {"Normalise", "dset global_specs indiv_specs directions global write_to | x out2 write2log"},
    {"qNormalise", "dset f_n f_n_para directions global write_to | x"},
    {"Aggregate", "dset f_ag w f_ag_para dat_thresh by_df write_to flatten_hierarchy | x out2"},
    {"treatment", "f1 f1_para f2 f2_para f_pass f_pass_para"},
    {"normalisation", "f_n f_n_para"},
    {"winsorise", "winmax skew_thresh kurt_thresh force_win | x na.rm"},
    {"log_CT", "| x na.rm"},
    {"log_CT_plus", "| x na.rm"},
    {"log_CT_orig", "| x na.rm"},
    {"log_GII", "| x na.rm"},
    {"boxcox", "lambda makepos | x na.rm"},
    {"check_SkewKurt", "skew_thresh kurt_thresh | x na.rm"},
    {"n_minmax", "l_u | x"},
    {"n_zscore", "m_sd | x"},
    {"n_scaled", "npara scale_factor | x"},
    {"n_rank", "ties.method | x"},
    {"n_borda", "ties.method | x"},
    {"n_prank", "ties.method | x"},
    {"n_fracmax", "| x"},
    {"n_dist2max", "| x"},
    {"n_dist2ref", "iref cap_max | x"},
    {"n_dist2targ", "targ direction cap_max | x"},
    {"n_goalposts", "gposts direction trunc2posts | x"},
    {"a_genmean", "p"},
    {"i_mean", "| x"},
    {"i_median", "| x"},
    {"i_mean_grp", "| x f skip_f_na"},
    {"i_median_grp", "| x f skip_f_na"},
    {"impute_panel", "columns cols imp_type max_time | iData time_col unit_col"},
    {"get_results",
     "dset tab_type also_get use order_by nround use_group dset_indicators | coin out2"},
    {"get_unit_summary", "usel Levels dset nround | coin"},
    {"get_str_weak",
     "dset usel topN bottomN use_group unq_discard min_discard report_level adjust_direction "
     "sig_figs | coin withcodes with_units"},
    {"remove_elements", "Level dset iCode | coin quietly"},
    {"compare_coins", "coin2 dset iCode also_get compare_by | coin1 sort_by decreasing"},
    {"compare_coins_multi", "coins dset iCode also_get tabtype ibase compare_by | sort_table"},
    {"get_sensitivity",
     "SA_type N iCode dset seed alternatives SA_specs | coin quietly check_addresses"},
    {"SA_estimate", "N d | f truth yy seed"},
    {"get_stats",
     "dset t_skew t_kurt t_avail t_zero t_unq nsignif iCodes Level uCodes use_group | x out2"},
    {"get_data_avail", "dset | x out2"},
    {"get_corr",
     "dset iCodes Levels cortype pval withparent grouplev make_long use_directions uCodes "
     "use_group | coin"},
    {"get_corr_flags",
     "dset cor_thresh thresh_type cortype grouplev roundto use_directions | coin"},
    {"get_denom_corr", "dset cor_thresh cortype nround use_directions | coin"},
    {"get_pvals", "dset level Level method | X"},
    {"get_cronbach", "dset iCodes Level use uCodes use_group | coin"},
    {"get_PCA", "dset iCodes Level by_groups weights_to | coin nowarnings out2"},
    {"get_PCA, then Aggregate with its weights",
     "dset iCodes Level by_groups weights_to f_ag f_ag_para dat_thresh | coin nowarnings out2"},
    {"get_eff_weights", "| coin out2"},
    {"get_opt_weights",
     "itarg dset Level cortype optype weights_to w_name iCode | coin toler maxiter out2"},
    {"outrankMatrix", "dset columns w | X"},
    {"outrankMatrix, a_copeland", "dset columns w | X"},
    {"get_trends",
     "dset uCodes iCodes Time use_latest f_trend interp_at adjust_directions | purse"},
    {"a_amean, a_gmean, a_hmean", "w"},
    {"CAGR, prc_change", "x y per"},
    {"change_ind", "add drop | coin regen"},
};

static const char *arguments_read(const char *fn)
{
    for (size_t i = 0; i < sizeof arguments_of / sizeof *arguments_of; i++) {
        if (same(arguments_of[i].fn, fn)) {
            return arguments_of[i].read;
        }
    }
    return NULL;
}

static bool arguments_has(const char *list, const char *word)
{
    const size_t n = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0')) {
            return true;
        }
    }
    return false;
}

/* Of treatments: each function with its own parameters. */
static mera_code arguments_treatment(run *r, const json_t *specs)
{
    static const char *const part[][3] = {{"f1", "f1_para", "winsorise"},
                                          {"f2", "f2_para", "log_CT"},
                                          {"f_pass", "f_pass_para", "check_SkewKurt"}};
    if (!json_is_object(specs)) {
        return MERA_OK; /* "none" */
    }
    MERA_TRY(arguments_known(r, "treatment", specs));
    for (size_t i = 0; i < 3; i++) {
        MERA_TRY(
            arguments_known(r, arg_text(specs, part[i][0], part[i][2]), arg(specs, part[i][1])));
    }
    return MERA_OK;
}

static mera_code arguments_normalisation(run *r, const json_t *specs)
{
    if (!json_is_object(specs)) {
        return MERA_OK;
    }
    MERA_TRY(arguments_known(r, "normalisation", specs));
    return arguments_known(r, arg_text(specs, "f_n", "n_minmax"), arg(specs, "f_n_para"));
}

static mera_code arguments_specs(run *r, const json_t *args,
                                 mera_code (*look)(run *r, const json_t *specs))
{
    const char *code;
    json_t *own;
    MERA_TRY(look(r, arg(args, "global_specs")));
    json_object_foreach((json_t *)(uintptr_t)arg(args, "indiv_specs"), code, own)
    {
        MERA_TRY(look(r, own));
    }
    return MERA_OK;
}

/* f_ag and its parameters may be one for all levels or a list of them. */
static mera_code arguments_aggregate(run *r, const json_t *args)
{
    const json_t *f_ag = arg(args, "f_ag"), *para = arg(args, "f_ag_para");
    for (size_t i = 0; i < arg_size(f_ag) && para != NULL; i++) {
        const json_t *own = json_is_array(para) ? arg_item_json(para, i) : para;
        MERA_TRY(arguments_known(r, arg_item_text(f_ag, i), own));
    }
    return MERA_OK;
}

mera_code arguments_known(run *r, const char *fn, const json_t *args)
{
    const char *read = arguments_read(fn), *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)(json_is_object(args) ? args : NULL), key, value)
    {
        if (read != NULL && !json_is_null(value) && !arguments_has(read, key)) {
            return run_unsupported(r, "argument %s of %s", key, fn);
        }
    }
    if (same(fn, "Treat")) {
        return arguments_specs(r, args, arguments_treatment);
    }
    if (same(fn, "Normalise")) {
        return arguments_specs(r, args, arguments_normalisation);
    }
    if (same(fn, "qNormalise")) {
        return arguments_known(r, arg_text(args, "f_n", "n_minmax"), arg(args, "f_n_para"));
    }
    if (same(fn, "Impute")) {
        return arguments_known(r, arg_text(args, "f_i", "i_mean"), arg(args, "f_i_para"));
    }
    return same(fn, "Aggregate") ? arguments_aggregate(r, args) : MERA_OK;
}
