/* SPDX-License-Identifier: Apache-2.0 */
/** @file Certificates: of weights, then of units over all weights that laws allow. */
#include "analysis/certify.h"

#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "base/threads.h"

typedef struct certify {
    robust_run *run;
    const mera_certify_ask *ask;
    mera_certified *out;
    certify_table table;
    mera_certified_unit *unit;
} certify;

/* Indicators below, their shares down the tree. */
static mera_code certify_leaves(const robust_run *run, mera_columns *columns, double **weight)
{
    const bool turned = run->result->methodology->node[run->ask->node].lower_is_better;
    const size_t n = run->result->n_units;
    const double **x;
    double *share;
    MERA_TRY_NEW(x, run->arena, run->k);
    MERA_TRY_NEW(*weight, run->arena, run->k);
    MERA_TRY_NEW(share, run->arena, run->n_nodes);
    share[0] = 1;
    for (size_t v = 0; v < run->n_nodes; v++) {
        const mera_weight_node *node = &run->node[v];
        double sum = 0;
        for (size_t p = 0; p < node->n; p++) {
            sum += node->part[p].weight;
        }
        for (size_t p = 0; p < node->n; p++) {
            const mera_weight_part *part = &node->part[p];
            (part->is_node ? share : *weight)[part->index] = share[v] * part->weight / sum;
        }
    }
    for (size_t j = 0; j < run->k; j++) {
        double *y;
        MERA_TRY_NEW(y, run->arena, n);
        for (size_t i = 0; i < n; i++) {
            y[i] = turned ? -run->z[j][i] : run->z[j][i];
        }
        x[j] = y;
    }
    *columns = (mera_columns){.x = x, .n = n, .k = run->k};
    return MERA_OK;
}

static mera_code certify_names(certify *c, const mera_columns *parts)
{
    const robust_run *run = c->run;
    const mera_methodology *m = run->result->methodology;
    mera_robust_part *part, *column;
    MERA_TRY_NEW(part, run->arena, parts->k);
    MERA_TRY_NEW(column, run->arena, c->table.columns.k);
    for (size_t j = 0; j < parts->k; j++) {
        const mera_child *child = &m->node[run->number[0]].child[run->child[0][j]];
        part[j] = (mera_robust_part){.is_indicator = child->is_indicator, .index = child->index};
    }
    for (size_t v = 0; v < run->n_nodes && c->table.whole; v++) {
        for (size_t p = 0; p < run->node[v].n; p++) {
            if (!run->node[v].part[p].is_node) {
                column[run->node[v].part[p].index] = (mera_robust_part){
                    .is_indicator = true,
                    .index = m->node[run->number[v]].child[run->child[v][p]].index};
            }
        }
    }
    c->out->part = part;
    c->out->n_parts = parts->k;
    double *given, sum = 0;
    MERA_TRY_NEW(given, run->arena, c->table.columns.k);
    for (size_t j = 0; j < c->table.columns.k; j++) {
        sum += c->table.weight[j];
    }
    for (size_t j = 0; j < c->table.columns.k; j++) {
        given[j] = c->table.weight[j] / sum;
    }
    c->out->given = given;
    c->out->column = c->table.whole ? column : part;
    c->out->n_columns = c->table.columns.k;
    return MERA_OK;
}

/* Which columns: indicators when nobody drops out by that. */
static mera_code certify_columns(certify *c, mera_columns *parts, double **weight)
{
    const robust_run *run = c->run;
    MERA_TRY(mera_robust_parts(run, 0, parts, weight));
    c->out->n_units = mera_robust_complete(parts);
    c->table.columns = *parts;
    c->table.weight = *weight;
    if (run->n_nodes > 1 && mera_certify_tree(run)) {
        mera_columns leaves;
        double *share;
        MERA_TRY(certify_leaves(run, &leaves, &share));
        if (mera_robust_complete(&leaves) == c->out->n_units) {
            c->table.whole = true;
            c->table.columns = leaves;
            c->table.weight = share;
        }
    }
    c->out->whole = c->table.whole || run->n_nodes == 1;
    MERA_TRY(certify_names(c, parts));
    return mera_certify_allowed(run, &c->table);
}

/* Units in the order of neighbours, with what holds of each pair. */
static mera_code certify_order(certify *c, const mera_columns *parts, const double *weight)
{
    mera_arena *arena = c->run->arena;
    mera_epsilon *pair;
    size_t n;
    MERA_TRY(mera_epsilons_of(parts, weight, arena, &pair, &n));
    MERA_TRY_NEW(c->unit, arena, c->out->n_units);
    for (size_t r = 0; r < c->out->n_units; r++) {
        const size_t unit = r == 0 ? pair[0].upper : pair[r - 1].lower;
        const bool last = r == n;
        c->unit[r] = (mera_certified_unit){.unit = unit,
                                           .place = r + 1,
                                           .hasse = c->out->hasse.unit[unit],
                                           .epsilon = last ? NAN : pair[r].epsilon,
                                           .speaks = last ? SIZE_MAX : pair[r].column};
    }
    return MERA_OK;
}

/* Equal scores share the least place. */
static void certify_ties(const certify *c, const mera_columns *parts, const double *weight)
{
    double before = NAN;
    for (size_t r = 0; r < c->out->n_units; r++) {
        double score = 0;
        for (size_t j = 0; j < parts->k; j++) {
            score += weight[j] * parts->x[j][c->unit[r].unit];
        }
        if (r > 0 && score == before) {
            c->unit[r].place = c->unit[r - 1].place;
        }
        before = score;
    }
}

/* ---- the search ---- */

enum { CERTIFY_AT_ONCE = 16 }; /* units that are looked at side by side */

typedef struct certify_seat {
    mera_certified_unit *unit;
    mera_arena *room; /* what the search finds, and its scratch */
    mera_diags *diags;
} certify_seat;

typedef struct certify_batch {
    certify *c;
    mera_pool *pool;
    certify_seat seat[CERTIFY_AT_ONCE];
    size_t n;
} certify_batch;

static mera_code certify_job(void *context, size_t i, unsigned worker)
{
    (void)worker;
    const certify_batch *batch = context;
    const certify *c = batch->c;
    const certify_seat *seat = &batch->seat[i];
    const size_t limit = c->ask->limit > 0 || c->ask->one ? c->ask->limit : MERA_REACH_QUICK;
    mera_certified_unit *unit = seat->unit;
    MERA_TRY(mera_reach_of(&c->table.columns, &c->table.allowed, unit->unit, limit, seat->room,
                           seat->diags, &unit->reach));
    return mera_first_of(&c->table.columns, &c->table.allowed, unit->unit, seat->room, seat->diags,
                         &unit->first);
}

static mera_code certify_keep(const certify *c, const double **w)
{
    double *kept;
    MERA_TRY_NEW(kept, c->run->arena, c->table.columns.k);
    memcpy(kept, *w, c->table.columns.k * sizeof *kept);
    *w = kept;
    return MERA_OK;
}

static mera_code certify_found(certify *c, mera_certified_unit *unit)
{
    unit->looked_for = true;
    c->out->n_looked_for++;
    c->out->n_cut += (unit->reach.best.place != unit->reach.best.bound) +
                     (unit->reach.worst.place != unit->reach.worst.bound);
    MERA_TRY(certify_keep(c, &unit->reach.best.w));
    MERA_TRY(certify_keep(c, &unit->reach.worst.w));
    return certify_keep(c, &unit->first.w);
}

/* Searches for those that have a seat, and empties it. */
static mera_code certify_batch_run(certify_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        batch->seat[i].room = mera_arena_new();
        MERA_TRY_PTR(batch->seat[i].room);
        batch->seat[i].diags = mera_diags_new(batch->seat[i].room);
        MERA_TRY_PTR(batch->seat[i].diags);
    }
    mera_code code = mera_pool_run(batch->pool, batch->n, certify_job, batch);
    for (size_t i = 0; i < batch->n; i++) {
        if (code != MERA_OK) {
            return mera_diags_merge(batch->c->run->diags, batch->seat[i].diags) == MERA_OK
                       ? code
                       : MERA_ENOMEM;
        }
        MERA_TRY(certify_found(batch->c, batch->seat[i].unit));
    }
    return MERA_OK;
}

static void certify_batch_free(certify_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        mera_arena_free(batch->seat[i].room);
        batch->seat[i].room = NULL;
    }
    batch->n = 0;
}

static bool certify_goes_on(certify *c, size_t done)
{
    const mera_certify_ask *ask = c->ask;
    c->out->stopped = ask->progress != NULL && !ask->progress(ask->context, done, c->out->n_units);
    return !c->out->stopped;
}

static mera_code certify_search(certify *c, mera_pool *pool)
{
    const size_t at_once = mera_pool_size(pool) > 1 ? CERTIFY_AT_ONCE : 1;
    certify_batch batch = {.c = c, .pool = pool};
    mera_code code = MERA_OK;
    for (size_t r = 0; code == MERA_OK && r < c->out->n_units && certify_goes_on(c, r);) {
        for (; r < c->out->n_units && batch.n < at_once; r++) {
            if (!c->ask->one || c->unit[r].unit == c->ask->unit) {
                batch.seat[batch.n++].unit = &c->unit[r];
            }
        }
        code = certify_batch_run(&batch);
        certify_batch_free(&batch);
    }
    return code;
}

static mera_code certify_units(certify *c)
{
    mera_columns parts;
    double *weight;
    c->out->why_none = mera_robust_why_none(c->run, 0);
    if (c->out->why_none != MERA_ROBUST_FINE) {
        return MERA_OK;
    }
    MERA_TRY(certify_columns(c, &parts, &weight));
    if (c->out->n_units < 2) {
        c->out->why_none = MERA_ROBUST_FEW_UNITS;
        return MERA_OK;
    }
    MERA_TRY(mera_hasse_of(&c->table.columns, c->run->arena, &c->out->hasse));
    MERA_TRY(certify_order(c, &parts, weight));
    certify_ties(c, &parts, weight);
    c->out->unit = c->unit;
    mera_pool *pool;
    MERA_TRY(mera_pool_open(c->ask->threads, &pool));
    const mera_code code = certify_search(c, pool);
    mera_pool_close(pool);
    return code;
}

mera_code mera_certify_of(mera_plan *plan, const mera_result *result, const mera_certify_ask *ask,
                          mera_arena *arena, mera_diags *diags, mera_certified *out)
{
    const mera_robust_ask robust_ask = {.node = ask->node, .period = ask->period};
    mera_robust robust = {0};
    robust_run run = {.plan = plan,
                      .result = result,
                      .ask = &robust_ask,
                      .out = &robust,
                      .arena = arena,
                      .diags = diags};
    if (ask->one && ask->unit >= result->n_units) {
        return MERA_EUSAGE;
    }
    MERA_TRY(mera_robust_begin(&run));
    *out = (mera_certified){.node = ask->node,
                            .period = ask->period,
                            .rules = robust.rules,
                            .n_ranked = robust.n_ranked};
    MERA_TRY(mera_certify_weights(&run, out));
    certify c = {.run = &run, .ask = ask, .out = out};
    return certify_units(&c);
}
