/* SPDX-License-Identifier: Apache-2.0 */
/** @file How far a long run is, on a terminal, and its end by Ctrl-C. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <signal.h>

#include "cli/cli.h"

typedef struct cli_progress {
    FILE *stream;
    bool russian, shows;
    double start, shown; /**< seconds; shown = 0: not yet */
    uint64_t from;       /**< where the rate is counted from */
    struct sigaction before;
} cli_progress;

/** From here to cli_progress_end() Ctrl-C asks the run to stop; a second one ends the program.
 * `tick` and `context` are those of an ask: its progress is told here; or NULL. */
void cli_progress_begin(const cli *c, cli_progress *p, mera_progress_fn *tick, void **context);
void cli_progress_end(cli_progress *p);

/** Warns "stopped after 12 of 30 units" (`of` = 0: "after 12 units"), and the status is 1: the
 * result is of what was done. */
void cli_progress_stopped(cli *c, uint64_t done, uint64_t of, const char *of_what,
                          const char *hint);

/** A mera_progress_fn; the context is the cli_progress. Writes nothing before half a second, and
 * nothing at all where standard error is no terminal. */
bool cli_progress_tick(void *context, uint64_t done, uint64_t until);

#endif
