/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The product's left side: columns, as their mean adds them up, by panels of units. Panels are made
 * once for many draws, or some at a time, which stay near while the draws at hand go by.
 */
#include "base/math.h"
#include "draws/scores.h"

enum { PACK_UNITS = MERA_SCORER_NEAR * MERA_PANEL };

double mera_scorer_transform(double power, double x)
{
    if (power == 1 || isnan(x)) {
        return x;
    }
    return power == 0 ? mera_log(x) : mera_pow(x, power);
}

/* Values of a column for some of the product's units: in place where they stand side by side. */
static const double *pack_values(const mera_scorer *s, const double *column, size_t first, size_t n,
                                 double *room)
{
    const size_t *unit = s->unit + first;
    if (unit[n - 1] - unit[0] == n - 1) { /* rising numbers without a gap */
        return column + unit[0];
    }
    for (size_t i = 0; i < n; i++) {
        room[i] = column[unit[i]];
    }
    return room;
}

static const double *pack_transformed(double power, const double *x, size_t n, double *room)
{
    if (power == 0) {
        mera_log_n(x, n, room);
        return room;
    }
    for (size_t i = 0; i < n && power != 1; i++) {
        room[i] = mera_scorer_transform(power, x[i]);
    }
    return power == 1 ? x : room;
}

/* Column j of some panels. Those beyond the last unit of the last are 0. */
static void pack_column(const mera_scorer *s, size_t j, size_t first, size_t n_panels,
                        double *panel)
{
    const size_t left = s->n_complete - first;
    const size_t n = left < n_panels * MERA_PANEL ? left : n_panels * MERA_PANEL;
    double room[PACK_UNITS], *to = panel + j * MERA_PANEL;
    const double *made = s->added[j];
    const double *x = pack_values(s, made != NULL ? made : s->column[j], first, n, room);
    x = made != NULL ? x : pack_transformed(s->node[0].power, x, n, room);
    for (size_t p = 0; p < n_panels; p++, to += s->k * MERA_PANEL) {
        for (size_t i = 0; i < MERA_PANEL; i++) {
            const size_t at = p * MERA_PANEL + i;
            to[i] = at < n ? x[at] : 0;
        }
    }
}

/* Up to MERA_SCORER_NEAR panels. A column that no node asks for is 0. */
static void pack_panels(const mera_scorer *s, size_t first_panel, size_t n_panels, double *panel)
{
    for (size_t j = 0; j < s->k; j++) {
        if (s->used[j] != 0) {
            pack_column(s, j, first_panel * MERA_PANEL, n_panels, panel);
            continue;
        }
        for (size_t p = 0; p < n_panels; p++) {
            for (size_t i = 0; i < MERA_PANEL; i++) {
                panel[(p * s->k + j) * MERA_PANEL + i] = 0;
            }
        }
    }
}

mera_code mera_scorer_add_up(mera_scorer *s, mera_arena *arena)
{
    const double power = s->node[0].power;
    for (size_t j = 0; j < s->k && s->n_complete > 0 && power != 1; j++) {
        if (s->whole[j] != 0 && s->added[j] == NULL) {
            double *made = mera_arena_alloc(arena, s->rows, sizeof *made);
            MERA_TRY_PTR(made);
            s->added[j] = pack_transformed(power, s->column[j], s->rows, made);
        }
    }
    return MERA_OK;
}

mera_code mera_scorer_pack(mera_scorer *s, mera_arena *arena)
{
    s->panel = mera_arena_alloc(arena, s->n_panels * MERA_PANEL * s->k, sizeof *s->panel);
    MERA_TRY_PTR(s->panel);
    for (size_t p = 0; p < s->n_panels; p += MERA_SCORER_NEAR) {
        const size_t left = s->n_panels - p;
        pack_panels(s, p, left < MERA_SCORER_NEAR ? left : MERA_SCORER_NEAR,
                    s->panel + p * MERA_PANEL * s->k);
    }
    return MERA_OK;
}

void mera_scorer_product(const mera_scorer *s, const mera_kernels *kernels, const double *w,
                         double *y, size_t stride, size_t n_tiles, double *room)
{
    if (s->panel != NULL) {
        kernels->product(s->panel, s->n_panels, s->k, w, y, stride, n_tiles);
        return;
    }
    for (size_t p = 0; p < s->n_panels; p += MERA_SCORER_NEAR) {
        const size_t left = s->n_panels - p;
        const size_t here = left < MERA_SCORER_NEAR ? left : MERA_SCORER_NEAR;
        pack_panels(s, p, here, room);
        kernels->product(room, here, s->k, w, y + p * MERA_PANEL * MERA_TILE, stride, n_tiles);
    }
}
