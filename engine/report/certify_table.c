/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Certificates for a terminal: which places a unit can reach, who is above whom whatever the
 * weights; of one unit, the weights that bring it there; then how far each weight may go.
 */
#include "report/grid.h"
#include "report/robust_words.h"

#include "base/math.h"

typedef struct certify_page {
    const mera_certified *of;
    const mera_certify_view *view;
    mera_arena *arena;
    mera_text *out;
} certify_page;

static const char *certify_word(const certify_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *certify_name(const certify_page *p, bool is_indicator, size_t index)
{
    const mera_methodology *m = p->view->result->methodology;
    const mera_title title = is_indicator ? m->indicator[index].title : m->node[index].title;
    const char *text = mera_title_in(title, p->view->view.language);
    return text != NULL ? text : is_indicator ? m->indicator[index].id : m->node[index].id;
}

static const char *certify_unit(const certify_page *p, size_t unit)
{
    return p->view->result->data->unit_name[unit];
}

static const char *certify_percent(const certify_page *p, double share)
{
    return isnan(share) ? "–" : mera_arena_printf(p->arena, "%.2f%%", 100 * share);
}

/* The two that change places at the nearer end of the interval. */
static const char *certify_tie(const certify_page *p, const mera_stable_weight *w)
{
    const bool below =
        w->high_pair[0] < 0 || (w->low_pair[0] >= 0 && w->weight - w->low <= w->high - w->weight);
    const long *pair = below ? w->low_pair : w->high_pair;
    return pair[0] < 0 ? ""
                       : mera_arena_printf(p->arena, "%s – %s", certify_unit(p, (size_t)pair[0]),
                                           certify_unit(p, (size_t)pair[1]));
}

static mera_code certify_full(const mera_grid *grid)
{
    for (size_t i = 0; i < grid->n_rows * grid->n_columns; i++) {
        MERA_TRY_PTR(grid->cell[i]);
    }
    return MERA_OK;
}

static void certify_head(const certify_page *p)
{
    const mera_result *result = p->view->result;
    const char *period = result->period[p->of->period];
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD, certify_name(p, false, p->of->node));
    mera_text_addf(p->out, " · %s", certify_word(p, MERA_WORD_CERTIFIED));
    if (period[0] != '\0') {
        mera_text_addf(p->out, " · %s", period);
    }
    mera_text_add(p->out, "\n\n");
}

/* ---- weights ---- */

enum { WEIGHT_COLUMNS = 4 };

/* Does the weight open a node inside the asked one? */
static bool certify_opens(const certify_page *p, size_t j)
{
    const size_t node = p->of->weight[j].node;
    return node != p->of->node && (j == 0 || p->of->weight[j - 1].node != node);
}

/* The name of an inner node, and whether the order is of its own score. */
static void certify_node_row(const certify_page *p, const mera_certified_weight *w,
                             const char **cell)
{
    cell[0] = certify_name(p, false, w->node);
    cell[1] = "";
    cell[2] = w->order_of == p->of->node ? "" : certify_word(p, MERA_WORD_OWN_ORDER);
    cell[3] = "";
}

static void certify_weight_row(const certify_page *p, const mera_certified_weight *w,
                               const char **cell)
{
    const char *indent = w->node != p->of->node ? "  " : "",
               *name = certify_name(p, w->is_indicator, w->index);
    cell[0] = mera_arena_printf(p->arena, "%s%s", indent, name);
    cell[1] = certify_percent(p, w->stable.weight);
    cell[2] = mera_arena_printf(p->arena, "%s – %s", certify_percent(p, w->stable.low),
                                certify_percent(p, w->stable.high));
    cell[3] = certify_tie(p, &w->stable);
}

static mera_code certify_weight_rows(const certify_page *p)
{
    const mera_grid_column column[WEIGHT_COLUMNS] = {
        {.title = certify_word(p, MERA_WORD_PART), .gives_way = true, .max = 40},
        {.title = certify_word(p, MERA_WORD_STATED_WEIGHT), .right = true},
        {.title = certify_word(p, MERA_WORD_STABLE_FROM_TO)},
        {.title = certify_word(p, MERA_WORD_CHANGE_NEARER), .max = 36},
    };
    mera_grid grid;
    size_t n = p->of->n_weights;
    for (size_t j = 0; j < p->of->n_weights; j++) {
        n += certify_opens(p, j);
    }
    MERA_TRY(mera_grid_new(column, WEIGHT_COLUMNS, n, p->arena, &grid));
    const char **cell = grid.cell;
    for (size_t j = 0; j < p->of->n_weights; j++) {
        if (certify_opens(p, j)) {
            certify_node_row(p, &p->of->weight[j], cell);
            cell += WEIGHT_COLUMNS;
        }
        certify_weight_row(p, &p->of->weight[j], cell);
        cell += WEIGHT_COLUMNS;
    }
    MERA_TRY(certify_full(&grid));
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

static mera_code certify_weights(const certify_page *p)
{
    mera_style_wrap(p->out, &p->view->view, 0, certify_word(p, MERA_WORD_STABLE_WEIGHTS));
    if (p->of->n_weights > 0) {
        MERA_TRY(certify_weight_rows(p));
    }
    for (size_t i = 0; i < p->of->n_without; i++) {
        mera_text_addf(p->out, "  %s %s: %s\n", certify_word(p, MERA_WORD_NO_CERTIFICATES),
                       p->view->result->methodology->node[p->of->without[i].node].id,
                       certify_word(p, mera_robust_why_word(p->of->without[i].why)));
    }
    return MERA_OK;
}

/* ---- units ---- */

/* "3–17", "5"; "3–17 (1–20)" where the search was cut short: it is not known beyond 1 and 20 only.
 */
static const char *certify_reach(const certify_page *p, const mera_reach *r)
{
    const mera_reached *best = &r->best, *worst = &r->worst;
    if (best->place != best->bound || worst->place != worst->bound) {
        return mera_arena_printf(p->arena, "%zu–%zu (%zu–%zu)", best->place, worst->place,
                                 best->bound, worst->bound);
    }
    return best->place == worst->place
               ? mera_arena_printf(p->arena, "%zu", best->place)
               : mera_arena_printf(p->arena, "%zu–%zu", best->place, worst->place);
}

static mera_code certify_unit_rows(const certify_page *p)
{
    enum { COLUMNS = 9 };
    const mera_grid_column column[COLUMNS] = {
        {.title = certify_word(p, MERA_WORD_PLACE), .right = true},
        {.title = certify_word(p, MERA_WORD_UNIT), .gives_way = true, .max = 34},
        {.title = certify_word(p, MERA_WORD_REACHABLE), .paint = MERA_PAINT_BOLD},
        {.title = certify_word(p, MERA_WORD_CAN_FIRST)},
        {.title = certify_word(p, MERA_WORD_NEXT_EPSILON), .right = true},
        {.title = certify_word(p, MERA_WORD_SPEAKS_FOR_NEXT), .max = 24, .optional = true},
        {.title = certify_word(p, MERA_WORD_ALWAYS_BELOW), .right = true},
        {.title = certify_word(p, MERA_WORD_ALWAYS_ABOVE), .right = true},
        {.title = certify_word(p, MERA_WORD_INCOMPARABLE), .right = true},
    };
    size_t n = 0;
    mera_grid grid;
    for (size_t r = 0; r < p->of->n_units; r++) {
        n += p->of->unit[r].looked_for;
    }
    MERA_TRY(mera_grid_new(column, COLUMNS, n, p->arena, &grid));
    const char **cell = grid.cell;
    for (size_t r = 0; r < p->of->n_units; r++) {
        const mera_certified_unit *u = &p->of->unit[r];
        if (!u->looked_for) {
            continue;
        }
        cell[0] = mera_arena_printf(p->arena, "%zu", u->place);
        cell[1] = certify_unit(p, u->unit);
        cell[2] = certify_reach(p, &u->reach);
        cell[3] = certify_word(p, u->first.can ? MERA_WORD_YES : MERA_WORD_NO);
        cell[4] = certify_percent(p, u->epsilon);
        cell[5] = u->speaks == SIZE_MAX ? ""
                                        : certify_name(p, p->of->part[u->speaks].is_indicator,
                                                       p->of->part[u->speaks].index);
        cell[6] = mera_arena_printf(p->arena, "%zu", u->hasse.below);
        cell[7] = mera_arena_printf(p->arena, "%zu", u->hasse.above);
        cell[8] = mera_arena_printf(p->arena, "%zu", u->hasse.incomparable);
        cell += COLUMNS;
    }
    MERA_TRY(certify_full(&grid));
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

/** Of one unit: the weights that bring it to its best and worst place, and nearest to the first. */
static mera_code certify_ways(const certify_page *p, const mera_certified_unit *u,
                              const double *given)
{
    enum { COLUMNS = 5 };
    const mera_grid_column column[COLUMNS] = {
        {.title = certify_word(p, MERA_WORD_PART), .gives_way = true, .max = 40},
        {.title = certify_word(p, MERA_WORD_STATED_WEIGHT), .right = true},
        {.title = mera_arena_printf(p->arena, "%s %zu", certify_word(p, MERA_WORD_FOR_PLACE),
                                    u->reach.best.place),
         .right = true},
        {.title = mera_arena_printf(p->arena, "%s %zu", certify_word(p, MERA_WORD_FOR_PLACE),
                                    u->reach.worst.place),
         .right = true},
        {.title = certify_word(p, u->first.can ? MERA_WORD_LARGEST_LEAD : MERA_WORD_LEAST_BEHIND),
         .right = true},
    };
    mera_grid grid;
    MERA_TRY_PTR(column[2].title);
    MERA_TRY_PTR(column[3].title);
    mera_text_add(p->out, "\n");
    mera_style_wrap(p->out, &p->view->view, 0, certify_word(p, MERA_WORD_WEIGHTS_FOR_PLACES));
    MERA_TRY(mera_grid_new(column, COLUMNS, p->of->n_columns, p->arena, &grid));
    for (size_t j = 0; j < p->of->n_columns; j++) {
        const mera_robust_part *part = &p->of->column[j];
        const char **cell = &grid.cell[j * COLUMNS];
        cell[0] = certify_name(p, part->is_indicator, part->index);
        cell[1] = certify_percent(p, given[j]);
        cell[2] = certify_percent(p, u->reach.best.w[j]);
        cell[3] = certify_percent(p, u->reach.worst.w[j]);
        cell[4] = certify_percent(p, u->first.w[j]);
    }
    MERA_TRY(certify_full(&grid));
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

/* Who can be first; with so many, the first few of them. */
static void certify_firsts(const certify_page *p)
{
    enum { NAMED = 5 };
    const mera_certified *of = p->of;
    size_t n = 0;
    for (size_t r = 0; r < of->n_units; r++) {
        n += of->unit[r].looked_for && of->unit[r].first.can;
    }
    mera_text_addf(p->out, "%s: %zu", certify_word(p, MERA_WORD_CAN_EVER_BE_FIRST), n);
    for (size_t r = 0, named = 0; r < of->n_units && named < NAMED; r++) {
        if (of->unit[r].looked_for && of->unit[r].first.can) {
            mera_text_addf(p->out, "%s%s", named++ == 0 ? " (" : ", ",
                           certify_unit(p, of->unit[r].unit));
        }
    }
    mera_text_add(p->out, n > NAMED ? ", …)\n" : n > 0 ? ")\n" : "\n");
}

static void certify_summary(const certify_page *p)
{
    const mera_certified *of = p->of;
    mera_text_add(p->out, "\n");
    if (!p->view->one) {
        certify_firsts(p);
    }
    mera_text_addf(p->out, "%s: %zu · %s: %zu\n", certify_word(p, MERA_WORD_PAIRS_DOMINANT),
                   of->hasse.n_dominant, certify_word(p, MERA_WORD_PAIRS_INCOMPARABLE),
                   of->hasse.n_incomparable);
    if (of->n_units < of->n_ranked) {
        mera_text_addf(p->out, "%s: %zu\n", certify_word(p, MERA_WORD_NOT_COMPARED),
                       of->n_ranked - of->n_units);
    }
}

static mera_code certify_units(const certify_page *p)
{
    const mera_certified *of = p->of;
    if (of->why_none != MERA_ROBUST_FINE) {
        return MERA_OK; /* told among the weights */
    }
    mera_style_wrap(p->out, &p->view->view, 0,
                    certify_word(p, of->whole ? MERA_WORD_REACH_WHOLE : MERA_WORD_REACH_PARTS));
    MERA_TRY(certify_unit_rows(p));
    for (size_t r = 0; p->view->one && r < of->n_units; r++) {
        if (of->unit[r].looked_for) {
            MERA_TRY(certify_ways(p, &of->unit[r], of->given));
        }
    }
    certify_summary(p);
    mera_text_add(p->out, "\n");
    mera_style_wrap(p->out, &p->view->view, 0, certify_word(p, MERA_WORD_CERTIFY_NOTE));
    if (of->n_cut > 0) {
        mera_style_wrap(p->out, &p->view->view, 0, certify_word(p, MERA_WORD_CERTIFY_CUT));
    }
    mera_text_add(p->out, p->view->one ? "" : "\n");
    return MERA_OK;
}

mera_code mera_report_certify_table(const mera_certified *of, const mera_certify_view *view,
                                    mera_arena *arena, mera_text *out)
{
    const certify_page p = {.of = of, .view = view, .arena = arena, .out = out};
    certify_head(&p);
    MERA_TRY(certify_units(&p));
    MERA_TRY(view->one ? MERA_OK : certify_weights(&p));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
