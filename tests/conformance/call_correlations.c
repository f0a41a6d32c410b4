/* SPDX-License-Identifier: Apache-2.0 */
/** @file get_corr(), get_corr_flags(), get_denom_corr(), get_pvals(). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "pick.h"

/** Pairs that are given out. */
typedef struct pairs {
    size_t n;
    const char **a, **b;
    double *r;
} pairs;

static pairs pairs_room(run *r, size_t n)
{
    return (pairs){0, NEW(r->arena, n + 1, const char *), NEW(r->arena, n + 1, const char *),
                   NEW(r->arena, n + 1, double)};
}

static void pairs_add(pairs *p, const char *a, const char *b, double r)
{
    p->a[p->n] = a;
    p->b[p->n] = b;
    p->r[p->n++] = r;
}

static table *pairs_table(run *r, const pairs *p, const char *const name[3])
{
    table *t = table_new(r->arena, p->n, 2);
    memcpy(table_texts(t, name[0]), p->a, p->n * sizeof *p->a);
    memcpy(table_texts(t, name[1]), p->b, p->n * sizeof *p->b);
    memcpy(table_numbers(t, name[2]), p->r, p->n * sizeof *p->r);
    return t;
}

mera_code correlation_kind(run *r, const char *name, mera_correlation_kind *out)
{
    for (*out = MERA_PEARSON; *out <= MERA_KENDALL; (*out)++) {
        if (same(mera_correlation_name(*out), name)) {
            return MERA_OK;
        }
    }
    return run_unsupported(r, "correlations of the type '%s'", name);
}

/* Columns of a data set as correlations want them. */
static mera_code correlation_pick(coin *c, const json_t *args, const json_t *codes, int level,
                                  picked *out)
{
    const frame *f;
    MERA_TRY(coin_frame(c, arg_text(args, "dset", NULL), &f));
    MERA_TRY(pick(c, f, codes, level, args, out));
    if (arg_bool(args, "use_directions", false)) {
        pick_directed(c, out);
    }
    return MERA_OK;
}

/* ---- get_corr() ------------------------------------------------------------------------- */

/** What get_corr() asks for: a set of codes at a level against another, the higher level first. */
typedef struct correlation_ask {
    const json_t *args, *codes[2];
    int level[2];
    bool parent;      /**< only of a code with its own ancestor */
    const char *name; /**< in the place of the first code; or NULL */
} correlation_ask;

static bool correlation_wanted(const coin *c, const correlation_ask *ask, const char *a,
                               const char *b, size_t lower)
{
    const int group = (int)arg_number(ask->args, "grouplev", 0);
    if (ask->parent && lower > 1 && ask->level[0] != ask->level[1]) {
        return same(coin_ancestor(c, b, ask->level[0]), a);
    }
    if (group > 0 && ask->level[0] == ask->level[1]) {
        const char *head = coin_ancestor(c, a, group);
        return head != NULL && same(head, coin_ancestor(c, b, group));
    }
    return true;
}

static mera_code correlation_pairs(coin *c, const correlation_ask *ask, pairs *out)
{
    const double limit = arg_number(ask->args, "pval", 0.05);
    picked p[2];
    mera_correlation_kind kind;
    mera_correlations r;
    MERA_TRY(correlation_kind(c->r, arg_text(ask->args, "cortype", "pearson"), &kind));
    for (int side = 0; side < 2; side++) {
        MERA_TRY(correlation_pick(c, ask->args, ask->codes[side], ask->level[side], &p[side]));
    }
    const mera_columns a = pick_columns(&p[0]), b = pick_columns(&p[1]);
    MERA_TRY(mera_correlations_of(&a, &b, kind, limit > 0 ? MERA_CHANCE_TEST : MERA_CHANCE_NONE, 1,
                                  c->r->arena, &r));
    for (size_t j = 0; j < b.k; j++) {
        for (size_t i = 0; i < a.k; i++) {
            if (correlation_wanted(c, ask, p[0].code[i], p[1].code[j], b.k)) {
                const size_t at = i * r.columns + j;
                pairs_add(out, ask->name != NULL ? ask->name : p[0].code[i], p[1].code[j],
                          limit > 0 && !(r.p[at] <= limit) ? NAN : r.r[at]);
            }
        }
    }
    return MERA_OK;
}

/* Correlations with the parent, its parent, and so on: each under the name of its level. */
static mera_code correlation_family(coin *c, correlation_ask ask, pairs *out)
{
    const json_t *codes = ask.codes[0];
    const int base = ask.level[0];
    ask.parent = true;
    for (int level = base + 1; level <= (int)c->n_levels; level++) {
        ask.level[0] = level;
        ask.level[1] = base;
        ask.codes[0] = ask.codes[1];
        ask.codes[1] = codes;
        ask.name = c->level_name[level];
        MERA_TRY(correlation_pairs(c, &ask, out));
    }
    return MERA_OK;
}

/* One row a first code, one column a second; the case's file says what the rows are called. */
static table *correlation_wide(run *r, const pairs *p, const char *output_name)
{
    const csv *want = run_expected(r, output_name);
    size_t n = 0;
    while (n < p->n && same(p->b[n], p->b[0])) {
        n++;
    }
    table *t = table_new(r->arena, n, 1);
    memcpy(table_texts(t, want != NULL ? want->name[0] : "Var1"), p->a, n * sizeof *p->a);
    for (size_t at = 0; n > 0 && at < p->n; at += n) {
        memcpy(table_numbers(t, p->b[at]), p->r + at, n * sizeof *p->r);
    }
    return t;
}

static void correlation_levels(const json_t *args, correlation_ask *ask)
{
    const json_t *levels = arg(args, "Levels"), *codes = arg(args, "iCodes");
    for (size_t side = 0; side < 2; side++) {
        ask->level[side] =
            levels == NULL ? 1 : (int)arg_item(levels, arg_size(levels) > 1 ? side : 0);
        ask->codes[side] = codes == NULL || !json_is_array(codes)
                               ? codes
                               : arg_item_json(codes, arg_size(codes) > 1 ? side : 0);
        ask->codes[side] = json_is_null(ask->codes[side]) ? NULL : ask->codes[side];
    }
    if (ask->level[1] > ask->level[0]) {
        const int level = ask->level[0];
        const json_t *first = ask->codes[0];
        ask->level[0] = ask->level[1];
        ask->level[1] = level;
        ask->codes[0] = ask->codes[1];
        ask->codes[1] = first;
    }
}

mera_code call_get_corr(run *r, coin *c, const json_t *args)
{
    static const char *const names[3] = {"Var1", "Var2", "Correlation"};
    const json_t *parent = arg(args, "withparent");
    const bool wide = !arg_bool(args, "make_long", true);
    correlation_ask ask = {.args = args, .parent = json_is_true(parent) && !wide};
    pairs all = pairs_room(r, (c->n_meta + 1) * (c->n_meta + 1) * c->n_levels);
    correlation_levels(args, &ask);
    if (json_is_string(parent) && !same(json_string_value(parent), "family")) {
        return run_unsupported(r, "get_corr with withparent '%s'", json_string_value(parent));
    }
    MERA_TRY(json_is_string(parent) ? correlation_family(c, ask, &all)
                                    : correlation_pairs(c, &ask, &all));
    run_output(r, "main", wide ? correlation_wide(r, &all, "main") : pairs_table(r, &all, names));
    return MERA_OK;
}

/* ---- get_corr_flags() ------------------------------------------------------------------- */

static bool flags_raised(const json_t *args, double r)
{
    const double limit = arg_number(args, "cor_thresh", 0.9);
    const bool low = same(arg_text(args, "thresh_type", "high"), "low");
    return low ? r < limit : r > limit;
}

/* Each pair is told once, under the name that sorts first. */
mera_code call_get_corr_flags(run *r, coin *c, const json_t *args)
{
    const int group = (int)arg_number(args, "grouplev", 2);
    picked p;
    mera_correlation_kind kind;
    mera_correlations cor;
    MERA_TRY(correlation_kind(r, arg_text(args, "cortype", "pearson"), &kind));
    MERA_TRY(correlation_pick(c, args, NULL, 1, &p));
    pick_sorted(&p);
    const mera_columns x = pick_columns(&p);
    MERA_TRY(mera_correlations_of(&x, NULL, kind, MERA_CHANCE_NONE, 1, r->arena, &cor));
    pairs found = pairs_room(r, p.k * p.k);
    const char **head = NEW(r->arena, p.k * p.k + 1, const char *);
    for (size_t i = 0; i < p.k; i++) {
        for (size_t j = i + 1; j < p.k; j++) {
            const char *mine = coin_ancestor(c, p.code[i], group);
            const double value = cor.r[i * cor.columns + j];
            if (mine != NULL && same(mine, coin_ancestor(c, p.code[j], group)) &&
                flags_raised(args, value)) {
                head[found.n] = mine;
                pairs_add(&found, p.code[i], p.code[j],
                          round_digits(value, arg_digits(args, "roundto", 3)));
            }
        }
    }
    static const char *const names[3] = {"Ind1", "Ind2", "Corr"};
    table *t = pairs_table(r, &found, names);
    memcpy(table_texts(t, "Group"), head, found.n * sizeof *head);
    run_output(r, "main", t);
    return MERA_OK;
}

/* ---- get_denom_corr() ------------------------------------------------------------------- */

static void denominators(coin *c, const frame *f, picked *out)
{
    *out = (picked){.n = f->n,
                    .code = NEW(c->r->arena, c->n_meta, const char *),
                    .x = NEW(c->r->arena, c->n_meta, double *)};
    for (size_t i = 0; i < c->n_meta; i++) {
        if (coin_is(&c->meta[i], "Denominator")) {
            double *x = coin_outside(c, f, c->meta[i].code);
            if (x != NULL) {
                out->code[out->k] = c->meta[i].code;
                out->x[out->k++] = x;
            }
        }
    }
}

mera_code call_get_denom_corr(run *r, coin *c, const json_t *args)
{
    static const char *const names[3] = {"Ind", "Denom", "Corr"};
    const double limit = arg_number(args, "cor_thresh", 0.6);
    const frame *f;
    picked p, by;
    mera_correlation_kind kind;
    mera_correlations cor;
    MERA_TRY(correlation_kind(r, arg_text(args, "cortype", "pearson"), &kind));
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &f));
    MERA_TRY(correlation_pick(c, args, NULL, 1, &p));
    denominators(c, f, &by);
    const mera_columns a = pick_columns(&p), b = pick_columns(&by);
    MERA_TRY(mera_correlations_of(&a, &b, kind, MERA_CHANCE_NONE, 1, r->arena, &cor));
    pairs found = pairs_room(r, a.k * b.k);
    for (size_t i = 0; i < a.k; i++) {
        for (size_t j = 0; j < b.k; j++) {
            const double value = cor.r[i * cor.columns + j];
            if (fabs(value) > limit) {
                pairs_add(&found, p.code[i], by.code[j],
                          round_digits(value, arg_digits(args, "nround", 2)));
            }
        }
    }
    run_output(r, "main", pairs_table(r, &found, names));
    return MERA_OK;
}

/* ---- get_pvals() ------------------------------------------------------------------------ */

mera_code call_get_pvals(run *r, coin *c, const json_t *args)
{
    const char *dset = arg_text(args, "dset", c->frame[c->n_frames - 1]->name);
    const frame *f;
    picked p;
    mera_correlation_kind kind;
    mera_correlations cor;
    MERA_TRY(correlation_kind(r, arg_text(args, "method", "pearson"), &kind));
    MERA_TRY(coin_frame(c, dset, &f));
    MERA_TRY(
        pick(c, f, NULL, (int)arg_number(args, "level", arg_number(args, "Level", 0)), NULL, &p));
    const mera_columns x = pick_columns(&p);
    MERA_TRY(mera_correlations_of(&x, NULL, kind, MERA_CHANCE_TEST, 1, r->arena, &cor));
    pairs all = pairs_room(r, p.k * p.k);
    for (size_t j = 0; j < p.k; j++) {
        for (size_t i = 0; i < p.k; i++) {
            pairs_add(&all, p.code[i], p.code[j], cor.p[i * cor.columns + j]);
        }
    }
    run_output(r, "main", correlation_wide(r, &all, "main"));
    return MERA_OK;
}
