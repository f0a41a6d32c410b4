/* SPDX-License-Identifier: Apache-2.0 */
/** @file The files that `mera new` writes, as text. */
#ifndef MERA_CLI_NEW_FILES_H
#define MERA_CLI_NEW_FILES_H

/** A file of a new project; "{id}" in its text becomes the project's id. */
typedef struct cli_new_file {
    const char *path, *text;
} cli_new_file;

/** Ends with a NULL path. */
const cli_new_file *cli_new_files(void);

#endif
