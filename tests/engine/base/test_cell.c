/* SPDX-License-Identifier: Apache-2.0 */
/** @file Addresses of cells, against those that spreadsheets show. */
#include "base/cell.h"

#include "mera_test.h"

static mera_slice slice(const char *text)
{
    return (mera_slice){text, strlen(text)};
}

static void addresses_go_both_ways(void **state)
{
    (void)state;
    static const struct {
        uint32_t row, column;
        const char *name;
    } known[] = {{1, 1, "A1"},     {12, 26, "Z12"},
                 {3, 27, "AA3"},   {9, 702, "ZZ9"},
                 {5, 703, "AAA5"}, {MERA_CELL_ROWS, MERA_CELL_COLUMNS, "XFD1048576"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char name[MERA_CELL_NAME];
        uint32_t row = 0, column = 0;
        mera_cell_name(known[i].row, known[i].column, name);
        assert_string_equal(name, known[i].name);
        assert_true(mera_cell_read(slice(name), &row, &column));
        assert_int_equal(row, known[i].row);
        assert_int_equal(column, known[i].column);
    }
}

static void what_is_no_address_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",         "A",   "1",   "1A",          "XFE1",
                                        "A1048577", "A1 ", "A-1", "AAAAAAAAAA1", "A99999999999"};
    uint32_t row = 0, column = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_false(mera_cell_read(slice(texts[i]), &row, &column));
    }
}

static void assert_cells(const char *text, mera_cells want)
{
    mera_cells got;
    assert_true(mera_cells_read(slice(text), &got));
    assert_int_equal(got.row, want.row);
    assert_int_equal(got.column, want.column);
    assert_int_equal(got.last_row, want.last_row);
    assert_int_equal(got.last_column, want.last_column);
}

static void ranges_may_be_open(void **state)
{
    (void)state;
    assert_cells("A5:H200", (mera_cells){5, 1, 200, 8});
    assert_cells("$B$5", (mera_cells){5, 2, MERA_CELL_ROWS, MERA_CELL_COLUMNS});
    assert_cells("A5:H", (mera_cells){5, 1, MERA_CELL_ROWS, 8});
    assert_cells("B:H", (mera_cells){1, 2, MERA_CELL_ROWS, 8});
    assert_cells("5:9", (mera_cells){5, 1, 9, MERA_CELL_COLUMNS});
    static const char *const texts[] = {"",      ":",   "A",   "H5:A9",   "A9:H5",
                                        "A5-H9", "A5:", ":H9", "A5:H9:I9"};
    mera_cells got;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_false(mera_cells_read(slice(texts[i]), &got));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_go_both_ways),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(ranges_may_be_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
