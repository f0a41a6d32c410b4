/* SPDX-License-Identifier: Apache-2.0 */
/** @file Results that are tables of rows: CSV, or a workbook. */
#include "cli/cli.h"

#include "report/sheets.h"

bool cli_wants_rows(const cli *c)
{
    return cli_format_is(c, "csv") || cli_format_is(c, "xlsx");
}

/** The names after --variant as one text, or NULL. */
static mera_code rows_variants(cli *c, const char **out)
{
    mera_text text = {.arena = c->arena};
    for (size_t i = 0; i < c->args.variant.n; i++) {
        mera_text_addf(&text, "%s%s", i > 0 ? ", " : "", c->args.variant.v[i]);
    }
    *out = text.n > 0 ? mera_text_string(&text) : NULL;
    return text.failed ? MERA_ENOMEM : MERA_OK;
}

mera_code cli_rows_begin(cli *c, const mera_result *result)
{
    mera_sheets_view *view;
    if (!cli_format_is(c, "xlsx")) {
        c->rows.csv = &c->out;
        return MERA_OK;
    }
    MERA_TRY_NEW(view, c->arena, 1);
    view->view = c->view;
    view->result = result;
    view->command = mera_arena_printf(c->arena, "mera %s", c->command->name);
    MERA_TRY_PTR(view->command);
    view->changes = (mera_text_list){c->args.set.n, c->args.set.v};
    MERA_TRY(rows_variants(c, &view->variant));
    return mera_sheets_open(view, c->arena, c->diags, &c->rows.sheets);
}

void cli_rows_close(cli *c)
{
    mera_sheets_discard(c->rows.sheets);
}

mera_code cli_rows_end(cli *c)
{
    return c->rows.sheets == NULL ? MERA_OK : mera_sheets_finish(c->rows.sheets, c->diags, &c->out);
}
