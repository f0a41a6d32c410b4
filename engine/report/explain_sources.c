/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What stands under a full explanation: the inputs with their hashes, and who was in each
 * reference set. And how lines of the tree are broken.
 */
#include "report/explain_text.h"
#include "report/nouns.h"
#include "run/record.h"

#include <string.h>

enum { SOURCES_INDENT = 2 };

void mera_explain_wrap(const mera_explaining *e, const char *prefix, const char *text)
{
    const mera_view *view = &e->view->view;
    mera_text made = {.arena = e->arena};
    size_t used = mera_utf8_width(prefix);
    bool fresh = true;
    mera_text_add(&made, prefix);
    while (*text != '\0') {
        const size_t n = strcspn(text, " ");
        const char *word = mera_arena_printf(e->arena, "%.*s", (int)n, text);
        const size_t width = word == NULL ? 0 : mera_utf8_width(word);
        if (!fresh && used + 1 + width > view->width) {
            mera_text_addf(&made, "\n%s    ", prefix);
            used = mera_utf8_width(prefix) + 4;
        } else if (!fresh) {
            mera_text_add(&made, " ");
            used++;
        }
        mera_text_add_n(&made, text, n);
        used += width;
        fresh = false;
        text += n + strspn(text + n, " ");
    }
    mera_text_add(&made, "\n");
    const char *lines = mera_text_string(&made);
    e->out->failed |= lines == NULL;
    mera_style_add(e->out, view, MERA_PAINT_DIM, lines == NULL ? "" : lines);
}

static void sources_line(const mera_explaining *e, mera_word word, const char *text)
{
    const char *line = mera_arena_printf(e->arena, "%s: %s", mera_explain_word(e, word), text);
    e->out->failed |= line == NULL;
    mera_style_wrap(e->out, &e->view->view, SOURCES_INDENT, line != NULL ? line : "");
}

static mera_code sources_inputs(const mera_explaining *e, const mera_record *record)
{
    for (size_t i = 0; i < record->n_files; i++) {
        const mera_file *file = &record->file[i];
        const char *text = mera_arena_printf(
            e->arena, "%s, %zu %s, sha256 %s", file->shown != NULL ? file->shown : file->path,
            file->n_rows, mera_noun_in(MERA_NOUN_ROW, file->n_rows, e->view->view.language),
            file->sha256);
        MERA_TRY_PTR(text);
        sources_line(e, MERA_WORD_FILES, text);
    }
    for (size_t i = 0; i < record->n_plugins; i++) {
        const mera_plugin_record *plugin = &record->plugin[i];
        const char *text = mera_arena_printf(e->arena, "%s %s, sha256 %s", plugin->id,
                                             plugin->version, plugin->sha256);
        MERA_TRY_PTR(text);
        sources_line(e, MERA_WORD_PLUGINS, text);
    }
    return MERA_OK;
}

/** "[1] 3 · 2024: A; B; C": period by period. */
static mera_code sources_set(const mera_explaining *e, size_t number, const mera_trace_step *step)
{
    const mera_result *r = e->view->result;
    mera_text text = {.arena = e->arena};
    size_t period = SIZE_MAX;
    mera_text_addf(&text, "[%zu] %zu ·", number + 1, step->n_members);
    for (size_t i = 0; i < step->n_members; i++) {
        const size_t p = step->member[i] / r->n_units, unit = step->member[i] % r->n_units;
        if (p != period) {
            mera_text_addf(&text, r->period[p][0] != '\0' ? "%s %s: " : "%s %s",
                           period == SIZE_MAX ? "" : " /", r->period[p]);
        }
        mera_text_addf(&text, "%s%s", p != period ? "" : "; ", r->data->unit_name[unit]);
        period = p;
    }
    const char *words = mera_text_string(&text);
    MERA_TRY_PTR(words);
    mera_style_wrap(e->out, &e->view->view, SOURCES_INDENT, words);
    return MERA_OK;
}

mera_code mera_explain_sources(const mera_explaining *e)
{
    const mera_record *record;
    MERA_TRY(mera_record_of(e->view->result, e->arena, &record));
    const char *methodology =
        mera_arena_printf(e->arena, "%s%s%s, %s, sha256 %s", record->methodology_id,
                          record->methodology_version != NULL ? " " : "",
                          record->methodology_version != NULL ? record->methodology_version : "",
                          record->methodology_path, record->methodology_sha256);
    MERA_TRY_PTR(methodology);
    mera_text_addf(e->out, "\n%s\n", mera_explain_word(e, MERA_WORD_SOURCES));
    sources_line(e, MERA_WORD_METHODOLOGY, methodology);
    MERA_TRY(sources_inputs(e, record));
    sources_line(e, MERA_WORD_ENGINE, record->engine);
    if (e->sets->n > 0) {
        mera_text_addf(e->out, "\n%s\n", mera_explain_word(e, MERA_WORD_EXPLAIN_SETS));
    }
    for (size_t i = 0; i < e->sets->n; i++) {
        MERA_TRY(sources_set(e, i, e->sets->step[i]));
    }
    return MERA_OK;
}
