/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tests of operations share: a registry, and an operation bound and run in a line.
 */
#ifndef MERA_OPS_TEST_H
#define MERA_OPS_TEST_H

#include "mera_test.h"

#include "mera/op.h"
#include "mera/value.h"

typedef struct fixture {
    mera_arena *arena, *said;
    mera_diags *diags;
    mera_registry *registry;
    mera_op_ctx ctx; /**< subject "indicator 'x'", higher is better, no goalposts, no names */
} fixture;

int fixture_open(void **state);
int fixture_close(void **state);

/** A test with a fresh fixture. */
#define OPS_TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

/** "range: [0, 1]; clamp: both", or one to a line, as the map a methodology file would give. */
const mera_value *ops_params(fixture *f, const char *text);

/** Binds an operation by its full name; fails the test when that fails. */
const void *ops_bind(fixture *f, const char *name, const char *params, const mera_op **op);

/** Binds, fits on x[n] and applies to the same. */
mera_code ops_run(fixture *f, const char *name, const char *params, const double *x, size_t n,
                  double *y);

/** Binds, fits on x[n] and applies to other[m]. */
mera_code ops_run_on(fixture *f, const char *name, const char *params, const double *x, size_t n,
                     const double *other, size_t m, double *y);

/** Binds an aggregator and runs it over k children; weights divided by their sum. */
mera_code ops_aggregate(fixture *f, const char *name, const char *params, const double *const *x,
                        const double *w, size_t k, size_t n, double *y);

/** Binds a table-wise imputer and runs it over k columns. */
mera_code ops_table(fixture *f, const char *name, const char *params, const double *const *x,
                    size_t k, size_t n, double *const *y);

/** Binds an imputer over periods and runs it over them; `from` may be NULL. */
mera_code ops_panel(fixture *f, const char *name, const char *params, const double *const *x,
                    const double *when, size_t n_periods, size_t n, double *const *y,
                    int32_t *const *from);

/** k columns of n, all 0. */
double **ops_columns(fixture *f, size_t k, size_t n);

/** Fails unless each y[i] is near expected[i], missing where that is missing; says of `what`. */
void assert_column_of(const char *what, const double *y, const double *expected, size_t n,
                      double rel);
#define assert_column(y, expected, n, rel) assert_column_of(#y, y, expected, n, rel)

/** Fails unless the problem recorded last has this whole message. */
void assert_message(const fixture *f, const char *message);

/** Fails unless the problem recorded last has this whole hint. */
void assert_hint(const fixture *f, const char *hint);

#endif
