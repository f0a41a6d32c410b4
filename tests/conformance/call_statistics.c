/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * get_stats(), get_data_avail(), get_cronbach(), outrankMatrix(): what columns look like and how
 * units stand to each other.
 */
#include <math.h>
#include <string.h>

#include "calls.h"
#include "pick.h"

/* ---- get_stats() ------------------------------------------------------------------------ */

enum { STATS_NUMBERS = 15, STATS_FLAGS = 4 };

typedef struct stats {
    double number[STATS_NUMBERS];
    bool flag[STATS_FLAGS]; /**< data, non-zeros, different values are enough; no outliers */
} stats;

static stats stats_judge(const mera_column_statistics *s, const json_t *args)
{
    const double n = (double)s->n, present = (double)s->n_present, nonzero = (double)s->n_nonzero;
    const double unique = (double)s->n_unique, equal = (double)s->n_same;
    return (stats){.number = {s->min, s->max, s->mean, s->median, s->sd, s->skewness, s->kurtosis,
                              present, nonzero, unique, equal, present / n, nonzero / present,
                              unique / present, equal / present},
                   .flag = {present / n >= arg_number(args, "t_avail", 0.65),
                            nonzero / n >= arg_number(args, "t_zero", 0.5),
                            unique / n >= arg_number(args, "t_unq", 0.5),
                            !(fabs(s->skewness) > arg_number(args, "t_skew", 2) &&
                              s->kurtosis > arg_number(args, "t_kurt", 3.5))}};
}

mera_code call_get_stats(run *r, coin *c, const json_t *args)
{
    static const char *const name[STATS_NUMBERS] = {
        "Min",    "Max",       "Mean",        "Median",     "Std",
        "Skew",   "Kurt",      "N.Avail",     "N.NonZero",  "N.Unique",
        "N.Same", "Frc.Avail", "Frc.NonZero", "Frc.Unique", "Frc.Same"};
    static const char *const flag[STATS_FLAGS] = {"Flag.Avail", "Flag.NonZero", "Flag.Unique",
                                                  "Flag.SkewKurt"};
    const frame *f;
    picked p;
    double *number[STATS_NUMBERS];
    const char **text[STATS_FLAGS];
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &f));
    MERA_TRY(pick(c, f, arg(args, "iCodes"), (int)arg_number(args, "Level", 0), args, &p));
    table *out = table_new(r->arena, p.k, 1);
    memcpy(table_texts(out, "iCode"), p.code, p.k * sizeof *p.code);
    for (size_t s = 0; s < STATS_NUMBERS; s++) {
        number[s] = table_numbers(out, name[s]);
    }
    for (size_t s = 0; s < STATS_FLAGS; s++) {
        text[s] = table_texts(out, flag[s]);
    }
    for (size_t j = 0; j < p.k; j++) {
        mera_column_statistics of;
        MERA_TRY(mera_statistics_of(p.x[j], p.n, r->arena, &of));
        const stats all = stats_judge(&of, args);
        for (size_t s = 0; s < STATS_NUMBERS; s++) {
            number[s][j] = round_significant(all.number[s], arg_digits(args, "nsignif", 3));
        }
        for (size_t s = 0; s < STATS_FLAGS; s++) {
            text[s][j] = all.flag[s] ? "ok" : s + 1 < STATS_FLAGS ? "LOW" : "OUT";
        }
    }
    run_output(r, "main", out);
    return MERA_OK;
}

/* ---- get_data_avail() ------------------------------------------------------------------- */

static void availability_summary(const coin *c, const frame *f, const mera_availability *a)
{
    table *t = frame_table(c, f, f->k);
    double *missing = table_numbers(t, "N_missing"), *zero = table_numbers(t, "N_zero");
    double *both = table_numbers(t, "N_miss_or_zero");
    memcpy(table_numbers(t, "Dat_Avail"), a->present, f->n * sizeof(double));
    memcpy(table_numbers(t, "Non_Zero"), a->non_zero, f->n * sizeof(double));
    for (size_t i = 0; i < f->n; i++) {
        missing[i] = (double)a->n_missing[i];
        zero[i] = (double)a->n_zero[i];
        both[i] = missing[i] + zero[i];
    }
    run_output(c->r, "summary", t);
    run_output(c->r, "main", t);
}

mera_code call_get_data_avail(run *r, coin *c, const json_t *args)
{
    const frame *f;
    mera_availability a;
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &f));
    const mera_columns all = {f->n, f->k, (const double *const *)(uintptr_t)f->x};
    MERA_TRY(mera_availability_of(&all, r->arena, &a));
    availability_summary(c, f, &a);
    table *t = frame_table(c, f, f->k);
    for (size_t i = 0; i < c->n_meta; i++) {
        if (c->meta[i].level > 1) { /* of the indicators below it */
            json_t *codes = json_string(c->meta[i].code);
            const selection s = coin_select(c, f, codes, 1);
            const mera_columns part = {f->n, s.n, s.x};
            json_decref(codes);
            MERA_TRY(mera_availability_of(&part, r->arena, &a));
            memcpy(table_numbers(t, c->meta[i].code), a.present, f->n * sizeof(double));
        }
    }
    run_output(r, "bygroup", t);
    return MERA_OK;
}

/* ---- get_cronbach() --------------------------------------------------------------------- */

static mera_code cronbach_one(coin *c, const frame *f, const json_t *codes, const json_t *args,
                              double *alpha)
{
    const char *use = arg_text(args, "use", "pairwise.complete.obs");
    const bool pairwise = same(use, "pairwise.complete.obs");
    picked p;
    if (!pairwise && !same(use, "complete.obs") && !same(use, "na.or.complete")) {
        return run_unsupported(c->r, "get_cronbach with use '%s'", use);
    }
    MERA_TRY(pick(c, f, codes, (int)arg_number(args, "Level", 0), args, &p));
    const mera_columns columns = pick_columns(&p);
    return mera_cronbach_of(&columns, pairwise, c->r->arena, alpha);
}

/* A row a group of the case's file, or the one value of the codes asked for. */
mera_code call_get_cronbach(run *r, coin *c, const json_t *args)
{
    const csv *want = run_expected(r, "main");
    const json_t *codes = arg(args, "iCodes");
    const bool each = same(arg_item_text(codes, 0), "each group");
    const frame *f;
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &f));
    if (want == NULL) {
        return run_missing(r, "the case has no file of results that names its groups");
    }
    const bool named = csv_column(want, "Group") != SIZE_MAX;
    table *out = table_new(r->arena, each ? want->n_rows : 1, each ? 1 : 0);
    const char **group = named ? table_texts(out, "Group") : NULL;
    double *alpha = table_numbers(out, each || named ? "Alpha" : want->name[want->n_columns - 1]);
    for (size_t i = 0; i < out->n_rows; i++) {
        const char *code = named ? csv_text(want, i, "Group") : NULL;
        json_t *own = each ? json_string(code) : json_incref((json_t *)(uintptr_t)codes);
        const mera_code rc = cronbach_one(c, f, own, args, &alpha[i]);
        json_decref(own);
        MERA_TRY(rc);
        if (named) {
            group[i] = code;
        }
    }
    run_output(r, "main", out);
    return MERA_OK;
}

/* ---- outrankMatrix(), a_copeland() ------------------------------------------------------ */

static void outrank_dominance(run *r, const mera_dominance *d, size_t n)
{
    table *t = table_new(r->arena, 1, 0);
    const double pairs = (double)n * ((double)n - 1) / 2;
    table_numbers(t, "nDominant")[0] = (double)d->n_strict;
    table_numbers(t, "fracDominant")[0] = (double)d->n_strict / pairs;
    run_output(r, "dominance", t);
}

mera_code call_outrank(run *r, coin *c, const json_t *args)
{
    const json_t *columns = arg(args, "columns"), *given_weights = arg(args, "w");
    const frame *f;
    mera_dominance d;
    operation copeland;
    picked p;
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Aggregated"), &f));
    MERA_TRY(pick(c, f, columns, 0, NULL, &p));
    double *w = NEW(r->arena, p.k, double), *e = NEW(r->arena, p.n * p.n, double);
    for (size_t j = 0; j < p.k; j++) {
        size_t at = 0; /* weights are in the order of the names, columns in that of the data */
        while (at < arg_size(columns) && !same(arg_item_text(columns, at), p.code[j])) {
            at++;
        }
        w[j] = given_weights == NULL ? 1 : arg_item(given_weights, columns == NULL ? j : at);
    }
    const mera_columns x = pick_columns(&p);
    MERA_TRY(mera_outranking_of(&x, w, r->arena, e));
    table *out = frame_table(c, f, f->k), *scores = frame_table(c, f, f->k);
    for (size_t b = 0; b < p.n; b++) {
        double *to = table_numbers(out, p.key[b]);
        for (size_t a = 0; a < p.n; a++) {
            to[a] = e[a * p.n + b];
        }
    }
    run_output(r, "main", out);
    MERA_TRY(mera_dominance_of(&x, r->arena, &d));
    outrank_dominance(r, &d, p.n);
    const selection children = {p.k, p.code, (const double **)(uintptr_t)p.x};
    MERA_TRY(aggregate_open(r, "a_copeland", NULL, &copeland));
    MERA_TRY(aggregate_rows(r, copeland, &children, w, f, 0, p.n, table_numbers(scores, "Score")));
    run_output(r, "copeland", scores);
    return MERA_OK;
}
