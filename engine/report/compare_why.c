/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Which change moved whom: parts of a move that add up to it, also as they are printed. In tables
 * and files a part in places is positive when the change makes the place better.
 */
#include "report/compare_why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mera/methodology.h"
#include "report/grid.h"
#include "report/words.h"

enum { WHY_PARTS = 3, WHY_COLUMNS = 4, WHY_OF_UNIT = 5, WHY_VALUE = 40 };

typedef struct why {
    const mera_comparison *c;
    const mera_attribution *a;
    const mera_compare_view *view;
    mera_arena *arena;
    mera_text *out;
} why;

typedef struct why_item {
    double size;
    size_t which;
} why_item;

static const char *why_word(const why *e, mera_word word)
{
    return mera_word_in(word, e->view->view.language);
}

static int why_by_size(const void *a, const void *b)
{
    const why_item *p = a, *q = b;
    if (p->size != q->size) {
        return p->size > q->size ? -1 : 1;
    }
    return p->which < q->which ? -1 : p->which > q->which;
}

/** "framework.health.weight", or "data and 2 more". */
static const char *why_name(const why *e, const mera_step_between *change)
{
    return change->n_more == 0 ? change->path
                               : mera_arena_printf(e->arena, "%s %s %zu %s", change->path,
                                                   why_word(e, MERA_WORD_AND), change->n_more,
                                                   why_word(e, MERA_WORD_MORE));
}

const char *mera_compare_why_value(const mera_step_between *change, size_t side,
                                   const char *not_set, mera_arena *arena)
{
    const mera_value *value = change->of[side];
    if (change->n_more > 0) {
        return "";
    }
    return value != NULL ? mera_methodology_flow(value, arena) : not_set;
}

/* ---- parts as they are printed ------------------------------------------------------------ */

/** Tenths of places that add up to the move: roundings of the running sums, one after the other. */
static mera_code why_tenths(const why *e, size_t unit, long **out)
{
    double sum = 0;
    long before = 0;
    MERA_TRY_NEW(*out, e->arena, e->a->n);
    for (size_t i = 0; i < e->a->n; i++) {
        sum += e->a->part[i].rank[unit];
        const long now = isnan(sum) ? 0 : lround(sum * 10);
        (*out)[i] = now - before;
        before = now;
    }
    return MERA_OK;
}

/** "▲5.2", "▼1", "=". */
static const char *why_places(const why *e, long tenths)
{
    const long size = labs(tenths);
    if (tenths == 0) {
        return "=";
    }
    return size % 10 == 0 ? mera_arena_printf(e->arena, "%s%ld", tenths > 0 ? "▲" : "▼", size / 10)
                          : mera_arena_printf(e->arena, "%s%ld.%ld", tenths > 0 ? "▲" : "▼",
                                              size / 10, size % 10);
}

static bool why_known(const why *e, size_t unit)
{
    for (size_t i = 0; i < e->a->n; i++) {
        if (isnan(e->a->part[i].rank[unit])) {
            return false;
        }
    }
    return e->a->n > 0;
}

/* ---- the biggest movers ------------------------------------------------------------------- */

/** Without the way to a node, or from a node to its indicator. */
static const char *why_short(const char *name)
{
    static const char below[] = ".indicators.";
    const char *indicator = strstr(name, below);
    if (!mera_starts_with(name, "framework.")) {
        return name;
    }
    return indicator != NULL ? indicator + strlen(below) : name + strlen("framework.");
}

/** "health.weight ▲5.2, steps.normalise ▼1, 3 others ▲0.4". */
static mera_code why_because(const why *e, size_t unit, const char **out)
{
    mera_text text = {.arena = e->arena};
    why_item *item;
    long *tenths, rest = 0;
    MERA_TRY(why_tenths(e, unit, &tenths));
    MERA_TRY_NEW(item, e->arena, e->a->n);
    for (size_t i = 0; i < e->a->n; i++) {
        item[i] = (why_item){.size = (double)labs(tenths[i]), .which = i};
    }
    qsort(item, e->a->n, sizeof *item, why_by_size);
    const size_t shown = e->a->n <= WHY_PARTS + 1 ? e->a->n : WHY_PARTS;
    for (size_t j = 0; j < shown; j++) {
        const char *name = why_name(e, &e->a->part[item[j].which].change);
        const char *places = why_places(e, tenths[item[j].which]);
        MERA_TRY_PTR(name);
        MERA_TRY_PTR(places);
        name = why_short(name);
        mera_text_addf(&text, "%s%s %s", j > 0 ? ", " : "", name, places);
    }
    for (size_t j = shown; j < e->a->n; j++) {
        rest += tenths[item[j].which];
    }
    if (shown < e->a->n) {
        const char *places = why_places(e, rest);
        MERA_TRY_PTR(places);
        mera_text_addf(&text, ", %zu %s %s", e->a->n - shown, why_word(e, MERA_WORD_OTHERS),
                       places);
    }
    *out = mera_text_string(&text);
    return *out != NULL ? MERA_OK : MERA_ENOMEM;
}

static mera_code why_row(const why *e, size_t unit, const char **cell)
{
    const mera_compare_unit *u = &e->c->unit[unit];
    cell[0] = u->name;
    cell[1] = why_places(e, lround(e->a->move[unit] * 10));
    cell[2] = mera_style_value(u->score[e->a->to] - u->score[e->a->from], e->arena);
    MERA_TRY_PTR(cell[1]);
    MERA_TRY_PTR(cell[2]);
    return why_because(e, unit, &cell[3]);
}

static mera_code why_movers(const why *e)
{
    const mera_grid_column column[WHY_COLUMNS] = {
        {.title = why_word(e, MERA_WORD_UNIT), .max = 30, .paint = MERA_PAINT_BOLD},
        {.title = why_word(e, MERA_WORD_MOVE)},
        {.title = why_word(e, MERA_WORD_SCORE), .right = true, .paint = MERA_PAINT_DIM},
        {.title = why_word(e, MERA_WORD_CHANGES), .gives_way = true},
    };
    why_item *item;
    mera_grid grid;
    size_t n = 0;
    MERA_TRY_NEW(item, e->arena, e->c->n_units);
    for (size_t u = 0; u < e->c->n_units; u++) {
        if (why_known(e, u) && e->a->move[u] != 0) {
            item[n++] = (why_item){.size = fabs(e->a->move[u]), .which = u};
        }
    }
    qsort(item, n, sizeof *item, why_by_size);
    const size_t top = e->view->top > 0 ? e->view->top : 15;
    n = n < top ? n : top;
    MERA_TRY(mera_grid_new(column, WHY_COLUMNS, n, e->arena, &grid));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(why_row(e, item[i].which, &grid.cell[i * WHY_COLUMNS]));
    }
    return mera_grid_write(&grid, &e->view->view, 2, e->arena, e->out);
}

/* ---- one unit ----------------------------------------------------------------------------- */

static mera_code why_of_unit(const why *e, size_t unit)
{
    const bool error = !e->a->exact;
    const mera_grid_column column[WHY_OF_UNIT] = {
        {.title = why_word(e, MERA_WORD_CHANGE), .gives_way = true},
        {.title = why_word(e, MERA_WORD_PLACES)},
        {.title = "±", .right = true, .hidden = !error, .paint = MERA_PAINT_DIM},
        {.title = why_word(e, MERA_WORD_SCORE), .right = true},
        {.title = "±", .right = true, .hidden = !error, .paint = MERA_PAINT_DIM},
    };
    const mera_compare_unit *u = &e->c->unit[unit];
    mera_grid grid;
    long *tenths;
    MERA_TRY(why_tenths(e, unit, &tenths));
    MERA_TRY(mera_grid_new(column, WHY_OF_UNIT, e->a->n + 1, e->arena, &grid));
    for (size_t i = 0; i < e->a->n; i++) {
        const mera_attribute_part *part = &e->a->part[i];
        const char **cell = &grid.cell[i * WHY_OF_UNIT];
        const char *not_set = why_word(e, MERA_WORD_NOT_SET);
        const char *name = why_name(e, &part->change);
        const char *from = mera_compare_why_value(&part->change, 0, not_set, e->arena);
        const char *to = mera_compare_why_value(&part->change, 1, not_set, e->arena);
        MERA_TRY_PTR(from);
        MERA_TRY_PTR(to);
        const bool shown = from[0] != '\0' && strlen(from) + strlen(to) < 2 * WHY_VALUE;
        cell[0] = shown ? mera_arena_printf(e->arena, "%s: %s → %s", name, from, to) : name;
        cell[1] = why_places(e, tenths[i]);
        cell[2] = mera_style_number(part->rank_error[unit], 1, e->arena);
        cell[3] = mera_style_number(part->score[unit], 3, e->arena);
        cell[4] = mera_style_number(part->score_error[unit], 3, e->arena);
    }
    const char **cell = &grid.cell[e->a->n * WHY_OF_UNIT];
    cell[0] = why_word(e, MERA_WORD_TOGETHER);
    cell[1] = why_places(e, lround(e->a->move[unit] * 10));
    cell[3] = mera_style_number(u->score[e->a->to] - u->score[e->a->from], 3, e->arena);
    return mera_grid_write(&grid, &e->view->view, 2, e->arena, e->out);
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void why_title(const why *e)
{
    const char *of = e->view->unit != SIZE_MAX ? e->c->unit[e->view->unit].name : "";
    mera_text_add(e->out, "\n");
    mera_style_add(e->out, &e->view->view, MERA_PAINT_BOLD, why_word(e, MERA_WORD_WHY));
    mera_text_addf(e->out, "%s%s: %s → %s", of[0] != '\0' ? ", " : "", of,
                   e->c->side[e->a->from].label, e->c->side[e->a->to].label);
    if (e->a->n_orders > 0) {
        mera_text_addf(e->out, " (%zu %s)", e->a->n_orders, why_word(e, MERA_WORD_RANDOM_ORDERS));
    }
    mera_text_add(e->out, "\n");
}

static mera_code why_pair(const why *e)
{
    const size_t unit = e->view->unit;
    if (e->a->why_not == NULL && (e->a->n == 0 || (e->a->n == 1 && unit == SIZE_MAX))) {
        return MERA_OK; /* one change has moved them all */
    }
    why_title(e);
    if (e->a->why_not != NULL) {
        mera_style_wrap(e->out, &e->view->view, 2, e->a->why_not);
        return MERA_OK;
    }
    if (unit == SIZE_MAX) {
        return why_movers(e);
    }
    if (!why_known(e, unit)) {
        mera_text_addf(e->out, "  %s\n", why_word(e, MERA_WORD_NO_PLACE_THERE));
        return MERA_OK;
    }
    return why_of_unit(e, unit);
}

mera_code mera_report_compare_why(const mera_comparison *comparison, const mera_compare_view *view,
                                  mera_arena *arena, mera_text *out)
{
    why e = {.c = comparison, .view = view, .arena = arena, .out = out};
    for (size_t i = 0; i < view->n_attributions; i++) {
        e.a = &view->attribution[i];
        MERA_TRY(why_pair(&e));
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
