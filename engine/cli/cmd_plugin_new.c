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

static mera_code new_no_kind(cli *c, const char *wanted)
{
    mera_text text = {.arena = c->arena};
    mera_text_add(&text, cli_plugin_indicator()->name);
    for (const cli_plugin_kind *kind = cli_plugin_kinds(); kind->name != NULL; kind++) {
        mera_text_addf(&text, ", %s", kind->name);
    }
    MERA_TRY_PTR(mera_text_string(&text));
    return mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                     "'--kind %s' is not known: it is one of %s", wanted, text.data);
}

static mera_code new_kind(cli *c, const cli_plugin_kind **out)
{
    const char *wanted = c->args.kind;
    *out = cli_plugin_indicator();
    if (wanted == NULL || mera_streq(wanted, (*out)->name)) {
        return MERA_OK;
    }
    for (*out = cli_plugin_kinds(); (*out)->name != NULL; (*out)++) {
        if (mera_streq(wanted, (*out)->name)) {
            return MERA_OK;
        }
    }
    return new_no_kind(c, wanted);
}

/** The texts with "{use}" replaced. */
static mera_code new_files(cli *c, const char *folder, const char *id, const cli_plugin_kind *kind)
{
    static const char mark[] = "{use}";
    const cli_new_file own[] = {{"plugin.lua", kind->script}, {"tests/basic.lua", kind->tests}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        MERA_TRY(cli_new_write(c, folder, &own[i], id));
    }
    for (const cli_new_file *file = cli_plugin_new_files(); file->path != NULL; file++) {
        const char *at = strstr(file->text, mark);
        cli_new_file whole = *file;
        if (at != NULL) {
            whole.text = mera_arena_printf(c->arena, "%.*s%s%s", (int)(at - file->text), file->text,
                                           kind->use, at + sizeof mark - 1);
            MERA_TRY_PTR(whole.text);
        }
        MERA_TRY(cli_new_write(c, folder, &whole, id));
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
    const cli_plugin_kind *kind;
    MERA_TRY(new_plugin_name(c, id));
    MERA_TRY(new_kind(c, &kind));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *path = i == 0 ? folder : mera_path_join(folder, folders[i], c->arena);
        MERA_TRY_PTR(path);
        MERA_TRY(cli_new_folder(c, path));
    }
    MERA_TRY(new_files(c, folder, id, kind));
    MERA_TRY(new_stubs(c, folder));
    c->done = mera_arena_printf(c->arena, "%s is ready: mera plugin test %s", folder, folder);
    return c->done == NULL ? MERA_ENOMEM : MERA_OK;
}
