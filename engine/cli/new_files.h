/* SPDX-License-Identifier: Apache-2.0 */
/** @file The files that `mera new` writes, as text. */
#ifndef MERA_CLI_NEW_FILES_H
#define MERA_CLI_NEW_FILES_H

#include "cli/cli.h"

/** A file of a new project; "{id}" in its text becomes the project's id. */
typedef struct cli_new_file {
    const char *path, *text;
} cli_new_file;

/** Ends with a NULL path. */
const cli_new_file *cli_new_files(void);

/** Those of `mera plugin new`; likewise. */
const cli_new_file *cli_plugin_new_files(void);

/** Makes a folder that must not be there yet. */
mera_code cli_new_folder(cli *c, const char *path);

/** Writes one file into the folder, with "{id}" replaced. */
mera_code cli_new_write(cli *c, const char *folder, const cli_new_file *file, const char *id);

#endif
