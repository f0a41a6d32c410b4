/* SPDX-License-Identifier: Apache-2.0 */
/** @file The bytes of a file, mapped where the system can: a handle that its opener closes. */
#ifndef MERA_IO_BYTES_H
#define MERA_IO_BYTES_H

#include "mera/error.h"

typedef struct io_bytes {
    const char *at;
    size_t n;
    void *map;  /**< to unmap, or NULL */
    void *heap; /**< to free, or NULL */
} io_bytes;

/** Opens a file to read, with the reason and a nearby name when it cannot: `*fd` is the caller's.
 */
mera_code io_open(const char *path, mera_at at, mera_diags *diags, int *fd);

mera_code io_bytes_open(const char *path, mera_at at, mera_diags *diags, io_bytes *out);
void io_bytes_close(io_bytes *bytes);

/** Gives back the memory of mapped bytes that will hardly be looked at again; when they are, they
 * are read anew. A pass over a large file so takes no more than a piece of it. */
void io_bytes_done(const io_bytes *bytes, const char *from, const char *to);

/** What one pass over all bytes finds out. */
typedef struct io_scan {
    char sha256[65];
    bool has_zero; /**< a byte of 0 */
    size_t n_utf8; /**< so many bytes from the first are valid UTF-8 without bytes of 0 */
} io_scan;

void io_bytes_scan(const io_bytes *bytes, io_scan *out);

#endif
