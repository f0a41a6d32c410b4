/* SPDX-License-Identifier: Apache-2.0 */
/** @file Cells and words that lists of priorities share. */
#include "report/priorities_cells.h"

#include "base/math.h"
#include "report/style.h"
#include "report/words.h"

const char *mera_report_gain(double gain, double most, mera_arena *arena)
{
    const double size = fabs(most);
    const int digits = size >= 10 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4;
    const char *text = mera_style_number(gain, digits, arena);
    return text == NULL || isnan(gain)
               ? text
               : mera_arena_printf(arena, "%s%s", gain > 0 ? "+" : "", text);
}

const char *mera_report_move(double place, double then, mera_arena *arena)
{
    return isnan(then)     ? "–"
           : then == place ? mera_report_figure(then, arena)
                           : mera_arena_printf(arena, "%s → %s", mera_report_figure(place, arena),
                                               mera_report_figure(then, arena));
}

const char *mera_report_value_now(const mera_priority *item, mera_arena *arena)
{
    const bool own = (item->state & (MERA_CARRIED | MERA_IMPUTED)) == 0;
    const char *value = mera_report_figure(item->value, arena);
    return own || value == NULL ? value : mera_arena_printf(arena, "~%s", value);
}

const char *mera_report_percent(double share, mera_arena *arena)
{
    return isnan(share) ? "–" : mera_arena_printf(arena, "%.0f%%", 100 * share);
}

size_t mera_report_ranked(const mera_result *result, size_t period)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_units; i++) {
        n += !isnan(result->node[0].rank[period * result->n_units + i]);
    }
    return n;
}

mera_code mera_report_sure_note(const mera_view *view, const char *note, uint64_t draws, size_t top,
                                const char *why_not, mera_arena *arena, mera_text *out)
{
    const char *language = view->language;
    if (top == 0) { /* nothing is lifted: there is nothing to be sure of */
        return MERA_OK;
    }
    const char *text =
        draws == 0 ? mera_arena_printf(arena, "%s: %s", mera_word_in(MERA_WORD_NOT_DRAWN, language),
                                       why_not)
        : top == 1 ? mera_arena_printf(arena, "%s %s %zu %s", note,
                                       mera_word_in(MERA_WORD_SURE_DRAWS, language), (size_t)draws,
                                       mera_word_in(MERA_WORD_SURE_FIRST, language))
                   : mera_arena_printf(arena, "%s %s %zu %s %zu %s", note,
                                       mera_word_in(MERA_WORD_SURE_DRAWS, language), (size_t)draws,
                                       mera_word_in(MERA_WORD_SURE_AMONG, language), top,
                                       mera_word_in(MERA_WORD_SURE_GAIN, language));
    MERA_TRY_PTR(text);
    mera_text_add(out, "\n");
    mera_style_wrap(out, view, 0, text);
    return MERA_OK;
}
