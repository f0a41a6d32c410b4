/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One case being replayed: what is known of it, its arguments, and what it gives out.
 *
 * Functions that cannot go on say why, once, into the run and return a code: MERA_EUSAGE when the
 * runner or mera has no such thing, MERA_ESYSTEM when a file is missing, any other when mera
 * refused.
 */
#ifndef CONFORMANCE_RUN_H
#define CONFORMANCE_RUN_H

#include <jansson.h>

#include "mera/mera.h"
#include "table.h"

/** A named result. */
typedef struct output {
    const char *name;
    table *table;
} output;

enum { OUTPUTS_MAX = 64 };

typedef struct run {
    mera_arena *arena;
    mera_diags *diags;
    const mera_registry *registry;
    const char *root;   /**< what paths of the sidecars start from */
    const char *folder; /**< of the case */
    const json_t *sidecar;
    json_t *kept;    /**< a list of what must live as long as the case */
    const char *why; /**< why it stopped; or NULL */
    output output[OUTPUTS_MAX];
    size_t n_outputs;
} run;

mera_code run_unsupported(run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
mera_code run_refused(run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** A file of the case is missing or broken: MERA_ESYSTEM. */
mera_code run_missing(run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Gives a table out under a name; a later one of the same name takes its place. */
void run_output(run *r, const char *name, table *t);
table *run_find(const run *r, const char *name); /**< or NULL */

/** The path of a file named in a sidecar. */
const char *run_path(const run *r, const char *path);

/** The table of {"csv": path}, of a plain path, of {"column": [values]}, or of a list of records.
 */
mera_code run_csv(run *r, const json_t *named, const csv **out);

/** The file of the case's output. NULL when there is none. */
const csv *run_expected(run *r, const char *output_name);

/** The last problem mera recorded, or "". */
const char *run_said(const run *r);

/* ---- arguments: absent, null and {} are all «not given» ---------------------------------- */

const json_t *arg(const json_t *args, const char *key); /**< NULL when not given */
const char *arg_text(const json_t *args, const char *key, const char *fallback);
double arg_number(const json_t *args, const char *key, double fallback);
bool arg_bool(const json_t *args, const char *key, bool fallback);
enum { NO_DIGITS = -1000 };
/** Digits to round to: absent gives the fallback, null NO_DIGITS. */
int arg_digits(const json_t *args, const char *key, int fallback);
const json_t *arg_item_json(const json_t *value, size_t i); /**< item i; of a scalar, itself */
/** Item i of a list, or the value itself: R's vectors of one are scalars. NaN past the end. */
double arg_item(const json_t *value, size_t i);
const char *arg_item_text(const json_t *value, size_t i); /**< NULL past the end */
size_t arg_size(const json_t *value);               /**< of a list; 1 for a scalar, 0 for nothing */
bool arg_has(const json_t *list, const char *text); /**< a list of texts, or one text, holds it */

/** A new reference to R's modifyList(base, change): maps are merged, null takes an entry away. */
json_t *arg_modified(const json_t *base, const json_t *change);

#endif
