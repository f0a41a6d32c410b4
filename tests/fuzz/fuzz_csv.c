/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: any bytes as a data file, described and read wide with a guessed key. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mera/mera.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_data(const char *path, mera_arena *arena, mera_diags *diags)
{
    mera_source source = {.path = path, .bad_rows = MERA_SKIP, .bad_numbers = MERA_AS_MISSING,
                          .duplicates = MERA_FIRST};
    mera_file_report report;
    if (mera_data_describe(&source, arena, diags, &report) != MERA_OK || report.n_fields == 0) {
        return;
    }
    source.key[0] = report.field[0].name;
    source.n_key = 1;
    const mera_read_request request = {.source = &source, .n_sources = 1, .threads = 1};
    mera_dataset *dataset = NULL;
    mera_data_read(&request, arena, diags, &dataset, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int fd = memfd_create("fuzz", 0);
    if (fd < 0) {
        return 0;
    }
    if (write(fd, data, size) == (ssize_t)size) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        mera_arena *arena = mera_arena_new();
        mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
        if (diags != NULL) {
            fuzz_data(path, arena, diags);
        }
        mera_arena_free(arena);
    }
    close(fd);
    return 0;
}
