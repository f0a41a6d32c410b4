/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera's operations as the runner calls them: parameters given by name, one column at a
 * time. */
#ifndef CONFORMANCE_OPS_H
#define CONFORMANCE_OPS_H

#include "run.h"

enum { GIVEN_MAX = 12 };

/** Parameters as a methodology would give them. Zero-initialised is none. */
typedef struct given {
    size_t n;
    mera_entry entry[GIVEN_MAX];
    mera_value value[GIVEN_MAX];
} given;

void given_number(given *g, mera_arena *arena, const char *key, double x); /**< NaN: null */
void given_text(given *g, const char *key, const char *text);
void given_bool(given *g, const char *key, bool value);
void given_pair(given *g, mera_arena *arena, const char *key, double low, double high);
void given_texts(given *g, mera_arena *arena, const char *key, const char *const *text, size_t n);
/** A map of names to numbers. */
void given_map(given *g, mera_arena *arena, const char *key, const char *const *name,
               const double *x, size_t n);

/** An operation with its parameters. */
typedef struct operation {
    const mera_op *op;
    const void *params;
} operation;

/** MERA_EUSAGE when the registry has no such operation. */
mera_code operation_open(run *r, mera_step step, const char *name, const given *g, operation *out);

/** What a call knows of its column. */
typedef struct call_column {
    mera_direction direction;
    double goalpost[2]; /**< both NaN unless set */
    const char *subject;
    const char *const *unit;    /**< keys */
    const double *const *input; /**< columns an operation names */
    size_t n_inputs;
} call_column;

call_column call_plain(const char *subject, const char *const *unit);

/** Fits on x[n] and applies to it. `fitted` may be NULL. */
mera_code operation_column(run *r, operation o, const call_column *about, const double *x, size_t n,
                           double *y, mera_fitted *fitted);

/** A fitted number by its name; NaN when there is none. */
double operation_fitted(operation o, const mera_fitted *fitted, const char *name);

/** The weighted mean or other aggregate of k columns of n units. */
mera_code operation_aggregate(run *r, operation o, const mera_children *in,
                              const char *const *child, const char *const *unit, double *y);

/** y[n] = the places of x[n], the largest first, ties the least place: R's rank(-x, "min"). */
mera_code rank_down(run *r, const double *x, size_t n, double *y);

#endif
