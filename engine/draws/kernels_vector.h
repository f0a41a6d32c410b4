/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Vectors of the width the including file is compiled for, and the few operations on them that C
 * has no sign for.
 */
#ifndef MERA_DRAWS_KERNELS_VECTOR_H
#define MERA_DRAWS_KERNELS_VECTOR_H

#include "draws/kernels.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/* MERA_KERNELS_WIDE is for tests on processors without AVX-512: vectors as wide as its, without its
 * instructions. */
#if defined(__AVX512F__) || defined(MERA_KERNELS_WIDE)
enum { BYTES = 64 };
#elif defined(__AVX2__)
enum { BYTES = 32 };
#else
enum { BYTES = 16 };
#endif

enum { LANES = BYTES / 8, VECTORS = MERA_TILE / LANES, SHORTS = BYTES / 2 };

typedef double reals __attribute__((vector_size(BYTES), aligned(8), may_alias));
typedef int64_t whole __attribute__((vector_size(BYTES), aligned(8), may_alias));
typedef uint64_t words __attribute__((vector_size(BYTES), aligned(8), may_alias));
typedef int16_t shorts __attribute__((vector_size(BYTES), aligned(2), may_alias));
typedef int8_t bytes __attribute__((vector_size(BYTES), aligned(1), may_alias));
typedef uint32_t middles __attribute__((vector_size(BYTES), aligned(4), may_alias));
typedef uint16_t eights __attribute__((vector_size(16), aligned(2), may_alias));

/* The lower, the upper halves of two, one of each in turn. */
static inline eights eights_low(eights a, eights b)
{
    return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
static inline eights eights_high(eights a, eights b)
{
    return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/* Products of the lower halves, the lesser, the greater: what a vector unit has but C has not. */
#if defined(MERA_KERNELS_WIDE) || !defined(__SSE2__)
static inline words words_mul(words a, words b)
{
    return (a & 0xFFFFFFFFu) * (b & 0xFFFFFFFFu);
}
static inline reals reals_less(reals a, reals b)
{
    for (int l = 0; l < LANES; l++) {
        a[l] = a[l] < b[l] ? a[l] : b[l];
    }
    return a;
}
static inline reals reals_more(reals a, reals b)
{
    for (int l = 0; l < LANES; l++) {
        a[l] = a[l] > b[l] ? a[l] : b[l];
    }
    return a;
}
#elif defined(__AVX512F__)
static inline words words_mul(words a, words b)
{
    return (words)_mm512_mul_epu32((__m512i)a, (__m512i)b);
}
static inline reals reals_less(reals a, reals b)
{
    return (reals)_mm512_min_pd((__m512d)a, (__m512d)b);
}
static inline reals reals_more(reals a, reals b)
{
    return (reals)_mm512_max_pd((__m512d)a, (__m512d)b);
}
#elif defined(__AVX2__)
static inline words words_mul(words a, words b)
{
    return (words)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}
static inline reals reals_less(reals a, reals b)
{
    return (reals)_mm256_min_pd((__m256d)a, (__m256d)b);
}
static inline reals reals_more(reals a, reals b)
{
    return (reals)_mm256_max_pd((__m256d)a, (__m256d)b);
}
#else
static inline words words_mul(words a, words b)
{
    return (words)_mm_mul_epu32((__m128i)a, (__m128i)b);
}
static inline reals reals_less(reals a, reals b)
{
    return (reals)_mm_min_pd((__m128d)a, (__m128d)b);
}
static inline reals reals_more(reals a, reals b)
{
    return (reals)_mm_max_pd((__m128d)a, (__m128d)b);
}
#endif

#endif
