/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera runs: every variant that was tried, out of the record. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/math.h"
#include "cli/cmd_runs.h"
#include "cli/keep.h"
#include "io/file.h"

mera_code cli_runs_failed(const cli_runs_work *w, mera_code code)
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

mera_code cli_runs_open(cli *c, cli_runs_work *w)
{
    const char *path, *why = NULL;
    *w = (cli_runs_work){.c = c, .view = {.view = c->view, .top = c->args.top.value}};
    MERA_TRY(cli_keep_path(c, c->args.operands.v[0], &path));
    if (path == NULL || !mera_file_exists(path)) {
        return runs_none(c, path, NULL);
    }
    const mera_code code = mera_journal_open(path, false, c->arena, &w->journal, &why);
    if (code != MERA_OK) {
        return code == MERA_ESYSTEM ? runs_none(c, path, why) : code;
    }
    return cli_runs_failed(w, mera_journal_runs(w->journal, c->arena, &w->run, &w->n));
}

mera_code cli_runs_close(cli_runs_work *w, mera_code code)
{
    mera_journal_close(w->journal);
    return code;
}

/** The run of a number on the command line. */
static mera_code runs_find(const cli_runs_work *w, const char *number, const mera_run **out)
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

static mera_code runs_list(cli_runs_work *w)
{
    cli *c = w->c;
    if (cli_format_is(c, "json")) {
        return mera_report_runs_json(w->run, w->n, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, NULL));
        return mera_report_runs_rows(w->run, w->n, c->arena, &c->rows);
    }
    return mera_report_runs_table(w->run, w->n, &w->view, c->arena, &c->out);
}

mera_code cli_runs_list(cli *c)
{
    cli_runs_work w;
    const mera_code code = cli_runs_open(c, &w);
    return cli_runs_close(&w, code == MERA_OK ? runs_list(&w) : code);
}

static mera_code runs_show(cli_runs_work *w)
{
    cli *c = w->c;
    const mera_run *run;
    mera_run_place *place;
    size_t n;
    MERA_TRY(runs_find(w, c->args.operands.v[1], &run));
    MERA_TRY(
        cli_runs_failed(w, mera_journal_places(w->journal, run->result, c->arena, &place, &n)));
    if (cli_format_is(c, "json")) {
        return mera_report_run_json(run, place, n, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, NULL));
        return mera_report_run_rows(place, n, &c->rows);
    }
    return mera_report_run_table(run, place, n, &w->view, c->arena, &c->out);
}

mera_code cli_runs_show(cli *c)
{
    cli_runs_work w;
    const mera_code code = cli_runs_open(c, &w);
    return cli_runs_close(&w, code == MERA_OK ? runs_show(&w) : code);
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

static mera_code diff_moves(cli_runs_work *w, mera_run_diff *diff)
{
    mera_arena *arena = w->c->arena;
    mera_run_place *place[2];
    mera_run_move *move;
    mera_map *seen;
    size_t n[2];
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY(cli_runs_failed(
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

static mera_code runs_diff(cli_runs_work *w)
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
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, NULL));
        return mera_report_run_diff_rows(&diff, &c->rows);
    }
    return mera_report_run_diff_table(&diff, &w->view, c->arena, &c->out);
}

mera_code cli_runs_diff(cli *c)
{
    cli_runs_work w;
    const mera_code code = cli_runs_open(c, &w);
    return cli_runs_close(&w, code == MERA_OK ? runs_diff(&w) : code);
}
