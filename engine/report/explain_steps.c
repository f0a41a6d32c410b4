/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The lines under an indicator in an explanation: what stood in which file and line, and what each
 * step made of it. Steps that changed nothing are left out; the last normaliser never is.
 */
#include "report/explain_text.h"

#include <string.h>

#include "base/math.h"

const char *mera_explain_word(const mera_explaining *e, mera_word word)
{
    return mera_word_in(word, e->view->view.language);
}

static void explain_start(const mera_explaining *e, const char *prefix)
{
    mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, prefix);
}

/** "towns.csv:14, field 7": the field is a number, not a character of the line. */
static void explain_place(const mera_explaining *e, mera_at place)
{
    mera_text text = {.arena = e->arena};
    if (place.file == NULL) {
        return;
    }
    mera_text_addf(&text, "   %s:%u", place.file, place.line);
    if (place.column > 0) {
        mera_text_addf(&text, ", %s %u", mera_explain_word(e, MERA_WORD_FIELD), place.column);
    }
    const char *words = mera_text_string(&text);
    e->out->failed |= words == NULL;
    mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, words == NULL ? "" : words);
}

static void explain_value(const mera_explaining *e, double value, const char *unit)
{
    const char *text = mera_style_value(value, e->arena);
    e->out->failed |= text == NULL;
    mera_text_add(e->out, text == NULL ? "" : text);
    if (!isnan(value) && unit != NULL && unit[0] != '\0') {
        mera_text_addf(e->out, " %s", unit);
    }
}

/** A cell of a file: its value or why there is none, and the place. */
static void explain_cell(const mera_explaining *e, const mera_trace_cell *cell, bool named,
                         const char *unit, const char *prefix)
{
    const mera_reason reason = MERA_REASON(cell->state);
    explain_start(e, prefix);
    if (named) {
        mera_text_addf(e->out, "%s ", cell->name);
    } else {
        mera_text_addf(e->out, "%s: ", mera_explain_word(e, MERA_WORD_RAW));
    }
    if (isnan(cell->value)) {
        mera_text_addf(e->out, "%s", mera_explain_word(e, MERA_WORD_NO_VALUE));
    } else {
        explain_value(e, cell->value, unit);
    }
    if (reason != MERA_OBSERVED) {
        mera_text_addf(e->out, " (%s)", mera_reason_name(reason));
    }
    explain_place(e, cell->place);
    mera_text_add(e->out, "\n");
}

static void explain_fitted(const mera_explaining *e, const mera_trace_step *step)
{
    const mera_fit_record *fit = step->fit;
    if (fit == NULL || step->op->fitted == NULL) {
        return;
    }
    mera_text_add(e->out, "   ");
    for (size_t i = 0; step->op->fitted[i] != NULL && i < fit->fitted.n; i++) {
        mera_text_addf(e->out, "%s%s ", i > 0 ? ", " : "", step->op->fitted[i]);
        explain_value(e, fit->fitted.v[i], NULL);
    }
    if (step->reference != NULL && step->reference[0] != '\0') {
        mera_text_addf(e->out, " (%s %s)", mera_explain_word(e, MERA_WORD_FITTED_ON),
                       step->reference);
    }
}

mera_code mera_explain_step_line(const mera_explaining *e, const mera_trace_step *step,
                                 const char *prefix)
{
    if (step->op == NULL) { /* a formula: it stands above its cells */
        return MERA_OK;
    }
    explain_start(e, prefix);
    mera_style_add(e->out, &e->view->view, MERA_PAINT_BOLD, step->op->name);
    if (!step->inner) {
        mera_text_add(e->out, ": ");
        explain_value(e, step->before, NULL);
        mera_text_add(e->out, " → ");
        explain_value(e, step->after, NULL);
    }
    explain_fitted(e, step);
    if (step->params != NULL && step->params[0] != '\0') {
        mera_text_addf(e->out, "   %s", step->params);
    }
    if (step->at.file != NULL) {
        const char *at = mera_arena_printf(e->arena, "   %s:%u", step->at.file, step->at.line);
        MERA_TRY_PTR(at);
        mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, at);
    }
    mera_text_add(e->out, "\n");
    return MERA_OK;
}

static bool explain_tells(const mera_trace_step *step)
{
    return step->changed || step->inner || step->step == MERA_STEP_NORMALISE;
}

mera_code mera_explain_indicator_lines(const mera_explaining *e, const mera_trace_indicator *trace,
                                       const char *prefix)
{
    const mera_indicator *indicator = &e->m->indicator[trace->indicator];
    const bool made = indicator->kind != MERA_FROM_COLUMN;
    if (indicator->kind == MERA_FROM_FORMULA) {
        explain_start(e, prefix);
        mera_text_addf(e->out, "%s: %s = ", mera_explain_word(e, MERA_WORD_FORMULA),
                       indicator->formula);
        explain_value(e, trace->stage[MERA_STAGE_RAW], indicator->unit);
        mera_text_add(e->out, "\n");
    }
    for (size_t i = 0; i < trace->n_cells; i++) {
        explain_cell(e, &trace->cell[i], made, made ? NULL : indicator->unit, prefix);
    }
    mera_code code = MERA_OK;
    for (size_t i = 0; i < trace->n_steps && code == MERA_OK; i++) {
        if (explain_tells(&trace->step[i])) {
            code = mera_explain_step_line(e, &trace->step[i], prefix);
        }
    }
    return code;
}
