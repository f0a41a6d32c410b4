/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Normalise(): each n_* of COINr as an operation of the step normalise. COINr turns an indicator
 * of direction -1 round before it calls the function, whose parameters are of the values turned
 * round; so they are given to mera as they stand, of a column that is better when higher.
 */
#include <math.h>
#include <string.h>

#include "steps.h"

/** A column on its way through a function of COINr. */
typedef struct column_call {
    run *r;
    const json_t *para;
    bool lower; /**< by Normalise(), before the function */
    const double *x;
    size_t n;
    const char *const *key;
    double *y;
} column_call;

static mera_code normalise_by(const column_call *call, const char *name, const given *g,
                              const call_column *about, const double *x)
{
    operation o;
    MERA_TRY(operation_open(call->r, MERA_STEP_NORMALISE, name, g, &o));
    if (operation_column(call->r, o, about, x, call->n, call->y, NULL) != MERA_OK) {
        for (size_t i = 0; i < call->n; i++) { /* R goes on, with NaN */
            call->y[i] = NAN;
        }
    }
    return MERA_OK;
}

/* Item i of a list among the parameters, or what COINr has without it. */
static double normalise_item(const column_call *call, const char *key, size_t i, double fallback)
{
    const json_t *list = arg(call->para, key);
    return list == NULL ? fallback : arg_item(list, i);
}

static mera_code n_minmax(const column_call *call)
{
    const call_column about = call_plain("minmax", call->key);
    given g = {0};
    given_pair(&g, call->r->arena, "range", normalise_item(call, "l_u", 0, 0),
               normalise_item(call, "l_u", 1, 100));
    return normalise_by(call, "minmax", &g, &about, call->x);
}

static mera_code n_dist2max(const column_call *call)
{
    const call_column about = call_plain("dist2max", call->key);
    given g = {0};
    given_pair(&g, call->r->arena, "range", 0, 1);
    return normalise_by(call, "minmax", &g, &about, call->x);
}

static mera_code n_zscore(const column_call *call)
{
    const call_column about = call_plain("zscore", call->key);
    given g = {0};
    given_number(&g, call->r->arena, "mean", normalise_item(call, "m_sd", 0, 0));
    given_number(&g, call->r->arena, "sd", normalise_item(call, "m_sd", 1, 1));
    return normalise_by(call, "zscore", &g, &about, call->x);
}

static mera_code n_scaled(const column_call *call)
{
    const call_column about = call_plain("scaled", call->key);
    const double low = normalise_item(call, "npara", 0, 0);
    const double high = normalise_item(call, "npara", 1, 100);
    const double factor = arg_number(call->para, "scale_factor", 100) / (high - low);
    given g = {0};
    given_number(&g, call->r->arena, "factor", factor);
    given_number(&g, call->r->arena, "offset", -low * factor);
    return normalise_by(call, "scale", &g, &about, call->x);
}

/* R's names of ties; "last" is "first" of the rows in reverse. */
static mera_code normalise_ranked(const column_call *call, const char *name, given *g)
{
    const char *ties = arg_text(call->para, "ties.method", "min");
    const call_column about = call_plain("rank", call->key);
    if (same(ties, "random")) {
        return run_unsupported(call->r, "ties.method random: it draws R's random numbers");
    }
    if (!same(ties, "last")) {
        given_text(g, "ties", same(ties, "average") ? "mean" : ties);
        return normalise_by(call, name, g, &about, call->x);
    }
    double *back = NEW(call->r->arena, call->n, double);
    for (size_t i = 0; i < call->n; i++) {
        back[i] = call->x[call->n - 1 - i];
    }
    given_text(g, "ties", "first");
    MERA_TRY(normalise_by(call, name, g, &about, back));
    memcpy(back, call->y, call->n * sizeof *back);
    for (size_t i = 0; i < call->n; i++) {
        call->y[i] = back[call->n - 1 - i];
    }
    return MERA_OK;
}

static mera_code n_rank(const column_call *call)
{
    given g = {0};
    return normalise_ranked(call, "rank", &g);
}

static mera_code n_borda(const column_call *call)
{
    given g = {0};
    return normalise_ranked(call, "borda", &g);
}

static mera_code n_prank(const column_call *call)
{
    const char *ties = arg_text(call->para, "ties.method", "min");
    const bool by_share = same(ties, "min") || same(ties, "max") || same(ties, "average");
    given g = {0};
    if (!by_share) {
        given_text(&g, "scale", "unit");
    }
    return normalise_ranked(call, by_share ? "percentile_rank" : "rank", &g);
}

/* mera measures an indicator that is better when lower by min / x, and not by -x / max(-x). */
static mera_code n_fracmax(const column_call *call)
{
    call_column about = call_plain("fracmax", call->key);
    given g = {0};
    about.direction = call->lower ? MERA_LOWER : MERA_HIGHER;
    given_text(&g, "to", "best");
    given_bool(&g, "any_sign", !call->lower);
    return normalise_by(call, "reference", &g, &about, call->x);
}

static mera_code n_dist2ref(const column_call *call)
{
    const char **row = NEW(call->r->arena, call->n, const char *); /* uCodes recur in panels */
    const call_column about = call_plain("dist2ref", row);
    const double iref = arg_number(call->para, "iref", NAN);
    given g = {0};
    if (!(iref >= 1 && iref <= (double)call->n)) {
        return run_refused(call->r, "n_dist2ref with iref %g of %zu rows", iref, call->n);
    }
    for (size_t i = 0; i < call->n; i++) {
        row[i] = text_of(call->r->arena, "%zu", i + 1);
    }
    given_text(&g, "unit", row[(size_t)iref - 1]);
    given_text(&g, "clamp", arg_bool(call->para, "cap_max", false) ? "above" : "none");
    given_text(&g, "undefined", "missing");
    return normalise_by(call, "reference_unit", &g, &about, call->x);
}

/* The column turned round once more, for the functions that have a direction of their own. */
static const double *normalise_turned(const column_call *call, call_column *about)
{
    if (arg_number(call->para, "direction", 1) != -1) {
        return call->x;
    }
    double *turned = NEW(call->r->arena, call->n, double);
    for (size_t i = 0; i < call->n; i++) {
        turned[i] = -call->x[i];
    }
    about->direction = MERA_LOWER;
    return turned;
}

static mera_code n_dist2targ(const column_call *call)
{
    call_column about = call_plain("dist2targ", call->key);
    given g = {0};
    given_number(&g, call->r->arena, "target", arg_number(call->para, "targ", NAN));
    given_text(&g, "clamp", arg_bool(call->para, "cap_max", false) ? "above" : "none");
    const double *x = normalise_turned(call, &about);
    return normalise_by(call, "to_target", &g, &about, x);
}

static mera_code n_goalposts(const column_call *call)
{
    call_column about = call_plain("goalposts", call->key);
    const double low = normalise_item(call, "gposts", 0, NAN);
    const double high = normalise_item(call, "gposts", 1, NAN);
    const double *x = normalise_turned(call, &about);
    const bool lower = about.direction == MERA_LOWER;
    given g = {0};
    about.goalpost[0] = lower ? -high : low;
    about.goalpost[1] = lower ? -low : high;
    given_pair(&g, call->r->arena, "range", 0, normalise_item(call, "gposts", 2, 1));
    given_text(&g, "clamp", arg_bool(call->para, "trunc2posts", true) ? "both" : "none");
    return normalise_by(call, "goalposts", &g, &about, x);
}

static mera_code n_none(const column_call *call)
{
    const call_column about = call_plain("none", call->key);
    const given g = {0};
    return normalise_by(call, "none", &g, &about, call->x);
}

static const struct {
    const char *f_n;
    mera_code (*run)(const column_call *call);
} normalise_known[] = {
    {"n_minmax", n_minmax},       {"n_zscore", n_zscore},       {"n_scaled", n_scaled},
    {"n_rank", n_rank},           {"n_borda", n_borda},         {"n_prank", n_prank},
    {"n_fracmax", n_fracmax},     {"n_dist2max", n_dist2max},   {"n_dist2ref", n_dist2ref},
    {"n_dist2targ", n_dist2targ}, {"n_goalposts", n_goalposts}, {"none", n_none},
};

mera_code normalise_column(run *r, const char *f_n, const json_t *para, bool lower, const double *x,
                           size_t n, const char *const *key, double *y)
{
    const column_call call = {r, para, lower, x, n, key, y};
    for (size_t i = 0; i < sizeof normalise_known / sizeof *normalise_known; i++) {
        if (same(normalise_known[i].f_n, f_n)) {
            return normalise_known[i].run(&call);
        }
    }
    return run_unsupported(r, "Normalise by the function '%s'", f_n);
}

/* ---- the step --------------------------------------------------------------------------- */

static json_t *normalise_numbers(double a, double b)
{
    return json_pack("[f, f]", a, b);
}

/* The parameters that COINr takes from columns of iMeta. */
static json_t *normalise_from_imeta(const coin *c, const char *f_n, const meta *m)
{
    const csv *f = c->imeta;
    const double d = m->direction;
    json_t *para = json_object();
    if (same(f_n, "n_minmax")) {
        json_object_set_new(para, "l_u",
                            normalise_numbers(csv_number(f, m->row, "minmax_lower"),
                                              csv_number(f, m->row, "minmax_upper")));
    } else if (same(f_n, "n_zscore")) {
        json_object_set_new(para, "m_sd",
                            normalise_numbers(csv_number(f, m->row, "zscore_mean"),
                                              csv_number(f, m->row, "zscore_sd")));
    } else if (same(f_n, "n_dist2targ")) {
        json_object_set_new(para, "targ", json_real(m->target * d));
        json_object_set_new(para, "cap_max",
                            json_boolean(csv_number(f, m->row, "dist2targ_cap_max") == 1));
    } else if (same(f_n, "n_scaled") || same(f_n, "n_goalposts")) {
        const bool scaled = same(f_n, "n_scaled");
        const double low = d * csv_number(f, m->row, scaled ? "scaled_lower" : "goalpost_lower");
        const double high = d * csv_number(f, m->row, scaled ? "scaled_upper" : "goalpost_upper");
        json_t *list = d < 0 ? normalise_numbers(high, low) : normalise_numbers(low, high);
        const double scale = csv_number(f, m->row, scaled ? "scale_factor" : "goalpost_scale");
        if (scaled) {
            json_object_set_new(para, "scale_factor", json_real(isnan(scale) ? 100 : scale));
        } else {
            json_array_append_new(list, json_real(scale));
            json_object_set_new(para, "trunc2posts",
                                json_boolean(csv_number(f, m->row, "goalpost_trunc2posts") == 1));
        }
        json_object_set_new(para, scaled ? "npara" : "gposts", list);
    }
    return para;
}

/** The argument `directions`: a table of codes, or numbers in the order of the columns. */
typedef struct directions {
    const csv *table;
    const json_t *list;
} directions;

static mera_code normalise_directions(coin *c, const json_t *args, directions *out)
{
    const json_t *named = arg(args, "directions");
    *out = (directions){0};
    if (json_is_array(named) && json_is_number(json_array_get(named, 0))) {
        out->list = named;
        return MERA_OK;
    }
    return named == NULL ? MERA_OK : run_csv(c->r, named, &out->table);
}

/* +1 or -1 for a code: the argument `directions`, or iMeta. */
static mera_code normalise_direction(coin *c, const directions *own, size_t column, const meta *m,
                                     const char *code, double *out)
{
    *out = own->list != NULL ? arg_item(own->list, column) : m != NULL ? m->direction : NAN;
    for (size_t i = 0; own->table != NULL && i < own->table->n_rows; i++) {
        if (same(csv_text(own->table, i, "iCode"), code)) {
            *out = csv_number(own->table, i, "Direction");
        }
    }
    return *out == 1 || *out == -1
               ? MERA_OK
               : run_refused(c->r, "indicator '%s' has the direction %g", code, *out);
}

/* Column j of `from` into `to`, by periods or over all of them. */
static mera_code normalise_one(coin *c, const json_t *spec, const json_t *para, bool global,
                               double direction, const frame *from, size_t j, double *y)
{
    double *turned = NEW(c->r->arena, from->n, double);
    for (size_t i = 0; i < from->n; i++) {
        turned[i] = direction * from->x[j][i];
    }
    for (size_t b = 0; b < (global ? 1 : from->n_blocks); b++) {
        const size_t first = global ? 0 : from->block[b];
        const size_t n = (global ? from->n : from->block[b + 1]) - first;
        MERA_TRY(normalise_column(c->r, arg_text(spec, "f_n", "n_minmax"), para, direction < 0,
                                  turned + first, n, from->key + first, y + first));
    }
    return MERA_OK;
}

mera_code step_normalise(coin *c, const json_t *args)
{
    const frame *from;
    directions turned;
    const json_t *global_specs = arg(args, "global_specs");
    const bool use_imeta = same(arg_text(global_specs, "f_n_para", ""), "use_iMeta");
    const bool global = c->purse && arg_bool(args, "global", true);
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &from));
    MERA_TRY(normalise_directions(c, args, &turned));
    frame *to = coin_frame_new(c, arg_text(args, "write_to", "Normalised"), from, from->k);
    for (size_t j = 0; j < from->k; j++) {
        const meta *m = coin_meta(c, from->code[j]);
        const json_t *own = arg(arg(args, "indiv_specs"), from->code[j]);
        const json_t *spec = own != NULL && !use_imeta ? own : global_specs;
        double direction;
        MERA_TRY(normalise_direction(c, &turned, j, m, from->code[j], &direction));
        json_t *para = use_imeta && m != NULL
                           ? normalise_from_imeta(c, arg_text(global_specs, "f_n", ""), m)
                           : json_incref((json_t *)(uintptr_t)arg(spec, "f_n_para"));
        const mera_code rc = normalise_one(c, spec, para, global, direction, from, j, to->x[j]);
        json_decref(para);
        MERA_TRY(rc);
    }
    return MERA_OK;
}

mera_code step_qnormalise(coin *c, const json_t *args)
{
    json_t *copy = args == NULL ? json_object() : json_copy((json_t *)(uintptr_t)args);
    json_t *specs = json_object();
    json_object_set_new(specs, "f_n", json_string(arg_text(args, "f_n", "n_minmax")));
    if (arg(args, "f_n_para") != NULL) {
        json_object_set(specs, "f_n_para", (json_t *)(uintptr_t)arg(args, "f_n_para"));
    }
    json_object_set_new(copy, "global_specs", specs);
    const mera_code rc = step_normalise(c, copy);
    json_decref(copy);
    return rc;
}
