/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * compare_coins(), compare_coins_multi(): the scores or places of a code in coins that differ by
 * some step. A case says in words what the others are: "the same with Normalise n_zscore (0,1)",
 * "the same with weights AltA"; or it gives all their steps, {"steps": [...]}.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

enum { COINS_MAX = 32 };

/** Coins side by side, over the units that any of them has. */
typedef struct comparison {
    run *r;
    coin *c;
    const json_t *args;
    size_t n_coins;
    const char *name[COINS_MAX];
    const frame *f[COINS_MAX];
    const double *score[COINS_MAX];
    size_t n;
    const char **key;
    double *value[COINS_MAX]; /**< of each key: score or place */
} comparison;

/* The list in "n_zscore (0,1)" as JSON; NULL = none. */
static json_t *compare_list(const char *text)
{
    const char *open = strchr(text, '(');
    json_t *list = open == NULL ? NULL : json_array();
    for (char *at = (char *)(uintptr_t)open; at != NULL && (*at == '(' || *at == ',');) {
        char *end;
        const double x = strtod(at + 1, &end);
        if (end == at + 1) {
            break;
        }
        json_array_append_new(list, json_real(x));
        at = end + strspn(end, " ");
    }
    return list;
}

/* "Normalise n_zscore (0,1)" */
static json_t *compare_normalise(const char *f, const char *text)
{
    json_t *list = compare_list(text);
    const char *key = same(f, "n_zscore")      ? "m_sd"
                      : same(f, "n_scaled")    ? "npara"
                      : same(f, "n_goalposts") ? "gposts"
                                               : "l_u";
    return list != NULL
               ? json_pack("{s:{s:s, s:{s:o}}}", "global_specs", "f_n", f, "f_n_para", key, list)
               : json_pack("{s:{s:s}}", "global_specs", "f_n", f);
}

/* "Treat winmax 1", "Treat log_CT_orig" */
static json_t *compare_treat(const char *f, const char *value)
{
    if (same(f, "winmax")) {
        return json_pack("{s:{s:{s:f}}}", "global_specs", "f1_para", "winmax", strtod(value, NULL));
    }
    if (same(f, "skew_thresh") || same(f, "kurt_thresh")) {
        return json_pack("{s:{s:{s:f}, s:{s:f}}}", "global_specs", "f1_para", f,
                         strtod(value, NULL), "f_pass_para", f, strtod(value, NULL));
    }
    return strncmp(f, "log_", 4) == 0 || same(f, "boxcox")
               ? json_pack("{s:{s:s}}", "global_specs", "f2", f)
               : NULL;
}

/* What the words after a step's name change in its arguments; NULL = not understood. */
static json_t *compare_change(const char *op, const char *text)
{
    char f[64] = "";
    (void)sscanf(text, "%63[A-Za-z0-9_.]", f);
    const char *space = strrchr(text, ' '), *last = space == NULL ? f : space + 1;
    if (same(op, "Normalise")) {
        return compare_normalise(f, text);
    }
    if (same(op, "Treat")) {
        return compare_treat(f, last);
    }
    if (same(op, "Aggregate")) { /* a function, or "w AltA", "weights AltA" or the name alone */
        return strncmp(f, "a_", 2) == 0 ? json_pack("{s:s}", "f_ag", f)
                                        : json_pack("{s:s}", "w", last);
    }
    if (same(op, "Impute")) {
        return json_pack("{s:s}", "f_i", f);
    }
    return same(op, "Screen") ? json_pack("{s:f}", "dat_thresh", strtod(last, NULL)) : NULL;
}

/* "without STEP": the step changes nothing. NULL = there is no such way. */
static json_t *compare_without(const char *step)
{
    return same(step, "Treat")    ? json_pack("{s:s}", "global_specs", "none")
           : same(step, "Impute") ? json_pack("{s:b}", "disable", 1)
           : same(step, "Screen") ? json_pack("{s:i, s:i}", "dat_thresh", 0, "nonzero_thresh", 0)
                                  : NULL;
}

/* "the same with STEP WORDS", "the same without STEP", "the same", or {"steps": [...]}: a new
 * reference; NULL = unknown. */
static json_t *compare_steps(const json_t *steps, const json_t *other)
{
    static const char start[] = "the same";
    char op[32] = "", how[16] = "";
    int used = 0;
    if (arg(other, "steps") != NULL) {
        return json_incref((json_t *)(uintptr_t)arg(other, "steps"));
    }
    const char *text = json_string_value(other);
    if (text == NULL || strncmp(text, start, sizeof start - 1) != 0) {
        return NULL;
    }
    text += sizeof start - 1;
    if (*text == '\0') {
        return json_incref((json_t *)(uintptr_t)steps);
    }
    if (sscanf(text, " %15[a-z] %31[A-Za-z] %n", how, op, &used) != 2 || used == 0) {
        return NULL;
    }
    const bool without = same(how, "without");
    const char *step = same(op, "weights") || same(op, "w") ? "Aggregate" : op;
    json_t *change = without             ? compare_without(step)
                     : same(how, "with") ? compare_change(step, text + used)
                                         : NULL;
    if (change == NULL || (steps_args(steps, step) == NULL && !same(step, "Aggregate"))) {
        json_decref(change);
        return NULL;
    }
    json_t *nothing = json_pack("{s:n}", same(step, "Normalise") ? "global_specs" : "");
    json_t *clean = steps_edited(steps, step, nothing); /* global_specs of Normalise goes whole */
    json_t *edited = steps_edited(clean, step, change);
    json_decref(nothing);
    json_decref(clean);
    json_decref(change);
    return edited;
}

static mera_code compare_scores(run *r, const json_t *steps, const char *dset, const char *code,
                                const frame **f, const double **score)
{
    coin *c;
    run *own = NEW(r->arena, 1, run);
    *own = *r;
    own->n_outputs = 0;
    mera_code rc = steps_replay(own, steps, &c);
    rc = rc == MERA_OK ? scores_of(c, dset, code, f, score) : rc;
    r->why = own->why;
    return rc;
}

/* The score of a unit in another data set; NaN = it is not there. */
static double compare_at(const frame *f, const double *x, const char *key)
{
    for (size_t i = 0; i < f->n; i++) {
        if (same(f->key[i], key)) {
            return x[i];
        }
    }
    return NAN;
}

/* ---- the coins -------------------------------------------------------------------------- */

static mera_code compare_add(comparison *p, const char *name, const json_t *other)
{
    const char *dset = arg_text(p->args, "dset", "Aggregated");
    const char *code = arg_text(p->args, "iCode", "Index");
    const size_t at = p->n_coins++;
    if (at == COINS_MAX) {
        return run_refused(p->r, "more than %d coins", COINS_MAX);
    }
    p->name[at] = name != NULL ? name : text_of(p->r->arena, "coin.%zu", at + 1);
    if (other == NULL) {
        return scores_of(p->c, dset, code, &p->f[at], &p->score[at]);
    }
    json_t *steps = compare_steps(arg(p->r->sidecar, "steps"), other);
    if (steps == NULL) {
        return run_unsupported(p->r, "a coin that is '%s'",
                               json_is_string(other) ? json_string_value(other) : "?");
    }
    const mera_code rc = compare_scores(p->r, steps, dset, code, &p->f[at], &p->score[at]);
    json_decref(steps);
    return rc;
}

static int compare_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void compare_keys(comparison *p)
{
    size_t all = 0, n = 0;
    for (size_t k = 0; k < p->n_coins; k++) {
        all += p->f[k]->n;
    }
    p->key = NEW(p->r->arena, all + 1, const char *);
    for (size_t k = 0; k < p->n_coins; k++) {
        memcpy(p->key + n, p->f[k]->key, p->f[k]->n * sizeof *p->key);
        n += p->f[k]->n;
    }
    qsort(p->key, all, sizeof *p->key, compare_order);
    for (size_t i = 0; i < all; i++) {
        p->key[p->n] = p->key[i];
        p->n += i + 1 == all || !same(p->key[i], p->key[i + 1]);
    }
}

static mera_code compare_values(comparison *p)
{
    const bool ranks = same(arg_text(p->args, "compare_by", "ranks"), "ranks");
    compare_keys(p);
    for (size_t k = 0; k < p->n_coins; k++) {
        double *x = NEW(p->r->arena, p->n + 1, double);
        p->value[k] = NEW(p->r->arena, p->n + 1, double);
        for (size_t i = 0; i < p->n; i++) {
            x[i] = compare_at(p->f[k], p->score[k], p->key[i]);
        }
        memcpy(p->value[k], x, p->n * sizeof *x);
        if (ranks) {
            MERA_TRY(rank_down(p->r, x, p->n, p->value[k]));
        }
    }
    return MERA_OK;
}

/* uCode and the columns of also_get. */
static mera_code compare_table_new(const comparison *p, table **out)
{
    const json_t *also = arg(p->args, "also_get");
    *out = table_new(p->r->arena, p->n, 1);
    memcpy(table_texts(*out, "uCode"), p->key, p->n * sizeof *p->key);
    for (size_t a = 0; a < arg_size(also); a++) {
        MERA_TRY(coin_beside(p->c, p->f[0], p->key, p->n, arg_item_text(also, a), *out));
    }
    return MERA_OK;
}

mera_code call_compare_coins(run *r, coin *c, const json_t *args)
{
    comparison p = {.r = r, .c = c, .args = args};
    table *out;
    MERA_TRY(compare_add(&p, NULL, NULL));
    if (arg(args, "coin2") == NULL) {
        return run_unsupported(r, "compare_coins without coin2");
    }
    MERA_TRY(compare_add(&p, NULL, arg(args, "coin2")));
    MERA_TRY(compare_values(&p));
    MERA_TRY(compare_table_new(&p, &out));
    double *one = table_numbers(out, "coin.1"), *two = table_numbers(out, "coin.2");
    double *off = table_numbers(out, "Diff"), *size = table_numbers(out, "Abs.diff");
    for (size_t i = 0; i < p.n; i++) {
        one[i] = p.value[0][i];
        two[i] = p.value[1][i];
        off[i] = one[i] - two[i];
        size[i] = fabs(off[i]);
    }
    run_output(r, "main", out);
    return MERA_OK;
}

/* ---- compare_coins_multi() -------------------------------------------------------------- */

static mera_code compare_multi_table(const comparison *p, const char *type, size_t base)
{
    const bool values = same(type, "Values"), absolute = same(type, "AbsDiffs");
    table *out;
    if (!values && !absolute && !same(type, "Diffs")) {
        return run_unsupported(p->r, "compare_coins_multi with tabtype '%s'", type);
    }
    MERA_TRY(compare_table_new(p, &out));
    for (size_t k = 0; k < p->n_coins; k++) {
        double *y = table_numbers(out, p->name[k]);
        for (size_t i = 0; i < p->n; i++) {
            const double off = p->value[k][i] - p->value[base][i];
            y[i] = values ? p->value[k][i] : absolute ? fabs(off) : off;
        }
    }
    run_output(p->r, type, out);
    run_output(p->r, "main", out);
    return MERA_OK;
}

mera_code call_compare_coins_multi(run *r, coin *c, const json_t *args)
{
    static const char *const types[] = {"AbsDiffs", "Diffs", "Values"};
    const json_t *coins = arg(args, "coins");
    const char *type = arg_text(args, "tabtype", "Values"), *name;
    const size_t base = (size_t)arg_number(args, "ibase", 1) - 1;
    comparison p = {.r = r, .c = c, .args = args};
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)coins, name, value)
    {
        MERA_TRY(compare_add(&p, name, value));
    }
    for (size_t i = 0; json_is_array(coins) && i < json_array_size(coins); i++) {
        MERA_TRY(compare_add(&p, NULL, json_array_get(coins, i)));
    }
    if (base >= p.n_coins) {
        return run_refused(r, "compare_coins_multi with ibase %zu of %zu coins", base + 1,
                           p.n_coins);
    }
    MERA_TRY(compare_values(&p));
    for (size_t i = 0; same(type, "All") && i < sizeof types / sizeof *types; i++) {
        MERA_TRY(compare_multi_table(&p, types[i], base));
    }
    return same(type, "All") ? MERA_OK : compare_multi_table(&p, type, base);
}
