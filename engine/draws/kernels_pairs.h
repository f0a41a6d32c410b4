/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Counts, for the kernels, in how many draws of a set one unit stands before another, for all pairs
 * of units.
 */
#ifndef MERA_DRAWS_KERNELS_PAIRS_H
#define MERA_DRAWS_KERNELS_PAIRS_H

#include "draws/kernels_vector.h"

/* Lanes of at most 256 added up. */
static inline uint32_t shorts_sum(shorts x)
{
    const middles pairs = ((middles)x & 0xFFFFu) + ((middles)x >> 16);
    const words fours = ((words)pairs & 0xFFFFFFFFu) + ((words)pairs >> 32);
    uint64_t sum = 0;
    for (size_t l = 0; l < LANES; l++) {
        sum += fours[l];
    }
    return (uint32_t)sum;
}

enum {
    PAIRS_NEAR = 24, /* rows that stay in the nearest cache */
    PAIRS_ROWS = 4,  /* rows one is compared with at a time */
};

/* Lanes of four rows' counts, at most 256 each, added up side by side in one word. */
static inline uint64_t shorts_sums(const shorts x[PAIRS_ROWS])
{
    middles pair[PAIRS_ROWS];
    for (size_t m = 0; m < PAIRS_ROWS; m++) {
        pair[m] = ((middles)x[m] & 0xFFFFu) + ((middles)x[m] >> 16);
    }
    const words even = (words)(pair[0] | pair[1] << 16), odd = (words)(pair[2] | pair[3] << 16);
    const words sums = (even & 0xFFFFFFFFu) + (even >> 32) + ((odd << 32) + (odd >> 32 << 32));
    uint64_t sum = 0;
    for (size_t l = 0; l < LANES; l++) {
        sum += sums[l];
    }
    return sum;
}

/* Lanes in which a place is greater than that of each of four rows. Places are below 2^15, so they
 * may be compared as signed, which is one instruction everywhere; its second operand comes from
 * memory for nothing, so it is «greater» that is counted and not «less». */
static inline uint64_t count_greater(const int16_t *a, const int16_t *const row[PAIRS_ROWS],
                                     size_t lanes)
{
    shorts count[PAIRS_ROWS] = {{0}};
#pragma GCC unroll 2
    for (size_t l = 0; l < lanes; l += SHORTS) {
        const shorts own = *(const shorts *)(a + l);
        for (size_t m = 0; m < PAIRS_ROWS; m++) {
            count[m] -= (shorts)(own > *(const shorts *)(row[m] + l));
        }
    }
    return shorts_sums(count);
}

static inline uint32_t count_equal(const int16_t *a, const int16_t *b, size_t lanes)
{
    shorts count = {0};
    for (size_t l = 0; l < lanes; l += SHORTS) {
        count -= (shorts)(*(const shorts *)(a + l) == *(const shorts *)(b + l));
    }
    return shorts_sum(count);
}

/* Row i against rows from .. until - 1, as if no places were equal in any lane but `dead` ones.
 * Beyond the last row it is looked at again, for nothing. */
static void pairs_row(const int16_t *place, size_t lanes, size_t i, size_t from, size_t until,
                      uint32_t dead, uint32_t *count)
{
    for (size_t k = from; k < until; k += PAIRS_ROWS) {
        const int16_t *row[PAIRS_ROWS];
        for (size_t m = 0; m < PAIRS_ROWS; m++) {
            row[m] = place + (k + m < until ? k + m : until - 1) * lanes;
        }
        const uint64_t greater = count_greater(place + i * lanes, row, lanes);
        for (size_t m = 0; m < PAIRS_ROWS && k + m < until; m++) {
            count[k + m] += (uint32_t)lanes - dead - (uint32_t)(greater >> 16 * m & 0xFFFF);
        }
    }
}

static void pairs_wide(const int16_t *place, size_t n, size_t lanes, int equal, uint32_t dead,
                       uint32_t *count)
{
    for (size_t near = 1; near < n; near += PAIRS_NEAR) {
        const size_t end = near + PAIRS_NEAR < n ? near + PAIRS_NEAR : n;
        for (size_t i = 0; i + 1 < end; i++) {
            const size_t from = i + 1 > near ? i + 1 : near;
            pairs_row(place, lanes, i, from, end, dead, count + i * n);
            for (size_t k = from; equal && k < end; k++) {
                const uint32_t same =
                    count_equal(place + i * lanes, place + k * lanes, lanes) - dead;
                count[k * n + i] += same;
                count[i * n + k] -= same;
            }
        }
    }
}

/* Bytes hold the place less 128, so that they too compare as signed. */
enum { NARROW = 256, NARROW_VECTORS = NARROW / BYTES, NARROW_MOST = 254 };

static inline uint32_t bytes_sum(bytes x)
{
    return shorts_sum((shorts)(((shorts)x & 0xFF) + (((shorts)x >> 8) & 0xFF)));
}

static inline uint32_t narrow_less(const bytes own[NARROW_VECTORS], const int8_t *other)
{
    bytes count = {0};
    for (size_t v = 0; v < NARROW_VECTORS; v++) {
        count -= (bytes)(own[v] < *(const bytes *)(other + v * BYTES));
    }
    return bytes_sum(count);
}

static inline uint32_t narrow_equal(const bytes own[NARROW_VECTORS], const int8_t *other)
{
    bytes count = {0};
    for (size_t v = 0; v < NARROW_VECTORS; v++) {
        count -= (bytes)(own[v] == *(const bytes *)(other + v * BYTES));
    }
    return bytes_sum(count);
}

static void pairs_narrow(const int8_t *place, size_t n, int equal, uint32_t dead, uint32_t *count)
{
    for (size_t i = 0; i + 1 < n; i++) {
        bytes own[NARROW_VECTORS];
        for (size_t v = 0; v < NARROW_VECTORS; v++) {
            own[v] = *(const bytes *)(place + i * NARROW + v * BYTES);
        }
        for (size_t k = i + 1; k < n; k++) {
            count[i * n + k] += narrow_less(own, place + k * NARROW);
        }
        for (size_t k = i + 1; equal && k < n; k++) {
            count[k * n + i] += narrow_equal(own, place + k * NARROW) - dead;
        }
    }
}

static inline void pairs(const uint16_t *place, size_t n, size_t lanes, int equal, uint32_t dead,
                         int8_t *narrow, uint32_t *count)
{
    if (n > NARROW_MOST || lanes != NARROW) {
        pairs_wide((const int16_t *)place, n, lanes, equal, dead, count);
        return;
    }
    for (size_t c = 0; c < n * NARROW; c++) {
        narrow[c] = (int8_t)((int)place[c] - 128);
    }
    pairs_narrow(narrow, n, equal, dead, count);
}

#endif
