/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of mera/robust.h share. */
#ifndef MERA_ANALYSIS_ROBUST_H
#define MERA_ANALYSIS_ROBUST_H

#include "draws/laws.h"
#include "mera/robust.h"

/** The framework below the asked node, without what has no weight or no numbers. */
typedef struct robust_run {
    mera_plan *plan;
    const mera_result *result;
    const mera_robust_ask *ask;
    mera_robust *out;
    mera_arena *arena;
    mera_diags *diags;
    size_t shift;             /**< of the period's first cell */
    size_t n_nodes, k;        /**< nodes, columns */
    mera_weight_node *node;   /**< parents first, in the order of the methodology */
    size_t *number;           /**< per node: its number in the methodology */
    size_t **child;           /**< per node and part: which of the methodology's children it is */
    const double **z;         /**< columns; screened units are missing */
    const char **column_name; /**< ids of the indicators */
    size_t *ranked;           /**< units with a place: those that are scored anew */
} robust_run;

/** Rules, tree, columns and scores as things stand, into run->out; plan to diags are given. */
mera_code mera_robust_begin(robust_run *run);
/** Fills the tree and the columns. */
mera_code mera_robust_tree(robust_run *run);
/** Why products of tables cannot score the tree: out->why_anew and out->which. */
void mera_robust_explain(robust_run *run);
/** The power of the node's mean; NaN when it is no power mean. */
double mera_robust_power(const mera_node *node);
/** Draws by scoring the framework anew; `ask` as for products. */
mera_code mera_robust_anew(robust_run *run, const mera_draws_ask *ask, mera_draws **out);
/** Samplers of the tree's nodes, in the run's arena. */
mera_code mera_robust_samplers(const robust_run *run, mera_sampler **out);
/** Weights of one draw, per node of the methodology, of the same sum as those in force; from shares
 * share[v][c * 16 + lane]. */
mera_code mera_robust_weights(const robust_run *run, double *const *share, size_t lane,
                              mera_arena *arena, const double ***out);
/** Fills run->ranked, and their scores: units without a place take no part, neither in shifts nor
 * in bands. */
mera_code mera_robust_ranked(robust_run *run, double **reference);
/** Draws over everything that `uncertainty:` varies; `ask` as for products. */
mera_code mera_robust_joint(robust_run *run, const mera_draws_ask *ask, mera_draws **out);
/** What was counted over units with a place, over all units; the others have zeros. */
mera_code mera_robust_spread(robust_run *run);
/** Marks draws that are kept: methodology, data, node, period and scores as they stand. */
uint64_t mera_robust_mark(const robust_run *run);
/** So many draws are done: shall there be more? */
bool mera_robust_go_on(robust_run *run, uint64_t drawn);
/** What was counted so far as bytes: out->kept. */
mera_code mera_robust_keep(robust_run *run, const mera_draws *draws);
/** Takes up ask->kept, if any: out->drawn, failed, failure. MERA_EINPUT: of something else. */
mera_code mera_robust_take_up(robust_run *run, mera_draws *draws);
/** Units that have all columns. */
size_t mera_robust_complete(const mera_columns *columns);
/** The parts of node v of the tree as columns, higher better and added up (logarithms for a
 * geometric mean, raised to its floor), and their weights. */
mera_code mera_robust_parts(const robust_run *run, size_t v, mera_columns *columns,
                            double **weight);
/** Why the weights of node v of the tree cannot be certified. */
mera_robust_why mera_robust_why_none(const robust_run *run, size_t v);
/** What holds without drawing. */
mera_code mera_robust_certify(robust_run *run);

#endif
