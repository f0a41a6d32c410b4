/* SPDX-License-Identifier: Apache-2.0 */
/** @file A unit of a comparison beside its similar units (analysis/compare.h). */
#include <stdlib.h>

#include "analysis/compare.h"
#include "base/math.h"

static int beside_rising(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Place and median on one side; `room` holds as many numbers as there are similar units. */
static void beside_side(const mera_comparison *c, const mera_compare_beside *of, size_t side,
                        double *room, mera_compare_among *among)
{
    const mera_compare_side *s = &c->side[side];
    const bool lower = s->result->methodology->node[s->node].lower_is_better;
    const double own = c->unit[of->unit].score[side];
    *among = (mera_compare_among){.place = isnan(own) ? NAN : 1, .median = NAN};
    for (size_t i = 0; i < of->similar.n; i++) {
        const double theirs = c->unit[of->similar.unit[i]].score[side];
        if (!isnan(theirs)) {
            among->place += lower ? theirs < own : theirs > own;
            room[among->n++] = theirs;
        }
    }
    if (among->n > 0) {
        qsort(room, among->n, sizeof *room, beside_rising);
        among->median = (room[(among->n - 1) / 2] + room[among->n / 2]) / 2;
    }
}

mera_code mera_compare_beside_of(const mera_plan *plan, const mera_comparison *comparison,
                                 size_t unit, mera_arena *arena, mera_diags *diags,
                                 mera_compare_beside *out)
{
    const mera_compare_side *base = &comparison->side[0];
    mera_compare_among *among;
    double *room;
    *out = (mera_compare_beside){.unit = unit};
    if (unit >= base->result->n_units) {
        return mera_fail(diags, MERA_EINPUT, "unknown-unit", MERA_NOWHERE,
                         "'%s' is not in the data of '%s': it has no similar units there",
                         comparison->unit[unit].name, base->label);
    }
    MERA_TRY(mera_similar_of(plan, base->result, unit, base->period, arena, diags, &out->similar));
    MERA_TRY_NEW(among, arena, comparison->n_sides);
    MERA_TRY_NEW(room, arena, out->similar.n);
    for (size_t s = 0; s < comparison->n_sides; s++) {
        beside_side(comparison, out, s, room, &among[s]);
    }
    out->among = among;
    return MERA_OK;
}
