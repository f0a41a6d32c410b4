/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to cli: values that indicators are to have, by --aim. */
#ifndef MERA_CLI_AIMS_H
#define MERA_CLI_AIMS_H

#include "cli/cli.h"

/** Reads the words INDICATOR=VALUE; every mistake is told. */
mera_code cli_read_aims(cli *c, const mera_methodology *m, const mera_aim **out, size_t *n);

/** Warns of those that lift nothing in any of the units: they are there, or stand elsewhere. */
void cli_aims_idle(cli *c, const mera_priorities *of, size_t n, const mera_priorities_ask *ask,
                   const mera_methodology *m);

#endif
