/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Files nobody meant: seeded mutations of a sound methodology never crash, and are refused with a
 * reason when they are refused; memory may end at any allocation.
 */
#include <stdlib.h>

#include "fixture.h"

static const char sound[] =
    "mera: 1\nid: towns\ntitle: {ru: Города, en: Towns}\n"
    "units: {key: code, groups: {size: size}}\n"
    "data: [{file: a.csv, missing: ['-'], rename: {a: b}}]\n"
    "indicators:\n"
    "  income: &i {unit: roubles, direction: higher, goalposts: [0, 100]}\n"
    "  air: {unit: index, direction: {target: [1, 2]}, normalise: {clamp: both}}\n"
    "  copy: *i\n"
    "  green: {unit: '%', direction: higher, formula: income / air, round: 2}\n"
    "steps:\n"
    "  impute: {op: group_median, by: size}\n"
    "  treat: [winsorise, {op: clip, lower: 0}]\n"
    "  normalise: {op: minmax, range: [0, 1], reference: {period: all}}\n"
    "  aggregate: {op: arithmetic, missing: {rule: renormalise, min_present: 0.5}}\n"
    "framework:\n"
    "  id: q\n"
    "  weights: {scale: shares}\n"
    "  nodes:\n"
    "    - {id: a, weight: 0.4, indicators: {income: 2, air: 1}}\n"
    "    - id: b\n"
    "      weight: 0.6\n"
    "      then: [{op: zscore, round: 1}]\n"
    "      indicators: [copy, green]\n"
    "classify: {bands: {D: 0, A: 50}, nodes: [q, a]}\n"
    "rank: {ties: min, within: size}\n"
    "variants:\n"
    "  equal: {weights: equal}\n"
    "  rich: {set: {framework.a.indicators.income: 5, steps.treat.1.lower: 2}}\n";

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Changes, doubles, moves or cuts a few bytes of the text. */
static void mutate(char *text, size_t room, uint64_t *seed)
{
    static const char letters[] = "{}[]:,-#&*!|>'\"%@`\t\n 0aя?<.=";
    for (uint64_t edits = 1 + next_random(seed) % 3; edits > 0; edits--) {
        const size_t n = strlen(text);
        const size_t at = n > 0 ? next_random(seed) % n : 0;
        const size_t other = n > 0 ? next_random(seed) % n : 0;
        size_t length = next_random(seed) % 12;
        length = at + length > n ? n - at : length;
        switch (next_random(seed) % 4) {
        case 0: /* replace a byte */
            if (n > 0) {
                text[at] = letters[next_random(seed) % (sizeof letters - 1)];
            }
            break;
        case 1: /* cut */
            memmove(text + at, text + at + length, n - at - length + 1);
            break;
        case 2: /* double a piece */
            if (n + length < room) {
                memmove(text + at + length, text + at, n - at + 1);
            }
            break;
        default: /* copy a piece elsewhere, over what is there */
            length = other + length > n ? n - other : length;
            memmove(text + at, text + other, at + length > n ? n - at : length);
        }
    }
}

static void mutations_are_read_or_refused_with_a_reason(void **state)
{
    fixture *f = *state;
    char text[2 * sizeof sound];
    uint64_t seed = 20241114;
    size_t accepted = 0;
    fixture_file(f, "m.yaml", text);
    for (int round = 0; round < 1500; round++) {
        mera_arena *arena = mera_arena_new();
        mera_diags *diags = mera_diags_new(arena);
        memcpy(text, sound, sizeof sound);
        mutate(text, sizeof text - 1, &seed);
        f->variant = round % 3 == 0 ? "rich" : round % 3 == 1 ? "equal" : NULL;
        const mera_code rc = fixture_load_in(f, arena, diags);
        assert_int_not_equal(rc, MERA_ENOMEM);
        assert_true((rc == MERA_OK) == (mera_diags_count(diags, MERA_ERROR) == 0));
        assert_true((rc == MERA_OK) == (f->m != NULL));
        accepted += rc == MERA_OK ? 1 : 0;
        for (size_t i = 0; i < mera_diags_size(diags); i++) {
            assert_non_null(mera_diag_text(diags, mera_diags_get(diags, i), arena));
        }
        if (f->tree != NULL) {
            const char *written = mera_methodology_text(f->tree, arena);
            const mera_value *again;
            assert_int_equal(
                mera_yaml_read(written, strlen(written), "again", arena, diags, &again), MERA_OK);
            assert_true(mera_tree_equal(f->tree, again));
        }
        mera_arena_free(arena);
    }
    assert_in_range(accepted, 50, 1400); /* mutations that never or always pass prove nothing */
}

static void memory_may_end_at_any_allocation(void **state)
{
    fixture *f = *state;
    fixture_file(f, "base.yaml", sound);
    fixture_file(f, "m.yaml",
                 "extends: base.yaml\nremove: [indicators.air.normalise]\n"
                 "set: {framework.a.weight: 0.4}\nversion: '2'\n");
    f->variant = "rich";
    fixture_set(f, "framework.b.indicators.green", "3");
    mera_code rc = MERA_ENOMEM;
    size_t n = 0;
    for (; rc != MERA_OK; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        mera_diags *diags = mera_diags_new(arena);
        rc = diags == NULL ? MERA_ENOMEM : fixture_load_in(f, arena, diags);
        const bool written = rc == MERA_OK && mera_methodology_text(f->tree, arena) != NULL;
        assert_true(rc == MERA_OK || rc == MERA_ENOMEM);
        if (rc == MERA_OK && !written) {
            rc = MERA_ENOMEM; /* the text comes after: let it have its turn */
        }
        mera_arena_free(arena);
    }
    assert_true(n > 500);
}

static void memory_may_end_while_problems_are_said(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml",
                 "mera: 1\nid: t\nid: u\ncolour: red\nindicators:\n  a: {unit: x, from: b.c}\n"
                 "  b: {direction: up}\nsteps: {normalise: minmaks, impute: {op: mean, by: g}}\n"
                 "framework: {id: q, indicators: [a, b, c], weight: high}\nplugins: [x]\n"
                 "classify: {op: bnads, nodes: [z]}\nvariants: {v: {set: {framework.x: 1}}}\n");
    mera_code rc = MERA_ENOMEM;
    for (size_t n = 0; rc == MERA_ENOMEM; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        mera_diags *diags = mera_diags_new(arena);
        rc = diags == NULL ? MERA_ENOMEM : fixture_load_in(f, arena, diags);
        assert_true(rc == MERA_EINPUT || rc == MERA_ENOMEM);
        assert_null(f->m);
        mera_arena_free(arena);
    }
}

static void the_schema_survives_the_end_of_memory(void **state)
{
    fixture *f = *state;
    const char *schema = NULL;
    for (size_t n = 0; schema == NULL && n < 10000; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        schema = mera_methodology_schema(f->registry, arena);
        mera_arena_free(arena);
    }
    assert_true(schema != NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(mutations_are_read_or_refused_with_a_reason),
        fixture_test(memory_may_end_at_any_allocation),
        fixture_test(memory_may_end_while_problems_are_said),
        fixture_test(the_schema_survives_the_end_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
