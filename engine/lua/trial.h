/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Trying a plugin out: its author's tests and the automatic ones, over a sample of data. A trial
 * that fails says why; nothing here changes what the plugin computes.
 */
#ifndef MERA_LUA_TRIAL_H
#define MERA_LUA_TRIAL_H

#include "lua/host.h"

typedef enum mera_trial_state {
    MERA_TRIAL_PASSED,
    MERA_TRIAL_FAILED,
    MERA_TRIAL_SKIPPED,
} mera_trial_state;

typedef struct mera_trial {
    const char *subject; /**< "indicator 'cold_load'", "tests/basic.lua" */
    const char *name;    /**< "missing stays missing" */
    mera_trial_state state;
    const char *why; /**< or NULL */
} mera_trial;

/** A growing list of them. */
typedef struct mera_trials {
    mera_arena *arena;
    mera_trial *v;
    size_t n, room;
    bool no_memory;
} mera_trials;

/** Data to try a plugin on: columns by name over units, in the last period and those before it. */
typedef struct mera_sample {
    size_t n;
    const char *const *unit_key;
    const char *const *unit_name;
    const char *period; /**< the last one */
    size_t n_columns;
    const char *const *column;
    const double *const *value; /**< in the last period */
    size_t n_periods;           /**< 0 = one */
    const char *const *periods; /**< labels in ascending order; NULL = the last one alone */
    const double *const *past;  /**< past[column * n_periods + period][unit] */
    size_t n_labels;
    const mera_labels *labels;
    bool made; /**< not data but numbers made up for the trial */
} mera_sample;

/** Records a trial; `format` says why, or is NULL. */
void mera_trials_add(mera_trials *trials, const char *subject, const char *name,
                     mera_trial_state state, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** A test script: it returns a table of names and functions, each a trial. */
typedef struct mera_script {
    const char *file; /**< "basic.lua" */
    const char *path;
    const char *text;
    size_t n;
} mera_script;

/** Runs an author's tests. MERA_EINPUT (said in `diags`) when the file itself does not run. */
mera_code mera_plugin_try_script(mera_plugin *plugin, const mera_script *script, mera_diags *diags,
                                 mera_trials *out);

/**
 * The automatic tests of every item: the same result twice and for shuffled units; missing stays
 * missing; no NaN or infinity; the declared range; monotone where claimed; every declared column is
 * looked at. Columns that the sample lacks are made up, from 1 to 1000. An item with
 * `periods = "all"` sees the sample's periods (three when they are made up), must compute in the
 * first of them, and must look at some other one.
 */
mera_code mera_plugin_probe(mera_plugin *plugin, const mera_sample *sample, mera_trials *out);

/** What running one item over n units costs. */
typedef struct mera_cost {
    const char *subject;
    double seconds;
    uint64_t instructions;
    size_t peak_bytes;
    const char *failed; /**< why it did not run, or NULL */
} mera_cost;

/** Runs item number `index` over n made-up units. */
mera_code mera_plugin_measure(mera_plugin *plugin, size_t index, size_t n, mera_arena *arena,
                              mera_cost *out);

/** "indicator 'cold_load'" of operation number `index`. NULL when memory ran out. */
const char *mera_plugin_subject(const mera_plugin *plugin, size_t index, mera_arena *arena);

/** Names that a script uses as globals and that no script has: for `mera plugin check`. Warns. */
mera_code mera_script_lint(const char *path, const char *text, size_t n, mera_arena *arena,
                           mera_diags *diags);

#endif
