/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera plugin doc, mera plugin stubs: pages from the tables of functions and parameters. */
#include "cli/plugin_tools.h"
#include "report/plugin.h"

mera_code cli_plugin_doc(cli *c)
{
    cli_plugin p;
    if (c->args.operands.n == 0) {
        return mera_report_lua_page(&c->out);
    }
    MERA_TRY(cli_plugin_look(c, c->args.operands.v[0], &p));
    const mera_code code = mera_report_plugin_page(p.plugin, c->arena, &c->out);
    cli_plugin_shut(&p);
    return code;
}

mera_code cli_plugin_stubs(cli *c)
{
    return mera_report_lua_stubs(&c->out);
}
