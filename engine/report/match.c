/* SPDX-License-Identifier: Apache-2.0 */
/** @file How many units were matched with a list, exactly or not, and what waits for approval. */
#include "base/json.h"
#include "report/grid.h"
#include "report/words.h"

static void match_line(mera_word word, size_t n, const mera_view *view, mera_text *out)
{
    if (n > 0) {
        mera_text_addf(out, "  %6zu  %s\n", n, mera_word_in(word, view->language));
    }
}

/** "  waits because of: region 1,004, yo 12": reasons of one match may be several. */
static void match_whys(const mera_match_file *file, const mera_view *view, mera_text *out)
{
    const bool russian = mera_streq(view->language, "ru");
    size_t n = 0;
    for (size_t i = 0; i < MERA_N_MATCH_WHYS; i++) {
        if (file->n_why[i] > 0) {
            mera_text_addf(out, "%s%s %zu", n++ > 0 ? ", " : "          ",
                           mera_match_why_name(i, russian), file->n_why[i]);
        }
    }
    mera_text_add(out, n > 0 ? "\n" : "");
}

mera_code mera_report_match_table(const mera_match_file *file, size_t n, const mera_view *view,
                                  mera_arena *arena, mera_text *out)
{
    (void)arena;
    for (size_t i = 0; i < n; i++) {
        const mera_match_file *f = &file[i];
        const size_t open = f->n_proposed + f->n_ambiguous + f->n_none;
        mera_text_add(out, i > 0 ? "\n" : "");
        mera_style_add(out, view, MERA_PAINT_BOLD, f->path);
        mera_text_addf(out, "  %s %s\n", mera_word_in(MERA_WORD_MATCH_LIST, view->language),
                       f->list);
        match_line(MERA_WORD_MATCH_EXACT, f->n_exact, view, out);
        match_line(MERA_WORD_MATCH_APPROVED, f->n_approved, view, out);
        match_line(MERA_WORD_MATCH_REFUSED, f->n_refused, view, out);
        match_line(MERA_WORD_MATCH_PROPOSED, f->n_proposed, view, out);
        match_whys(f, view, out);
        match_line(MERA_WORD_MATCH_AMBIGUOUS, f->n_ambiguous, view, out);
        match_line(MERA_WORD_MATCH_NONE, f->n_none, view, out);
        match_line(MERA_WORD_MATCH_KEPT, f->n_kept, view, out);
        mera_text_add(out, mera_word_in(open > 0 ? MERA_WORD_MATCH_DO : MERA_WORD_MATCH_DONE,
                                        view->language));
        mera_text_add(out, "\n");
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_match_json(const mera_match_file *file, size_t n, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "matches", '[');
    for (size_t i = 0; i < n; i++) {
        const mera_match_file *f = &file[i];
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "approved_in", f->path);
        mera_json_text(&json, "list", f->list);
        mera_json_number(&json, "exact", (double)f->n_exact);
        mera_json_number(&json, "approved", (double)f->n_approved);
        mera_json_number(&json, "refused", (double)f->n_refused);
        mera_json_number(&json, "proposed", (double)f->n_proposed);
        mera_json_number(&json, "ambiguous", (double)f->n_ambiguous);
        mera_json_number(&json, "not_found", (double)f->n_none);
        mera_json_number(&json, "kept", (double)f->n_kept);
        mera_json_open(&json, "waiting_because_of", '{');
        for (size_t k = 0; k < MERA_N_MATCH_WHYS; k++) {
            if (f->n_why[k] > 0) {
                mera_json_number(&json, mera_match_why_name(k, false), (double)f->n_why[k]);
            }
        }
        mera_json_close(&json, '}');
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
