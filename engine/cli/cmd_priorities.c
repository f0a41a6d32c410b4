/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera priorities: what to do first in a unit. */
#include <string.h>

#include "base/math.h"
#include "base/number.h"
#include "cli/costs.h"
#include "cli/session.h"

static mera_code priorities_write(cli *c, const mera_priorities *of,
                                  const mera_priorities_view *view)
{
    if (cli_format_is(c, "json")) {
        return mera_report_priorities_json(of, view, &c->out);
    }
    if (cli_format_is(c, "csv")) {
        return mera_report_priorities_csv(of, view, &c->out);
    }
    return mera_report_priorities_table(of, view, c->arena, &c->out);
}

/** A number of an option that is to lie between two. */
static mera_code priorities_between(cli *c, const char *option, const cli_number *number,
                                    size_t least, size_t most, const char *hint)
{
    if (!number->given || (number->value >= least && number->value <= most)) {
        return MERA_OK;
    }
    const mera_code code =
        mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                  "'--%s %zu' is not between %zu and %zu", option, number->value, least, most);
    mera_hint(c->diags, "%s", hint);
    return code;
}

static mera_code priorities_usage(cli *c)
{
    if (c->args.unit == NULL) {
        const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "missing-argument", MERA_NOWHERE,
                                         "'mera priorities' needs --unit U");
        mera_hint(c->diags, "U is the key or the name of a unit; 'mera score' lists them");
        return code;
    }
    MERA_TRY(priorities_between(c, "reach", &c->args.reach, 1, 100,
                                "75 is what the best quarter of similar units have reached, 100 "
                                "what the best of them has"));
    return priorities_between(c, "draws", &c->args.draws, 16, 1000000,
                              "1000 tell a share within three percent");
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

/** Reads costs, splits the budget, looks for the goal. */
static mera_code priorities_more(cli *c, const cli_session *session, const mera_priorities *of,
                                 mera_priorities_view *view, double goal)
{
    double sum;
    MERA_TRY(priorities_number(c, "budget", c->args.budget, &sum));
    if (c->args.budget != NULL && (c->args.costs == NULL || !(sum > 0))) {
        const mera_code code =
            mera_fail(c->diags, MERA_EUSAGE, "bad-value", MERA_NOWHERE,
                      "'--budget %s' needs --costs FILE, and a sum above 0", c->args.budget);
        mera_hint(c->diags, "FILE is CSV with the fields indicator,cost: what one more of the "
                            "indicator's unit costs");
        return code;
    }
    if (c->args.costs != NULL) {
        MERA_TRY(cli_read_costs(c->args.costs, view->result->methodology, c->arena, c->diags,
                                &view->cost, &view->n_costs));
    }
    if (c->args.budget != NULL) {
        mera_budget *budget;
        MERA_TRY_NEW(budget, c->arena, 1);
        MERA_TRY(mera_budget_of(session->plan, view->result, of, view->cost, view->n_costs, sum,
                                c->arena, c->diags, budget));
        view->budget = budget;
    }
    if (!isnan(goal)) {
        mera_goal *found;
        MERA_TRY_NEW(found, c->arena, 1);
        MERA_TRY(mera_goal_of(session->plan, view->result, of, goal, c->arena, c->diags, found));
        view->goal = found;
    }
    return MERA_OK;
}

mera_code cli_priorities(cli *c)
{
    cli_session *session;
    const char *variant;
    mera_priorities of;
    mera_priorities_ask ask = {.draws = c->args.draws.value,
                               .reach = (double)c->args.reach.value / 100};
    double goal;
    MERA_TRY(priorities_usage(c));
    MERA_TRY(priorities_goal(c, &goal));
    MERA_TRY(cli_one_variant(c, &variant));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], variant, CLI_RESULT, &session));
    const mera_result *result = session->result;
    MERA_TRY(cli_find_unit(c, result, c->args.unit, &ask.unit));
    MERA_TRY(cli_find_node(c, result->methodology, c->args.node, &ask.node));
    ask.period = mera_result_latest(result, ask.unit, 0);
    MERA_TRY(mera_priorities_of(session->plan, result, &ask, c->arena, c->diags, &of));
    mera_priorities_view view = {.view = c->view, .result = result, .rows = c->args.top.value};
    MERA_TRY(priorities_more(c, session, &of, &view, goal));
    return priorities_write(c, &of, &view);
}
