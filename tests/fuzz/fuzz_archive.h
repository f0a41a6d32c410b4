/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Workbooks for fuzz targets: an archive whose parts are pieces of the input, so that a change of a
 * byte reaches the readers of XML. A byte of 1, which XML does not know, ends a piece; parts that
 * the input does not reach, or gives as nothing, are well-formed ones.
 */
#ifndef MERA_TESTS_FUZZ_ARCHIVE_H
#define MERA_TESTS_FUZZ_ARCHIVE_H

#include <stdlib.h>
#include <string.h>

#include "fuzz_data.h"

typedef struct fuzz_part {
    const char *name, *usual;
} fuzz_part;

typedef struct fuzz_zip {
    uint8_t *at;
    size_t n, room;
} fuzz_zip;

static void fuzz_put(fuzz_zip *zip, const void *bytes, size_t n)
{
    if (zip->n + n <= zip->room) {
        memcpy(zip->at + zip->n, bytes, n);
        zip->n += n;
    }
}

static void fuzz_number(fuzz_zip *zip, uint32_t number, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++) {
        fuzz_put(zip, &(uint8_t){(uint8_t)(number >> (8 * i))}, 1);
    }
}

static uint32_t fuzz_crc(const uint8_t *bytes, size_t n)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
        }
    }
    return ~crc;
}

/* What the headers of a part in the archive and in its directory have in common; nothing packed. */
static void fuzz_header(fuzz_zip *zip, const char *name, const uint8_t *bytes, size_t n)
{
    fuzz_number(zip, 20, 2);
    fuzz_number(zip, 0, 4);  /* flags, method, */
    fuzz_number(zip, 0, 2);  /* time */
    fuzz_number(zip, 33, 2); /* 1980-01-01 */
    fuzz_number(zip, fuzz_crc(bytes, n), 4);
    fuzz_number(zip, (uint32_t)n, 4);
    fuzz_number(zip, (uint32_t)n, 4);
    fuzz_number(zip, (uint32_t)strlen(name), 2);
    fuzz_number(zip, 0, 2);
}

/* The piece for a part: the next of the input, or the usual one. */
static const uint8_t *fuzz_piece(const uint8_t **data, size_t *size, const char *usual, size_t *n)
{
    const uint8_t *piece = *data;
    const uint8_t *end = *size == 0 ? NULL : memchr(piece, 1, *size);
    *n = end == NULL ? *size : (size_t)(end - piece);
    *data += *n + (end != NULL);
    *size -= *n + (end != NULL);
    if (*n > 0) {
        return piece;
    }
    *n = strlen(usual);
    return (const uint8_t *)usual;
}

/** Puts the input into the parts of an archive in their order and reads it. */
static inline void fuzz_archive(const fuzz_part *part, size_t n_parts, const uint8_t *data,
                                size_t size)
{
    fuzz_zip zip = {.room = size + (1 << 14)}, directory = {.room = 1 << 12};
    zip.at = malloc(zip.room);
    directory.at = malloc(directory.room);
    for (size_t i = 0; i < n_parts && zip.at != NULL && directory.at != NULL; i++) {
        size_t n = 0;
        const size_t place = zip.n;
        const uint8_t *bytes = fuzz_piece(&data, &size, part[i].usual, &n);
        fuzz_put(&zip, "PK\3\4", 4);
        fuzz_header(&zip, part[i].name, bytes, n);
        fuzz_put(&zip, part[i].name, strlen(part[i].name));
        fuzz_put(&zip, bytes, n);
        fuzz_put(&directory, "PK\1\2\24\0", 6);
        fuzz_header(&directory, part[i].name, bytes, n);
        fuzz_number(&directory, 0, 4); /* comment, disk, */
        fuzz_number(&directory, 0, 4); /* attributes */
        fuzz_number(&directory, 0, 2);
        fuzz_number(&directory, (uint32_t)place, 4);
        fuzz_put(&directory, part[i].name, strlen(part[i].name));
    }
    const size_t place = zip.n;
    fuzz_put(&zip, directory.at, directory.n);
    fuzz_put(&zip, "PK\5\6\0\0\0\0", 8);
    fuzz_number(&zip, (uint32_t)n_parts, 2);
    fuzz_number(&zip, (uint32_t)n_parts, 2);
    fuzz_number(&zip, (uint32_t)directory.n, 4);
    fuzz_number(&zip, (uint32_t)place, 4);
    fuzz_number(&zip, 0, 2);
    fuzz_data((mera_source){.header_rows = 1 + (n_parts + zip.n) % 2,
                            .merged = MERA_MERGED_FILL,
                            .footnotes = zip.n % 3 == 0},
              zip.at, zip.n);
    free(zip.at);
    free(directory.at);
}

#endif
