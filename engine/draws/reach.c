/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far up and down a unit can come. Its best place is 1 plus the least number of units before
 * it: of the conditions g.w <= -margin, one a rival, with g the rival's row minus its own, as many
 * as possible are to hold. Its worst place is the same with g the other way round. Branch and
 * bound: an elastic program lets conditions be broken at a price that makes the worst break cost 1,
 * so fewer are never broken than it pays; who is broken most is decided next. What promises least
 * is looked at first, so that a search cut short leaves the best bound.
 */
#include <string.h>

#include "base/math.h"
#include "draws/elastic.h"
#include "draws/linear_table.h"

#define REACH_ONE UINT64_C(1000000000) /* multiplications, when one end is asked for by itself */
#define REACH_ALL UINT64_C(4000000000) /* of all units together, when many are */

/* What is decided of a condition, and before it. */
typedef struct reach_node {
    const struct reach_node *parent;
    struct reach_node *next; /* with the same `least` */
    size_t condition;
    bool holds;
    size_t given_up; /* conditions, on the way here */
    size_t least;    /* conditions that are broken below it at least */
} reach_node;

typedef enum reach_state { REACH_OPEN, REACH_HOLDS, REACH_GIVEN_UP } reach_state;

typedef struct reach {
    mera_elastic *e;
    mera_arena *arena;
    double *unit;       /* m: a share of the largest break, 1 / that */
    uint8_t *state;     /* m */
    reach_node **heap;  /* [least]: last in, first out, so that a promise is followed down */
    size_t always;      /* conditions broken whatever the weights */
    size_t best, bound; /* conditions broken: least found; least possible */
    double *w;          /* of the best */
    size_t programs, limit;
    uint64_t work; /* the search ends when e->work is there */
} reach;

/* ---- a node ---- */

static void reach_load(reach *r, const reach_node *node)
{
    memset(r->state, REACH_OPEN, r->e->m);
    for (; node->parent != NULL; node = node->parent) {
        r->state[node->condition] = node->holds ? REACH_HOLDS : REACH_GIVEN_UP;
    }
}

static void reach_price(const reach *r, double firm)
{
    const double factor[] = {[REACH_OPEN] = 1, [REACH_HOLDS] = firm, [REACH_GIVEN_UP] = 0};
    for (size_t c = 0; c < r->e->m; c++) {
        r->e->price[c] = r->unit[c] * factor[r->state[c]];
    }
}

/* Conditions that the weights found really break, however the program came to them. */
static void reach_take(reach *r)
{
    size_t broken = r->always;
    for (size_t c = 0; c < r->e->m; c++) {
        broken += r->e->value[c] > r->e->margin / 2;
    }
    if (broken < r->best) {
        r->best = broken;
        for (size_t j = 0; j < r->e->k; j++) {
            r->w[j] = fmax(0, r->e->x[j]); /* by rounding */
        }
    }
}

/* The condition in this state that is broken most; SIZE_MAX when all hold. */
static size_t reach_most_broken(const reach *r, reach_state state)
{
    size_t most = SIZE_MAX;
    double share = 1e-9;
    for (size_t c = 0; c < r->e->m; c++) {
        const double here = r->state[c] == state ? r->e->value[c] * r->unit[c] : 0;
        if (here > share) {
            share = here;
            most = c;
        }
    }
    return most;
}

/* What is paid at least; the price of what must hold goes up until it does, or costs too much. */
static double reach_pay(reach *r, const reach_node *node)
{
    static const double firm[] = {1e3, 1e5, 1e7};
    double least = 0, cost;
    for (size_t p = 0; p < sizeof firm / sizeof *firm; p++) {
        reach_price(r, firm[p]);
        const bool sure = mera_elastic_least(r->e, &cost);
        r->programs++;
        reach_take(r);
        least = sure ? fmax(least, cost) : least;
        if (!sure || (double)(r->always + node->given_up) + least > (double)r->best ||
            reach_most_broken(r, REACH_HOLDS) == SIZE_MAX) {
            break;
        }
    }
    return least;
}

/* ---- the search ---- */

static mera_code reach_put(reach *r, const reach_node *parent, size_t condition, bool holds,
                           size_t least)
{
    reach_node *node;
    MERA_TRY_NEW(node, r->arena, 1);
    *node = (reach_node){.parent = parent,
                         .next = r->heap[least],
                         .condition = condition,
                         .holds = holds,
                         .given_up = parent != NULL ? parent->given_up + !holds : 0,
                         .least = least};
    r->heap[least] = node;
    return MERA_OK;
}

static mera_code reach_look(reach *r, const reach_node *node)
{
    reach_load(r, node);
    const double cost = reach_pay(r, node);
    const size_t decided = r->always + node->given_up;
    const size_t here = decided + (size_t)ceil(fmax(0, cost - 1e-6));
    const size_t least = here > node->least ? here : node->least;
    const size_t c = reach_most_broken(r, REACH_OPEN);
    if (least >= r->best) {
        return MERA_OK;
    }
    if (c == SIZE_MAX) { /* the rest hangs on rounding alone */
        r->bound = least < r->bound ? least : r->bound;
        return MERA_OK;
    }
    MERA_TRY(reach_put(r, node, c, false, least > decided + 1 ? least : decided + 1));
    return reach_put(r, node, c, true, least);
}

/* Of those that promise least the last one, or none. */
static reach_node *reach_next(const reach *r, size_t *least)
{
    while (*least < r->best && r->heap[*least] == NULL) {
        ++*least;
    }
    return *least < r->best ? r->heap[*least] : NULL;
}

static mera_code reach_search(reach *r)
{
    size_t least = r->always;
    MERA_TRY(reach_put(r, NULL, 0, false, r->always));
    for (reach_node *node = reach_next(r, &least); node != NULL; node = reach_next(r, &least)) {
        if (r->programs > 0 && (r->programs >= r->limit || r->e->work >= r->work)) {
            r->bound = least < r->bound ? least : r->bound;
            break;
        }
        r->heap[least] = node->next;
        MERA_TRY(reach_look(r, node));
    }
    r->bound = r->bound < r->best ? r->bound : r->best;
    return MERA_OK;
}

/* ---- the rivals ---- */

typedef struct reach_rivals {
    const mera_rows *rows;
    const mera_allowed_set *allowed;
    mera_elastic *line;   /* of one condition, where the largest sum has no closed form; or NULL */
    double *most, *least; /* n: of the rival's lead over the unit, by size of the largest value */
    uint8_t *same;        /* n: the unit and its equals: before nobody and behind nobody */
    size_t n_same;
} reach_rivals;

/* The largest g.w over the allowed weights: g.w stays below `enough`, so what is paid is the rest.
 */
static mera_code reach_largest(const reach_rivals *r, const double *g, double *out)
{
    enum { ENOUGH = 4 }; /* twice the largest lead */
    if (r->line == NULL) {
        *out = mera_allowed_most(r->allowed, g);
        return isnan(*out) ? MERA_EINPUT : MERA_OK;
    }
    double cost;
    for (size_t j = 0; j < r->rows->k; j++) {
        r->line->g[j] = -g[j];
    }
    r->line->margin = ENOUGH;
    r->line->price[0] = 1;
    mera_elastic_take(r->line, 1);
    const bool sure = mera_elastic_least(r->line, &cost);
    *out = sure ? ENOUGH - cost : 2; /* no lead is more: then nothing is decided beforehand */
    return MERA_OK;
}

static void reach_lead(const mera_rows *rows, size_t unit, size_t rival, double sign, double *g)
{
    const double *a = rows->z + rival * rows->k, *b = rows->z + unit * rows->k;
    const double by = sign / (rows->size > 0 ? rows->size : 1);
    for (size_t j = 0; j < rows->k; j++) {
        g[j] = by * (a[j] - b[j]);
    }
}

static mera_code reach_rivals_of(reach_rivals *r, size_t unit, mera_arena *arena)
{
    const size_t n = r->rows->n;
    double *g;
    MERA_TRY_NEW(g, arena, r->rows->k);
    MERA_TRY_NEW(r->most, arena, n);
    MERA_TRY_NEW(r->least, arena, n);
    MERA_TRY_NEW(r->same, arena, n);
    if (!mera_allowed_is_closed(r->allowed)) {
        MERA_TRY_NEW(r->line, arena, 1);
        MERA_TRY(mera_elastic_open(r->allowed, 1, arena, r->line));
    }
    for (size_t i = 0; i < n; i++) {
        r->same[i] = mera_rows_same(r->rows, unit, i);
        r->n_same += r->same[i];
        reach_lead(r->rows, unit, i, 1, g);
        MERA_TRY(reach_largest(r, g, &r->most[i]));
        reach_lead(r->rows, unit, i, -1, g);
        MERA_TRY(reach_largest(r, g, &r->least[i]));
        r->least[i] = -r->least[i];
    }
    return MERA_OK;
}

/* Rivals that are not decided by all allowed weights alike are the conditions. */
static void reach_conditions(reach *r, const reach_rivals *rivals, size_t unit, double sign)
{
    mera_elastic *e = r->e;
    size_t m = 0;
    for (size_t i = 0; i < rivals->rows->n; i++) {
        const double most = sign > 0 ? rivals->most[i] : -rivals->least[i];
        const double least = sign > 0 ? rivals->least[i] : -rivals->most[i];
        if (rivals->same[i] || most <= -e->margin) {
            continue;
        }
        if (least > -e->margin) {
            r->always++;
            continue;
        }
        reach_lead(rivals->rows, unit, i, sign, e->g + m * e->k);
        r->unit[m++] = 1 / (most + e->margin);
    }
    mera_elastic_take(e, m);
}

/* ---- an end ---- */

static void reach_limits(reach *r, size_t limit, size_t n)
{
    const bool quick = limit == MERA_REACH_QUICK, counted = limit > 0 && !quick;
    r->limit = counted ? limit : SIZE_MAX;
    r->work = r->e->work + (counted ? UINT64_MAX / 2 : quick ? REACH_ALL / (2 * n) : REACH_ONE);
}

/* Fewest conditions broken, from which places are counted: they lie `from` that with a sign. */
static mera_code reach_end(const reach_rivals *rivals, size_t unit, double sign, size_t limit,
                           mera_elastic *e, double *w, mera_arena *arena, mera_reached *out)
{
    const size_t n = rivals->rows->n;
    reach r = {.e = e, .arena = arena, .best = SIZE_MAX, .bound = SIZE_MAX, .w = w};
    MERA_TRY_NEW(r.unit, arena, n);
    MERA_TRY_NEW(r.state, arena, n);
    MERA_TRY_NEW(r.heap, arena, 2 * n + 2);
    reach_conditions(&r, rivals, unit, sign);
    reach_limits(&r, limit, n);
    MERA_TRY(reach_search(&r));
    const size_t others = n - rivals->n_same; /* who is not itself and has another row */
    *out = (mera_reached){.place = 1 + (sign > 0 ? r.best : others - r.best),
                          .bound = 1 + (sign > 0 ? r.bound : others - r.bound),
                          .w = w};
    return MERA_OK;
}

static mera_code reach_both(const mera_rows *rows, const mera_allowed *rules, size_t unit,
                            size_t limit, double *const w[2], mera_arena *arena, mera_reach *out)
{
    mera_allowed_set allowed;
    mera_elastic e;
    reach_rivals rivals = {.rows = rows, .allowed = &allowed};
    MERA_TRY(mera_allowed_open(rules, rows->k, arena, &allowed));
    MERA_TRY(mera_elastic_open(&allowed, rows->n, arena, &e));
    e.margin = mera_rows_margin(rows) / (rows->size > 0 ? rows->size : 1);
    MERA_TRY(reach_rivals_of(&rivals, unit, arena));
    out->n = rows->n;
    MERA_TRY(reach_end(&rivals, unit, 1, limit, &e, w[0], arena, &out->best));
    return reach_end(&rivals, unit, -1, limit, &e, w[1], arena, &out->worst);
}

mera_code mera_reach_of(const mera_columns *columns, const mera_allowed *allowed, size_t unit,
                        size_t limit, mera_arena *arena, mera_diags *diags, mera_reach *out)
{
    mera_rows rows;
    double *w[2];
    size_t row;
    MERA_TRY_NEW(w[0], arena, columns->k);
    MERA_TRY_NEW(w[1], arena, columns->k);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    MERA_TRY(mera_rows_must_find(&rows, unit, diags, &row));
    MERA_TRY(mera_allowed_refuse(reach_both(&rows, allowed, row, limit, w, arena, out), diags));
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
