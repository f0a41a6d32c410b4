/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Imputers that look at several indicators of a unit. Chains then go in step: the first imputer of
 * every indicator, then the second, and so on; at each step those of one column come first, and
 * table-wise ones see what these and all earlier steps left. A table is what one use (the default
 * of the step, or an indicator's own) asks for under one node: all indicators below it are looked
 * at, those that ask are filled. An indicator that stands in several places counts where it stands
 * first.
 *
 * Tables of one step read the same values and their results are taken over when all are done, so
 * neither their order nor the number of threads can be told.
 */
#include "run/impute_tables.h"

#include "ops/impute/table.h"

/* ---- which tables ---- */

/** The node an indicator stands under first, or RUN_NO_NODE. */
static long table_parent(const mera_methodology *m, size_t indicator)
{
    for (size_t k = 0; k < m->n_nodes; k++) {
        for (size_t j = 0; j < m->node[k].n_children; j++) {
            if (m->node[k].child[j].is_indicator && m->node[k].child[j].index == indicator) {
                return (long)k;
            }
        }
    }
    return RUN_NO_NODE;
}

/** Does an indicator stand below a node? */
static bool table_below(const mera_methodology *m, size_t indicator, long node)
{
    long at = table_parent(m, indicator);

    while (at != RUN_NO_NODE && at != node) {
        at = m->node[at].parent == SIZE_MAX ? RUN_NO_NODE : (long)m->node[at].parent;
    }
    return at != RUN_NO_NODE;
}

/** The common node that an indicator's use asks for; a way past the root ends there. */
static long table_node(const mera_methodology *m, size_t indicator, const mera_use *use)
{
    const mera_table_params *params = use->params;
    long node = table_parent(m, indicator);
    int64_t up = params->among == MERA_AMONG_ALL ? INT64_MAX : params->up - 1;

    for (; node != RUN_NO_NODE && up > 0 && m->node[node].parent != SIZE_MAX; up--) {
        node = (long)m->node[node].parent;
    }
    return node;
}

static mera_code table_members(run_score *s, size_t first, run_table_use *table)
{
    const mera_methodology *m = s->plan->methodology;

    MERA_TRY_NEW(table->member, s->keep[0], m->n_indicators);
    MERA_TRY_NEW(table->fill, s->keep[0], m->n_indicators);
    MERA_TRY_NEW(table->y, s->keep[0], m->n_indicators);
    for (size_t k = 0; k < m->n_indicators; k++) {
        const bool seen = table->node == RUN_NO_NODE ? k == first : table_below(m, k, table->node);

        if (seen && !s->cells[k].dropped) {
            table->member[table->k++] = k;
        }
    }
    return MERA_OK;
}

/** Adds an indicator to the table of its use and node, a new one if it is the first there. */
static mera_code table_ask(run_score *s, run_tables *tables, size_t indicator, const run_use *use)
{
    const long node = table_node(s->plan->methodology, indicator, use->use);
    size_t t = 0;

    while (t < tables->n && !(tables->v[t].use->use == use->use && tables->v[t].node == node &&
                              node != RUN_NO_NODE)) {
        t++;
    }
    if (t == tables->n) {
        tables->v[tables->n++] = (run_table_use){.use = use, .node = node};
        MERA_TRY(table_members(s, indicator, &tables->v[t]));
    }
    for (size_t j = 0; j < tables->v[t].k; j++) {
        tables->v[t].fill[j] |= tables->v[t].member[j] == indicator;
    }
    return MERA_OK;
}

static mera_code table_gather(run_score *s, run_tables *tables, size_t u)
{
    const size_t n = s->plan->methodology->n_indicators;

    tables->n = 0;
    MERA_TRY_NEW(tables->v, s->keep[0], n);
    for (size_t k = 0; k < n; k++) {
        const run_uses *chain = &s->plan->indicator[k].impute;

        if (u < chain->n && chain->v[u].use->op->table != NULL && !s->cells[k].dropped) {
            MERA_TRY(table_ask(s, tables, k, &chain->v[u]));
        }
    }
    return MERA_OK;
}

/* ---- in step ---- */

static mera_code table_start(run_score *s, run_job *job, size_t k)
{
    const stage_run run = mera_run_stage_start(s, job, k);

    mera_run_impute_start(&run);
    return MERA_OK;
}

static mera_code table_column(run_score *s, run_job *job, size_t k)
{
    const stage_run run = mera_run_stage_start(s, job, k);

    return s->impute_step < run.ind->impute.n ? mera_run_impute_at(&run, s->impute_step) : MERA_OK;
}

static void table_take(run_score *s, const run_table_use *table)
{
    run_job job = {.keep = s->keep[0], .scratch = s->scratch[0], .diags = s->diags};

    for (size_t j = 0; j < table->k; j++) {
        if (table->y[j] != NULL) {
            const stage_run run = mera_run_stage_start(s, &job, table->member[j]);

            mera_run_impute_take(&run, table->use->use, table->y[j], NULL);
        }
    }
}

mera_code mera_run_impute_tables(run_score *s, const bool *serial)
{
    const size_t n = s->plan->methodology->n_indicators;
    size_t *item, longest = 0;
    bool *free_to_go;
    run_tables tables;

    MERA_TRY_NEW(item, s->keep[0], n);
    MERA_TRY_NEW(free_to_go, s->keep[0], n);
    for (size_t k = 0; k < n; k++) {
        const size_t chain = s->plan->indicator[k].impute.n;

        item[k] = k;
        longest = chain > longest ? chain : longest;
    }
    MERA_TRY(mera_run_items(s, item, free_to_go, n, table_start));
    for (s->impute_step = 0; s->impute_step < longest; s->impute_step++) {
        MERA_TRY(mera_run_items(s, item, serial, n, table_column));
        MERA_TRY(table_gather(s, &tables, s->impute_step));
        s->tables = &tables;
        MERA_TRY(mera_run_items(s, item, free_to_go, tables.n, mera_run_impute_table));
        for (size_t t = 0; t < tables.n; t++) {
            table_take(s, &tables.v[t]);
        }
    }
    s->tables = NULL;
    return MERA_OK;
}
