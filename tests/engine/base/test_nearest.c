/* SPDX-License-Identifier: Apache-2.0 */
/** @file «Did you mean»: which candidate is near, and which is not. */
#include "mera_test.h"

#include "base/text.h"

static const char *const keys[] = {"indicators", "framework", "weight", "weights", "id", "ёмкость"};

static const char *near(const char *name)
{
    return mera_nearest(name, keys, sizeof keys / sizeof *keys);
}

static void finds_slips_of_the_hand(void **state)
{
    (void)state;
    assert_string_equal(near("indicatros"), "indicators"); /* two swapped neighbours are one slip */
    assert_string_equal(near("framwork"), "framework");
    assert_string_equal(near("frameworkk"), "framework");
    assert_string_equal(near("wieght"), "weight");
    assert_string_equal(near("INDICATORS"), "indicators");
    assert_string_equal(near("Емкость"), "ёмкость");
}

static void the_nearer_wins_and_of_equals_the_first(void **state)
{
    (void)state;
    assert_string_equal(near("weights"), "weights");
    assert_string_equal(near("weighs"), "weight"); /* one change from both */
}

static void distant_names_are_not_suggested(void **state)
{
    (void)state;
    assert_null(near("population"));
    assert_null(near("xx")); /* two changes would replace all of it */
    assert_null(near("x"));
    assert_null(near(""));
    assert_null(mera_nearest("weight", NULL, 0));
    const char *const far[] = {"abcdefghi"};
    assert_string_equal(mera_nearest("abcdefXYZ", far, 1), "abcdefghi"); /* 3 of 9: a third */
    assert_null(mera_nearest("abcdeWXYZ", far, 1));
}

static void a_part_of_a_name_finds_the_shortest_that_has_it(void **state)
{
    static const char *const regions[] = {"Omsk oblast", "Республика Бурятия", "Томская область",
                                          "Томская область (юг)"};
    (void)state;
    assert_string_equal(mera_containing("бурятия", regions, 4), "Республика Бурятия");
    assert_string_equal(mera_containing("Томск", regions, 4), "Томская область");
    assert_string_equal(mera_containing("OMSK", regions, 4), "Omsk oblast");
    assert_null(mera_containing("Тыва", regions, 4));
    assert_null(mera_containing("об", regions, 4)); /* in too many to mean one */
    assert_null(mera_containing("", regions, 4));
    assert_null(mera_containing("Томск", NULL, 0));
}

static void long_names_are_compared_by_their_beginning(void **state)
{
    (void)state;
    char name[300], other[300];
    memset(name, 'a', sizeof name - 1);
    memset(other, 'a', sizeof other - 1);
    name[299] = other[299] = '\0';
    name[10] = 'b';
    const char *const candidates[] = {other};
    assert_ptr_equal(mera_nearest(name, candidates, 1), other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_slips_of_the_hand),
        cmocka_unit_test(the_nearer_wins_and_of_equals_the_first),
        cmocka_unit_test(distant_names_are_not_suggested),
        cmocka_unit_test(a_part_of_a_name_finds_the_shortest_that_has_it),
        cmocka_unit_test(long_names_are_compared_by_their_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
