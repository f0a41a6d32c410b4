/* SPDX-License-Identifier: Apache-2.0 */
/** @file What to do first, for programs. */
#include "base/json.h"
#include "base/math.h"
#include "report/priorities_cells.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/similar_json.h"

static const char *const priorities_end[] = {"possible", "there", "few",
                                             "missing",  "given", "failed"};

static const char *priorities_direction(const mera_priorities_view *view, const mera_priority *item)
{
    return item->direction == SIZE_MAX ? NULL : view->result->methodology->node[item->direction].id;
}

void mera_report_priorities_row(mera_rows *rows, const mera_priorities *of,
                                const mera_priority *item, const mera_priorities_view *view)
{
    const mera_result *r = view->result;
    const mera_indicator *ind = &r->methodology->indicator[item->indicator];
    mera_rows_text(rows, r->data->unit_key[of->unit]);
    mera_rows_text(rows, r->data->unit_name[of->unit]);
    mera_rows_text(rows, r->period[of->period]);
    mera_rows_text(rows, ind->id);
    mera_rows_text(rows, priorities_end[item->end]);
    if ((item->state & (MERA_CARRIED | MERA_IMPUTED)) != 0) {
        mera_rows_imputed(rows, item->value);
    } else {
        mera_rows_number(rows, item->value);
    }
    mera_rows_number(rows, item->to);
    mera_rows_text(rows, ind->unit);
    mera_rows_text(rows, priorities_direction(view, item));
    mera_rows_number(rows, item->direction_gain);
    mera_rows_number(rows, item->index_gain);
    mera_rows_number(rows, of->place);
    mera_rows_number(rows, item->place);
    mera_rows_number(rows, item->sure);
    mera_rows_count(rows, item->n_known);
    mera_rows_count(rows, item->n_there);
    mera_rows_number(rows, item->end == MERA_PRIORITY_POSSIBLE ? item->lift.value : NAN);
    mera_rows_number(rows, mera_price_of(item, of->unit, view->cost, view->n_costs));
}

mera_code mera_report_priorities_rows(const mera_priorities *of, const mera_priorities_view *view,
                                      mera_rows *rows)
{
    mera_rows_begin(rows, "priorities", MERA_PRIORITIES_FIELDS);
    for (size_t i = 0; i < of->n; i++) {
        mera_report_priorities_row(rows, of, &of->item[i], view);
        mera_rows_end(rows);
    }
    return mera_report_budget_rows(of, view, rows);
}

static void priorities_item_json(mera_json *json, const mera_priorities *of,
                                 const mera_priority *item, const mera_priorities_view *view)
{
    const mera_indicator *ind = &view->result->methodology->indicator[item->indicator];
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "indicator", ind->id);
    mera_json_text(json, "title", mera_title_in(ind->title, view->view.language));
    mera_json_text(json, "end", priorities_end[item->end]);
    mera_json_number(json, "from", item->value);
    mera_json_bool(json, "from_imputed", (item->state & (MERA_CARRIED | MERA_IMPUTED)) != 0);
    mera_json_number(json, "to", item->to);
    mera_json_text(json, "measure", ind->unit);
    mera_json_number(json, "points", item->points);
    mera_json_number(json, "points_to", item->to_points);
    mera_json_text(json, "direction", priorities_direction(view, item));
    mera_json_number(json, "direction_gain", item->direction_gain);
    mera_json_number(json, "index_gain", item->index_gain);
    mera_json_number(json, "place_to", item->place);
    if (!isnan(item->among_gain)) {
        mera_json_number(json, "perimeter_gain", item->among_gain);
    }
    mera_json_number(json, "sure", item->sure);
    mera_json_count(json, "similar_known", item->n_known);
    mera_json_count(json, "similar_there", item->n_there);
    if (item->asked) {
        mera_json_bool(json, "asked", true);
    }
    if (view->n_costs > 0) {
        mera_json_number(json, "cost", mera_price_of(item, of->unit, view->cost, view->n_costs));
    }
    if (item->end == MERA_PRIORITY_POSSIBLE) {
        mera_json_text(json, "column", ind->kind == MERA_FROM_COLUMN ? ind->column : NULL);
        mera_json_number(json, "put_in", item->lift.value);
    }
    mera_json_close(json, '}');
}

void mera_report_priorities_items(mera_json *json, const mera_priorities *of,
                                  const mera_priorities_view *view)
{
    mera_json_open(json, "priorities", '[');
    for (size_t i = 0; i < of->n; i++) {
        priorities_item_json(json, of, &of->item[i], view);
    }
    mera_json_close(json, ']');
}

mera_code mera_report_priorities_json(const mera_priorities *of, const mera_priorities_view *view,
                                      mera_text *out)
{
    const mera_result *r = view->result;
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "methodology", r->methodology->id);
    mera_json_text(&json, "sha256", r->methodology->sha256);
    mera_json_text(&json, "unit", r->data->unit_key[of->unit]);
    mera_json_text(&json, "name", r->data->unit_name[of->unit]);
    mera_json_text(&json, "period", r->period[of->period]);
    mera_json_text(&json, "node", r->methodology->node[of->node].id);
    mera_json_number(&json, "score", of->score);
    mera_json_number(&json, "place", of->place);
    mera_json_number(&json, "reach", of->reach);
    mera_report_surety_json(&json, &of->surety, r->methodology);
    mera_report_similar_json(&json, &of->similar, r);
    mera_report_priorities_items(&json, of, view);
    if (view->budget != NULL) {
        mera_report_budget_json(&json, of, 1, view->budget, view);
    }
    if (view->goal != NULL) {
        mera_report_goal_json(&json, of, 1, view->goal, view);
    }
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
