/* SPDX-License-Identifier: Apache-2.0 */
/** @file COINr's functions that make data sets, each as calls of mera's operations. */
#ifndef CONFORMANCE_STEPS_H
#define CONFORMANCE_STEPS_H

#include "coin.h"

/** Replays steps in order; the data sets they make become outputs, the last one the main one. */
mera_code steps_replay(run *r, const json_t *steps, coin **out);

/** The last step of that name in the sidecar's steps, its arguments; NULL = none. */
const json_t *steps_args(const json_t *steps, const char *op);

/** A copy of steps with the arguments of a step replaced, by R's modifyList(); a new reference. */
json_t *steps_edited(const json_t *steps, const char *op, const json_t *change);

mera_code step_denominate(coin *c, const json_t *args);
mera_code step_screen(coin *c, const json_t *args);
mera_code step_impute(coin *c, const json_t *args);
mera_code step_treat(coin *c, const json_t *args);
mera_code step_qtreat(coin *c, const json_t *args);
mera_code step_normalise(coin *c, const json_t *args);
mera_code step_qnormalise(coin *c, const json_t *args);
mera_code step_aggregate(coin *c, const json_t *args);

/**
 * One column by a COINr function n_*: x is what the function is given, so already turned round by
 * Normalise() where `lower`. A column that mera refuses comes out missing, as R's NaN.
 */
mera_code normalise_column(run *r, const char *f_n, const json_t *para, bool lower, const double *x,
                           size_t n, const char *const *key, double *y);

/** One column by COINr's Treat(): what was done with it. */
typedef struct treatment {
    double skewness[3], kurtosis[3]; /**< first, after f1, after f2; NaN = not reached */
    double points;                   /**< winsorised */
    bool pass[3], reached[3];
    const char **label; /**< of each point; NULL = untouched */
} treatment;
mera_code treat_column(run *r, const json_t *specs, bool combine, const double *x, size_t n,
                       double *y, treatment *done);

/** An aggregator of COINr by its name, with f_ag_para. */
mera_code aggregate_open(run *r, const char *f_ag, const json_t *para, operation *out);
/** Aggregates k columns of rows [from, to); weights may be negative in means of COINr. */
mera_code aggregate_rows(run *r, operation o, const selection *children, const double *w,
                         const frame *rows, size_t from, size_t to, double *y);

/** panel imputation of one column over the periods of a frame; `origin` (a row each, or NULL)
 * becomes the period taken from, as the dataset numbers it. */
mera_code impute_panel_column(coin *c, const json_t *para, const frame *f, const double *x,
                              double *y, double *origin);

#endif
