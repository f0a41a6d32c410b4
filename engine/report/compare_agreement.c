/* SPDX-License-Identifier: Apache-2.0 */
/** @file How far the orders of sides agree: one row a pair. */
#include "base/math.h"
#include "report/compare_many.h"
#include "report/grid.h"
#include "report/words.h"

enum { AGREEMENT_COLUMNS = 7, AGREEMENT_LABEL = 40 };

/** "equal", or where sides go by numbers "[3] health.weight=40"; of a pair the numbers alone. */
static const char *agreement_label(const mera_compare_labels *labels, size_t side,
                                   mera_arena *arena)
{
    const char *label = mera_compare_label(labels, side);
    return labels->numbered ? mera_arena_printf(arena, "%s %s", label, labels->c->side[side].label)
                            : label;
}

static mera_code agreement_row(const mera_compare_labels *labels, const mera_compare_pair *p,
                               bool all_pairs, const char *language, mera_arena *arena,
                               const char **cell)
{
    cell[0] = all_pairs ? mera_arena_printf(arena, "%s → %s", mera_compare_label(labels, p->a),
                                            mera_compare_label(labels, p->b))
                        : agreement_label(labels, p->b, arena);
    cell[1] = mera_style_number(p->spearman, 3, arena);
    cell[2] = mera_style_number(p->kendall, 3, arena);
    cell[3] = mera_arena_printf(arena, "%zu %s %zu", p->n_moved,
                                mera_word_in(MERA_WORD_OF, language), p->n_common);
    cell[4] = mera_style_number(p->mean_shift, 1, arena);
    cell[5] = mera_style_value(p->max_shift, arena);
    cell[6] = mera_arena_printf(arena, "%zu/%zu", p->top_common, p->top);
    for (size_t j = 0; j < AGREEMENT_COLUMNS; j++) {
        MERA_TRY_PTR(cell[j]);
    }
    return MERA_OK;
}

mera_code mera_report_compare_agreement(const mera_compare_labels *labels, const size_t *pair,
                                        size_t n, const mera_view *view, size_t indent,
                                        mera_arena *arena, mera_text *out)
{
    const mera_comparison *c = labels->c;
    const bool all_pairs = c->n_sides <= MERA_COMPARE_FEW;
    const char *first = agreement_label(labels, 0, arena);
    MERA_TRY_PTR(first);
    const char *title = all_pairs ? "" : mera_arena_printf(arena, "%s →", first);
    MERA_TRY_PTR(title);
    const mera_grid_column column[AGREEMENT_COLUMNS] = {
        {.title = title, .gives_way = true, .max = AGREEMENT_LABEL},
        {.title = "Spearman", .right = true},
        {.title = "Kendall", .right = true},
        {.title = mera_word_in(MERA_WORD_MOVED, view->language), .right = true},
        {.title = mera_word_in(MERA_WORD_MEAN_SHIFT, view->language), .right = true},
        {.title = mera_word_in(MERA_WORD_MAX_SHIFT, view->language), .right = true},
        {.title = mera_word_in(MERA_WORD_TOP_COMMON, view->language), .right = true},
    };
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, AGREEMENT_COLUMNS, n, arena, &grid));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(agreement_row(labels, &c->pair[pair[i]], all_pairs, view->language, arena,
                               &grid.cell[i * AGREEMENT_COLUMNS]));
    }
    return mera_grid_write(&grid, view, indent, arena, out);
}

void mera_report_compare_common(const mera_comparison *c, const mera_view *view, mera_text *out)
{
    for (size_t u = 0; u < c->n_units; u++) {
        for (size_t s = 1; s < c->n_sides; s++) {
            if (isnan(c->unit[u].rank[s]) != isnan(c->unit[u].rank[0])) {
                mera_text_add(out, "\n");
                mera_style_wrap(out, view, 0, mera_word_in(MERA_WORD_COMMON_ONLY, view->language));
                return;
            }
        }
    }
}
