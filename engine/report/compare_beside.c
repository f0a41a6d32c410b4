/* SPDX-License-Identifier: Apache-2.0 */
/** @file A unit of a comparison beside its similar units. */
#include "report/compare_beside.h"

#include "base/math.h"
#include "report/compare_labels.h"
#include "report/compare_movers.h"
#include "report/similar_json.h"
#include "report/style.h"
#include "report/words.h"

enum { BESIDE_FIRST = 2 }; /* rows before those of similar units */

/** A row of its own: the place among similar units, and their median for a score. */
static mera_code beside_among(const mera_comparison *c, const mera_compare_view *view,
                              mera_arena *arena, mera_compare_unit *row)
{
    const bool ends = c->n_sides >= MERA_COMPARE_MANY; /* of so many only places are shown */
    double *place, *median, *move;
    MERA_TRY_NEW(place, arena, c->n_sides);
    MERA_TRY_NEW(move, arena, c->n_sides);
    MERA_TRY_NEW(median, arena, c->n_sides);
    for (size_t s = 0; s < c->n_sides; s++) {
        place[s] = view->beside->among[s].place;
        median[s] = view->beside->among[s].median;
        move[s] = place[0] - place[s];
    }
    *row = (mera_compare_unit){
        .key = "",
        .name = mera_word_in(ends ? MERA_WORD_AMONG_SIMILAR : MERA_WORD_AMONG_SIMILAR_MEDIAN,
                             view->view.language),
        .score = median,
        .rank = place,
        .move = move,
        .largest_move = NAN};
    return MERA_OK;
}

mera_code mera_report_compare_beside(const mera_comparison *comparison,
                                     const mera_compare_view *view, mera_arena *arena,
                                     mera_text *out, const mera_compare_unit *const **rows,
                                     size_t *n_rows)
{
    const mera_similar *similar = &view->beside->similar;
    const size_t n = mera_compare_top(view, similar->n);
    const mera_compare_unit *own = &comparison->unit[view->beside->unit], **row;
    mera_compare_unit *among;
    MERA_TRY_NEW(row, arena, BESIDE_FIRST + n);
    MERA_TRY_NEW(among, arena, 1);
    MERA_TRY(beside_among(comparison, view, arena, among));
    row[0] = own;
    row[1] = among;
    for (size_t i = 0; i < n; i++) {
        row[BESIDE_FIRST + i] = &comparison->unit[similar->unit[i]];
    }
    *rows = row;
    *n_rows = BESIDE_FIRST + n;
    mera_text_add(out, "\n");
    mera_style_add(out, &view->view, MERA_PAINT_BOLD, own->name);
    mera_text_addf(out, " %s\n", mera_word_in(MERA_WORD_BESIDE_SIMILAR, view->view.language));
    return mera_report_similar_text(similar, comparison->side[0].result, &view->view, arena, out);
}

void mera_report_compare_beside_rest(const mera_compare_view *view, size_t n_rows, mera_text *out)
{
    const size_t n = n_rows - BESIDE_FIRST;
    if (n < view->beside->similar.n) {
        mera_text_addf(out, "  %s %zu %s %zu (--top)\n",
                       mera_word_in(MERA_WORD_SHOWN, view->view.language), n,
                       mera_word_in(MERA_WORD_OF, view->view.language), view->beside->similar.n);
    }
}

void mera_report_compare_beside_json(mera_json *json, const mera_comparison *comparison,
                                     const mera_compare_view *view)
{
    const mera_compare_beside *of = view->beside;
    if (of == NULL) {
        return;
    }
    mera_json_open(json, "beside", '{');
    mera_json_text(json, "unit", comparison->unit[of->unit].key);
    mera_report_similar_json(json, &of->similar, comparison->side[0].result);
    mera_json_open(json, "among_similar", '[');
    for (size_t s = 0; s < comparison->n_sides; s++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "side", comparison->side[s].label);
        mera_json_number(json, "place", of->among[s].place);
        mera_json_count(json, "similar", of->among[s].n);
        mera_json_number(json, "median", of->among[s].median);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}
