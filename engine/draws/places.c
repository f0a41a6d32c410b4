/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Ranks 16 draws at a time. A key is a score whose lowest bits are replaced by its unit's number:
 * sorting keys by a network sorts units, 16 draws side by side. Where two keys differ in these bits
 * only, the draw is put in order by the whole scores; equal ones share the least place, as in a
 * score.
 */
#include "draws/places.h"

#include <string.h>

#include "base/math.h"

enum { RADIX_BITS = 11, RADIX_BUCKETS = 1 << RADIX_BITS, RADIX_PASSES = 3 };

void mera_ranking_make(const mera_kernels *kernels, size_t n, bool ascending, bool pairs,
                       mera_ranking *out)
{
    *out = (mera_ranking){.kernels = kernels, .n = n, .ascending = ascending};
    out->lanes = n <= MERA_RANK_PAIRS ? 256 : 64;
    while (out->mask + 1 < n) {
        out->mask = 2 * out->mask + 1;
    }
    out->network = n <= MERA_RANK_NETWORK;
    while (n >> out->bin_bits > MERA_RANK_WHOLE || n * (n >> out->bin_bits) > MERA_RANK_CELLS) {
        out->bin_bits++;
    }
    out->bin = (size_t)1 << out->bin_bits;
    out->n_bins = (n + out->bin - 1) / out->bin;
    out->pair_every = !pairs || n > MERA_RANK_PAIRS ? 0 : n <= MERA_RANK_EVERY ? 1 : 16;
    out->top[0] = 1;
    out->n_top = 1;
}

size_t mera_cells_top(const mera_ranking *r)
{
    return r->n * (r->n_bins + 1);
}

size_t mera_cells_pair(const mera_ranking *r)
{
    return mera_cells_top(r) + r->n * r->n_top;
}

size_t mera_cells(const mera_ranking *r)
{
    return mera_cells_pair(r) + (r->pair_every > 0 ? r->n * r->n : 0);
}

mera_code mera_counts_new(const mera_ranking *r, uint32_t *cell, mera_arena *arena,
                          mera_counts *out)
{
    *out = (mera_counts){.cell = cell};
    if (cell == NULL) {
        MERA_TRY_NEW(out->cell, arena, mera_cells(r));
    }
    if (r->n > r->lanes) {
        MERA_TRY_NEW(out->fresh, arena, mera_cells_top(r));
    }
    MERA_TRY_NEW(out->place_sum, arena, r->n);
    return MERA_OK;
}

mera_code mera_ranking_space_new(const mera_ranking *r, mera_arena *arena, mera_ranking_space *out)
{
    const size_t rows = r->network ? r->mask + 1 : 0;
    MERA_TRY_NEW(out->key, arena, rows * MERA_TILE);
    for (size_t i = r->n * MERA_TILE; i < rows * MERA_TILE; i++) {
        out->key[i] = INFINITY;
    }
    MERA_TRY_NEW(out->sort, arena, 2 * r->n);
    MERA_TRY_NEW(out->column, arena, r->n);
    MERA_TRY_NEW(out->order, arena, r->n);
    MERA_TRY_NEW(out->place, arena, r->n * r->lanes);
    MERA_TRY_NEW(out->by_lane, arena, r->n * MERA_TILE);
    MERA_TRY_NEW(out->shift, arena, r->lanes);
    MERA_TRY_NEW(out->bins, arena, 4 * (r->n + 2));
    MERA_TRY_NEW(out->narrow, arena, r->n * r->lanes);
    MERA_TRY_NEW(out->tied, arena, r->lanes);
    return MERA_OK;
}

/* The scores of a lane as they are ranked: the smaller the better; without a score, none. */
static void rank_column(const mera_ranking *r, const double *y, size_t lane, double *column)
{
    for (size_t i = 0; i < r->n; i++) {
        const double x = y[i * MERA_TILE + lane];
        column[i] = r->ascending ? x : -x;
    }
}

static inline bool rank_before(double a, double b)
{
    return a < b || (!isnan(a) && isnan(b));
}

/* Puts units that stand nearly in order in order. Returns true when some are equal. */
static bool rank_settle(const mera_ranking *r, uint32_t *order, const double *x_of)
{
    bool tied = false;
    for (size_t p = 1; p < r->n; p++) {
        const uint32_t unit = order[p];
        const double x = x_of[unit];
        size_t q = p;
        for (; q > 0 && rank_before(x, x_of[order[q - 1]]); q--) {
            order[q] = order[q - 1];
        }
        order[q] = unit;
        tied = tied || (q > 0 && !rank_before(x_of[order[q - 1]], x));
    }
    return tied;
}

/* Places of settled units: equals share the least, those without a score come after all. */
static void rank_write(const mera_ranking *r, const uint32_t *order, const double *x_of,
                       uint16_t *place)
{
    size_t shared = 0;
    for (size_t p = 0; p < r->n; p++) {
        const double x = x_of[order[p]];
        if (p == 0 || rank_before(x_of[order[p - 1]], x)) {
            shared = p + 1;
        }
        place[order[p] * r->lanes] = (uint16_t)(isnan(x) ? r->n + 1 : shared);
    }
}

static void rank_network_tile(const mera_ranking *r, mera_ranking_space *space, const double *y,
                              size_t t, size_t n_draws)
{
    uint16_t *place = space->place + t * MERA_TILE;
    const bool odd = r->kernels->keys(y, r->n, r->ascending, r->mask, space->key) != 0;
    r->kernels->network(space->key, r->n, r->mask + 1);
    uint32_t near = r->kernels->places(space->key, r->n, r->mask, place, r->lanes, space->by_lane);
    near = odd ? 0xFFFF : near;
    memset(space->tied + t * MERA_TILE, 0, MERA_TILE);
    for (size_t lane = 0; near != 0 && lane < n_draws; lane++) {
        if ((near >> lane & 1) != 0) {
            for (size_t p = 0; p < r->n; p++) {
                uint64_t bits = 0;
                memcpy(&bits, &space->key[p * MERA_TILE + lane], sizeof bits);
                space->order[p] = (uint32_t)(bits & r->mask);
            }
            rank_column(r, y, lane, space->column);
            space->tied[t * MERA_TILE + lane] = rank_settle(r, space->order, space->column);
            rank_write(r, space->order, space->column, place + lane);
        }
    }
}

/* ---- many units: a radix sort by the 32 leading bits of their range ---- */

static uint64_t radix_ordered(double x)
{
    uint64_t bits = 0;
    x = isnan(x) ? INFINITY : x + 0.0;
    memcpy(&bits, &x, sizeof bits);
    return bits ^ ((bits >> 63) != 0 ? ~UINT64_C(0) : UINT64_C(1) << 63);
}

static void radix_keys(const mera_ranking *r, const double *column, uint64_t *key)
{
    uint64_t least = UINT64_MAX, most = 0;
    for (size_t i = 0; i < r->n; i++) {
        key[i] = radix_ordered(column[i]);
        least = key[i] < least ? key[i] : least;
        most = key[i] > most ? key[i] : most;
    }
    unsigned shift = 0;
    while ((most - least) >> shift > UINT32_MAX) {
        shift++;
    }
    for (size_t i = 0; i < r->n; i++) {
        key[i] = (key[i] - least) >> shift << 32 | i;
    }
}

static void radix_order(const mera_ranking *r, mera_ranking_space *space)
{
    uint32_t count[RADIX_PASSES][RADIX_BUCKETS] = {{0}};
    uint64_t *from = space->sort, *to = space->sort + r->n;
    for (size_t i = 0; i < r->n; i++) {
        for (unsigned pass = 0; pass < RADIX_PASSES; pass++) {
            count[pass][from[i] >> (32 + pass * RADIX_BITS) & (RADIX_BUCKETS - 1)]++;
        }
    }
    for (unsigned pass = 0; pass < RADIX_PASSES; pass++) {
        uint32_t sum = 0;
        for (size_t b = 0; b < RADIX_BUCKETS; b++) {
            const uint32_t here = count[pass][b];
            count[pass][b] = sum;
            sum += here;
        }
        for (size_t i = 0; i < r->n; i++) {
            to[count[pass][from[i] >> (32 + pass * RADIX_BITS) & (RADIX_BUCKETS - 1)]++] = from[i];
        }
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    for (size_t p = 0; p < r->n; p++) {
        space->order[p] = (uint32_t)from[p];
    }
}

static void rank_radix_tile(const mera_ranking *r, mera_ranking_space *space, const double *y,
                            size_t t, size_t n_draws)
{
    for (size_t lane = 0; lane < n_draws; lane++) {
        rank_column(r, y, lane, space->column);
        radix_keys(r, space->column, space->sort);
        radix_order(r, space);
        space->tied[t * MERA_TILE + lane] = rank_settle(r, space->order, space->column);
        rank_write(r, space->order, space->column, space->place + t * MERA_TILE + lane);
    }
}

void mera_rank_tile(const mera_ranking *r, mera_ranking_space *space, const double *y, size_t t,
                    size_t n_draws)
{
    if (r->network) {
        rank_network_tile(r, space, y, t, n_draws);
    } else {
        rank_radix_tile(r, space, y, t, n_draws);
    }
}
