/* SPDX-License-Identifier: Apache-2.0 */
/** @file Reading and writing the file of --keep (cli/keep_file.h). */
#include "cli/keep_file.h"

#include "io/file.h"

enum { KEEP_LIMIT = 1 << 30 };

static mera_code keep_folder(cli *c)
{
    const char *folder = mera_path_folder(c->args.keep, c->arena);
    MERA_TRY_PTR(folder);
    if (mera_file_is_folder(folder)) {
        return MERA_OK;
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "no-folder", MERA_NOWHERE,
                                     "'--keep %s': there is no folder '%s'", c->args.keep, folder);
    mera_hint(c->diags, "make it, or name a file in another one");
    return code;
}

mera_code cli_keep_file_read(cli *c, const void **bytes, size_t *size)
{
    const char *text;
    *bytes = NULL;
    *size = 0;
    MERA_TRY(c->args.keep != NULL ? keep_folder(c) : MERA_OK);
    if (c->args.keep == NULL || !mera_file_exists(c->args.keep)) {
        return MERA_OK;
    }
    MERA_TRY(mera_file_read(c->args.keep, KEEP_LIMIT, (mera_at){.file = c->args.keep}, c->arena,
                            c->diags, &text, size));
    *bytes = text;
    return MERA_OK;
}

mera_code cli_keep_file_within(cli *c, mera_code code, const void *bytes)
{
    return code == MERA_EINPUT && bytes != NULL
               ? mera_within(c->diags, code, MERA_NOWHERE, "going on with what is kept in %s",
                             c->args.keep)
               : code;
}

mera_code cli_keep_file_write(cli *c, const void *bytes, size_t size, uint64_t done,
                              const char *of_what)
{
    if (c->args.keep == NULL || bytes == NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_file_write(c->args.keep, bytes, size, c->diags));
    c->done = mera_arena_printf(c->arena, "%llu %s are kept in %s", (unsigned long long)done,
                                of_what, c->args.keep);
    return c->done != NULL ? MERA_OK : MERA_ENOMEM;
}

const char *cli_keep_file_hint(const cli *c)
{
    return c->args.keep != NULL ? "the same command goes on from there"
                                : "with --keep FILE a run can be gone on with";
}
