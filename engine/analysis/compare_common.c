/* SPDX-License-Identifier: Apache-2.0 */
/** @file Places of two sides among the units that both rank (analysis/compare.h). */
#include <string.h>

#include "analysis/compare.h"
#include "base/math.h"

mera_code mera_compare_common_new(size_t n_units, mera_arena *arena, mera_compare_common *out)
{
    *out = (mera_compare_common){.n_units = n_units};
    MERA_TRY_NEW(out->count, arena, 2 * n_units + 2);
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY_NEW(out->room[k], arena, n_units);
    }
    return MERA_OK;
}

/** Places are whole or, where ties share a mean, halves: so they are counted by halves. */
static size_t common_half(const mera_compare_common *c, double rank)
{
    const double half = 2 * rank, most = 2 * (double)c->n_units + 1;
    return (size_t)(half < most ? half : most);
}

/** 1 and the number of units with a smaller rank, of those that `other` ranks too. */
static void common_recount(mera_compare_common *c, const double *rank, const double *other,
                           double *place)
{
    uint32_t before = 0;
    memset(c->count, 0, (2 * c->n_units + 2) * sizeof *c->count);
    for (size_t u = 0; u < c->n_units; u++) {
        place[u] = isnan(rank[u]) || isnan(other[u]) ? NAN : 0;
        if (!isnan(place[u])) {
            c->count[common_half(c, rank[u])]++;
        }
    }
    for (size_t h = 0; h < 2 * c->n_units + 2; h++) {
        const uint32_t here = c->count[h];
        c->count[h] = before;
        before += here;
    }
    for (size_t u = 0; u < c->n_units; u++) {
        place[u] = isnan(place[u]) ? NAN : 1 + (double)c->count[common_half(c, rank[u])];
    }
}

void mera_compare_common_of(mera_compare_common *common, const double *a, const double *b)
{
    bool same = true;
    for (size_t u = 0; u < common->n_units && same; u++) {
        same = isnan(a[u]) == isnan(b[u]);
    }
    common->place[0] = a;
    common->place[1] = b;
    if (!same) {
        common_recount(common, a, b, common->room[0]);
        common_recount(common, b, a, common->room[1]);
        common->place[0] = common->room[0];
        common->place[1] = common->room[1];
    }
}
