/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera score: the main job. */
#include "cli/session.h"

/** Every change from outside the file as "path=value", those of --period and --seed too. */
static mera_code score_changes(cli *c, mera_text_list *out)
{
    const mera_set *set;
    const char **text;
    MERA_TRY(cli_changes(c, &set, &out->n));
    MERA_TRY_NEW(text, c->arena, out->n);
    for (size_t i = 0; i < out->n; i++) {
        text[i] = mera_arena_printf(c->arena, "%s=%s", set[i].path, set[i].text);
        MERA_TRY_PTR(text[i]);
    }
    out->v = text;
    return MERA_OK;
}

static mera_code score_write(cli *c, const char *variant, const mera_result *result)
{
    mera_text_list changes;
    MERA_TRY(score_changes(c, &changes));
    const mera_score_view view = {
        .view = c->view,
        .wide = c->args.wide,
        .indicators = c->args.indicators,
        .top = c->args.top.value,
        .n_warnings = mera_diags_count(c->diags, MERA_WARNING),
        .variant = variant,
        .changes = changes,
    };
    if (cli_format_is(c, "json")) {
        return mera_report_score_json(result, &view, c->arena, &c->out);
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
    return score_write(c, variant, session->result);
}
