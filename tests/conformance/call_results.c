/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * get_results(), get_unit_summary(), get_str_weak(): tables of scores and places. Places are
 * normalise.rank with the best at 1 and ties at the least.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

/* Places inside the groups of `group`, or over all; a unit without a group has none. */
static mera_code results_rank(run *r, const double *x, size_t n, const char **group, double *y)
{
    double *part = NEW(r->arena, n, double), *place = NEW(r->arena, n, double);
    if (group == NULL) {
        return rank_down(r, x, n, y);
    }
    for (size_t i = 0; i < n; i++) {
        y[i] = NAN;
    }
    for (size_t first = 0; first < n; first++) {
        if (group[first] == NULL || !isnan(y[first])) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            part[i] = same(group[i], group[first]) ? x[i] : NAN;
        }
        MERA_TRY(rank_down(r, part, n, place));
        for (size_t i = 0; i < n; i++) {
            y[i] = same(group[i], group[first]) ? place[i] : y[i];
        }
    }
    return MERA_OK;
}

/* ---- get_results() ---------------------------------------------------------------------- */

typedef struct results {
    run *r;
    coin *c;
    const json_t *args;
    const frame *f;
    const frame *indicators; /**< the data set that indicators come from */
    const char *const *key;
    const double *sort; /**< the column that orders */
    const char *sort_code;
    size_t *order; /**< rows, best first */
    const char *group_name;
    const char **group; /**< or NULL */
} results;

static void results_order(results *t)
{
    const size_t n = t->f->n;
    t->order = NEW(t->r->arena, n, size_t);
    for (size_t i = 0; i < n; i++) { /* stable; a missing score comes last */
        size_t at = i;
        const double x = isnan(t->sort[i]) ? -INFINITY : t->sort[i];
        for (; at > 0; at--) {
            const double above = t->sort[t->order[at - 1]];
            if (!(x > (isnan(above) ? -INFINITY : above))) {
                break;
            }
            t->order[at] = t->order[at - 1];
        }
        t->order[at] = i;
    }
}

/* order() by the group's name on top of that. */
static void results_order_groups(results *t)
{
    for (size_t i = 1; i < t->f->n; i++) {
        const size_t row = t->order[i];
        size_t at = i;
        for (; at > 0; at--) {
            const char *above = t->group[t->order[at - 1]], *mine = t->group[row];
            if (above != NULL && (mine == NULL || strcmp(mine, above) >= 0)) {
                break;
            }
            t->order[at] = t->order[at - 1];
        }
        t->order[at] = row;
    }
}

static mera_code results_column(const results *t, table *out, const char *code)
{
    const meta *m = coin_meta(t->c, code);
    const frame *from = m != NULL && m->level == 1 ? t->indicators : t->f;
    const double *x = frame_column(from, code);
    const char *use = arg_text(t->args, "use", "scores");
    double *y = table_numbers(out, code), *value = NEW(t->r->arena, t->f->n, double);
    if (x == NULL) {
        return run_refused(t->r, "the data set has no '%s'", code);
    }
    for (size_t i = 0; i < t->f->n; i++) {
        value[i] = NAN;
        for (size_t row = 0; row < from->n; row++) {
            value[i] = same(from->key[row], t->key[i]) ? x[row] : value[i];
        }
    }
    for (size_t i = 0; same(use, "scores") && i < t->f->n; i++) {
        value[i] = round_digits(value[i], arg_digits(t->args, "nround", 2));
    }
    if (!same(use, "scores")) { /* places of the scores as they are */
        double *place = NEW(t->r->arena, t->f->n, double);
        MERA_TRY(
            results_rank(t->r, value, t->f->n, same(use, "groupranks") ? t->group : NULL, place));
        value = place;
    }
    for (size_t i = 0; i < t->f->n; i++) {
        y[i] = value[t->order[i]];
    }
    return MERA_OK;
}

static mera_code results_columns(const results *t, table *out)
{
    const char *type = arg_text(t->args, "tab_type", "Summ");
    if (strncmp(type, "Summ", 4) == 0) {
        return results_column(t, out, t->sort_code);
    }
    for (size_t i = 0; i < t->c->n_meta; i++) {
        const meta *m = &t->c->meta[i];
        if (m->level > 1 || (m->level == 1 && strncmp(type, "Full", 4) == 0)) {
            MERA_TRY(results_column(t, out, m->code));
        }
    }
    return MERA_OK;
}

/* use_group: a column, or {column: group}, which leaves the units of that group only. */
static mera_code results_group(results *t)
{
    const json_t *use = arg(t->args, "use_group");
    void *first = json_is_object(use) ? json_object_iter((json_t *)(uintptr_t)use) : NULL;
    t->group_name = first != NULL ? json_object_iter_key(first) : json_string_value(use);
    if (t->group_name == NULL) {
        return MERA_OK;
    }
    t->group = coin_group(t->c, t->f, t->group_name);
    if (t->group == NULL) {
        return run_refused(t->r, "no group '%s'", t->group_name);
    }
    if (first != NULL) {
        uint8_t *keep = NEW(t->r->arena, t->f->n + 1, uint8_t);
        for (size_t i = 0; i < t->f->n; i++) {
            keep[i] = same(t->group[i], arg_item_text(json_object_iter_value(first), 0));
        }
        t->f = coin_frame_kept(t->c, "(group)", t->f, keep);
        t->group = coin_group(t->c, t->f, t->group_name);
    }
    return MERA_OK;
}

static mera_code results_prepare(results *t)
{
    const json_t *args = t->args;
    MERA_TRY(coin_frame(t->c, arg_text(args, "dset", "Aggregated"), &t->f));
    MERA_TRY(results_group(t));
    t->indicators = t->f;
    if (arg(args, "dset_indicators") != NULL) {
        MERA_TRY(coin_frame(t->c, arg_text(args, "dset_indicators", ""), &t->indicators));
    }
    t->key = t->f->key;
    t->sort_code = arg_text(args, "order_by", NULL);
    for (size_t i = 0; i < t->c->n_meta && t->sort_code == NULL; i++) {
        if ((size_t)t->c->meta[i].level == t->c->n_levels) {
            t->sort_code = t->c->meta[i].code;
        }
    }
    t->sort = frame_column(t->f, t->sort_code);
    if (t->sort == NULL) {
        return run_refused(t->r, "no column '%s'", t->sort_code);
    }
    results_order(t);
    if (same(arg_text(args, "use", ""), "groupranks")) {
        results_order_groups(t);
    }
    return MERA_OK;
}

mera_code call_get_results(run *r, coin *c, const json_t *args)
{
    results t = {.r = r, .c = c, .args = args};
    MERA_TRY(results_prepare(&t));
    table *out = table_new(r->arena, t.f->n, 0);
    const char **key = table_texts(out, "uCode");
    for (size_t i = 0; i < t.f->n; i++) {
        key[i] = t.key[t.order[i]];
    }
    if (t.group != NULL) {
        MERA_TRY(coin_beside(c, t.f, key, t.f->n, t.group_name, out));
    }
    for (size_t i = 0; i < arg_size(arg(args, "also_get")); i++) {
        MERA_TRY(coin_beside(c, t.f, key, t.f->n, arg_item_text(arg(args, "also_get"), i), out));
    }
    if (same(arg_text(args, "use", "scores"), "scores")) {
        double *place = table_numbers(out, "Rank"), *all = NEW(r->arena, t.f->n, double);
        MERA_TRY(rank_down(r, t.sort, t.f->n, all));
        for (size_t i = 0; i < t.f->n; i++) {
            place[i] = all[t.order[i]];
        }
    }
    run_output(r, "main", out);
    return results_columns(&t, out);
}

/* ---- get_unit_summary() ----------------------------------------------------------------- */

static bool results_level(const json_t *levels, int level)
{
    for (size_t i = 0; i < arg_size(levels); i++) {
        if (arg_item(levels, i) == level) {
            return true;
        }
    }
    return false;
}

static mera_code results_unit(run *r, const frame *f, const char *usel, size_t *out)
{
    for (*out = 0; *out < f->n; (*out)++) {
        if (same(f->key[*out], usel)) {
            return MERA_OK;
        }
    }
    return run_refused(r, "the data set has no unit '%s'", usel == NULL ? "" : usel);
}

mera_code call_get_unit_summary(run *r, coin *c, const json_t *args)
{
    const frame *f;
    size_t unit, n = 0, *member = NEW(r->arena, c->n_meta, size_t);
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Aggregated"), &f));
    MERA_TRY(results_unit(r, f, arg_text(args, "usel", NULL), &unit));
    for (int level = (int)c->n_levels; level > 0; level--) {
        for (size_t i = 0; results_level(arg(args, "Levels"), level) && i < c->n_meta; i++) {
            if (c->meta[i].level == level) {
                member[n++] = i;
            }
        }
    }
    table *out = table_new(r->arena, n, 0);
    const char **code = table_texts(out, "Code"), **name = table_texts(out, "Name");
    double *score = table_numbers(out, "Score"), *place = table_numbers(out, "Rank");
    double *all = NEW(r->arena, f->n, double);
    for (size_t i = 0; i < n; i++) {
        const meta *m = &c->meta[member[i]];
        const double *x = frame_column(f, m->code);
        if (x == NULL) {
            return run_refused(r, "the data set has no '%s'", m->code);
        }
        MERA_TRY(rank_down(r, x, f->n, all));
        code[i] = m->code;
        name[i] = m->name != NULL ? m->name : m->code;
        score[i] = round_digits(x[unit], arg_digits(args, "nround", 2));
        place[i] = all[unit];
    }
    run_output(r, "main", out);
    return MERA_OK;
}

/* ---- get_str_weak() --------------------------------------------------------------------- */

/** An indicator of the unit looked at. */
typedef struct place {
    const meta *m;
    double rank, value;
} place;

static double results_unique_share(const double *x, size_t n)
{
    size_t unique = 0;
    for (size_t i = 0; i < n; i++) {
        bool met = false;
        for (size_t j = 0; j < i && !met; j++) {
            met = x[j] == x[i] || (isnan(x[j]) && isnan(x[i]));
        }
        unique += !met;
    }
    return (double)unique / (double)n;
}

/* Adds indicator m unless it is missing, too plain, or at the last place; keeps the list sorted. */
static mera_code results_add(run *r, const frame *f, const char **group, const json_t *args,
                             const meta *m, size_t unit, place *list, size_t *n)
{
    const double *x = frame_column(f, m->code);
    const bool raw = same(arg_text(args, "dset", "Raw"), "Raw");
    const double sign = arg_bool(args, "adjust_direction", raw) ? m->direction : 1;
    double *turned = NEW(r->arena, f->n, double), *rank = NEW(r->arena, f->n, double), last = 0;
    if (x == NULL || isnan(x[unit]) ||
        (arg(args, "unq_discard") != NULL &&
         !(results_unique_share(x, f->n) > arg_number(args, "unq_discard", 0)))) {
        return MERA_OK;
    }
    for (size_t i = 0; i < f->n; i++) {
        turned[i] = sign * x[i];
    }
    MERA_TRY(results_rank(r, turned, f->n, group, rank));
    for (size_t i = 0; i < f->n; i++) {
        last = fmax(last, rank[i]);
    }
    if (isnan(rank[unit]) || (arg_bool(args, "min_discard", true) && rank[unit] == last)) {
        return MERA_OK;
    }
    size_t at = (*n)++;
    for (; at > 0 && list[at - 1].rank > rank[unit]; at--) {
        list[at] = list[at - 1];
    }
    list[at] = (place){m, rank[unit], round_significant(x[unit], arg_digits(args, "sig_figs", 3))};
    return MERA_OK;
}

static void results_places(run *r, coin *c, const json_t *args, const place *list, size_t n,
                           const char *output_name)
{
    const int level = (int)arg_number(args, "report_level", 2);
    table *out = table_new(r->arena, n, 0);
    const char **code = table_texts(out, "Code"), **name = table_texts(out, "Name");
    const char **above = table_texts(out, c->level_name[level]);
    double *rank = table_numbers(out, "Rank"), *value = table_numbers(out, "Value");
    const char **unit = table_texts(out, "Unit");
    for (size_t i = 0; i < n; i++) {
        code[i] = list[i].m->code;
        name[i] = list[i].m->name != NULL ? list[i].m->name : list[i].m->code;
        above[i] = coin_ancestor(c, list[i].m->code, level);
        rank[i] = list[i].rank;
        value[i] = list[i].value;
        unit[i] = list[i].m->unit;
    }
    run_output(r, output_name, out);
}

mera_code call_get_str_weak(run *r, coin *c, const json_t *args)
{
    const frame *f;
    size_t unit, n = 0;
    place *list = NEW(r->arena, c->n_meta, place);
    const char *by = arg_text(args, "use_group", NULL), **group = NULL;
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &f));
    MERA_TRY(results_unit(r, f, arg_text(args, "usel", NULL), &unit));
    if (by != NULL && (group = coin_group(c, f, by)) == NULL) {
        return run_refused(r, "no group '%s'", by);
    }
    for (size_t i = 0; i < c->n_meta; i++) {
        if (coin_is(&c->meta[i], "Indicator")) {
            MERA_TRY(results_add(r, f, group, args, &c->meta[i], unit, list, &n));
        }
    }
    const size_t top = (size_t)arg_number(args, "topN", 5);
    const size_t bottom = (size_t)arg_number(args, "bottomN", 5);
    const size_t worst = bottom < n ? n - bottom : 0;
    results_places(r, c, args, list, top < n ? top : n, "strengths");
    results_places(r, c, args, list + worst, n - worst, "weaknesses");
    return MERA_OK;
}
