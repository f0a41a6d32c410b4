/* SPDX-License-Identifier: Apache-2.0 */
/** @file Leave-one-out for a terminal: removals, the largest move first, then units. */
#include <stdlib.h>

#include "report/grid.h"
#include "report/words.h"

#include "base/math.h"

enum { LEAVE_REMOVALS = 20, LEAVE_UNITS = 20, LEAVE_FAILURES = 8 };

typedef struct leave_page {
    const mera_leave_out *of;
    const mera_leave_view *view;
    mera_arena *arena;
    mera_text *out;
} leave_page;

static const char *leave_word(const leave_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

const char *mera_leave_id(const mera_leave_out *of, const mera_left *left,
                          const mera_result *result)
{
    const mera_methodology *m = result->methodology;
    return of->what == MERA_LEAVE_UNITS        ? result->data->unit_key[left->index]
           : of->what == MERA_LEAVE_DIRECTIONS ? m->node[left->index].id
                                               : m->indicator[left->index].id;
}

const char *mera_leave_name(const mera_leave_out *of, const mera_left *left,
                            const mera_leave_view *view)
{
    const mera_methodology *m = view->result->methodology;
    if (of->what == MERA_LEAVE_UNITS) {
        return view->result->data->unit_name[left->index];
    }
    const char *title =
        mera_title_in(of->what == MERA_LEAVE_DIRECTIONS ? m->node[left->index].title
                                                        : m->indicator[left->index].title,
                      view->view.language);
    return title != NULL ? title : mera_leave_id(of, left, view->result);
}

/* ---- head ---- */

static void leave_head(const leave_page *p)
{
    static const mera_word what[] = {MERA_WORD_LEAVE_INDICATORS, MERA_WORD_LEAVE_DIRECTIONS,
                                     MERA_WORD_LEAVE_UNITS};
    const mera_result *result = p->view->result;
    const mera_node *node = &result->methodology->node[p->of->node];
    const char *title = mera_title_in(node->title, p->view->view.language);
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, title != NULL ? title : node->id);
    mera_text_addf(p->out, " · %s", leave_word(p, what[p->of->what]));
    if (p->view->unit != SIZE_MAX) {
        mera_text_addf(p->out, " · %s %s", leave_word(p, MERA_WORD_PLACE_OF_UNIT),
                       result->data->unit_name[p->view->unit]);
    }
    if (result->period[p->of->period][0] != '\0') {
        mera_text_addf(p->out, " · %s", result->period[p->of->period]);
    }
    mera_text_add(p->out, "\n\n");
}

/* "+3"; "–" when nobody moves. */
static const char *leave_move(const leave_page *p, double move)
{
    return isnan(move) || move == 0 ? "–" : mera_arena_printf(p->arena, "%+.0f", move);
}

static const char *leave_places(const leave_page *p, double from, double to)
{
    return isnan(to)    ? "–"
           : from == to ? mera_arena_printf(p->arena, "%.0f", from)
                        : mera_arena_printf(p->arena, "%.0f–%.0f", from, to);
}

static const char *leave_correlation(const leave_page *p, double r)
{
    return mera_style_number(r, 3, p->arena);
}

/* ---- removals ---- */

static void leave_removal(const leave_page *p, const mera_left *left, const char **cell)
{
    const mera_dataset *data = p->view->result->data;
    cell[0] = mera_leave_name(p->of, left, p->view);
    cell[1] = isnan(left->weight) ? "" : mera_arena_printf(p->arena, "%.1f%%", 100 * left->weight);
    cell[2] = mera_style_number(left->mean_shift, 2, p->arena);
    cell[3] = mera_arena_printf(p->arena, "%zu", left->n_moved);
    cell[4] = leave_move(p, left->largest);
    cell[5] = left->unit != SIZE_MAX ? data->unit_name[left->unit] : "";
    cell[6] = leave_correlation(p, left->spearman);
    cell[7] = leave_correlation(p, left->kendall);
}

static mera_code leave_removals(const leave_page *p)
{
    enum { COLUMNS = 8 };
    const mera_grid_column column[COLUMNS] = {
        {.title = leave_word(p, MERA_WORD_LEAVE_WHAT), .gives_way = true, .max = 40},
        {.title = leave_word(p, MERA_WORD_STATED_WEIGHT),
         .right = true,
         .optional = true,
         .hidden = p->of->what == MERA_LEAVE_UNITS},
        {.title = leave_word(p, MERA_WORD_MEAN_SHIFT), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = leave_word(p, MERA_WORD_LEAVE_MOVED), .right = true},
        {.title = leave_word(p, MERA_WORD_LEAVE_LARGEST), .right = true},
        {.title = leave_word(p, MERA_WORD_LARGEST_AT), .max = 30},
        {.title = "ρ", .right = true},
        {.title = "τ", .right = true, .optional = true},
    };
    const size_t made = p->of->n_left - p->of->n_failed;
    const size_t rows = made < LEAVE_REMOVALS ? made : LEAVE_REMOVALS;
    mera_grid grid;
    MERA_TRY(mera_grid_new(column, COLUMNS, rows, p->arena, &grid));
    for (size_t k = 0; k < rows; k++) {
        leave_removal(p, &p->of->left[k], &grid.cell[k * COLUMNS]);
    }
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 0, p->arena, p->out));
    if (made > rows) {
        mera_text_addf(p->out, "… +%zu\n", made - rows);
    }
    return MERA_OK;
}

static void leave_failures(const leave_page *p)
{
    const size_t made = p->of->n_left - p->of->n_failed;
    for (size_t k = made; k < p->of->n_left; k++) {
        const mera_left *left = &p->of->left[k];
        if (k == made) {
            mera_text_addf(p->out, "\n%s: %zu %s %zu\n", leave_word(p, MERA_WORD_LEAVE_FAILED),
                           p->of->n_failed, leave_word(p, MERA_WORD_OUT_OF), p->of->n_left);
        }
        if (k == made + LEAVE_FAILURES) {
            mera_text_addf(p->out, "  … +%zu\n", p->of->n_left - k);
            return;
        }
        const char *line = mera_arena_printf(p->arena, "%s: %s",
                                             mera_leave_name(p->of, left, p->view), left->failed);
        if (line != NULL) {
            mera_style_wrap(p->out, &p->view->view, 2, line);
        }
    }
}

/* ---- units that move most ---- */

typedef struct leave_mover {
    double move;
    size_t rank;
} leave_mover;

static int leave_by_move(const void *a, const void *b)
{
    const leave_mover *x = a, *y = b;
    return x->move != y->move ? (x->move < y->move) - (x->move > y->move)
                              : (x->rank > y->rank) - (x->rank < y->rank);
}

static mera_code leave_movers(const leave_page *p, leave_mover **out, size_t *n)
{
    MERA_TRY_NEW(*out, p->arena, p->of->n_ranked);
    *n = 0;
    for (size_t r = 0; r < p->of->n_ranked; r++) {
        const mera_left_unit *unit = &p->of->unit[p->of->order[r]];
        if (unit->by != SIZE_MAX) {
            (*out)[(*n)++] = (leave_mover){fabs(unit->largest), r};
        }
    }
    qsort(*out, *n, sizeof **out, leave_by_move);
    return MERA_OK;
}

static mera_code leave_units(const leave_page *p)
{
    enum { COLUMNS = 5 };
    const mera_grid_column column[COLUMNS] = {
        {.title = leave_word(p, MERA_WORD_PLACE), .right = true},
        {.title = leave_word(p, MERA_WORD_UNIT), .gives_way = true, .max = 40},
        {.title = leave_word(p, MERA_WORD_LEAVE_PLACES), .right = true},
        {.title = leave_word(p, MERA_WORD_LEAVE_LARGEST), .right = true},
        {.title = leave_word(p, MERA_WORD_LEAVE_WHAT), .max = 40},
    };
    leave_mover *mover;
    mera_grid grid;
    size_t n;
    MERA_TRY(leave_movers(p, &mover, &n));
    mera_text_add(p->out, "\n");
    if (n == 0) {
        mera_style_wrap(p->out, &p->view->view, 0, leave_word(p, MERA_WORD_LEAVE_NONE_MOVES));
        return MERA_OK;
    }
    const size_t rows = n < LEAVE_UNITS ? n : LEAVE_UNITS;
    MERA_TRY(mera_grid_new(column, COLUMNS, rows, p->arena, &grid));
    for (size_t r = 0; r < rows; r++) {
        const size_t i = p->of->order[mover[r].rank];
        const mera_left_unit *unit = &p->of->unit[i];
        const char **cell = &grid.cell[r * COLUMNS];
        cell[0] = mera_arena_printf(p->arena, "%.0f", p->of->place[i]);
        cell[1] = p->view->result->data->unit_name[i];
        cell[2] = leave_places(p, unit->highest, unit->lowest);
        cell[3] = leave_move(p, unit->largest);
        cell[4] = mera_leave_name(p->of, &p->of->left[unit->by], p->view);
    }
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 0, p->arena, p->out));
    if (n > rows) {
        mera_text_addf(p->out, "… +%zu\n", n - rows);
    }
    return MERA_OK;
}

/* ---- one unit ---- */

/** A removal and what it does to the unit. */
typedef struct leave_effect {
    size_t left;
    double shift, score; /**< sizes: of the move, of the change of the score */
} leave_effect;

/** What moves it further first, then what changes its score more; the rest as it stood. */
static int leave_by_effect(const void *a, const void *b)
{
    const leave_effect *x = a, *y = b;
    return x->shift != y->shift   ? (x->shift < y->shift) - (x->shift > y->shift)
           : x->score != y->score ? (x->score < y->score) - (x->score > y->score)
                                  : (x->left > y->left) - (x->left < y->left);
}

/** Removals by what they do to the unit. What it does to itself when it is gone is no effect. */
static mera_code leave_effects(const leave_page *p, leave_effect **out, size_t *n)
{
    const size_t made = p->of->n_left - p->of->n_failed, u = p->view->unit;
    MERA_TRY_NEW(*out, p->arena, made);
    *n = 0;
    for (size_t k = 0; k < made; k++) {
        const mera_left *left = &p->of->left[k];
        if (p->of->what != MERA_LEAVE_UNITS || left->index != u) {
            const double shift = fabs(left->shift[u]), score = left->score[u] - p->of->score[u];
            (*out)[(*n)++] = (leave_effect){k, isnan(shift) ? INFINITY : shift, fabs(score)};
        }
    }
    qsort(*out, *n, sizeof **out, leave_by_effect);
    return MERA_OK;
}

static void leave_effect_row(const leave_page *p, const mera_left *left, int digits,
                             const char **cell)
{
    const size_t u = p->view->unit;
    cell[0] = mera_leave_name(p->of, left, p->view);
    cell[1] = isnan(left->weight) ? "" : mera_arena_printf(p->arena, "%.1f%%", 100 * left->weight);
    cell[2] = mera_style_number(left->place[u], 0, p->arena);
    cell[3] = leave_move(p, left->shift[u]);
    cell[4] = mera_style_number(left->score[u], digits, p->arena);
}

static mera_code leave_one(const leave_page *p)
{
    enum { COLUMNS = 5 };
    const mera_grid_column column[COLUMNS] = {
        {.title = leave_word(p, MERA_WORD_LEAVE_WHAT), .gives_way = true, .max = 40},
        {.title = leave_word(p, MERA_WORD_STATED_WEIGHT),
         .right = true,
         .optional = true,
         .hidden = p->of->what == MERA_LEAVE_UNITS},
        {.title = leave_word(p, MERA_WORD_PLACE_OF), .right = true},
        {.title = leave_word(p, MERA_WORD_LEAVE_SHIFT), .right = true, .paint = MERA_PAINT_BOLD},
        {.title = leave_word(p, MERA_WORD_SCORE), .right = true},
    };
    const double score = p->of->score[p->view->unit];
    const int digits = 1 + mera_style_digits(isnan(score) ? 0 : fabs(score));
    leave_effect *effect;
    mera_grid grid;
    size_t n;
    MERA_TRY(leave_effects(p, &effect, &n));
    const size_t rows = p->of->what == MERA_LEAVE_UNITS && n > LEAVE_UNITS ? LEAVE_UNITS : n;
    MERA_TRY(mera_grid_new(column, COLUMNS, rows + 1, p->arena, &grid));
    grid.cell[0] = leave_word(p, MERA_WORD_LEAVE_WITH_ALL);
    grid.cell[1] = grid.cell[3] = "";
    grid.cell[2] = mera_style_number(p->of->place[p->view->unit], 0, p->arena);
    grid.cell[4] = mera_style_number(score, digits, p->arena);
    for (size_t k = 0; k < rows; k++) {
        leave_effect_row(p, &p->of->left[effect[k].left], digits, &grid.cell[(k + 1) * COLUMNS]);
    }
    MERA_TRY(mera_grid_write(&grid, &p->view->view, 0, p->arena, p->out));
    if (n > rows) {
        mera_text_addf(p->out, "… +%zu\n", n - rows);
    }
    return MERA_OK;
}

mera_code mera_report_leave_table(const mera_leave_out *of, const mera_leave_view *view,
                                  mera_arena *arena, mera_text *out)
{
    const leave_page p = {.of = of, .view = view, .arena = arena, .out = out};
    leave_head(&p);
    MERA_TRY(view->unit != SIZE_MAX ? leave_one(&p) : leave_removals(&p));
    leave_failures(&p);
    MERA_TRY(view->unit != SIZE_MAX ? MERA_OK : leave_units(&p));
    mera_text_add(out, "\n");
    const char *note =
        mera_arena_printf(arena, "%s %s",
                          leave_word(&p, of->what == MERA_LEAVE_UNITS ? MERA_WORD_LEAVE_NOTE_UNITS
                                                                      : MERA_WORD_LEAVE_NOTE_PARTS),
                          leave_word(&p, view->unit != SIZE_MAX ? MERA_WORD_LEAVE_NOTE_ONE
                                                                : MERA_WORD_LEAVE_NOTE_MEAN));
    MERA_TRY_PTR(note);
    mera_style_wrap(out, &view->view, 0, note);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
