/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reference sets: groups and their fallback, periods, frozen numbers. All by hand.
 */
#include "run_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "run/record.h"

static const char *reference_yaml(run_fixture *f, const char *top, const char *normalise)
{
    return mera_arena_printf(f->arena,
                             "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n%s"
                             "indicators: {x: {direction: higher}}\n"
                             "steps: {normalise: %s, aggregate: arithmetic}\n"
                             "framework: {id: root, indicators: [x]}\n",
                             top, normalise);
}

static const char *const reference_groups = "key,x,@size\n"
                                            "A,0,s\nB,10,s\nC,5,s\n"
                                            "D,20,l\nE,40,l\n"
                                            "F,30,.\n";

static void each_group_is_measured_by_itself(void **state)
{
    run_fixture *f = *state;

    /* s: 0..10; l: 20..40; F has no group and falls under all units, 0..40 */
    run_must(f, reference_yaml(f, "", "{op: minmax, by: size}"), reference_groups);
    assert_close(run_score_of(f, "root", "C", 0), 50, 1e-15);
    assert_close(run_score_of(f, "root", "D", 0), 0, 1e-15);
    assert_close(run_score_of(f, "root", "E", 0), 100, 1e-15);
    assert_close(run_score_of(f, "root", "F", 0), 75, 1e-15);
    assert_int_equal(f->result->n_fits, 3);
}

static void small_groups_fall_back_on_all_units(void **state)
{
    run_fixture *f = *state;

    run_must(
        f,
        reference_yaml(f, "", "{op: minmax, reference: {by: size, min_units: 3, fallback: all}}"),
        reference_groups);
    assert_close(run_score_of(f, "root", "C", 0), 50, 1e-15);
    assert_close(run_score_of(f, "root", "D", 0), 50, 1e-15);
    assert_close(run_score_of(f, "root", "E", 0), 100, 1e-15);
}

static void the_fallback_does_not_see_what_other_groups_became(void **state)
{
    run_fixture *f = *state;

    /* `lower` is turned round in place, so input and output are one array: l falls back on the
     * raw 0..40, not on what group s has just been rescaled to */
    run_must(f,
             "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n"
             "indicators: {x: {direction: {target: 0}}}\n"
             "steps: {normalise: {op: minmax, reference: {by: size, min_units: 3, fallback: all}},"
             " aggregate: arithmetic}\n"
             "framework: {id: root, indicators: [x]}\n",
             reference_groups);
    assert_close(run_score_of(f, "root", "A", 0), 100, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 0, 1e-15);
    assert_close(run_score_of(f, "root", "D", 0), 50, 1e-15);
    assert_close(run_score_of(f, "root", "E", 0), 0, 1e-15);
}

static void small_groups_are_an_error_when_asked(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(
        run_score_text(f,
                       reference_yaml(f, "",
                                      "{op: minmax, reference: {by: size, min_units: 3, fallback: "
                                      "error}}"),
                       reference_groups),
        MERA_EINPUT);
    assert_said(f->diags, "the reference set of 'normalise.minmax' for indicator 'x', group 'l' "
                          "has 2 values");
}

static void a_constant_group_is_named(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_score_text(f, reference_yaml(f, "", "{op: minmax, by: size}"),
                                    "key,x,@size\nA,1,s\nB,2,s\nC,7,l\nD,7,l\n"),
                     MERA_EINPUT);
    assert_string_equal(mera_diags_get(f->diags, 0)->frames[0].text,
                        "in step 'normalise.minmax' of indicator 'x', group 'l'");
}

static const char *const reference_panel = "key,period,x,@size\n"
                                           "A,2000,0,s\nB,2000,10,s\n"
                                           "A,2001,20,s\nB,2001,40,s\n"
                                           "A,2002,50,s\nB,2002,100,s\n";

static void by_default_each_period_is_measured_by_itself(void **state)
{
    run_fixture *f = *state;

    run_must(f, reference_yaml(f, "", "minmax"), reference_panel);
    assert_int_equal(f->result->n_periods, 3);
    assert_close(run_score_of(f, "root", "A", 1), 0, 1e-15);
    assert_close(run_score_of(f, "root", "B", 1), 100, 1e-15);
    assert_string_equal(f->result->fit[1].period, "2001");
}

static void all_periods_can_be_measured_together(void **state)
{
    run_fixture *f = *state;

    run_must(f, reference_yaml(f, "", "{op: minmax, reference: {period: all}}"), reference_panel);
    assert_close(run_score_of(f, "root", "A", 1), 20, 1e-15);
    assert_close(run_score_of(f, "root", "B", 1), 40, 1e-15);
    assert_int_equal(f->result->n_fits, 1);
    assert_null(f->result->fit[0].period);
    assert_int_equal(f->result->fit[0].n_reference, 6);
}

static void periods_that_are_not_scored_still_count_in_the_reference(void **state)
{
    run_fixture *f = *state;

    run_must(f, reference_yaml(f, "period: 2001\n", "{op: minmax, reference: {period: all}}"),
             reference_panel);
    assert_int_equal(f->result->n_periods, 1);
    assert_string_equal(f->result->period[0], "2001");
    assert_int_equal(f->result->data_period[0], 1);
    assert_close(run_score_of(f, "root", "A", 0), 20, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 40, 1e-15);
}

static void one_period_can_be_the_measure_of_others(void **state)
{
    run_fixture *f = *state;

    run_must(f, reference_yaml(f, "period: latest\n", "{op: minmax, reference: {period: 2000}}"),
             reference_panel);
    assert_int_equal(f->result->n_periods, 1);
    assert_close(run_score_of(f, "root", "A", 0), 500, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 1000, 1e-15);
    assert_string_equal(f->result->fit[0].period, "2000");
}

static void an_unknown_period_is_refused(void **state)
{
    run_fixture *f = *state;

    assert_int_equal(run_bind(f, reference_yaml(f, "period: 2020\n", "minmax"), reference_panel),
                     MERA_EINPUT);
    assert_said(f->diags, "the data have no period '2020', only 2000 to 2002");
}

static void a_period_names_data_that_know_none(void **state)
{
    run_fixture *f = *state;

    run_must(f, reference_yaml(f, "period: 2020\n", "minmax"), reference_groups);
    assert_string_equal(f->result->period[0], "2020");
}

/* ---- frozen ---- */

static void reference_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *reference_frozen_path(run_fixture *f)
{
    const char *path =
        mera_arena_printf(f->arena, "%s/frozen-%ld.csv", MERA_BINARY_DIR, (long)getpid());

    assert_non_null(path);
    return path;
}

static void frozen_numbers_measure_a_later_edition(void **state)
{
    run_fixture *f = *state;
    const char *path = reference_frozen_path(f);
    const char *yaml = reference_yaml(
        f, "",
        mera_arena_printf(f->arena, "{op: minmax, reference: {by: size, frozen: \"%s\"}}", path));

    run_must(f, reference_yaml(f, "", "{op: minmax, by: size}"), reference_groups);
    reference_write(path, mera_fits_csv(f->result, f->arena));
    run_again(f);
    /* a new edition whose own bounds would be others: s is still 0..10 and l 20..40 */
    run_must(f, yaml, "key,x,@size\nA,-5,s\nB,20,s\nD,30,l\nE,60,l\n");
    assert_close(run_score_of(f, "root", "A", 0), -50, 1e-15);
    assert_close(run_score_of(f, "root", "B", 0), 200, 1e-15);
    assert_close(run_score_of(f, "root", "D", 0), 50, 1e-15);
    assert_close(run_score_of(f, "root", "E", 0), 200, 1e-15);
    assert_int_equal(unlink(path), 0);
}

#define REFERENCE_MINMAX "\"range [0, 100], clamp none, log false, constant error\"\n"

static void fits_are_written_as_csv(void **state)
{
    run_fixture *f = *state;

    run_must(f, reference_yaml(f, "", "{op: minmax, by: size}"), reference_groups);
    assert_string_equal(mera_fits_csv(f->result, f->arena),
                        "step,op,indicator,group,period,name,value,params\n"
                        "normalise,normalise.minmax,x,s,,lower,0," REFERENCE_MINMAX
                        "normalise,normalise.minmax,x,s,,upper,10," REFERENCE_MINMAX
                        "normalise,normalise.minmax,x,l,,lower,20," REFERENCE_MINMAX
                        "normalise,normalise.minmax,x,l,,upper,40," REFERENCE_MINMAX
                        "normalise,normalise.minmax,x,,,lower,0," REFERENCE_MINMAX
                        "normalise,normalise.minmax,x,,,upper,40," REFERENCE_MINMAX);
}

static void a_frozen_file_without_the_numbers_is_refused(void **state)
{
    run_fixture *f = *state;
    const char *path = reference_frozen_path(f);
    const char *yaml = reference_yaml(
        f, "", mera_arena_printf(f->arena, "{op: minmax, reference: {frozen: \"%s\"}}", path));

    reference_write(path, "step,op,indicator,group,period,name,value\n"
                          "normalise,normalise.minmax,y,,,lower,0\n");
    assert_int_equal(run_score_text(f, yaml, reference_groups), MERA_EINPUT);
    assert_said(f->diags, "has no numbers of 'normalise.minmax' for 'x'");
    run_again(f);
    reference_write(path, "step,op,indicator,group,period,name,value\n"
                          "normalise,normalise.minmax,x,,,lower,zero\n");
    assert_int_equal(run_bind(f, yaml, reference_groups), MERA_EINPUT);
    assert_said(f->diags, "'zero' is no number");
    assert_int_equal(unlink(path), 0);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(each_group_is_measured_by_itself),
        RUN_TEST(small_groups_fall_back_on_all_units),
        RUN_TEST(the_fallback_does_not_see_what_other_groups_became),
        RUN_TEST(small_groups_are_an_error_when_asked),
        RUN_TEST(a_constant_group_is_named),
        RUN_TEST(by_default_each_period_is_measured_by_itself),
        RUN_TEST(all_periods_can_be_measured_together),
        RUN_TEST(periods_that_are_not_scored_still_count_in_the_reference),
        RUN_TEST(one_period_can_be_the_measure_of_others),
        RUN_TEST(an_unknown_period_is_refused),
        RUN_TEST(a_period_names_data_that_know_none),
        RUN_TEST(frozen_numbers_measure_a_later_edition),
        RUN_TEST(fits_are_written_as_csv),
        RUN_TEST(a_frozen_file_without_the_numbers_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
