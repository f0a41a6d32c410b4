/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera profile: one territory on a page. */
#include "cli/session.h"

/** Labels of the unit's groups, as the methodology names groupings; NULL where it is in none. */
static mera_code profile_groups(cli *c, const cli_session *session, const mera_profile *of,
                                const char *const **out)
{
    const mera_methodology *m = session->result->methodology;
    const char **label;
    MERA_TRY_NEW(label, c->arena, m->n_groupings);
    for (size_t g = 0; g < m->n_groupings; g++) {
        mera_text_list names;
        const int32_t *code = mera_plan_groups(session->plan, m->grouping[g].id, &names);
        const size_t cell = of->period * session->result->n_units + of->unit;
        label[g] = code != NULL && code[cell] >= 0 ? names.v[code[cell]] : NULL;
    }
    *out = label;
    return MERA_OK;
}

static mera_code profile_usage(cli *c)
{
    if (c->args.unit != NULL) {
        return MERA_OK;
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "missing-argument", MERA_NOWHERE,
                                     "'mera profile' needs --unit U");
    mera_hint(c->diags, "U is the key or the name of a unit; 'mera score' lists them");
    return code;
}

mera_code cli_profile(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_profile of;
    mera_profile_ask ask = {.marks = c->args.top.value};
    mera_profile_view view = {.view = c->view};
    MERA_TRY(profile_usage(c));
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    view.result = session->result;
    MERA_TRY(cli_find_unit(c, view.result, c->args.unit, &ask.unit));
    ask.period = mera_result_latest(view.result, ask.unit, 0);
    MERA_TRY(mera_profile_of(session->plan, view.result, &ask, c->arena, c->diags, &of));
    MERA_TRY(profile_groups(c, session, &of, &view.group));
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, view.result));
        return mera_report_profile_rows(&of, &view, &c->rows);
    }
    return cli_format_is(c, "json") ? mera_report_profile_json(&of, &view, c->arena, &c->out)
                                    : mera_report_profile_text(&of, &view, c->arena, &c->out);
}
