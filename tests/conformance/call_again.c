/* SPDX-License-Identifier: Apache-2.0 */
/** @file Functions that aggregate or build a coin once more: remove_elements(), compare_coins(). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

/* ---- remove_elements() ------------------------------------------------------------------ */

/* The scores of a code when one element weighs nothing. */
static mera_code remove_one(coin *c, const json_t *aggregate, const weights *used,
                            const char *removed, const char *code, double *out)
{
    weights *w = &c->weight[c->n_weights];
    const frame *f;
    const double *score;
    *w = (weights){"(removed)", used->n, used->code, NEW(c->r->arena, used->n, double)};
    for (size_t i = 0; i < used->n; i++) {
        w->w[i] = same(used->code[i], removed) ? 0 : used->w[i];
    }
    json_t *change = json_pack("{s:s, s:s}", "w", w->name, "write_to", "(removed)");
    json_t *args = arg_modified(aggregate, change);
    c->n_weights++;
    const mera_code rc = step_aggregate(c, args);
    c->n_weights--;
    json_decref(change);
    json_decref(args);
    MERA_TRY(rc);
    MERA_TRY(scores_of(c, "(removed)", code, &f, &score));
    memcpy(out, score, f->n * sizeof *out);
    return MERA_OK;
}

static double remove_mean_change(const double *nominal, const double *rank, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += fabs(nominal[i] - rank[i]);
    }
    return sum / (double)n;
}

static void remove_changes(run *r, const table *ranks)
{
    const size_t k = ranks->n_columns - 1;
    table *t = table_new(r->arena, k, 1);
    const char **removed = table_texts(t, "Removed");
    double *change = table_numbers(t, "MeanAbsRankChange");
    for (size_t j = 0; j < k; j++) {
        removed[j] = ranks->column[j + 1].name;
        change[j] =
            remove_mean_change(ranks->column[1].number, ranks->column[j + 1].number, ranks->n_rows);
    }
    run_output(r, "meanabsdiff", t);
}

static mera_code remove_used(coin *c, const json_t *aggregate, const weights **out)
{
    const json_t *w = arg(aggregate, "w");
    if (json_is_object(w)) {
        weights *read = NEW(c->r->arena, 1, weights);
        MERA_TRY(weights_read(c->r, w, "Weight", read));
        *out = read;
        return MERA_OK;
    }
    return coin_weights(c, arg_item_text(w, 0), out);
}

mera_code call_remove_elements(run *r, coin *c, const json_t *args)
{
    const json_t *aggregate = steps_args(arg(r->sidecar, "steps"), "Aggregate");
    const char *code = arg_text(args, "iCode", "Index");
    const int level = (int)arg_number(args, "Level", 1);
    const weights *used;
    const frame *f;
    const double *nominal;
    MERA_TRY(scores_of(c, arg_text(args, "dset", "Aggregated"), code, &f, &nominal));
    MERA_TRY(remove_used(c, aggregate, &used));
    table *scores = frame_table(c, f, f->k), *ranks = frame_table(c, f, f->k);
    memcpy(table_numbers(scores, "Nominal"), nominal, f->n * sizeof(double));
    MERA_TRY(rank_down(r, nominal, f->n, table_numbers(ranks, "Nominal")));
    for (size_t i = 0; i < used->n; i++) {
        const meta *m = coin_meta(c, used->code[i]);
        if (m != NULL && m->level == level) {
            double *score = table_numbers(scores, m->code);
            MERA_TRY(remove_one(c, aggregate, used, m->code, code, score));
            MERA_TRY(rank_down(r, score, f->n, table_numbers(ranks, m->code)));
        }
    }
    run_output(r, "scores", scores);
    run_output(r, "ranks", ranks);
    remove_changes(r, ranks);
    return MERA_OK;
}

/* ---- compare_coins() -------------------------------------------------------------------- */

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

/* What "Normalise n_zscore (0,1)" changes in the arguments of its step; NULL = not understood. */
static json_t *compare_change(const char *op, const char *text)
{
    char f[64] = "";
    json_t *list = compare_list(text);
    (void)sscanf(text, "%63[A-Za-z0-9_.]", f);
    const char *key = same(f, "n_zscore")      ? "m_sd"
                      : same(f, "n_scaled")    ? "npara"
                      : same(f, "n_goalposts") ? "gposts"
                                               : "l_u";
    if (same(op, "Normalise")) {
        return list != NULL ? json_pack("{s:{s:s, s:{s:o}}}", "global_specs", "f_n", f, "f_n_para",
                                        key, list)
                            : json_pack("{s:{s:s}}", "global_specs", "f_n", f);
    }
    json_decref(list);
    if (same(op, "Aggregate") && strncmp(f, "a_", 2) == 0) {
        return json_pack("{s:s}", "f_ag", f);
    }
    if (same(op, "Aggregate")) { /* "w AltA", "weights AltA" or the name alone */
        const char *space = strrchr(text, ' ');
        return json_pack("{s:s}", "w", space == NULL ? f : space + 1);
    }
    if (same(op, "Impute")) {
        return json_pack("{s:s}", "f_i", f);
    }
    return NULL;
}

/* "the same with STEP FUNCTION (numbers)", or {"steps": [...]}: a new reference; NULL = unknown. */
static json_t *compare_steps(const json_t *steps, const json_t *coin2)
{
    static const char start[] = "the same with ";
    char op[32] = "";
    int used = 0;
    if (arg(coin2, "steps") != NULL) {
        return json_incref((json_t *)(uintptr_t)arg(coin2, "steps"));
    }
    const char *text = json_string_value(coin2);
    if (text == NULL || strncmp(text, start, sizeof start - 1) != 0 ||
        sscanf(text + sizeof start - 1, "%31[A-Za-z] %n", op, &used) != 1) {
        return NULL;
    }
    json_t *change = compare_change(op, text + sizeof start - 1 + used);
    if (change == NULL) {
        return NULL;
    }
    json_t *clean;
    if (same(op, "Normalise")) { /* the whole of global_specs is replaced */
        json_t *nothing = json_pack("{s:n}", "global_specs");
        clean = steps_edited(steps, op, nothing);
        json_decref(nothing);
    } else {
        clean = json_incref((json_t *)(uintptr_t)steps);
    }
    json_t *edited = steps_edited(clean, op, change);
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

mera_code call_compare_coins(run *r, coin *c, const json_t *args)
{
    const char *dset = arg_text(args, "dset", "Aggregated");
    const char *code = arg_text(args, "iCode", "Index");
    const frame *f[2];
    const double *score[2];
    json_t *steps = compare_steps(arg(r->sidecar, "steps"), arg(args, "coin2"));
    if (steps == NULL) {
        return run_unsupported(r, "compare_coins with coin2 '%s'", arg_text(args, "coin2", "?"));
    }
    mera_code rc = scores_of(c, dset, code, &f[0], &score[0]);
    rc = rc == MERA_OK ? compare_scores(r, steps, dset, code, &f[1], &score[1]) : rc;
    json_decref(steps);
    MERA_TRY(rc);
    const size_t n = f[0]->n;
    table *out = frame_table(c, f[0], f[0]->k);
    double *one = table_numbers(out, "coin.1"), *two = table_numbers(out, "coin.2");
    double *off = table_numbers(out, "Diff"), *size = table_numbers(out, "Abs.diff");
    double *other = NEW(r->arena, n, double);
    for (size_t i = 0; i < n; i++) {
        one[i] = score[0][i];
        two[i] = other[i] = compare_at(f[1], score[1], f[0]->key[i]);
    }
    if (same(arg_text(args, "compare_by", "ranks"), "ranks")) {
        MERA_TRY(rank_down(r, score[0], n, one));
        MERA_TRY(rank_down(r, other, n, two));
    }
    for (size_t i = 0; i < n; i++) {
        off[i] = one[i] - two[i];
        size[i] = fabs(off[i]);
    }
    run_output(r, "main", out);
    return MERA_OK;
}
