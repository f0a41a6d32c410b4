/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Compound files, in which old workbooks are: a file system in a file ([MS-CFB]). A stream is put
 * together from its sectors; chains that leave the file or come back are refused.
 */
#ifndef MERA_IO_CFB_H
#define MERA_IO_CFB_H

#include "io/bytes.h"
#include "io/findings.h"

#include "base/text.h"

typedef struct io_cfb {
    const uint8_t *at;
    size_t n;
    io_findings *findings;
    mera_arena *arena;
    size_t sector; /**< bytes of one */
    uint32_t *fat; /**< by sector, the next one */
    size_t n_fat;
    mera_slice directory, small; /**< the stream of the entries, and that of small streams */
    uint32_t *small_fat;
    size_t n_small_fat;
    uint32_t cutoff; /**< streams shorter than this are in `small` */
} io_cfb;

/** Do the bytes begin as a compound file? */
bool io_cfb_is(mera_slice bytes);

/** Opens a compound file that lies in memory: `bytes` must outlive it. */
mera_code io_cfb_open(mera_slice bytes, io_findings *findings, mera_arena *arena, io_cfb *cfb);

/** A stream by its name in ASCII; *found is false when there is none of that name. */
mera_code io_cfb_stream(io_cfb *cfb, const char *name, bool *found, mera_slice *out);

#endif
