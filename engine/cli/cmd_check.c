/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera check: everything that can be said against a methodology without scoring. */
#include "cli/session.h"

static mera_code check_say(cli *c, const mera_methodology *m, const mera_dataset *data)
{
    mera_text text = {.arena = c->arena};
    const size_t warnings = mera_diags_count(c->diags, MERA_WARNING);
    mera_text_addf(&text, "ok: %zu indicators, %zu nodes", m->n_indicators, m->n_nodes);
    if (data != NULL) {
        mera_text_addf(&text, ", %zu units", data->n_units);
    }
    if (data != NULL && data->period[0][0] != '\0') {
        mera_text_addf(&text, ", %zu periods", data->n_periods);
    }
    if (warnings > 0) {
        mera_text_addf(&text, ", %zu warnings", warnings);
    }
    c->done = mera_text_string(&text);
    return c->done == NULL ? MERA_ENOMEM : MERA_OK;
}

mera_code cli_check(cli *c)
{
    cli_session *session;
    const char *variant;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_PROJECT, &session));
    const mera_methodology *m = mera_project_methodology(session->project);
    if (c->args.data.n > 0 || (m->n_sources > 0 && m->source[0].path != NULL)) {
        MERA_TRY(mera_project_read(session->project, c->args.data.v, c->args.data.n, c->arena,
                                   c->diags, &session->data, NULL));
        MERA_TRY(mera_plan_open(session->project, session->data, c->diags, &session->plan));
        MERA_TRY(mera_plan_check(session->plan, c->arena, c->diags));
    }
    return check_say(c, m, session->data);
}
