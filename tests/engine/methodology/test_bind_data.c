/* SPDX-License-Identifier: Apache-2.0 */
/** @file `units:`, `period:`, `data:` and `plugins:` of a bound methodology. */
#include <stdlib.h>

#include "fixture.h"

#define TAIL FIXTURE_TAIL

static void units_name_key_groups_and_what_to_leave_out(void **state)
{
    const mera_methodology *m =
        fixture_ok(*state, FIXTURE_HEAD TAIL "units:\n"
                                             "  key: [name, region]\n"
                                             "  name: name\n"
                                             "  groups: {region: region, peers: [size, climate]}\n"
                                             "  exclude: ['0', total]\n"
                                             "data: {decimal: ','}\n");
    assert_int_equal(m->n_groupings, 2);
    assert_string_equal(m->grouping[0].attribute[0], "region");
    assert_int_equal(m->grouping[1].n_attributes, 2);
    assert_string_equal(m->grouping[1].attribute[1], "climate");
    assert_int_equal(m->grouping[1].at.line, 10);
    assert_int_equal(m->n_exclude, 2);
    assert_string_equal(m->exclude[0], "0");
    assert_int_equal(m->n_sources, 1);
    assert_null(m->source[0].path);
    assert_int_equal(m->source[0].n_key, 2);
    assert_string_equal(m->source[0].key[1], "region");
    assert_string_equal(m->source[0].name, "name");
    assert_int_equal(m->source[0].unmatched, MERA_ADD);
}

static void the_period_is_all_the_latest_or_named(void **state)
{
    fixture *f = *state;
    const mera_methodology *m = fixture_ok(f, FIXTURE_HEAD TAIL);
    assert_int_equal(m->period_use, MERA_USE_ALL_PERIODS);
    assert_int_equal(m->n_sources, 0);
    f->n_files = 0;
    m = fixture_ok(f, FIXTURE_HEAD TAIL "period: latest\n");
    assert_int_equal(m->period_use, MERA_USE_LATEST);
    f->n_files = 0;
    m = fixture_ok(f, FIXTURE_HEAD TAIL "period: [1992, 2000.0]\n");
    assert_int_equal(m->period_use, MERA_USE_NAMED);
    assert_int_equal(m->n_periods, 2);
    assert_string_equal(m->period[1], "2000.0");
    f->n_files = 0;
    fixture_refused(f, FIXTURE_HEAD TAIL "period: [2000, 2001, 2000]\n",
                    "'period' names '2000' twice");
}

static void a_single_period_names_that_of_data_without_one(void **state)
{
    fixture *f = *state;
    const mera_methodology *m = fixture_ok(
        f, FIXTURE_HEAD TAIL
        "period: 2018\n"
        "data: [{file: a.csv}, {file: b.csv, period: year}, {file: c.csv, period_is: '2017'}]\n");
    assert_string_equal(m->source[0].period_is, "2018");
    assert_null(m->source[1].period_is);
    assert_string_equal(m->source[1].period, "year");
    assert_string_equal(m->source[2].period_is, "2017");
    f->n_files = 0;
    m = fixture_ok(f, FIXTURE_HEAD TAIL
                   "period: 2018\nunits: {key: k, period: year}\ndata: {file: a.csv}\n");
    assert_null(m->source[0].period_is);
    assert_string_equal(m->source[0].period, "year");
}

static void every_setting_of_a_file_reaches_the_reader(void **state)
{
    const mera_methodology *m = fixture_ok(
        *state, FIXTURE_HEAD TAIL
        "units: {key: code, name: town}\n"
        "data:\n"
        "  - file: data/a.csv\n"
        "    layout: long\n"
        "    key: oktmo\n"
        "    indicator: what\n"
        "    value: how_much\n"
        "    header_period: \"{column}_{period}\"\n"
        "    encoding: windows-1251\n"
        "    delimiter: tab\n"
        "    decimal: ','\n"
        "    skip_rows: 3\n"
        "    rename: {a b: ab, c: 5}\n"
        "    missing: {\"-\": absent, \"…\": suppressed, X: not_applicable}\n"
        "    only_marks: true\n"
        "    zero_missing: [doctors]\n"
        "    censored: half\n"
        "    duplicates: last\n"
        "    bad_rows: skip\n"
        "    bad_numbers: missing\n"
        "    numbers_in_text: true\n"
        "  - {file: /abs/b.csv, missing: ['-999', -1], unmatched: skip, delimiter: ';'}\n"
        "  - {file: c.csv}\n");
    assert_int_equal(m->n_sources, 3);
    const mera_source *a = &m->source[0], *b = &m->source[1], *c = &m->source[2];
    assert_string_equal(a->path, "data/a.csv");
    assert_int_equal(a->at.line, 9);
    assert_int_equal(a->layout, MERA_LAYOUT_LONG);
    assert_int_equal(a->n_key, 1);
    assert_string_equal(a->key[0], "oktmo");
    assert_string_equal(a->name, "town");
    assert_string_equal(a->indicator, "what");
    assert_string_equal(a->value, "how_much");
    assert_string_equal(a->header_period, "{column}_{period}");
    assert_string_equal(a->encoding, "windows-1251");
    assert_true(a->delimiter == '\t' && a->decimal == ',' && a->skip_rows == 3);
    assert_int_equal(a->n_rename, 2);
    assert_string_equal(a->rename[0].from, "a b");
    assert_string_equal(a->rename[1].to, "5");
    assert_int_equal(a->n_mark, 3);
    assert_string_equal(a->mark[1].text, "…");
    assert_int_equal(a->mark[1].reason, MERA_SUPPRESSED);
    assert_int_equal(a->mark[2].reason, MERA_NOT_APPLICABLE);
    assert_true(a->only_marks && a->numbers_in_text);
    assert_string_equal(a->zero_missing[0], "doctors");
    assert_int_equal(a->censored, MERA_CENSORED_HALF);
    assert_int_equal(a->duplicates, MERA_LAST);
    assert_int_equal(a->bad_rows, MERA_SKIP);
    assert_int_equal(a->bad_numbers, MERA_AS_MISSING);
    assert_int_equal(a->unmatched, MERA_ADD);
    assert_string_equal(b->path, "/abs/b.csv");
    assert_int_equal(b->n_mark, 2);
    assert_string_equal(b->mark[1].text, "-1");
    assert_int_equal(b->unmatched, MERA_SKIP);
    assert_int_equal(c->unmatched, MERA_REFUSE);
    assert_int_equal(c->bad_numbers, MERA_REFUSE);
    assert_string_equal(c->key[0], "code");
}

static void a_file_is_looked_for_beside_the_methodology_that_names_it(void **state)
{
    fixture *f = *state;
    fixture_file(f, "base/methodology.yaml", FIXTURE_HEAD TAIL "data: {file: d.csv}\n");
    fixture_file(f, "m.yaml", "extends: base\n");
    const mera_methodology *m = fixture_ok(f, NULL);
    assert_string_equal(m->source[0].path, "base/d.csv");
    fixture_set(f, "data.file", "other.csv");
    m = fixture_ok(f, NULL);
    assert_string_equal(m->source[0].path, "other.csv");
}

static void a_layout_that_does_not_fit_its_keys_is_refused(void **state)
{
    fixture *f = *state;
    fixture_file(f, "m.yaml",
                 FIXTURE_HEAD TAIL "data:\n  - {file: a.csv, layout: long, value: v}\n"
                                   "  - {file: b.csv, indicator: i, header_period: period}\n");
    assert_int_equal(fixture_load_in(f, f->arena, f->diags), MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 3);
    assert_said(f->diags, "data in the long layout need 'indicator': the field that holds the "
                          "column's name");
    assert_said(f->diags, "'indicator' is for data in the long layout");
    assert_said(f->diags, "'header_period' is 'period'; it must hold {column} and {period}, as in "
                          "\"{column}_{period}\"");
}

static void plugins_are_found_before_the_tree_is_bound(void **state)
{
    fixture *f = *state;
    const mera_plugin_use *uses;
    size_t n;
    const mera_value *tree = fixture_tree(
        f, "plugins: [arctic, {use: b, version: '>=1', with: {x: 1}}, 5, [z], {version: 1}]\n");
    assert_int_equal(mera_methodology_plugins(tree, f->arena, f->diags, &uses, &n), MERA_OK);
    assert_int_equal(n, 3); /* what is malformed is refused when the tree is bound */
    assert_string_equal(uses[0].name, "arctic");
    assert_null(uses[0].version);
    assert_int_equal(uses[0].at.column, 11);
    assert_string_equal(uses[1].version, ">=1");
    assert_non_null(uses[1].with);
    assert_string_equal(uses[2].name, "5");
}

static void a_plugin_named_twice_is_refused(void **state)
{
    fixture_refused(*state, FIXTURE_HEAD TAIL "plugins: [a, {use: a}]\n",
                    "the plugin 'a' is named twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(units_name_key_groups_and_what_to_leave_out),
        fixture_test(the_period_is_all_the_latest_or_named),
        fixture_test(a_single_period_names_that_of_data_without_one),
        fixture_test(every_setting_of_a_file_reaches_the_reader),
        fixture_test(a_file_is_looked_for_beside_the_methodology_that_names_it),
        fixture_test(a_layout_that_does_not_fit_its_keys_is_refused),
        fixture_test(plugins_are_found_before_the_tree_is_bound),
        fixture_test(a_plugin_named_twice_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
