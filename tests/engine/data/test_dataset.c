/* SPDX-License-Identifier: Apache-2.0 */
/** @file Looking things up in a dataset. */
#include "mera_test.h"

#include "mera/dataset.h"

static const uint32_t rows_a[4] = {2, 0, 3, 0}, rows_b[4] = {0, 5, 0, 0};
static const double values[4] = {1, 2, 3, 4};
static const uint8_t states[4] = {0, 0, 0, 0};
static const mera_origin origins[2] = {{0, 2, rows_a}, {1, 7, rows_b}};
static const mera_column columns[2] = {{"x", values, states, origins, 2},
                                       {"y", values, states, NULL, 0}};
static const char *const levels[2] = {"small", "large"};
static const int32_t codes[4] = {0, 1, 1, -1};
static const mera_attribute attributes[1] = {{"size", 2, levels, codes}};
static const char *const keys[2] = {"01", "1"}, *const periods[2] = {"2020", "2021"};
static const mera_file files[2] = {
    {.path = "a.csv", .sha256 = "", .encoding = "utf-8", .n_rows = 2},
    {.path = "b.csv", .sha256 = "", .encoding = "utf-8", .n_rows = 1}};
static const mera_dataset data = {2, 2, 2, 1, 2, keys, keys, periods, columns, attributes, files};

static void names_are_found_and_others_are_not(void **state)
{
    (void)state;
    assert_ptr_equal(mera_dataset_column(&data, "y"), &columns[1]);
    assert_null(mera_dataset_column(&data, "z"));
    assert_ptr_equal(mera_dataset_attribute(&data, "size"), &attributes[0]);
    assert_null(mera_dataset_attribute(&data, "x"));
    assert_int_equal(mera_dataset_unit(&data, "1"), 1); /* keys are text */
    assert_int_equal(mera_dataset_unit(&data, "2"), SIZE_MAX);
    assert_int_equal(mera_dataset_period(&data, "2021"), 1);
    assert_int_equal(mera_dataset_period(&data, ""), SIZE_MAX);
}

static void a_cell_names_its_file_line_and_field(void **state)
{
    (void)state;
    mera_at at = {0};
    assert_true(mera_column_place(&data, &columns[0], 2, &at));
    assert_string_equal(at.file, "a.csv");
    assert_int_equal(at.line, 3);
    assert_int_equal(at.column, 2);
    assert_true(mera_column_place(&data, &columns[0], 1, &at));
    assert_string_equal(at.file, "b.csv");
    assert_int_equal(at.column, 7);
    assert_false(mera_column_place(&data, &columns[0], 3, &at));
    assert_false(mera_column_place(&data, &columns[1], 0, &at));
}

static void every_reason_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = MERA_OBSERVED; i <= MERA_UNDEFINED; i++) {
        for (int k = MERA_OBSERVED; k < i; k++) {
            assert_string_not_equal(mera_reason_name((mera_reason)i),
                                    mera_reason_name((mera_reason)k));
        }
        assert_string_not_equal(mera_reason_name((mera_reason)i), "unknown");
    }
}

static void a_unit_goes_from_all_columns_and_periods(void **state)
{
    mera_arena *arena = mera_arena_new();
    mera_dataset *less;
    mera_at at = {0};
    (void)state;
    assert_int_equal(mera_dataset_without(&data, 0, arena, &less), MERA_OK);
    assert_int_equal(less->n_units, 1);
    assert_int_equal(less->n_periods, 2);
    assert_string_equal(less->unit_key[0], "1");
    assert_true(less->column[0].value[0] == 2 && less->column[0].value[1] == 4);
    assert_true(less->attribute[0].code[0] == 1 && less->attribute[0].code[1] == -1);
    assert_true(mera_column_place(less, &less->column[0], 0, &at));
    assert_string_equal(at.file, "b.csv");
    assert_int_equal(at.line, 5);
    assert_int_equal(mera_dataset_without(&data, 1, arena, &less), MERA_OK);
    assert_true(less->column[0].value[0] == 1 && less->column[0].value[1] == 3);
    assert_true(mera_column_place(less, &less->column[0], 1, &at));
    assert_int_equal(at.line, 3);
    assert_int_equal(mera_dataset_without(&data, 2, arena, &less), MERA_EUSAGE);
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_and_others_are_not),
        cmocka_unit_test(a_cell_names_its_file_line_and_field),
        cmocka_unit_test(every_reason_has_a_name_of_its_own),
        cmocka_unit_test(a_unit_goes_from_all_columns_and_periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
