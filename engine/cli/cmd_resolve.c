/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera resolve: the effective methodology after extends, a variant and --set. */
#include "cli/session.h"

mera_code cli_resolve(cli *c)
{
    cli_session *session;
    const char *variant;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_PROJECT, &session));
    const char *text =
        mera_methodology_text(mera_project_methodology(session->project)->tree, c->arena);
    MERA_TRY_PTR(text);
    mera_text_add(&c->out, text);
    return MERA_OK;
}
