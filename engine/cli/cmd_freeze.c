/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera freeze: the fitted numbers of this edition, for the next one. */
#include "cli/session.h"
#include "mera/analysis.h"

mera_code cli_freeze(cli *c)
{
    cli_session *session;
    const char *variant, *text;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    MERA_TRY(mera_freeze_csv(session->result, c->arena, c->diags, &text));
    mera_text_add(&c->out, text);
    return MERA_OK;
}
