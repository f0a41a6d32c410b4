/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The first sheet: what the workbook is, of which methodology and data, how to read it, and which
 * numbers are no formulas and why.
 */
#include "report/about.h"
#include "report/book.h"

static void about_how_line(const book *b, mera_about *about, mera_word name, look as,
                           mera_word text)
{
    mera_about_line(about, book_word(b, name), as, book_word(b, text));
}

static void about_how(book *b, mera_about *about)
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
    mera_about_heading(about, book_word(b, MERA_WORD_BOOK_HOW));
    for (size_t i = 0; i < sizeof line / sizeof *line; i++) {
        if (line[i][0] != MERA_WORD_BOOK_VALUES || b->n_values > 0) {
            about_how_line(b, about, line[i][0], LOOK_HEADING, line[i][1]);
        }
    }
    about_how_line(b, about, MERA_WORD_BOOK_ROWS, LOOK_HEADING, MERA_WORD_BOOK_ABOUT_ROWS);
    about_how_line(b, about, MERA_WORD_BOOK_IMPUTED, LOOK_IMPUTED, MERA_WORD_BOOK_ABOUT_IMPUTED);
    about_how_line(b, about, MERA_WORD_BOOK_TREATED, LOOK_TREATED, MERA_WORD_BOOK_ABOUT_TREATED);
    about->row++;
}

/** One column whose numbers are not all formulas. */
static mera_code about_stands(book *b, mera_about *about, const char *id, mera_word page,
                              const book_stands *stands)
{
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
    mera_about_line(about, id, LOOK_PLAIN, text);
    return MERA_OK;
}

static mera_code about_values(book *b, mera_about *about)
{
    const mera_methodology *m = b->r->methodology;
    const size_t before = about->row + 1;
    mera_about_heading(about, book_word(b, MERA_WORD_BOOK_STANDS));
    for (size_t i = 0; i < m->n_nodes; i++) {
        MERA_TRY(about_stands(b, about, m->node[b->order[i]].id, MERA_WORD_BOOK_SCORES,
                              &b->node_stands[b->order[i]]));
    }
    for (size_t i = 0; i < b->n_points; i++) {
        MERA_TRY(about_stands(b, about, m->indicator[b->point[i].indicator].id,
                              MERA_WORD_BOOK_POINTS, &b->point_stands[i]));
    }
    if (about->row == before) {
        book_text(b, BOOK_ABOUT, about->row++, 1, book_word(b, MERA_WORD_BOOK_ALL_FORMULAS),
                  LOOK_WRAP);
    }
    return MERA_OK;
}

mera_code book_about(book *b)
{
    mera_about about = {
        .sheet = b->sheet[BOOK_ABOUT], .language = b->view->view.language, .arena = b->arena};
    mera_about_begin(&about);
    mera_about_heading(&about, book_title(b, b->r->methodology->title));
    MERA_TRY(mera_about_result(&about, b->r, b->view->variant, &b->view->changes));
    about.row++;
    about_how(b, &about);
    return about_values(b, &about);
}
