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

#endif
