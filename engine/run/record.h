/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The record of a run: versions, hashes, seed and every operation with its parameters in force, so
 * that a result can be made again and compared. And its fitted numbers as CSV, to freeze.
 */
#ifndef MERA_RUN_RECORD_H
#define MERA_RUN_RECORD_H

#include "mera/plan.h"

/** A convention in force: one operation with one set of parameters, and where it is used. */
typedef struct mera_convention {
    mera_step step;
    const mera_op *op;
    const char *params;      /**< as text, defaults included */
    const char *reference;   /**< the reference set in words; "" for operations without fit */
    mera_text_list subjects; /**< ids of the indicators or nodes that use it, in their order */
} mera_convention;

typedef struct mera_record {
    const char *engine; /**< mera_version() */
    const char *methodology_path, *methodology_id, *methodology_version, *methodology_sha256;
    uint64_t seed;
    const mera_file *file; /**< the data's */
    size_t n_files;
    const mera_plugin_record *plugin;
    size_t n_plugins;
    const mera_convention *convention; /**< in the order of steps, then of first use */
    size_t n_conventions;
    size_t n_imputed, n_treated,
        n_missing; /**< cells of all indicators and periods scored, at the end */
} mera_record;

mera_code mera_record_of(const mera_result *result, mera_arena *arena, const mera_record **out);

/** Parameters as text, "range [0, 100], clamp none", in the order of the operation's table. NULL
 * when memory ran out. */
const char *mera_params_text(const mera_op *op, const void *params, mera_arena *arena);

/** The same without parameters that are as by default; "" when all are. */
const char *mera_params_chosen(const mera_op *op, const void *params, mera_arena *arena);

/** The fitted numbers as CSV: step,op,indicator,group,period,name,value,params. NULL when memory
 * ran out. */
const char *mera_fits_csv(const mera_result *result, mera_arena *arena);

#endif
