/* SPDX-License-Identifier: Apache-2.0 */
/** @file Kernels: each does what its plain loop does, and all vector widths give the same bits. */
#include "mera_test.h"

#include <stdlib.h>

#include "base/math.h"
#include "draws/kernels.h"
#include "draws/random.h"

static const char *const names[] = {"baseline", "avx2", "avx512"};

extern const mera_kernels mera_kernels_wide; /* as wide as AVX-512's, on any processor */

/* Runs `check` on every set of kernels that this processor has. */
static void for_all(void (*check)(const mera_kernels *k))
{
    check(&mera_kernels_wide);
    size_t n = 0;
    for (size_t i = 0; i < 3; i++) {
        const mera_kernels *k = mera_kernels_named(names[i]);
        if (k != NULL) {
            check(k);
            n++;
        }
    }
    assert_true(n > 0);
}

static void check_uniforms(const mera_kernels *k)
{
    const uint64_t seed = 0x123456789abcdef0u, first = UINT64_C(0xfffffff8); /* crosses a word */
    double u[7 * MERA_TILE];
    k->uniforms(seed, 5, first, 7, u);
    for (size_t lane = 0; lane < MERA_TILE; lane++) {
        mera_stream s = mera_stream_of(seed, 5, first + lane);
        for (size_t j = 0; j < 7; j++) {
            assert_true(u[j * MERA_TILE + lane] == mera_stream_uniform(&s));
        }
    }
}

static void uniforms_are_those_of_the_streams(void **state)
{
    (void)state;
    for_all(check_uniforms);
}

static void check_logs(const mera_kernels *k)
{
    static double x[1 << 16], y[1 << 16];
    uint64_t hash = 0;
    for (size_t i = 0; i < 1 << 16; i++) {
        x[i] = mera_uniform_of(i * UINT64_C(0x9E3779B97F4A7C15));
    }
    x[0] = 0x1p-53;
    x[1] = 1 - 0x1p-53;
    x[2] = 0x1.6a09e667f3bcdp-1;
    memcpy(y, x, sizeof y);
    k->minus_log(y, 1 << 16);
    for (size_t i = 0; i < 1 << 16; i++) {
        const double expected = -mera_log(x[i]);
        assert_true(fabs(y[i] - expected) <= 2.3e-16 * expected);
        uint64_t bits;
        memcpy(&bits, &y[i], sizeof bits);
        hash = (hash ^ bits) * UINT64_C(0x100000001b3);
    }
    assert_int_equal(hash, UINT64_C(0x72373842c4744b81));
}

static void logarithms_are_near_and_the_same_everywhere(void **state)
{
    (void)state;
    for_all(check_logs);
}

enum { UNITS = 17 * MERA_PANEL, ITEMS = 650, TILES = 2 };

/* Of `units` units, a multiple of MERA_PANEL, and `items` columns. */
static void check_product_of(const mera_kernels *k, size_t units, size_t items)
{
    static double z[UNITS * ITEMS], w[TILES * ITEMS * MERA_TILE], y[TILES * UNITS * MERA_TILE];
    mera_stream s = mera_stream_of(1, 0, 0);
    for (size_t i = 0; i < units * items; i++) {
        z[i] = 100 * mera_stream_uniform(&s) - 30;
    }
    for (size_t i = 0; i < TILES * items * MERA_TILE; i++) {
        w[i] = mera_stream_uniform(&s);
    }
    for (size_t i = 0; i < TILES * units * MERA_TILE; i++) {
        y[i] = NAN; /* what was there before counts for nothing */
    }
    k->product(z, units / MERA_PANEL, items, w, y, units * MERA_TILE, TILES);
    for (size_t i = 0; i < units; i++) {
        for (size_t d = 0; d < (size_t)TILES * MERA_TILE; d++) {
            volatile double sum = 0; /* each product and each sum rounded, in this order */
            for (size_t j = 0; j < items; j++) {
                const volatile double term =
                    w[(d / MERA_TILE * items + j) * MERA_TILE + d % MERA_TILE] *
                    z[(i / MERA_PANEL * items + j) * MERA_PANEL + i % MERA_PANEL];
                sum += term;
            }
            assert_true(y[(d / MERA_TILE * units + i) * MERA_TILE + d % MERA_TILE] == sum);
        }
    }
}

/* Small, in one go, in several: more columns and more panels than are near at a time. */
static void check_product(const mera_kernels *k)
{
    check_product_of(k, 2 * MERA_PANEL, 37);
    check_product_of(k, MERA_PANEL, 383);
    check_product_of(k, MERA_PANEL, 384);
    check_product_of(k, UNITS, ITEMS);
}

static void products_add_item_by_item(void **state)
{
    (void)state;
    for_all(check_product);
}

static void check_shares(const mera_kernels *k)
{
    double x[3 * MERA_TILE];
    for (size_t i = 0; i < (size_t)3 * MERA_TILE; i++) {
        x[i] = (double)(i * i % 17);
    }
    for (size_t j = 0; j < 3; j++) {
        x[j * MERA_TILE + 4] = 0;
    }
    double y[3 * MERA_TILE];
    memcpy(y, x, sizeof y);
    k->to_shares(y, 3);
    for (size_t l = 0; l < MERA_TILE; l++) {
        const double sum = x[l] + x[MERA_TILE + l] + x[2 * MERA_TILE + l];
        for (size_t j = 0; j < 3; j++) {
            const double one = x[j * MERA_TILE + l];
            assert_true(y[j * MERA_TILE + l] == (sum == 0 ? 0 : one / sum));
        }
    }
}

static void shares_sum_to_1_or_are_0(void **state)
{
    (void)state;
    for_all(check_shares);
}

enum { KEYS_MOST = 1024 };

static int compare_keys(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Half the keys are of a few values, so that many are equal. */
static void check_network_of(const mera_kernels *k, size_t n, size_t size)
{
    static double key[KEYS_MOST * MERA_TILE], lane[MERA_TILE][KEYS_MOST];
    mera_stream s = mera_stream_of(4, (uint32_t)n, 0);
    for (size_t i = 0; i < size * MERA_TILE; i++) {
        const double x = mera_stream_uniform(&s) - 0.5;
        key[i] = i >= n * MERA_TILE ? INFINITY : x < 0 ? floor(8 * x) : x;
        lane[i % MERA_TILE][i / MERA_TILE] = key[i];
    }
    k->network(key, n, size);
    for (size_t l = 0; l < MERA_TILE; l++) {
        qsort(lane[l], n, sizeof **lane, compare_keys);
        for (size_t i = 0; i < size; i++) {
            assert_true(key[i * MERA_TILE + l] == lane[l][i]);
        }
    }
}

static void check_network(const mera_kernels *k)
{
    for (size_t n = 0, size = 1; n <= 130; n++) {
        size = n > size ? 2 * size : size;
        check_network_of(k, n, size);
    }
    check_network_of(k, 256, 256);
    check_network_of(k, 300, KEYS_MOST); /* more rows than are needed */
    check_network_of(k, 511, 512);
    check_network_of(k, 513, KEYS_MOST);
    check_network_of(k, KEYS_MOST, KEYS_MOST);
}

static void networks_sort_each_lane(void **state)
{
    (void)state;
    for_all(check_network);
}

/* Row p of lane l holds unit (7 p + l) mod n; in lanes 3 and 12 a score stands twice. */
static void check_places_of(const mera_kernels *k, size_t n, uint64_t mask, size_t lanes)
{
    static double key[130 * MERA_TILE];
    static uint16_t place[130 * 64], column[130 * MERA_TILE];
    for (size_t c = 0; c < n * MERA_TILE; c++) {
        const size_t p = c / MERA_TILE, l = c % MERA_TILE;
        const bool twice = p == n / 2 && (l == 3 || l == 12);
        const double score = 1 + (double)(twice ? p - 1 : p) / 256;
        uint64_t bits;
        memcpy(&bits, &score, sizeof bits);
        bits = (bits & ~mask) | (7 * p + l) % n;
        memcpy(&key[c], &bits, sizeof bits);
    }
    memset(place, 0, sizeof place);
    const uint32_t near = k->places(key, n, mask, place + 16, lanes, column);
    assert_int_equal(near, n > 1 ? 1 << 3 | 1 << 12 : 0);
    for (size_t c = 0; c < n * lanes; c++) {
        const size_t p = c / lanes, l = c % lanes;
        if (l >= 16 && l < 32) {
            assert_int_equal(place[(7 * p + l - 16) % n * lanes + l], p + 1);
        } else {
            assert_int_equal(place[c], 0);
        }
    }
}

static void check_places(const mera_kernels *k)
{
    check_places_of(k, 1, 1, 64);
    check_places_of(k, 6, 7, 64);
    check_places_of(k, 8, 7, 64);
    check_places_of(k, 129, 255, 64);
}

static void places_are_rows_of_keys(void **state)
{
    (void)state;
    for_all(check_places);
}

/* A permutation a lane: only `dead` lanes have equal places. */
static void check_untied_of(const mera_kernels *k, size_t n, size_t lanes, size_t dead)
{
    static uint16_t place[300 * 256];
    static uint32_t count[300 * 300];
    static int8_t narrow[300 * 256];
    for (size_t c = 0; c < n * lanes; c++) { /* n and 7 have no common divisor */
        const size_t i = c / lanes, l = c % lanes;
        place[c] = (uint16_t)(l < dead ? 0 : 1 + (7 * i + l) % n);
    }
    memset(count, 0, sizeof count);
    k->pairs(place, n, lanes, 0, (uint32_t)dead, narrow, count);
    for (size_t i = 0; i < n; i += 3) {
        for (size_t b = 0; b < n; b++) {
            uint32_t less = 0;
            for (size_t l = 0; l < lanes && b > i; l++) {
                less += place[i * lanes + l] < place[b * lanes + l];
            }
            assert_true(b > i ? count[i * n + b] == less : count[i * n + b] == 0);
        }
    }
}

static void check_untied(const mera_kernels *k)
{
    check_untied_of(k, 40, 256, 5);
    check_untied_of(k, 40, 64, 5);
    check_untied_of(k, 297, 256, 0);
    check_untied_of(k, 299, 256, 256);
}

static void pairs_without_ties_are_counted(void **state)
{
    (void)state;
    for_all(check_untied);
}

enum { LANES_MOST = 256, ROWS = 60 };

/* `limit` 250 are places that fit in bytes, others do not. */
static void check_counts_of(const mera_kernels *k, size_t lanes, size_t n, uint64_t limit)
{
    static uint16_t place[300 * LANES_MOST], reference[300];
    static uint32_t count[300 * 300];
    static int8_t narrow[300 * LANES_MOST];
    uint32_t shift[LANES_MOST] = {0};
    mera_stream s = mera_stream_of(2, 0, 0);
    for (size_t i = 0; i < n * lanes; i++) {
        place[i] = (uint16_t)(mera_stream_bits(&s) % limit);
        place[i] = i % 5 == 0 ? 3 : place[i];
        reference[i % n] = (uint16_t)(i % 300);
    }
    memset(count, 0, sizeof count);
    k->pairs(place, n, lanes, 1, 2, narrow, count);
    k->shifts(place, n, lanes, reference, shift);
    for (size_t i = 0; i < n; i += 7) {
        for (size_t b = i + 1; b < n; b++) {
            uint32_t less = 0, equal = 0;
            for (size_t l = 0; l < lanes; l++) {
                less += place[i * lanes + l] < place[b * lanes + l];
                equal += place[i * lanes + l] == place[b * lanes + l];
            }
            assert_int_equal(count[i * n + b], less);
            assert_int_equal(count[b * n + i], equal - 2);
        }
    }
    for (size_t l = 0; l < lanes; l++) {
        uint32_t sum = 0;
        for (size_t i = 0; i < n; i++) {
            sum += (uint32_t)abs((int)place[i * lanes + l] - (int)reference[i]);
        }
        assert_int_equal(shift[l], sum);
    }
}

static void check_counts(const mera_kernels *k)
{
    check_counts_of(k, 192, 60, 30000);
    check_counts_of(k, 256, 60, 250);
    check_counts_of(k, 256, 254, 255);
    check_counts_of(k, 256, 300, 301);
}

static void pairs_and_shifts_are_counted(void **state)
{
    (void)state;
    for_all(check_counts);
}

static void check_histogram(const mera_kernels *k)
{
    uint16_t place[LANES_MOST];
    uint32_t count[ROWS + 1] = {0}, expected[ROWS + 1] = {0}, spare[4 * (ROWS + 2)];
    mera_stream s = mera_stream_of(3, 0, 0);
    for (size_t n_draws = 0; n_draws <= LANES_MOST; n_draws += 61) {
        for (size_t l = 0; l < LANES_MOST; l++) {
            place[l] = (uint16_t)(1 + mera_stream_bits(&s) % (ROWS + 1));
            expected[place[l] - 1] += l < n_draws;
        }
        k->histogram(place, n_draws, ROWS, spare, count);
        assert_memory_equal(count, expected, sizeof count);
    }
}

static void histograms_add_up(void **state)
{
    (void)state;
    for_all(check_histogram);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uniforms_are_those_of_the_streams),
        cmocka_unit_test(logarithms_are_near_and_the_same_everywhere),
        cmocka_unit_test(products_add_item_by_item),
        cmocka_unit_test(shares_sum_to_1_or_are_0),
        cmocka_unit_test(networks_sort_each_lane),
        cmocka_unit_test(places_are_rows_of_keys),
        cmocka_unit_test(pairs_and_shifts_are_counted),
        cmocka_unit_test(pairs_without_ties_are_counted),
        cmocka_unit_test(histograms_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
