/* SPDX-License-Identifier: Apache-2.0 */
/** @file Versions of plugins and wishes for them. */
#ifndef MERA_LUA_VERSION_H
#define MERA_LUA_VERSION_H

#include <stdbool.h>
#include <stddef.h>

#include "mera/error.h"

/** Reads "1.2.3" (one to three numbers) into parts; false when it is none. */
bool mera_version_read(const char *text, size_t n, int parts[3], int *n_parts);

/** Is the version what the wish (">=1.2 <2") asks for? A wish that is none is a problem at `at`. */
bool mera_version_satisfies(const char *text, const char *wish, mera_at at, mera_diags *diags);

#endif
