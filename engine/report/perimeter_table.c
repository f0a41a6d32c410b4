/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first in several units: how they stand, what raises all of them, and the single steps
 * that bring most.
 */
#include "base/math.h"
#include "report/grid.h"
#include "report/priorities_cells.h"
#include "report/report.h"
#include "report/words.h"

enum { MEMBER_COLUMNS = 7, ITEM_COLUMNS = 7, STEP_COLUMNS = 11, PERIMETER_ROWS = 10 };

typedef struct perimeter_page {
    const mera_perimeter *of;
    const mera_priorities_view *view;
    mera_arena *arena;
    mera_text *out;
} perimeter_page;

static const char *page_word(const perimeter_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *page_title(const perimeter_page *p, mera_title title)
{
    return mera_title_in(title, p->view->view.language);
}

static const mera_indicator *page_indicator(const perimeter_page *p, size_t indicator)
{
    return &p->view->result->methodology->indicator[indicator];
}

static const char *page_unit(const perimeter_page *p, size_t member)
{
    return p->view->result->data->unit_name[p->of->members.unit[member]];
}

static size_t page_rows(const perimeter_page *p, size_t n)
{
    const size_t most = p->view->rows > 0 ? p->view->rows : PERIMETER_ROWS;
    return n < most ? n : most;
}

static mera_code page_write(const perimeter_page *p, const mera_grid *grid, size_t n)
{
    for (size_t i = 0; i < grid->n_rows * grid->n_columns; i++) {
        MERA_TRY_PTR(grid->cell[i]);
    }
    MERA_TRY(mera_grid_write(grid, &p->view->view, 2, p->arena, p->out));
    if (grid->n_rows < n) {
        mera_text_addf(p->out, "  %s %zu %s %zu (--top)\n", page_word(p, MERA_WORD_SHOWN),
                       grid->n_rows, page_word(p, MERA_WORD_OF), n);
    }
    return MERA_OK;
}

/** A title in bold, and in brackets up to what indicators are lifted. */
static mera_code page_section(const perimeter_page *p, mera_word title, const char *brackets)
{
    const bool part = p->of->node != 0;
    const char *rest = mera_arena_printf(
        p->arena, "%s%s (%s)", part ? ": " : "",
        part ? page_title(p, p->view->result->methodology->node[p->of->node].title) : "", brackets);
    MERA_TRY_PTR(rest);
    mera_text_add(p->out, "\n");
    mera_style_heading(p->out, &p->view->view, page_word(p, title), rest);
    return MERA_OK;
}

static mera_code page_head(const perimeter_page *p)
{
    const mera_methodology *m = p->view->result->methodology;
    const char *name = p->view->name;
    const char *period = p->view->result->period[p->of->period];
    const char *rest =
        mera_arena_printf(p->arena, "%s%s: %zu · %s%s%s", name != NULL ? " · " : "",
                          page_word(p, MERA_WORD_PERIMETER_UNITS), p->of->members.n,
                          page_title(p, m->title), period[0] != '\0' ? " · " : "", period);
    MERA_TRY_PTR(rest);
    mera_style_heading(p->out, &p->view->view, name != NULL ? name : "", rest);
    if (p->of->node != 0) {
        mera_text_addf(p->out, "%s: ", page_title(p, m->node[p->of->node].title));
    }
    mera_text_addf(p->out, "%s %s · ", page_word(p, MERA_WORD_MEAN_SCORE),
                   mera_report_figure(p->of->score, p->arena));
    if (p->view->weights == NULL) {
        mera_text_addf(p->out, "%s\n\n", page_word(p, MERA_WORD_ALL_ALIKE));
    } else {
        mera_text_addf(p->out, "%s «%s»\n\n", page_word(p, MERA_WORD_WEIGHED_BY), p->view->weights);
    }
    return MERA_OK;
}

/* ---- the members ---- */

/** "Lit streets 39.5 → 80.9 %" */
static const char *page_first(const perimeter_page *p, const mera_priorities *member)
{
    if (member->n_possible == 0 || !(member->item[0].gain > 0)) {
        return "–";
    }
    const mera_priority *item = &member->item[0];
    const mera_indicator *ind = page_indicator(p, item->indicator);
    return mera_arena_printf(p->arena, "%s %s → %s %s", page_title(p, ind->title),
                             mera_report_value_now(item, p->arena),
                             mera_report_figure(item->to, p->arena), page_title(p, ind->measure));
}

static mera_code page_members(const perimeter_page *p)
{
    const mera_result *r = p->view->result;
    const size_t node = p->of->node;
    const mera_grid_column column[MEMBER_COLUMNS] = {
        {.title = page_word(p, MERA_WORD_UNIT), .max = 28},
        {.title = page_word(p, MERA_WORD_WEIGHT),
         .right = true,
         .hidden = p->view->weights == NULL},
        {.title = page_word(p, MERA_WORD_SCORE), .right = true},
        {.title = page_word(p, MERA_WORD_PLACE_OF), .right = true},
        {.title = page_word(p, MERA_WORD_THEY), .right = true},
        {.title = page_word(p, MERA_WORD_FIRST_OF_ALL), .gives_way = true},
        {.title = page_word(p, MERA_WORD_OWN_GAINS), .right = true, .paint = MERA_PAINT_GOOD},
    };
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, MEMBER_COLUMNS, p->of->members.n, p->arena, &grid));
    size_t n_ranked = 0;
    for (size_t i = 0; i < r->n_units; i++) {
        n_ranked += !isnan(r->node[node].rank[p->of->period * r->n_units + i]);
    }
    for (size_t u = 0; u < p->of->members.n; u++) {
        const mera_priorities *member = &p->of->of[u];
        const size_t at = p->of->period * r->n_units + member->unit;
        const char **cell = &grid.cell[u * MEMBER_COLUMNS];
        cell[0] = page_unit(p, u);
        cell[1] = mera_report_percent(p->of->members.share[u], p->arena);
        cell[2] = mera_style_number(r->node[node].score[at], 2, p->arena);
        cell[3] = mera_arena_printf(p->arena, "%s/%zu",
                                    mera_report_figure(r->node[node].rank[at], p->arena), n_ranked);
        cell[4] = mera_arena_printf(p->arena, "%zu", member->similar.n);
        cell[5] = page_first(p, member);
        cell[6] =
            member->n_possible == 0 ? "–" : mera_report_gain(member->item[0].gain, 1, p->arena);
    }
    return page_write(p, &grid, 0);
}

/* ---- indicators over all ---- */

static const char *page_reach(const perimeter_page *p)
{
    return p->of->of[0].reach < 1 ? mera_arena_printf(p->arena, "%s %.0f %% %s",
                                                      page_word(p, MERA_WORD_PERIMETER_EACH),
                                                      100 * (1 - p->of->of[0].reach),
                                                      page_word(p, MERA_WORD_OF_SIMILAR))
                                  : page_word(p, MERA_WORD_PERIMETER_BEST);
}

/** Units of which nothing could be compared: "–" in the list above may mean that. */
static mera_code page_not_compared(const perimeter_page *p, size_t *n)
{
    mera_text line = {.arena = p->arena};
    *n = 0;
    for (size_t u = 0; u < p->of->members.n; u++) {
        if (!mera_report_compared(&p->of->of[u])) {
            mera_text_addf(&line, "%s%s", (*n)++ == 0 ? "" : ", ", page_unit(p, u));
        }
    }
    if (*n == 0) {
        return MERA_OK;
    }
    const char *text = mera_arena_printf(
        p->arena, "%s: %s", page_word(p, MERA_WORD_NOTHING_COMPARED), mera_text_string(&line));
    MERA_TRY_PTR(text);
    mera_style_wrap(p->out, &p->view->view, 2, text);
    return MERA_OK;
}

static mera_code page_items(const perimeter_page *p)
{
    size_t n = 0, blind;
    while (n < p->of->n && p->of->item[n].gain > 0) {
        n++;
    }
    const bool flat = n > 0 && (p->of->node != 0 || p->of->item[0].direction == SIZE_MAX);
    const mera_grid_column column[ITEM_COLUMNS] = {
        {.title = page_word(p, MERA_WORD_INDICATOR), .gives_way = true, .max = 64},
        {.title = page_word(p, MERA_WORD_LIFTED_IN), .right = true},
        {.title = page_word(p, MERA_WORD_DIRECTION_GAINS),
         .hidden = flat,
         .max = 22,
         .optional = true},
        {.title = page_word(p, MERA_WORD_MEAN_GAINS), .right = true, .paint = MERA_PAINT_GOOD},
        {.title = page_word(p, MERA_WORD_MOST_FOR), .max = 24},
        {.title = "", .right = true},
        {.title = page_word(p, MERA_WORD_SURE), .right = true, .hidden = p->of->surety.draws == 0},
    };
    mera_grid grid;
    const char *reach = page_reach(p);
    MERA_TRY_PTR(reach);
    MERA_TRY(page_section(p, MERA_WORD_PERIMETER_ITEMS, reach));
    MERA_TRY(page_not_compared(p, &blind));
    if (n == 0 && blind < p->of->members.n) {
        mera_text_addf(p->out, "  %s\n", page_word(p, MERA_WORD_NOTHING_TO_LIFT));
    }
    if (n == 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_grid_new(column, ITEM_COLUMNS, page_rows(p, n), p->arena, &grid));
    for (size_t i = 0; i < grid.n_rows; i++) {
        const mera_perimeter_item *item = &p->of->item[i];
        const char **cell = &grid.cell[i * ITEM_COLUMNS];
        cell[0] = page_title(p, page_indicator(p, item->indicator)->title);
        cell[1] = mera_arena_printf(p->arena, "%zu %s %zu", item->n, page_word(p, MERA_WORD_OF),
                                    p->of->members.n);
        cell[2] =
            flat ? "" : page_title(p, p->view->result->methodology->node[item->direction].title);
        cell[3] = mera_report_gain(item->gain, p->of->item[0].gain, p->arena);
        cell[4] = page_unit(p, item->most);
        cell[5] = mera_report_gain(item->most_gain, p->of->item[0].gain, p->arena);
        cell[6] = mera_report_percent(item->sure, p->arena);
    }
    return page_write(p, &grid, n);
}

/* ---- single steps ---- */

static const mera_priority *page_step(const perimeter_page *p, size_t i)
{
    return &p->of->of[p->of->step[i].member].item[p->of->step[i].item];
}

static void page_step_row(const perimeter_page *p, size_t i, double most, const char **cell)
{
    const mera_priority *item = page_step(p, i);
    const mera_priorities *member = &p->of->of[p->of->step[i].member];
    const mera_indicator *ind = page_indicator(p, item->indicator);
    const double cost = mera_price_of(item, member->unit, p->view->cost, p->view->n_costs);
    cell[0] = page_unit(p, p->of->step[i].member);
    cell[1] = page_title(p, ind->title);
    cell[2] = mera_report_value_now(item, p->arena);
    cell[3] = mera_report_figure(item->to, p->arena);
    cell[4] = page_title(p, ind->measure);
    cell[5] = mera_report_gain(item->gain, most, p->arena);
    cell[6] = mera_report_gain(item->among_gain, most, p->arena);
    cell[7] = mera_report_move(member->place, item->place, p->arena);
    cell[8] = mera_report_percent(item->sure, p->arena);
    cell[9] = isnan(cost) ? "" : mera_report_figure(cost, p->arena);
    cell[10] = isnan(cost) ? "" : mera_report_figure(item->among_gain / cost, p->arena);
}

static mera_code page_steps(const perimeter_page *p)
{
    size_t n = 0;
    while (n < p->of->n_steps && page_step(p, n)->among_gain > 0) {
        n++;
    }
    const bool free = p->view->n_costs == 0;
    const mera_grid_column column[STEP_COLUMNS] = {
        {.title = page_word(p, MERA_WORD_UNIT), .max = 24},
        {.title = page_word(p, MERA_WORD_INDICATOR), .gives_way = true, .max = 64},
        {.title = page_word(p, MERA_WORD_NOW), .right = true},
        {.title = page_word(p, MERA_WORD_LIFT_TO), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .max = 16},
        {.title = page_word(p, MERA_WORD_OWN_GAINS), .right = true, .optional = true},
        {.title = page_word(p, MERA_WORD_MEAN_GAINS), .right = true, .paint = MERA_PAINT_GOOD},
        {.title = page_word(p, p->of->node == 0 ? MERA_WORD_PLACE_OF : MERA_WORD_PLACE_IN_INDEX),
         .right = true,
         .optional = true},
        {.title = page_word(p, MERA_WORD_SURE), .right = true, .hidden = p->of->surety.draws == 0},
        {.title = page_word(p, MERA_WORD_COST), .right = true, .hidden = free},
        {.title = page_word(p, MERA_WORD_GAIN_PER_COST), .right = true, .hidden = free},
    };
    mera_grid grid;
    if (n == 0) {
        return MERA_OK;
    }
    MERA_TRY(page_section(p, MERA_WORD_PERIMETER_STEPS, page_word(p, MERA_WORD_STEPS_EACH)));
    MERA_TRY(mera_grid_new(column, STEP_COLUMNS, page_rows(p, n), p->arena, &grid));
    for (size_t i = 0; i < grid.n_rows; i++) {
        page_step_row(p, i, page_step(p, 0)->gain, &grid.cell[i * STEP_COLUMNS]);
    }
    return page_write(p, &grid, n);
}

mera_code mera_report_perimeter_table(const mera_perimeter *of, const mera_priorities_view *view,
                                      mera_arena *arena, mera_text *out)
{
    const perimeter_page p = {of, view, arena, out};
    MERA_TRY(page_head(&p));
    MERA_TRY(page_members(&p));
    MERA_TRY(page_items(&p));
    MERA_TRY(page_steps(&p));
    MERA_TRY(mera_report_asked(of->of, of->members.n, view, arena, out));
    MERA_TRY(mera_report_costs_end(of->of, of->members.n, view, arena, out));
    MERA_TRY(mera_report_sure_note(view, page_word(&p, MERA_WORD_PERIMETER_NOTE),
                                   of->n == 0 ? NULL : &of->surety, arena, out));
    if (view->budget != NULL) {
        MERA_TRY(mera_report_budget_table(of->of, of->members.n, view->budget, view, arena, out));
    }
    if (view->goal != NULL) {
        MERA_TRY(mera_report_goal_table(of->of, of->members.n, view->goal, view, arena, out));
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
