/* SPDX-License-Identifier: Apache-2.0 */
/** @file The units of a comparison whose places moved the most. */
#include "report/compare_movers.h"

#include <stdlib.h>

enum { MOVERS_TOP = 15 };

size_t mera_compare_top(const mera_compare_view *view, size_t n)
{
    const size_t top = view->top > 0 ? view->top : MOVERS_TOP;
    return n < top ? n : top;
}

/* Of equal moves in the order of the units: both stand in the comparison's one array. */
static int movers_by_move(const void *a, const void *b)
{
    const mera_compare_unit *p = *(const mera_compare_unit *const *)a;
    const mera_compare_unit *q = *(const mera_compare_unit *const *)b;
    if (p->largest_move != q->largest_move) {
        return p->largest_move > q->largest_move ? -1 : 1;
    }
    return p < q ? -1 : p > q;
}

mera_code mera_compare_movers(const mera_comparison *comparison, const mera_compare_view *view,
                              mera_arena *arena, const mera_compare_unit *const **movers, size_t *n)
{
    const mera_compare_unit **mover;
    size_t moved = 0;
    MERA_TRY_NEW(mover, arena, comparison->n_units);
    for (size_t i = 0; i < comparison->n_units; i++) {
        if (comparison->unit[i].largest_move > 0) {
            mover[moved++] = &comparison->unit[i];
        }
    }
    qsort(mover, moved, sizeof *mover, movers_by_move);
    *movers = mover;
    *n = mera_compare_top(view, moved);
    return MERA_OK;
}
