/* SPDX-License-Identifier: Apache-2.0 */
/** @file Reading the files of a plugin from its folder. */
#ifndef MERA_RUN_PLUGIN_FILES_H
#define MERA_RUN_PLUGIN_FILES_H

#include "lua/host.h"

/** Reads plugin.lua and every other NAME.lua of the folder. `at` says who asked. */
mera_code mera_plugin_files_read(const char *folder, mera_at at, mera_arena *arena,
                                 mera_diags *diags, mera_plugin_files *out);

#endif
