/* SPDX-License-Identifier: Apache-2.0 */
/** @file The effective methodology as YAML, and its hash. */
#include <stdlib.h>

#include "fixture.h"

/* Writes a tree and reads it back. */
static void survives(fixture *f, const char *text)
{
    const mera_value *tree = fixture_tree(f, text);
    const char *written = mera_methodology_text(tree, f->arena);
    assert_non_null(written);
    if (!mera_tree_equal(tree, fixture_tree(f, written))) {
        print_error("%s", written);
    }
    assert_true(mera_tree_equal(tree, fixture_tree(f, written)));
}

static void what_is_written_reads_back_as_it_was(void **state)
{
    static const char *const texts[] = {
        "a: 1\nb: [1, 2]\nc: {d: e}\n",
        "a: '1'\nb: 'true'\nc: 'null'\nd: ''\ne: '~'\nf: '0x1F'\ng: '010'\nh: ' x '\n",
        "a: NO\nb: 12:30\nc: 0x1F\nd: 010\ne: 1e3\nf: null\ng: false\n",
        "a: 'x: y'\nb: 'x #y'\nc: '- x'\nd: '[x]'\ne: '{x}'\nf: '*x'\ng: '&x'\nh: '!x'\ni: "
        "'%x'\nj: '@x'\nk: '`x'\nl: '<<'\nm: 'it''s'\nn: '\"'\no: 'x:'\np: '#'\nq: '---'\nr: '?'\n",
        "a: |\n  two\n  lines\nb: \"tab\\there\\\\ \\x01 \\u2028 \\uFEFF \\x85\"\n",
        "'a b': 1\n'': 2\n'x: y': 3\n'1': 4\n'true': 5\n'<<': 6\n",
        "заголовок: Качество жизни — «города» № 1\n",
        "a:\n  - b\n  - [c, [d, {e: f}]]\n  - {g: [h], i: {}}\n  - []\n  - k:\n      - l: 1\n      "
        "  "
        "m: 2\n      - - n\n        - o\n",
        "a: []\nb: {}\nc: [[], {}]\n",
        "[1, 2]",
        "just text",
        "a: &x {b: [1, 2]}\nc: *x\nd: [*x, *x]\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        survives(*state, texts[i]);
    }
}

static void every_leaf_says_where_it_comes_from(void **state)
{
    fixture *f = *state;
    fixture_file(f, "base/methodology.yaml",
                 FIXTURE_HEAD "steps:\n  normalise: {op: minmax, range: [0, 10]}\n" FIXTURE_TAIL
                              "variants: {rich: {set: {framework.indicators.income: 5}}}\n");
    fixture_file(f, "m.yaml", "extends: base\nversion: 2\n");
    f->variant = "rich";
    fixture_set(f, "steps.normalise.range", "[0, 1]");
    fixture_ok(f, NULL);
    assert_string_equal(
        mera_methodology_text(f->tree, f->arena),
        "mera: 1  # base/methodology.yaml:1\n"
        "id: towns  # base/methodology.yaml:2\n"
        "indicators:\n"
        "  income: {unit: roubles, direction: higher}  # base/methodology.yaml:4\n"
        "  air: {unit: index, direction: lower}  # base/methodology.yaml:5\n"
        "steps:\n"
        "  normalise:\n"
        "    op: minmax  # base/methodology.yaml:7\n"
        "    range: [0, 1]  # --set\n"
        "framework:\n"
        "  id: quality  # base/methodology.yaml:8\n"
        "  indicators:\n"
        "    income: 5  # variant 'rich', base/methodology.yaml:9\n"
        "    air: 1  # base/methodology.yaml:8\n"
        "variants: {rich: {set: {framework.indicators.income: 5}}}  # base/methodology.yaml:9\n"
        "version: 2  # m.yaml:2\n");
}

static const char *hash_of(fixture *f, const char *text)
{
    f->n_files = 0;
    return fixture_ok(f, text)->sha256;
}

static void the_hash_follows_meaning_and_nothing_else(void **state)
{
    fixture *f = *state;
    const char *plain = hash_of(f, FIXTURE_HEAD FIXTURE_TAIL);
    assert_string_equal(plain, hash_of(f, "# comment\nmera: 1.0\nid: \"towns\"\n"
                                          "indicators: {income: {unit: 'roubles', direction: "
                                          "higher}, air: {unit: index,\n    direction: lower}}\n"
                                          "framework:\n  id: quality\n  indicators:\n  - income\n"
                                          "  - air\n"));
    assert_string_equal(plain,
                        hash_of(f, FIXTURE_HEAD FIXTURE_TAIL "variants: {e: {weights: equal}}\n"));
    assert_string_not_equal(plain, hash_of(f, FIXTURE_HEAD FIXTURE_TAIL "seed: 1\n"));
    assert_string_not_equal(
        plain, hash_of(f, FIXTURE_HEAD "framework: {id: quality, indicators: [air, income]}\n"));
}

static void the_effective_text_is_the_same_methodology(void **state)
{
    fixture *f = *state;
    f->variant = "rich";
    const mera_methodology *m =
        fixture_ok(f, FIXTURE_HEAD "steps: {normalise: minmax}\n" FIXTURE_TAIL
                                   "variants: {rich: {weights: equal, set: "
                                   "{framework.indicators.income: 5}}}\n");
    const char *text = mera_methodology_text(f->tree, f->arena);
    f->variant = NULL;
    assert_string_equal(m->sha256, hash_of(f, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(what_is_written_reads_back_as_it_was),
        fixture_test(every_leaf_says_where_it_comes_from),
        fixture_test(the_hash_follows_meaning_and_nothing_else),
        fixture_test(the_effective_text_is_the_same_methodology),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
