/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Loops over cells: no calls and no branches in the arithmetic ones. Compiled once for each width
 * of vectors, written in the vector extension that gcc and clang share: left to itself gcc 12 finds
 * the selection of missing values not worth a vector, and takes five times as long.
 */
#include "lua/kernels.h"

#include <stdbool.h>
#include <string.h>

#include "base/math.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

#ifdef __AVX2__
enum { BYTES = 32 };
#else
enum { BYTES = 16 };
#endif
enum { LANES = BYTES / sizeof(double) };

typedef double reals __attribute__((vector_size(BYTES)));
typedef long long truths __attribute__((vector_size(BYTES))); /* all ones where true */

static inline reals reals_at(const double *x)
{
    reals r;

    memcpy(&r, x, sizeof r);
    return r;
}

static inline reals reals_of(double x)
{
    return x - (reals){0}; /* less 0, not plus: -0 stays -0 */
}

/* gcc 12 takes masks apart again when it sees the comparison and the selection together; the
 * intrinsics keep them whole. */
#if defined(__AVX2__)
static inline truths reals_present(reals x, reals y)
{
    return (truths)_mm256_cmp_pd(x, y, _CMP_ORD_Q);
}

static inline reals reals_select(truths mask, reals yes, reals no)
{
    return _mm256_blendv_pd(no, yes, (__m256d)mask);
}

static inline truths truths_without(truths yes, truths no)
{
    return (truths)_mm256_andnot_si256((__m256i)no, (__m256i)yes);
}
#elif defined(__SSE2__)
static inline truths reals_present(reals x, reals y)
{
    return (truths)_mm_cmpord_pd(x, y);
}

static inline reals reals_select(truths mask, reals yes, reals no)
{
    return _mm_or_pd(_mm_and_pd((__m128d)mask, yes), _mm_andnot_pd((__m128d)mask, no));
}

static inline truths truths_without(truths yes, truths no)
{
    return (truths)_mm_andnot_si128((__m128i)no, (__m128i)yes);
}
#else
static inline truths reals_present(reals x, reals y)
{
    return (x == x) & (y == y);
}

static inline reals reals_select(truths mask, reals yes, reals no)
{
    return (reals)((mask & (truths)yes) | (~mask & (truths)no));
}

static inline truths truths_without(truths yes, truths no)
{
    return yes & ~no;
}
#endif

/* How many of the first lanes lost 1 (a true mask is -1). */
static inline size_t truths_count(truths lost, size_t lanes)
{
    long long sum = 0;

    for (size_t l = 0; l < lanes; l++) {
        sum -= lost[l];
    }
    return (size_t)sum;
}

/* ---- operands ----------------------------------------------------------------------------- */

/* A column, or a plain number in all lanes. */
typedef struct kernel_operand {
    const double *v;
    bool many;
    reals all;
} kernel_operand;

static inline kernel_operand kernel_of(const double *x, size_t step)
{
    return (kernel_operand){x, step != 0, reals_of(*x)};
}

static inline reals kernel_cells(const kernel_operand *x, size_t k)
{
    return x->many ? reals_at(x->v + k) : x->all;
}

/* The last cells, fewer than a vector; what is in the other lanes is thrown away. */
static inline reals kernel_rest(const kernel_operand *x, size_t k, size_t n)
{
    reals r = x->all;

    if (x->many) {
        memcpy(&r, x->v + k, (n - k) * sizeof *x->v);
    }
    return r;
}

/* ---- what is done at each cell ------------------------------------------------------------ */

/* A result where both operands are present. */
static inline reals kernel_both(reals r, reals p, reals q)
{
    return reals_select(reals_present(p, q), r, reals_of(NAN));
}

/* A result that is finite, else the canonical missing value; `undefined` loses 1 where it is none
 * though the operands are present. Where they are not, r is NaN already. */
static inline reals kernel_settle(reals r, reals p, reals q, truths *undefined)
{
    const reals finite = r * 0.0; /* inf * 0 is NaN */
    const truths answered = reals_present(finite, finite);

    *undefined += truths_without(reals_present(p, q), answered);
    return reals_select(answered, r, reals_of(NAN));
}

static inline reals kernel_pow_each(reals p, reals q)
{
    reals r;

    for (int l = 0; l < LANES; l++) {
        r[l] = mera_pow(p[l], q[l]);
    }
    return r;
}

/* R is the result in terms of up to three operands. */
typedef reals (*kernel_cell)(reals p, reals q, reals s, truths *undefined);

#define KERNEL_CELL(name, R)                                                        \
    static inline reals kernel_##name(reals p, reals q, reals s, truths *undefined) \
    {                                                                               \
        (void)p, (void)q, (void)s, (void)undefined;                                 \
        return (R);                                                                 \
    }
#define KERNEL_NUMBER(name, R) KERNEL_CELL(name, kernel_settle(R, p, q, undefined))
#define KERNEL_TRUTH(name, R) \
    KERNEL_CELL(name, kernel_both(reals_select(R, reals_of(1), reals_of(0)), p, q))
KERNEL_NUMBER(add, p + q)
KERNEL_NUMBER(sub, p - q)
KERNEL_NUMBER(mul, p *q)
KERNEL_NUMBER(div, p / q)
KERNEL_NUMBER(pow, kernel_both(kernel_pow_each(p, q), p, q)) /* in C, NaN to the 0 is 1 */
KERNEL_NUMBER(min, kernel_both(reals_select(p <= q, p, q), p, q))
KERNEL_NUMBER(max, kernel_both(reals_select(p >= q, p, q), p, q))
KERNEL_TRUTH(gt, p > q)
KERNEL_TRUTH(ge, p >= q)
KERNEL_TRUTH(lt, p < q)
KERNEL_TRUTH(le, p <= q)
KERNEL_TRUTH(eq, p == q)
KERNEL_TRUTH(ne, p != q)
KERNEL_CELL(settled, kernel_settle(q, p, p, undefined))
KERNEL_CELL(chosen, kernel_both(reals_select(p == 0.0, s, q), p, p))
KERNEL_CELL(clipped, reals_select(p < q, q, reals_select(p > s, s, p)))
KERNEL_CELL(filled, reals_select(reals_present(p, p), p, q))

/* ---- the loop ----------------------------------------------------------------------------- */

static inline __attribute__((always_inline)) size_t kernel_loop(kernel_cell f, kernel_operand a,
                                                                kernel_operand b, kernel_operand c,
                                                                size_t n, double *y)
{
    truths undefined = {0}, last = {0};
    size_t k = 0;

    for (; k + LANES <= n; k += LANES) {
        const reals r =
            f(kernel_cells(&a, k), kernel_cells(&b, k), kernel_cells(&c, k), &undefined);

        memcpy(y + k, &r, sizeof r);
    }
    if (k < n) {
        const reals r =
            f(kernel_rest(&a, k, n), kernel_rest(&b, k, n), kernel_rest(&c, k, n), &last);

        memcpy(y + k, &r, (n - k) * sizeof *y);
    }
    return truths_count(undefined, LANES) + truths_count(last, n - k);
}

/* A loop for each mix of columns and plain numbers. */
static inline __attribute__((always_inline)) size_t kernel_two(kernel_cell f, const double *a,
                                                               size_t step_a, const double *b,
                                                               size_t step_b, size_t n, double *y)
{
    if (step_a == 0) {
        return kernel_loop(f, kernel_of(a, 0), kernel_of(b, step_b), kernel_of(b, 0), n, y);
    }
    return step_b == 0 ? kernel_loop(f, kernel_of(a, 1), kernel_of(b, 0), kernel_of(b, 0), n, y)
                       : kernel_loop(f, kernel_of(a, 1), kernel_of(b, 1), kernel_of(b, 0), n, y);
}

static size_t kernel_binary(mera_binary op, const double *a, size_t step_a, const double *b,
                            size_t step_b, size_t n, double *y)
{
    if (n == 0) {
        return 0;
    }
    switch (op) {
#define KERNEL_CASE(NAME, name) \
    case MERA_BINARY_##NAME:    \
        return kernel_two(kernel_##name, a, step_a, b, step_b, n, y)
        KERNEL_CASE(ADD, add);
        KERNEL_CASE(SUB, sub);
        KERNEL_CASE(MUL, mul);
        KERNEL_CASE(DIV, div);
        KERNEL_CASE(POW, pow);
        KERNEL_CASE(MIN, min);
        KERNEL_CASE(MAX, max);
        KERNEL_CASE(GT, gt);
        KERNEL_CASE(GE, ge);
        KERNEL_CASE(LT, lt);
        KERNEL_CASE(LE, le);
        KERNEL_CASE(EQ, eq);
        KERNEL_CASE(NE, ne);
#undef KERNEL_CASE
    }
    return 0; /* there is no other */
}

#define KERNEL_EACH(R)               \
    for (size_t i = 0; i < n; i++) { \
        const double p = x[i];       \
        y[i] = (R);                  \
    }

static size_t kernel_unary(mera_unary op, const double *x, size_t n, double *y)
{
    switch (op) {
    case MERA_UNARY_NEG:
        KERNEL_EACH(-p)
        break;
    case MERA_UNARY_ABS:
        KERNEL_EACH(fabs(p))
        break;
    case MERA_UNARY_EXP:
        mera_exp_n(x, n, y);
        break;
    case MERA_UNARY_LOG:
        mera_log_n(x, n, y);
        break;
    case MERA_UNARY_LOG1P:
        KERNEL_EACH(mera_log1p(p))
        break;
    case MERA_UNARY_LOG10:
        KERNEL_EACH(mera_log10(p))
        break;
    case MERA_UNARY_SQRT:
        KERNEL_EACH(sqrt(p))
        break;
    case MERA_UNARY_FLOOR:
        KERNEL_EACH(floor(p))
        break;
    case MERA_UNARY_CEIL:
        KERNEL_EACH(ceil(p))
        break;
    }
    return n == 0 ? 0 : kernel_two(kernel_settled, x, 1, y, 1, n, y);
}

static void kernel_where(const double *condition, size_t step, const double *const x[2],
                         const size_t step_x[2], size_t n, double *y)
{
    if (n > 0) {
        kernel_loop(kernel_chosen, kernel_of(condition, step), kernel_of(x[0], step_x[0]),
                    kernel_of(x[1], step_x[1]), n, y);
    }
}

static void kernel_clip(const double *x, double least, double most, size_t n, double *y)
{
    if (n > 0) {
        kernel_loop(kernel_clipped, kernel_of(x, 1), kernel_of(&least, 0), kernel_of(&most, 0), n,
                    y);
    }
}

static void kernel_fill(const double *x, const double *z, size_t step, size_t n, double *y)
{
    if (n > 0) {
        kernel_two(kernel_filled, x, 1, z, step, n, y);
    }
}

extern const mera_cell_kernels MERA_KERNELS;
const mera_cell_kernels MERA_KERNELS = {
    .name = MERA_KERNELS_NAME,
    .binary = kernel_binary,
    .unary = kernel_unary,
    .where = kernel_where,
    .clip = kernel_clip,
    .fill = kernel_fill,
};
