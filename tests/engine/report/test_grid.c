/* SPDX-License-Identifier: Apache-2.0 */
/** @file The table for a terminal. */
#include "report/grid.h"

#include "mera_test.h"

static const mera_grid_column three[] = {{.title = "#", .right = true},
                                         {.title = "town", .gives_way = true},
                                         {.title = "score", .right = true}};

typedef struct fixture {
    mera_arena *arena;
    mera_grid grid;
    mera_text out;
} fixture;

static int setup(void **state)
{
    mera_arena *arena = mera_arena_new();
    fixture *f = mera_arena_zero(arena, 1, sizeof *f);
    f->arena = f->out.arena = arena;
    if (mera_grid_new(three, 3, 2, arena, &f->grid) != MERA_OK) {
        return -1;
    }
    f->grid.cell[0] = "1";
    f->grid.cell[1] = "Верхняя Ольховка";
    f->grid.cell[2] = "61.2";
    f->grid.cell[3] = "10";
    f->grid.cell[4] = "Бор";
    f->grid.cell[5] = NULL;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    mera_arena_free(((fixture *)*state)->arena);
    return 0;
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    fixture *f = *state;
    const mera_view view = {"en", false, 80};
    assert_int_equal(mera_grid_width(&f->grid), 2 + 2 + 16 + 2 + 5);
    assert_int_equal(mera_grid_write(&f->grid, &view, 0, f->arena, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out), " #  town              score\n"
                                                   " 1  Верхняя Ольховка   61.2\n"
                                                   "10  Бор\n");
}

static void the_column_that_gives_way_is_cut_on_a_narrow_terminal(void **state)
{
    fixture *f = *state;
    const mera_view view = {"en", false, 22};
    assert_int_equal(mera_grid_write(&f->grid, &view, 1, f->arena, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out), "  #  town        score\n"
                                                   "  1  Верхняя О…   61.2\n"
                                                   " 10  Бор\n");
}

static void an_optional_column_goes_before_others_are_cut(void **state)
{
    fixture *f = *state;
    const mera_view view = {"en", false, 16};
    mera_grid_column column[3] = {three[0], three[1], three[2]};
    column[2].optional = true;
    f->grid.column = column;
    assert_int_equal(mera_grid_write(&f->grid, &view, 0, f->arena, &f->out), MERA_OK);
    assert_string_equal(mera_text_string(&f->out), " #  town\n"
                                                   " 1  Верхняя Оль…\n"
                                                   "10  Бор\n");
}

static void an_empty_grid_has_its_titles(void **state)
{
    fixture *f = *state;
    const mera_view view = {"en", true, 80};
    f->grid.n_rows = 0;
    assert_int_equal(mera_grid_write(&f->grid, &view, 0, f->arena, &f->out), MERA_OK);
    assert_non_null(strstr(mera_text_string(&f->out), "\033[2mtown\033[0m"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(columns_are_as_wide_as_their_widest_cell, setup, teardown),
        cmocka_unit_test_setup_teardown(the_column_that_gives_way_is_cut_on_a_narrow_terminal,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(an_optional_column_goes_before_others_are_cut, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(an_empty_grid_has_its_titles, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
