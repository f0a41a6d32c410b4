/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What holds for every weigher of the registry: weights are numbers of 0 or more that sum to 1,
 * they do not depend on the order of units or of children, nor on the unit of measure of the
 * scores, and gaps in the data make no gaps in the weights. A new weigher that needs parameters
 * must have a line here.
 */
#include "weigh.h"

enum { K = 5, N = 36 };

/* Parameters of those that do not go by their name alone; children are a to e. */
static const char *const needed[][2] = {
    {"weight.ahp", "matrix: [c: 1 2 3 4 5, a: 1/2 1 2 3 4, e: 1/3 1/2 1 2 3, b: 1/4 1/3 1/2 1 2, "
                   "d: 1/5 1/4 1/3 1/2 1]"},
    {"weight.budget", "points: [10 20 30 15 25, 5 25 40 20 10]; columns: [e, a, d, b, c]"},
    {"weight.bwm",
     "best: b; worst: e; best_to_others: {a: 2, c: 3, d: 5, e: 9}; others_to_worst: {a: 4, "
     "b: 9, c: 3, d: 2}"},
    {"weight.from_orderings", "statements: [u3 > u17, u9 > u30]; start: equal"},
    {"weight.inverse_covariance", "negative: constrain"},
    {"weight.rank_order", "order: [c, a = b, e, d]"},
    {"weight.regression", "anchor: y"},
    {"weight.shapley_r2", "anchor: y"},
    {"weight.swing", "points: {a: 10, b: 20, c: 30, d: 40, e: 50}"},
};

typedef struct {
    double x[K][N], y[N];
    const char *unit[N], *child[K];
    const double *columns[K], *anchor[1];
} sample;

static double noise(size_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

/* Scores between 1 and 100 that go together a little, and what they foretell. */
static void sample_make(fixture *f, sample *s)
{
    for (size_t i = 0; i < N; i++) {
        s->y[i] = noise(i + 9000);
        for (size_t j = 0; j < K; j++) {
            s->x[j][i] = 50 + 25 * noise(50 * j + i) + 20 * noise(i + 7000);
            s->y[i] += (double)(j + 1) * s->x[j][i] / 50;
        }
        s->unit[i] = mera_arena_printf(f->arena, "u%zu", i);
    }
    for (size_t j = 0; j < K; j++) {
        s->columns[j] = s->x[j];
        s->child[j] = mera_arena_printf(f->arena, "%c", (int)('a' + j));
    }
    s->anchor[0] = s->y;
}

static const char *sample_params(const mera_op *op)
{
    const char *params = "";
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        params = strcmp(needed[i][0], op->name) == 0 ? needed[i][1] : params;
    }
    return params;
}

static mera_code sample_weigh(fixture *f, const sample *s, const mera_op *op, double *w)
{
    const char *params = sample_params(op);
    f->ctx.unit_name = s->unit;
    f->ctx.child_name = s->child;
    f->ctx.input = s->anchor;
    f->ctx.n_inputs = 1;
    const mera_code rc = weigh(f, op->name, params, s->columns, K, N, w);
    if (rc != MERA_OK) {
        print_error("%s: %s\n", op->name,
                    mera_diags_get(f->diags, mera_diags_size(f->diags) - 1)->message);
    }
    return rc;
}

/* Calls `check` with each weigher of the registry, its sample and the weights it gives there. */
static void every_weigher(fixture *f, void (*check)(fixture *f, const sample *s, const mera_op *op,
                                                    const double *w))
{
    size_t n = 0;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        sample s;
        double w[K];
        if (op->step != MERA_STEP_WEIGHT) {
            continue;
        }
        sample_make(f, &s);
        assert_int_equal(sample_weigh(f, &s, op, w), MERA_OK);
        check(f, &s, op, w);
        n++;
    }
    assert_true(n >= 19);
}

static void is_sound(const mera_op *op, const double *w)
{
    double sum = 0;
    for (size_t j = 0; j < K; j++) {
        if (!(w[j] >= 0) || isinf(w[j])) {
            print_error("%s gives %g\n", op->name, w[j]);
        }
        assert_true(w[j] >= 0 && isfinite(w[j]));
        sum += w[j];
    }
    assert_true(sum > 0);
}

static void check_sound(fixture *f, const sample *s, const mera_op *op, const double *w)
{
    (void)f, (void)s;
    is_sound(op, w);
}

static void weights_are_numbers_of_0_or_more(void **state)
{
    every_weigher(*state, check_sound);
}

static void check_units(fixture *f, const sample *s, const mera_op *op, const double *w)
{
    sample t = *s;
    double v[K];
    for (size_t i = 0; i < N; i++) {
        const size_t from = (7 * i + 5) % N;
        for (size_t j = 0; j < K; j++) {
            t.x[j][i] = s->x[j][from];
        }
        t.y[i] = s->y[from];
        t.unit[i] = s->unit[from];
    }
    for (size_t j = 0; j < K; j++) {
        t.columns[j] = t.x[j];
    }
    t.anchor[0] = t.y;
    assert_int_equal(sample_weigh(f, &t, op, v), MERA_OK);
    assert_column_of(op->name, v, w, K, 1e-7);
}

static void the_order_of_units_does_not_matter(void **state)
{
    every_weigher(*state, check_units);
}

static void check_children(fixture *f, const sample *s, const mera_op *op, const double *w)
{
    static const size_t from[K] = {3, 0, 4, 1, 2};
    sample t = *s;
    double v[K], expected[K];
    for (size_t j = 0; j < K; j++) {
        t.columns[j] = s->x[from[j]];
        t.child[j] = s->child[from[j]];
        expected[j] = w[from[j]];
    }
    t.anchor[0] = s->y;
    assert_int_equal(sample_weigh(f, &t, op, v), MERA_OK);
    assert_column_of(op->name, v, expected, K, 1e-7);
}

static void the_order_of_children_does_not_matter(void **state)
{
    every_weigher(*state, check_children);
}

static void check_scale(fixture *f, const sample *s, const mera_op *op, const double *w)
{
    sample t = *s;
    double v[K];
    for (size_t j = 0; j < K; j++) {
        for (size_t i = 0; i < N; i++) {
            t.x[j][i] *= 0.01;
        }
        t.columns[j] = t.x[j];
    }
    t.anchor[0] = s->y;
    assert_int_equal(sample_weigh(f, &t, op, v), MERA_OK);
    assert_column_of(op->name, v, w, K, 1e-7);
}

static void the_unit_of_measure_of_the_scores_does_not_matter(void **state)
{
    every_weigher(*state, check_scale);
}

static void check_gaps(fixture *f, const sample *s, const mera_op *op, const double *w)
{
    (void)w;
    sample t = *s;
    double v[K];
    for (size_t j = 0; j < K; j++) {
        t.x[j][4 * j + 2] = NAN;
        t.columns[j] = t.x[j];
    }
    t.anchor[0] = s->y;
    assert_int_equal(sample_weigh(f, &t, op, v), MERA_OK);
    is_sound(op, v);
}

static void gaps_in_the_data_make_no_gaps_in_the_weights(void **state)
{
    every_weigher(*state, check_gaps);
}

static void check_bits(fixture *f, const sample *s, const mera_op *op, const double *w)
{
    double v[K];
    assert_int_equal(sample_weigh(f, s, op, v), MERA_OK);
    assert_memory_equal(v, w, sizeof v);
}

static void the_same_data_give_the_same_bits(void **state)
{
    every_weigher(*state, check_bits);
}

/* Memory may end at any allocation: fail the first, then the second, until one call gets through.
 */
static void check_memory(fixture *f, const sample *s, const mera_op *op, const double *w)
{
    (void)w;
    mera_arena *whole = f->arena;
    const char *params = sample_params(op);
    const mera_op *same;
    const void *bound = ops_bind(f, op->name, params, &same);
    const double ones[K] = {1, 1, 1, 1, 1};
    const mera_children in = {.n = N, .k = K, .x = s->columns, .w = ones, .total = K};
    mera_code rc = MERA_ENOMEM;
    for (size_t n = 0; rc != MERA_OK; n++) {
        double v[K];
        f->ctx.arena = mera_arena_new_failing_at(n);
        rc = f->ctx.arena != NULL ? op->weigh(op, bound, &f->ctx, &in, v) : MERA_ENOMEM;
        mera_arena_free(f->ctx.arena);
        if (rc != MERA_OK && rc != MERA_ENOMEM) {
            print_error("%s says %d at allocation %zu\n", op->name, (int)rc, n);
        }
        assert_true(rc == MERA_OK || rc == MERA_ENOMEM);
        assert_true(n < 2000);
    }
    f->ctx.arena = whole;
}

static void memory_may_end_anywhere(void **state)
{
    every_weigher(*state, check_memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(weights_are_numbers_of_0_or_more),
        OPS_TEST(the_order_of_units_does_not_matter),
        OPS_TEST(the_order_of_children_does_not_matter),
        OPS_TEST(the_unit_of_measure_of_the_scores_does_not_matter),
        OPS_TEST(gaps_in_the_data_make_no_gaps_in_the_weights),
        OPS_TEST(the_same_data_give_the_same_bits),
        OPS_TEST(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
