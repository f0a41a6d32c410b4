/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What it takes to overtake, by brute force: the needed value is put into the data and all is
 * scored again with the fitted numbers as they were. Then the unit reaches the other, and with a
 * little less it does not.
 */
#include "run_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "mera/analysis.h"

enum { UNITS = 8, COLUMNS = 4 };

/** A table of the values, one of them replaced. */
static const char *over_table(run_fixture *f, size_t unit, size_t column, double value)
{
    static const double x[UNITS][COLUMNS] = {{41, 84, 20, 55}, {63, 22, 10, 61}, {30, 48, 40, 40},
                                             {95, 11, 10, 72}, {28, 59, 35, 33}, {77, 40, 25, NAN},
                                             {52, 33, 50, 48}, {45, 45, 30, 50}};
    mera_text text = {.arena = f->arena};

    mera_text_add(&text, "key,a,b,c,d,@size");
    for (size_t i = 0; i < UNITS; i++) {
        mera_text_addf(&text, "\nU%zu", i);
        for (size_t j = 0; j < COLUMNS; j++) {
            const double v = i == unit && j == column ? value : x[i][j];

            if (isnan(v)) {
                mera_text_add(&text, ",.");
            } else {
                mera_text_addf(&text, ",%.17g", v);
            }
        }
        mera_text_addf(&text, ",%s", i % 2 ? "s" : "l");
    }
    return mera_text_string(&text);
}

static const char *over_yaml(run_fixture *f, const char *steps, const char *framework)
{
    return mera_arena_printf(f->arena,
                             "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"
                             "indicators:\n  a: {direction: higher, goalposts: [0, 120]}\n"
                             "  b: {direction: lower}\n  c: {direction: higher}\n"
                             "  d: {direction: {target: [50, 60]}}\n"
                             "steps: {%s}\nframework: {id: root, %s}\n",
                             steps, framework);
}

/** Scores with the number in the data; how far the unit then is above the other. */
static double over_force(run_fixture *f, const char *yaml, const char *frozen,
                         const mera_overtake *of, size_t column, double value)
{
    run_again(f);
    f->set[0] = (mera_set){"frozen", frozen};
    f->n_set = 1;
    run_must(f, yaml, over_table(f, of->unit, column, value));
    f->n_set = 0;
    const double *score = f->result->node[0].score;
    return score[of->unit] - score[of->target];
}

static void over_write(run_fixture *f, const char *path)
{
    const char *text;
    FILE *file = fopen(path, "w");

    assert_int_equal(mera_freeze_csv(f->result, f->arena, f->diags, &text), MERA_OK);
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/** All ways of all units; returns how many were possible. */
static size_t over_check(run_fixture *f, const char *yaml)
{
    const char *path =
        mera_arena_printf(f->arena, "%s/overtake-%ld.csv", MERA_BINARY_DIR, (long)getpid());
    mera_overtake of[UNITS];
    size_t possible = 0;

    run_again(f);
    run_must(f, yaml, over_table(f, SIZE_MAX, 0, 0));
    over_write(f, path);
    for (size_t u = 0; u < UNITS; u++) {
        assert_int_equal(mera_overtake_of(f->plan, f->result, u, 0, 0, f->arena, f->diags, &of[u]),
                         MERA_OK);
    }
    for (size_t u = 0; u < UNITS; u++) {
        for (size_t j = 0; j < of[u].n; j++) {
            const mera_overtake_way *way = &of[u].way[j];
            const double step = fabs(way->needed - way->value);

            if (way->end != MERA_OVERTAKE_POSSIBLE || j == 3) {
                continue; /* d has a gap, which is imputed: the data cannot say what it was */
            }
            assert_true(over_force(f, yaml, path, &of[u], j, way->needed) >= 0);
            assert_true(over_force(f, yaml, path, &of[u], j,
                                   way->needed + (way->needed > way->value ? -1 : 1) *
                                                     fmin(1e-6, step / 2)) < 0);
            possible++;
        }
    }
    assert_int_equal(unlink(path), 0);
    return possible;
}

static void the_needed_value_overtakes_and_a_little_less_does_not(void **state)
{
    run_fixture *f = *state;
    static const char *const steps[] = {
        "impute: mean, normalise: minmax",
        "impute: mean, normalise: {op: zscore, mean: 100, sd: 10}",
        "impute: mean, treat: winsorise, normalise: {op: minmax, by: size, range: [1, 100]}",
    };
    static const char *const frameworks[] = {
        "aggregate: arithmetic, indicators: {a: 1, b: 2, c: 1, d: 1}",
        "aggregate: {op: power, exponent: 2}, floor: 5, indicators: [a, b, c, d]",
        "aggregate: arithmetic, then: zscore, indicators: {a: 1, b: 2, c: 1, d: 1}",
        "aggregate: {op: mean_min, alpha: 0.5, beta: 2}, nodes: [{id: n, aggregate: arithmetic, "
        "indicators: [a, b]}], "
        "indicators: {c: 1, d: 1}",
    };
    size_t possible = 0;

    for (size_t s = 0; s < 3; s++) {
        for (size_t n = 0; n < 4; n++) {
            possible += over_check(f, over_yaml(f, steps[s], frameworks[n]));
        }
    }
    assert_true(possible >= 40);
}

static void methods_that_compare_units_are_scored_again_with_all(void **state)
{
    run_fixture *f = *state;
    const char *yaml = over_yaml(f, "impute: mean, normalise: minmax",
                                 "aggregate: topsis, indicators: {a: 1, b: 2, c: 1, d: 1}");

    assert_true(over_check(f, yaml) >= 4);
}

static const mera_overtake_way *over_way(run_fixture *f, const mera_overtake *of, const char *id)
{
    for (size_t i = 0; i < of->n; i++) {
        if (strcmp(f->result->methodology->indicator[of->way[i].indicator].id, id) == 0) {
            return &of->way[i];
        }
    }
    fail();
    return NULL;
}

static void a_way_by_hand(void **state)
{
    run_fixture *f = *state;
    mera_overtake of;

    /* points: x of A 0, B 50, C 100; y of A 60, B 40 -> scores A 30, B 45, C 75 */
    run_must(f,
             "mera: 1\nid: t\nunits: {key: key}\nindicators:\n"
             "  x: {direction: higher, goalposts: [0, 10]}\n"
             "  y: {direction: higher, goalposts: [0, 100]}\n"
             "  z: {direction: lower, goalposts: [0, 10]}\n"
             "steps: {normalise: {op: goalposts, clamp: both}}\n"
             "framework: {id: root, indicators: {x: 1, y: 1, z: 0}}\n",
             "key,x,y,z\nA,0,60,5\nB,5,40,5\nC,10,50,5\n");
    assert_int_equal(mera_overtake_of(f->plan, f->result, 0, 0, 0, f->arena, f->diags, &of),
                     MERA_OK);
    assert_int_equal(of.target, 1);
    assert_int_equal(of.n, 3);
    assert_close(over_way(f, &of, "x")->needed, 3, 1e-12); /* +15 points of the index are 30 of x */
    assert_close(over_way(f, &of, "x")->needed_points, 30, 1e-12);
    assert_close(over_way(f, &of, "x")->limit, 10, 1e-15);
    assert_close(over_way(f, &of, "y")->needed, 90, 1e-12);
    assert_true(over_way(f, &of, "y")->beyond_observed);
    assert_int_equal(over_way(f, &of, "z")->end, MERA_OVERTAKE_NO_EFFECT);
    /* B to C: +30 of the index are 60 points: x stops at 10, y would do exactly at 100 */
    assert_int_equal(mera_overtake_of(f->plan, f->result, 1, 0, 0, f->arena, f->diags, &of),
                     MERA_OK);
    assert_int_equal(over_way(f, &of, "x")->end, MERA_OVERTAKE_GOALPOST);
    assert_close(over_way(f, &of, "y")->needed, 100, 1e-12);
    assert_int_equal(mera_overtake_of(f->plan, f->result, 2, 0, 0, f->arena, f->diags, &of),
                     MERA_OK);
    assert_true(of.target == SIZE_MAX);
    assert_int_equal(mera_overtake_of(f->plan, f->result, 3, 0, 0, f->arena, f->diags, &of),
                     MERA_EUSAGE);
}

static void a_missing_value_has_no_way(void **state)
{
    run_fixture *f = *state;
    mera_overtake of;

    run_must(f, over_yaml(f, "normalise: minmax", "indicators: [a, b, d]"),
             over_table(f, SIZE_MAX, 0, 0));
    assert_int_equal(mera_overtake_of(f->plan, f->result, 5, 0, 0, f->arena, f->diags, &of),
                     MERA_OK);
    assert_int_equal(over_way(f, &of, "d")->end, MERA_OVERTAKE_MISSING);
}

static void where_low_is_good_the_value_goes_the_other_way(void **state)
{
    run_fixture *f = *state;
    mera_overtake of;

    run_must(f,
             "mera: 1\nid: t\nunits: {key: key}\nindicators: {x: {direction: higher}}\n"
             "steps: {normalise: minmax}\n"
             "framework: {id: root, better: lower, indicators: [x]}\n",
             "key,x\nA,0\nB,5\nC,10\n");
    assert_int_equal(mera_overtake_of(f->plan, f->result, 1, 0, 0, f->arena, f->diags, &of),
                     MERA_OK);
    assert_int_equal(of.target, 0);
    assert_close(of.way[0].needed, 0, 1e-12);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(the_needed_value_overtakes_and_a_little_less_does_not),
        RUN_TEST(methods_that_compare_units_are_scored_again_with_all),
        RUN_TEST(a_way_by_hand),
        RUN_TEST(a_missing_value_has_no_way),
        RUN_TEST(where_low_is_good_the_value_goes_the_other_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
