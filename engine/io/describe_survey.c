/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the answers of a survey are, question by question, and its weights. */
#include "io/describe.h"

#include <string.h>

/** What was said under one question, or as the weight of a sheet. */
struct describe_question {
    size_t field; /* SIZE_MAX: the file has none */
    size_t n_yes, n_no, n_none, n_other;
    mera_at at; /* of the first answer that is none of these */
    const char *other;
};

static const char *survey_field_name(const mera_question *says)
{
    return says->answer != NULL ? says->answer : says->name;
}

static mera_code survey_begin(describe *d)
{
    const mera_source *s = d->table->source;
    MERA_TRY_NEW(d->question, d->alike.arena, s->n_questions + 1);
    for (size_t i = 0; i < s->n_questions; i++) {
        d->question[i].field = io_table_field(d->table, survey_field_name(&s->question[i]));
    }
    d->question[s->n_questions].field =
        s->weight == NULL ? SIZE_MAX : io_table_field(d->table, s->weight);
    return MERA_OK;
}

static bool survey_is_among(mera_slice text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mera_slice_eq(text, list[i])) {
            return true;
        }
    }
    return false;
}

static mera_code survey_other(const describe *d, struct describe_question *q, mera_slice text)
{
    if (q->n_other++ > 0) {
        return MERA_OK;
    }
    q->at = io_table_at(d->table, q->field);
    q->other = mera_arena_printf(d->table->findings.arena, "%.*s", text.n > 60 ? 60 : (int)text.n,
                                 text.at);
    return q->other == NULL ? MERA_ENOMEM : MERA_OK;
}

/* A number of a scale, or of a weight (`says` NULL): above 0, 0, or none. */
static mera_code survey_number(const describe *d, struct describe_question *q,
                               const mera_question *says, mera_slice text)
{
    const io_cell cell = io_cell_read(&d->table->rules, text);
    const bool number = cell.kind == IO_CELL_NUMBER;
    if (says != NULL && cell.kind == IO_CELL_MISSING) {
        q->n_none++;
    } else if (number && (says == NULL ? cell.value > 0
                                       : cell.value >= says->low && cell.value <= says->high)) {
        q->n_yes++;
    } else if (number && says == NULL && cell.value == 0) {
        q->n_no++;
    } else {
        return survey_other(d, q, text);
    }
    return MERA_OK;
}

static mera_code survey_word(const describe *d, struct describe_question *q,
                             const mera_question *says, mera_slice text)
{
    mera_reason reason = MERA_ABSENT;
    if (survey_is_among(text, says->positive, says->n_positive)) {
        q->n_yes++;
    } else if (survey_is_among(text, says->negative, says->n_negative)) {
        q->n_no++;
    } else if (text.n == 0 || io_is_mark(&d->table->rules, text, &reason)) {
        q->n_none++;
    } else if (says->n_negative == 0) {
        q->n_no++;
    } else {
        return survey_other(d, q, text);
    }
    return MERA_OK;
}

mera_code describe_answers(describe *d)
{
    const mera_source *s = d->table->source;
    MERA_TRY(d->question == NULL ? survey_begin(d) : MERA_OK);
    for (size_t i = 0; i <= s->n_questions; i++) {
        struct describe_question *q = &d->question[i];
        const mera_question *says = i < s->n_questions ? &s->question[i] : NULL;
        if (q->field == SIZE_MAX) {
            continue;
        }
        const mera_slice text = mera_slice_trim(d->table->csv.field[q->field]);
        MERA_TRY(says == NULL || says->has_scale ? survey_number(d, q, says, text)
                                                 : survey_word(d, q, says, text));
    }
    return MERA_OK;
}

/* ", others 2, the first 'maybe'" */
static const char *survey_others(const describe *d, const struct describe_question *q, bool russian)
{
    return q->n_other == 0 ? ""
                           : mera_arena_printf(d->table->findings.arena,
                                               russian ? "; других %zu, первый '%s'"
                                                       : "; others %zu, the first '%s'",
                                               q->n_other, q->other);
}

static mera_code survey_question_said(describe *d, size_t i)
{
    const mera_question *says = &d->table->source->question[i];
    const struct describe_question *q = &d->question[i];
    mera_arena *arena = d->table->findings.arena;
    const char *field = survey_field_name(says);
    const char *en = survey_others(d, q, false), *ru = survey_others(d, q, true);
    const mera_at at = q->n_other > 0 ? q->at : (mera_at){.file = d->table->findings.path};
    MERA_TRY_PTR(en);
    MERA_TRY_PTR(ru);
    if (q->field == SIZE_MAX) {
        return DESCRIBE_FIND(d, "missing-field", "no field '%s' (answers to the question '%s')",
                             "нет поля '%s' (ответы на вопрос '%s')", field, says->name);
    }
    if (says->has_scale) {
        return io_find_in(&d->table->findings, "question", at,
                          mera_arena_printf(arena,
                                            "'%s' (%s): on the scale %zu, without an answer %zu%s",
                                            says->name, field, q->n_yes, q->n_none, en),
                          mera_arena_printf(arena, "'%s' (%s): на шкале %zu, без ответа %zu%s",
                                            says->name, field, q->n_yes, q->n_none, ru));
    }
    return io_find_in(
        &d->table->findings, "question", at,
        mera_arena_printf(arena, "'%s' (%s): positive %zu, negative %zu, without an answer %zu%s",
                          says->name, field, q->n_yes, q->n_no, q->n_none, en),
        mera_arena_printf(arena,
                          "'%s' (%s): положительных %zu, отрицательных %zu, без ответа %zu%s",
                          says->name, field, q->n_yes, q->n_no, q->n_none, ru));
}

mera_code describe_survey(describe *d)
{
    const mera_source *s = d->table->source;
    if (d->question == NULL) {
        return MERA_OK;
    }
    for (size_t i = 0; i < s->n_questions; i++) {
        MERA_TRY(survey_question_said(d, i));
    }
    const struct describe_question *w = &d->question[s->n_questions];
    if (w->field == SIZE_MAX) {
        return MERA_OK;
    }
    const char *en = survey_others(d, w, false), *ru = survey_others(d, w, true);
    MERA_TRY_PTR(en);
    MERA_TRY_PTR(ru);
    return io_find_in(&d->table->findings, "weights",
                      w->n_other > 0 ? w->at : (mera_at){.file = d->table->findings.path},
                      mera_arena_printf(d->table->findings.arena,
                                        "'%s': sheets of weight above 0: %zu, of weight 0: %zu%s",
                                        s->weight, w->n_yes, w->n_no, en),
                      mera_arena_printf(d->table->findings.arena,
                                        "'%s': анкет с весом больше 0: %zu, с весом 0: %zu%s",
                                        s->weight, w->n_yes, w->n_no, ru));
}
