/* SPDX-License-Identifier: Apache-2.0 */
/** @file Certificates, for programs. */
#include "base/json.h"
#include "report/record_json.h"
#include "report/robust_words.h"
#include "report/rows.h"

#include "base/math.h"

static const char *certify_id(const mera_methodology *m, bool is_indicator, size_t index)
{
    return is_indicator ? m->indicator[index].id : m->node[index].id;
}

static const char *certify_speaks(const mera_certified *of, const mera_methodology *m,
                                  const mera_certified_unit *u)
{
    return u->speaks == SIZE_MAX
               ? NULL
               : certify_id(m, of->part[u->speaks].is_indicator, of->part[u->speaks].index);
}

static void certify_rows_unit(const mera_certified *of, const mera_result *result,
                              const mera_certified_unit *u, mera_rows *rows)
{
    mera_rows_text(rows, result->data->unit_key[u->unit]);
    mera_rows_text(rows, result->data->unit_name[u->unit]);
    mera_rows_text(rows, result->period[of->period]);
    mera_rows_text(rows, result->methodology->node[of->node].id);
    mera_rows_count(rows, u->place);
    mera_rows_count(rows, u->reach.best.place);
    mera_rows_count(rows, u->reach.best.bound);
    mera_rows_count(rows, u->reach.worst.place);
    mera_rows_count(rows, u->reach.worst.bound);
    mera_rows_text(rows, u->first.can ? "yes" : "no");
    mera_rows_number(rows, u->first.margin);
    mera_rows_number(rows, u->epsilon);
    mera_rows_text(rows, certify_speaks(of, result->methodology, u));
    mera_rows_count(rows, u->hasse.below);
    mera_rows_count(rows, u->hasse.above);
    mera_rows_count(rows, u->hasse.incomparable);
    mera_rows_count(rows, u->hasse.equal);
    mera_rows_count(rows, u->hasse.level);
    mera_rows_number(rows, u->hasse.lpom);
    mera_rows_end(rows);
}

mera_code mera_report_certify_rows(const mera_certified *of, const mera_certify_view *view,
                                   mera_rows *rows)
{
    mera_rows_begin(rows, "certify",
                    "unit,name,period,node,place,best,best_bound,worst,worst_bound,first,lead,"
                    "epsilon,speaks_for_next,below,above,incomparable,equal,level,lpom");
    for (size_t r = 0; r < of->n_units; r++) {
        if (of->unit[r].looked_for) {
            certify_rows_unit(of, view->result, &of->unit[r], rows);
        }
    }
    return mera_rows_done(rows);
}

/* ---- JSON ---- */

static void certify_weights_json(mera_json *json, const mera_certified *of,
                                 const mera_result *result)
{
    const mera_methodology *m = result->methodology;
    mera_json_open(json, "weights", '[');
    for (size_t j = 0; j < of->n_weights; j++) {
        const mera_certified_weight *w = &of->weight[j];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "node", m->node[w->node].id);
        mera_json_text(json, "part", certify_id(m, w->is_indicator, w->index));
        mera_json_text(json, "order_of", m->node[w->order_of].id);
        mera_json_count(json, "units", w->n_units);
        mera_json_number(json, "weight", w->stable.weight);
        mera_json_number(json, "low", w->stable.low);
        mera_json_number(json, "high", w->stable.high);
        mera_record_json_pair(json, "low_pair", w->stable.low_pair, result->data);
        mera_record_json_pair(json, "high_pair", w->stable.high_pair, result->data);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_open(json, "without_weights", '[');
    for (size_t i = 0; i < of->n_without; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "node", m->node[of->without[i].node].id);
        mera_json_text(json, "because", mera_robust_why_name(of->without[i].why));
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void certify_way_json(mera_json *json, const char *key, const mera_certified *of,
                             const mera_methodology *m, const double *w)
{
    mera_json_open(json, key, '{');
    for (size_t j = 0; j < of->n_columns; j++) {
        mera_json_number(json, certify_id(m, of->column[j].is_indicator, of->column[j].index),
                         w[j]);
    }
    mera_json_close(json, '}');
}

static void certify_end_json(mera_json *json, const char *key, const mera_certified *of,
                             const mera_methodology *m, const mera_reached *end)
{
    mera_json_open(json, key, '{');
    mera_json_count(json, "place", end->place);
    mera_json_count(json, "bound", end->bound);
    certify_way_json(json, "weights", of, m, end->w);
    mera_json_close(json, '}');
}

static void certify_unit_json(mera_json *json, const mera_certified *of, const mera_result *result,
                              const mera_certified_unit *u)
{
    const mera_methodology *m = result->methodology;
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "unit", result->data->unit_key[u->unit]);
    mera_json_text(json, "name", result->data->unit_name[u->unit]);
    mera_json_count(json, "place", u->place);
    certify_end_json(json, "best", of, m, &u->reach.best);
    certify_end_json(json, "worst", of, m, &u->reach.worst);
    mera_json_open(json, "first", '{');
    mera_json_bool(json, "can", u->first.can);
    mera_json_number(json, "lead", u->first.margin);
    certify_way_json(json, "weights", of, m, u->first.w);
    mera_json_close(json, '}');
    mera_json_number(json, "epsilon", u->epsilon);
    mera_json_text(json, "speaks_for_next", certify_speaks(of, m, u));
    mera_json_count(json, "below", u->hasse.below);
    mera_json_count(json, "above", u->hasse.above);
    mera_json_count(json, "incomparable", u->hasse.incomparable);
    mera_json_count(json, "equal", u->hasse.equal);
    mera_json_count(json, "level", u->hasse.level);
    mera_json_number(json, "lpom", u->hasse.lpom);
    mera_json_close(json, '}');
}

static void certify_dominance_json(mera_json *json, const mera_certified *of,
                                   const mera_dataset *data)
{
    mera_json_open(json, "dominance", '{');
    mera_json_count(json, "pairs", of->hasse.n_dominant);
    mera_json_count(json, "incomparable", of->hasse.n_incomparable);
    mera_json_count(json, "equal", of->hasse.n_equal);
    mera_json_count(json, "levels", of->hasse.n_levels);
    mera_json_open(json, "covers", '[');
    for (size_t i = 0; i < of->hasse.n_covers; i++) {
        const long pair[2] = {(long)of->hasse.cover[i].upper, (long)of->hasse.cover[i].lower};
        mera_record_json_pair(json, NULL, pair, data);
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

mera_code mera_report_certify_json(const mera_certified *of, const mera_certify_view *view,
                                   mera_arena *arena, mera_text *out)
{
    const mera_result *result = view->result;
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    MERA_TRY(mera_record_json_open(&json, result, of->period, of->node, arena));
    certify_weights_json(&json, of, result);
    mera_json_text(&json, "no_places", mera_robust_why_name(of->why_none));
    mera_json_text(&json, "weights_vary", of->whole ? "all" : "parts");
    mera_json_count(&json, "units_with_a_score", of->n_ranked);
    mera_json_count(&json, "units_compared", of->n_units);
    mera_json_count(&json, "bounds_not_reached", of->n_cut);
    mera_json_count(&json, "looked_for", of->n_looked_for);
    mera_json_bool(&json, "stopped", of->stopped);
    mera_json_open(&json, "units", '[');
    for (size_t r = 0; r < of->n_units && !out->failed; r++) {
        if (of->unit != NULL && of->unit[r].looked_for) {
            certify_unit_json(&json, of, result, &of->unit[r]);
        }
    }
    mera_json_close(&json, ']');
    certify_dominance_json(&json, of, result->data);
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
