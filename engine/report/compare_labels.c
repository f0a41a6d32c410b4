/* SPDX-License-Identifier: Apache-2.0 */
/** @file Names of the sides of a comparison for tables, and their legend. */
#include "report/compare_labels.h"

#include "report/style.h"
#include "report/words.h"

/* LABELS_NAME is the room of the units' names, LABELS_PLACE that of "104 ▲32", LABELS_AGREEMENT
 * that of the numbers beside a pair */
enum {
    LABELS_FEW = 2,
    LABELS_WIDTH = 20,
    LABELS_NAME = 14,
    LABELS_PLACE = 7,
    LABELS_AGREEMENT = 72,
};

/** Whether a column of places under each label, or the labels of a pair, would be too much. */
static bool labels_crowded(const mera_comparison *c, const mera_view *view)
{
    size_t width = LABELS_NAME;
    size_t longest[2] = {0, 0};
    for (size_t s = 0; s < c->n_sides; s++) {
        const size_t label = mera_utf8_width(c->side[s].label);
        width += 2 + (label > LABELS_PLACE ? label : LABELS_PLACE);
        longest[1] = label > longest[0] ? longest[0] : label > longest[1] ? label : longest[1];
        longest[0] = label > longest[0] ? label : longest[0];
    }
    const size_t pair = longest[0] + longest[1] + LABELS_AGREEMENT;
    return width > view->width || (c->n_sides <= MERA_COMPARE_FEW && pair > view->width);
}

mera_code mera_compare_labels_new(const mera_comparison *c, const mera_view *view,
                                  mera_arena *arena, mera_compare_labels *out)
{
    *out = (mera_compare_labels){.c = c,
                                 .numbered = c->n_sides > LABELS_FEW &&
                                             c->n_sides < MERA_COMPARE_MANY &&
                                             labels_crowded(c, view)};
    MERA_TRY_NEW(out->told, arena, c->n_sides);
    MERA_TRY_NEW(out->label, arena, c->n_sides);
    for (size_t s = 0; s < c->n_sides; s++) {
        out->label[s] = c->side[s].label;
        out->numbered = out->numbered || (c->n_sides > LABELS_FEW &&
                                          mera_utf8_width(c->side[s].label) > LABELS_WIDTH);
    }
    for (size_t s = 0; s < c->n_sides && out->numbered; s++) {
        out->label[s] = mera_arena_printf(arena, "[%zu]", s);
        MERA_TRY_PTR(out->label[s]);
    }
    return MERA_OK;
}

const char *mera_compare_label(const mera_compare_labels *labels, size_t side)
{
    labels->told[side] = true;
    return labels->label[side];
}

void mera_compare_legend(const mera_compare_labels *labels, const mera_view *view, mera_text *out)
{
    if (!labels->numbered) {
        return;
    }
    mera_text_add(out, "\n");
    mera_style_add(out, view, MERA_PAINT_BOLD, mera_word_in(MERA_WORD_SIDES, view->language));
    mera_text_add(out, "\n");
    for (size_t s = 0; s < labels->c->n_sides; s++) {
        if (labels->told[s]) {
            mera_text_addf(out, "  %s %s\n", labels->label[s], labels->c->side[s].label);
        }
    }
}
