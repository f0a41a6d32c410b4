/* SPDX-License-Identifier: Apache-2.0 */
/** @file One item of a plugin on a sample, as the automatic tests and the bench run it. */
#ifndef MERA_LUA_PROBE_H
#define MERA_LUA_PROBE_H

#include "lua/compute.h"
#include "lua/trial.h"

typedef struct probe {
    const mera_plugin_item *entry;
    const char *subject;
    const void *params;
    mera_arena *arena;
    mera_trials *out;
    size_t n, k, made; /**< units, columns, numbers of a result */
    const double **in; /**< k columns */
    const char **name;
    mera_around around;
    double *y; /**< the plain result */
} probe;

/** The sample given, or n made-up units when there is none. */
mera_code mera_probe_sample(const mera_sample *given, size_t n, mera_arena *arena,
                            mera_sample *out);

/** The columns of an item; *made_up when some are not in the sample. */
mera_code mera_probe_open(probe *p, const mera_sample *sample, bool *made_up);

/** Runs the item; *why (unless NULL) says why it failed. */
mera_code mera_probe_run(const probe *p, const double *const *in, const mera_around *around,
                         const char **why, double *y);

/** Numbers from 1 to 1000, the same for a column of that name. NULL = no memory. */
double *mera_probe_make_up(mera_arena *arena, const char *column, size_t n);

/* ---- several periods (probe_periods.c) --------------------------------------------------- */

/** Labels and other periods of the columns, where the item declares that it looks at them. */
mera_code mera_probe_open_periods(probe *p, const mera_sample *sample);

/** The changed value of unit i of n. */
typedef double (*mera_probe_change)(const double *x, size_t i, size_t n);

/** Changes a column (SIZE_MAX = every one) in all periods. */
mera_code mera_probe_change_past(const probe *p, mera_probe_change change, size_t column,
                                 mera_around *around);

/** The tests of an item that declares periods: the first one, and that it looks at another. */
void mera_probe_periods(const probe *p, double *y);

#endif
