/* SPDX-License-Identifier: Apache-2.0 */
/** @file The record of runs for programs. */
#include <math.h>

#include "base/json.h"
#include "report/rows.h"
#include "report/runs.h"

/* ---- lists -------------------------------------------------------------------------------- */

mera_code mera_report_runs_rows(const mera_run *run, size_t n, mera_arena *arena, mera_rows *rows)
{
    mera_rows_begin(rows, "runs",
                    "run,batch,at,command,side,methodology,sha256,engine,registered,node,period,"
                    "ranked,mean_shift,result,first,settings");
    for (size_t i = 0; i < n; i++) {
        const mera_run *r = &run[i];
        mera_text settings = {.arena = arena};
        for (size_t s = 0; s < r->n_settings; s++) {
            mera_text_addf(&settings, "%s%s=%s", s > 0 ? "; " : "", r->setting[s].path,
                           r->setting[s].used != NULL ? r->setting[s].used : "");
        }
        const char *text = r->n_settings > 0 ? mera_text_string(&settings) : "";
        MERA_TRY_PTR(text);
        mera_rows_count(rows, (size_t)r->id);
        mera_rows_count(rows, (size_t)r->batch);
        const char *const words[] = {r->at,     r->command,    r->side, r->methodology, r->sha256,
                                     r->engine, r->registered, r->node, r->period};
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            mera_rows_text(rows, words[w]);
        }
        mera_rows_count(rows, r->n_ranked);
        mera_rows_number(rows, r->mean_shift);
        mera_rows_count(rows, (size_t)r->result);
        mera_rows_text(rows, r->top);
        mera_rows_text(rows, text);
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
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

mera_code mera_report_run_rows(const mera_run_place *place, size_t n, mera_rows *rows)
{
    mera_rows_begin(rows, "run", "unit,name,score,rank");
    for (size_t i = 0; i < n; i++) {
        mera_rows_text(rows, place[i].key);
        mera_rows_text(rows, place[i].name);
        mera_rows_number(rows, place[i].score);
        mera_rows_number(rows, place[i].rank);
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
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

mera_code mera_report_run_diff_rows(const mera_run_diff *diff, mera_rows *rows)
{
    mera_rows_begin(rows, "runs_diff", "unit,name,score_a,score_b,rank_a,rank_b,move");
    for (size_t i = 0; i < diff->n_moves; i++) {
        const mera_run_move *m = &diff->move[i];
        mera_rows_text(rows, m->key);
        mera_rows_text(rows, m->name);
        mera_rows_number(rows, m->score[0]);
        mera_rows_number(rows, m->score[1]);
        mera_rows_number(rows, m->rank[0]);
        mera_rows_number(rows, m->rank[1]);
        mera_rows_formula(rows, "{rank_a}-{rank_b}", m->rank[0] - m->rank[1]);
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
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

mera_code mera_report_curve_rows(const mera_curve *curve, mera_rows *rows)
{
    (void)mera_rows_table(rows, "curve");
    mera_rows_columns(rows, "place,score,run,runs,side");
    for (size_t s = 0; s < curve->n_settings; s++) {
        mera_rows_column(rows, curve->path[s]);
    }
    mera_rows_end(rows);
    for (size_t i = 0; i < curve->n; i++) {
        const mera_curve_point *p = &curve->point[i];
        mera_rows_number(rows, p->rank);
        mera_rows_number(rows, p->score);
        mera_rows_count(rows, (size_t)p->run->id);
        mera_rows_count(rows, p->n_runs);
        mera_rows_text(rows, p->run->side);
        for (size_t s = 0; s < curve->n_settings; s++) {
            mera_rows_text(rows, p->value[s]);
        }
        mera_rows_end(rows);
    }
    return mera_rows_done(rows);
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
