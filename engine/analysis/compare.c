/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Results side by side: units matched by key, their scores and places in each, how far each pair
 * of orders agrees and who moved most.
 */
#include "analysis/compare.h"

#include <string.h>

#include "base/map.h"
#include "base/math.h"
#include "ops/column.h"

/** A comparison being made: score[side][unit], rank[side][unit]. */
typedef struct compare_build {
    const mera_compare_side *side;
    size_t n_sides, n_units, room;
    const char **key, **name;
    double **score, **rank;
    mera_compare_common common;
    mera_arena *arena;
} compare_build;

static mera_code compare_rooms(compare_build *b)
{
    for (size_t s = 0; s < b->n_sides; s++) {
        b->room += b->side[s].result->n_units;
    }
    MERA_TRY_NEW(b->key, b->arena, b->room);
    MERA_TRY_NEW(b->name, b->arena, b->room);
    MERA_TRY_NEW(b->score, b->arena, b->n_sides);
    MERA_TRY_NEW(b->rank, b->arena, b->n_sides);
    for (size_t s = 0; s < b->n_sides; s++) {
        MERA_TRY_NEW(b->score[s], b->arena, b->room);
        MERA_TRY_NEW(b->rank[s], b->arena, b->room);
        for (size_t u = 0; u < b->room; u++) {
            b->score[s][u] = NAN;
            b->rank[s][u] = NAN;
        }
    }
    return MERA_OK;
}

static mera_code compare_match(compare_build *b)
{
    mera_map *seen;

    MERA_TRY(mera_map_new(b->arena, b->room, &seen));
    for (size_t s = 0; s < b->n_sides; s++) {
        const mera_result *result = b->side[s].result;
        const mera_node_result *node = &result->node[b->side[s].node];
        const size_t from = b->side[s].period * result->n_units;

        for (size_t i = 0; i < result->n_units; i++) {
            const char *key = result->data->unit_key[i];
            size_t u;
            bool added;

            MERA_TRY(mera_map_put(seen, key, strlen(key), b->n_units, &u, &added));
            if (added) {
                u = b->n_units++;
                b->key[u] = key;
                b->name[u] = result->data->unit_name[i];
            }
            b->score[s][u] = node->score[from + i];
            b->rank[s][u] = node->rank[from + i];
        }
    }
    return MERA_OK;
}

/** One side's numbers: move[u * n_sides + side] and so on, side by side of a unit. */
static void compare_side(compare_build *b, size_t s, double *score, double *rank, double *move,
                         mera_compare_unit *unit)
{
    mera_compare_common_of(&b->common, b->rank[0], b->rank[s]);
    for (size_t u = 0; u < b->n_units; u++) {
        const double gained = b->common.place[0][u] - b->common.place[1][u];

        score[u * b->n_sides + s] = b->score[s][u];
        rank[u * b->n_sides + s] = b->rank[s][u];
        move[u * b->n_sides + s] = gained;
        if (s > 0 && !isnan(gained)) {
            unit[u].largest_move = fmax(fabs(gained), unit[u].largest_move);
        }
    }
}

static mera_code compare_units(compare_build *b, const mera_compare_unit **out)
{
    mera_compare_unit *unit;
    double *score, *rank, *move;

    MERA_TRY_NEW(unit, b->arena, b->n_units);
    MERA_TRY_NEW(score, b->arena, b->n_units * b->n_sides);
    MERA_TRY_NEW(rank, b->arena, b->n_units * b->n_sides);
    MERA_TRY_NEW(move, b->arena, b->n_units * b->n_sides);
    for (size_t u = 0; u < b->n_units; u++) {
        const size_t at = u * b->n_sides;

        unit[u] = (mera_compare_unit){.key = b->key[u],
                                      .name = b->name[u],
                                      .score = score + at,
                                      .rank = rank + at,
                                      .move = move + at,
                                      .largest_move = NAN};
    }
    for (size_t s = 0; s < b->n_sides; s++) {
        compare_side(b, s, score, rank, move, unit);
    }
    *out = unit;
    return MERA_OK;
}

/** Units by size of move, then in their order; those that did not move are left out. */
static mera_code compare_movers(compare_build *b, mera_compare_pair *pair)
{
    const double *from = b->common.place[0], *to = b->common.place[1];
    double *key, sum = 0;
    uint32_t *order;
    size_t *mover, n;

    MERA_TRY_NEW(key, b->arena, b->n_units);
    MERA_TRY_NEW(mover, b->arena, b->n_units);
    for (size_t u = 0; u < b->n_units; u++) {
        const double move = fabs(to[u] - from[u]);

        key[u] = move > 0 ? -move : NAN;
        if (!isnan(move)) {
            pair->n_common++;
            sum += move;
            pair->max_shift = fmax(pair->max_shift, move);
        }
    }
    MERA_TRY(mera_column_order(key, b->n_units, b->arena, &order, &n));
    for (size_t i = 0; i < n; i++) {
        mover[i] = order[i];
    }
    pair->mean_shift = pair->n_common > 0 ? sum / (double)pair->n_common : NAN;
    pair->n_moved = n;
    pair->mover = mover;
    return MERA_OK;
}

/** Marks the best units of one side among those ranked in both. */
static mera_code compare_mark_top(const compare_build *b, const double *rank, const double *other,
                                  size_t top, uint8_t *mark)
{
    double *key;
    uint32_t *order;
    size_t n;

    MERA_TRY_NEW(key, b->arena, b->n_units);
    for (size_t u = 0; u < b->n_units; u++) {
        key[u] = isnan(other[u]) ? NAN : rank[u];
    }
    MERA_TRY(mera_column_order(key, b->n_units, b->arena, &order, &n));
    for (size_t i = 0; i < top && i < n; i++) {
        mark[order[i]]++;
    }
    return MERA_OK;
}

static mera_code compare_pair(compare_build *b, size_t top, mera_compare_pair *pair)
{
    const double *from = b->rank[pair->a], *to = b->rank[pair->b];
    uint8_t *mark;

    mera_compare_common_of(&b->common, from, to);
    MERA_TRY(compare_movers(b, pair));
    MERA_TRY(mera_spearman(from, to, b->n_units, b->arena, &pair->spearman));
    MERA_TRY(mera_kendall(from, to, b->n_units, b->arena, &pair->kendall));
    pair->top = top < pair->n_common ? top : pair->n_common;
    MERA_TRY_NEW(mark, b->arena, b->n_units);
    MERA_TRY(compare_mark_top(b, from, to, pair->top, mark));
    MERA_TRY(compare_mark_top(b, to, from, pair->top, mark));
    for (size_t u = 0; u < b->n_units; u++) {
        pair->top_common += mark[u] == 2;
    }
    return MERA_OK;
}

static mera_code compare_pairs(compare_build *b, size_t top, mera_comparison *out)
{
    mera_compare_pair *pair;

    const bool all = b->n_sides <= MERA_COMPARE_ALL_PAIRS;

    MERA_TRY_NEW(pair, b->arena, all ? b->n_sides * (b->n_sides - 1) / 2 : b->n_sides - 1);
    for (size_t i = 0; i < (all ? b->n_sides : 1); i++) {
        for (size_t j = i + 1; j < b->n_sides; j++) {
            pair[out->n_pairs].a = i;
            pair[out->n_pairs].b = j;
            MERA_TRY(compare_pair(b, top, &pair[out->n_pairs++]));
        }
    }
    out->pair = pair;
    return MERA_OK;
}

mera_code mera_compare(const mera_compare_side *side, size_t n_sides, size_t top, mera_arena *arena,
                       mera_diags *diags, const mera_comparison **out)
{
    compare_build build = {.side = side, .n_sides = n_sides, .arena = arena};
    const mera_value **tree;
    mera_comparison *made;

    if (n_sides < 2) {
        return mera_fail(diags, MERA_EUSAGE, "too-few", MERA_NOWHERE,
                         "a comparison needs two results or more, not %zu", n_sides);
    }
    MERA_TRY_NEW(made, arena, 1);
    MERA_TRY_NEW(tree, arena, n_sides);
    for (size_t s = 0; s < n_sides; s++) {
        tree[s] = side[s].result->methodology->tree;
    }
    made->n_sides = n_sides;
    made->side = side;
    MERA_TRY(compare_rooms(&build));
    MERA_TRY(compare_match(&build));
    made->n_units = build.n_units;
    MERA_TRY(mera_compare_common_new(build.n_units, arena, &build.common));
    MERA_TRY(compare_units(&build, &made->unit));
    MERA_TRY(mera_compare_orders(made, arena));
    MERA_TRY(mera_compare_clusters(made, arena));
    MERA_TRY(compare_pairs(&build, top > 0 ? top : 10, made));
    MERA_TRY(mera_compare_settings(tree, n_sides, arena, &made->setting, &made->n_settings));
    *out = made;
    return MERA_OK;
}
