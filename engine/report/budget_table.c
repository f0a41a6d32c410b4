/* SPDX-License-Identifier: Apache-2.0 */
/** @file What money buys and what brings a score to a goal, under the list of priorities. */
#include "base/math.h"
#include "report/grid.h"
#include "report/report.h"
#include "report/similar_json.h"
#include "report/words.h"

enum { BUDGET_COLUMNS = 6, GOAL_COLUMNS = 6 };

static const char *budget_word(const mera_priorities_view *view, mera_word word)
{
    return mera_word_in(word, view->view.language);
}

static const mera_indicator *budget_indicator(const mera_priorities *of,
                                              const mera_priorities_view *view, size_t item)
{
    return &view->result->methodology->indicator[of->item[item].indicator];
}

static void budget_section(const mera_priorities_view *view, mera_word word, mera_text *out)
{
    mera_text_add(out, "\n");
    mera_style_add(out, &view->view, MERA_PAINT_BOLD, budget_word(view, word));
}

static mera_code budget_rows(const mera_priorities *of, const mera_budget *budget,
                             const mera_priorities_view *view, mera_arena *arena, mera_grid *grid)
{
    for (size_t i = 0; i < budget->n; i++) {
        const mera_spending *step = &budget->spending[i];
        const mera_indicator *ind = budget_indicator(of, view, step->item);
        const char **cell = &grid->cell[i * BUDGET_COLUMNS];
        cell[0] = mera_title_in(ind->title, view->view.language);
        cell[1] = mera_report_figure(of->item[step->item].value, arena);
        cell[2] = mera_report_figure(step->to, arena);
        cell[3] = ind->unit;
        cell[4] = mera_report_figure(step->cost, arena);
        cell[5] = mera_arena_printf(arena, "+%s", mera_report_figure(step->gain, arena));
        for (size_t c = 0; c < BUDGET_COLUMNS; c++) {
            MERA_TRY_PTR(cell[c]);
        }
    }
    return MERA_OK;
}

mera_code mera_report_budget_table(const mera_priorities *of, const mera_budget *budget,
                                   const mera_priorities_view *view, mera_arena *arena,
                                   mera_text *out)
{
    const mera_grid_column column[BUDGET_COLUMNS] = {
        {.title = budget_word(view, MERA_WORD_INDICATOR), .gives_way = true, .max = 40},
        {.title = budget_word(view, MERA_WORD_NOW), .right = true},
        {.title = budget_word(view, MERA_WORD_LIFT_TO), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .max = 16},
        {.title = budget_word(view, MERA_WORD_COST), .right = true},
        {.title = budget_word(view, MERA_WORD_BRINGS), .right = true, .paint = MERA_PAINT_GOOD},
    };
    mera_grid grid;
    budget_section(view, MERA_WORD_BUDGET, out);
    mera_text_addf(out, " %s\n", mera_report_figure(budget->budget, arena));
    if (budget->n == 0) {
        mera_text_addf(out, "  %s\n", budget_word(view, MERA_WORD_BUDGET_TOO_SMALL));
    } else {
        MERA_TRY(mera_grid_new(column, BUDGET_COLUMNS, budget->n, arena, &grid));
        MERA_TRY(budget_rows(of, budget, view, arena, &grid));
        MERA_TRY(mera_grid_write(&grid, &view->view, 2, arena, out));
    }
    const char *text = mera_arena_printf(
        arena, "%s %s. %s +%s (%s %s: %s). %s %+.4g: %s %s, %s %s → %s.",
        budget_word(view, MERA_WORD_SPENT), mera_report_figure(budget->cost, arena),
        budget_word(view, MERA_WORD_SUM_OF_GAINS), mera_report_figure(budget->gain, arena),
        budget_word(view, MERA_WORD_NO_SPLIT_OVER), mera_report_figure(budget->bound, arena),
        budget_word(view, budget->exact ? MERA_WORD_BEST_PROVED : MERA_WORD_NOT_PROVED),
        budget_word(view, MERA_WORD_ALL_AT_ONCE), budget->together,
        budget_word(view, MERA_WORD_SCORE), mera_report_figure(budget->score, arena),
        budget_word(view, MERA_WORD_PLACE_OF), mera_report_figure(of->place, arena),
        mera_report_figure(budget->place, arena));
    MERA_TRY_PTR(text);
    mera_style_wrap(out, &view->view, 2, text);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

static mera_code goal_rows(const mera_priorities *of, const mera_goal *goal,
                           const mera_priorities_view *view, mera_arena *arena, mera_grid *grid)
{
    for (size_t i = 0; i < goal->n; i++) {
        const mera_goal_step *step = &goal->step[i];
        const mera_indicator *ind = budget_indicator(of, view, step->item);
        const char **cell = &grid->cell[i * GOAL_COLUMNS];
        cell[0] = mera_title_in(ind->title, view->view.language);
        cell[1] = mera_report_figure(of->item[step->item].value, arena);
        cell[2] = mera_report_figure(step->to, arena);
        cell[3] = ind->unit;
        cell[4] = mera_report_figure(step->score, arena);
        cell[5] = mera_report_figure(step->place, arena);
        for (size_t c = 0; c < GOAL_COLUMNS; c++) {
            MERA_TRY_PTR(cell[c]);
        }
    }
    return MERA_OK;
}

mera_code mera_report_goal_table(const mera_priorities *of, const mera_goal *goal,
                                 const mera_priorities_view *view, mera_arena *arena,
                                 mera_text *out)
{
    const mera_grid_column column[GOAL_COLUMNS] = {
        {.title = budget_word(view, MERA_WORD_INDICATOR), .gives_way = true, .max = 40},
        {.title = budget_word(view, MERA_WORD_NOW), .right = true},
        {.title = budget_word(view, MERA_WORD_LIFT_TO), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .max = 16},
        {.title = budget_word(view, MERA_WORD_SCORE), .right = true, .paint = MERA_PAINT_GOOD},
        {.title = budget_word(view, MERA_WORD_PLACE_OF), .right = true},
    };
    const mera_methodology *m = view->result->methodology;
    mera_grid grid;
    budget_section(view, MERA_WORD_GOAL, out);
    mera_text_addf(out, ": %s %s → %s\n",
                   mera_title_in(m->node[of->node].title, view->view.language),
                   mera_report_figure(goal->now, arena), mera_report_figure(goal->wanted, arena));
    if (goal->n > 0) {
        MERA_TRY(mera_grid_new(column, GOAL_COLUMNS, goal->n, arena, &grid));
        MERA_TRY(goal_rows(of, goal, view, arena, &grid));
        MERA_TRY(mera_grid_write(&grid, &view->view, 2, arena, out));
    }
    mera_style_wrap(out, &view->view, 2,
                    budget_word(view, !goal->met     ? MERA_WORD_GOAL_NOT_MET
                                      : goal->n == 0 ? MERA_WORD_GOAL_THERE
                                                     : MERA_WORD_GOAL_MET));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

void mera_report_budget_json(mera_json *json, const mera_priorities *of, const mera_budget *budget,
                             const mera_priorities_view *view)
{
    mera_json_open(json, "budget", '{');
    mera_json_number(json, "budget", budget->budget);
    mera_json_number(json, "cost", budget->cost);
    mera_json_number(json, "gain", budget->gain);
    mera_json_number(json, "bound", budget->bound);
    mera_json_bool(json, "exact", budget->exact);
    mera_json_number(json, "together", budget->together);
    mera_json_number(json, "score", budget->score);
    mera_json_number(json, "place", budget->place);
    mera_json_open(json, "spending", '[');
    for (size_t i = 0; i < budget->n; i++) {
        const mera_spending *step = &budget->spending[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "indicator", budget_indicator(of, view, step->item)->id);
        mera_json_number(json, "to", step->to);
        mera_json_number(json, "put_in", step->lift.value);
        mera_json_number(json, "cost", step->cost);
        mera_json_number(json, "gain", step->gain);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

void mera_report_goal_json(mera_json *json, const mera_priorities *of, const mera_goal *goal,
                           const mera_priorities_view *view)
{
    mera_json_open(json, "goal", '{');
    mera_json_number(json, "wanted", goal->wanted);
    mera_json_number(json, "now", goal->now);
    mera_json_bool(json, "met", goal->met);
    mera_json_open(json, "steps", '[');
    for (size_t i = 0; i < goal->n; i++) {
        const mera_goal_step *step = &goal->step[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "indicator", budget_indicator(of, view, step->item)->id);
        mera_json_number(json, "to", step->to);
        mera_json_number(json, "put_in", step->lift.value);
        mera_json_number(json, "score", step->score);
        mera_json_number(json, "place", step->place);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}
