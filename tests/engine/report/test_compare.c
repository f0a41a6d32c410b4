/* SPDX-License-Identifier: Apache-2.0 */
/** @file Comparisons: moves, agreement and the settings that differ. */
#include "made_result.h"

static const mera_compare_side sides[] = {{.label = "made", .result = &made_result},
                                          {.label = "equal", .result = &made_result}};
static const double scores[][2] = {{41.875, 33.75}, {18.75, 12.5}, {100, 9}};
static const double ranks[][2] = {{2, 1}, {3, NAN}, {1, 2}};
static const double moves[][2] = {{0, 1}, {0, NAN}, {0, -1}};
static const mera_compare_unit units[] = {
    {"01", "Ольховка", scores[0], ranks[0], moves[0], 1},
    {"02", "Birch, Upper", scores[1], ranks[1], moves[1], NAN},
    {"03", "Cedar", scores[2], ranks[2], moves[2], 1}};
static const size_t movers[] = {0, 2};
static const mera_compare_pair pairs[] = {{.a = 0,
                                           .b = 1,
                                           .n_common = 2,
                                           .spearman = -1,
                                           .kendall = -1,
                                           .mean_shift = 1,
                                           .max_shift = 1,
                                           .n_moved = 2,
                                           .top = 2,
                                           .top_common = 2,
                                           .mover = movers}};
static const char *const weight_values[] = {"3", NULL};
static const char *const origins[] = {NULL, "variant 'equal'"};
static const mera_at places[] = {{"m.yaml", 4, 2, 0}, {"m.yaml", 9, 2, 0}};
static const mera_compare_setting settings[] = {
    {"framework.health.weight", weight_values, origins, places}};

static mera_comparison comparison(void)
{
    return (mera_comparison){.n_sides = 2,
                             .side = sides,
                             .n_units = 3,
                             .unit = units,
                             .n_pairs = 1,
                             .pair = pairs,
                             .n_settings = 1,
                             .setting = settings};
}

static void the_table_shows_agreement_settings_and_moves(void **state)
{
    made *f = *state;
    const mera_comparison c = comparison();
    const mera_compare_view view = {.view = {"en", false, 100}};
    assert_int_equal(mera_report_compare_table(&c, &view, f->arena, &f->out), MERA_OK);
    assert_string_equal(
        mera_text_string(&f->out),
        "              Spearman  Kendall   moved  mean shift  largest  top kept\n"
        "made → equal    -1.000   -1.000  2 of 2         1.0        1       2/2\n"
        "\n"
        "what differs\n"
        "  equal\n"
        "    framework.health.weight: 3 → (not set)\n"
        "\n"
        "who moved\n"
        "  unit      made   score  equal  score\n"
        "  Ольховка  2     41.875  1 ▲1   33.75\n"
        "  Cedar     1        100  2 ▼1       9\n"
        "\n"
        "Not all sides rank the same units: moves and shifts are counted among those that both "
        "rank, "
        "a place\n"
        "is that in the side's own list.\n");
}

static void nobody_moved_is_said(void **state)
{
    made *f = *state;
    mera_comparison c = comparison();
    const mera_compare_view view = {.view = {"en", false, 100}};
    c.unit = &units[1];
    c.n_units = 1;
    assert_int_equal(mera_report_compare_table(&c, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "\nnobody moved\n");
}

static void a_move_in_csv_is_positive_when_better(void **state)
{
    made *f = *state;
    const mera_comparison c = comparison();
    mera_rows rows = {.csv = &f->out};
    assert_int_equal(mera_report_compare_rows(&c, &rows), MERA_OK);
    assert_string_equal(mera_text_string(&f->out), "unit,name,side,score,rank,move\n"
                                                   "01,Ольховка,made,41.875,2,0\n"
                                                   "01,Ольховка,equal,33.75,1,1\n"
                                                   "02,\"Birch, Upper\",made,18.75,3,0\n"
                                                   "02,\"Birch, Upper\",equal,12.5,,\n"
                                                   "03,Cedar,made,100,1,0\n"
                                                   "03,Cedar,equal,9,2,-1\n");
}

static void the_json_says_who_changed_a_setting(void **state)
{
    made *f = *state;
    const mera_comparison c = comparison();
    const mera_compare_view view = {.unit = SIZE_MAX};
    assert_int_equal(mera_report_compare_json(&c, &view, f->arena, &f->out), MERA_OK);
    made_says(f, "\"path\": \"framework.health.weight\"");
    made_says(f, "\"variant 'equal'\"");
    made_says(f, "\"spearman\": -1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        made_test(the_table_shows_agreement_settings_and_moves),
        made_test(nobody_moved_is_said),
        made_test(a_move_in_csv_is_positive_when_better),
        made_test(the_json_says_who_changed_a_setting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
