/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The files of a plugin: plugin.lua and the modules beside it, read before anything runs. Links are
 * refused, so that what runs is what stands in the folder.
 */
#include "run/plugin_files.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "io/file.h"

enum { FILES_MAX_BYTES = 1 << 20 };

/* "name" of "name.lua"; NULL when the file is no module. */
static const char *files_module_name(const char *file, mera_arena *arena)
{
    const size_t n = strlen(file);

    if (n <= 4 || strcmp(file + n - 4, ".lua") != 0 || strcmp(file, "plugin.lua") == 0) {
        return NULL;
    }
    return mera_arena_strndup(arena, file, n - 4);
}

mera_code mera_plugin_file_check(const char *path, mera_at at, mera_diags *diags)
{
    struct stat about;

    if (lstat(path, &about) == 0 && !S_ISREG(about.st_mode)) { /* a pipe would never end */
        return mera_fail(diags, MERA_EINPUT, "plugin-link", at, "'%s' is %s; %s", path,
                         S_ISLNK(about.st_mode) ? "a link" : "not a plain file",
                         "the files of a plugin stand in its own folder");
    }
    return MERA_OK;
}

static mera_code files_read_one(const char *path, mera_at at, mera_arena *arena, mera_diags *diags,
                                const char **text, size_t *n)
{
    MERA_TRY(mera_plugin_file_check(path, at, diags));
    MERA_TRY(mera_file_read(path, FILES_MAX_BYTES, at, arena, diags, text, n));
    mera_diags_source(diags, path, *text, *n);
    return MERA_OK;
}

static mera_code files_modules(const char *folder, mera_at at, mera_arena *arena, mera_diags *diags,
                               mera_plugin_files *out)
{
    const char *const *names;
    mera_module *module;
    size_t n;

    MERA_TRY(mera_folder_list(folder, arena, diags, &names, &n));
    MERA_TRY_NEW(module, arena, MERA_MODULES_MAX);
    for (size_t i = 0; i < n; i++) {
        const char *name = files_module_name(names[i], arena);
        mera_module *one = &module[out->n_modules];

        if (name == NULL) {
            continue;
        }
        if (out->n_modules == MERA_MODULES_MAX) {
            return mera_fail(diags, MERA_ELIMIT, "plugin-modules", at,
                             "'%s' has more than %d modules", folder, (int)MERA_MODULES_MAX);
        }
        *one = (mera_module){.name = name, .file = names[i]};
        one->path = mera_path_join(folder, names[i], arena);
        MERA_TRY_PTR(one->path);
        MERA_TRY(files_read_one(one->path, at, arena, diags, &one->text, &one->n));
        out->n_modules++;
    }
    out->module = module;
    return MERA_OK;
}

mera_code mera_plugin_files_read(const char *folder, mera_at at, mera_arena *arena,
                                 mera_diags *diags, mera_plugin_files *out)
{
    const char *script = mera_path_join(folder, "plugin.lua", arena);

    *out = (mera_plugin_files){.folder = folder};
    MERA_TRY_PTR(script);
    MERA_TRY(files_read_one(script, at, arena, diags, &out->source, &out->n));
    return files_modules(folder, at, arena, diags, out);
}
