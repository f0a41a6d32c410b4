/* SPDX-License-Identifier: Apache-2.0 */
/** @file A change and its causes for programs. */
#include "base/json.h"
#include "base/math.h"
#include "report/report.h"
#include "report/rows.h"

static double change_sum(const double *by)
{
    double sum = 0;
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        sum += by[c];
    }
    return sum;
}

/* ---- CSV ---- */

static void change_rows_causes(mera_rows *rows, const double *by)
{
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        mera_rows_number(rows, by[c]);
    }
}

static void change_rows_head(mera_rows *rows, const char *table, const char *first,
                             const char *last)
{
    (void)mera_rows_table(rows, table);
    mera_rows_columns(rows, first);
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        mera_rows_column(rows, mera_cause_name(c));
    }
    mera_rows_column(rows, last);
    mera_rows_end(rows);
}

static void change_rows_short(const mera_changed *change, mera_rows *rows)
{
    const mera_dataset *data = change->end[1].result->data;
    change_rows_head(rows, "change", "unit,name,before,after,rank_before,rank_after,change",
                     "change_frozen");
    for (size_t i = 0; i < change->n; i++) {
        const mera_changed_row *row = &change->row[i];
        mera_rows_text(rows, data->unit_key[change->unit[i]]);
        mera_rows_text(rows, data->unit_name[change->unit[i]]);
        mera_rows_number(rows, row->before);
        mera_rows_number(rows, row->after);
        mera_rows_number(rows, row->rank[0]);
        mera_rows_number(rows, row->rank[1]);
        mera_rows_formula(rows, "{after}-{before}", row->after - row->before);
        change_rows_causes(rows, row->by);
        mera_rows_number(rows, row->frozen);
        mera_rows_end(rows);
    }
}

static void change_rows_full(const mera_changed *change, mera_rows *rows)
{
    const mera_methodology *m = change->end[1].result->methodology;
    change_rows_head(rows, "change_parts", "kind,id,before,after,change", "noise");
    for (size_t k = 0; k < m->n_nodes; k++) {
        const mera_changed_row *row = &change->node[k];
        mera_rows_text(rows, "node");
        mera_rows_text(rows, m->node[k].id);
        mera_rows_number(rows, row->before);
        mera_rows_number(rows, row->after);
        mera_rows_formula(rows, "{after}-{before}", row->after - row->before);
        change_rows_causes(rows, row->by);
        mera_rows_number(rows, k == 0 ? change->noise : NAN);
        mera_rows_end(rows);
    }
    for (size_t k = 0; k < change->n_parts; k++) {
        const mera_changed_part *part = &change->part[k];
        mera_rows_text(rows, "indicator");
        mera_rows_text(rows, part->id);
        mera_rows_number(rows, part->value[0]);
        mera_rows_number(rows, part->value[1]);
        mera_rows_formula(rows, "SUM({own}:{method})", change_sum(part->by));
        change_rows_causes(rows, part->by);
        mera_rows_number(rows, part->noise);
        mera_rows_end(rows);
    }
}

mera_code mera_report_change_rows(const mera_changed *change, mera_rows *rows)
{
    if (change->one == SIZE_MAX) {
        change_rows_short(change, rows);
    } else {
        change_rows_full(change, rows);
    }
    return mera_rows_done(rows);
}

/* ---- JSON ---- */

static void change_json_causes(mera_json *json, const double *by)
{
    mera_json_open(json, "causes", '{');
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        mera_json_number(json, mera_cause_name(c), by[c]);
    }
    mera_json_close(json, '}');
}

static void change_json_row(mera_json *json, const mera_changed_row *row)
{
    mera_json_number(json, "before", row->before);
    mera_json_number(json, "after", row->after);
    mera_json_number(json, "change", row->after - row->before);
    mera_json_number(json, "change_frozen", row->frozen);
    change_json_causes(json, row->by);
}

static void change_json_ranks(mera_json *json, const mera_changed_row *row)
{
    mera_json_number(json, "rank_before", row->rank[0]);
    mera_json_number(json, "rank_after", row->rank[1]);
}

static void change_json_unit(mera_json *json, const mera_changed *change, size_t unit)
{
    const mera_dataset *data = change->end[1].result->data;
    mera_json_text(json, "unit", data->unit_key[unit]);
    mera_json_text(json, "name", data->unit_name[unit]);
}

static void change_json_short(mera_json *json, const mera_changed *change)
{
    mera_json_open(json, "units", '[');
    for (size_t i = 0; i < change->n; i++) {
        mera_json_open(json, NULL, '{');
        change_json_unit(json, change, change->unit[i]);
        change_json_ranks(json, &change->row[i]);
        change_json_row(json, &change->row[i]);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

/** "observed", "imputed", ...: what a value is at one end. */
static const char *change_json_state(uint8_t state)
{
    return (state & MERA_IMPUTED) != 0   ? "imputed"
           : (state & MERA_CARRIED) != 0 ? "carried"
                                         : mera_reason_name(MERA_REASON(state));
}

static void change_json_part(mera_json *json, const mera_changed_part *part)
{
    static const char *const value[] = {"value_before", "value_after"};
    static const char *const points[] = {"points_before", "points_after"};
    static const char *const state[] = {"state_before", "state_after"};
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "indicator", part->id);
    for (size_t e = 0; e < 2; e++) {
        mera_json_number(json, value[e], part->value[e]);
        mera_json_number(json, points[e], part->points[e]);
        mera_json_text(json, state[e],
                       part->indicator[e] == SIZE_MAX ? "not in the framework"
                                                      : change_json_state(part->state[e]));
    }
    mera_json_number(json, "change", change_sum(part->by));
    change_json_causes(json, part->by);
    mera_json_number(json, "noise", part->noise);
    mera_json_close(json, '}');
}

static void change_json_full(mera_json *json, const mera_changed *change,
                             const mera_change_view *view)
{
    const mera_methodology *m = change->end[1].result->methodology;
    change_json_unit(json, change, change->one);
    change_json_ranks(json, &change->node[0]);
    change_json_row(json, &change->node[0]);
    mera_json_number(json, "noise", change->noise);
    mera_json_number(json, "not_observed_before", change->imputed[0]);
    mera_json_number(json, "not_observed_after", change->imputed[1]);
    mera_json_open(json, "nodes", '[');
    for (size_t k = 0; k < m->n_nodes; k++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "node", m->node[k].id);
        mera_json_text(json, "title", mera_title_in(m->node[k].title, view->view.language));
        change_json_row(json, &change->node[k]);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_open(json, "indicators", '[');
    for (size_t k = 0; k < change->n_parts; k++) {
        change_json_part(json, &change->part[k]);
    }
    mera_json_close(json, ']');
}

static void change_json_end(mera_json *json, const char *key, const mera_changed_end *end)
{
    mera_json_open(json, key, '{');
    mera_json_text(json, "methodology", end->result->methodology->id);
    mera_json_text(json, "sha256", end->result->methodology->sha256);
    mera_json_text(json, "period", end->result->period[end->period]);
    mera_json_close(json, '}');
}

mera_code mera_report_change_json(const mera_changed *change, const mera_change_view *view,
                                  mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    change_json_end(&json, "from", &change->end[0]);
    change_json_end(&json, "to", &change->end[1]);
    mera_json_bool(&json, "same_method", change->same_method);
    mera_json_bool(&json, "bounds_move", change->bounds_move);
    mera_json_count(&json, "orders", change->n_orders);
    if (change->one == SIZE_MAX) {
        change_json_short(&json, change);
    } else {
        change_json_full(&json, change, view);
    }
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
