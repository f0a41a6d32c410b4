/* SPDX-License-Identifier: Apache-2.0 */
/** @file The file of --keep: what a long run has done, to be gone on with. */
#ifndef MERA_CLI_KEEP_FILE_H
#define MERA_CLI_KEEP_FILE_H

#include "cli/cli.h"

/** What the file holds; *bytes = NULL: --keep is not given, or the file is not there yet. Refuses a
 * folder that is not there: after a long run it would be too late. */
mera_code cli_keep_file_read(cli *c, const void **bytes, size_t *size);

/** An error in what the file held, with the file's name; any other `code` as it is. */
mera_code cli_keep_file_within(cli *c, mera_code code, const void *bytes);

/** Writes it when --keep is given and there is something to keep, and says so: "5000 draws are kept
 * in FILE". */
mera_code cli_keep_file_write(cli *c, const void *bytes, size_t size, uint64_t done,
                              const char *of_what);
/** What to do about a run that was stopped early. */
const char *cli_keep_file_hint(const cli *c);

#endif
