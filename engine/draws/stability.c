/* SPDX-License-Identifier: Apache-2.0 */
/** @file Exact intervals of weights in which an order holds (mera/certificates.h). */
#include "base/math.h"
#include "draws/linear_table.h"

#define STABILITY_ROUNDING 1e-12

typedef struct stability {
    const mera_rows *rows;
    const double *w; /* k shares */
    const double *y; /* weighted sums */
    double near;     /* sums closer than this are equal */
} stability;

static void stability_end(double *end, long pair[2], double at, size_t above, size_t below)
{
    *end = at;
    pair[0] = (long)above;
    pair[1] = (long)below;
}

/* What two neighbours in the order allow the weight of column j. */
static void stability_pair(const stability *s, size_t j, size_t above, size_t below,
                           mera_stable_weight *out)
{
    const mera_rows *r = s->rows;
    const double own = r->z[above * r->k + j] - r->z[below * r->k + j];
    const double lead = s->y[above] - s->y[below], w = s->w[j];
    const double rest = (lead - w * own) / (1 - w), slope = own - rest;
    const double flip = rest / (rest - own);
    const size_t upper = r->unit[above], lower = r->unit[below];
    if (fabs(slope) <= s->near) {
        return; /* the weight does not part them */
    }
    if (fabs(lead) <= s->near) {
        stability_end(&out->low, out->low_pair, w, upper, lower);
        stability_end(&out->high, out->high_pair, w, upper, lower);
    } else if (slope > 0 && flip >= 0 && flip > out->low) {
        stability_end(&out->low, out->low_pair, flip, upper, lower);
    } else if (slope < 0 && flip <= 1 && flip < out->high) {
        stability_end(&out->high, out->high_pair, flip, upper, lower);
    }
}

mera_code mera_stable_weights_of(const mera_columns *columns, const double *weight,
                                 mera_arena *arena, mera_stable_weight *out)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    mera_rows rows;
    double *share, *y, largest = 0;
    size_t *order;
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    MERA_TRY(mera_rows_shares(&rows, weight, arena, &share));
    MERA_TRY(mera_rows_order(&rows, share, arena, &y, &order));
    for (size_t i = 0; i < rows.n; i++) {
        largest = fmax(largest, fabs(y[i]));
    }
    const stability s = {.rows = &rows, .w = share, .y = y, .near = STABILITY_ROUNDING * largest};
    for (size_t j = 0; j < columns->k; j++) {
        out[j] = (mera_stable_weight){.weight = share[j],
                                      .high = 1,
                                      .low_pair = {MERA_NOBODY, MERA_NOBODY},
                                      .high_pair = {MERA_NOBODY, MERA_NOBODY}};
        if (share[j] >= 1) {
            out[j].low = out[j].high = NAN;
            continue;
        }
        for (size_t p = 1; p < rows.n; p++) {
            stability_pair(&s, j, order[p - 1], order[p], &out[j]);
        }
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
