/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera new: a folder with a methodology and data that score at once. Overwrites nothing. */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/new_files.h"
#include "io/file.h"

static mera_code new_check_name(cli *c, const char *id)
{
    if (id[0] == '\0' || id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-")] != '\0') {
        return mera_fail(c->diags, MERA_EUSAGE, "bad-name", MERA_NOWHERE,
                         "'%s' cannot be a methodology's name: it may hold a-z, 0-9, _ and -", id);
    }
    return MERA_OK;
}

mera_code cli_new_folder(cli *c, const char *path)
{
    if (mkdir(path, 0777) != 0) {
        const int error = errno;
        return mera_fail(c->diags, error == EEXIST ? MERA_EUSAGE : MERA_ESYSTEM, "folder",
                         (mera_at){.file = path}, "this folder cannot be made: %s",
                         strerror(error));
    }
    return MERA_OK;
}

/** The text with "{id}" replaced. */
static const char *new_text(cli *c, const char *text, const char *id)
{
    mera_text out = {.arena = c->arena};
    for (const char *mark; (mark = strstr(text, "{id}")) != NULL; text = mark + strlen("{id}")) {
        mera_text_add_n(&out, text, (size_t)(mark - text));
        mera_text_add(&out, id);
    }
    mera_text_add(&out, text);
    return mera_text_string(&out);
}

mera_code cli_new_write(cli *c, const char *folder, const cli_new_file *file, const char *id)
{
    const char *path = mera_path_join(folder, file->path, c->arena);
    const char *text = new_text(c, file->text, id);
    if (path == NULL || text == NULL) {
        return MERA_ENOMEM;
    }
    return mera_file_write(path, text, strlen(text), c->diags);
}

mera_code cli_new(cli *c)
{
    const char *folder = c->args.operands.v[0];
    const char *id = mera_path_name(folder);
    MERA_TRY(new_check_name(c, id));
    MERA_TRY(cli_new_folder(c, folder));
    const char *data = mera_path_join(folder, "data", c->arena);
    MERA_TRY_PTR(data);
    MERA_TRY(cli_new_folder(c, data));
    for (const cli_new_file *file = cli_new_files(); file->path != NULL; file++) {
        MERA_TRY(cli_new_write(c, folder, file, id));
    }
    c->done = mera_arena_printf(c->arena, "%s is ready: mera score %s", folder, folder);
    return c->done == NULL ? MERA_ENOMEM : MERA_OK;
}
