/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A change and its causes for a terminal: of one unit first what did how much, then directions and
 * indicators; of all units a row each. Causes that did nothing anywhere have no column.
 */
#include "report/grid.h"
#include "report/report.h"
#include "report/words.h"

#include <string.h>

#include "base/math.h"
#include "ops/column.h"

enum { CHANGE_BAR = 20, CHANGE_HEAD = 6, CHANGE_COLUMNS = CHANGE_HEAD + MERA_N_CAUSES };

/** Less than this is rounding. */
static const double change_nothing = 1e-9;

typedef struct change_page {
    const mera_changed *change;
    const mera_change_view *view;
    bool used[MERA_N_CAUSES];
    int digits;
    mera_arena *arena;
    mera_text *out;
} change_page;

static const char *change_word(const change_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

/** "+1.25", "−0.40", "0.00"; "–" when missing. */
static const char *change_signed(const change_page *p, double x)
{
    const char *size = mera_style_number(fabs(x), p->digits, p->arena);
    if (size == NULL || isnan(x)) {
        return size;
    }
    const bool zero = strspn(size, "0.") == strlen(size);
    return mera_arena_printf(p->arena, "%s%s", zero ? "" : x > 0 ? "+" : "−", size);
}

static const char *change_number(const change_page *p, double x)
{
    return mera_style_number(x, p->digits, p->arena);
}

static void change_title(const change_page *p, mera_word word)
{
    mera_text_add(p->out, "\n");
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, change_word(p, word));
    mera_text_add(p->out, "\n");
}

/** The sum of all causes; `all`: how much moved, though it may add up to nothing. */
static double change_sum(const double *by, bool all)
{
    double sum = 0;
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        sum += all ? fabs(by[c]) : by[c];
    }
    return sum;
}

static void change_use(change_page *p, const double *by)
{
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        p->used[c] |= fabs(by[c]) > change_nothing;
    }
}

/* ---- a table with a column a cause ---- */

static void change_columns(const change_page *p, mera_grid_column *column)
{
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        column[CHANGE_HEAD + c] = (mera_grid_column){
            .title = change_word(p, (mera_word)(MERA_WORD_CHANGE_CAUSE_OWN + (int)c)),
            .right = true,
            .hidden = !p->used[c]};
    }
}

static mera_code change_cells(const change_page *p, const double *by, const char **cell)
{
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        cell[CHANGE_HEAD + c] = change_signed(p, by[c]);
    }
    for (size_t c = 0; c < CHANGE_COLUMNS; c++) {
        MERA_TRY_PTR(cell[c]);
    }
    return MERA_OK;
}

/* ---- what to make of it ---- */

static void change_say(const change_page *p, const char *text)
{
    mera_style_wrap(p->out, &p->view->view, 0, text);
}

/** Is more of what moved the score the unit's own than not? */
static bool change_is_own(const double *by)
{
    double own = 0, other = 0;
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        *(c == MERA_CAUSE_OWN || c == MERA_CAUSE_SURVEY ? &own : &other) += fabs(by[c]);
    }
    return own >= other;
}

static mera_code change_verdict(const change_page *p)
{
    const mera_changed *change = p->change;
    const mera_changed_row *root = &change->node[0];
    const char *text;
    mera_text_add(p->out, "\n");
    if (!change_is_own(root->by)) {
        change_say(p, change_word(p, MERA_WORD_CHANGE_NOT_COMPARABLE));
    }
    text = isnan(root->frozen) ? change_word(p, MERA_WORD_CHANGE_SAME_SCALE)
                               : mera_arena_printf(p->arena, "%s %s.",
                                                   change_word(p, MERA_WORD_CHANGE_BOUNDS_MOVED),
                                                   change_signed(p, root->frozen));
    MERA_TRY_PTR(text);
    change_say(p, text);
    if (!isnan(change->noise)) {
        const bool larger = fabs(root->after - root->before) > change->noise;
        text = mera_arena_printf(
            p->arena, "%s: %s %s%s.", change_word(p, MERA_WORD_CHANGE_OF),
            change_signed(p, root->after - root->before),
            change_word(p, larger ? MERA_WORD_CHANGE_LARGER : MERA_WORD_CHANGE_SMALLER),
            change_number(p, change->noise));
        MERA_TRY_PTR(text);
        change_say(p, text);
    }
    if (change->imputed[0] > change_nothing || change->imputed[1] > change_nothing) {
        text = mera_arena_printf(p->arena, "%s: %.0f%% → %.0f%%.", /* up: coverage is told down */
                                 change_word(p, MERA_WORD_CHANGE_NOT_OBSERVED),
                                 ceil(100 * change->imputed[0] - 1e-9),
                                 ceil(100 * change->imputed[1] - 1e-9));
        MERA_TRY_PTR(text);
        change_say(p, text);
    }
    return MERA_OK;
}

static mera_code change_note(const change_page *p)
{
    const char *text = mera_arena_printf(p->arena, "%s %zu.", change_word(p, MERA_WORD_CHANGE_NOTE),
                                         p->change->n_orders);
    MERA_TRY_PTR(text);
    mera_text_add(p->out, "\n");
    change_say(p, text);
    return MERA_OK;
}

/* ---- one unit ---- */

static const char *change_place(const change_page *p, double rank)
{
    return mera_style_value(rank, p->arena);
}

static void change_head(const change_page *p)
{
    const mera_changed *change = p->change;
    const mera_result *after = change->end[1].result, *before = change->end[0].result;
    const mera_changed_row *root = &change->node[0];
    const mera_node *node = &after->methodology->node[0];
    const char *title = mera_title_in(node->title, p->view->view.language);
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, after->data->unit_name[change->one]);
    mera_text_addf(p->out, " · %s\n%s → %s: %s → %s, ", title != NULL ? title : node->id,
                   before->period[change->end[0].period], after->period[change->end[1].period],
                   change_number(p, root->before), change_number(p, root->after));
    mera_style_add(p->out, &p->view->view,
                   root->after >= root->before ? MERA_PAINT_GOOD : MERA_PAINT_BAD,
                   change_signed(p, root->after - root->before));
    mera_text_addf(p->out, " · %s %s → %s\n", change_word(p, MERA_WORD_PLACE_OF),
                   change_place(p, root->rank[0]), change_place(p, root->rank[1]));
}

static mera_code change_causes(const change_page *p)
{
    const double *by = p->change->node[0].by;
    const mera_grid_column column[] = {
        {.title = ""}, {.title = "", .right = true}, {.title = "", .optional = true}};
    mera_grid grid;
    size_t row = 0;
    double most = 0;
    MERA_TRY(mera_grid_new(column, 3, MERA_N_CAUSES, p->arena, &grid));
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        most = fmax(most, fabs(by[c]));
    }
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        mera_text bar = {.arena = p->arena};
        if (!p->used[c]) {
            continue;
        }
        mera_style_bar(&bar, fabs(by[c]) / most, CHANGE_BAR);
        grid.cell[3 * row] = change_word(p, (mera_word)(MERA_WORD_CHANGE_CAUSE_OWN + (int)c));
        grid.cell[3 * row + 1] = change_signed(p, by[c]);
        grid.cell[3 * row + 2] = mera_text_string(&bar);
        MERA_TRY_PTR(grid.cell[3 * row + 1]);
        MERA_TRY_PTR(grid.cell[3 * row++ + 2]);
    }
    grid.n_rows = row;
    change_title(p, MERA_WORD_CHANGE_WHY);
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

static mera_code change_nodes(const change_page *p)
{
    const mera_methodology *m = p->change->end[1].result->methodology;
    mera_grid_column column[CHANGE_COLUMNS] = {
        {.title = "", .gives_way = true, .max = 44},
        {.title = change_word(p, MERA_WORD_CHANGE_BEFORE), .right = true},
        {.title = change_word(p, MERA_WORD_CHANGE_AFTER), .right = true},
        {.title = change_word(p, MERA_WORD_CHANGE_OF), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .hidden = true},
        {.title = "", .hidden = true}};
    mera_grid grid;
    size_t row = 0;
    change_columns(p, column);
    MERA_TRY(mera_grid_new(column, CHANGE_COLUMNS, m->n_nodes, p->arena, &grid));
    for (size_t k = 1; k < m->n_nodes; k++) {
        const mera_changed_row *node = &p->change->node[k];
        const char **cell = &grid.cell[row++ * CHANGE_COLUMNS];
        const char *title = mera_title_in(m->node[k].title, p->view->view.language);
        cell[0] = mera_arena_printf(p->arena, "%*s%s", (int)(2 * (m->node[k].depth - 1)), "",
                                    title != NULL ? title : m->node[k].id);
        cell[1] = change_number(p, node->before);
        cell[2] = change_number(p, node->after);
        cell[3] = change_signed(p, node->after - node->before);
        cell[4] = cell[5] = "";
        MERA_TRY(change_cells(p, node->by, cell));
    }
    grid.n_rows = row;
    if (row == 0) {
        return MERA_OK;
    }
    change_title(p, MERA_WORD_CHANGE_NODES);
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

/** The title of an indicator and its unit of measure. */
static const char *change_part_title(const change_page *p, const mera_changed_part *part)
{
    const size_t e = part->indicator[1] != SIZE_MAX;
    const mera_indicator *def =
        &p->change->end[e].result->methodology->indicator[part->indicator[e]];
    const char *title = mera_title_in(def->title, p->view->view.language);
    title = title != NULL ? title : def->id;
    const char *measure = mera_title_in(def->measure, p->view->view.language);
    const bool said = def->unit[0] == '\0' || strstr(title, measure) != NULL; /* "R&D, % of GRP" */
    return said ? title : mera_arena_printf(p->arena, "%s, %s", title, measure);
}

/** A value at one end; in brackets when it was not observed. */
static const char *change_value(const change_page *p, const mera_changed_part *part, size_t e)
{
    const char *value = mera_report_figure(part->value[e], p->arena);
    const bool made = (part->state[e] & (MERA_IMPUTED | MERA_CARRIED)) != 0;
    return value == NULL || !made ? value : mera_arena_printf(p->arena, "(%s)", value);
}

static mera_code change_part_row(const change_page *p, const mera_changed_part *part,
                                 const char **cell)
{
    const double sum = change_sum(part->by, false);
    cell[0] = change_part_title(p, part);
    cell[1] = change_value(p, part, 0);
    cell[2] = change_value(p, part, 1);
    cell[3] = change_signed(p, sum);
    cell[4] = fabs(part->by[MERA_CAUSE_OWN] + part->by[MERA_CAUSE_SURVEY]) <= part->noise
                  ? change_word(p, MERA_WORD_CHANGE_WITHIN_NOISE)
                  : "";
    cell[5] = "";
    return change_cells(p, part->by, cell);
}

static mera_code change_parts(const change_page *p)
{
    const mera_changed *change = p->change;
    const size_t n = change->n_parts;
    const mera_grid_column first[CHANGE_HEAD] = {
        {.title = "", .gives_way = true, .max = 64},
        {.title = change_word(p, MERA_WORD_CHANGE_BEFORE), .right = true},
        {.title = change_word(p, MERA_WORD_CHANGE_AFTER), .right = true},
        {.title = change_word(p, MERA_WORD_CHANGE_OF), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = "", .hidden = isnan(change->noise)},
        {.title = "", .hidden = true}};
    mera_grid_column column[CHANGE_COLUMNS];
    mera_grid grid;
    double *key;
    uint32_t *order;
    size_t some, shown;
    MERA_TRY_NEW(key, p->arena, n);
    for (size_t k = 0; k < n; k++) {
        const double size = change_sum(change->part[k].by, true);
        key[k] = size > change_nothing ? -size : NAN;
    }
    MERA_TRY(mera_column_order(key, n, p->arena, &order, &some));
    shown = p->view->top > 0 && p->view->top < some ? p->view->top : some;
    memcpy(column, first, sizeof first);
    change_columns(p, column);
    MERA_TRY(mera_grid_new(column, CHANGE_COLUMNS, shown, p->arena, &grid));
    for (size_t i = 0; i < shown; i++) {
        MERA_TRY(change_part_row(p, &change->part[order[i]], &grid.cell[i * CHANGE_COLUMNS]));
    }
    change_title(p, MERA_WORD_CHANGE_PARTS);
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out));
    if (shown < some) {
        mera_text_addf(p->out, "  %zu %s\n", some - shown, change_word(p, MERA_WORD_CHANGE_MORE));
    }
    return MERA_OK;
}

static mera_code change_full(change_page *p)
{
    const size_t n = p->change->end[1].result->methodology->n_nodes;
    double most = 0;
    for (size_t k = 0; k < n; k++) {
        change_use(p, p->change->node[k].by);
        most = fmax(most, isnan(p->change->node[k].after) ? 0 : fabs(p->change->node[k].after));
    }
    p->digits = mera_style_digits(most);
    change_head(p);
    MERA_TRY(change_causes(p));
    MERA_TRY(change_verdict(p));
    MERA_TRY(change_nodes(p));
    return change_parts(p);
}

/* ---- all units ---- */

static mera_code change_short_row(const change_page *p, size_t i, const char **cell)
{
    const mera_changed_row *row = &p->change->row[i];
    cell[0] = p->change->end[1].result->data->unit_name[p->change->unit[i]];
    cell[1] = change_number(p, row->before);
    cell[2] = change_number(p, row->after);
    cell[3] = change_signed(p, row->after - row->before);
    cell[4] = mera_arena_printf(p->arena, "%s→%s", change_place(p, row->rank[0]),
                                change_place(p, row->rank[1]));
    cell[5] = change_signed(p, row->frozen);
    return change_cells(p, row->by, cell);
}

static mera_code change_short(change_page *p)
{
    const mera_changed *change = p->change;
    const mera_result *before = change->end[0].result, *after = change->end[1].result;
    const size_t shown = p->view->top > 0 && p->view->top < change->n ? p->view->top : change->n;
    mera_grid_column column[CHANGE_COLUMNS] = {
        {.title = "", .gives_way = true, .max = 40},
        {.title = change_word(p, MERA_WORD_CHANGE_BEFORE), .right = true},
        {.title = change_word(p, MERA_WORD_CHANGE_AFTER), .right = true},
        {.title = change_word(p, MERA_WORD_CHANGE_OF), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = change_word(p, MERA_WORD_PLACE), .right = true},
        {.title = "", .hidden = true}};
    mera_grid grid;
    double most = 0;
    for (size_t i = 0; i < change->n; i++) {
        if (i < shown) {
            change_use(p, change->row[i].by);
        }
        most = fmax(most, fabs(change->row[i].after));
    }
    p->digits = mera_style_digits(most);
    change_columns(p, column);
    MERA_TRY(mera_grid_new(column, CHANGE_COLUMNS, shown, p->arena, &grid));
    for (size_t i = 0; i < shown; i++) {
        MERA_TRY(change_short_row(p, i, &grid.cell[i * CHANGE_COLUMNS]));
    }
    mera_text_addf(p->out, "%s → %s", before->period[change->end[0].period],
                   after->period[change->end[1].period]);
    change_title(p, MERA_WORD_CHANGE_SHORT);
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out));
    if (shown < change->n) {
        mera_text_addf(p->out, "  %zu %s\n", change->n - shown,
                       change_word(p, MERA_WORD_CHANGE_MORE));
    }
    return MERA_OK;
}

mera_code mera_report_change_table(const mera_changed *change, const mera_change_view *view,
                                   mera_arena *arena, mera_text *out)
{
    change_page p = {.change = change, .view = view, .arena = arena, .out = out};
    MERA_TRY(change->one == SIZE_MAX ? change_short(&p) : change_full(&p));
    MERA_TRY(change_note(&p));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
