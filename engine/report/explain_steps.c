/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The lines under an indicator in an explanation: what stood in which file and line, and what each
 * step made of it. Steps that changed nothing are left out; the last normaliser never is. Of
 * parameters those that are as by default are left out too, unless all was asked for. The unit of
 * measure is that of the indicator: of the raw value when nothing divides it, else of the quotient.
 */
#include "base/cell.h"
#include "report/explain_text.h"
#include "report/fitted_words.h"

#include <string.h>

#include "base/math.h"
#include "report/nouns.h"

const char *mera_explain_word(const mera_explaining *e, mera_word word)
{
    return mera_word_in(word, e->view->view.language);
}

/** A line made of pieces, each of which goes to the next line when this one is full. */
typedef struct explain_line {
    const mera_explaining *e;
    const char *prefix;
    size_t used; /**< columns */
    bool fresh;  /**< nothing but the prefix stands in it */
} explain_line;

enum { EXPLAIN_HANG = 4 /* blanks before what did not fit */ };

static explain_line explain_start(const mera_explaining *e, const char *prefix)
{
    mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, prefix);
    return (explain_line){e, prefix, mera_utf8_width(prefix), true};
}

static void explain_piece(explain_line *line, mera_paint paint, const char *text)
{
    const mera_explaining *e = line->e;
    const size_t width = mera_utf8_width(text);
    if (!line->fresh && line->used + 3 + width > e->view->view.width) {
        mera_text_add(e->out, "\n");
        mera_style_add(e->out, &e->view->view, MERA_PAINT_DIM, line->prefix);
        mera_style_repeat(e->out, " ", EXPLAIN_HANG);
        line->used = mera_utf8_width(line->prefix) + EXPLAIN_HANG;
    } else if (!line->fresh) {
        mera_text_add(e->out, "   ");
        line->used += 3;
    }
    mera_style_add(e->out, &e->view->view, paint, text);
    line->used += width;
    line->fresh = false;
}

/** Ends a piece that was put together in `text`. */
static mera_code explain_made(explain_line *line, mera_paint paint, mera_text *text)
{
    const char *words = mera_text_string(text);
    MERA_TRY_PTR(words);
    if (words[0] != '\0') {
        explain_piece(line, paint, words);
    }
    return MERA_OK;
}

/** "towns.csv:14, field 7": the field is a number, not a character of the line. */
static mera_code explain_place(explain_line *line, mera_at place)
{
    mera_text text = {.arena = line->e->arena};
    if (place.file != NULL && place.length == MERA_AT_CELL) {
        char cell[MERA_CELL_NAME];
        mera_cell_name(place.line, place.column, cell);
        mera_text_addf(&text, "%s!%s", place.file, cell);
        return explain_made(line, MERA_PAINT_DIM, &text);
    }
    if (place.file != NULL) { /* what comes from --set stands in no line */
        mera_text_addf(&text, place.line > 0 ? "%s:%u" : "%s", place.file, place.line);
    }
    if (place.file != NULL && place.column > 0) {
        mera_text_addf(&text, ", %s %u", mera_explain_word(line->e, MERA_WORD_FIELD), place.column);
    }
    return explain_made(line, MERA_PAINT_DIM, &text);
}

static void explain_value(mera_text *text, double value, const char *unit)
{
    const char *number = mera_style_value(value, text->arena);
    text->failed |= number == NULL;
    mera_text_add(text, number == NULL ? "" : number);
    if (!isnan(value) && unit != NULL && unit[0] != '\0') {
        mera_text_addf(text, " %s", unit);
    }
}

/** A cell of a file, called `name`: its value or why there is none, and the place. */
static mera_code explain_cell(const mera_explaining *e, const mera_trace_cell *cell,
                              const char *name, const char *unit, const char *prefix)
{
    const mera_reason reason = MERA_REASON(cell->state);
    explain_line line = explain_start(e, prefix);
    mera_text text = {.arena = e->arena};
    mera_text_addf(&text, "%s: ", name);
    if (isnan(cell->value)) {
        mera_text_add(&text, mera_explain_word(e, MERA_WORD_NO_VALUE));
    } else {
        explain_value(&text, cell->value, unit);
    }
    if (reason != MERA_OBSERVED) {
        mera_text_addf(&text, " (%s)",
                       mera_explain_word(e, (mera_word)(MERA_WORD_REASON_OBSERVED + (int)reason)));
    }
    MERA_TRY(explain_made(&line, MERA_PAINT_NONE, &text));
    if (e->view->full && !mera_streq(name, cell->name)) {
        mera_text column = {.arena = e->arena};
        mera_text_addf(&column, "%s %s", mera_explain_word(e, MERA_WORD_EXPLAIN_COLUMN),
                       cell->name);
        MERA_TRY(explain_made(&line, MERA_PAINT_DIM, &column));
    }
    MERA_TRY(explain_place(&line, cell->place));
    mera_text_add(e->out, "\n");
    return MERA_OK;
}

/** "115 values of all units in 2024": English is said by the trace itself. */
static void explain_reference(const mera_explaining *e, const mera_trace_step *step,
                              mera_text *text)
{
    const mera_fit_record *fit = step->fit;
    if (!mera_streq(e->view->view.language, "ru") || fit->n_reference == 0) {
        mera_text_add(text, step->reference);
        return;
    }
    mera_text_addf(text, "%zu %s ", fit->n_reference,
                   mera_noun_in(MERA_NOUN_BY_VALUE, fit->n_reference, e->view->view.language));
    if (fit->group != NULL) {
        mera_text_addf(text, "%s '%s'", mera_explain_word(e, MERA_WORD_OF_GROUP), fit->group);
    } else {
        mera_text_add(text, mera_explain_word(e, MERA_WORD_OF_ALL_UNITS));
    }
    if (fit->period == NULL && e->view->result->n_periods > 1) {
        mera_text_addf(text, " %s", mera_explain_word(e, MERA_WORD_IN_ALL_PERIODS));
    } else if (fit->period != NULL && fit->period[0] != '\0') {
        mera_text_addf(text, " %s %s", mera_explain_word(e, MERA_WORD_IN_PERIOD), fit->period);
    }
}

static void explain_fitted(const mera_explaining *e, const mera_trace_step *step, mera_text *text)
{
    const mera_fit_record *fit = step->fit;
    if (fit == NULL || step->op->fitted == NULL) {
        return;
    }
    for (size_t i = 0; step->op->fitted[i] != NULL && i < fit->fitted.n; i++) {
        if (!isnan(fit->fitted.v[i])) { /* what this way of the operation does not use */
            mera_text_add(text, text->n > 0 ? ", " : "");
            mera_fitted_add(text, step->op->fitted[i], e->view->view.language);
            mera_text_add(text, " ");
            explain_value(text, fit->fitted.v[i], NULL);
        }
    }
}

/** ", reference set [2]", or why its units are not named. */
static void explain_set(const mera_explaining *e, const mera_trace_step *step, mera_text *text)
{
    const size_t set = e->sets != NULL ? mera_explain_set(e->sets, step) : SIZE_MAX;
    if (set != SIZE_MAX) {
        mera_text_addf(text, ", %s [%zu]", mera_explain_word(e, MERA_WORD_EXPLAIN_SET), set + 1);
    } else if (e->sets != NULL && step->fit->n_reference > 0) {
        mera_text_addf(text, "; %s", mera_explain_word(e, MERA_WORD_EXPLAIN_NO_SET));
    }
}

/** "(fitted on 115 values of all units)", or "(frozen in bounds.csv)" */
static void explain_fitted_on(const mera_explaining *e, const mera_trace_step *step,
                              mera_text *text)
{
    if (step->fit == NULL || step->op->fitted == NULL || step->reference == NULL ||
        step->reference[0] == '\0') {
        return;
    }
    if (step->frozen != NULL) {
        mera_text_addf(text, "(%s %s)", mera_explain_word(e, MERA_WORD_EXPLAIN_FROZEN),
                       step->frozen);
        return;
    }
    mera_text_addf(text, "(%s ", mera_explain_word(e, MERA_WORD_FITTED_ON));
    explain_reference(e, step, text);
    explain_set(e, step, text);
    mera_text_add(text, ")");
}

/** "136 → 27.9", or "136 by population, per 10000 = 31.8 per 10 000": a quotient says of what. */
static void explain_path(const mera_trace_step *step, const char *params, const char *unit,
                         mera_text *text)
{
    const bool quotient = step->step == MERA_STEP_DENOMINATE;
    mera_text_addf(text, "%s: ", step->op->name);
    explain_value(text, step->before, NULL);
    if (quotient) {
        mera_text_addf(text, " %s", params);
    }
    mera_text_add(text, quotient ? " = " : " → ");
    explain_value(text, step->after, unit);
}

static mera_code explain_step(const mera_explaining *e, const mera_trace_step *step,
                              const char *unit, const char *prefix)
{
    explain_line line = explain_start(e, prefix);
    mera_text name = {.arena = e->arena}, fitted = {.arena = e->arena},
              fitted_on = {.arena = e->arena};
    const char *params = e->view->full ? step->params : step->chosen;
    params = params == NULL ? "" : params;
    if (step->inner) {
        mera_text_add(&name, step->op->name);
    } else {
        explain_path(step, params, unit, &name);
    }
    MERA_TRY(explain_made(&line, MERA_PAINT_NONE, &name));
    explain_fitted(e, step, &fitted);
    MERA_TRY(explain_made(&line, MERA_PAINT_NONE, &fitted));
    explain_fitted_on(e, step, &fitted_on);
    MERA_TRY(explain_made(&line, MERA_PAINT_NONE, &fitted_on));
    if (params[0] != '\0' && (step->step != MERA_STEP_DENOMINATE || step->inner)) {
        explain_piece(&line, MERA_PAINT_DIM, params);
    }
    if (step->op->plugin != NULL) {
        mera_text plugin = {.arena = e->arena};
        mera_text_addf(&plugin, "%s %s %s", mera_explain_word(e, MERA_WORD_EXPLAIN_PLUGIN),
                       step->op->plugin,
                       step->op->plugin_version != NULL ? step->op->plugin_version : "");
        MERA_TRY(explain_made(&line, MERA_PAINT_DIM, &plugin));
    }
    if (e->view->full) {
        const mera_at line_only = {step->at.file, step->at.line, 0, 0};
        MERA_TRY(explain_place(&line, line_only));
    }
    mera_text_add(e->out, "\n");
    return MERA_OK;
}

mera_code mera_explain_step_line(const mera_explaining *e, const mera_trace_step *step,
                                 const char *unit, const char *prefix)
{
    if (step->op == NULL) { /* a formula: it stands above its cells */
        return MERA_OK;
    }
    for (size_t i = 0; i < step->n_cells; i++) {
        MERA_TRY(explain_cell(e, &step->cell[i], step->cell[i].name, NULL, prefix));
    }
    return explain_step(e, step, unit, prefix);
}

static bool explain_tells(const mera_trace_step *step)
{
    return step->changed || step->inner || step->step == MERA_STEP_NORMALISE ||
           (step->step == MERA_STEP_DENOMINATE && !isnan(step->before));
}

static bool explain_is_denominated(const mera_trace_indicator *trace)
{
    for (size_t i = 0; i < trace->n_steps; i++) {
        if (trace->step[i].step == MERA_STEP_DENOMINATE) {
            return true;
        }
    }
    return false;
}

static mera_code explain_formula(const mera_explaining *e, const mera_indicator *indicator,
                                 double value, const char *unit, const char *prefix)
{
    explain_line line = explain_start(e, prefix);
    mera_text text = {.arena = e->arena};
    mera_text_addf(&text, "%s: %s = ", mera_explain_word(e, MERA_WORD_FORMULA), indicator->formula);
    explain_value(&text, value, unit);
    MERA_TRY(explain_made(&line, MERA_PAINT_NONE, &text));
    mera_text_add(e->out, "\n");
    return MERA_OK;
}

/** "lower is better", or "best from 40 to 60" with the unit: what a step's sign comes from. */
static mera_code explain_direction(explain_line *line, const mera_indicator *indicator)
{
    const mera_explaining *e = line->e;
    mera_text text = {.arena = e->arena};
    if (indicator->direction != MERA_TARGET) {
        explain_piece(line, MERA_PAINT_DIM,
                      mera_explain_word(e, indicator->direction == MERA_HIGHER
                                               ? MERA_WORD_HIGHER_IS_BETTER
                                               : MERA_WORD_LOWER_IS_BETTER));
        return MERA_OK;
    }
    mera_text_addf(&text, "%s ", mera_explain_word(e, MERA_WORD_EXPLAIN_TARGET));
    explain_value(&text, indicator->target[0], NULL);
    if (indicator->target[1] != indicator->target[0]) {
        mera_text_add(&text, "–");
        explain_value(&text, indicator->target[1], NULL);
    }
    return explain_made(line, MERA_PAINT_DIM, &text);
}

/** Which way is better, and what kind of source the methodology says the numbers are from. */
static mera_code explain_source(const mera_explaining *e, const mera_indicator *indicator,
                                const char *prefix)
{
    explain_line line = explain_start(e, prefix);
    mera_text text = {.arena = e->arena};
    explain_piece(&line, MERA_PAINT_DIM, indicator->id);
    MERA_TRY(explain_direction(&line, indicator));
    for (size_t s = 0; s < MERA_N_SOURCES; s++) {
        if (mera_streq(indicator->source_kind, mera_source_words[s].id)) {
            mera_text_addf(&text, "%s: %s", mera_explain_word(e, MERA_WORD_EXPLAIN_SOURCE),
                           mera_explain_word(e, mera_source_words[s].word));
        }
    }
    MERA_TRY(explain_made(&line, MERA_PAINT_DIM, &text));
    if (indicator->reference != NULL) {
        explain_piece(&line, MERA_PAINT_DIM, indicator->reference);
    }
    mera_text_add(e->out, "\n");
    return MERA_OK;
}

/** The unit of what a step makes: points and logarithms have none of the indicator's. */
static const char *explain_unit_after(const mera_trace_step *step, const char *unit)
{
    return step->step == MERA_STEP_DERIVE || step->step == MERA_STEP_DENOMINATE ||
                   step->step == MERA_STEP_IMPUTE
               ? unit
               : NULL;
}

mera_code mera_explain_indicator_lines(const mera_explaining *e, const mera_trace_indicator *trace,
                                       const char *prefix)
{
    const mera_indicator *indicator = &e->m->indicator[trace->indicator];
    const bool made = indicator->kind != MERA_FROM_COLUMN;
    const char *measure = mera_title_in(indicator->measure, e->view->view.language);
    const char *raw_unit = explain_is_denominated(trace) ? NULL : measure;
    if (e->view->full) {
        MERA_TRY(explain_source(e, indicator, prefix));
    }
    if (indicator->kind == MERA_FROM_FORMULA) {
        MERA_TRY(explain_formula(e, indicator, trace->stage[MERA_STAGE_RAW], raw_unit, prefix));
    }
    for (size_t i = 0; i < trace->n_cells; i++) {
        MERA_TRY(explain_cell(e, &trace->cell[i],
                              made ? trace->cell[i].name : mera_explain_word(e, MERA_WORD_RAW),
                              made ? NULL : raw_unit, prefix));
    }
    for (size_t i = 0; i < trace->n_steps; i++) {
        const mera_trace_step *step = &trace->step[i];
        const bool derived = step->step == MERA_STEP_DERIVE;
        const char *unit = derived ? raw_unit : explain_unit_after(step, measure);
        MERA_TRY(e->view->full || explain_tells(step)
                     ? mera_explain_step_line(e, step, unit, prefix)
                     : MERA_OK);
    }
    return MERA_OK;
}
