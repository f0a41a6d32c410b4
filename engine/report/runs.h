/* SPDX-License-Identifier: Apache-2.0 */
/** @file The record of runs, and one unit over all variants that were tried. */
#ifndef MERA_REPORT_RUNS_H
#define MERA_REPORT_RUNS_H

#include "journal/journal.h"
#include "report/report.h"

/** Runs, oldest first; `place` has their places when one or two are shown whole. */
typedef struct mera_runs_view {
    mera_view view;
    size_t top; /**< table: so many of the last runs, units or variants; 0 = a score of them */
} mera_runs_view;

mera_code mera_report_runs_table(const mera_run *run, size_t n, const mera_runs_view *view,
                                 mera_arena *arena, mera_text *out);
mera_code mera_report_runs_rows(const mera_run *run, size_t n, mera_arena *arena, mera_rows *rows);
mera_code mera_report_runs_json(const mera_run *run, size_t n, mera_text *out);

/** One run with its places. */
mera_code mera_report_run_table(const mera_run *run, const mera_run_place *place, size_t n,
                                const mera_runs_view *view, mera_arena *arena, mera_text *out);
mera_code mera_report_run_rows(const mera_run_place *place, size_t n, mera_rows *rows);
mera_code mera_report_run_json(const mera_run *run, const mera_run_place *place, size_t n,
                               mera_text *out);

/** A unit in two runs; NaN where one does not know it. */
typedef struct mera_run_move {
    const char *key, *name;
    double rank[2], score[2];
} mera_run_move;

/** What differs between two runs. */
typedef struct mera_run_diff {
    const mera_run *run[2];
    size_t n_settings;
    const mera_run_setting *setting; /**< `written` in the first, `used` in the second; NULL there:
                                        as in the file */
    bool methodology, data, plugins, engine; /**< is another: of methodologies, beyond settings */
    size_t n_moves;
    const mera_run_move *move; /**< largest move first; units of both first */
} mera_run_diff;

mera_code mera_report_run_diff_table(const mera_run_diff *diff, const mera_runs_view *view,
                                     mera_arena *arena, mera_text *out);
mera_code mera_report_run_diff_rows(const mera_run_diff *diff, mera_rows *rows);
mera_code mera_report_run_diff_json(const mera_run_diff *diff, mera_text *out);

/** One variant of a specification curve. */
typedef struct mera_curve_point {
    const mera_run *run; /**< the first with this result */
    size_t n_runs;
    double rank, score;
    const char *const *value; /**< per setting; NULL = as in the file */
} mera_curve_point;

/**
 * The specification curve: a unit's places over every variant of the same data that was tried, best
 * first, and which settings each had.
 *
 * source  Simonsohn, Simmons, Nelson, Nature Human Behaviour 4 (2020) 1208
 */
typedef struct mera_curve {
    const char *key, *name; /**< of the unit */
    size_t n;
    const mera_curve_point *point;
    size_t n_settings;
    const char *const *path; /**< that differ in some variant */
    size_t n_other_data;     /**< runs left out: their data are others than those of the last one */
    double median;           /**< of the places */
} mera_curve;

mera_code mera_report_curve_table(const mera_curve *curve, const mera_runs_view *view,
                                  mera_arena *arena, mera_text *out);
mera_code mera_report_curve_rows(const mera_curve *curve, mera_rows *rows);
mera_code mera_report_curve_json(const mera_curve *curve, mera_text *out);

#endif
