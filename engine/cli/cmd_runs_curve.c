/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera runs curve: one unit's places over every variant that was tried. */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/math.h"
#include "cli/cmd_runs.h"

static int curve_by_place(const void *a, const void *b)
{
    const mera_curve_point *p = a, *q = b;
    if (p->rank != q->rank) {
        return p->rank < q->rank ? -1 : 1;
    }
    return p->run->id < q->run->id ? -1 : p->run->id > q->run->id;
}

/** Each result once, of the methodology, data and node of the last run that knows the unit. */
static mera_code curve_points(const cli_runs_work *w, const mera_run_place *of, size_t n_results,
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

/** A setting that some variant changed. */
typedef struct curve_path {
    const char *path;
    size_t n, first; /**< in how many variants; which it was of all */
} curve_path;

static int curve_by_use(const void *a, const void *b)
{
    const curve_path *p = a, *q = b;
    if (p->n != q->n) {
        return p->n > q->n ? -1 : 1;
    }
    return p->first < q->first ? -1 : p->first > q->first;
}

/** The settings of all variants: those that most of them changed first, a table has room for few.
 */
static mera_code curve_paths(const cli_runs_work *w, mera_curve *curve, mera_map **number)
{
    mera_arena *arena = w->c->arena;
    curve_path *all;
    const char **path;
    mera_map *seen;
    size_t room = 0;
    bool added;
    for (size_t i = 0; i < curve->n; i++) {
        room += curve->point[i].run->n_settings;
    }
    MERA_TRY_NEW(all, arena, room);
    MERA_TRY_NEW(path, arena, room);
    MERA_TRY(mera_map_new(arena, room + 1, &seen));
    MERA_TRY(mera_map_new(arena, room + 1, number));
    for (size_t i = 0; i < curve->n; i++) {
        const mera_run *run = curve->point[i].run;
        for (size_t s = 0; s < run->n_settings; s++) {
            const char *of = run->setting[s].path;
            size_t at;
            MERA_TRY(mera_map_put(seen, of, strlen(of), curve->n_settings, &at, &added));
            if (added) {
                all[curve->n_settings++] = (curve_path){.path = of, .first = at};
            }
            all[at].n++;
        }
    }
    qsort(all, curve->n_settings, sizeof *all, curve_by_use);
    for (size_t k = 0; k < curve->n_settings; k++) {
        size_t at;
        path[k] = all[k].path;
        MERA_TRY(mera_map_put(*number, path[k], strlen(path[k]), k, &at, &added));
    }
    curve->path = path;
    return MERA_OK;
}

/** Each variant's value of every setting. */
static mera_code curve_settings(const cli_runs_work *w, mera_curve *curve)
{
    mera_curve_point *point = (mera_curve_point *)(void *)(uintptr_t)curve->point;
    mera_map *number;
    MERA_TRY(curve_paths(w, curve, &number));
    for (size_t i = 0; i < curve->n; i++) {
        const mera_run *run = point[i].run;
        const char **value;
        MERA_TRY_NEW(value, w->c->arena, curve->n_settings);
        for (size_t s = 0; s < run->n_settings; s++) {
            const mera_run_setting *of = &run->setting[s];
            value[mera_map_get(number, of->path, strlen(of->path))] =
                of->used != NULL ? of->used : "-";
        }
        point[i].value = value;
    }
    return MERA_OK;
}

static mera_code runs_curve_write(const cli_runs_work *w, const mera_curve *curve)
{
    cli *c = w->c;
    if (cli_format_is(c, "json")) {
        return mera_report_curve_json(curve, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, NULL));
        return mera_report_curve_rows(curve, &c->rows);
    }
    return mera_report_curve_table(curve, &w->view, c->arena, &c->out);
}

static mera_code runs_curve(cli_runs_work *w)
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
    MERA_TRY(cli_runs_failed(w, mera_journal_unit(w->journal, c->args.unit, c->arena, &of, &n)));
    for (size_t i = 0; i < n && curve.key == NULL; i++) {
        curve.key = of[i].key;
        curve.name = of[i].name;
    }
    if (curve.key == NULL) {
        mera_fail(c->diags, MERA_EUSAGE, "unknown-unit", MERA_NOWHERE,
                  "no recorded run has a unit '%s'", c->args.unit);
        mera_hint(c->diags, "'mera runs show METHODOLOGY RUN' lists the units of a run");
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
    cli_runs_work w;
    const mera_code code = cli_runs_open(c, &w);
    return cli_runs_close(&w, code == MERA_OK ? runs_curve(&w) : code);
}
