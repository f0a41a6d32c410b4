/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How far all weights may move together before neighbours change places: a closed formula.
 */
#include "base/math.h"
#include "draws/linear_table.h"

static mera_epsilon epsilon_of(const mera_rows *rows, const double *w, size_t upper, size_t lower)
{
    mera_epsilon e = {rows->unit[upper], rows->unit[lower], 1, SIZE_MAX};
    double least = 0, lead = 0;
    for (size_t j = 0; j < rows->k; j++) {
        const double d = rows->z[upper * rows->k + j] - rows->z[lower * rows->k + j];
        lead += w[j] * d;
        if (d < least) {
            least = d;
            e.column = j;
        }
    }
    if (e.column != SIZE_MAX) {
        e.epsilon = fmax(0, lead) / (fmax(0, lead) - least);
    }
    return e;
}

mera_code mera_epsilons_of(const mera_columns *columns, const double *w, mera_arena *arena,
                           mera_epsilon **out, size_t *n_out)
{
    mera_rows rows;
    double *share, *score;
    size_t *order;
    MERA_TRY_NEW(*out, arena, columns->n);
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    MERA_TRY(mera_rows_shares(&rows, w, arena, &share));
    MERA_TRY(mera_rows_order(&rows, share, arena, &score, &order));
    *n_out = rows.n > 0 ? rows.n - 1 : 0;
    for (size_t p = 0; p < *n_out; p++) {
        (*out)[p] = epsilon_of(&rows, share, order[p], order[p + 1]);
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}
