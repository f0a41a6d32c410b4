/* SPDX-License-Identifier: Apache-2.0 */
/** @file What moves the places, for a terminal: choices with their shares, then units. */
#include "report/grid.h"
#include "report/robust_words.h"
#include "report/sobol.h"

#include "base/math.h"

enum { VARIANCE_FAILURES = 8 };

typedef struct variance_page {
    const mera_variance *variance;
    const mera_robust_view *view;
    mera_arena *arena;
    mera_text *out;
} variance_page;

static const char *variance_word(const variance_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static void variance_open(const variance_page *p)
{
    const mera_variance *v = p->variance;
    const mera_methodology *m = p->view->result->methodology;
    mera_text text = {.arena = p->arena};
    mera_text_addf(&text, "%s: ", variance_word(p, MERA_WORD_OPEN_CHOICES));
    mera_robust_laws_words(m, &v->rules, v->node, p->view->view.language, &text);
    for (size_t f = 0; f < v->rules.n_factors; f++) {
        mera_text_add(&text, "; ");
        mera_robust_factor_words(&v->rules.factor[f], p->view->view.language, &text);
    }
    if (mera_text_string(&text) == NULL) {
        p->out->failed = true;
        return;
    }
    mera_style_wrap(p->out, &p->view->view, 0, mera_text_string(&text));
}

static void variance_head(const variance_page *p)
{
    const mera_result *result = p->view->result;
    const mera_variance *v = p->variance;
    const mera_node *node = &result->methodology->node[v->node];
    const char *title = mera_title_in(node->title, p->view->view.language);
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, title != NULL ? title : node->id);
    mera_text_addf(p->out, " · %s", variance_word(p, MERA_WORD_WHAT_MOVES));
    if (v->unit != SIZE_MAX) {
        mera_text_addf(p->out, " · %s %s", variance_word(p, MERA_WORD_PLACE_OF_UNIT),
                       result->data->unit_name[v->unit]);
    }
    if (result->period[v->period][0] != '\0') {
        mera_text_addf(p->out, " · %s", result->period[v->period]);
    }
    mera_text_add(p->out, "\n");
    variance_open(p);
    mera_text_add(p->out, "\n");
}

/* ---- choices ---- */

static mera_code variance_inputs(const variance_page *p)
{
    enum { COLUMNS = 5 };
    const mera_variance *v = p->variance;
    const mera_grid_column column[COLUMNS] = {
        {.title = variance_word(p, MERA_WORD_INPUT), .gives_way = true, .max = 40},
        {.title = variance_word(p, MERA_WORD_PIPELINE_STEP), .optional = true},
        {.title = variance_word(p, MERA_WORD_ITSELF)},
        {.title = variance_word(p, MERA_WORD_WITH_OTHERS), .paint = MERA_PAINT_BOLD},
        {.title = variance_word(p, MERA_WORD_IN_WORDS)},
    };
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, COLUMNS, v->n_inputs, p->arena, &grid));
    for (size_t i = 0; i < v->n_inputs; i++) {
        const char **cell = &grid.cell[i * COLUMNS];
        cell[0] = v->input[i].id;
        cell[1] = v->input[i].step;
        cell[2] = mera_sobol_share(&v->sobol.index[i].first, p->arena);
        cell[3] = mera_sobol_share(&v->sobol.index[i].total, p->arena);
        cell[4] = variance_word(p, mera_sobol_word(&v->sobol.index[i]));
        MERA_TRY_PTR(cell[2]);
        MERA_TRY_PTR(cell[3]);
    }
    return mera_grid_write(&grid, &p->view->view, 0, p->arena, p->out);
}

/* ---- in a sentence ---- */

static void variance_sentence(const variance_page *p)
{
    const mera_variance *v = p->variance;
    size_t most = SIZE_MAX;
    for (size_t i = 0; i < v->n_inputs; i++) {
        const mera_sobol_index *index = &v->sobol.index[i];
        if (index->total_sure &&
            (most == SIZE_MAX || index->total.value > v->sobol.index[most].total.value)) {
            most = i;
        }
    }
    mera_text_add(p->out, "\n");
    if (most == SIZE_MAX) {
        mera_text_addf(p->out, "%s\n", variance_word(p, MERA_WORD_NOTHING_MOVES));
        return;
    }
    const mera_sobol_index *index = &v->sobol.index[most];
    mera_text_addf(p->out, "%s: %s: %.0f%% %s, %.0f%% %s.\n",
                   variance_word(p, MERA_WORD_MOVES_MOST), v->input[most].id,
                   100 * fmax(0, index->first.value), variance_word(p, MERA_WORD_SHARE_ITSELF),
                   100 * index->total.value, variance_word(p, MERA_WORD_SHARE_TOGETHER));
}

static void variance_convergence(const variance_page *p)
{
    const mera_variance *v = p->variance;
    mera_text text = {.arena = p->arena};
    if (v->unit == SIZE_MAX) {
        mera_text_addf(p->out, "%s: %.2f ± %.2f\n", variance_word(p, MERA_WORD_MEAN_SHIFT),
                       v->sobol.mean, sqrt(v->sobol.variance));
    }
    mera_text_addf(&text, "%s:", variance_word(p, MERA_WORD_CONVERGENCE));
    for (size_t i = 0; i < v->n_stages; i++) {
        mera_text_addf(&text, " %zu: %.0f%%%s", v->stage[i].runs, 100 * v->stage[i].widest,
                       i + 1 < v->n_stages ? "," : "");
    }
    mera_text_addf(&text, " (%s)",
                   variance_word(p, v->settled ? MERA_WORD_SETTLED : MERA_WORD_NOT_SETTLED));
    if (mera_text_string(&text) == NULL) {
        p->out->failed = true;
        return;
    }
    mera_style_wrap(p->out, &p->view->view, 0, mera_text_string(&text));
}

static void variance_failures(const variance_page *p)
{
    const mera_variance *v = p->variance;
    if (v->failed == 0) {
        return;
    }
    mera_text_addf(p->out, "\n%s: %llu %s %zu\n", variance_word(p, MERA_WORD_FAILED_DRAWS),
                   (unsigned long long)v->failed, variance_word(p, MERA_WORD_OUT_OF), v->runs);
    for (size_t i = 0; i < v->n_failures && i < VARIANCE_FAILURES; i++) {
        const mera_robust_failure *f = &v->failure[i];
        const char *line =
            mera_arena_printf(p->arena, "%llu: %s%s%s", (unsigned long long)f->draws, f->choices,
                              f->choices[0] != '\0' ? ": " : "", f->reason);
        if (line != NULL) {
            mera_style_wrap(p->out, &p->view->view, 2, line);
        }
    }
}

/* ---- units ---- */

static mera_code variance_units(const variance_page *p)
{
    enum { COLUMNS = 5 };
    const mera_variance *v = p->variance;
    const mera_grid_column column[COLUMNS] = {
        {.title = variance_word(p, MERA_WORD_PLACE), .right = true},
        {.title = variance_word(p, MERA_WORD_UNIT), .gives_way = true, .max = 40},
        {.title = variance_word(p, MERA_WORD_MEAN_PLACE), .right = true},
        {.title = variance_word(p, MERA_WORD_MOVED_MOST_BY), .max = 30},
        {.title = variance_word(p, MERA_WORD_WITH_OTHERS), .right = true},
    };
    mera_grid grid;
    mera_text_add(p->out, "\n");
    MERA_TRY(mera_grid_new(column, COLUMNS, v->n_ranked, p->arena, &grid));
    for (size_t r = 0; r < v->n_ranked; r++) {
        const size_t i = v->order[r];
        const mera_variance_unit *unit = &v->place[i];
        const char **cell = &grid.cell[r * COLUMNS];
        cell[0] = mera_arena_printf(p->arena, "%zu", r + 1);
        cell[1] = p->view->result->data->unit_name[i];
        cell[2] = mera_arena_printf(p->arena, "%.1f ± %.1f", unit->mean, unit->sd);
        cell[3] = unit->most != SIZE_MAX ? v->input[unit->most].id : "–";
        cell[4] = unit->most != SIZE_MAX
                      ? mera_arena_printf(p->arena, "%.0f%%", 100 * unit->total[unit->most])
                      : "–";
        MERA_TRY_PTR(cell[0]);
        MERA_TRY_PTR(cell[2]);
        MERA_TRY_PTR(cell[4]);
    }
    return mera_grid_write(&grid, &p->view->view, 0, p->arena, p->out);
}

mera_code mera_report_variance_table(const mera_variance *variance, const mera_robust_view *view,
                                     mera_arena *arena, mera_text *out)
{
    const variance_page p = {.variance = variance, .view = view, .arena = arena, .out = out};
    variance_head(&p);
    MERA_TRY(variance_inputs(&p));
    variance_sentence(&p);
    variance_convergence(&p);
    variance_failures(&p);
    if (variance->place != NULL && variance->unit == SIZE_MAX) {
        MERA_TRY(variance_units(&p));
    }
    mera_text_add(out, "\n");
    mera_style_wrap(out, &view->view, 0, variance_word(&p, MERA_WORD_VARIANCE_NOTE));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
