/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The audit: each number by hand, in exact fractions, or by scoring a methodology that says from
 * the start what the audit changes.
 */
#include "run_fixture.h"

#include "mera/audit.h"
#include "mera/robust.h"
#include "mera/variance.h"
#include "swiss.h"

static const mera_audit *audit_made(run_fixture *f, size_t period)
{
    const mera_audit *made;
    assert_int_equal(mera_audit_of(f->plan, f->result, period, mera_project_registry(f->project),
                                   f->arena, &made),
                     MERA_OK);
    return made;
}

static const mera_audit *audit_text(run_fixture *f, const char *yaml, const char *table)
{
    run_must(f, yaml, table);
    return audit_made(f, 0);
}

static size_t audit_column(const mera_audit *a, const char *id)
{
    for (size_t c = 0; c < a->sheet->k; c++) {
        if (strcmp(a->sheet->id[c], id) == 0) {
            return c;
        }
    }
    print_error("no '%s'\n", id);
    fail();
    return 0;
}

/** How many findings a limit has, about one column when it is named. */
static size_t audit_said(const mera_audit *a, mera_limit_id limit, const char *id)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_findings; i++) {
        n += a->finding[i].limit == limit &&
             (id == NULL || a->finding[i].column == audit_column(a, id));
    }
    return n;
}

static const mera_audit_choice *audit_choice(const mera_audit_choice *choice, size_t n,
                                             const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(choice[i].id, id) == 0) {
            return &choice[i];
        }
    }
    fail();
    return NULL;
}

/* ---- statistics of Swiss districts, in exact fractions by another program ---- */

static void adequacy_and_alpha_of_the_swiss_districts(void **state)
{
    static const double each[] = {0.6184317274711714, 0.676738714485267,  0.7932157997603686,
                                  0.5558157563921968, 0.4778775323437052, 0.5580050038927292};
    static double column[SWISS_COLUMNS][SWISS_UNITS];
    run_fixture *f = *state;
    const double *x[SWISS_COLUMNS];
    const mera_columns columns = {.n = SWISS_UNITS, .k = SWISS_COLUMNS, .x = x};
    mera_adequacy made;
    double alpha;
    swiss_columns(column);
    for (int j = 0; j < SWISS_COLUMNS; j++) {
        x[j] = column[j];
    }
    assert_int_equal(mera_adequacy_of(&columns, f->arena, &made), MERA_OK);
    assert_close(made.kmo, 0.6256807250227788, 1e-12);
    for (int j = 0; j < SWISS_COLUMNS; j++) {
        assert_close(made.column[j], each[j], 1e-12);
    }
    assert_int_equal(mera_cronbach_of(&columns, false, f->arena, &alpha), MERA_OK);
    assert_close(alpha, 0.1190391108897049, 1e-12);
}

/* ---- a small index ---- */

static const char *const small_yaml = "mera: 1\nid: t\nunits: {key: key}\nseed: 5\n"
                                      "indicators:\n"
                                      "  a: {direction: higher}\n  b: {direction: higher}\n"
                                      "  c: {direction: lower}\n  d: {direction: higher}\n"
                                      "steps:\n"
                                      "  impute: median\n"
                                      "  treat: {op: clip, lower: 0, upper: 9}\n"
                                      "  normalise: {op: minmax, range: [1, 100]}\n"
                                      "  aggregate: arithmetic\n"
                                      "framework:\n  id: root\n  nodes:\n"
                                      "    - {id: left, weight: 3, indicators: {a: 1, b: 2}}\n"
                                      "    - {id: right, weight: 1, indicators: {c: 1, d: 1}}\n"
                                      "audit: {missing_share: 0.1, same_share: 0.6}\n";
static const char *const small_table = "key,a,b,c,d\n"
                                       "A,1,7,3,5\nB,2,3,8,5\nC,4,20,1,5\nD,7,5,2,5\n"
                                       "E,9,1,.,6\nF,3,4,5,5\nG,6,6,7,1\nH,5,8,4,5\n";

static const mera_audit *small_set(run_fixture *f, const char *path, const char *text)
{
    run_again(f);
    f->set[0] = (mera_set){path, text};
    f->n_set = 1;
    return audit_text(f, small_yaml, small_table);
}

static void cells_are_counted(void **state)
{
    const mera_audit *a = audit_text(*state, small_yaml, small_table);
    assert_int_equal(a->n_units, 8);
    assert_int_equal(a->n_ranked, 8);
    assert_int_equal(a->n_indicators, 4);
    assert_int_equal(a->indicator[2].n_missing, 1);
    assert_int_equal(a->indicator[2].n_imputed, 1);
    assert_close(a->indicator[2].missing_share, 1 / 8.0, 1e-15);
    assert_int_equal(a->indicator[1].n_treated, 1); /* 20 -> 9 */
    assert_close(a->indicator[3].same_share, 6 / 8.0, 1e-15);
    assert_true(a->indicator[1].before.max == 20);
    assert_true(a->indicator[1].after.max == 9);
    assert_int_equal(a->poorest, 4);
    assert_close(a->poorest_share, 1 / 4.0, 1e-15);
    assert_int_equal(audit_said(a, MERA_LIMIT_missing_share, "c"), 1);
    assert_int_equal(audit_said(a, MERA_LIMIT_missing_share, NULL), 1);
    assert_int_equal(audit_said(a, MERA_LIMIT_same_share, "d"), 1);
    assert_int_equal(audit_said(a, MERA_LIMIT_unit_missing_share, NULL), 0);
}

/* 1 2 4 7 9 3 6 5 against ... of b: by the definition, in the test's own words */
static double pearson(const double *x, const double *y, size_t n)
{
    double mx = 0, my = 0, xy = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < n; i++) {
        mx += x[i] / (double)n;
        my += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        xy += (x[i] - mx) * (y[i] - my);
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
    }
    return xy / sqrt(xx * yy);
}

static void correlations_and_homes(void **state)
{
    const double a[] = {1, 2, 4, 7, 9, 3, 6, 5}, b[] = {7, 3, 9, 5, 1, 4, 6, 8};
    double left[8];
    const mera_audit *made = audit_text(*state, small_yaml, small_table);
    const mera_audit_node *node = &made->node[audit_column(made, "left")];
    for (int i = 0; i < 8; i++) {
        left[i] = (a[i] - 1) / 8 + 2 * (b[i] - 1) / 8; /* min-max, weights 1 and 2 */
    }
    assert_int_equal(node->n, 2);
    assert_int_equal(node->n_units, 8);
    assert_close(node->r[1], pearson(a, b, 8), 1e-13);
    assert_close(node->parent_r[0], pearson(a, left, 8), 1e-13);
    assert_close(node->parent_r[1], pearson(b, left, 8), 1e-13);
    /* of two columns the eigenvalues are 1 +- |r|, and KMO is 1/2 */
    assert_close(node->eigenvalue[0], 1 + fabs(node->r[1]), 1e-12);
    assert_close(node->kmo, 0.5, 1e-12);
    assert_int_equal(made->n_homes, 4);
    assert_int_equal(made->home[0].own, audit_column(made, "left"));
    assert_int_equal(made->home[0].other, audit_column(made, "right"));
    assert_close(made->home[0].r_own, node->parent_r[0], 1e-13);
}

/** Equal places share the mean of those they take. */
static void mean_places(const double *rank, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        double before = 0, equal = 0;
        for (size_t j = 0; j < n; j++) {
            before += rank[j] < rank[i];
            equal += rank[j] == rank[i];
        }
        out[i] = before + (equal + 1) / 2;
    }
}

static void places_of_a_direction_against_the_index(void **state)
{
    run_fixture *f = *state;
    const mera_audit *a = audit_text(f, small_yaml, small_table);
    const mera_audit *same = small_set(f, "audit.shift_places", "2");
    const double *root = f->result->node[0].rank;
    for (size_t d = 0; d < a->n_directions; d++) {
        const double *own = f->result->node[a->direction[d].column].rank;
        double sum = 0, most = 0, mean[2][8];
        size_t far = 0;
        for (size_t i = 0; i < 8; i++) {
            const double off = fabs(own[i] - root[i]);
            sum += off;
            most = fmax(most, off);
            far += off >= 2;
        }
        assert_close(a->direction[d].shift.mean, sum / 8, 1e-14);
        assert_close(a->direction[d].shift.max, most, 1e-14);
        mean_places(own, 8, mean[0]);
        mean_places(root, 8, mean[1]);
        assert_close(a->direction[d].shift.spearman, pearson(mean[0], mean[1], 8), 1e-12);
        assert_int_equal(same->direction[d].n_far, far);
    }
    assert_int_equal(a->n_directions, 2);
    assert_close(a->shift_places, 10, 0); /* by default */
}

/* ---- other methods ---- */

/** Mean |difference| of the places of two results. */
static double mean_shift(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += fabs(a[i] - b[i]);
    }
    return sum / (double)n;
}

/** The audit's answer for a method against scoring with `path` set from the start: the shift. */
static double as_set_from_the_start(run_fixture *f, const char *id, const char *path,
                                    const char *text)
{
    double rank[8];
    const mera_audit *a = audit_text(f, small_yaml, small_table);
    const mera_audit_choice *made = audit_choice(a->choice, a->n_choices, id);
    memcpy(rank, f->result->node[0].rank, sizeof rank);
    small_set(f, path, text);
    assert_true(made->made);
    assert_int_equal(made->shift.n, 8);
    assert_close(made->shift.mean, mean_shift(rank, f->result->node[0].rank, 8), 1e-14);
    return made->shift.mean;
}

static void equal_weights(void **state)
{
    assert_true(as_set_from_the_start(*state, "equal_weights", "steps.weights", "equal") > 0);
}

static void other_normalisations(void **state)
{
    run_fixture *f = *state;
    assert_true(as_set_from_the_start(f, "minmax", "steps.normalise",
                                      "{op: minmax, range: [1, 100]}") == 0);
    run_again(f);
    f->n_set = 0;
    (void)as_set_from_the_start(f, "zscore", "steps.normalise", "{op: zscore, mean: 50, sd: 10}");
    run_again(f);
    f->n_set = 0;
    assert_true(as_set_from_the_start(f, "percentile_rank", "steps.normalise", "percentile_rank") >
                0);
}

static void other_aggregators(void **state)
{
    run_fixture *f = *state;
    assert_true(as_set_from_the_start(f, "geometric", "steps.aggregate", "geometric") > 0);
    run_again(f);
    f->n_set = 0;
    assert_true(as_set_from_the_start(f, "arithmetic", "steps.aggregate", "arithmetic") == 0);
}

/* the index over all indicators at once, with weights 3/4 * 1/3, ... */
static void copeland_over_all_indicators(void **state)
{
    run_fixture *f = *state;
    double rank[8];
    const mera_audit *a = audit_text(f, small_yaml, small_table);
    const mera_audit_choice *made = audit_choice(a->strict, a->n_strict, "copeland");
    memcpy(rank, f->result->node[0].rank, sizeof rank);
    run_again(f);
    run_must(f,
             "mera: 1\nid: t\nunits: {key: key}\n"
             "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n"
             "  c: {direction: lower}\n  d: {direction: higher}\n"
             "steps: {impute: median, treat: {op: clip, lower: 0, upper: 9}, normalise: minmax}\n"
             "framework: {id: root, aggregate: copeland, indicators: {a: 2, b: 4, c: 1, d: 1}}\n",
             small_table);
    assert_close(made->shift.mean, mean_shift(rank, f->result->node[0].rank, 8), 1e-14);
}

static void without_an_indicator_or_a_direction(void **state)
{
    run_fixture *f = *state;
    double rank[8];
    const mera_audit *a = audit_text(f, small_yaml, small_table);
    memcpy(rank, f->result->node[0].rank, sizeof rank);
    assert_int_equal(a->n_without, 6); /* two directions, four indicators */
    assert_int_equal(a->without[0].column, audit_column(a, "left"));
    const double *right = f->result->node[2].rank;
    assert_close(a->without[0].shift.mean, mean_shift(rank, right, 8), 1e-14);
    assert_int_equal(a->without[3].column, audit_column(a, "b"));
    const double shift = a->without[3].shift.mean;
    small_set(f, "framework.left.indicators", "{a: 1}");
    assert_close(shift, mean_shift(rank, f->result->node[0].rank, 8), 1e-14);
}

static void dominance_by_hand(void **state)
{
    run_fixture *f = *state;
    const mera_audit *a =
        audit_text(f,
                   "mera: 1\nid: t\nunits: {key: key}\n"
                   "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
                   "framework: {id: root, indicators: [a, b]}\n",
                   "key,a,b\nA,1,1\nB,2,2\nC,3,1\nD,.,9\n");
    /* B over A, C over A; B and C disagree; D lacks a value */
    assert_int_equal(a->dominance.n_units, 3);
    assert_int_equal(a->dominance.n_pairs, 2);
    assert_close(a->dominance.share, 2 / 3.0, 1e-15);
}

/* ---- weights drawn anew ---- */

static const char *const pair_yaml =
    "mera: 1\nid: t\nunits: {key: key}\nseed: 11\n"
    "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
    "steps: {normalise: none, aggregate: arithmetic}\n"
    "framework: {id: root, indicators: [a, b]}\n"
    "audit: {draws: 10000, interval: 0.5}\n";

/*
 * A = (1, 0) falls behind B = (0, 0.85) where w < 17/37, w = (1 + u/4) / (2 + u/4 + v/4): where
 * v > 12/17 + 20/17 u; that is 0.22978 of the square. So the quantile of its place is 1 up to
 * 0.77022: 0.75 is below it by 4.8, 0.8 above by 7 standard errors of 10,000 draws.
 */
static void the_law_of_drawn_weights(void **state)
{
    run_fixture *f = *state;
    const char *table = "key,a,b\nA,1,0\nB,0,0.85\n";
    const mera_audit *a = audit_text(f, pair_yaml, table);
    assert_true(a->draws.made);
    assert_int_equal(a->draws.n, 10000);
    assert_true(a->draws.low[0] == 1 && a->draws.middle[0] == 1 && a->draws.high[0] == 1);
    assert_close(a->draws.narrow, 1, 0);
    run_again(f);
    f->set[0] = (mera_set){"audit.interval", "0.6"};
    f->n_set = 1;
    a = audit_text(f, pair_yaml, table);
    assert_true(a->draws.low[0] == 1 && a->draws.high[0] == 2);
    assert_true(a->draws.low[1] == 1 && a->draws.high[1] == 2);
    assert_close(a->draws.mean_width, 1, 1e-15);
}

/* With 101 draws and 90 % the ends by quantiles of type 7 are the 6th, 51st and 96th place, as
 * they are by the rule of robustness. */
static void draws_are_those_of_robustness(void **state)
{
    run_fixture *f = *state;
    mera_robust robust;
    const mera_audit *a = small_set(f, "audit.draws", "101");
    assert_int_equal(mera_robust_of(f->plan, f->result, &(mera_robust_ask){.draws = 101}, f->arena,
                                    f->diags, &robust),
                     MERA_OK);
    size_t moved = 0;
    for (size_t i = 0; i < 8; i++) {
        const mera_place_summary *unit = &robust.summary.unit[i];
        assert_true(a->draws.low[i] == unit->low && a->draws.high[i] == unit->high);
        assert_true(a->draws.middle[i] == unit->median);
        moved += unit->low != unit->high;
    }
    assert_true(moved > 1); /* else any draws would do */
}

static void weights_that_do_not_move_leave_places(void **state)
{
    run_fixture *f = *state;
    const mera_audit *a = small_set(f, "audit.weight_range", "0");
    for (size_t i = 0; i < 8; i++) {
        assert_true(a->draws.low[i] == f->result->node[0].rank[i]);
        assert_true(a->draws.high[i] == f->result->node[0].rank[i]);
    }
    assert_int_equal(a->draws.n_narrow, 8);
    assert_true(a->draws.mean_width == 0);
}

static void the_same_draws_for_any_number_of_threads(void **state)
{
    run_fixture *f = *state;
    double high[8], low[8];
    const mera_audit *a = audit_text(f, small_yaml, small_table);
    memcpy(high, a->draws.high, sizeof high);
    memcpy(low, a->draws.low, sizeof low);
    run_again(f);
    f->threads = 4;
    a = audit_text(f, small_yaml, small_table);
    assert_memory_equal(high, a->draws.high, sizeof high);
    assert_memory_equal(low, a->draws.low, sizeof low);
    assert_true(a->draws.mean_width > 0);
}

/* ---- findings ---- */

static void a_limit_may_be_tightened_or_left_out(void **state)
{
    run_fixture *f = *state;
    const mera_audit *a = small_set(f, "audit.missing_share", "none");
    assert_int_equal(audit_said(a, MERA_LIMIT_missing_share, NULL), 0);
    a = small_set(f, "audit.missing_share", "0.125");
    assert_int_equal(audit_said(a, MERA_LIMIT_missing_share, NULL), 0); /* not above it */
    a = small_set(f, "audit.missing_share", "{limit: 0.1, level: fail}");
    assert_int_equal(audit_said(a, MERA_LIMIT_missing_share, "c"), 1);
    assert_int_equal(a->n_fails, 1);
    assert_int_equal(a->finding[0].level, MERA_LEVEL_FAIL);
    assert_close(a->finding[0].number, 0.125, 1e-15);
    assert_close(a->finding[0].bound, 0.1, 1e-15);
    for (size_t i = 1; i < a->n_findings; i++) {
        assert_true(mera_limit_rows()[a->finding[i - 1].limit].section <=
                    mera_limit_rows()[a->finding[i].limit].section);
    }
}

static void twins_and_opposites_are_found(void **state)
{
    const mera_audit *a =
        audit_text(*state,
                   "mera: 1\nid: t\nunits: {key: key}\n"
                   "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n"
                   "  c: {direction: lower}\n"
                   "framework: {id: root, indicators: [a, b, c]}\n",
                   "key,a,b,c\nA,1,10,1\nB,2,20,2\nC,3,30,3\nD,4,40.5,4\nE,5,50,5\n");
    assert_int_equal(audit_said(a, MERA_LIMIT_redundancy, "a"), 2); /* with b, and c turned */
    assert_int_equal(audit_said(a, MERA_LIMIT_sibling_correlation, NULL), 2);
    assert_int_equal(audit_said(a, MERA_LIMIT_parent_correlation, "c"), 1);
    assert_int_equal(audit_said(a, MERA_LIMIT_cases, NULL), 1); /* 5 units of 3 parts */
}

/** One far outlier among 20: skewness 4.47, kurtosis 20. */
static void outliers_are_found_only_when_both_limits_are_passed(void **state)
{
    run_fixture *f = *state;
    const char *yaml = "mera: 1\nid: t\nunits: {key: key}\n"
                       "indicators: {a: {direction: higher}}\n"
                       "framework: {id: root, indicators: [a]}\n";
    char table[400];
    int n = sprintf(table, "key,a\n");
    for (int i = 0; i < 20; i++) {
        n += sprintf(table + n, "%c,%d\n", 'A' + i, i == 7 ? 1000 : 1);
    }
    const mera_audit *a = audit_text(f, yaml, table);
    assert_close(a->indicator[0].after.skewness, sqrt(20), 1e-9); /* of n - 1 equals and one */
    assert_close(a->indicator[0].after.kurtosis, 20, 1e-9);
    assert_int_equal(audit_said(a, MERA_LIMIT_skewness, "a"), 1);
    assert_int_equal(audit_said(a, MERA_LIMIT_same_share, "a"), 1);
    assert_false(a->without[0].made);
    assert_non_null(strstr(a->without[0].why, "nothing would be left"));
    run_again(f);
    f->set[0] = (mera_set){"audit.kurtosis", "21"};
    f->n_set = 1;
    assert_int_equal(audit_said(audit_text(f, yaml, table), MERA_LIMIT_skewness, NULL), 0);
    run_again(f);
    f->set[0] = (mera_set){"audit.kurtosis", "none"};
    assert_int_equal(audit_said(audit_text(f, yaml, table), MERA_LIMIT_skewness, NULL), 1);
}

/* ---- odd data ---- */

static void three_units_one_child_a_constant_and_gaps(void **state)
{
    const mera_audit *a =
        audit_text(*state,
                   "mera: 1\nid: t\nunits: {key: key}\n"
                   "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n"
                   "  c: {direction: higher}\n"
                   "steps: {normalise: none, aggregate: {op: arithmetic, missing: renormalise}}\n"
                   "framework:\n  id: root\n  nodes:\n    - {id: one, indicators: [a]}\n"
                   "    - {id: two, indicators: [b, c]}\n",
                   "key,a,b,c\nA,1,5,1\nB,2,5,.\nC,4,5,2\n");
    const mera_audit_node *two = &a->node[2];
    assert_int_equal(a->node[1].n, 1);
    assert_missing(a->node[1].alpha);
    assert_int_equal(two->n_units, 2);
    assert_missing(two->r[1]);
    assert_missing(two->parent_r[0]);
    assert_int_equal(two->n_components, 0);
    assert_missing(two->importance.divergence);
    assert_int_equal(audit_said(a, MERA_LIMIT_same_share, "b"), 1);
    assert_int_equal(audit_said(a, MERA_LIMIT_missing_share, "c"), 0); /* a third */
    assert_int_equal(audit_said(a, MERA_LIMIT_added_value, NULL), 0);  /* too few for a limit */
    for (size_t i = 0; i < a->n_findings; i++) {
        assert_true(isfinite(a->finding[i].number));
    }
}

static void a_method_without_an_answer_says_why(void **state)
{
    const mera_audit *a =
        audit_text(*state,
                   "mera: 1\nid: t\nunits: {key: key, period: period}\n"
                   "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
                   "steps: {normalise: {op: minmax, range: [0, 100]}}\n"
                   "framework:\n  id: root\n  nodes:\n"
                   "    - {id: one, indicators: [a, b], then: {op: zscore, reference: {period: "
                   "all}}}\n",
                   "key,period,a,b\nA,1,1,5\nB,1,2,3\nC,1,4,5\nA,2,1,4\nB,2,2,7\nC,2,4,6\n");
    const mera_audit_choice *other = audit_choice(a->choice, a->n_choices, "minmax");
    assert_false(other->made);
    assert_non_null(strstr(other->why, "other periods"));
    assert_true(audit_choice(a->choice, a->n_choices, "equal_weights")->made);
    assert_int_equal(a->n_directions, 0); /* the only one says what the index says */
    assert_int_equal(a->n_without, 2);
    assert_true(a->without[0].made);
}

/* ---- 9 ---- */

#define OPEN_STEPS                                                         \
    "mera: 1\nid: t\nunits: {key: key}\nseed: 5\n"                         \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n"    \
    "  c: {direction: lower}\n  d: {direction: higher}\n"                  \
    "steps:\n  impute: median\n  treat: {op: clip, lower: 0, upper: 9}\n"  \
    "  normalise: {op: minmax, range: [-100, 100]}\n  aggregate: median\n" \
    "framework:\n  id: root\n  nodes:\n"                                   \
    "    - {id: left, weight: 3, indicators: {a: 1, b: 2}}\n"              \
    "    - {id: right, weight: 1, indicators: {c: 1, d: 1}}\n"

/* The same choices named in `uncertainty:` and drawn by the other engine, which runs all steps.
 * Points below 0 have no geometric mean, so it is no choice. */
static void shares_are_those_of_sensitivity(void **state)
{
    static const char *const ids[] = {"as_written", "minmax", "zscore", "percentile_rank"};
    run_fixture *f = *state;
    mera_variance other;
    const mera_audit *a = audit_text(
        f,
        OPEN_STEPS "audit: {sobol_rows: 1024}\n"
                   "uncertainty:\n  weights: {law: range, r: 0.25}\n  factors:\n"
                   "    normalisation: {set: steps.normalise, choices: [{op: minmax, range: "
                   "[-100, 100]}, {op: minmax, range: [1, 100]}, {op: zscore, mean: 50, sd: 10}, "
                   "percentile_rank]}\n"
                   "    aggregation: {set: steps.aggregate, choices: [median, arithmetic]}\n"
                   "    inclusion: {drop: one}\n",
        small_table);
    assert_true(a->sobol.made);
    assert_int_equal(a->sobol.n_inputs, 4);
    assert_int_equal(a->sobol.runs, 6 * 1024);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(a->sobol.input[i].kind, i);
        assert_string_equal(a->sobol.input[MERA_AUDIT_OPEN_NORMALISATION].choice[i], ids[i]);
    }
    assert_int_equal(a->sobol.input[MERA_AUDIT_OPEN_AGGREGATION].n, 2);
    assert_int_equal(
        mera_variance_of(f->plan, f->result,
                         &(mera_variance_ask){.unit = SIZE_MAX, .runs = 6 * 1024, .wide = 0.001},
                         f->arena, f->diags, &other),
        MERA_OK);
    assert_close(a->sobol.sobol.mean, other.sobol.mean, 0.05);
    for (size_t i = 0; i < 4; i++) {
        assert_close(a->sobol.sobol.index[i].first.value, other.sobol.index[i].first.value, 0.06);
        assert_close(a->sobol.sobol.index[i].total.value, other.sobol.index[i].total.value, 0.06);
    }
    assert_true(a->sobol.sobol.index[MERA_AUDIT_OPEN_INCLUSION].first.value > 0.1);
}

static void shares_are_the_same_on_any_number_of_threads(void **state)
{
    run_fixture *f = *state;
    double share[8];
    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        f->threads = threads;
        const mera_audit *a = audit_text(f, small_yaml, small_table);
        assert_int_equal(a->sobol.n_inputs, 4);
        for (size_t i = 0; i < 4; i++) {
            const mera_sobol_index *index = &a->sobol.sobol.index[i];
            assert_true(threads == 1 || share[2 * i] == index->first.low);
            assert_true(threads == 1 || share[2 * i + 1] == index->total.high);
            share[2 * i] = index->first.low;
            share[2 * i + 1] = index->total.high;
        }
        run_again(f);
    }
}

static void shares_that_are_not_made_say_why(void **state)
{
    run_fixture *f = *state;
    const mera_audit *a = small_set(f, "audit.sobol_rows", "0");
    assert_false(a->sobol.made);
    assert_non_null(strstr(a->sobol.why, "sobol_rows"));
    run_again(f);
    f->n_set = 0;
    a = audit_text(f,
                   "mera: 1\nid: t\nunits: {key: key}\naudit: {weight_range: 0}\n"
                   "indicators: {a: {direction: higher}}\n"
                   "steps: {normalise: none}\nframework: {id: root, indicators: [a]}\n",
                   "key,a\nA,-1\nB,2\nC,3\n");
    assert_false(a->sobol.made);
    assert_non_null(strstr(a->sobol.why, "fewer than two"));
}

static void the_period_asked_for(void **state)
{
    run_fixture *f = *state;
    const mera_audit *made;
    run_must(f,
             "mera: 1\nid: t\nunits: {key: key, period: period}\n"
             "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
             "steps: {normalise: none}\nframework: {id: root, indicators: [a, b]}\n",
             "key,period,a,b\nA,1,1,1\nB,1,2,2\nC,1,3,3\nA,2,1,3\nB,2,2,2\nC,2,3,.\n");
    assert_int_equal(audit_made(f, 0)->dominance.n_pairs, 3);
    assert_int_equal(audit_made(f, 1)->dominance.n_pairs, 0);
    assert_int_equal(audit_made(f, 1)->indicator[1].n_missing, 1);
    assert_int_equal(
        mera_audit_of(f->plan, f->result, 2, mera_project_registry(f->project), f->arena, &made),
        MERA_EUSAGE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        TEST(adequacy_and_alpha_of_the_swiss_districts),
        TEST(cells_are_counted),
        TEST(correlations_and_homes),
        TEST(places_of_a_direction_against_the_index),
        TEST(equal_weights),
        TEST(other_normalisations),
        TEST(other_aggregators),
        TEST(copeland_over_all_indicators),
        TEST(without_an_indicator_or_a_direction),
        TEST(dominance_by_hand),
        TEST(the_law_of_drawn_weights),
        TEST(draws_are_those_of_robustness),
        TEST(weights_that_do_not_move_leave_places),
        TEST(the_same_draws_for_any_number_of_threads),
        TEST(a_limit_may_be_tightened_or_left_out),
        TEST(twins_and_opposites_are_found),
        TEST(outliers_are_found_only_when_both_limits_are_passed),
        TEST(three_units_one_child_a_constant_and_gaps),
        TEST(a_method_without_an_answer_says_why),
        TEST(shares_are_those_of_sensitivity),
        TEST(shares_are_the_same_on_any_number_of_threads),
        TEST(shares_that_are_not_made_say_why),
        TEST(the_period_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
