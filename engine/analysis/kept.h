/* SPDX-License-Identifier: Apache-2.0 */
/** @file Draws and runs that are kept as bytes, to be gone on with (analysis/kept.c). */
#ifndef MERA_ANALYSIS_KEPT_H
#define MERA_ANALYSIS_KEPT_H

#include "mera/robust.h"

/** What was done so far. */
typedef struct mera_kept {
    uint64_t kind; /**< of the work; raised with its format */
    uint64_t done, failed;
    size_t n_failures;
    const mera_robust_failure *failure;
    const void *counts; /**< what the kind of work counts; words lie in it as words have to */
    size_t size;        /**< of counts, in bytes */
} mera_kept;

/** As bytes, in the arena. */
mera_code mera_kept_write(const mera_kept *kept, mera_arena *arena, const void **bytes,
                          size_t *size);
/** Bytes of `kind` back again. MERA_EINPUT: they are something else, or damaged. */
mera_code mera_kept_read(const void *bytes, size_t size, uint64_t kind, mera_arena *arena,
                         mera_diags *diags, mera_kept *out);

#endif
