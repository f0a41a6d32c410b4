/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Treat() and qTreat(): treat.chain, which is a check of skewness and kurtosis, a first treatment,
 * the check, a second treatment. The table of what was done comes from its fitted numbers.
 */
#include <math.h>
#include <string.h>

#include "steps.h"

/* The name of a function of COINr among the treatments of the chain. */
static const char *treat_name(const char *f)
{
    static const char *const known[][2] = {
        {"winsorise", "winsorise"},     {"log_CT", "log_ct"},   {"log_CT_plus", "log_ct_plus"},
        {"log_CT_orig", "log_ct_orig"}, {"log_GII", "log_gii"}, {"boxcox", "boxcox"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (same(known[i][0], f)) {
            return known[i][1];
        }
    }
    return NULL;
}

/* winmax: null is no limit. */
static double treat_points(const json_t *para)
{
    const json_t *winmax = json_object_get(para, "winmax");
    return json_is_null(winmax) ? 1e6 : arg_number(para, "winmax", 5);
}

static mera_code treat_open(run *r, const json_t *specs, bool combine, operation *o)
{
    const char *f1 = arg_text(specs, "f1", "winsorise"), *f2 = arg_text(specs, "f2", NULL);
    const json_t *pass = arg(specs, "f_pass_para");
    const json_t *para[2] = {arg(specs, "f1_para"), arg(specs, "f2_para")};
    const json_t *win = same(f1, "winsorise") ? para[0] : para[1];
    const json_t *power = same(f1, "boxcox") ? para[0] : para[1];
    given g = {0};
    if (treat_name(f1) == NULL || (f2 != NULL && treat_name(f2) == NULL)) {
        return run_unsupported(r, "Treat by the functions '%s' and '%s'", f1, f2 == NULL ? "" : f2);
    }
    if (!same(arg_text(specs, "f_pass", "check_SkewKurt"), "check_SkewKurt") ||
        !arg_bool(power, "makepos", true)) {
        return run_unsupported(r, "Treat with f_pass '%s' or without makepos",
                               arg_text(specs, "f_pass", ""));
    }
    given_text(&g, "first", treat_name(f1));
    given_text(&g, "then", f2 == NULL ? "none" : treat_name(f2));
    given_number(&g, r->arena, "skewness", arg_number(pass, "skew_thresh", 2));
    given_number(&g, r->arena, "kurtosis", arg_number(pass, "kurt_thresh", 3.5));
    given_bool(&g, "combine", combine);
    given_number(&g, r->arena, "max_points", treat_points(win));
    given_number(&g, r->arena, "win_skewness", arg_number(win, "skew_thresh", 2));
    given_number(&g, r->arena, "win_kurtosis", arg_number(win, "kurt_thresh", 3.5));
    given_bool(&g, "force", arg_bool(win, "force_win", false));
    given_number(&g, r->arena, "lambda", arg_number(power, "lambda", NAN));
    return operation_open(r, MERA_STEP_TREAT, "chain", &g, o);
}

static void treat_judge(const json_t *specs, operation o, const mera_fitted *fitted,
                        treatment *done)
{
    static const char *const skewness[3] = {"skewness", "first_skewness", "then_skewness"};
    static const char *const kurtosis[3] = {"kurtosis", "first_kurtosis", "then_kurtosis"};
    const json_t *pass = arg(specs, "f_pass_para");
    for (int s = 0; s < 3; s++) {
        done->skewness[s] = operation_fitted(o, fitted, skewness[s]);
        done->kurtosis[s] = operation_fitted(o, fitted, kurtosis[s]);
        done->pass[s] = fabs(done->skewness[s]) < arg_number(pass, "skew_thresh", 2) ||
                        done->kurtosis[s] < arg_number(pass, "kurt_thresh", 3.5);
        done->reached[s] = s == 0 || (done->reached[s - 1] && !done->pass[s - 1] &&
                                      (s == 1 || arg_text(specs, "f2", NULL) != NULL));
    }
    done->points = operation_fitted(o, fitted, "points");
}

/* Which points a treatment says it touched, as COINr's functions do; NULL = none. */
static mera_code treat_marks(run *r, const char *f, const json_t *para, const double *x, size_t n,
                             const char **mark)
{
    const call_column about = call_plain("points", NULL);
    double *y = NEW(r->arena, n, double);
    mera_fitted fitted;
    given g = {0};
    operation o;
    if (!same(f, "winsorise")) {
        const bool plus = same(f, "log_CT_plus");
        const char *name = same(f, "boxcox") ? NULL : plus ? "log_CT" : f;
        for (size_t i = 0; i < n; i++) {
            mark[i] = name;
        }
        return MERA_OK;
    }
    given_number(&g, r->arena, "skewness", arg_number(para, "skew_thresh", 2));
    given_number(&g, r->arena, "kurtosis", arg_number(para, "kurt_thresh", 3.5));
    given_number(&g, r->arena, "max_points", treat_points(para));
    given_bool(&g, "force", arg_bool(para, "force_win", false));
    MERA_TRY(operation_open(r, MERA_STEP_TREAT, "winsorise", &g, &o));
    MERA_TRY(operation_column(r, o, &about, x, n, y, &fitted));
    const double lower = operation_fitted(o, &fitted, "lower");
    const double upper = operation_fitted(o, &fitted, "upper");
    for (size_t i = 0; i < n; i++) {
        mark[i] = x[i] > upper ? "winhi" : x[i] < lower ? "winlo" : NULL;
    }
    return MERA_OK;
}

/* The marks of both treatments, glued as COINr does. */
static mera_code treat_labels(run *r, const json_t *specs, const double *x, size_t n,
                              treatment *done)
{
    const char **first = NEW(r->arena, n, const char *), **then = NEW(r->arena, n, const char *);
    if (done->reached[1]) {
        MERA_TRY(
            treat_marks(r, arg_text(specs, "f1", "winsorise"), arg(specs, "f1_para"), x, n, first));
    }
    if (done->reached[2]) {
        MERA_TRY(treat_marks(r, arg_text(specs, "f2", ""), arg(specs, "f2_para"), x, n, then));
    }
    for (size_t i = 0; i < n; i++) {
        done->label[i] =
            then[i] == NULL ? first[i]
                            : text_of(r->arena, "%s+%s", first[i] == NULL ? "" : first[i], then[i]);
    }
    return MERA_OK;
}

mera_code treat_column(run *r, const json_t *specs, bool combine, const double *x, size_t n,
                       double *y, treatment *done)
{
    const call_column about = call_plain("treated", NULL);
    mera_fitted fitted;
    operation o;
    MERA_TRY(treat_open(r, specs, combine, &o));
    MERA_TRY(operation_column(r, o, &about, x, n, y, &fitted));
    treat_judge(specs, o, &fitted, done);
    done->label = NEW(r->arena, n, const char *);
    return treat_labels(r, specs, x, n, done);
}

/* ---- the step --------------------------------------------------------------------------- */

static json_t *treat_defaults(void)
{
    return json_pack("{s:s, s:{s:b, s:i, s:i, s:f, s:b}, s:s, s:{s:b}, s:s, s:{s:b, s:i, s:f}}",
                     "f1", "winsorise", "f1_para", "na.rm", 1, "winmax", 5, "skew_thresh", 2,
                     "kurt_thresh", 3.5, "force_win", 0, "f2", "log_CT", "f2_para", "na.rm", 1,
                     "f_pass", "check_SkewKurt", "f_pass_para", "na.rm", 1, "skew_thresh", 2,
                     "kurt_thresh", 3.5);
}

/** Everything a Treat() makes. */
typedef struct treating {
    coin *c;
    const frame *from;
    frame *to;
    bool combine;
    const char **code; /**< of the columns that were not passed over */
    treatment *done;
    size_t *column;
    size_t n;
    const char *f_pass;
    bool winsorised[2]; /**< first, second */
} treating;

/* COINr's Dets_Table: a column is there when some indicator came so far. */
static void treat_details(const treating *t)
{
    table *out = table_new(t->c->r->arena, t->n, 1);
    const char **code = table_texts(out, "iCode");
    double *points = NULL;
    memcpy(code, t->code, t->n * sizeof *code);
    for (int s = 0; s < 3; s++) {
        bool any = false;
        for (size_t i = 0; i < t->n; i++) {
            any = any || t->done[i].reached[s];
        }
        if (!any) {
            break;
        }
        if (points == NULL && s > 0 && t->winsorised[s - 1]) {
            points = table_numbers(out, "winsorise.nwin");
        }
        mera_arena *arena = t->c->r->arena;
        const char **pass = table_texts(out, text_of(arena, "%s%d.Pass", t->f_pass, s));
        double *skewness = table_numbers(out, text_of(arena, "%s%d.Skew", t->f_pass, s));
        double *kurtosis = table_numbers(out, text_of(arena, "%s%d.Kurt", t->f_pass, s));
        for (size_t i = 0; i < t->n; i++) {
            const treatment *done = &t->done[i];
            if (done->reached[s]) {
                pass[i] = truth(done->pass[s]);
                skewness[i] = done->skewness[s];
                kurtosis[i] = done->kurtosis[s];
            }
            if (points != NULL && done->reached[s] && t->winsorised[s > 0 ? s - 1 : 0]) {
                points[i] = done->points;
            }
        }
    }
    run_output(t->c->r, "details", out);
    run_output(t->c->r, "treat_table", out);
}

static void treat_point_table(const treating *t)
{
    table *out = frame_table(t->c, t->from, t->from->k);
    for (size_t i = 0; i < t->n; i++) {
        const char **text = table_texts(out, t->code[i]);
        memcpy(text, t->done[i].label, t->from->n * sizeof *text);
    }
    run_output(t->c->r, "points", out);
}

static mera_code treat_one(treating *t, const json_t *specs, size_t j)
{
    treatment *done = &t->done[t->n];
    const char **label = NEW(t->c->r->arena, t->from->n, const char *);
    for (size_t b = 0; b < t->from->n_blocks; b++) { /* a purse is treated period by period */
        const size_t at = t->from->block[b], n = t->from->block[b + 1] - at;
        MERA_TRY(treat_column(t->c->r, specs, t->combine, t->from->x[j] + at, n, t->to->x[j] + at,
                              done));
        memcpy(label + at, done->label, n * sizeof *label);
    }
    done->label = label;
    t->winsorised[0] = t->winsorised[0] || same(arg_text(specs, "f1", ""), "winsorise");
    t->winsorised[1] = t->winsorised[1] || same(arg_text(specs, "f2", ""), "winsorise");
    t->code[t->n++] = t->from->code[j];
    return MERA_OK;
}

static mera_code treat_columns(treating *t, const json_t *specs, bool none, const json_t *indiv)
{
    for (size_t j = 0; j < t->from->k; j++) {
        const json_t *own = arg(indiv, t->from->code[j]);
        if (same(arg_item_text(own, 0), "none") || (own == NULL && none)) {
            memcpy(t->to->x[j], t->from->x[j], t->from->n * sizeof(double));
            continue;
        }
        json_t *mine = arg_modified(specs, own);
        const mera_code rc = treat_one(t, mine, j);
        json_decref(mine);
        if (rc != MERA_OK) {
            return rc == MERA_EUSAGE
                       ? rc
                       : run_refused(t->c->r, "indicator '%s': %s", t->from->code[j], t->c->r->why);
        }
    }
    return MERA_OK;
}

mera_code step_treat(coin *c, const json_t *args)
{
    treating t = {.c = c, .combine = arg_bool(args, "combine_treat", false)};
    const json_t *global_specs = arg(args, "global_specs");
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &t.from));
    t.to = coin_frame_new(c, arg_text(args, "write_to", "Treated"), t.from, t.from->k);
    t.code = NEW(c->r->arena, t.from->k, const char *);
    t.done = NEW(c->r->arena, t.from->k, treatment);
    json_t *defaults = treat_defaults(), *specs = arg_modified(defaults, global_specs);
    t.f_pass = text_of(c->r->arena, "%s", arg_text(specs, "f_pass", "check_SkewKurt"));
    const mera_code rc = treat_columns(&t, specs, same(arg_item_text(global_specs, 0), "none"),
                                       arg(args, "indiv_specs"));
    json_decref(defaults);
    json_decref(specs);
    MERA_TRY(rc);
    treat_details(&t);
    treat_point_table(&t);
    return MERA_OK;
}

mera_code step_qtreat(coin *c, const json_t *args)
{
    json_t *copy = args == NULL ? json_object() : json_copy((json_t *)(uintptr_t)args);
    const double skewness = arg_number(args, "skew_thresh", 2);
    const double kurtosis = arg_number(args, "kurt_thresh", 3.5);
    const json_t *winmax = json_object_get(args, "winmax"), *f2 = json_object_get(args, "f2");
    json_t *specs = json_pack("{s:s, s:{s:f, s:f}, s:{s:f, s:f}}", "f1", "winsorise", "f1_para",
                              "skew_thresh", skewness, "kurt_thresh", kurtosis, "f_pass_para",
                              "skew_thresh", skewness, "kurt_thresh", kurtosis);
    if (winmax != NULL && !json_is_null(winmax)) {
        json_object_set(json_object_get(specs, "f1_para"), "winmax", (json_t *)(uintptr_t)winmax);
    }
    if (f2 != NULL) {
        json_object_set(specs, "f2", (json_t *)(uintptr_t)f2);
    }
    json_object_set_new(copy, "global_specs", specs);
    const mera_code rc = step_treat(c, copy);
    json_decref(copy);
    return rc;
}
