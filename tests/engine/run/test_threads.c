/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The same bytes for any number of threads: scores, places, states, fits and messages, over a
 * methodology that uses every step, groups, three periods, formulas and a shared plan.
 */
#include "run_fixture.h"

#include "base/text.h"
#include "run/record.h"

enum { THREADS_INDICATORS = 24, THREADS_UNITS = 150 };

/** A number in [0, 1) that depends on nothing but its place. */
static double threads_uniform(uint64_t i)
{
    uint64_t z = (i + 1) * 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static const char *threads_table(mera_arena *arena)
{
    mera_text text = {.arena = arena};

    mera_text_add(&text, "key,period,@size");
    for (int j = 0; j < THREADS_INDICATORS; j++) {
        mera_text_addf(&text, ",x%d", j);
    }
    for (int row = 0; row < 3 * THREADS_UNITS; row++) {
        mera_text_addf(&text, "\nu%d,%d,g%d", row / 3, 2000 + row % 3, row / 3 % 7);
        for (int j = 0; j < THREADS_INDICATORS; j++) {
            const uint64_t cell = (uint64_t)row * THREADS_INDICATORS + (uint64_t)j;
            const double x = threads_uniform(cell);

            if (threads_uniform(cell + 1000003) < 0.1) {
                mera_text_add(&text, ",.");
            } else {
                mera_text_addf(&text, ",%.6f", x > 0.98 ? 100 * x : 1 + x);
            }
        }
    }
    mera_text_add(&text, "\n");
    return mera_text_string(&text);
}

static const char *threads_yaml(mera_arena *arena)
{
    mera_text text = {.arena = arena};

    mera_text_add(&text, "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\nindicators:\n");
    for (int j = 0; j < THREADS_INDICATORS; j++) {
        mera_text_addf(&text, "  x%d: {direction: %s, range: [0, 50]}\n", j,
                       j % 3 == 0 ? "lower" : "higher");
    }
    mera_text_add(&text, "  f: {formula: x1 / x2 + x3:mean(), unit: points, direction: higher}\n"
                         "steps:\n"
                         "  screen: {unit_coverage: 0.8}\n"
                         "  impute: {op: median, by: size}\n"
                         "  treat: {op: winsorise, skewness: 2, kurtosis: 3.5}\n"
                         "  normalise: {op: minmax, range: [1, 100], reference: {period: all}}\n"
                         "  aggregate: arithmetic\n"
                         "rank: {within: size, ties: mean}\n"
                         "framework:\n"
                         "  id: root\n"
                         "  aggregate: geometric\n"
                         "  indicators: [f]\n"
                         "  nodes:\n");
    for (int k = 0; k < 6; k++) {
        mera_text_addf(&text,
                       "    - {id: n%d, then: {op: minmax, range: [1, 10]}, indicators: [x%d, x%d, "
                       "x%d, x%d]}\n",
                       k, 4 * k, 4 * k + 1, 4 * k + 2, 4 * k + 3);
    }
    return mera_text_string(&text);
}

static void threads_add(mera_text *text, const void *bytes, size_t n)
{
    if (bytes != NULL) {
        mera_text_add_n(text, bytes, n);
    }
}

/** Everything a result says, as one string of bytes. */
static mera_text threads_bytes(const run_fixture *f)
{
    const mera_result *r = f->result;
    const size_t n = r->n_periods * r->n_units;
    mera_text text = {.arena = f->arena};

    for (size_t k = 0; k < r->methodology->n_indicators; k++) {
        for (int stage = 0; stage < MERA_N_STAGES; stage++) {
            threads_add(&text, r->indicator[k].stage[stage], n * sizeof(double));
        }
        threads_add(&text, r->indicator[k].state, n);
    }
    for (size_t k = 0; k < r->methodology->n_nodes; k++) {
        threads_add(&text, r->node[k].aggregate, n * sizeof(double));
        threads_add(&text, r->node[k].score, n * sizeof(double));
        threads_add(&text, r->node[k].rank, n * sizeof(double));
        threads_add(&text, r->node[k].group_rank, n * sizeof(double));
        threads_add(&text, r->node[k].coverage, n * sizeof(double));
    }
    mera_text_add(&text, mera_fits_csv(r, f->arena));
    for (size_t i = 0; i < mera_diags_size(f->diags); i++) {
        mera_text_add(&text, mera_diag_text(f->diags, mera_diags_get(f->diags, i), f->arena));
    }
    assert_false(text.failed);
    return text;
}

static void results_do_not_depend_on_the_number_of_threads(void **state)
{
    static const unsigned threads[] = {1, 2, 8};
    run_fixture *f = *state;
    const char *yaml = threads_yaml(f->arena), *table = threads_table(f->arena);
    mera_text first = {0};

    for (size_t i = 0; i < 3; i++) {
        mera_text bytes;

        f->threads = threads[i];
        run_must(f, yaml, table);
        assert_true(f->result->n_fits > 100);
        assert_true(mera_diags_count(f->diags, MERA_WARNING) > 10);
        bytes = threads_bytes(f);
        if (i == 0) {
            first = bytes;
        }
        assert_int_equal(bytes.n, first.n);
        assert_memory_equal(bytes.data, first.data, first.n);
        run_again(f);
    }
}

static void a_plan_scores_the_same_twice(void **state)
{
    run_fixture *f = *state;
    mera_text first, second;

    run_must(f, threads_yaml(f->arena), threads_table(f->arena));
    first = threads_bytes(f);
    f->diags = mera_diags_new(f->arena);
    assert_int_equal(mera_plan_score(f->plan, f->arena, f->diags, &f->result), MERA_OK);
    second = threads_bytes(f);
    /* the plan's own warnings came before the first run */
    assert_true(second.n <= first.n);
    assert_memory_equal(first.data, second.data,
                        3 * THREADS_UNITS * sizeof(double) * THREADS_INDICATORS);
}

static void memory_may_end_at_any_allocation(void **state)
{
    run_fixture *f = *state;
    mera_code rc = MERA_ENOMEM;
    size_t n;

    run_must(f, threads_yaml(f->arena), threads_table(f->arena));
    for (n = 0; rc != MERA_OK; n += 1 + n / 8) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        const mera_result *result;

        rc = mera_plan_score(f->plan, arena, NULL, &result);
        mera_arena_free(arena);
        assert_true(rc == MERA_OK || rc == MERA_ENOMEM);
    }
    assert_true(n > 100);
}

/** All problems are told, in one order, whoever met them first. */
static void problems_come_in_the_same_order(void **state)
{
    run_fixture *f = *state;
    const char *yaml = "mera: 1\nid: t\nunits: {key: key}\n"
                       "indicators: {a: {direction: higher}, b: {direction: higher}, c: "
                       "{direction: higher}}\n"
                       "steps: {normalise: minmax, aggregate: arithmetic}\n"
                       "framework: {id: root, indicators: [a, b, c]}\n";

    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        f->threads = threads;
        assert_int_equal(run_score_text(f, yaml, "key,a,b,c\nA,1,1,4\nB,1,2,4\n"), MERA_EINPUT);
        assert_int_equal(mera_diags_size(f->diags), 2);
        assert_non_null(strstr(mera_diags_get(f->diags, 0)->message, "indicator 'a'"));
        assert_non_null(strstr(mera_diags_get(f->diags, 1)->message, "indicator 'c'"));
        run_again(f);
    }
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(results_do_not_depend_on_the_number_of_threads),
        RUN_TEST(a_plan_scores_the_same_twice),
        RUN_TEST(memory_may_end_at_any_allocation),
        RUN_TEST(problems_come_in_the_same_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
