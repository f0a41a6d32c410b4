/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Runs draws: jobs of one block each, dealt out to threads by number. Each thread adds whole
 * numbers to counts of its own; between rounds of blocks these go into the totals, the caller hears
 * how far it is and may stop.
 */
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "draws/internal.h"

enum {
    DRAWS_ROUND = 64,       /* blocks between two calls of progress */
    DRAWS_NEAR = 768 << 10, /* bytes of weights that are used together */
};

static mera_code draws_check(const mera_draws_ask *ask, mera_diags *diags)
{
    if (ask->n > MERA_RANK_LIMIT) {
        return mera_fail(diags, MERA_ELIMIT, "draws", MERA_NOWHERE,
                         "%zu units are more than the %d whose places can be counted", ask->n,
                         MERA_RANK_LIMIT);
    }
    if (ask->n_nodes == 0 || ask->k == 0 || ask->n_top > MERA_TOPS) {
        return mera_fail(diags, MERA_EUSAGE, "draws", MERA_NOWHERE,
                         "draws need a node, a column, and at most %d tops", MERA_TOPS);
    }
    if (ask->kernels != NULL && mera_kernels_named(ask->kernels) == NULL) {
        return mera_fail(diags, MERA_EUSAGE, "draws", MERA_NOWHERE,
                         "this processor has no kernels '%s'", ask->kernels);
    }
    return MERA_OK;
}

mera_code mera_draws_drawer(const mera_draws *draws, mera_drawer *d)
{
    const size_t n = draws->ranking.n, k = draws->scorer.k,
                 tiles = draws->ranking.lanes / MERA_TILE;
    const size_t rows = n + MERA_PANEL; /* the last panel may reach beyond the units */
    MERA_TRY(mera_scorer_space_new(&draws->scorer, draws->arena, &d->scorer));
    MERA_TRY(mera_ranking_space_new(&draws->ranking, draws->arena, &d->ranking));
    const bool first = d == draws->drawer;
    if (first || !draws->outside) { /* from outside, places may need no others */
        MERA_TRY(mera_counts_new(&draws->ranking, first ? draws->total.cell : NULL, draws->arena,
                                 &d->counts));
    }
    MERA_TRY_NEW(d->w, draws->arena, tiles * k * MERA_TILE);
    MERA_TRY_NEW(d->y, draws->arena, (draws->outside ? tiles : draws->group) * rows * MERA_TILE);
    if (draws->ask.central) {
        MERA_TRY_NEW(d->central, draws->arena, n * k);
    }
    return MERA_OK;
}

mera_code mera_draws_totals(mera_draws *draws)
{
    const size_t n = draws->ranking.n;
    MERA_TRY_NEW(draws->total.cell, draws->arena, mera_cells(&draws->ranking));
    MERA_TRY_NEW(draws->total.place_sum, draws->arena, n);
    if (draws->ask.central) {
        MERA_TRY_NEW(draws->total.central, draws->arena, n * draws->scorer.k);
    }
    return MERA_OK;
}

/* Tiles whose weights stay near while all units go by: the table, which is from farther away, is
 * read once for them all. */
static size_t draws_group_of(const mera_draws *draws)
{
    const size_t tiles = draws->ranking.lanes / MERA_TILE;
    const size_t near = DRAWS_NEAR / (draws->scorer.k * MERA_TILE * sizeof(double));
    return near == 0 ? 1 : near < tiles ? near : tiles;
}

static size_t draws_block(const mera_draws *draws)
{
    const size_t asked = draws->ask.block, most = draws->ranking.lanes;
    return asked == 0 || asked > most ? most : asked;
}

/* Each thread counts for itself: with very many units there are fewer threads, so that their counts
 * stay below 1 GiB. */
mera_code mera_draws_pool(mera_draws *draws)
{
    const size_t bytes = mera_cells(&draws->ranking) * sizeof *draws->drawer->counts.cell +
                         mera_cells_top(&draws->ranking) * sizeof *draws->drawer->counts.fresh;
    const size_t most = ((size_t)1 << 30) / (bytes + 1) + 1;
    MERA_TRY(mera_pool_open(draws->ask.threads, &draws->pool));
    if (mera_pool_size(draws->pool) > most) {
        mera_pool_close(draws->pool);
        draws->pool = NULL;
        MERA_TRY(mera_pool_open((unsigned)most, &draws->pool));
    }
    return MERA_OK;
}

static mera_code draws_setup(mera_draws *draws, mera_diags *diags)
{
    const mera_draws_ask *ask = &draws->ask;
    draws->kernels = ask->kernels != NULL ? mera_kernels_named(ask->kernels) : mera_kernels_best();
    MERA_TRY(mera_scorer_make(ask, draws->arena, diags, &draws->scorer));
    MERA_TRY(mera_scorer_pack(&draws->scorer, draws->arena));
    mera_ranking_make(draws->kernels, draws->scorer.n, draws->scorer.ascending, !ask->no_pairs,
                      &draws->ranking);
    for (size_t t = 0; t < ask->n_top; t++) {
        draws->ranking.top[draws->ranking.n_top++] = ask->top[t];
    }
    MERA_TRY_NEW(draws->ranking.reference, draws->arena, draws->ranking.n);
    draws->group = draws_group_of(draws);
    MERA_TRY(mera_draws_totals(draws));
    MERA_TRY(mera_draws_pool(draws));
    MERA_TRY_NEW(draws->drawer, draws->arena, mera_pool_size(draws->pool));
    for (unsigned w = 0; w < mera_pool_size(draws->pool); w++) {
        MERA_TRY(mera_draws_drawer(draws, &draws->drawer[w]));
    }
    draws->block = draws_block(draws);
    draws->print = mera_draws_print(ask, &draws->ranking);
    mera_draws_given(draws, &draws->drawer[0], NULL, draws->ranking.reference);
    return MERA_OK;
}

mera_code mera_draws_open(const mera_draws_ask *ask, mera_diags *diags, mera_draws **out)
{
    MERA_TRY(draws_check(ask, diags));
    mera_draws *draws = calloc(1, sizeof *draws);
    MERA_TRY_PTR(draws);
    draws->ask = *ask;
    draws->arena = mera_arena_new();
    const mera_code rc = draws->arena != NULL ? draws_setup(draws, diags) : MERA_ENOMEM;
    if (rc != MERA_OK) {
        mera_draws_close(draws);
        return rc;
    }
    *out = draws;
    return MERA_OK;
}

void mera_draws_close(mera_draws *draws)
{
    if (draws != NULL) {
        mera_pool_close(draws->pool);
        mera_arena_free(draws->arena);
        free(draws);
    }
}

uint64_t mera_draws_done(const mera_draws *draws)
{
    return draws->total.done;
}

/* ---- scores ---- */

size_t mera_draws_rows(const mera_draws *draws)
{
    return draws->ranking.n + MERA_PANEL;
}

static void draws_scores(const mera_draws *draws, const double *w, size_t n_tiles, double *y)
{
    const mera_scorer *s = &draws->scorer;
    draws->kernels->product(s->panel, s->n_panels, s->k, w, y, mera_draws_rows(draws) * MERA_TILE,
                            n_tiles);
}

/* Draws weights of a group of tiles and scores them. */
static void draws_group(const mera_draws *draws, mera_drawer *d, uint64_t first, size_t n_tiles,
                        double *w)
{
    const mera_scorer *s = &draws->scorer;
    const bool rest = s->n_complete < s->n;
    for (size_t t = 0; t < n_tiles; t++) {
        double *own = w + t * s->k * MERA_TILE, *y = d->y + t * mera_draws_rows(draws) * MERA_TILE;
        mera_scorer_weights(s, draws->kernels, draws->ask.seed, first + t * MERA_TILE, &d->scorer,
                            own);
        if (rest) { /* the shares of this tile stand in the space now */
            draws_scores(draws, own, 1, y);
            mera_scorer_rest(s, &d->scorer, y);
        }
    }
    if (!rest) {
        draws_scores(draws, w, n_tiles, d->y);
    }
}

/* All nodes at their given shares, or the root's columns at `weight`. */
static void draws_fix(const mera_draws *draws, mera_drawer *d, const double *weight)
{
    const mera_scorer *s = &draws->scorer;
    mera_sampler fixed;
    for (size_t v = 0; v < s->n_nodes; v++) {
        fixed = s->sampler[v];
        fixed.law.kind = MERA_LAW_FIXED;
        mera_sampler_tile(&fixed, draws->kernels, 0, 0, NULL, d->scorer.share[v]);
    }
    mera_scorer_down(s, &d->scorer, d->w);
    for (size_t i = 0; weight != NULL && i < s->k * MERA_TILE; i++) {
        d->w[i] = weight[i / MERA_TILE];
    }
}

void mera_draws_given(const mera_draws *draws, mera_drawer *d, const double *weight,
                      uint16_t *place)
{
    draws_fix(draws, d, weight);
    draws_scores(draws, d->w, 1, d->y);
    mera_scorer_rest(&draws->scorer, &d->scorer, d->y);
    mera_rank_tile(&draws->ranking, &d->ranking, d->y, 0, 1);
    for (size_t i = 0; i < draws->ranking.n; i++) {
        place[i] = d->ranking.place[i * draws->ranking.lanes];
    }
}

/* ---- running ---- */

/* Weights of a draw are added to the unit that is first in it (to each of those that share it). */
static void draws_central(const mera_draws *draws, mera_drawer *d, size_t n_draws)
{
    const size_t k = draws->scorer.k, lanes = draws->ranking.lanes;
    for (size_t i = 0; i < draws->ranking.n; i++) {
        for (size_t l = 0; l < n_draws; l++) {
            const double *w = d->w + l / MERA_TILE * k * MERA_TILE + l % MERA_TILE;
            for (size_t j = 0; d->ranking.place[i * lanes + l] == 1 && j < k; j++) {
                d->central[i * k + j] += (uint64_t)(w[j * MERA_TILE] * MERA_CENTRAL_UNIT + 0.5);
            }
        }
    }
}

typedef struct draws_round {
    mera_draws *draws;
    uint64_t from, until;
} draws_round;

/* Ranks `n_tiles` tiles of scores as tiles from `first` of the block. */
static void draws_rank(const mera_draws *draws, mera_drawer *d, size_t first, size_t n_tiles,
                       size_t n_draws)
{
    for (size_t t = 0; t < n_tiles; t++) {
        const size_t left = n_draws - (first + t) * MERA_TILE;
        mera_rank_tile(&draws->ranking, &d->ranking, d->y + t * mera_draws_rows(draws) * MERA_TILE,
                       first + t, left < MERA_TILE ? left : MERA_TILE);
    }
}

static mera_code draws_job(void *context, size_t job, unsigned worker)
{
    const draws_round *round = context;
    const mera_draws *draws = round->draws;
    mera_drawer *d = &draws->drawer[worker];
    const uint64_t first = round->from + job * draws->block, left = round->until - first;
    const size_t n_draws = left < draws->block ? (size_t)left : draws->block;
    const size_t n_tiles = (n_draws + MERA_TILE - 1) / MERA_TILE;
    for (size_t t = 0; t < n_tiles; t += draws->group) {
        const size_t here = n_tiles - t < draws->group ? n_tiles - t : draws->group;
        draws_group(draws, d, first + t * MERA_TILE, here, d->w + t * draws->scorer.k * MERA_TILE);
        draws_rank(draws, d, t, here, n_draws);
    }
    if (d->central != NULL) {
        draws_central(draws, d, n_draws);
    }
    mera_count_block(&draws->ranking, &d->ranking, first, n_draws, &d->counts);
    return MERA_OK;
}

static void draws_take(mera_draws *draws, mera_drawer *d)
{
    mera_totals *total = &draws->total;
    const size_t cells = mera_cells(&draws->ranking), n = draws->ranking.n;
    mera_counts_settle(&draws->ranking, &d->counts);
    for (size_t c = 0; d->counts.cell != total->cell && c < cells; c++) {
        total->cell[c] += d->counts.cell[c];
        d->counts.cell[c] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        total->place_sum[i] += d->counts.place_sum[i];
        d->counts.place_sum[i] = 0;
    }
    for (size_t c = 0; d->central != NULL && c < n * draws->scorer.k; c++) {
        total->central[c] += d->central[c];
        d->central[c] = 0;
    }
    total->shift += d->counts.shift;
    total->tied += d->counts.tied;
    total->pair_draws += d->counts.pair_draws;
    total->worst_shift =
        d->counts.worst_shift > total->worst_shift ? d->counts.worst_shift : total->worst_shift;
    d->counts.shift = d->counts.tied = d->counts.pair_draws = d->counts.worst_shift = 0;
}

void mera_draws_collect(mera_draws *draws)
{
    for (unsigned w = 0; w < mera_pool_size(draws->pool); w++) {
        if (draws->drawer[w].counts.cell != NULL) {
            draws_take(draws, &draws->drawer[w]);
        }
    }
}

mera_code mera_draws_run(mera_draws *draws, uint64_t until, mera_progress_fn progress,
                         void *context)
{
    const uint64_t round_draws = draws->block * DRAWS_ROUND;
    bool go_on = true;
    if (draws->outside) {
        return MERA_EUSAGE;
    }
    if (until > UINT32_MAX) {
        return MERA_ELIMIT;
    }
    while (go_on && draws->total.done < until) {
        draws_round round = {.draws = draws, .from = draws->total.done, .until = until};
        if (until - round.from > round_draws) {
            round.until = round.from + round_draws;
        }
        const uint64_t count = round.until - round.from;
        MERA_TRY(mera_pool_run(draws->pool, (size_t)((count + draws->block - 1) / draws->block),
                               draws_job, &round));
        draws->total.done = round.until;
        go_on = progress == NULL || progress(context, round.until, until);
    }
    mera_draws_collect(draws);
    return MERA_OK;
}

mera_code mera_draws_weights(const mera_draws *draws, uint64_t first, size_t count, double *w)
{
    mera_drawer *d = &draws->drawer[0];
    const size_t k = draws->scorer.k;
    double *tile = d->w;
    if (draws->outside) {
        return MERA_EUSAGE;
    }
    for (size_t at = 0; at < count; at += MERA_TILE) {
        mera_scorer_weights(&draws->scorer, draws->kernels, draws->ask.seed, first + at, &d->scorer,
                            tile);
        for (size_t i = 0; i < k * MERA_TILE; i++) {
            const size_t lane = i % MERA_TILE;
            if (at + lane < count) {
                w[(at + lane) * k + i / MERA_TILE] = tile[i];
            }
        }
    }
    return MERA_OK;
}
