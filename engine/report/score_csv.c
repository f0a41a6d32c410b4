/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Scores as CSV. The first seven columns of the long form are a promise: other programs read them.
 * Rows go by period, unit (order of the data), node (order of the methodology), then indicators.
 */
#include "report/report.h"
#include "report/rows.h"

#include <stdio.h>

#include "base/math.h"

/** State of a cell in words: "absent+imputed". */
static void score_csv_state(mera_rows *rows, uint8_t state)
{
    char words[96];
    snprintf(words, sizeof words, "%s%s%s%s%s", mera_reason_name(MERA_REASON(state)),
             (state & MERA_CARRIED) != 0 ? "+carried" : "",
             (state & MERA_IMPUTED) != 0 ? "+imputed" : "",
             (state & MERA_TREATED) != 0 ? "+treated" : "",
             (state & MERA_DERIVED) != 0 ? "+derived" : "");
    mera_rows_text(rows, words);
}

static void score_csv_start(const mera_result *r, size_t period, size_t unit, mera_rows *rows)
{
    mera_rows_text(rows, r->data->unit_key[unit]);
    mera_rows_text(rows, r->data->unit_name[unit]);
    mera_rows_text(rows, r->period[period]);
}

static const char *score_csv_class(const mera_node_result *node, size_t cell)
{
    return node->class_of != NULL && node->class_of[cell] >= 0
               ? node->class_label.v[node->class_of[cell]]
               : NULL;
}

/** Overlays: the core's score and place, empty where the core has no such node. */
static void score_csv_core(const mera_result *r, size_t k, size_t cell, mera_rows *rows)
{
    const size_t node = mera_result_core_node(r, k);
    if (r->core != NULL) {
        mera_rows_number(rows, node == SIZE_MAX ? NAN : r->core->node[node].score[cell]);
        mera_rows_number(rows, node == SIZE_MAX ? NAN : r->core->node[node].rank[cell]);
    }
}

/** Ends of the interval of the place and the band, of the root alone; nothing when none are drawn.
 */
static void score_csv_sure(const mera_result *r, const mera_score_view *view, size_t node,
                           size_t cell, mera_rows *rows)
{
    const mera_place_summary *unit = node == 0 ? mera_score_sure(r, view, cell) : NULL;
    if (view->sure != NULL) {
        mera_rows_number(rows, unit != NULL ? unit->low : NAN);
        mera_rows_number(rows, unit != NULL ? unit->high : NAN);
        char band[MERA_BAND_LENGTH];
        mera_rows_text(rows, unit != NULL ? mera_report_band_in(unit->band, band) : NULL);
    }
}

static void score_csv_node(const mera_result *r, const mera_score_view *view, size_t k, size_t cell,
                           mera_rows *rows)
{
    const mera_node_result *node = &r->node[k];
    score_csv_start(r, cell / r->n_units, cell % r->n_units, rows);
    mera_rows_text(rows, r->methodology->node[k].id);
    mera_rows_number(rows, node->score[cell]);
    mera_rows_number(rows, node->rank[cell]);
    mera_rows_number(rows, node->coverage[cell]);
    mera_rows_text(rows, score_csv_class(node, cell));
    mera_rows_number(rows, node->aggregate[cell]);
    mera_rows_number(rows, node->group_rank == NULL ? NAN : node->group_rank[cell]);
    mera_rows_text(rows, "node");
    mera_rows_text(rows,
                   r->unit_screened != NULL && r->unit_screened[cell] != 0 ? "screened" : NULL);
    score_csv_core(r, k, cell, rows);
    score_csv_sure(r, view, k, cell, rows);
    mera_rows_end(rows);
}

/** An indicator: its points as score, its raw value as aggregate, 1 as coverage when observed. */
static void score_csv_indicator(const mera_result *r, const mera_score_view *view, size_t k,
                                size_t cell, mera_rows *rows)
{
    const mera_indicator_result *indicator = &r->indicator[k];
    const uint8_t state = indicator->state[cell];
    const bool observed = !isnan(indicator->stage[MERA_STAGE_RAW][cell]);
    score_csv_start(r, cell / r->n_units, cell % r->n_units, rows);
    mera_rows_text(rows, r->methodology->indicator[k].id);
    mera_rows_number(rows, indicator->stage[MERA_STAGE_NORMALISED][cell]);
    mera_rows_text(rows, NULL);
    mera_rows_number(rows, observed ? 1 : 0);
    mera_rows_text(rows, NULL);
    mera_rows_number(rows, indicator->stage[MERA_STAGE_RAW][cell]);
    mera_rows_text(rows, NULL);
    mera_rows_text(rows, indicator->failed != NULL ? "indicator-failed"
                         : indicator->screened_out ? "indicator-screened"
                                                   : "indicator");
    score_csv_state(rows, state);
    if (r->core != NULL) {
        mera_rows_text(rows, NULL);
        mera_rows_text(rows, NULL);
    }
    score_csv_sure(r, view, SIZE_MAX, cell, rows);
    mera_rows_end(rows);
}

static void score_csv_long(const mera_result *r, const mera_score_view *view, mera_text *out)
{
    mera_rows rows = {.csv = out};
    mera_text_add(out, "unit,name,period,node,score,rank,coverage,class,aggregate,group_rank,kind,"
                       "state");
    mera_text_add(out, r->core != NULL ? ",core_score,core_rank" : "");
    mera_text_add(out, view->sure != NULL ? ",rank_low,rank_high,band\n" : "\n");
    for (size_t cell = 0; cell < r->n_periods * r->n_units && !out->failed; cell++) {
        for (size_t k = 0; k < r->methodology->n_nodes; k++) {
            score_csv_node(r, view, k, cell, &rows);
        }
        for (size_t k = 0; view->indicators && k < r->methodology->n_indicators; k++) {
            score_csv_indicator(r, view, k, cell, &rows);
        }
    }
}

static void score_csv_wide_titles(const mera_result *r, const mera_score_view *view,
                                  mera_rows *rows)
{
    static const char *const fixed[] = {"unit", "name", "period", "rank", "coverage", "class"};
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        mera_rows_text(rows, fixed[i]);
    }
    for (size_t k = 0; k < r->methodology->n_nodes; k++) {
        mera_rows_text(rows, r->methodology->node[k].id);
    }
    for (size_t k = 0; view->indicators && k < r->methodology->n_indicators; k++) {
        mera_rows_text(rows, r->methodology->indicator[k].id);
    }
    if (r->core != NULL) {
        mera_rows_text(rows, "core_score");
        mera_rows_text(rows, "core_rank");
    }
    static const char *const sure[] = {"rank_low", "rank_high", "band"};
    for (size_t i = 0; view->sure != NULL && i < sizeof sure / sizeof sure[0]; i++) {
        mera_rows_text(rows, sure[i]);
    }
    mera_rows_end(rows);
}

/** One row a unit and period: rank, coverage and class of the root, then every node's score. */
static void score_csv_wide(const mera_result *r, const mera_score_view *view, mera_text *out)
{
    mera_rows rows = {.csv = out};
    score_csv_wide_titles(r, view, &rows);
    for (size_t cell = 0; cell < r->n_periods * r->n_units && !out->failed; cell++) {
        score_csv_start(r, cell / r->n_units, cell % r->n_units, &rows);
        mera_rows_number(&rows, r->node[0].rank[cell]);
        mera_rows_number(&rows, r->node[0].coverage[cell]);
        mera_rows_text(&rows, score_csv_class(&r->node[0], cell));
        for (size_t k = 0; k < r->methodology->n_nodes; k++) {
            mera_rows_number(&rows, r->node[k].score[cell]);
        }
        for (size_t k = 0; view->indicators && k < r->methodology->n_indicators; k++) {
            mera_rows_number(&rows, r->indicator[k].stage[MERA_STAGE_NORMALISED][cell]);
        }
        score_csv_core(r, 0, cell, &rows);
        score_csv_sure(r, view, 0, cell, &rows);
        mera_rows_end(&rows);
    }
}

mera_code mera_report_score_csv(const mera_result *result, const mera_score_view *view,
                                mera_text *out)
{
    if (view->wide) {
        score_csv_wide(result, view, out);
    } else {
        score_csv_long(result, view, out);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
