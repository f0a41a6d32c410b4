/* SPDX-License-Identifier: Apache-2.0 */
/** @file One run of an item on a sample, and made-up columns. */
#include <string.h>

#include "base/hash.h"
#include "lua/probe.h"

/* Puts the columns of a run into the period under way, so that lag(x, 0) is x. */
static mera_code probe_now(const probe *p, const double *const *in, mera_around *around)
{
    const size_t n = around->n_periods;
    const double **past;

    if (around->past == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(past, p->arena, p->k * n);
    for (size_t i = 0; i < p->k * n; i++) {
        past[i] = i % n == around->period ? in[i / n] : around->past[i];
    }
    around->past = past;
    return MERA_OK;
}

mera_code mera_probe_run(const probe *p, const double *const *in, const mera_around *around,
                         const char **why, double *y)
{
    mera_op_findings found = {0, NULL};
    mera_around now = *around;
    const mera_compute c = {.op = &p->entry->op,
                            .params = p->params,
                            .arena = p->arena,
                            .diags = mera_diags_new(p->arena),
                            .n = p->n,
                            .k = p->k,
                            .in = in,
                            .name = p->name,
                            .around = &now,
                            .findings = &found};
    mera_code rc;

    MERA_TRY_PTR(c.diags);
    MERA_TRY(probe_now(p, in, &now));
    rc = mera_compute_run(&c, y);
    if (rc != MERA_OK && why != NULL) {
        *why = mera_compute_why(c.diags);
    }
    return rc;
}

/* From 1 to 1000, evenly on a logarithmic scale; the same for a column of that name. */
double *mera_probe_make_up(mera_arena *arena, const char *column, size_t n)
{
    double *x = mera_arena_alloc(arena, n + 1, sizeof *x);

    for (size_t i = 0; x != NULL && i < n; i++) {
        const uint64_t hash = mera_hash64(&i, sizeof i, mera_hash64(column, strlen(column), 1));

        x[i] = (double)(1 + hash % 1000);
        x[i] = hash % 2 == 0 ? x[i] : (double)(1 + (hash >> 20) % 30);
    }
    return x;
}
