/* SPDX-License-Identifier: Apache-2.0 */
/** @file get_eff_weights(), get_opt_weights(). */
#include <math.h>
#include <string.h>

#include "calls.h"
#include "pick.h"

mera_code call_get_eff_weights(run *r, coin *c, const json_t *args)
{
    const weights *w;
    size_t *parent = NEW(r->arena, c->n_meta + 1, size_t);
    (void)args;
    MERA_TRY(coin_weights(c, NULL, &w));
    for (size_t i = 0; i < w->n; i++) {
        const meta *m = coin_meta(c, w->code[i]);
        parent[i] = SIZE_MAX;
        for (size_t j = 0; j < w->n; j++) {
            parent[i] = same(m->parent, w->code[j]) ? j : parent[i];
        }
    }
    weights_output(c, w, "main");
    double *effective = table_numbers(run_find(r, "main"), "EffWeight");
    return mera_effective_weights(parent, w->w, w->n, r->arena, effective);
}

/* ---- get_opt_weights() ------------------------------------------------------------------ */

/** The index as a function of the weights of one level. */
typedef struct optimum {
    coin *c;
    const char *top; /**< the code that is the index */
    int level;
    const json_t *aggregate; /**< arguments of the step */
    weights *all;            /**< the set called "(search)" */
    const frame *f;          /**< the aggregated data set as it was */
    picked parts;
    mera_correlation_kind kind;
    const double *target; /**< NULL: the largest sum */
} optimum;

static void optimum_set(const optimum *o, const double *w)
{
    for (size_t j = 0; j < o->parts.k; j++) {
        for (size_t i = 0; i < o->all->n; i++) {
            o->all->w[i] = same(o->all->code[i], o->parts.code[j]) ? w[j] : o->all->w[i];
        }
    }
}

/* Aggregates anew, in an arena of its own: the search calls this thousands of times. */
static mera_code optimum_index(const double *w, double *y, void *data)
{
    const optimum *o = data;
    mera_arena *arena = mera_arena_new();
    run own = *o->c->r;
    coin copy = *o->c;
    const frame *f;
    const double *score = NULL;
    own.arena = arena;
    own.diags = mera_diags_new(arena);
    own.n_outputs = 0;
    copy.r = &own;
    optimum_set(o, w);
    mera_code rc = step_aggregate(&copy, o->aggregate);
    rc = rc == MERA_OK ? scores_of(&copy, "(search)", o->top, &f, &score) : rc;
    if (rc == MERA_OK) {
        memcpy(y, score, f->n * sizeof *y);
    }
    mera_arena_free(arena);
    return rc;
}

static mera_code optimum_target(run *r, const json_t *args, optimum *o)
{
    const json_t *itarg = arg(args, "itarg");
    const char *type = arg_text(args, "optype", "balance");
    const bool equal = same(arg_item_text(itarg, 0), "equal");
    if (same(type, "infomax")) {
        return MERA_OK;
    }
    if (!same(type, "balance") || (!equal && arg_size(itarg) != o->parts.k)) {
        return run_unsupported(r, "get_opt_weights with optype '%s' and %zu targets for %zu codes",
                               type, arg_size(itarg), o->parts.k);
    }
    double *target = NEW(r->arena, o->parts.k, double);
    for (size_t j = 0; j < o->parts.k; j++) {
        target[j] = equal ? 1 : arg_item(itarg, j);
    }
    o->target = target;
    return MERA_OK;
}

/* The sets of weights: those of iMeta, and a copy to play with. */
static mera_code optimum_open(run *r, coin *c, const json_t *args, optimum *o)
{
    const weights *original;
    *o = (optimum){.c = c, .level = (int)arg_number(args, "Level", 1)};
    for (size_t i = 0; i < c->n_meta; i++) {
        o->top = (size_t)c->meta[i].level == c->n_levels ? c->meta[i].code : o->top;
    }
    o->top = arg_text(args, "iCode", o->top);
    MERA_TRY(correlation_kind(r, arg_text(args, "cortype", "pearson"), &o->kind));
    MERA_TRY(coin_weights(c, NULL, &original));
    weights copy = {NULL, original->n, original->code, NEW(r->arena, original->n, double)};
    memcpy(copy.w, original->w, original->n * sizeof *copy.w);
    MERA_TRY(coin_weights_add(c, "(search)", &copy));
    o->all = &c->weight[c->n_weights - 1];
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Aggregated"), &o->f));
    return pick(c, o->f, NULL, o->level, NULL, &o->parts);
}

static void optimum_output(run *r, const optimum *o, const mera_weights_found *found)
{
    const size_t k = o->parts.k;
    table *t = table_new(r->arena, k, 1), *objective = table_new(r->arena, 1, 0);
    memcpy(table_texts(t, "iCode"), o->parts.code, k * sizeof *o->parts.code);
    double *level = table_numbers(t, "Level");
    for (size_t j = 0; j < k; j++) {
        level[j] = o->level;
    }
    memcpy(table_numbers(t, "Weight"), found->w, k * sizeof *found->w);
    memcpy(table_numbers(t, "Correlation"), found->correlation, k * sizeof *found->w);
    memcpy(table_numbers(t, "ShareOfCorrelation"), found->share, k * sizeof *found->w);
    table_numbers(objective, "objective")[0] =
        o->target != NULL ? log(found->value) : -found->value;
    table_numbers(objective, "convergence")[0] = 0;
    table_numbers(objective, "evaluations")[0] = (double)found->evaluations;
    run_output(r, "weights", t);
    run_output(r, "objective", objective);
}

mera_code call_get_opt_weights(run *r, coin *c, const json_t *args)
{
    optimum o;
    mera_weights_found found;
    MERA_TRY(optimum_open(r, c, args, &o));
    MERA_TRY(optimum_target(r, args, &o));
    json_t *change = json_pack("{s:s, s:s}", "w", "(search)", "write_to", "(search)");
    json_t *aggregate = arg_modified(steps_args(arg(r->sidecar, "steps"), "Aggregate"), change);
    double *start = NEW(r->arena, o.parts.k, double);
    for (size_t j = 0; j < o.parts.k; j++) {
        start[j] = weights_of(o.all, o.parts.code[j]);
    }
    o.aggregate = aggregate;
    const mera_weight_search search = {.parts = pick_columns(&o.parts),
                                       .index = optimum_index,
                                       .data = &o,
                                       .kind = o.kind,
                                       .target = o.target,
                                       .start = start,
                                       .lower = -4, /* COINr knows no bound */
                                       .upper = 4};
    const mera_code rc = mera_weights_seek(&search, r->arena, &found);
    json_decref(change);
    json_decref(aggregate);
    if (rc != MERA_OK) {
        return run_refused(r, "no weights have an index: %s", r->why == NULL ? "" : r->why);
    }
    optimum_output(r, &o, &found);
    optimum_set(&o, found.w);
    return coin_weights_add(c, arg_text(args, "w_name", arg_text(args, "weights_to", NULL)), o.all);
}
