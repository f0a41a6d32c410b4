/* SPDX-License-Identifier: Apache-2.0 */
/** @file What tests of a plugin found, what its runs cost, and which plugins there are. */
#include "report/grid.h"
#include "report/plugin.h"
#include "report/rows.h"
#include "report/style.h"
#include "report/words.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

static const mera_word trial_words[] = {MERA_WORD_TRIAL_PASSED, MERA_WORD_TRIAL_FAILED,
                                        MERA_WORD_TRIAL_SKIPPED};
static const mera_paint trial_paints[] = {MERA_PAINT_GOOD, MERA_PAINT_BAD, MERA_PAINT_DIM};

/* ---- trials ------------------------------------------------------------------------------ */

static bool trial_is_russian(const char *language)
{
    return language != NULL && strcmp(language, "ru") == 0;
}

/* The automatic tests, as lua/probe.c names them, around the name of a column. */
static const struct {
    const char *en[2], *ru[2];
} trial_names[] = {
    {{"computes", ""}, {"вычисляется", ""}},
    {{"same result twice", ""}, {"дважды один и тот же результат", ""}},
    {{"same result for units in another order", ""},
     {"тот же результат при другом порядке территорий", ""}},
    {{"missing ", " gives a missing result"}, {"где нет ", ", нет и результата"}},
    {{"takes a missing ", ""}, {"принимает пропуск в ", ""}},
    {{"no NaN or infinity from zeros, negative and huge values", ""},
     {"ни NaN, ни бесконечности от нулей, отрицательных и огромных значений", ""}},
    {{"values lie in the declared range", ""}, {"значения лежат в объявленных границах", ""}},
    {{"does not fall when ", " rises"}, {"не падает, когда растёт ", ""}},
    {{"does not rise when ", " rises"}, {"не растёт, когда растёт ", ""}},
    {{"looks at everything it declares", ""}, {"смотрит на всё, что объявлено", ""}},
    {{"computes in the first period", ""}, {"вычисляется в первом периоде", ""}},
    {{"looks at other periods", ""}, {"смотрит на другие периоды", ""}},
};

/* The name of a test; those that an author gave stay as they are. */
static void trial_name(const mera_trial *trial, const char *language, mera_text *out)
{
    const bool ours = trial_is_russian(language) && !mera_starts_with(trial->subject, "tests/");

    for (size_t k = 0; ours && k < sizeof trial_names / sizeof *trial_names; k++) {
        const size_t before = strlen(trial_names[k].en[0]), after = strlen(trial_names[k].en[1]);
        const size_t n = strlen(trial->name);

        if (n >= before + after && mera_starts_with(trial->name, trial_names[k].en[0]) &&
            strcmp(trial->name + n - after, trial_names[k].en[1]) == 0 &&
            (after > 0 || n == before || trial->name[before - 1] == ' ')) {
            mera_text_addf(out, "%s%.*s%s", trial_names[k].ru[0], (int)(n - before - after),
                           trial->name + before, trial_names[k].ru[1]);
            return;
        }
    }
    mera_text_add(out, trial->name);
}

/* "indicator 'cold_load'": the kind in the language of the view. */
static const char *trial_subject_in(const char *subject, const char *language, mera_arena *arena)
{
    for (mera_word w = MERA_WORD_KIND_INDICATOR; w <= MERA_WORD_KIND_CHECK; w++) {
        const char *en = mera_word_in(w, "en");

        if (mera_starts_with(subject, en) && subject[strlen(en)] == ' ') {
            return mera_arena_printf(arena, "%s%s", mera_word_in(w, language),
                                     subject + strlen(en));
        }
    }
    return subject;
}

static mera_code trial_subject(const char *subject, const mera_view *view, mera_arena *arena,
                               mera_text *out)
{
    const char *text = trial_subject_in(subject, view->language, arena);

    MERA_TRY_PTR(text);
    mera_style_add(out, view, MERA_PAINT_BOLD, text);
    mera_text_add(out, "\n");
    return MERA_OK;
}

mera_code mera_report_trials_table(const mera_trials *trials, const mera_view *view,
                                   mera_arena *arena, mera_text *out)
{
    const char *subject = NULL;
    size_t count[3] = {0, 0, 0};

    for (size_t i = 0; i < trials->n; i++) {
        const mera_trial *trial = &trials->v[i];

        count[trial->state]++;
        if (subject == NULL || strcmp(subject, trial->subject) != 0) {
            subject = trial->subject;
            MERA_TRY(trial_subject(subject, view, arena, out));
        }
        const char *word = mera_word_in(trial_words[trial->state], view->language);

        mera_text_add(out, "  ");
        mera_style_add(out, view, trial_paints[trial->state], word);
        mera_style_repeat(out, " ", 9 - mera_utf8_width(word));
        trial_name(trial, view->language, out);
        mera_text_add(out, "\n");
        if (trial->why != NULL) {
            mera_style_wrap(out, view, 11, trial->why);
        }
    }
    for (size_t s = 0; s < 3; s++) {
        const char *word = mera_word_in(trial_words[s], view->language), *comma = s > 0 ? ", " : "";

        if (trial_is_russian(view->language)) {
            mera_text_addf(out, "%s%s: %zu", comma, word, count[s]);
        } else {
            mera_text_addf(out, "%s%zu %s", comma, count[s], word);
        }
    }
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_trials_json(const mera_trials *trials, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};

    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "trials", '[');
    for (size_t i = 0; i < trials->n; i++) {
        const mera_trial *trial = &trials->v[i];

        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "subject", trial->subject);
        mera_json_text(&json, "name", trial->name);
        mera_json_text(&json, "state", mera_word_in(trial_words[trial->state], "en"));
        mera_json_text(&json, "why", trial->why);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- costs ------------------------------------------------------------------------------- */

enum { COST_COLUMNS = 6 };

static mera_code cost_row(const mera_cost *cost, size_t units, mera_arena *arena, const char **cell)
{
    if (cost->failed != NULL) {
        cell[1] = cost->failed;
        return MERA_OK;
    }
    cell[1] = mera_arena_printf(arena, "%.2f", 1e3 * cost->seconds);
    cell[2] = mera_arena_printf(arena, "%.1f", 1e9 * cost->seconds / (double)units);
    cell[3] = mera_arena_printf(arena, "%llu", (unsigned long long)cost->instructions);
    cell[4] = mera_arena_printf(arena, "%.1f", (double)cost->instructions / (double)units);
    cell[5] = mera_arena_printf(arena, "%.1f", (double)cost->peak_bytes / (1024.0 * 1024.0));
    for (size_t j = 1; j < COST_COLUMNS; j++) {
        MERA_TRY_PTR(cell[j]);
    }
    return MERA_OK;
}

mera_code mera_report_costs_table(const mera_cost *cost, size_t n, size_t units,
                                  const mera_view *view, mera_arena *arena, mera_text *out)
{
#define WORD(id) mera_word_in(MERA_WORD_##id, view->language)
    const mera_grid_column columns[] = {
        {.title = WORD(COST_ITEM)},
        {.title = WORD(COST_MS), .right = true},
        {.title = WORD(COST_NS), .right = true},
        {.title = WORD(COST_INSTRUCTIONS), .right = true},
        {.title = WORD(COST_PER_UNIT), .right = true},
        {.title = WORD(COST_PEAK), .right = true},
    };
    mera_grid grid;

    MERA_TRY(mera_grid_new(columns, COST_COLUMNS, n, arena, &grid));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(cost_row(&cost[i], units, arena, grid.cell + i * COST_COLUMNS));
        grid.cell[i * COST_COLUMNS] = trial_subject_in(cost[i].subject, view->language, arena);
        MERA_TRY_PTR(grid.cell[i * COST_COLUMNS]);
    }
    mera_text_addf(out, "%zu %s\n", units, WORD(COST_HEAD));
    return mera_grid_write(&grid, view, 0, arena, out);
}

mera_code mera_report_costs_json(const mera_cost *cost, size_t n, size_t units, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};

    mera_json_open(&json, NULL, '{');
    mera_json_count(&json, "units", units);
    mera_json_open(&json, "items", '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "item", cost[i].subject);
        mera_json_number(&json, "seconds", cost[i].seconds);
        mera_json_number(&json, "instructions", (double)cost[i].instructions);
        mera_json_count(&json, "peak_bytes", cost[i].peak_bytes);
        mera_json_text(&json, "failed", cost[i].failed);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- lists ------------------------------------------------------------------------------- */

static const char *list_state(const char *state, const char *language)
{
    for (mera_word w = MERA_WORD_STATE_OK; w <= MERA_WORD_STATE_HIDDEN; w++) {
        if (strcmp(mera_word_in(w, "en"), state) == 0) {
            return mera_word_in(w, language);
        }
    }
    return state;
}

mera_code mera_report_plugins_table(const mera_plugin_found *found, size_t n, const mera_view *view,
                                    mera_arena *arena, mera_text *out)
{
    const mera_grid_column columns[] = {
        {.title = WORD(LIST_PLUGIN)}, {.title = WORD(LIST_VERSION)}, {.title = WORD(LIST_STATE)},
        {.title = WORD(LIST_OFFERS)}, {.title = WORD(LIST_FOLDER)},
    };
    mera_grid grid;

    MERA_TRY(mera_grid_new(columns, 5, n, arena, &grid));
    for (size_t i = 0; i < n; i++) {
        const char **cell = grid.cell + i * 5;

        cell[0] = found[i].name;
        cell[1] = found[i].version;
        cell[2] = list_state(found[i].state, view->language);
        cell[3] = found[i].offers;
        cell[4] = found[i].folder;
    }
    MERA_TRY(mera_grid_write(&grid, view, 0, arena, out));
    for (size_t i = 0; i < n; i++) {
        if (found[i].why != NULL) {
            mera_text_addf(out, "%s (%s): %s\n", found[i].name, found[i].folder, found[i].why);
        }
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

#undef WORD

mera_code mera_report_plugins_rows(const mera_plugin_found *found, size_t n, mera_rows *rows)
{
    mera_rows_begin(rows, "plugins", "plugin,version,state,offers,folder,why");
    for (size_t i = 0; i < n; i++) {
        mera_rows_text(rows, found[i].name);
        mera_rows_text(rows, found[i].version);
        mera_rows_text(rows, found[i].state);
        mera_rows_text(rows, found[i].offers);
        mera_rows_text(rows, found[i].folder);
        mera_rows_text(rows, found[i].why);
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
}

mera_code mera_report_plugins_json(const mera_plugin_found *found, size_t n, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};

    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "plugins", '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "name", found[i].name);
        mera_json_text(&json, "version", found[i].version);
        mera_json_text(&json, "title", found[i].title);
        mera_json_text(&json, "state", found[i].state);
        mera_json_text(&json, "offers", found[i].offers);
        mera_json_text(&json, "folder", found[i].folder);
        mera_json_text(&json, "why", found[i].why);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
