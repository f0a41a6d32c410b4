/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Coverage: how much of a node's weight rests on values that were observed (or derived from
 * observed ones) rather than imputed or missing.
 *
 *     coverage = 1 - sum_j w_j (1 - coverage_j) / sum_j w_j,   of an indicator: 1 observed, 0 not
 */
#include "base/math.h"
#include "run/internal.h"

/** Adds what an indicator lacks. A value was observed when it was there before imputation. */
static void coverage_add_indicator(const run_score *s, size_t k, double w, double *lacking)
{
    const double *x = s->cells[k].stage[MERA_STAGE_DENOMINATED];

    if (s->cells[k].n_gaps == 0) {
        return;
    }
    for (size_t i = 0; i < s->plan->n_scored * s->plan->n_units; i++) {
        lacking[i] += isnan(x[i]) ? w : 0;
    }
}

static void coverage_add_node(const run_score *s, size_t k, double w, double *lacking)
{
    const double *coverage = s->scores[k].coverage;

    if (s->scores[k].n_gaps == 0) {
        return;
    }
    for (size_t i = 0; i < s->plan->n_scored * s->plan->n_units; i++) {
        lacking[i] += w * (1 - coverage[i]);
    }
}

void mera_run_coverage(run_score *s, size_t node, const size_t *child, size_t k, double *coverage)
{
    const mera_node *def = s->plan->node[node].node;
    const double *w = s->scores[node].weight;
    const size_t n = s->plan->n_scored * s->plan->n_units;
    double total = 0;

    (void)mera_run_fill(coverage, n, 0);
    for (size_t j = 0; j < k; j++) {
        const mera_child *c = &def->child[child[j]];

        total += w[child[j]];
        if (c->is_indicator) {
            coverage_add_indicator(s, c->index, w[child[j]], coverage);
        } else {
            coverage_add_node(s, c->index, w[child[j]], coverage);
        }
    }
    s->scores[node].n_gaps = 0;
    for (size_t i = 0; i < n; i++) {
        s->scores[node].n_gaps += coverage[i] > 0;
        coverage[i] = total > 0 ? (total - coverage[i]) / total : NAN;
    }
}
