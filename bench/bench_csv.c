/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How fast a table of numbers is read into a dataset, beside `cat` of the same file and, where it
 * can be imported, pandas.read_csv with its C parser.
 *
 *     bench_csv [MEGABYTES [COLUMNS [DIGITS]]]
 *
 * The table is made anew in a temporary file: a key and COLUMNS numbers a row, each with DIGITS
 * decimals (0 to 15); without COLUMNS once with 300 and once with 20. Times are CPU seconds of this
 * process (user and system), of `cat`, and of pandas' reading without its start; the best of five
 * runs of each, of three for pandas.
 */
#include "base/hash.h"
#include "io/bytes.h"
#include "mera/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { BENCH_RUNS = 5 };

static double bench_cpu(int who)
{
    struct rusage usage;
    getrusage(who, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double bench_wall(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t bench_write(const char *path, size_t bytes, size_t n_columns, int digits)
{
    FILE *file = fopen(path, "w");
    size_t written = 0;
    uint64_t state = 1;
    if (file == NULL) {
        return 0;
    }
    written += (size_t)fprintf(file, "key");
    for (size_t i = 0; i < n_columns; i++) {
        written += (size_t)fprintf(file, ",c%zu", i);
    }
    written += (size_t)fprintf(file, "\n");
    for (size_t row = 0; written < bytes; row++) {
        written += (size_t)fprintf(file, "u%07zu", row);
        for (size_t i = 0; i < n_columns; i++) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            const double x = (double)(state >> 11) / 0x1p53 * 1000;
            written += (size_t)fprintf(file, ",%.*f", digits, x);
        }
        written += (size_t)fprintf(file, "\n");
    }
    return fclose(file) == 0 ? written : 0;
}

/* One reading; the code of it. */
static mera_code bench_read(const char *path, const char *const *columns, size_t n)
{
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    const char *key = "key";
    const mera_source source = {.path = path, .key = {key}, .n_key = 1};
    const mera_read_request request = {
        .source = &source, .n_sources = 1, .column = columns, .n_columns = n, .threads = 1};
    mera_dataset *data = NULL;
    const mera_code code = mera_data_read(&request, arena, diags, &data, NULL);
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        fprintf(stderr, "%s\n", mera_diag_text(diags, mera_diags_get(diags, i), arena));
    }
    mera_arena_free(arena);
    return code;
}

static void bench_say(const char *what, double cpu, double wall, size_t bytes)
{
    printf("%-28s %8.3f s CPU %8.3f s wall %8.0f MB/s of CPU\n", what, cpu, wall,
           (double)bytes / 1e6 / cpu);
}

static double bench_hash(const char *path)
{
    io_bytes bytes;
    char hex[65];
    const double before = bench_cpu(RUSAGE_SELF);
    if (io_bytes_open(path, MERA_NOWHERE, NULL, &bytes) == MERA_OK) {
        mera_sha256_of(bytes.at, bytes.n, hex);
        io_bytes_close(&bytes);
    }
    return bench_cpu(RUSAGE_SELF) - before;
}

static int bench_run(const char *path, size_t bytes, size_t n_columns)
{
    char(*names)[24] = calloc(n_columns, sizeof *names);
    const char **columns = calloc(n_columns, sizeof *columns);
    char command[256];
    double best[2] = {1e9, 1e9}, wall[2] = {0, 0};
    for (size_t i = 0; i < n_columns; i++) {
        snprintf(names[i], sizeof names[i], "c%zu", i);
        columns[i] = names[i];
    }
    snprintf(command, sizeof command, "cat '%s' > /dev/null", path);
    mera_code code = MERA_OK;
    for (int i = 0; i < 2 * BENCH_RUNS && code == MERA_OK; i++) {
        const int who = i % 2 == 0 ? RUSAGE_SELF : RUSAGE_CHILDREN;
        const double cpu = bench_cpu(who), start = bench_wall();
        if (i % 2 == 0) {
            code = bench_read(path, columns, n_columns);
        } else if (system(command) != 0) { /* NOLINT: the shell is part of the bench */
            code = MERA_ESYSTEM;
        }
        const double took = bench_cpu(who) - cpu;
        if (took < best[i % 2]) {
            best[i % 2] = took;
            wall[i % 2] = bench_wall() - start;
        }
    }
    bench_say("mera_data_read, 1 thread", best[0], wall[0], bytes);
    const double hash = bench_hash(path);
    bench_say("  of which SHA-256", hash, hash, bytes);
    bench_say("cat > /dev/null", best[1], wall[1], bytes);
    free(columns);
    free(names);
    return code == MERA_OK ? 0 : 1;
}

/* pandas says its own CPU seconds, wall seconds and version, or nothing when it is not there. */
static void bench_pandas(const char *path, size_t bytes)
{
    char command[1024], version[32];
    double cpu = 0, wall = 0;
    snprintf(command, sizeof command,
             "python3 -c 'import time, pandas\n"
             "best = None\n"
             "for i in range(3):\n"
             "    c, w = time.process_time(), time.perf_counter()\n"
             "    pandas.read_csv(\"%s\", engine=\"c\")\n"
             "    t = (time.process_time() - c, time.perf_counter() - w)\n"
             "    best = t if best is None or t < best else best\n"
             "print(*best, pandas.__version__)' 2>/dev/null",
             path);
    FILE *pipe = popen(command, "r"); /* NOLINT: the shell is part of the bench */
    if (pipe == NULL) {
        return;
    }
    const int got = fscanf(pipe, "%lf %lf %31s", &cpu, &wall, version);
    if (pclose(pipe) == 0 && got == 3) {
        snprintf(command, sizeof command, "pandas %s read_csv", version);
        bench_say(command, cpu, wall, bytes);
    } else {
        printf("%-28s cannot be imported here\n", "pandas");
    }
}

/* One shape of table, written, read by each, removed. */
static int bench_shape(size_t megabytes, size_t n_columns, int digits)
{
    char path[] = P_tmpdir "/mera_bench_XXXXXX";
    const int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0) {
        perror(path);
        return 1;
    }
    const size_t bytes = bench_write(path, megabytes * 1000000, n_columns, digits);
    printf("%.0f MB, %zu columns of numbers with %d decimals\n", (double)bytes / 1e6, n_columns,
           digits);
    const int code = bench_run(path, bytes, n_columns);
    bench_pandas(path, bytes);
    unlink(path);
    return code;
}

int main(int argc, char **argv)
{
    const size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
    const int digits = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 4;
    if (argc > 2) {
        return bench_shape(megabytes, strtoul(argv[2], NULL, 10), digits);
    }
    const int wide = bench_shape(megabytes, 300, digits);
    return wide != 0 ? wide : bench_shape(megabytes, 20, digits);
}
