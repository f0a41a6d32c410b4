/* SPDX-License-Identifier: Apache-2.0 */
/** @file `data:` of `layout: survey` -- the questions of a file of answer sheets. */
#include <math.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

static const double survey_bound = 1e12; /* of a scale: squares stay far from the ends of double */

static void survey_check(mera_binder *b, const mera_entry *entry, const mera_question *q,
                         const double scale[2])
{
    const mera_at at = entry->at;
    if (q->has_scale &&
        !(scale[0] < scale[1] && scale[0] >= -survey_bound && scale[1] <= survey_bound)) {
        mera_fail(b->diags, MERA_EINPUT, "bad-scale", at,
                  "question '%s': a scale is [least, largest] answer, both given", q->name);
    }
    if (!q->has_scale && q->n_positive == 0) {
        mera_fail(b->diags, MERA_EINPUT, "bad-question", at,
                  "question '%s' does not say what its answers become", q->name);
        mera_hint(b->diags, "'positive: [yes]' gives a share in percent, 'scale: [1, 5]' a mean");
    }
    if (q->n_negative > 0 && (q->has_scale || q->n_positive == 0)) {
        mera_fail(b->diags, MERA_EINPUT, "bad-question", at,
                  "question '%s': 'negative' goes with 'positive', without a 'scale'", q->name);
    }
}

/* An answer that is both would count as whichever is looked for first. */
static void survey_check_sides(mera_binder *b, const mera_entry *entry, const mera_question *q)
{
    for (size_t i = 0; i < q->n_positive; i++) {
        for (size_t k = 0; k < q->n_negative; k++) {
            if (mera_streq(q->positive[i], q->negative[k])) {
                mera_fail(b->diags, MERA_EINPUT, "bad-question", entry->at,
                          "question '%s': the answer '%s' is both positive and negative", q->name,
                          q->positive[i]);
            }
        }
    }
}

static mera_code survey_question(mera_binder *b, const mera_entry *entry, mera_question *q)
{
    const mera_value *map = entry->value, *said = mera_value_get(map, "scale");
    mera_text_list positive, negative;
    double scale[2] = {NAN, NAN};
    MERA_TRY(mera_bind_texts(b, mera_value_get(map, "positive"), &positive));
    MERA_TRY(mera_bind_texts(b, mera_value_get(map, "negative"), &negative));
    mera_bind_pair(said, scale);
    *q = (mera_question){.name = entry->key,
                         .at = entry->at,
                         .answer = mera_bind_text(map, "answer"),
                         .positive = positive.v,
                         .n_positive = positive.n,
                         .negative = negative.v,
                         .n_negative = negative.n,
                         .has_scale = said != NULL,
                         .low = scale[0],
                         .high = scale[1]};
    survey_check(b, entry, q, scale);
    survey_check_sides(b, entry, q);
    return MERA_OK;
}

static void survey_is_none(mera_binder *b, const mera_value *map)
{
    static const char *const keys[] = {"questions", "weight", "stratum", "cluster", "min_n"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const mera_entry *entry = mera_value_entry(map, keys[i]);
        if (entry != NULL) {
            mera_fail(b->diags, MERA_EINPUT, "bad-layout", entry->at,
                      "'%s' is for data in the survey layout", keys[i]);
            mera_hint(b->diags, "add 'layout: survey'");
        }
    }
}

mera_code mera_bind_survey(mera_binder *b, const mera_value *map, mera_source *source)
{
    const mera_value *questions = mera_value_get(map, "questions");
    mera_question *list;
    if (source->layout != MERA_LAYOUT_SURVEY) {
        survey_is_none(b, map);
        return MERA_OK;
    }
    const size_t room = questions != NULL && questions->kind == MERA_VALUE_MAP ? questions->n : 0;
    MERA_TRY_NEW(list, b->arena, room);
    source->question = list;
    for (size_t i = 0; i < room; i++) {
        MERA_TRY(survey_question(b, &questions->entries[i], &list[source->n_questions++]));
    }
    if (room == 0) {
        mera_fail(b->diags, MERA_EINPUT, "missing-key", map->at,
                  "data in the survey layout need 'questions'");
        mera_hint(b->diags, "questions: {trust: {answer: q7, positive: [yes], negative: [no]}}");
    }
    source->weight = mera_bind_text(map, "weight");
    source->stratum = mera_bind_text(map, "stratum");
    source->cluster = mera_bind_text(map, "cluster");
    const double least = mera_bind_number(map, "min_n", 0);
    source->least = least >= 1 && least <= 1e9 ? (size_t)least : 0;
    return MERA_OK;
}
