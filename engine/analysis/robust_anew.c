/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Draws whose scores need the whole framework: the weights that products would have drawn, and each
 * draw scored anew. Tiles of 16 draws run on the engine's threads; their scores are counted in
 * order.
 */
#include <string.h>

#include "analysis/robust.h"
#include "base/math.h"
#include "draws/kernels.h"
#include "draws/laws.h"
#include "mera/again.h"

enum { ANEW_BYTES = 32 << 20, ANEW_TILES = 64 };

typedef struct anew_run {
    robust_run *run;
    const mera_again *again;
    const mera_kernels *kernels;
    mera_sampler *sampler; /**< per node of the tree */
    uint64_t seed, first;  /**< draw that the batch begins with */
    size_t count;          /**< draws in it */
    double *score;         /**< [draw * n_ranked + unit] */
} anew_run;

mera_code mera_robust_samplers(const robust_run *run, mera_sampler **out)
{
    mera_sampler *sampler;
    MERA_TRY_NEW(sampler, run->arena, run->n_nodes);
    for (size_t v = 0; v < run->n_nodes; v++) {
        const mera_weight_node *node = &run->node[v];
        double *weight;
        MERA_TRY_NEW(weight, run->arena, node->n);
        for (size_t c = 0; c < node->n; c++) {
            weight[c] = node->part[c].weight;
        }
        MERA_TRY(mera_sampler_make(&node->law, weight, node->n, (uint32_t)v, run->arena, run->diags,
                                   &sampler[v]));
    }
    *out = sampler;
    return MERA_OK;
}

/* Shares of a tile: share[node][child * 16 + lane]. */
static mera_code anew_shares(const anew_run *a, uint64_t first, mera_arena *arena, double ***out)
{
    const robust_run *run = a->run;
    double **share;
    MERA_TRY_NEW(share, arena, run->n_nodes);
    for (size_t v = 0; v < run->n_nodes; v++) {
        MERA_TRY_NEW(share[v], arena, run->node[v].n * MERA_TILE);
        mera_walk walk; /* begins at its chain's first draw: tiles come in any order */
        MERA_TRY(mera_walk_new(run->node[v].n, arena, &walk));
        mera_sampler_tile(&a->sampler[v], a->kernels, a->seed, first, &walk, share[v]);
    }
    *out = share;
    return MERA_OK;
}

mera_code mera_robust_weights(const robust_run *run, double *const *share, size_t lane,
                              mera_arena *arena, const double ***out)
{
    const mera_methodology *m = run->result->methodology;
    const double **weight;
    MERA_TRY_NEW(weight, arena, m->n_nodes);
    for (size_t v = 0; v < run->n_nodes; v++) {
        const size_t k = run->number[v];
        double *w, sum = 0;
        MERA_TRY_NEW(w, arena, m->node[k].n_children);
        memcpy(w, run->result->node[k].weight, m->node[k].n_children * sizeof *w);
        for (size_t c = 0; c < run->node[v].n; c++) {
            sum += run->node[v].part[c].weight;
        }
        for (size_t c = 0; c < run->node[v].n; c++) {
            w[run->child[v][c]] = sum * share[v][c * MERA_TILE + lane];
        }
        weight[k] = w;
    }
    *out = weight;
    return MERA_OK;
}

static mera_code anew_tile(void *context, size_t tile, const mera_again_room *room)
{
    const anew_run *a = context;
    const size_t n = a->run->out->n_ranked, at = tile * MERA_TILE;
    double **share;
    MERA_TRY(anew_shares(a, a->first + at, room->arena, &share));
    for (size_t lane = 0; lane < MERA_TILE && at + lane < a->count; lane++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->arena);
        const double **weight;
        mera_again_scores made;
        MERA_TRY(mera_robust_weights(a->run, share, lane, room->arena, &weight));
        const mera_again_change change = {.weight = weight};
        MERA_TRY(mera_again_score(a->again, &change, room, NULL, &made));
        for (size_t i = 0; i < n; i++) {
            a->score[(at + lane) * n + i] = made.score[a->run->ask->node][a->run->ranked[i]];
        }
        mera_arena_rewind(room->arena, mark);
    }
    return MERA_OK;
}

static mera_code anew_no_answer(const robust_run *run)
{
    const mera_node *node = &run->result->methodology->node[run->ask->node];
    const mera_code code = mera_fail(
        run->diags, MERA_EINPUT, "no-answer", node->at,
        "under some of the weights drawn, '%s' or a node below it has no answer", node->id);
    mera_hint(run->diags,
              "let weights differ less (--set uncertainty.weights.r=0.1), or hold those "
              "of one node: uncertainty: {nodes: {%s: {law: fixed}}}",
              node->id);
    return code;
}

static mera_code anew_batches(anew_run *a, mera_draws *draws, uint64_t until)
{
    const size_t n = a->run->out->n_ranked, row = n * MERA_TILE * sizeof(double);
    size_t tiles = ANEW_BYTES / row;
    tiles = a->run->ask->block > 0 ? a->run->ask->block / MERA_TILE : tiles;
    tiles = tiles < 1 ? 1 : tiles > ANEW_TILES ? ANEW_TILES : tiles;
    MERA_TRY_NEW(a->score, a->run->arena, tiles * MERA_TILE * n);
    for (a->first = mera_draws_done(draws); a->first < until; a->first += a->count) {
        const uint64_t left = until - a->first;
        a->count = left < tiles * MERA_TILE ? (size_t)left : tiles * MERA_TILE;
        const size_t jobs = (a->count + MERA_TILE - 1) / MERA_TILE;
        const mera_code code = mera_again_each(a->again, jobs, anew_tile, a);
        if (code != MERA_OK) {
            return code == MERA_EINPUT ? anew_no_answer(a->run) : code;
        }
        MERA_TRY(mera_draws_add_scores(draws, a->count, a->score));
        if (!mera_robust_go_on(a->run, a->first + a->count)) {
            break;
        }
    }
    return MERA_OK;
}

mera_code mera_robust_ranked(robust_run *run, double **reference)
{
    size_t n = 0;
    MERA_TRY_NEW(run->ranked, run->arena, run->out->n_ranked);
    MERA_TRY_NEW(*reference, run->arena, run->out->n_ranked);
    for (size_t i = 0; i < run->result->n_units; i++) {
        if (!isnan(run->out->score[i])) {
            run->ranked[n] = i;
            (*reference)[n++] = run->out->score[i];
        }
    }
    return MERA_OK;
}

mera_code mera_robust_spread(robust_run *run)
{
    mera_draws_summary *s = &run->out->summary;
    const size_t n = run->result->n_units;
    mera_place_summary *unit;
    uint32_t *histogram;
    double *beats = NULL;
    if (run->out->n_ranked == n) {
        return MERA_OK;
    }
    MERA_TRY_NEW(unit, run->arena, n);
    MERA_TRY_NEW(histogram, run->arena, n * s->n_bins);
    if (s->beats != NULL) {
        MERA_TRY_NEW(beats, run->arena, n * n);
    }
    for (size_t r = 0; r < s->n; r++) {
        const size_t i = run->ranked[r];
        unit[i] = s->unit[r];
        memcpy(histogram + i * s->n_bins, s->histogram + r * s->n_bins,
               s->n_bins * sizeof *histogram);
        for (size_t k = 0; beats != NULL && k < s->n; k++) {
            beats[i * n + run->ranked[k]] = s->beats[r * s->n + k];
        }
    }
    s->n = n;
    s->unit = unit;
    s->histogram = histogram;
    s->beats = beats;
    return MERA_OK;
}

mera_code mera_robust_anew(robust_run *run, const mera_draws_ask *ask, mera_draws **out)
{
    mera_again *again;
    double *reference;
    mera_draws_ask ranked = *ask;
    anew_run a = {.run = run, .kernels = mera_kernels_best(), .seed = ask->seed};
    MERA_TRY(mera_again_open(run->plan, run->result, run->ask->period, run->arena, &again));
    a.again = again;
    MERA_TRY(mera_robust_samplers(run, &a.sampler));
    MERA_TRY(mera_robust_ranked(run, &reference));
    ranked.n = run->out->n_ranked;
    ranked.seed = mera_robust_mark(run);
    MERA_TRY(mera_draws_open_scores(&ranked, reference, run->diags, out));
    MERA_TRY(mera_robust_take_up(run, *out));
    return anew_batches(&a, *out, run->out->rules.draws);
}
