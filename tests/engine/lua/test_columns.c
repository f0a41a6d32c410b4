/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Functions over columns against reference values, and the rules of columns: immutable, of one
 * call, as fast as a plain loop. Reference values are worked by hand unless a source stands beside
 * them.
 */
#include "lua_fixture.h"

#include <time.h>

#include "lua/column.h"
#include "lua/functions.h"
#include "lua/library.h"
#include "lua/sandbox.h"

typedef struct box_fixture {
    mera_box *box;
    const char *script;
    const double *x;
    size_t n;
    double number;    /* the result when it is one number */
    double column[8]; /* or the first cells of a column */
    size_t n_column;  /* 0 = not a column */
    char text[256];
} box_fixture;

static int open_box(void **state)
{
    *state = calloc(1, sizeof(box_fixture));
    return mera_box_open(NULL, "plugin.lua", mera_library_open, &((box_fixture *)*state)->box) ==
                   MERA_OK
               ? 0
               : -1;
}

static int close_box(void **state)
{
    box_fixture *f = *state;

    mera_box_close(f->box);
    free(f);
    return 0;
}

/* Runs "return function(x) ... end" on the column. */
static int script_body(lua_State *L)
{
    box_fixture *f = lua_touserdata(L, 1);

    if (luaL_loadbufferx(L, f->script, strlen(f->script), "=plugin.lua", "t") != LUA_OK) {
        return lua_error(L);
    }
    lua_call(L, 0, 1);
    mera_lua_column_lend(L, f->x, f->n);
    lua_call(L, 1, 1);
    if (mera_lua_is_column(L, -1)) {
        const mera_lua_column *y = mera_lua_column_at(L, -1);

        f->n_column = y->n;
        memcpy(f->column, y->v, (y->n < 8 ? y->n : 8) * sizeof *y->v);
    } else if (lua_type(L, -1) == LUA_TNUMBER) {
        f->number = lua_tonumber(L, -1);
    } else {
        snprintf(f->text, sizeof f->text, "%s", luaL_tolstring(L, -1, NULL));
    }
    return 0;
}

static mera_code run(box_fixture *f, const char *body, const double *x, size_t n)
{
    char script[512];

    snprintf(script, sizeof script, "local x = ... return function(x) %s end", body);
    f->script = script;
    f->x = x;
    f->n = n;
    f->n_column = 0;
    f->number = -999;
    return mera_box_call(f->box, script_body, f, n);
}

/* 3 1 missing 4 1 5 */
static const double sample[] = {3, 1, NAN, 4, 1, 5};

static void assert_number(box_fixture *f, const char *expression, double expected)
{
    char body[256];

    snprintf(body, sizeof body, "return %s", expression);
    if (run(f, body, sample, 6) != MERA_OK) {
        print_error("%s: %s\n", expression, f->box->fault.message);
        fail();
    }
    if (isnan(expected)) {
        assert_missing(f->number);
    } else {
        assert_close(f->number, expected, 1e-15);
    }
}

static void assert_column(box_fixture *f, const char *expression, size_t n, const double *expected)
{
    char body[256];

    snprintf(body, sizeof body, "return %s", expression);
    if (run(f, body, sample, 6) != MERA_OK || f->n_column != n) {
        print_error("%s: %s %zu\n", expression, f->box->fault.message, f->n_column);
        fail();
    }
    for (size_t i = 0; i < n; i++) {
        if (isnan(expected[i]) ? !isnan(f->column[i])
                               : !(fabs(f->column[i] - expected[i]) <= 1e-12)) {
            print_error("%s: cell %zu is %.17g, not %.17g\n", expression, i, f->column[i],
                        expected[i]);
            fail();
        }
    }
}

#define COLUMN(expression, ...)                                                         \
    assert_column(*state, expression, sizeof((double[]){__VA_ARGS__}) / sizeof(double), \
                  (const double[]){__VA_ARGS__})

static void assert_refused(box_fixture *f, const char *body, const char *message)
{
    const mera_code rc = run(f, body, sample, 6);

    if (rc != MERA_EINPUT || strstr(f->box->fault.message, message) == NULL) {
        print_error("%s: %d %s\n", body, rc, f->box->fault.message);
        fail();
    }
}

/* ---- values ------------------------------------------------------------------------------ */

static void statistics_leave_missing_values_out(void **state)
{
    box_fixture *f = *state;

    assert_number(f, "x:count()", 5);
    assert_number(f, "#x", 6);
    assert_number(f, "x:sum()", 14);
    assert_number(f, "x:mean()", 2.8);
    assert_number(f, "x:median()", 3);
    assert_number(f, "x:lowest()", 1);
    assert_number(f, "x:highest()", 5);
    /* squares of 0.2 -1.8 1.2 -1.8 2.2 sum to 12.8 */
    assert_number(f, "x:sd()", sqrt(12.8 / 4));
    assert_number(f, "x:sd('population')", sqrt(12.8 / 5));
}

static void quantiles_are_of_type_7(void **state)
{
    box_fixture *f = *state;

    /* R 4.2: quantile(c(3, 1, 4, 1, 5), c(0, .1, .25, .9, 1), type = 7) gives 1 1 1 4.6 5 */
    assert_number(f, "x:quantile(0)", 1);
    assert_number(f, "x:quantile(0.1)", 1);
    assert_number(f, "x:quantile(0.25)", 1);
    assert_number(f, "x:quantile(0.9)", 4.6);
    assert_number(f, "x:quantile(1)", 5);
    assert_refused(f, "return x:quantile(1.5)", "a share lies between 0 and 1");
}

static void statistics_of_nothing_are_missing(void **state)
{
    static const char *const expressions[] = {"mean()", "median()", "sd()", "lowest()",
                                              "highest()"};
    box_fixture *f = *state;
    char expression[64];

    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        snprintf(expression, sizeof expression, "(x * (0/0)):%s", expressions[i]);
        assert_number(f, expression, NAN);
    }
    assert_number(f, "(x * (0/0)):sum()", 0);
    assert_number(f, "x:clip(1, 1):sd()", 0);
}

static void ranks_break_ties_as_asked(void **state)
{
    COLUMN("x:rank()", 3, 4, NAN, 2, 4, 1);
    COLUMN("x:rank('max')", 3, 5, NAN, 2, 5, 1);
    COLUMN("x:rank('mean')", 3, 4.5, NAN, 2, 4.5, 1);
    COLUMN("x:rank('dense')", 3, 4, NAN, 2, 4, 1);
    COLUMN("x:rank('first')", 3, 4, NAN, 2, 5, 1);
    COLUMN("x:rank('min', 'lowest')", 3, 1, NAN, 4, 1, 5);
    COLUMN("x:sorted()", 1, 1, 3, 4, 5);
}

static void a_rank_among_others_is_where_the_value_would_stand(void **state)
{
    COLUMN("x:rank_among(x:sorted())", 3, 4, NAN, 2, 4, 1);
    COLUMN("x:rank_among(x, 'max')", 3, 5, NAN, 2, 5, 1);
    COLUMN("x:rank_among(x, 'mean')", 3, 4.5, NAN, 2, 4.5, 1);
    COLUMN("(x + 0.5):rank_among(x)", 3, 4, NAN, 2, 4, 1);
    COLUMN("(x - 10):rank_among(x, 'max')", 6, 6, NAN, 6, 6, 6);
}

static void comparisons_give_one_and_zero(void **state)
{
    COLUMN("x:gt(1)", 1, 0, NAN, 1, 0, 1);
    COLUMN("x:ge(3)", 1, 0, NAN, 1, 0, 1);
    COLUMN("x:lt(3)", 0, 1, NAN, 0, 1, 0);
    COLUMN("x:le(1)", 0, 1, NAN, 0, 1, 0);
    COLUMN("x:eq(x)", 1, 1, NAN, 1, 1, 1);
    COLUMN("mera.ne(1, x)", 1, 0, NAN, 1, 0, 1);
    COLUMN("x:is_missing()", 0, 0, 1, 0, 0, 0);
}

static void numbers_stand_on_either_side(void **state)
{
    COLUMN("10 - x", 7, 9, NAN, 6, 9, 5);
    COLUMN("x - 10", -7, -9, NAN, -6, -9, -5);
    COLUMN("12 / x", 4, 12, NAN, 3, 12, 2.4);
    COLUMN("2 ^ x", 8, 2, NAN, 16, 2, 32);
    COLUMN("x ^ 2", 9, 1, NAN, 16, 1, 25);
    COLUMN("-x", -3, -1, NAN, -4, -1, -5);
    COLUMN("x:max(3)", 3, 3, NAN, 4, 3, 5);
    COLUMN("x:round(-1)", 0, 0, NAN, 0, 0, 10);
}

static void functions_of_plain_numbers_give_numbers(void **state)
{
    box_fixture *f = *state;

    assert_number(f, "mera.clip(7, 0, 5)", 5);
    assert_number(f, "mera.log(1)", 0);
    assert_number(f, "mera.ratio(1, 4)", 0.25);
    assert_number(f, "mera.mean(1, 2)", 1.5);
    assert_number(f, "mera.where(1, 2, 3)", 2);
}

static void cells_without_an_answer_are_counted(void **state)
{
    box_fixture *f = *state;
    const double x[] = {0, -1, 1, NAN};

    assert_int_equal(run(f, "return x:log()", x, 4), MERA_OK);
    assert_missing(f->column[0]);
    assert_missing(f->column[1]);
    assert_close(f->column[2], 0, 0);
    assert_missing(f->column[3]);
    assert_int_equal(f->box->undefined, 2);
    assert_int_equal(run(f, "return 1 / x", x, 4), MERA_OK);
    assert_missing(f->column[0]);
    assert_int_equal(f->box->undefined, 3);
}

/* ---- rules ------------------------------------------------------------------------------- */

static void misuse_is_refused_with_the_way_out(void **state)
{
    box_fixture *f = *state;

    assert_refused(f, "x.y = 1", "a column cannot be changed");
    assert_refused(f, "return x[1]", "single cells of a column cannot be read");
    assert_refused(f, "return x > 1", "columns are compared by methods");
    assert_refused(f, "return x == x + 0", "columns are compared by methods");
    assert_refused(f, "return x + {}", "operator '+' between a column and a table");
    assert_refused(f, "return nil * x", "operator '*' between a nil and a column");
    assert_refused(f, "return x:medain()",
                   "a column has no method 'medain'; did you mean 'median'?");
    assert_refused(f, "return x + x:sorted()", "columns of 6 and 5 values cannot be combined");
    assert_refused(f, "return x.gt(1, 2, 3):gt(1)", "attempt to index a number value");
    assert_refused(f, "return x.mean({})", "column expected, got table");
    assert_refused(f, "return x:clip(5, 1)", "the lower limit is above the upper one");
    assert_refused(f, "return x:rank('worst')", "invalid option 'worst'");
    assert_refused(f, "return getmetatable(x).__index", "attempt to index a nil value");
    assert_refused(f, "return x:rank_among(3)", "column expected, got number");
    assert_refused(f, "return mera.sum(x)",
                   "wants two or more; over the units of one column it is "
                   "x:sum()");
}

static void a_column_shows_its_size_and_no_address(void **state)
{
    box_fixture *f = *state;

    assert_int_equal(run(f, "return tostring(x)", sample, 6), MERA_OK);
    assert_string_equal(f->text, "column of 6 values");
}

static void the_list_of_functions_is_whole(void **state)
{
    size_t n;
    const mera_lua_function *list = mera_lua_functions(&n);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        assert_true(list[i].run != NULL && list[i].where != 0);
        assert_true(strlen(list[i].help) > 5 && list[i].help[strlen(list[i].help) - 1] != '.');
        assert_true(i == 0 || strcmp(list[i - 1].name, list[i].name) <= 0);
        if (i > 0 && strcmp(list[i - 1].name, list[i].name) == 0) {
            assert_int_equal(list[i - 1].where & list[i].where, 0);
        }
    }
}

/* ---- speed ------------------------------------------------------------------------------- */

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

enum { SPEED_N = 20000, SPEED_TIMES = 200 };

/* A loop in C that keeps the same promise: no result without an answer gets through uncounted. */
static double plain_loop(const double *x, double *y, double *z, size_t *undefined)
{
    const double began = seconds();

    for (int k = 0; k < SPEED_TIMES; k++) {
        for (size_t i = 0; i < SPEED_N; i++) {
            const double r = x[i] * 2 + 1;

            *undefined += (size_t)(!isfinite(r) && !isnan(x[i]));
            y[i] = isfinite(r) ? r : NAN;
        }
        for (size_t i = 0; i < SPEED_N; i++) {
            const double r = y[i] / x[i];

            *undefined += (size_t)(!isfinite(r) && !isnan(x[i]) && !isnan(y[i]));
            z[i] = isfinite(r) ? r : NAN;
        }
        __asm__ volatile("" : : "r"(y), "r"(z) : "memory");
    }
    return seconds() - began;
}

/* The aim is twice such a loop; the test allows six times, for a loaded machine. */
static void columns_cost_about_what_a_loop_costs(void **state)
{
    box_fixture *f = *state;
    static double x[3 * SPEED_N];
    double loop = 1e9, lua = 1e9;
    size_t undefined = 0;

#ifdef __SANITIZE_ADDRESS__
    skip(); /* it would measure the sanitizer */
#endif
    for (size_t i = 0; i < SPEED_N; i++) {
        x[i] = 1 + (double)i;
    }
    for (int k = 0; k < 3; k++) {
        const double a = plain_loop(x, x + SPEED_N, x + 2 * SPEED_N, &undefined), began = seconds();
        double b;

        assert_int_equal(run(f,
                             "for i = 1, 200 do local y = x * 2 + 1 local z = y / x end return x",
                             x, SPEED_N),
                         MERA_OK);
        b = seconds() - began;
        loop = a < loop ? a : loop;
        lua = b < lua ? b : lua;
    }
    print_message("plain loop %.4f s, Lua %.4f s\n", loop, lua);
    assert_true(lua < 6 * loop + 0.02);
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, open_box, close_box)
    const struct CMUnitTest tests[] = {
        HERE(statistics_leave_missing_values_out),
        HERE(quantiles_are_of_type_7),
        HERE(statistics_of_nothing_are_missing),
        HERE(ranks_break_ties_as_asked),
        HERE(a_rank_among_others_is_where_the_value_would_stand),
        HERE(comparisons_give_one_and_zero),
        HERE(numbers_stand_on_either_side),
        HERE(functions_of_plain_numbers_give_numbers),
        HERE(cells_without_an_answer_are_counted),
        HERE(misuse_is_refused_with_the_way_out),
        HERE(a_column_shows_its_size_and_no_address),
        HERE(the_list_of_functions_is_whole),
        HERE(columns_cost_about_what_a_loop_costs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
