/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * lp_solve 5.5 (Berkelaar, Eikland, Notebaert) behind four calls. No scaling and no presolve: the
 * programs here are small and of scores of one size, and what is solved is what was asked.
 */
#include "numeric/lp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lpsolve/lp_lib.h>

#include "numeric/lp_internal.h"

/* lp_solve's infinity is 1e30. */
static double lp_limit(double x)
{
    return isinf(x) ? (x > 0 ? 1e30 : -1e30) : x;
}

mera_lp *mera_lp_open(size_t k)
{
    mera_lp *lp = calloc(1, sizeof *lp);
    if (lp == NULL) {
        return NULL;
    }
    lp->k = k;
    lp->arena = mera_arena_new();
    lp->row = lp->arena != NULL ? mera_arena_zero(lp->arena, k + 1, sizeof *lp->row) : NULL;
    lp->rec = lp->row != NULL ? make_lp(0, (int)k) : NULL;
    if (lp->rec == NULL) {
        mera_lp_close(lp);
        return NULL;
    }
    set_verbose(lp->rec, CRITICAL);
    set_scaling(lp->rec, SCALE_NONE);
    set_presolve(lp->rec, PRESOLVE_NONE, 0);
    set_maxim(lp->rec);
    return lp;
}

void mera_lp_close(mera_lp *lp)
{
    if (lp != NULL) {
        if (lp->rec != NULL) {
            delete_lp(lp->rec);
        }
        mera_arena_free(lp->arena);
        free(lp);
    }
}

static double *lp_row(mera_lp *lp, const double *a)
{
    lp->row[0] = 0;
    memcpy(lp->row + 1, a, lp->k * sizeof *a);
    return lp->row;
}

bool mera_lp_objective(mera_lp *lp, const double *c)
{
    return set_obj_fn(lp->rec, lp_row(lp, c)) != FALSE;
}

bool mera_lp_bounds(mera_lp *lp, size_t j, double low, double high)
{
    return set_bounds(lp->rec, (int)j + 1, lp_limit(low), lp_limit(high)) != FALSE;
}

/* A row of lp_solve has a kind, and its second limit is given apart. */
static bool lp_limits(mera_lp *lp, int row, double low, double high)
{
    if (low == high) {
        return set_constr_type(lp->rec, row, EQ) && set_rh(lp->rec, row, low);
    }
    if (isinf(high)) {
        return set_constr_type(lp->rec, row, GE) && set_rh(lp->rec, row, lp_limit(low));
    }
    return set_constr_type(lp->rec, row, LE) && set_rh(lp->rec, row, high) &&
           (isinf(low) || set_rh_range(lp->rec, row, high - low));
}

bool mera_lp_add_row(mera_lp *lp, const double *a, double low, double high)
{
    return add_constraint(lp->rec, lp_row(lp, a), LE, 0) &&
           lp_limits(lp, get_Nrows(lp->rec), low, high);
}

mera_lp_status mera_lp_solve(mera_lp *lp, double *x)
{
    const mera_arena_mark mark = mera_arena_mark_now(lp->arena);
    int status = solve(lp->rec);
    if (status != OPTIMAL && status != INFEASIBLE && status != UNBOUNDED) {
        default_basis(lp->rec); /* the last basis led astray: once more from the start */
        status = solve(lp->rec);
    }
    if (status == INFEASIBLE || status == UNBOUNDED) {
        return status == INFEASIBLE ? MERA_LP_INFEASIBLE : MERA_LP_UNBOUNDED;
    }
    if (status != OPTIMAL && status != PRESOLVED) {
        return MERA_LP_FAILED;
    }
    if (!get_variables(lp->rec, x)) {
        return MERA_LP_FAILED;
    }
    const mera_code rc = mera_lp_polish(lp, x);
    mera_arena_rewind(lp->arena, mark);
    return rc == MERA_OK ? MERA_LP_OPTIMAL : MERA_LP_FAILED;
}
