/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the commands for authors of plugins share: finding one, opening it, its sample. */
#ifndef MERA_CLI_PLUGIN_TOOLS_H
#define MERA_CLI_PLUGIN_TOOLS_H

#include "cli/cli.h"
#include "lua/trial.h"

/** A plugin under work. Its plugin is closed by cli_plugin_shut(). */
typedef struct cli_plugin {
    const char *folder;
    mera_plugin_files files;
    mera_plugin *plugin;
} cli_plugin;

/** The folders to look in: `plugins` here, then those of every command. */
mera_code cli_plugin_places(const cli *c, mera_text_list *out);

/** Finds a plugin by its folder or its name and opens it: in a process of its own unless it came
 * with mera or the user trusts it. */
mera_code cli_plugin_open(cli *c, const char *name, cli_plugin *out);

/** The same to look at only: its script runs in a process of its own, whoever wrote it. */
mera_code cli_plugin_look(cli *c, const char *name, cli_plugin *out);
void cli_plugin_shut(cli_plugin *p);

/** The file tests/fixture.csv of the plugin as a sample; n = 0 when there is none. */
mera_code cli_plugin_fixture(cli *c, const cli_plugin *p, mera_sample *out);

/** Any data file as a sample: its first field is the unit. */
mera_code cli_plugin_sample(cli *c, const char *path, const mera_text_list *texts,
                            mera_sample *out);

/** The texts of units that the items of a plugin declare, each once. */
mera_code cli_plugin_texts(const cli *c, const mera_plugin *plugin, mera_text_list *out);

#endif
