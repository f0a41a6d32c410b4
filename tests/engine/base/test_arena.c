/* SPDX-License-Identifier: Apache-2.0 */
/** @file Arenas: alignment, growth, marks, failure on request. */
#include "mera_test.h"

#include <stdbool.h>

static mera_arena *fresh(void)
{
    mera_arena *arena = mera_arena_new();
    assert_non_null(arena);
    return arena;
}

static void pieces_are_aligned_by_size(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    for (size_t size = 1; size < 5000; size += 37) {
        const uintptr_t at = (uintptr_t)mera_arena_alloc(arena, size, 1);
        assert_int_equal(at % (size > 1024 ? 64 : 16), 0);
    }
    mera_arena_free(arena);
}

static void pieces_do_not_overlap(void **state)
{
    (void)state;
    enum { N = 300 };
    mera_arena *arena = fresh();
    unsigned char *piece[N];
    for (size_t i = 0; i < N; i++) {
        const size_t size = i * i % 4001 + 1; /* over 64 KiB in all: several blocks */
        piece[i] = mera_arena_alloc(arena, size, 1);
        assert_non_null(piece[i]);
        memset(piece[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < N; i++) {
        const size_t size = i * i % 4001 + 1;
        for (size_t j = 0; j < size; j++) {
            assert_int_equal(piece[i][j], i % 251);
        }
    }
    mera_arena_free(arena);
}

static void a_piece_may_be_larger_than_any_block(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    const size_t size = (size_t)20 << 20;
    char *large = mera_arena_alloc(arena, size, 1);
    assert_non_null(large);
    large[0] = 'a';
    large[size - 1] = 'z';
    assert_non_null(mera_arena_alloc(arena, 10, 1));
    assert_int_equal(large[size - 1], 'z');
    mera_arena_free(arena);
}

static void zeroed_pieces_are_zero_even_where_memory_was_used(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    memset(mera_arena_alloc(arena, 1000, 8), 0xAB, 8000);
    mera_arena_rewind(arena, mark);
    const unsigned char *again = mera_arena_zero(arena, 1000, 8);
    for (size_t i = 0; i < 8000; i++) {
        assert_int_equal(again[i], 0);
    }
    mera_arena_free(arena);
}

static void rewinding_gives_back_what_came_after_the_mark(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    char *kept = mera_arena_strdup(arena, "kept");
    const size_t used = mera_arena_used(arena);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 50; i++) {
            assert_non_null(mera_arena_alloc(arena, 100000, 1));
        }
        assert_true(mera_arena_used(arena) >= used + 5000000);
        mera_arena_rewind(arena, mark);
        assert_int_equal(mera_arena_used(arena), used);
    }
    assert_string_equal(kept, "kept");
    mera_arena_free(arena);
}

static void a_mark_of_an_empty_arena_rewinds_to_nothing(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    assert_non_null(mera_arena_alloc(arena, 3, 1));
    mera_arena_rewind(arena, mark);
    assert_int_equal(mera_arena_used(arena), 0);
    assert_non_null(mera_arena_alloc(arena, 3, 1));
    mera_arena_free(arena);
}

/* What is emptied and filled again and again stays where it is: its blocks do not grow. */
static void filling_again_takes_the_same_memory(void **state)
{
    (void)state;
#ifdef MERA_ARENA_DEBUG
    skip(); /* every piece is a block of its own there */
#else
    mera_arena *arena = fresh();
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    const void *first = mera_arena_alloc(arena, 50000, 1);
    for (int round = 0; round < 10; round++) {
        mera_arena_rewind(arena, mark);
        assert_ptr_equal(mera_arena_alloc(arena, 50000, 1), first);
    }
    mera_arena_free(arena);
#endif
}

static void used_counts_the_bytes_handed_out(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    assert_int_equal(mera_arena_used(arena), 0);
    assert_non_null(mera_arena_alloc(arena, 16, 4));
    assert_int_equal(mera_arena_used(arena), 64);
    mera_arena_free(arena);
}

static void empty_pieces_are_valid_and_differ(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    const void *a = mera_arena_alloc(arena, 0, 8);
    const void *b = mera_arena_alloc(arena, 8, 0);
    assert_non_null(a);
    assert_non_null(b);
    assert_ptr_not_equal(a, b);
    mera_arena_free(arena);
}

static void an_overflowing_product_is_refused(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    assert_null(mera_arena_alloc(arena, SIZE_MAX / 2, 3));
    assert_null(mera_arena_alloc(arena, SIZE_MAX, 1));
    assert_null(mera_arena_strndup(arena, "x", SIZE_MAX));
    assert_non_null(mera_arena_alloc(arena, 1, 1));
    mera_arena_free(arena);
}

static void fails_from_the_allocation_asked_for_on(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new_failing_at(2);
    assert_non_null(mera_arena_alloc(arena, 1, 1));
    assert_non_null(mera_arena_strdup(arena, "b"));
    assert_null(mera_arena_zero(arena, 1, 1));
    assert_null(mera_arena_strdup(arena, "d"));
    assert_null(mera_arena_printf(arena, "%d", 5));
    mera_arena_free(arena);
}

static void copies_and_prints_strings(void **state)
{
    (void)state;
    mera_arena *arena = fresh();
    assert_string_equal(mera_arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(mera_arena_strndup(arena, NULL, 0), "");
    assert_string_equal(mera_arena_printf(arena, "%s=%d", "k", 42), "k=42");
    mera_arena_free(arena);
}

static void freeing_nothing_is_allowed(void **state)
{
    (void)state;
    mera_arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_by_size),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(a_piece_may_be_larger_than_any_block),
        cmocka_unit_test(zeroed_pieces_are_zero_even_where_memory_was_used),
        cmocka_unit_test(rewinding_gives_back_what_came_after_the_mark),
        cmocka_unit_test(a_mark_of_an_empty_arena_rewinds_to_nothing),
        cmocka_unit_test(filling_again_takes_the_same_memory),
        cmocka_unit_test(used_counts_the_bytes_handed_out),
        cmocka_unit_test(empty_pieces_are_valid_and_differ),
        cmocka_unit_test(an_overflowing_product_is_refused),
        cmocka_unit_test(fails_from_the_allocation_asked_for_on),
        cmocka_unit_test(copies_and_prints_strings),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
