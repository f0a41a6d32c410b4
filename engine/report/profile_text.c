/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One territory as a page of text: what a mayor reads before a meeting, in that order.
 */
#include "base/math.h"
#include "report/grid.h"
#include "report/priorities_cells.h"
#include "report/report.h"
#include "report/words.h"

enum { PROFILE_BAR = 20, PROFILE_COLUMNS = 7, PROFILE_FIRST = 3, PROFILE_NAMES = 12 };

typedef struct profile_page {
    const mera_profile *of;
    const mera_profile_view *view;
    mera_arena *arena;
    mera_text *out;
} profile_page;

static const char *profile_word(const profile_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *profile_title(const profile_page *p, mera_title title)
{
    return mera_title_in(title, p->view->view.language);
}

static const char *profile_figure(const profile_page *p, double x)
{
    return mera_report_figure(x, p->arena);
}

static void profile_section(const profile_page *p, mera_word word)
{
    mera_text_add(p->out, "\n");
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, profile_word(p, word));
    mera_text_add(p->out, "\n");
}

/* ---- the head ---- */

static void profile_groups(const profile_page *p)
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

static void profile_interval(const profile_page *p)
{
    const mera_profile *of = p->of;
    if (of->sure) {
        mera_text_addf(p->out, " (%s %s–%s; %s %s, %s %zu)", profile_word(p, MERA_WORD_INTERVAL),
                       profile_figure(p, of->low), profile_figure(p, of->high),
                       profile_word(p, MERA_WORD_BAND), mera_report_band(of->band, p->arena),
                       profile_word(p, MERA_WORD_IN_IT), of->n_banded);
    }
}

static mera_code profile_head(const profile_page *p)
{
    const mera_profile *of = p->of;
    const mera_result *r = p->view->result;
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, r->data->unit_name[of->unit]);
    mera_text_addf(p->out, " · %s%s%s\n", profile_title(p, r->methodology->title),
                   r->period[of->period][0] != '\0' ? " · " : "", r->period[of->period]);
    profile_groups(p);
    mera_text_addf(p->out, "%s %s %s %zu", profile_word(p, MERA_WORD_PLACE_OF),
                   profile_figure(p, of->place), profile_word(p, MERA_WORD_OF), of->n_ranked);
    profile_interval(p);
    mera_text_addf(p->out, " · %s %s", profile_word(p, MERA_WORD_SCORE),
                   profile_figure(p, of->score));
    if (of->class_label != NULL) {
        mera_text_addf(p->out, " · %s %s", profile_word(p, MERA_WORD_CLASS), of->class_label);
    }
    if (of->priorities.similar.how == MERA_SIMILAR_GROUPS ||
        of->priorities.similar.distance != NULL) {
        mera_text_addf(p->out, " · %s %s %s %zu", profile_word(p, MERA_WORD_AMONG_SIMILAR),
                       profile_figure(p, of->similar_place), profile_word(p, MERA_WORD_OF),
                       of->priorities.similar.n + 1);
    }
    mera_text_add(p->out, "\n");
    return mera_report_similar_text(&of->priorities.similar, r, &p->view->view, p->arena, p->out);
}

/* ---- directions ---- */

/** From the worst to the best of all units: the unit's own, ┃ similar units, "█████┃··". */
static const char *profile_bar(const profile_page *p, const mera_profile_part *part)
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

static mera_title profile_part_title(const profile_page *p, const mera_profile_part *part)
{
    const mera_methodology *m = p->view->result->methodology;
    return part->is_indicator ? m->indicator[part->index].title : m->node[part->index].title;
}

static mera_code profile_row(const profile_page *p, const mera_profile_part *part,
                             const char **cell)
{
    const int digits = mera_style_digits(fmax(fabs(part->low), fabs(part->high))) - 1;
    const int shown = digits < 1 ? 1 : digits;
    cell[0] = profile_title(p, profile_part_title(p, part));
    cell[1] = mera_style_number(part->score, shown, p->arena);
    cell[2] = profile_bar(p, part);
    cell[3] = mera_style_number(part->similar, shown, p->arena);
    cell[4] = mera_style_number(part->median, shown, p->arena);
    cell[5] = isnan(part->place)
                  ? "–"
                  : mera_arena_printf(p->arena, "%.0f/%zu", part->place, part->n_ranked);
    cell[6] = isnan(part->before - part->score)
                  ? "–"
                  : mera_arena_printf(p->arena, "%+.*f", shown, part->score - part->before);
    for (size_t c = 0; c < PROFILE_COLUMNS; c++) {
        MERA_TRY_PTR(cell[c]);
    }
    return MERA_OK;
}

static mera_code profile_directions(const profile_page *p)
{
    const bool before = p->of->before != SIZE_MAX;
    const char *since = before
                            ? mera_arena_printf(p->arena, "%s %s", profile_word(p, MERA_WORD_SINCE),
                                                p->view->result->period[p->of->before])
                            : "";
    const mera_grid_column column[PROFILE_COLUMNS] = {
        {.title = profile_word(p, MERA_WORD_DIRECTION), .gives_way = true, .max = 36},
        {.title = profile_word(p, MERA_WORD_SCORE), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .optional = true, .paint = MERA_PAINT_GOOD},
        {.title = profile_word(p, MERA_WORD_THEY), .right = true},
        {.title = profile_word(p, MERA_WORD_ALL_MEDIAN), .right = true},
        {.title = profile_word(p, MERA_WORD_PLACE_OF), .right = true},
        {.title = since, .right = true, .hidden = !before},
    };
    mera_grid grid;
    MERA_TRY_PTR(since);
    profile_section(p, MERA_WORD_DIRECTIONS);
    MERA_TRY(mera_grid_new(column, PROFILE_COLUMNS, p->of->n_parts, p->arena, &grid));
    for (size_t j = 0; j < p->of->n_parts; j++) {
        MERA_TRY(profile_row(p, &p->of->part[j], &grid.cell[j * PROFILE_COLUMNS]));
    }
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out));
    mera_style_wrap(p->out, &p->view->view, 2, profile_word(p, MERA_WORD_PROFILE_BARS));
    return MERA_OK;
}

static void profile_change(const profile_page *p)
{
    const mera_profile *of = p->of;
    if (of->before == SIZE_MAX) {
        return;
    }
    mera_text_addf(p->out, "  %s %s: %s %s → %s, %s %s → %s\n", profile_word(p, MERA_WORD_SINCE),
                   p->view->result->period[of->before], profile_word(p, MERA_WORD_SCORE),
                   profile_figure(p, of->score_before), profile_figure(p, of->score),
                   profile_word(p, MERA_WORD_PLACE_OF), profile_figure(p, of->place_before),
                   profile_figure(p, of->place));
}

/* ---- strengths and weaknesses ---- */

static mera_code profile_marks(const profile_page *p, mera_word word, const mera_profile_mark *mark,
                               size_t n)
{
    const mera_grid_column column[] = {
        {.title = profile_word(p, MERA_WORD_INDICATOR), .gives_way = true, .max = 64, .least = 28},
        {.title = profile_word(p, MERA_WORD_NOW), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = profile_word(p, MERA_WORD_THEY), .right = true},
        {.title = "", .max = 16},
        {.title = profile_word(p, MERA_WORD_BETTER_THAN), .right = true},
    };
    const mera_methodology *m = p->view->result->methodology;
    mera_grid grid;
    if (n == 0) {
        return MERA_OK;
    }
    profile_section(p, word);
    MERA_TRY(mera_grid_new(column, 5, n, p->arena, &grid));
    for (size_t i = 0; i < n; i++) {
        const char **cell = &grid.cell[i * 5];
        cell[0] = profile_title(p, m->indicator[mark[i].indicator].title);
        cell[1] = profile_figure(p, mark[i].value);
        cell[2] = profile_figure(p, mark[i].similar);
        cell[3] = profile_title(p, m->indicator[mark[i].indicator].measure);
        cell[4] = mera_arena_printf(p->arena, "%zu %s %zu", mark[i].n_worse,
                                    profile_word(p, MERA_WORD_OF), mark[i].n);
        MERA_TRY_PTR(cell[1]);
        MERA_TRY_PTR(cell[2]);
        MERA_TRY_PTR(cell[4]);
    }
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

/* ---- what to do first ---- */

static mera_code profile_first(const profile_page *p)
{
    const mera_priorities *of = &p->of->priorities;
    const mera_methodology *m = p->view->result->methodology;
    profile_section(p, MERA_WORD_PRIORITIES);
    for (size_t i = 0; i < of->n_possible && i < PROFILE_FIRST; i++) {
        const mera_priority *item = &of->item[i];
        const mera_indicator *ind = &m->indicator[item->indicator];
        mera_text line = {.arena = p->arena};
        if (!(item->gain > 0)) {
            break;
        }
        mera_text_addf(&line, "%zu. %s: %s → %s%s%s", i + 1, profile_title(p, ind->title),
                       mera_report_value_now(item, p->arena), profile_figure(p, item->to),
                       ind->unit[0] != '\0' ? " " : "", profile_title(p, ind->measure));
        mera_text_addf(&line, " (%s +%s", profile_word(p, MERA_WORD_INDEX_GAINS),
                       profile_figure(p, fabs(item->index_gain)));
        if (item->place != of->place) {
            mera_text_addf(&line, ", %s %s → %s", profile_word(p, MERA_WORD_PLACE_OF),
                           profile_figure(p, of->place), profile_figure(p, item->place));
        }
        if (!isnan(item->sure)) {
            mera_text_addf(&line, ", %s %.0f%%", profile_word(p, MERA_WORD_SURE), 100 * item->sure);
        }
        mera_text_add(&line, ")");
        MERA_TRY_PTR(mera_text_string(&line));
        mera_style_wrap(p->out, &p->view->view, 2, mera_text_string(&line));
    }
    if (of->n_possible == 0 || !(of->item[0].gain > 0)) {
        mera_text_addf(p->out, "  %s\n", mera_report_nothing(of, &p->view->view));
    }
    return MERA_OK;
}

/* ---- data and sources ---- */

/** "imputed: A, B and 3 more": names of indicators whose cell is of that kind. */
static mera_code profile_names(const profile_page *p, mera_word word, bool missing, uint8_t flag)
{
    const mera_result *r = p->view->result;
    const size_t cell = p->of->period * r->n_units + p->of->unit;
    mera_text line = {.arena = p->arena};
    size_t n = 0;
    for (size_t i = 0; i < p->of->priorities.n; i++) {
        const size_t k = p->of->priorities.item[i].indicator;
        const mera_indicator_result *of = &r->indicator[k];
        const bool gone = isnan(of->stage[MERA_STAGE_IMPUTED][cell]);
        if (missing ? gone : !gone && (of->state[cell] & flag) != 0) {
            mera_text_addf(&line, "%s%s", n > 0 ? ", " : "",
                           n < PROFILE_NAMES ? profile_title(p, r->methodology->indicator[k].title)
                                             : "");
            n++;
            if (n == PROFILE_NAMES) {
                mera_text_addf(&line, "%s", " …");
                break;
            }
        }
    }
    if (n > 0) {
        const char *text =
            mera_arena_printf(p->arena, "%s: %s", profile_word(p, word), mera_text_string(&line));
        MERA_TRY_PTR(text);
        mera_style_wrap(p->out, &p->view->view, 2, text);
    }
    return MERA_OK;
}

/** "Trust 60 ± 12.3 % (40) · …": what answers of a survey say, and how sure. */
static mera_code profile_answers(const profile_page *p)
{
    const mera_methodology *m = p->view->result->methodology;
    mera_text line = {.arena = p->arena};
    if (p->of->n_answers == 0) {
        return MERA_OK;
    }
    mera_text_addf(&line, "%s: ", profile_word(p, MERA_WORD_DATA_ANSWERS));
    for (size_t i = 0; i < p->of->n_answers; i++) {
        const mera_profile_answers *one = &p->of->answers[i];
        const mera_indicator *ind = &m->indicator[one->indicator];
        mera_text_addf(&line, "%s%s %s", i > 0 ? " · " : "", profile_title(p, ind->title),
                       profile_figure(p, one->value));
        if (!isnan(one->se)) {
            mera_text_addf(&line, " ± %s", mera_style_number(one->se, 2, p->arena));
        }
        mera_text_addf(&line, "%s%s", ind->unit[0] != '\0' ? " " : "",
                       profile_title(p, ind->measure));
        if (!isnan(one->n)) {
            mera_text_addf(&line, " (%.0f)", one->n);
        }
    }
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(p->out, &p->view->view, 2, mera_text_string(&line));
    return MERA_OK;
}

static mera_code profile_data(const profile_page *p)
{
    const mera_profile_data *data = &p->of->data;
    profile_section(p, MERA_WORD_DATA_QUALITY);
    mera_text_addf(p->out, "  %s: %zu · %s %zu · %s %zu · %s %zu · %s %zu · %s %.0f%%\n",
                   profile_word(p, MERA_WORD_INDICATORS), data->n,
                   profile_word(p, MERA_WORD_DATA_OBSERVED), data->observed,
                   profile_word(p, MERA_WORD_DATA_CARRIED), data->carried,
                   profile_word(p, MERA_WORD_DATA_IMPUTED), data->imputed,
                   profile_word(p, MERA_WORD_DATA_MISSING), data->missing,
                   profile_word(p, MERA_WORD_DATA_COVERAGE), floor(100 * data->coverage + 1e-9));
    if (data->left_out > 0) {
        mera_text_addf(p->out, "  %s: %zu\n", profile_word(p, MERA_WORD_DATA_LEFT_OUT),
                       data->left_out);
    }
    MERA_TRY(profile_names(p, MERA_WORD_DATA_CARRIED, false, MERA_CARRIED));
    MERA_TRY(profile_names(p, MERA_WORD_DATA_IMPUTED, false, MERA_IMPUTED));
    MERA_TRY(profile_names(p, MERA_WORD_DATA_MISSING, true, 0));
    return profile_answers(p);
}

/** "statistics 30 · survey 7": indicators by the kind of their source. */
static void profile_kinds(const profile_page *p, mera_text *line)
{
    const mera_methodology *m = p->view->result->methodology;
    for (size_t s = 0; s < MERA_N_SOURCES; s++) {
        size_t n = 0;
        for (size_t i = 0; i < p->of->priorities.n; i++) {
            n += mera_streq(m->indicator[p->of->priorities.item[i].indicator].source_kind,
                            mera_source_words[s].id);
        }
        if (n > 0) {
            mera_text_addf(line, "%s%s: %zu", line->n > 0 ? " · " : "",
                           profile_word(p, mera_source_words[s].word), n);
        }
    }
}

static mera_code profile_sources(const profile_page *p)
{
    const mera_dataset *data = p->view->result->data;
    mera_text line = {.arena = p->arena};
    profile_section(p, MERA_WORD_SOURCES);
    profile_kinds(p, &line);
    for (size_t f = 0; f < data->n_files; f++) {
        mera_text_addf(&line, "%s%s (sha256 %.12s…)", line.n > 0 ? " · " : "", data->file[f].path,
                       data->file[f].sha256);
    }
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(p->out, &p->view->view, 2, mera_text_string(&line));
    return MERA_OK;
}

mera_code mera_report_profile_text(const mera_profile *of, const mera_profile_view *view,
                                   mera_arena *arena, mera_text *out)
{
    const profile_page p = {of, view, arena, out};
    MERA_TRY(profile_head(&p));
    MERA_TRY(profile_directions(&p));
    profile_change(&p);
    MERA_TRY(profile_marks(&p, MERA_WORD_STRENGTHS, of->strong, of->n_strong));
    MERA_TRY(profile_marks(&p, MERA_WORD_WEAKNESSES, of->weak, of->n_weak));
    MERA_TRY(profile_first(&p));
    MERA_TRY(profile_data(&p));
    MERA_TRY(profile_sources(&p));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
