/* SPDX-License-Identifier: Apache-2.0 */
/** @file new_coin(): iData through mera's reader, iMeta, and the data set Raw (coin.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "coin.h"

/* ---- iMeta ------------------------------------------------------------------------------ */

static meta coin_new_meta(const csv *file, size_t row)
{
    const double level = csv_number(file, row, "Level");
    return (meta){.code = csv_text(file, row, "iCode"),
                  .name = csv_text(file, row, "iName"),
                  .parent = csv_text(file, row, "Parent"),
                  .unit = csv_text(file, row, "Unit"),
                  .denominator = csv_text(file, row, "Denominator"),
                  .type = csv_text(file, row, "Type"),
                  .level = isnan(level) ? 0 : (int)level,
                  .direction = csv_number(file, row, "Direction"),
                  .weight = csv_number(file, row, "Weight"),
                  .target = csv_number(file, row, "Target"),
                  .row = row};
}

static int coin_new_order(const void *left, const void *right)
{
    const meta *a = left, *b = right;
    if (a->level != b->level) {
        return a->level == 0 ? 1 : b->level == 0 ? -1 : a->level < b->level ? -1 : 1;
    }
    if (a->level > 0 && (a->parent == NULL) != (b->parent == NULL)) {
        return a->parent == NULL ? 1 : -1;
    }
    const int order = a->level > 0 && a->parent != NULL ? strcmp(a->parent, b->parent) : 0;
    return order != 0 ? order : a->row < b->row ? -1 : 1;
}

/* Aggregates that lost all their children go too, level by level. */
static void coin_new_childless(coin *c)
{
    for (int level = 2; level <= (int)c->n_levels; level++) {
        size_t kept = 0;
        for (size_t i = 0; i < c->n_meta; i++) {
            bool child = c->meta[i].level != level;
            for (size_t j = 0; j < c->n_meta && !child; j++) {
                child = same(c->meta[j].parent, c->meta[i].code);
            }
            c->meta[kept] = c->meta[i];
            kept += child;
        }
        c->n_meta = kept;
    }
}

static mera_code coin_new_imeta(coin *c, const json_t *args)
{
    run *r = c->r;
    MERA_TRY(run_csv(r, arg(arg(r->sidecar, "input"), "iMeta"), &c->imeta));
    c->meta = NEW(r->arena, c->imeta->n_rows, meta);
    for (size_t i = 0; i < c->imeta->n_rows; i++) {
        const meta m = coin_new_meta(c->imeta, i);
        if (m.code != NULL && !arg_has(arg(args, "exclude"), m.code)) {
            c->meta[c->n_meta++] = m;
            c->n_levels = (size_t)m.level > c->n_levels ? (size_t)m.level : c->n_levels;
        }
    }
    if (c->n_levels < 2 || c->n_levels > LEVELS_MAX) {
        return run_refused(r, "iMeta has %zu levels", c->n_levels);
    }
    for (size_t level = 1; level <= c->n_levels; level++) {
        const char *name = arg_item_text(arg(args, "level_names"), level - 1);
        c->level_name[level] = name != NULL ? name : text_of(r->arena, "Level_%zu", level);
    }
    return MERA_OK;
}

static void coin_new_weights(coin *c)
{
    weights *w = &c->weight[c->n_weights++];
    *w = (weights){.name = "Original",
                   .code = NEW(c->r->arena, c->n_meta, const char *),
                   .w = NEW(c->r->arena, c->n_meta, double)};
    for (size_t i = 0; i < c->n_meta; i++) {
        if (c->meta[i].level > 0) {
            w->code[w->n] = c->meta[i].code;
            w->w[w->n++] = c->meta[i].weight;
        }
    }
}

static mera_code coin_new_named_weights(coin *c)
{
    const json_t *named = arg(arg(c->r->sidecar, "input"), "weights");
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)named, key, value)
    {
        if (c->n_weights < WEIGHTS_MAX) {
            weights *w = &c->weight[c->n_weights];
            w->name = key;
            MERA_TRY(weights_read(c->r, value, "Weight", w));
            c->n_weights++;
        }
    }
    return MERA_OK;
}

/* ---- iData ------------------------------------------------------------------------------ */

/* Reads the indicators, denominators and groups through mera. */
static mera_code coin_new_read(coin *c, const char *path, bool has_time, bool has_name)
{
    run *r = c->r;
    const char **column = NEW(r->arena, c->n_meta, const char *);
    const char **attribute = NEW(r->arena, c->n_meta, const char *);
    mera_dataset *data;
    const mera_source source = {.path = path,
                                .key = {"uCode"},
                                .n_key = 1,
                                .name = has_name ? "uName" : NULL,
                                .period = has_time ? "Time" : NULL,
                                .delimiter = ',',
                                .decimal = '.'};
    mera_read_request request = {.source = &source, .n_sources = 1, .threads = 1};
    for (size_t i = 0; i < c->n_meta; i++) {
        if (coin_is(&c->meta[i], "Indicator") || coin_is(&c->meta[i], "Denominator")) {
            column[request.n_columns++] = c->meta[i].code;
        } else if (coin_is(&c->meta[i], "Group")) {
            attribute[request.n_attributes++] = c->meta[i].code;
        }
    }
    request.column = column;
    request.attribute = attribute;
    const mera_code rc = mera_data_read(&request, r->arena, r->diags, &data, NULL);
    c->data = data;
    return rc == MERA_OK ? rc : run_refused(r, "%s: %s", path, run_said(r));
}

/* Is there a row for the unit in the period? */
static bool coin_new_has_row(const coin *c, size_t unit, size_t time)
{
    mera_at place;
    for (size_t j = 0; j < c->data->n_columns; j++) {
        if (mera_column_place(c->data, &c->data->column[j], time * c->data->n_units + unit,
                              &place)) {
            return true;
        }
    }
    return false;
}

static void coin_new_sort(const mera_dataset *data, size_t *unit)
{
    for (size_t i = 0; i < data->n_units; i++) { /* some dozens of units */
        size_t at = i;
        for (; at > 0 && strcmp(data->unit_key[i], data->unit_key[unit[at - 1]]) < 0; at--) {
            unit[at] = unit[at - 1];
        }
        unit[at] = i;
    }
}

static bool coin_new_period_wanted(const coin *c, size_t t, const json_t *split)
{
    if (split == NULL || same(arg_item_text(split, 0), "all")) {
        return true;
    }
    for (size_t i = 0; i < arg_size(split); i++) {
        if (arg_item(split, i) == strtod(c->data->period[t], NULL)) {
            return true;
        }
    }
    return false;
}

static frame coin_new_rows(coin *c, const json_t *split, bool all_units)
{
    const mera_dataset *data = c->data;
    mera_arena *arena = c->r->arena;
    const size_t all = data->n_units * data->n_periods;
    size_t *unit = NEW(arena, all, size_t), *time = NEW(arena, all, size_t);
    size_t *sorted = NEW(arena, data->n_units, size_t);
    size_t *block = NEW(arena, data->n_periods + 1, size_t);
    const char **key = NEW(arena, all, const char *);
    frame f = {.unit = unit, .time = time, .key = key, .block = block};
    coin_new_sort(data, sorted);
    for (size_t t = 0; t < data->n_periods; t++) {
        if (!coin_new_period_wanted(c, t, split)) {
            continue;
        }
        block[f.n_blocks++] = f.n;
        for (size_t u = 0; u < data->n_units; u++) {
            if (all_units || coin_new_has_row(c, sorted[u], t)) {
                unit[f.n] = sorted[u];
                time[f.n] = t;
                key[f.n++] = data->unit_key[sorted[u]];
            }
        }
    }
    block[f.n_blocks] = f.n;
    return f;
}

static void coin_new_raw(coin *c, const json_t *args)
{
    const frame rows = coin_new_rows(c, arg(args, "split_to"),
                                     arg_bool(args, "retain_all_uCodes_on_split", false));
    size_t k = 0;
    for (size_t i = 0; i < c->n_meta; i++) {
        k += coin_is(&c->meta[i], "Indicator");
    }
    c->purse = c->data->n_periods > 1;
    frame *raw = coin_frame_new(c, "Raw", &rows, k);
    k = 0;
    for (size_t i = 0; i < c->n_meta; i++) { /* columns stand in the order of iMeta */
        if (coin_is(&c->meta[i], "Indicator")) {
            raw->code[k] = c->meta[i].code;
            raw->x[k++] = coin_outside(c, &rows, c->meta[i].code);
        }
    }
}

mera_code coin_new(run *r, const json_t *args, coin **out)
{
    const char *path = arg_text(arg(r->sidecar, "input"), "iData", NULL);
    coin *c = NEW(r->arena, 1, coin);
    c->r = r;
    MERA_TRY(coin_new_imeta(c, args));
    const csv *header = path == NULL ? NULL : csv_read(r->arena, run_path(r, path));
    if (header == NULL) {
        return run_refused(r, "cannot read iData, %s", path == NULL ? "not named" : path);
    }
    MERA_TRY(coin_new_read(c, run_path(r, path), csv_column(header, "Time") != SIZE_MAX,
                           csv_column(header, "uName") != SIZE_MAX));
    coin_new_childless(c);
    coin_new_raw(c, args);
    qsort(c->meta, c->n_meta, sizeof *c->meta, coin_new_order);
    coin_new_weights(c);
    MERA_TRY(coin_new_named_weights(c));
    *out = c;
    return MERA_OK;
}
