/* SPDX-License-Identifier: Apache-2.0 */
/** @file Files: reading whole ones, writing beside the target and renaming. */
#ifndef MERA_IO_FILE_H
#define MERA_IO_FILE_H

#include "base/text.h"
#include "io/path.h"

/** Reads a whole file into the arena; `*bytes` has a NUL after it. `at` says who asked. More than
 * `limit` bytes are refused with MERA_ELIMIT; 0 = no limit. */
mera_code mera_file_read(const char *path, size_t limit, mera_at at, mera_arena *arena,
                         mera_diags *diags, const char **bytes, size_t *n);

/** As mera_file_read(), after what the text has; an empty one takes it in one piece of memory. */
mera_code mera_file_add(const char *path, size_t limit, mera_at at, mera_diags *diags,
                        mera_text *text);

/** Writes a file atomically: beside its target, then renamed. "-" is standard output. */
mera_code mera_file_write(const char *path, const char *bytes, size_t n, mera_diags *diags);

bool mera_file_exists(const char *path);
bool mera_file_is_folder(const char *path);

#endif
