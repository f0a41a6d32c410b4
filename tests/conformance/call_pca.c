/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * get_PCA(), and Aggregate() with its weights. Which way a component points is nobody's to say:
 * where the case's file has the other way round, so has the answer.
 */
#include <math.h>
#include <string.h>

#include "calls.h"
#include "pick.h"

/** Everything that comes out, a row each. */
typedef struct components {
    size_t n_loadings, n_variances;
    const char **group, **code, **variance_group;
    double *pc, *loading, *variance_pc, *variance[4]; /**< Sdev, FracVar, CumVar, NObs */
    weights w; /**< all of iMeta, with the loadings of first components in their place */
} components;

static components components_room(coin *c, const weights *original)
{
    mera_arena *arena = c->r->arena;
    const size_t n = c->n_meta + 1;
    components out = {.group = NEW(arena, n * n, const char *),
                      .code = NEW(arena, n * n, const char *),
                      .variance_group = NEW(arena, n, const char *),
                      .pc = NEW(arena, n * n, double),
                      .loading = NEW(arena, n * n, double),
                      .variance_pc = NEW(arena, n, double),
                      .w = {NULL, original->n, original->code, NEW(arena, n, double)}};
    for (size_t s = 0; s < 4; s++) {
        out.variance[s] = NEW(arena, n, double);
    }
    memcpy(out.w.w, original->w, original->n * sizeof(double));
    return out;
}

/* ---- directions ------------------------------------------------------------------------- */

/* What the case says of a code, in its loadings of a component or in its weights. */
static double components_told(const csv *want, const char *group, double pc, const char *code)
{
    const bool loadings = want != NULL && csv_column(want, "Loading") != SIZE_MAX;
    for (size_t i = 0; want != NULL && i < want->n_rows; i++) {
        if (same(csv_text(want, i, "iCode"), code) &&
            (!loadings ||
             (csv_number(want, i, "PC") == pc && same(csv_text(want, i, "Group"), group)))) {
            return csv_number(want, i, loadings ? "Loading" : "Weight");
        }
    }
    return NAN;
}

static double components_sign(run *r, const mera_principal *p, size_t f, const picked *x,
                              const char *group)
{
    const csv *want = run_expected(r, "loadings");
    double product = 0;
    if (want == NULL) {
        want = f == 0 ? run_expected(r, "weights") : NULL;
    }
    for (size_t j = 0; j < p->k; j++) {
        const double told = components_told(want, group, (double)f + 1, x->code[j]);
        product += isnan(told) ? 0 : told * p->loading[f * p->k + j];
    }
    return product < 0 ? -1 : 1;
}

/* ---- a group ---------------------------------------------------------------------------- */

static void components_weigh(weights *w, const char *code, double loading)
{
    for (size_t i = 0; i < w->n; i++) {
        w->w[i] = same(w->code[i], code) ? loading : w->w[i];
    }
}

static void components_keep(run *r, const mera_principal *p, const picked *x, const char *group,
                            components *out)
{
    for (size_t f = 0; f < p->n_components; f++) {
        const double sign = components_sign(r, p, f, x, group);
        const double of[4] = {p->sd[f], p->share[f], p->cumulative[f], (double)p->n};
        for (size_t s = 0; s < 4; s++) {
            out->variance[s][out->n_variances] = of[s];
        }
        out->variance_group[out->n_variances] = group;
        out->variance_pc[out->n_variances++] = (double)f + 1;
        for (size_t j = 0; j < p->k; j++) {
            const double loading = sign * p->loading[f * p->k + j];
            out->group[out->n_loadings] = group;
            out->code[out->n_loadings] = x->code[j];
            out->pc[out->n_loadings] = (double)f + 1;
            out->loading[out->n_loadings++] = loading;
            if (f == 0) {
                components_weigh(&out->w, x->code[j], loading);
            }
        }
    }
}

static mera_code components_group(coin *c, const frame *f, const char *group, bool all, int level,
                                  components *out)
{
    json_t *codes = all ? NULL : json_string(group);
    mera_principal p;
    picked x;
    const mera_code rc = pick(c, f, codes, level, NULL, &x);
    json_decref(codes);
    MERA_TRY(rc);
    if (!all) {
        pick_sorted(&x);
    }
    const mera_columns columns = pick_columns(&x);
    if (mera_principal_of(&columns, MERA_SIGN_AS_IS, c->r->arena, &p) != MERA_OK) {
        return run_refused(c->r, "group '%s' has no principal components", group);
    }
    components_keep(c->r, &p, &x, group, out);
    return MERA_OK;
}

/* By groups, those that hold a code of iCodes, each whole; else all codes of the level. */
static mera_code components_of(coin *c, const json_t *args, components *out)
{
    const int level = (int)arg_number(args, "Level", 1);
    const frame *f;
    const weights *original;
    picked asked;
    MERA_TRY(coin_weights(c, NULL, &original));
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &f));
    MERA_TRY(pick(c, f, arg(args, "iCodes"), level, NULL, &asked));
    *out = components_room(c, original);
    if (!arg_bool(args, "by_groups", true)) {
        return components_group(c, f, "All", true, level, out);
    }
    for (size_t i = 0; i < c->n_meta; i++) {
        bool holds = false;
        for (size_t j = 0; j < asked.k && c->meta[i].level == level + 1; j++) {
            holds = holds || same(coin_ancestor(c, asked.code[j], level + 1), c->meta[i].code);
        }
        if (holds) {
            MERA_TRY(components_group(c, f, c->meta[i].code, false, level, out));
        }
    }
    return MERA_OK;
}

/* ---- output ----------------------------------------------------------------------------- */

void weights_output(coin *c, const weights *w, const char *output_name)
{
    table *t = table_new(c->r->arena, w->n, 1);
    const char **code = table_texts(t, "iCode");
    double *level = table_numbers(t, "Level"), *weight = table_numbers(t, "Weight");
    for (size_t i = 0; i < w->n; i++) {
        const meta *m = coin_meta(c, w->code[i]);
        code[i] = w->code[i];
        level[i] = m == NULL ? NAN : m->level;
        weight[i] = w->w[i];
    }
    run_output(c->r, output_name, t);
}

static void components_output(coin *c, const components *all)
{
    static const char *const names[4] = {"Sdev", "FracVar", "CumVar", "NObs"};
    table *loadings = table_new(c->r->arena, all->n_loadings, 3);
    memcpy(table_texts(loadings, "Group"), all->group, all->n_loadings * sizeof *all->group);
    memcpy(table_numbers(loadings, "PC"), all->pc, all->n_loadings * sizeof *all->pc);
    memcpy(table_texts(loadings, "iCode"), all->code, all->n_loadings * sizeof *all->code);
    memcpy(table_numbers(loadings, "Loading"), all->loading, all->n_loadings * sizeof(double));
    run_output(c->r, "loadings", loadings);
    table *variance = table_new(c->r->arena, all->n_variances, 2);
    memcpy(table_texts(variance, "Group"), all->variance_group,
           all->n_variances * sizeof *all->variance_group);
    memcpy(table_numbers(variance, "PC"), all->variance_pc, all->n_variances * sizeof(double));
    for (size_t s = 0; s < 4; s++) {
        memcpy(table_numbers(variance, names[s]), all->variance[s],
               all->n_variances * sizeof(double));
    }
    run_output(c->r, "variance", variance);
    weights_output(c, &all->w, "weights");
}

mera_code call_get_pca(run *r, coin *c, const json_t *args)
{
    components all;
    (void)r;
    MERA_TRY(components_of(c, args, &all));
    components_output(c, &all);
    return coin_weights_add(c, arg_text(args, "weights_to", NULL), &all.w);
}

mera_code call_pca_aggregate(run *r, coin *c, const json_t *args)
{
    static const char *const passed_on[] = {"f_ag", "f_ag_para", "dat_thresh"};
    const json_t *aggregate = steps_args(arg(r->sidecar, "steps"), "Aggregate");
    const frame *to, *from;
    MERA_TRY(call_get_pca(r, c, args));
    components all;
    MERA_TRY(components_of(c, args, &all));
    MERA_TRY(coin_weights_add(c, "(components)", &all.w));
    json_t *change = json_pack("{s:s, s:s}", "w", "(components)", "write_to", "(components)");
    for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++) {
        if (arg(args, passed_on[i]) != NULL) {
            json_object_set(change, passed_on[i], (json_t *)(uintptr_t)arg(args, passed_on[i]));
        }
    }
    json_t *own = arg_modified(aggregate, change);
    mera_code rc = step_aggregate(c, own);
    rc = rc == MERA_OK ? coin_frame(c, "(components)", &to) : rc;
    rc = rc == MERA_OK ? coin_frame(c, arg_text(own, "dset", "Normalised"), &from) : rc;
    json_decref(change);
    json_decref(own);
    MERA_TRY(rc);
    run_output(r, "aggregated", frame_table(c, to, from->k));
    return MERA_OK;
}
