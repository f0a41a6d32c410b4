/* SPDX-License-Identifier: Apache-2.0 */
/** @file The record of runs for programs. */
#include <math.h>

#include "base/json.h"
#include "report/csv.h"
#include "report/runs.h"

/* ---- lists -------------------------------------------------------------------------------- */

mera_code mera_report_runs_csv(const mera_run *run, size_t n, mera_arena *arena, mera_text *out)
{
    mera_csv csv = {.out = out};
    mera_text_add(out, "run,batch,at,command,side,methodology,sha256,engine,registered,node,period,"
                       "ranked,mean_shift,result,first,settings\n");
    for (size_t i = 0; i < n; i++) {
        const mera_run *r = &run[i];
        mera_text settings = {.arena = arena};
        for (size_t s = 0; s < r->n_settings; s++) {
            mera_text_addf(&settings, "%s%s=%s", s > 0 ? "; " : "", r->setting[s].path,
                           r->setting[s].used != NULL ? r->setting[s].used : "");
        }
        const char *text = r->n_settings > 0 ? mera_text_string(&settings) : "";
        MERA_TRY_PTR(text);
        mera_csv_count(&csv, (size_t)r->id);
        mera_csv_count(&csv, (size_t)r->batch);
        const char *const words[] = {r->at,     r->command,    r->side, r->methodology, r->sha256,
                                     r->engine, r->registered, r->node, r->period};
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            mera_csv_text(&csv, words[w]);
        }
        mera_csv_count(&csv, r->n_ranked);
        mera_csv_number(&csv, r->mean_shift);
        mera_csv_count(&csv, (size_t)r->result);
        mera_csv_text(&csv, r->top);
        mera_csv_text(&csv, text);
        mera_csv_end(&csv);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

static void run_settings_json(mera_json *json, const mera_run_setting *setting, size_t n,
                              const char *first, const char *second)
{
    mera_json_open(json, "settings", '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "path", setting[i].path);
        mera_json_text(json, first, setting[i].written);
        mera_json_text(json, second, setting[i].used);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
}

static void run_fields_json(mera_json *json, const mera_run *r)
{
    const struct {
        const char *key, *text;
    } part[] = {{"at", r->at},           {"command", r->command},
                {"side", r->side},       {"methodology", r->methodology},
                {"version", r->version}, {"sha256", r->sha256},
                {"engine", r->engine},   {"data", r->data},
                {"plugins", r->plugins}, {"registered", r->registered},
                {"node", r->node},       {"period", r->period}};
    mera_json_count(json, "run", (size_t)r->id);
    mera_json_count(json, "batch", (size_t)r->batch);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        mera_json_text(json, part[i].key, part[i].text);
    }
    mera_json_count(json, "ranked", r->n_ranked);
    mera_json_number(json, "mean_shift", r->mean_shift);
    mera_json_count(json, "result", (size_t)r->result);
    mera_json_text(json, "first", r->top);
    run_settings_json(json, r->setting, r->n_settings, "written", "used");
}

mera_code mera_report_runs_json(const mera_run *run, size_t n, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(&json, NULL, '{');
        run_fields_json(&json, &run[i]);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- one run ------------------------------------------------------------------------------ */

mera_code mera_report_run_csv(const mera_run_place *place, size_t n, mera_text *out)
{
    mera_csv csv = {.out = out};
    mera_text_add(out, "unit,name,score,rank\n");
    for (size_t i = 0; i < n; i++) {
        mera_csv_text(&csv, place[i].key);
        mera_csv_text(&csv, place[i].name);
        mera_csv_number(&csv, place[i].score);
        mera_csv_number(&csv, place[i].rank);
        mera_csv_end(&csv);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_run_json(const mera_run *run, const mera_run_place *place, size_t n,
                               mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    run_fields_json(&json, run);
    mera_json_open(&json, "units", '[');
    for (size_t i = 0; i < n; i++) {
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "unit", place[i].key);
        mera_json_text(&json, "name", place[i].name);
        mera_json_number(&json, "score", place[i].score);
        mera_json_number(&json, "rank", place[i].rank);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- two runs ----------------------------------------------------------------------------- */

mera_code mera_report_run_diff_csv(const mera_run_diff *diff, mera_text *out)
{
    mera_csv csv = {.out = out};
    mera_text_add(out, "unit,name,score_a,score_b,rank_a,rank_b,move\n");
    for (size_t i = 0; i < diff->n_moves; i++) {
        const mera_run_move *m = &diff->move[i];
        mera_csv_text(&csv, m->key);
        mera_csv_text(&csv, m->name);
        mera_csv_number(&csv, m->score[0]);
        mera_csv_number(&csv, m->score[1]);
        mera_csv_number(&csv, m->rank[0]);
        mera_csv_number(&csv, m->rank[1]);
        mera_csv_number(&csv, m->rank[0] - m->rank[1]);
        mera_csv_end(&csv);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

mera_code mera_report_run_diff_json(const mera_run_diff *diff, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_count(&json, "a", (size_t)diff->run[0]->id);
    mera_json_count(&json, "b", (size_t)diff->run[1]->id);
    run_settings_json(&json, diff->setting, diff->n_settings, "a", "b");
    mera_json_bool(&json, "other_methodology", diff->methodology);
    mera_json_bool(&json, "other_data", diff->data);
    mera_json_bool(&json, "other_plugins", diff->plugins);
    mera_json_bool(&json, "other_engine", diff->engine);
    mera_json_open(&json, "units", '[');
    for (size_t i = 0; i < diff->n_moves; i++) {
        const mera_run_move *m = &diff->move[i];
        mera_json_open(&json, NULL, '{');
        mera_json_text(&json, "unit", m->key);
        mera_json_text(&json, "name", m->name);
        mera_json_number(&json, "score_a", m->score[0]);
        mera_json_number(&json, "score_b", m->score[1]);
        mera_json_number(&json, "rank_a", m->rank[0]);
        mera_json_number(&json, "rank_b", m->rank[1]);
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- the curve ---------------------------------------------------------------------------- */

mera_code mera_report_curve_csv(const mera_curve *curve, mera_text *out)
{
    mera_csv csv = {.out = out};
    mera_csv_text(&csv, "place");
    mera_csv_text(&csv, "score");
    mera_csv_text(&csv, "run");
    mera_csv_text(&csv, "runs");
    mera_csv_text(&csv, "side");
    for (size_t s = 0; s < curve->n_settings; s++) {
        mera_csv_text(&csv, curve->path[s]);
    }
    mera_csv_end(&csv);
    for (size_t i = 0; i < curve->n; i++) {
        const mera_curve_point *p = &curve->point[i];
        mera_csv_number(&csv, p->rank);
        mera_csv_number(&csv, p->score);
        mera_csv_count(&csv, (size_t)p->run->id);
        mera_csv_count(&csv, p->n_runs);
        mera_csv_text(&csv, p->run->side);
        for (size_t s = 0; s < curve->n_settings; s++) {
            mera_csv_text(&csv, p->value[s]);
        }
        mera_csv_end(&csv);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

static void curve_point_json(mera_json *json, const mera_curve *curve, const mera_curve_point *p)
{
    mera_json_open(json, NULL, '{');
    mera_json_number(json, "place", p->rank);
    mera_json_number(json, "score", p->score);
    mera_json_count(json, "run", (size_t)p->run->id);
    mera_json_count(json, "runs", p->n_runs);
    mera_json_text(json, "side", p->run->side);
    mera_json_open(json, "settings", '{');
    for (size_t s = 0; s < curve->n_settings; s++) {
        if (p->value[s] != NULL) {
            mera_json_text(json, curve->path[s], p->value[s]);
        }
    }
    mera_json_close(json, '}');
    mera_json_close(json, '}');
}

mera_code mera_report_curve_json(const mera_curve *curve, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "unit", curve->key);
    mera_json_text(&json, "name", curve->name);
    mera_json_number(&json, "median", curve->median);
    mera_json_count(&json, "other_data", curve->n_other_data);
    mera_json_open(&json, "variants", '[');
    for (size_t i = 0; i < curve->n; i++) {
        curve_point_json(&json, curve, &curve->point[i]);
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
