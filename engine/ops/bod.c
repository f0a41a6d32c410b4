/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One linear program a unit,
 *
 *     max sum_j w_j z_ij   subject to   sum_j w_j z_kj <= 1 for all k,  w >= 0,
 *     L_j sum_l w_l z_il <= w_j z_ij <= U_j sum_l w_l z_il
 *
 * (Cherchye, Moesen, Rogge and Van Puyenbroeck, Social Indicators Research 82 (2007) 111). Of the n
 * constraints few ever bind, the same for many units: a program starts with those that did so far
 * and takes in what its solution breaks, until it breaks none.
 */
#include "ops/bod.h"

#include <math.h>
#include <string.h>

#include "numeric/lp.h"

#define BOD_EXCESS 1e-10 /* a score above 1 by less is 1 */

static void bod_take(mera_bod *set, size_t i)
{
    if (!set->in_pool[i]) {
        set->in_pool[i] = 1;
        set->pool[set->n_pool++] = i;
    }
}

/* Can shares within the bounds add up to 1? The program itself would only answer with a score of 0.
 */
static bool bod_possible(const mera_bod *set)
{
    double least = 0, most = 0;
    bool ordered = true;
    for (size_t j = 0; set->lower != NULL && j < set->k; j++) {
        ordered = ordered && set->lower[j] <= set->upper[j];
        least += set->lower[j];
        most += set->upper[j];
    }
    return set->lower == NULL || (ordered && least <= 1 + 1e-9 && most >= 1 - 1e-9);
}

/* The largest of each child bounds its weight; the largest sum is often at the frontier. */
mera_code mera_bod_start(mera_bod *set)
{
    if (!bod_possible(set)) {
        return MERA_EINPUT;
    }
    MERA_TRY_NEW(set->scale, set->arena, set->k);
    MERA_TRY_NEW(set->pool, set->arena, set->n);
    MERA_TRY_NEW(set->in_pool, set->arena, set->n);
    set->n_pool = 0;
    for (size_t j = 0; j < set->k; j++) {
        size_t top = 0;
        for (size_t i = 1; i < set->n; i++) {
            top = set->z[i * set->k + j] > set->z[top * set->k + j] ? i : top;
        }
        set->scale[j] = set->n > 0 ? set->z[top * set->k + j] : 0;
        if (set->n > 0) {
            bod_take(set, top);
        }
    }
    return MERA_OK;
}

/* Row of unit i on the scale of the children's maxima; a child that is 0 everywhere stays 0. */
static void bod_row(const mera_bod *set, size_t i, double *row)
{
    for (size_t j = 0; j < set->k; j++) {
        row[j] = set->scale[j] > 0 ? set->z[i * set->k + j] / set->scale[j] : 0;
    }
}

/* The rows of share bounds of unit z: w_j z_j - bound_j sum_l w_l z_l on one side of 0. */
static bool bod_shares(const mera_bod *set, mera_lp *lp, const double *z, double *row)
{
    bool ok = true;
    for (size_t j = 0; ok && set->lower != NULL && j < set->k; j++) {
        for (int side = 0; ok && side < 2; side++) {
            const double bound = side == 0 ? set->lower[j] : set->upper[j];
            if (side == 0 ? bound <= 0 : bound >= 1) {
                continue;
            }
            for (size_t l = 0; l < set->k; l++) {
                row[l] = (l == j ? z[l] : 0) - bound * z[l];
            }
            ok = mera_lp_add_row(lp, row, side == 0 ? 0 : -INFINITY, side == 0 ? INFINITY : 0);
        }
    }
    return ok;
}

static mera_lp *bod_open(const mera_bod *set, const double *z, double *row)
{
    mera_lp *lp = mera_lp_open(set->k);
    bool ok = lp != NULL && mera_lp_objective(lp, z);
    for (size_t j = 0; ok && j < set->k; j++) {
        /* without a value above 0 anywhere no constraint would hold the weight */
        ok = set->scale[j] > 0 || mera_lp_bounds(lp, j, 0, 0);
    }
    ok = ok && bod_shares(set, lp, z, row);
    for (size_t p = 0; ok && p < set->n_pool; p++) {
        bod_row(set, set->pool[p], row);
        ok = mera_lp_add_row(lp, row, -INFINITY, 1);
    }
    if (!ok) {
        mera_lp_close(lp);
        return NULL;
    }
    return lp;
}

/* The unit whose score breaks its bound most, or n. */
static size_t bod_broken(const mera_bod *set, const double *w)
{
    size_t worst = set->n;
    double most = 1 + BOD_EXCESS;
    for (size_t i = 0; i < set->n; i++) {
        double score = 0;
        for (size_t j = 0; j < set->k; j++) {
            score += set->scale[j] > 0 ? w[j] * (set->z[i * set->k + j] / set->scale[j]) : 0;
        }
        if (score > most && !set->in_pool[i]) {
            most = score;
            worst = i;
        }
    }
    return worst;
}

/* Solves, taking in constraints until none is broken. */
static mera_code bod_climb(mera_bod *set, mera_lp *lp, double *row, double *w)
{
    for (;;) {
        if (mera_lp_solve(lp, w) != MERA_LP_OPTIMAL) { /* w = 0 is always possible */
            return MERA_ESYSTEM;
        }
        const size_t broken = bod_broken(set, w);
        if (broken == set->n) {
            return MERA_OK;
        }
        bod_take(set, broken);
        bod_row(set, broken, row);
        if (!mera_lp_add_row(lp, row, -INFINITY, 1)) {
            return MERA_ENOMEM;
        }
    }
}

/* Doyle and Green (1994): keep the own score, and move the sum of all scores. */
static mera_code bod_second(mera_bod *set, mera_lp *lp, const double *z, double score, double *row,
                            double *w)
{
    const double sign = set->goal == MERA_BOD_BENEVOLENT ? 1 : -1;
    if (set->goal == MERA_BOD_ANY) {
        return MERA_OK;
    }
    if (!mera_lp_add_row(lp, z, score - 1e-12, INFINITY)) {
        return MERA_ENOMEM;
    }
    for (size_t j = 0; j < set->k; j++) {
        row[j] = 0;
        for (size_t i = 0; i < set->n; i++) {
            row[j] += set->scale[j] > 0 ? sign * set->z[i * set->k + j] / set->scale[j] : 0;
        }
        row[j] /= (double)set->n;
    }
    return mera_lp_objective(lp, row) ? bod_climb(set, lp, row, w) : MERA_ENOMEM;
}

/* With a 0 where a share is demanded only the score 0 has such shares. */
static bool bod_hopeless(const mera_bod *set, const double *z)
{
    bool some = false, demanded = false;
    for (size_t j = 0; j < set->k; j++) {
        some = some || z[j] > 0;
        demanded = demanded || (set->lower != NULL && set->lower[j] > 0 && !(z[j] > 0));
    }
    return !some || demanded;
}

mera_code mera_bod_solve(mera_bod *set, size_t i, double *w, double *score)
{
    const mera_arena_mark mark = mera_arena_mark_now(set->arena);
    double *z, *row;
    MERA_TRY_NEW(z, set->arena, set->k);
    MERA_TRY_NEW(row, set->arena, set->k);
    bod_row(set, i, z);
    memset(w, 0, set->k * sizeof *w);
    *score = 0;
    if (bod_hopeless(set, z)) {
        return MERA_OK;
    }
    mera_lp *lp = bod_open(set, z, row);
    mera_code rc = lp != NULL ? bod_climb(set, lp, row, w) : MERA_ENOMEM;
    for (size_t j = 0; rc == MERA_OK && j < set->k; j++) {
        *score += w[j] * z[j];
    }
    if (rc == MERA_OK) {
        rc = bod_second(set, lp, z, *score, row, w);
    }
    mera_lp_close(lp);
    for (size_t j = 0; j < set->k; j++) {
        w[j] = set->scale[j] > 0 ? fmax(0, w[j]) / set->scale[j] : 0;
    }
    *score = *score > 1 - BOD_EXCESS ? 1 : fmax(0, *score);
    mera_arena_rewind(set->arena, mark);
    return rc;
}
