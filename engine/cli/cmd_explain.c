/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera explain: the trace of one number, or of one weight. */
#include "cli/session.h"

static mera_code explain_weight(cli *c, const cli_session *session)
{
    const mera_weight_trace *trace;
    MERA_TRY(mera_explain_weight(session->result, c->args.weight, c->arena, c->diags, &trace));
    return cli_format_is(c, "json") ? mera_report_weight_json(trace, &c->out)
                                    : mera_report_weight_text(trace, &c->view, c->arena, &c->out);
}

static mera_code explain_overtake(cli *c, const cli_session *session, const mera_explain_view *view,
                                  size_t node)
{
    mera_overtake of;
    MERA_TRY(mera_overtake_of(session->plan, session->result, view->unit, view->period, node,
                              c->arena, c->diags, &of));
    return cli_format_is(c, "json") ? mera_report_overtake_json(&of, view, c->arena, &c->out)
                                    : mera_report_overtake_table(&of, view, c->arena, &c->out);
}

static mera_code explain_unit(cli *c, const cli_session *session)
{
    const mera_trace_node *trace;
    mera_explain_view view = {
        .view = c->view,
        .result = session->result,
        .depth = c->args.depth.given ? c->args.depth.value : SIZE_MAX,
        .steps = true,
        .full = c->args.full,
    };
    size_t node;
    MERA_TRY(cli_find_unit(c, session->result, c->args.unit, &view.unit));
    MERA_TRY(cli_find_node(c, session->result->methodology, c->args.node, &node));
    view.period = mera_result_latest(session->result, view.unit, node);
    if (c->args.overtake) {
        return explain_overtake(c, session, &view, node);
    }
    MERA_TRY(mera_explain_unit(session->plan, session->result, view.unit, view.period, node,
                               c->arena, c->diags, &trace));
    return cli_format_is(c, "json") ? mera_report_explain_json(trace, &view, c->arena, &c->out)
                                    : mera_report_explain_text(trace, &view, c->arena, &c->out);
}

mera_code cli_explain(cli *c)
{
    cli_session *session;
    const char *variant;
    if ((c->args.unit == NULL) == (c->args.weight == NULL)) {
        return mera_fail(c->diags, MERA_EUSAGE, "missing-argument", MERA_NOWHERE,
                         "'mera explain' needs either --unit U or --weight NODE");
    }
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    return c->args.weight != NULL ? explain_weight(c, session) : explain_unit(c, session);
}
