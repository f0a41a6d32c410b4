/* SPDX-License-Identifier: Apache-2.0 */
/** @file Section 9 of an audit: which of its choices matters most. */
#include "base/math.h"
#include "report/audit_page.h"
#include "report/sobol.h"

static const char *const sobol_ids[] = {
    [MERA_AUDIT_OPEN_WEIGHTS] = "weights",
    [MERA_AUDIT_OPEN_NORMALISATION] = "normalisation",
    [MERA_AUDIT_OPEN_AGGREGATION] = "aggregation",
    [MERA_AUDIT_OPEN_INCLUSION] = "inclusion",
};

/** What was open of each: the names of methods, or in words. */
static mera_code sobol_open(const audit_page *p)
{
    const mera_audit_sobol *s = &p->audit->sobol;
    mera_text text = {.arena = p->arena};
    mera_text_addf(&text, "%s: ", mera_audit_page_word(p, MERA_WORD_OPEN_CHOICES));
    for (size_t i = 0; i < s->n_inputs; i++) {
        const mera_audit_input *input = &s->input[i];
        mera_text_addf(&text, "%s%s: ", i > 0 ? "; " : "", sobol_ids[input->kind]);
        if (input->kind == MERA_AUDIT_OPEN_WEIGHTS) {
            mera_text_addf(
                &text, "± %g%%",
                100 * p->audit->result->methodology->audit.setting[MERA_AUDIT_weight_range]);
        } else if (input->kind == MERA_AUDIT_OPEN_INCLUSION) {
            mera_text_add(&text, mera_audit_page_word(p, MERA_WORD_ALL_OR_BUT_ONE));
        }
        for (size_t j = 0; j < input->n; j++) {
            mera_text_addf(&text, "%s%s", j > 0 ? ", " : "", input->choice[j]);
        }
    }
    MERA_TRY_PTR(mera_text_string(&text));
    mera_style_wrap(p->out, p->view, 4, mera_text_string(&text));
    return MERA_OK;
}

mera_code mera_audit_page_sobol(const audit_page *p)
{
    enum { COLUMNS = 4 };
    const mera_audit_sobol *s = &p->audit->sobol;
    const mera_grid_column column[COLUMNS] = {
        {.title = mera_audit_page_word(p, MERA_WORD_INPUT)},
        {.title = mera_audit_page_word(p, MERA_WORD_ITSELF)},
        {.title = mera_audit_page_word(p, MERA_WORD_WITH_OTHERS), .paint = MERA_PAINT_BOLD},
        {.title = mera_audit_page_word(p, MERA_WORD_IN_WORDS)}};
    mera_grid grid;
    mera_audit_page_section(p, 9);
    if (!s->made) {
        mera_text_addf(p->out, "    %s: %s\n", mera_audit_page_word(p, MERA_WORD_NOT_MADE), s->why);
        return MERA_OK;
    }
    mera_text_addf(
        p->out, "    %s: %zu · %s: %.1f ± %.1f\n", mera_audit_page_word(p, MERA_WORD_RUNS), s->runs,
        mera_audit_page_word(p, MERA_WORD_MEAN_SHIFT), s->sobol.mean, sqrt(s->sobol.variance));
    MERA_TRY(mera_grid_new(column, COLUMNS, s->n_inputs, p->arena, &grid));
    for (size_t i = 0; i < s->n_inputs; i++) {
        const char **cell = &grid.cell[i * COLUMNS];
        cell[0] = sobol_ids[s->input[i].kind];
        cell[1] = mera_sobol_share(&s->sobol.index[i].first, p->arena);
        cell[2] = mera_sobol_share(&s->sobol.index[i].total, p->arena);
        cell[3] = mera_audit_page_word(p, mera_sobol_word(&s->sobol.index[i]));
        MERA_TRY_PTR(cell[1]);
        MERA_TRY_PTR(cell[2]);
    }
    MERA_TRY(mera_grid_write(&grid, p->view, 4, p->arena, p->out));
    return sobol_open(p);
}

void mera_audit_json_sobol(mera_json *json, const mera_audit_sobol *s)
{
    mera_json_open(json, "sobol", '{');
    mera_json_bool(json, "made", s->made);
    mera_json_text(json, "why_not", s->why);
    mera_json_count(json, "rows", s->rows);
    mera_json_count(json, "rows_used", s->sobol.n);
    mera_json_count(json, "runs", s->runs);
    mera_json_number(json, "mean", s->sobol.mean);
    mera_json_number(json, "sd", sqrt(s->sobol.variance));
    mera_json_open(json, "choices", '[');
    for (size_t i = 0; i < s->n_inputs; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "id", sobol_ids[s->input[i].kind]);
        mera_json_open(json, "methods", '[');
        for (size_t j = 0; j < s->input[i].n; j++) {
            mera_json_text(json, NULL, s->input[i].choice[j]);
        }
        mera_json_close(json, ']');
        mera_sobol_json(json, &s->sobol.index[i]);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}
