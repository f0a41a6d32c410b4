/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to run: files of frozen numbers. Lines of comments first, which begin with '#', then
 * one line a number. A number's name is that of mera_op.fitted, of a weight the id of the child,
 * else its place from 0; "none" stands for a fit without numbers. The second use of an operation
 * in the chain of one subject is written "normalise.minmax#2".
 */
#ifndef MERA_RUN_FROZEN_H
#define MERA_RUN_FROZEN_H

#include "base/map.h"
#include "run/internal.h"

enum {
    FROZEN_STEP,
    FROZEN_OP,
    FROZEN_SUBJECT,
    FROZEN_GROUP,
    FROZEN_PERIOD,
    FROZEN_NAME,
    FROZEN_VALUE,
    FROZEN_PARAMS, /**< may be left out: then nobody looks whether parameters are as they were */
    FROZEN_FIELDS,
};

/** One line of the file. */
typedef struct run_frozen_row {
    const char *field[FROZEN_FIELDS]; /**< PARAMS NULL when the line has none */
    double value;                     /**< NaN where nothing stands */
    uint32_t line;
    size_t next; /**< the next row of the same fit, whatever its period; SIZE_MAX = none */
} run_frozen_row;

/** A plugin that the numbers were frozen with. */
typedef struct run_frozen_plugin {
    const char *id, *version, *sha256;
    uint32_t line;
    struct run_frozen_plugin *next;
} run_frozen_plugin;

struct run_frozen {
    const char *path;
    char sha256[65];
    const char *methodology; /**< id it was frozen from, or NULL */
    uint32_t methodology_line;
    struct run_frozen_plugin *plugin; /**< last first */
    run_frozen_row *row;
    size_t n;
    mera_map *fit; /**< number of each fit by its key */
    size_t *head;  /**< of each fit: its first row */
    struct run_frozen *next;
};

#define MERA_RUN_FROZEN_HEADER "step,op,indicator,group,period,name,value,params"
#define MERA_RUN_FROZEN_METHODOLOGY "# methodology: "
#define MERA_RUN_FROZEN_PLUGIN "# plugin: " /* id, version, sha256 */
#define MERA_RUN_FROZEN_SUM "# sha256 of the lines below: "
#define MERA_RUN_FROZEN_NONE "none"

#endif
