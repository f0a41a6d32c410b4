/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The inner loops of a run of draws, over tiles of 16 draws: x[j * 16 + lane] is item j of draw
 * `lane` of a tile. Lanes never meet inside a sum, sums run in the order of items, and multiply and
 * add stay two operations, so every vector width gives the same bits; kernels.c is compiled once
 * for each and the best one this processor has is chosen at run time.
 */
#ifndef MERA_DRAWS_KERNELS_H
#define MERA_DRAWS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

enum {
    MERA_TILE = 16, /**< draws side by side */
    MERA_PANEL = 6, /**< units side by side in the product's left side */
};

typedef struct mera_kernels {
    const char *name; /**< "baseline", "avx2", "avx512" */

    /** u[j * 16 + lane], j < k: uniform number j of the stream in draw first + lane, as
     * mera_stream_uniform() gives them. */
    void (*uniforms)(uint64_t seed, uint32_t stream, uint64_t first, size_t k, double *u);

    /** x becomes -ln x, n a multiple of 16, 0 < x < 1: within 1 ulp, and not mera_log()'s bits. */
    void (*minus_log)(double *x, size_t n);

    /** Divides each lane by its sum over k items; a sum of 0 stays as it is. */
    void (*to_shares)(double *x, size_t k);

    /**
     * y[t][i * 16 + lane] = sum_j z_ij w[t][j * 16 + lane] for units i < 6 n_panels and tiles t.
     * `z` by panels of 6 units: z[(panel * k + j) * 6 + unit]; tiles of w and y stand k * 16 and
     * y_stride apart.
     */
    void (*product)(const double *z, size_t n_panels, size_t k, const double *w, double *y,
                    size_t y_stride, size_t n_tiles);

    /**
     * key[i * 16 + lane] = y[i * 16 + lane], or -y unless `ascending`, with the low bits of `mask`
     * replaced by i; a value without a place (NaN) or infinite becomes the largest double. Returns
     * 1 when there is such a value.
     */
    int (*keys)(const double *y, size_t n, int ascending, uint64_t mask, double *key);

    /** Sorts each lane of n rows of 16 keys. There are `size` rows, a power of two not below n, and
     * those from n on are infinite. */
    void (*network)(double *key, size_t n, size_t size);

    /** place[unit * lanes + lane] = 1 + row of its key, for sorted keys. Returns the lanes, a bit
     * each, in which keys differ by the unit alone. `spare`: n * 16. */
    uint32_t (*places)(const double *key, size_t n, uint64_t mask, uint16_t *place, size_t lanes,
                       uint16_t *spare);

    /**
     * For units i < k < n: count[i * n + k] += lanes in which place i is less than place k, and,
     * when `equal`, count[k * n + i] += those where they are the same, less `dead`. Places by
     * place[i * lanes + lane], below 2^15; lanes a multiple of 64 up to 256. `narrow` has room for
     * n * lanes.
     */
    void (*pairs)(const uint16_t *place, size_t n, size_t lanes, int equal, uint32_t dead,
                  int8_t *narrow, uint32_t *count);

    /** count[p - 1] += lanes < n_draws with place p, for p = 1 .. n + 1. `spare`: 4 (n + 2). */
    void (*histogram)(const uint16_t *place, size_t n_draws, size_t n, uint32_t *spare,
                      uint32_t *count);

    /** shift[lane] += |place[i * lanes + lane] - reference[i]| over all units. */
    void (*shifts)(const uint16_t *place, size_t n, size_t lanes, const uint16_t *reference,
                   uint32_t *shift);
} mera_kernels;

/** The fastest this processor can run. */
const mera_kernels *mera_kernels_best(void);

/** By name; NULL when this processor or this build has no such. */
const mera_kernels *mera_kernels_named(const char *name);

#endif
