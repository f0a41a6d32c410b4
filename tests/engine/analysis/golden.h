/* SPDX-License-Identifier: Apache-2.0 */
/** @file CSV files of ../shared as texts and columns of numbers, for tests that compare with COINr.
 */
#ifndef ANALYSIS_GOLDEN_H
#define ANALYSIS_GOLDEN_H

#include "mera_test.h"

#include "mera/statistics.h"

typedef struct golden {
    size_t n_rows, n_columns;
    const char **name;
    const char **field; /**< [row * n_columns + column]; "" is missing */
    const double **x;   /**< [column][row]; NaN when missing or no number */
} golden;

/** `path` below MERA_SHARED, else ../shared beside the sources. NULL when it is not there. */
const golden *golden_read(mera_arena *arena, const char *path);
/** As golden_read(), and skips the test that calls it when the file is not there. */
const golden *golden_must(mera_arena *arena, const char *path);
size_t golden_column(const golden *g, const char *name); /**< fails the test when there is none */
size_t golden_row(const golden *g, const char *column, const char *text); /**< likewise */
double golden_at(const golden *g, size_t row, const char *column);
const char *golden_text(const golden *g, size_t row, const char *column);
/** All columns of numbers but those named `not` and before; `ids` (may be NULL) are their names. */
mera_columns golden_columns(mera_arena *arena, const golden *g, size_t first, const char **ids);
/** The columns of these names. */
mera_columns golden_some(mera_arena *arena, const golden *g, const char *const *ids, size_t k);

/** Equal, or both missing, or both infinite on one side; else within `rel`. */
#define assert_same(actual, expected, rel)                                                \
    do {                                                                                  \
        const double same_a_ = (actual), same_e_ = (expected);                            \
        if (isnan(same_a_) != isnan(same_e_) || (isinf(same_e_) && same_a_ != same_e_)) { \
            print_error("%s: %.17g is not %.17g\n", #actual, same_a_, same_e_);           \
            fail();                                                                       \
        }                                                                                 \
        if (!isnan(same_e_) && !isinf(same_e_) &&                                         \
            !(fabs(same_a_ - same_e_) <= (rel)*fmax(fabs(same_e_), 1e-3))) {              \
            print_error("%s: %.17g is not near %.17g\n", #actual, same_a_, same_e_);      \
            fail();                                                                       \
        }                                                                                 \
    } while (0)

/** The ASEM framework. */
typedef struct golden_meta {
    size_t n;
    const char **id, **parent; /**< parent "" for the index */
    double *level, *direction, *weight;
} golden_meta;

const golden_meta *golden_meta_read(mera_arena *arena, const char *path);
/** Ids whose parent (or, for levels further up, ancestor) is `parent`, of level `level`. */
size_t golden_below(const golden_meta *meta, const char *parent, double level, const char **ids);

#endif
