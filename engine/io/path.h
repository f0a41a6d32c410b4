/* SPDX-License-Identifier: Apache-2.0 */
/** @file Paths and folders. */
#ifndef MERA_IO_PATH_H
#define MERA_IO_PATH_H

#include "mera/error.h"

/** `base` is a file: its folder and `relative` joined; an absolute `relative` stays. NULL = no
 * memory. */
const char *mera_path_beside(const char *base, const char *relative, mera_arena *arena);
/** `folder/name`. */
const char *mera_path_join(const char *folder, const char *name, mera_arena *arena);
const char *mera_path_folder(const char *path, mera_arena *arena);
const char *mera_path_name(const char *path); /**< after the last slash */
/** Names in a folder, sorted by bytes, without "." and "..". */
mera_code mera_folder_list(const char *folder, mera_arena *arena, mera_diags *diags,
                           const char *const **names, size_t *n);

/** Says why `path` could not be read or written, by errno, and returns the code for it. */
mera_code io_system(const char *path, const char *what, mera_at at, mera_diags *diags);

#endif
