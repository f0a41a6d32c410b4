/* SPDX-License-Identifier: Apache-2.0 */
/** @file Under lists of priorities: which aims were asked for, whatever similar units have. */
#include "report/priorities_cells.h"
#include "report/style.h"
#include "report/words.h"

/** Is an indicator lifted in one of the units to what was asked for, where `beyond` to what none of
 * its similar units has reached? */
static bool asked_lifted(const mera_priorities *of, size_t n, size_t indicator, bool beyond)
{
    for (size_t u = 0; u < n; u++) {
        for (size_t i = 0; i < of[u].n_possible; i++) {
            const mera_priority *item = &of[u].item[i];
            if (item->indicator == indicator && item->asked && (!beyond || item->n_there == 0)) {
                return true;
            }
        }
    }
    return false;
}

static void asked_names(const mera_priorities *of, size_t n, bool beyond, mera_word word,
                        const mera_priorities_view *view, mera_text *line)
{
    const mera_methodology *m = view->result->methodology;
    bool some = false;
    for (size_t k = 0; k < m->n_indicators; k++) {
        if (asked_lifted(of, n, k, beyond)) {
            mera_text_addf(line, "%s%s", some ? ", " : mera_word_in(word, view->view.language),
                           some ? "" : " ");
            mera_text_add(line, mera_title_in(m->indicator[k].title, view->view.language));
            some = true;
        }
    }
}

mera_code mera_report_asked(const mera_priorities *of, size_t n, const mera_priorities_view *view,
                            mera_arena *arena, mera_text *out)
{
    mera_text line = {.arena = arena};
    asked_names(of, n, false, MERA_WORD_LIFT_ASKED, view, &line);
    if (line.n == 0) {
        return MERA_OK;
    }
    asked_names(of, n, true, MERA_WORD_LIFT_BEYOND, view, &line);
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(out, &view->view, 2, mera_text_string(&line));
    return MERA_OK;
}
