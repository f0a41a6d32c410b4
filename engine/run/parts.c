/* SPDX-License-Identifier: Apache-2.0 */
/** @file The children that took part in a node of a result, with the weights its aggregator got. */
#include "run/parts.h"

const double *mera_run_passed(const mera_result *result, const mera_child *child)
{
    if (child->is_indicator) {
        return result->indicator[child->index].stage[MERA_STAGE_NORMALISED];
    }
    return result->methodology->node[child->index].pass_aggregate
               ? result->node[child->index].aggregate
               : result->node[child->index].score;
}

bool mera_run_has_veto(const mera_use *use)
{
    return use->op != NULL && mera_streq(use->op->name, "aggregate.veto");
}

/** Does a node or indicator have anything to say? A node that lost all children has no score. */
static bool parts_takes_part(const mera_result *result, const mera_child *child)
{
    const size_t n = result->n_periods * result->n_units;

    if (child->is_indicator) {
        return !result->indicator[child->index].screened_out;
    }
    return mera_run_count_missing(result->node[child->index].aggregate, n) < n;
}

/** Weights as the weigher made them; NULL = they are as written. */
static const double *parts_made(const mera_result *result, size_t node)
{
    for (size_t i = 0; i < result->n_fits; i++) {
        const mera_fit_record *fit = &result->fit[i];

        if (fit->node == node && fit->step == MERA_STEP_WEIGHT) {
            return fit->fitted.v;
        }
    }
    return NULL;
}

/** What sums of weights are divided by, as in tree.c. */
static double parts_total(const run_parts *parts, const mera_node *def, double sum)
{
    double all = 0;

    for (size_t j = 0; j < def->n_children; j++) {
        all += def->child[j].weight;
    }
    if (!def->weights_as_given) {
        return sum;
    }
    return def->weigh.op != NULL || parts->k == def->n_children || !(all > 0) ? 1 : sum / all;
}

mera_code mera_run_parts_of(const mera_result *result, size_t node, mera_arena *arena,
                            run_parts *out)
{
    const mera_methodology *m = result->methodology;
    const mera_node *def = &m->node[node];
    const double *made = parts_made(result, node);
    double sum = 0;

    *out = (run_parts){.k = 0};
    MERA_TRY_NEW(out->part, arena, def->n_children);
    MERA_TRY_NEW(out->id, arena, def->n_children);
    MERA_TRY_NEW(out->w, arena, def->n_children);
    for (size_t j = 0; j < def->n_children; j++) {
        if (parts_takes_part(result, &def->child[j])) {
            out->part[out->k] = j;
            out->id[out->k] = mera_run_child_id(m, &def->child[j]);
            out->w[out->k] = made != NULL ? made[out->k] : def->child[j].weight;
            sum += out->w[out->k++];
        }
    }
    out->total = parts_total(out, def, sum);
    return MERA_OK;
}
