/* SPDX-License-Identifier: Apache-2.0 */
/** @file The record of runs for a terminal. */
#include <math.h>
#include <string.h>

#include "report/grid.h"
#include "report/runs.h"
#include "report/words.h"

enum { RUNS_TOP = 20, RUNS_COLUMNS = 8, RUN_PLACES = 3, DIFF_COLUMNS = 5, CURVE_SETTINGS = 6 };

static size_t runs_top(const mera_runs_view *view, size_t n)
{
    const size_t top = view->top > 0 ? view->top : RUNS_TOP;
    return n < top ? n : top;
}

static const char *runs_short(const char *path)
{
    return mera_starts_with(path, "framework.") ? path + strlen("framework.") : path;
}

/** "health.weight=30, steps.weights=equal". */
static mera_code runs_settings(const mera_run *run, mera_arena *arena, const char **out)
{
    mera_text text = {.arena = arena};
    for (size_t i = 0; i < run->n_settings; i++) {
        mera_text_addf(&text, "%s%s=%s", i > 0 ? ", " : "", runs_short(run->setting[i].path),
                       run->setting[i].used != NULL ? run->setting[i].used : "-");
    }
    *out = run->n_settings > 0 ? mera_text_string(&text) : "";
    return *out != NULL ? MERA_OK : MERA_ENOMEM;
}

/** "2026-11-24 12:00". */
static const char *runs_when(const char *at, mera_arena *arena)
{
    return strlen(at) < 16 ? at : mera_arena_printf(arena, "%.10s %.5s", at, at + 11);
}

static mera_code runs_row(const mera_run *run, mera_arena *arena, const char **cell)
{
    cell[0] = mera_arena_printf(arena, "%lld", (long long)run->id);
    cell[1] = runs_when(run->at, arena);
    cell[2] = run->command;
    cell[3] = run->side;
    cell[4] = mera_arena_printf(arena, "%zu", run->n_ranked);
    cell[5] = isnan(run->mean_shift) ? "" : mera_style_number(run->mean_shift, 1, arena);
    cell[6] = run->top;
    MERA_TRY_PTR(cell[0]);
    MERA_TRY_PTR(cell[1]);
    MERA_TRY_PTR(cell[4]);
    MERA_TRY_PTR(cell[5]);
    return runs_settings(run, arena, &cell[7]);
}

mera_code mera_report_runs_table(const mera_run *run, size_t n, const mera_runs_view *view,
                                 mera_arena *arena, mera_text *out)
{
    const char *lang = view->view.language;
    const mera_grid_column column[RUNS_COLUMNS] = {
        {.title = mera_word_in(MERA_WORD_RUN, lang), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = mera_word_in(MERA_WORD_WHEN, lang)},
        {.title = mera_word_in(MERA_WORD_COMMAND, lang)},
        {.title = mera_word_in(MERA_WORD_SIDE, lang), .max = 24},
        {.title = mera_word_in(MERA_WORD_RANKED, lang), .right = true, .optional = true},
        {.title = mera_word_in(MERA_WORD_MEAN_SHIFT, lang), .right = true},
        {.title = mera_word_in(MERA_WORD_FIRST, lang), .max = 30, .optional = true},
        {.title = mera_word_in(MERA_WORD_SETTINGS, lang), .gives_way = true},
    };
    const size_t shown = runs_top(view, n);
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, RUNS_COLUMNS, shown, arena, &grid));
    for (size_t i = 0; i < shown; i++) {
        MERA_TRY(runs_row(&run[n - shown + i], arena, &grid.cell[i * RUNS_COLUMNS]));
    }
    MERA_TRY(mera_grid_write(&grid, &view->view, 0, arena, out));
    if (shown < n) {
        mera_text_addf(out, "%zu %s %zu\n", shown, mera_word_in(MERA_WORD_OF, lang), n);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- one run ------------------------------------------------------------------------------ */

static void run_line(const mera_runs_view *view, mera_word word, const char *text, mera_text *out)
{
    if (text != NULL && text[0] != '\0') {
        mera_text_addf(out, "  %s: %s\n", mera_word_in(word, view->view.language), text);
    }
}

/** Lines "hash  name" with the hash cut. */
static void run_files(const char *lines, mera_text *out)
{
    while (*lines != '\0') {
        const size_t n = strcspn(lines, "\n");
        mera_text_addf(out, "    %.12s  %.*s\n", lines, (int)(n > 66 ? n - 66 : 0), lines + 66);
        lines += n + (lines[n] == '\n');
    }
}

static mera_code run_places(const mera_run_place *place, size_t n, const mera_runs_view *view,
                            mera_arena *arena, mera_text *out)
{
    const char *lang = view->view.language;
    const mera_grid_column column[RUN_PLACES] = {
        {.title = mera_word_in(MERA_WORD_PLACE, lang), .right = true},
        {.title = mera_word_in(MERA_WORD_UNIT, lang), .max = 40, .paint = MERA_PAINT_BOLD},
        {.title = mera_word_in(MERA_WORD_SCORE, lang), .right = true},
    };
    const size_t shown = runs_top(view, n);
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, RUN_PLACES, shown, arena, &grid));
    for (size_t i = 0; i < shown; i++) {
        const char **cell = &grid.cell[i * RUN_PLACES];
        cell[0] = mera_style_value(place[i].rank, arena);
        cell[1] = place[i].name;
        cell[2] = mera_style_value(place[i].score, arena);
    }
    return mera_grid_write(&grid, &view->view, 2, arena, out);
}

mera_code mera_report_run_table(const mera_run *run, const mera_run_place *place, size_t n,
                                const mera_runs_view *view, mera_arena *arena, mera_text *out)
{
    const char *lang = view->view.language;
    mera_text_addf(out, "%s %lld, %s, mera %s%s%s\n", mera_word_in(MERA_WORD_RUN, lang),
                   (long long)run->id, run->at, run->command, run->side != NULL ? ": " : "",
                   run->side != NULL ? run->side : "");
    run_line(view, MERA_WORD_METHODOLOGY, run->methodology, out);
    mera_text_addf(out, "    %.12s\n", run->sha256);
    run_line(view, MERA_WORD_ENGINE, run->engine, out);
    run_line(view, MERA_WORD_REGISTRATION, run->registered, out);
    mera_text_addf(out, "  %s\n", mera_word_in(MERA_WORD_FILES, lang));
    run_files(run->data, out);
    run_files(run->plugins, out);
    if (run->n_settings > 0) {
        mera_text_addf(out, "  %s\n", mera_word_in(MERA_WORD_SETTINGS, lang));
    }
    for (size_t i = 0; i < run->n_settings; i++) {
        const mera_run_setting *s = &run->setting[i];
        const char *none = mera_word_in(MERA_WORD_NOT_SET, lang);
        mera_text_addf(out, "    %s: %s → %s\n", s->path, s->written != NULL ? s->written : none,
                       s->used != NULL ? s->used : none);
    }
    mera_text_add(out, "\n");
    MERA_TRY(run_places(place, n, view, arena, out));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- two runs ----------------------------------------------------------------------------- */

static void diff_heads(const mera_run_diff *diff, const mera_runs_view *view, mera_text *out)
{
    const char *lang = view->view.language, *as_written = mera_word_in(MERA_WORD_AS_WRITTEN, lang);
    const struct {
        bool differs;
        mera_word word;
    } part[] = {{diff->methodology, MERA_WORD_METHODOLOGY},
                {diff->data, MERA_WORD_FILES},
                {diff->plugins, MERA_WORD_PLUGINS},
                {diff->engine, MERA_WORD_ENGINE}};
    size_t told = diff->n_settings;
    mera_text_addf(out, "%s\n", mera_word_in(MERA_WORD_DIFFERS, lang));
    for (size_t i = 0; i < diff->n_settings; i++) {
        const mera_run_setting *s = &diff->setting[i];
        mera_text_addf(out, "  %s: %s → %s\n", s->path,
                       s->written != NULL ? s->written : as_written,
                       s->used != NULL ? s->used : as_written);
    }
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (part[i].differs) {
            mera_text_addf(out, "  %s: %s\n", mera_word_in(part[i].word, lang),
                           mera_word_in(MERA_WORD_IS_ANOTHER, lang));
            told++;
        }
    }
    if (told == 0) {
        mera_text_addf(out, "  %s\n", mera_word_in(MERA_WORD_NOTHING_DIFFERS, lang));
    }
}

static const char *diff_move(double move, mera_arena *arena)
{
    const char *size = mera_style_value(fabs(move), arena);
    if (isnan(move) || size == NULL) {
        return size == NULL ? NULL : "–";
    }
    return move == 0 ? "=" : mera_arena_printf(arena, "%s%s", move > 0 ? "▲" : "▼", size);
}

mera_code mera_report_run_diff_table(const mera_run_diff *diff, const mera_runs_view *view,
                                     mera_arena *arena, mera_text *out)
{
    const char *lang = view->view.language;
    const char *title[2];
    for (size_t k = 0; k < 2; k++) {
        title[k] = mera_arena_printf(arena, "%s %lld", mera_word_in(MERA_WORD_RUN, lang),
                                     (long long)diff->run[k]->id);
        MERA_TRY_PTR(title[k]);
    }
    const mera_grid_column column[DIFF_COLUMNS] = {
        {.title = mera_word_in(MERA_WORD_UNIT, lang), .max = 40, .paint = MERA_PAINT_BOLD},
        {.title = title[0], .right = true},
        {.title = title[1], .right = true},
        {.title = mera_word_in(MERA_WORD_MOVE, lang)},
        {.title = mera_word_in(MERA_WORD_SCORE, lang), .right = true},
    };
    const size_t shown = runs_top(view, diff->n_moves);
    mera_grid grid;
    diff_heads(diff, view, out);
    mera_text_add(out, "\n");
    MERA_TRY(mera_grid_new(column, DIFF_COLUMNS, shown, arena, &grid));
    for (size_t i = 0; i < shown; i++) {
        const mera_run_move *m = &diff->move[i];
        const char **cell = &grid.cell[i * DIFF_COLUMNS];
        cell[0] = m->name;
        cell[1] = mera_style_value(m->rank[0], arena);
        cell[2] = mera_style_value(m->rank[1], arena);
        cell[3] = diff_move(m->rank[0] - m->rank[1], arena);
        cell[4] = mera_style_value(m->score[1] - m->score[0], arena);
    }
    MERA_TRY(mera_grid_write(&grid, &view->view, 0, arena, out));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- the curve ---------------------------------------------------------------------------- */

static mera_code curve_row(const mera_curve *curve, size_t i, size_t n_settings, mera_arena *arena,
                           const char **cell)
{
    const mera_curve_point *p = &curve->point[i];
    cell[0] = mera_style_value(p->rank, arena);
    cell[1] = mera_style_value(p->score, arena);
    cell[2] = mera_arena_printf(arena, "%lld", (long long)p->run->id);
    cell[3] = p->run->side;
    MERA_TRY_PTR(cell[0]);
    MERA_TRY_PTR(cell[1]);
    MERA_TRY_PTR(cell[2]);
    for (size_t s = 0; s < n_settings; s++) {
        cell[4 + s] = p->value[s] != NULL ? p->value[s] : "·";
    }
    return MERA_OK;
}

mera_code mera_report_curve_table(const mera_curve *curve, const mera_runs_view *view,
                                  mera_arena *arena, mera_text *out)
{
    const char *lang = view->view.language;
    const size_t n = curve->n_settings < CURVE_SETTINGS ? curve->n_settings : CURVE_SETTINGS;
    const size_t shown = view->top > 0 && view->top < curve->n ? view->top : curve->n;
    mera_grid_column column[4 + CURVE_SETTINGS] = {
        {.title = mera_word_in(MERA_WORD_PLACE_OF, lang), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = mera_word_in(MERA_WORD_SCORE, lang), .right = true, .paint = MERA_PAINT_DIM},
        {.title = mera_word_in(MERA_WORD_RUN, lang), .right = true},
        {.title = mera_word_in(MERA_WORD_SIDE, lang), .gives_way = true, .max = 24},
    };
    mera_grid grid;
    for (size_t s = 0; s < n; s++) {
        column[4 + s] = (mera_grid_column){.title = runs_short(curve->path[s]), .max = 24};
    }
    mera_text_addf(out, "%s · %s: %zu", curve->name, mera_word_in(MERA_WORD_VARIANTS, lang),
                   curve->n);
    if (curve->n > 0) {
        const char *best = mera_style_value(curve->point[0].rank, arena);
        const char *worst = mera_style_value(curve->point[curve->n - 1].rank, arena);
        const char *median = mera_style_value(curve->median, arena);
        MERA_TRY_PTR(best);
        MERA_TRY_PTR(worst);
        MERA_TRY_PTR(median);
        mera_text_addf(out, ", %s %s … %s, %s %s", mera_word_in(MERA_WORD_PLACES, lang), best,
                       worst, mera_word_in(MERA_WORD_MEDIAN, lang), median);
    }
    mera_text_add(out, "\n\n");
    MERA_TRY(mera_grid_new(column, 4 + n, shown, arena, &grid));
    for (size_t i = 0; i < shown; i++) {
        MERA_TRY(curve_row(curve, i, n, arena, &grid.cell[i * (4 + n)]));
    }
    MERA_TRY(mera_grid_write(&grid, &view->view, 0, arena, out));
    if (curve->n_other_data > 0) {
        mera_text_addf(out, "\n%s: %zu\n", mera_word_in(MERA_WORD_OTHER_DATA, lang),
                       curve->n_other_data);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
