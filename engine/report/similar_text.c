/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units that are compared with one, in words; figures for people. */
#include "base/math.h"
#include "base/number.h"
#include "report/report.h"
#include "report/style.h"
#include "report/words.h"

enum { SIMILAR_NAMES = 6 };

const char *mera_report_figure(double x, mera_arena *arena)
{
    char text[32];
    int whole = 1, digits;
    if (isnan(x)) {
        return "–";
    }
    for (double size = fabs(x); size >= 10 && whole < 18; size /= 10) {
        whole++;
    }
    digits = whole >= 4 ? 0 : 4 - whole;
    for (double size = fabs(x); size > 0 && size < 0.1 && digits < 15; size *= 10) {
        digits++;
    }
    mera_number_write(mera_round(x, (mera_rounding){MERA_ROUND_HALF_UP, digits}), text);
    return mera_arena_strdup(arena, text);
}

/** "size «up to 20», nearest in population (log), frost_days". */
static void similar_how(const mera_similar *similar, const mera_result *result,
                        const mera_view *view, mera_text *out)
{
    const mera_similar_rules *rules = &result->methodology->similar;
    const char *separator = "";
    if (similar->how == MERA_SIMILAR_GROUPS) {
        for (size_t g = 0; g < similar->n_groups; g++) {
            mera_text_addf(out, "%s%s «%s»", separator, similar->grouping[g], similar->group[g]);
            separator = ", ";
        }
    } else if (similar->how == MERA_SIMILAR_WIDENED || similar->distance == NULL) {
        mera_text_add(out,
                      mera_word_in(similar->how == MERA_SIMILAR_WIDENED ? MERA_WORD_SIMILAR_WIDENED
                                                                        : MERA_WORD_SIMILAR_ALL,
                                   view->language));
        separator = ", ";
    }
    for (size_t i = 0; similar->distance != NULL && i < rules->n_near; i++) {
        const size_t k = mera_methodology_indicator(result->methodology, rules->near[i].column);
        mera_text_addf(out, "%s%s%s", i == 0 ? separator : ", ",
                       i == 0 ? mera_word_in(MERA_WORD_SIMILAR_NEAREST, view->language) : "",
                       i == 0 ? " " : "");
        mera_text_add(out, k != SIZE_MAX ? mera_title_in(result->methodology->indicator[k].title,
                                                         view->language)
                                         : rules->near[i].column);
    }
}

mera_code mera_report_similar_text(const mera_similar *similar, const mera_result *result,
                                   const mera_view *view, mera_arena *arena, mera_text *out)
{
    mera_text line = {.arena = arena};
    mera_text_addf(&line, "%s (%zu): ", mera_word_in(MERA_WORD_SIMILAR, view->language),
                   similar->n);
    similar_how(similar, result, view, &line);
    const bool all = similar->how != MERA_SIMILAR_GROUPS && similar->distance == NULL;
    for (size_t i = 0; !all && i < similar->n && i < SIMILAR_NAMES; i++) {
        mera_text_addf(&line, "%s%s", i == 0 ? ": " : ", ",
                       result->data->unit_name[similar->unit[i]]);
    }
    if (!all && similar->n > SIMILAR_NAMES) {
        mera_text_addf(&line, " %s %zu", mera_word_in(MERA_WORD_AND_MORE, view->language),
                       similar->n - SIMILAR_NAMES);
    }
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(out, view, 0, mera_text_string(&line));
    return MERA_OK;
}
