/* SPDX-License-Identifier: Apache-2.0 */
/** @file Loops over cells: each does to a cell what is done to it alone, in vectors of any width.
 */
#include "mera_test.h"

#include <string.h>

#include "base/math.h"
#include "lua/kernels.h"

enum { CELLS = 13 }; /* three vectors of the widest and one cell */

static const double cells[CELLS] = {1,     NAN,    -0.0, 0,      3.5,       -2, INFINITY,
                                    1e308, -1e308, 0.5,  1e-310, -INFINITY, 7};

static const char *const names[] = {"baseline", "avx2"};

/* Runs `check` on every set of loops that this processor has. */
static void for_all(void (*check)(const mera_cell_kernels *k))
{
    assert_non_null(mera_cell_kernels_named("baseline"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const mera_cell_kernels *k = mera_cell_kernels_named(names[i]);

        if (k != NULL) {
            check(k);
        }
    }
}

static double both(double a, double b, double r)
{
    return isnan(a) || isnan(b) ? NAN : r;
}

static double one_binary(mera_binary op, double a, double b)
{
    const double r[] = {
        [MERA_BINARY_ADD] = a + b,          [MERA_BINARY_SUB] = a - b,
        [MERA_BINARY_MUL] = a * b,          [MERA_BINARY_DIV] = a / b,
        [MERA_BINARY_POW] = mera_pow(a, b), [MERA_BINARY_MIN] = a <= b ? a : b,
        [MERA_BINARY_MAX] = a >= b ? a : b, [MERA_BINARY_GT] = a > b,
        [MERA_BINARY_GE] = a >= b,          [MERA_BINARY_LT] = a < b,
        [MERA_BINARY_LE] = a <= b,          [MERA_BINARY_EQ] = a == b,
        [MERA_BINARY_NE] = a != b,
    };

    return both(a, b, r[op]);
}

static double one_unary(mera_unary op, double x)
{
    const double r[] = {
        [MERA_UNARY_NEG] = -x,
        [MERA_UNARY_ABS] = fabs(x),
        [MERA_UNARY_EXP] = mera_exp(x),
        [MERA_UNARY_LOG] = mera_log(x),
        [MERA_UNARY_LOG1P] = mera_log1p(x),
        [MERA_UNARY_LOG10] = mera_log10(x),
        [MERA_UNARY_SQRT] = sqrt(x),
        [MERA_UNARY_FLOOR] = floor(x),
        [MERA_UNARY_CEIL] = ceil(x),
    };

    return r[op];
}

/* Missing where there is no answer; `undefined` counts those that the operands do not explain. */
static double settle(double r, bool present, size_t *undefined)
{
    *undefined += (size_t)(present && !isfinite(r));
    return isfinite(r) ? r : NAN;
}

static void assert_same_bits(const double *y, const double *expected, size_t n)
{
    assert_memory_equal(y, expected, n * sizeof *y);
    assert_true(y[n] == 4711); /* and nothing beyond them */
}

/* The cells against themselves moved on by `by`, the first n of them. */
static void check_binary_of(const mera_cell_kernels *k, mera_binary op, size_t by, size_t n,
                            const size_t step[2])
{
    double b[CELLS], y[CELLS + 1], expected[CELLS];
    size_t undefined = 0;

    for (size_t i = 0; i < CELLS; i++) {
        b[i] = cells[(i + by) % CELLS];
    }
    for (size_t i = 0; i < n; i++) {
        const double p = cells[i * step[0]], q = b[i * step[1]];

        expected[i] = settle(one_binary(op, p, q), !isnan(p) && !isnan(q), &undefined);
    }
    y[n] = 4711;
    assert_int_equal(k->binary(op, cells, step[0], b, step[1], n, y), undefined);
    assert_same_bits(y, expected, n);
}

static void check_binary(const mera_cell_kernels *k)
{
    for (mera_binary op = MERA_BINARY_ADD; op <= MERA_BINARY_NE; op++) {
        for (size_t by = 0; by < CELLS; by++) {
            for (size_t n = 0; n <= CELLS; n++) {
                for (size_t mix = 0; mix < 4; mix++) {
                    check_binary_of(k, op, by, n, (const size_t[]){mix & 1, mix >> 1});
                }
            }
        }
    }
}

static void two_operands(void **state)
{
    (void)state;
    for_all(check_binary);
}

static void check_unary(const mera_cell_kernels *k)
{
    for (mera_unary op = MERA_UNARY_NEG; op <= MERA_UNARY_CEIL; op++) {
        for (size_t n = 0; n <= CELLS; n++) {
            double y[CELLS + 1], expected[CELLS];
            size_t undefined = 0;

            for (size_t i = 0; i < n; i++) {
                expected[i] = settle(one_unary(op, cells[i]), !isnan(cells[i]), &undefined);
            }
            y[n] = 4711;
            assert_int_equal(k->unary(op, cells, n, y), undefined);
            assert_same_bits(y, expected, n);
        }
    }
}

static void one_operand(void **state)
{
    (void)state;
    for_all(check_unary);
}

static void check_where(const mera_cell_kernels *k)
{
    static const double yes[CELLS] = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22};
    static const double no[CELLS] = {-10, -11, NAN, -13, -14, -15, -16, -17, -18, -19, -20, -21};

    for (size_t n = 0; n <= CELLS; n++) {
        for (size_t mix = 0; mix < 8; mix++) {
            const size_t step[] = {mix & 1, mix >> 1 & 1, mix >> 2};
            double y[CELLS + 1], expected[CELLS];

            for (size_t i = 0; i < n; i++) {
                const double c = cells[i * step[0]];

                expected[i] = isnan(c) ? NAN : c == 0 ? no[i * step[2]] : yes[i * step[1]];
            }
            y[n] = 4711;
            k->where(cells, step[0], (const double *const[]){yes, no}, step + 1, n, y);
            assert_same_bits(y, expected, n);
        }
    }
}

static void check_clip_and_fill(const mera_cell_kernels *k)
{
    for (size_t n = 0; n <= CELLS; n++) {
        double y[CELLS + 1], clipped[CELLS], filled[CELLS], other[CELLS];

        for (size_t i = 0; i < CELLS; i++) {
            other[i] = 100 + (double)i;
        }
        for (size_t i = 0; i < n; i++) {
            clipped[i] = cells[i] < 0 ? 0 : cells[i] > 3 ? 3 : cells[i];
            filled[i] = isnan(cells[i]) ? other[i] : cells[i];
        }
        y[n] = 4711;
        k->clip(cells, 0, 3, n, y);
        assert_same_bits(y, clipped, n);
        k->fill(cells, other, 1, n, y);
        assert_same_bits(y, filled, n);
    }
}

static void chosen_limited_and_filled(void **state)
{
    (void)state;
    for_all(check_where);
    for_all(check_clip_and_fill);
}

static void there_is_no_other_width(void **state)
{
    (void)state;
    assert_null(mera_cell_kernels_named("mmx"));
    assert_ptr_equal(mera_cell_kernels_named(mera_cell_kernels_best()->name),
                     mera_cell_kernels_best());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_operands),
        cmocka_unit_test(one_operand),
        cmocka_unit_test(chosen_limited_and_filled),
        cmocka_unit_test(there_is_no_other_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
