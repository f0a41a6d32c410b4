/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera plugin admit: may the new indicators of an overlay stand beside its core? */
#include "cli/session.h"
#include "report/plugin.h"

mera_code cli_plugin_admit(cli *c)
{
    cli_session *session;
    mera_admission admission;
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], NULL, CLI_RESULT, &session));
    if (session->result->core == NULL) {
        const mera_code code = mera_fail(
            c->diags, MERA_EUSAGE, "no-overlay",
            (mera_at){.file = session->result->methodology->path},
            "this methodology is no overlay, so there is no core to admit anything beside");
        mera_hint(c->diags, "an overlay says `overlay: {core: PATH}` beside `extends: PATH`");
        return code;
    }
    MERA_TRY(mera_admission_of_overlay(
        session->result, mera_result_latest(session->result, SIZE_MAX, 0), c->arena, &admission));
    c->failed = admission.refused;
    return cli_format_is(c, "json") ? mera_report_admission_json(&admission, &c->out)
                                    : mera_report_admission_table(&admission, &c->view, &c->out);
}
