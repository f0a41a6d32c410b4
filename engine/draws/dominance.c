/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Dominance: a partial order of units that no weights can turn. Rows of bits say who dominates
 * whom, so that covers and levels are a few words each.
 */
#include "base/math.h"
#include "draws/linear_table.h"

typedef struct dominance {
    const mera_rows *rows;
    size_t words;
    uint64_t *above; /* above[i * words ..]: bit k: i dominates k */
    mera_hasse_unit *unit;
    mera_hasse *out;
} dominance;

static bool dominance_has(const dominance *d, size_t i, size_t k)
{
    return (d->above[i * d->words + k / 64] >> k % 64 & 1) != 0;
}

/* What a pair of rows says. */
typedef struct dominance_side {
    size_t better, worse; /* columns in which the first is; counted until there is one of each */
} dominance_side;

static dominance_side dominance_compare(const mera_rows *r, size_t i, size_t k)
{
    const double *a = r->z + i * r->k, *b = r->z + k * r->k;
    dominance_side side = {0, 0};
    for (size_t j = 0; j < r->k && (side.better == 0 || side.worse == 0); j++) {
        side.better += a[j] > b[j];
        side.worse += a[j] < b[j];
    }
    return side;
}

static void dominance_pair(dominance *d, size_t i, size_t k)
{
    const mera_rows *r = d->rows;
    const dominance_side side = dominance_compare(r, i, k);
    mera_hasse_unit *a = &d->unit[r->unit[i]], *b = &d->unit[r->unit[k]];
    if (side.better > 0 && side.worse > 0) {
        a->incomparable++;
        b->incomparable++;
        d->out->n_incomparable++;
    } else if (side.better > 0 || side.worse > 0) {
        const size_t upper = side.better > 0 ? i : k, lower = side.better > 0 ? k : i;
        d->above[upper * d->words + lower / 64] |= UINT64_C(1) << lower % 64;
        d->unit[r->unit[upper]].below++;
        d->unit[r->unit[lower]].above++;
        d->out->n_dominant++;
    } else {
        a->equal++;
        b->equal++;
        d->out->n_equal++;
    }
}

mera_code mera_dominance_of(const mera_columns *columns, mera_arena *arena, mera_dominance *out)
{
    const mera_arena_mark mark = mera_arena_mark_now(arena);
    mera_rows rows;
    *out = (mera_dominance){.share = NAN};
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    out->n_units = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        for (size_t k = i + 1; k < rows.n; k++) {
            const dominance_side side = dominance_compare(&rows, i, k);
            out->n_pairs += (side.better > 0) != (side.worse > 0);
            out->n_strict += side.better == rows.k || side.worse == rows.k;
        }
    }
    if (rows.n > 1) {
        out->share = (double)out->n_pairs / ((double)rows.n * ((double)rows.n - 1) / 2);
    }
    mera_arena_rewind(arena, mark);
    return MERA_OK;
}

/* i covers k: it dominates k, and nobody it dominates does. `found` NULL counts. */
static size_t dominance_covers(const dominance *d, mera_cover *found)
{
    const size_t n = d->rows->n;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            bool between = !dominance_has(d, i, k);
            for (size_t m = 0; m < n && !between; m++) {
                between = dominance_has(d, i, m) && dominance_has(d, m, k);
            }
            if (!between) {
                if (found != NULL) {
                    found[count] = (mera_cover){d->rows->unit[i], d->rows->unit[k]};
                }
                count++;
            }
        }
    }
    return count;
}

/* Longest chains from above. Who is dominated has more units above it than its dominator, so going
 * by that number every dominator comes before. */
static void dominance_levels(dominance *d)
{
    const mera_rows *r = d->rows;
    for (size_t above = 0; above < r->n; above++) {
        for (size_t k = 0; k < r->n; k++) {
            mera_hasse_unit *unit = &d->unit[r->unit[k]];
            if (unit->above != above) {
                continue;
            }
            unit->level = 1;
            for (size_t i = 0; i < r->n; i++) {
                const size_t upper = d->unit[r->unit[i]].level;
                if (dominance_has(d, i, k) && upper + 1 > unit->level) {
                    unit->level = upper + 1;
                }
            }
            d->out->n_levels = unit->level > d->out->n_levels ? unit->level : d->out->n_levels;
        }
    }
}

/* Equal rows share a place in every order: they count as one unit that stands beside itself. */
static double dominance_lpom(const mera_hasse_unit *u, size_t n)
{
    const double m = (double)(n - u->equal), s = (double)u->below;
    return m + 1 - (s + 1) * (m + 1) / (m + 1 - (double)u->incomparable);
}

static mera_code dominance_fill(dominance *d, mera_arena *arena)
{
    const mera_rows *r = d->rows;
    mera_cover *cover;
    for (size_t i = 0; i < r->n; i++) {
        d->unit[r->unit[i]].complete = true;
        for (size_t k = i + 1; k < r->n; k++) {
            dominance_pair(d, i, k);
        }
    }
    dominance_levels(d);
    for (size_t i = 0; i < r->n; i++) {
        mera_hasse_unit *unit = &d->unit[r->unit[i]];
        unit->lpom = dominance_lpom(unit, r->n);
    }
    d->out->n_covers = dominance_covers(d, NULL);
    MERA_TRY_NEW(cover, arena, d->out->n_covers);
    dominance_covers(d, cover);
    d->out->cover = cover;
    return MERA_OK;
}

mera_code mera_hasse_of(const mera_columns *columns, mera_arena *arena, mera_hasse *out)
{
    mera_rows rows;
    dominance d = {.rows = &rows, .out = out};
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    *out = (mera_hasse){.n_complete = rows.n};
    d.words = (rows.n + 63) / 64;
    MERA_TRY_NEW(d.above, arena, rows.n * d.words);
    MERA_TRY_NEW(d.unit, arena, columns->n);
    for (size_t i = 0; i < columns->n; i++) {
        d.unit[i].lpom = NAN;
    }
    out->unit = d.unit;
    return dominance_fill(&d, arena);
}
