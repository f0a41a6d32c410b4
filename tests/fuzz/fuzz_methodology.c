/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: any bytes as a methodology, through resolve, bind and writing it out again. */
#include <string.h>

#include "mera/mera.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct fuzz_file {
    const uint8_t *data;
    size_t size;
} fuzz_file;

static mera_code fuzz_read(void *self, const char *path, size_t limit, mera_at at,
                           mera_arena *arena, mera_diags *diags, const char **bytes, size_t *n)
{
    const fuzz_file *file = self;
    if (strcmp(path, "methodology.yaml") != 0) {
        return mera_fail(diags, MERA_EINPUT, "no-file", at, "there is no file '%s'", path);
    }
    if (file->size > limit) {
        return mera_fail(diags, MERA_ELIMIT, "too-large", at, "'%s' is too large", path);
    }
    char *copy = mera_arena_strndup(arena, (const char *)file->data, file->size);
    MERA_TRY_PTR(copy);
    *bytes = copy;
    *n = file->size;
    return MERA_OK;
}

static void fuzz_bind(const mera_reader *reader, mera_arena *arena, mera_diags *diags)
{
    const mera_value *tree = NULL;
    mera_registry *registry = NULL;
    const mera_methodology *methodology = NULL;
    if (mera_methodology_resolve(reader, "methodology.yaml", NULL, NULL, 0, arena, diags, &tree) !=
            MERA_OK ||
        mera_registry_new(arena, &registry) != MERA_OK) {
        return;
    }
    mera_methodology_text(tree, arena);
    mera_methodology_bind(tree, "methodology.yaml", registry, arena, diags, &methodology);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_file file = {data, size};
    const mera_reader reader = {fuzz_read, &file};
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
    if (diags != NULL) {
        fuzz_bind(&reader, arena, diags);
        mera_diags_sort(diags);
        for (size_t i = 0; i < mera_diags_size(diags) && i < 50; i++) {
            mera_diag_text(diags, mera_diags_get(diags, i), arena);
        }
    }
    mera_arena_free(arena);
    return 0;
}
