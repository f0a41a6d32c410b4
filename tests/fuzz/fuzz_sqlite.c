/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fuzz target: any bytes as a SQLite database, described and read. The first byte says which layout
 * and whether its only table or a query is asked for; the rest is the file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mera/mera.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_read(mera_source source, mera_arena *arena, mera_diags *diags)
{
    mera_file_report report;
    mera_dataset *dataset = NULL;
    if (mera_data_describe(&source, arena, diags, &report) != MERA_OK || report.n_fields == 0) {
        return;
    }
    source.key[0] = report.field[0].name;
    source.n_key = 1;
    source.indicator = source.value = report.field[report.n_fields - 1].name;
    const mera_read_request request = {.source = &source, .n_sources = 1, .threads = 1};
    mera_data_read(&request, arena, diags, &dataset, NULL);
}

/* A file that SQLite can open by its name, in memory where the system has such a folder. */
static const char *fuzz_path(void)
{
    static char path[64];
    if (path[0] == '\0') {
        snprintf(path, sizeof path, "%s/mera_fuzz_%ld.db",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
    }
    return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const queries[] = {NULL, NULL, "SELECT * FROM t",
                                          "SELECT * FROM t ORDER BY 1 DESC",
                                          "SELECT k, sum(x) AS x FROM t GROUP BY k"};
    if (size < 2) {
        return 0;
    }
    FILE *file = fopen(fuzz_path(), "wb");
    if (file == NULL) {
        return 0;
    }
    const bool written = fwrite(data + 1, 1, size - 1, file) == size - 1;
    fclose(file);
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
    if (written && diags != NULL) {
        const mera_source source = {.path = fuzz_path(),
                                    .query = queries[data[0] % (sizeof queries / sizeof *queries)],
                                    .layout = data[0] & 0x40 ? MERA_LAYOUT_LONG : MERA_LAYOUT_WIDE,
                                    .bad_rows = MERA_SKIP,
                                    .bad_numbers = MERA_AS_MISSING,
                                    .duplicates = MERA_FIRST};
        fuzz_read(source, arena, diags);
    }
    mera_arena_free(arena);
    unlink(fuzz_path());
    return 0;
}
