/* SPDX-License-Identifier: Apache-2.0 */
/** @file Lists that double when full. */
#include "mera_test.h"

#include "base/grow.h"

static mera_code add(mera_arena *arena, uint32_t **list, size_t *room, size_t n)
{
    MERA_TRY_GROWN(*list, arena, room, n + 1);
    (*list)[n] = (uint32_t)n + 1;
    return MERA_OK;
}

static void items_stay_and_new_ones_are_zero(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    uint32_t *list = NULL;
    size_t room = 0;
    for (size_t n = 0; n < 1000; n++) {
        assert_int_equal(add(arena, &list, &room, n), MERA_OK);
        assert_in_range(room, n + 1, n < 8 ? 8 : 2 * n);
    }
    for (size_t n = 0; n < room; n++) {
        assert_int_equal(list[n], n < 1000 ? n + 1 : 0);
    }
    mera_arena_free(arena);
}

/* A jump past the end gives room for all of it at once. */
static void room_is_for_what_is_needed(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    size_t room = 0;
    uint32_t *list = mera_grown(arena, NULL, &room, 5000, sizeof *list);
    assert_non_null(list);
    assert_in_range(room, 5000, 10000);
    assert_int_equal(list[4999], 0);
    assert_ptr_equal(mera_grown(arena, list, &room, room, sizeof *list), list);
    mera_arena_free(arena);
}

static void a_list_is_as_it_was_when_memory_ran_out(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new_failing_at(1);
    uint32_t *list = NULL;
    size_t room = 0;
    assert_int_equal(add(arena, &list, &room, 0), MERA_OK);
    uint32_t *const first = list;
    assert_int_equal(add(arena, &list, &room, 8), MERA_ENOMEM);
    assert_ptr_equal(list, first);
    assert_int_equal(room, 8);
    assert_int_equal(list[0], 1);
    assert_null(mera_grown(arena, list, &room, SIZE_MAX, sizeof *list));
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stay_and_new_ones_are_zero),
        cmocka_unit_test(room_is_for_what_is_needed),
        cmocka_unit_test(a_list_is_as_it_was_when_memory_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
