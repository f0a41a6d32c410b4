/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera runs: every variant that was tried, out of the record. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/math.h"
#include "cli/keep.h"
#include "io/file.h"
#include "report/runs.h"

typedef struct runs_work {
    cli *c;
    mera_journal *journal;
    mera_run *run;
    size_t n;
    mera_runs_view view;
} runs_work;

static mera_code runs_failed(const runs_work *w, mera_code code)
{
    return code != MERA_ESYSTEM
               ? code
               : mera_fail(w->c->diags, MERA_ESYSTEM, "bad-record", MERA_NOWHERE,
                           "the record of runs cannot be read: %s", mera_journal_why(w->journal));
}

static mera_code runs_none(cli *c, const char *path, const char *why)
{
    mera_fail(c->diags, MERA_EINPUT, "no-record", MERA_NOWHERE, "'%s' has no record of runs%s%s",
              c->args.operands.v[0], why != NULL ? ": " : "", why != NULL ? why : "");
    if (path != NULL) {
        mera_hint(c->diags, "'mera score', 'mera compare' and 'mera robustness' keep one in %s",
                  path);
    } else {
        mera_hint(c->diags, "MERA_RECORD or the key `record` says that none is kept");
    }
    return MERA_EINPUT;
}

static mera_code runs_open(cli *c, runs_work *w)
{
    const char *path, *why = NULL;
    *w = (runs_work){.c = c, .view = {.view = c->view, .top = c->args.top.value}};
    MERA_TRY(cli_keep_path(c, c->args.operands.v[0], &path));
    if (path == NULL || !mera_file_exists(path)) {
        return runs_none(c, path, NULL);
    }
    const mera_code code = mera_journal_open(path, false, c->arena, &w->journal, &why);
    if (code != MERA_OK) {
        return code == MERA_ESYSTEM ? runs_none(c, path, why) : code;
    }
    return runs_failed(w, mera_journal_runs(w->journal, c->arena, &w->run, &w->n));
}

static mera_code runs_close(runs_work *w, mera_code code)
{
    mera_journal_close(w->journal);
    return code;
}

/** The run of a number on the command line. */
static mera_code runs_find(const runs_work *w, const char *number, const mera_run **out)
{
    char *end;
    const long long id = strtoll(number, &end, 10);
    for (size_t i = 0; i < w->n && *end == '\0'; i++) {
        if (w->run[i].id == id) {
            *out = &w->run[i];
            return MERA_OK;
        }
    }
    mera_fail(w->c->diags, MERA_EUSAGE, "unknown-run", MERA_NOWHERE, "there is no run '%s'",
              number);
    if (w->n > 0) {
        mera_hint(w->c->diags, "runs are numbered from %lld to %lld: 'mera runs list' shows them",
                  (long long)w->run[0].id, (long long)w->run[w->n - 1].id);
    }
    return MERA_EUSAGE;
}

/* ---- list, show --------------------------------------------------------------------------- */

static mera_code runs_list(runs_work *w)
{
    cli *c = w->c;
    if (cli_format_is(c, "json")) {
        return mera_report_runs_json(w->run, w->n, &c->out);
    }
    return cli_format_is(c, "csv")
               ? mera_report_runs_csv(w->run, w->n, c->arena, &c->out)
               : mera_report_runs_table(w->run, w->n, &w->view, c->arena, &c->out);
}

mera_code cli_runs_list(cli *c)
{
    runs_work w;
    const mera_code code = runs_open(c, &w);
    return runs_close(&w, code == MERA_OK ? runs_list(&w) : code);
}

static mera_code runs_show(runs_work *w)
{
    cli *c = w->c;
    const mera_run *run;
    mera_run_place *place;
    size_t n;
    MERA_TRY(runs_find(w, c->args.operands.v[1], &run));
    MERA_TRY(runs_failed(w, mera_journal_places(w->journal, run->result, c->arena, &place, &n)));
    if (cli_format_is(c, "json")) {
        return mera_report_run_json(run, place, n, &c->out);
    }
    return cli_format_is(c, "csv")
               ? mera_report_run_csv(place, n, &c->out)
               : mera_report_run_table(run, place, n, &w->view, c->arena, &c->out);
}

mera_code cli_runs_show(cli *c)
{
    runs_work w;
    const mera_code code = runs_open(c, &w);
    return runs_close(&w, code == MERA_OK ? runs_show(&w) : code);
}

/* ---- diff --------------------------------------------------------------------------------- */

static const mera_run_setting *runs_setting(const mera_run *run, const char *path)
{
    for (size_t i = 0; i < run->n_settings; i++) {
        if (mera_streq(run->setting[i].path, path)) {
            return &run->setting[i];
        }
    }
    return NULL;
}

static bool runs_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : mera_streq(a, b);
}

static mera_code diff_settings(cli *c, mera_run_diff *diff)
{
    const mera_run *a = diff->run[0], *b = diff->run[1];
    mera_run_setting *setting;
    MERA_TRY_NEW(setting, c->arena, a->n_settings + b->n_settings);
    for (size_t i = 0; i < a->n_settings + b->n_settings; i++) {
        const bool first = i < a->n_settings;
        const mera_run_setting *s = first ? &a->setting[i] : &b->setting[i - a->n_settings];
        const mera_run_setting *other = runs_setting(first ? b : a, s->path);
        if (!first && other != NULL) {
            continue; /* looked at from the other side */
        }
        const char *used = s->used, *beside = other != NULL ? other->used : s->written;
        if (!runs_same_text(used, beside)) {
            setting[diff->n_settings++] = (mera_run_setting){
                .path = s->path, .written = first ? used : beside, .used = first ? beside : used};
        }
    }
    diff->setting = setting;
    return MERA_OK;
}

static int diff_by_move(const void *a, const void *b)
{
    const mera_run_move *p = a, *q = b;
    const double x = fabs(p->rank[0] - p->rank[1]), y = fabs(q->rank[0] - q->rank[1]);
    if (isnan(x) != isnan(y)) {
        return isnan(x) ? 1 : -1;
    }
    if (!isnan(x) && x != y) {
        return x > y ? -1 : 1;
    }
    return strcmp(p->key, q->key);
}

static mera_code diff_moves(runs_work *w, mera_run_diff *diff)
{
    mera_arena *arena = w->c->arena;
    mera_run_place *place[2];
    mera_run_move *move;
    mera_map *seen;
    size_t n[2];
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY(runs_failed(
            w, mera_journal_places(w->journal, diff->run[k]->result, arena, &place[k], &n[k])));
    }
    MERA_TRY_NEW(move, arena, n[0] + n[1]);
    MERA_TRY(mera_map_new(arena, n[0] + n[1], &seen));
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < n[k]; i++) {
            const mera_run_place *p = &place[k][i];
            size_t at;
            bool added;
            MERA_TRY(mera_map_put(seen, p->key, strlen(p->key), diff->n_moves, &at, &added));
            if (added) {
                move[diff->n_moves++] = (mera_run_move){
                    .key = p->key, .name = p->name, .rank = {NAN, NAN}, .score = {NAN, NAN}};
            }
            move[at].rank[k] = p->rank;
            move[at].score[k] = p->score;
        }
    }
    qsort(move, diff->n_moves, sizeof *move, diff_by_move);
    diff->move = move;
    return MERA_OK;
}

static mera_code runs_diff(runs_work *w)
{
    cli *c = w->c;
    mera_run_diff diff = {.n_settings = 0};
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY(runs_find(w, c->args.operands.v[1 + k], &diff.run[k]));
    }
    const mera_run *a = diff.run[0], *b = diff.run[1];
    MERA_TRY(diff_settings(c, &diff));
    diff.methodology = !mera_streq(a->methodology, b->methodology) ||
                       (!mera_streq(a->sha256, b->sha256) && diff.n_settings == 0);
    diff.data = !mera_streq(a->data, b->data);
    diff.plugins = !mera_streq(a->plugins, b->plugins);
    diff.engine = !mera_streq(a->engine, b->engine);
    MERA_TRY(diff_moves(w, &diff));
    if (cli_format_is(c, "json")) {
        return mera_report_run_diff_json(&diff, &c->out);
    }
    return cli_format_is(c, "csv") ? mera_report_run_diff_csv(&diff, &c->out)
                                   : mera_report_run_diff_table(&diff, &w->view, c->arena, &c->out);
}

mera_code cli_runs_diff(cli *c)
{
    runs_work w;
    const mera_code code = runs_open(c, &w);
    return runs_close(&w, code == MERA_OK ? runs_diff(&w) : code);
}

/* ---- curve -------------------------------------------------------------------------------- */

static int curve_by_place(const void *a, const void *b)
{
    const mera_curve_point *p = a, *q = b;
    if (p->rank != q->rank) {
        return p->rank < q->rank ? -1 : 1;
    }
    return p->run->id < q->run->id ? -1 : p->run->id > q->run->id;
}

/** Each result once, of the methodology, data and node of the last run that knows the unit. */
static mera_code curve_points(const runs_work *w, const mera_run_place *of, size_t n_results,
                              mera_curve *curve)
{
    mera_curve_point *point;
    const mera_run *last = NULL;
    size_t *seen;
    MERA_TRY_NEW(point, w->c->arena, w->n);
    MERA_TRY_NEW(seen, w->c->arena, n_results);
    for (size_t i = w->n; i-- > 0 && last == NULL;) {
        last = of[w->run[i].result].key != NULL ? &w->run[i] : NULL;
    }
    for (size_t i = 0; i < w->n; i++) {
        const mera_run *run = &w->run[i];
        const mera_run_place *place = &of[run->result];
        if (place->key == NULL || isnan(place->rank) || !mera_streq(run->node, last->node)) {
            continue;
        }
        if (!mera_streq(run->data, last->data) || !mera_streq(run->period, last->period)) {
            curve->n_other_data++;
        } else if (seen[run->result] > 0) {
            point[seen[run->result] - 1].n_runs++;
        } else {
            point[curve->n++] = (mera_curve_point){
                .run = run, .n_runs = 1, .rank = place->rank, .score = place->score};
            seen[run->result] = curve->n;
        }
    }
    qsort(point, curve->n, sizeof *point, curve_by_place);
    curve->point = point;
    return MERA_OK;
}

/** The settings of all variants, and each variant's value of them. */
static mera_code curve_settings(const runs_work *w, mera_curve *curve)
{
    mera_arena *arena = w->c->arena;
    const char **path;
    size_t room = 0;
    mera_map *seen;
    mera_curve_point *point = (mera_curve_point *)(void *)(uintptr_t)curve->point;
    for (size_t i = 0; i < curve->n; i++) {
        room += point[i].run->n_settings;
    }
    MERA_TRY_NEW(path, arena, room);
    MERA_TRY(mera_map_new(arena, room + 1, &seen));
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < curve->n; i++) {
            const mera_run *run = point[i].run;
            const char **value = NULL;
            MERA_TRY_NEW(value, arena, curve->n_settings);
            for (size_t s = 0; s < run->n_settings; s++) {
                const mera_run_setting *of = &run->setting[s];
                size_t at;
                bool added;
                MERA_TRY(
                    mera_map_put(seen, of->path, strlen(of->path), curve->n_settings, &at, &added));
                if (added) {
                    path[curve->n_settings++] = of->path;
                }
                if (pass == 1) {
                    value[at] = of->used != NULL ? of->used : "-";
                }
            }
            point[i].value = value;
        }
    }
    curve->path = path;
    return MERA_OK;
}

static mera_code runs_curve_write(const runs_work *w, const mera_curve *curve)
{
    cli *c = w->c;
    if (cli_format_is(c, "json")) {
        return mera_report_curve_json(curve, &c->out);
    }
    return cli_format_is(c, "csv") ? mera_report_curve_csv(curve, &c->out)
                                   : mera_report_curve_table(curve, &w->view, c->arena, &c->out);
}

static mera_code runs_curve(runs_work *w)
{
    cli *c = w->c;
    mera_curve curve = {.median = NAN};
    mera_run_place *of;
    size_t n;
    if (c->args.unit == NULL) {
        mera_fail(c->diags, MERA_EUSAGE, "missing-option", MERA_NOWHERE,
                  "'mera runs curve' needs --unit U: the curve is that of one unit");
        return MERA_EUSAGE;
    }
    MERA_TRY(runs_failed(w, mera_journal_unit(w->journal, c->args.unit, c->arena, &of, &n)));
    for (size_t i = 0; i < n && curve.key == NULL; i++) {
        curve.key = of[i].key;
        curve.name = of[i].name;
    }
    if (curve.key == NULL) {
        mera_fail(c->diags, MERA_EUSAGE, "unknown-unit", MERA_NOWHERE,
                  "no recorded run has a unit '%s'", c->args.unit);
        return MERA_EUSAGE;
    }
    MERA_TRY(curve_points(w, of, n, &curve));
    MERA_TRY(curve_settings(w, &curve));
    if (curve.n > 0) {
        curve.median = (curve.point[(curve.n - 1) / 2].rank + curve.point[curve.n / 2].rank) / 2;
    }
    return runs_curve_write(w, &curve);
}

mera_code cli_runs_curve(cli *c)
{
    runs_work w;
    const mera_code code = runs_open(c, &w);
    return runs_close(&w, code == MERA_OK ? runs_curve(&w) : code);
}
