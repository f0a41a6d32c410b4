/* SPDX-License-Identifier: Apache-2.0 */
/** @file Any bytes as a data file, for fuzz targets: described, then read with a guessed key. */
#ifndef MERA_TESTS_FUZZ_DATA_H
#define MERA_TESTS_FUZZ_DATA_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mera/mera.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_described(mera_source source, mera_arena *arena, mera_diags *diags)
{
    mera_file_report report;
    if (mera_data_describe(&source, arena, diags, &report) != MERA_OK || report.n_fields == 0) {
        return;
    }
    if (source.layout != MERA_LAYOUT_BLOCKS) { /* they have a field of names */
        source.key[0] = report.field[0].name;
        source.n_key = 1;
    }
    if (source.layout == MERA_LAYOUT_LONG) {
        source.indicator = report.field[report.n_fields / 2].name;
        source.value = report.field[report.n_fields - 1].name;
    }
    const mera_read_request request = {.source = &source, .n_sources = 1, .threads = 1};
    mera_dataset *dataset = NULL;
    mera_data_read(&request, arena, diags, &dataset, NULL);
}

/** Reads the bytes as `source` says; its path is set here. */
static inline void fuzz_data(mera_source source, const void *bytes, size_t n)
{
    const int fd = memfd_create("fuzz", 0);
    if (fd < 0) {
        return;
    }
    if (write(fd, bytes, n) == (ssize_t)n) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        mera_arena *arena = mera_arena_new();
        mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
        source.path = path;
        source.bad_rows = MERA_SKIP;
        source.bad_numbers = MERA_AS_MISSING;
        source.duplicates = MERA_FIRST;
        if (diags != NULL) {
            fuzz_described(source, arena, diags);
        }
        mera_arena_free(arena);
    }
    close(fd);
}

#endif
