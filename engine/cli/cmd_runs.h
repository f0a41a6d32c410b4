/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to the commands of `mera runs`: the record of a methodology, opened. */
#ifndef MERA_CLI_CMD_RUNS_H
#define MERA_CLI_CMD_RUNS_H

#include "cli/cli.h"
#include "report/runs.h"

typedef struct cli_runs_work {
    cli *c;
    mera_journal *journal;
    mera_run *run;
    size_t n;
    mera_runs_view view;
} cli_runs_work;

/** Opens the record of the first operand and reads its runs; MERA_EINPUT when there is none. */
mera_code cli_runs_open(cli *c, cli_runs_work *w);

/** Says that the record cannot be read when `code` is MERA_ESYSTEM; passes every code on. */
mera_code cli_runs_failed(const cli_runs_work *w, mera_code code);

/** Closes the record and passes `code` on. */
mera_code cli_runs_close(cli_runs_work *w, mera_code code);

#endif
