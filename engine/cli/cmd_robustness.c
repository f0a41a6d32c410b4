/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera robustness: how sure places are when weights are a matter of choice. */
#include "cli/keep.h"
#include "cli/progress.h"
#include "io/file.h"

static mera_code robustness_write(cli *c, const mera_robust *robust, const mera_robust_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_robust_json(robust, view, c->arena, &c->out);
    }
    if (c->args.pairs && cli_format_is(c, "csv")) {
        return mera_report_pairs_csv(robust, view, &c->out);
    }
    if (cli_format_is(c, "csv")) {
        return mera_report_robust_csv(robust, view, c->arena, &c->out);
    }
    return mera_report_robust_table(robust, view, c->arena, &c->out);
}

/** What would be read as «not said», or run for days. */
static mera_code robustness_numbers(cli *c)
{
    const cli_number *draws = &c->args.draws, *top = &c->args.top;
    mera_code code = MERA_OK;
    if (draws->given && (draws->value < 100 || draws->value > 100000000)) {
        code = mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                         "'--draws %zu' is not between 100 and 100000000", draws->value);
        mera_hint(c->diags, "10000 tell a share within one percent");
    }
    if (top->given && (top->value < 1 || top->value > 1000000)) {
        code = mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                         "'--top %zu' is not between 1 and 1000000", top->value);
    }
    return code;
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
        mera_hint(c->diags, "add --format csv or --format json");
        return MERA_EUSAGE;
    }
    return MERA_OK;
}

enum { KEEP_LIMIT = 1 << 30 };

/* Before the draws: after a long run it would be too late. */
static mera_code robustness_keep_where(cli *c)
{
    const char *folder = mera_path_folder(c->args.keep, c->arena);
    MERA_TRY_PTR(folder);
    if (mera_file_is_folder(folder)) {
        return MERA_OK;
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "no-folder", MERA_NOWHERE,
                                     "'--keep %s': there is no folder '%s'", c->args.keep, folder);
    mera_hint(c->diags, "make it, or name a file in another one");
    return code;
}

static mera_code robustness_take_up(cli *c, mera_robust_ask *ask)
{
    const char *bytes;
    MERA_TRY(c->args.keep != NULL ? robustness_keep_where(c) : MERA_OK);
    if (c->args.keep == NULL || !mera_file_exists(c->args.keep)) {
        return MERA_OK;
    }
    MERA_TRY(mera_file_read(c->args.keep, KEEP_LIMIT, (mera_at){.file = c->args.keep}, c->arena,
                            c->diags, &bytes, &ask->kept_size));
    ask->kept = bytes;
    return MERA_OK;
}

static mera_code robustness_draw(cli *c, const cli_session *session, mera_robust_ask *ask,
                                 mera_robust *robust)
{
    cli_progress progress;
    ask->keep = c->args.keep != NULL;
    ask->progress = cli_progress_tick;
    ask->context = &progress;
    MERA_TRY(robustness_take_up(c, ask));
    cli_progress_begin(c, &progress);
    const mera_code code =
        mera_robust_of(session->plan, session->result, ask, c->arena, c->diags, robust);
    cli_progress_end(&progress);
    return code == MERA_EINPUT && ask->kept != NULL
               ? mera_within(c->diags, code, MERA_NOWHERE, "going on with the draws kept in %s",
                             c->args.keep)
               : code;
}

/* Draws that were done are not lost, and it is said when they are fewer than asked for. */
static mera_code robustness_keep(cli *c, const mera_robust *robust)
{
    const char *keep = c->args.keep;
    if (keep != NULL) {
        MERA_TRY(mera_file_write(keep, robust->kept, robust->kept_size, c->diags));
        c->done = mera_arena_printf(c->arena, "%llu draws are kept in %s",
                                    (unsigned long long)robust->drawn, keep);
    }
    if (robust->drawn < robust->rules.draws) {
        c->failed = true;
        mera_warn(c->diags, "stopped", MERA_NOWHERE, "stopped after %llu of %zu draws",
                  (unsigned long long)robust->drawn, robust->rules.draws);
        mera_hint(c->diags, keep != NULL ? "the same command goes on from there"
                                         : "with --keep FILE a run can be gone on with");
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
    MERA_TRY(robustness_keep(c, &robust));
    MERA_TRY(cli_keep(c, session->result, ask.node, ask.period, variant));
    const mera_robust_view view = {
        .view = c->view, .result = session->result, .pairs = c->args.pairs};
    MERA_TRY(robustness_pairs(c, &robust));
    return robustness_write(c, &robust, &view);
}
