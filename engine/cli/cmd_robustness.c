/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera robustness: how sure places are when weights are a matter of choice. */
#include "cli/keep.h"
#include "cli/keep_file.h"
#include "cli/progress.h"

/** CSV has one table: of units, or of pairs. A workbook has both. */
static mera_code robustness_rows(cli *c, const mera_robust *robust, const mera_robust_view *view)
{
    MERA_TRY(cli_rows_begin(c, view->result));
    if (!c->args.pairs || cli_format_is(c, "xlsx")) {
        MERA_TRY(mera_report_robust_rows(robust, view, c->arena, &c->rows));
    }
    return c->args.pairs ? mera_report_pairs_rows(robust, view, &c->rows) : MERA_OK;
}

static mera_code robustness_write(cli *c, const mera_robust *robust, const mera_robust_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_robust_json(robust, view, c->arena, &c->out);
    }
    if (cli_wants_rows(c)) {
        return robustness_rows(c, robust, view);
    }
    return mera_report_robust_table(robust, view, c->arena, &c->out);
}

static mera_code robustness_numbers(cli *c)
{
    const mera_code draws = cli_number_between("draws", &c->args.draws, 100, 100000000,
                                               "10000 tell a share within one percent", c->diags);
    const mera_code top = cli_number_between("top", &c->args.top, 1, 1000000, NULL, c->diags);
    return draws != MERA_OK ? draws : top;
}

/** A page has no room for pairs, and among very many units they are not counted. */
static mera_code robustness_pairs(cli *c, const mera_robust *robust)
{
    if (c->args.pairs && robust != NULL && robust->summary.beats == NULL) {
        return mera_fail(c->diags, MERA_ELIMIT, "pairs", MERA_NOWHERE,
                         "pairs of %zu units are not counted: 4096 are the most", robust->n_ranked);
    }
    if (c->args.pairs && robust == NULL && cli_format_is(c, "table")) {
        mera_fail(c->diags, MERA_EUSAGE, "options", MERA_NOWHERE, "--pairs has no table");
        mera_hint(c->diags, "add --format csv, json or xlsx");
        return MERA_EUSAGE;
    }
    return MERA_OK;
}

static mera_code robustness_draw(cli *c, const cli_session *session, mera_robust_ask *ask,
                                 mera_robust *robust)
{
    cli_progress progress;
    ask->keep = c->args.keep != NULL;
    MERA_TRY(cli_keep_file_read(c, &ask->kept, &ask->kept_size));
    cli_progress_begin(c, &progress, &ask->progress, &ask->context);
    const mera_code code =
        mera_robust_of(session->plan, session->result, ask, c->arena, c->diags, robust);
    cli_progress_end(&progress);
    MERA_TRY(cli_keep_file_within(c, code, ask->kept));
    MERA_TRY(cli_keep_file_write(c, robust->kept, robust->kept_size, robust->drawn, "draws"));
    if (robust->drawn < robust->rules.draws) {
        cli_progress_stopped(c, robust->drawn, robust->rules.draws, "draws", cli_keep_file_hint(c));
    }
    return MERA_OK;
}

mera_code cli_robustness(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_robust robust;
    mera_robust_ask ask = {.draws = c->args.draws.value,
                           .top = c->args.top.value,
                           .threads = (unsigned)c->args.threads.value};
    MERA_TRY(robustness_numbers(c));
    MERA_TRY(robustness_pairs(c, NULL));
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    MERA_TRY(cli_find_node(c, session->result->methodology, c->args.node, &ask.node));
    ask.period = mera_result_latest(session->result, SIZE_MAX, ask.node);
    MERA_TRY(robustness_draw(c, session, &ask, &robust));
    MERA_TRY(cli_keep(c, session->result, ask.node, ask.period, variant));
    const mera_robust_view view = {
        .view = c->view, .result = session->result, .pairs = c->args.pairs};
    MERA_TRY(robustness_pairs(c, &robust));
    return robustness_write(c, &robust, &view);
}
