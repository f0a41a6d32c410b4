/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to cli: which units are meant by --units and --perimeter. */
#ifndef MERA_CLI_PERIMETER_H
#define MERA_CLI_PERIMETER_H

#include "cli/cli.h"

/** Several units by name. */
typedef struct cli_perimeter {
    const char *name;    /**< what they are together, or NULL */
    const char *weights; /**< what their weights are; NULL = all count alike */
    size_t n;
    size_t *unit;
    double *weight;
} cli_perimeter;

/** Was one asked for? */
bool cli_has_perimeter(const cli *c);

/**
 * Reads it: of --units, keys, names and GROUPING=LABEL between commas; of --perimeter, a CSV with
 * the field `unit` and at most one more, the weight, besides `name`; or a YAML with `units` (a
 * list, or a map from units to weights), `name` and `weights`. Each unit once, weights above 0;
 * every mistake is told at its place.
 */
mera_code cli_read_perimeter(cli *c, const mera_plan *plan, const mera_result *result,
                             cli_perimeter *out);

#endif
