/* SPDX-License-Identifier: Apache-2.0 */
/** @file What moves the places, for programs. */
#include "base/json.h"
#include "report/record_json.h"
#include "report/robust_words.h"
#include "report/rows.h"
#include "report/sobol.h"

#include "base/math.h"

static void variance_interval_rows(mera_rows *rows, const mera_interval *x)
{
    mera_rows_number(rows, x->value);
    mera_rows_number(rows, x->low);
    mera_rows_number(rows, x->high);
}

static void variance_whole_rows(mera_rows *rows, const mera_variance *v, const mera_dataset *data)
{
    const char *unit = v->unit != SIZE_MAX ? data->unit_key[v->unit] : NULL;
    const char *name = v->unit != SIZE_MAX ? data->unit_name[v->unit] : NULL;
    for (size_t i = 0; i < v->n_inputs; i++) {
        mera_rows_text(rows, unit);
        mera_rows_text(rows, name);
        mera_rows_text(rows, v->input[i].id);
        mera_rows_text(rows, v->input[i].step);
        variance_interval_rows(rows, &v->sobol.index[i].first);
        variance_interval_rows(rows, &v->sobol.index[i].total);
        mera_rows_number(rows, v->sobol.mean);
        mera_rows_number(rows, sqrt(v->sobol.variance));
        mera_rows_end(rows);
    }
}

static void variance_unit_rows(mera_rows *rows, const mera_variance *v, const mera_dataset *data,
                               size_t unit)
{
    const mera_interval none = {NAN, NAN, NAN};
    for (size_t i = 0; i < v->n_inputs; i++) {
        const mera_interval first = {v->place[unit].first[i], none.low, none.high};
        const mera_interval total = {v->place[unit].total[i], none.low, none.high};
        mera_rows_text(rows, data->unit_key[unit]);
        mera_rows_text(rows, data->unit_name[unit]);
        mera_rows_text(rows, v->input[i].id);
        mera_rows_text(rows, v->input[i].step);
        variance_interval_rows(rows, &first);
        variance_interval_rows(rows, &total);
        mera_rows_number(rows, v->place[unit].mean);
        mera_rows_number(rows, v->place[unit].sd);
        mera_rows_end(rows);
    }
}

mera_code mera_report_variance_rows(const mera_variance *variance, const mera_robust_view *view,
                                    mera_rows *rows)
{
    mera_rows_begin(rows, "sensitivity",
                    "unit,name,choice,step,first,first_low,first_high,total,total_low,total_high,"
                    "mean,sd");
    variance_whole_rows(rows, variance, view->result->data);
    for (size_t r = 0;
         r < variance->n_ranked && variance->place != NULL && variance->unit == SIZE_MAX; r++) {
        variance_unit_rows(rows, variance, view->result->data, variance->order[r]);
    }
    return mera_rows_done(rows);
}

/* ---- JSON ---- */

static void variance_inputs_json(mera_json *json, const mera_variance *v)
{
    mera_json_open(json, "choices", '[');
    for (size_t i = 0; i < v->n_inputs; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "id", v->input[i].id);
        mera_json_text(json, "step", v->input[i].step);
        mera_sobol_json(json, &v->sobol.index[i]);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void variance_design_json(mera_json *json, const mera_variance *v)
{
    mera_json_open(json, "design", '{');
    mera_json_count(json, "rows", v->rows);
    mera_json_count(json, "runs", v->runs);
    mera_json_count(json, "rows_used", v->sobol.n);
    mera_json_count(json, "runs_failed", (size_t)v->failed);
    mera_json_number(json, "width_asked", v->wide);
    mera_json_bool(json, "settled", v->settled);
    mera_json_bool(json, "stopped", v->stopped);
    mera_json_open(json, "convergence", '[');
    for (size_t i = 0; i < v->n_stages; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_count(json, "runs", v->stage[i].runs);
        mera_json_number(json, "widest", v->stage[i].widest);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_open(json, "failures", '[');
    for (size_t i = 0; i < v->n_failures; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "choices", v->failure[i].choices);
        mera_json_text(json, "reason", v->failure[i].reason);
        mera_json_count(json, "runs", (size_t)v->failure[i].draws);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

static void variance_unit_json(mera_json *json, const mera_variance *v, const mera_dataset *data,
                               size_t unit)
{
    const mera_variance_unit *place = &v->place[unit];
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "unit", data->unit_key[unit]);
    mera_json_text(json, "name", data->unit_name[unit]);
    mera_json_number(json, "mean", place->mean);
    mera_json_number(json, "sd", place->sd);
    mera_json_text(json, "most", place->most != SIZE_MAX ? v->input[place->most].id : NULL);
    mera_json_open(json, "first", '[');
    for (size_t i = 0; i < v->n_inputs; i++) {
        mera_json_number(json, NULL, place->first[i]);
    }
    mera_json_close(json, ']');
    mera_json_open(json, "total", '[');
    for (size_t i = 0; i < v->n_inputs; i++) {
        mera_json_number(json, NULL, place->total[i]);
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

mera_code mera_report_variance_json(const mera_variance *variance, const mera_robust_view *view,
                                    mera_arena *arena, mera_text *out)
{
    const mera_result *result = view->result;
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    MERA_TRY(mera_record_json_open(&json, result, variance->period, variance->node, arena));
    mera_json_text(&json, "outcome", variance->unit == SIZE_MAX ? "mean_shift" : "place");
    mera_json_text(&json, "unit",
                   variance->unit == SIZE_MAX ? NULL : result->data->unit_key[variance->unit]);
    mera_json_number(&json, "mean", variance->sobol.mean);
    mera_json_number(&json, "sd", sqrt(variance->sobol.variance));
    variance_inputs_json(&json, variance);
    variance_design_json(&json, variance);
    mera_json_open(&json, "units", '[');
    for (size_t r = 0; r < variance->n_ranked && variance->place != NULL && !out->failed; r++) {
        variance_unit_json(&json, variance, result->data, variance->order[r]);
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
