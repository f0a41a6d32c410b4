/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sorting, selecting and ranking columns. Sorting is by the bits of a double (a radix sort of 11
 * bits a pass, least first; a pass whose digit is the same everywhere is left out), so it is stable
 * and takes linear time; short columns are sorted by insertion.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "ops/column.h"

enum { SORT_SHORT = 48, SORT_BITS = 11, SORT_PASSES = 6, SORT_BUCKETS = 1 << SORT_BITS };

const char *const mera_moment_names[] = {"corrected", "population", "sample", NULL};
const char *const mera_tie_names[] = {"min", "max", "mean", "dense", "first", NULL};

/* Bits that order as the doubles do; both zeros are one. */
static uint64_t sort_key(double x)
{
    uint64_t bits;
    x += 0.0; /* -0 becomes 0 */
    memcpy(&bits, &x, sizeof bits);
    return bits ^ ((bits >> 63) != 0 ? ~UINT64_C(0) : UINT64_C(1) << 63);
}

static unsigned sort_digit(uint64_t key, unsigned pass)
{
    return (unsigned)(key >> (pass * SORT_BITS)) & (SORT_BUCKETS - 1);
}

static void sort_count(uint32_t count[SORT_PASSES][SORT_BUCKETS], uint64_t key)
{
    for (unsigned pass = 0; pass < SORT_PASSES; pass++) {
        count[pass][sort_digit(key, pass)]++;
    }
}

/* Turns counts into first places; true when one bucket holds everything. */
static bool sort_places(uint32_t *count, size_t n)
{
    uint32_t sum = 0;
    bool trivial = false;
    for (size_t b = 0; b < SORT_BUCKETS; b++) {
        const uint32_t here = count[b];
        trivial = trivial || here == n;
        count[b] = sum;
        sum += here;
    }
    return trivial;
}

static void sort_short(double *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const double x = v[i];
        size_t j = i;
        for (; j > 0 && v[j - 1] > x; j--) {
            v[j] = v[j - 1];
        }
        v[j] = x;
    }
}

void mera_sort(double *v, size_t n, double *scratch)
{
    assert(n <= UINT32_MAX);
    if (n < SORT_SHORT) {
        sort_short(v, n);
        return;
    }
    uint32_t count[SORT_PASSES][SORT_BUCKETS] = {{0}};
    for (size_t i = 0; i < n; i++) {
        sort_count(count, sort_key(v[i]));
    }
    double *from = v, *to = scratch;
    for (unsigned pass = 0; pass < SORT_PASSES; pass++) {
        if (sort_places(count[pass], n)) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            to[count[pass][sort_digit(sort_key(from[i]), pass)]++] = from[i];
        }
        double *swap = from;
        from = to;
        to = swap;
    }
    if (from != v) {
        memcpy(v, from, n * sizeof *v);
    }
}

static void select_swap(double *a, double *b)
{
    const double t = *a;
    *a = *b;
    *b = t;
}

/* Moves the median of three to v[low + 1], which then bounds the scan from below. */
static void select_pivot(double *v, size_t low, size_t high)
{
    select_swap(&v[low + (high - low) / 2], &v[low + 1]);
    if (v[low] > v[high]) {
        select_swap(&v[low], &v[high]);
    }
    if (v[low + 1] > v[high]) {
        select_swap(&v[low + 1], &v[high]);
    }
    if (v[low] > v[low + 1]) {
        select_swap(&v[low], &v[low + 1]);
    }
}

/* Hoare's FIND with a median of three. */
double mera_select(double *v, size_t n, size_t k)
{
    assert(k < n);
    size_t low = 0, high = n - 1;
    while (high > low + 1) {
        select_pivot(v, low, high);
        size_t i = low + 1, j = high;
        const double pivot = v[low + 1];
        for (;;) {
            do {
                i++;
            } while (v[i] < pivot);
            do {
                j--;
            } while (v[j] > pivot);
            if (j < i) {
                break;
            }
            select_swap(&v[i], &v[j]);
        }
        v[low + 1] = v[j];
        v[j] = pivot;
        if (j >= k) {
            high = j - 1;
        }
        if (j <= k) {
            low = i;
        }
    }
    if (high == low + 1 && v[low] > v[high]) {
        select_swap(&v[low], &v[high]);
    }
    return v[k];
}

mera_code mera_column_sorted(const double *x, size_t n, mera_arena *arena, double **out,
                             size_t *n_out)
{
    double *v = mera_arena_alloc(arena, n, sizeof *v);
    MERA_TRY_PTR(v);
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        v[present] = x[i];
        present += !isnan(x[i]);
    }
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    double *scratch = mera_arena_alloc(arena, present, sizeof *scratch);
    MERA_TRY_PTR(scratch);
    mera_sort(v, present, scratch);
    mera_arena_rewind(arena, mark);
    *out = v;
    *n_out = present;
    return MERA_OK;
}

typedef struct {
    uint64_t key;
    uint32_t index;
} sort_pair;

static sort_pair *sort_pairs(sort_pair *from, sort_pair *to, size_t n)
{
    uint32_t count[SORT_PASSES][SORT_BUCKETS] = {{0}};
    for (size_t i = 0; i < n; i++) {
        sort_count(count, from[i].key);
    }
    for (unsigned pass = 0; pass < SORT_PASSES; pass++) {
        if (sort_places(count[pass], n)) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            to[count[pass][sort_digit(from[i].key, pass)]++] = from[i];
        }
        sort_pair *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

mera_code mera_column_order(const double *x, size_t n, mera_arena *arena, uint32_t **out,
                            size_t *n_out)
{
    assert(n <= UINT32_MAX);
    uint32_t *order = mera_arena_alloc(arena, n, sizeof *order);
    MERA_TRY_PTR(order);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    sort_pair *pairs = mera_arena_alloc(arena, n, 2 * sizeof *pairs);
    MERA_TRY_PTR(pairs);
    size_t present = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            pairs[present++] = (sort_pair){sort_key(x[i]), (uint32_t)i};
        }
    }
    const sort_pair *sorted = sort_pairs(pairs, pairs + n, present);
    for (size_t i = 0; i < present; i++) {
        order[i] = sorted[i].index;
    }
    mera_arena_rewind(arena, mark);
    *out = order;
    *n_out = present;
    return MERA_OK;
}

/* The rank of the `at`-th of equal values that hold the places first..last. */
static double rank_of(mera_tie_rule ties, size_t first, size_t last, size_t at, size_t dense)
{
    switch (ties) {
    case MERA_TIE_MAX:
        return (double)last;
    case MERA_TIE_MEAN:
        return ((double)first + (double)last) / 2;
    case MERA_TIE_DENSE:
        return (double)dense;
    case MERA_TIE_FIRST:
        return (double)at;
    default:
        return (double)first;
    }
}

mera_code mera_column_rank(const double *x, size_t n, mera_tie_rule ties, mera_arena *arena,
                           double *rank)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    uint32_t *order;
    size_t present, dense = 0;
    MERA_TRY(mera_column_order(x, n, arena, &order, &present));
    for (size_t i = 0; i < n; i++) {
        rank[i] = NAN;
    }
    for (size_t start = 0; start < present;) {
        size_t end = start + 1;
        while (end < present && x[order[end]] == x[order[start]]) {
            end++;
        }
        dense++;
        for (size_t i = start; i < end; i++) {
            rank[order[i]] = rank_of(ties, start + 1, end, i + 1, dense);
        }
        start = end;
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/*
 * The first place whose value is not below x (or, with `past`, not even equal to it). The step is
 * chosen by arithmetic and not by a jump, which for values in no order would be guessed wrong half
 * of the time.
 */
static size_t sorted_bound(const double *sorted, size_t n, double x, bool past)
{
    const double *at = sorted;
    while (n > 1) {
        const size_t half = n / 2;
        const bool right = past ? at[half - 1] <= x : at[half - 1] < x;
        at += half & -(size_t)right;
        n -= half;
    }
    if (n == 1 && (past ? *at <= x : *at < x)) {
        at++;
    }
    return (size_t)(at - sorted);
}

size_t mera_sorted_below(const double *sorted, size_t n, double x, size_t *equal)
{
    const size_t below = sorted_bound(sorted, n, x, false);
    if (below + 1 >= n || sorted[below + 1] != x) { /* mostly no or one equal */
        *equal = below < n && sorted[below] == x;
    } else {
        *equal = sorted_bound(sorted + below, n - below, x, true);
    }
    return below;
}
