/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: an operation being fitted and applied (fit.c, fit_groups.c). */
#ifndef MERA_RUN_FIT_H
#define MERA_RUN_FIT_H

#include "run/internal.h"

/** One call of mera_run_fit_apply(). */
typedef struct fit_run {
    run_score *s;
    run_job *job;
    const run_use *use;
    const run_subject *subject;
    const double *x;
    double *y;      /**< NULL: learn and record only */
    double *spread; /**< imputers: as run_cells.spread_room; NULL = nobody asks */
    size_t n;       /**< units */
    double *sample; /**< room for the largest sample */
    double *buffer; /**< room for one period */
    const double **input;
} fit_run;

/** The periods whose values are looked at in one go, and those the fit is applied to. */
typedef struct fit_round {
    const size_t *from;
    size_t n_from;
    size_t first, end;  /**< targets */
    const char *period; /**< label of the fit; NULL = all periods */
    bool has_all;       /**< the fit over all units was made: as fallback of groups */
    mera_fitted all;
} fit_round;

bool mera_run_fit_is_imputer(const fit_run *run);
/** Does some value of x wait for the operation? Gaps wait for imputers, values for others. */
bool mera_run_fit_waits(const fit_run *run, const double *x, size_t n);
bool mera_run_fit_is_frozen(const fit_run *run, const fit_round *round, const char *group);
/** Learns from a sample that holds something, or looks the numbers up, and records them. */
mera_code mera_run_fit_learn(const fit_run *run, const fit_round *round, const char *group,
                             const double *sample, size_t n, size_t present, mera_fitted *out);
/** Applies to n values; `slice` says which part of the period's columns they are, when whole. */
mera_code mera_run_fit_call(const fit_run *run, const mera_fitted *fitted, size_t period,
                            const uint32_t *member, const char *const *names, const double *x,
                            size_t n, double *y);
mera_code mera_run_fit_nothing_known(const fit_run *run, const fit_round *round, const char *group,
                                     size_t present);
mera_code mera_run_fit_learn_all(const fit_run *run, fit_round *round, size_t *present);
mera_code mera_run_fit_groups(const fit_run *run, fit_round *round);

#endif
