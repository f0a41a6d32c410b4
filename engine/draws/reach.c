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
#include "draws/linear_table.h"
#include "numeric/lp.h"

#define REACH_MARGIN 1e-7 /* of the size of the table's largest value */
enum { REACH_LIMIT = 500 };

typedef enum reach_state { REACH_OPEN, REACH_HOLDS, REACH_GIVEN_UP } reach_state;

typedef struct reach {
    const mera_rows *rows;
    const mera_allowed *allowed;
    mera_arena *arena;
    size_t m;      /* rivals that are not decided by every allowed weights alike */
    double *g;     /* m * k */
    double *price; /* most that a condition can be broken by */
    reach_state *state;
    double margin;
    size_t always;      /* conditions broken whatever the weights */
    size_t best, bound; /* conditions broken: least found; least possible */
    double *w;          /* of the best */
    double *row, *x;    /* scratch: k + m */
    size_t solved, limit;
} reach;

/* Rows of the allowed weights, in a program of `width` unknowns whose first k are the weights. */
static bool reach_allowed(const reach *r, mera_lp *lp, size_t width)
{
    const mera_allowed *a = r->allowed;
    const size_t k = r->rows->k;
    bool ok = true;
    for (size_t j = 0; ok && j < k; j++) {
        ok =
            mera_lp_bounds(lp, j, a->low != NULL ? a->low[j] : 0, a->high != NULL ? a->high[j] : 1);
    }
    for (size_t o = 0; ok && o < a->n_orders; o++) {
        memset(r->row, 0, width * sizeof *r->row);
        r->row[a->order[o].above] = 1;
        r->row[a->order[o].below] = a->order[o].ratio > 0 ? -a->order[o].ratio : -1;
        ok = mera_lp_add_row(lp, r->row, 0, INFINITY);
    }
    for (size_t c = 0; ok && c < a->n_rows; c++) {
        memset(r->row, 0, width * sizeof *r->row);
        memcpy(r->row, a->row + c * k, k * sizeof *r->row);
        ok = mera_lp_add_row(lp, r->row, 0, INFINITY);
    }
    for (size_t j = 0; j < width; j++) {
        r->row[j] = j < k ? 1 : 0;
    }
    return ok && mera_lp_add_row(lp, r->row, 1, 1);
}

/* The program of a node: open conditions may be broken by s >= 0 at 1 / price. */
static mera_lp *reach_program(const reach *r)
{
    const size_t k = r->rows->k, width = k + r->m;
    mera_lp *lp = mera_lp_open(width);
    bool ok = lp != NULL && reach_allowed(r, lp, width);
    for (size_t c = 0; ok && c < r->m; c++) {
        if (r->state[c] != REACH_GIVEN_UP) {
            memset(r->row, 0, width * sizeof *r->row);
            memcpy(r->row, r->g + c * k, k * sizeof *r->row);
            r->row[k + c] = r->state[c] == REACH_OPEN ? -1 : 0;
            ok = mera_lp_add_row(lp, r->row, -INFINITY, -r->margin);
        }
    }
    memset(r->row, 0, width * sizeof *r->row);
    for (size_t c = 0; c < r->m; c++) {
        r->row[k + c] = r->state[c] == REACH_OPEN ? -1 / r->price[c] : 0;
    }
    if (!ok || !mera_lp_objective(lp, r->row)) {
        mera_lp_close(lp);
        return NULL;
    }
    return lp;
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
        const double here = r->state[c] == REACH_OPEN ? r->x[r->rows->k + c] / r->price[c] : 0;
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
    mera_lp *lp = reach_program(r);
    MERA_TRY_PTR(lp);
    const mera_lp_status status = mera_lp_solve(lp, r->x);
    mera_lp_close(lp);
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

/* The largest g.w over the allowed weights. */
static mera_code reach_most(const reach *r, mera_lp *lp, const double *g, double *out)
{
    const size_t k = r->rows->k;
    if (lp == NULL) { /* all weights: at a corner */
        *out = -INFINITY;
        for (size_t j = 0; j < k; j++) {
            *out = fmax(*out, g[j]);
        }
        return MERA_OK;
    }
    if (!mera_lp_objective(lp, g)) {
        return MERA_ENOMEM;
    }
    const mera_lp_status status = mera_lp_solve(lp, r->x);
    *out = reach_dot(g, r->x, k);
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

static bool reach_is_plain(const mera_allowed *a)
{
    return a->low == NULL && a->high == NULL && a->n_orders == 0 && a->n_rows == 0;
}

static mera_code reach_rivals(reach *r, size_t unit, double sign)
{
    mera_lp *lp = NULL;
    mera_code rc = MERA_OK;
    if (!reach_is_plain(r->allowed)) {
        lp = mera_lp_open(r->rows->k);
        rc = lp != NULL && reach_allowed(r, lp, r->rows->k) ? MERA_OK : MERA_ENOMEM;
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
    *r = (reach){.rows = rows, .allowed = allowed, .arena = arena};
    r->margin = REACH_MARGIN * (rows->size > 0 ? rows->size : 1);
    MERA_TRY_NEW(r->g, arena, rows->n * rows->k);
    MERA_TRY_NEW(r->price, arena, rows->n);
    MERA_TRY_NEW(r->state, arena, rows->n);
    MERA_TRY_NEW(r->w, arena, rows->k);
    MERA_TRY_NEW(r->row, arena, rows->k + rows->n + 1);
    MERA_TRY_NEW(r->x, arena, rows->k + rows->n + 1);
    return MERA_OK;
}

/* Fewest conditions broken, from which `place` is counted by the caller. */
static mera_code reach_solve(reach *r, size_t unit, double sign, size_t limit)
{
    r->limit = limit > 0 ? limit : REACH_LIMIT;
    MERA_TRY(reach_rivals(r, unit, sign));
    r->best = r->bound = SIZE_MAX;
    MERA_TRY(reach_node(r, 0, r->always));
    if (r->best == SIZE_MAX) {
        return MERA_EINPUT;
    }
    r->bound = r->bound < r->best ? r->bound : r->best;
    return MERA_OK;
}

static mera_code reach_refuse(mera_code rc, mera_diags *diags)
{
    if (rc == MERA_EINPUT) {
        return mera_fail(diags, rc, "allowed", MERA_NOWHERE,
                         "no weights fulfil all that is asked of them");
    }
    return rc;
}

static mera_code reach_find(const mera_rows *rows, size_t unit, mera_diags *diags, size_t *row)
{
    *row = mera_rows_find(rows, unit);
    if (*row == SIZE_MAX) {
        return mera_fail(diags, MERA_EINPUT, "missing-value", MERA_NOWHERE,
                         "unit %zu has a missing value: its score is not linear in the weights",
                         unit + 1);
    }
    return MERA_OK;
}

mera_code mera_reach_of(const mera_columns *columns, const mera_allowed *allowed, size_t unit,
                        size_t limit, mera_arena *arena, mera_diags *diags, mera_reach *out)
{
    static const mera_allowed all = {0};
    mera_rows rows;
    reach up, down;
    size_t row, same = 0;
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    MERA_TRY(reach_find(&rows, unit, diags, &row));
    MERA_TRY(reach_start(&up, &rows, allowed != NULL ? allowed : &all, arena));
    MERA_TRY(reach_start(&down, &rows, allowed != NULL ? allowed : &all, arena));
    MERA_TRY(reach_refuse(reach_solve(&up, row, 1, limit), diags));
    MERA_TRY(reach_refuse(reach_solve(&down, row, -1, limit), diags));
    for (size_t i = 0; i < rows.n; i++) {
        same += mera_rows_same(&rows, i, row);
    }
    const size_t rivals = rows.n - same; /* who is not itself and has another row */
    out->n = rows.n;
    out->best = (mera_reached){1 + up.best, 1 + up.bound, up.w};
    out->worst = (mera_reached){1 + rivals - down.best, 1 + rivals - down.bound, down.w};
    return MERA_OK;
}

/* ---- who can be first ---- */

/* The rival whose lead breaks `margin` most under the weights x; SIZE_MAX = none. */
static size_t first_broken(const reach *r, size_t unit, double margin, const uint8_t *taken)
{
    const size_t k = r->rows->k;
    size_t worst = SIZE_MAX;
    double least = margin - 1e-12 * r->rows->size;
    for (size_t i = 0; i < r->rows->n; i++) {
        double lead = 0;
        for (size_t j = 0; j < k; j++) {
            lead += r->x[j] * (r->rows->z[unit * k + j] - r->rows->z[i * k + j]);
        }
        if (!taken[i] && lead < least) {
            least = lead;
            worst = i;
        }
    }
    return worst;
}

/* Unknown k is the lead plus the largest possible gap, so that it is not negative. */
static bool first_row(const reach *r, mera_lp *lp, size_t unit, size_t rival, double shift)
{
    const size_t k = r->rows->k;
    for (size_t j = 0; j < k; j++) {
        r->row[j] = r->rows->z[unit * k + j] - r->rows->z[rival * k + j];
    }
    r->row[k] = -1;
    return mera_lp_add_row(lp, r->row, -shift, INFINITY);
}

/* Takes in rivals as they turn out to matter. */
static mera_code first_climb(const reach *r, mera_lp *lp, size_t unit, double shift, uint8_t *taken)
{
    for (;;) {
        const mera_lp_status status = mera_lp_solve(lp, r->x);
        if (status != MERA_LP_OPTIMAL) {
            return status == MERA_LP_FAILED ? MERA_ESYSTEM : MERA_EINPUT;
        }
        const size_t rival = first_broken(r, unit, r->x[r->rows->k] - shift, taken);
        if (rival == SIZE_MAX) {
            return MERA_OK;
        }
        taken[rival] = 1;
        if (!first_row(r, lp, unit, rival, shift)) {
            return MERA_ENOMEM;
        }
    }
}

mera_code mera_first_of(const mera_columns *columns, const mera_allowed *allowed, size_t unit,
                        mera_arena *arena, mera_diags *diags, mera_first *out)
{
    static const mera_allowed all = {0};
    mera_rows rows;
    reach r;
    size_t row;
    uint8_t *taken;
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    MERA_TRY(reach_find(&rows, unit, diags, &row));
    MERA_TRY(reach_start(&r, &rows, allowed != NULL ? allowed : &all, arena));
    MERA_TRY_NEW(taken, arena, rows.n);
    const double shift = 2 * rows.size;
    for (size_t i = 0; i < rows.n; i++) { /* its equals are first with it */
        taken[i] = mera_rows_same(&rows, i, row);
    }
    mera_lp *lp = mera_lp_open(rows.k + 1);
    bool ok = lp != NULL && reach_allowed(&r, lp, rows.k + 1);
    memset(r.row, 0, (rows.k + 1) * sizeof *r.row);
    r.row[rows.k] = 1;
    ok = ok && mera_lp_objective(lp, r.row) && mera_lp_bounds(lp, rows.k, 0, 2 * shift);
    const mera_code rc = ok ? first_climb(&r, lp, row, shift, taken) : MERA_ENOMEM;
    mera_lp_close(lp);
    MERA_TRY(reach_refuse(rc, diags));
    *out = (mera_first){.margin = r.x[rows.k] - shift, .w = r.x};
    out->can = out->margin > r.margin;
    return MERA_OK;
}
