/* SPDX-License-Identifier: Apache-2.0 */
/** @file Who can be first, and by what lead: a linear program that takes rivals in as they matter.
 */
#include <string.h>

#include "base/math.h"
#include "draws/allowed.h"
#include "draws/linear_table.h"

typedef struct first_run {
    const mera_rows *rows;
    mera_allowed_set allowed;
    mera_lp *lp;
    size_t row, lead; /* of the unit; the unknown that is the lead plus `shift` */
    double shift;     /* the largest possible gap, so that the unknown is not negative */
    uint8_t *taken;   /* rivals that are in the program */
    double *scratch, *x;
} first_run;

/* The rival whose lead breaks the one found most; SIZE_MAX = none. */
static size_t first_broken(const first_run *f)
{
    const mera_rows *r = f->rows;
    size_t worst = SIZE_MAX;
    double least = f->x[f->lead] - f->shift - 1e-12 * r->size;
    for (size_t i = 0; i < r->n; i++) {
        double lead = 0;
        for (size_t j = 0; j < r->k; j++) {
            lead += f->x[j] * (r->z[f->row * r->k + j] - r->z[i * r->k + j]);
        }
        if (!f->taken[i] && lead < least) {
            least = lead;
            worst = i;
        }
    }
    return worst;
}

static bool first_row(const first_run *f, size_t rival)
{
    const mera_rows *r = f->rows;
    memset(f->scratch, 0, (f->lead + 1) * sizeof *f->scratch);
    for (size_t j = 0; j < r->k; j++) {
        f->scratch[j] = r->z[f->row * r->k + j] - r->z[rival * r->k + j];
    }
    f->scratch[f->lead] = -1;
    return mera_lp_add_row(f->lp, f->scratch, -f->shift, INFINITY);
}

/* Takes in rivals as they turn out to matter. */
static mera_code first_climb(const first_run *f)
{
    for (;;) {
        const mera_lp_status status = mera_lp_solve(f->lp, f->x);
        if (status != MERA_LP_OPTIMAL) {
            return status == MERA_LP_FAILED ? MERA_ESYSTEM : MERA_EINPUT;
        }
        const size_t rival = first_broken(f);
        if (rival == SIZE_MAX) {
            return MERA_OK;
        }
        f->taken[rival] = 1;
        if (!first_row(f, rival)) {
            return MERA_ENOMEM;
        }
    }
}

static mera_code first_solve(first_run *f)
{
    f->lp = mera_lp_open(f->lead + 1);
    bool ok = f->lp != NULL && mera_allowed_rows(&f->allowed, f->lp, f->scratch, f->lead + 1);
    memset(f->scratch, 0, (f->lead + 1) * sizeof *f->scratch);
    f->scratch[f->lead] = 1;
    ok = ok && mera_lp_objective(f->lp, f->scratch) &&
         mera_lp_bounds(f->lp, f->lead, 0, 2 * f->shift);
    const mera_code rc = ok ? first_climb(f) : MERA_ENOMEM;
    mera_lp_close(f->lp);
    return rc;
}

mera_code mera_first_of(const mera_columns *columns, const mera_allowed *allowed, size_t unit,
                        mera_arena *arena, mera_diags *diags, mera_first *out)
{
    mera_rows rows;
    first_run f = {.rows = &rows};
    MERA_TRY(mera_rows_of(columns, arena, &rows));
    MERA_TRY(mera_rows_must_find(&rows, unit, diags, &f.row));
    MERA_TRY(mera_allowed_open(allowed, rows.k, arena, &f.allowed));
    f.lead = rows.k + f.allowed.n_free;
    f.shift = 2 * rows.size;
    MERA_TRY_NEW(f.taken, arena, rows.n);
    MERA_TRY_NEW(f.scratch, arena, f.lead + 1);
    MERA_TRY_NEW(f.x, arena, f.lead + 1);
    for (size_t i = 0; i < rows.n; i++) { /* its equals are first with it */
        f.taken[i] = mera_rows_same(&rows, i, f.row);
    }
    MERA_TRY(mera_allowed_refuse(first_solve(&f), diags));
    *out = (mera_first){.margin = f.x[f.lead] - f.shift, .w = f.x};
    out->can = out->margin > mera_rows_margin(&rows);
    return MERA_OK;
}
