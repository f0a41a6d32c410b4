/* SPDX-License-Identifier: Apache-2.0 */
/** @file The trace of one unit's number as JSON: everything the text says and what it leaves out.
 */
#include "base/cell.h"
#include "base/json.h"
#include "report/explain_sets.h"
#include "report/record_json.h"
#include "report/report.h"

/** What all of a trace refers to. */
typedef struct trace_told {
    const mera_methodology *m;
    const mera_explain_sets *sets;
    const mera_record *record;
} trace_told;

static void trace_place(mera_json *json, mera_at at, const char *column)
{
    if (at.file != NULL) {
        mera_json_text(json, "file", at.file);
        mera_json_count(json, "line", at.line);
        mera_json_count(json, column, at.column);
        if (at.length == MERA_AT_CELL) {
            char cell[MERA_CELL_NAME];
            mera_cell_name(at.line, at.column, cell);
            mera_json_text(json, "cell", cell);
        }
    }
}

static void trace_cells(mera_json *json, const mera_trace_cell *cells, size_t n)
{
    mera_json_open(json, "cells", '[');
    for (size_t i = 0; i < n; i++) {
        const mera_trace_cell *cell = &cells[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, cell->is_indicator ? "indicator" : "column", cell->name);
        mera_json_number(json, "value", cell->value);
        mera_json_text(json, "reason", mera_reason_name(MERA_REASON(cell->state)));
        trace_place(json, cell->place, "field");
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

/** Of a step that a plugin made: which one, and the hash of what it was made of. */
static void trace_plugin(mera_json *json, const mera_op *op, const mera_record *record)
{
    if (op == NULL || op->plugin == NULL) {
        return;
    }
    mera_json_text(json, "plugin", op->plugin);
    mera_json_text(json, "plugin_version", op->plugin_version);
    for (size_t i = 0; i < record->n_plugins; i++) {
        if (mera_streq(record->plugin[i].id, op->plugin)) {
            mera_json_text(json, "plugin_sha256", record->plugin[i].sha256);
        }
    }
}

static void trace_step(mera_json *json, const mera_trace_step *step, const trace_told *told)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "step", mera_step_name(step->step));
    mera_json_text(json, "op", step->op == NULL ? NULL : step->op->name);
    trace_plugin(json, step->op, told->record);
    mera_json_text(json, "params", step->params);
    mera_json_number(json, "before", step->before);
    mera_json_number(json, "after", step->after);
    mera_json_bool(json, "changed", step->changed);
    if (step->fit != NULL) {
        const size_t set = mera_explain_set(told->sets, step);
        mera_json_text(json, "reference", step->reference);
        mera_json_text(json, "frozen_in", step->frozen);
        if (set != SIZE_MAX) {
            mera_json_count(json, "reference_set", set);
        }
        mera_json_open(json, "fitted", '{');
        const char *const *name = step->op == NULL ? NULL : step->op->fitted;
        for (size_t i = 0; name != NULL && name[i] != NULL && i < step->fit->fitted.n; i++) {
            mera_json_number(json, name[i], step->fit->fitted.v[i]);
        }
        mera_json_close(json, '}');
    }
    trace_cells(json, step->cell, step->n_cells);
    trace_place(json, step->at, "column");
    mera_json_close(json, '}');
}

static void trace_steps(mera_json *json, const char *key, const mera_trace_step *step, size_t n,
                        const trace_told *told)
{
    mera_json_open(json, key, '[');
    for (size_t i = 0; i < n; i++) {
        trace_step(json, &step[i], told);
    }
    mera_json_close(json, ']');
}

/** Which way is better; of a target its ends. */
static void trace_direction(mera_json *json, const mera_indicator *indicator)
{
    const mera_direction direction = indicator->direction;
    mera_json_text(json, "direction",
                   direction == MERA_HIGHER  ? "higher"
                   : direction == MERA_LOWER ? "lower"
                                             : "target");
    if (direction == MERA_TARGET) {
        mera_json_open(json, "target", '[');
        mera_json_number(json, NULL, indicator->target[0]);
        mera_json_number(json, NULL, indicator->target[1]);
        mera_json_close(json, ']');
    }
}

static void trace_indicator(mera_json *json, const mera_trace_indicator *trace,
                            const trace_told *told)
{
    static const char *const stage[MERA_N_STAGES] = {"raw", "denominated", "imputed", "treated",
                                                     "normalised"};
    const mera_indicator *indicator = &told->m->indicator[trace->indicator];
    mera_json_text(json, "unit_of_measure", indicator->unit);
    trace_direction(json, indicator);
    mera_json_text(json, "source", indicator->source_kind);
    mera_json_text(json, "source_reference", indicator->reference);
    mera_json_text(json, "formula", indicator->formula);
    for (size_t s = 0; s < MERA_N_STAGES; s++) {
        mera_json_number(json, stage[s], trace->stage[s]);
    }
    mera_json_text(json, "reason", mera_reason_name(MERA_REASON(trace->raw_state)));
    mera_json_bool(json, "was_imputed", (trace->state & MERA_IMPUTED) != 0);
    mera_json_bool(json, "was_treated", (trace->state & MERA_TREATED) != 0);
    mera_json_bool(json, "screened_out", trace->screened_out);
    mera_json_count(json, "place", trace->rank);
    mera_json_count(json, "places", trace->n_present);
    trace_cells(json, trace->cell, trace->n_cells);
    trace_steps(json, "steps", trace->step, trace->n_steps, told);
}

static void trace_node(mera_json *json, const mera_trace_node *trace, const trace_told *told);

static void trace_child(mera_json *json, const mera_trace_child *child, const trace_told *told)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, child->node != NULL ? "node" : "indicator", child->id);
    mera_json_text(json, "title_ru", child->title.ru);
    mera_json_text(json, "title_en", child->title.en);
    mera_json_number(json, "value", child->value);
    mera_json_number(json, "used", child->used);
    mera_json_number(json, "weight", child->weight);
    mera_json_number(json, "share", child->share);
    mera_json_number(json, "index_share", child->index_share);
    mera_json_number(json, "mean", child->mean);
    mera_json_number(json, "points", child->points);
    mera_json_number(json, "contribution", child->contribution);
    mera_json_number(json, "points_added", child->points_added);
    mera_json_text(json, "weight_origin", child->origin);
    trace_place(json, child->at, "column");
    if (child->node != NULL) {
        mera_json_open(json, "made_of", '{');
        trace_node(json, child->node, told);
        mera_json_close(json, '}');
    } else {
        trace_indicator(json, child->indicator, told);
    }
    mera_json_close(json, '}');
}

static void trace_node(mera_json *json, const mera_trace_node *trace, const trace_told *told)
{
    static const char *const split[] = {
        [MERA_SPLIT_NONE] = "none",
        [MERA_SPLIT_LINEAR] = "linear",
        [MERA_SPLIT_LOG] = "log",
        [MERA_SPLIT_SHAPLEY] = "shapley",
        [MERA_SPLIT_PROPORTIONAL] = "proportional",
    };
    mera_json_text(json, "id", told->m->node[trace->node].id);
    mera_json_number(json, "aggregate", trace->aggregate);
    mera_json_number(json, "score", trace->score);
    mera_json_number(json, "rank", trace->rank);
    mera_json_count(json, "ranked", trace->n_ranked);
    mera_json_number(json, "coverage", trace->coverage);
    mera_json_text(json, "class", trace->class_label);
    mera_json_text(json, "op", trace->op == NULL ? NULL : trace->op->name);
    mera_json_text(json, trace->op == NULL ? "formula" : "params", trace->params);
    mera_json_text(json, "missing", trace->missing);
    mera_json_text(json, "split", split[trace->split]);
    if (trace->split_orders > 0) {
        mera_json_count(json, "split_orders", trace->split_orders);
        mera_json_number(json, "split_error", trace->split_error);
    }
    mera_json_number(json, "baseline", trace->baseline);
    mera_json_number(json, "rule", trace->rule);
    mera_json_number(json, "rounding", trace->rounding);
    trace_steps(json, "then", trace->then, trace->n_then, told);
    mera_json_open(json, "children", '[');
    for (size_t j = 0; j < trace->n_children; j++) {
        trace_child(json, &trace->child[j], told);
    }
    mera_json_close(json, ']');
}

/** Units of each reference set, period by period. */
static void trace_sets(mera_json *json, const mera_result *r, const mera_explain_sets *sets)
{
    mera_json_open(json, "reference_sets", '[');
    for (size_t i = 0; i < sets->n; i++) {
        const mera_trace_step *step = sets->step[i];
        mera_json_open(json, NULL, '[');
        for (size_t j = 0; j < step->n_members;) {
            const size_t period = step->member[j] / r->n_units;
            mera_json_open(json, NULL, '{');
            mera_json_text(json, "period", r->period[period]);
            mera_json_open(json, "units", '[');
            for (; j < step->n_members && step->member[j] / r->n_units == period; j++) {
                mera_json_text(json, NULL, r->data->unit_key[step->member[j] % r->n_units]);
            }
            mera_json_close(json, ']');
            mera_json_close(json, '}');
        }
        mera_json_close(json, ']');
    }
    mera_json_close(json, ']');
}

mera_code mera_report_explain_json(const mera_trace_node *trace, const mera_explain_view *view,
                                   mera_arena *arena, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    const mera_result *r = view->result;
    const mera_record *record;
    mera_explain_sets sets;
    MERA_TRY(mera_record_of(r, arena, &record));
    MERA_TRY(mera_explain_sets_of(trace, arena, &sets));
    const trace_told told = {.m = r->methodology, .sets = &sets, .record = record};
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "unit", r->data->unit_key[view->unit]);
    mera_json_text(&json, "name", r->data->unit_name[view->unit]);
    mera_json_text(&json, "period", r->period[view->period]);
    mera_json_open(&json, "node", '{');
    trace_node(&json, trace, &told);
    mera_json_close(&json, '}');
    trace_sets(&json, r, &sets);
    mera_record_json_origin(&json, record);
    mera_record_json_inputs(&json, record);
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
