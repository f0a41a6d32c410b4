/* SPDX-License-Identifier: Apache-2.0 */
/** @file Importance for programs. */
#include "base/json.h"
#include "report/report.h"
#include "report/rows.h"

static const char *importance_kind(const mera_importance_view *view, size_t column)
{
    return column < view->sheet->n_nodes ? "node" : "indicator";
}

mera_code mera_report_importance_rows(const mera_importance_of_node *node, size_t n,
                                      const mera_importance_view *view, mera_rows *rows)
{
    mera_rows_begin(rows, "importance",
                    "node,part,kind,weight,index_weight,correlation,r2,main_effect,linear,"
                    "shapley,shapley_error");
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < node[i].n; j++) {
            const mera_importance_part *part = &node[i].part[j];
            mera_rows_text(rows, view->sheet->id[node[i].node]);
            mera_rows_text(rows, view->sheet->id[part->column]);
            mera_rows_text(rows, importance_kind(view, part->column));
            mera_rows_number(rows, part->nominal);
            mera_rows_number(rows, view->sheet->effective[part->column]);
            mera_rows_number(rows, part->r);
            mera_rows_number(rows, part->r2);
            mera_rows_number(rows, part->main_effect);
            mera_rows_number(rows, part->linear);
            mera_rows_number(rows, part->shapley);
            mera_rows_number(rows, part->shapley_error);
            mera_rows_end(rows);
        }
    }
    return mera_rows_done(rows);
}

static void importance_part_json(mera_json *json, const mera_importance_part *part,
                                 const mera_importance_view *view)
{
    const mera_title title = view->sheet->title[part->column];
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "part", view->sheet->id[part->column]);
    mera_json_text(json, "kind", importance_kind(view, part->column));
    mera_json_text(json, "title", mera_title_in(title, view->view.language));
    mera_json_number(json, "weight", part->nominal);
    mera_json_number(json, "index_weight", view->sheet->effective[part->column]);
    mera_json_number(json, "correlation", part->r);
    mera_json_number(json, "r2", part->r2);
    mera_json_number(json, "main_effect", part->main_effect);
    mera_json_number(json, "linear", part->linear);
    mera_json_number(json, "shapley", part->shapley);
    mera_json_number(json, "shapley_error", part->shapley_error);
    mera_json_close(json, '}');
}

static void importance_node_json(mera_json *json, const mera_importance_of_node *node,
                                 const mera_importance_view *view)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "node", view->sheet->id[node->node]);
    mera_json_text(json, "title",
                   mera_title_in(view->sheet->title[node->node], view->view.language));
    mera_json_count(json, "units", node->n_units);
    mera_json_number(json, "r2", node->r2);
    mera_json_number(json, "divergence", node->divergence);
    mera_json_bool(json, "shapley_exact", node->exact);
    mera_json_count(json, "shapley_orders", node->n_orders);
    mera_json_open(json, "parts", '[');
    for (size_t j = 0; j < node->n; j++) {
        importance_part_json(json, &node->part[j], view);
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

mera_code mera_report_importance_json(const mera_importance_of_node *node, size_t n,
                                      const mera_importance_view *view, mera_text *out)
{
    const mera_methodology *m = view->result->methodology;
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "methodology", m->id);
    mera_json_text(&json, "sha256", m->sha256);
    mera_json_text(&json, "period", view->result->period[view->period]);
    mera_json_open(&json, "conventions", '{');
    mera_json_text(&json, "cases", "units that have the node and all parts");
    mera_json_text(&json, "correlation", "Pearson");
    mera_json_text(&json, "main_effect",
                   "natural cubic spline, penalty by generalised cross-validation");
    mera_json_count(&json, "knots", view->ask.knots);
    mera_json_text(&json, "shapley", "of R2 (LMG)");
    mera_json_count(&json, "seed", (size_t)view->ask.seed);
    mera_json_close(&json, '}');
    mera_json_open(&json, "nodes", '[');
    for (size_t i = 0; i < n; i++) {
        importance_node_json(&json, &node[i], view);
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
