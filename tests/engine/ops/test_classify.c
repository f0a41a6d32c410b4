/* SPDX-License-Identifier: Apache-2.0 */
/** @file Classes and screening: borders, ties, gaps, labels, refusals. */
#include "ops_test.h"

#define N(a) (sizeof(a) / sizeof *(a))

static void check(fixture *f, const char *name, const char *params, const double *v, size_t n,
                  const int32_t *expected, mera_text_list *labels)
{
    const mera_op *op;
    int32_t class_of[64];
    const void *bound = ops_bind(f, name, params, &op);
    f->ctx.subject = "node 'n'";
    assert_int_equal(op->classify(op, bound, &f->ctx, v, v, n, class_of, labels), MERA_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(class_of[i], expected[i]);
    }
}

static void refuse(fixture *f, const char *name, const char *params, const char *message)
{
    void *out;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_CLASSIFY, name);
    assert_int_equal(
        mera_op_bind(op, ops_params(f, params), NULL, MERA_NOWHERE, f->arena, f->diags, &out),
        MERA_EINPUT);
    assert_message(f, message);
}

/* UNDP: 0.800 is Very High, 0.799 is not. */
static void a_bound_belongs_to_the_band_that_begins_there(void **state)
{
    fixture *f = *state;
    mera_text_list labels;
    const double hdi[] = {0.8, 0.799, 0.55, 0.549, NAN};
    check(f, "classify.bands", "bands: {Low: 0, Medium: 0.55, High: 0.7, Very High: 0.8}", hdi, 5,
          (int32_t[]){3, 2, 1, 0, -1}, &labels);
    assert_int_equal(labels.n, 4);
    assert_string_equal(labels.v[3], "Very High");
    check(f, "classify.bands", "bands: {Very High: 0.8, High: 0.7, Medium: 0.55, Low: 0}", hdi, 5,
          (int32_t[]){0, 1, 2, 3, -1}, &labels);
    assert_string_equal(labels.v[0], "Very High");
}

static void a_score_below_all_bands_has_no_class_and_is_told(void **state)
{
    fixture *f = *state;
    mera_text_list labels;
    check(f, "classify.bands", "bands: {C: 0, B: 50}", (double[]){-1, 60, NAN, -3}, 4,
          (int32_t[]){-1, 1, -1, -1}, &labels);
    assert_int_equal(mera_diags_count(f->diags, MERA_WARNING), 1);
    assert_message(f,
                   "node 'n': 2 units are below the lowest band and without a class; the first is "
                   "unit 1 with -1");
}

static void bands_must_rise_or_fall_throughout(void **state)
{
    refuse(
        *state, "bands", "bands: {C: 0, B: 50, A: 40}",
        "bands of classify.bands must rise or fall throughout, but 'A' begins at 40 after 'B' at "
        "50");
    refuse(
        *state, "bands", "bands: {C: 0, B: 0}",
        "bands of classify.bands must rise or fall throughout, but 'B' begins at 0 after 'C' at 0");
    refuse(
        *state, "bands", "",
        "classify.bands needs 'bands': the lower bound of each class by its label, {D: 0, C: 40, "
        "B: 60, A: 75}");
}

/* 1..11: the cuts of type 7 are 3, 5, 7, 9; a score equal to a cut stays below. */
static void quantile_classes_keep_a_cut_below(void **state)
{
    fixture *f = *state;
    mera_text_list labels;
    const double x[] = {1, 2, 3, 4, 5, 6, NAN, 7, 8, 9, 10, 11};
    check(f, "classify.quantiles", "", x, 12, (int32_t[]){0, 0, 0, 1, 1, 2, -1, 2, 3, 3, 4, 4},
          &labels);
    assert_string_equal(labels.v[4], "5");
    check(f, "classify.quantiles", "best_first: true", x, 12,
          (int32_t[]){4, 4, 4, 3, 3, 2, -1, 2, 1, 1, 0, 0}, &labels);
    check(f, "classify.quantiles", "n: 2; labels: [low, high]", x, 12,
          (int32_t[]){0, 0, 0, 0, 0, 0, -1, 1, 1, 1, 1, 1}, &labels);
    assert_string_equal(labels.v[1], "high");
}

/* WIMD: decile d holds ranks up to ceil(N d / 10); 13 units: 2 3 4 6 7 8 10 11 12 13. */
static void rank_groups_cut_at_the_ceiling_or_the_floor(void **state)
{
    fixture *f = *state;
    mera_text_list labels;
    double rank[14];
    for (size_t i = 0; i < 13; i++) {
        rank[i] = (double)i + 1;
    }
    rank[13] = NAN;
    check(f, "classify.rank_groups", "", rank, 14,
          (int32_t[]){0, 0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, -1}, &labels);
    assert_int_equal(labels.n, 10);
    check(f, "classify.rank_groups", "n: 2; cut: floor", rank, 14,
          (int32_t[]){0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, -1}, &labels);
    check(f, "classify.rank_groups", "n: 2", rank, 14,
          (int32_t[]){0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, -1}, &labels);
}

static void labels_must_be_as_many_as_classes(void **state)
{
    refuse(*state, "quantiles", "n: 3; labels: [a, b]",
           "'labels' of classify.quantiles has 2 items for 3 classes");
    refuse(*state, "rank_groups", "n: 2; labels: [a]",
           "'labels' of classify.rank_groups has 1 items for 2 classes");
}

/* Rows: a b c d; columns: 4, 2 and 1 of 4 present. */
static void screening_counts_present_and_nonzero_values(void **state)
{
    fixture *f = *state;
    const double one[] = {1, 0, 3, 4}, two[] = {1, NAN, 0, NAN}, three[] = {NAN, NAN, 0, NAN};
    const double *const x[] = {one, two, three};
    uint8_t unit[4], column[3];
    const mera_op *op;
    const void *p =
        ops_bind(f, "screen.coverage", "unit_coverage: 0.6; indicator_coverage: 0.5", &op);
    assert_int_equal(op->screen(op, p, &f->ctx, x, 3, 4, unit, column), MERA_OK);
    assert_memory_equal(unit, ((uint8_t[]){1, 0, 1, 0}), 4);
    assert_memory_equal(column, ((uint8_t[]){1, 1, 0}), 3);
    p = ops_bind(f, "screen.coverage", "non_zero: 0.5", &op);
    assert_int_equal(op->screen(op, p, &f->ctx, x, 3, 4, unit, column), MERA_OK);
    assert_memory_equal(unit, ((uint8_t[]){1, 0, 0, 1}), 4);
    assert_memory_equal(column, ((uint8_t[]){1, 1, 1}), 3);
}

/* 13 of 20 is 0.65, though 0.65 * 20 is 13.000000000000002 in binary. */
static void a_share_equal_to_the_threshold_is_enough(void **state)
{
    fixture *f = *state;
    double value[] = {1}, gap[] = {NAN};
    const double *x[20];
    uint8_t unit, column[20];
    const mera_op *op;
    const void *p = ops_bind(f, "screen.coverage", "unit_coverage: 0.65", &op);
    for (size_t j = 0; j < 20; j++) {
        x[j] = j < 13 ? value : gap;
    }
    assert_int_equal(op->screen(op, p, &f->ctx, x, 20, 1, &unit, column), MERA_OK);
    assert_int_equal(unit, 1);
    x[0] = gap;
    assert_int_equal(op->screen(op, p, &f->ctx, x, 20, 1, &unit, column), MERA_OK);
    assert_int_equal(unit, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(a_bound_belongs_to_the_band_that_begins_there),
        OPS_TEST(a_score_below_all_bands_has_no_class_and_is_told),
        OPS_TEST(bands_must_rise_or_fall_throughout),
        OPS_TEST(quantile_classes_keep_a_cut_below),
        OPS_TEST(rank_groups_cut_at_the_ceiling_or_the_floor),
        OPS_TEST(labels_must_be_as_many_as_classes),
        OPS_TEST(screening_counts_present_and_nonzero_values),
        OPS_TEST(a_share_equal_to_the_threshold_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
