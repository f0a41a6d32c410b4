/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Scores as JSON, with the record that lets somebody make them again: versions, hashes, seed,
 * conventions in force, fitted numbers. The same run gives the same bytes.
 */
#include "base/json.h"
#include "report/record_json.h"
#include "report/report.h"
#include "run/record.h"

#include "base/math.h"

/** Only where numbers were frozen. */
static void score_json_frozen(mera_json *json, const mera_result *result)
{
    if (result->n_frozen == 0) {
        return;
    }
    mera_json_open(json, "frozen", '[');
    for (size_t i = 0; i < result->n_frozen; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "path", result->frozen[i].path);
        mera_json_text(json, "sha256", result->frozen[i].sha256);
        mera_json_count(json, "rows", result->frozen[i].n_rows);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

/** Fitted numbers: those with a name under it, all others in a list after them. */
static void score_json_fitted(mera_json *json, const mera_fit_record *fit)
{
    size_t named = 0;
    mera_json_open(json, "fitted", '{');
    for (; fit->child != NULL && named < fit->fitted.n; named++) {
        mera_json_number(json, fit->child[named], fit->fitted.v[named]);
    }
    for (; fit->child == NULL && fit->op->fitted != NULL && fit->op->fitted[named] != NULL;
         named++) {
        if (named < fit->fitted.n) {
            mera_json_number(json, fit->op->fitted[named], fit->fitted.v[named]);
        }
    }
    mera_json_close(json, '}');
    if (fit->fitted.n > named) {
        mera_json_open(json, "more", '[');
        for (size_t i = named; i < fit->fitted.n; i++) {
            mera_json_number(json, NULL, fit->fitted.v[i]);
        }
        mera_json_close(json, ']');
    }
}

static void score_json_fits(mera_json *json, const mera_result *r)
{
    mera_json_open(json, "fits", '[');
    for (size_t i = 0; i < r->n_fits; i++) {
        const mera_fit_record *fit = &r->fit[i];
        mera_json_open(json, NULL, '{');
        if (fit->indicator != SIZE_MAX) {
            mera_json_text(json, "indicator", r->methodology->indicator[fit->indicator].id);
        }
        if (fit->node != SIZE_MAX) {
            mera_json_text(json, "node", r->methodology->node[fit->node].id);
        }
        mera_json_text(json, "op", fit->op->name);
        mera_json_text(json, "group", fit->group);
        mera_json_text(json, "period", fit->period);
        mera_json_count(json, "reference_values", fit->n_reference);
        score_json_fitted(json, fit);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

/** What the run was asked for beside the file: without it nobody could run it again. */
static void score_json_asked(mera_json *json, const mera_score_view *view)
{
    mera_json_text(json, "variant", view->variant);
    mera_json_open(json, "set", '[');
    for (size_t i = 0; i < view->changes.n; i++) {
        mera_json_text(json, NULL, view->changes.v[i]);
    }
    mera_json_close(json, ']');
}

/** What plugins could not make and the methodology does without. */
static void score_json_failed(mera_json *json, const mera_result *r)
{
    mera_json_open(json, "failed", '[');
    for (size_t k = 0; k < r->methodology->n_indicators; k++) {
        if (r->indicator[k].failed != NULL) {
            mera_json_open(json, NULL, '{');
            mera_json_text(json, "indicator", r->methodology->indicator[k].id);
            mera_json_text(json, "why", r->indicator[k].failed);
            mera_json_close(json, '}');
        }
    }
    mera_json_close(json, ']');
}

/** Overlays: the core, and what stands above it. */
static void score_json_overlay(mera_json *json, const mera_result *r)
{
    if (r->core == NULL) {
        return;
    }
    mera_json_open(json, "overlay", '{');
    mera_json_text(json, "core", r->core->methodology->path);
    mera_json_text(json, "core_id", r->core->methodology->id);
    mera_json_text(json, "core_sha256", r->core->methodology->sha256);
    mera_json_open(json, "new_indicators", '[');
    for (size_t i = 0; i < r->n_fresh; i++) {
        mera_json_text(json, NULL, r->methodology->indicator[r->fresh[i]].id);
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

static mera_code score_json_record(mera_json *json, const mera_result *r,
                                   const mera_score_view *view, mera_arena *arena)
{
    const mera_record *record;
    MERA_TRY(mera_record_of(r, arena, &record));
    mera_json_open(json, "record", '{');
    mera_record_json_origin(json, record);
    score_json_overlay(json, r);
    score_json_failed(json, r);
    score_json_asked(json, view);
    mera_record_json_registered(json, view->registered);
    mera_record_json_inputs(json, record);
    score_json_frozen(json, r);
    mera_record_json_conventions(json, record);
    score_json_fits(json, r);
    mera_json_open(json, "cells", '{');
    mera_json_count(json, "imputed", record->n_imputed);
    mera_json_count(json, "treated", record->n_treated);
    mera_json_count(json, "missing", record->n_missing);
    mera_json_close(json, '}');
    mera_json_close(json, '}');
    return MERA_OK;
}

/** How sure the place of the whole index is. */
static void score_json_sure(mera_json *json, const mera_place_summary *unit)
{
    char band[MERA_BAND_LENGTH];
    mera_json_number(json, "rank_low", unit->low);
    mera_json_number(json, "rank_median", unit->median);
    mera_json_number(json, "rank_high", unit->high);
    mera_json_text(json, "band", mera_report_band_in(unit->band, band));
}

static void score_json_node(mera_json *json, const mera_result *r, const mera_score_view *view,
                            size_t k, size_t cell)
{
    const mera_node_result *node = &r->node[k];
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "node", r->methodology->node[k].id);
    mera_json_number(json, "score", node->score[cell]);
    mera_json_number(json, "rank", node->rank[cell]);
    mera_json_number(json, "coverage", node->coverage[cell]);
    if (node->class_of != NULL) {
        mera_json_text(json, "class",
                       node->class_of[cell] < 0 ? NULL : node->class_label.v[node->class_of[cell]]);
    }
    mera_json_number(json, "aggregate", node->aggregate[cell]);
    if (mera_result_core_node(r, k) != SIZE_MAX) {
        const mera_node_result *core = &r->core->node[mera_result_core_node(r, k)];
        mera_json_number(json, "core_score", core->score[cell]);
        mera_json_number(json, "core_rank", core->rank[cell]);
    }
    if (node->group_rank != NULL) {
        mera_json_number(json, "group_rank", node->group_rank[cell]);
    }
    const mera_place_summary *sure = k == 0 ? mera_score_sure(r, view, cell) : NULL;
    if (sure != NULL) {
        score_json_sure(json, sure);
    }
    mera_json_close(json, '}');
}

static void score_json_indicator(mera_json *json, const mera_result *r, size_t k, size_t cell)
{
    static const char *const stage[MERA_N_STAGES] = {"raw", "denominated", "imputed", "treated",
                                                     "normalised"};
    const uint8_t state = r->indicator[k].state[cell];
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "indicator", r->methodology->indicator[k].id);
    for (size_t s = 0; s < MERA_N_STAGES; s++) {
        mera_json_number(json, stage[s], r->indicator[k].stage[s][cell]);
    }
    mera_json_text(json, "reason", mera_reason_name(MERA_REASON(state)));
    mera_json_bool(json, "imputed", (state & MERA_IMPUTED) != 0);
    mera_json_bool(json, "treated", (state & MERA_TREATED) != 0);
    mera_json_close(json, '}');
}

static void score_json_unit(mera_json *json, const mera_result *r, const mera_score_view *view,
                            size_t cell)
{
    const size_t unit = cell % r->n_units;
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "unit", r->data->unit_key[unit]);
    mera_json_text(json, "name", r->data->unit_name[unit]);
    mera_json_text(json, "period", r->period[cell / r->n_units]);
    mera_json_bool(json, "screened", r->unit_screened != NULL && r->unit_screened[cell] != 0);
    mera_json_open(json, "nodes", '[');
    for (size_t k = 0; k < r->methodology->n_nodes; k++) {
        score_json_node(json, r, view, k, cell);
    }
    mera_json_close(json, ']');
    if (view->indicators) {
        mera_json_open(json, "indicators", '[');
        for (size_t k = 0; k < r->methodology->n_indicators; k++) {
            score_json_indicator(json, r, k, cell);
        }
        mera_json_close(json, ']');
    }
    mera_json_close(json, '}');
}

mera_code mera_report_score_json(const mera_result *result, const mera_score_view *view,
                                 mera_arena *arena, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    MERA_TRY(score_json_record(&json, result, view, arena));
    mera_json_open(&json, "results", '[');
    for (size_t cell = 0; cell < result->n_periods * result->n_units && !out->failed; cell++) {
        score_json_unit(&json, result, view, cell);
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
