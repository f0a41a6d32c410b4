/* SPDX-License-Identifier: Apache-2.0 */
/** @file How sure places are, for programs. */
#include <stdio.h>

#include "base/json.h"
#include "report/record_json.h"
#include "report/robust_words.h"
#include "report/rows.h"

#include "base/math.h"

static void robust_head(const mera_robust *robust, mera_rows *rows)
{
    char top[32];
    (void)mera_rows_table(rows, "robustness");
    mera_rows_columns(rows, "unit,name,period,node,score,place,median,low,high,mean,band,not_sure,"
                            "first");
    for (size_t t = 0; t < robust->rules.n_top; t++) {
        (void)snprintf(top, sizeof top, "top_%zu", robust->rules.top[t]);
        mera_rows_column(rows, top);
    }
    mera_rows_column(rows, "unplaced");
    mera_rows_end(rows);
}

mera_code mera_report_robust_rows(const mera_robust *robust, const mera_robust_view *view,
                                  mera_arena *arena, mera_rows *rows)
{
    const mera_result *result = view->result;
    robust_head(robust, rows);
    for (size_t r = 0; r < robust->n_ranked; r++) {
        const size_t i = robust->order[r];
        const mera_place_summary *unit = &robust->summary.unit[i];
        mera_rows_text(rows, result->data->unit_key[i]);
        mera_rows_text(rows, result->data->unit_name[i]);
        mera_rows_text(rows, result->period[robust->period]);
        mera_rows_text(rows, result->methodology->node[robust->node].id);
        mera_rows_number(rows, robust->score[i]);
        mera_rows_count(rows, unit->reference);
        mera_rows_number(rows, unit->median);
        mera_rows_number(rows, unit->low);
        mera_rows_number(rows, unit->high);
        mera_rows_number(rows, unit->mean);
        mera_rows_text(rows, unit->band > 0 ? mera_report_band(unit->band, arena) : NULL);
        mera_rows_count(rows, unit->not_sure);
        mera_rows_number(rows, unit->first);
        for (size_t t = 0; t < robust->rules.n_top; t++) {
            mera_rows_number(rows, unit->top[t]);
        }
        mera_rows_count(rows, (size_t)unit->unplaced);
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
}

/* ---- JSON ---- */

static const char *robust_child(const mera_methodology *m, const mera_node *node, size_t c)
{
    const mera_child *child = &node->child[c];
    return child->is_indicator ? m->indicator[child->index].id : m->node[child->index].id;
}

/* Bounds that bound nothing are not written. */
static void robust_bounds_json(mera_json *json, const mera_methodology *m, const mera_node *node,
                               const mera_law *law)
{
    mera_json_open(json, "bounds", '{');
    for (size_t c = 0; c < node->n_children; c++) {
        if (law->low[c] > 0 || law->high[c] < 1) {
            mera_json_open(json, robust_child(m, node, c), '{');
            mera_json_number(json, "low", law->low[c]);
            mera_json_number(json, "high", law->high[c]);
            mera_json_close(json, '}');
        }
    }
    mera_json_close(json, '}');
    mera_json_open(json, "order", '[');
    for (size_t o = 0; o < law->n_orders; o++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "above", robust_child(m, node, law->order[o].above));
        mera_json_text(json, "below", robust_child(m, node, law->order[o].below));
        mera_json_number(json, "ratio", law->order[o].ratio);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void robust_law_json(mera_json *json, const mera_methodology *m, const mera_node *node,
                            const mera_law *law)
{
    static const char *const names[] = {[MERA_LAW_FIXED] = "fixed",
                                        [MERA_LAW_UNIFORM] = "simplex",
                                        [MERA_LAW_DIRICHLET] = "dirichlet",
                                        [MERA_LAW_RANGE] = "range",
                                        [MERA_LAW_POLYTOPE] = "bounds"};
    mera_json_open(json, node->id, '{');
    mera_json_text(json, "law", names[law->kind]);
    if (law->kind == MERA_LAW_RANGE) {
        mera_json_number(json, "r", law->range);
    }
    if (law->kind == MERA_LAW_DIRICHLET) {
        mera_json_number(json, "concentration", law->concentration);
    }
    if (law->kind == MERA_LAW_POLYTOPE) {
        robust_bounds_json(json, m, node, law);
    }
    mera_json_close(json, '}');
}

static void robust_factors_json(mera_json *json, const mera_robust *robust)
{
    static const char *const kinds[] = {
        [MERA_FACTOR_CHOICE] = "choices",   [MERA_FACTOR_RANGE] = "range",
        [MERA_FACTOR_VARIANT] = "variants", [MERA_FACTOR_DROP] = "drop",
        [MERA_FACTOR_NOISE] = "noise",      [MERA_FACTOR_IMPUTED] = "imputation"};
    mera_json_open(json, "factors", '[');
    for (size_t f = 0; f < robust->rules.n_factors; f++) {
        const mera_factor *factor = &robust->rules.factor[f];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "id", factor->id);
        mera_json_text(json, "varies", kinds[factor->kind]);
        mera_json_count(json, "choices", factor->n);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_open(json, "failures", '[');
    for (size_t i = 0; i < robust->n_failures; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "choices", robust->failure[i].choices);
        mera_json_text(json, "reason", robust->failure[i].reason);
        mera_json_count(json, "draws", (size_t)robust->failure[i].draws);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void robust_rules_json(mera_json *json, const mera_robust *robust, const mera_methodology *m)
{
    mera_json_open(json, "uncertainty", '{');
    mera_json_bool(json, "stated", robust->rules.said);
    mera_json_count(json, "draws", robust->drawn);
    mera_json_number(json, "band", robust->rules.band);
    mera_json_text(json, "bands", robust->rules.bands == MERA_BANDS_CHAIN ? "chain" : "leader");
    mera_json_number(json, "interval", robust->mass);
    mera_json_text(json, "scored",
                   robust->joint                          ? "jointly"
                   : robust->why_anew == MERA_ROBUST_FINE ? "products"
                                                          : "anew");
    mera_json_text(json, "because", mera_robust_why_name(robust->why_anew));
    mera_json_text(json, "of_node",
                   robust->why_anew != MERA_ROBUST_FINE ? m->node[robust->which].id : NULL);
    mera_json_open(json, "weights", '{');
    for (size_t k = 0; k < m->n_nodes; k++) {
        robust_law_json(json, m, &m->node[k], &robust->rules.law[k]);
    }
    mera_json_close(json, '}');
    robust_factors_json(json, robust);
    mera_json_close(json, '}');
}

static void robust_places_json(mera_json *json, const mera_draws_summary *s, size_t unit)
{
    mera_json_open(json, "acceptability", '[');
    for (size_t b = 0; b < s->n_bins; b++) {
        const uint64_t count = s->histogram[unit * s->n_bins + b];
        if (count > 0) {
            mera_json_open(json, NULL, '{');
            mera_json_count(json, "place", b * s->bin + 1);
            mera_json_number(json, "share", (double)count / (double)s->draws);
            mera_json_close(json, '}');
        }
    }
    mera_json_close(json, ']');
}

static void robust_unit_json(mera_json *json, const mera_robust *robust, const mera_dataset *data,
                             size_t i, mera_arena *arena)
{
    const mera_place_summary *unit = &robust->summary.unit[i];
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "unit", data->unit_key[i]);
    mera_json_text(json, "name", data->unit_name[i]);
    mera_json_number(json, "score", robust->score[i]);
    mera_json_count(json, "place", unit->reference);
    mera_json_number(json, "median", unit->median);
    mera_json_number(json, "low", unit->low);
    mera_json_number(json, "high", unit->high);
    mera_json_number(json, "mean", unit->mean);
    mera_json_text(json, "band", unit->band > 0 ? mera_report_band(unit->band, arena) : NULL);
    mera_json_count(json, "not_sure", unit->not_sure);
    mera_json_number(json, "first", unit->first);
    mera_json_open(json, "top", '[');
    for (size_t t = 0; t < robust->rules.n_top; t++) {
        mera_json_open(json, NULL, '{');
        mera_json_count(json, "places", robust->rules.top[t]);
        mera_json_number(json, "share", unit->top[t]);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_count(json, "unplaced", (size_t)unit->unplaced);
    robust_places_json(json, &robust->summary, i);
    mera_json_close(json, '}');
}

static const char *robust_part_id(const mera_robust_part *part, const mera_methodology *m)
{
    return part->is_indicator ? m->indicator[part->index].id : m->node[part->index].id;
}

static void robust_certificates_json(mera_json *json, const mera_robust *robust,
                                     const mera_result *result)
{
    const mera_methodology *m = result->methodology;
    mera_json_text(json, "no_certificates", mera_robust_why_name(robust->why_none));
    mera_json_open(json, "stable_weights", '[');
    for (size_t j = 0; j < robust->n_parts; j++) {
        const mera_stable_weight *s = &robust->part[j].stable;
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "part", robust_part_id(&robust->part[j], m));
        mera_json_number(json, "weight", s->weight);
        mera_json_number(json, "low", s->low);
        mera_json_number(json, "high", s->high);
        mera_record_json_pair(json, "low_pair", s->low_pair, result->data);
        mera_record_json_pair(json, "high_pair", s->high_pair, result->data);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_open(json, "neighbours", '[');
    for (size_t r = 0; r < robust->n_pairs; r++) {
        const mera_epsilon *e = &robust->pair[r];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "upper", result->data->unit_key[e->upper]);
        mera_json_text(json, "lower", result->data->unit_key[e->lower]);
        mera_json_number(json, "epsilon", e->epsilon);
        mera_json_text(json, "part",
                       e->column != SIZE_MAX ? robust_part_id(&robust->part[e->column], m) : NULL);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void robust_summary_json(mera_json *json, const mera_robust *robust)
{
    const mera_draws_summary *s = &robust->summary;
    mera_json_open(json, "summary", '{');
    mera_json_count(json, "units", robust->n_ranked);
    mera_json_count(json, "draws", (size_t)s->draws);
    mera_json_count(json, "draws_failed", (size_t)robust->failed);
    mera_json_count(json, "draws_with_ties", (size_t)s->tied);
    mera_json_number(json, "mean_shift", s->mean_shift);
    mera_json_number(json, "max_shift", s->max_shift);
    mera_json_count(json, "narrow_places", MERA_NARROW);
    mera_json_count(json, "narrow_units", robust->n_narrow);
    mera_json_count(json, "bands", s->n_bands);
    mera_json_count(json, "places_per_bin", s->bin);
    mera_json_close(json, '}');
}

/* beats[r][q]: of unit r over unit q, both in the order of "units". */
static void robust_beats_json(mera_json *json, const mera_robust *robust,
                              const mera_robust_view *view)
{
    const mera_draws_summary *s = &robust->summary;
    if (s->beats == NULL || (!view->pairs && robust->n_ranked > MERA_ROBUST_PAIRS)) {
        return;
    }
    mera_json_open(json, "beats", '[');
    for (size_t r = 0; r < robust->n_ranked && !json->out->failed; r++) {
        mera_json_open(json, NULL, '[');
        for (size_t q = 0; q < robust->n_ranked; q++) {
            mera_json_number(json, NULL, s->beats[robust->order[r] * s->n + robust->order[q]]);
        }
        mera_json_close(json, ']');
    }
    mera_json_close(json, ']');
    mera_json_count(json, "beats_draws", (size_t)s->beats_draws);
}

mera_code mera_report_pairs_rows(const mera_robust *robust, const mera_robust_view *view,
                                 mera_rows *rows)
{
    const mera_draws_summary *s = &robust->summary;
    const mera_dataset *data = view->result->data;
    mera_rows_begin(rows, "pairs", "unit,name,other,other_name,before");
    for (size_t r = 0; r < robust->n_ranked; r++) {
        for (size_t q = 0; q < robust->n_ranked; q++) {
            const size_t i = robust->order[r], k = robust->order[q];
            if (q != r) {
                mera_rows_text(rows, data->unit_key[i]);
                mera_rows_text(rows, data->unit_name[i]);
                mera_rows_text(rows, data->unit_key[k]);
                mera_rows_text(rows, data->unit_name[k]);
                mera_rows_number(rows, s->beats[i * s->n + k]);
                mera_rows_end(rows);
            }
        }
    }
    return mera_rows_done(rows);
}

mera_code mera_report_robust_json(const mera_robust *robust, const mera_robust_view *view,
                                  mera_arena *arena, mera_text *out)
{
    const mera_result *result = view->result;
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    MERA_TRY(mera_record_json_open(&json, result, robust->period, robust->node, arena));
    robust_rules_json(&json, robust, result->methodology);
    robust_summary_json(&json, robust);
    mera_json_open(&json, "units", '[');
    for (size_t r = 0; r < robust->n_ranked && !out->failed; r++) {
        robust_unit_json(&json, robust, result->data, robust->order[r], arena);
    }
    mera_json_close(&json, ']');
    robust_beats_json(&json, robust, view);
    robust_certificates_json(&json, robust, result);
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
