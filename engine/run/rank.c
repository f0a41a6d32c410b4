/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Places of units by score, 1 = best, among all and inside groups, with the tie rule of the
 * methodology. Scores are equal when they are the same number: rounding is the methodology's.
 */
#include "base/math.h"
#include "ops/column.h"
#include "run/internal.h"

#include <string.h>

static double rank_of_tie(mera_ties ties, size_t from, size_t end, size_t n_distinct)
{
    switch (ties) {
    case MERA_TIES_MAX:
        return (double)end;
    case MERA_TIES_MEAN:
        return ((double)(from + 1) + (double)end) / 2;
    case MERA_TIES_DENSE:
        return (double)n_distinct;
    case MERA_TIES_MIN:
    case MERA_TIES_FIRST:
        break;
    }
    return (double)(from + 1);
}

/** Ranks units that stand in order, best first. */
static void rank_assign(const double *score, const uint32_t *order, size_t n, mera_ties ties,
                        double *rank)
{
    size_t n_distinct = 0;

    for (size_t from = 0; from < n;) {
        size_t end = from + 1;

        while (ties != MERA_TIES_FIRST && end < n && score[order[end]] == score[order[from]]) {
            end++;
        }
        n_distinct++;
        for (size_t i = from; i < end; i++) {
            rank[order[i]] = rank_of_tie(ties, from, end, n_distinct);
        }
        from = end;
    }
}

/** Ranks inside groups: the order is dealt out to the groups, then each is ranked. */
static mera_code rank_groups(const double *score, const uint32_t *order, size_t n, mera_ties ties,
                             const int32_t *code, size_t n_groups, mera_arena *scratch,
                             double *rank)
{
    uint32_t *dealt;
    size_t *start;

    MERA_TRY_NEW(dealt, scratch, n);
    MERA_TRY_NEW(start, scratch, n_groups + 2);
    for (size_t i = 0; i < n; i++) {
        if (code[order[i]] >= 0) {
            start[code[order[i]] + 2]++;
        }
    }
    for (size_t g = 2; g < n_groups + 2; g++) {
        start[g] += start[g - 1];
    }
    for (size_t i = 0; i < n; i++) {
        if (code[order[i]] >= 0) {
            dealt[start[code[order[i]] + 1]++] = order[i];
        }
    }
    for (size_t g = 0; g < n_groups; g++) {
        rank_assign(score, dealt + start[g], start[g + 1] - start[g], ties, rank);
    }
    return MERA_OK;
}

mera_code mera_run_rank(const double *score, size_t n, bool lower_is_better, mera_ties ties,
                        const int32_t *code, size_t n_groups, mera_arena *scratch, double *rank,
                        double *group_rank)
{
    const mera_arena_mark mark = mera_arena_mark_now(scratch);
    const double *key = score;
    uint32_t *order;
    size_t n_present;

    if (!lower_is_better) {
        double *turned = mera_arena_alloc(scratch, n, sizeof *turned);

        MERA_TRY_PTR(turned);
        for (size_t i = 0; i < n; i++) {
            turned[i] = 0 - score[i];
        }
        key = turned;
    }
    MERA_TRY(mera_column_order(key, n, scratch, &order, &n_present));
    (void)mera_run_fill(rank, n, NAN);
    rank_assign(score, order, n_present, ties, rank);
    if (group_rank != NULL) {
        (void)mera_run_fill(group_rank, n, NAN);
        MERA_TRY(rank_groups(score, order, n_present, ties, code, n_groups, scratch, group_rank));
    }
    mera_arena_rewind(scratch, mark);
    return MERA_OK;
}
