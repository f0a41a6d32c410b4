/* SPDX-License-Identifier: Apache-2.0 */
/** @file Cells and words that lists of priorities share. */
#include "report/priorities_cells.h"

#include "base/math.h"
#include "report/style.h"
#include "report/words.h"

const char *mera_report_gain(double gain, double most, mera_arena *arena)
{
    const double size = fabs(most);
    const int digits = size >= 10 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4;
    const char *text = mera_style_number(gain, digits, arena);
    return text == NULL || isnan(gain)
               ? text
               : mera_arena_printf(arena, "%s%s", gain > 0 ? "+" : "", text);
}

const char *mera_report_move(double place, double then, mera_arena *arena)
{
    return isnan(then)     ? "–"
           : then == place ? mera_report_figure(then, arena)
                           : mera_arena_printf(arena, "%s → %s", mera_report_figure(place, arena),
                                               mera_report_figure(then, arena));
}

const char *mera_report_value_now(const mera_priority *item, mera_arena *arena)
{
    const bool own = (item->state & (MERA_CARRIED | MERA_IMPUTED)) == 0;
    const char *value = mera_report_figure(item->value, arena);
    return own || value == NULL ? value : mera_arena_printf(arena, "~%s", value);
}

const char *mera_report_percent(double share, mera_arena *arena)
{
    return isnan(share) ? "–" : mera_arena_printf(arena, "%.0f%%", 100 * share);
}

size_t mera_report_ranked(const mera_result *result, size_t period)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_units; i++) {
        n += !isnan(result->node[0].rank[period * result->n_units + i]);
    }
    return n;
}

/** "weightings", or "draws of weights and methods (scale, mean)". */
static const char *sure_of_what(const mera_surety *sure, const mera_methodology *m,
                                const char *language, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    if (!sure->methods) {
        return mera_word_in(MERA_WORD_SURE_WEIGHTS, language);
    }
    mera_text_addf(&text, "%s (", mera_word_in(MERA_WORD_SURE_METHODS, language));
    for (size_t f = 0; f < m->uncertainty.n_factors; f++) {
        mera_text_addf(&text, "%s%s", f > 0 ? ", " : "", m->uncertainty.factor[f].id);
    }
    mera_text_add(&text, ")");
    return mera_text_string(&text);
}

static mera_code sure_text(const mera_surety *sure, const mera_methodology *m, const char *language,
                           mera_text *text)
{
    const char *what = sure_of_what(sure, m, language, text->arena);
    MERA_TRY_PTR(what);
    if (sure->why_not != NULL) {
        mera_text_addf(text, "%s: %s", mera_word_in(MERA_WORD_NOT_DRAWN, language), sure->why_not);
        return MERA_OK;
    }
    mera_text_addf(text, "%s %zu %s ", mera_word_in(MERA_WORD_SURE_DRAWS, language),
                   (size_t)(sure->draws - sure->failed), what);
    if (sure->top == 1) {
        mera_text_add(text, mera_word_in(MERA_WORD_SURE_FIRST, language));
    } else {
        mera_text_addf(text, "%s %zu %s", mera_word_in(MERA_WORD_SURE_AMONG, language), sure->top,
                       mera_word_in(MERA_WORD_SURE_GAIN, language));
    }
    if (sure->failed > 0) {
        mera_text_addf(text, " %s %zu (%s).", mera_word_in(MERA_WORD_SURE_FAILED, language),
                       (size_t)sure->failed, sure->why_failed);
    }
    return MERA_OK;
}

mera_code mera_report_sure_note(const mera_priorities_view *view, const char *note,
                                const mera_surety *sure, mera_arena *arena, mera_text *out)
{
    mera_text text = {.arena = arena};
    if (sure == NULL) { /* nothing is lifted: there is nothing to be sure of */
        return MERA_OK;
    }
    const mera_methodology *m = view->result->methodology;
    if (sure->why_not == NULL) {
        mera_text_addf(&text, "%s ", note);
    }
    if (m->node[0].lower_is_better) {
        mera_text_addf(&text, "%s ", mera_word_in(MERA_WORD_GAIN_BY_FALL, view->view.language));
    }
    MERA_TRY(sure_text(sure, m, view->view.language, &text));
    const char *line = mera_text_string(&text);
    MERA_TRY_PTR(line);
    mera_text_add(out, "\n");
    mera_style_wrap(out, &view->view, 0, line);
    return MERA_OK;
}

void mera_report_surety_json(mera_json *json, const mera_surety *sure, const mera_methodology *m)
{
    mera_json_count(json, "top", sure->top);
    mera_json_open(json, "varied", '[');
    mera_json_text(json, NULL, "weights");
    for (size_t f = 0; sure->methods && f < m->uncertainty.n_factors; f++) {
        mera_json_text(json, NULL, m->uncertainty.factor[f].id);
    }
    mera_json_close(json, ']');
    mera_json_count(json, "draws", (size_t)sure->draws);
    mera_json_count(json, "draws_failed", (size_t)sure->failed);
    if (sure->failed > 0) {
        mera_json_text(json, "why_failed", sure->why_failed);
    }
    mera_json_text(json, "why_not_drawn", sure->why_not);
}

void mera_report_way_columns(const mera_view *view, mera_grid_column *column)
{
    const char *language = view->language;
    column[0] = (mera_grid_column){.title = mera_word_in(MERA_WORD_INDICATOR, language),
                                   .gives_way = true,
                                   .max = 64,
                                   .least = 28};
    column[1] = (mera_grid_column){.title = mera_word_in(MERA_WORD_NOW, language), .right = true};
    column[2] = (mera_grid_column){.title = mera_word_in(MERA_WORD_LIFT_TO, language),
                                   .right = true,
                                   .paint = MERA_PAINT_BOLD};
    column[3] = (mera_grid_column){.title = "", .max = 16};
}

void mera_report_way(const mera_priority *item, double to, const mera_priorities_view *view,
                     mera_arena *arena, const char **cell)
{
    const mera_indicator *ind = &view->result->methodology->indicator[item->indicator];
    cell[0] = mera_title_in(ind->title, view->view.language);
    cell[1] = mera_report_value_now(item, arena);
    cell[2] = mera_report_figure(to, arena);
    cell[3] = mera_title_in(ind->measure, view->view.language);
}

mera_code mera_report_ways(const mera_grid *grid, const mera_view *view, mera_arena *arena,
                           mera_text *out)
{
    for (size_t i = 0; i < grid->n_rows * grid->n_columns; i++) {
        MERA_TRY_PTR(grid->cell[i]);
    }
    return mera_grid_write(grid, view, 2, arena, out);
}

/** Is there a price for the unit's item, and none that reaches its aim? */
static bool cells_cost_ends(const mera_priorities *of, const mera_priority *item,
                            const mera_priorities_view *view)
{
    bool priced = false;
    for (size_t c = 0; c < view->n_costs; c++) {
        priced = priced || (view->cost[c].indicator == item->indicator &&
                            (view->cost[c].unit == of->unit || view->cost[c].unit == SIZE_MAX));
    }
    return priced && isnan(mera_price_of(item, of->unit, view->cost, view->n_costs));
}

mera_code mera_report_costs_end(const mera_priorities *of, size_t n,
                                const mera_priorities_view *view, mera_arena *arena, mera_text *out)
{
    const mera_methodology *m = view->result->methodology;
    mera_text line = {.arena = arena};
    for (size_t k = 0; k < m->n_indicators; k++) {
        bool ends = false;
        for (size_t u = 0; u < n; u++) {
            for (size_t i = 0; i < of[u].n_possible; i++) {
                const mera_priority *item = &of[u].item[i];
                ends = ends || (item->indicator == k && cells_cost_ends(&of[u], item, view));
            }
        }
        if (ends) {
            mera_text_addf(&line, "%s%s", line.n == 0 ? "" : ", ",
                           mera_title_in(m->indicator[k].title, view->view.language));
        }
    }
    if (line.n == 0) {
        return MERA_OK;
    }
    const char *text =
        mera_arena_printf(arena, "%s: %s", mera_word_in(MERA_WORD_COSTS_END, view->view.language),
                          mera_text_string(&line));
    MERA_TRY_PTR(text);
    mera_style_wrap(out, &view->view, 2, text);
    return MERA_OK;
}
