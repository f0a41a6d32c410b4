/* SPDX-License-Identifier: Apache-2.0 */
/** @file An elastic program (elastic.h), by edges. */
#include "draws/elastic.h"

#include <string.h>

#include "base/math.h"

#define ELASTIC_FREE SIZE_MAX
#define ELASTIC_FLAT 1e-9   /* a slope, a lean: values are of size 1 */
#define ELASTIC_STEEP 1e-11 /* a pivot below is none */

enum { ELASTIC_ANEW = 100, ELASTIC_STEPS = 20 };
enum { ELASTIC_PASSES = 8 }; /* over conditions in a step, beside their slopes */

/* Where the sum gets steeper on the way. */
typedef struct elastic_kink {
    double at, by;
    size_t condition;
} elastic_kink;

typedef struct elastic_edge {
    size_t slot;  /* SIZE_MAX: none goes down */
    double sign;  /* along its direction or against it */
    double slope; /* of the sum */
} elastic_edge;

static double elastic_dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        sum += a[j] * b[j];
    }
    return sum;
}

static size_t elastic_first_condition(const mera_elastic *e)
{
    return e->d + e->allowed.n;
}

/* Normal of a constraint times a vector. */
static double elastic_along(const mera_elastic *e, size_t c, const double *v)
{
    if (c < e->d) {
        return v[c];
    }
    return c < elastic_first_condition(e)
               ? elastic_dot(e->allowed.row + (c - e->d) * e->d, v, e->d)
               : elastic_dot(e->g + (c - elastic_first_condition(e)) * e->k, v, e->k);
}

static bool elastic_is_equality(const mera_elastic *e, size_t c)
{
    return c >= e->d && c < elastic_first_condition(e) && e->allowed.equal[c - e->d];
}

/* ---- the base ---- */

static void elastic_leans(mera_elastic *e, size_t c)
{
    for (size_t s = 0; s < e->d; s++) {
        e->lean[s] = elastic_along(e, c, e->dir + s * e->d);
    }
    e->work += e->d * e->d;
}

/* Puts a constraint into a slot; its leans are known. */
static void elastic_put(mera_elastic *e, size_t slot, size_t c)
{
    const size_t d = e->d;
    double *own = e->dir + slot * d;
    const double by = 1 / e->lean[slot];
    for (size_t j = 0; j < d; j++) {
        own[j] *= by;
    }
    for (size_t s = 0; s < d; s++) {
        double *other = e->dir + s * d;
        for (size_t j = 0; s != slot && e->lean[s] != 0 && j < d; j++) {
            other[j] -= e->lean[s] * own[j];
        }
    }
    if (e->base[slot] != ELASTIC_FREE) {
        e->in_base[e->base[slot]] = 0;
    }
    e->base[slot] = c;
    e->in_base[c] = 1;
    e->since++;
    e->work += d * d;
}

/* Into the free slot that it leans on most; one that hangs on those inside already is left out. */
static void elastic_put_anywhere(mera_elastic *e, size_t c)
{
    size_t slot = SIZE_MAX;
    elastic_leans(e, c);
    for (size_t s = 0; s < e->d; s++) {
        if (e->base[s] == ELASTIC_FREE && fabs(e->lean[s]) > ELASTIC_FLAT &&
            (slot == SIZE_MAX || fabs(e->lean[s]) > fabs(e->lean[slot]))) {
            slot = s;
        }
    }
    if (slot != SIZE_MAX) {
        elastic_put(e, slot, c);
    }
}

/* Directions along the axes, then equalities and what is kept in their places. */
static void elastic_anew(mera_elastic *e)
{
    memset(e->dir, 0, e->d * e->d * sizeof *e->dir);
    for (size_t s = 0; s < e->d; s++) {
        e->dir[s * e->d + s] = 1;
        e->base[s] = ELASTIC_FREE;
    }
    const size_t all = elastic_first_condition(e) + e->m;
    for (size_t c = 0; c < all; c++) {
        const bool wanted = e->in_base[c] != 0 || elastic_is_equality(e, c);
        e->in_base[c] = 0;
        if (wanted) {
            elastic_put_anywhere(e, c);
        }
    }
    e->since = 0;
}

/* ---- values ---- */

static void elastic_slacks(mera_elastic *e)
{
    for (size_t c = 0; c < elastic_first_condition(e); c++) {
        const double low = c < e->d ? 0 : e->allowed.low[c - e->d];
        e->slack[c] = elastic_along(e, c, e->x) - low;
    }
    e->work += e->allowed.n * e->d;
}

static void elastic_pull(mera_elastic *e, size_t c, double sign)
{
    const double *g = e->g + c * e->k, by = sign * e->price[c];
    for (size_t j = 0; j < e->k; j++) {
        e->gradient[j] += by * g[j];
    }
    e->work += e->k;
}

static void elastic_values(mera_elastic *e)
{
    const size_t first = elastic_first_condition(e);
    memset(e->gradient, 0, e->d * sizeof *e->gradient);
    for (size_t c = 0; c < e->m; c++) {
        e->value[c] = elastic_along(e, first + c, e->x) + e->margin;
        e->on[c] = e->in_base[first + c] == 0 && e->value[c] > 0;
        if (e->on[c]) {
            elastic_pull(e, c, 1);
        }
    }
    e->work += e->m * e->k;
}

/* ---- a step ---- */

/* The way out of a slot that goes down, or one that does not (slope 0). */
static elastic_edge elastic_out(const mera_elastic *e, size_t slot)
{
    const size_t c = e->base[slot], first = elastic_first_condition(e);
    const double ahead = elastic_dot(e->gradient, e->dir + slot * e->d, e->d);
    if (c == ELASTIC_FREE) {
        return (elastic_edge){slot, ahead > 0 ? -1 : 1, -fabs(ahead)};
    }
    if (elastic_is_equality(e, c)) {
        return (elastic_edge){slot, 1, 0};
    }
    if (c < first || ahead <= 0) { /* only up, or up is the way: there its own price is paid */
        return (elastic_edge){slot, 1, ahead + (c < first ? 0 : e->price[c - first])};
    }
    return (elastic_edge){slot, -1, -ahead};
}

/* The steepest; after steps on the spot the one that was there first, so that it ends. */
static elastic_edge elastic_choose(mera_elastic *e, bool stuck)
{
    elastic_edge best = {SIZE_MAX, 1, 0};
    double most = 0;
    for (size_t s = 0; s < e->d; s++) {
        const elastic_edge edge = elastic_out(e, s);
        const double *v = e->dir + s * e->d;
        if (edge.slope >= -ELASTIC_FLAT) {
            continue;
        }
        const double gain = edge.slope * edge.slope / elastic_dot(v, v, e->d);
        if (stuck ? best.slot == SIZE_MAX || e->base[s] < e->base[best.slot] : gain > most) {
            most = gain;
            best = edge;
        }
    }
    e->work += 2 * e->d * e->d;
    return best;
}

static void elastic_slopes(mera_elastic *e, const elastic_edge *edge)
{
    const double *v = e->dir + edge->slot * e->d;
    const size_t all = elastic_first_condition(e) + e->m;
    for (size_t c = 0; c < all; c++) { /* what stays in the base does not change, to the bit */
        e->slope[c] = e->in_base[c] ? 0 : edge->sign * elastic_along(e, c, v);
    }
    if (e->base[edge->slot] != ELASTIC_FREE) {
        e->slope[e->base[edge->slot]] = edge->sign;
    }
    e->work += e->allowed.n * e->d + e->m * (e->k + ELASTIC_PASSES);
}

/* How far the allowed weights go, and what ends them. */
static double elastic_room(const mera_elastic *e, size_t *ends)
{
    double room = INFINITY;
    *ends = SIZE_MAX;
    for (size_t c = 0; c < elastic_first_condition(e); c++) {
        if (e->in_base[c] || e->slope[c] >= -ELASTIC_STEEP) {
            continue;
        }
        const double at = fmax(0, e->slack[c]) / -e->slope[c];
        if (at < room) {
            room = at;
            *ends = c;
        }
    }
    return room;
}

static void elastic_sink(elastic_kink *kink, size_t n, size_t at)
{
    for (size_t below = 2 * at + 1; below < n; below = 2 * at + 1) {
        below += below + 1 < n && kink[below + 1].at < kink[below].at;
        if (kink[at].at <= kink[below].at) {
            return;
        }
        const elastic_kink swap = kink[at];
        kink[at] = kink[below];
        kink[below] = swap;
        at = below;
    }
}

/* Kinks within the room, the nearest on top. */
static size_t elastic_kinks(mera_elastic *e, double room)
{
    const size_t first = elastic_first_condition(e);
    size_t n = 0;
    for (size_t c = 0; c < e->m; c++) {
        const double slope = e->slope[first + c];
        if (e->in_base[first + c] || e->price[c] == 0 ||
            (e->on[c] ? slope >= -ELASTIC_STEEP : slope <= ELASTIC_STEEP)) {
            continue;
        }
        const double at = fmax(0, -e->value[c] / slope);
        if (at < room) {
            e->kink[n++] = (elastic_kink){at, e->price[c] * fabs(slope), c};
        }
    }
    for (size_t at = n / 2; at-- > 0;) {
        elastic_sink(e->kink, n, at);
    }
    return n;
}

/* Over kinks to the least on the line: how far, and what holds there; SIZE_MAX: no end. */
static double elastic_go(mera_elastic *e, const elastic_edge *edge, size_t *ends)
{
    const double room = elastic_room(e, ends);
    double slope = edge->slope;
    for (size_t n = elastic_kinks(e, room); n > 0; n--) {
        const elastic_kink top = e->kink[0];
        e->kink[0] = e->kink[n - 1];
        elastic_sink(e->kink, n - 1, 0);
        slope += top.by;
        if (slope >= 0) {
            *ends = elastic_first_condition(e) + top.condition;
            return top.at;
        }
        e->on[top.condition] ^= 1;
        elastic_pull(e, top.condition, e->on[top.condition] ? 1 : -1);
    }
    return room;
}

static void elastic_move(mera_elastic *e, const elastic_edge *edge, double by)
{
    const double *v = e->dir + edge->slot * e->d;
    const size_t first = elastic_first_condition(e);
    for (size_t j = 0; j < e->d; j++) {
        e->x[j] += edge->sign * by * v[j];
    }
    for (size_t c = 0; c < first; c++) {
        e->slack[c] += by * e->slope[c];
    }
    for (size_t c = 0; c < e->m; c++) {
        e->value[c] += by * e->slope[first + c];
    }
}

/* What left the base is broken from now on, or holds; what came in is neither. */
static void elastic_turn(mera_elastic *e, const elastic_edge *edge, size_t ends)
{
    const size_t first = elastic_first_condition(e), left = e->base[edge->slot];
    if (left != ELASTIC_FREE && left >= first && edge->sign > 0) {
        e->on[left - first] = 1;
        elastic_pull(e, left - first, 1);
    }
    if (ends >= first && e->on[ends - first]) {
        e->on[ends - first] = 0;
        elastic_pull(e, ends - first, -1);
    }
    if (ends >= first) {
        e->value[ends - first] = 0;
    } else {
        e->slack[ends] = 0;
    }
}

/* False at the least; `on_the_spot` counts steps that lead nowhere. */
static bool elastic_step(mera_elastic *e, size_t *on_the_spot, bool *lost)
{
    size_t ends;
    const elastic_edge edge = elastic_choose(e, *on_the_spot > e->d);
    if (edge.slot == SIZE_MAX) {
        return false;
    }
    elastic_slopes(e, &edge);
    const double by = elastic_go(e, &edge, &ends);
    *lost = ends == SIZE_MAX;
    if (*lost) {
        return false;
    }
    *on_the_spot = by > 0 ? 0 : *on_the_spot + 1;
    elastic_move(e, &edge, by);
    elastic_turn(e, &edge, ends);
    elastic_leans(e, ends);
    elastic_put(e, edge.slot, ends);
    return true;
}

bool mera_elastic_least(mera_elastic *e, double *cost)
{
    const size_t most = ELASTIC_STEPS * (e->d + 10);
    size_t on_the_spot = 0;
    bool lost = false, more = true;
    if (e->since > ELASTIC_ANEW) {
        elastic_anew(e);
    }
    elastic_slacks(e);
    elastic_values(e);
    for (size_t s = 0; s < most && more; s++) {
        more = elastic_step(e, &on_the_spot, &lost);
    }
    *cost = 0;
    for (size_t c = 0; c < e->m; c++) {
        *cost += e->price[c] * fmax(0, e->value[c]);
    }
    return !more && !lost;
}

void mera_elastic_take(mera_elastic *e, size_t m)
{
    e->m = m;
    memset(e->in_base + elastic_first_condition(e), 0, m);
    elastic_anew(e);
}

mera_code mera_elastic_open(const mera_allowed_set *set, size_t m, mera_arena *arena,
                            mera_elastic *out)
{
    *out = (mera_elastic){.k = set->k, .d = set->k + set->n_free};
    const size_t d = out->d;
    MERA_TRY(mera_allowed_table_of(set, arena, &out->allowed));
    const size_t first = elastic_first_condition(out);
    MERA_TRY_NEW(out->g, arena, m * out->k);
    MERA_TRY_NEW(out->price, arena, m);
    MERA_TRY_NEW(out->value, arena, m);
    MERA_TRY_NEW(out->on, arena, m);
    MERA_TRY_NEW(out->kink, arena, m);
    MERA_TRY_NEW(out->x, arena, d);
    MERA_TRY_NEW(out->dir, arena, d * d);
    MERA_TRY_NEW(out->base, arena, d);
    MERA_TRY_NEW(out->gradient, arena, d);
    MERA_TRY_NEW(out->lean, arena, d);
    MERA_TRY_NEW(out->slack, arena, first);
    MERA_TRY_NEW(out->in_base, arena, first + m);
    MERA_TRY_NEW(out->slope, arena, first + m);
    return mera_allowed_point(set, &out->allowed, arena, out->x);
}
