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

/** What a new plugin of a kind is made of. */
typedef struct cli_plugin_kind {
    const char *name;   /**< "imputer" */
    const char *script; /**< plugin.lua */
    const char *tests;  /**< tests/basic.lua */
    const char *use;    /**< in a methodology, YAML */
} cli_plugin_kind;

/** The kind that `mera plugin new` makes unless it is told otherwise. */
const cli_plugin_kind *cli_plugin_indicator(void);

/** The others. Ends with a NULL name. */
const cli_plugin_kind *cli_plugin_kinds(void);

/** What every new plugin has besides; "{use}" in its text becomes that of the kind. */
const cli_new_file *cli_plugin_new_files(void);

/** Makes a folder that must not be there yet. */
mera_code cli_new_folder(cli *c, const char *path);

/** Writes one file into the folder, with "{id}" replaced. */
mera_code cli_new_write(cli *c, const char *folder, const cli_new_file *file, const char *id);

#endif
