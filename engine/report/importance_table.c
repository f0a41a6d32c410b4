/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Importance for a terminal: of each node its parts, the weight each was given beside what it
 * really counts: a bar with a mark at the weight.
 */
#include "report/grid.h"
#include "report/words.h"

#include "base/math.h"

enum { IMPORTANCE_BAR = 12, IMPORTANCE_COLUMNS = 10 };

typedef struct importance_page {
    const mera_importance_view *view;
    mera_arena *arena;
    mera_text *out;
} importance_page;

static const char *importance_word(const importance_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *importance_title(const importance_page *p, size_t column)
{
    const char *text = mera_title_in(p->view->sheet->title[column], p->view->view.language);
    return text != NULL ? text : p->view->sheet->id[column];
}

static const char *importance_percent(const importance_page *p, double share)
{
    return isnan(share) ? "–" : mera_arena_printf(p->arena, "%.1f%%", 100 * share);
}

/** What a part counts, with a mark where its weight is: "██████┃█". */
static const char *importance_bar(const importance_page *p, double counts, double weight)
{
    mera_text text = {.arena = p->arena};
    const double full = isnan(counts) ? 0 : fmax(0, counts) * IMPORTANCE_BAR;
    const size_t mark = (size_t)fmin(IMPORTANCE_BAR - 1, fmax(0, weight) * IMPORTANCE_BAR);
    for (size_t i = 0; i < IMPORTANCE_BAR; i++) {
        mera_text_add(&text, i == mark ? "┃" : (double)i + 0.5 <= full ? "█" : "·");
    }
    return mera_text_string(&text);
}

/** The line over a table: "Health (health): 120 units with all parts · R² 0.998 · ...". */
static void importance_head(const importance_page *p, const mera_importance_of_node *node)
{
    const char *id = p->view->sheet->id[node->node];
    const char *title = importance_title(p, node->node);
    mera_text_add(p->out, p->out->n > 0 ? "\n" : "");
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, title);
    if (title != id) {
        mera_text_addf(p->out, " (%s)", id);
    }
    mera_text_addf(p->out, " · %s: %zu", importance_word(p, MERA_WORD_UNITS_WITH_ALL),
                   node->n_units);
    if (!isnan(node->r2)) {
        mera_text_addf(p->out, " · R² %.3f", node->r2);
    }
    if (!isnan(node->divergence)) {
        mera_text_addf(p->out, " · %s %.2f", importance_word(p, MERA_WORD_DIVERGENCE),
                       node->divergence);
    }
    mera_text_add(p->out, "\n");
}

/** What all main effects sum to: the parts of a node in what counts are of it. */
static double importance_sum(const mera_importance_of_node *node)
{
    double sum = 0;
    for (size_t j = 0; j < node->n; j++) {
        sum += isnan(node->part[j].main_effect) ? 0 : node->part[j].main_effect;
    }
    return sum;
}

/** The largest weight or share that counts: a full bar. */
static double importance_largest(const mera_importance_of_node *node, double sum)
{
    double most = 0;
    for (size_t j = 0; j < node->n; j++) {
        most = fmax(most, node->part[j].nominal);
        most = sum > 0 ? fmax(most, node->part[j].main_effect / sum) : most;
    }
    return most > 0 ? most : 1;
}

static mera_code importance_row(const importance_page *p, const mera_importance_part *part,
                                double sum, double most, const char **cell)
{
    const double counts = sum > 0 ? part->main_effect / sum : NAN;
    cell[0] = importance_title(p, part->column);
    cell[1] = importance_percent(p, part->nominal);
    cell[2] = importance_percent(p, counts);
    cell[3] = importance_bar(p, counts / most, part->nominal / most);
    cell[4] = importance_percent(p, p->view->sheet->effective[part->column]);
    cell[5] = mera_style_number(part->r, 2, p->arena);
    cell[6] = mera_style_number(part->r2, 2, p->arena);
    cell[7] = mera_style_number(part->main_effect, 2, p->arena);
    cell[8] = mera_style_number(part->linear, 3, p->arena);
    cell[9] = mera_style_number(part->shapley, 3, p->arena);
    for (size_t i = 0; i < IMPORTANCE_COLUMNS; i++) {
        MERA_TRY_PTR(cell[i]);
    }
    return MERA_OK;
}

static mera_code importance_grid(const importance_page *p, const mera_importance_of_node *node)
{
    const mera_grid_column column[IMPORTANCE_COLUMNS] = {
        {.title = importance_word(p, MERA_WORD_PART), .gives_way = true, .max = 44},
        {.title = importance_word(p, MERA_WORD_STATED_WEIGHT), .right = true},
        {.title = importance_word(p, MERA_WORD_COUNTS), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .optional = true, .paint = MERA_PAINT_GOOD, .max = IMPORTANCE_BAR},
        {.title = importance_word(p, MERA_WORD_INDEX_WEIGHT),
         .right = true,
         .hidden = node->node == 0},
        {.title = importance_word(p, MERA_WORD_CORRELATION), .right = true},
        {.title = "r²", .right = true},
        {.title = "η²", .right = true},
        {.title = importance_word(p, MERA_WORD_LINEAR_SHARE), .right = true},
        {.title = importance_word(p, MERA_WORD_SHAPLEY_SHARE), .right = true},
    };
    const double sum = importance_sum(node), most = importance_largest(node, sum);
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, IMPORTANCE_COLUMNS, node->n, p->arena, &grid));
    for (size_t j = 0; j < node->n; j++) {
        MERA_TRY(importance_row(p, &node->part[j], sum, most, &grid.cell[j * IMPORTANCE_COLUMNS]));
    }
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

/** Of shares that are estimates: from how many orders, and how far off they may be. */
static void importance_sampled(const importance_page *p, const mera_importance_of_node *node)
{
    double worst = 0;
    if (node->exact || node->n_orders == 0) {
        return;
    }
    for (size_t j = 0; j < node->n; j++) {
        worst = fmax(worst, isnan(node->part[j].shapley_error) ? 0 : node->part[j].shapley_error);
    }
    mera_text_addf(p->out, "  %s: %zu · %s %.1g\n", importance_word(p, MERA_WORD_SAMPLED),
                   node->n_orders, importance_word(p, MERA_WORD_LARGEST_ERROR), worst);
}

mera_code mera_report_importance_table(const mera_importance_of_node *node, size_t n,
                                       const mera_importance_view *view, mera_arena *arena,
                                       mera_text *out)
{
    const importance_page p = {.view = view, .arena = arena, .out = out};
    const char *period = view->result->period[view->period];
    if (period[0] != '\0') {
        mera_text_addf(out, "%s: %s\n", importance_word(&p, MERA_WORD_PERIOD), period);
    }
    for (size_t i = 0; i < n; i++) {
        importance_head(&p, &node[i]);
        MERA_TRY(importance_grid(&p, &node[i]));
        importance_sampled(&p, &node[i]);
    }
    mera_text_add(out, "\n");
    mera_style_wrap(out, &view->view, 0, importance_word(&p, MERA_WORD_IMPORTANCE_NOTE));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
