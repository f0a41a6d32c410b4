/* SPDX-License-Identifier: Apache-2.0 */
/** @file Points of units as they are and with indicators lifted, to be scored under other weights;
 * and what a gain is. */
#include <string.h>

#include "analysis/priorities.h"

double mera_priorities_gain(const priorities_run *run, size_t node, double before, double after)
{
    return run->result->methodology->node[node].lower_is_better ? before - after : after - before;
}

double mera_priorities_mean_gain(const priorities_run *run, const mera_members *of, size_t node,
                                 const mera_result *lifted)
{
    double gain = 0;
    for (size_t u = 0; u < of->n; u++) {
        const size_t cell = run->shift + of->unit[u];
        gain += of->share[u] * mera_priorities_gain(run, node, run->result->node[node].score[cell],
                                                    lifted->node[node].score[cell]);
    }
    return gain;
}

/** Is a unit's own row all that its score depends on, once points are known? */
static bool rows_stand_alone(const mera_methodology *m)
{
    for (size_t k = 0; k < m->n_nodes; k++) {
        const mera_op *op = m->node[k].aggregate.op;
        if (m->node[k].then.n > 0 || (op != NULL && (op->flags & MERA_OP_POPULATION) != 0)) {
            return false;
        }
    }
    return true;
}

static const double *rows_points(const priorities_run *run, const mera_result *result, size_t k)
{
    return result->indicator[k].stage[MERA_STAGE_NORMALISED] + run->shift;
}

/** Points of the units into row `first` and those after it. */
static void rows_fill(const priorities_run *run, const mera_result *from, priorities_rows *rows,
                      size_t first)
{
    const size_t k = run->result->methodology->n_indicators;
    for (size_t j = 0; j < k; j++) {
        const double *x = rows_points(run, from, j);
        for (size_t u = 0; u < rows->n_units; u++) {
            rows->points[(first + u) * k + j] = x[rows->unit[u]];
        }
    }
}

mera_code mera_priorities_rows(const priorities_run *run, size_t n_items, priorities_rows *rows)
{
    const mera_methodology *m = run->result->methodology;
    rows->n_items = n_items;
    MERA_TRY_NEW(rows->possible, run->arena, n_items);
    MERA_TRY_NEW(rows->lift, run->arena, n_items);
    MERA_TRY_NEW(rows->n_lifts, run->arena, n_items);
    MERA_TRY_NEW(rows->points, run->arena, (1 + n_items) * rows->n_units * m->n_indicators);
    rows_fill(run, run->result, rows, 0);
    if (rows_stand_alone(m)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(rows->column, run->arena, n_items);
    for (size_t i = 0; i < n_items; i++) {
        MERA_TRY_NEW(rows->column[i], run->arena, m->n_indicators);
    }
    return MERA_OK;
}

mera_code mera_priorities_keep(const priorities_run *run, priorities_rows *rows, size_t i,
                               const mera_lift *lift, size_t n_lifts, const mera_result *lifted)
{
    const size_t n = run->result->n_units;
    rows->possible[i] = true;
    rows->lift[i] = lift;
    rows->n_lifts[i] = n_lifts;
    rows_fill(run, lifted, rows, (1 + i) * rows->n_units);
    for (size_t j = 0; rows->column != NULL && j < run->result->methodology->n_indicators; j++) {
        const double *x = rows_points(run, lifted, j);
        if (memcmp(x, rows_points(run, run->result, j), n * sizeof *x) != 0) {
            double *copy;
            MERA_TRY_NEW(copy, run->arena, n);
            memcpy(copy, x, n * sizeof *copy);
            rows->column[i][j] = copy;
        }
    }
    return MERA_OK;
}
