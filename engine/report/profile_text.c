/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One territory as a page of text: what a mayor reads before a meeting, in that order.
 */
#include "base/math.h"
#include "report/grid.h"
#include "report/priorities_cells.h"
#include "report/profile_page.h"

#include <string.h>

enum { PROFILE_BAR = 20, PROFILE_COLUMNS = 7, PROFILE_FIRST = 3 };

static const char *profile_figure(const mera_profile_page *p, double x)
{
    return mera_report_figure(x, p->arena);
}

/* ---- the head ---- */

static void profile_groups(const mera_profile_page *p)
{
    const mera_result *r = p->view->result;
    size_t n = 0;
    for (size_t g = 0; g < r->methodology->n_groupings; g++) {
        const char *label = p->view->group != NULL ? p->view->group[g] : NULL;
        if (label != NULL) {
            mera_text_addf(p->out, "%s%s", n++ > 0 ? " · " : "", label);
        }
    }
    mera_text_add(p->out, n > 0 ? "\n" : "");
}

static void profile_interval(const mera_profile_page *p, mera_text *line)
{
    const mera_profile *of = p->of;
    if (of->sure) {
        mera_text_addf(line, " (%s %s–%s; %s %s, %s %zu)", mera_profile_word(p, MERA_WORD_INTERVAL),
                       profile_figure(p, of->low), profile_figure(p, of->high),
                       mera_profile_word(p, MERA_WORD_BAND), mera_report_band(of->band, p->arena),
                       mera_profile_word(p, MERA_WORD_IN_IT), of->n_banded);
    }
}

static mera_code profile_standing(const mera_profile_page *p)
{
    const mera_profile *of = p->of;
    mera_text line = {.arena = p->arena};
    mera_text_addf(&line, "%s %s %s %zu", mera_profile_word(p, MERA_WORD_PLACE_OF),
                   profile_figure(p, of->place), mera_profile_word(p, MERA_WORD_OF), of->n_ranked);
    profile_interval(p, &line);
    mera_text_addf(&line, " · %s %s", mera_profile_word(p, MERA_WORD_SCORE),
                   profile_figure(p, of->score));
    if (of->class_label != NULL) {
        mera_text_addf(&line, " · %s %s", mera_profile_word(p, MERA_WORD_CLASS), of->class_label);
    }
    if (of->priorities.similar.how == MERA_SIMILAR_GROUPS ||
        of->priorities.similar.distance != NULL) {
        mera_text_addf(&line, " · %s %s %s %zu", mera_profile_word(p, MERA_WORD_AMONG_SIMILAR),
                       profile_figure(p, of->similar_place), mera_profile_word(p, MERA_WORD_OF),
                       of->priorities.similar.n + 1);
    }
    MERA_TRY(mera_profile_wrap(p, 0, &line));
    if (of->sure) {
        mera_style_wrap(p->out, &p->view->view, 0, mera_profile_word(p, MERA_WORD_SCORE_SURE_NOTE));
    }
    return MERA_OK;
}

static mera_code profile_head(const mera_profile_page *p)
{
    const mera_profile *of = p->of;
    const mera_result *r = p->view->result;
    const char *period = r->period[of->period];
    const char *rest =
        mera_arena_printf(p->arena, " · %s%s%s", mera_profile_title(p, r->methodology->title),
                          period[0] != '\0' ? " · " : "", period);
    MERA_TRY_PTR(rest);
    mera_style_heading(p->out, &p->view->view, r->data->unit_name[of->unit], rest);
    profile_groups(p);
    MERA_TRY(profile_standing(p));
    return mera_report_similar_text(&of->priorities.similar, r, &p->view->view, p->arena, p->out);
}

/* ---- directions ---- */

/** From the worst to the best of all units: the unit's own, ┃ similar units, "█████┃··". */
static const char *profile_bar(const mera_profile_page *p, const mera_profile_part *part)
{
    mera_text text = {.arena = p->arena};
    const double wide = part->high - part->low;
    const double worst = part->lower_is_better ? part->high : part->low;
    const double full = wide > 0 ? fabs(part->score - worst) / wide * PROFILE_BAR : 0;
    const double at = wide > 0 ? fabs(part->similar - worst) / wide * PROFILE_BAR : NAN;
    const size_t mark = isnan(at) ? SIZE_MAX : (size_t)fmin(PROFILE_BAR - 1, fmax(0, at));
    if (isnan(part->score)) {
        return "";
    }
    for (size_t i = 0; i < PROFILE_BAR; i++) {
        mera_text_add(&text, i == mark ? "┃" : (double)i + 0.5 <= full ? "█" : "·");
    }
    return mera_text_string(&text);
}

static mera_title profile_part_title(const mera_profile_page *p, const mera_profile_part *part)
{
    const mera_methodology *m = p->view->result->methodology;
    return part->is_indicator ? m->indicator[part->index].title : m->node[part->index].title;
}

/** "+2.0", "−2.8", "0.0"; "–" when there is nothing to compare. */
static const char *profile_change_of(const mera_profile_page *p, double change, int digits)
{
    const char *size = mera_style_number(fabs(change), digits, p->arena);
    const bool zero = size != NULL && strspn(size, "0.") == strlen(size);
    return size == NULL || isnan(change) || zero
               ? size
               : mera_arena_printf(p->arena, "%s%s", change > 0 ? "+" : "−", size);
}

static mera_code profile_row(const mera_profile_page *p, const mera_profile_part *part,
                             const char **cell)
{
    const int digits = mera_style_digits(fmax(fabs(part->low), fabs(part->high))) - 1;
    const int shown = digits < 1 ? 1 : digits;
    cell[0] = mera_profile_title(p, profile_part_title(p, part));
    cell[1] = mera_style_number(part->score, shown, p->arena);
    cell[2] = profile_bar(p, part);
    cell[3] = mera_style_number(part->similar, shown, p->arena);
    cell[4] = mera_style_number(part->median, shown, p->arena);
    cell[5] = isnan(part->place)
                  ? "–"
                  : mera_arena_printf(p->arena, "%.0f/%zu", part->place, part->n_ranked);
    cell[6] = profile_change_of(p, part->score - part->before, shown);
    for (size_t c = 0; c < PROFILE_COLUMNS; c++) {
        MERA_TRY_PTR(cell[c]);
    }
    return MERA_OK;
}

static mera_code profile_directions(const mera_profile_page *p)
{
    const bool before = p->of->before != SIZE_MAX;
    const char *since =
        before ? mera_arena_printf(p->arena, "%s %s", mera_profile_word(p, MERA_WORD_SINCE),
                                   p->view->result->period[p->of->before])
               : "";
    const mera_grid_column column[PROFILE_COLUMNS] = {
        {.title = mera_profile_word(p, MERA_WORD_DIRECTION), .gives_way = true, .max = 36},
        {.title = mera_profile_word(p, MERA_WORD_SCORE), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .optional = true, .paint = MERA_PAINT_GOOD},
        {.title = mera_profile_word(p, MERA_WORD_THEY), .right = true},
        {.title = mera_profile_word(p, MERA_WORD_ALL_MEDIAN), .right = true},
        {.title = mera_profile_word(p, MERA_WORD_PLACE_OF), .right = true},
        {.title = since, .right = true, .hidden = !before},
    };
    mera_grid grid;
    MERA_TRY_PTR(since);
    mera_profile_section(p, MERA_WORD_DIRECTIONS);
    MERA_TRY(mera_grid_new(column, PROFILE_COLUMNS, p->of->n_parts, p->arena, &grid));
    for (size_t j = 0; j < p->of->n_parts; j++) {
        MERA_TRY(profile_row(p, &p->of->part[j], &grid.cell[j * PROFILE_COLUMNS]));
    }
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out));
    mera_style_wrap(p->out, &p->view->view, 2, mera_profile_word(p, MERA_WORD_PROFILE_BARS));
    return MERA_OK;
}

static void profile_change(const mera_profile_page *p)
{
    const mera_profile *of = p->of;
    if (of->before == SIZE_MAX) {
        return;
    }
    mera_text_addf(p->out, "  %s %s: %s %s → %s, %s %s → %s\n",
                   mera_profile_word(p, MERA_WORD_SINCE), p->view->result->period[of->before],
                   mera_profile_word(p, MERA_WORD_SCORE), profile_figure(p, of->score_before),
                   profile_figure(p, of->score), mera_profile_word(p, MERA_WORD_PLACE_OF),
                   profile_figure(p, of->place_before), profile_figure(p, of->place));
}

/* ---- strengths and weaknesses ---- */

static mera_code profile_marks(const mera_profile_page *p, mera_word word,
                               const mera_profile_mark *mark, size_t n)
{
    const mera_grid_column column[] = {
        {.title = mera_profile_word(p, MERA_WORD_INDICATOR),
         .gives_way = true,
         .max = 64,
         .least = 28},
        {.title = mera_profile_word(p, MERA_WORD_NOW), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = mera_profile_word(p, MERA_WORD_THEY), .right = true},
        {.title = "", .max = 16},
        {.title = mera_profile_word(p, MERA_WORD_BETTER_THAN), .right = true},
    };
    const mera_methodology *m = p->view->result->methodology;
    mera_grid grid;
    if (n == 0) {
        return MERA_OK;
    }
    mera_profile_section(p, word);
    MERA_TRY(mera_grid_new(column, 5, n, p->arena, &grid));
    for (size_t i = 0; i < n; i++) {
        const char **cell = &grid.cell[i * 5];
        cell[0] = mera_profile_title(p, m->indicator[mark[i].indicator].title);
        cell[1] = profile_figure(p, mark[i].value);
        cell[2] = profile_figure(p, mark[i].similar);
        cell[3] = mera_profile_title(p, m->indicator[mark[i].indicator].measure);
        cell[4] = mera_arena_printf(p->arena, "%zu %s %zu", mark[i].n_worse,
                                    mera_profile_word(p, MERA_WORD_OF), mark[i].n);
        MERA_TRY_PTR(cell[1]);
        MERA_TRY_PTR(cell[2]);
        MERA_TRY_PTR(cell[4]);
    }
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

/* ---- what to do first ---- */

static mera_code profile_first(const mera_profile_page *p)
{
    const mera_priorities *of = &p->of->priorities;
    const mera_methodology *m = p->view->result->methodology;
    const mera_priorities_view all = {.view = p->view->view, .result = p->view->result};
    mera_text_add(p->out, "\n");
    MERA_TRY(mera_report_first_heading(of, &p->view->view, p->view->result, p->arena, p->out));
    for (size_t i = 0; i < of->n_possible && i < PROFILE_FIRST; i++) {
        const mera_priority *item = &of->item[i];
        const mera_indicator *ind = &m->indicator[item->indicator];
        mera_text line = {.arena = p->arena};
        if (!(item->gain > 0)) {
            break;
        }
        mera_text_addf(&line, "%zu. %s: %s → %s%s%s", i + 1, mera_profile_title(p, ind->title),
                       mera_report_value_now(item, p->arena), profile_figure(p, item->to),
                       ind->unit[0] != '\0' ? " " : "", mera_profile_title(p, ind->measure));
        mera_text_addf(&line, " (%s +%s", mera_profile_word(p, MERA_WORD_INDEX_GAINS),
                       profile_figure(p, fabs(item->index_gain)));
        if (item->place != of->place) {
            mera_text_addf(&line, ", %s %s → %s", mera_profile_word(p, MERA_WORD_PLACE_OF),
                           profile_figure(p, of->place), profile_figure(p, item->place));
        }
        if (!isnan(item->sure)) {
            mera_text_addf(&line, ", %s %.0f%%", mera_profile_word(p, MERA_WORD_SURE),
                           100 * item->sure);
        }
        mera_text_add(&line, ")");
        MERA_TRY_PTR(mera_text_string(&line));
        mera_style_wrap(p->out, &p->view->view, 2, mera_text_string(&line));
    }
    if (of->n_possible == 0 || !(of->item[0].gain > 0)) {
        mera_text_addf(p->out, "  %s\n", mera_report_nothing(of, &p->view->view));
    }
    MERA_TRY(mera_report_rests(of, false, &all, p->arena, p->out));
    return mera_report_sure_note(&all, mera_profile_word(p, MERA_WORD_PROFILE_FIRST_NOTE),
                                 of->n_possible == 0 ? NULL : &of->surety, p->arena, p->out);
}

mera_code mera_report_profile_text(const mera_profile *of, const mera_profile_view *view,
                                   mera_arena *arena, mera_text *out)
{
    const mera_profile_page p = {of, view, arena, out};
    MERA_TRY(profile_head(&p));
    MERA_TRY(profile_directions(&p));
    profile_change(&p);
    MERA_TRY(profile_marks(&p, MERA_WORD_STRENGTHS, of->strong, of->n_strong));
    MERA_TRY(profile_marks(&p, MERA_WORD_WEAKNESSES, of->weak, of->n_weak));
    MERA_TRY(profile_first(&p));
    MERA_TRY(mera_profile_data_lines(&p));
    MERA_TRY(mera_profile_sources(&p));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
