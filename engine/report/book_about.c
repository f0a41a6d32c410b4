/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The first sheet: what the workbook is, of which methodology and data, how to read it, and which
 * numbers are no formulas and why.
 */
#include "report/book.h"
#include "report/nouns.h"

#include <string.h>

#include "run/record.h"

typedef struct about_run {
    book *b;
    const mera_record *record;
    size_t row;
} about_run;

static void about_line(about_run *run, mera_word word, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        book_text(run->b, BOOK_ABOUT, run->row, 0, book_word(run->b, word), run->b->head);
        book_text(run->b, BOOK_ABOUT, run->row++, 1, text, run->b->wrap);
    }
}

static mera_code about_list(about_run *run, mera_word word, const char *const *item, size_t n)
{
    mera_text text = {.arena = run->b->arena};
    for (size_t i = 0; i < n; i++) {
        mera_text_addf(&text, "%s%s", i > 0 ? ", " : "", item[i]);
    }
    const char *all = mera_text_string(&text);
    MERA_TRY_PTR(all);
    about_line(run, word, all);
    return MERA_OK;
}

static mera_code about_inputs(about_run *run)
{
    const mera_record *record = run->record;
    for (size_t i = 0; i < record->n_files; i++) {
        const mera_file *file = &record->file[i];
        const char *text = mera_arena_printf(
            run->b->arena, "%s, %zu %s, sha256 %s", file->shown != NULL ? file->shown : file->path,
            file->n_rows, mera_noun_in(MERA_NOUN_ROW, file->n_rows, run->b->view->view.language),
            file->sha256);
        MERA_TRY_PTR(text);
        about_line(run, MERA_WORD_FILES, text);
    }
    for (size_t i = 0; i < record->n_plugins; i++) {
        const mera_plugin_record *plugin = &record->plugin[i];
        const char *text = mera_arena_printf(run->b->arena, "%s %s, sha256 %s", plugin->id,
                                             plugin->version, plugin->sha256);
        MERA_TRY_PTR(text);
        about_line(run, MERA_WORD_PLUGINS, text);
    }
    return MERA_OK;
}

static mera_code about_what(about_run *run)
{
    book *b = run->b;
    const mera_record *record = run->record;
    book_text(b, BOOK_ABOUT, run->row++, 0, book_title(b, b->r->methodology->title), b->big);
    const char *methodology =
        mera_arena_printf(b->arena, "%s%s%s, %s", record->methodology_id,
                          record->methodology_version != NULL ? " " : "",
                          record->methodology_version != NULL ? record->methodology_version : "",
                          record->methodology_path);
    const char *counts = mera_arena_printf(b->arena, "%zu: %s %zu, %s %zu", b->r->n_units,
                                           book_word(b, MERA_WORD_IMPUTED), record->n_imputed,
                                           book_word(b, MERA_WORD_MISSING), record->n_missing);
    MERA_TRY_PTR(methodology);
    MERA_TRY_PTR(counts);
    about_line(run, MERA_WORD_METHODOLOGY, methodology);
    about_line(run, MERA_WORD_BOOK_HASH, record->methodology_sha256);
    about_line(run, MERA_WORD_VARIANT, b->view->variant);
    MERA_TRY(about_list(run, MERA_WORD_SETTINGS, b->view->changes.v, b->view->changes.n));
    MERA_TRY(about_list(run, MERA_WORD_PERIOD, b->r->period, b->r->n_periods));
    MERA_TRY(about_inputs(run));
    about_line(run, MERA_WORD_UNITS, counts);
    about_line(run, MERA_WORD_ENGINE, mera_version());
    run->row++;
    return MERA_OK;
}

static void about_how(about_run *run)
{
    static const mera_word line[][2] = {
        {MERA_WORD_BOOK_SCORES, MERA_WORD_BOOK_ABOUT_SCORES},
        {MERA_WORD_BOOK_RANKS, MERA_WORD_BOOK_ABOUT_RANKS},
        {MERA_WORD_BOOK_WEIGHTS, MERA_WORD_BOOK_ABOUT_WEIGHTS},
        {MERA_WORD_BOOK_POINTS, MERA_WORD_BOOK_ABOUT_POINTS},
        {MERA_WORD_BOOK_DATA, MERA_WORD_BOOK_ABOUT_DATA},
        {MERA_WORD_BOOK_VALUES, MERA_WORD_BOOK_ABOUT_VALUES},
        {MERA_WORD_BOOK_SCALES, MERA_WORD_BOOK_ABOUT_SCALES},
    };
    book *b = run->b;
    book_text(b, BOOK_ABOUT, run->row++, 0, book_word(b, MERA_WORD_BOOK_HOW), b->big);
    for (size_t i = 0; i < sizeof line / sizeof *line; i++) {
        if (line[i][0] != MERA_WORD_BOOK_VALUES || b->n_values > 0) {
            about_line(run, line[i][0], book_word(b, line[i][1]));
        }
    }
    about_line(run, MERA_WORD_BOOK_ROWS, book_word(b, MERA_WORD_BOOK_ABOUT_ROWS));
    book_text(b, BOOK_ABOUT, run->row, 0, book_word(b, MERA_WORD_BOOK_IMPUTED), b->imputed);
    book_text(b, BOOK_ABOUT, run->row++, 1, book_word(b, MERA_WORD_BOOK_ABOUT_IMPUTED), b->wrap);
    book_text(b, BOOK_ABOUT, run->row, 0, book_word(b, MERA_WORD_BOOK_TREATED), b->treated);
    book_text(b, BOOK_ABOUT, run->row++, 1, book_word(b, MERA_WORD_BOOK_ABOUT_TREATED), b->wrap);
    run->row++;
}

/** One column whose numbers are not all formulas. */
static mera_code about_stands(about_run *run, const char *id, mera_word page,
                              const book_stands *stands)
{
    book *b = run->b;
    const mera_word why = stands->why == MERA_N_WORDS ? MERA_WORD_BOOK_WHY_CELL : stands->why;
    if (stands->n == 0) {
        return MERA_OK;
    }
    const bool named = stands->why == MERA_WORD_BOOK_WHY_OPERATION && stands->op != NULL;
    const char *text =
        mera_arena_printf(b->arena, "%s, %zu %s %zu: %s%s%s", book_word(b, page), stands->n,
                          book_word(b, MERA_WORD_OUT_OF), stands->of, book_word(b, why),
                          named ? " " : "", named ? stands->op->name : "");
    MERA_TRY_PTR(text);
    book_text(b, BOOK_ABOUT, run->row, 0, id, b->plain);
    book_text(b, BOOK_ABOUT, run->row++, 1, text, b->wrap);
    return MERA_OK;
}

static mera_code about_values(about_run *run)
{
    book *b = run->b;
    const mera_methodology *m = b->r->methodology;
    const size_t before = run->row + 1;
    book_text(b, BOOK_ABOUT, run->row++, 0, book_word(b, MERA_WORD_BOOK_STANDS), b->big);
    for (size_t i = 0; i < m->n_nodes; i++) {
        MERA_TRY(about_stands(run, m->node[b->order[i]].id, MERA_WORD_BOOK_SCORES,
                              &b->node_stands[b->order[i]]));
    }
    for (size_t i = 0; i < b->n_points; i++) {
        MERA_TRY(about_stands(run, m->indicator[b->point[i].indicator].id, MERA_WORD_BOOK_POINTS,
                              &b->point_stands[i]));
    }
    if (run->row == before) {
        book_text(b, BOOK_ABOUT, run->row++, 1, book_word(b, MERA_WORD_BOOK_ALL_FORMULAS), b->wrap);
    }
    return MERA_OK;
}

mera_code book_about(book *b)
{
    about_run run = {.b = b};
    MERA_TRY(mera_record_of(b->r, b->arena, &run.record));
    worksheet_set_column(b->sheet[BOOK_ABOUT], 0, 0, 26, NULL);
    worksheet_set_column(b->sheet[BOOK_ABOUT], 1, 1, 100, NULL);
    MERA_TRY(about_what(&run));
    about_how(&run);
    return about_values(&run);
}
