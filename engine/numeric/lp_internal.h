/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to numeric: what a linear program holds. */
#ifndef MERA_NUMERIC_LP_INTERNAL_H
#define MERA_NUMERIC_LP_INTERNAL_H

#include "mera/arena.h"
#include "numeric/lp.h"

struct mera_lp {
    struct _lprec *rec;
    mera_arena *arena; /* scratch of a solve; the row buffer stands at its start */
    size_t k;
    double *row; /* 1 + k: lp_solve counts from 1 */
};

/** Solves the equations of the vertex that was found; x stays as it is when that does not work. */
mera_code mera_lp_polish(mera_lp *lp, double *x);

#endif
