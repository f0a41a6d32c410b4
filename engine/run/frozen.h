/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: the table of frozen fits. */
#ifndef MERA_RUN_FROZEN_H
#define MERA_RUN_FROZEN_H

#include "run/internal.h"

/** One line of the file: step,op,indicator,group,period,name,value. */
typedef struct run_frozen_row {
    const char *field[6];
    double value;
} run_frozen_row;

struct run_frozen {
    const char *path;
    const run_frozen_row *row;
    size_t n;
};

enum { FROZEN_STEP, FROZEN_OP, FROZEN_SUBJECT, FROZEN_GROUP, FROZEN_PERIOD, FROZEN_NAME };

/** The header, which the writer writes and the reader wants. */
#define MERA_RUN_FROZEN_HEADER "step,op,indicator,group,period,name,value"

#endif
