/* SPDX-License-Identifier: Apache-2.0 */
/** @file get_trends(), CAGR(), prc_change(): how series move in time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "pick.h"

/** What get_trends() is asked for. */
typedef struct trends {
    run *r;
    coin *c;
    const json_t *args;
    const frame *f;
    mera_trend_rule rule;
    const json_t *times, *at; /**< Time, interp_at; NULL = not given */
} trends;

/** One series of a unit, with the points that interp_at adds. */
typedef struct series_points {
    size_t n;
    double *t, *y;
    uint8_t *fill; /**< asked for by interp_at */
} series_points;

static bool trends_listed(const json_t *list, double t)
{
    for (size_t i = 0; i < arg_size(list); i++) {
        if (arg_item(list, i) == t) {
            return true;
        }
    }
    return false;
}

static void trends_add(series_points *s, double t, double y)
{
    size_t at = 0;
    while (at < s->n && s->t[at] < t) {
        at++;
    }
    if (at < s->n && s->t[at] == t) { /* a time that is there already */
        s->y[at] = isnan(y) ? s->y[at] : y;
        return;
    }
    memmove(s->t + at + 1, s->t + at, (s->n - at) * sizeof *s->t);
    memmove(s->y + at + 1, s->y + at, (s->n - at) * sizeof *s->y);
    s->t[at] = t;
    s->y[at] = y;
    s->n++;
}

static series_points trends_series(const trends *t, const char *key, const double *x)
{
    mera_arena *arena = t->r->arena;
    const size_t room = t->f->n_blocks + arg_size(t->at) + 1;
    const bool all = same(arg_item_text(t->at, 0), "all");
    series_points s = {0, NEW(arena, room, double), NEW(arena, room, double),
                       NEW(arena, room, uint8_t)};
    for (size_t i = 0; i < t->f->n; i++) {
        if (same(t->f->key[i], key)) {
            trends_add(&s, strtod(t->c->data->period[t->f->time[i]], NULL), x[i]);
        }
    }
    for (size_t i = 0; !all && i < arg_size(t->at); i++) {
        trends_add(&s, arg_item(t->at, i), NAN);
    }
    for (size_t i = 0; i < s.n; i++) {
        s.fill[i] = all || trends_listed(t->at, s.t[i]);
    }
    return s;
}

/* COINr wants a point before the window of the latest ones, and gives no trend without. */
static bool trends_window(const trends *t, const series_points *s)
{
    size_t last = 0;
    for (size_t i = 0; i < s->n; i++) {
        last = isnan(s->y[i]) ? last : i + 1;
    }
    return t->rule.latest == 0 || last > t->rule.latest;
}

/* Only the points of `Time`: availability is that of the data, the trend that of gaps filled. */
static mera_code trends_some(const trends *t, series_points *s, mera_trend *out)
{
    double *filled = NEW(t->r->arena, s->n + 1, double);
    mera_trend raw;
    size_t n = 0;
    memcpy(filled, s->y, s->n * sizeof *filled);
    if (t->at != NULL) {
        mera_series_fill(s->y, s->t, s->n, s->fill, filled);
    }
    for (size_t i = 0; i < s->n; i++) {
        if (trends_listed(t->times, s->t[i])) {
            s->t[n] = s->t[i];
            s->y[n] = s->y[i];
            filled[n++] = filled[i];
        }
    }
    const mera_trend_rule plain = {.kind = t->rule.kind};
    MERA_TRY(mera_trend_of(s->y, s->t, n, &plain, t->r->arena, &raw));
    MERA_TRY(mera_trend_of(filled, s->t, n, &plain, t->r->arena, out));
    raw.value = out->value;
    *out = raw;
    return MERA_OK;
}

static mera_code trends_one(const trends *t, const char *key, const double *x, mera_trend *out)
{
    series_points s = trends_series(t, key, x);
    mera_trend_rule rule = t->rule;
    if (t->times != NULL && rule.latest == 0) {
        return trends_some(t, &s, out);
    }
    rule.interpolate = t->at != NULL;
    rule.fill = s.fill;
    MERA_TRY(mera_trend_of(s.y, s.t, s.n, &rule, t->r->arena, out));
    if (!trends_window(t, &s)) {
        out->value = out->present_latest = out->first_latest = NAN;
    }
    return MERA_OK;
}

static int trends_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The units of a purse that are asked for, each once. */
static size_t trends_units(const trends *t, const char **key)
{
    const json_t *wanted = arg(t->args, "uCodes");
    size_t n = 0, once = 0;
    for (size_t i = 0; i < t->f->n; i++) {
        if (wanted == NULL || arg_has(wanted, t->f->key[i])) {
            key[n++] = t->f->key[i];
        }
    }
    qsort(key, n, sizeof *key, trends_order);
    for (size_t i = 0; i < n; i++) {
        key[once] = key[i];
        once += i + 1 == n || !same(key[i], key[i + 1]);
    }
    return once;
}

static mera_code trends_table(const trends *t, const selection *s, const char **key, size_t n)
{
    const bool latest = t->rule.latest > 0;
    table *out = table_new(t->r->arena, n * s->n, 2);
    const char **unit = table_texts(out, "uCode"), **code = table_texts(out, "iCode");
    double *value = table_numbers(out, arg_text(t->args, "f_trend", "CAGR"));
    double *share = table_numbers(out, "Avail"), *first = table_numbers(out, "t_first");
    double *last = table_numbers(out, "t_latest");
    double *share_latest = table_numbers(out, "Avail_use_latest");
    double *first_latest = table_numbers(out, "t_first_use_latest");
    for (size_t j = 0; j < s->n; j++) {
        const meta *m = coin_meta(t->c, s->code[j]);
        const bool turned = arg_bool(t->args, "adjust_directions", false) && m->direction < 0;
        for (size_t u = 0; u < n; u++) {
            const size_t row = j * n + u;
            mera_trend of;
            MERA_TRY(trends_one(t, key[u], s->x[j], &of));
            unit[row] = key[u];
            code[row] = s->code[j];
            value[row] = turned ? -of.value : of.value;
            share[row] = of.present;
            first[row] = of.first;
            last[row] = of.last;
            share_latest[row] = latest ? of.present_latest : NAN;
            first_latest[row] = latest ? of.first_latest : NAN;
        }
    }
    run_output(t->r, "main", out);
    return MERA_OK;
}

mera_code call_get_trends(run *r, coin *c, const json_t *args)
{
    const char *f_trend = arg_text(args, "f_trend", "CAGR");
    trends t = {.r = r,
                .c = c,
                .args = args,
                .times = arg(args, "Time"),
                .at = arg(args, "interp_at"),
                .rule = {.kind = same(f_trend, "CAGR") ? MERA_TREND_CAGR : MERA_TREND_CHANGE,
                         .latest = (size_t)arg_number(args, "use_latest", 0)}};
    if (!same(f_trend, "CAGR") && !same(f_trend, "prc_change")) {
        return run_unsupported(r, "get_trends with f_trend '%s'", f_trend);
    }
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &t.f));
    const selection s = coin_select(c, t.f, arg(args, "iCodes"), 0);
    const char **key = NEW(r->arena, t.f->n + 1, const char *);
    return trends_table(&t, &s, key, trends_units(&t, key));
}

/* ---- of one series ---------------------------------------------------------------------- */

mera_code call_trend_functions(run *r, coin *c, const json_t *args)
{
    static const struct {
        const char *name;
        mera_trend_rule rule;
    } column[] = {{"CAGR", {.kind = MERA_TREND_CAGR}},
                  {"prc_change", {.kind = MERA_TREND_CHANGE}},
                  {"prc_change_per10", {.kind = MERA_TREND_CHANGE, .per = 10}}};
    const size_t n = arg_size(arg(args, "x"));
    double *t = NEW(r->arena, n + 1, double), *y = NEW(r->arena, n + 1, double);
    table *out = table_new(r->arena, 1, 0);
    (void)c;
    for (size_t i = 0; i < n; i++) {
        t[i] = arg_item(arg(args, "x"), i);
        y[i] = arg_item(arg(args, "y"), i);
    }
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        mera_trend trend;
        mera_trend_rule rule = column[i].rule;
        rule.per = rule.per > 0 ? rule.per : arg_number(args, "per", 1);
        MERA_TRY(mera_trend_of(y, t, n, &rule, r->arena, &trend));
        table_numbers(out, column[i].name)[0] = trend.value;
    }
    run_output(r, "main", out);
    return MERA_OK;
}
