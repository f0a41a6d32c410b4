/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Which record a methodology has and what is put into it. Where it is: MERA_RECORD (a file, or
 * `none`), the key `record` of the methodology (likewise), else `.mera/runs.sqlite` beside it.
 */
#ifndef MERA_CLI_KEEP_H
#define MERA_CLI_KEEP_H

#include "cli/session.h"
#include "journal/journal.h"
#include "journal/registration.h"

/** Records a run that went well. Never fails it: what cannot be written is said once. */
mera_code cli_keep(cli *c, const mera_result *result, size_t node, size_t period, const char *side);

/** The places that this command recorded of the same methodology, data, plugins, node and period by
 * the same engine; *n = 0 when there are none, or they cannot be read. Of `like` only what
 * mera_journal_key() looks at has to be there. */
mera_code cli_keep_find(cli *c, const mera_result *like, size_t node, size_t period,
                        const mera_run_place **out, size_t *n);

/** Closes the records. */
void cli_keep_close(cli *c);

/** The record of a methodology, a file or its folder, or of a file of runs; NULL = it has none. */
mera_code cli_keep_path(cli *c, const char *path, const char **out);

/** "2026-11-24T12:00:00Z": now, or the time of SOURCE_DATE_EPOCH. NULL = no memory. */
const char *cli_now(cli *c);

#endif
