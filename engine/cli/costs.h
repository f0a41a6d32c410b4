/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to cli: a table of what it costs to raise indicators. */
#ifndef MERA_CLI_COSTS_H
#define MERA_CLI_COSTS_H

#include "cli/cli.h"

/**
 * Reads a CSV with the fields `indicator` and `cost`, and `value` where costs are points of a
 * curve. An indicator has either one price per unit or points, each value once; every mistake is
 * told at its place.
 */
mera_code cli_read_costs(const char *path, const mera_methodology *m, mera_arena *arena,
                         mera_diags *diags, const mera_price **out, size_t *n);

#endif
