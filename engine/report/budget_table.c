/* SPDX-License-Identifier: Apache-2.0 */
/** @file What money buys, under the list of priorities. */
#include "base/math.h"
#include "report/priorities_cells.h"
#include "report/report.h"
#include "report/similar_json.h"
#include "report/words.h"

enum { BUDGET_COLUMNS = MERA_WAY_COLUMNS + 3 };

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

static mera_code budget_spending(const mera_priorities *of, const mera_budget *budget,
                                 const mera_priorities_view *view, mera_arena *arena,
                                 mera_text *out)
{
    mera_grid_column column[BUDGET_COLUMNS] = {
        {.title = budget_word(view, MERA_WORD_UNIT), .max = 24},
        [1 + MERA_WAY_COLUMNS] = {.title = budget_word(view, MERA_WORD_COST), .right = true},
        {.title = budget_word(view, MERA_WORD_BRINGS), .right = true, .paint = MERA_PAINT_GOOD},
    };
    const size_t skip = view->many ? 0 : 1, n = BUDGET_COLUMNS - skip;
    mera_grid grid;
    mera_report_way_columns(&view->view, &column[1]);
    MERA_TRY(mera_grid_new(column + skip, n, budget->n, arena, &grid));
    for (size_t i = 0; i < budget->n; i++) {
        const mera_spending *step = &budget->spending[i];
        const mera_priorities *member = &of[step->member];
        const char **cell = &grid.cell[i * n];
        cell[0] = view->result->data->unit_name[member->unit];
        cell += 1 - skip;
        mera_report_way(&member->item[step->item], step->to, view, arena, cell);
        cell[MERA_WAY_COLUMNS] = mera_report_figure(step->cost, arena);
        cell[1 + MERA_WAY_COLUMNS] =
            mera_arena_printf(arena, "+%s", mera_report_figure(step->gain, arena));
    }
    return mera_report_ways(&grid, &view->view, arena, out);
}

/** "(no split sums to more than 2.207: this one is proved best)". */
static void budget_bound(const mera_budget *budget, const mera_priorities_view *view,
                         mera_arena *arena, mera_text *line)
{
    const mera_word over =
        budget->of_straight ? MERA_WORD_NO_STRAIGHT_OVER : MERA_WORD_NO_SPLIT_OVER;
    mera_text_addf(line, " (%s %s", budget_word(view, over),
                   mera_report_figure(budget->bound, arena));
    if (budget->exact || budget->cut_short) {
        const mera_word word = budget->exact ? MERA_WORD_BEST_PROVED : MERA_WORD_NOT_PROVED;
        mera_text_addf(line, ": %s", budget_word(view, word));
    }
    mera_text_add(line, ").");
}

/** "place 87 → 71"; of several, each with its name. */
static void budget_places(const mera_priorities *of, size_t n, const mera_budget *budget,
                          const mera_priorities_view *view, mera_arena *arena, mera_text *line)
{
    mera_text_add(line, budget_word(view, view->many ? MERA_WORD_PLACES : MERA_WORD_PLACE_OF));
    for (size_t u = 0; u < n; u++) {
        mera_text_addf(line, "%s%s%s %s → %s", u == 0 ? "" : ",", view->many ? " " : "",
                       view->many ? view->result->data->unit_name[of[u].unit] : "",
                       mera_report_figure(of[u].place, arena),
                       mera_report_figure(budget->place[u], arena));
    }
    mera_text_add(line, ".");
}

mera_code mera_report_budget_table(const mera_priorities *of, size_t n, const mera_budget *budget,
                                   const mera_priorities_view *view, mera_arena *arena,
                                   mera_text *out)
{
    mera_text line = {.arena = arena};
    budget_section(view, MERA_WORD_BUDGET, out);
    mera_text_addf(out, " %s\n", mera_report_figure(budget->budget, arena));
    if (budget->n == 0) {
        mera_text_addf(out, "  %s\n", budget_word(view, MERA_WORD_BUDGET_TOO_SMALL));
    } else {
        MERA_TRY(budget_spending(of, budget, view, arena, out));
    }
    mera_text_addf(
        &line, "%s %s. %s +%s", budget_word(view, MERA_WORD_SPENT),
        mera_report_figure(budget->cost, arena),
        budget_word(view, view->many ? MERA_WORD_SUM_OF_MEAN_GAINS : MERA_WORD_SUM_OF_GAINS),
        mera_report_figure(budget->gain, arena));
    budget_bound(budget, view, arena, &line);
    mera_text_addf(&line, " %s %+.4g: %s %s, ", budget_word(view, MERA_WORD_ALL_AT_ONCE),
                   budget->together,
                   budget_word(view, view->many ? MERA_WORD_MEAN_SCORE : MERA_WORD_SCORE),
                   mera_report_figure(budget->score, arena));
    budget_places(of, n, budget, view, arena, &line);
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(out, &view->view, 2, mera_text_string(&line));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

void mera_report_budget_json(mera_json *json, const mera_priorities *of, size_t n,
                             const mera_budget *budget, const mera_priorities_view *view)
{
    const char *const *key = view->result->data->unit_key;
    mera_json_open(json, "budget", '{');
    mera_json_number(json, "budget", budget->budget);
    mera_json_number(json, "cost", budget->cost);
    mera_json_number(json, "gain", budget->gain);
    mera_json_number(json, "bound", budget->bound);
    mera_json_bool(json, "exact", budget->exact);
    mera_json_bool(json, "bound_of_straight_lines", budget->of_straight);
    mera_json_number(json, "together", budget->together);
    mera_json_number(json, "score", budget->score);
    mera_json_open(json, "places", '[');
    for (size_t u = 0; u < n; u++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "unit", key[of[u].unit]);
        mera_json_number(json, "place", budget->place[u]);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_open(json, "spending", '[');
    for (size_t i = 0; i < budget->n; i++) {
        const mera_spending *step = &budget->spending[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "unit", key[of[step->member].unit]);
        mera_json_text(json, "indicator",
                       budget_indicator(&of[step->member], view, step->item)->id);
        mera_json_number(json, "to", step->to);
        mera_json_number(json, "put_in", step->lift.value);
        mera_json_number(json, "cost", step->cost);
        mera_json_number(json, "gain", step->gain);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}
