/* SPDX-License-Identifier: Apache-2.0 */
/** @file Paths and folders, and why the system refused one. */
#include "io/path.h"

#include "base/grow.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

mera_code io_system(const char *path, const char *what, mera_at at, mera_diags *diags)
{
    const int why = errno;
    const bool asked = why == ENOENT || why == ENOTDIR || why == EISDIR || why == EACCES;
    return mera_fail(diags, asked ? MERA_EINPUT : MERA_ESYSTEM, why == ENOENT ? "no-file" : "file",
                     at, "'%s' cannot be %s: %s", path, what, strerror(why));
}

const char *mera_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

const char *mera_path_folder(const char *path, mera_arena *arena)
{
    const size_t n = (size_t)(mera_path_name(path) - path);
    if (n == 0) {
        return mera_arena_strdup(arena, ".");
    }
    return mera_arena_strndup(arena, path, n == 1 ? 1 : n - 1);
}

const char *mera_path_join(const char *folder, const char *name, mera_arena *arena)
{
    const size_t n = strlen(folder);
    if (n == 0 || strcmp(folder, ".") == 0) {
        return mera_arena_strdup(arena, name);
    }
    return mera_arena_printf(arena, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/", name);
}

const char *mera_path_beside(const char *base, const char *relative, mera_arena *arena)
{
    if (relative[0] == '/') {
        return mera_arena_strdup(arena, relative);
    }
    const char *folder = mera_path_folder(base, arena);
    return folder == NULL ? NULL : mera_path_join(folder, relative, arena);
}

static int file_name_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

mera_code mera_folder_list(const char *folder, mera_arena *arena, mera_diags *diags,
                           const char *const **names, size_t *n)
{
    DIR *open_folder = opendir(folder);
    if (open_folder == NULL) {
        return io_system(folder, "read", MERA_NOWHERE, diags);
    }
    mera_code code = MERA_OK;
    const char **list = NULL;
    size_t room = 0, count = 0;
    for (const struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        const char **grown = mera_grown(arena, list, &room, count + 1, sizeof *list);
        const char *copy = mera_arena_strdup(arena, entry->d_name);
        if (grown == NULL || copy == NULL) {
            code = MERA_ENOMEM;
            break;
        }
        list = grown;
        list[count++] = copy;
    }
    closedir(open_folder);
    if (count > 0) {
        qsort(list, count, sizeof *list, file_name_order);
    }
    *names = list;
    *n = count;
    return code;
}
