/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Scoring a small methodology over a small table, both given as text. The table is CSV with `.` for
 * missing: the first field is the key of the unit, a field `period` its period, a field whose name
 * starts with `@` a text attribute, every other one a number.
 */
#ifndef RUN_FIXTURE_H
#define RUN_FIXTURE_H

#include "mera_test.h"

#include "mera/mera.h"

typedef struct run_fixture {
    mera_arena *arena; /**< the dataset, the diagnostics and the result */
    mera_diags *diags;
    mera_engine *engine;
    mera_project *project;
    mera_dataset *data;
    mera_plan *plan;
    const mera_result *result;
    unsigned threads;    /**< set before the first step; 0 = all */
    const char *variant; /**< or NULL */
    mera_set set[4];
    size_t n_set;
    const char *plugins; /**< a folder, or NULL */
} run_fixture;

int run_setup(void **state);
int run_teardown(void **state);

/** Makes the dataset of a table. */
mera_code run_table_read(run_fixture *f, const char *table);
/** Engine, project and dataset, not yet bound. */
mera_code run_open(run_fixture *f, const char *yaml, const char *table);
/** Up to the plan. */
mera_code run_bind(run_fixture *f, const char *yaml, const char *table);
/** Up to the result. Problems are printed when it was to work (see run_must). */
mera_code run_score_text(run_fixture *f, const char *yaml, const char *table);
/** As run_score_text(), and prints the problems and fails unless that is MERA_OK. */
void run_must(run_fixture *f, const char *yaml, const char *table);
/** Closes plan and project, keeps the fixture: for a second methodology. */
void run_again(run_fixture *f);

/** Score of a unit at a node, in a period (by index). */
double run_score_of(const run_fixture *f, const char *node, const char *unit, size_t period);
double run_rank_of(const run_fixture *f, const char *node, const char *unit);
/** A stage of an indicator. */
double run_stage_of(const run_fixture *f, const char *indicator, mera_stage stage, const char *unit,
                    size_t period);

/** The whole text of the first problem, caret and frames included. */
const char *run_first_problem(run_fixture *f);

#endif
