/* SPDX-License-Identifier: Apache-2.0 */
/** @file The split of a budget and the way to a goal as rows, after those of the priorities. */
#include "report/report.h"
#include "report/rows.h"
#include "report/similar_json.h"

#define BUDGET_WAY "unit,name,indicator,title,from,to,measure"

/** Whose indicator is lifted, from how much to how much. */
static void budget_way(mera_rows *rows, const mera_priorities *member, size_t item, double to,
                       const mera_priorities_view *view)
{
    const mera_result *r = view->result;
    const mera_priority *lifted = &member->item[item];
    const mera_indicator *ind = &r->methodology->indicator[lifted->indicator];
    mera_rows_text(rows, r->data->unit_key[member->unit]);
    mera_rows_text(rows, r->data->unit_name[member->unit]);
    mera_rows_text(rows, ind->id);
    mera_rows_text(rows, mera_title_in(ind->title, view->view.language));
    mera_rows_number(rows, lifted->value);
    mera_rows_number(rows, to);
    mera_rows_text(rows, ind->unit);
}

static void budget_rows(const mera_priorities *of, const mera_budget *budget,
                        const mera_priorities_view *view, mera_rows *rows)
{
    if (!mera_rows_begin(rows, "budget", BUDGET_WAY ",cost,gain,gain_per_cost")) {
        return;
    }
    for (size_t i = 0; i < budget->n; i++) {
        const mera_spending *step = &budget->spending[i];
        budget_way(rows, &of[step->member], step->item, step->to, view);
        mera_rows_number(rows, step->cost);
        mera_rows_number(rows, step->gain);
        mera_rows_formula(rows, "{gain}/{cost}", step->gain / step->cost);
        mera_rows_end(rows);
    }
    mera_rows_totals(rows, "cost,gain");
}

static void goal_rows(const mera_priorities *of, const mera_goal *goal,
                      const mera_priorities_view *view, mera_rows *rows)
{
    if (!mera_rows_begin(rows, "goal", BUDGET_WAY ",cost,score,place")) {
        return;
    }
    for (size_t i = 0; i < goal->n; i++) {
        const mera_goal_step *step = &goal->step[i];
        budget_way(rows, &of[step->member], step->item, step->to, view);
        mera_rows_number(rows, step->cost);
        mera_rows_number(rows, step->score);
        mera_rows_number(rows, step->place);
        mera_rows_end(rows);
    }
    mera_rows_totals(rows, goal->n_priced > 0 ? "cost" : "");
}

mera_code mera_report_budget_rows(const mera_priorities *of, const mera_priorities_view *view,
                                  mera_rows *rows)
{
    if (view->budget != NULL) {
        budget_rows(of, view->budget, view, rows);
    }
    if (view->goal != NULL) {
        goal_rows(of, view->goal, view, rows);
    }
    return mera_rows_done(rows);
}
