/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Aggregate(): level by level, each group by an operation of the step aggregate. dat_thresh counts
 * children and is not weighted, so it is looked at here.
 */
#include <math.h>
#include <string.h>

#include "steps.h"

static const struct {
    const char *f_ag, *op;
} aggregate_known[] = {
    {"a_amean", "arithmetic"},
    {"a_gmean", "geometric"},
    {"a_hmean", "harmonic"},
    {"a_genmean", "power"},
    {"a_copeland", "copeland"},
    {"cop", "copeland"},
    {"mean", "arithmetic"},
    {"median", "median"},
    {"min", "min"},
    {"max", "max"},
    {"sum", "sum"},
    {"prod", "product"},
};

mera_code aggregate_open(run *r, const char *f_ag, const json_t *para, operation *out)
{
    for (size_t i = 0; i < sizeof aggregate_known / sizeof *aggregate_known; i++) {
        if (same(aggregate_known[i].f_ag, f_ag)) {
            given g = {0};
            if (same(f_ag, "a_genmean")) {
                given_number(&g, r->arena, "exponent", arg_number(para, "p", NAN));
            }
            return operation_open(r, MERA_STEP_AGGREGATE, aggregate_known[i].op, &g, out);
        }
    }
    return run_unsupported(r, "Aggregate by the function '%s'", f_ag);
}

/* ---- negative weights ------------------------------------------------------------------- */

/* Those of the first principal component may be negative; mera has none, so the children of each
 * sign are averaged apart: sum w x / sum w = (P m+ - N m-) / (P - N), of logarithms likewise. */
static mera_code aggregate_signed(run *r, operation o, const selection *children, const double *w,
                                  const frame *rows, size_t from, size_t to, double *y)
{
    const size_t n = to - from, k = children->n;
    const bool logs = same(o.op->name, "aggregate.geometric");
    double *mean[2], *part = NEW(r->arena, k, double);
    if (!logs && !same(o.op->name, "aggregate.arithmetic")) {
        return run_unsupported(r, "%s with negative weights", o.op->name);
    }
    for (int sign = 0; sign < 2; sign++) {
        mean[sign] = NEW(r->arena, n, double);
        for (size_t j = 0; j < k; j++) {
            part[j] = fmax(0, sign == 0 ? w[j] : -w[j]);
        }
        MERA_TRY(aggregate_rows(r, o, children, part, rows, from, to, mean[sign]));
    }
    for (size_t i = 0; i < n; i++) {
        double sum[2] = {0, 0};
        for (size_t j = 0; j < k; j++) {
            sum[w[j] < 0] += isnan(children->x[j][from + i]) ? 0 : fabs(w[j]);
        }
        const double a = sum[0] > 0 ? mean[0][i] : 1, b = sum[1] > 0 ? mean[1][i] : 1;
        const double all = sum[0] - sum[1];
        y[i] =
            logs ? pow(a, sum[0] / all) * pow(b, -sum[1] / all) : (sum[0] * a - sum[1] * b) / all;
    }
    return MERA_OK;
}

mera_code aggregate_rows(run *r, operation o, const selection *children, const double *w,
                         const frame *rows, size_t from, size_t to, double *y)
{
    const double **x = NEW(r->arena, children->n, const double *);
    mera_children in = {.n = to - from, .k = children->n, .x = x, .w = w};
    bool negative = false;
    for (size_t j = 0; j < children->n; j++) {
        if (isnan(w[j])) {
            return run_refused(r, "no weight for '%s'", children->code[j]);
        }
        x[j] = children->x[j] + from;
        in.total += w[j];
        negative = negative || w[j] < 0;
    }
    if (negative) {
        return aggregate_signed(r, o, children, w, rows, from, to, y);
    }
    return operation_aggregate(r, o, &in, children->code, rows->key + from, y);
}

/* ---- a level ---------------------------------------------------------------------------- */

/** What is asked of one level. */
typedef struct level_rule {
    operation o;
    const weights *w; /**< NULL = equal */
    double threshold; /**< least share of children present; NaN = none */
    bool by_df;
} level_rule;

/* Item `at` of an argument that may be one for all levels. A list of parameters is of maps. */
static const json_t *aggregate_item(const json_t *args, const char *key, size_t at)
{
    const json_t *value = json_object_get(args, key);
    if (json_object_get(json_array_get(value, 0), "iCode") != NULL) {
        return value; /* a table of weights, by records */
    }
    const json_t *item = json_is_array(value) && json_array_size(value) > 1
                             ? json_array_get(value, at)
                         : json_is_array(value) ? json_array_get(value, 0)
                                                : value;
    return item == NULL || json_is_null(item) ? NULL : item;
}

/* A map of codes to weights, which no sidecar has: drawn sets come so. */
static void aggregate_map(run *r, const json_t *map, weights *out)
{
    const char *code;
    json_t *value;
    out->code = NEW(r->arena, json_object_size(map), const char *);
    out->w = NEW(r->arena, json_object_size(map), double);
    json_object_foreach((json_t *)(uintptr_t)map, code, value)
    {
        out->code[out->n] = text_of(r->arena, "%s", code);
        out->w[out->n++] = json_number_value(value);
    }
}

static mera_code aggregate_weights(coin *c, const json_t *named, const weights **out)
{
    if (json_is_object(named) || json_is_array(named)) {
        weights *w = NEW(c->r->arena, 1, weights);
        *out = w;
        if (arg(named, "weights") == NULL) {
            return weights_read(c->r, named, "Weight", w);
        }
        aggregate_map(c->r, arg(named, "weights"), w);
        return MERA_OK;
    }
    *out = NULL;
    const char *name = arg_item_text(named, 0);
    return same(name, "none") ? MERA_OK : coin_weights(c, name, out);
}

static mera_code aggregate_rule(coin *c, const json_t *args, size_t at, level_rule *out)
{
    const json_t *threshold = aggregate_item(args, "dat_thresh", at);
    const char *f_ag = arg_item_text(aggregate_item(args, "f_ag", at), 0);
    MERA_TRY(aggregate_open(c->r, f_ag == NULL ? "a_amean" : f_ag,
                            aggregate_item(args, "f_ag_para", at), &out->o));
    MERA_TRY(aggregate_weights(c, aggregate_item(args, "w", at), &out->w));
    out->threshold = threshold == NULL ? NAN : arg_item(threshold, 0);
    out->by_df = json_is_true(aggregate_item(args, "by_df", at));
    return MERA_OK;
}

/* One aggregate over all rows, period by period. */
static mera_code aggregate_node(coin *c, const level_rule *rule, const selection *children,
                                const frame *rows, double *y)
{
    double *w = NEW(c->r->arena, children->n, double);
    for (size_t j = 0; j < children->n; j++) {
        w[j] = rule->w == NULL ? 1 : weights_of(rule->w, children->code[j]);
    }
    for (size_t b = 0; b < rows->n_blocks; b++) {
        MERA_TRY(aggregate_rows(c->r, rule->o, children, w, rows, rows->block[b],
                                rows->block[b + 1], y + rows->block[b]));
    }
    for (size_t i = 0; !isnan(rule->threshold) && !rule->by_df && i < rows->n; i++) {
        size_t present = 0;
        for (size_t j = 0; j < children->n; j++) {
            present += !isnan(children->x[j][i]);
        }
        y[i] = (double)present / (double)children->n < rule->threshold ? NAN : y[i];
    }
    return MERA_OK;
}

static selection aggregate_children(const coin *c, const frame *f, const char *parent)
{
    selection s = {0, NEW(c->r->arena, c->n_meta, const char *),
                   NEW(c->r->arena, c->n_meta, const double *)};
    for (size_t i = 0; i < c->n_meta; i++) {
        const double *x = same(c->meta[i].parent, parent) ? frame_column(f, c->meta[i].code) : NULL;
        if (x != NULL) {
            s.code[s.n] = c->meta[i].code;
            s.x[s.n++] = x;
        }
    }
    return s;
}

/* flatten_hierarchy: all indicators are children of the index, by what is asked of level 2. */
static mera_code aggregate_flat(coin *c, const json_t *args, const frame *from)
{
    const selection children = coin_select(c, from, NULL, 1);
    level_rule rule = {0};
    frame *to = coin_frame_new(c, arg_text(args, "write_to", "Aggregated"), from, from->k + 1);
    for (size_t j = 0; j < from->k; j++) {
        memcpy(to->x[j], from->x[j], from->n * sizeof(double));
    }
    for (size_t i = 0; i < c->n_meta; i++) {
        if ((size_t)c->meta[i].level == c->n_levels) {
            to->code[from->k] = c->meta[i].code;
        }
    }
    MERA_TRY(aggregate_rule(c, args, 0, &rule));
    return aggregate_node(c, &rule, &children, to, to->x[from->k]);
}

mera_code step_aggregate(coin *c, const json_t *args)
{
    const frame *from;
    size_t aggregates = 0;
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Normalised"), &from));
    if (arg_bool(args, "flatten_hierarchy", false)) {
        return aggregate_flat(c, args, from);
    }
    for (size_t i = 0; i < c->n_meta; i++) {
        aggregates += c->meta[i].level > 1;
    }
    frame *to =
        coin_frame_new(c, arg_text(args, "write_to", "Aggregated"), from, from->k + aggregates);
    for (size_t j = 0; j < from->k; j++) {
        memcpy(to->x[j], from->x[j], from->n * sizeof(double));
    }
    size_t k = from->k;
    for (size_t level = 2; level <= c->n_levels; level++) {
        level_rule rule = {0};
        MERA_TRY(aggregate_rule(c, args, level - 2, &rule));
        for (size_t i = 0; i < c->n_meta; i++) {
            if ((size_t)c->meta[i].level == level) {
                const selection children = aggregate_children(c, to, c->meta[i].code);
                to->code[k] = c->meta[i].code;
                MERA_TRY(aggregate_node(c, &rule, &children, to, to->x[k]));
                k++;
            }
        }
    }
    return MERA_OK;
}
