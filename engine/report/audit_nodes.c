/* SPDX-License-Identifier: Apache-2.0 */
/** @file Sections 3 to 5 of an audit for a terminal: correlations, unity and importance by node. */
#include <stdio.h>

#include "base/math.h"
#include "report/audit_page.h"

enum { NODES_TITLE = 24, NODES_CELL = 5, NODES_EIGENVALUES = 4 };

/* ---- 3 ---- */

/** How many parts a matrix of the page's width can show. */
static size_t nodes_room(const audit_page *p)
{
    const size_t taken = 4 + NODES_TITLE + 4 + 2 * NODES_CELL;
    return p->view->width > taken ? (p->view->width - taken) / NODES_CELL : 0;
}

/** ".54", "-.04": a nought before the point would cost a column of the matrix. */
static void nodes_number(const audit_page *p, double r)
{
    char text[16], cell[16];
    const int hundredths = isnan(r) ? 0 : (int)floor(fabs(r) * 100 + 0.5);
    if (isnan(r)) {
        mera_style_pad(p->out, "–", NODES_CELL, true);
        return;
    }
    if (hundredths < 100) {
        snprintf(text, sizeof text, "%s.%02d", r < 0 && hundredths > 0 ? "-" : "", hundredths);
    } else {
        snprintf(text, sizeof text, "%s1.0", r < 0 ? "-" : "");
    }
    snprintf(cell, sizeof cell, "%*s", NODES_CELL, text);
    mera_style_add(p->out, p->view, r < 0 ? MERA_PAINT_BAD : MERA_PAINT_NONE, cell);
}

/** One part: its number, title, correlations with those before it, with the node. */
static void nodes_matrix_row(const audit_page *p, const mera_audit_node *node, size_t i, bool wide)
{
    mera_text_addf(p->out, "    %2zu ", i + 1);
    mera_style_pad(p->out, mera_audit_page_title(p, node->column[i]), NODES_TITLE, false);
    nodes_number(p, node->parent_r[i]);
    mera_text_add(p->out, i > 0 && !wide ? "  " : "");
    for (size_t j = 0; j < i && !wide; j++) {
        nodes_number(p, node->r[i * node->n + j]);
    }
    mera_text_add(p->out, "\n");
}

static void nodes_matrix(const audit_page *p, const mera_audit_node *node)
{
    const bool wide = node->n > nodes_room(p) + 1;
    mera_text_add(p->out, "    ");
    mera_style_pad(p->out, mera_audit_page_title(p, node->node), NODES_TITLE + 3, false);
    mera_style_pad(p->out, mera_audit_page_word(p, MERA_WORD_WITH_NODE), NODES_CELL, true);
    mera_text_add(p->out, wide ? "" : "  ");
    for (size_t j = 0; j + 1 < node->n && !wide; j++) {
        mera_text_addf(p->out, "%*zu", NODES_CELL, j + 1);
    }
    mera_text_add(p->out, "\n");
    for (size_t i = 0; i < node->n; i++) {
        nodes_matrix_row(p, node, i, wide);
    }
    if (wide) {
        mera_text_addf(p->out, "       %s\n", mera_audit_page_word(p, MERA_WORD_TOO_WIDE));
    }
}

static void nodes_correlations(const audit_page *p)
{
    bool first = true;
    mera_audit_page_section(p, 3);
    for (size_t k = 0; k < p->audit->n_nodes; k++) {
        if (p->audit->node[k].n > 1) {
            mera_text_add(p->out, first ? "" : "\n");
            nodes_matrix(p, &p->audit->node[k]);
            first = false;
        }
    }
}

/* ---- 4 ---- */

static const char *nodes_eigenvalues(const audit_page *p, const mera_audit_node *node)
{
    mera_text text = {.arena = p->arena};
    const size_t n =
        node->n_components < NODES_EIGENVALUES ? node->n_components : NODES_EIGENVALUES;
    for (size_t f = 0; f < n; f++) {
        mera_text_addf(&text, "%s%.2f", f > 0 ? " " : "", node->eigenvalue[f]);
    }
    if (node->n_components > n) {
        mera_text_add(&text, " …");
    }
    return n == 0 ? "–" : mera_text_string(&text);
}

static mera_code nodes_unity_row(const audit_page *p, const mera_audit_node *node,
                                 const char **cell)
{
    cell[0] = mera_audit_page_title(p, node->node);
    cell[1] = mera_arena_printf(p->arena, "%zu", node->n);
    cell[2] = mera_arena_printf(p->arena, "%zu", node->n_units);
    cell[3] = mera_style_number(node->alpha, 2, p->arena);
    cell[4] = mera_style_number(node->n > 2 ? node->kmo : NAN, 2, p->arena);
    cell[5] = mera_audit_page_percent(
        p, node->n_components > 0 ? node->eigenvalue[0] / (double)node->n : NAN);
    cell[6] = node->n_components > 0 ? mera_arena_printf(p->arena, "%zu", node->n_above_1) : "–";
    cell[7] = nodes_eigenvalues(p, node);
    for (int i = 0; i < 8; i++) {
        MERA_TRY_PTR(cell[i]);
    }
    return MERA_OK;
}

static size_t nodes_with_parts(const mera_audit *a)
{
    size_t n = 0;
    for (size_t k = 0; k < a->n_nodes; k++) {
        n += a->node[k].n > 1;
    }
    return n;
}

static mera_code nodes_unity(const audit_page *p)
{
    const mera_grid_column column[] = {
        {.title = mera_audit_page_word(p, MERA_WORD_NODE), .gives_way = true, .max = 32},
        {.title = mera_audit_page_word(p, MERA_WORD_PARTS), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_UNITS_LEFT), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_ALPHA), .right = true},
        {.title = "KMO", .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_FIRST_COMPONENT), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_ABOVE_ONE), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_EIGENVALUES), .optional = true}};
    mera_grid grid;
    size_t row = 0;
    mera_audit_page_section(p, 4);
    MERA_TRY(mera_grid_new(column, 8, nodes_with_parts(p->audit), p->arena, &grid));
    for (size_t k = 0; k < p->audit->n_nodes; k++) {
        if (p->audit->node[k].n > 1) {
            MERA_TRY(nodes_unity_row(p, &p->audit->node[k], &grid.cell[8 * row++]));
        }
    }
    return row > 0 ? mera_grid_write(&grid, p->view, 4, p->arena, p->out) : MERA_OK;
}

/* ---- 5 ---- */

/** The part whose share of main effects is furthest above (or below) its weight, in words. */
static const char *nodes_extreme(const audit_page *p, const mera_importance_of_node *made,
                                 double sign)
{
    double sum = 0, worst = 0;
    size_t at = SIZE_MAX;
    for (size_t j = 0; j < made->n; j++) {
        sum += isnan(made->part[j].main_effect) ? 0 : made->part[j].main_effect;
    }
    for (size_t j = 0; j < made->n && sum > 0; j++) {
        const double effect = isnan(made->part[j].main_effect) ? 0 : made->part[j].main_effect;
        const double off = sign * (effect / sum - made->part[j].nominal);
        if (off > worst) {
            worst = off;
            at = j;
        }
    }
    if (at == SIZE_MAX) {
        return "";
    }
    const mera_importance_part *part = &made->part[at];
    const char *title = mera_style_cut(mera_audit_page_title(p, part->column), 22, p->arena);
    const double effect = isnan(part->main_effect) ? 0 : part->main_effect / sum;
    return title == NULL ? NULL
                         : mera_arena_printf(p->arena, "%s %.0f%% → %.0f%%", title,
                                             100 * part->nominal, 100 * effect);
}

static mera_code nodes_importance(const audit_page *p)
{
    const mera_grid_column column[] = {
        {.title = mera_audit_page_word(p, MERA_WORD_NODE), .gives_way = true, .max = 28},
        {.title = mera_audit_page_word(p, MERA_WORD_DIVERGENCE), .right = true},
        {.title = mera_audit_page_word(p, MERA_WORD_COUNTS_MORE)},
        {.title = mera_audit_page_word(p, MERA_WORD_COUNTS_LESS)}};
    mera_grid grid;
    size_t row = 0;
    mera_audit_page_section(p, 5);
    MERA_TRY(mera_grid_new(column, 4, nodes_with_parts(p->audit), p->arena, &grid));
    for (size_t k = 0; k < p->audit->n_nodes; k++) {
        const mera_audit_node *node = &p->audit->node[k];
        const char **cell = &grid.cell[4 * row];
        if (node->n < 2) {
            continue;
        }
        row++;
        cell[0] = mera_audit_page_title(p, node->node);
        cell[1] = mera_style_number(node->importance.divergence, 2, p->arena);
        cell[2] = nodes_extreme(p, &node->importance, 1);
        cell[3] = nodes_extreme(p, &node->importance, -1);
        for (int i = 0; i < 4; i++) {
            MERA_TRY_PTR(cell[i]);
        }
    }
    return row > 0 ? mera_grid_write(&grid, p->view, 4, p->arena, p->out) : MERA_OK;
}

mera_code mera_audit_page_nodes(const audit_page *p)
{
    nodes_correlations(p);
    MERA_TRY(nodes_unity(p));
    return nodes_importance(p);
}
