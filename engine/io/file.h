/* SPDX-License-Identifier: Apache-2.0 */
/** @file Files: reading whole ones, writing beside the target and renaming. */
#ifndef MERA_IO_FILE_H
#define MERA_IO_FILE_H

#include "mera/error.h"

/** Reads a whole file into the arena; `*bytes` has a NUL after it. `at` says who asked. More than
 * `limit` bytes are refused with MERA_ELIMIT; 0 = no limit. */
mera_code mera_file_read(const char *path, size_t limit, mera_at at, mera_arena *arena,
                         mera_diags *diags, const char **bytes, size_t *n);

/** Writes a file atomically: beside its target, then renamed. "-" is standard output. */
mera_code mera_file_write(const char *path, const char *bytes, size_t n, mera_diags *diags);

bool mera_file_exists(const char *path);
bool mera_file_is_folder(const char *path);
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

#endif
