/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera priorities: what to do first in a unit, or in several. */
#include <string.h>

#include "base/math.h"
#include "base/number.h"
#include "cli/aims.h"
#include "cli/costs.h"
#include "cli/perimeter.h"
#include "cli/progress.h"
#include "cli/session.h"

static mera_code priorities_write(cli *c, const mera_priorities *of,
                                  const mera_priorities_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_priorities_json(of, view, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, view->result));
        return mera_report_priorities_rows(of, view, &c->rows);
    }
    return mera_report_priorities_table(of, view, c->arena, &c->out);
}

static mera_code priorities_usage(cli *c)
{
    const size_t ways =
        (c->args.unit != NULL) + (c->args.among != NULL) + (c->args.perimeter != NULL);
    if (ways == 0) {
        const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "missing-argument", MERA_NOWHERE,
                                         "'mera priorities' needs --unit U");
        mera_hint(c->diags, "U is the key or the name of a unit; 'mera score' lists them. For "
                            "several at once: --units A,B or --perimeter FILE");
        return code;
    }
    if (ways > 1) {
        return mera_fail(c->diags, MERA_EUSAGE, "too-many-arguments", MERA_NOWHERE,
                         "of --unit, --units and --perimeter only one can be given");
    }
    if (c->args.each && (c->args.goal == NULL || !cli_has_perimeter(c))) {
        const mera_code code =
            mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                      "'--each' needs --goal and several units, by --units or --perimeter");
        mera_hint(c->diags, "without it the mean of several units is brought to the goal");
        return code;
    }
    MERA_TRY(cli_number_between("reach", &c->args.reach, 1, 100,
                                "75 is what the best quarter of similar units have reached, 100 "
                                "what the best of them has; --aim INDICATOR=VALUE asks for more",
                                c->diags));
    return cli_number_between("draws", &c->args.draws, 16, 1000000,
                              "1000 tell a share within three percent", c->diags);
}

/** A number of an option that is text; NaN when it is not given. */
static mera_code priorities_number(cli *c, const char *option, const char *text, double *out)
{
    *out = NAN;
    if (text == NULL || mera_number_read(text, strlen(text), out)) {
        return MERA_OK;
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                                     "'--%s %s' is not a number", option, text);
    mera_hint(c->diags, "for example: --%s 60", option);
    return code;
}

/** "health=60" says the node too. */
static mera_code priorities_goal(cli *c, double *goal)
{
    const char *equals = c->args.goal != NULL ? strchr(c->args.goal, '=') : NULL;
    if (equals != NULL) {
        c->args.node = mera_arena_strndup(c->arena, c->args.goal, (size_t)(equals - c->args.goal));
        MERA_TRY_PTR(c->args.node);
    }
    return priorities_number(c, "goal", equals != NULL ? equals + 1 : c->args.goal, goal);
}

/** Reads costs, and the sum to be split; `*sum` is NaN when there is none. */
static mera_code priorities_money(cli *c, mera_priorities_view *view, double *sum)
{
    MERA_TRY(priorities_number(c, "budget", c->args.budget, sum));
    if (c->args.budget != NULL && (c->args.costs == NULL || !(*sum > 0))) {
        const mera_code code =
            mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                      "'--budget %s' needs --costs FILE, and a sum above 0", c->args.budget);
        mera_hint(c->diags, "FILE is CSV with the fields indicator,cost: what one more of the "
                            "indicator's unit costs");
        return code;
    }
    return c->args.costs == NULL
               ? MERA_OK
               : cli_read_costs(c, c->args.costs, view->result, &view->cost, &view->n_costs);
}

/** Gains are whole when Ctrl-C comes; how sure they are is of the draws that were done. */
static void priorities_stopped(cli *c, uint64_t done, uint64_t asked)
{
    if (done < asked) {
        cli_progress_stopped(c, done, asked, "draws: gains are whole, shares are of those draws",
                             "--draws N makes fewer");
    }
}

/* ---- a unit ---- */

static mera_code priorities_goal_of(cli *c, const cli_session *session, const mera_priorities *of,
                                    double goal, mera_priorities_view *view)
{
    const mera_goal_ask ask = {.wanted = goal, .cost = view->cost, .n_costs = view->n_costs};
    mera_goal *found;
    if (isnan(goal)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(found, c->arena, 1);
    view->goal = found;
    return mera_goal_of(session->plan, view->result, of, &ask, c->arena, c->diags, found);
}

static mera_code priorities_of_unit(cli *c, const cli_session *session, mera_priorities_ask ask,
                                    double goal, mera_priorities_view *view)
{
    cli_progress progress;
    mera_priorities of;
    mera_budget *budget;
    double sum;
    MERA_TRY(cli_find_unit(c, view->result, c->args.unit, &ask.unit));
    ask.period = mera_result_latest(view->result, ask.unit, 0);
    cli_progress_begin(c, &progress, &ask.progress, &ask.context);
    const mera_code code =
        mera_priorities_of(session->plan, view->result, &ask, c->arena, c->diags, &of);
    cli_progress_end(&progress);
    MERA_TRY(code);
    priorities_stopped(c, of.surety.draws, of.surety.asked);
    cli_aims_idle(c, &of, 1, &ask, view->result->methodology);
    MERA_TRY(priorities_money(c, view, &sum));
    if (!isnan(sum)) {
        MERA_TRY_NEW(budget, c->arena, 1);
        MERA_TRY(mera_budget_of(session->plan, view->result, &of, view->cost, view->n_costs, sum,
                                c->arena, c->diags, budget));
        view->budget = budget;
    }
    MERA_TRY(priorities_goal_of(c, session, &of, goal, view));
    return priorities_write(c, &of, view);
}

/* ---- several ---- */

/** Takes those out that have no score in the period, and says so. */
static void priorities_scored(cli *c, const mera_result *result, size_t period, cli_perimeter *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (isnan(result->node[0].score[period * result->n_units + p->unit[i]])) {
            mera_warn(c->diags, "no-score", MERA_NOWHERE,
                      "'%s' is left out of the perimeter: it has no score in period '%s'",
                      result->data->unit_name[p->unit[i]], result->period[period]);
            continue;
        }
        p->unit[n] = p->unit[i];
        p->weight[n++] = p->weight[i];
    }
    p->n = n;
}

static mera_code priorities_goal_over(cli *c, const cli_session *session, const mera_perimeter *of,
                                      double goal, mera_priorities_view *view)
{
    const mera_goal_ask ask = {
        .wanted = goal, .each = c->args.each, .cost = view->cost, .n_costs = view->n_costs};
    mera_goal *found;
    if (isnan(goal)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(found, c->arena, 1);
    view->goal = found;
    return mera_goal_over(session->plan, view->result, of, &ask, c->arena, c->diags, found);
}

static mera_code priorities_over(cli *c, const cli_session *session, mera_perimeter_ask *ask,
                                 mera_perimeter *of)
{
    cli_progress progress;
    cli_progress_begin(c, &progress, &ask->progress, &ask->context);
    const mera_code code =
        mera_perimeter_of(session->plan, session->result, ask, c->arena, c->diags, of);
    cli_progress_end(&progress);
    MERA_TRY(code);
    uint64_t done = of->surety.draws, asked = of->surety.asked;
    for (size_t u = 0; u < of->members.n; u++) {
        done += of->of[u].surety.draws;
        asked += of->of[u].surety.asked;
    }
    priorities_stopped(c, done, asked);
    return MERA_OK;
}

static mera_code priorities_of_many(cli *c, const cli_session *session,
                                    const mera_priorities_ask *ask, double goal,
                                    mera_priorities_view *view)
{
    const mera_result *result = view->result;
    mera_perimeter_ask wide = {.node = ask->node,
                               .reach = ask->reach,
                               .aim = ask->aim,
                               .n_aims = ask->n_aims,
                               .draws = ask->draws,
                               .threads = ask->threads};
    cli_perimeter members;
    mera_perimeter of;
    mera_budget *budget;
    double sum;
    MERA_TRY(cli_read_perimeter(c, session->plan, result, &members));
    for (size_t i = 0; i < members.n; i++) {
        const size_t latest = mera_result_latest(result, members.unit[i], 0);
        wide.period = latest > wide.period ? latest : wide.period;
    }
    priorities_scored(c, result, wide.period, &members);
    if (members.n == 0) {
        return mera_fail(c->diags, MERA_EINPUT, "no-score", MERA_NOWHERE,
                         "no unit of the perimeter has a score");
    }
    wide.members = (mera_members){members.n, members.unit, members.weight};
    MERA_TRY(priorities_over(c, session, &wide, &of));
    cli_aims_idle(c, of.of, of.members.n, ask, result->methodology);
    MERA_TRY(priorities_money(c, view, &sum));
    if (!isnan(sum)) {
        MERA_TRY_NEW(budget, c->arena, 1);
        MERA_TRY(mera_budget_over(session->plan, result, &of, view->cost, view->n_costs, sum,
                                  c->arena, c->diags, budget));
        view->budget = budget;
    }
    MERA_TRY(priorities_goal_over(c, session, &of, goal, view));
    view->many = true;
    view->name = members.name;
    view->weights = members.weights;
    if (cli_format_is(c, "json")) {
        return mera_report_perimeter_json(&of, view, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, result));
        return mera_report_perimeter_rows(&of, view, &c->rows);
    }
    return mera_report_perimeter_table(&of, view, c->arena, &c->out);
}

mera_code cli_priorities(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_priorities_ask ask = {.draws = c->args.draws.value,
                               .threads = (unsigned)c->args.threads.value,
                               .reach = (double)c->args.reach.value / 100};
    double goal;
    MERA_TRY(priorities_usage(c));
    MERA_TRY(priorities_goal(c, &goal));
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    MERA_TRY(cli_find_node(c, session->result->methodology, c->args.node, &ask.node));
    MERA_TRY(cli_read_aims(c, session->result->methodology, &ask.aim, &ask.n_aims));
    mera_priorities_view view = {
        .view = c->view, .result = session->result, .rows = c->args.top.value};
    return cli_has_perimeter(c) ? priorities_of_many(c, session, &ask, goal, &view)
                                : priorities_of_unit(c, session, ask, goal, &view);
}
