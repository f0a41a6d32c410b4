/* SPDX-License-Identifier: Apache-2.0 */
/** @file Formulas: what they compute, which names they read, and where their errors point. */
#include "lua_fixture.h"

#define KNOWN_N 4
static const char *const known[KNOWN_N] = {"green_area", "built_area", "mean", "odd name"};

typedef struct formula_fixture {
    fixture base;
    mera_formulas *formulas;
} formula_fixture;

static int open_formulas(void **state)
{
    formula_fixture *f = calloc(1, sizeof *f);
    const mera_lua_limits limits = {.instructions = 2000000, .bytes = 16 << 20};

    f->base.arena = mera_arena_new();
    f->base.diags = mera_diags_new(f->base.arena);
    *state = f;
    return mera_formulas_open(&limits, &f->formulas) == MERA_OK ? 0 : -1;
}

static int close_formulas(void **state)
{
    formula_fixture *f = *state;

    mera_formulas_close(f->formulas);
    mera_arena_free(f->base.arena);
    free(f);
    return 0;
}

static mera_code compile(formula_fixture *f, const char *text, const char *const *names, size_t n,
                         mera_formula **out)
{
    const mera_at at = {"m.yaml", 7, 20, 0};

    return mera_formula_compile(f->formulas, text, at, names, n, f->base.arena, f->base.diags, out);
}

/* Computes a formula over a = {1, 2, missing, 4} and b = {2, 0, 3, 8}. */
static void assert_gives(formula_fixture *f, const char *text, const double expected[4])
{
    static const char *const names[] = {"a", "b"};
    const double a[] = {1, 2, NAN, 4}, b[] = {2, 0, 3, 8};
    const double *columns[2];
    mera_formula *formula = NULL;
    mera_code rc = compile(f, text, names, 2, &formula);
    double y[4];

    for (size_t i = 0; rc == MERA_OK && i < mera_formula_n_reads(formula); i++) {
        columns[i] = *mera_formula_read(formula, i) == 'a' ? a : b;
    }
    if (rc == MERA_OK) {
        rc = mera_formula_run(formula, columns, 4, "indicator 'x'", NULL, f->base.arena,
                              f->base.diags, y);
    }
    if (rc != MERA_OK) {
        print_error("%s\n%s\n", text, last_text(&f->base));
        fail();
    }
    for (size_t i = 0; i < 4; i++) {
        if (isnan(expected[i]) ? !isnan(y[i]) : !(fabs(y[i] - expected[i]) < 1e-12)) {
            print_error("%s: cell %zu is %.17g, not %.17g\n", text, i, y[i], expected[i]);
            fail();
        }
    }
}

#define GIVES(text, ...) assert_gives(*state, text, (const double[4]){__VA_ARGS__})

static void formulas_compute_cell_by_cell(void **state)
{
    GIVES("a + b", 3, 2, NAN, 12);
    GIVES("b / a * 100", 200, 0, NAN, 200);
    GIVES("-a ^ 2", -1, -4, NAN, -16);
    GIVES("2 * (a - 1)", 0, 2, NAN, 6);
    GIVES("1 - b / 8", 0.75, 1, 0.625, 0);
    GIVES("math.pi * 0 + 5", 5, 5, 5, 5);
    GIVES("column(\"a\") + column('b')", 3, 2, NAN, 12);
}

static void an_answer_that_does_not_exist_is_missing(void **state)
{
    GIVES("a / b", 0.5, NAN, NAN, 0.5);
    GIVES("log(b)", log(2), NAN, log(3), log(8));
    GIVES("sqrt(a - 2)", NAN, 0, NAN, sqrt(2));
    GIVES("exp(a * 1000)", NAN, NAN, NAN, NAN);
    GIVES("0 / 0", NAN, NAN, NAN, NAN);
}

static void functions_work_across_columns(void **state)
{
    GIVES("mean(a, b)", 1.5, 1, NAN, 6);
    GIVES("sum(a, b, 1)", 4, 3, NAN, 13);
    GIVES("median(a, b, 3)", 2, 2, NAN, 4);
    GIVES("min(a, b)", 1, 0, NAN, 4);
    GIVES("max(a, b, 3)", 3, 3, NAN, 8);
    GIVES("clip(b, 1, 5)", 2, 1, 3, 5);
    GIVES("fill(a, b)", 1, 2, 3, 4);
    GIVES("fill(a, 0)", 1, 2, 0, 4);
    GIVES("is_missing(a)", 0, 0, 1, 0);
    GIVES("where(gt(b, 2), a, -1)", -1, -1, NAN, 4);
    GIVES("where(b:eq(0), nil, b)", 2, NAN, 3, 8);
    GIVES("ratio(a - 2, b, 0)", -0.5, 0, NAN, 0.25);
    GIVES("ratio(a, b)", 0.5, NAN, NAN, 0.5);
    GIVES("floor(b / 3)", 0, 0, 1, 2);
    GIVES("round(b / 3, 1)", 0.7, 0, 1, 2.7);
    GIVES("log1p(b - 2)", 0, NAN, log(2), log(7));
}

static void statistics_go_over_the_units(void **state)
{
    GIVES("b - b:mean()", -1.25, -3.25, -0.25, 4.75);
    GIVES("a:rank()", 3, 2, NAN, 1);
    GIVES("b / b:highest()", 0.25, 0, 0.375, 1);
    GIVES("b:median()", 2.5, 2.5, 2.5, 2.5);
    GIVES("a:count()", 3, 3, 3, 3);
}

static void names_are_found_in_order_and_once(void **state)
{
    formula_fixture *f = *state;
    mera_text_list names;

    assert_int_equal(mera_formula_names("b + a:mean() / b -- c\n + clip(d, 1) + column('e f') + "
                                        "math.pi * x.y",
                                        f->base.arena, &names),
                     MERA_OK);
    assert_int_equal(names.n, 5);
    assert_string_equal(names.v[0], "b");
    assert_string_equal(names.v[1], "a");
    assert_string_equal(names.v[2], "d");
    assert_string_equal(names.v[3], "e f");
    assert_string_equal(names.v[4], "x");
    assert_int_equal(mera_formula_names("((( 'open", f->base.arena, &names), MERA_OK);
    assert_int_equal(names.n, 0);
}

/* ---- errors ------------------------------------------------------------------------------ */

static void assert_syntax(formula_fixture *f, const char *text, uint32_t column, const char *said)
{
    mera_formula *formula;
    const size_t before = mera_diags_size(f->base.diags);
    const mera_diag *diag;

    assert_int_equal(compile(f, text, known, KNOWN_N, &formula), MERA_EINPUT);
    diag = mera_diags_get(f->base.diags, before);
    if (diag->at.column != column || strstr(diag->message, said) == NULL) {
        print_error("%s: column %u: %s\n", text, diag->at.column, diag->message);
    }
    assert_int_equal(diag->at.line, 7);
    assert_int_equal(diag->at.column, column);
    assert_non_null(strstr(diag->message, said));
}

static void errors_point_at_the_token(void **state)
{
    formula_fixture *f = *state;

    assert_syntax(f, "green_area * / built_area", 33, "unexpected symbol near '/'");
    assert_syntax(f, "green_area built_area", 31, "'built_area' cannot stand here");
    assert_syntax(f, "green_area +", 32, "the formula ends too early");
    assert_syntax(f, "(green_area", 31, "the formula ends too early (')' expected)");
    assert_syntax(f, "green_area)", 30, "')' cannot stand here");
    assert_syntax(f, "  ", 20, "the formula is empty");
    assert_syntax(f, "green_area + 'x", 33, "the text in quotes does not end");
}

static void what_would_not_do_what_it_seems_is_refused(void **state)
{
    formula_fixture *f = *state;

    assert_syntax(f, "green_area > 1", 31,
                  "'>' does not compare columns; write gt(a, b), which gives 1 or 0");
    assert_syntax(f, "where(green_area == 0, 1, 2)", 37, "write eq(a, b)");
    assert_syntax(f, "green_area and built_area", 31, "'and' does not combine columns");
    assert_syntax(f, "not green_area", 20, "'not' does not turn a column");
    assert_syntax(f, "green_area = 1", 31, "'=' has no place in it");
    assert_syntax(f, "green_area; built_area", 30, "';' has no place in it");
    assert_syntax(f, "green_area, built_area", 30, "the comma makes two of it");
    assert_syntax(f, "function() end", 20, "'function' begins a statement");
    assert_syntax(f, "...", 20, "'...' has no place in it");
    assert_syntax(f, "площадь + 1", 20, "write column(\"площадь\")");
    assert_syntax(f, "column(green_area)", 20, "takes one name in plain quotes");
}

static void an_unknown_name_is_an_error_with_a_suggestion(void **state)
{
    formula_fixture *f = *state;

    assert_syntax(f, "green_are / built_area", 20, "the formula reads 'green_are'");
    assert_printed(&f->base, "did you mean 'green_area'?");
    assert_syntax(f, "1 + wher(green_area, 1, 2)", 24, "there is no function 'wher' in formulas");
    assert_printed(&f->base, "did you mean 'where'?");
    assert_syntax(f, "rank(green_area)", 20, "write x:rank(...)");
    assert_syntax(f, "os.exit(1)", 20, "the formula reads 'os'");
    assert_syntax(f, "pcall(green_area)", 20, "there is no function 'pcall' in formulas");
}

static void every_problem_is_said_at_once(void **state)
{
    formula_fixture *f = *state;
    mera_formula *formula;

    assert_int_equal(compile(f, "xx > 1 and yy < 2", known, KNOWN_N, &formula), MERA_EINPUT);
    assert_int_equal(mera_diags_size(f->base.diags), 5);
}

static void a_quoted_value_shifts_the_place_by_its_quote(void **state)
{
    formula_fixture *f = *state;
    mera_formula *formula;
    const mera_at quoted = {"m.yaml", 7, 20, 16}, folded = {"m.yaml", 7, 20, 40};

    mera_formula_compile(f->formulas, "green_area > 1", quoted, known, KNOWN_N, f->base.arena,
                         f->base.diags, &formula);
    assert_int_equal(mera_diags_get(f->base.diags, 0)->at.column, 32);
    mera_formula_compile(f->formulas, "green_area > 1", folded, known, KNOWN_N, f->base.arena,
                         f->base.diags, &formula);
    assert_int_equal(mera_diags_get(f->base.diags, 1)->at.column, 20);
}

/* A column whose name is also a function's can be read. */
static void a_column_may_be_called_like_a_function(void **state)
{
    formula_fixture *f = *state;
    const double x[] = {1, 2};
    const double *columns[] = {x};
    mera_formula *formula;
    double y[2];

    assert_int_equal(compile(f, "mean * 2", known, KNOWN_N, &formula), MERA_OK);
    assert_int_equal(
        mera_formula_run(formula, columns, 2, NULL, NULL, f->base.arena, f->base.diags, y),
        MERA_OK);
    assert_close(y[1], 4, 0);
}

static void assert_run_fails(formula_fixture *f, const char *text, mera_code code, const char *said)
{
    const double x[] = {1, 2};
    const double *columns[] = {x, x, x, x};
    mera_formula *formula;
    double y[2];

    if (compile(f, text, known, KNOWN_N, &formula) != MERA_OK) {
        print_error("%s\n", last_text(&f->base));
        fail();
    }
    assert_int_equal(mera_formula_run(formula, columns, 2, "indicator 'x'", NULL, f->base.arena,
                                      f->base.diags, y),
                     code);
    assert_printed(&f->base, said);
}

static void what_goes_wrong_in_a_run_names_the_indicator(void **state)
{
    formula_fixture *f = *state;

    assert_run_fails(f, "green_area + nil", MERA_EINPUT,
                     "m.yaml:7:20: error: the formula of indicator 'x': operator '+' between a "
                     "column and a nil: it takes columns and numbers");
    assert_run_fails(f, "green_area:men()", MERA_EINPUT,
                     "a column has no method 'men'; did you mean 'mean'?");
    assert_run_fails(f, "true", MERA_EINPUT,
                     "it gives a boolean; it must give a column or a number");
    assert_run_fails(f, "nil", MERA_EINPUT, "it gives nil; it must give a column or a number");
    assert_run_fails(f, "green_area:sorted():clip(3)[1]", MERA_EINPUT, "single cells of a column");
    assert_run_fails(f, "where(true, green_area, 1)", MERA_EINPUT,
                     "the condition is true or false");
    assert_run_fails(f, "mean(green_area)", MERA_EINPUT,
                     "over the units of one column it is x:mean()");
    assert_run_fails(f, "('a'):rep(60):find(('a*'):rep(9) .. 'b')", MERA_ELIMIT,
                     "the formula of indicator 'x': stopped after");
}

static void the_length_of_the_result_is_checked(void **state)
{
    formula_fixture *f = *state;
    const double x[] = {1, NAN};
    const double *columns[] = {x};
    mera_formula *formula;
    double y[2];

    assert_int_equal(compile(f, "green_area:sorted()", known, KNOWN_N, &formula), MERA_OK);
    assert_int_equal(
        mera_formula_run(formula, columns, 2, NULL, NULL, f->base.arena, f->base.diags, y),
        MERA_EINPUT);
    assert_printed(&f->base, "the formula: it gives a column of 1 values for 2 units");
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, open_formulas, close_formulas)
    const struct CMUnitTest tests[] = {
        HERE(formulas_compute_cell_by_cell),
        HERE(an_answer_that_does_not_exist_is_missing),
        HERE(functions_work_across_columns),
        HERE(statistics_go_over_the_units),
        HERE(names_are_found_in_order_and_once),
        HERE(errors_point_at_the_token),
        HERE(what_would_not_do_what_it_seems_is_refused),
        HERE(an_unknown_name_is_an_error_with_a_suggestion),
        HERE(every_problem_is_said_at_once),
        HERE(a_quoted_value_shifts_the_place_by_its_quote),
        HERE(a_column_may_be_called_like_a_function),
        HERE(what_goes_wrong_in_a_run_names_the_indicator),
        HERE(the_length_of_the_result_is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
