/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: who took part in a node, for what runs an aggregator again. */
#ifndef MERA_RUN_PARTS_H
#define MERA_RUN_PARTS_H

#include "run/internal.h"

typedef struct run_parts {
    size_t k;        /**< children that take part ... */
    size_t *part;    /**< ... their numbers */
    const char **id; /**< ... and ids */
    double *w, total;
} run_parts;

/** A child's values as they reach its parent, of all units and periods. */
const double *mera_run_passed(const mera_result *result, const mera_child *child);

/** Does the aggregator overrule its mean for children below a threshold? */
bool mera_run_has_veto(const mera_use *use);

mera_code mera_run_parts_of(const mera_result *result, size_t node, mera_arena *arena,
                            run_parts *out);

#endif
