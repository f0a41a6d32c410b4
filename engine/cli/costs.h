/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to cli: a table of what it costs to raise indicators. */
#ifndef MERA_CLI_COSTS_H
#define MERA_CLI_COSTS_H

#include "cli/cli.h"

/**
 * Reads a CSV with the fields `indicator` and `cost`, `value` where costs are points of a curve,
 * and `unit` where they are of one unit. An indicator has, for a unit and for all, either one price
 * per unit of measure or points, each value once; every mistake is told at its place.
 */
mera_code cli_read_costs(cli *c, const char *path, const mera_result *result,
                         const mera_price **out, size_t *n);

#endif
