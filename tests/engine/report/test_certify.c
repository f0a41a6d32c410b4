/* SPDX-License-Identifier: Apache-2.0 */
/** @file Certificates on a page: places that were reached, those that are ruled out, who is first.
 */
#include "made_result.h"

static const double made_w[] = {0.25, 0.75};
static const mera_robust_part made_part[] = {{.index = 1}, {.is_indicator = true, .index = 1}};

static mera_certified_unit made_certified(size_t unit, size_t place, size_t best, size_t bound,
                                          size_t worst, bool first)
{
    return (mera_certified_unit){
        .unit = unit,
        .place = place,
        .looked_for = true,
        .reach = {.best = {best, bound, made_w}, .worst = {worst, worst, made_w}, .n = MADE_UNITS},
        .first = {.can = first, .w = made_w},
        .epsilon = place < MADE_UNITS ? 0.125 : NAN,
        .speaks = SIZE_MAX};
}

/* The second weight hangs in a part and has an order of its own; its nearer end is the upper one.
 */
static const mera_certified_weight made_weight[] = {
    {.node = 0,
     .index = 1,
     .order_of = 0,
     .stable = {.weight = .25, .low = .2, .high = .4, .low_pair = {2, 0}, .high_pair = {0, 1}}},
    {.node = 1,
     .is_indicator = true,
     .index = 0,
     .order_of = 1,
     .stable = {.weight = .5, .low = 0, .high = .6, .low_pair = {-1, -1}, .high_pair = {1, 2}}},
};

static mera_certified made_certificates(const mera_certified_unit *unit, size_t n_cut)
{
    return (mera_certified){.n_weights = 2,
                            .weight = made_weight,
                            .n_columns = 2,
                            .column = made_part,
                            .given = made_w,
                            .n_parts = 2,
                            .part = made_part,
                            .n_ranked = MADE_UNITS,
                            .n_units = MADE_UNITS,
                            .unit = unit,
                            .n_cut = n_cut,
                            .n_looked_for = MADE_UNITS};
}

static void write_table(made *f, const mera_certified *of, const char *language)
{
    const mera_certify_view view = {.view = {.width = 100, .language = language},
                                    .result = &made_result};
    assert_int_equal(mera_report_certify_table(of, &view, f->arena, &f->out), MERA_OK);
}

static void what_a_search_cut_short_rules_out_stands_in_brackets(void **state)
{
    made *f = *state;
    const mera_certified_unit unit[] = {made_certified(2, 1, 1, 1, 1, true),
                                        made_certified(0, 2, 2, 1, 3, false),
                                        made_certified(1, 3, 2, 2, 3, false)};
    const mera_certified of = made_certificates(unit, 1);
    write_table(f, &of, "en");
    made_says(f, "  1  Cedar         1          yes       12.50%");
    made_says(f, "  2  Ольховка      2–3 (1–3)  no        12.50%");
    made_says(f, "  3  Birch, Upper  2–3        no             –");
    made_says(f, "can be first: 1 (Cedar)\n");
    made_says(f, "In brackets, where the search was cut short");
}

static void an_inner_weight_says_whose_order_it_holds(void **state)
{
    made *f = *state;
    const mera_certified_unit unit[] = {made_certified(2, 1, 1, 1, 1, true),
                                        made_certified(0, 2, 2, 2, 3, false),
                                        made_certified(1, 3, 2, 2, 3, false)};
    const mera_certified of = made_certificates(unit, 0);
    write_table(f, &of, "ru");
    made_says(f, " 25.00%  20.00% – 40.00%   Cedar – Ольховка\n");
    made_says(f, " внутри части\n");
    made_says(f, "    Доходы  50.00%  0.00% – 60.00%    Birch, Upper – Cedar\n");
    assert_null(strstr(mera_text_string(&f->out), "прерван"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        made_test(what_a_search_cut_short_rules_out_stands_in_brackets),
        made_test(an_inner_weight_says_whose_order_it_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
