/* SPDX-License-Identifier: Apache-2.0 */
/** @file Runs the program under test and takes the CSV it prints as a table. */
#ifndef MERA_TEST_RUN_H
#define MERA_TEST_RUN_H

#include "table.h"

/** `mera ARGUMENTS --format csv --quiet`; NULL (and said on stdout) when it does not end well. */
table *run_mera(const char *arguments);

#endif
