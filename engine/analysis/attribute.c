/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which change moved whom (analysis/attribute.h). */
#include <string.h>

#include "analysis/attribute_sets.h"
#include "base/math.h"
#include "draws/random.h"

enum {
    ATTRIBUTE_STREAM = 0x61747472,
    ATTRIBUTE_PAIRS = 2, /* fewer have no standard error */
};

/* ---- sharing out -------------------------------------------------------------------------- */

/** Adds what change `i` did between two sets. */
static void attribute_add(attribute_work *w, size_t i, size_t before, size_t after, double weight)
{
    const attribute_set *a = &w->set[before], *b = &w->set[after];
    for (size_t u = 0; u < w->c->n_units; u++) {
        w->sum[0][i][u] += weight * (a->rank[u] - b->rank[u]);
        w->sum[1][i][u] += weight * (b->score[u] - a->score[u]);
    }
}

/** Over all sets: a set of s others has the weight s! (n - 1 - s)! / n!. */
static mera_code attribute_exactly(attribute_work *w)
{
    const size_t n = w->blend.n;
    size_t number[1 << MERA_ATTRIBUTE_EXACT];
    double weight[MERA_ATTRIBUTE_EXACT];
    w->out->n_runs_asked = ((size_t)1 << n) - 2;
    for (size_t bits = 0; bits < (size_t)1 << n; bits++) {
        uint8_t made[MERA_ATTRIBUTE_EXACT];
        for (size_t i = 0; i < n; i++) {
            made[i] = bits >> i & 1;
        }
        MERA_TRY(mera_attribute_set_of(w, made, &number[bits]));
    }
    weight[0] = 1.0 / (double)n;
    for (size_t s = 1; s < n; s++) {
        weight[s] = weight[s - 1] * (double)s / (double)(n - s);
    }
    for (size_t bits = 0; bits < (size_t)1 << n; bits++) {
        const size_t s = (size_t)__builtin_popcountll(bits);
        for (size_t i = 0; i < n; i++) {
            if ((bits >> i & 1) == 0) {
                attribute_add(w, i, number[bits], number[bits | (size_t)1 << i], weight[s]);
            }
        }
    }
    return MERA_OK;
}

/** Makes the changes one after the other, forwards or backwards. */
static mera_code attribute_walk(attribute_work *w, const size_t *order, bool back, double weight)
{
    uint8_t made[MERA_ATTRIBUTE_MOST] = {0};
    const size_t n = w->blend.n;
    size_t before, after;
    MERA_TRY(mera_attribute_set_of(w, made, &before));
    for (size_t p = 0; p < n; p++) {
        const size_t i = order[back ? n - 1 - p : p];
        made[i] = 1;
        MERA_TRY(mera_attribute_set_of(w, made, &after));
        attribute_add(w, i, before, after, weight);
        before = after;
    }
    return MERA_OK;
}

static void attribute_shuffle(uint64_t seed, size_t pair, size_t *order, size_t n)
{
    mera_stream stream = mera_stream_of(seed, ATTRIBUTE_STREAM, pair);
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
    }
    for (size_t i = n; i-- > 1;) {
        const size_t j = (size_t)(mera_stream_uniform(&stream) * (double)(i + 1)), held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

/** One order and its reverse: their mean joins the sums, its square the squares. */
static mera_code attribute_pair(attribute_work *w, size_t pair, double **spare[2])
{
    size_t order[MERA_ATTRIBUTE_MOST];
    const size_t n = w->blend.n, n_units = w->c->n_units;
    double **const total[2] = {w->sum[0], w->sum[1]};
    attribute_shuffle(w->ask->seed, pair, order, n);
    w->sum[0] = spare[0];
    w->sum[1] = spare[1];
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < n; i++) {
            memset(spare[k][i], 0, n_units * sizeof *spare[k][i]);
        }
    }
    mera_code code = attribute_walk(w, order, false, 0.5);
    code = code == MERA_OK ? attribute_walk(w, order, true, 0.5) : code;
    w->sum[0] = total[0];
    w->sum[1] = total[1];
    MERA_TRY(code); /* half a pair is none */
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < n; i++) {
            for (size_t u = 0; u < n_units; u++) {
                total[k][i][u] += spare[k][i][u];
                w->square[k][i][u] += spare[k][i][u] * spare[k][i][u];
            }
        }
    }
    return MERA_OK;
}

static mera_code attribute_columns(const attribute_work *w, double ***out)
{
    MERA_TRY_NEW(*out, w->arena, w->blend.n);
    for (size_t i = 0; i < w->blend.n; i++) {
        MERA_TRY_NEW((*out)[i], w->arena, w->c->n_units);
    }
    return MERA_OK;
}

/** Means over the pairs, and in `square` their standard errors. */
static void attribute_means(attribute_work *w, size_t pairs)
{
    const double n = (double)pairs;
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < w->blend.n; i++) {
            for (size_t u = 0; u < w->c->n_units; u++) {
                const double mean = w->sum[k][i][u] / n;
                const double spread = w->square[k][i][u] / n - mean * mean;
                w->sum[k][i][u] = mean;
                w->square[k][i][u] = sqrt((spread > 0   ? spread
                                           : spread < 0 ? 0
                                                        : spread) /
                                          (n - 1));
            }
        }
    }
}

/** Draws orders; when they are stopped, those that were done are enough from two pairs on. */
static mera_code attribute_by_orders(attribute_work *w)
{
    const size_t asked = w->ask->orders > 0 ? w->ask->orders : MERA_ATTRIBUTE_ORDERS;
    const size_t pairs = asked / 2 > ATTRIBUTE_PAIRS ? asked / 2 : ATTRIBUTE_PAIRS;
    double **spare[2];
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY(attribute_columns(w, &spare[k]));
    }
    w->out->n_runs_asked = 2 * pairs * (w->blend.n - 1);
    size_t done = 0;
    mera_code code = MERA_OK;
    while (code == MERA_OK && done < pairs) {
        code = attribute_pair(w, done, spare);
        done += code == MERA_OK;
    }
    if (w->out->stopped && code == MERA_EINPUT && done >= ATTRIBUTE_PAIRS) {
        w->out->why_not = NULL;
        code = MERA_OK;
    }
    MERA_TRY(code);
    attribute_means(w, done);
    w->out->n_orders = 2 * done;
    return MERA_OK;
}

/* ---- the whole ---------------------------------------------------------------------------- */

static mera_code attribute_parts(const attribute_work *w)
{
    const double *from = w->set[0].rank, *to = w->set[1].rank;
    mera_attribute_part *part;
    double *move;
    MERA_TRY_NEW(part, w->arena, w->blend.n);
    MERA_TRY_NEW(move, w->arena, w->c->n_units);
    for (size_t u = 0; u < w->c->n_units; u++) {
        move[u] = from[u] - to[u];
    }
    w->out->move = move;
    for (size_t i = 0; i < w->blend.n; i++) {
        part[i] = (mera_attribute_part){.change = w->blend.change[i],
                                        .rank = w->sum[0][i],
                                        .score = w->sum[1][i],
                                        .rank_error = w->square[0][i],
                                        .score_error = w->square[1][i]};
    }
    w->out->part = part;
    w->out->n = w->blend.n;
    return MERA_OK;
}

static mera_code attribute_run(attribute_work *w)
{
    MERA_TRY(mera_attribute_ends(w));
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY(attribute_columns(w, &w->sum[k]));
        MERA_TRY(attribute_columns(w, &w->square[k]));
    }
    const size_t asked = w->ask->exact;
    w->out->exact = w->blend.n <= MERA_ATTRIBUTE_EXACT && (asked == 0 || w->blend.n <= asked);
    MERA_TRY(w->out->exact ? attribute_exactly(w) : attribute_by_orders(w));
    return attribute_parts(w);
}

mera_code mera_attribute_moves(const mera_comparison *comparison, const mera_attribute_ask *ask,
                               mera_arena *arena, mera_attribution *out)
{
    const mera_value *const tree[2] = {comparison->side[ask->from].result->methodology->tree,
                                       comparison->side[ask->to].result->methodology->tree};
    attribute_work w = {.c = comparison, .ask = ask, .arena = arena, .out = out};
    *out = (mera_attribution){.from = ask->from, .to = ask->to, .exact = true};
    MERA_TRY(mera_blend_open(tree, arena, &w.blend));
    if (w.blend.n > MERA_ATTRIBUTE_MOST) {
        out->why_not = mera_arena_printf(arena, "%zu changes are too many, %d are attributed",
                                         w.blend.n, MERA_ATTRIBUTE_MOST);
        return out->why_not != NULL ? MERA_OK : MERA_ENOMEM;
    }
    const mera_code code = w.blend.n > 0 ? attribute_run(&w) : MERA_OK;
    mera_attribute_close(&w);
    return out->why_not != NULL && code == MERA_EINPUT ? MERA_OK : code;
}
