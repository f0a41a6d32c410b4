/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Statistics against COINr 1.1.14 on R 4.2.2: the cases correlation/, cronbach/, stats/, pca/,
 * trends/, outrank/, results/ and weights/effective_D of ../shared/golden/coinr, over the data sets
 * of its ASEM example (pipeline/asem_example_all_steps).
 */
#include "golden.h"

enum { MOST = 64 };

#define COINR "golden/coinr/"
#define NORMALISED COINR "pipeline/asem_example_all_steps.normalised.csv"
#define AGGREGATED COINR "pipeline/asem_example_all_steps.aggregated.csv"

static int arena_new(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int arena_free(void **state)
{
    mera_arena_free(*state);
    return 0;
}

static const golden_meta *asem(mera_arena *arena)
{
    return golden_meta_read(arena, "data/asem/asem_imeta.csv");
}

static size_t place_of(const char *const *ids, size_t k, const char *id)
{
    for (size_t j = 0; j < k; j++) {
        if (strcmp(ids[j], id) == 0) {
            return j;
        }
    }
    print_error("no '%s'\n", id);
    fail();
    return 0;
}

/* ---- correlation ---- */

/** r (and, beyond a limit of p, missing) of each pair that a case names. */
static void long_table(mera_arena *arena, const char *path, const mera_columns *a,
                       const char *const *id_a, const mera_columns *b, const char *const *id_b,
                       mera_correlation_kind kind, double limit)
{
    const golden *want = golden_must(arena, path);
    mera_correlations c;
    assert_int_equal(mera_correlations_of(a, b, kind, MERA_CHANCE_TEST, 1, arena, &c), MERA_OK);
    for (size_t r = 0; r < want->n_rows; r++) {
        const size_t i = place_of(id_a, a->k, golden_text(want, r, "Var1"));
        const size_t j = b == NULL ? place_of(id_a, a->k, golden_text(want, r, "Var2"))
                                   : place_of(id_b, b->k, golden_text(want, r, "Var2"));
        const double p = c.p[i * c.columns + j];
        assert_same(p > limit ? NAN : c.r[i * c.columns + j], golden_at(want, r, "Correlation"),
                    1e-9);
    }
}

static void pearson_of_all_pairs(void **state)
{
    const char *id[MOST];
    const mera_columns x = golden_columns(*state, golden_must(*state, NORMALISED), 1, id);
    long_table(*state, COINR "correlation/pearson_L1.csv", &x, id, NULL, NULL, MERA_PEARSON, 2);
    long_table(*state, COINR "correlation/pearson_L1_p05.csv", &x, id, NULL, NULL, MERA_PEARSON,
               0.05);
}

/** Directed as COINr's min-max does it; its scale does not matter here. */
static void pearson_of_pairs_with_gaps(void **state)
{
    const char *id[MOST];
    const golden_meta *meta = asem(*state);
    const golden *raw = golden_must(*state, COINR "inputs/asem_idata_na_A.csv");
    const size_t k = golden_below(meta, "Index", 1, id);
    const mera_columns from = golden_some(*state, raw, id, k);
    const double **x = mera_arena_zero(*state, k, sizeof *x);
    for (size_t j = 0; j < k; j++) {
        double *y = mera_arena_zero(*state, from.n, sizeof *y);
        for (size_t i = 0; i < from.n; i++) {
            y[i] = from.x[j][i] * meta->direction[place_of(meta->id, meta->n, id[j])];
        }
        x[j] = y;
    }
    const mera_columns directed = {from.n, k, x};
    long_table(*state, COINR "correlation/pearson_L1_na.csv", &directed, id, NULL, NULL,
               MERA_PEARSON, 2);
}

static void kendall_and_spearman_of_pillars(void **state)
{
    static const char *const index[] = {"Index"};
    const char *id[MOST];
    const golden *all = golden_must(*state, AGGREGATED);
    const size_t k = golden_below(asem(*state), "Index", 2, id);
    const mera_columns pillars = golden_some(*state, all, id, k);
    const mera_columns top = golden_some(*state, all, index, 1);
    long_table(*state, COINR "correlation/kendall_L2.csv", &pillars, id, NULL, NULL, MERA_KENDALL,
               2);
    long_table(*state, COINR "correlation/spearman_L2_L4.csv", &top, index, &pillars, id,
               MERA_SPEARMAN, 2);
}

static void p_values_of_pillars(void **state)
{
    const char *id[MOST];
    const golden *all = golden_must(*state, AGGREGATED);
    const golden *want = golden_must(*state, COINR "correlation/pvals_L2.csv");
    const size_t k = golden_below(asem(*state), "Index", 2, id);
    const mera_columns pillars = golden_some(*state, all, id, k);
    mera_correlations c;
    assert_int_equal(
        mera_correlations_of(&pillars, NULL, MERA_PEARSON, MERA_CHANCE_TEST, 1, *state, &c),
        MERA_OK);
    for (size_t i = 0; i < k; i++) {
        const size_t row = golden_row(want, "Var", id[i]);
        for (size_t j = 0; j < k; j++) {
            const double p = golden_at(want, row, id[j]);
            assert_true(fabs(c.p[i * k + j] - p) <= 1e-7 * p);
        }
    }
}

/* ---- Cronbach, components ---- */

static void alpha_of_groups(mera_arena *arena, const char *path, const char *data, double level,
                            bool pairwise)
{
    const golden *all = golden_must(arena, data), *want = golden_must(arena, path);
    for (size_t r = 0; r < want->n_rows; r++) {
        const char *id[MOST], *group = golden_text(want, r, "Group");
        const size_t k = golden_below(asem(arena), group, level, id);
        const mera_columns x = golden_some(arena, all, id, k);
        double alpha;
        assert_int_equal(mera_cronbach_of(&x, pairwise, arena, &alpha), MERA_OK);
        assert_same(alpha, golden_at(want, r, "Alpha"), 1e-9);
    }
}

static void cronbach_alpha(void **state)
{
    alpha_of_groups(*state, COINR "cronbach/pillars_normalised.csv", NORMALISED, 1, true);
    alpha_of_groups(*state, COINR "cronbach/subindices_L1.csv", NORMALISED, 1, true);
    alpha_of_groups(*state, COINR "cronbach/pillars_na_complete.csv",
                    COINR "inputs/asem_idata_na_A.csv", 1, false);
}

/** Columns of a group in COINr's order, on which signs depend. */
static size_t components_order(const golden *loading, const char *group, const char **id)
{
    size_t k = 0;
    for (size_t l = 0; l < loading->n_rows; l++) {
        if (strcmp(golden_text(loading, l, "Group"), group) == 0 &&
            golden_at(loading, l, "PC") == 1) {
            id[k++] = golden_text(loading, l, "iCode");
        }
    }
    return k;
}

/** Signs are free in these cases, but they come out as COINr's. */
static void components_of_groups(mera_arena *arena, const char *name, const char *data)
{
    const golden *all = golden_must(arena, data);
    const golden *loading =
        golden_must(arena, mera_arena_printf(arena, COINR "pca/%s.loadings.csv", name));
    const golden *variance =
        golden_must(arena, mera_arena_printf(arena, COINR "pca/%s.variance.csv", name));
    for (size_t r = 0; r < variance->n_rows; r++) {
        const char *id[MOST], *group = golden_text(variance, r, "Group");
        const size_t k = components_order(loading, group, id);
        const mera_columns x = golden_some(arena, all, id, k);
        const size_t f = (size_t)golden_at(variance, r, "PC") - 1;
        mera_principal p;
        assert_int_equal(mera_principal_of(&x, MERA_SIGN_AS_IS, arena, &p), MERA_OK);
        assert_close(p.sd[f], golden_at(variance, r, "Sdev"), 1e-8);
        assert_close(p.share[f], golden_at(variance, r, "FracVar"), 1e-8);
        assert_close(p.cumulative[f], golden_at(variance, r, "CumVar"), 1e-8);
        assert_true((double)p.n == golden_at(variance, r, "NObs"));
        for (size_t l = 0; l < loading->n_rows; l++) {
            if (strcmp(golden_text(loading, l, "Group"), group) == 0 &&
                golden_at(loading, l, "PC") == (double)f + 1) {
                const size_t j = place_of(id, k, golden_text(loading, l, "iCode"));
                assert_close(p.loading[f * k + j], golden_at(loading, l, "Loading"), 1e-8);
            }
        }
    }
}

static void principal_components(void **state)
{
    components_of_groups(*state, "normalised_L1", NORMALISED);
    components_of_groups(*state, "aggregated_L2_all", AGGREGATED);
    components_of_groups(*state, "aggregated_L3", AGGREGATED);
}

/* ---- statistics ---- */

static void statistics_of(mera_arena *arena, const char *path, const char *data)
{
    const golden *all = golden_must(arena, data), *want = golden_must(arena, path);
    for (size_t r = 0; r < want->n_rows; r++) {
        const size_t c = golden_column(all, golden_text(want, r, "iCode"));
        mera_column_statistics s;
        assert_int_equal(mera_statistics_of(all->x[c], all->n_rows, arena, &s), MERA_OK);
        assert_same(s.min, golden_at(want, r, "Min"), 1e-9);
        assert_same(s.max, golden_at(want, r, "Max"), 1e-9);
        assert_same(s.mean, golden_at(want, r, "Mean"), 1e-9);
        assert_same(s.median, golden_at(want, r, "Median"), 1e-9);
        assert_same(s.sd, golden_at(want, r, "Std"), 1e-9);
        assert_same(s.skewness, golden_at(want, r, "Skew"), 1e-9);
        assert_same(s.kurtosis, golden_at(want, r, "Kurt"), 1e-9);
        assert_true((double)s.n_present == golden_at(want, r, "N.Avail"));
        assert_true((double)s.n_nonzero == golden_at(want, r, "N.NonZero"));
        assert_true((double)s.n_unique == golden_at(want, r, "N.Unique"));
        assert_true((double)s.n_same == golden_at(want, r, "N.Same"));
    }
}

static void statistics_of_columns(void **state)
{
    statistics_of(*state, COINR "stats/stats_raw.csv", "data/asem/asem_idata.csv");
    statistics_of(*state, COINR "stats/stats_na_A.csv", COINR "inputs/asem_idata_na_A.csv");
}

static void availability_of_units(void **state)
{
    const char *id[MOST];
    const golden *all = golden_must(*state, COINR "inputs/asem_idata_na_A.csv");
    const golden *want = golden_must(*state, COINR "stats/avail_na_A.summary.csv");
    const golden *group = golden_must(*state, COINR "stats/avail_na_A.bygroup.csv");
    const size_t k = golden_below(asem(*state), "Index", 1, id);
    const mera_columns x = golden_some(*state, all, id, k);
    mera_availability a;
    assert_int_equal(mera_availability_of(&x, *state, &a), MERA_OK);
    for (size_t r = 0; r < want->n_rows; r++) {
        const size_t i = golden_row(all, "uCode", golden_text(want, r, "uCode"));
        assert_true((double)a.n_missing[i] == golden_at(want, r, "N_missing"));
        assert_true((double)a.n_zero[i] == golden_at(want, r, "N_zero"));
        assert_same(a.present[i], golden_at(want, r, "Dat_Avail"), 1e-9);
        assert_same(a.non_zero[i], golden_at(want, r, "Non_Zero"), 1e-9);
    }
    for (size_t c = 1; c < group->n_columns; c++) {
        const size_t k_group = golden_below(asem(*state), group->name[c], 1, id);
        const mera_columns part = golden_some(*state, all, id, k_group);
        assert_int_equal(mera_availability_of(&part, *state, &a), MERA_OK);
        for (size_t r = 0; r < group->n_rows; r++) {
            const size_t i = golden_row(all, "uCode", golden_text(group, r, "uCode"));
            assert_same(a.present[i], group->x[c][r], 1e-9);
        }
    }
}

/* ---- trends ---- */

static void trends_of(mera_arena *arena, const char *path, const char *data, const char *value,
                      const mera_trend_rule *rule)
{
    const golden *all = golden_must(arena, data), *want = golden_must(arena, path);
    const golden_meta *meta = asem(arena);
    const size_t unit = golden_column(all, "uCode");
    for (size_t r = 0; r < want->n_rows; r++) {
        const char *id = golden_text(want, r, "iCode");
        const double *column = all->x[golden_column(all, id)];
        const double sign = rule->kind == MERA_TREND_CHANGE /* that case asks for directions */
                                ? meta->direction[place_of(meta->id, meta->n, id)]
                                : 1;
        double y[MOST], t[MOST];
        size_t n = 0;
        for (size_t i = 0; i < all->n_rows; i++) {
            if (strcmp(all->field[i * all->n_columns + unit], golden_text(want, r, "uCode")) == 0) {
                y[n] = column[i];
                t[n++] = golden_at(all, i, "Time");
            }
        }
        mera_trend trend;
        assert_int_equal(mera_trend_of(y, t, n, rule, arena, &trend), MERA_OK);
        assert_same(trend.value * sign, golden_at(want, r, value), 1e-9);
        assert_same(trend.present, golden_at(want, r, "Avail"), 1e-9);
        assert_same(trend.first, golden_at(want, r, "t_first"), 0);
        assert_same(trend.last, golden_at(want, r, "t_latest"), 0);
        if (rule->latest > 0) {
            assert_same(trend.present_latest, golden_at(want, r, "Avail_use_latest"), 1e-9);
            assert_same(trend.first_latest, golden_at(want, r, "t_first_use_latest"), 0);
        }
    }
}

static void trends_of_panels(void **state)
{
    const mera_trend_rule cagr = {.kind = MERA_TREND_CAGR};
    const mera_trend_rule latest = {.kind = MERA_TREND_CAGR, .latest = 3};
    const mera_trend_rule change = {.kind = MERA_TREND_CHANGE};
    trends_of(*state, COINR "trends/cagr.csv", "data/asem/asem_idata_p.csv", "CAGR", &cagr);
    trends_of(*state, COINR "trends/cagr_latest3.csv", "data/asem/asem_idata_p.csv", "CAGR",
              &latest);
    trends_of(*state, COINR "trends/prc_change_na.csv", COINR "inputs/asem_panel_na_A.csv",
              "prc_change", &change);
}

/* functions/trend_functions */
static void trends_of_one_series(void **state)
{
    const double t[] = {2010, 2011, 2013, 2014, 2016, 2017, 2019, 2020};
    const double y[] = {42.081, 82.477, NAN, 102.281, 79.274, 25.871, 43.354, NAN};
    const mera_trend_rule cagr = {.kind = MERA_TREND_CAGR};
    const mera_trend_rule ten = {.kind = MERA_TREND_CHANGE, .per = 10};
    mera_trend trend;
    assert_int_equal(mera_trend_of(y, t, 8, &cagr, *state, &trend), MERA_OK);
    assert_close(trend.value, 0.0033168930635225635, 1e-12);
    assert_int_equal(mera_trend_of(y, t, 8, &ten, *state, &trend), MERA_OK);
    assert_close(trend.value, -33.262289440469786, 1e-12);
}

/* ---- units against each other, places, weights ---- */

static void outranking_and_dominance(void **state)
{
    static const char *const id[] = {"Physical", "ConEcFin", "Political", "Instit",
                                     "P2P",      "Environ",  "Social",    "SusEcFin"};
    static const double w[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const golden *all = golden_must(*state, AGGREGATED);
    const golden *want = golden_must(*state, COINR "outrank/pillars.csv");
    const golden *dominance = golden_must(*state, COINR "outrank/pillars.dominance.csv");
    const mera_columns x = golden_some(*state, all, id, 8);
    double *e = mera_arena_zero(*state, x.n * x.n, sizeof *e);
    mera_dominance d;
    assert_int_equal(mera_outranking_of(&x, w, *state, e), MERA_OK);
    for (size_t a = 0; a < x.n; a++) {
        const size_t row = golden_row(want, "uCode", golden_text(all, a, "uCode"));
        for (size_t b = 0; b < x.n; b++) {
            assert_same(e[a * x.n + b], golden_at(want, row, golden_text(all, b, "uCode")), 1e-9);
        }
    }
    assert_int_equal(mera_dominance_of(&x, *state, &d), MERA_OK);
    assert_true((double)d.n_strict == golden_at(dominance, 0, "nDominant"));
}

static void places_of_results(void **state)
{
    const golden *all = golden_must(*state, AGGREGATED);
    const golden *raw = golden_must(*state, "data/asem/asem_idata.csv");
    const golden *want = golden_must(*state, COINR "results/aggs_ranks.csv");
    const golden *inside = golden_must(*state, COINR "results/groupranks_GDP.csv");
    double *place = mera_arena_zero(*state, all->n_rows, sizeof *place);
    int32_t *group = mera_arena_zero(*state, all->n_rows, sizeof *group);
    const char *label[MOST];
    size_t labels = 0;
    for (size_t i = 0; i < all->n_rows; i++) {
        const char *text =
            golden_text(raw, golden_row(raw, "uCode", golden_text(all, i, "uCode")), "GDP_group");
        size_t g = 0;
        while (g < labels && strcmp(label[g], text) != 0) {
            g++;
        }
        label[g] = text;
        labels += g == labels;
        group[i] = (int32_t)g;
    }
    for (size_t c = 1; c < all->n_columns; c++) {
        for (int in_group = 0; in_group < 2; in_group++) {
            const golden *table = in_group ? inside : want;
            assert_int_equal(mera_places_of(all->x[c], all->n_rows, in_group ? group : NULL, false,
                                            MERA_TIES_MIN, *state, place),
                             MERA_OK);
            for (size_t i = 0; i < all->n_rows; i++) {
                const size_t row = golden_row(table, "uCode", golden_text(all, i, "uCode"));
                assert_same(place[i], golden_at(table, row, all->name[c]), 0);
            }
        }
    }
}

static void weights_in_the_whole(void **state)
{
    const golden_meta *meta = golden_meta_read(*state, COINR "inputs/imeta_weights_A.csv");
    const golden *want = golden_must(*state, COINR "weights/effective_D.csv");
    size_t parent[MOST] = {0};
    double effective[MOST];
    for (size_t i = 0; i < meta->n; i++) {
        parent[i] = SIZE_MAX;
        for (size_t j = 0; j < meta->n; j++) {
            parent[i] = strcmp(meta->id[j], meta->parent[i]) == 0 ? j : parent[i];
        }
    }
    assert_int_equal(mera_effective_weights(parent, meta->weight, meta->n, *state, effective),
                     MERA_OK);
    for (size_t r = 0; r < want->n_rows; r++) {
        const size_t i = place_of(meta->id, meta->n, golden_text(want, r, "iCode"));
        assert_same(effective[i], golden_at(want, r, "EffWeight"), 1e-9);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_new, arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pearson_of_all_pairs),
        TEST(pearson_of_pairs_with_gaps),
        TEST(kendall_and_spearman_of_pillars),
        TEST(p_values_of_pillars),
        TEST(cronbach_alpha),
        TEST(principal_components),
        TEST(statistics_of_columns),
        TEST(availability_of_units),
        TEST(trends_of_panels),
        TEST(trends_of_one_series),
        TEST(outranking_and_dominance),
        TEST(places_of_results),
        TEST(weights_in_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
