/* SPDX-License-Identifier: Apache-2.0 */
/** @file What brings a unit or a perimeter to a goal, under the list of priorities. */
#include "base/math.h"
#include "report/priorities_cells.h"
#include "report/similar_json.h"
#include "report/words.h"

enum { GOAL_COLUMNS = MERA_WAY_COLUMNS + 4 };

typedef struct goal_page {
    const mera_priorities *of; /**< per member */
    size_t n;                  /**< members */
    const mera_goal *goal;
    const mera_priorities_view *view;
    mera_arena *arena;
    mera_text *out;
} goal_page;

static const char *goal_word(const goal_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *goal_unit(const goal_page *p, size_t member)
{
    return p->view->result->data->unit_name[p->of[member].unit];
}

static void goal_head(const goal_page *p)
{
    const mera_node *node = &p->view->result->methodology->node[p->of->node];
    const mera_word title = !p->view->many  ? MERA_WORD_GOAL
                            : p->goal->each ? MERA_WORD_GOAL_EACH
                                            : MERA_WORD_GOAL_MEAN;
    mera_text_add(p->out, "\n");
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, goal_word(p, title));
    mera_text_addf(p->out, ": %s", mera_title_in(node->title, p->view->view.language));
    if (!p->goal->each) {
        mera_text_addf(p->out, " %s", mera_report_figure(p->goal->now, p->arena));
    }
    mera_text_addf(p->out, " → %s\n", mera_report_figure(p->goal->wanted, p->arena));
}

static mera_code goal_steps(const goal_page *p)
{
    const bool many = p->view->many;
    mera_grid_column column[GOAL_COLUMNS] = {
        {.title = goal_word(p, MERA_WORD_UNIT), .max = 24},
        [1 + MERA_WAY_COLUMNS] = {.title = goal_word(p, MERA_WORD_COST),
                                  .right = true,
                                  .hidden = p->view->n_costs == 0},
        {.title = goal_word(p, !many           ? MERA_WORD_SCORE
                               : p->goal->each ? MERA_WORD_OWN_GAINS
                                               : MERA_WORD_MEAN_SCORE),
         .right = true,
         .paint = MERA_PAINT_GOOD},
        {.title = goal_word(p, MERA_WORD_PLACE_OF), .right = true},
    };
    const size_t skip = many ? 0 : 1, n = GOAL_COLUMNS - skip;
    mera_grid grid;
    mera_report_way_columns(&p->view->view, &column[1]);
    MERA_TRY(mera_grid_new(column + skip, n, p->goal->n, p->arena, &grid));
    for (size_t i = 0; i < p->goal->n; i++) {
        const mera_goal_step *step = &p->goal->step[i];
        const char **cell = &grid.cell[i * n];
        cell[0] = goal_unit(p, step->member);
        cell += 1 - skip;
        mera_report_way(&p->of[step->member].item[step->item], step->to, p->view, p->arena, cell);
        cell[MERA_WAY_COLUMNS] = isnan(step->cost) ? "" : mera_report_figure(step->cost, p->arena);
        cell[1 + MERA_WAY_COLUMNS] = mera_report_figure(step->score, p->arena);
        cell[2 + MERA_WAY_COLUMNS] = mera_report_figure(step->place, p->arena);
    }
    return mera_report_ways(&grid, &p->view->view, p->arena, p->out);
}

/** Is the member's own score what it is to be? */
static bool goal_has(const goal_page *p, size_t member)
{
    const double end = p->goal->end[member];
    return p->view->result->methodology->node[p->of->node].lower_is_better ? end <= p->goal->wanted
                                                                           : end >= p->goal->wanted;
}

/** "Not enough: …; the nearest: Alder 52.1, Birch 50.3." */
static void goal_missed(const goal_page *p, mera_text *line)
{
    mera_text_addf(line, "%s %s", goal_word(p, MERA_WORD_GOAL_NOT_MET),
                   goal_word(p, MERA_WORD_GOAL_NEAREST));
    if (!p->goal->each) {
        mera_text_addf(line, " %s.", mera_report_figure(p->goal->score, p->arena));
        return;
    }
    size_t n = 0;
    for (size_t u = 0; u < p->n; u++) {
        if (!goal_has(p, u)) {
            mera_text_addf(line, "%s %s %s", n++ == 0 ? "" : ",", goal_unit(p, u),
                           mera_report_figure(p->goal->end[u], p->arena));
        }
    }
    mera_text_add(line, ".");
}

/** " Cost: 120 (of 2 steps of 3 it is not known)." */
static void goal_cost(const goal_page *p, mera_text *line)
{
    const size_t unknown = p->goal->n - p->goal->n_priced;
    mera_text_addf(line, " %s %s", goal_word(p, MERA_WORD_GOAL_COST),
                   mera_report_figure(p->goal->cost, p->arena));
    if (unknown > 0) {
        mera_text_addf(line, " (%s %zu %s %zu)", goal_word(p, MERA_WORD_GOAL_COST_UNKNOWN), unknown,
                       goal_word(p, MERA_WORD_OUT_OF), p->goal->n);
    }
    mera_text_add(line, ".");
}

mera_code mera_report_goal_table(const mera_priorities *of, size_t n, const mera_goal *goal,
                                 const mera_priorities_view *view, mera_arena *arena,
                                 mera_text *out)
{
    const goal_page p = {of, n, goal, view, arena, out};
    const bool costs = view->n_costs > 0;
    mera_text line = {.arena = arena};
    goal_head(&p);
    MERA_TRY(goal->n > 0 ? goal_steps(&p) : MERA_OK);
    if (goal->met && goal->n == 0) {
        mera_text_add(&line, goal_word(&p, MERA_WORD_GOAL_THERE));
    } else {
        mera_text_addf(
            &line, "%s %s",
            goal_word(&p, goal->each ? MERA_WORD_GOAL_TOGETHER_EACH : MERA_WORD_GOAL_TOGETHER),
            goal_word(&p, costs ? MERA_WORD_GOAL_CHEAP : MERA_WORD_GOAL_FEW));
        if (costs) {
            goal_cost(&p, &line);
        }
        if (!goal->met) {
            mera_text_add(&line, " ");
            goal_missed(&p, &line);
        }
    }
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(out, &view->view, 2, mera_text_string(&line));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

static void goal_step_json(mera_json *json, const goal_page *p, const mera_goal_step *step)
{
    const mera_priorities *member = &p->of[step->member];
    const mera_result *r = p->view->result;
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "unit", r->data->unit_key[member->unit]);
    mera_json_text(json, "indicator",
                   r->methodology->indicator[member->item[step->item].indicator].id);
    mera_json_number(json, "to", step->to);
    mera_json_number(json, "put_in", step->lift.value);
    mera_json_number(json, "cost", step->cost);
    mera_json_number(json, "score", step->score);
    mera_json_number(json, "place", step->place);
    mera_json_close(json, '}');
}

void mera_report_goal_json(mera_json *json, const mera_priorities *of, size_t n,
                           const mera_goal *goal, const mera_priorities_view *view)
{
    const goal_page p = {.of = of, .n = n, .goal = goal, .view = view};
    mera_json_open(json, "goal", '{');
    mera_json_number(json, "wanted", goal->wanted);
    mera_json_bool(json, "each", goal->each);
    mera_json_number(json, "now", goal->now);
    mera_json_number(json, "score", goal->score);
    mera_json_bool(json, "met", goal->met);
    mera_json_number(json, "cost", view->n_costs > 0 ? goal->cost : NAN);
    mera_json_count(json, "steps_without_cost", goal->n - goal->n_priced);
    mera_json_open(json, "steps", '[');
    for (size_t i = 0; i < goal->n; i++) {
        goal_step_json(json, &p, &goal->step[i]);
    }
    mera_json_close(json, ']');
    mera_json_open(json, "units", '[');
    for (size_t u = 0; u < n; u++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "unit", view->result->data->unit_key[of[u].unit]);
        mera_json_number(json, "score", goal->end[u]);
        mera_json_number(json, "place", goal->place[u]);
        mera_json_bool(json, "has_it", goal_has(&p, u));
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}
