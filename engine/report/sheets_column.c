/* SPDX-License-Identifier: Apache-2.0 */
/** @file Columns of sheets: how wide they are, how their cells look, what their words are called.
 */
#include "report/sheets_column.h"

#include <string.h>

#include "base/math.h"

/* Room beside letters: for the sign of a filter, and so that cells do not touch. */
enum { WIDTH_FILTER = 3, WIDTH_BESIDE = 3, WIDTH_FEW = 7 };
/* Of the leading texts so many say whose a row is where no id of a node or indicator does. */
enum { COLUMNS_TEXTS = 5, COLUMNS_LEFT = 2 };

size_t sheets_place(sheets_column *column, size_t n, bool titles)
{
    size_t place = 0;
    for (size_t c = 0; c < n; c++) {
        const bool told = c + 1 < n && strcmp(column[c + 1].name, "title") == 0;
        column[c].titled = column[c].kind == COLUMN_ID && !told && titles;
        column[c].after =
            c > 0 && sheets_is_text(column[c].kind) && !sheets_is_text(column[c - 1].kind);
        column[c].place = place;
        place += column[c].titled ? 2 : 1;
    }
    return place;
}

size_t sheets_left(const sheets_column *column, size_t n)
{
    size_t texts = 0, left = 0;
    while (texts < n && texts < COLUMNS_TEXTS && sheets_is_text(column[texts].kind) &&
           column[texts].kind != COLUMN_LONG) {
        const bool title = left == texts && texts > 0 && column[texts - 1].kind == COLUMN_ID &&
                           strcmp(column[texts].name, "title") == 0;
        left = column[texts].kind == COLUMN_ID || title ? texts + 1 : left;
        texts++;
    }
    left = left > 0 ? left : texts < COLUMNS_LEFT ? texts : COLUMNS_LEFT;
    return left == n ? 0 : column[left].place;
}

sheets_column *sheets_named(sheets_column *column, size_t n, const char *name, size_t bytes)
{
    for (size_t c = 0; c < n; c++) {
        if (strlen(column[c].name) == bytes && strncmp(column[c].name, name, bytes) == 0) {
            return &column[c];
        }
    }
    return NULL;
}

bool sheets_is_text(column_kind kind)
{
    return kind >= COLUMN_CODE;
}

size_t sheets_side(const sheets_column *column)
{
    return !sheets_is_text(column->kind) ? LOOK_RIGHT : column->after ? LOOK_AFTER : LOOK_LEFT;
}

unsigned sheets_most(column_kind kind)
{
    return kind == COLUMN_LONG ? 60 : kind == COLUMN_NAME ? 40 : 30;
}

unsigned sheets_head_width(const char *title, const char *name, column_kind kind)
{
    const unsigned word = mera_look_longest(title) + WIDTH_BESIDE; /* bold is wider */
    const unsigned small = (unsigned)strlen(name) * 4 / 5 + WIDTH_FILTER;
    const unsigned head = word > small ? word : small;
    const unsigned least = kind == COLUMN_LONG ? sheets_most(kind) : WIDTH_FEW;
    return head > least ? head : least;
}

/* ---- numbers ---- */

static look sheets_signed(double value)
{
    const double size = fabs(value);
    return LOOK_SIGNED + mera_look_decimals(size);
}

look sheets_look(column_kind kind, double value)
{
    const double size = fabs(value);
    const bool whole = value == floor(value);
    switch (kind) {
    case COLUMN_SIGNED:
        return sheets_signed(value);
    case COLUMN_SHIFT:
        return whole ? LOOK_SIGNED : LOOK_SIGNED + 2;
    case COLUMN_PLACE:
        return whole ? LOOK_PLACE : LOOK_FIGURE + 1;
    case COLUMN_COUNT:
        return LOOK_FIGURE;
    case COLUMN_SHARE:
        return LOOK_SHARE;
    case COLUMN_FIGURE:
    case COLUMN_CODE:
    case COLUMN_ID:
    case COLUMN_WORD:
    case COLUMN_NAME:
    case COLUMN_LONG:
        break;
    }
    return size > 0 && size < 0.001 ? LOOK_PLAIN : LOOK_FIGURE + mera_look_decimals(size);
}

/** How wide it is in that look. */
static unsigned sheets_number_width(double value, look as)
{
    if (as == LOOK_PLAIN) {
        return 10; /* a program writes what it has room for */
    }
    if (as == LOOK_SHARE) {
        return mera_look_width(value * 100, 1) + 1;
    }
    if (as < LOOK_FIGURE) {
        return mera_look_width(value, 0);
    }
    const unsigned sign = as >= LOOK_SIGNED && as < LOOK_IMPUTED_FIGURE && value > 0;
    return mera_look_width(value, (unsigned)(as - LOOK_FIGURE) % LOOK_DECIMALS) + sign;
}

void sheets_widen(sheets_column *column, double value, look as)
{
    const unsigned width = sheets_number_width(value, as) + 1;
    column->width = width > column->width ? width : column->width;
}

/* ---- words ---- */

const char *sheets_title_of(const mera_methodology *m, const char *id, const char *language)
{
    for (size_t i = 0; i < m->n_indicators; i++) {
        if (strcmp(m->indicator[i].id, id) == 0) {
            return mera_title_in(m->indicator[i].title, language);
        }
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        if (strcmp(m->node[k].id, id) == 0) {
            return mera_title_in(m->node[k].title, language);
        }
    }
    return NULL;
}

static const char *sheets_measure(const mera_methodology *m, const char *unit, const char *language)
{
    for (size_t i = 0; i < m->n_indicators; i++) {
        if (mera_streq(m->indicator[i].unit, unit)) {
            return mera_title_in(m->indicator[i].measure, language);
        }
    }
    return unit;
}

/* What CSV says the same in every language. */
static const char *const sheets_words[][2] = {
    {"node", "узел"},
    {"indicator", "показатель"},
    {"strength", "сильное"},
    {"weakness", "слабое"},
    {"yes", "да"},
    {"no", "нет"},
    {"note", "заметка"},
    {"warning", "внимание"},
    {"fail", "провал"},
    {"possible", "возможно"},
    {"there", "достигнуто"},
    {"few", "мало похожих"},
    {"missing", "нет данных"},
    {"given", "изменить нельзя"},
    {"failed", "не вышло"},
    {"number", "число"},
    {"text", "текст"},
};

const char *sheets_word(const sheets_column *column, const char *word, const mera_methodology *m,
                        const char *language)
{
    if (!mera_streq(language, "ru") || column->kind != COLUMN_WORD) {
        return word;
    }
    for (size_t i = 0; i < sizeof sheets_words / sizeof *sheets_words; i++) {
        if (strcmp(sheets_words[i][0], word) == 0) {
            return sheets_words[i][1];
        }
    }
    return m != NULL && strcmp(column->name, "measure") == 0 ? sheets_measure(m, word, language)
                                                             : word;
}
