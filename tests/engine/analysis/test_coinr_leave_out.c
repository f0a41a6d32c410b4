/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * COINr's removals of pillars and of sub-indexes of ASEM: scores, places and mean changes of place
 * without each must be COINr's.
 *
 * source  COINr 1.1.14, remove_elements(): ../shared/golden/coinr/remove
 */
#include "asem.h"

#include <ctype.h>

#define FOLDER "golden/coinr/remove/"

/* COINr's code of a direction: ids of ours are "n_" and small letters. */
static bool removed_is(const char *id, const char *code)
{
    size_t i = 0;
    for (id += 2; code[i] != '\0' && tolower((unsigned char)code[i]) == id[i]; i++) {
    }
    return code[i] == '\0' && id[i] == '\0';
}

static const mera_left *removed_find(const asem *a, const mera_leave_out *made, const char *code)
{
    for (size_t k = 0; k < made->n_left; k++) {
        if (removed_is(a->result->methodology->node[made->left[k].index].id, code)) {
            return &made->left[k];
        }
    }
    return NULL;
}

static void removed_column(const asem *a, const mera_left *left, const golden *scores,
                           const golden *ranks, const char *code)
{
    for (size_t i = 0; i < a->data->n_units; i++) {
        const size_t row = golden_row(scores, "uCode", a->data->unit_key[i]);
        const size_t same = golden_row(ranks, "uCode", a->data->unit_key[i]);
        assert_same(left->score[i], golden_at(scores, row, code), 1e-9);
        assert_true(left->place[i] == golden_at(ranks, same, code));
    }
}

static void removed_level(mera_arena *arena, const char *name, size_t n)
{
    asem a = {.arena = arena, .diags = mera_diags_new(arena)};
    const mera_leave_ask ask = {.what = MERA_LEAVE_DIRECTIONS};
    const golden *scores =
        golden_must(arena, mera_arena_printf(arena, FOLDER "%s.scores.csv", name));
    const golden *ranks = golden_must(arena, mera_arena_printf(arena, FOLDER "%s.ranks.csv", name));
    const golden *change =
        golden_must(arena, mera_arena_printf(arena, FOLDER "%s.meanabsdiff.csv", name));
    mera_leave_out made;
    size_t found = 0;
    asem_open(&a, 1);
    asem_must(&a, mera_leave_out_of(a.plan, a.result, &ask, arena, a.diags, &made));
    for (size_t r = 0; r < change->n_rows; r++) {
        const char *code = golden_text(change, r, "Removed");
        const mera_left *left = removed_find(&a, &made, code);
        if (left != NULL) {
            assert_null(left->failed);
            assert_same(left->mean_shift, golden_at(change, r, "MeanAbsRankChange"), 1e-12);
            removed_column(&a, left, scores, ranks, code);
            found++;
        }
    }
    assert_int_equal(found, n); /* the other row is COINr's "Nominal" */
    assert_int_equal(found + 1, change->n_rows);
    asem_close(&a);
}

static void pillars(void **state)
{
    removed_level(*state, "remove_L2", 8);
}

static void sub_indexes(void **state)
{
    removed_level(*state, "remove_L3", 2);
}

/* The arena outlives a test that is skipped half way. */
static int removed_setup(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int removed_teardown(void **state)
{
    mera_arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pillars, removed_setup, removed_teardown),
        cmocka_unit_test_setup_teardown(sub_indexes, removed_setup, removed_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
