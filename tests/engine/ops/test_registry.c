/* SPDX-License-Identifier: Apache-2.0 */
/** @file The registry: what every operation must say of itself, finding and adding. */
#include "ops_test.h"

#include "ops/bind.h"

#define TABLE(name) (sizeof(name) / sizeof *(name))

static void holds_unique_names_in_order(void **state)
{
    fixture *f = *state;
    const size_t n = mera_registry_size(f->registry);

    assert_true(n >= 30);
    for (size_t i = 1; i < n; i++) {
        const char *before = mera_registry_get(f->registry, i - 1)->name;
        assert_true(strcmp(before, mera_registry_get(f->registry, i)->name) < 0);
    }
}

static void every_operation_says_what_it_is(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        const char *step = mera_step_name(op->step);
        assert_int_equal(strncmp(op->name, step, strlen(step)), 0);
        assert_int_equal(op->name[strlen(step)], '.');
        assert_true(op->version >= 1);
        assert_non_null(op->formula);
        assert_non_null(op->nulls);
        assert_non_null(op->source);
        assert_true(op->summary != NULL && op->summary[strlen(op->summary) - 1] == '.');
        assert_null(op->plugin);
    }
}

static void every_operation_has_the_functions_of_its_step(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        const bool means = op->transform != NULL && op->inverse != NULL;
        switch (op->step) {
        case MERA_STEP_SCREEN:
            assert_non_null(op->screen);
            break;
        case MERA_STEP_WEIGHT:
            assert_non_null(op->weigh);
            break;
        case MERA_STEP_AGGREGATE:
            assert_true(means != (op->aggregate != NULL));
            assert_true((op->transform != NULL) == (op->inverse != NULL));
            break;
        case MERA_STEP_CLASSIFY:
            assert_non_null(op->classify);
            break;
        case MERA_STEP_CHECK:
            assert_non_null(op->examine);
            break;
        case MERA_STEP_IMPUTE: /* one of: by column, by table, over periods */
            assert_int_equal((op->apply != NULL) + (op->table != NULL) + (op->panel != NULL), 1);
            assert_true(op->fitted == NULL || op->fit != NULL);
            break;
        default:
            assert_non_null(op->apply);
            assert_true(op->fitted == NULL || op->fit != NULL);
        }
    }
}

static void check_param(const mera_op *op, const mera_param *p)
{
    assert_non_null(p->help);
    assert_true(p->help[0] != '\0' && p->help[strlen(p->help) - 1] != '.');
    assert_true(p->offset < op->params_size);
    assert_true(p->min <= p->max);
    if (p->type == MERA_PARAM_ENUM) {
        assert_non_null(p->choices);
        int n = 0;
        while (p->choices[n] != NULL) {
            n++;
        }
        assert_true(p->fallback >= 0 && p->fallback < n);
    } else if (!p->required && !(p->nullable && isnan(p->fallback)) && p->fallback_text == NULL) {
        assert_true(p->type >= MERA_PARAM_F64_LIST || mera_bind_within(p, p->fallback));
    }
}

static void every_parameter_has_help_and_a_default_in_its_range(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        assert_true((op->params != NULL) == (op->params_size > 0));
        for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
            check_param(op, p);
        }
    }
}

/* Operations that want one of several parameters, none of which is required by itself. */
static bool wants_one_of_several(const char *name)
{
    static const char *const names[] = {"aggregate.counting", "aggregate.owa", "aggregate.wowa",
                                        "treat.clip"};
    for (size_t i = 0; i < TABLE(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void every_operation_without_required_parameters_binds_to_its_name_alone(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        bool required = wants_one_of_several(op->name);
        for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
            required = required || p->required;
        }
        void *out = NULL;
        const mera_code rc = mera_op_bind(op, NULL, NULL, MERA_NOWHERE, f->arena, f->diags, &out);
        assert_int_equal(rc, required ? MERA_EINPUT : MERA_OK);
        assert_true(required || out != NULL);
    }
}

static void finds_short_names_inside_a_step_and_full_names_in_any(void **state)
{
    fixture *f = *state;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_NORMALISE, "minmax");

    assert_non_null(op);
    assert_string_equal(op->name, "normalise.minmax");
    assert_ptr_equal(mera_registry_find(f->registry, MERA_STEP_NORMALISE, "normalise.minmax"), op);
    assert_ptr_equal(mera_registry_find(f->registry, MERA_STEP_TREAT, "normalise.minmax"), op);
    assert_null(mera_registry_find(f->registry, MERA_STEP_TREAT, "minmax"));
    assert_null(mera_registry_find(f->registry, MERA_STEP_NORMALISE, ""));
    assert_null(mera_registry_find(f->registry, MERA_STEP_NORMALISE, "min"));
    assert_null(mera_registry_find(f->registry, MERA_STEP_NORMALISE, "minmaxx"));
}

static void finds_each_operation_both_ways(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        const char *shorter = strchr(op->name, '.') + 1;
        assert_ptr_equal(mera_registry_find(f->registry, op->step, shorter), op);
        assert_ptr_equal(mera_registry_find(f->registry, MERA_STEP_DERIVE, op->name), op);
    }
}

static void adds_operations_of_plugins_in_their_places(void **state)
{
    fixture *f = *state;
    static const mera_op added[] = {
        {.name = "normalise.exponential.rank",
         .step = MERA_STEP_NORMALISE,
         .plugin = "exponential"},
        {.name = "derive.climate.cold_load", .step = MERA_STEP_DERIVE, .plugin = "climate"},
        {.name = "weight.zzz", .step = MERA_STEP_WEIGHT, .plugin = "z"},
    };
    for (size_t i = 0; i < TABLE(added); i++) {
        assert_int_equal(mera_registry_add(f->registry, &added[i], f->diags), MERA_OK);
    }
    assert_ptr_equal(mera_registry_find(f->registry, MERA_STEP_NORMALISE, "exponential.rank"),
                     &added[0]);
    assert_ptr_equal(mera_registry_find(f->registry, MERA_STEP_DERIVE, "climate.cold_load"),
                     &added[1]);
    holds_unique_names_in_order(state);
}

static void grows_when_many_operations_are_added(void **state)
{
    fixture *f = *state;
    const size_t before = mera_registry_size(f->registry);
    for (int i = 0; i < 200; i++) {
        mera_op *op = mera_arena_zero(f->arena, 1, sizeof *op);
        op->name = mera_arena_printf(f->arena, "derive.p.i%03d", (i * 37) % 200);
        op->plugin = "p";
        assert_int_equal(mera_registry_add(f->registry, op, f->diags), MERA_OK);
    }
    assert_int_equal(mera_registry_size(f->registry), before + 200);
    holds_unique_names_in_order(state);
}

static void refuses_a_name_that_is_taken(void **state)
{
    fixture *f = *state;
    const mera_op again = {.name = "normalise.minmax", .step = MERA_STEP_NORMALISE, .plugin = "p"};
    const mera_op once = {.name = "derive.p.x", .step = MERA_STEP_DERIVE, .plugin = "p"};

    assert_int_equal(mera_registry_add(f->registry, &again, f->diags), MERA_EINPUT);
    assert_message(f, "there already is an operation 'normalise.minmax' (built in)");
    assert_int_equal(mera_registry_add(f->registry, &once, f->diags), MERA_OK);
    assert_int_equal(mera_registry_add(f->registry, &once, f->diags), MERA_EINPUT);
    assert_message(f, "there already is an operation 'derive.p.x' (of plugin p)");
}

static void refuses_malformed_names(void **state)
{
    fixture *f = *state;
    const char *const bad[] = {
        "normalise",    "normalise.",    "treat.x", "normalise.A", "normalise..a", "normalise.a.",
        "normalise.1a", "normalise.a b", "",        NULL};
    for (size_t i = 0; i < TABLE(bad); i++) {
        const mera_op op = {.name = bad[i], .step = MERA_STEP_NORMALISE};
        assert_int_equal(mera_registry_add(f->registry, &op, f->diags), MERA_EINPUT);
    }
    assert_message(f, "'' cannot name an operation of step 'normalise': allowed is normalise.NAME "
                      "in a-z, 0-9, _ and -");
}

static void two_registries_share_nothing(void **state)
{
    fixture *f = *state;
    mera_registry *other;
    const mera_op op = {.name = "derive.p.x", .step = MERA_STEP_DERIVE, .plugin = "p"};

    assert_int_equal(mera_registry_new(f->arena, &other), MERA_OK);
    assert_int_equal(mera_registry_add(f->registry, &op, f->diags), MERA_OK);
    assert_null(mera_registry_find(other, MERA_STEP_DERIVE, "derive.p.x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(holds_unique_names_in_order),
        OPS_TEST(every_operation_says_what_it_is),
        OPS_TEST(every_operation_has_the_functions_of_its_step),
        OPS_TEST(every_parameter_has_help_and_a_default_in_its_range),
        OPS_TEST(every_operation_without_required_parameters_binds_to_its_name_alone),
        OPS_TEST(finds_short_names_inside_a_step_and_full_names_in_any),
        OPS_TEST(finds_each_operation_both_ways),
        OPS_TEST(adds_operations_of_plugins_in_their_places),
        OPS_TEST(grows_when_many_operations_are_added),
        OPS_TEST(refuses_a_name_that_is_taken),
        OPS_TEST(refuses_malformed_names),
        OPS_TEST(two_registries_share_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
