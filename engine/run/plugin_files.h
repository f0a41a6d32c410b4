/* SPDX-License-Identifier: Apache-2.0 */
/** @file Reading the files of a plugin from its folder. */
#ifndef MERA_RUN_PLUGIN_FILES_H
#define MERA_RUN_PLUGIN_FILES_H

#include "lua/host.h"
#include "mera/plan.h"

/** Reads plugin.lua and every other NAME.lua of the folder. `at` says who asked. */
mera_code mera_plugin_files_read(const char *folder, mera_at at, mera_arena *arena,
                                 mera_diags *diags, mera_plugin_files *out);

/** A file of a plugin, if it is there, is a plain one: links lead elsewhere, pipes never end. */
mera_code mera_plugin_file_check(const char *path, mera_at at, mera_diags *diags);

/** The limits of a plugin found in a folder, and whether it runs in a process of its own. */
mera_code mera_run_plugin_limits(const mera_engine *engine, const char *name, const char *folder,
                                 mera_arena *arena, mera_lua_limits *out);

#endif
