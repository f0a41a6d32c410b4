/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Loops over cells: no calls and no branches in the arithmetic ones.
 */
#include "lua/kernels.h"

#include <string.h>

#include "base/math.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Two cells at a time, in the vector extension that gcc and clang share: left to itself gcc 12
 * finds the selection of missing values not worth a vector, and takes five times as long. Each cell
 * is computed as it would be alone, so the bits do not depend on any of this. */
typedef double kernel_pair __attribute__((vector_size(16)));
typedef long long kernel_mask __attribute__((vector_size(16)));

static inline kernel_pair kernel_load(const double *x)
{
    kernel_pair pair;

    memcpy(&pair, x, sizeof pair);
    return pair;
}

/* A mask is all ones where true. gcc 12 takes masks apart again when it sees the comparison and the
 * selection together; the intrinsics keep them whole. */
#ifdef __SSE2__
static inline kernel_mask kernel_present(kernel_pair x)
{
    return (kernel_mask)_mm_cmpord_pd(x, x);
}

static inline kernel_pair kernel_select(kernel_mask mask, kernel_pair yes, kernel_pair no)
{
    return _mm_or_pd(_mm_and_pd((__m128d)mask, yes), _mm_andnot_pd((__m128d)mask, no));
}

static inline kernel_mask kernel_and_not(kernel_mask yes, kernel_mask no)
{
    return (kernel_mask)_mm_andnot_pd((__m128d)no, (__m128d)yes);
}
#else
static inline kernel_mask kernel_present(kernel_pair x)
{
    return x == x;
}

static inline kernel_pair kernel_select(kernel_mask mask, kernel_pair yes, kernel_pair no)
{
    return (kernel_pair)((mask & (kernel_mask)yes) | (~mask & (kernel_mask)no));
}

static inline kernel_mask kernel_and_not(kernel_mask yes, kernel_mask no)
{
    return yes & ~no;
}
#endif

static inline kernel_pair kernel_min(kernel_pair p, kernel_pair q)
{
    return kernel_select(p <= q, p, q);
}

static inline kernel_pair kernel_max(kernel_pair p, kernel_pair q)
{
    return kernel_select(p >= q, p, q);
}

static inline kernel_pair kernel_truth(kernel_mask mask)
{
    return kernel_select(mask, (kernel_pair){1, 1}, (kernel_pair){0, 0});
}

static inline kernel_pair kernel_pow(kernel_pair p, kernel_pair q)
{
    return (kernel_pair){mera_pow(p[0], q[0]), mera_pow(p[1], q[1])};
}

/* The result where both operands are present and it is finite, else the canonical missing value;
 * `undefined` loses 1 (a true mask is -1) where it is missing though the operands are not. The sum
 * of two finite numbers may be infinite, but it is NaN only when one of them is. */
static inline kernel_pair kernel_settle(kernel_pair r, kernel_pair p, kernel_pair q,
                                        kernel_mask *undefined)
{
    const kernel_pair none = {NAN, NAN};
    const kernel_mask present = kernel_present(p + q);
    const kernel_mask answered = kernel_present(r * 0.0 + (p + q)); /* inf * 0 is NaN */

    *undefined += kernel_and_not(present, answered);
    return kernel_select(answered, r, none);
}

/* ---- two operands ------------------------------------------------------------------------- */

/* R is the result in terms of the pairs p and q. A plain number is read over and over. */
#define KERNEL_BINARY(name, R)                                                                  \
    static size_t kernel_run_##name(const double *a, size_t step_a, const double *b,            \
                                    size_t step_b, size_t n, double *restrict y)                \
    {                                                                                           \
        const double one_a[2] = {*a, *a}, one_b[2] = {*b, *b};                                  \
        const double *x = step_a == 0 ? one_a : a, *z = step_b == 0 ? one_b : b;                \
        kernel_mask undefined = {0, 0}, last = {0, 0};                                          \
        size_t k = 0;                                                                           \
                                                                                                \
        for (; k + 2 <= n; k += 2) {                                                            \
            const kernel_pair p = kernel_load(x + k * step_a), q = kernel_load(z + k * step_b); \
            const kernel_pair r = kernel_settle(R, p, q, &undefined);                           \
                                                                                                \
            memcpy(y + k, &r, sizeof r);                                                        \
        }                                                                                       \
        if (k < n) {                                                                            \
            const kernel_pair p = {x[k * step_a], 1}, q = {z[k * step_b], 1};                   \
                                                                                                \
            y[k] = kernel_settle(R, p, q, &last)[0];                                            \
        }                                                                                       \
        return (size_t) - (undefined[0] + undefined[1] + last[0]);                              \
    }

KERNEL_BINARY(add, p + q)
KERNEL_BINARY(sub, p - q)
KERNEL_BINARY(mul, p *q)
KERNEL_BINARY(div, p / q)
KERNEL_BINARY(pow, kernel_pow(p, q))
KERNEL_BINARY(min, kernel_min(p, q))
KERNEL_BINARY(max, kernel_max(p, q))
KERNEL_BINARY(gt, kernel_truth(p > q))
KERNEL_BINARY(ge, kernel_truth(p >= q))
KERNEL_BINARY(lt, kernel_truth(p < q))
KERNEL_BINARY(le, kernel_truth(p <= q))
KERNEL_BINARY(eq, kernel_truth(p == q))
KERNEL_BINARY(ne, kernel_truth(p != q))

size_t mera_kernel_binary(mera_binary op, const double *a, size_t step_a, const double *b,
                          size_t step_b, size_t n, double *y)
{
    static size_t (*const kernels[])(const double *, size_t, const double *, size_t, size_t,
                                     double *restrict) = {
        [MERA_BINARY_ADD] = kernel_run_add, [MERA_BINARY_SUB] = kernel_run_sub,
        [MERA_BINARY_MUL] = kernel_run_mul, [MERA_BINARY_DIV] = kernel_run_div,
        [MERA_BINARY_POW] = kernel_run_pow, [MERA_BINARY_MIN] = kernel_run_min,
        [MERA_BINARY_MAX] = kernel_run_max, [MERA_BINARY_GT] = kernel_run_gt,
        [MERA_BINARY_GE] = kernel_run_ge,   [MERA_BINARY_LT] = kernel_run_lt,
        [MERA_BINARY_LE] = kernel_run_le,   [MERA_BINARY_EQ] = kernel_run_eq,
        [MERA_BINARY_NE] = kernel_run_ne,
    };

    return n == 0 ? 0 : kernels[op](a, step_a, b, step_b, n, y);
}

size_t mera_kernel_settle(const double *x, size_t n, double *y)
{
    kernel_mask undefined = {0, 0}, last = {0, 0};
    size_t k = 0;

    for (; k + 2 <= n; k += 2) {
        const kernel_pair p = kernel_load(x + k);
        const kernel_pair r = kernel_settle(kernel_load(y + k), p, p, &undefined);

        memcpy(y + k, &r, sizeof r);
    }
    if (k < n) {
        const kernel_pair p = {x[k], 1}, r = {y[k], 1};

        y[k] = kernel_settle(r, p, p, &last)[0];
    }
    return (size_t) - (undefined[0] + undefined[1] + last[0]);
}

#define KERNEL_UNARY(R)              \
    for (size_t i = 0; i < n; i++) { \
        const double p = x[i];       \
        y[i] = (R);                  \
    }

size_t mera_kernel_unary(mera_unary op, const double *x, size_t n, double *y)
{
    switch (op) {
    case MERA_UNARY_NEG:
        KERNEL_UNARY(-p)
        break;
    case MERA_UNARY_ABS:
        KERNEL_UNARY(fabs(p))
        break;
    case MERA_UNARY_EXP:
        mera_exp_n(x, n, y);
        break;
    case MERA_UNARY_LOG:
        mera_log_n(x, n, y);
        break;
    case MERA_UNARY_LOG1P:
        KERNEL_UNARY(mera_log1p(p))
        break;
    case MERA_UNARY_LOG10:
        KERNEL_UNARY(mera_log10(p))
        break;
    case MERA_UNARY_SQRT:
        KERNEL_UNARY(sqrt(p))
        break;
    case MERA_UNARY_FLOOR:
        KERNEL_UNARY(floor(p))
        break;
    case MERA_UNARY_CEIL:
        KERNEL_UNARY(ceil(p))
        break;
    }
    return mera_kernel_settle(x, n, y);
}

/* ---- chosen, limited, filled -------------------------------------------------------------- */

static inline kernel_pair kernel_where(kernel_pair condition, kernel_pair yes, kernel_pair no)
{
    const kernel_pair none = {NAN, NAN}, zero = {0, 0};
    const kernel_pair chosen = kernel_select((kernel_mask)(condition == zero), no, yes);

    return kernel_select(kernel_present(condition), chosen, none);
}

void mera_kernel_where(const double *condition, size_t step, const double *const x[2],
                       const size_t step_x[2], size_t n, double *restrict y)
{
    const double one[3][2] = {{*condition, *condition}, {x[0][0], x[0][0]}, {x[1][0], x[1][0]}};
    const double *c = step == 0 ? one[0] : condition;
    const double *yes = step_x[0] == 0 ? one[1] : x[0], *no = step_x[1] == 0 ? one[2] : x[1];
    size_t k = 0;

    for (; k + 2 <= n; k += 2) {
        const kernel_pair r =
            kernel_where(kernel_load(c + k * step), kernel_load(yes + k * step_x[0]),
                         kernel_load(no + k * step_x[1]));

        memcpy(y + k, &r, sizeof r);
    }
    if (k < n) {
        const kernel_pair p = {c[k * step], 1}, q = {yes[k * step_x[0]], 1};
        const kernel_pair r = {no[k * step_x[1]], 1};

        y[k] = kernel_where(p, q, r)[0];
    }
}

static inline kernel_pair kernel_clip(kernel_pair x, kernel_pair least, kernel_pair most)
{
    return kernel_select(x < least, least, kernel_select(x > most, most, x));
}

void mera_kernel_clip(const double *x, double least, double most, size_t n, double *restrict y)
{
    const kernel_pair low = {least, least}, high = {most, most};
    size_t k = 0;

    for (; k + 2 <= n; k += 2) {
        const kernel_pair r = kernel_clip(kernel_load(x + k), low, high);

        memcpy(y + k, &r, sizeof r);
    }
    if (k < n) {
        y[k] = kernel_clip((kernel_pair){x[k], 1}, low, high)[0];
    }
}

void mera_kernel_fill(const double *x, const double *z, size_t step, size_t n, double *restrict y)
{
    const double one[2] = {*z, *z}, *other = step == 0 ? one : z;
    size_t k = 0;

    for (; k + 2 <= n; k += 2) {
        const kernel_pair p = kernel_load(x + k);
        const kernel_pair r = kernel_select(kernel_present(p), p, kernel_load(other + k * step));

        memcpy(y + k, &r, sizeof r);
    }
    if (k < n) {
        y[k] = x[k] == x[k] ? x[k] : other[k * step];
    }
}
