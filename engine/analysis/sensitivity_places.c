/* SPDX-License-Identifier: Apache-2.0 */
/** @file From places of runs to shifts, and to what moves each unit's place. */
#include <stdlib.h>
#include <string.h>

#include "analysis/sensitivity.h"

#include "base/math.h"

enum { SENSE_PLACE_BYTES = 256 << 20 };

mera_code mera_sense_places_open(sense_run *s)
{
    const size_t n = s->joint->n;
    MERA_TRY_NEW(s->shift, s->arena, s->parts * s->room);
    if (s->parts * s->room * n * sizeof *s->place <= SENSE_PLACE_BYTES) {
        MERA_TRY_NEW(s->place, s->arena, s->parts * s->room * n);
    }
    return MERA_OK;
}

void mera_sense_place(sense_run *s, size_t part, size_t row, const uint16_t *place)
{
    const size_t n = s->joint->n, at = part * s->room + row;
    const uint16_t *was = s->joint->ranking.reference;
    uint64_t sum = 0;
    for (size_t i = 0; place != NULL && i < n; i++) {
        sum += (uint64_t)(place[i] > was[i] ? place[i] - was[i] : was[i] - place[i]);
    }
    s->shift[at] = place != NULL ? (double)sum / (double)n : NAN;
    if (s->place != NULL && place != NULL) {
        memcpy(s->place + at * n, place, n * sizeof *place);
    }
}

/* ---- units ---- */

typedef struct sense_units {
    const sense_run *s;
    mera_variance_unit *unit; /**< of those with a place */
    double **y;               /**< per worker: outcomes */
    double *first, *total;    /**< [unit * inputs + input] */
    mera_arena **arena;
} sense_units;

static void sense_spread(mera_variance_unit *unit, const double *y, size_t n)
{
    double sum = 0, squares = 0;
    size_t count = 0;
    for (size_t r = 0; r < n; r++) { /* designs A and B: independent draws */
        if (!isnan(y[r])) {
            sum += y[r];
            count++;
        }
    }
    unit->mean = sum / (double)count;
    for (size_t r = 0; r < n; r++) {
        squares += isnan(y[r]) ? 0 : (y[r] - unit->mean) * (y[r] - unit->mean);
    }
    unit->sd = count > 1 ? sqrt(squares / (double)(count - 1)) : NAN;
}

static mera_code sense_unit(void *context, size_t i, unsigned worker)
{
    const sense_units *u = context;
    const sense_run *s = u->s;
    const size_t k = s->out->n_inputs, n = s->rows;
    double *y = u->y[worker];
    mera_variance_unit *unit = &u->unit[i];
    mera_sobol sobol;
    for (size_t part = 0; part < s->parts; part++) {
        for (size_t r = 0; r < n; r++) {
            const size_t cell = part * s->room + r;
            y[part * n + r] =
                isnan(s->shift[cell]) ? NAN : (double)s->place[cell * s->joint->n + i];
        }
    }
    const mera_sobol_ask ask = {.n = n,
                                .d = k,
                                .y = y,
                                .swapped = s->parts > 2 + k,
                                .first = s->ask->first,
                                .total = s->ask->total,
                                .resamples = 1};
    const mera_arena_mark mark = mera_arena_mark_now(u->arena[worker]);
    MERA_TRY(mera_sobol_of(&ask, u->arena[worker], NULL, &sobol));
    sense_spread(unit, y, 2 * n);
    for (size_t j = 0; j < k; j++) {
        const double total = sobol.index[j].total.value;
        u->first[i * k + j] = sobol.index[j].first.value;
        u->total[i * k + j] = total;
        if (!isnan(total) && (unit->most == SIZE_MAX || total > unit->total[unit->most])) {
            unit->most = j;
        }
    }
    mera_arena_rewind(u->arena[worker], mark);
    return MERA_OK;
}

static mera_code sense_units_rooms(sense_run *s, sense_units *u)
{
    const size_t n = s->joint->n, k = s->out->n_inputs, workers = mera_pool_size(s->joint->pool);
    MERA_TRY_NEW(u->unit, s->arena, n);
    MERA_TRY_NEW(u->first, s->arena, n * k);
    MERA_TRY_NEW(u->total, s->arena, n * k);
    MERA_TRY_NEW(u->y, s->arena, workers);
    MERA_TRY_NEW(u->arena, s->arena, workers);
    for (size_t i = 0; i < n; i++) {
        u->unit[i] = (mera_variance_unit){
            .first = u->first + i * k, .total = u->total + i * k, .most = SIZE_MAX};
    }
    for (size_t w = 0; w < workers; w++) {
        MERA_TRY_NEW(u->y[w], s->arena, s->parts * s->rows);
        u->arena[w] = mera_arena_new();
        MERA_TRY_PTR(u->arena[w]);
    }
    return MERA_OK;
}

mera_code mera_sense_units(sense_run *s)
{
    sense_units u = {.s = s};
    mera_variance_unit *place;
    if (s->place == NULL) {
        return MERA_OK;
    }
    mera_code code = sense_units_rooms(s, &u);
    code = code == MERA_OK ? mera_pool_run(s->joint->pool, s->joint->n, sense_unit, &u) : code;
    for (size_t w = 0; u.arena != NULL && w < mera_pool_size(s->joint->pool); w++) {
        mera_arena_free(u.arena[w]);
    }
    MERA_TRY(code);
    MERA_TRY_NEW(place, s->arena, s->joint->result->n_units);
    for (size_t i = 0; i < s->joint->n; i++) {
        place[s->joint->unit[i]] = u.unit[i];
    }
    s->out->place = place;
    return MERA_OK;
}

/* ---- the order of units ---- */

typedef struct sense_key {
    double place;
    size_t unit;
} sense_key;

static int sense_compare(const void *a, const void *b)
{
    const sense_key *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : (x->unit > y->unit) - (x->unit < y->unit);
}

mera_code mera_sense_order(sense_run *s)
{
    sense_key *key;
    size_t *order;
    MERA_TRY_NEW(key, s->arena, s->joint->n);
    MERA_TRY_NEW(order, s->arena, s->joint->n);
    for (size_t i = 0; i < s->joint->n; i++) {
        key[i] = (sense_key){s->joint->ranking.reference[i], s->joint->unit[i]};
    }
    qsort(key, s->joint->n, sizeof *key, sense_compare);
    for (size_t i = 0; i < s->joint->n; i++) {
        order[i] = key[i].unit;
    }
    s->out->order = order;
    s->out->n_ranked = s->joint->n;
    return MERA_OK;
}
