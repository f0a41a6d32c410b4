/* SPDX-License-Identifier: Apache-2.0 */
/** @file The operations in print: parameters in words, one operation in full, all of them. */
#include "made_result.h"

static const char *const clamps[] = {"none", "both", NULL};
static const mera_param params[] = {
    {.name = "range",
     .type = MERA_PARAM_F64_LIST,
     .fallback_text = "[0, 100]",
     .min = -1e6,
     .max = 1e6,
     .min_items = 2,
     .max_items = 2,
     .unit = "points",
     .help = "lowest | highest"},
    {.name = "clamp", .type = MERA_PARAM_ENUM, .choices = clamps, .help = "where it ends"},
    {.name = "lower", .type = MERA_PARAM_F64, .fallback = NAN, .nullable = true, .help = "h"},
    {.name = "by", .type = MERA_PARAM_COLUMN, .required = true, .help = "h"},
    {.name = "log", .type = MERA_PARAM_BOOL, .max = 1, .help = "h"},
    {.name = NULL},
};
static const mera_op op = {.name = "normalise.made",
                           .step = MERA_STEP_NORMALISE,
                           .version = 2,
                           .summary = "Made for a test.",
                           .formula = "y = x",
                           .params = params};

static void parameters_are_described_in_words(void **state)
{
    made *f = *state;
    assert_string_equal(mera_report_param_type(&params[1], f->arena), "none | both");
    assert_string_equal(mera_report_param_default(&params[0], f->arena), "[0, 100]");
    assert_string_equal(mera_report_param_default(&params[1], f->arena), "none");
    assert_string_equal(mera_report_param_default(&params[2], f->arena), "null");
    assert_string_equal(mera_report_param_default(&params[3], f->arena), "required");
    assert_string_equal(mera_report_param_default(&params[4], f->arena), "false");
    assert_string_equal(mera_report_param_limits(&params[0], f->arena),
                        "-1000000 to 1000000, 2 items");
    assert_string_equal(mera_report_param_limits(&params[2], f->arena), "null");
    assert_string_equal(mera_report_param_limits(&params[4], f->arena), "");
}

static void one_operation_is_shown_in_full(void **state)
{
    made *f = *state;
    const mera_view view = {"en", false, 120};
    const mera_ops_choice choice = {.only = &op, .step = MERA_N_STEPS};
    assert_int_equal(mera_report_ops_table(NULL, choice, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "normalise.made  version 2\n  Made for a test.\n\n  formula     y = x\n\n");
    made_says(f, "  parameter  type           default   allowed                       unit    "
                 "means\n");
    made_says(f, "  clamp      none | both    none                                            "
                 "where it ends\n");
}

static void bars_in_markdown_do_not_end_a_cell(void **state)
{
    made *f = *state;
    const mera_ops_choice choice = {.only = &op, .step = MERA_N_STEPS};
    assert_int_equal(mera_report_ops_markdown(NULL, choice, f->arena, &f->out), MERA_OK);
    made_says(f, "### normalise.made\n\nMade for a test.\n\n    y = x\n\n- version: 2\n\n");
    made_says(f, "| `range` | numbers | [0, 100] | -1000000 to 1000000, 2 items | points | lowest "
                 "\\| highest |\n");
}

static void the_list_holds_every_operation_in_the_order_of_the_pipeline(void **state)
{
    made *f = *state;
    const mera_view view = {"en", false, 120};
    mera_registry *registry;
    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    const mera_ops_choice all = {.step = MERA_N_STEPS};
    assert_int_equal(mera_report_ops_table(registry, all, &view, f->arena, &f->out), MERA_OK);
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        made_says(f, mera_registry_get(registry, i)->name);
    }
    const char *text = mera_text_string(&f->out);
    assert_true(strstr(text, "\nnormalise.") < strstr(text, "\naggregate."));
}

static void one_step_is_listed_alone(void **state)
{
    made *f = *state;
    mera_registry *registry;
    const mera_ops_choice weights = {.step = MERA_STEP_WEIGHT};
    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    assert_int_equal(mera_report_ops_json(registry, weights, f->arena, &f->out), MERA_OK);
    made_says(f, "\"name\": \"weight.equal\"");
    assert_null(strstr(mera_text_string(&f->out), "\"name\": \"normalise."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        made_test(parameters_are_described_in_words),
        made_test(one_operation_is_shown_in_full),
        made_test(bars_in_markdown_do_not_end_a_cell),
        made_test(the_list_holds_every_operation_in_the_order_of_the_pipeline),
        made_test(one_step_is_listed_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
