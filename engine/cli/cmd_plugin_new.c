/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera plugin new: a folder with a plugin whose tests pass at once. Overwrites nothing. */
#include "cli/cli.h"
#include "cli/new_files.h"
#include "report/plugin.h"

#include <string.h>

#include "io/file.h"

static mera_code new_plugin_name(cli *c, const char *id)
{
    const bool first = (id[0] >= 'a' && id[0] <= 'z') || id[0] == '_';
    if (!first || id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_")] != '\0') {
        return mera_fail(c->diags, MERA_EUSAGE, "bad-name", MERA_NOWHERE,
                         "'%s' cannot be a plugin's name: it may hold a-z, 0-9 and _, a letter "
                         "first",
                         id);
    }
    return MERA_OK;
}

static mera_code new_stubs(cli *c, const char *folder)
{
    const char *path = mera_path_join(folder, ".luals/mera.lua", c->arena);
    mera_text text = {.arena = c->arena};
    MERA_TRY_PTR(path);
    MERA_TRY(mera_report_lua_stubs(&text));
    return mera_file_write(path, text.data, text.n, c->diags);
}

mera_code cli_plugin_new(cli *c)
{
    static const char *const folders[] = {"", "tests", ".luals"};
    const char *folder = c->args.operands.v[0];
    const char *id = mera_path_name(folder);
    MERA_TRY(new_plugin_name(c, id));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *path = i == 0 ? folder : mera_path_join(folder, folders[i], c->arena);
        MERA_TRY_PTR(path);
        MERA_TRY(cli_new_folder(c, path));
    }
    for (const cli_new_file *file = cli_plugin_new_files(); file->path != NULL; file++) {
        MERA_TRY(cli_new_write(c, folder, file, id));
    }
    MERA_TRY(new_stubs(c, folder));
    c->done = mera_arena_printf(c->arena, "%s is ready: mera plugin test %s", folder, folder);
    return c->done == NULL ? MERA_ENOMEM : MERA_OK;
}
