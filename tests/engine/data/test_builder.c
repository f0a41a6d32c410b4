/* SPDX-License-Identifier: Apache-2.0 */
/** @file Building datasets: order, gaps, lines, attributes, memory that ends. */
#include "mera_test.h"

#include "data/builder.h"

#include <stdlib.h>

typedef struct fixture {
    mera_arena *arena;
    mera_builder *b;
    size_t file;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = mera_arena_new();
    const mera_file file = {.path = "a.csv", .sha256 = "00", .encoding = "utf-8"};
    assert_int_equal(mera_builder_new(f->arena, &f->b), MERA_OK);
    assert_int_equal(mera_builder_file(f->b, &file, &f->file), MERA_OK);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

static size_t unit(fixture *f, const char *key)
{
    size_t index = 0;
    bool added = false;
    assert_int_equal(mera_builder_unit(f->b, key, strlen(key), &index, &added), MERA_OK);
    return index;
}

static size_t period(fixture *f, const char *label)
{
    size_t index = 0;
    assert_int_equal(mera_builder_period(f->b, label, strlen(label), &index), MERA_OK);
    return index;
}

static size_t column(fixture *f, const char *name)
{
    size_t index = 0;
    assert_int_equal(mera_builder_column(f->b, name, &index), MERA_OK);
    return index;
}

static void set(fixture *f, size_t c, size_t u, size_t p, double value, uint32_t row,
                uint32_t field)
{
    assert_int_equal(mera_builder_cell(f->b, c, u, p, value, MERA_OBSERVED, f->file, row, field),
                     MERA_OK);
}

static mera_dataset *finish(fixture *f)
{
    mera_dataset *data = NULL;
    assert_int_equal(mera_builder_finish(f->b, &data), MERA_OK);
    return data;
}

static void units_keep_the_order_they_were_met_in(void **state)
{
    fixture *f = *state;
    assert_int_equal(unit(f, "b"), 0);
    assert_int_equal(unit(f, "a"), 1);
    assert_int_equal(unit(f, "b"), 0);
    const mera_dataset *data = finish(f);
    assert_int_equal(data->n_units, 2);
    assert_string_equal(data->unit_key[0], "b");
    assert_string_equal(data->unit_key[1], "a");
    assert_string_equal(data->unit_name[1], "a"); /* no name: the key */
    assert_int_equal(data->n_periods, 1);
    assert_string_equal(data->period[0], "");
}

static void the_first_name_of_a_unit_stays(void **state)
{
    fixture *f = *state;
    const size_t u = unit(f, "1");
    assert_int_equal(mera_builder_name(f->b, u, "", 0), MERA_OK);
    assert_int_equal(mera_builder_name(f->b, u, "Уфа", strlen("Уфа")), MERA_OK);
    assert_int_equal(mera_builder_name(f->b, u, "Ufa", 3), MERA_OK);
    assert_string_equal(finish(f)->unit_name[0], "Уфа");
}

static void periods_that_are_numbers_sort_by_value(void **state)
{
    fixture *f = *state;
    unit(f, "u");
    period(f, "2010");
    period(f, "999");
    period(f, "2009.5");
    const mera_dataset *data = finish(f);
    assert_string_equal(data->period[0], "999");
    assert_string_equal(data->period[1], "2009.5");
    assert_string_equal(data->period[2], "2010");
}

static void periods_with_a_word_among_them_sort_by_bytes(void **state)
{
    fixture *f = *state;
    unit(f, "u");
    period(f, "9");
    period(f, "after");
    period(f, "10");
    const mera_dataset *data = finish(f);
    assert_string_equal(data->period[0], "10");
    assert_string_equal(data->period[1], "9");
    assert_string_equal(data->period[2], "after");
}

static void cells_go_to_their_unit_and_period(void **state)
{
    fixture *f = *state;
    const size_t p2 = period(f, "2021"), p1 = period(f, "2020");
    const size_t c = column(f, "x"), d = column(f, "y");
    const size_t u0 = unit(f, "u0"), u1 = unit(f, "u1");
    set(f, c, u1, p2, 12, 5, 3);
    set(f, c, u0, p1, 1, 2, 3);
    set(f, d, u0, p2, 7, 3, 4);
    const mera_dataset *data = finish(f);
    const mera_column *x = mera_dataset_column(data, "x");
    assert_close(x->value[0], 1, 0); /* 2020, u0 */
    assert_missing(x->value[1]);
    assert_missing(x->value[2]);
    assert_close(x->value[3], 12, 0); /* 2021, u1 */
    assert_int_equal(x->state[0], MERA_OBSERVED);
    assert_int_equal(x->state[1], MERA_ABSENT);
    assert_close(mera_dataset_column(data, "y")->value[2], 7, 0);
    mera_at at = {0};
    assert_true(mera_column_place(data, x, 3, &at));
    assert_string_equal(at.file, "a.csv");
    assert_int_equal(at.line, 5);
    assert_int_equal(at.column, 3);
    assert_false(mera_column_place(data, x, 1, &at));
}

static void a_cell_of_every_period_gives_way_to_one_of_its_own(void **state)
{
    fixture *f = *state;
    const size_t c = column(f, "area"), u = unit(f, "u"), v = unit(f, "v");
    const size_t p1 = period(f, "1"), p2 = period(f, "2");
    set(f, c, u, SIZE_MAX, 10, 2, 2);
    set(f, c, v, SIZE_MAX, 20, 3, 2);
    set(f, c, u, p2, 11, 9, 5);
    (void)p1;
    const mera_dataset *data = finish(f);
    const mera_column *area = &data->column[0];
    assert_close(area->value[0], 10, 0);
    assert_close(area->value[1], 20, 0);
    assert_close(area->value[2], 11, 0);
    assert_close(area->value[3], 20, 0);
    mera_at at = {0};
    assert_true(mera_column_place(data, area, 2, &at)); /* not line 2, which set the others */
    assert_int_equal(at.line, 9);
    assert_int_equal(at.column, 5);
    assert_true(mera_column_place(data, area, 3, &at));
    assert_int_equal(at.line, 3);
}

static void columns_of_a_sheet_share_their_lines(void **state)
{
    fixture *f = *state;
    const size_t columns[2] = {column(f, "x"), column(f, "y")};
    mera_sheet *sheet = NULL;
    assert_int_equal(mera_builder_sheet(f->b, f->file, 2, columns, (uint32_t[]){2, 3}, &sheet),
                     MERA_OK);
    for (size_t i = 0; i < 600; i++) { /* over two chunks */
        char key[16];
        snprintf(key, sizeof key, "u%zu", i);
        const double value[2] = {(double)i, NAN};
        const uint8_t cell[2] = {MERA_OBSERVED, MERA_ABSENT};
        assert_int_equal(
            mera_builder_row(f->b, sheet, unit(f, key), SIZE_MAX, (uint32_t)i + 2, value, cell),
            MERA_OK);
    }
    const mera_dataset *data = finish(f);
    assert_ptr_equal(data->column[0].origins[0].row, data->column[1].origins[0].row);
    assert_close(data->column[0].value[599], 599, 0);
    assert_missing(data->column[1].value[599]);
    mera_at at = {0};
    assert_true(mera_column_place(data, &data->column[1], 599, &at));
    assert_int_equal(at.line, 601);
    assert_int_equal(at.column, 3);
}

static void a_cell_left_alone_keeps_its_value_and_its_file(void **state)
{
    fixture *f = *state;
    const size_t c = column(f, "x"), u = unit(f, "u"), v = unit(f, "v");
    set(f, c, u, SIZE_MAX, 1, 2, 2);
    size_t second = 0;
    const mera_file file = {.path = "b.csv", .sha256 = "00", .encoding = "utf-8"};
    assert_int_equal(mera_builder_file(f->b, &file, &second), MERA_OK);
    mera_sheet *sheet = NULL;
    assert_int_equal(mera_builder_sheet(f->b, second, 1, &c, (uint32_t[]){7}, &sheet), MERA_OK);
    const uint8_t leave = MERA_LEAVE, seen = MERA_OBSERVED;
    assert_int_equal(mera_builder_row(f->b, sheet, u, SIZE_MAX, 8, (double[]){99}, &leave),
                     MERA_OK);
    assert_int_equal(mera_builder_row(f->b, sheet, v, SIZE_MAX, 9, (double[]){5}, &seen), MERA_OK);
    const mera_dataset *data = finish(f);
    mera_at at = {0};
    assert_close(data->column[0].value[0], 1, 0);
    assert_true(mera_column_place(data, &data->column[0], 0, &at));
    assert_string_equal(at.file, "a.csv");
    assert_true(mera_column_place(data, &data->column[0], 1, &at));
    assert_string_equal(at.file, "b.csv");
    assert_int_equal(at.line, 9);
}

static void a_cell_set_twice_holds_the_last_and_says_who_set_it(void **state)
{
    fixture *f = *state;
    const size_t c = column(f, "x"), u = unit(f, "u");
    mera_cell_seen seen;
    assert_false(mera_builder_seen(f->b, c, u, SIZE_MAX, &seen));
    set(f, c, u, SIZE_MAX, 1, 2, 2);
    set(f, c, u, SIZE_MAX, 4, 7, 2);
    assert_true(mera_builder_seen(f->b, c, u, SIZE_MAX, &seen));
    assert_close(seen.value, 4, 0);
    assert_int_equal(seen.field, 2);
    assert_int_equal(mera_builder_seen_row(f->b, c, u, SIZE_MAX), 7);
    const mera_dataset *data = finish(f);
    mera_at at = {0};
    assert_close(data->column[0].value[0], 4, 0);
    assert_true(mera_column_place(data, &data->column[0], 0, &at));
    assert_int_equal(at.line, 7);
}

static void attributes_have_levels_and_may_change_with_the_period(void **state)
{
    fixture *f = *state;
    size_t a = 0;
    const size_t u = unit(f, "u"), v = unit(f, "v"), p1 = period(f, "1"), p2 = period(f, "2");
    assert_int_equal(mera_builder_attribute(f->b, "size", &a), MERA_OK);
    assert_int_equal(mera_builder_text(f->b, a, u, SIZE_MAX, "small", 5), MERA_OK);
    assert_int_equal(mera_builder_text(f->b, a, u, p2, "large", 5), MERA_OK);
    assert_int_equal(mera_builder_text(f->b, a, v, p1, "small", 5), MERA_OK);
    const mera_dataset *data = finish(f);
    const mera_attribute *size = mera_dataset_attribute(data, "size");
    assert_int_equal(size->n_levels, 2);
    assert_string_equal(size->level[0], "small");
    assert_string_equal(size->level[1], "large");
    assert_int_equal(size->code[0], 0);
    assert_int_equal(size->code[1], 0);
    assert_int_equal(size->code[2], 1);
    assert_int_equal(size->code[3], -1);
}

static mera_code build_something(mera_arena *arena)
{
    mera_builder *b = NULL;
    mera_dataset *data = NULL;
    size_t u = 0, p = 0, c = 0, a = 0, file = 0;
    const mera_file about = {.path = "a.csv", .sha256 = "00", .encoding = "utf-8"};
    MERA_TRY(mera_builder_new(arena, &b));
    MERA_TRY(mera_builder_file(b, &about, &file));
    MERA_TRY(mera_builder_unit(b, "u", 1, &u, NULL));
    MERA_TRY(mera_builder_name(b, u, "U", 1));
    MERA_TRY(mera_builder_period(b, "1", 1, &p));
    MERA_TRY(mera_builder_column(b, "x", &c));
    MERA_TRY(mera_builder_attribute(b, "size", &a));
    MERA_TRY(mera_builder_cell(b, c, u, p, 1, MERA_OBSERVED, file, 2, 2));
    MERA_TRY(mera_builder_cell(b, c, u, SIZE_MAX, 1, MERA_OBSERVED, file, 2, 3));
    MERA_TRY(mera_builder_text(b, a, u, p, "small", 5));
    return mera_builder_finish(b, &data);
}

static void memory_may_end_at_any_allocation(void **state)
{
    (void)state;
    mera_code code = MERA_ENOMEM;
    size_t n = 0;
    for (; code != MERA_OK; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        code = build_something(arena);
        mera_arena_free(arena);
        assert_true(code == MERA_OK || code == MERA_ENOMEM);
    }
    assert_true(n > 20);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(units_keep_the_order_they_were_met_in),
        TEST(the_first_name_of_a_unit_stays),
        TEST(periods_that_are_numbers_sort_by_value),
        TEST(periods_with_a_word_among_them_sort_by_bytes),
        TEST(cells_go_to_their_unit_and_period),
        TEST(a_cell_of_every_period_gives_way_to_one_of_its_own),
        TEST(columns_of_a_sheet_share_their_lines),
        TEST(a_cell_left_alone_keeps_its_value_and_its_file),
        TEST(a_cell_set_twice_holds_the_last_and_says_who_set_it),
        TEST(attributes_have_levels_and_may_change_with_the_period),
        cmocka_unit_test(memory_may_end_at_any_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
