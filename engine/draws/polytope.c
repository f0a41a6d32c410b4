/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Hit-and-run: from a point inside take a random direction and go to a point of the chord through
 * it, all equally likely. The points tend to the uniform law inside (R. L. Smith, Operations
 * Research 32 (1984) 1296). A chain starts at the middle of the largest ball inside, walks 64 + 8 k
 * steps, and then k + 4 steps from draw to draw.
 */
#include "draws/polytope.h"

#include <string.h>

#include "base/math.h"
#include "draws/random.h"
#include "numeric/lp.h"

#define POLYTOPE_FLAT 1e-9 /* a ball smaller than this is no room */

static double order_ratio(const mera_weight_order *o)
{
    return o->ratio > 0 ? o->ratio : 1;
}

static mera_code polytope_check(const mera_law *law, size_t k, mera_diags *diags)
{
    for (size_t o = 0; o < law->n_orders; o++) {
        const mera_weight_order *order = &law->order[o];
        if (order->above >= k || order->below >= k || order->above == order->below ||
            !(order->ratio >= 0 && order->ratio < INFINITY)) {
            return mera_fail(diags, MERA_EUSAGE, "law", law->at,
                             "order %zu of weights is not of two of %zu children", o + 1, k);
        }
    }
    for (size_t c = 0; c < k; c++) {
        const double low = law->low != NULL ? law->low[c] : 0;
        const double high = law->high != NULL ? law->high[c] : 1;
        if (!(low >= 0 && high <= 1 && low <= high)) {
            return mera_fail(
                diags, MERA_EINPUT, "law", law->at,
                "share %zu is to lie between %g and %g; bounds are shares from 0 to 1, "
                "the lower first",
                c + 1, low, high);
        }
    }
    return MERA_OK;
}

static mera_code polytope_bounds(mera_polytope *p, const mera_law *law, mera_arena *arena)
{
    MERA_TRY_NEW(p->low, arena, p->k);
    MERA_TRY_NEW(p->high, arena, p->k);
    MERA_TRY_NEW(p->free, arena, p->k);
    MERA_TRY_NEW(p->centre, arena, p->k);
    for (size_t c = 0; c < p->k; c++) {
        p->low[c] = law->low != NULL ? law->low[c] : 0;
        p->high[c] = law->high != NULL ? law->high[c] : 1;
        if (p->high[c] > p->low[c]) {
            p->free[p->n_free++] = c;
        }
    }
    return MERA_OK;
}

static bool polytope_is_free(const mera_polytope *p, size_t c)
{
    return p->high[c] > p->low[c];
}

/* Length of a row a among directions that keep the sum: |a - mean a| over the free shares. */
static double polytope_length(const mera_polytope *p, const double *a)
{
    double sum = 0, squares = 0;
    for (size_t f = 0; f < p->n_free; f++) {
        sum += a[p->free[f]];
        squares += a[p->free[f]] * a[p->free[f]];
    }
    return sqrt(fmax(0, squares - sum * sum / (double)p->n_free));
}

/* Adds a . x - radius |a| >= low; a has room for k + 1 and is cleared. */
static bool polytope_row(const mera_polytope *p, mera_lp *lp, double *a, double low)
{
    a[p->k] = -polytope_length(p, a);
    const bool ok = mera_lp_add_row(lp, a, low, INFINITY);
    memset(a, 0, (p->k + 1) * sizeof *a);
    return ok;
}

static bool polytope_rows(const mera_polytope *p, mera_lp *lp, double *a)
{
    bool ok = true;
    for (size_t c = 0; ok && c < p->k; c++) {
        if (!polytope_is_free(p, c)) {
            ok = mera_lp_bounds(lp, c, p->low[c], p->high[c]);
            continue;
        }
        a[c] = 1;
        ok = polytope_row(p, lp, a, p->low[c]);
        a[c] = -1;
        ok = ok && polytope_row(p, lp, a, -p->high[c]);
    }
    for (size_t o = 0; ok && o < p->n_orders; o++) {
        a[p->order[o].above] = 1;
        a[p->order[o].below] = -order_ratio(&p->order[o]);
        ok = polytope_row(p, lp, a, 0);
    }
    for (size_t c = 0; c < p->k; c++) {
        a[c] = 1;
    }
    return ok && mera_lp_add_row(lp, a, 1, 1);
}

static mera_code polytope_centre(mera_polytope *p, mera_arena *arena, mera_lp_status *status)
{
    double *a, *x;
    MERA_TRY_NEW(a, arena, p->k + 1);
    MERA_TRY_NEW(x, arena, p->k + 1);
    mera_lp *lp = mera_lp_open(p->k + 1);
    bool ok = lp != NULL && polytope_rows(p, lp, a);
    memset(a, 0, (p->k + 1) * sizeof *a);
    a[p->k] = 1;
    ok = ok && mera_lp_objective(lp, a) && mera_lp_bounds(lp, p->k, 0, 1);
    *status = ok ? mera_lp_solve(lp, x) : MERA_LP_FAILED;
    mera_lp_close(lp);
    memcpy(p->centre, x, p->k * sizeof *x);
    p->radius = x[p->k];
    return ok ? MERA_OK : MERA_ENOMEM;
}

mera_code mera_polytope_make(const mera_law *law, size_t k, mera_arena *arena, mera_diags *diags,
                             mera_polytope **out)
{
    mera_polytope *p;
    mera_lp_status status;
    MERA_TRY(polytope_check(law, k, diags));
    MERA_TRY_NEW(p, arena, 1);
    *p = (mera_polytope){.k = k,
                         .order = law->order,
                         .n_orders = law->n_orders,
                         .burn_in = 64 + 8 * k,
                         .thinning = k + 4};
    MERA_TRY(polytope_bounds(p, law, arena));
    MERA_TRY(polytope_centre(p, arena, &status));
    if (status == MERA_LP_FAILED) {
        return mera_fail(diags, MERA_ESYSTEM, "law", law->at,
                         "the middle of the allowed weights could not be found");
    }
    if (status != MERA_LP_OPTIMAL) {
        mera_fail(diags, MERA_EINPUT, "law", law->at,
                  "no weights fulfil these bounds and orders together");
        mera_hint(diags, "lower bounds must not add up to more than 1, upper ones not to less, and "
                         "orders must not go in a circle");
        return MERA_EINPUT;
    }
    if (p->radius < POLYTOPE_FLAT && p->n_free > 1) {
        mera_fail(diags, MERA_EINPUT, "law", law->at,
                  "these bounds and orders leave no room for weights to vary");
        mera_hint(diags, "give the weights that cannot vary as fixed ones, or widen the bounds");
        return MERA_EINPUT;
    }
    *out = p;
    return MERA_OK;
}

mera_code mera_walk_new(size_t k, mera_arena *arena, mera_walk *out)
{
    MERA_TRY_NEW(out->x, arena, k);
    MERA_TRY_NEW(out->direction, arena, k);
    out->next = UINT64_MAX;
    return MERA_OK;
}

/* How far x may go along the direction until `room` (at least 0 now) is used up at `rate`. */
static void walk_limit(double room, double rate, double *back, double *ahead)
{
    if (rate > 0) {
        *back = fmax(*back, -fmax(room, 0) / rate);
    } else if (rate < 0) {
        *ahead = fmin(*ahead, -fmax(room, 0) / rate);
    }
}

static void walk_direction(mera_walk *w, const mera_polytope *p, mera_stream *s)
{
    double sum = 0;
    for (size_t f = 0; f < p->n_free; f++) {
        w->direction[p->free[f]] = mera_stream_normal(s);
        sum += w->direction[p->free[f]];
    }
    for (size_t f = 0; f < p->n_free; f++) {
        w->direction[p->free[f]] -= sum / (double)p->n_free;
    }
}

static void walk_step(mera_walk *w, const mera_polytope *p, mera_stream *s)
{
    double back = -INFINITY, ahead = INFINITY;
    walk_direction(w, p, s);
    for (size_t f = 0; f < p->n_free; f++) {
        const size_t c = p->free[f];
        walk_limit(w->x[c] - p->low[c], w->direction[c], &back, &ahead);
        walk_limit(p->high[c] - w->x[c], -w->direction[c], &back, &ahead);
    }
    for (size_t o = 0; o < p->n_orders; o++) {
        const size_t a = p->order[o].above, b = p->order[o].below;
        const double ratio = order_ratio(&p->order[o]);
        walk_limit(w->x[a] - ratio * w->x[b], w->direction[a] - ratio * w->direction[b], &back,
                   &ahead);
    }
    const double go = back + (ahead - back) * mera_stream_uniform(s);
    if (!(fabs(go) < INFINITY)) {
        return; /* no direction: one free share only */
    }
    for (size_t f = 0; f < p->n_free; f++) {
        const size_t c = p->free[f];
        w->x[c] = fmin(fmax(w->x[c] + go * w->direction[c], p->low[c]), p->high[c]);
    }
}

/* The steps before draw d have a stream of their own, so that a chain can be taken up anywhere. */
static void walk_draw(mera_walk *w, const mera_polytope *p, uint64_t seed, uint32_t stream,
                      uint64_t d)
{
    size_t steps = p->thinning;
    if (d % MERA_CHAIN == 0) {
        memcpy(w->x, p->centre, p->k * sizeof *w->x);
        memset(w->direction, 0, p->k * sizeof *w->direction);
        steps = p->burn_in;
    }
    mera_stream s = mera_stream_of(seed, stream, d);
    for (size_t i = 0; i < steps && p->n_free > 1; i++) {
        walk_step(w, p, &s);
    }
    w->next = d + 1;
}

const double *mera_walk_to(mera_walk *walk, const mera_polytope *p, uint64_t seed, uint32_t stream,
                           uint64_t d)
{
    uint64_t from = d - d % MERA_CHAIN;
    if (walk->next > from && walk->next <= d) {
        from = walk->next;
    }
    for (; from <= d; from++) {
        walk_draw(walk, p, seed, stream, from);
    }
    return walk->x;
}
