/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The parts of a zip archive, read as streams and bounded: a part that unpacks to far more than it
 * holds is refused (a zip bomb). A handle: its opener closes it.
 */
#ifndef MERA_IO_ZIP_H
#define MERA_IO_ZIP_H

#include "io/bytes.h"
#include "io/findings.h"

typedef struct io_zip {
    void *archive; /**< of libzip */
    io_findings *findings;
} io_zip;

/** Takes the next bytes of a part; false stops the reading. */
typedef bool io_zip_sink(void *user, const char *bytes, size_t n);

/** Opens an archive that lies in memory: `bytes` must outlive it. Why it cannot be is said. */
mera_code io_zip_open(const io_bytes *bytes, io_findings *findings, io_zip *zip);
void io_zip_close(io_zip *zip);

bool io_zip_has(const io_zip *zip, const char *part);

/** Pours a part into `sink`. A part that is damaged, encrypted or too large is refused; one that
 * the sink stopped is not. */
mera_code io_zip_pour(const io_zip *zip, const char *part, io_zip_sink *sink, void *user);

#endif
