/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What it takes to overtake the unit above: of each indicator what it is, what it would have to
 * become, and what stands in the way. Possible ways first, the shortest in points first.
 */
#include "base/json.h"
#include "base/math.h"
#include "report/grid.h"
#include "report/report.h"
#include "report/words.h"

#include <stdlib.h>

typedef struct overtake_page {
    const mera_overtake *of;
    const mera_explain_view *view;
    mera_arena *arena;
    mera_text *out;
} overtake_page;

static const char *overtake_word(const overtake_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *overtake_title(const overtake_page *p, mera_title title, const char *id)
{
    const char *text = mera_title_in(title, p->view->view.language);
    return text != NULL ? text : id;
}

/* ---- the order of ways ---- */

/** Points to gain; of indicators that are not normalised as a share of the value. */
static double overtake_length(const mera_overtake_way *way)
{
    const double points = fabs(way->needed_points - way->points);
    return way->end != MERA_OVERTAKE_POSSIBLE ? INFINITY : points;
}

static int overtake_compare(const void *a, const void *b)
{
    const mera_overtake_way *x = a, *y = b;
    const double dx = overtake_length(x), dy = overtake_length(y);
    return dx != dy ? (dx > dy) - (dx < dy)
                    : (x->indicator > y->indicator) - (x->indicator < y->indicator);
}

static mera_code overtake_sorted(const overtake_page *p, mera_overtake_way **out)
{
    MERA_TRY_NEW(*out, p->arena, p->of->n);
    for (size_t i = 0; i < p->of->n; i++) {
        (*out)[i] = p->of->way[i];
    }
    if (p->of->n > 1) {
        qsort(*out, p->of->n, sizeof **out, overtake_compare);
    }
    return MERA_OK;
}

/* ---- the table ---- */

static void overtake_head(const overtake_page *p)
{
    const mera_overtake *of = p->of;
    const mera_result *r = p->view->result;
    const mera_node *node = &r->methodology->node[of->node];
    const mera_view *view = &p->view->view;
    mera_style_add(p->out, view, MERA_PAINT_BOLD, r->data->unit_name[of->unit]);
    mera_text_addf(p->out, "  %s  %s\n", overtake_title(p, node->title, node->id),
                   r->period[of->period]);
    if (isnan(of->score)) {
        mera_text_addf(p->out, "%s\n", overtake_word(p, MERA_WORD_NOT_RANKED));
        return;
    }
    mera_text_addf(p->out, "%s %.6g", overtake_word(p, MERA_WORD_SCORE), of->score);
    if (of->target == SIZE_MAX) {
        mera_text_addf(p->out, " · %s\n", overtake_word(p, MERA_WORD_NOBODY_ABOVE));
        return;
    }
    mera_text_addf(p->out, " · %s ", overtake_word(p, MERA_WORD_ABOVE));
    mera_text_addf(p->out, "%s, %.6g\n\n", r->data->unit_name[of->target], of->target_score);
}

static const char *overtake_note(const overtake_page *p, const mera_overtake_way *way)
{
    switch (way->end) {
    case MERA_OVERTAKE_POSSIBLE:
        return way->beyond_observed ? overtake_word(p, MERA_WORD_BEYOND_ALL) : "";
    case MERA_OVERTAKE_MISSING:
        return overtake_word(p, MERA_WORD_NO_VALUE);
    case MERA_OVERTAKE_NO_EFFECT:
        return overtake_word(p, MERA_WORD_MOVES_NOTHING);
    case MERA_OVERTAKE_GOALPOST:
        break;
    }
    return isnan(way->limit)
               ? overtake_word(p, MERA_WORD_NOT_ALONE)
               : mera_arena_printf(p->arena, "%s %.6g", overtake_word(p, MERA_WORD_NOT_EVEN_AT),
                                   way->limit);
}

static const char *overtake_number(const overtake_page *p, double x)
{
    return isnan(x) ? "–" : mera_arena_printf(p->arena, "%.6g", x);
}

static mera_code overtake_rows(const overtake_page *p, mera_grid *grid)
{
    const mera_methodology *m = p->view->result->methodology;
    mera_overtake_way *way;
    MERA_TRY(overtake_sorted(p, &way));
    for (size_t i = 0; i < p->of->n; i++) {
        const mera_indicator *ind = &m->indicator[way[i].indicator];
        const char **cell = grid->cell + i * grid->n_columns;
        const bool can = way[i].end == MERA_OVERTAKE_POSSIBLE;
        cell[0] = overtake_title(p, ind->title, ind->id);
        cell[1] = overtake_number(p, way[i].value);
        cell[2] = overtake_number(p, way[i].needed);
        cell[3] = mera_title_in(ind->measure, p->view->view.language);
        cell[4] = can && !isnan(way[i].points)
                      ? mera_arena_printf(p->arena, "%+.3g", way[i].needed_points - way[i].points)
                      : "";
        cell[5] = overtake_note(p, &way[i]);
        for (size_t c = 0; c < grid->n_columns; c++) {
            MERA_TRY_PTR(cell[c]);
        }
    }
    return MERA_OK;
}

mera_code mera_report_overtake_table(const mera_overtake *of, const mera_explain_view *view,
                                     mera_arena *arena, mera_text *out)
{
    const overtake_page p = {of, view, arena, out};
    const mera_grid_column column[] = {
        {.title = overtake_word(&p, MERA_WORD_INDICATOR), .gives_way = true, .max = 40},
        {.title = overtake_word(&p, MERA_WORD_NOW), .right = true},
        {.title = overtake_word(&p, MERA_WORD_NEEDED), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .max = 24, .optional = true},
        {.title = overtake_word(&p, MERA_WORD_POINTS), .right = true},
        {.title = "", .max = 40},
    };
    mera_grid grid;
    overtake_head(&p);
    if (of->target == SIZE_MAX) {
        return out->failed ? MERA_ENOMEM : MERA_OK;
    }
    MERA_TRY(mera_grid_new(column, sizeof column / sizeof *column, of->n, arena, &grid));
    MERA_TRY(overtake_rows(&p, &grid));
    MERA_TRY(mera_grid_write(&grid, &view->view, 0, arena, out));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- JSON ---- */

mera_code mera_report_overtake_json(const mera_overtake *of, const mera_explain_view *view,
                                    mera_arena *arena, mera_text *out)
{
    static const char *const end[] = {"possible", "missing", "no_effect", "goalpost"};
    const overtake_page p = {of, view, arena, out};
    const mera_result *r = view->result;
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_overtake_way *way;
    MERA_TRY(overtake_sorted(&p, &way));
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "unit", r->data->unit_key[of->unit]);
    mera_json_text(&json, "node", r->methodology->node[of->node].id);
    mera_json_text(&json, "period", r->period[of->period]);
    mera_json_number(&json, "score", of->score);
    mera_json_text(&json, "above", of->target == SIZE_MAX ? NULL : r->data->unit_key[of->target]);
    mera_json_number(&json, "above_score", of->target_score);
    mera_json_open(&json, "ways", '[');
    for (size_t i = 0; i < of->n; i++) {
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "indicator", r->methodology->indicator[way[i].indicator].id);
        mera_json_text(&json, "end", end[way[i].end]);
        mera_json_number(&json, "value", way[i].value);
        mera_json_number(&json, "needed", way[i].needed);
        mera_json_number(&json, "points", way[i].points);
        mera_json_number(&json, "needed_points", way[i].needed_points);
        mera_json_number(&json, "limit", way[i].limit);
        mera_json_bool(&json, "beyond_observed", way[i].beyond_observed);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
