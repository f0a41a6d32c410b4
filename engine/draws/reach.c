/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far up and down a unit can come. Its best place is 1 plus the least number of units before
 * it: of the conditions g.w <= -margin, one a rival, with g the rival's row minus its own, as many
 * as possible are to hold. Its worst place is the same with g the other way round. Branch and
 * bound: a linear program lets conditions be broken at a price; who is broken most is decided next.
 */
#include <string.h>

#include "base/math.h"
#include "draws/allowed.h"
#include "draws/linear_table.h"

enum { REACH_LIMIT = 500, REACH_LEAST = 8, REACH_MOST = 64, REACH_WORK = 60000 };

typedef enum reach_state { REACH_OPEN, REACH_HOLDS, REACH_GIVEN_UP } reach_state;

typedef struct reach {
    const mera_rows *rows;
    mera_allowed_set allowed;
    mera_arena *arena;
    size_t first; /* unknowns before those of conditions */
    mera_lp *lp;
    size_t m;      /* rivals that are not decided by every allowed weights alike */
    double *g;     /* m * k */
    double *price; /* most that a condition can be broken by */
    reach_state *state;
    double margin;
    size_t always;      /* conditions broken whatever the weights */
    size_t best, bound; /* conditions broken: least found; least possible */
    double *w;          /* of the best */
    double *row, *x;    /* scratch: first + m */
    size_t solved, limit;
} reach;

/* The conditions, each of which may be broken by an unknown s >= 0. */
static mera_lp *reach_program(const reach *r)
{
    const size_t k = r->rows->k, width = r->first + r->m;
    mera_lp *lp = mera_lp_open(width);
    bool ok = lp != NULL && mera_allowed_rows(&r->allowed, lp, r->row, width);
    for (size_t c = 0; ok && c < r->m; c++) {
        memset(r->row, 0, width * sizeof *r->row);
        memcpy(r->row, r->g + c * k, k * sizeof *r->row);
        r->row[r->first + c] = -1;
        ok = mera_lp_add_row(lp, r->row, -INFINITY, -r->margin);
    }
    if (!ok) {
        mera_lp_close(lp);
        return NULL;
    }
    return lp;
}

/* Open conditions are broken at 1 / price, those that hold not at all, those given up for nothing.
 * The program goes on from where it was. */
static bool reach_price(const reach *r)
{
    const size_t width = r->first + r->m;
    bool ok = true;
    memset(r->row, 0, width * sizeof *r->row);
    for (size_t c = 0; ok && c < r->m; c++) {
        const bool holds = r->state[c] == REACH_HOLDS;
        r->row[r->first + c] = r->state[c] == REACH_OPEN ? -1 / r->price[c] : 0;
        ok = mera_lp_bounds(r->lp, r->first + c, 0, holds ? 0 : INFINITY);
    }
    return ok && mera_lp_objective(r->lp, r->row);
}

static double reach_dot(const double *a, const double *b, size_t k)
{
    double sum = 0;
    for (size_t j = 0; j < k; j++) {
        sum += a[j] * b[j];
    }
    return sum;
}

/* Conditions that the weights found really break, however the program came to them. */
static void reach_take(reach *r)
{
    size_t broken = r->always;
    for (size_t c = 0; c < r->m; c++) {
        broken += reach_dot(r->g + c * r->rows->k, r->x, r->rows->k) > -r->margin / 2;
    }
    if (broken < r->best) {
        r->best = broken;
        memcpy(r->w, r->x, r->rows->k * sizeof *r->w);
    }
}

/* The open condition that is broken most; SIZE_MAX when all hold. */
static size_t reach_branch(const reach *r, double *cost)
{
    size_t most = SIZE_MAX;
    double share = 1e-9;
    *cost = 0;
    for (size_t c = 0; c < r->m; c++) {
        const double here = r->state[c] == REACH_OPEN ? r->x[r->first + c] / r->price[c] : 0;
        *cost += here;
        if (here > share) {
            share = here;
            most = c;
        }
    }
    return most;
}

/* `least`: conditions that are broken below this node at least. */
static mera_code reach_node(reach *r, size_t given_up, size_t least)
{
    if (least >= r->best) {
        return MERA_OK;
    }
    if (r->solved == r->limit) {
        r->bound = least < r->bound ? least : r->bound;
        return MERA_OK;
    }
    r->solved++;
    const mera_lp_status status = reach_price(r) ? mera_lp_solve(r->lp, r->x) : MERA_LP_FAILED;
    if (status != MERA_LP_OPTIMAL) {
        if (status == MERA_LP_FAILED) { /* unknown: what is below stays a bound */
            r->bound = least < r->bound ? least : r->bound;
        }
        return MERA_OK;
    }
    double cost;
    reach_take(r);
    const size_t c = reach_branch(r, &cost);
    const size_t here = r->always + given_up + (size_t)ceil(fmax(0, cost - 1e-6));
    if (c == SIZE_MAX) {
        return MERA_OK;
    }
    least = here > least ? here : least;
    r->state[c] = REACH_HOLDS;
    MERA_TRY(reach_node(r, given_up, least));
    r->state[c] = REACH_GIVEN_UP;
    const size_t without = r->always + given_up + 1;
    MERA_TRY(reach_node(r, given_up + 1, least > without ? least : without));
    r->state[c] = REACH_OPEN;
    return MERA_OK;
}

/* The largest g.w over the allowed weights; `lp` NULL = in closed form. */
static mera_code reach_most(const reach *r, mera_lp *lp, const double *g, double *out)
{
    if (lp == NULL) {
        *out = mera_allowed_most(&r->allowed, g);
        return isnan(*out) ? MERA_EINPUT : MERA_OK;
    }
    memset(r->x, 0, r->first * sizeof *r->x);
    memcpy(r->x, g, r->rows->k * sizeof *r->x);
    if (!mera_lp_objective(lp, r->x)) {
        return MERA_ENOMEM;
    }
    const mera_lp_status status = mera_lp_solve(lp, r->x);
    *out = reach_dot(g, r->x, r->rows->k);
    return status == MERA_LP_OPTIMAL ? MERA_OK : MERA_EINPUT;
}

static mera_code reach_rival(reach *r, mera_lp *lp, size_t unit, size_t rival, double sign)
{
    const size_t k = r->rows->k;
    double *g = r->g + r->m * k, *back = r->row, most, least;
    for (size_t j = 0; j < k; j++) {
        g[j] = sign * (r->rows->z[rival * k + j] - r->rows->z[unit * k + j]);
        back[j] = -g[j];
    }
    if (mera_rows_same(r->rows, unit, rival)) { /* before nobody and behind nobody */
        return MERA_OK;
    }
    MERA_TRY(reach_most(r, lp, g, &most));
    MERA_TRY(reach_most(r, lp, back, &least));
    if (most <= -r->margin) {
        return MERA_OK; /* holds whatever the weights */
    }
    if (-least > -r->margin) {
        r->always++;
        return MERA_OK;
    }
    r->price[r->m] = most + r->margin;
    r->state[r->m++] = REACH_OPEN;
    return MERA_OK;
}

static mera_code reach_rivals(reach *r, size_t unit, double sign)
{
    mera_lp *lp = NULL;
    mera_code rc = MERA_OK;
    if (!mera_allowed_is_closed(&r->allowed)) {
        lp = mera_lp_open(r->first);
        rc = lp != NULL && mera_allowed_rows(&r->allowed, lp, r->row, r->first) ? MERA_OK
                                                                                : MERA_ENOMEM;
    }
    for (size_t i = 0; rc == MERA_OK && i < r->rows->n; i++) {
        rc = i != unit ? reach_rival(r, lp, unit, i, sign) : MERA_OK;
    }
    mera_lp_close(lp);
    return rc;
}

static mera_code reach_start(reach *r, const mera_rows *rows, const mera_allowed *allowed,
                             mera_arena *arena)
{
    *r = (reach){.rows = rows, .arena = arena};
    MERA_TRY(mera_allowed_open(allowed, rows->k, arena, &r->allowed));
    r->first = rows->k + r->allowed.n_free;
    r->margin = mera_rows_margin(rows);
    MERA_TRY_NEW(r->g, arena, rows->n * rows->k);
    MERA_TRY_NEW(r->price, arena, rows->n);
    MERA_TRY_NEW(r->state, arena, rows->n);
    MERA_TRY_NEW(r->w, arena, rows->k);
    MERA_TRY_NEW(r->row, arena, r->first + rows->n);
    MERA_TRY_NEW(r->x, arena, r->first + rows->n);
    return MERA_OK;
}

/* The time of a program goes with the square of the undecided rivals. */
static size_t reach_quick(size_t m)
{
    const size_t programs = m > 0 ? REACH_WORK / (m * m) : REACH_MOST;
    return programs < REACH_LEAST ? REACH_LEAST : programs > REACH_MOST ? REACH_MOST : programs;
}

/* Fewest conditions broken, from which `place` is counted by the caller. */
static mera_code reach_solve(reach *r, size_t unit, double sign, size_t limit)
{
    MERA_TRY(reach_rivals(r, unit, sign));
    r->limit = limit == MERA_REACH_QUICK ? reach_quick(r->m) : limit > 0 ? limit : REACH_LIMIT;
    r->best = r->bound = SIZE_MAX;
    r->lp = reach_program(r);
    MERA_TRY_PTR(r->lp);
    const mera_code code = reach_node(r, 0, r->always);
    mera_lp_close(r->lp);
    MERA_TRY(code);
    if (r->best == SIZE_MAX) {
        return MERA_EINPUT;
    }
    r->bound = r->bound < r->best ? r->bound : r->best;
    return MERA_OK;
}

mera_code mera_reach_of(const mera_columns *columns, const mera_allowed *allowed, size_t unit,
                        size_t limit, mera_arena *arena, mera_diags *diags, mera_reach *out)
{
    mera_rows rows;
    reach up, down;
    size_t row, same = 0;
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    MERA_TRY(mera_rows_must_find(&rows, unit, diags, &row));
    MERA_TRY(reach_start(&up, &rows, allowed, arena));
    MERA_TRY(reach_start(&down, &rows, allowed, arena));
    MERA_TRY(mera_allowed_refuse(reach_solve(&up, row, 1, limit), diags));
    MERA_TRY(mera_allowed_refuse(reach_solve(&down, row, -1, limit), diags));
    for (size_t i = 0; i < rows.n; i++) {
        same += mera_rows_same(&rows, i, row);
    }
    const size_t rivals = rows.n - same; /* who is not itself and has another row */
    out->n = rows.n;
    out->best = (mera_reached){1 + up.best, 1 + up.bound, up.w};
    out->worst = (mera_reached){1 + rivals - down.best, 1 + rivals - down.bound, down.w};
    return MERA_OK;
}
