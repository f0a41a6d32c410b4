/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What every test includes: cmocka in its right order, and comparisons of doubles that are not
 * cast to float (cmocka 1.1.5's assert_float_equal is).
 */
#ifndef MERA_TEST_H
#define MERA_TEST_H

/* clang-format off: cmocka wants these before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mera/arena.h"
#include "mera/error.h"

/** Fails unless |actual - expected| <= rel * max(1, |expected|). NaN equals nothing. */
#define assert_close(actual, expected, rel)                                                        \
    do {                                                                                           \
        const double close_a_ = (actual), close_e_ = (expected);                                   \
        if (!(fabs(close_a_ - close_e_) <= (rel)*fmax(1.0, fabs(close_e_)))) {                      \
            print_error("%s: %.17g is not near %.17g\n", #actual, close_a_, close_e_);             \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

/** Fails unless the value is the missing one. */
#define assert_missing(actual) assert_true(isnan(actual))

/** Fails unless some recorded problem's message holds `text`. */
static inline void assert_said(const mera_diags *diags, const char *text)
{
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        if (strstr(mera_diags_get(diags, i)->message, text) != NULL) {
            return;
        }
    }
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        print_error("said: %s\n", mera_diags_get(diags, i)->message);
    }
    print_error("nobody said: %s\n", text);
    fail();
}

#endif
