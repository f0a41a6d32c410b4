/* SPDX-License-Identifier: Apache-2.0 */
/** @file One territory for programs: all numbers of its page. */
#include "report/report.h"
#include "report/similar_json.h"

static void profile_part_json(mera_json *json, const mera_profile_part *part,
                              const mera_methodology *m)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "part",
                   part->is_indicator ? m->indicator[part->index].id : m->node[part->index].id);
    mera_json_text(json, "kind", part->is_indicator ? "indicator" : "node");
    mera_json_number(json, "share", part->share);
    mera_json_number(json, "score", part->score);
    mera_json_number(json, "similar_median", part->similar);
    mera_json_number(json, "median", part->median);
    mera_json_number(json, "least", part->low);
    mera_json_number(json, "largest", part->high);
    mera_json_number(json, "place", part->place);
    mera_json_count(json, "of", part->n_ranked);
    mera_json_number(json, "score_before", part->before);
    mera_json_close(json, '}');
}

static void profile_marks_json(mera_json *json, const char *key, const mera_profile_mark *mark,
                               size_t n, const mera_methodology *m)
{
    mera_json_open(json, key, '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "indicator", m->indicator[mark[i].indicator].id);
        mera_json_number(json, "value", mark[i].value);
        mera_json_number(json, "similar_median", mark[i].similar);
        mera_json_text(json, "measure", m->indicator[mark[i].indicator].unit);
        mera_json_count(json, "better_than", mark[i].n_worse);
        mera_json_count(json, "of", mark[i].n);
        mera_json_number(json, "pull", mark[i].pull);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void profile_head_json(mera_json *json, const mera_profile *of, const mera_result *r,
                              mera_arena *arena)
{
    const bool before = of->before != SIZE_MAX;
    mera_json_text(json, "methodology", r->methodology->id);
    mera_json_text(json, "sha256", r->methodology->sha256);
    mera_json_text(json, "unit", r->data->unit_key[of->unit]);
    mera_json_text(json, "name", r->data->unit_name[of->unit]);
    mera_json_text(json, "period", r->period[of->period]);
    mera_json_number(json, "score", of->score);
    mera_json_number(json, "place", of->place);
    mera_json_count(json, "of", of->n_ranked);
    mera_json_text(json, "class", of->class_label);
    mera_json_number(json, "similar_place", of->similar_place);
    if (of->sure) {
        mera_json_number(json, "place_low", of->low);
        mera_json_number(json, "place_high", of->high);
        mera_json_text(json, "band", mera_report_band(of->band, arena));
        mera_json_count(json, "units_in_band", of->n_banded);
    }
    mera_json_text(json, "period_before", before ? r->period[of->before] : NULL);
    mera_json_number(json, "score_before", of->score_before);
    mera_json_number(json, "place_before", of->place_before);
}

static void profile_answers_json(mera_json *json, const mera_profile *of, const mera_methodology *m)
{
    mera_json_open(json, "survey", '[');
    for (size_t i = 0; i < of->n_answers; i++) {
        const mera_profile_answers *one = &of->answers[i];
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "indicator", m->indicator[one->indicator].id);
        mera_json_number(json, "value", one->value);
        mera_json_number(json, "answers", one->n);
        mera_json_number(json, "standard_error", one->se);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void profile_data_json(mera_json *json, const mera_profile *of, const mera_result *r)
{
    const mera_profile_data *data = &of->data;
    const mera_dataset *from = r->data;
    mera_json_open(json, "data", '{');
    mera_json_count(json, "indicators", data->n);
    mera_json_count(json, "observed", data->observed);
    mera_json_count(json, "carried", data->carried);
    mera_json_count(json, "imputed", data->imputed);
    mera_json_count(json, "missing", data->missing);
    mera_json_count(json, "left_out", data->left_out);
    mera_json_number(json, "coverage", data->coverage);
    profile_answers_json(json, of, r->methodology);
    mera_json_open(json, "files", '[');
    for (size_t f = 0; f < from->n_files; f++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "path", from->file[f].path);
        mera_json_text(json, "sha256", from->file[f].sha256);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

mera_code mera_report_profile_json(const mera_profile *of, const mera_profile_view *view,
                                   mera_arena *arena, mera_text *out)
{
    const mera_result *r = view->result;
    const mera_priorities_view first = {.view = view->view, .result = r};
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    profile_head_json(&json, of, r, arena);
    mera_report_similar_json(&json, &of->priorities.similar, r);
    mera_json_open(&json, "directions", '[');
    for (size_t j = 0; j < of->n_parts; j++) {
        profile_part_json(&json, &of->part[j], r->methodology);
    }
    mera_json_close(&json, ']');
    profile_marks_json(&json, "strengths", of->strong, of->n_strong, r->methodology);
    profile_marks_json(&json, "weaknesses", of->weak, of->n_weak, r->methodology);
    mera_report_priorities_items(&json, &of->priorities, &first);
    profile_data_json(&json, of, r);
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
