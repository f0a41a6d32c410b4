/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Surveys: rows of answers become shares and means with their errors. Reference values come from a
 * Python program that knows nothing of sums: it computes z = w (y - mean) / W of every answer, adds
 * them up by cluster, and takes sum over strata n/(n - 1) sum (z - mean z)^2 as R's svymean does
 * with nested clusters and lonely PSUs adjusted; deff = n sum w^2 / (sum w)^2, or with strata or
 * clusters the variance over that of a simple random sample, s^2 / n.
 */
#include "io_test.h"

#include <math.h>

static const char sheets[] = "town,part,house,w,q7,life\n"
                             "A,s1,c1,2.0,yes,7\n"
                             "A,s1,c1,1.0,no,4\n"
                             "A,s1,c2,1.5,yes,9\n"
                             "A,s1,c3,0.5,no,5\n"
                             "A,s2,c1,3.0,yes,8\n"
                             "A,s2,c1,1.0,,6\n"
                             "A,s2,c2,2.5,no,3\n"
                             "A,s2,c2,1.2,yes,10\n"
                             "A,s2,c4,0.8,yes,7\n"
                             "B,s1,c1,1.0,no,2\n"
                             "B,s1,c2,1.0,yes,5\n"
                             "B,s1,c2,2.0,no,1\n"
                             "B,s1,c5,4.0,yes,\n"
                             "C,s1,c1,1.0,yes,6\n"
                             "C,s1,c2,1.0,yes,6\n";

static const char *const yes[] = {"yes"}, *const no[] = {"no"};

static const mera_question questions[] = {
    {.name = "trust",
     .answer = "q7",
     .positive = yes,
     .n_positive = 1,
     .negative = no,
     .n_negative = 1},
    {.name = "life", .has_scale = true, .low = 1, .high = 10},
};

static mera_source survey_source(fixture *f, const char *text)
{
    return (mera_source){.path = given(f, "answers.csv", text),
                         .layout = MERA_LAYOUT_SURVEY,
                         .key = {"town"},
                         .n_key = 1,
                         .weight = "w",
                         .question = questions,
                         .n_questions = 2};
}

/** n, value, se, deff, neff of a question in a unit. */
static void assert_estimate(const fixture *f, const char *question, const char *unit,
                            const double expected[5])
{
    static const char *const suffix[] = {"_n", "", "_se", "_deff", "_neff"};
    for (size_t i = 0; i < COUNT(suffix); i++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s", question, suffix[i]);
        assert_close(number_at(f, name, unit, ""), expected[i], 1e-12 * (1 + fabs(expected[i])));
    }
}

static void weighted_shares_and_means_have_linearised_errors(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_one(f, survey_source(f, sheets)), MERA_OK);
    assert_estimate(f, "trust", "A",
                    (double[]){8, 68, 19.582087675074014, 1.271296, 6.292790978654852});
    assert_estimate(f, "life", "A",
                    (double[]){9, 6.6, 0.9187646026386347, 1.2755555555555558, 7.055749128919859});
    assert_estimate(f, "trust", "B",
                    (double[]){4, 62.5, 30.08235224623677, 1.375, 2.909090909090909});
    assert_estimate(f, "life", "B",
                    (double[]){3, 2.25, 1.1405179744309162, 1.125, 2.6666666666666665});
    assert_estimate(f, "trust", "C", (double[]){2, 100, 0, 1, 2});
    assert_string_equal(f->report.file[0].layout, "survey");
    assert_int_equal(f->report.file[0].n_units, 3);
    assert_string_equal(said(f, 0), "0:0: note: question 'trust': 1 of 15 sheets have no answer "
                                    "[no-answer]");
}

static void strata_and_clusters_count_in_the_error(void **state)
{
    fixture *f = *state;
    mera_source source = survey_source(f, sheets);
    source.stratum = "part";
    source.cluster = "house";
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_estimate(f, "trust", "A",
                    (double[]){8, 68, 17.13921911873467, 0.9449769411764707, 8.46581503887303});
    assert_estimate(f, "life", "A",
                    (double[]){9, 6.6, 0.6632141051316248, 0.6821384049184164, 13.193803391082193});
    assert_estimate(f, "trust", "B",
                    (double[]){4, 62.5, 28.254908312539257, 1.021875, 3.9143730886850148});
    assert_estimate(f, "life", "B", (double[]){3, 2.25, 0.125, 0.011627906976744186, 258});
    assert_estimate(f, "life", "C", (double[]){2, 6, 0, 1, 2}); /* all the same: Kish */
}

static void the_order_of_rows_within_a_cluster_does_not_matter(void **state)
{
    fixture *f = *state;
    mera_source source = survey_source(f, "town,house,w,q7,life\nA,1,1,yes,2\nA,2,1,no,4\n"
                                          "A,1,3,no,8\n");
    source.cluster = "house";
    assert_int_equal(read_one(f, source), MERA_OK);
    /* by hand: W = 5, mean = 30/5 = 6; z: house 1 (2-6 + 3(8-6))/5 = 0.4, house 2 (4-6)/5 = -0.4;
     * variance 2/1 * 0.32 = 0.64 */
    assert_close(number_at(f, "life", "A", ""), 6, 0);
    assert_close(number_at(f, "life_se", "A", ""), 0.8, 1e-15);
}

static void few_answers_give_no_value_and_are_told(void **state)
{
    fixture *f = *state;
    mera_source source = survey_source(f, sheets);
    source.least = 4;
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_missing(number_at(f, "trust", "C", ""));
    assert_missing(number_at(f, "trust_se", "C", ""));
    assert_int_equal(reason_at(f, "trust", "C", ""), MERA_SUPPRESSED);
    assert_close(number_at(f, "trust_n", "C", ""), 2, 0);
    assert_close(number_at(f, "trust", "B", ""), 62.5, 0);
    assert_missing(number_at(f, "life", "B", ""));
    assert_string_equal(said(f, 0),
                        "0:0: warning: question 'trust': units with too few answers left without a "
                        "value: 1 (line 15) [few-answers]");
    assert_int_equal(found(&f->report.file[0], "few-answers"), 3);
}

static void one_answer_says_nothing_of_the_error(void **state)
{
    fixture *f = *state;
    assert_int_equal(read_one(f, survey_source(f, "town,w,q7,life\nA,2,yes,4\n")), MERA_OK);
    assert_close(number_at(f, "trust", "A", ""), 100, 0);
    assert_missing(number_at(f, "trust_se", "A", ""));
    assert_int_equal(reason_at(f, "trust_se", "A", ""), MERA_UNDEFINED);
    assert_int_equal(found(&f->report.file[0], "lonely-cluster"), 2);
}

static void answers_outside_the_scale_are_refused_at_their_place(void **state)
{
    fixture *f = *state;
    const mera_source source =
        survey_source(f, "town,w,q7,life\nA,1,perhaps,4\nA,1,yes,11\nA,-2,no,5\nA,1,no,x\n");
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(
        said(f, 0),
        "2:5: error: question 'trust': the answer 'perhaps' is neither positive nor "
        "negative [outside-scale] ('bad_numbers: missing' takes such answers as missing "
        "and counts them; what means «no answer» is declared under 'missing')");
    assert_non_null(strstr(said(f, 1), "3:9: error: question 'life': the answer '11' is outside "
                                       "the scale from 1 to 10 [outside-scale]"));
    assert_non_null(strstr(said(f, 2), "4:3: error: the weight '-2' is not 0 or a number"));
    assert_non_null(strstr(said(f, 3), "5:8: error: column 'life': 'x' is not a number"));
}

static void or_counted_and_told(void **state)
{
    fixture *f = *state;
    mera_source source = survey_source(
        f, "town,w,q7,life\nA,1,perhaps,4\nA,1,yes,11\nA,-2,no,5\nA,1,no,x\nA,0,yes,1\n");
    source.bad_numbers = MERA_AS_MISSING;
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "trust", "A", ""), 50, 0);
    assert_close(number_at(f, "trust_n", "A", ""), 2, 0); /* of weight 0 is none */
    assert_close(number_at(f, "life_n", "A", ""), 1, 0);
    assert_int_equal(found(&f->report.file[0], "outside-scale"), 2);
    assert_int_equal(found(&f->report.file[0], "bad-weight"), 1);
    assert_int_equal(found(&f->report.file[0], "unparsable-number"), 1);
}

static void sheets_of_weight_0_are_counted_and_told(void **state)
{
    fixture *f = *state;
    const mera_source source = survey_source(f, "town,w,q7,life\nA,1,yes,4\nA,0,no,9\nA,3,no,8\n"
                                                "B,0,yes,1\nB,0.0,no,2\n");
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "trust", "A", ""), 25, 0); /* by hand: 1/(1 + 3) */
    assert_close(number_at(f, "trust_n", "A", ""), 2, 0);
    assert_close(number_at(f, "life", "A", ""), 7, 0);
    assert_missing(number_at(f, "life", "B", ""));
    assert_close(number_at(f, "life_n", "B", ""), 0, 0);
    assert_string_equal(said(f, 0), "0:0: warning: sheets of weight 0, which do not count: 3 "
                                    "(lines 3, 5, 6) [no-weight]");
    assert_string_equal(said(f, 1), "0:0: warning: units without a sheet of a weight above 0, left "
                                    "without a value: 1 (line 5) [no-weight]");
    assert_int_equal(found(&f->report.file[0], "no-weight"), 4);
}

static void a_file_of_weights_0_is_refused_with_a_way_out(void **state)
{
    fixture *f = *state;
    const mera_source source = survey_source(f, "town,w,q7,life\nA,0,yes,4\nB,0,no,9\n");
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        "1:6: error: no sheet has a weight above 0 in the field 'w' (sheets: 2), "
                        "so no answer counts [no-weight] (name the field with the weights as "
                        "'weight' in the entry of 'data', or leave 'weight' out: all sheets weigh "
                        "the same then)");
}

static void a_part_of_a_scale_may_be_positive(void **state)
{
    fixture *f = *state;
    static const char *const high[] = {"4", "5"};
    const mera_question q = {
        .name = "life", .positive = high, .n_positive = 2, .has_scale = true, .low = 1, .high = 5};
    mera_source source = survey_source(f, "town,w,life\nA,1,4\nA,1,\"4,0\"\nA,1,5\nA,1,2\n");
    source.question = &q;
    source.n_questions = 1;
    source.decimal = ',';
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "life", "A", ""), 75, 0);
}

static void units_and_periods_are_those_of_the_other_files(void **state)
{
    fixture *f = *state;
    static const char *const wanted[] = {"population", "trust", "trust_se"};
    mera_source sources[2] = {
        {.path = given(f, "towns.csv", "town,year,population\nA,2023,1\nA,2024,2\nB,2024,3\n"),
         .key = {"town"},
         .n_key = 1,
         .period = "year"},
        survey_source(f, "town,year,w,q7\nA,2023,1,yes\nA,2024,1,no\nZ,2024,1,no\nA,2024,1,yes\n")};
    sources[1].period = "year";
    const mera_read_request request = {.column = wanted, .n_columns = 3};
    assert_int_equal(read_request(f, request, sources, 2), MERA_EINPUT);
    assert_non_null(strstr(said(f, 0), "4:1: error: unit 'Z' is not in the files read before"));
    sources[1].unmatched = MERA_SKIP;
    assert_int_equal(read_request(f, request, sources, 2), MERA_OK);
    assert_close(number_at(f, "trust", "A", "2023"), 100, 0);
    assert_close(number_at(f, "trust", "A", "2024"), 50, 0);
    assert_missing(number_at(f, "trust", "B", "2024"));
    mera_at at = {0};
    const mera_column *trust = mera_dataset_column(f->data, "trust");
    assert_true(mera_column_place(f->data, trust, f->data->n_units, &at)); /* A in 2024 */
    assert_int_equal(at.line, 3);
}

static void a_column_of_another_file_is_not_written_over(void **state)
{
    fixture *f = *state;
    mera_source sources[2] = {
        {.path = given(f, "towns.csv", "town,trust\nA,12\n"), .key = {"town"}, .n_key = 1},
        survey_source(f, "town,w,q7,life\nA,1,yes,1\nA,1,no,2\n")};
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_EINPUT);
    assert_non_null(
        strstr(said(f, 0), "2:0: error: column 'trust' of unit 'A' already comes from"));
    sources[1].duplicates = MERA_FIRST;
    assert_int_equal(read_request(f, (mera_read_request){0}, sources, 2), MERA_OK);
    assert_close(number_at(f, "trust", "A", ""), 12, 0);
}

static void a_field_that_is_not_there_is_told(void **state)
{
    fixture *f = *state;
    mera_source source = survey_source(f, "town,weight,q7,life\nA,1,yes,1\n");
    source.stratum = "part";
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_non_null(strstr(said(f, 0), "no field 'w' (weight of a sheet)"));
    assert_non_null(strstr(said(f, 1), "no field 'part' (stratum)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(weighted_shares_and_means_have_linearised_errors),
        TEST(strata_and_clusters_count_in_the_error),
        TEST(the_order_of_rows_within_a_cluster_does_not_matter),
        TEST(few_answers_give_no_value_and_are_told),
        TEST(one_answer_says_nothing_of_the_error),
        TEST(answers_outside_the_scale_are_refused_at_their_place),
        TEST(or_counted_and_told),
        TEST(sheets_of_weight_0_are_counted_and_told),
        TEST(a_file_of_weights_0_is_refused_with_a_way_out),
        TEST(a_part_of_a_scale_may_be_positive),
        TEST(units_and_periods_are_those_of_the_other_files),
        TEST(a_column_of_another_file_is_not_written_over),
        TEST(a_field_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
