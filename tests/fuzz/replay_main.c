/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Runs a fuzz target over files without libFuzzer: every file of the given folders, and each of
 * them cut short and with single bytes changed, from a fixed seed. What crashes or trips a
 * sanitizer fails the test.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { REPLAY_MAX = 1 << 20, REPLAY_MUTANTS = 40 };

static uint64_t replay_next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* An exact-size copy, so that a read past the end is seen. */
static void replay_one(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (copy != NULL) {
        memcpy(copy, data, size);
        LLVMFuzzerTestOneInput(copy, size);
        free(copy);
    }
}

static void replay_mutants(uint8_t *data, size_t size)
{
    uint64_t state = size + 1;
    for (int i = 0; i < REPLAY_MUTANTS && size > 0; i++) {
        const size_t at = replay_next(&state) % size;
        const uint8_t kept = data[at];
        data[at] = i % 2 ? (uint8_t)replay_next(&state) : (uint8_t) "\n\t:;,\"'[]{}#&*-|> 0"[at % 19];
        replay_one(data, i % 5 == 0 ? at : size);
        data[at] = kept;
    }
}

static int replay_file(const char *path, uint8_t *buffer)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return 0;
    }
    const size_t size = fread(buffer, 1, REPLAY_MAX, file);
    fclose(file);
    replay_one(buffer, size);
    if (size < 1 << 16) {
        replay_mutants(buffer, size);
    }
    return 1;
}

int main(int argc, char **argv)
{
    uint8_t *buffer = malloc(REPLAY_MAX);
    int files = 0;
    for (int i = 1; i < argc && buffer != NULL; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            fprintf(stderr, "no folder %s\n", argv[i]);
            return 1;
        }
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            files += entry->d_name[0] == '.' ? 0 : replay_file(path, buffer);
        }
        closedir(folder);
    }
    free(buffer);
    printf("%d files, each whole and in %d variants\n", files, REPLAY_MUTANTS);
    return files > 0 ? 0 : 1;
}
