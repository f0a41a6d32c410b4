/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera certify: what holds for every weighting, without drawing. */
#include "cli/progress.h"
#include "cli/session.h"

static mera_code certify_write(cli *c, const mera_certified *of, const mera_certify_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_certify_json(of, view, c->arena, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, view->result));
        return mera_report_certify_rows(of, view, &c->rows);
    }
    return mera_report_certify_table(of, view, c->arena, &c->out);
}

/* --unit names somebody who is not compared: said, not left empty. */
static mera_code certify_compared(cli *c, const mera_certified *of, const mera_result *result,
                                  size_t unit)
{
    for (size_t r = 0; of->unit != NULL && r < of->n_units; r++) {
        if (of->unit[r].unit == unit) {
            return MERA_OK;
        }
    }
    const char *name = result->data->unit_name[unit],
               *node = result->methodology->node[of->node].id;
    const mera_code code =
        mera_fail(c->diags, MERA_EINPUT, "not-compared", result->methodology->node[of->node].at,
                  "nothing is certain of '%s' at '%s': %s", name, node,
                  of->unit == NULL ? "it is no plain mean of parts" : "it does not have all parts");
    mera_hint(c->diags, "look at another node with --node, or fill gaps: steps: impute:");
    return code;
}

/* Units that were done when Ctrl-C came are told; of the others what needs no search. */
static mera_code certify_run(cli *c, const cli_session *session, mera_certify_ask *ask,
                             mera_certified *out)
{
    cli_progress progress;
    cli_progress_begin(c, &progress, &ask->progress, &ask->context);
    const mera_code code =
        mera_certify_of(session->plan, session->result, ask, c->arena, c->diags, out);
    cli_progress_end(&progress);
    if (code == MERA_OK && out->stopped) {
        cli_progress_stopped(c, out->n_looked_for, ask->one ? 1 : out->n_units,
                             "units: the others have no reachable places",
                             "--unit U looks at one unit alone");
    }
    return code;
}

mera_code cli_certify(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_certified certified;
    mera_certify_ask ask = {.one = c->args.unit != NULL,
                            .threads = (unsigned)c->args.threads.value};
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    MERA_TRY(cli_find_node(c, session->result->methodology, c->args.node, &ask.node));
    if (ask.one) {
        MERA_TRY(cli_find_unit(c, session->result, c->args.unit, &ask.unit));
    }
    ask.period = mera_result_latest(session->result, ask.one ? ask.unit : SIZE_MAX, ask.node);
    MERA_TRY(certify_run(c, session, &ask, &certified));
    if (ask.one) {
        MERA_TRY(certify_compared(c, &certified, session->result, ask.unit));
    }
    const mera_certify_view view = {.view = c->view, .result = session->result, .one = ask.one};
    return certify_write(c, &certified, &view);
}
