/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a list of priorities is of, and why indicators are not in it: in the same words
 * wherever they are told. */
#include "report/priorities_cells.h"
#include "report/style.h"
#include "report/words.h"

/** "too few similar units have a value: Fires, Crimes". */
static mera_code rest_line(const mera_priorities *of, mera_priority_end end, mera_word word,
                           const mera_priorities_view *view, mera_text *out)
{
    mera_text line = {.arena = out->arena};
    const mera_methodology *m = view->result->methodology;
    for (size_t i = 0; i < of->n; i++) {
        const mera_priority *item = &of->item[i];
        const bool idle = item->end == MERA_PRIORITY_POSSIBLE && !(item->gain > 0);
        if (item->end == end && (end != MERA_PRIORITY_POSSIBLE || idle)) {
            mera_text_addf(&line, "%s%s", line.n == 0 ? "" : ", ",
                           mera_title_in(m->indicator[item->indicator].title, view->view.language));
        }
    }
    if (line.n == 0) {
        return MERA_OK;
    }
    const char *text = mera_arena_printf(
        out->arena, "%s: %s", mera_word_in(word, view->view.language), mera_text_string(&line));
    MERA_TRY_PTR(text);
    mera_style_wrap(out, &view->view, 2, text);
    return MERA_OK;
}

mera_code mera_report_rests(const mera_priorities *of, bool there, const mera_priorities_view *view,
                            mera_arena *arena, mera_text *out)
{
    static const struct {
        mera_priority_end end;
        mera_word word;
    } rest[] = {
        {MERA_PRIORITY_THERE, MERA_WORD_THERE_ALREADY},
        {MERA_PRIORITY_POSSIBLE, MERA_WORD_MOVES_NO_INDEX},
        {MERA_PRIORITY_FEW, MERA_WORD_FEW_SIMILAR},
        {MERA_PRIORITY_MISSING, MERA_WORD_LIFT_MISSING},
        {MERA_PRIORITY_GIVEN, MERA_WORD_LIFT_GIVEN},
        {MERA_PRIORITY_FAILED, MERA_WORD_LIFT_FAILED},
    };
    mera_text text = {.arena = arena};
    for (size_t r = 0; r < sizeof rest / sizeof rest[0]; r++) {
        if (there || rest[r].end != MERA_PRIORITY_THERE) {
            MERA_TRY(rest_line(of, rest[r].end, rest[r].word, view, &text));
        }
    }
    if (text.n > 0) {
        const char *lines = mera_text_string(&text);
        MERA_TRY_PTR(lines);
        mera_text_addf(out, "\n%s", lines);
    }
    return MERA_OK;
}

mera_code mera_report_first_heading(const mera_priorities *of, const mera_view *view,
                                    const mera_result *result, mera_arena *arena, mera_text *out)
{
    const mera_methodology *m = result->methodology;
    mera_text rest = {.arena = arena};
    if (of->node != 0) {
        mera_text_addf(&rest, ": %s", mera_title_in(m->node[of->node].title, view->language));
    }
    if (of->reach < 1) {
        mera_text_addf(&rest, " (%s %.0f %% %s)",
                       mera_word_in(MERA_WORD_PRIORITIES_EACH, view->language),
                       100 * (1 - of->reach), mera_word_in(MERA_WORD_OF_SIMILAR, view->language));
    } else {
        mera_text_addf(&rest, " (%s)", mera_word_in(MERA_WORD_PRIORITIES_BEST, view->language));
    }
    const char *text = mera_text_string(&rest);
    MERA_TRY_PTR(text);
    mera_style_heading(out, view, mera_word_in(MERA_WORD_PRIORITIES, view->language), text);
    return MERA_OK;
}

bool mera_report_compared(const mera_priorities *of)
{
    bool compared = false;
    for (size_t i = 0; i < of->n; i++) {
        compared = compared || of->item[i].end == MERA_PRIORITY_THERE ||
                   of->item[i].end == MERA_PRIORITY_POSSIBLE;
    }
    return compared;
}

const char *mera_report_nothing(const mera_priorities *of, const mera_view *view)
{
    bool given = of->n > 0;
    for (size_t i = 0; i < of->n; i++) {
        given = given && of->item[i].end == MERA_PRIORITY_GIVEN;
    }
    return mera_word_in(given                      ? MERA_WORD_NOTHING_TO_CHANGE
                        : mera_report_compared(of) ? MERA_WORD_NOTHING_TO_LIFT
                                                   : MERA_WORD_NOTHING_COMPARED,
                        view->language);
}
