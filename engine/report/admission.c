/* SPDX-License-Identifier: Apache-2.0 */
/** @file The admission of an overlay's indicators: a line a question, then what it does to places.
 */
#include "report/plugin.h"
#include "report/style.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

static const char *const admission_words[] = {"ok", "warning", "refused"};
static const mera_paint admission_paints[] = {MERA_PAINT_GOOD, MERA_PAINT_MARK, MERA_PAINT_BAD};

static void admission_one(const mera_admission *a, const mera_admission_of *of,
                          const mera_view *view, mera_text *out)
{
    mera_style_add(out, view, MERA_PAINT_BOLD, a->result->methodology->indicator[of->indicator].id);
    mera_text_add(out, "\n");
    for (size_t i = 0; i < of->n_items; i++) {
        const mera_admission_item *item = &of->item[i];
        const char *word = admission_words[item->verdict];

        mera_text_add(out, "  ");
        mera_style_add(out, view, admission_paints[item->verdict], word);
        mera_style_repeat(out, " ", 9 - strlen(word));
        mera_style_pad(out, item->question, 16, false);
        mera_text_addf(out, "%s\n", item->text);
    }
}

mera_code mera_report_admission_table(const mera_admission *a, const mera_view *view,
                                      mera_text *out)
{
    for (size_t f = 0; f < a->n; f++) {
        admission_one(a, &a->of[f], view, out);
    }
    mera_style_add(out, view, MERA_PAINT_BOLD, "places");
    mera_text_addf(out, "\n  %zu of %zu units with a core score have an extended one\n", a->n_units,
                   a->n_core);
    if (!isnan(a->mean_shift)) {
        mera_text_addf(out, "  among them places move by %.1f on average, at most by %.0f (%s)\n",
                       a->mean_shift, a->max_shift,
                       a->max_shift > 0 ? a->result->data->unit_name[a->max_unit] : "nobody");
    }
    mera_text_addf(out, "%s\n", a->refused ? "not admitted" : "admitted");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_admission_json(const mera_admission *a, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};

    mera_json_open(&json, NULL, '{');
    mera_json_bool(&json, "admitted", !a->refused);
    mera_json_open(&json, "indicators", '[');
    for (size_t f = 0; f < a->n; f++) {
        const mera_admission_of *of = &a->of[f];

        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "indicator", a->result->methodology->indicator[of->indicator].id);
        for (size_t i = 0; i < of->n_items; i++) {
            mera_json_open(&json, of->item[i].question, '{');
            mera_json_text(&json, "verdict", admission_words[of->item[i].verdict]);
            mera_json_number(&json, "number", of->item[i].number);
            mera_json_text(&json, "text", of->item[i].text);
            mera_json_close(&json, '}');
        }
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_open(&json, "places", '{');
    mera_json_count(&json, "core_units", a->n_core);
    mera_json_count(&json, "extended_units", a->n_units);
    mera_json_number(&json, "mean_shift", a->mean_shift);
    mera_json_number(&json, "max_shift", a->max_shift);
    mera_json_close(&json, '}');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
