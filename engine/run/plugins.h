/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: the plugins of a project, and formulas that need no data to be checked. */
#ifndef MERA_RUN_PLUGINS_H
#define MERA_RUN_PLUGINS_H

#include "run/internal.h"

/** Finds and loads every plugin asked for and adds its operations to the project's registry. */
mera_code mera_run_load_plugins(mera_project *project, const char *path, mera_diags *diags);

/** Compiles every formula of the methodology once, so that mistakes show before data are read. */
mera_code mera_run_check_formulas(const mera_project *project, mera_diags *diags);

/** Does an indicator or a node have a formula? Without one no Lua state is needed. */
bool mera_run_has_formulas(const mera_methodology *m);

/** Limits of Lua that the engine was opened with. */
mera_lua_limits mera_run_lua_limits(const mera_engine *engine);

#endif
