/* SPDX-License-Identifier: Apache-2.0 */
/** @file Inside of mera_diags, for the two files that implement it. */
#ifndef MERA_BASE_DIAG_H
#define MERA_BASE_DIAG_H

#include "mera/error.h"

/** A file that problems speak of. */
typedef struct diag_file {
    const char *name; /**< NULL: no file */
    const char *text; /**< lent; NULL when nobody gave it */
    size_t length;
    size_t order; /**< in which it was first met */
} diag_file;

typedef struct diag_entry {
    mera_diag problem;
    mera_frame *frames; /**< the same as problem.frames, writable */
    size_t room_frames;
    size_t file_order;
    size_t order;
} diag_entry;

struct mera_diags {
    mera_arena *arena;
    diag_entry **entries; /**< pointers, so that what mera_diags_get() gave stays where it is */
    size_t n, room;
    diag_entry *last; /**< recorded last, wherever sorting has put it */
    diag_file **files;
    size_t n_files, room_files;
};

/** What is known about a file, or NULL. */
const diag_file *mera_diags_file(const mera_diags *diags, const char *file);

#endif
