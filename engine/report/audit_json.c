/* SPDX-License-Identifier: Apache-2.0 */
/** @file An audit for programs: every number of it, limits in force, and the record of the run. */
#include "base/math.h"
#include "report/audit_words.h"
#include "report/record_json.h"

typedef struct audit_json {
    mera_json json;
    const mera_audit *audit;
    const mera_view *view;
    mera_arena *arena;
} audit_json;

static void json_id(audit_json *a, const char *key, size_t column)
{
    mera_json_text(&a->json, key, column != SIZE_MAX ? a->audit->sheet->id[column] : NULL);
}

static void json_unit(audit_json *a, const char *key, size_t unit)
{
    mera_json_text(&a->json, key, unit != SIZE_MAX ? a->audit->result->data->unit_key[unit] : NULL);
}

static void json_list(mera_json *json, const char *key, const double *v, size_t n)
{
    mera_json_open(json, key, '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_number(json, NULL, v[i]);
    }
    mera_json_close(json, ']');
}

/* ---- findings and limits ---- */

static mera_code json_finding(audit_json *a, const mera_audit_finding *f)
{
    const mera_limit_row *row = &mera_limit_rows()[f->limit];
    const char *message = mera_audit_message(a->audit, f, a->view->language, a->arena);
    MERA_TRY_PTR(message);
    mera_json_open(&a->json, NULL, '{');
    mera_json_count(&a->json, "section", (size_t)row->section);
    mera_json_text(&a->json, "level", mera_limit_levels[f->level]);
    mera_json_text(&a->json, "limit", row->name);
    json_id(a, "node", f->node);
    json_id(a, "part", f->column);
    json_id(a, "other", f->other);
    json_unit(a, "unit", f->unit);
    mera_json_text(&a->json, "method", f->variant);
    mera_json_count(&a->json, "count", f->count);
    mera_json_number(&a->json, "number", f->number);
    mera_json_number(&a->json, "bound", f->bound);
    mera_json_text(&a->json, "message", message);
    mera_json_text(&a->json, "way_out", mera_audit_words_of(f->limit, a->view->language).way);
    mera_json_close(&a->json, '}');
    return MERA_OK;
}

static void json_limits(audit_json *a)
{
    const mera_audit_rules *rules = &a->audit->result->methodology->audit;
    mera_json_open(&a->json, "limits", '[');
    for (int i = 0; i < MERA_N_LIMITS; i++) {
        const mera_limit_row *row = &mera_limit_rows()[i];
        mera_json_open(&a->json, NULL, '{');
        mera_json_text(&a->json, "limit", row->name);
        mera_json_count(&a->json, "section", (size_t)row->section);
        mera_json_number(&a->json, row->side == MERA_AT_MOST ? "at_most" : "at_least",
                         rules->limit[i].value);
        mera_json_text(&a->json, "level", mera_limit_levels[rules->limit[i].level]);
        mera_json_bool(&a->json, "own", rules->limit[i].own);
        mera_json_text(&a->json, "of", row->help);
        mera_json_text(&a->json, "source", row->source);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
    mera_json_open(&a->json, "settings", '{');
    for (int i = 0; i < MERA_N_AUDIT_SETTINGS; i++) {
        mera_json_number(&a->json, mera_audit_setting_name((mera_audit_setting)i),
                         rules->setting[i]);
    }
    mera_json_close(&a->json, '}');
    mera_json_number(&a->json, "interval_places_in_force", a->audit->interval_places);
    mera_json_number(&a->json, "shift_places_in_force", a->audit->shift_places);
}

/* ---- 1, 2 ---- */

static void json_shape(audit_json *a, const char *key, const mera_column_statistics *s)
{
    mera_json_open(&a->json, key, '{');
    mera_json_count(&a->json, "present", s->n_present);
    mera_json_count(&a->json, "distinct", s->n_unique);
    mera_json_number(&a->json, "min", s->min);
    mera_json_number(&a->json, "mean", s->mean);
    mera_json_number(&a->json, "median", s->median);
    mera_json_number(&a->json, "max", s->max);
    mera_json_number(&a->json, "sd", s->sd);
    mera_json_number(&a->json, "skewness", s->skewness);
    mera_json_number(&a->json, "kurtosis", s->kurtosis);
    mera_json_close(&a->json, '}');
}

static void json_indicators(audit_json *a)
{
    mera_json_open(&a->json, "indicators", '[');
    for (size_t i = 0; i < a->audit->n_indicators; i++) {
        const mera_audit_indicator *ind = &a->audit->indicator[i];
        mera_json_open(&a->json, NULL, '{');
        json_id(a, "indicator", ind->column);
        mera_json_count(&a->json, "missing", ind->n_missing);
        mera_json_number(&a->json, "missing_share", ind->missing_share);
        mera_json_count(&a->json, "imputed", ind->n_imputed);
        mera_json_count(&a->json, "treated", ind->n_treated);
        mera_json_number(&a->json, "same_share", ind->same_share);
        json_shape(a, "before_treatment", &ind->before);
        json_shape(a, "after_treatment", &ind->after);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
    mera_json_open(&a->json, "units_with_gaps", '{');
    mera_json_count(&a->json, "count", a->audit->n_poor_units);
    json_unit(a, "poorest", a->audit->poorest);
    mera_json_number(&a->json, "missing_share", a->audit->poorest_share);
    mera_json_close(&a->json, '}');
}

/* ---- 3 to 6 ---- */

static void json_parts(audit_json *a, const mera_audit_node *node)
{
    mera_json_open(&a->json, "parts", '[');
    for (size_t j = 0; j < node->n; j++) {
        json_id(a, NULL, node->column[j]);
    }
    mera_json_close(&a->json, ']');
    mera_json_open(&a->json, "correlations", '[');
    for (size_t j = 0; j < node->n; j++) {
        json_list(&a->json, NULL, node->r + j * node->n, node->n);
    }
    mera_json_close(&a->json, ']');
    json_list(&a->json, "with_node", node->parent_r, node->n);
}

static void json_importance(audit_json *a, const mera_importance_of_node *made)
{
    mera_json_open(&a->json, "importance", '[');
    for (size_t j = 0; j < made->n; j++) {
        const mera_importance_part *part = &made->part[j];
        mera_json_open(&a->json, NULL, '{');
        json_id(a, "part", part->column);
        mera_json_number(&a->json, "weight", part->nominal);
        mera_json_number(&a->json, "main_effect", part->main_effect);
        mera_json_number(&a->json, "linear", part->linear);
        mera_json_number(&a->json, "shapley", part->shapley);
        mera_json_number(&a->json, "shapley_error", part->shapley_error);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
}

static void json_nodes(audit_json *a)
{
    mera_json_open(&a->json, "nodes", '[');
    for (size_t i = 0; i < a->audit->n_nodes; i++) {
        const mera_audit_node *node = &a->audit->node[i];
        mera_json_open(&a->json, NULL, '{');
        json_id(a, "node", node->node);
        mera_json_count(&a->json, "units", node->n_units);
        json_parts(a, node);
        mera_json_number(&a->json, "alpha", node->alpha);
        mera_json_number(&a->json, "kmo", node->kmo);
        json_list(&a->json, "eigenvalues", node->eigenvalue, node->n_components);
        mera_json_number(&a->json, "divergence", node->importance.divergence);
        json_importance(a, &node->importance);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
}

static void json_homes(audit_json *a)
{
    mera_json_open(&a->json, "directions_of_indicators", '[');
    for (size_t i = 0; i < a->audit->n_homes; i++) {
        const mera_audit_home *home = &a->audit->home[i];
        mera_json_open(&a->json, NULL, '{');
        json_id(a, "indicator", home->column);
        json_id(a, "own", home->own);
        mera_json_number(&a->json, "r_own", home->r_own);
        json_id(a, "best_other", home->other);
        mera_json_number(&a->json, "r_other", home->r_other);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
}

static void json_shift(audit_json *a, const mera_shift *shift)
{
    mera_json_count(&a->json, "units", shift->n);
    mera_json_number(&a->json, "mean_shift", shift->mean);
    mera_json_number(&a->json, "max_shift", shift->max);
    json_unit(a, "max_unit", shift->unit);
    mera_json_number(&a->json, "spearman", shift->spearman);
}

static void json_directions(audit_json *a)
{
    mera_json_open(&a->json, "directions", '[');
    for (size_t i = 0; i < a->audit->n_directions; i++) {
        const mera_audit_direction *d = &a->audit->direction[i];
        mera_json_open(&a->json, NULL, '{');
        json_id(a, "direction", d->column);
        mera_json_count(&a->json, "far", d->n_far);
        mera_json_number(&a->json, "far_share", d->far);
        json_shift(a, &d->shift);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
}

/* ---- 7 to 12 ---- */

static void json_draws(audit_json *a)
{
    const mera_audit_draws *draws = &a->audit->draws;
    const mera_result *r = a->audit->result;
    const double *rank = r->node[0].rank + a->audit->period * r->n_units;
    mera_json_open(&a->json, "weights_drawn", '{');
    mera_json_bool(&a->json, "made", draws->made);
    mera_json_text(&a->json, "why_not", draws->why);
    mera_json_count(&a->json, "draws", draws->n);
    mera_json_count(&a->json, "narrow", draws->n_narrow);
    mera_json_number(&a->json, "narrow_share", draws->narrow);
    mera_json_number(&a->json, "mean_width", draws->mean_width);
    mera_json_open(&a->json, "units", '[');
    for (size_t i = 0; i < r->n_units && draws->made; i++) {
        if (isnan(rank[i])) {
            continue;
        }
        mera_json_open(&a->json, NULL, '{');
        json_unit(a, "unit", i);
        mera_json_number(&a->json, "rank", rank[i]);
        mera_json_number(&a->json, "low", draws->low[i]);
        mera_json_number(&a->json, "median", draws->middle[i]);
        mera_json_number(&a->json, "high", draws->high[i]);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
    mera_json_close(&a->json, '}');
}

static void json_choices(audit_json *a, const char *key, const mera_audit_choice *choice, size_t n)
{
    mera_json_open(&a->json, key, '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(&a->json, NULL, '{');
        if (choice[i].column != SIZE_MAX) {
            json_id(a, "part", choice[i].column);
        } else {
            mera_json_text(&a->json, "method", choice[i].id);
        }
        mera_json_bool(&a->json, "made", choice[i].made);
        mera_json_text(&a->json, "why_not", choice[i].why);
        json_shift(a, &choice[i].shift);
        mera_json_close(&a->json, '}');
    }
    mera_json_close(&a->json, ']');
}

static void json_dominance(audit_json *a)
{
    const mera_dominance *d = &a->audit->dominance;
    mera_json_open(&a->json, "dominance", '{');
    mera_json_count(&a->json, "units", d->n_units);
    mera_json_count(&a->json, "pairs", d->n_pairs);
    mera_json_count(&a->json, "strict", d->n_strict);
    mera_json_number(&a->json, "share", d->share);
    mera_json_close(&a->json, '}');
}

static void json_sections(audit_json *a)
{
    json_indicators(a);
    json_nodes(a);
    json_homes(a);
    json_directions(a);
    json_draws(a);
    json_choices(a, "other_methods", a->audit->choice, a->audit->n_choices);
    mera_audit_json_sobol(&a->json, &a->audit->sobol);
    json_choices(a, "less_compensation", a->audit->strict, a->audit->n_strict);
    json_choices(a, "without", a->audit->without, a->audit->n_without);
    json_dominance(a);
}

mera_code mera_report_audit_json(const mera_audit *audit, const mera_view *view, mera_arena *arena,
                                 mera_text *out)
{
    audit_json a = {.json = {.out = out, .fresh = true, .pretty = true},
                    .audit = audit,
                    .view = view,
                    .arena = arena};
    const mera_record *record;
    MERA_TRY(mera_record_of(audit->result, arena, &record));
    mera_json_open(&a.json, NULL, '{');
    mera_record_json_origin(&a.json, record);
    mera_record_json_inputs(&a.json, record);
    mera_json_text(&a.json, "period", audit->result->period[audit->period]);
    mera_json_count(&a.json, "units", audit->n_units);
    mera_json_count(&a.json, "ranked", audit->n_ranked);
    mera_json_bool(&a.json, "failed", audit->n_fails > 0);
    mera_json_open(&a.json, "findings", '[');
    for (size_t i = 0; i < audit->n_findings; i++) {
        MERA_TRY(json_finding(&a, &audit->finding[i]));
    }
    mera_json_close(&a.json, ']');
    json_limits(&a);
    json_sections(&a);
    mera_json_text(&a.json, "audit_conventions", mera_audit_conventions(view->language));
    mera_json_text(&a.json, "not_covered", mera_audit_not_covered(view->language));
    mera_record_json_conventions(&a.json, record);
    mera_json_close(&a.json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
