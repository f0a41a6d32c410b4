/* SPDX-License-Identifier: Apache-2.0 */
/** @file The first sheet of a workbook: what it is of, so that it can be made again. */
#include "report/about.h"

#include "report/nouns.h"
#include "run/record.h"

enum { ABOUT_NAMES = 26, ABOUT_TEXTS = 100 };

void mera_about_begin(mera_about *about)
{
    io_xlsx_fit(about->sheet, 0);
    io_xlsx_width(about->sheet, 0, 0, ABOUT_NAMES);
    io_xlsx_width(about->sheet, 1, 1, ABOUT_TEXTS);
}

void mera_about_line(mera_about *about, const char *name, look as, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        io_xlsx_height(about->sheet, about->row,
                       (unsigned)(1 + mera_utf8_width(text) / (ABOUT_TEXTS - 8)));
        io_xlsx_text(about->sheet, about->row, 0, name, as);
        io_xlsx_text(about->sheet, about->row++, 1, text, LOOK_WRAP);
    }
}

void mera_about_heading(mera_about *about, const char *text)
{
    io_xlsx_text(about->sheet, about->row++, 0, text, LOOK_BIG);
}

static const char *about_word(const mera_about *about, mera_word word)
{
    return mera_word_in(word, about->language);
}

static void about_say(mera_about *about, mera_word word, const char *text)
{
    mera_about_line(about, about_word(about, word), LOOK_HEADING, text);
}

static mera_code about_list(mera_about *about, mera_word word, const char *const *item, size_t n)
{
    mera_text text = {.arena = about->arena};
    for (size_t i = 0; i < n; i++) {
        mera_text_addf(&text, "%s%s", i > 0 ? ", " : "", item[i]);
    }
    const char *all = mera_text_string(&text);
    MERA_TRY_PTR(all);
    about_say(about, word, all);
    return MERA_OK;
}

static mera_code about_inputs(mera_about *about, const mera_record *record)
{
    for (size_t i = 0; i < record->n_files; i++) {
        const mera_file *file = &record->file[i];
        const char *text = mera_arena_printf(
            about->arena, "%s, %zu %s, sha256 %s", file->shown != NULL ? file->shown : file->path,
            file->n_rows, mera_noun_in(MERA_NOUN_ROW, file->n_rows, about->language), file->sha256);
        MERA_TRY_PTR(text);
        about_say(about, MERA_WORD_FILES, text);
    }
    for (size_t i = 0; i < record->n_plugins; i++) {
        const mera_plugin_record *plugin = &record->plugin[i];
        const char *text = mera_arena_printf(about->arena, "%s %s, sha256 %s", plugin->id,
                                             plugin->version, plugin->sha256);
        MERA_TRY_PTR(text);
        about_say(about, MERA_WORD_PLUGINS, text);
    }
    return MERA_OK;
}

/** How many units, and how much of their data is not observed. */
static mera_code about_counts(mera_about *about, const mera_result *r, const mera_record *record)
{
    const char *counts = mera_arena_printf(about->arena, "%zu: %s %zu, %s %zu", r->n_units,
                                           about_word(about, MERA_WORD_IMPUTED), record->n_imputed,
                                           about_word(about, MERA_WORD_MISSING), record->n_missing);
    MERA_TRY_PTR(counts);
    about_say(about, MERA_WORD_UNITS, counts);
    return MERA_OK;
}

mera_code mera_about_result(mera_about *about, const mera_result *result, const char *variant,
                            const mera_text_list *changes)
{
    const mera_record *record;
    MERA_TRY(mera_record_of(result, about->arena, &record));
    const char *version = record->methodology_version;
    const char *methodology = mera_arena_printf(
        about->arena, "%s%s%s, %s", record->methodology_id, version != NULL ? " " : "",
        version != NULL ? version : "", record->methodology_path);
    MERA_TRY_PTR(methodology);
    about_say(about, MERA_WORD_METHODOLOGY, methodology);
    about_say(about, MERA_WORD_BOOK_HASH, record->methodology_sha256);
    about_say(about, MERA_WORD_VARIANT, variant);
    MERA_TRY(about_list(about, MERA_WORD_SETTINGS, changes->v, changes->n));
    MERA_TRY(about_list(about, MERA_WORD_PERIOD, result->period, result->n_periods));
    MERA_TRY(about_inputs(about, record));
    MERA_TRY(about_counts(about, result, record));
    about_say(about, MERA_WORD_ENGINE, mera_version());
    return MERA_OK;
}
