/* SPDX-License-Identifier: Apache-2.0 */
/** @file Draws whose scores are made elsewhere: the same places, counts and sums. */
#include <stdlib.h>
#include <string.h>

#include "draws/outside_units.h"

/* Tiles of up to a block of draws; lanes beyond `count` repeat the last. */
static void outside_fill(const mera_draws *draws, mera_drawer *d, size_t count, const double *score)
{
    const size_t n = draws->ranking.n, tiles = (count + MERA_TILE - 1) / MERA_TILE;
    for (size_t l = 0; l < tiles * MERA_TILE; l++) {
        const double *from = score + (l < count ? l : count - 1) * n;
        double *to = d->y + l / MERA_TILE * mera_draws_rows(draws) * MERA_TILE + l % MERA_TILE;
        for (size_t i = 0; i < n; i++) {
            to[i * MERA_TILE] = from[i];
        }
    }
}

static void outside_rank(const mera_draws *draws, mera_drawer *d, size_t count, const double *score)
{
    outside_fill(draws, d, count, score);
    for (size_t t = 0; t * MERA_TILE < count; t++) {
        const size_t left = count - t * MERA_TILE;
        mera_rank_tile(&draws->ranking, &d->ranking, d->y + t * mera_draws_rows(draws) * MERA_TILE,
                       t, left < MERA_TILE ? left : MERA_TILE);
    }
}

static mera_code outside_setup(mera_draws *draws, const double *reference)
{
    const mera_draws_ask *ask = &draws->ask;
    draws->outside = true;
    draws->kernels = ask->kernels != NULL ? mera_kernels_named(ask->kernels) : mera_kernels_best();
    draws->scorer = (mera_scorer){.n = ask->n, .n_complete = ask->n};
    draws->scorer.ascending = ask->lower_is_better;
    MERA_TRY_NEW(draws->scorer.unit, draws->arena, ask->n);
    for (size_t i = 0; i < ask->n; i++) {
        draws->scorer.unit[i] = i;
    }
    mera_ranking_make(draws->kernels, ask->n, ask->lower_is_better, !ask->no_pairs,
                      &draws->ranking);
    for (size_t t = 0; t < ask->n_top; t++) {
        draws->ranking.top[draws->ranking.n_top++] = ask->top[t];
    }
    MERA_TRY_NEW(draws->ranking.reference, draws->arena, ask->n);
    MERA_TRY(mera_draws_totals(draws));
    MERA_TRY(mera_draws_pool(draws));
    MERA_TRY_NEW(draws->drawer, draws->arena, mera_pool_size(draws->pool));
    for (unsigned w = 0; w < mera_pool_size(draws->pool); w++) {
        MERA_TRY(mera_draws_drawer(draws, &draws->drawer[w]));
    }
    draws->block = draws->ranking.lanes;
    draws->print = mera_draws_print(ask, &draws->ranking);
    outside_rank(draws, draws->drawer, 1, reference);
    for (size_t i = 0; i < ask->n; i++) {
        draws->ranking.reference[i] = draws->drawer->ranking.place[i * draws->ranking.lanes];
    }
    return MERA_OK;
}

mera_code mera_draws_open_scores(const mera_draws_ask *ask, const double *reference,
                                 mera_diags *diags, mera_draws **out)
{
    if (ask->n > MERA_RANK_LIMIT) {
        return mera_fail(diags, MERA_ELIMIT, "draws", MERA_NOWHERE,
                         "%zu units are more than the %d whose places can be counted", ask->n,
                         MERA_RANK_LIMIT);
    }
    if (ask->n_top > MERA_TOPS ||
        (ask->kernels != NULL && mera_kernels_named(ask->kernels) == NULL)) {
        return mera_fail(diags, MERA_EUSAGE, "draws", MERA_NOWHERE,
                         "draws have at most %d tops and kernels that this processor has",
                         MERA_TOPS);
    }
    mera_draws *draws = calloc(1, sizeof *draws);
    MERA_TRY_PTR(draws);
    draws->ask = *ask;
    draws->ask.k = draws->ask.n_nodes = 0;
    draws->ask.central = false;
    draws->arena = mera_arena_new();
    const mera_code rc = draws->arena != NULL ? outside_setup(draws, reference) : MERA_ENOMEM;
    if (rc != MERA_OK) {
        mera_draws_close(draws);
        return rc;
    }
    *out = draws;
    return MERA_OK;
}

typedef struct outside_batch {
    const mera_draws *draws;
    size_t count;
    const double *score;   /* or, NULL: */
    const uint16_t *place; /* with ties */
    const uint8_t *tied;
} outside_batch;

/* Places of `count` draws from `at` into the lanes of a block. */
static void outside_take(const outside_batch *batch, mera_drawer *d, size_t at, size_t count)
{
    const size_t n = batch->draws->ranking.n, lanes = batch->draws->ranking.lanes;
    for (size_t l = 0; l < count; l++) {
        const uint16_t *from = batch->place + (at + l) * n;
        for (size_t i = 0; i < n; i++) {
            d->ranking.place[i * lanes + l] = from[i];
        }
    }
    memcpy(d->ranking.tied, batch->tied + at, count);
}

static mera_code outside_job(void *context, size_t job, unsigned worker)
{
    const outside_batch *batch = context;
    const mera_draws *draws = batch->draws;
    mera_drawer *d = &draws->drawer[worker];
    const size_t at = job * draws->ranking.lanes, left = batch->count - at;
    const size_t here = left < draws->ranking.lanes ? left : draws->ranking.lanes;
    if (batch->score != NULL) {
        outside_rank(draws, d, here, batch->score + at * draws->ranking.n);
    } else {
        outside_take(batch, d, at, here);
    }
    mera_count_block(&draws->ranking, &d->ranking, draws->total.done + at, here, &d->counts);
    return MERA_OK;
}

/* Blocks of draws, each thread with counts of its own, which it has when they are needed. */
static mera_code outside_blocks(mera_draws *draws, outside_batch *batch)
{
    const size_t jobs = (batch->count + draws->ranking.lanes - 1) / draws->ranking.lanes;
    for (unsigned w = 1; w < mera_pool_size(draws->pool); w++) {
        mera_counts *counts = &draws->drawer[w].counts;
        MERA_TRY(counts->cell != NULL
                     ? MERA_OK
                     : mera_counts_new(&draws->ranking, NULL, draws->arena, counts));
    }
    return mera_pool_run(draws->pool, jobs, outside_job, batch);
}

static mera_code outside_add(mera_draws *draws, outside_batch *batch)
{
    if (!draws->outside) {
        return MERA_EUSAGE;
    }
    if (batch->count > UINT32_MAX - draws->total.done) {
        return MERA_ELIMIT;
    }
    if (batch->place != NULL && draws->ranking.pair_every == 0) {
        MERA_TRY(mera_draws_count_units(draws, batch->count, batch->place, batch->tied));
    } else {
        MERA_TRY(outside_blocks(draws, batch));
    }
    draws->total.done += batch->count;
    mera_draws_collect(draws);
    return MERA_OK;
}

mera_code mera_draws_add_scores(mera_draws *draws, size_t count, const double *score)
{
    return outside_add(draws, &(outside_batch){.draws = draws, .count = count, .score = score});
}

mera_code mera_draws_add_places(mera_draws *draws, size_t count, const uint16_t *place,
                                const uint8_t *tied)
{
    return outside_add(
        draws, &(outside_batch){.draws = draws, .count = count, .place = place, .tied = tied});
}
