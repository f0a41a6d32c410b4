/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera plugin bench: time, instructions and memory of each item over made-up units. */
#include "cli/plugin_tools.h"
#include "report/plugin.h"

enum { BENCH_UNITS = 10000, BENCH_UNITS_MAX = 10000000 };

static mera_code bench_all(cli *c, const cli_plugin *p, size_t units)
{
    const size_t n = mera_plugin_n_ops(p->plugin);
    mera_cost *cost;
    MERA_TRY_NEW(cost, c->arena, n);
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(mera_plugin_measure(p->plugin, i, units, c->arena, &cost[i]));
    }
    return cli_format_is(c, "json")
               ? mera_report_costs_json(cost, n, units, &c->out)
               : mera_report_costs_table(cost, n, units, &c->view, c->arena, &c->out);
}

mera_code cli_plugin_bench(cli *c)
{
    const size_t units = c->args.units.given ? c->args.units.value : BENCH_UNITS;
    cli_plugin p;
    if (units == 0 || units > BENCH_UNITS_MAX) {
        return mera_fail(c->diags, MERA_EUSAGE, "bad-units", MERA_NOWHERE,
                         "--units takes 1 to %d units", (int)BENCH_UNITS_MAX);
    }
    MERA_TRY(cli_plugin_open(c, c->args.operands.v[0], &p));
    const mera_code code = bench_all(c, &p, units);
    cli_plugin_shut(&p);
    return code;
}
