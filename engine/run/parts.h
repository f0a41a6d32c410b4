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

mera_code mera_run_parts_of(const mera_result *result, size_t node, mera_arena *arena,
                            run_parts *out);

#endif
