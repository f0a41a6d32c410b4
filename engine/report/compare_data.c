/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A comparison for programs. CSV: one row a unit and side, `move` positive when the place is
 * better than on the first side. JSON: the same with agreement and the settings that differ.
 */
#include "base/json.h"
#include "report/compare_beside.h"
#include "report/compare_why.h"
#include "report/report.h"
#include "report/rows.h"

mera_code mera_report_compare_rows(const mera_comparison *comparison, mera_rows *rows)
{
    mera_rows_begin(rows, "compare", "unit,name,side,score,rank,move");
    for (size_t i = 0; i < comparison->n_units; i++) {
        const mera_compare_unit *unit = &comparison->unit[i];
        for (size_t k = 0; k < comparison->n_sides; k++) {
            mera_rows_text(rows, unit->key);
            mera_rows_text(rows, unit->name);
            mera_rows_text(rows, comparison->side[k].label);
            mera_rows_number(rows, unit->score[k]);
            mera_rows_number(rows, unit->rank[k]);
            mera_rows_number(rows, unit->move[k]);
            mera_rows_end(rows);
        }
    }
    return mera_rows_done(rows);
}

static void compare_sides_json(mera_json *json, const mera_comparison *c)
{
    mera_json_open(json, "sides", '[');
    for (size_t k = 0; k < c->n_sides; k++) {
        const mera_methodology *m = c->side[k].result->methodology;
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "label", c->side[k].label);
        mera_json_text(json, "methodology", m->id);
        mera_json_text(json, "sha256", m->sha256);
        mera_json_text(json, "node", m->node[c->side[k].node].id);
        mera_json_text(json, "period", c->side[k].result->period[c->side[k].period]);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void compare_pairs_json(mera_json *json, const mera_comparison *c)
{
    mera_json_open(json, "pairs", '[');
    for (size_t i = 0; i < c->n_pairs; i++) {
        const mera_compare_pair *pair = &c->pair[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "a", c->side[pair->a].label);
        mera_json_text(json, "b", c->side[pair->b].label);
        mera_json_count(json, "common", pair->n_common);
        mera_json_number(json, "spearman", pair->spearman);
        mera_json_number(json, "kendall", pair->kendall);
        mera_json_count(json, "moved", pair->n_moved);
        mera_json_number(json, "mean_shift", pair->mean_shift);
        mera_json_number(json, "max_shift", pair->max_shift);
        mera_json_count(json, "top", pair->top);
        mera_json_count(json, "top_common", pair->top_common);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void compare_settings_json(mera_json *json, const mera_comparison *c)
{
    mera_json_open(json, "settings", '[');
    for (size_t i = 0; i < c->n_settings; i++) {
        const mera_compare_setting *setting = &c->setting[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "path", setting->path);
        mera_json_open(json, "values", '[');
        for (size_t k = 0; k < c->n_sides; k++) {
            mera_json_text(json, NULL, setting->value[k]);
        }
        mera_json_close(json, ']');
        mera_json_open(json, "origins", '[');
        for (size_t k = 0; k < c->n_sides; k++) {
            mera_json_text(json, NULL, setting->origin[k]);
        }
        mera_json_close(json, ']');
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void compare_orders_json(mera_json *json, const mera_comparison *c)
{
    if (c->order_of == NULL) {
        return;
    }
    mera_json_open(json, "orders", '{');
    mera_json_count(json, "different", c->n_orders);
    mera_json_open(json, "same_as", '[');
    for (size_t k = 0; k < c->n_sides; k++) {
        mera_json_count(json, NULL, c->order_of[k]);
    }
    mera_json_close(json, ']');
    if (c->cluster_of != NULL) {
        mera_json_count(json, "clusters", c->n_clusters);
        mera_json_open(json, "cluster_of", '[');
        for (size_t k = 0; k < c->n_sides; k++) {
            mera_json_count(json, NULL, c->cluster_of[k]);
        }
        mera_json_close(json, ']');
    }
    mera_json_count(json, "medoid", c->medoid);
    mera_json_number(json, "medoid_distance", c->medoid_distance);
    mera_json_close(json, '}');
}

static void compare_numbers_json(mera_json *json, const char *key, const double *v, size_t n)
{
    mera_json_open(json, key, '[');
    for (size_t k = 0; k < n; k++) {
        mera_json_number(json, NULL, v[k]);
    }
    mera_json_close(json, ']');
}

mera_code mera_report_compare_json(const mera_comparison *comparison, const mera_compare_view *view,
                                   mera_arena *arena, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    compare_sides_json(&json, comparison);
    compare_pairs_json(&json, comparison);
    compare_settings_json(&json, comparison);
    compare_orders_json(&json, comparison);
    MERA_TRY(mera_report_compare_why_json(&json, comparison, view, arena));
    mera_report_compare_beside_json(&json, comparison, view);
    mera_json_open(&json, "units", '[');
    for (size_t i = 0; i < comparison->n_units; i++) {
        const mera_compare_unit *unit = &comparison->unit[i];
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "unit", unit->key);
        mera_json_text(&json, "name", unit->name);
        compare_numbers_json(&json, "scores", unit->score, comparison->n_sides);
        compare_numbers_json(&json, "ranks", unit->rank, comparison->n_sides);
        compare_numbers_json(&json, "moves", unit->move, comparison->n_sides);
        mera_json_number(&json, "largest_move", unit->largest_move);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
