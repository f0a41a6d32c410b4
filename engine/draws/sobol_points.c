/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sobol' points, scrambled, and designs made of them.
 *
 * source  Bratley and Fox, ACM TOMS 14 (1988) 88, algorithm 659 (recurrence); Antonov and Saleev,
 *         USSR Comp. Math. 19 (1980) 252 (Gray code); Owen, Randomly Permuted (t,m,s)-Nets (1995)
 */
#include <string.h>

#include "draws/sobol_table.h"
#include "mera/sensitivity.h"

enum { SOBOL_BITS = 32 };

struct mera_sobol_sequence {
    size_t d;
    bool scrambled;
    uint64_t seed;
    uint32_t (*direction)[SOBOL_BITS]; /* by dimension, the highest bit first */
};

static unsigned sobol_degree(uint16_t polynomial)
{
    return 31u - (unsigned)__builtin_clz(polynomial);
}

/* m_b for b below the degree is given; after that it follows from the polynomial. */
static void sobol_directions(uint16_t polynomial, const uint16_t *start, uint32_t *v)
{
    const unsigned degree = sobol_degree(polynomial);
    for (unsigned b = 0; b < degree; b++) {
        v[b] = (uint32_t)start[b] << (SOBOL_BITS - 1 - b);
    }
    for (unsigned b = degree; b < SOBOL_BITS; b++) {
        v[b] = v[b - degree] ^ v[b - degree] >> degree;
        for (unsigned c = 1; c < degree; c++) {
            if ((polynomial >> (degree - c) & 1) != 0) {
                v[b] ^= v[b - c];
            }
        }
    }
}

mera_code mera_sobol_sequence_new(size_t d, bool scrambled, uint64_t seed, mera_arena *arena,
                                  mera_sobol_sequence **out)
{
    mera_sobol_sequence *s;
    if (d > MERA_SOBOL_DIMENSIONS) {
        return MERA_ELIMIT;
    }
    MERA_TRY_NEW(s, arena, 1);
    MERA_TRY_NEW(s->direction, arena, d);
    const uint16_t *start = mera_sobol_start;
    for (size_t j = 0; j < d; j++) {
        if (j == 0) {
            for (unsigned b = 0; b < SOBOL_BITS; b++) {
                s->direction[j][b] = UINT32_C(1) << (SOBOL_BITS - 1 - b);
            }
            continue;
        }
        sobol_directions(mera_sobol_polynomial[j - 1], start, s->direction[j]);
        start += sobol_degree(mera_sobol_polynomial[j - 1]);
    }
    s->d = d;
    s->scrambled = scrambled;
    s->seed = seed;
    *out = s;
    return MERA_OK;
}

/* A good mixing of 64 bits (Stafford's variant 13 of MurmurHash3's, as in SplitMix64). */
static inline uint64_t sobol_mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

/* Bit b is flipped by a coin that belongs to (seed, dimension, b, the bits above b). A 1 set above
 * these bits tells prefixes of different length apart. */
static uint32_t sobol_scramble(uint32_t x, uint64_t key)
{
    uint32_t flips = 0;
    for (unsigned b = 0; b < SOBOL_BITS; b++) {
        const uint64_t prefix = UINT64_C(1) << b | (uint64_t)x >> (SOBOL_BITS - b);
        const uint64_t coin = sobol_mix(key + prefix * UINT64_C(0x9E3779B97F4A7C15));
        flips |= (uint32_t)(coin >> 63) << (SOBOL_BITS - 1 - b);
    }
    return x ^ flips;
}

static double sobol_coordinate(const mera_sobol_sequence *s, uint32_t gray, size_t j)
{
    uint32_t x = 0;
    for (unsigned b = 0; gray >> b != 0; b++) {
        x ^= (gray >> b & 1) != 0 ? s->direction[j][b] : 0;
        if (b == SOBOL_BITS - 1) {
            break;
        }
    }
    if (!s->scrambled) {
        return (double)x * 0x1p-32;
    }
    const uint64_t key = sobol_mix(sobol_mix(s->seed + UINT64_C(0x9E3779B97F4A7C15)) ^ (j + 1));
    return ((double)sobol_scramble(x, key) + 0.5) * 0x1p-32;
}

void mera_sobol_points(const mera_sobol_sequence *s, uint32_t first, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t index = first + (uint32_t)i, gray = index ^ index >> 1;
        for (size_t j = 0; j < s->d; j++) {
            x[i * s->d + j] = sobol_coordinate(s, gray, j);
        }
    }
}

/* ---- designs ---- */

static size_t design_groups(const mera_sobol_design *d)
{
    return d->group != NULL ? d->n_groups : d->k;
}

size_t mera_sobol_runs(const mera_sobol_design *design)
{
    return design->n * (2 + design_groups(design) * (design->swapped ? 2 : 1));
}

static mera_code design_check(const mera_sobol_design *d, size_t first, size_t count,
                              mera_arena *arena)
{
    bool *used;
    const size_t groups = design_groups(d);
    if (d->n == 0 || d->k == 0 || groups == 0) {
        return MERA_EUSAGE;
    }
    MERA_TRY_NEW(used, arena, groups);
    for (size_t j = 0; d->group != NULL && j < d->k; j++) {
        if (d->group[j] >= groups) {
            return MERA_EUSAGE;
        }
        used[d->group[j]] = true;
    }
    for (size_t g = 0; d->group != NULL && g < groups; g++) {
        if (!used[g]) {
            return MERA_EUSAGE;
        }
    }
    const size_t runs = mera_sobol_runs(d);
    return first <= runs && count <= runs - first ? MERA_OK : MERA_EUSAGE;
}

mera_code mera_sobol_inputs(const mera_sobol_design *design, size_t first, size_t count,
                            mera_arena *arena, double *x)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    const size_t k = design->k, groups = design_groups(design);
    mera_sobol_sequence *s;
    double *point;
    MERA_TRY(design_check(design, first, count, arena));
    MERA_TRY(mera_sobol_sequence_new(2 * k, true, design->seed, arena, &s));
    MERA_TRY_NEW(point, arena, 2 * k);
    for (size_t r = first; r < first + count; r++) {
        const size_t part = r / design->n; /* A, B, groups of A, groups of B */
        const bool of_b = part == 1 || part >= 2 + groups;
        const size_t group = part < 2 ? SIZE_MAX : (part - 2) % groups;
        mera_sobol_points(s, (uint32_t)(r % design->n), 1, point);
        for (size_t j = 0; j < k; j++) {
            const bool other = (design->group != NULL ? design->group[j] : j) == group;
            x[(r - first) * k + j] = point[(of_b != other ? k : 0) + j];
        }
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
