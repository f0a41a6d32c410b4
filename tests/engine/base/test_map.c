/* SPDX-License-Identifier: Apache-2.0 */
/** @file The hash map. */
#include "mera_test.h"

#include "base/map.h"

static void keeps_the_first_value_of_a_key(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    mera_map *map = NULL;
    size_t found = 0;
    bool added = false;
    assert_int_equal(mera_map_new(arena, 0, &map), MERA_OK);
    assert_int_equal(mera_map_put(map, "key", 3, 7, &found, &added), MERA_OK);
    assert_true(added);
    assert_int_equal(found, 7);
    assert_int_equal(mera_map_put(map, "key", 3, 9, &found, &added), MERA_OK);
    assert_false(added);
    assert_int_equal(found, 7);
    assert_int_equal(mera_map_put(map, "other", 5, 1, NULL, NULL), MERA_OK);
    assert_int_equal(mera_map_get(map, "key", 3), 7);
    assert_true(mera_map_get(map, "ke", 2) == SIZE_MAX);
    assert_true(mera_map_get(map, "", 0) == SIZE_MAX);
    assert_int_equal(mera_map_size(map), 2);
    mera_arena_free(arena);
}

static void finds_a_hundred_thousand_keys_after_growing(void **state)
{
    (void)state;
    enum { N = 100000 };
    mera_arena *arena = mera_arena_new();
    mera_map *map = NULL;
    assert_int_equal(mera_map_new(arena, 10, &map), MERA_OK);
    char key[32];
    for (size_t i = 0; i < N; i++) {
        const size_t n = (size_t)snprintf(key, sizeof key, "%08zu", i * 1000);
        assert_int_equal(mera_map_put(map, key, n, i, NULL, NULL), MERA_OK);
    }
    assert_int_equal(mera_map_size(map), N);
    for (size_t i = 0; i < N; i++) {
        const size_t n = (size_t)snprintf(key, sizeof key, "%08zu", i * 1000);
        assert_int_equal(mera_map_get(map, key, n), i);
    }
    assert_true(mera_map_get(map, "00000001", 8) == SIZE_MAX);
    mera_arena_free(arena);
}

static void its_copy_of_a_key_outlives_growing(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    mera_map *map = NULL;
    char key[32] = "first";
    assert_int_equal(mera_map_new(arena, 0, &map), MERA_OK);
    assert_int_equal(mera_map_put(map, key, 5, 0, NULL, NULL), MERA_OK);
    const char *copy = mera_map_key(map, key, 5);
    for (size_t i = 0; i < 1000; i++) {
        const size_t n = (size_t)snprintf(key, sizeof key, "%zu", i);
        assert_int_equal(mera_map_put(map, key, n, i, NULL, NULL), MERA_OK);
    }
    assert_string_equal(copy, "first");
    assert_ptr_equal(mera_map_key(map, "first", 5), copy);
    assert_null(mera_map_key(map, "never", 5));
    mera_arena_free(arena);
}

static void keys_may_hold_any_bytes(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    mera_map *map = NULL;
    assert_int_equal(mera_map_new(arena, 0, &map), MERA_OK);
    assert_int_equal(mera_map_put(map, "a\0b", 3, 1, NULL, NULL), MERA_OK);
    assert_int_equal(mera_map_put(map, "a\0c", 3, 2, NULL, NULL), MERA_OK);
    assert_int_equal(mera_map_put(map, "", 0, 3, NULL, NULL), MERA_OK);
    assert_int_equal(mera_map_get(map, "a\0b", 3), 1);
    assert_int_equal(mera_map_get(map, "a\0c", 3), 2);
    assert_int_equal(mera_map_get(map, "", 0), 3);
    mera_arena_free(arena);
}

static void says_when_memory_ran_out_and_keeps_its_keys(void **state)
{
    (void)state;
    for (size_t limit = 0; limit < 60; limit++) {
        mera_arena *arena = mera_arena_new_failing_at(limit);
        mera_map *map = NULL;
        size_t kept = 0;
        if (mera_map_new(arena, 0, &map) == MERA_OK) {
            char key[2] = "A";
            while (kept < 100 && mera_map_put(map, key, 1, kept, NULL, NULL) == MERA_OK) {
                key[0]++;
                kept++;
            }
            assert_true(kept < 60);
            assert_int_equal(mera_map_size(map), kept);
            for (size_t i = 0; i < kept; i++) {
                key[0] = (char)('A' + i);
                assert_int_equal(mera_map_get(map, key, 1), i);
            }
        }
        mera_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_first_value_of_a_key),
        cmocka_unit_test(finds_a_hundred_thousand_keys_after_growing),
        cmocka_unit_test(its_copy_of_a_key_outlives_growing),
        cmocka_unit_test(keys_may_hold_any_bytes),
        cmocka_unit_test(says_when_memory_ran_out_and_keeps_its_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
