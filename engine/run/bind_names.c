/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a name stands for: an indicator (its raw values), else a column of the data. An indicator's
 * own id inside its own formula is the column of that name, so `x: {formula: x / 100}` works. The
 * order in which indicators are derived follows from who reads whom.
 */
#include "base/map.h"
#include "base/text.h"
#include "run/internal.h"

mera_code mera_run_known_names(const mera_plan *plan, mera_arena *arena, mera_text_list *out)
{
    const mera_methodology *m = plan->methodology;
    const char **names;
    size_t n = 0;

    MERA_TRY_NEW(names, arena, m->n_indicators + plan->data->n_columns + m->n_groupings);
    for (size_t k = 0; k < m->n_indicators; k++) {
        names[n++] = m->indicator[k].id;
    }
    for (size_t c = 0; c < plan->data->n_columns; c++) {
        if (mera_methodology_indicator(m, plan->data->column[c].name) == SIZE_MAX) {
            names[n++] = plan->data->column[c].name;
        }
    }
    for (size_t g = 0; g < m->n_groupings; g++) {
        names[n++] = m->grouping[g].id;
    }
    *out = (mera_text_list){n, names};
    return MERA_OK;
}

mera_code mera_run_bind_name(const mera_plan *plan, const char *name, size_t self, mera_at at,
                             mera_diags *diags, run_source *out)
{
    const size_t k = mera_methodology_indicator(plan->methodology, name);
    mera_text_list known;
    const char *nearest;

    *out = (run_source){.name = name, .indicator = SIZE_MAX};
    if (k != SIZE_MAX && k != self) {
        out->indicator = k;
        return MERA_OK;
    }
    out->column = mera_dataset_column(plan->data, name);
    if (out->column != NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_run_known_names(plan, plan->arena, &known));
    (void)mera_fail(diags, MERA_EINPUT, "missing-column", at,
                    "'%s' is neither an indicator nor a column of the data", name);
    nearest = mera_nearest(name, known.v, known.n);
    if (nearest != NULL) {
        mera_hint(diags, "did you mean '%s'?", nearest);
    }
    return MERA_EINPUT;
}

mera_code mera_run_bind_read(const mera_plan *plan, const char *name, size_t self, mera_at at,
                             mera_diags *diags, run_source *out)
{
    const size_t k = mera_methodology_indicator(plan->methodology, name);

    if ((k == SIZE_MAX || k == self) && mera_run_grouping(plan, name) != NULL) {
        *out = (run_source){.name = name, .indicator = SIZE_MAX, .is_texts = true};
        return MERA_OK;
    }
    return mera_run_bind_name(plan, name, self, at, diags, out);
}

/* ---- order of derivation ---- */

enum { ORDER_NEW, ORDER_OPEN, ORDER_DONE };

typedef struct order_walk {
    mera_plan *plan;
    uint8_t *mark;
    size_t *path; /**< indicators being visited */
    size_t *next; /**< which of its reads each of them is at */
    size_t depth, n_done;
} order_walk;

/** Says which indicators read each other, from the first met again around to itself. */
static mera_code order_cycle(const order_walk *walk, size_t again, mera_diags *diags)
{
    const run_indicator *ind = walk->plan->indicator;
    mera_text text = {.arena = walk->plan->arena};
    size_t from = 0;
    const char *chain;

    while (walk->path[from] != again) {
        from++;
    }
    for (size_t d = from; d < walk->depth; d++) {
        mera_text_addf(&text, "'%s' reads ", ind[walk->path[d]].indicator->id);
    }
    mera_text_addf(&text, "'%s'", ind[again].indicator->id);
    chain = mera_text_string(&text);
    MERA_TRY_PTR(chain);
    return mera_fail(diags, MERA_EINPUT, "cycle", ind[again].indicator->source_at,
                     "indicators read each other in a circle: %s", chain);
}

/** Visits an indicator after all that it reads; with a stack of our own, so depth is no matter. */
static mera_code order_visit(order_walk *walk, size_t start, mera_diags *diags)
{
    walk->path[0] = start;
    walk->next[0] = 0;
    walk->depth = 1;
    walk->mark[start] = ORDER_OPEN;
    while (walk->depth > 0) {
        const size_t k = walk->path[walk->depth - 1];
        const run_sources *reads = &walk->plan->indicator[k].reads;
        size_t child = SIZE_MAX;

        while (child == SIZE_MAX && walk->next[walk->depth - 1] < reads->n) {
            child = reads->v[walk->next[walk->depth - 1]++].indicator;
        }
        if (child == SIZE_MAX) {
            walk->mark[k] = ORDER_DONE;
            walk->plan->derive_order[walk->n_done++] = k;
            walk->depth--;
        } else if (walk->mark[child] == ORDER_OPEN) {
            return order_cycle(walk, child, diags);
        } else if (walk->mark[child] == ORDER_NEW) {
            walk->mark[child] = ORDER_OPEN;
            walk->path[walk->depth] = child;
            walk->next[walk->depth++] = 0;
        }
    }
    return MERA_OK;
}

mera_code mera_run_order_indicators(mera_plan *plan, mera_diags *diags)
{
    const size_t n = plan->methodology->n_indicators;
    order_walk walk = {.plan = plan};

    MERA_TRY_NEW(plan->derive_order, plan->arena, n);
    MERA_TRY_NEW(walk.mark, plan->arena, n);
    MERA_TRY_NEW(walk.path, plan->arena, n);
    MERA_TRY_NEW(walk.next, plan->arena, n);
    for (size_t k = 0; k < n; k++) {
        if (walk.mark[k] == ORDER_NEW) {
            MERA_TRY(order_visit(&walk, k, diags));
        }
    }
    return MERA_OK;
}
