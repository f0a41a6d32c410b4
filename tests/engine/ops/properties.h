/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Properties over the whole registry: each test walks it, so an operation that is added later is
 * tested without anybody thinking of it. Where a property is false of a method by its nature, a
 * line of exemptions says so and why; the reason is printed, and a line that is not needed (the
 * property holds after all) fails the test.
 */
#ifndef MERA_PROPERTIES_TEST_H
#define MERA_PROPERTIES_TEST_H

#include "ops_test.h"

/** Parameters under which an operation is tried; several lines of one operation are as many tries.
 * An operation without a line is tried by its name alone. */
typedef struct variant {
    const char *op, *params;
} variant;

/** Why a property is not asked of an operation; `params` NULL = whatever its parameters. */
typedef struct exemption {
    const char *op, *property, *reason, *params;
} exemption;

/** Operations that are tried, and what is known of them. */
typedef struct walk {
    bool (*takes)(const mera_op *op); /**< which operations */
    const variant *variants;          /**< ends with a line of NULL */
    const exemption *exemptions;      /**< ends with a line of NULL */
    size_t at_least;                  /**< a walk that sees fewer is broken */
} walk;

/** NULL when the property holds, else what was seen instead (in f->arena). */
typedef const char *(*property_fn)(fixture *f, const mera_op *op, const char *params);

/** Tries the property on every operation of the walk; fails after the last of those it is false of.
 */
void property_holds(fixture *f, const walk *w, const char *property, property_fn check);

/** "unit 3: 1.5, not 2"; NULL when equal within rel, missing where missing. */
const char *differs(fixture *f, const double *y, const double *expected, size_t n, double rel);

/** NULL when the same bytes. */
const char *differs_in_bits(fixture *f, const double *y, const double *expected, size_t n);

/** "it says: ..." of the problem recorded last. */
const char *what_it_says(fixture *f);

/** A number in [-1, 1) that depends on i alone. */
double noise(uint64_t i);

#endif
