/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One table-wise imputation: period by period, or all periods as one table; all units together, or
 * group by group, where a group too small to learn from takes its values from the table of all.
 */
#include "base/math.h"
#include "run/impute_tables.h"

#include <string.h>

/** A table at work: k columns over all cells. */
typedef struct table_run {
    run_score *s;
    run_job *job;
    const run_table_use *table;
    const double **x;
    double **y;
    double **spread; /**< of all cells, NULL where nothing is filled; or NULL = nobody asks */
    mera_op_ctx ctx;
    run_subject subject;
    const char *period; /**< of the span, for messages */
} table_run;

static mera_code table_call(const table_run *run, const double *const *x, size_t n,
                            const char *const *names, const char *group, double *const *y,
                            double *const *spread)
{
    const mera_use *use = run->table->use->use;
    mera_op_ctx ctx = run->ctx;
    const mera_arena_mark mark = mera_arena_mark_now(run->job->scratch);
    mera_code rc;

    ctx.unit_name = names;
    ctx.spread = spread;
    rc = use->op->table(use->op, use->params, &ctx, x, run->table->k, n, y);
    mera_arena_rewind(run->job->scratch, mark);
    if (rc != MERA_OK) {
        const bool dated = run->period[0] != '\0';
        const char *where = mera_arena_printf(
            run->job->scratch, "%s%s%s%s%s", dated ? ", period " : "", run->period,
            group != NULL ? ", group '" : "", group != NULL ? group : "", group != NULL ? "'" : "");

        return mera_run_within(run->job->diags, rc, use, &run->subject, where != NULL ? where : "");
    }
    return MERA_OK;
}

/** Names of the units of cells from..from+n. */
static mera_code table_names(const table_run *run, size_t from, size_t n, const char ***out)
{
    const mera_dataset *data = run->s->plan->data;

    MERA_TRY_NEW(*out, run->job->scratch, n);
    for (size_t i = 0; i < n; i++) {
        (*out)[i] = data->unit_name[(from + i) % data->n_units];
    }
    return MERA_OK;
}

/** Some rows of the span, as a table of their own. */
typedef struct table_rows {
    size_t *row, n; /**< cells */
    double **x, **y, **spread;
    const char **name;
} table_rows;

/** Room for standard errors of n rows, none known; NULL when nobody asks. */
static mera_code table_spread_new(const table_run *run, size_t n, double ***out)
{
    *out = NULL;
    if (run->spread == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(*out, run->job->scratch, run->table->k);
    for (size_t j = 0; j < run->table->k; j++) {
        MERA_TRY_NEW((*out)[j], run->job->scratch, n);
        (void)mera_run_fill((*out)[j], n, NAN);
    }
    return MERA_OK;
}

/** Takes over row `from` of a part's result into a cell. */
static void table_put(const table_run *run, size_t j, size_t cell, double *const *y,
                      double *const *spread, size_t from)
{
    run->y[j][cell] = y[j][from];
    if (spread != NULL && run->table->fill[j] != 0 && isnan(run->x[j][cell])) {
        run->spread[j][cell] = spread[j][from];
    }
}

static mera_code table_rows_new(const table_run *run, size_t room, table_rows *rows)
{
    mera_arena *scratch = run->job->scratch;

    MERA_TRY_NEW(rows->row, scratch, room);
    MERA_TRY_NEW(rows->x, scratch, run->table->k);
    MERA_TRY_NEW(rows->y, scratch, run->table->k);
    MERA_TRY_NEW(rows->name, scratch, room);
    for (size_t j = 0; j < run->table->k; j++) {
        MERA_TRY_NEW(rows->x[j], scratch, room);
        MERA_TRY_NEW(rows->y[j], scratch, room);
    }
    return table_spread_new(run, room, &rows->spread);
}

/** How many rows have a value, and whether one has a gap to fill. */
static size_t table_known(const table_run *run, const table_rows *rows, bool *waits)
{
    size_t known = 0;

    *waits = false;
    for (size_t r = 0; r < rows->n; r++) {
        bool some = false;

        for (size_t j = 0; j < run->table->k; j++) {
            const bool missing = isnan(run->x[j][rows->row[r]]);

            some = some || !missing;
            *waits = *waits || (missing && run->table->fill[j] != 0);
        }
        known += some;
    }
    return known;
}

static mera_code table_group(const table_run *run, const table_rows *rows, const char *label)
{
    for (size_t r = 0; r < rows->n; r++) {
        rows->name[r] = run->s->plan->data->unit_name[rows->row[r] % run->s->plan->n_units];
        for (size_t j = 0; j < run->table->k; j++) {
            rows->x[j][r] = run->x[j][rows->row[r]];
        }
    }
    for (size_t j = 0; j < run->table->k && rows->spread != NULL; j++) {
        (void)mera_run_fill(rows->spread[j], rows->n, NAN);
    }
    MERA_TRY(table_call(run, (const double *const *)rows->x, rows->n, rows->name, label, rows->y,
                        rows->spread));
    for (size_t j = 0; j < run->table->k; j++) {
        for (size_t r = 0; r < rows->n; r++) {
            table_put(run, j, rows->row[r], rows->y, rows->spread, r);
        }
    }
    return MERA_OK;
}

static mera_code table_too_small(const table_run *run, size_t known, const char *label)
{
    const mera_use *use = run->table->use->use;

    (void)mera_fail(run->job->diags, MERA_EINPUT, "small-reference", use->at,
                    "'%s' for %s has %zu unit%s to learn from in %s%s%s", use->op->name,
                    run->subject.text, known, known == 1 ? "" : "s",
                    label != NULL ? "group '" : "no group", label != NULL ? label : "",
                    label != NULL ? "'" : "");
    mera_hint(run->job->diags, "ask for `fallback: all`, or a smaller `min_units` (%zu)",
              use->reference.min_units);
    return MERA_EINPUT;
}

/** The whole span, into other columns: rows of groups that are too small take theirs from there. */
static mera_code table_whole(const table_run *run, size_t from, size_t n, double **y,
                             double **spread)
{
    const double **x;
    const char **names;

    MERA_TRY_NEW(x, run->job->scratch, run->table->k);
    MERA_TRY(table_names(run, from, n, &names));
    for (size_t j = 0; j < run->table->k; j++) {
        x[j] = run->x[j] + from;
    }
    return table_call(run, x, n, names, NULL, y, spread);
}

static mera_code table_fallback(const table_run *run, const table_rows *rows, size_t from, size_t n,
                                table_rows *whole)
{
    if (whole->y == NULL) {
        MERA_TRY_NEW(whole->y, run->job->scratch, run->table->k);
        for (size_t j = 0; j < run->table->k; j++) {
            MERA_TRY_NEW(whole->y[j], run->job->scratch, n);
        }
        MERA_TRY(table_spread_new(run, n, &whole->spread));
        MERA_TRY(table_whole(run, from, n, whole->y, whole->spread));
    }
    for (size_t j = 0; j < run->table->k; j++) {
        for (size_t r = 0; r < rows->n; r++) {
            table_put(run, j, rows->row[r], whole->y, whole->spread, rows->row[r] - from);
        }
    }
    return MERA_OK;
}

static mera_code table_by_groups(const table_run *run, size_t from, size_t n)
{
    const run_grouping *by = run->table->use->by;
    const mera_reference *ref = &run->table->use->use->reference;
    table_rows rows = {.n = 0}, whole = {.n = 0};

    MERA_TRY(table_rows_new(run, n, &rows));
    for (size_t g = 0; g <= by->labels.n; g++) {
        const int32_t code = g < by->labels.n ? (int32_t)g : -1;
        const char *label = g < by->labels.n ? by->labels.v[g] : NULL;
        bool waits;
        size_t known;

        rows.n = 0;
        for (size_t i = from; i < from + n; i++) {
            rows.row[rows.n] = i;
            rows.n += by->code[i] == code;
        }
        known = table_known(run, &rows, &waits);
        if (!waits) {
            continue;
        }
        if (label != NULL && known >= (ref->min_units > 1 ? ref->min_units : 1)) {
            MERA_TRY(table_group(run, &rows, label));
        } else if (ref->fallback_all) {
            MERA_TRY(table_fallback(run, &rows, from, n, &whole));
        } else {
            return table_too_small(run, known, label);
        }
    }
    return MERA_OK;
}

/** The cells from..from+n as one table, or group by group. */
static mera_code table_span(const table_run *run, size_t from, size_t n)
{
    const mera_arena_mark mark = mera_arena_mark_now(run->job->scratch);
    double **y, **spread = NULL;

    if (run->table->use->by != NULL) {
        MERA_TRY(table_by_groups(run, from, n));
    } else {
        MERA_TRY_NEW(y, run->job->scratch, run->table->k);
        for (size_t j = 0; j < run->table->k; j++) {
            y[j] = run->y[j] + from;
        }
        if (run->spread != NULL) {
            MERA_TRY_NEW(spread, run->job->scratch, run->table->k);
        }
        for (size_t j = 0; j < run->table->k && spread != NULL; j++) {
            spread[j] = run->spread[j] != NULL ? run->spread[j] + from : NULL;
        }
        MERA_TRY(table_whole(run, from, n, y, spread));
    }
    mera_arena_rewind(run->job->scratch, mark);
    return MERA_OK;
}

/** Ids, directions and values of the indicators; room for what is filled, as copies of them. */
static mera_code table_open(table_run *run, run_table_use *table)
{
    const size_t cells = run->s->plan->n_work * run->s->plan->n_units;
    const char **name;
    mera_direction *direction;

    MERA_TRY_NEW(name, run->job->scratch, table->k);
    MERA_TRY_NEW(direction, run->job->scratch, table->k);
    MERA_TRY_NEW(run->x, run->job->scratch, table->k);
    MERA_TRY_NEW(run->y, run->job->scratch, table->k);
    if (run->s->with->spread) {
        MERA_TRY_NEW(run->spread, run->job->scratch, table->k);
    }
    for (size_t j = 0; j < table->k; j++) {
        const mera_indicator *def = &run->s->plan->methodology->indicator[table->member[j]];
        mera_arena *arena = table->fill[j] != 0 ? run->job->keep : run->job->scratch;

        name[j] = def->id;
        direction[j] = def->direction;
        run->x[j] = run->s->cells[table->member[j]].stage[MERA_STAGE_IMPUTED];
        run->y[j] = mera_arena_alloc(arena, cells, sizeof(double));
        MERA_TRY_PTR(run->y[j]);
        memcpy(run->y[j], run->x[j], cells * sizeof(double));
        table->y[j] = table->fill[j] != 0 ? run->y[j] : NULL;
        if (run->spread != NULL && table->fill[j] != 0) {
            run->spread[j] = run->s->cells[table->member[j]].spread_room;
        }
    }
    run->ctx.child_name = name;
    run->ctx.child_direction = direction;
    run->ctx.fill = table->fill;
    return MERA_OK;
}

static bool table_has_gaps(const table_run *run)
{
    const size_t cells = run->s->plan->n_work * run->s->plan->n_units;

    for (size_t j = 0; j < run->table->k; j++) {
        if (run->table->fill[j] != 0 && mera_run_count_missing(run->x[j], cells) > 0) {
            return true;
        }
    }
    return false;
}

mera_code mera_run_impute_table(run_score *s, run_job *job, size_t t)
{
    const mera_plan *plan = s->plan;
    run_table_use *table = &s->tables->v[t];
    const mera_use *use = table->use->use;
    table_run run = {.s = s,
                     .job = job,
                     .table = table,
                     .subject = {.indicator = SIZE_MAX, .node = SIZE_MAX},
                     .period = ""};

    run.subject.text = table->node == RUN_NO_NODE ? plan->indicator[table->member[0]].subject
                                                  : plan->node[table->node].subject;
    run.ctx = mera_run_ctx(s, job, &run.subject, use);
    MERA_TRY(table_open(&run, table));
    if (!table_has_gaps(&run)) {
        return MERA_OK;
    }
    if (use->reference.period == MERA_PERIOD_ALL) {
        return table_span(&run, 0, plan->n_work * plan->n_units);
    }
    for (size_t p = 0; p < plan->n_work; p++) {
        run.period = plan->period_label[p];
        MERA_TRY(table_span(&run, p * plan->n_units, plan->n_units));
    }
    return MERA_OK;
}
