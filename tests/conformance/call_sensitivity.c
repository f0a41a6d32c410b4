/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * get_sensitivity(): the draws of the case (parameters.csv) are replayed one by one, each as a run
 * of all steps with other arguments; so R's random numbers are not needed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "calls.h"
#include "noise.h"

enum { FACTOR_KEYS = 4 };

/** A parameter of the analysis: which argument of which step it replaces. */
typedef struct factor {
    const char *name;
    const char *op;
    const char *key[FACTOR_KEYS]; /**< the way to the argument */
    bool continuous;              /**< draws are values, not places in the list */
    const json_t *list;           /**< of alternatives; or NULL */
    noise weights;                /**< sets of them, when there is no list */
} factor;

static const struct {
    const char *start; /**< of the parameter's name, in any case */
    const char *op, *key[3];
} factors_known[] = {
    {"winmax", "Treat", {"global_specs", "f1_para", "winmax"}},
    {"norm", "Normalise", {"global_specs"}},
    {"weight", "Aggregate", {"w"}},
    {"agg", "Aggregate", {"f_ag"}},
    {"dat_thresh", "Aggregate", {"dat_thresh"}},
    {"imputation", "Impute", {"f_i"}},
    {"impute", "Impute", {"f_i"}},
    {"group", "Impute", {"use_group"}},
    {"screen", "Screen", {"dat_thresh"}},
    {"transform", "Treat", {"global_specs", "f2"}},
    {"treat", "Treat", {"global_specs"}},
    {"skew", "Treat", {"global_specs", "f_pass_para", "skew_thresh"}},
    {"kurt", "Treat", {"global_specs", "f_pass_para", "kurt_thresh"}},
};

/* "... of PATH.csv": the word that ends so. */
static const char *factor_path(run *r, const char *text)
{
    const char *end = strstr(text, ".csv");
    const char *start = end;
    while (end != NULL && start > text && start[-1] != ' ') {
        start--;
    }
    return end == NULL ? NULL : text_of(r->arena, "%.*s.csv", (int)(end - start), start);
}

/* "$Log$Treat$global_specs$f1_para$winmax": the step, and the way to its argument. */
static bool factor_address(run *r, const char *address, factor *out)
{
    static const char start[] = "$Log$";
    if (address == NULL || strncmp(address, start, sizeof start - 1) != 0) {
        return false;
    }
    const char *at = address + sizeof start - 1;
    for (size_t part = 0; *at != '\0'; part++) {
        const size_t n = strcspn(at, "$");
        const char *word = text_of(r->arena, "%.*s", (int)n, at);
        if (part == 0) {
            out->op = word;
        } else if (part <= FACTOR_KEYS) {
            out->key[part - 1] = word;
        } else {
            return false;
        }
        at += n + (at[n] == '$');
    }
    return out->key[0] != NULL;
}

/* Which argument a parameter of that name is about. */
static void factor_guess(const char *name, factor *out)
{
    for (size_t i = 0; i < sizeof factors_known / sizeof *factors_known; i++) {
        if (out->op == NULL &&
            strncasecmp(name, factors_known[i].start, strlen(factors_known[i].start)) == 0) {
            out->op = factors_known[i].op;
            memcpy(out->key, factors_known[i].key, sizeof factors_known[i].key);
        }
    }
}

/* `alternatives`: {name: list}; or SA_specs: {name: {Address, Distribution, Type}}. */
static mera_code factor_read(run *r, coin *c, const char *name, const json_t *args, factor *out)
{
    const json_t *spec = json_object_get(arg(args, "SA_specs"), name);
    const json_t *alternatives = spec != NULL ? json_object_get(spec, "Distribution")
                                              : json_object_get(arg(args, "alternatives"), name);
    *out = (factor){.name = name, .continuous = same(arg_text(spec, "Type", ""), "continuous")};
    if (spec == NULL || !factor_address(r, arg_text(spec, "Address", NULL), out)) {
        factor_guess(name, out);
    }
    if (out->op == NULL) {
        return run_unsupported(r, "get_sensitivity with the parameter '%s'", name);
    }
    if (json_is_array(alternatives)) {
        out->list = alternatives;
        return MERA_OK;
    }
    const char *path =
        json_is_string(alternatives) ? factor_path(r, json_string_value(alternatives)) : NULL;
    if (path == NULL) {
        return run_unsupported(r, "get_sensitivity with the alternatives of '%s'", name);
    }
    return noise_read(r, c, path, arg_number(args, "seed", NAN), &out->weights);
}

/* Alternative `drawn` (from 1), or the number itself of a continuous one: a new reference; NULL =
 * there is none. */
static json_t *factor_choice(const factor *f, double drawn)
{
    const size_t choice = drawn >= 1 ? (size_t)drawn : 0;
    if (f->continuous) {
        return json_real(drawn);
    }
    if (f->list != NULL) {
        return json_incref(json_array_get(f->list, choice - 1));
    }
    if (choice < 1 || choice > f->weights.n) {
        return NULL;
    }
    const weights *set = &f->weights.set[choice - 1];
    json_t *map = json_object();
    for (size_t i = 0; i < set->n; i++) {
        json_object_set_new(map, set->code[i], json_real(set->w[i]));
    }
    return json_pack("{s:o}", "weights", map);
}

/* {key: {key: value}} of the way to an argument; takes `value`. */
static json_t *factor_change(const factor *f, json_t *value)
{
    for (size_t k = FACTOR_KEYS; k-- > 0;) {
        if (f->key[k] != NULL) {
            value = json_pack("{s:o}", f->key[k], value);
        }
    }
    return value;
}

/* Replaces the argument whole; takes `steps` and gives other ones back. */
static json_t *factor_apply(const factor *f, json_t *steps, json_t *value)
{
    const char *op = steps_args(steps, f->op) == NULL && same(f->op, "Treat") ? "qTreat" : f->op;
    json_t *nothing = factor_change(f, json_null()), *change = factor_change(f, value);
    json_t *clean = steps_edited(steps, op, nothing);
    json_t *edited = steps_edited(clean, op, change);
    json_decref(nothing);
    json_decref(change);
    json_decref(clean);
    json_decref(steps);
    return edited;
}

/** The whole analysis. */
typedef struct analysis {
    run *r;
    const char *dset, *code;
    const factor *factor;
    size_t d; /**< parameters */
    const csv *draws;
    size_t n; /**< draws, all designs together */
    const frame *f;
    const double *nominal;
    double **score, **rank; /**< [draw][unit] */
} analysis;

/* One draw. A combination that mera refuses, as COINr does, leaves no scores. */
static mera_code analysis_draw(analysis *a, size_t draw)
{
    json_t *steps = json_incref((json_t *)(uintptr_t)arg(a->r->sidecar, "steps"));
    mera_arena *arena = mera_arena_new();
    run own = *a->r;
    coin *c;
    const frame *f;
    const double *score;
    for (size_t p = 0; p < a->d; p++) {
        json_t *value = factor_choice(&a->factor[p], csv_number(a->draws, draw, a->factor[p].name));
        steps = value == NULL ? steps : factor_apply(&a->factor[p], steps, value);
    }
    own.arena = arena;
    own.n_outputs = 0;
    mera_code rc = steps_replay(&own, steps, &c);
    rc = rc == MERA_OK ? scores_of(c, a->dset, a->code, &f, &score) : rc;
    for (size_t i = 0; i < a->f->n; i++) {
        a->score[draw][i] = NAN;
        for (size_t row = 0; rc == MERA_OK && row < f->n; row++) {
            a->score[draw][i] = same(f->key[row], a->f->key[i]) ? score[row] : a->score[draw][i];
        }
    }
    if (rc == MERA_EUSAGE) {
        a->r->why = text_of(a->r->arena, "%s", own.why);
    }
    json_decref(steps);
    mera_arena_free(arena);
    return rc == MERA_EUSAGE ? rc : MERA_OK;
}

static void analysis_tables(const analysis *a, coin *c)
{
    table *scores = frame_table(c, a->f, a->f->k), *ranks = frame_table(c, a->f, a->f->k);
    const size_t size = a->f->n * sizeof(double);
    double *nominal = table_numbers(ranks, "Nominal");
    memcpy(table_numbers(scores, "Nominal"), a->nominal, size);
    memcpy(nominal, a->rank[a->n], size);
    table *target = table_new(a->r->arena, a->n, 1);
    double *rep = table_numbers(target, "rep"),
           *change = table_numbers(target, "MeanAbsRankChange");
    for (size_t draw = 0; draw < a->n; draw++) {
        const char *name = text_of(a->r->arena, "r_%zu", draw + 1);
        double sum = 0, present = 0;
        memcpy(table_numbers(scores, name), a->score[draw], size);
        memcpy(table_numbers(ranks, name), a->rank[draw], size);
        for (size_t i = 0; i < a->f->n; i++) {
            const double off = fabs(a->rank[draw][i] - nominal[i]);
            sum += isnan(off) ? 0 : off;
            present += !isnan(off);
        }
        rep[draw] = (double)draw + 1;
        change[draw] = present > 0 ? sum / present : NAN;
    }
    run_output(a->r, "scores", scores);
    run_output(a->r, "ranks", ranks);
    run_output(a->r, "target", target);
}

/* Mean, median and the 5 % and 95 % quantiles of a unit's places over the first n draws: what the
 * operations of mera learn from a column. */
static mera_code analysis_stats(const analysis *a, coin *c, size_t n)
{
    static const char *const names[4] = {"Mean", "Median", "Q5", "Q95"};
    static const char *const fitted_name[2] = {"lower", "upper"};
    const call_column about = call_plain("places", NULL);
    run *r = a->r;
    given none = {0}, clip = {0};
    operation mean, median, quantiles;
    double *x = NEW(r->arena, n + 1, double), *y = NEW(r->arena, n + 1, double), *column[4];
    given_number(&clip, r->arena, "lower", 0.05);
    given_number(&clip, r->arena, "upper", 0.95);
    MERA_TRY(operation_open(r, MERA_STEP_IMPUTE, "mean", &none, &mean));
    MERA_TRY(operation_open(r, MERA_STEP_IMPUTE, "median", &none, &median));
    MERA_TRY(operation_open(r, MERA_STEP_TREAT, "quantile_clip", &clip, &quantiles));
    table *t = frame_table(c, a->f, a->f->k);
    memcpy(table_numbers(t, "Nominal"), a->rank[a->n], a->f->n * sizeof(double));
    for (int s = 0; s < 4; s++) {
        column[s] = table_numbers(t, names[s]);
    }
    x[n] = NAN; /* the gap that the imputers fill */
    for (size_t i = 0; i < a->f->n; i++) {
        mera_fitted fitted;
        for (size_t draw = 0; draw < n; draw++) {
            x[draw] = a->rank[draw][i];
        }
        MERA_TRY(operation_column(r, mean, &about, x, n + 1, y, NULL));
        column[0][i] = y[n];
        MERA_TRY(operation_column(r, median, &about, x, n + 1, y, NULL));
        column[1][i] = y[n];
        MERA_TRY(operation_column(r, quantiles, &about, x, n, y, &fitted));
        for (int q = 0; q < 2; q++) {
            column[2 + q][i] = operation_fitted(quantiles, &fitted, fitted_name[q]);
        }
    }
    run_output(r, "rankstats", t);
    return MERA_OK;
}

static void analysis_parameters(const analysis *a)
{
    table *t = table_new(a->r->arena, a->n, 1);
    for (size_t p = 0; p <= a->d; p++) {
        const char *name = p == 0 ? "rep" : a->factor[p - 1].name;
        double *x = table_numbers(t, name);
        for (size_t i = 0; i < a->n; i++) {
            x[i] = csv_number(a->draws, i, name);
        }
    }
    run_output(a->r, "parameters", t);
}

static mera_code analysis_indices(const analysis *a, size_t n)
{
    const double *y = table_column(run_find(a->r, "target"), "MeanAbsRankChange")->number;
    double *first = NEW(a->r->arena, a->d, double), *total = NEW(a->r->arena, a->d, double);
    double variance;
    if (a->n != n * (a->d + 2)) {
        return run_refused(a->r, "%zu draws are not N (d + 2) of N = %zu", a->n, n);
    }
    MERA_TRY(mera_sobol_indices(y, n, a->d, false, first, total, &variance));
    table *t = table_new(a->r->arena, a->d, 1);
    const char **name = table_texts(t, "Variable");
    memcpy(table_numbers(t, "Si"), first, a->d * sizeof *first);
    memcpy(table_numbers(t, "STi"), total, a->d * sizeof *total);
    for (size_t p = 0; p < a->d; p++) {
        name[p] = a->factor[p].name;
    }
    run_output(a->r, "sensitivity", t);
    return MERA_OK;
}

static mera_code analysis_open(run *r, coin *c, const json_t *args, analysis *a)
{
    const json_t *specs = arg(args, "SA_specs");
    const json_t *alternatives = specs != NULL ? specs : arg(args, "alternatives");
    factor *list = NEW(r->arena, json_object_size(alternatives) + 1, factor);
    const char *name;
    json_t *value;
    *a = (analysis){.r = r,
                    .dset = arg_text(args, "dset", "Aggregated"),
                    .code = arg_text(args, "iCode", "Index"),
                    .factor = list,
                    .draws = run_expected(r, "parameters")};
    json_object_foreach((json_t *)(uintptr_t)alternatives, name, value)
    {
        MERA_TRY(factor_read(r, c, name, args, &list[a->d++]));
    }
    if (a->draws == NULL || a->d == 0) {
        return run_refused(r, "get_sensitivity without parameters.csv or alternatives");
    }
    a->n = a->draws->n_rows;
    a->score = NEW(r->arena, a->n, double *);
    a->rank = NEW(r->arena, a->n + 1, double *);
    return scores_of(c, a->dset, a->code, &a->f, &a->nominal);
}

mera_code call_get_sensitivity(run *r, coin *c, const json_t *args)
{
    const size_t n = (size_t)arg_number(args, "N", 0);
    const bool sa = same(arg_text(args, "SA_type", "UA"), "SA");
    analysis a;
    MERA_TRY(analysis_open(r, c, args, &a));
    for (size_t draw = 0; draw <= a.n; draw++) {
        a.rank[draw] = NEW(r->arena, a.f->n, double);
        if (draw < a.n) {
            a.score[draw] = NEW(r->arena, a.f->n, double);
            MERA_TRY(analysis_draw(&a, draw));
        }
        MERA_TRY(rank_down(r, draw < a.n ? a.score[draw] : a.nominal, a.f->n, a.rank[draw]));
    }
    analysis_parameters(&a);
    analysis_tables(&a, c);
    MERA_TRY(analysis_stats(&a, c, sa ? 2 * n : a.n));
    return sa ? analysis_indices(&a, n) : MERA_OK;
}

mera_code call_sa_estimate(run *r, coin *c, const json_t *args)
{
    const csv *sample = run_expected(r, "sample");
    const size_t n = (size_t)arg_number(args, "N", 0), d = (size_t)arg_number(args, "d", 0);
    double variance;
    (void)c;
    if (sample == NULL || sample->n_rows != n * (d + 2)) {
        return run_refused(r, "SA_estimate without the sample of N (d + 2) rows");
    }
    double *y = NEW(r->arena, sample->n_rows, double);
    double *first = NEW(r->arena, d, double), *total = NEW(r->arena, d, double);
    for (size_t i = 0; i < sample->n_rows; i++) {
        y[i] = csv_number(sample, i, "y");
    }
    MERA_TRY(mera_sobol_indices(y, n, d, false, first, total, &variance));
    table *t = table_new(r->arena, d, 1);
    const char **name = table_texts(t, "Variable");
    memcpy(table_numbers(t, "Si"), first, d * sizeof *first);
    memcpy(table_numbers(t, "STi"), total, d * sizeof *total);
    double *v = table_numbers(t, "Variance");
    for (size_t p = 0; p < d; p++) {
        name[p] = text_of(r->arena, "V%zu", p + 1);
        v[p] = variance;
    }
    run_output(r, "main", t);
    table *given_sample = table_new(r->arena, sample->n_rows, 0);
    for (size_t col = 0; col < sample->n_columns; col++) {
        double *x = table_numbers(given_sample, sample->name[col]);
        for (size_t i = 0; i < sample->n_rows; i++) {
            x[i] = csv_number(sample, i, sample->name[col]);
        }
    }
    run_output(r, "sample", given_sample);
    return MERA_OK;
}
