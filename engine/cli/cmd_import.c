/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * mera import coinr: iData and iMeta of COINr into a folder with a methodology and data that score
 * to COINr's numbers. Overwrites nothing.
 */
#include "cli/cli.h"

#include <string.h>
#include <strings.h>

#include "cli/import_coinr.h"
#include "cli/new_files.h"
#include "io/file.h"

enum { IMPORT_LIMIT = 1 << 30 };

static mera_code import_missing(cli *c, const char *option)
{
    const mera_code rc = mera_fail(c->diags, MERA_EUSAGE, "missing-option", MERA_NOWHERE,
                                   "'import coinr' needs '--%s FILE'", option);
    mera_hint(c->diags, "mera import coinr --idata iData.csv --imeta iMeta.csv -o my-index");
    return rc;
}

/* The folder's name as an id: lower case, what is not allowed becomes '-'. */
static mera_code import_id(cli *c, const char *folder, const char **out)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    char *path = mera_arena_strndup(c->arena, folder, length);
    MERA_TRY_PTR(path);
    char *id = mera_arena_strdup(c->arena, mera_path_name(path));
    MERA_TRY_PTR(id);
    for (char *at = id; *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        *at = strchr("abcdefghijklmnopqrstuvwxyz0123456789_-", *at) != NULL ? *at : '-';
    }
    *out = *id != '\0' ? id : "coinr";
    return MERA_OK;
}

/* A workbook stays one: what reads its name should know. */
static const char *import_data_name(const char *idata)
{
    static const char *const kinds[] = {".xlsx", ".xlsm", ".xls", ".ods", ".db", ".sqlite"};
    static const char *const names[] = {"data.xlsx", "data.xlsm", "data.xls",
                                        "data.ods",  "data.db",   "data.sqlite"};
    const char *dot = strrchr(mera_path_name(idata), '.');
    for (size_t i = 0; dot != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcasecmp(dot, kinds[i]) == 0) {
            return names[i];
        }
    }
    return "data.csv";
}

static mera_code import_file(cli *c, const char *folder, const char *name, const char *bytes,
                             size_t n)
{
    const char *path = mera_path_join(folder, name, c->arena);
    MERA_TRY_PTR(path);
    return mera_file_write(path, bytes, n, c->diags);
}

static mera_code import_read(cli *c, import_coinr *in)
{
    const cli_args *args = &c->args;
    MERA_TRY(import_read_meta(args->imeta, c->arena, c->diags, in));
    mera_code code = import_read_data(args->idata, c->arena, c->diags, in);
    MERA_TRY_NEW(in->weights, c->arena, args->weights.n);
    for (size_t i = 0; i < args->weights.n; i++) {
        const mera_code one = import_read_weights(args->weights.v[i], c->arena, c->diags, in);
        code = code == MERA_OK ? one : code;
    }
    return code;
}

mera_code cli_import_coinr(cli *c)
{
    const char *folder = c->args.output != NULL ? c->args.output : "coinr-import";
    const char *id, *bytes;
    size_t n;
    import_coinr in = {0};
    mera_text methodology = {.arena = c->arena};
    c->args.output = NULL; /* a folder, into which the result goes itself */
    if (c->args.idata == NULL || c->args.imeta == NULL) {
        return import_missing(c, c->args.idata == NULL ? "idata" : "imeta");
    }
    in.data = import_data_name(c->args.idata);
    MERA_TRY(import_read(c, &in));
    MERA_TRY(import_id(c, folder, &id));
    MERA_TRY(import_write(&in, id, &methodology));
    MERA_TRY(
        mera_file_read(c->args.idata, IMPORT_LIMIT, MERA_NOWHERE, c->arena, c->diags, &bytes, &n));
    MERA_TRY(cli_new_folder(c, folder));
    MERA_TRY(import_file(c, folder, "methodology.yaml", methodology.data, methodology.n));
    MERA_TRY(import_file(c, folder, in.data, bytes, n));
    c->done = mera_arena_printf(c->arena, "%s is ready: mera score %s", folder, folder);
    return c->done == NULL ? MERA_ENOMEM : MERA_OK;
}
