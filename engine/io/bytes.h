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

#endif
