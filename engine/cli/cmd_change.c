/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera change: a score's change between two periods, or two editions, split into causes. */
#include "cli/session.h"

#include <string.h>

enum { CHANGE_TOP = 20 };

/** The number of a scored period, or SIZE_MAX. */
static size_t change_period(const mera_result *result, const char *label)
{
    for (size_t t = 0; t < result->n_periods; t++) {
        if (strcmp(result->period[t], label) == 0) {
            return t;
        }
    }
    return SIZE_MAX;
}

static mera_code change_no_period(cli *c, const mera_result *result, const char *label)
{
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "unknown-period", MERA_NOWHERE,
                                     "period '%s' is not among the periods scored", label);
    const char *near = mera_nearest(label, result->period, result->n_periods);
    if (near != NULL) {
        mera_hint(c->diags, "did you mean '%s'?", near);
    } else if (result->n_periods > 0) {
        mera_hint(c->diags, "periods are '%s' to '%s'", result->period[0],
                  result->period[result->n_periods - 1]);
    }
    return code;
}

/** Is there a score at the root in this period? */
static bool change_has_scores(const mera_result *result, size_t period)
{
    for (size_t i = 0; i < result->n_units; i++) {
        if (result->node[0].score[period * result->n_units + i] ==
            result->node[0].score[period * result->n_units + i]) {
            return true;
        }
    }
    return false;
}

/** The period asked for; else the last one with scores that is below `below`. */
static mera_code change_find(cli *c, const mera_result *result, const char *label, size_t below,
                             size_t *out)
{
    if (label != NULL) {
        *out = change_period(result, label);
        return *out == SIZE_MAX ? change_no_period(c, result, label) : MERA_OK;
    }
    for (size_t t = below < result->n_periods ? below : result->n_periods; t-- > 0;) {
        if (change_has_scores(result, t)) {
            *out = t;
            return MERA_OK;
        }
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "missing-argument", MERA_NOWHERE,
                                     "there are no two periods with scores to compare");
    mera_hint(c->diags, "say --from and --to, or name the edition before with --before");
    return code;
}

/** The edition before: another methodology, or the same one over other data. */
static mera_code change_open_before(cli *c, const char *variant, cli_session **out)
{
    const cli_list data = c->args.data;
    const char *path = c->args.before;
    if (c->args.before_data.n > 0) {
        c->args.data = c->args.before_data;
    }
    const mera_code code =
        path != NULL ? cli_session_open(c, path, NULL, CLI_RESULT, out)
                     : cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, out);
    c->args.data = data;
    return code;
}

static mera_code change_ends(cli *c, mera_changed_end end[2])
{
    cli_session *before, *after;
    const char *variant;
    const bool two = c->args.before != NULL || c->args.before_data.n > 0;
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &after));
    before = after;
    if (two) {
        MERA_TRY(change_open_before(c, variant, &before));
    }
    end[0] = (mera_changed_end){.plan = before->plan, .result = before->result};
    end[1] = (mera_changed_end){.plan = after->plan, .result = after->result};
    MERA_TRY(change_find(c, after->result, c->args.to, SIZE_MAX, &end[1].period));
    return change_find(c, before->result, c->args.from, two ? SIZE_MAX : end[1].period,
                       &end[0].period);
}

static mera_code change_write(cli *c, const mera_changed *change)
{
    const mera_change_view view = {.view = c->view,
                                   .top = c->args.top.given ? c->args.top.value : CHANGE_TOP};
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, change->end[1].result));
        return mera_report_change_rows(change, &c->rows);
    }
    return cli_format_is(c, "json") ? mera_report_change_json(change, &view, &c->out)
                                    : mera_report_change_table(change, &view, c->arena, &c->out);
}

mera_code cli_change(cli *c)
{
    mera_changed_end end[2];
    mera_changed_ask ask = {.unit = SIZE_MAX};
    const mera_changed *change;
    MERA_TRY(change_ends(c, end));
    if (end[0].plan == end[1].plan && end[0].period == end[1].period) {
        return mera_fail(c->diags, MERA_EUSAGE, "same-period", MERA_NOWHERE,
                         "--from and --to are the same period, '%s'", c->args.to);
    }
    if (c->args.unit != NULL) {
        MERA_TRY(cli_find_unit(c, end[1].result, c->args.unit, &ask.unit));
    }
    ask.orders = c->args.draws.given ? c->args.draws.value : 0;
    ask.seed = end[1].result->methodology->seed;
    MERA_TRY(mera_change_of(&end[0], &end[1], &ask, c->arena, c->diags, &change));
    return change_write(c, change);
}
