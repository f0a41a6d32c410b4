/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera data match: which units rows mean that name them, for approval. */
#include <string.h>

#include "cli/session.h"

/** "region,yo" as bits. */
static mera_code match_approve(cli *c, unsigned *approve)
{
    const char *at = c->args.approve == NULL ? "" : c->args.approve;
    *approve = 0;
    while (*at != '\0') {
        const size_t n = strcspn(at, ",");
        size_t i = 0;
        while (i < MERA_N_MATCH_WHYS &&
               !mera_slice_eq((mera_slice){at, n}, mera_match_why_name(i, false))) {
            i++;
        }
        if (i == MERA_N_MATCH_WHYS) {
            const char *names[MERA_N_MATCH_WHYS];
            for (size_t k = 0; k < MERA_N_MATCH_WHYS; k++) {
                names[k] = mera_match_why_name(k, false);
            }
            const char *word = mera_arena_strndup(c->arena, at, n);
            MERA_TRY_PTR(word);
            mera_fail(c->diags, MERA_EUSAGE, "bad-approve", MERA_NOWHERE,
                      "'--approve %s': no match has the reason '%s'", c->args.approve, word);
            MERA_TRY(mera_suggest(c->diags, word, names, MERA_N_MATCH_WHYS, "reasons", c->arena));
            return MERA_EUSAGE;
        }
        *approve |= 1u << i;
        at += n + (at[n] == ',');
    }
    return MERA_OK;
}

mera_code cli_data_match(cli *c)
{
    const bool russian = mera_streq(c->view.language, "ru");
    const mera_match_file *file;
    cli_session *session;
    unsigned approve;
    size_t n;
    MERA_TRY(match_approve(c, &approve));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], NULL, CLI_PROJECT, &session));
    MERA_TRY(mera_project_match(session->project, c->args.data.v, c->args.data.n, approve, russian,
                                c->arena, c->diags, &file, &n));
    return cli_format_is(c, "json") ? mera_report_match_json(file, n, &c->out)
                                    : mera_report_match_table(file, n, &c->view, c->arena, &c->out);
}
