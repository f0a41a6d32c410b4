/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera importance: how much each part of a node really counts. */
#include "cli/session.h"

static mera_code importance_write(cli *c, const mera_importance_of_node *node, size_t n,
                                  const mera_importance_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_importance_json(node, n, view, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, view->result));
        return mera_report_importance_rows(node, n, view, &c->rows);
    }
    return mera_report_importance_table(node, n, view, c->arena, &c->out);
}

mera_code cli_importance(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_importance_of_node *node;
    mera_sheet sheet;
    size_t first;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    const mera_result *result = session->result;
    const mera_importance_ask ask = {.indicators = c->args.indicators,
                                     .seed = result->methodology->seed};
    MERA_TRY(cli_find_node(c, result->methodology, c->args.node, &first));
    const bool one = c->args.node != NULL || c->args.indicators;
    const size_t n = one ? 1 : result->methodology->n_nodes;
    const mera_importance_view view = {.view = c->view,
                                       .result = result,
                                       .sheet = &sheet,
                                       .period = mera_result_latest(result, SIZE_MAX, first),
                                       .ask = mera_importance_defaults(&ask)};
    MERA_TRY(mera_sheet_of(result, view.period, MERA_STAGE_NORMALISED, c->arena, &sheet));
    MERA_TRY_NEW(node, c->arena, n);
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(mera_importance_in(result, &sheet, first + i, &view.ask, c->arena, &node[i]));
    }
    return importance_write(c, node, n, &view);
}
