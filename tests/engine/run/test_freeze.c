/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Frozen numbers, over the whole registry: what was fitted, written, read and applied gives the
 * same bytes, and the same scores to units of an edition that lacks others. And what happens to
 * files that are not as they were written.
 */
#include "run_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "run/record.h"

/* Two periods; x has an outlier and gaps, everything is positive. */
static const char *const freeze_table = "key,period,x,y,z,@size\n"
                                        "A,2019,1,7,3,s\nB,2019,2,6,5,s\nC,2019,3.5,.,4,s\n"
                                        "D,2019,4,9,8,l\nE,2019,.,8,2,l\nF,2019,90,2,7,l\n"
                                        "G,2019,5,1,6,l\nH,2019,2.5,3,1,.\n"
                                        "A,2020,2,6,3,s\nB,2020,3,5,4,s\nC,2020,4,4,7,s\n"
                                        "D,2020,6,8,5,l\nE,2020,5,7,6,l\nF,2020,80,3,2,l\n"
                                        "G,2020,.,2,1,l\nH,2020,1,1,9,.\n";
static const char *const freeze_later = "key,period,x,y,z,@size\n"
                                        "B,2019,2,6,5,s\nF,2019,90,2,7,l\nE,2019,.,8,2,l\n"
                                        "B,2020,3,5,4,s\nF,2020,80,3,2,l\nE,2020,5,7,6,l\n";

static const char *freeze_yaml(run_fixture *f, const char *top, const char *steps,
                               const char *framework)
{
    const bool target =
        strstr(steps, "op: target}") != NULL || strstr(steps, "op: target,") != NULL;
    const char *higher = target ? "{target: 4}" : "higher";
    const char *lower = target ? "{target: [3, 5]}" : "lower";
    const char *goalposts = strstr(steps, "op: goalposts") != NULL ? ", goalposts: [0, 100]" : "";

    return mera_arena_printf(f->arena,
                             "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n%s"
                             "indicators:\n  x: {direction: %s%s}\n  y: {direction: %s%s}\n"
                             "  z: {direction: %s%s}\n"
                             "steps: {%s}\nframework: {id: root, %sindicators: [x, y, z]}\n",
                             top, higher, goalposts, lower, goalposts, higher, goalposts, steps,
                             framework);
}

static const char *freeze_path(run_fixture *f)
{
    return mera_arena_printf(f->arena, "%s/freeze-%ld.csv", MERA_BINARY_DIR, (long)getpid());
}

static void freeze_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/** Scores with `frozen: path`, set from outside the file. */
static void freeze_again(run_fixture *f, const char *yaml, const char *table, const char *path)
{
    run_again(f);
    f->set[0] = (mera_set){"frozen", path};
    f->n_set = 1;
    run_must(f, yaml, table);
    f->n_set = 0;
}

/** Does every score of the later edition equal that of the same unit before, to the bit? */
static void freeze_same(const run_fixture *f, const mera_result *before, const char *what)
{
    const mera_result *now = f->result;

    for (size_t p = 0; p < now->n_periods; p++) {
        for (size_t i = 0; i < now->n_units; i++) {
            const size_t old = mera_dataset_unit(before->data, now->data->unit_key[i]);

            for (size_t k = 0; k < 3; k++) {
                const double *a = before->indicator[k].stage[MERA_STAGE_NORMALISED];
                const double *b = now->indicator[k].stage[MERA_STAGE_NORMALISED];

                if (memcmp(&a[p * before->n_units + old], &b[p * now->n_units + i], sizeof *a) !=
                    0) {
                    print_error("%s: %s in %s: %.17g, frozen %.17g\n", what, now->data->unit_key[i],
                                now->period[p], a[p * before->n_units + old],
                                b[p * now->n_units + i]);
                    fail();
                }
            }
            if (memcmp(&before->node[0].score[p * before->n_units + old],
                       &now->node[0].score[p * now->n_units + i], sizeof(double)) != 0) {
                print_error("%s: the score of %s differs\n", what, now->data->unit_key[i]);
                fail();
            }
        }
    }
}

static void freeze_check(run_fixture *f, const char *yaml, const char *what)
{
    const char *path = freeze_path(f);
    const mera_result *before;
    mera_project *project;
    mera_plan *plan;
    mera_engine *engine;
    const char *numbers;

    run_again(f);
    run_must(f, yaml, freeze_table);
    before = f->result;
    numbers = mera_fits_csv(before, f->arena);
    freeze_write(path, numbers);
    project = f->project;
    plan = f->plan;
    engine = f->engine;
    f->project = NULL;
    f->plan = NULL;
    f->engine = NULL;
    freeze_again(f, yaml, freeze_table, path);
    assert_string_equal(mera_fits_csv(f->result, f->arena), numbers);
    assert_int_equal(f->result->n_frozen, 1);
    assert_string_equal(f->result->frozen[0].path, path);
    freeze_same(f, before, what);
    freeze_again(f, yaml, freeze_later, path);
    freeze_same(f, before, what);
    mera_plan_close(plan);
    mera_project_close(project);
    mera_engine_close(engine);
    assert_int_equal(unlink(path), 0);
}

/* ---- every operation of the registry ---- */

/** Parameters without which an operation does not bind or has no answer for the table. */
static const char *freeze_params(const char *op)
{
    static const char *const known[][2] = {
        {"normalise.reference_unit", ", unit: B"},
        {"normalise.to_target", ", target: 40"},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i][0], op) == 0) {
            return known[i][1];
        }
    }
    return "";
}

static const char *freeze_steps(run_fixture *f, const mera_op *op, const char *reference)
{
    const char *use = mera_arena_printf(f->arena, "{op: %s%s%s}", strchr(op->name, '.') + 1,
                                        freeze_params(op->name), reference);

    switch (op->step) {
    case MERA_STEP_IMPUTE:
        return mera_arena_printf(f->arena, "impute: %s, normalise: minmax", use);
    case MERA_STEP_TREAT:
        return mera_arena_printf(f->arena, "impute: mean, treat: %s, normalise: minmax", use);
    default:
        return mera_arena_printf(f->arena, "impute: mean, normalise: %s", use);
    }
}

static void every_fitted_operation_comes_back_to_the_same_bytes(void **state)
{
    static const char *const references[] = {"", ", reference: {period: all}",
                                             ", reference: {period: 2019}",
                                             ", reference: {by: size, min_units: 4}"};
    run_fixture *f = *state;
    size_t n = 0;
    mera_registry *registry;

    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        const bool one_period = strcmp(op->name, "normalise.reference_unit") == 0;

        if (op->fit == NULL) {
            continue;
        }
        for (size_t r = 0; r < 4; r++) {
            if (one_period && r % 2 == 1) {
                continue; /* the unit to compare with is looked for among those of one period */
            }
            freeze_check(f, freeze_yaml(f, "", freeze_steps(f, op, references[r]), ""),
                         mera_arena_printf(f->arena, "%s%s", op->name, references[r]));
        }
        n++;
    }
    assert_true(n >= 23);
}

static void every_weigher_of_data_comes_back_to_the_same_bytes(void **state)
{
    static const char *const ops[] = {"entropy", "critic",
                                      "sd",      "pca",
                                      "pc1",     "inverse_covariance",
                                      "merec",   "{op: max_information}"};
    run_fixture *f = *state;
    size_t n = 0;
    mera_registry *registry;

    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        const char *name = ops[i][0] == '{' ? "max_information" : ops[i];

        if (mera_registry_find(registry, MERA_STEP_WEIGHT, name) == NULL) {
            continue;
        }
        freeze_check(f,
                     freeze_yaml(f, "", "impute: mean, normalise: {op: minmax, range: [1, 100]}",
                                 mera_arena_printf(f->arena, "weights: %s, ", ops[i])),
                     ops[i]);
        n++;
    }
    assert_true(n >= 6);
}

static void chains_groups_and_nodes_come_back_too(void **state)
{
    run_fixture *f = *state;

    /* the same operation twice in one chain, and over the node's own aggregate */
    freeze_check(f,
                 freeze_yaml(f, "",
                             "impute: [{op: group_mean, by: size}, median], treat: winsorise, "
                             "normalise: [minmax, {op: minmax, range: [0, 10]}]",
                             "then: [zscore, {op: zscore, mean: 5, sd: 1}], "),
                 "a chain");
}

/* ---- files that are not as they were ---- */

static const char *freeze_numbers(run_fixture *f, const char *yaml)
{
    run_must(f, yaml, freeze_table);
    return mera_fits_csv(f->result, f->arena);
}

/** Scores with a file of that text and looks for what is said. */
static void freeze_refused(run_fixture *f, const char *yaml, const char *text, const char *said,
                           const char *hint)
{
    const char *path = freeze_path(f);

    run_again(f);
    freeze_write(path, text);
    f->set[0] = (mera_set){"frozen", path};
    f->n_set = 1;
    assert_int_equal(run_score_text(f, yaml, freeze_table), MERA_EINPUT);
    f->n_set = 0;
    assert_said(f->diags, said);
    const mera_diag *first = mera_diags_get(f->diags, 0);
    assert_non_null(first->hint);
    assert_non_null(strstr(first->hint, hint));
    assert_int_equal(unlink(path), 0);
}

/** `text` with the first `from` replaced. */
static const char *freeze_change(run_fixture *f, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);

    assert_non_null(at);
    return mera_arena_printf(f->arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void a_file_that_is_not_one_of_ours_is_refused(void **state)
{
    run_fixture *f = *state;
    const char *yaml = freeze_yaml(f, "", "impute: mean, normalise: minmax", "");

    freeze_refused(f, yaml, "key,x,y\nA,1,2\n", "a file of frozen numbers begins with the line",
                   "mera freeze");
    freeze_refused(f, yaml, "", "a file of frozen numbers begins with the line", "mera freeze");
}

static void changed_numbers_are_found(void **state)
{
    run_fixture *f = *state;
    const char *yaml = freeze_yaml(f, "", "impute: mean, normalise: minmax", "");
    const char *numbers = freeze_numbers(f, yaml);
    const char *path = freeze_path(f);
    char sum[65];

    mera_sha256_of(numbers, strlen(numbers), sum);
    const char *whole =
        mera_arena_printf(f->arena, "# sha256 of the lines below: %s\n%s", sum, numbers);
    const char *edited = freeze_change(f, whole, "2019,upper,90,", "2019,upper,91,");
    freeze_refused(f, yaml, edited, "the lines below are not those that 'mera freeze' wrote",
                   "take this comment out");
    /* without the comment the change is meant */
    freeze_write(path, strchr(edited, '\n') + 1);
    freeze_again(f, yaml, freeze_table, path);
    assert_close(run_stage_of(f, "x", MERA_STAGE_NORMALISED, "F", 0), 100 * 89.0 / 90, 1e-13);
    freeze_write(path, whole);
    freeze_again(f, yaml, freeze_table, path);
    assert_int_equal(unlink(path), 0);
}

static void other_operations_parameters_and_lines_are_named(void **state)
{
    run_fixture *f = *state;
    const char *yaml = freeze_yaml(f, "", "impute: mean, normalise: minmax", "");
    const char *numbers = freeze_numbers(f, yaml);

    freeze_refused(f, freeze_yaml(f, "", "impute: mean, normalise: zscore", ""), numbers,
                   "has no numbers of 'normalise.zscore' for 'x'", "frozen: none");
    freeze_refused(f,
                   freeze_yaml(f, "", "impute: mean, normalise: {op: minmax, range: [0, 1]}", ""),
                   numbers, "was fitted with 'range [0, 100]", "empty the field 'params'");
    freeze_refused(
        f, yaml, freeze_change(f, numbers, ",x,,2019,upper,90,", ",x,,2018,upper,90,"),
        "'normalise.minmax' has 2 numbers for 'x', 'lower' to 'upper'; of those 1 are there",
        "lines are missing");
    freeze_refused(f, yaml, freeze_change(f, numbers, ",x,,2019,upper,90,", ",x,,2019,lower,90,"),
                   "'lower' is given twice as a number", "take one of the lines out");
    freeze_refused(f, yaml, freeze_change(f, numbers, ",2019,upper,90,", ",2019,upper,ninety,"),
                   "'ninety' is no number", "decimal point");
    freeze_refused(f, yaml, freeze_change(f, numbers, ",2019,upper,90,", ",2019,90,"),
                   "this one has 7", "freeze again");
}

static void another_set_of_indicators_is_told(void **state)
{
    run_fixture *f = *state;
    const char *yaml = freeze_yaml(f, "", "impute: mean, normalise: minmax", "");
    const char *numbers = freeze_numbers(f, yaml);
    const char *fewer = "mera: 1\nid: u\nunits: {key: key}\nindicators: {x: {direction: higher}}\n"
                        "steps: {impute: mean, normalise: minmax}\n"
                        "framework: {id: root, indicators: [x]}\n";
    const char *path = freeze_path(f);
    const mera_diag *first;

    const char *renamed = numbers;
    while (strstr(renamed, ",y,") != NULL) {
        renamed = freeze_change(f, renamed, ",y,", ",w,");
    }
    freeze_refused(f, yaml, renamed, "has no numbers of 'impute.mean' for 'y'", "");
    freeze_write(path, mera_arena_printf(f->arena, "# methodology: t\n%s", numbers));
    freeze_again(f, fewer, freeze_table, path);
    assert_int_equal(mera_diags_count(f->diags, MERA_WARNING), 2);
    first = mera_diags_get(f->diags, 0);
    assert_string_equal(first->message,
                        "the numbers were frozen from methodology 't', and are used for 'u'");
    assert_said(f->diags, "frozen numbers of 'y' and 1 more: methodology 'u' has no such");
    assert_int_equal(unlink(path), 0);
}

static void what_is_not_to_be_frozen_says_so(void **state)
{
    run_fixture *f = *state;
    const char *yaml = freeze_yaml(f, "", "impute: mean, normalise: minmax", "");
    const char *path = freeze_path(f);

    freeze_write(path, freeze_numbers(f, yaml));
    freeze_again(f,
                 freeze_yaml(f, "",
                             "impute: {op: median, reference: {frozen: none}}, normalise: minmax",
                             ""),
                 freeze_table, path);
    assert_close(run_stage_of(f, "x", MERA_STAGE_IMPUTED, "E", 0), 3.5, 1e-15);
    run_again(f);
    assert_int_equal(
        run_score_text(f,
                       freeze_yaml(f, "",
                                   mera_arena_printf(f->arena,
                                                     "impute: {op: em, reference: {frozen: '%s'}}, "
                                                     "normalise: minmax",
                                                     path),
                                   ""),
                       freeze_table),
        MERA_EINPUT);
    assert_said(f->diags, "learns from the table it fills and takes no 'frozen'");
    assert_int_equal(unlink(path), 0);
}

int main(void)
{
#define RUN_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
    const struct CMUnitTest tests[] = {
        RUN_TEST(every_fitted_operation_comes_back_to_the_same_bytes),
        RUN_TEST(every_weigher_of_data_comes_back_to_the_same_bytes),
        RUN_TEST(chains_groups_and_nodes_come_back_too),
        RUN_TEST(a_file_that_is_not_one_of_ours_is_refused),
        RUN_TEST(changed_numbers_are_found),
        RUN_TEST(other_operations_parameters_and_lines_are_named),
        RUN_TEST(another_set_of_indicators_is_told),
        RUN_TEST(what_is_not_to_be_frozen_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
