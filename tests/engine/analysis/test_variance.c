/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What moves places: estimates against indices worked out from all combinations of choices; the
 * same at any number of threads; steps, units, estimators, failures.
 */
#include "run_fixture.h"

#include "analysis/joint.h"
#include "mera/variance.h"

#define HEAD "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 7\n"
#define STEPS "steps:\n  normalise: {op: minmax, range: [1, 100]}\n  aggregate: arithmetic\n"
#define TREE                                                   \
    "framework:\n  id: index\n  nodes:\n"                      \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n" \
    "    - {id: life, weight: 3, indicators: {c: 1, d: 2}}\n"
#define INDICATORS                                                      \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n" \
    "  c: {direction: lower}\n  d: {direction: higher}\n"
#define FIXED                                                                    \
    "uncertainty:\n  weights: {law: fixed}\n  factors:\n"                        \
    "    mean: {set: steps.aggregate, choices: arithmetic|geometric|harmonic}\n" \
    "    share: {set: framework.money.weight, choices: [1, 2, 4, 8]}\n"          \
    "    out: {drop: one, of: [b, d]}\n"                                         \
    "    low: {set: steps.normalise.range, choices: [[1, 100], [30, 100]]}\n"

enum { UNITS = 8, FACTORS = 4 };

static const size_t levels[FACTORS] = {3, 4, 3, 2};

static const char table[] = "unit,a,b,c,d\n"
                            "u1,3,8,4,7\nu2,5,6,2,5\nu3,9,1,7,6\nu4,2,7,3,9\n"
                            "u5,6,5,5,1\nu6,7,3,1,4\nu7,1,9,6,8\nu8,4,4,8,2\n";

static mera_variance variance_must(run_fixture *f, mera_variance_ask ask)
{
    mera_variance v;
    const mera_code code = mera_variance_of(f->plan, f->result, &ask, f->arena, f->diags, &v);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    return v;
}

/* All combinations, the last factor changing fastest, with their outcomes: the shift, then the
 * place of each unit. */
typedef struct variance_all {
    size_t n;
    double *y[1 + UNITS];
} variance_all;

static double variance_place(const double *score, size_t i)
{
    double place = 1;
    for (size_t k = 0; k < UNITS; k++) {
        place += score[k] > score[i];
    }
    return place;
}

static void variance_enumerate(run_fixture *f, variance_all *all)
{
    const mera_robust_ask ask = {.threads = 1};
    mera_robust robust;
    robust_run run = {.plan = f->plan,
                      .result = f->result,
                      .ask = &ask,
                      .out = &robust,
                      .arena = f->arena,
                      .diags = f->diags};
    mera_joint *joint;
    assert_int_equal(mera_robust_begin(&run), MERA_OK);
    assert_int_equal(mera_joint_open(&run, &joint), MERA_OK);
    all->n = 1;
    for (size_t k = 0; k < FACTORS; k++) {
        all->n *= levels[k];
    }
    double *u = mera_arena_alloc(f->arena, all->n * (FACTORS + 1), sizeof *u);
    double *score = mera_arena_alloc(f->arena, all->n * UNITS, sizeof *score);
    uint64_t *number = mera_arena_zero(f->arena, all->n * (FACTORS + 1), sizeof *number);
    joint_outcome out = {.score = score};
    assert_int_equal(mera_joint_outcome_new(joint, all->n, f->arena, &out), MERA_OK);
    for (size_t c = 0; c < all->n; c++) {
        size_t left = c;
        u[c * (FACTORS + 1)] = 0.5;
        for (size_t k = FACTORS; k-- > 0;) {
            u[c * (FACTORS + 1) + 1 + k] = ((double)(left % levels[k]) + 0.5) / (double)levels[k];
            left /= levels[k];
        }
    }
    const joint_points points = {.count = all->n, .u = u, .number = number};
    assert_int_equal(mera_joint_run(joint, &points, &out), MERA_OK);
    for (size_t o = 0; o <= UNITS; o++) {
        all->y[o] = mera_arena_zero(f->arena, all->n, sizeof(double));
    }
    for (size_t c = 0; c < all->n; c++) {
        assert_int_equal(out.failure[c], 0);
        for (size_t i = 0; i < UNITS; i++) {
            const double place = variance_place(score + c * UNITS, i);
            all->y[1 + i][c] = place;
            all->y[0][c] += fabs(place - variance_place(f->result->node[0].score, i)) / UNITS;
        }
    }
    mera_joint_close(joint);
}

static size_t variance_level(size_t c, size_t k)
{
    for (size_t j = FACTORS; j-- > k + 1;) {
        c /= levels[j];
    }
    return c % levels[k];
}

/* The combination without factor k, as a number: what the total index conditions on. */
static size_t variance_rest(size_t c, size_t k)
{
    size_t rest = 0;
    for (size_t j = 0; j < FACTORS; j++) {
        rest = j == k ? rest : rest * levels[j] + variance_level(c, j);
    }
    return rest;
}

/* Var E(y | x_k) / Var y, and E Var(y | all but x_k) / Var y. */
static void variance_exact(const variance_all *all, const double *y, size_t k, double *first,
                           double *total)
{
    double mean = 0, square = 0, by[8] = {0}, rest[256] = {0}, between = 0, among = 0;
    const double n = (double)all->n, n_k = (double)levels[k];
    for (size_t c = 0; c < all->n; c++) {
        mean += y[c] / n;
        square += y[c] * y[c] / n;
        by[variance_level(c, k)] += y[c] * n_k / n;
        rest[variance_rest(c, k)] += y[c] / n_k;
    }
    for (size_t l = 0; l < levels[k]; l++) {
        between += by[l] * by[l] / n_k;
    }
    for (size_t r = 0; r < all->n / levels[k]; r++) {
        among += rest[r] * rest[r] * n_k / n;
    }
    *first = (between - mean * mean) / (square - mean * mean);
    *total = (square - among) / (square - mean * mean);
}

static void estimates_are_near_the_exact_shares(void **state)
{
    run_fixture *f = *state;
    variance_all all;
    run_must(f, HEAD INDICATORS STEPS TREE FIXED, table);
    variance_enumerate(f, &all);
    const mera_variance v =
        variance_must(f, (mera_variance_ask){.unit = SIZE_MAX, .runs = 100000, .wide = 0.05});
    assert_int_equal(v.n_inputs, FACTORS); /* weights are fixed */
    assert_true(v.settled);
    for (size_t k = 0; k < FACTORS; k++) {
        double first, total;
        variance_exact(&all, all.y[0], k, &first, &total);
        assert_close(v.sobol.index[k].first.value, first, 0.03);
        assert_close(v.sobol.index[k].total.value, total, 0.02);
        for (size_t i = 0; i < UNITS; i++) {
            variance_exact(&all, all.y[1 + i], k, &first, &total);
            assert_close(v.place[i].first[k], first, 0.04);
            assert_close(v.place[i].total[k], total, 0.03);
        }
    }
    const mera_variance unit =
        variance_must(f, (mera_variance_ask){.unit = 3, .runs = 100000, .wide = 0.05});
    for (size_t k = 0; k < FACTORS && unit.rows == v.rows; k++) {
        assert_true(unit.sobol.index[k].total.value == v.place[3].total[k]);
    }
}

#define EVERYTHING                                                               \
    "uncertainty:\n  factors:\n"                                                 \
    "    mean: {set: steps.aggregate, choices: arithmetic|geometric|harmonic}\n" \
    "    floor: {set: framework.aggregate.floor, choices: [2, 20]}\n"            \
    "    share: {set: framework.money.weight, range: [1, 4]}\n"                  \
    "    out: {drop: 0.2}\n    error: {noise: {a: 0.5, c: b}}\n"

static bool variance_equal(double x, double y)
{
    return x == y || (isnan(x) && isnan(y)); /* NaN: a place that never changes */
}

static void variance_same(const mera_variance *x, const mera_variance *y)
{
    assert_int_equal(x->runs, y->runs);
    assert_int_equal(x->failed, y->failed);
    for (size_t k = 0; k < x->n_inputs; k++) {
        assert_true(x->sobol.index[k].first.value == y->sobol.index[k].first.value);
        assert_true(x->sobol.index[k].total.high == y->sobol.index[k].total.high);
        for (size_t i = 0; i < UNITS; i++) {
            assert_true(variance_equal(x->place[i].total[k], y->place[i].total[k]));
        }
    }
}

static void threads_change_nothing(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS TREE EVERYTHING, table);
    const mera_variance_ask ask = {.unit = SIZE_MAX, .runs = 2100};
    mera_variance_ask one = ask, two = ask, eight = ask;
    one.threads = 1;
    two.threads = 2;
    eight.threads = 8;
    const mera_variance x = variance_must(f, one);
    const mera_variance y = variance_must(f, two), z = variance_must(f, eight);
    assert_int_equal(x.n_inputs, 6);
    assert_int_equal(x.runs, 256 * 8);
    variance_same(&x, &y);
    variance_same(&x, &z);
}

static void rows_at_a_time_change_nothing(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD INDICATORS STEPS TREE
             "uncertainty: {factors: {scale: {set: steps.normalise, choices: [minmax, zscore]}, "
             "mean: {set: steps.aggregate, choices: [arithmetic, arithmetic, arithmetic, "
             "arithmetic, geometric, harmonic]}}}\n",
             table);
    mera_variance_ask ask = {.unit = SIZE_MAX, .runs = 1300, .keep = true};
    const mera_variance x = variance_must(f, ask);
    assert_true(x.n_failures > 1);
    for (ask.block = 7; ask.block < 256; ask.block *= 19) {
        ask.threads = ask.block == 7 ? 1 : 8;
        const mera_variance y = variance_must(f, ask);
        variance_same(&x, &y);
        assert_int_equal(x.kept_size, y.kept_size);
        assert_memory_equal(x.kept, y.kept, x.kept_size);
    }
}

static void steps_gather_their_choices(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS TREE EVERYTHING, table);
    const mera_variance v =
        variance_must(f, (mera_variance_ask){.unit = SIZE_MAX, .runs = 2100, .by_step = true});
    const char *const steps[] = {"weights", "aggregate", "inclusion", "data"};
    assert_int_equal(v.n_inputs, 4); /* share is a weight, floor of the aggregate */
    for (size_t k = 0; k < 4; k++) {
        assert_string_equal(v.input[k].id, steps[k]);
    }
}

static void estimators_agree(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS TREE FIXED, table);
    const char *const names[] = {"martinez", "janon", "azzini"};
    const mera_variance jansen =
        variance_must(f, (mera_variance_ask){.unit = SIZE_MAX, .runs = 20000, .wide = 0.001});
    for (size_t e = 0; e < 3; e++) {
        const mera_variance v = variance_must(f, (mera_variance_ask){.unit = SIZE_MAX,
                                                                     .runs = 20000,
                                                                     .wide = 0.001,
                                                                     .first = names[e],
                                                                     .total = names[e]});
        for (size_t k = 0; k < FACTORS; k++) {
            assert_close(v.sobol.index[k].first.value, jansen.sobol.index[k].first.value, 0.05);
            assert_close(v.sobol.index[k].total.value, jansen.sobol.index[k].total.value, 0.05);
        }
    }
}

static void failed_runs_take_their_rows_out(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD INDICATORS STEPS TREE
             "uncertainty: {factors: {scale: {set: steps.normalise, choices: [minmax, zscore, "
             "rank]}, mean: {set: steps.aggregate, choices: [arithmetic, arithmetic, "
             "arithmetic, arithmetic, arithmetic, arithmetic, geometric]}}}\n",
             table);
    const mera_variance v = variance_must(f, (mera_variance_ask){.unit = SIZE_MAX, .runs = 3000});
    assert_true(v.failed > 0 && v.n_failures > 0);
    assert_int_equal(v.sobol.n + v.sobol.failed, v.rows);
    assert_true(v.sobol.failed > 0 && v.sobol.failed < v.rows / 2);
    assert_non_null(strstr(v.failure[0].choices, "mean = geometric"));
    assert_non_null(strstr(v.failure[0].reason, "allowed is"));
}

static void one_open_choice_is_refused(void **state)
{
    run_fixture *f = *state;
    mera_variance v;
    run_must(f, HEAD INDICATORS STEPS TREE, table);
    assert_int_equal(mera_variance_of(f->plan, f->result, &(mera_variance_ask){.unit = SIZE_MAX},
                                      f->arena, f->diags, &v),
                     MERA_EINPUT);
    assert_non_null(strstr(run_first_problem(f), "leaves weights open"));
}

static bool variance_stop(void *context, uint64_t done, uint64_t until)
{
    const uint64_t *most = context;
    assert_true(done <= until);
    return done < *most;
}

/* What was done until then is told as of a design of so many rows; before the first there is
 * nothing to tell. */
static void what_was_done_when_it_is_stopped_is_told(void **state)
{
    run_fixture *f = *state;
    uint64_t most = 300 * (2 + FACTORS);
    mera_variance v;
    run_must(f, HEAD INDICATORS STEPS TREE FIXED, table);
    const mera_variance whole =
        variance_must(f, (mera_variance_ask){.unit = SIZE_MAX, .wide = 0.001});
    mera_variance_ask ask = {
        .unit = SIZE_MAX, .wide = 0.001, .progress = variance_stop, .context = &most};
    const mera_variance part = variance_must(f, ask);
    assert_false(whole.stopped);
    assert_true(part.stopped);
    assert_true(part.rows >= 300 && part.rows < whole.rows);
    assert_int_equal(part.runs, part.rows * (2 + FACTORS));
    for (size_t i = 0; i < part.n_stages; i++) {
        assert_int_equal(part.stage[i].rows, whole.stage[i].rows);
        assert_true(part.stage[i].widest == whole.stage[i].widest);
    }
    most = 0;
    assert_int_equal(mera_variance_of(f->plan, f->result, &ask, f->arena, f->diags, &v),
                     MERA_ELIMIT);
    assert_said(f->diags, "stopped before the first 64 rows");
}

/* Stopped, kept, taken up: the same as never stopped, wherever it was stopped, also by a run that
 * has failures, and by one that was stopped before it could tell anything. */
static void a_design_that_was_stopped_goes_on_as_if_it_had_not(void **state)
{
    static const char *const open[] = {
        FIXED, "uncertainty: {factors: {scale: {set: steps.normalise, choices: [minmax, rank]}, "
               "mean: {set: steps.aggregate, choices: [arithmetic, arithmetic, arithmetic, "
               "arithmetic, geometric]}, low: {set: steps.normalise.range, choices: [[1, 100], "
               "[-50, 100]]}}}\n"};
    run_fixture *f = *state;
    for (size_t way = 0; way < 2; way++) {
        char yaml[2000];
        snprintf(yaml, sizeof yaml, "%s%s", HEAD INDICATORS STEPS TREE, open[way]);
        run_must(f, yaml, table);
        mera_variance_ask ask = {
            .unit = SIZE_MAX, .wide = 0.001, .runs = 7000, .keep = true, .threads = 1};
        const mera_variance whole = variance_must(f, ask);
        assert_true((way == 1) == (whole.failed > 0));
        for (size_t rows = 20; rows < whole.rows; rows += 300) {
            uint64_t most = rows * whole.runs / whole.rows;
            mera_variance_ask part_ask = ask, rest_ask = ask;
            part_ask.block = 37; /* is no part of any number of rows at which estimates are made */
            part_ask.progress = variance_stop;
            part_ask.context = &most;
            mera_variance part;
            assert_int_equal(
                mera_variance_of(f->plan, f->result, &part_ask, f->arena, f->diags, &part),
                rows < 64 ? MERA_ELIMIT : MERA_OK);
            assert_true(part.stopped && part.rows > rows && part.rows < whole.rows);
            rest_ask.threads = 2;
            rest_ask.kept = part.kept;
            rest_ask.kept_size = part.kept_size;
            const mera_variance both = variance_must(f, rest_ask);
            variance_same(&both, &whole);
            assert_int_equal(both.n_stages, whole.n_stages);
            assert_int_equal(both.n_failures, whole.n_failures);
            assert_int_equal(both.kept_size, whole.kept_size);
            assert_memory_equal(both.kept, whole.kept, whole.kept_size);
        }
        run_again(f);
    }
}

/* Any bit that changed, any length cut off. */
static void kept_runs_that_were_damaged_are_refused(void **state)
{
    run_fixture *f = *state;
    mera_variance v;
    run_must(f, HEAD INDICATORS STEPS TREE FIXED, table);
    mera_variance_ask ask = {.unit = SIZE_MAX, .runs = 500, .keep = true};
    const mera_variance first = variance_must(f, ask);
    char *damaged = mera_arena_alloc(f->arena, first.kept_size, 1);
    ask.kept = damaged;
    for (size_t at = 0; at < first.kept_size; at += 397) {
        memcpy(damaged, first.kept, first.kept_size);
        damaged[at] ^= 1;
        ask.kept_size = first.kept_size;
        assert_int_equal(mera_variance_of(f->plan, f->result, &ask, f->arena, f->diags, &v),
                         MERA_EINPUT);
        ask.kept_size = at;
        assert_int_equal(mera_variance_of(f->plan, f->result, &ask, f->arena, f->diags, &v),
                         MERA_EINPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(estimates_are_near_the_exact_shares, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(threads_change_nothing, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(rows_at_a_time_change_nothing, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(steps_gather_their_choices, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(estimators_agree, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(failed_runs_take_their_rows_out, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_was_done_when_it_is_stopped_is_told, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_design_that_was_stopped_goes_on_as_if_it_had_not,
                                        run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(kept_runs_that_were_damaged_are_refused, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(one_open_choice_is_refused, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
