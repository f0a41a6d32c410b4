/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera score: the main job. */
#include "cli/keep.h"
#include "cli/score_view.h"

static mera_code score_write(cli *c, const cli_session *session, const char *variant)
{
    const mera_result *result = session->result;
    mera_registered registered;
    mera_score_view view;
    MERA_TRY(cli_score_view(c, session, variant, !cli_format_is(c, "table"), &view));
    MERA_TRY(mera_registration_of(result, c->arena, c->diags, &registered));
    MERA_TRY(cli_keep(c, result, 0, mera_result_latest(result, SIZE_MAX, 0), variant));
    view.registered = &registered;
    view.n_warnings = mera_diags_count(c->diags, MERA_WARNING);
    if (cli_format_is(c, "json")) {
        return mera_report_score_json(result, &view, c->arena, &c->out);
    }
    if (cli_format_is(c, "xlsx")) {
        return mera_report_score_xlsx(session->plan, result, &view, c->arena, c->diags, &c->out);
    }
    if (cli_format_is(c, "csv")) {
        return mera_report_score_csv(result, &view, &c->out);
    }
    return mera_report_score_table(result, &view, c->arena, &c->out);
}

mera_code cli_score(cli *c)
{
    cli_session *session;
    const char *variant;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    return score_write(c, session, variant);
}
