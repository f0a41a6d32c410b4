/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera sensitivity: which open choice moves the places. */
#include <string.h>

#include "cli/keep.h"
#include "cli/keep_file.h"
#include "cli/progress.h"

static mera_code sensitivity_numbers(cli *c)
{
    const cli_number *width = &c->args.width;
    mera_code code = cli_number_between(
        "runs", &c->args.runs, 500, 100000000,
        "a row takes two runs and one for each choice, and 256 rows are few", c->diags);
    if (width->given && (width->value < 1 || width->value > 100)) {
        code = mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                         "'--width %zu' is not between 1 and 100 percent", width->value);
    }
    return code;
}

/** A name of an estimator of first-order or total indices, or of both. */
static mera_code sensitivity_estimator(cli *c, mera_variance_ask *ask)
{
    const char *wanted = c->args.estimator, *names[32];
    size_t n = 0;
    for (size_t i = 0; wanted != NULL && mera_sobol_estimator_get(i) != NULL && n < 32; i++) {
        const mera_sobol_estimator *e = mera_sobol_estimator_get(i);
        names[n++] = e->name;
        if (mera_streq(e->name, wanted) && e->total) {
            ask->total = e->name;
        } else if (mera_streq(e->name, wanted)) {
            ask->first = e->name;
        }
    }
    if (wanted == NULL || ask->first != NULL || ask->total != NULL) {
        return MERA_OK;
    }
    mera_fail(c->diags, MERA_EUSAGE, "unknown-estimator", MERA_NOWHERE,
              "there is no estimator '%s'", wanted);
    MERA_TRY(mera_suggest(c->diags, wanted, names, n, "estimators", c->arena));
    return MERA_EUSAGE;
}

static mera_code sensitivity_write(cli *c, const mera_variance *variance,
                                   const mera_robust_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_variance_json(variance, view, c->arena, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, view->result));
        return mera_report_variance_rows(variance, view, &c->rows);
    }
    return mera_report_variance_table(variance, view, c->arena, &c->out);
}

/* Rows that were done when Ctrl-C came are kept where there is a file, and told. */
static mera_code sensitivity_run(cli *c, const cli_session *session, mera_variance_ask *ask,
                                 mera_variance *out)
{
    cli_progress progress;
    ask->keep = c->args.keep != NULL;
    MERA_TRY(cli_keep_file_read(c, &ask->kept, &ask->kept_size));
    cli_progress_begin(c, &progress, &ask->progress, &ask->context);
    const mera_code code =
        mera_variance_of(session->plan, session->result, ask, c->arena, c->diags, out);
    cli_progress_end(&progress);
    MERA_TRY(cli_keep_file_write(c, out->kept, out->kept_size, out->runs, "runs"));
    if (code == MERA_OK && out->stopped) {
        cli_progress_stopped(c, out->runs, 0, "runs: intervals are wider than they would be",
                             cli_keep_file_hint(c));
    }
    if (code == MERA_ELIMIT && out->kept != NULL) { /* too few to tell anything */
        mera_hint(c->diags, "%s", cli_keep_file_hint(c));
    }
    return cli_keep_file_within(c, code, ask->kept);
}

/* ---- one left out ---- */

/* Options that ask for a design of runs say nothing here. */
static mera_code leave_options(cli *c)
{
    const char *const wanted = c->args.runs.given          ? "runs"
                               : c->args.width.given       ? "width"
                               : c->args.by_step           ? "by-step"
                               : c->args.keep != NULL      ? "keep"
                               : c->args.estimator != NULL ? "estimator"
                                                           : NULL;
    if (wanted == NULL) {
        return MERA_OK;
    }
    mera_fail(c->diags, MERA_EUSAGE, "options", MERA_NOWHERE,
              "--%s says nothing with --leave-out, which draws nothing", wanted);
    mera_hint(c->diags, "leave one of them away");
    return MERA_EUSAGE;
}

static mera_leave_what leave_what(const char *said)
{
    return mera_streq(said, "units")        ? MERA_LEAVE_UNITS
           : mera_streq(said, "directions") ? MERA_LEAVE_DIRECTIONS
                                            : MERA_LEAVE_INDICATORS;
}

static mera_code leave_run(cli *c, const cli_session *session, mera_leave_ask *ask,
                           mera_leave_out *out)
{
    cli_progress progress;
    cli_progress_begin(c, &progress, &ask->progress, &ask->context);
    const mera_code code =
        mera_leave_out_of(session->plan, session->result, ask, c->arena, c->diags, out);
    cli_progress_end(&progress);
    if (code == MERA_OK && out->n_left < out->n_asked) {
        cli_progress_stopped(c, out->n_left, out->n_asked, "removals",
                             "--node N looks at a part of the framework alone");
    }
    return code;
}

static mera_code leave_write(cli *c, const mera_leave_out *of, const mera_leave_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_leave_json(of, view, c->arena, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, view->result));
        return mera_report_leave_rows(of, view, &c->rows);
    }
    return mera_report_leave_table(of, view, c->arena, &c->out);
}

static mera_code leave_out(cli *c, const cli_session *session, const char *variant, size_t node,
                           size_t unit)
{
    mera_leave_ask ask = {.what = leave_what(c->args.leave_out), .node = node};
    mera_leave_out made;
    ask.period = mera_result_latest(session->result, unit, node);
    MERA_TRY(leave_run(c, session, &ask, &made));
    MERA_TRY(cli_keep(c, session->result, node, ask.period, variant));
    const mera_leave_view view = {.view = c->view, .result = session->result, .unit = unit};
    return leave_write(c, &made, &view);
}

/* ---- the command ---- */

mera_code cli_sensitivity(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_variance variance;
    mera_variance_ask ask = {.unit = SIZE_MAX,
                             .runs = c->args.runs.value,
                             .wide = (double)c->args.width.value / 100,
                             .by_step = c->args.by_step,
                             .threads = (unsigned)c->args.threads.value};
    MERA_TRY(c->args.leave_out != NULL ? leave_options(c) : sensitivity_numbers(c));
    MERA_TRY(sensitivity_estimator(c, &ask));
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    MERA_TRY(cli_find_node(c, session->result->methodology, c->args.node, &ask.node));
    if (c->args.unit != NULL) {
        MERA_TRY(cli_find_unit(c, session->result, c->args.unit, &ask.unit));
    }
    if (c->args.leave_out != NULL) {
        return leave_out(c, session, variant, ask.node, ask.unit);
    }
    ask.period = mera_result_latest(session->result, ask.unit, ask.node);
    MERA_TRY(sensitivity_run(c, session, &ask, &variance));
    MERA_TRY(cli_keep(c, session->result, ask.node, ask.period, variant));
    const mera_robust_view view = {.view = c->view, .result = session->result};
    return sensitivity_write(c, &variance, &view);
}
