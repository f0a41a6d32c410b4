/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera robustness: how sure places are when weights are a matter of choice. */
#include "cli/session.h"

static mera_code robustness_write(cli *c, const mera_robust *robust, const mera_robust_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_robust_json(robust, view, c->arena, &c->out);
    }
    if (cli_format_is(c, "csv")) {
        return mera_report_robust_csv(robust, view, c->arena, &c->out);
    }
    return mera_report_robust_table(robust, view, c->arena, &c->out);
}

/** What would be read as «not said», or run for days. */
static mera_code robustness_numbers(cli *c)
{
    const cli_number *draws = &c->args.draws, *top = &c->args.top;
    mera_code code = MERA_OK;
    if (draws->given && (draws->value < 100 || draws->value > 100000000)) {
        code = mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                         "'--draws %zu' is not between 100 and 100000000", draws->value);
        mera_hint(c->diags, "10000 tell a share within one percent");
    }
    if (top->given && (top->value < 1 || top->value > 1000000)) {
        code = mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                         "'--top %zu' is not between 1 and 1000000", top->value);
    }
    return code;
}

mera_code cli_robustness(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_robust robust;
    mera_robust_ask ask = {.draws = c->args.draws.value,
                           .top = c->args.top.value,
                           .threads = (unsigned)c->args.threads.value};
    MERA_TRY(robustness_numbers(c));
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    MERA_TRY(cli_find_node(c, session->result->methodology, c->args.node, &ask.node));
    ask.period = cli_find_period(session->result, SIZE_MAX, ask.node);
    MERA_TRY(mera_robust_of(session->plan, session->result, &ask, c->arena, c->diags, &robust));
    const mera_robust_view view = {.view = c->view, .result = session->result};
    return robustness_write(c, &robust, &view);
}
