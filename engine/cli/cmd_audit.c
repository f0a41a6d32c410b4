/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera audit: the statistical audit of a methodology. */
#include "cli/session.h"

static mera_code audit_write(cli *c, const mera_audit *audit)
{
    if (cli_format_is(c, "json")) {
        return mera_report_audit_json(audit, &c->view, c->arena, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, audit->result));
        return mera_report_audit_rows(audit, &c->view, c->arena, &c->rows);
    }
    return mera_report_audit_table(audit, &c->view, c->arena, &c->out);
}

/** A finding of the level `fail` is a failed check; the audit is delivered all the same. */
static mera_code audit_judge(cli *c, const mera_audit *audit)
{
    for (size_t i = 0; i < audit->n_findings; i++) {
        const mera_audit_finding *f = &audit->finding[i];
        if (f->level == MERA_LEVEL_FAIL) {
            const mera_at at = audit->result->methodology->audit.limit[f->limit].at;
            const char *message = mera_report_audit_message(audit, f, c->arena);
            MERA_TRY_PTR(message);
            mera_fail(c->diags, MERA_EINPUT, "audit-failed", at, "%s", message);
        }
    }
    c->failed = audit->n_fails > 0;
    return MERA_OK;
}

mera_code cli_audit(cli *c)
{
    cli_session *session;
    const char *variant;
    const mera_audit *audit;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    const size_t period = mera_result_latest(session->result, SIZE_MAX, 0);
    MERA_TRY(mera_audit_of(session->plan, session->result, period,
                           mera_project_registry(session->project), c->arena, &audit));
    MERA_TRY(audit_write(c, audit));
    return audit_judge(c, audit);
}
