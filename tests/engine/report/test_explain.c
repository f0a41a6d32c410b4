/* SPDX-License-Identifier: Apache-2.0 */
/** @file Explanations: the tree of one unit, the steps under an indicator, the way of a weight. */
#include "made_result.h"

static const char *const minmax_fitted[] = {"min", "max", NULL};
static const mera_op made_minmax = {
    .name = "normalise.minmax", .step = MERA_STEP_NORMALISE, .fitted = minmax_fitted};
static const mera_op made_median = {.name = "impute.median", .step = MERA_STEP_IMPUTE};
static double bounds[] = {28000, 45000};
static const mera_fit_record made_fit = {.op = &made_minmax, .fitted = {bounds, 2}};

static const mera_trace_cell income_cell[] = {
    {.name = "income", .value = 31000, .place = {"towns.csv", 2, 5, 0}}};
static const mera_trace_step income_step[] = {
    {.step = MERA_STEP_IMPUTE, .op = &made_median, .params = "", .before = 31000, .after = 31000},
    {.step = MERA_STEP_NORMALISE,
     .op = &made_minmax,
     .params = "range [0, 100]",
     .before = 31000,
     .after = 17.5,
     .changed = true,
     .fit = &made_fit,
     .reference = "all 3 units of 2024",
     .at = {"m.yaml", 12, 3, 0}}};
static const mera_trace_indicator income = {.indicator = 0,
                                            .stage = {31000, 31000, 31000, 31000, 17.5},
                                            .cell = income_cell,
                                            .n_cells = 1,
                                            .step = income_step,
                                            .n_steps = 2};
static const mera_trace_cell air_cell[] = {{.name = "air", .value = NAN, .state = MERA_SUPPRESSED}};
static const mera_trace_indicator air = {
    .indicator = 1, .stage = {NAN, NAN, NAN, NAN, NAN}, .cell = air_cell, .n_cells = 1};
static const mera_trace_child money_child[] = {{.indicator = &income,
                                                .id = "income",
                                                .title = {.en = "Income"},
                                                .value = 17.5,
                                                .used = 17.5,
                                                .weight = 1,
                                                .share = 1,
                                                .index_share = 0.25,
                                                .mean = 39.1666,
                                                .contribution = -21.6666}};
static const mera_trace_node money = {.node = 1,
                                      .op = &made_mean,
                                      .params = "q 2; a missing child is left out",
                                      .settings = "q 2",
                                      .missing = "left out",
                                      .split = MERA_SPLIT_LINEAR,
                                      .n_children = 1,
                                      .child = money_child};
static const mera_trace_child root_child[] = {{.node = &money,
                                               .id = "money",
                                               .title = {.en = "Money"},
                                               .value = 17.5,
                                               .used = 17.5,
                                               .weight = 1,
                                               .share = 0.25,
                                               .index_share = 0.25,
                                               .mean = 39.1666,
                                               .contribution = -5.416},
                                              {.indicator = &air,
                                               .id = "air",
                                               .title = {.en = "Air"},
                                               .value = NAN,
                                               .used = NAN,
                                               .weight = 3,
                                               .share = 0,
                                               .index_share = 0.75,
                                               .mean = 58.333,
                                               .contribution = NAN}};
static const mera_trace_node root = {.node = 0,
                                     .aggregate = 41.875,
                                     .score = 41.875,
                                     .rank = 2,
                                     .coverage = 0.999,
                                     .n_ranked = 3,
                                     .class_label = "B",
                                     .op = &made_mean,
                                     .params = "a missing child is left out",
                                     .missing = "left out",
                                     .split = MERA_SPLIT_LINEAR,
                                     .n_children = 2,
                                     .child = root_child};

static const mera_explain_view whole = {
    .view = {"en", false, 80}, .result = &made_result, .depth = SIZE_MAX, .steps = true};

static void the_tree_goes_down_to_cells_of_files(void **state)
{
    made *f = *state;
    assert_int_equal(mera_report_explain_text(&root, &whole, f->arena, &f->out), MERA_OK);
    assert_string_equal(
        mera_text_string(&f->out),
        "Ольховка  Index  2024\n"
        "score 41.88 · place 2 of 3 · class B · data 99%\n"
        "pulls down most: Money (-5.42)\n"
        "\n"
        "aggregated by: aggregate.arithmetic; left out\n"
        "├─ Money                    17.50   25.0% of the index · -5.42 against the mean\n"
        "│  aggregated by: aggregate.arithmetic\n"
        "│  └─ Income                17.50   25.0% of the index · -21.67 against the mean\n"
        "│        in the data: 31000 RUB   towns.csv:2, field 5\n"
        "│        normalise.minmax: 31000 → 17.5   min 28000, max 45000\n"
        "│            (fitted on all 3 units of 2024)\n"
        "└─ Air                      50.00   75.0% of the index · left out\n"
        "      in the data: no value (suppressed)\n");
}

static void the_full_tree_tells_parameters_and_where_they_stand(void **state)
{
    made *f = *state;
    mera_explain_view view = whole;
    view.full = true;
    assert_int_equal(mera_report_explain_text(&root, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "aggregated by: aggregate.arithmetic; q 2; left out\n");
    made_says(f, "range [0, 100]   m.yaml:12");
}

static void depth_stops_the_tree(void **state)
{
    made *f = *state;
    mera_explain_view view = whole;
    view.depth = 1;
    assert_int_equal(mera_report_explain_text(&root, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "├─ Money");
    assert_null(strstr(mera_text_string(&f->out), "Income"));
}

static void russian_explanations_hold_no_english_labels(void **state)
{
    made *f = *state;
    mera_explain_view view = whole;
    view.view.language = "ru";
    assert_int_equal(mera_report_explain_text(&root, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "балл 41.88 · место 2 из 3 · класс B · данные 99%");
    made_says(f, "сильнее всего тянет вниз: Money (-5.42)");
    made_says(f, "в данных: 31000 RUB   towns.csv:2, поле 5");
}

static void the_json_says_what_the_text_says(void **state)
{
    made *f = *state;
    assert_int_equal(mera_report_explain_json(&root, &whole, f->arena, &f->out), MERA_OK);
    made_says(f, "\"file\": \"towns.csv\"");
    made_says(f, "\"field\": 5");
    made_says(f, "\"max\": 45000");
    made_says(f, "\"reason\": \"suppressed\"");
    made_says(f, "\"split\": \"linear\"");
}

static const mera_weight_link links[] = {{.id = "clinics",
                                          .parent = "health",
                                          .stated = 2,
                                          .sum = 3,
                                          .share = 2.0 / 3,
                                          .at = {"m.yaml", 31, 8, 0}},
                                         {.id = "health",
                                          .parent = "index",
                                          .stated = 0.75,
                                          .sum = 0.999,
                                          .share = 0.75,
                                          .scale = MERA_WEIGHT_SHARES,
                                          .as_given = true,
                                          .origin = "--set"}};
static const mera_weight_path path[] = {{links, 2, 0.5}};
static const mera_weight_trace weight = {.id = "clinics",
                                         .title = {.en = "Clinics"},
                                         .is_indicator = true,
                                         .path = path,
                                         .n_paths = 1,
                                         .index_share = 0.5};

static void a_weight_names_each_step_and_who_wrote_it(void **state)
{
    made *f = *state;
    const mera_view view = {"en", false, 80};
    assert_int_equal(mera_report_weight_text(&weight, &view, f->arena, &f->out), MERA_OK);
    assert_string_equal(
        mera_text_string(&f->out),
        "clinics  Clinics\n"
        "  clinics: weight 2 stated (points) / 3 = 0.66667 share within health · written at "
        "m.yaml:31\n"
        "    health: weight 0.75 stated (shares) = 0.75 share within index · --set\n"
        "  share of the index: 50%\n");
}

static void the_index_itself_has_no_weight(void **state)
{
    made *f = *state;
    const mera_view view = {"en", false, 80};
    const mera_weight_trace trace = {.id = "index", .title = {.en = "Index"}, .index_share = 1};
    assert_int_equal(mera_report_weight_text(&trace, &view, f->arena, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out),
                        "index  Index\n  is the index itself: it has no weight\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        made_test(the_tree_goes_down_to_cells_of_files),
        made_test(the_full_tree_tells_parameters_and_where_they_stand),
        made_test(depth_stops_the_tree),
        made_test(russian_explanations_hold_no_english_labels),
        made_test(the_json_says_what_the_text_says),
        made_test(a_weight_names_each_step_and_who_wrote_it),
        made_test(the_index_itself_has_no_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
