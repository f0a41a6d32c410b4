/* SPDX-License-Identifier: Apache-2.0 */
/** @file Scores as a table, CSV and JSON: whole outputs of a result made by hand. */
#include "made_result.h"

static void the_long_csv_keeps_its_first_seven_columns(void **state)
{
    made *f = *state;
    const mera_score_view view = {.view = {"en", false, 80}};
    assert_int_equal(mera_report_score_csv(&made_result, &view, &f->out), MERA_OK);
    assert_string_equal(
        mera_text_string(&f->out),
        "unit,name,period,node,score,rank,coverage,class,aggregate,group_rank,kind,state\n"
        "01,Ольховка,2024,index,41.875,2,1,B,41.875,,node,\n"
        "01,Ольховка,2024,money,17.5,2,1,,17.5,,node,\n"
        "02,\"Birch, Upper\",2024,index,18.75,3,0.25,,18.75,,node,\n"
        "02,\"Birch, Upper\",2024,money,0,3,1,,0,,node,\n"
        "03,Cedar,2024,index,100,1,1,A,100,,node,\n"
        "03,Cedar,2024,money,100,1,1,,100,,node,\n");
}

static void indicators_show_their_raw_value_and_what_became_of_it(void **state)
{
    made *f = *state;
    const mera_score_view view = {.view = {"en", false, 80}, .indicators = true};
    assert_int_equal(mera_report_score_csv(&made_result, &view, &f->out), MERA_OK);
    made_says(f, "\n01,Ольховка,2024,income,17.5,,1,,31000,,indicator,observed\n");
    made_says(f, "\n02,\"Birch, Upper\",2024,air,25,,0,,,,indicator,absent+imputed\n");
    made_says(f, "\n03,Cedar,2024,income,100,,1,,45000,,indicator,observed+treated\n");
}

static void the_wide_csv_has_a_column_a_node(void **state)
{
    made *f = *state;
    const mera_score_view view = {.view = {"en", false, 80}, .wide = true, .indicators = true};
    assert_int_equal(mera_report_score_csv(&made_result, &view, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out),
                        "unit,name,period,rank,coverage,class,index,money,income,air\n"
                        "01,Ольховка,2024,2,1,B,41.875,17.5,17.5,50\n"
                        "02,\"Birch, Upper\",2024,3,0.25,,18.75,0,0,25\n"
                        "03,Cedar,2024,1,1,A,100,100,100,100\n");
}

static void the_table_goes_by_place_and_names_directions(void **state)
{
    made *f = *state;
    const mera_score_view view = {.view = {"en", false, 80}, .n_warnings = 2};
    assert_int_equal(mera_report_score_table(&made_result, &view, f->arena, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out),
                        "An index  1.0  period 2024\n"
                        "\n"
                        "#  unit           score                class  data   Money     Air\n"
                        "1  Cedar         100.00  ████████████  A      100%  100.00  100.00\n"
                        "2  Ольховка       41.88  █████         B      100%   17.50   50.00\n"
                        "3  Birch, Upper   18.75  ██▎           –       25%    0.00   25.00\n"
                        "\n"
                        "units: 3 · indicators: 2 · imputed cells: 1 · treated: 1 · warnings: 2\n");
}

/* As made_result's units: second, third and first. */
static const mera_place_summary made_places[] = {
    {.reference = 2, .median = 2, .low = 1, .high = 3, .band = 1},
    {.reference = 0}, /* no place was drawn */
    {.reference = 1, .median = 1, .low = 1, .high = 1, .band = 28},
};
static const mera_place_summary *const made_sure[] = {made_places};

static void places_are_shown_with_their_interval_and_band(void **state)
{
    made *f = *state;
    const mera_score_view view = {.view = {"en", false, 90}, .sure = made_sure};
    assert_int_equal(mera_report_score_table(&made_result, &view, f->arena, &f->out), MERA_OK);
    made_says(f,
              "#        unit          band   score                class  data   Money     Air\n"
              "1 (1)    Cedar         AB    100.00  ████████████  A      100%  100.00  100.00\n"
              "2 (1–3)  Ольховка      A      41.88  █████         B      100%   17.50   50.00\n"
              "3        Birch, Upper  –      18.75  ██▎           –       25%    0.00   25.00\n");
    made_says(f, "In brackets: where the place lies in 90 %");
}

static void intervals_stand_at_the_end_of_the_csv_in_rows_of_the_index(void **state)
{
    made *f = *state;
    mera_score_view view = {.view = {"en", false, 80}, .sure = made_sure};
    assert_int_equal(mera_report_score_csv(&made_result, &view, &f->out), MERA_OK);
    made_says(f, ",kind,state,rank_low,rank_high,band\n"
                 "01,Ольховка,2024,index,41.875,2,1,B,41.875,,node,,1,3,A\n"
                 "01,Ольховка,2024,money,17.5,2,1,,17.5,,node,,,,\n"
                 "02,\"Birch, Upper\",2024,index,18.75,3,0.25,,18.75,,node,,,,\n");
    view.wide = true;
    assert_int_equal(mera_report_score_csv(&made_result, &view, &f->out), MERA_OK);
    made_says(f, "index,money,rank_low,rank_high,band\n01,Ольховка,2024,2,1,B,41.875,17.5,1,3,A\n");
}

static void a_narrow_table_shows_directions_as_a_profile(void **state)
{
    made *f = *state;
    const mera_score_view view = {.view = {"ru", false, 56}, .top = 2};
    assert_int_equal(mera_report_score_table(&made_result, &view, f->arena, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out),
                        "Индекс  1.0  период 2024\n"
                        "\n"
                        "№  территория    балл  класс  данные  профиль\n"
                        "1  Cedar       100.00  A        100%  ██\n"
                        "2  Ольховка     41.88  B        100%  ▂▅\n"
                        "\n"
                        "профиль: 1 Деньги · 2 Air\n"
                        "территорий: 3 (показано 2) · показателей: 2 · восполнено\n"
                        "ячеек: 1 · сглажено: 1\n");
}

static void units_without_a_place_stand_last(void **state)
{
    made *f = *state;
    static const double score[] = {NAN, 18.75, 100}, rank[] = {NAN, 2, 1};
    const mera_node_result node[] = {
        {.aggregate = score, .score = score, .rank = rank, .coverage = made_coverage},
        made_node_result[1]};
    const mera_score_view view = {.view = {"en", false, 80}};
    mera_result result = made_result;
    result.node = node;
    assert_int_equal(mera_report_score_table(&result, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "2  Birch, Upper");
    made_says(f, "–  Ольховка           –");
    made_says(f, "without a score: 1");
}

static void the_json_holds_the_record_of_the_run(void **state)
{
    made *f = *state;
    const mera_score_view view = {.view = {"en", false, 80}, .indicators = true};
    assert_int_equal(mera_report_score_json(&made_result, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "\"sha256\": \"abcd\"");
    made_says(f, "\"path\": \"towns.csv\"");
    made_says(f, "\"seed\": 7");
    made_says(f, "\"op\": \"aggregate.arithmetic\"");
    made_says(f, "\"unit\": \"02\"");
    made_says(f, "\"class\": null");
    made_says(f, "\"coverage\": 0.25");
    made_says(f, "\"raw\": null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        made_test(the_long_csv_keeps_its_first_seven_columns),
        made_test(indicators_show_their_raw_value_and_what_became_of_it),
        made_test(the_wide_csv_has_a_column_a_node),
        made_test(the_table_goes_by_place_and_names_directions),
        made_test(places_are_shown_with_their_interval_and_band),
        made_test(intervals_stand_at_the_end_of_the_csv_in_rows_of_the_index),
        made_test(a_narrow_table_shows_directions_as_a_profile),
        made_test(units_without_a_place_stand_last),
        made_test(the_json_holds_the_record_of_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
