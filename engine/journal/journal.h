/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The record of runs: what was scored, when, from which methodology, data and plugins, with which
 * settings other than those of the file, and all places. A SQLite file; several processes may write
 * at once. Results that are the same are kept once, however often they were run. It changes no
 * result: a grid that goes on finds there what it would score.
 */
#ifndef MERA_JOURNAL_H
#define MERA_JOURNAL_H

#include "mera/plan.h"

typedef struct mera_journal mera_journal;

/** A setting that is not as in the file. */
typedef struct mera_run_setting {
    const char *path;
    const char *written, *used; /**< NULL = not set */
} mera_run_setting;

/** A run as it is recorded. */
typedef struct mera_run {
    int64_t id;
    int64_t batch;              /**< the first run of the same call of a command */
    const char *at;             /**< "2026-11-24T12:00:00Z" */
    const char *command, *side; /**< "compare", "equal"; side NULL = the methodology itself */
    const char *methodology, *version, *sha256, *engine;
    const char *data;       /**< a line a file: its hash, two blanks, its path */
    const char *plugins;    /**< a line a plugin: its hash, two blanks, its name and version */
    const char *registered; /**< registered, registered-with-data, changed; NULL = not registered */
    const char *node, *period;
    double mean_shift; /**< of places against the base; NaN when there is none */
    int64_t result;    /**< runs with the same number have the same result */
    size_t n_ranked;
    const char *top; /**< names of the first places */
    size_t n_settings;
    const mera_run_setting *setting;
} mera_run;

/** The place of a unit in a result; also what a result is made of. */
typedef struct mera_run_place {
    const char *key, *name;
    double rank, score; /**< NaN = none */
} mera_run_place;

/** What is added: strings of `run` but id, batch, result, top, n_ranked and mean_shift. */
typedef struct mera_run_new {
    mera_run run;
    const mera_result *result;
    size_t node, period;
    int64_t batch; /**< 0 = this run begins one */
    int64_t base; /**< a result to measure the mean shift against; 0 = the last run of the same data
                       with no setting changed */
} mera_run_new;

/** Opens a record, or makes it (`write`) with its folder. MERA_ESYSTEM with the reason in *why,
 * which lives in `arena`: it is no problem of the run. */
mera_code mera_journal_open(const char *path, bool write, mera_arena *arena, mera_journal **out,
                            const char **why);
void mera_journal_close(mera_journal *journal);
/** Why the last call failed. */
const char *mera_journal_why(const mera_journal *journal);

/** Records a run; fills in its id, batch and result. Whole or not at all. */
mera_code mera_journal_add(mera_journal *journal, mera_run_new *add);

/** All runs, oldest first. In `arena`. */
mera_code mera_journal_runs(mera_journal *journal, mera_arena *arena, mera_run **out, size_t *n);
/** The places of a result, best first. In `arena`. */
mera_code mera_journal_places(mera_journal *journal, int64_t result, mera_arena *arena,
                              mera_run_place **out, size_t *n);
/** The number of the result of that key (mera_journal_key) that a command recorded; 0 = none. */
mera_code mera_journal_find(mera_journal *journal, const char *key, const char *command,
                            int64_t *out);
/** Results that know a unit, by key or name: place and score of each by the number of the result;
 * NULL at those that do not. `n` is one more than the largest number. */
mera_code mera_journal_unit(mera_journal *journal, const char *unit, mera_arena *arena,
                            mera_run_place **out, size_t *n);

/** What says that two results are the same before they are made: engine, methodology, data,
 * plugins, node and period. 64 hexadecimal digits in `arena`; NULL = no memory. */
const char *mera_journal_key(const mera_result *result, size_t node, size_t period,
                             mera_arena *arena);

#endif
