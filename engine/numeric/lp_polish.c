/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A vertex of a linear program is the solution of linear equations: the rows and bounds that are
 * tight there. lp_solve finds it to 1e-9; solving the equations gives it to the last digits, the
 * same ones by whatever way it was reached.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lpsolve/lp_lib.h>

#include "numeric/linear.h"
#include "numeric/lp_internal.h"

typedef struct {
    size_t n_free, n_tight;
    size_t *free_x, *tight; /* unknowns between their bounds; rows at a limit (from 1) */
    double *a, *right, *solution;
} polish;

/* lp_solve's list of a basis: rows are 1..m, unknown j is m + 1 + j. */
static mera_code polish_basis(mera_lp *lp, polish *p)
{
    const size_t m = (size_t)get_Nrows(lp->rec);
    int *list;
    MERA_TRY_NEW(list, lp->arena, 1 + m + lp->k);
    MERA_TRY_NEW(p->free_x, lp->arena, lp->k);
    MERA_TRY_NEW(p->tight, lp->arena, m);
    if (!get_basis(lp->rec, list, TRUE)) {
        return MERA_OK;
    }
    for (size_t i = 1; i <= m + lp->k; i++) {
        const size_t which = (size_t)abs(list[i]);
        if (i <= m && which > m) {
            p->free_x[p->n_free++] = which - m - 1;
        } else if (i > m && which <= m) {
            p->tight[p->n_tight++] = which;
        }
    }
    return MERA_OK;
}

static double polish_nearer(double value, double low, double high)
{
    return fabs(value - low) <= fabs(value - high) ? low : high;
}

static void polish_row(mera_lp *lp, const polish *p, size_t r, const double *x)
{
    const int row = (int)p->tight[r];
    double activity = 0;
    get_row(lp->rec, row, lp->row);
    for (size_t j = 0; j < lp->k; j++) {
        activity += lp->row[1 + j] * x[j];
    }
    double right = polish_nearer(activity, get_rh_lower(lp->rec, row), get_rh_upper(lp->rec, row));
    for (size_t f = 0; f < p->n_free; f++) {
        p->a[r * p->n_free + f] = lp->row[1 + p->free_x[f]];
        lp->row[1 + p->free_x[f]] = 0;
    }
    for (size_t j = 0; j < lp->k; j++) { /* the others stand at a bound */
        right -= lp->row[1 + j] * x[j];
    }
    p->right[r] = right;
}

/* Unknowns that are not free stand exactly at the bound they are near to. */
static bool polish_bounds(const mera_lp *lp, const polish *p, double *x)
{
    for (size_t j = 0; j < lp->k; j++) {
        bool is_free = false;
        for (size_t f = 0; f < p->n_free; f++) {
            is_free = is_free || p->free_x[f] == j;
        }
        if (!is_free) {
            x[j] =
                polish_nearer(x[j], get_lowbo(lp->rec, (int)j + 1), get_upbo(lp->rec, (int)j + 1)) +
                0.0;
        }
    }
    return true;
}

mera_code mera_lp_polish(mera_lp *lp, double *x)
{
    polish p = {.n_free = 0};
    double *better;
    MERA_TRY(polish_basis(lp, &p));
    if (p.n_free != p.n_tight) {
        return MERA_OK;
    }
    MERA_TRY_NEW(better, lp->arena, lp->k);
    MERA_TRY_NEW(p.a, lp->arena, p.n_free * p.n_free);
    MERA_TRY_NEW(p.right, lp->arena, p.n_free);
    MERA_TRY_NEW(p.solution, lp->arena, p.n_free);
    memcpy(better, x, lp->k * sizeof *x);
    polish_bounds(lp, &p, better);
    for (size_t r = 0; r < p.n_tight; r++) {
        polish_row(lp, &p, r, better);
    }
    const mera_code rc = mera_solve(p.a, p.n_free, p.right, lp->arena, p.solution);
    if (rc != MERA_OK) {
        return rc == MERA_EINPUT ? MERA_OK : rc;
    }
    for (size_t f = 0; f < p.n_free; f++) {
        better[p.free_x[f]] = p.solution[f];
    }
    for (size_t j = 0; j < lp->k; j++) {
        if (!(fabs(better[j] - x[j]) <= 1e-6 * fmax(1, fabs(x[j])))) {
            return MERA_OK; /* another vertex, or a singular one: keep what the solver said */
        }
    }
    memcpy(x, better, lp->k * sizeof *x);
    return MERA_OK;
}
