/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What surrounds a weigher: it sees the units of all scored periods one below the other, with their
 * keys and names, the columns its parameters ask for (an indicator directed, so that higher is
 * better), and how many indicators stand below each child.
 */
#include "base/math.h"
#include "run/internal.h"

#include <string.h>

static size_t weigh_cells(const run_score *s)
{
    return s->plan->n_scored * s->plan->n_units;
}

static mera_code weigh_units(const run_score *s, mera_arena *arena, mera_op_ctx *ctx)
{
    const mera_dataset *data = s->plan->data;
    const size_t n = weigh_cells(s);
    const char **key, **name;

    MERA_TRY_NEW(key, arena, n);
    MERA_TRY_NEW(name, arena, n);
    for (size_t i = 0; i < n; i++) {
        key[i] = data->unit_key[i % data->n_units];
        name[i] = data->unit_name[i % data->n_units];
    }
    ctx->unit_key = key;
    ctx->unit_name = name;
    return MERA_OK;
}

/** Higher is better in what a weigher reads, too. */
static void weigh_direct(const run_score *s, const run_source *source, double *x, size_t n)
{
    const mera_indicator *def;

    if (source->indicator == SIZE_MAX) {
        return;
    }
    def = s->plan->indicator[source->indicator].indicator;
    for (size_t i = 0; i < n; i++) {
        x[i] = mera_run_directed(def, x[i]);
    }
}

static mera_code weigh_inputs(const run_score *s, const run_sources *inputs, mera_arena *arena,
                              mera_op_ctx *ctx)
{
    const size_t units = s->plan->n_units;
    const double **input;

    MERA_TRY_NEW(input, arena, inputs->n);
    for (size_t c = 0; c < inputs->n; c++) {
        double *all;

        if (mera_run_slice(s, &inputs->v[c], 0) == NULL) {
            continue; /* a parameter that was not given */
        }
        MERA_TRY_NEW(all, arena, weigh_cells(s));
        for (size_t p = 0; p < s->plan->n_scored; p++) {
            memcpy(all + p * units, mera_run_slice(s, &inputs->v[c], p), units * sizeof *all);
        }
        weigh_direct(s, &inputs->v[c], all, weigh_cells(s));
        input[c] = all;
    }
    ctx->input = input;
    ctx->n_inputs = inputs->n;
    return MERA_OK;
}

static bool weigh_takes_part(const run_score *s, const mera_child *child)
{
    return child->is_indicator ? !s->cells[child->index].dropped : !s->scores[child->index].dropped;
}

/** Indicators that take part at or below a child. */
static size_t weigh_leaves(const run_score *s, const mera_child *child)
{
    size_t leaves = 0;

    if (child->is_indicator || !weigh_takes_part(s, child)) {
        return weigh_takes_part(s, child);
    }
    for (size_t j = 0; j < s->plan->node[child->index].node->n_children; j++) {
        leaves += weigh_leaves(s, &s->plan->node[child->index].node->child[j]);
    }
    return leaves;
}

mera_code mera_run_weigh_ctx(const run_score *s, const run_node *node, const size_t *child,
                             size_t k, mera_op_ctx *ctx)
{
    size_t *leaves;

    MERA_TRY_NEW(leaves, ctx->arena, k);
    for (size_t j = 0; j < k; j++) {
        leaves[j] = weigh_leaves(s, &node->node->child[child[j]]);
    }
    ctx->child_leaves = leaves;
    MERA_TRY(weigh_units(s, ctx->arena, ctx));
    return weigh_inputs(s, &node->weigh.inputs, ctx->arena, ctx);
}
