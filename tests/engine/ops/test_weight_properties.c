/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What holds for every weigher of the registry: weights are numbers of 0 or more that sum to 1,
 * they do not depend on the order of units or of children, nor on the unit of measure of the
 * scores, units that all stand twice change nothing, and gaps in the data make no gaps in the
 * weights.
 */
#include "properties.h"
#include "weigh.h"

enum { K = 5, N = 36 };

static bool takes(const mera_op *op)
{
    return op->step == MERA_STEP_WEIGHT;
}

/* Children are a to e. */
static const variant variants[] = {
    {"weight.ahp", "matrix: [c: 1 2 3 4 5, a: 1/2 1 2 3 4, e: 1/3 1/2 1 2 3, b: 1/4 1/3 1/2 1 2, "
                   "d: 1/5 1/4 1/3 1/2 1]"},
    {"weight.bod", ""},
    {"weight.bod", "common: shares; lower: 0.05; upper: 0.6"},
    {"weight.budget", "points: [10 20 30 15 25, 5 25 40 20 10]; columns: [e, a, d, b, c]"},
    {"weight.bwm",
     "best: b; worst: e; best_to_others: {a: 2, c: 3, d: 5, e: 9}; others_to_worst: {a: 4, "
     "b: 9, c: 3, d: 2}"},
    {"weight.critic", ""},
    {"weight.critic", "scale: as_is; deviation: sample"},
    {"weight.deviation", ""},
    {"weight.deviation", "kind: variance; scale: unit"},
    {"weight.deviation", "kind: cv; deviation: sample"},
    {"weight.deviation", "kind: gini"},
    {"weight.from_orderings", "statements: [u3 > u17, u9 > u30]; start: equal"},
    {"weight.inverse_covariance", "negative: constrain"},
    {"weight.inverse_covariance", "matrix: correlation; negative: zero"},
    {"weight.max_information", ""},
    {"weight.max_information", "objective: min_correlation"},
    {"weight.max_information", "objective: sum_r"},
    {"weight.pc1", ""},
    {"weight.pc1", "loadings: absolute; missing: pairwise"},
    {"weight.pca", ""},
    {"weight.pca", "rotation: none; within: group; missing: pairwise"},
    {"weight.rank_order", "order: [c, a = b, e, d]"},
    {"weight.rank_order", "order: [c, a = b, e, d]; kind: reciprocal"},
    {"weight.regression", "anchor: y"},
    {"weight.regression", "anchor: y; method: ridge"},
    {"weight.regression", "anchor: y; method: simplex"},
    {"weight.shapley_r2", "anchor: y"},
    {"weight.swing", "points: {a: 10, b: 20, c: 30, d: 40, e: 50}"},
    {"weight.to_importance", ""},
    {"weight.to_importance", "measure: variance_share"},
    {"weight.to_importance", "measure: spline"},
    {NULL, NULL},
};

static const exemption exemptions[] = {
    {"weight.regression", "unit of measure",
     "weights that sum to 1 put the index onto the anchor's own scale",
     "anchor: y; method: simplex"},
    {NULL, NULL, NULL, NULL},
};

static const walk all = {takes, variants, exemptions, 19};

typedef struct {
    double x[K][2 * N], y[2 * N];
    const char *unit[2 * N], *child[K];
    const double *columns[K], *anchor[1];
} sample;

/* Scores between 1 and 100 that go together a little, and what they foretell. */
static sample *sample_make(fixture *f)
{
    sample *s = mera_arena_zero(f->arena, 1, sizeof *s);
    assert_non_null(s);
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
    return s;
}

static const char *sample_weigh(fixture *f, const sample *s, size_t n, const mera_op *op,
                                const char *params, double *w)
{
    f->ctx.unit_name = s->unit;
    f->ctx.child_name = s->child;
    f->ctx.input = s->anchor;
    f->ctx.n_inputs = 1;
    return weigh(f, op->name, params, s->columns, K, n, w) == MERA_OK ? NULL : what_it_says(f);
}

static const char *is_sound(fixture *f, const double *w)
{
    double sum = 0;
    for (size_t j = 0; j < K; j++) {
        if (!(w[j] >= 0) || isinf(w[j])) {
            return mera_arena_printf(f->arena, "weight %zu is %g", j, w[j]);
        }
        sum += w[j];
    }
    return sum > 0 ? NULL : "the weights sum to 0";
}

static const char *check_sound(fixture *f, const mera_op *op, const char *params)
{
    const sample *s = sample_make(f);
    double w[K];
    const char *seen = sample_weigh(f, s, N, op, params, w);
    return seen != NULL ? seen : is_sound(f, w);
}

static void weights_are_numbers_of_0_or_more(void **state)
{
    property_holds(*state, &all, "numbers of 0 or more", check_sound);
}

/* Weights of the sample as it is, and of another one. */
static const char *compare(fixture *f, const mera_op *op, const char *params, const sample *t,
                           size_t n, const size_t *from)
{
    const sample *s = sample_make(f);
    double w[K], v[K], expected[K];
    const char *seen = sample_weigh(f, s, N, op, params, w);
    seen = seen != NULL ? seen : sample_weigh(f, t, n, op, params, v);
    for (size_t j = 0; j < K && seen == NULL; j++) {
        expected[j] = w[from != NULL ? from[j] : j];
    }
    return seen != NULL ? seen : differs(f, v, expected, K, 1e-7);
}

static const char *check_units(fixture *f, const mera_op *op, const char *params)
{
    const sample *s = sample_make(f);
    sample *t = sample_make(f);
    for (size_t i = 0; i < N; i++) {
        const size_t from = (7 * i + 5) % N;
        for (size_t j = 0; j < K; j++) {
            t->x[j][i] = s->x[j][from];
        }
        t->y[i] = s->y[from];
        t->unit[i] = s->unit[from];
    }
    return compare(f, op, params, t, N, NULL);
}

static void the_order_of_units_does_not_matter(void **state)
{
    property_holds(*state, &all, "order of units", check_units);
}

static const char *check_children(fixture *f, const mera_op *op, const char *params)
{
    static const size_t from[K] = {3, 0, 4, 1, 2};
    const sample *s = sample_make(f);
    sample *t = sample_make(f);
    for (size_t j = 0; j < K; j++) {
        t->columns[j] = s->x[from[j]];
        t->child[j] = s->child[from[j]];
    }
    return compare(f, op, params, t, N, from);
}

static void the_order_of_children_does_not_matter(void **state)
{
    property_holds(*state, &all, "order of children", check_children);
}

static const char *check_scale(fixture *f, const mera_op *op, const char *params)
{
    sample *t = sample_make(f);
    for (size_t j = 0; j < K; j++) {
        for (size_t i = 0; i < N; i++) {
            t->x[j][i] *= 0.01;
        }
    }
    return compare(f, op, params, t, N, NULL);
}

static void the_unit_of_measure_of_the_scores_does_not_matter(void **state)
{
    property_holds(*state, &all, "unit of measure", check_scale);
}

/* Every unit stands twice: nothing is learned that was not known. */
static const char *check_twice(fixture *f, const mera_op *op, const char *params)
{
    sample *t = sample_make(f);
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < K; j++) {
            t->x[j][N + i] = t->x[j][i];
        }
        t->y[N + i] = t->y[i];
        t->unit[N + i] = mera_arena_printf(f->arena, "v%zu", i);
    }
    return compare(f, op, params, t, 2 * N, NULL);
}

static void units_that_all_stand_twice_change_nothing(void **state)
{
    property_holds(*state, &all, "duplicated units", check_twice);
}

static const char *check_gaps(fixture *f, const mera_op *op, const char *params)
{
    sample *t = sample_make(f);
    double v[K];
    for (size_t j = 0; j < K; j++) {
        t->x[j][4 * j + 2] = NAN;
    }
    const char *seen = sample_weigh(f, t, N, op, params, v);
    return seen != NULL ? seen : is_sound(f, v);
}

static void gaps_in_the_data_make_no_gaps_in_the_weights(void **state)
{
    property_holds(*state, &all, "gaps", check_gaps);
}

static const char *check_bits(fixture *f, const mera_op *op, const char *params)
{
    const sample *s = sample_make(f);
    double w[K], v[K];
    const char *seen = sample_weigh(f, s, N, op, params, w);
    seen = seen != NULL ? seen : sample_weigh(f, s, N, op, params, v);
    return seen != NULL ? seen : differs_in_bits(f, v, w, K);
}

static void the_same_data_give_the_same_bits(void **state)
{
    property_holds(*state, &all, "determinism", check_bits);
}

/* Memory may end at any allocation: fail the first, then the second, until one call gets through.
 */
static const char *check_memory(fixture *f, const mera_op *op, const char *params)
{
    const sample *s = sample_make(f);
    mera_arena *whole = f->arena;
    const mera_op *same;
    const void *bound = ops_bind(f, op->name, params, &same);
    const double ones[K] = {1, 1, 1, 1, 1};
    const mera_children in = {.n = N, .k = K, .x = s->columns, .w = ones, .total = K};
    const char *seen = NULL;
    mera_code rc = MERA_ENOMEM;
    f->ctx.unit_name = s->unit;
    f->ctx.child_name = s->child;
    f->ctx.input = s->anchor;
    f->ctx.n_inputs = 1;
    for (size_t n = 0; rc != MERA_OK && seen == NULL; n++) {
        double v[K];
        f->ctx.arena = mera_arena_new_failing_at(n);
        rc = f->ctx.arena != NULL ? op->weigh(op, bound, &f->ctx, &in, v) : MERA_ENOMEM;
        mera_arena_free(f->ctx.arena);
        if ((rc != MERA_OK && rc != MERA_ENOMEM) || n > 2000) {
            seen = mera_arena_printf(whole, "code %d at allocation %zu", (int)rc, n);
        }
    }
    f->ctx.arena = whole;
    return seen;
}

static void memory_may_end_anywhere(void **state)
{
    property_holds(*state, &all, "memory", check_memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(weights_are_numbers_of_0_or_more),
        OPS_TEST(the_order_of_units_does_not_matter),
        OPS_TEST(the_order_of_children_does_not_matter),
        OPS_TEST(the_unit_of_measure_of_the_scores_does_not_matter),
        OPS_TEST(units_that_all_stand_twice_change_nothing),
        OPS_TEST(gaps_in_the_data_make_no_gaps_in_the_weights),
        OPS_TEST(the_same_data_give_the_same_bits),
        OPS_TEST(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
