/* SPDX-License-Identifier: Apache-2.0 */
/** @file The binder: defaults, types, ranges, and the exact words of every refusal. */
#include "ops_test.h"

#include "ops/bind.h"

typedef struct {
    double number, maybe;
    int64_t whole;
    bool flag;
    int choice;
    const char *text, *column;
    mera_f64_list pair, many;
    mera_text_list names;
    mera_bands bands;
} all_params;

static const char *const choices[] = {"none", "both", "above", NULL};
static const mera_param table[] = {
    MERA_F64(all_params, number, 5, 0, 10, "points", "a number"),
    {.name = "maybe",
     .type = MERA_PARAM_F64,
     .offset = offsetof(all_params, maybe),
     .nullable = true,
     .fallback = NAN,
     .help = "a number or null"},
    MERA_INT(all_params, whole, 3, 1, INFINITY, "a whole number"),
    MERA_BOOL(all_params, flag, 1, "a flag"),
    MERA_ENUM(all_params, choice, 1, choices, "a choice"),
    {.name = "text",
     .type = MERA_PARAM_TEXT,
     .offset = offsetof(all_params, text),
     .fallback_text = "abc",
     .help = "a text"},
    {.name = "column",
     .type = MERA_PARAM_COLUMN,
     .offset = offsetof(all_params, column),
     .help = "a column"},
    MERA_PAIR(all_params, pair, "[0, 100]", -1e6, 1e6, NULL, "two numbers"),
    {.name = "many",
     .type = MERA_PARAM_F64_LIST,
     .offset = offsetof(all_params, many),
     .min_items = 2,
     .fallback_text = "[1, 2, 3]",
     .help = "at least two numbers"},
    {.name = "names",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(all_params, names),
     .max_items = 2,
     .help = "names"},
    {.name = "bands",
     .type = MERA_PARAM_BANDS,
     .offset = offsetof(all_params, bands),
     .fallback_text = "{D: 0, C: 40}",
     .help = "bands"},
    MERA_PARAMS_END,
};
static const mera_op op_all = {
    .name = "derive.all", .params = table, .params_size = sizeof(all_params)};

static mera_code bind(fixture *f, const char *text, const all_params **out)
{
    static const char *const common[] = {"op", "reference", "round", NULL};
    void *bound = NULL;
    const mera_code rc = mera_op_bind(&op_all, ops_params(f, text), common, MERA_NOWHERE, f->arena,
                                      f->diags, &bound);
    if (out != NULL) {
        *out = bound;
    }
    return rc;
}

static void assert_refused(fixture *f, const char *text, const char *message)
{
    assert_int_equal(bind(f, text, NULL), MERA_EINPUT);
    assert_message(f, message);
}

static void fills_in_defaults_of_every_type(void **state)
{
    const all_params *p;
    assert_int_equal(bind(*state, "", &p), MERA_OK);
    assert_true(p->number == 5 && isnan(p->maybe) && p->whole == 3 && p->flag && p->choice == 1);
    assert_string_equal(p->text, "abc");
    assert_null(p->column);
    assert_true(p->pair.n == 2 && p->pair.v[0] == 0 && p->pair.v[1] == 100);
    assert_true(p->many.n == 3 && p->many.v[2] == 3 && p->names.n == 0);
    assert_true(p->bands.n == 2 && p->bands.from[1] == 40);
    assert_string_equal(p->bands.label[1], "C");
}

static void takes_given_values_of_every_type(void **state)
{
    const all_params *p;
    assert_int_equal(bind(*state,
                          "number: 10; maybe: -2.5; whole: 7; flag: false; choice: above; "
                          "text: 2020; column: pop; pair: [100, 0]; many: [1, 2]; "
                          "names: [a, 12]; bands: {low: 1, high: 0}",
                          &p),
                     MERA_OK);
    assert_true(p->number == 10 && p->maybe == -2.5 && p->whole == 7 && !p->flag && p->choice == 2);
    assert_string_equal(p->text, "2020");
    assert_string_equal(p->column, "pop");
    assert_true(p->pair.v[0] == 100 && p->pair.v[1] == 0 && p->many.n == 2);
    assert_string_equal(p->names.v[1], "12");
    assert_string_equal(p->bands.label[0], "low"); /* as written */
    assert_true(p->bands.from[1] == 0);
}

static void null_gives_nan_where_it_is_allowed(void **state)
{
    const all_params *p;
    assert_int_equal(bind(*state, "maybe: null", &p), MERA_OK);
    assert_true(isnan(p->maybe));
    assert_refused(*state, "number: null", "'number' of derive.all must be a number, not nothing");
}

static void takes_a_name_alone_as_all_defaults(void **state)
{
    fixture *f = *state;
    mera_value *name;
    void *bound;
    assert_int_equal(mera_value_scalar(f->arena, "all", false, MERA_NOWHERE, &name), MERA_OK);
    assert_int_equal(mera_op_bind(&op_all, name, NULL, MERA_NOWHERE, f->arena, f->diags, &bound),
                     MERA_OK);
    assert_true(((all_params *)bound)->number == 5);
}

static void skips_the_callers_own_keys(void **state)
{
    assert_int_equal(bind(*state, "op: all; reference: x; round: 2", NULL), MERA_OK);
}

static void an_operations_own_key_wins_over_a_common_one(void **state)
{
    fixture *f = *state;
    const char *const common[] = {"op", "by", NULL};
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_DENOMINATE, "per_unit");
    void *bound;
    assert_int_equal(mera_op_bind(op, ops_params(f, "op: per_unit; by: population"), common,
                                  MERA_NOWHERE, f->arena, f->diags, &bound),
                     MERA_OK);
    assert_string_equal(*(const char **)bound, "population");
}

static void names_an_unknown_key_and_its_neighbour(void **state)
{
    assert_refused(*state, "nmber: 1",
                   "'nmber' is not a parameter of derive.all; its parameters are number, maybe, "
                   "whole, flag, choice, text, column, pair, many, names, bands");
    assert_hint(*state, "did you mean 'number'?");
    assert_refused(*state, "refrence: 1",
                   "'refrence' is not a parameter of derive.all; its parameters are number, maybe, "
                   "whole, flag, choice, text, column, pair, many, names, bands");
    assert_hint(*state, "did you mean 'reference'?");
}

static void names_an_unknown_key_of_an_operation_without_parameters(void **state)
{
    fixture *f = *state;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_AGGREGATE, "arithmetic");
    void *bound;
    assert_int_equal(mera_op_bind(op, ops_params(f, "exponent: 2"), NULL, MERA_NOWHERE, f->arena,
                                  f->diags, &bound),
                     MERA_EINPUT);
    assert_message(f, "'exponent' is not a parameter of aggregate.arithmetic, which has none");
}

static void says_what_type_was_wanted_and_what_was_found(void **state)
{
    assert_refused(*state, "number: many",
                   "'number' of derive.all must be a number, not text 'many'");
    assert_refused(*state, "number: [1]", "'number' of derive.all must be a number, not a list");
    assert_refused(*state, "maybe: true",
                   "'maybe' of derive.all must be a number or null, not 'true'");
    assert_refused(*state, "whole: 2.5",
                   "'whole' of derive.all must be a whole number, not the number 2.5");
    assert_refused(*state, "flag: 1",
                   "'flag' of derive.all must be true or false, not the number 1");
    assert_refused(*state, "text: [a]", "'text' of derive.all must be text, not a list");
    assert_refused(*state, "column: {a: 1}",
                   "'column' of derive.all must be the name of a column, not a map");
    assert_refused(*state, "pair: 5",
                   "'pair' of derive.all must be a list of numbers, not the number 5");
    assert_refused(*state, "names: abc",
                   "'names' of derive.all must be a list of texts, not text 'abc'");
    assert_refused(*state, "bands: [1, 2]",
                   "'bands' of derive.all must be a map of labels to numbers, {C: 0, B: 50}, not a "
                   "list");
    assert_refused(*state, "choice: [a]",
                   "'choice' of derive.all must be none, both or above, not a list");
}

static void says_the_allowed_range_with_its_unit(void **state)
{
    assert_refused(*state, "number: 11",
                   "'number' of derive.all is 11; allowed is between 0 and 10 points");
    assert_refused(*state, "number: -0.5",
                   "'number' of derive.all is -0.5; allowed is between 0 and 10 points");
    assert_refused(*state, "whole: 0", "'whole' of derive.all is 0; allowed is at least 1");
    assert_refused(*state, "pair: [0, 1e7]",
                   "'pair' of derive.all is 10000000; allowed is between -1000000 and 1000000");
}

static void refuses_an_infinite_number(void **state)
{
    fixture *f = *state;
    const mera_value endless = {.kind = MERA_VALUE_NUMBER, .text = "1e999", .number = INFINITY};
    const mera_entry entry = {.key = "maybe", .value = &endless};
    const mera_value map = {.kind = MERA_VALUE_MAP, .n = 1, .entries = &entry};
    void *bound;
    assert_int_equal(mera_op_bind(&op_all, &map, NULL, MERA_NOWHERE, f->arena, f->diags, &bound),
                     MERA_EINPUT);
    assert_message(f, "'maybe' of derive.all must be a finite number, not the number 1e999");
}

static void lists_the_choices_and_the_nearest(void **state)
{
    assert_refused(*state, "choice: abvoe",
                   "'choice' of derive.all is 'abvoe'; allowed is none, both or above");
    assert_hint(*state, "did you mean 'above'?");
}

static void says_how_many_items_a_list_takes(void **state)
{
    assert_refused(*state, "pair: [1, 2, 3]", "'pair' of derive.all has 3 items; it takes 2");
    assert_refused(*state, "many: [1]", "'many' of derive.all has 1 items; it takes at least 2");
    assert_refused(*state, "names: [a, b, c]",
                   "'names' of derive.all has 3 items; it takes at most 2");
}

static void refuses_a_label_that_stands_twice(void **state)
{
    assert_refused(*state, "bands: {a: 1, a: 2}",
                   "the label 'a' stands twice in 'bands' of derive.all");
}

static void says_which_required_parameter_is_missing(void **state)
{
    fixture *f = *state;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_DENOMINATE, "per_unit");
    void *bound;
    assert_int_equal(mera_op_bind(op, NULL, NULL, MERA_NOWHERE, f->arena, f->diags, &bound),
                     MERA_EINPUT);
    assert_message(f, "denominate.per_unit needs 'by': the column to divide by");
}

static void reports_all_problems_in_one_go(void **state)
{
    fixture *f = *state;
    assert_int_equal(bind(f, "number: 11; chioce: none; whole: x; pair: [1, a]", NULL),
                     MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->diags), 4);
}

static void runs_the_operations_own_check(void **state)
{
    fixture *f = *state;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_NORMALISE, "minmax");
    void *bound;
    assert_int_equal(mera_op_bind(op, ops_params(f, "range: [5, 5]"), NULL, MERA_NOWHERE, f->arena,
                                  f->diags, &bound),
                     MERA_EINPUT);
    assert_message(f, "both ends of 'range' of normalise.minmax are 5");
}

static void refuses_a_list_of_parameters(void **state)
{
    fixture *f = *state;
    mera_value *list;
    void *bound;
    assert_int_equal(mera_bind_flow(f->arena, "[1, 2]", &list), MERA_OK);
    assert_int_equal(mera_op_bind(&op_all, list, NULL, MERA_NOWHERE, f->arena, f->diags, &bound),
                     MERA_EINPUT);
    assert_message(f, "derive.all takes a map of parameters, not a list");
}

static void lives_through_memory_that_ends_anywhere(void **state)
{
    fixture *f = *state;
    const mera_value *given = ops_params(f, "number: 11; chioce: none; bands: {a: 1, b: 2}");
    mera_code rc = MERA_ENOMEM;
    for (size_t n = 0; rc == MERA_ENOMEM; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        void *bound;
        assert_true(n < 1000);
        rc = arena == NULL ? MERA_ENOMEM
                           : mera_op_bind(&op_all, given, NULL, MERA_NOWHERE, arena, NULL, &bound);
        mera_arena_free(arena);
    }
    assert_int_equal(rc, MERA_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(fills_in_defaults_of_every_type),
        OPS_TEST(takes_given_values_of_every_type),
        OPS_TEST(null_gives_nan_where_it_is_allowed),
        OPS_TEST(takes_a_name_alone_as_all_defaults),
        OPS_TEST(skips_the_callers_own_keys),
        OPS_TEST(an_operations_own_key_wins_over_a_common_one),
        OPS_TEST(names_an_unknown_key_and_its_neighbour),
        OPS_TEST(names_an_unknown_key_of_an_operation_without_parameters),
        OPS_TEST(says_what_type_was_wanted_and_what_was_found),
        OPS_TEST(says_the_allowed_range_with_its_unit),
        OPS_TEST(refuses_an_infinite_number),
        OPS_TEST(lists_the_choices_and_the_nearest),
        OPS_TEST(says_how_many_items_a_list_takes),
        OPS_TEST(refuses_a_label_that_stands_twice),
        OPS_TEST(says_which_required_parameter_is_missing),
        OPS_TEST(reports_all_problems_in_one_go),
        OPS_TEST(runs_the_operations_own_check),
        OPS_TEST(refuses_a_list_of_parameters),
        OPS_TEST(lives_through_memory_that_ends_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
