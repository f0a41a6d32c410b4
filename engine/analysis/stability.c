/* SPDX-License-Identifier: Apache-2.0 */
/** @file Exact intervals of weights in which an order holds (mera/certificates.h). */
#include <math.h>

#include "mera/certificates.h"
#include "ops/column.h"

#define STABILITY_ROUNDING 1e-12

typedef struct {
    const mera_columns *columns;
    double *w;       /* k shares */
    double *y;       /* n weighted sums; missing where a value is */
    uint32_t *order; /* units, the best last */
    size_t n;        /* of them */
    double near;     /* sums closer than this are equal */
} stability;

/* Shares and sums; the order of those who have one. */
static mera_code stability_start(stability *s, const double *weight, mera_arena *arena)
{
    const mera_columns *c = s->columns;
    double total = 0, largest = 0;
    for (size_t j = 0; j < c->k; j++) {
        total += weight[j];
    }
    if (!(total > 0)) {
        return MERA_EUSAGE;
    }
    MERA_TRY_NEW(s->w, arena, c->k);
    MERA_TRY_NEW(s->y, arena, c->n);
    for (size_t j = 0; j < c->k; j++) {
        s->w[j] = weight[j] / total;
        for (size_t i = 0; i < c->n; i++) {
            s->y[i] += s->w[j] * c->x[j][i];
        }
    }
    for (size_t i = 0; i < c->n; i++) {
        largest = fmax(largest, fabs(s->y[i]));
    }
    s->near = STABILITY_ROUNDING * largest;
    return mera_column_order(s->y, c->n, arena, &s->order, &s->n);
}

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
    const double own = s->columns->x[j][above] - s->columns->x[j][below];
    const double lead = s->y[above] - s->y[below], w = s->w[j];
    const double rest = (lead - w * own) / (1 - w), slope = own - rest;
    const double flip = rest / (rest - own);
    if (fabs(slope) <= s->near) {
        return; /* the weight does not part them */
    }
    if (fabs(lead) <= s->near) {
        stability_end(&out->low, out->low_pair, w, above, below);
        stability_end(&out->high, out->high_pair, w, above, below);
    } else if (slope > 0 && flip >= 0 && flip > out->low) {
        stability_end(&out->low, out->low_pair, flip, above, below);
    } else if (slope < 0 && flip <= 1 && flip < out->high) {
        stability_end(&out->high, out->high_pair, flip, above, below);
    }
}

mera_code mera_stable_weights_of(const mera_columns *columns, const double *weight,
                                 mera_arena *arena, mera_stable_weight *out)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    stability s = {.columns = columns};
    MERA_TRY(stability_start(&s, weight, arena));
    for (size_t j = 0; j < columns->k; j++) {
        out[j] = (mera_stable_weight){.weight = s.w[j],
                                      .high = 1,
                                      .low_pair = {MERA_NOBODY, MERA_NOBODY},
                                      .high_pair = {MERA_NOBODY, MERA_NOBODY}};
        if (s.w[j] >= 1) {
            out[j].low = out[j].high = NAN;
            continue;
        }
        for (size_t r = 1; r < s.n; r++) {
            stability_pair(&s, j, s.order[r], s.order[r - 1], &out[j]);
        }
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
