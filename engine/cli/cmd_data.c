/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera data describe: what is in a file before any methodology reads it. */
#include "cli/cli.h"

static mera_code data_write(cli *c, const mera_file_report *file, size_t n)
{
    if (cli_format_is(c, "json")) {
        return mera_report_describe_json(file, n, &c->out);
    }
    if (cli_format_is(c, "csv")) {
        return mera_report_describe_csv(file, n, &c->out);
    }
    for (size_t i = 0; i < n; i++) {
        mera_text_add(&c->out, i > 0 ? "\n" : "");
        MERA_TRY(mera_report_describe_table(&file[i], &c->view, c->arena, &c->out));
    }
    return MERA_OK;
}

mera_code cli_data_describe(cli *c)
{
    mera_file_report *file;
    const size_t n = c->args.operands.n;
    mera_code code = MERA_OK;
    MERA_TRY_NEW(file, c->arena, n);
    for (size_t i = 0; i < n; i++) { /* every file is looked at: all problems at once */
        const mera_source source = {.path = c->args.operands.v[i],
                                    .encoding = c->args.encoding,
                                    .sheet = c->args.sheet,
                                    .range = c->args.range,
                                    .header_rows = c->args.header_rows.value};
        const mera_code one = mera_data_describe(&source, c->arena, c->diags, &file[i]);
        code = code == MERA_OK ? one : code;
    }
    MERA_TRY(code);
    return data_write(c, file, n);
}
