/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Methods of one column against COINr: the families functions, normalise, screen and denominate of
 * its golden cases, at the tolerance of each. Where COINr answers Inf or NaN there is no score
 * here. Cases marked as defects are left out.
 */
#include "coinr_test.h"

#include "ops/column.h"

/* ---- functions --------------------------------------------------------------------------- */

/* Runs an operation on each column of vectors_A but the constant one. `refused` columns are those
 * that it has no answer for; COINr has none either. */
static void check_function(fixture *f, const char *name, const char *op, const char *params,
                           size_t refused)
{
    const table *in = coinr_golden(f, "inputs", "vectors_A");
    const table *expected = coinr_golden(f, "functions", name);
    double *y = mera_arena_zero(f->arena, in->n, sizeof *y);
    size_t checked = 0, no_answer = 0;
    for (size_t j = 0; j < in->k; j++) {
        const double *want = table_column(expected, in->name[j]);
        if (strcmp(in->name[j], "constant") == 0) {
            continue;
        }
        for (size_t i = 0; i < in->n; i++) {
            y[i] = f->ctx.direction == MERA_LOWER ? -in->x[j][i] : in->x[j][i];
        }
        if (ops_run(f, op, params, y, in->n, y) != MERA_OK) {
            assert_int_equal(mera_column_count(want, in->n), 0);
            no_answer++;
            continue;
        }
        if (mera_column_count(want, in->n) == 0) { /* COINr stops on it; we need not */
            continue;
        }
        assert_column_of(in->name[j], y, want, in->n, 1e-9);
        checked++;
    }
    assert_int_equal(no_answer, refused);
    assert_true(checked >= 10);
}

static void fractions_of_the_maximum_agree(void **state)
{
    fixture *f = *state;
    check_function(f, "fracmax", "normalise.reference", "any_sign: true", 0);
}

static void distances_to_a_target_agree(void **state)
{
    fixture *f = *state;
    const char *op = "normalise.to_target";
    check_function(f, "dist2targ", op, "target: 20; clamp: above", 0);
    f->ctx.direction = MERA_LOWER;
    check_function(f, "dist2targ_neg", op, "target: 2", 0);
}

static void distances_to_a_unit_agree(void **state)
{
    fixture *f = *state;
    const char *key[32];
    for (size_t i = 0; i < 32; i++) {
        key[i] = mera_arena_printf(f->arena, "u%zu", i + 1);
    }
    f->ctx.unit_key = key;
    check_function(f, "dist2ref", "normalise.reference_unit", "unit: u5; undefined: missing", 0);
}

static void goalposts_either_way_agree(void **state)
{
    fixture *f = *state;
    f->ctx.goalpost[0] = 1;
    f->ctx.goalpost[1] = 9;
    check_function(f, "goalposts", "normalise.goalposts", "", 0);
    f->ctx.direction = MERA_LOWER;
    f->ctx.goalpost[0] = -9;
    f->ctx.goalpost[1] = -1;
    check_function(f, "goalposts_neg_notrunc", "normalise.goalposts", "clamp: none; range: [0, 10]",
                   0);
}

static void scaling_agrees(void **state)
{
    fixture *f = *state;
    f->ctx.goalpost[0] = -5;
    f->ctx.goalpost[1] = 50;
    check_function(f, "scaled", "normalise.goalposts", "clamp: none; range: [0, 10]", 0);
}

static void powers_and_logarithms_agree(void **state)
{
    fixture *f = *state;
    check_function(f, "log_CT", "treat.log", "shift_by: range", 0);
    check_function(f, "log_CT_plus", "treat.log", "shift_by: range; mirror: true", 0);
    check_function(f, "log_CT_orig", "treat.log", "shift_by: minimum", 0);
    check_function(f, "boxcox", "treat.boxcox", "lambda: 0.5", 0);
}

static void forced_winsorising_agrees(void **state)
{
    fixture *f = *state;
    check_function(f, "winsorise_forced", "treat.winsorise", "max_points: 1; force: true", 0);
}

/* ---- normalise --------------------------------------------------------------------------- */

/** A case of the family normalise. */
typedef struct {
    fixture *f;
    const table *data, *meta, *expected;
    size_t checked;
} normalise_case;

/* One indicator: directs it and its goalposts, which are as in the source, and compares. */
static void check_indicator(normalise_case *c, const char *indicator, const char *op,
                            const char *params, double low, double high)
{
    fixture *f = c->f;
    const bool lower = coinr_number(c->meta, indicator, "Direction") < 0;
    const double *x = coinr_like(f, c->data, c->expected, indicator);
    double *directed = mera_arena_zero(f->arena, c->expected->n, sizeof *directed);
    for (size_t i = 0; i < c->expected->n; i++) {
        directed[i] = lower ? -x[i] : x[i];
    }
    f->ctx.direction = lower ? MERA_LOWER : MERA_HIGHER;
    f->ctx.goalpost[0] = lower ? -high : low;
    f->ctx.goalpost[1] = lower ? -low : high;
    f->ctx.unit_key = c->expected->text[coinr_place(c->expected, "uCode")];
    if (ops_run(f, op, params, directed, c->expected->n, directed) != MERA_OK) {
        print_error("%s of %s: %s\n", op, indicator, mera_diags_get(f->diags, 0)->message);
        fail();
    }
    assert_column_of(indicator, directed, table_column(c->expected, indicator), c->expected->n,
                     1e-9);
    c->checked++;
}

static normalise_case normalise_open(fixture *f, const char *name, const char *data,
                                     const char *meta)
{
    return (normalise_case){.f = f,
                            .data = coinr_table(f, data),
                            .meta = coinr_table(f, meta),
                            .expected = coinr_golden(f, "normalise", name)};
}

static void check_normalised(fixture *f, const char *name, const char *data, const char *op,
                             const char *params)
{
    normalise_case c = normalise_open(f, name, data, COINR_META);
    for (size_t j = 1; j < c.expected->k; j++) {
        check_indicator(&c, c.expected->name[j], op, params, NAN, NAN);
    }
    assert_int_equal(c.checked, 49);
}

static void normalised_asem_data_agree(void **state)
{
    fixture *f = *state;
    check_normalised(f, "minmax_0_100_treated", COINR_TREATED, "normalise.minmax", "");
    check_normalised(f, "minmax_0_1_treated", COINR_TREATED, "normalise.minmax", "range: [0, 1]");
    check_normalised(f, "minmax_1_100_raw", COINR_RAW, "normalise.minmax", "range: [1, 100]");
    check_normalised(f, "dist2max_treated", COINR_TREATED, "normalise.minmax", "range: [0, 1]");
    check_normalised(f, "zscore_0_1_raw", COINR_RAW, "normalise.zscore", "");
    check_normalised(f, "zscore_10_2_treated", COINR_TREATED, "normalise.zscore",
                     "mean: 10; sd: 2");
}

static void ranked_asem_data_agree(void **state)
{
    fixture *f = *state;
    check_normalised(f, "rank_min_raw", COINR_RAW, "normalise.rank", "ties: min");
    check_normalised(f, "rank_max_treated", COINR_TREATED, "normalise.rank", "ties: max");
    check_normalised(f, "rank_average_raw", COINR_RAW, "normalise.rank", "ties: mean");
    check_normalised(f, "borda_min_treated", COINR_TREATED, "normalise.borda", "ties: min");
    check_normalised(f, "borda_max_raw", COINR_RAW, "normalise.borda", "ties: max");
    check_normalised(f, "borda_average_treated", COINR_TREATED, "normalise.borda", "");
    check_normalised(f, "prank_min_raw", COINR_GAPS, "normalise.percentile_rank", "ties: min");
    check_normalised(f, "prank_max_treated", COINR_TREATED, "normalise.percentile_rank",
                     "ties: max");
    check_normalised(f, "prank_average_raw", COINR_GAPS, "normalise.percentile_rank", "ties: mean");
}

/* COINr numbers the rows of the sorted table: the 10th and the 5th unit. */
static void asem_data_by_a_unit_agree(void **state)
{
    fixture *f = *state;
    const table *like = coinr_golden(f, "normalise", "dist2ref_10_raw");
    const char *const *code = like->text[coinr_place(like, "uCode")];
    check_normalised(f, "dist2ref_10_raw", COINR_RAW, "normalise.reference_unit",
                     mera_arena_printf(f->arena, "undefined: missing; unit: %s", code[9]));
    check_normalised(
        f, "dist2ref_5_cap_treated", COINR_TREATED, "normalise.reference_unit",
        mera_arena_printf(f->arena, "clamp: above; undefined: missing; unit: %s", code[4]));
}

/* One n_scaled for all, whose bounds COINr applies to directed values: -100..0 in the source where
 * lower is better. */
static void scaled_asem_data_agree(void **state)
{
    fixture *f = *state;
    normalise_case c = normalise_open(f, "scaled_0_100_treated", COINR_TREATED, COINR_META);
    for (size_t j = 1; j < c.expected->k; j++) {
        const char *indicator = c.expected->name[j];
        const bool lower = coinr_number(c.meta, indicator, "Direction") < 0;
        check_indicator(&c, indicator, "normalise.goalposts", "clamp: none", lower ? -100 : 0,
                        lower ? 0 : 100);
    }
    assert_int_equal(c.checked, 49);
}

static void asem_data_by_their_metadata_agree(void **state)
{
    fixture *f = *state;
    normalise_case posts = normalise_open(f, "goalposts_imeta_A_raw", COINR_RAW, COINR_META_MORE);
    normalise_case scaled = normalise_open(f, "scaled_imeta_A_raw", COINR_RAW, COINR_META_MORE);
    normalise_case minmax = normalise_open(f, "minmax_imeta_A_raw", COINR_RAW, COINR_META_MORE);
    normalise_case zscore = normalise_open(f, "zscore_imeta_A_raw", COINR_RAW, COINR_META_MORE);
    normalise_case target = normalise_open(f, "dist2targ_cap_raw", COINR_RAW, COINR_META_MORE);
    const table *meta = posts.meta;
    for (size_t j = 1; j < posts.expected->k; j++) {
        const char *i = posts.expected->name[j];
#define OF(key) coinr_number(meta, i, key)
        const bool cut = coinr_is_true(coinr_text(meta, i, "goalpost_trunc2posts"));
        check_indicator(&posts, i, "normalise.goalposts",
                        mera_arena_printf(f->arena, "range: [0, %g]; clamp: %s",
                                          OF("goalpost_scale"), cut ? "both" : "none"),
                        OF("goalpost_lower"), OF("goalpost_upper"));
        check_indicator(
            &scaled, i, "normalise.goalposts",
            mera_arena_printf(f->arena, "range: [0, %g]; clamp: none", OF("scale_factor")),
            OF("scaled_lower"), OF("scaled_upper"));
        check_indicator(
            &minmax, i, "normalise.minmax",
            mera_arena_printf(f->arena, "range: [%g, %g]", OF("minmax_lower"), OF("minmax_upper")),
            NAN, NAN);
        check_indicator(
            &zscore, i, "normalise.zscore",
            mera_arena_printf(f->arena, "mean: %g; sd: %g", OF("zscore_mean"), OF("zscore_sd")),
            NAN, NAN);
        check_indicator(&target, i, "normalise.to_target",
                        mera_arena_printf(f->arena, "target: %.17g; clamp: %s", OF("Target"),
                                          coinr_is_true(coinr_text(meta, i, "dist2targ_cap_max"))
                                              ? "above"
                                              : "none"),
                        NAN, NAN);
#undef OF
    }
    assert_int_equal(target.checked, 49);
}

static void a_mix_of_normalisers_agrees(void **state)
{
    fixture *f = *state;
    normalise_case c = normalise_open(f, "indiv_mix_A", COINR_TREATED, COINR_META);
    for (size_t j = 1; j < c.expected->k; j++) {
        const char *i = c.expected->name[j];
        const char *op = strcmp(i, "LPI") == 0      ? "normalise.zscore"
                         : strcmp(i, "CO2") == 0    ? "normalise.percentile_rank"
                         : strcmp(i, "Tariff") == 0 ? "normalise.none"
                                                    : "normalise.minmax";
        check_indicator(&c, i, op, "", NAN, NAN);
    }
    assert_int_equal(c.checked, 49);
}

/* ---- screen and denominate --------------------------------------------------------------- */

static void check_screened(fixture *f, const char *name, const char *params)
{
    const table *in = coinr_table(f, COINR_GAPS), *meta = coinr_table(f, COINR_META);
    const table *expected = coinr_golden(f, "screen", name);
    const double *x[64];
    uint8_t keep_unit[64], keep_column[64];
    size_t k = 0;
    for (size_t i = 0; i < meta->n; i++) {
        if (strcmp(meta->text[coinr_place(meta, "Type")][i], "Indicator") == 0) {
            x[k++] = coinr_like(f, in, expected, meta->text[coinr_place(meta, "iCode")][i]);
        }
    }
    assert_int_equal(k, 49);
    f->ctx.unit_key = expected->text[coinr_place(expected, "uCode")];
    const mera_op *op;
    const void *bound = ops_bind(f, "screen.coverage", params, &op);
    assert_int_equal(op->screen(op, bound, &f->ctx, x, k, expected->n, keep_unit, keep_column),
                     MERA_OK);
    const char *const *included = expected->text[coinr_place(expected, "Included")];
    for (size_t i = 0; i < expected->n; i++) {
        assert_int_equal(keep_unit[i], strncmp(included[i], "TRUE", 4) == 0);
    }
}

static void screening_agrees(void **state)
{
    fixture *f = *state;
    check_screened(f, "byNA_085", "unit_coverage: 0.85");
    check_screened(f, "byzeros_097", "non_zero: 0.97");
    check_screened(f, "force_A", "unit_coverage: 0.88; keep: [CHN, LAO]; drop: [AUT]");
}

static void check_denominated(fixture *f, const char *name, const table *denominators,
                              const table *by, const char *key)
{
    const table *in = coinr_table(f, COINR_RAW), *expected = coinr_golden(f, "denominate", name);
    double *y = mera_arena_zero(f->arena, expected->n, sizeof *y);
    size_t divided = 0;
    for (size_t j = 1; j < expected->k; j++) {
        const char *indicator = expected->name[j];
        const double *x = coinr_like(f, in, expected, indicator);
        const size_t row = coinr_row(by, "iCode", indicator);
        const char *what = row == SIZE_MAX ? "" : by->text[coinr_place(by, key)][row];
        if (what[0] == '\0') {
            assert_column_of(indicator, x, expected->x[j], expected->n, 1e-9);
            continue;
        }
        const double *input[] = {coinr_like(f, denominators, expected, what)};
        f->ctx.input = input;
        f->ctx.n_inputs = 1;
        assert_int_equal(ops_run(f, "denominate.per_unit",
                                 mera_arena_printf(f->arena, "by: %s", what), x, expected->n, y),
                         MERA_OK);
        assert_column_of(indicator, y, expected->x[j], expected->n, 1e-9);
        divided++;
    }
    assert_true(divided >= 4);
}

static void denominating_agrees(void **state)
{
    fixture *f = *state;
    check_denominated(f, "imeta", coinr_table(f, COINR_RAW), coinr_table(f, COINR_META),
                      "Denominator");
    check_denominated(f, "world_denoms", coinr_table(f, "data/asem/world_denoms.csv"),
                      coinr_golden(f, "inputs", "denomby_A"), "Denominator");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(fractions_of_the_maximum_agree),
        OPS_TEST(distances_to_a_target_agree),
        OPS_TEST(distances_to_a_unit_agree),
        OPS_TEST(goalposts_either_way_agree),
        OPS_TEST(scaling_agrees),
        OPS_TEST(powers_and_logarithms_agree),
        OPS_TEST(forced_winsorising_agrees),
        OPS_TEST(normalised_asem_data_agree),
        OPS_TEST(ranked_asem_data_agree),
        OPS_TEST(asem_data_by_a_unit_agree),
        OPS_TEST(scaled_asem_data_agree),
        OPS_TEST(asem_data_by_their_metadata_agree),
        OPS_TEST(a_mix_of_normalisers_agrees),
        OPS_TEST(screening_agrees),
        OPS_TEST(denominating_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
