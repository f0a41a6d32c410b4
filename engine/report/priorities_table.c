/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What to do first, as a list that is understood at once: what, from how much to how much in its
 * own unit, what it brings, how sure.
 */
#include "base/math.h"
#include "report/grid.h"
#include "report/priorities_cells.h"
#include "report/report.h"
#include "report/words.h"

enum { PRIORITIES_COLUMNS = 11, PRIORITIES_ROWS = 10 };

typedef struct priorities_page {
    const mera_priorities *of;
    const mera_priorities_view *view;
    mera_arena *arena;
    mera_text *out;
} priorities_page;

static const char *page_word(const priorities_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *page_title(const priorities_page *p, mera_title title)
{
    return mera_title_in(title, p->view->view.language);
}

static mera_code page_head(const priorities_page *p)
{
    const mera_priorities *of = p->of;
    const mera_result *r = p->view->result;
    const mera_methodology *m = r->methodology;
    const mera_view *view = &p->view->view;
    const char *period = r->period[of->period];
    const char *rest = mera_arena_printf(p->arena, " · %s%s%s", page_title(p, m->title),
                                         period[0] != '\0' ? " · " : "", period);
    MERA_TRY_PTR(rest);
    mera_style_heading(p->out, view, r->data->unit_name[of->unit], rest);
    mera_text_addf(p->out, "%s %s %s %zu · %s %s\n", page_word(p, MERA_WORD_PLACE_OF),
                   mera_report_figure(of->place, p->arena), page_word(p, MERA_WORD_OF),
                   mera_report_ranked(r, of->period), page_word(p, MERA_WORD_SCORE),
                   mera_report_figure(of->score, p->arena));
    MERA_TRY(mera_report_similar_text(&of->similar, r, view, p->arena, p->out));
    mera_text_add(p->out, "\n");
    return mera_report_first_heading(of, view, r, p->arena, p->out);
}

static const char *page_direction(const priorities_page *p, const mera_priority *item)
{
    const mera_methodology *m = p->view->result->methodology;
    return item->direction == SIZE_MAX
               ? ""
               : mera_arena_printf(p->arena, "%s", page_title(p, m->node[item->direction].title));
}

static mera_code page_row(const priorities_page *p, const mera_priority *item, const char **cell)
{
    const mera_indicator *ind = &p->view->result->methodology->indicator[item->indicator];
    const double most = p->of->n_possible > 0 ? p->of->item[0].gain : 1;
    cell[0] = page_title(p, ind->title);
    cell[1] = mera_report_value_now(item, p->arena);
    cell[2] = mera_report_figure(item->to, p->arena);
    cell[3] = page_title(p, ind->measure);
    cell[4] = page_direction(p, item);
    cell[5] =
        item->direction == SIZE_MAX ? "" : mera_report_gain(item->direction_gain, most, p->arena);
    cell[6] = mera_report_gain(item->index_gain, most, p->arena);
    cell[7] = mera_report_move(p->of->place, item->place, p->arena);
    cell[8] = mera_report_percent(item->sure, p->arena);
    const double cost = mera_price_of(item, p->of->unit, p->view->cost, p->view->n_costs);
    cell[9] = isnan(cost) ? "" : mera_report_figure(cost, p->arena);
    cell[10] = isnan(cost) || !(cost > 0) ? "" : mera_report_figure(item->gain / cost, p->arena);
    for (size_t i = 0; i < PRIORITIES_COLUMNS; i++) {
        MERA_TRY_PTR(cell[i]);
    }
    return MERA_OK;
}

/** Possible ones that bring something. */
static size_t page_gaining(const priorities_page *p)
{
    size_t n = 0;
    while (n < p->of->n_possible && p->of->item[n].gain > 0) {
        n++;
    }
    return n;
}

/** Are indicators right below the index, so that no direction gains? */
static bool page_flat(const priorities_page *p)
{
    return p->of->n_possible > 0 && p->of->item[0].direction == SIZE_MAX;
}

static mera_code page_list(const priorities_page *p)
{
    const size_t n = page_gaining(p), most = p->view->rows > 0 ? p->view->rows : PRIORITIES_ROWS;
    const size_t rows = n < most ? n : most;
    const bool flat = page_flat(p);
    const mera_grid_column column[PRIORITIES_COLUMNS] = {
        {.title = page_word(p, MERA_WORD_INDICATOR), .gives_way = true, .max = 64, .least = 28},
        {.title = page_word(p, MERA_WORD_NOW), .right = true},
        {.title = page_word(p, MERA_WORD_LIFT_TO), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .max = 16},
        {.title = page_word(p, MERA_WORD_DIRECTION_GAINS),
         .hidden = flat,
         .max = 22,
         .optional = true},
        {.title = page_word(p, MERA_WORD_DIRECTION_SHORT), .right = true, .hidden = flat},
        {.title = page_word(p, MERA_WORD_INDEX_GAINS), .right = true, .paint = MERA_PAINT_GOOD},
        {.title = page_word(p, MERA_WORD_PLACE_OF), .right = true},
        {.title = page_word(p, MERA_WORD_SURE), .right = true, .hidden = p->of->surety.draws == 0},
        {.title = page_word(p, MERA_WORD_COST), .right = true, .hidden = p->view->n_costs == 0},
        {.title = page_word(p, MERA_WORD_GAIN_PER_COST),
         .right = true,
         .hidden = p->view->n_costs == 0},
    };
    mera_grid grid;
    if (rows == 0) {
        mera_text_addf(p->out, "  %s\n", mera_report_nothing(p->of, &p->view->view));
        return MERA_OK;
    }
    MERA_TRY(mera_grid_new(column, PRIORITIES_COLUMNS, rows, p->arena, &grid));
    for (size_t i = 0; i < rows; i++) {
        MERA_TRY(page_row(p, &p->of->item[i], &grid.cell[i * PRIORITIES_COLUMNS]));
    }
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out));
    if (rows < n) {
        mera_text_addf(p->out, "  %s %zu %s %zu (--top)\n", page_word(p, MERA_WORD_SHOWN), rows,
                       page_word(p, MERA_WORD_OF), n);
    }
    return MERA_OK;
}

/** Is some value in the list not the unit's own? */
static bool page_imputed(const priorities_page *p)
{
    const size_t n = page_gaining(p), most = p->view->rows > 0 ? p->view->rows : PRIORITIES_ROWS;
    bool some = false;
    for (size_t i = 0; i < n && i < most; i++) {
        some = some || (p->of->item[i].state & (MERA_CARRIED | MERA_IMPUTED)) != 0;
    }
    return some;
}

mera_code mera_report_priorities_table(const mera_priorities *of, const mera_priorities_view *view,
                                       mera_arena *arena, mera_text *out)
{
    const priorities_page p = {of, view, arena, out};
    MERA_TRY(page_head(&p));
    MERA_TRY(page_list(&p));
    if (page_imputed(&p)) {
        mera_style_wrap(out, &view->view, 2, page_word(&p, MERA_WORD_FROM_IMPUTED));
    }
    MERA_TRY(mera_report_asked(of, 1, view, arena, out));
    MERA_TRY(mera_report_rests(of, true, view, arena, out));
    MERA_TRY(mera_report_costs_end(of, 1, view, arena, out));
    const mera_word note =
        page_flat(&p) ? MERA_WORD_PRIORITIES_NOTE_FLAT : MERA_WORD_PRIORITIES_NOTE;
    MERA_TRY(mera_report_sure_note(view, page_word(&p, note),
                                   of->n_possible == 0 ? NULL : &of->surety, arena, out));
    if (view->budget != NULL) {
        MERA_TRY(mera_report_budget_table(of, 1, view->budget, view, arena, out));
    }
    if (view->goal != NULL) {
        MERA_TRY(mera_report_goal_table(of, 1, view->goal, view, arena, out));
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
