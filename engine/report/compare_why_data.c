/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which change moved whom, for programs. */
#include "mera/methodology.h"
#include "report/compare_why.h"
#include "report/rows.h"

typedef struct why_table {
    const mera_comparison *c;
    const mera_attribution *a;
    const mera_compare_view *view;
    mera_arena *arena;
} why_table;

/** What one change did to one unit. */
static mera_code why_rows_row(const why_table *e, mera_rows *rows, size_t part, size_t unit)
{
    const mera_attribute_part *p = &e->a->part[part];
    const char *from = mera_compare_why_value(&p->change, 0, "", e->arena);
    const char *to = mera_compare_why_value(&p->change, 1, "", e->arena);
    MERA_TRY_PTR(from);
    MERA_TRY_PTR(to);
    mera_rows_text(rows, e->c->unit[unit].key);
    mera_rows_text(rows, e->c->unit[unit].name);
    mera_rows_text(rows, e->c->side[e->a->to].label);
    mera_rows_text(rows, p->change.path);
    mera_rows_text(rows, from);
    mera_rows_text(rows, to);
    mera_rows_number(rows, p->rank[unit]);
    mera_rows_number(rows, p->score[unit]);
    mera_rows_number(rows, p->rank_error[unit]);
    mera_rows_number(rows, p->score_error[unit]);
    return MERA_OK;
}

/** Of all units. */
static mera_code why_rows_all(const why_table *e, mera_rows *rows, size_t part)
{
    for (size_t u = 0; u < e->c->n_units; u++) {
        MERA_TRY(why_rows_row(e, rows, part, u));
        mera_rows_end(rows);
    }
    return MERA_OK;
}

/** Of the unit asked for, number 0, and of its similar ones, nearest first. */
static mera_code why_rows_beside(const why_table *e, mera_rows *rows, size_t part)
{
    const mera_compare_beside *beside = e->view->beside;
    const size_t n = beside == NULL ? 0 : beside->similar.n;
    for (size_t i = 0; i <= n; i++) {
        MERA_TRY(why_rows_row(e, rows, part, i == 0 ? e->view->unit : beside->similar.unit[i - 1]));
        mera_rows_count(rows, i);
        mera_rows_end(rows);
    }
    return MERA_OK;
}

mera_code mera_report_compare_why_rows(const mera_comparison *comparison,
                                       const mera_compare_view *view, mera_arena *arena,
                                       mera_rows *rows)
{
    const bool all = view->unit == SIZE_MAX;
    why_table e = {.c = comparison, .view = view, .arena = arena};
    (void)mera_rows_table(rows, "compare_why");
    mera_rows_columns(rows, "unit,name,side,change,from,to,move,score,move_error,score_error");
    mera_rows_columns(rows, all ? "" : "similar");
    mera_rows_end(rows);
    for (size_t i = 0; i < view->n_attributions; i++) {
        e.a = &view->attribution[i];
        for (size_t j = 0; j < e.a->n; j++) {
            MERA_TRY(all ? why_rows_all(&e, rows, j) : why_rows_beside(&e, rows, j));
        }
    }
    return mera_rows_done(rows);
}

static void why_numbers(mera_json *json, const char *key, const double *v, size_t n)
{
    mera_json_open(json, key, '[');
    for (size_t u = 0; u < n; u++) {
        mera_json_number(json, NULL, v[u]);
    }
    mera_json_close(json, ']');
}

static mera_code why_part_json(mera_json *json, const mera_attribution *a, size_t i, size_t n_units,
                               mera_arena *arena)
{
    const mera_attribute_part *part = &a->part[i];
    const char *value[2];
    for (size_t k = 0; k < 2; k++) {
        const mera_value *of = part->change.of[k];
        value[k] = of != NULL ? mera_methodology_flow(of, arena) : NULL;
        if (of != NULL) {
            MERA_TRY_PTR(value[k]);
        }
    }
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "path", part->change.path);
    mera_json_count(json, "and_more", part->change.n_more);
    mera_json_text(json, "from", value[0]);
    mera_json_text(json, "to", value[1]);
    why_numbers(json, "moves", part->rank, n_units);
    why_numbers(json, "scores", part->score, n_units);
    if (!a->exact) {
        why_numbers(json, "move_errors", part->rank_error, n_units);
        why_numbers(json, "score_errors", part->score_error, n_units);
    }
    mera_json_close(json, '}');
    return MERA_OK;
}

mera_code mera_report_compare_why_json(mera_json *json, const mera_comparison *comparison,
                                       const mera_compare_view *view, mera_arena *arena)
{
    if (view->n_attributions == 0) {
        return MERA_OK;
    }
    mera_json_open(json, "attributions", '[');
    for (size_t i = 0; i < view->n_attributions; i++) {
        const mera_attribution *a = &view->attribution[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "from", comparison->side[a->from].label);
        mera_json_text(json, "to", comparison->side[a->to].label);
        mera_json_bool(json, "exact", a->exact);
        mera_json_count(json, "orders", a->n_orders);
        mera_json_text(json, "why_not", a->why_not);
        mera_json_open(json, "changes", '[');
        for (size_t j = 0; j < a->n; j++) {
            MERA_TRY(why_part_json(json, a, j, comparison->n_units, arena));
        }
        mera_json_close(json, ']');
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    return MERA_OK;
}
