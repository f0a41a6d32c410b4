/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Audit 9: the choices of 7, 8 and 11 drawn together in a Sobol' design, and the variance of the
 * mean shift of places shared out among them: weights as in 7, the normalisations of 8 beside the
 * one as written, arithmetic and geometric means beside the aggregators as written, all indicators
 * or all but one.
 *
 * A choice that has no answer at all is left out before anything is drawn, so that rows of the
 * design are not lost to it: a normalisation by trial under the aggregators as written, an
 * aggregator by trial under every normalisation that stays.
 *
 * source  Saisana, Saltelli, Tarantola, JRSS A 168 (2005) 307
 */
#include "analysis/audit_points.h"
#include "base/math.h"

#define SOBOL_B (UINT64_C(1) << 40) /* draws of weights of design B are numbered from here */

enum { SOBOL_POINTS = 4, SOBOL_AGGREGATES = 3 };

/** One of the choices; the first of each kind is as written: NULL. */
typedef struct sobol_choice {
    const char *id;
    const double *const *points;
    const mera_use *const *aggregate;
} sobol_choice;

typedef struct sobol_run {
    const audit_run *audit;
    size_t n_points, n_aggregates;
    sobol_choice points[SOBOL_POINTS], aggregate[SOBOL_AGGREGATES];
    size_t n_parts, *part; /**< indicators that count in the index */
    size_t rows, n_inputs;
    mera_audit_input input[MERA_AUDIT_INPUTS];
    const double *u; /**< [run * n_inputs + input] */
    double *y;       /**< per run; NaN = no answer */
    bool answers[SOBOL_POINTS][SOBOL_AGGREGATES];
} sobol_run;

/* ---- the choices ---- */

/** Is every node's own aggregator that one already? */
static bool sobol_is_own(const audit_run *audit, const mera_op *op)
{
    for (size_t k = 0; k < audit->m->n_nodes; k++) {
        if (audit->m->node[k].aggregate.op != op) {
            return false;
        }
    }
    return true;
}

static mera_code sobol_aggregate(sobol_run *run, const char *id)
{
    const audit_run *audit = run->audit;
    const mera_use **aggregate;
    mera_use *use;
    mera_diags *diags = mera_diags_new(audit->arena);
    MERA_TRY_PTR(diags);
    MERA_TRY_NEW(use, audit->arena, 1);
    MERA_TRY(mera_audit_use(audit, id, audit->arena, diags, use));
    if (sobol_is_own(audit, use->op)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(aggregate, audit->arena, audit->m->n_nodes);
    for (size_t k = 0; k < audit->m->n_nodes; k++) {
        aggregate[k] = use;
    }
    run->aggregate[run->n_aggregates++] = (sobol_choice){.id = id, .aggregate = aggregate};
    return MERA_OK;
}

static mera_code sobol_choices(sobol_run *run)
{
    static const struct {
        const char *id;
        audit_points how;
    } points[] = {
        {"minmax", AUDIT_MINMAX}, {"zscore", AUDIT_ZSCORE}, {"percentile_rank", AUDIT_PERCENTILE}};
    const audit_run *audit = run->audit;
    run->points[run->n_points++].id = run->aggregate[run->n_aggregates++].id = "as_written";
    for (size_t i = 0; i < 3 && !mera_again_crosses(audit->again); i++) {
        sobol_choice *choice = &run->points[run->n_points++];
        choice->id = points[i].id;
        MERA_TRY(mera_audit_points(audit, points[i].how, audit->arena, &choice->points));
    }
    MERA_TRY(sobol_aggregate(run, "arithmetic"));
    MERA_TRY(sobol_aggregate(run, "geometric"));
    MERA_TRY_NEW(run->part, audit->arena, audit->audit->n_indicators);
    for (size_t j = 0; j < audit->audit->n_indicators; j++) {
        const size_t column = audit->audit->indicator[j].column;
        if (audit->sheet.effective[column] > 0) {
            run->part[run->n_parts++] = column - audit->sheet.n_nodes;
        }
    }
    return MERA_OK;
}

static mera_code sobol_shift(const sobol_run *run, const mera_again_change *change,
                             const mera_again_room *room, double *shift)
{
    mera_again_scores made;
    mera_shift moved;
    *shift = NAN;
    const mera_code code = mera_again_score(run->audit->again, change, room, NULL, &made);
    if (code != MERA_OK) {
        return code == MERA_EINPUT ? MERA_OK : code; /* no answer */
    }
    MERA_TRY(mera_audit_shift(run->audit, made.rank, room->scratch, &moved));
    *shift = moved.mean;
    return MERA_OK;
}

static mera_code sobol_try(void *context, size_t i, const mera_again_room *room)
{
    sobol_run *run = context;
    const size_t p = i / run->n_aggregates, a = i % run->n_aggregates;
    const mera_again_change change = {.points = run->points[p].points,
                                      .aggregate = run->aggregate[a].aggregate};
    double shift;
    MERA_TRY(sobol_shift(run, &change, room, &shift));
    run->answers[p][a] = !isnan(shift);
    return MERA_OK;
}

/** Only what has an answer stays. */
static void sobol_keep(sobol_run *run)
{
    size_t n_points = 0, n_aggregates = 0, kept[SOBOL_POINTS];
    for (size_t p = 0; p < run->n_points; p++) {
        if (run->answers[p][0]) {
            kept[n_points] = p;
            run->points[n_points++] = run->points[p];
        }
    }
    for (size_t a = 0; a < run->n_aggregates; a++) {
        bool all = true;
        for (size_t p = 0; p < n_points; p++) {
            all = all && run->answers[kept[p]][a];
        }
        if (all) {
            run->aggregate[n_aggregates++] = run->aggregate[a];
        }
    }
    run->n_points = n_points;
    run->n_aggregates = n_aggregates;
}

static mera_code sobol_input(sobol_run *run, mera_audit_open kind, const sobol_choice *choice,
                             size_t n)
{
    mera_audit_input *input = &run->input[run->n_inputs++];
    const char **id;
    MERA_TRY_NEW(id, run->audit->arena, n);
    for (size_t i = 0; i < n; i++) {
        id[i] = choice[i].id;
    }
    *input = (mera_audit_input){.kind = kind, .n = n, .choice = id};
    return MERA_OK;
}

/** What has one choice only is no input. */
static mera_code sobol_inputs(sobol_run *run)
{
    if (run->audit->rules->setting[MERA_AUDIT_weight_range] > 0) {
        MERA_TRY(sobol_input(run, MERA_AUDIT_OPEN_WEIGHTS, NULL, 0));
    }
    if (run->n_points > 1) {
        MERA_TRY(sobol_input(run, MERA_AUDIT_OPEN_NORMALISATION, run->points, run->n_points));
    }
    if (run->n_aggregates > 1) {
        MERA_TRY(sobol_input(run, MERA_AUDIT_OPEN_AGGREGATION, run->aggregate, run->n_aggregates));
    }
    if (run->n_parts > 1) {
        MERA_TRY(sobol_input(run, MERA_AUDIT_OPEN_INCLUSION, NULL, 0));
    }
    return MERA_OK;
}

/* ---- runs ---- */

static size_t sobol_pick(double u, size_t n)
{
    const size_t i = (size_t)(u * (double)n);
    return i < n ? i : n - 1;
}

static mera_code sobol_change(const sobol_run *run, size_t i, size_t input, mera_arena *arena,
                              mera_again_change *change)
{
    const size_t part = i / run->rows, row = i % run->rows;
    const double u = run->u[i * run->n_inputs + input];
    const double **weight;
    uint8_t *left_out;
    size_t pick;
    switch (run->input[input].kind) {
    case MERA_AUDIT_OPEN_WEIGHTS: /* the whole draw is one input, of A or of B */
        MERA_TRY(mera_audit_weights(
            run->audit, row + (part == 1 || part == 2 + input ? SOBOL_B : 0), arena, &weight));
        change->weight = weight;
        return MERA_OK;
    case MERA_AUDIT_OPEN_NORMALISATION:
        change->points = run->points[sobol_pick(u, run->n_points)].points;
        return MERA_OK;
    case MERA_AUDIT_OPEN_AGGREGATION:
        change->aggregate = run->aggregate[sobol_pick(u, run->n_aggregates)].aggregate;
        return MERA_OK;
    case MERA_AUDIT_OPEN_INCLUSION:
        MERA_TRY_NEW(left_out, arena, run->audit->m->n_indicators);
        pick = sobol_pick(u, 1 + run->n_parts); /* 0: all are in */
        if (pick > 0) {
            left_out[run->part[pick - 1]] = 1;
        }
        change->left_out = left_out;
        return MERA_OK;
    }
    return MERA_OK;
}

static mera_code sobol_one(void *context, size_t i, const mera_again_room *room)
{
    const sobol_run *run = context;
    mera_again_change change = {.points = NULL};
    for (size_t j = 0; j < run->n_inputs; j++) {
        MERA_TRY(sobol_change(run, i, j, room->arena, &change));
    }
    return sobol_shift(run, &change, room, &run->y[i]);
}

static mera_code sobol_draw(sobol_run *run, mera_audit_sobol *out)
{
    const audit_run *audit = run->audit;
    const mera_sobol_design design = {.n = run->rows, .k = run->n_inputs, .seed = audit->m->seed};
    mera_audit_input *input;
    double *u;
    out->runs = mera_sobol_runs(&design);
    MERA_TRY_NEW(u, audit->arena, out->runs * run->n_inputs);
    MERA_TRY_NEW(run->y, audit->arena, out->runs);
    MERA_TRY_NEW(input, audit->arena, run->n_inputs);
    MERA_TRY(mera_sobol_inputs(&design, 0, out->runs, audit->arena, u));
    run->u = u;
    MERA_TRY(mera_again_each(audit->again, out->runs, sobol_one, run));
    const mera_sobol_ask ask = {
        .n = run->rows, .d = run->n_inputs, .y = run->y, .seed = audit->m->seed};
    MERA_TRY(mera_sobol_of(&ask, audit->arena, NULL, &out->sobol));
    for (size_t j = 0; j < run->n_inputs; j++) {
        input[j] = run->input[j];
    }
    out->input = input;
    out->n_inputs = run->n_inputs;
    out->made = out->sobol.n >= run->rows / 2;
    out->why = out->made ? NULL : "hardly a row of the design has an answer in all of its runs";
    return MERA_OK;
}

mera_code mera_audit_shares(audit_run *audit)
{
    mera_audit_sobol *out = &audit->audit->sobol;
    sobol_run run = {.audit = audit, .rows = (size_t)audit->rules->setting[MERA_AUDIT_sobol_rows]};
    out->rows = run.rows;
    if (run.rows == 0) {
        out->why = "`audit: {sobol_rows: 0}` leaves it out";
        return MERA_OK;
    }
    MERA_TRY(sobol_choices(&run));
    MERA_TRY(mera_again_each(audit->again, run.n_points * run.n_aggregates, sobol_try, &run));
    sobol_keep(&run);
    MERA_TRY(sobol_inputs(&run));
    if (run.n_inputs < 2) {
        out->why = "fewer than two choices have an answer";
        return MERA_OK;
    }
    return sobol_draw(&run, out);
}
