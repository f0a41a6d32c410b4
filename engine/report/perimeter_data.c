/* SPDX-License-Identifier: Apache-2.0 */
/** @file What to do first in several units, for programs. */
#include "base/json.h"
#include "base/math.h"
#include "report/priorities_cells.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/similar_json.h"

mera_code mera_report_perimeter_rows(const mera_perimeter *of, const mera_priorities_view *view,
                                     mera_rows *rows)
{
    mera_rows_begin(rows, "priorities", MERA_PRIORITIES_FIELDS ",share,perimeter_gain");
    for (size_t u = 0; u < of->members.n; u++) {
        const mera_priorities *member = &of->of[u];
        for (size_t i = 0; i < member->n; i++) {
            mera_report_priorities_row(rows, member, &member->item[i], view);
            mera_rows_number(rows, of->members.share[u]);
            mera_rows_number(rows, member->item[i].among_gain);
            mera_rows_end(rows);
        }
    }
    return mera_report_budget_rows(of->of, view, rows);
}

static void perimeter_member_json(mera_json *json, const mera_perimeter *of, size_t u,
                                  const mera_priorities_view *view)
{
    const mera_priorities *member = &of->of[u];
    const mera_result *r = view->result;
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "unit", r->data->unit_key[member->unit]);
    mera_json_text(json, "name", r->data->unit_name[member->unit]);
    mera_json_number(json, "share", of->members.share[u]);
    mera_json_number(json, "score", member->score);
    mera_json_number(json, "place", member->place);
    mera_json_count(json, "top", member->surety.top);
    mera_report_similar_json(json, &member->similar, r);
    mera_report_priorities_items(json, member, view);
    mera_json_close(json, '}');
}

static void perimeter_item_json(mera_json *json, const mera_perimeter *of,
                                const mera_perimeter_item *item, const mera_priorities_view *view)
{
    const mera_result *r = view->result;
    const mera_methodology *m = r->methodology;
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "indicator", m->indicator[item->indicator].id);
    mera_json_text(json, "title",
                   mera_title_in(m->indicator[item->indicator].title, view->view.language));
    mera_json_text(json, "direction",
                   item->direction == SIZE_MAX ? NULL : m->node[item->direction].id);
    mera_json_number(json, "gain", item->gain);
    mera_json_number(json, "direction_gain", item->direction_gain);
    mera_json_number(json, "sure", item->sure);
    mera_json_text(json, "most_for",
                   isnan(item->gain) ? NULL : r->data->unit_key[of->members.unit[item->most]]);
    mera_json_number(json, "most_gain", item->most_gain);
    mera_json_open(json, "lifted_in", '[');
    for (size_t i = 0; i < item->n; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "unit", r->data->unit_key[item->lift[i].unit]);
        mera_json_number(json, "put_in", item->lift[i].value);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

static void perimeter_head_json(mera_json *json, const mera_perimeter *of,
                                const mera_priorities_view *view)
{
    const mera_result *r = view->result;
    mera_json_text(json, "methodology", r->methodology->id);
    mera_json_text(json, "sha256", r->methodology->sha256);
    mera_json_text(json, "perimeter", view->name);
    mera_json_text(json, "weights", view->weights);
    mera_json_text(json, "period", r->period[of->period]);
    mera_json_text(json, "node", r->methodology->node[of->node].id);
    mera_json_number(json, "mean_score", of->score);
    mera_json_number(json, "reach", of->of[0].reach);
    mera_report_surety_json(json, &of->surety, r->methodology);
}

mera_code mera_report_perimeter_json(const mera_perimeter *of, const mera_priorities_view *view,
                                     mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    perimeter_head_json(&json, of, view);
    mera_json_open(&json, "units", '[');
    for (size_t u = 0; u < of->members.n; u++) {
        perimeter_member_json(&json, of, u, view);
    }
    mera_json_close(&json, ']');
    mera_json_open(&json, "indicators", '[');
    for (size_t i = 0; i < of->n; i++) {
        perimeter_item_json(&json, of, &of->item[i], view);
    }
    mera_json_close(&json, ']');
    if (view->budget != NULL) {
        mera_report_budget_json(&json, of->of, of->members.n, view->budget, view);
    }
    if (view->goal != NULL) {
        mera_report_goal_json(&json, of->of, of->members.n, view->goal, view);
    }
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
