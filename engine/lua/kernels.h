/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Loops over cells. Missing (NaN) goes through; a result without an answer (NaN or infinite though
 * no operand was missing) becomes missing and is counted: that count is what they return. Each cell
 * is computed as it would be alone, so every vector width gives the same bits; kernels.c is
 * compiled once for each and the best one this processor has is chosen at run time.
 */
#ifndef MERA_LUA_KERNELS_H
#define MERA_LUA_KERNELS_H

#include <stddef.h>

typedef enum mera_binary {
    MERA_BINARY_ADD,
    MERA_BINARY_SUB,
    MERA_BINARY_MUL,
    MERA_BINARY_DIV,
    MERA_BINARY_POW,
    MERA_BINARY_MIN,
    MERA_BINARY_MAX,
    MERA_BINARY_GT,
    MERA_BINARY_GE,
    MERA_BINARY_LT,
    MERA_BINARY_LE,
    MERA_BINARY_EQ,
    MERA_BINARY_NE,
} mera_binary;

typedef enum mera_unary {
    MERA_UNARY_NEG,
    MERA_UNARY_ABS,
    MERA_UNARY_EXP,
    MERA_UNARY_LOG,
    MERA_UNARY_LOG1P,
    MERA_UNARY_LOG10,
    MERA_UNARY_SQRT,
    MERA_UNARY_FLOOR,
    MERA_UNARY_CEIL,
} mera_unary;

typedef struct mera_cell_kernels {
    const char *name; /**< "baseline", "avx2" */

    /** y[i] = a[i] op b[i]. A step of 0 instead of 1 makes an operand a plain number. */
    size_t (*binary)(mera_binary op, const double *a, size_t step_a, const double *b, size_t step_b,
                     size_t n, double *y);

    /** y[i] = f(x[i]). */
    size_t (*unary)(mera_unary op, const double *x, size_t n, double *y);

    /** y[i] = x[i] where condition[i] is not 0, z[i] where it is 0, NaN where it is NaN; steps as
     * above. */
    void (*where)(const double *condition, size_t step, const double *const x[2],
                  const size_t step_x[2], size_t n, double *y);

    /** y[i] = x[i] kept between two limits, least <= most; NaN stays. */
    void (*clip)(const double *x, double least, double most, size_t n, double *y);

    /** y[i] = x[i], or where it is NaN z[i * step]. */
    void (*fill)(const double *x, const double *z, size_t step, size_t n, double *y);
} mera_cell_kernels;

/** The best this processor has. */
const mera_cell_kernels *mera_cell_kernels_best(void);

/** Those of a name, or NULL when there are none for this processor. */
const mera_cell_kernels *mera_cell_kernels_named(const char *name);

#endif
