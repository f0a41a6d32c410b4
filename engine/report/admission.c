/* SPDX-License-Identifier: Apache-2.0 */
/** @file The admission of an overlay's indicators: a line a question, then what it does to places.
 */
#include "report/plugin.h"
#include "report/style.h"
#include "report/words.h"

#include "base/json.h"
#include "base/text.h"
#include <math.h>

static const mera_word admission_verdicts[] = {MERA_WORD_ADMITTED_YES, MERA_WORD_ADMITTED_DOUBT,
                                               MERA_WORD_ADMITTED_NO};
static const mera_paint admission_paints[] = {MERA_PAINT_GOOD, MERA_PAINT_MARK, MERA_PAINT_BAD};
static const mera_word admission_questions[] = {
    [MERA_ASK_COVERAGE] = MERA_WORD_ASK_COVERAGE,
    [MERA_ASK_REDUNDANCY] = MERA_WORD_ASK_REDUNDANCY,
    [MERA_ASK_DISCRIMINATION] = MERA_WORD_ASK_DISCRIMINATION,
    [MERA_ASK_UNIT] = MERA_WORD_ASK_UNIT,
    [MERA_ASK_DIRECTION] = MERA_WORD_ASK_DIRECTION,
};

static const char *admission_direction(mera_direction direction, const char *language)
{
    return mera_word_in(direction == MERA_HIGHER  ? MERA_WORD_HIGHER_IS_BETTER
                        : direction == MERA_LOWER ? MERA_WORD_LOWER_IS_BETTER
                                                  : MERA_WORD_A_TARGET,
                        language);
}

/* The answer to a question in words. */
static void admission_answer(const mera_admission *a, const mera_admission_of *of,
                             const mera_admission_item *item, const char *language, mera_text *out)
{
#define WORD(id) mera_word_in(MERA_WORD_##id, language)
    switch (item->question) {
    case MERA_ASK_COVERAGE:
        mera_text_addf(out, "%zu %s %zu %s", item->count, WORD(OUT_OF), a->result->n_units,
                       WORD(HAVE_A_VALUE));
        break;
    case MERA_ASK_REDUNDANCY:
        if (item->name == NULL) {
            mera_text_add(out, WORD(NO_CORE_INDICATOR));
        } else {
            mera_text_addf(out, "%s '%s', r = %.2f", WORD(NEAREST_IS), item->name, item->number);
        }
        break;
    case MERA_ASK_DISCRIMINATION:
        mera_text_addf(out, "%zu %s %.0f %s", item->count, WORD(DIFFERENT_VALUES),
                       100 * item->number, WORD(PER_CENT_OF_UNITS));
        break;
    case MERA_ASK_UNIT:
        mera_text_add(out, item->name == NULL ? WORD(NO_UNIT_SAID) : item->name);
        break;
    default:
        mera_text_add(
            out, admission_direction(a->result->methodology->indicator[of->indicator].direction,
                                     language));
        break;
    }
#undef WORD
}

static void admission_one(const mera_admission *a, const mera_admission_of *of,
                          const mera_view *view, mera_text *out)
{
    mera_style_add(out, view, MERA_PAINT_BOLD, a->result->methodology->indicator[of->indicator].id);
    mera_text_add(out, "\n");
    for (size_t i = 0; i < of->n_items; i++) {
        const mera_admission_item *item = &of->item[i];
        const char *word = mera_word_in(admission_verdicts[item->verdict], view->language);

        mera_text_add(out, "  ");
        mera_style_add(out, view, admission_paints[item->verdict], word);
        mera_style_repeat(out, " ", 9 - mera_utf8_width(word));
        mera_style_pad(out, mera_word_in(admission_questions[item->question], view->language), 16,
                       false);
        admission_answer(a, of, item, view->language, out);
        mera_text_add(out, "\n");
    }
}

mera_code mera_report_admission_table(const mera_admission *a, const mera_view *view,
                                      mera_text *out)
{
    for (size_t f = 0; f < a->n; f++) {
        admission_one(a, &a->of[f], view, out);
    }
#define WORD(id) mera_word_in(MERA_WORD_##id, view->language)
    mera_style_add(out, view, MERA_PAINT_BOLD, WORD(PLACES_HEAD));
    mera_text_addf(out, "\n  %zu %s %zu %s\n", a->n_units, WORD(OUT_OF), a->n_core,
                   WORD(HAVE_EXTENDED));
    if (!isnan(a->mean_shift)) {
        mera_text_addf(out, "  %s %.1f %s %.0f (%s)\n", WORD(PLACES_MOVE_BY), a->mean_shift,
                       WORD(ON_AVERAGE_AT_MOST), a->max_shift,
                       a->max_shift > 0 ? a->result->data->unit_name[a->max_unit] : WORD(NOBODY));
    }
    mera_text_addf(out, "%s\n", a->refused ? WORD(NOT_ADMITTED) : WORD(ADMITTED));
#undef WORD
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* Programs read English whatever the language. */
static mera_code admission_item_json(const mera_admission *a, const mera_admission_of *of,
                                     const mera_admission_item *item, mera_json *json)
{
    mera_text text = {.arena = json->out->arena};

    admission_answer(a, of, item, "en", &text);
    MERA_TRY_PTR(mera_text_string(&text));
    mera_json_open(json, mera_word_in(admission_questions[item->question], "en"), '{');
    mera_json_text(json, "verdict", mera_word_in(admission_verdicts[item->verdict], "en"));
    mera_json_number(json, "number", item->number);
    mera_json_text(json, "text", text.data);
    mera_json_close(json, '}');
    return MERA_OK;
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
            MERA_TRY(admission_item_json(a, of, &of->item[i], &json));
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
