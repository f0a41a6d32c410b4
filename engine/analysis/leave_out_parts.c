/* SPDX-License-Identifier: Apache-2.0 */
/** @file What there is to leave out, and what goes with it. */
#include "analysis/leave_out.h"

#include "base/math.h"

typedef struct leave_shares {
    double *node, *indicator; /**< of the asked node's weight, summed over all ways down */
} leave_shares;

/* Parents stand before their children. `without` has no way through it; SIZE_MAX = none. */
static mera_code leave_share(const leave_run *run, size_t without, mera_arena *arena,
                             leave_shares *out)
{
    const mera_methodology *m = run->result->methodology;
    MERA_TRY_NEW(out->node, arena, m->n_nodes);
    MERA_TRY_NEW(out->indicator, arena, m->n_indicators);
    out->node[run->ask->node] = 1;
    for (size_t k = run->ask->node; k < m->n_nodes; k++) {
        const double *weight = run->result->node[k].weight;
        double sum = 0;
        for (size_t j = 0; j < m->node[k].n_children; j++) {
            sum += weight[j];
        }
        for (size_t j = 0; j < m->node[k].n_children && k != without && sum > 0; j++) {
            const mera_child *child = &m->node[k].child[j];
            const double share = out->node[k] * weight[j] / sum;
            (child->is_indicator ? out->indicator : out->node)[child->index] += share;
        }
    }
    return MERA_OK;
}

mera_code mera_leave_flags(const leave_run *run, size_t index, mera_arena *arena,
                           uint8_t *indicator, uint8_t *node)
{
    leave_shares with, without;
    if (run->ask->what == MERA_LEAVE_INDICATORS) {
        indicator[index] = 1;
        return MERA_OK;
    }
    MERA_TRY(leave_share(run, SIZE_MAX, arena, &with));
    MERA_TRY(leave_share(run, index, arena, &without));
    node[index] = 1;
    for (size_t k = 0; k < run->result->methodology->n_indicators; k++) {
        indicator[k] = with.indicator[k] > 0 && !(without.indicator[k] > 0);
    }
    return MERA_OK;
}

static mera_code leave_nothing(const leave_run *run)
{
    static const char *const what[] = {"indicator", "direction", "unit"};
    const mera_node *node = &run->result->methodology->node[run->ask->node];
    return mera_fail(run->diags, MERA_EINPUT, "nothing-to-leave-out", node->at,
                     "there are not two %ss with a weight at '%s', so none can be left out",
                     what[run->ask->what], node->id);
}

mera_code mera_leave_list(leave_run *run)
{
    const mera_methodology *m = run->result->methodology;
    const bool units = run->ask->what == MERA_LEAVE_UNITS;
    const bool nodes = run->ask->what == MERA_LEAVE_DIRECTIONS;
    const size_t n = units ? run->result->n_units : nodes ? m->n_nodes : m->n_indicators;
    leave_shares shares;
    MERA_TRY(leave_share(run, SIZE_MAX, run->arena, &shares));
    MERA_TRY_NEW(run->left, run->arena, n);
    for (size_t i = 0; i < n; i++) {
        const double share = units ? NAN : nodes ? shares.node[i] : shares.indicator[i];
        if (units ? !isnan(run->out->place[i]) : share > 0 && !(nodes && i == run->ask->node)) {
            run->left[run->out->n_asked++] = (mera_left){.index = i, .weight = share};
        }
    }
    return run->out->n_asked > 1 ? MERA_OK : leave_nothing(run);
}
