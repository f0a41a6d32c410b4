/* SPDX-License-Identifier: Apache-2.0 */
/** @file A combination of choices made ready: project, plan, errors, columns, tree. */
#include <string.h>

#include "analysis/joint.h"
#include "base/math.h"
#include "base/text.h"
#include "draws/random.h"

#define JOINT_NOISE 0x60000000u /* streams of errors: weights' are below */

/* ---- settings ---- */

static mera_code prepare_number(double x, mera_at at, mera_arena *arena, const mera_value **out)
{
    mera_value *value;
    const char *text = mera_arena_printf(arena, "%.17g", x);
    MERA_TRY_PTR(text);
    MERA_TRY(mera_value_scalar(arena, text, false, at, &value));
    *out = value;
    return MERA_OK;
}

static mera_code prepare_change(const mera_factor *f, double u, mera_arena *arena,
                                mera_change *change, size_t *n)
{
    const mera_value *value = NULL;
    if (f->kind == MERA_FACTOR_RANGE) {
        MERA_TRY(
            prepare_number(f->range[0] + u * (f->range[1] - f->range[0]), f->at, arena, &value));
    } else {
        value = f->value[mera_joint_pick(u, f->n)];
    }
    for (size_t p = 0; p < f->n_paths; p++) {
        change[(*n)++] = (mera_change){f->path[p], f->at, value};
    }
    return MERA_OK;
}

/* The settings of a point as changes; *variant is one or NULL. */
static mera_code prepare_changes(const mera_joint *joint, const double *u, mera_arena *arena,
                                 const char **variant, mera_change **change, size_t *n)
{
    size_t room = 0;
    *variant = NULL;
    *n = 0;
    for (size_t f = 1; f < joint->n_factors; f++) {
        room += mera_joint_factor(joint, f)->n_paths;
    }
    MERA_TRY_NEW(*change, arena, room);
    for (size_t f = 1; f < joint->n_factors; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        if (factor->kind == MERA_FACTOR_VARIANT) {
            *variant = factor->label[mera_joint_pick(u[f], factor->n)];
        } else if (factor->n_paths > 0) {
            MERA_TRY(prepare_change(factor, u[f], arena, *change, n));
        }
    }
    return MERA_OK;
}

/* Alone, nobody else may use the caller's own plan at the same time. */
static mera_code prepare_vary(const mera_joint *joint, const double *u, bool here,
                              mera_diags *diags, joint_combination *c)
{
    const char *variant;
    mera_change *change;
    size_t n;
    MERA_TRY(prepare_changes(joint, u, c->arena, &variant, &change, &n));
    if (n == 0 && variant == NULL && !here) {
        c->plan = joint->plan;
        return MERA_OK;
    }
    MERA_TRY(
        mera_project_vary(mera_plan_project(joint->plan), variant, change, n, diags, &c->project));
    return mera_plan_open(c->project, joint->result->data, diags, &c->plan);
}

mera_code mera_joint_blame(const mera_joint *joint, const joint_points *points, size_t row)
{
    const double *u = points->u + row * joint->n_factors;
    for (size_t f = 1; f < joint->n_factors; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        const bool variant = factor->kind == MERA_FACTOR_VARIANT;
        mera_change *change;
        mera_project *project;
        size_t n = 0;
        MERA_TRY_NEW(change, joint->arena, factor->n_paths);
        if (factor->n_paths > 0) {
            MERA_TRY(prepare_change(factor, u[f], joint->arena, change, &n));
        }
        mera_code code =
            mera_project_vary(mera_plan_project(joint->plan),
                              variant ? factor->label[mera_joint_pick(u[f], factor->n)] : NULL,
                              change, n, joint->base.diags, &project);
        mera_project_close(project);
        if (code != MERA_OK) {
            return mera_within(joint->base.diags, code, factor->at, "in the factor '%s'",
                               factor->id);
        }
    }
    return MERA_OK;
}

/* ---- errors of the data ---- */

static void prepare_error(const mera_joint *joint, const mera_noise *noise, uint64_t number,
                          double *out)
{
    const mera_result *result = joint->result;
    const mera_column *column =
        noise->column != NULL ? mera_dataset_column(result->data, noise->column) : NULL;
    mera_stream stream =
        mera_stream_of(joint->seed, JOINT_NOISE + (uint32_t)noise->indicator, number);
    for (size_t p = 0; p < result->n_periods; p++) {
        for (size_t i = 0; i < result->n_units; i++) {
            const double z = mera_stream_normal(&stream);
            const double sd = column != NULL
                                  ? column->value[result->data_period[p] * result->n_units + i]
                                  : noise->error;
            out[p * result->n_units + i] += isnan(sd) ? 0 : sd * z; /* none given: exact */
        }
    }
}

/* Errors by the plan's own numbers of indicators. */
static mera_code prepare_noise(const mera_joint *joint, const mera_methodology *m,
                               const uint64_t *number, mera_arena *arena, const double *const **out)
{
    const size_t size = joint->result->n_periods * joint->result->n_units;
    double **error;
    MERA_TRY_NEW(error, arena, m->n_indicators);
    for (size_t f = 1; f < joint->n_factors; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        for (size_t i = 0; i < factor->n_noise; i++) {
            const char *id = joint->m->indicator[factor->noise[i].indicator].id;
            const size_t k = mera_methodology_indicator(m, id);
            if (k == SIZE_MAX) {
                continue;
            }
            if (error[k] == NULL) {
                MERA_TRY_NEW(error[k], arena, size);
            }
            prepare_error(joint, &factor->noise[i], number[f], error[k]);
        }
    }
    *out = (const double *const *)error;
    return MERA_OK;
}

/* ---- columns and tree ---- */

static bool prepare_same_bounds(const mera_law *a, const mera_law *b, size_t k)
{
    const bool bounds =
        (a->low == NULL) == (b->low == NULL) && (a->high == NULL) == (b->high == NULL);
    return bounds && a->n_orders == b->n_orders &&
           (a->low == NULL || memcmp(a->low, b->low, k * sizeof *a->low) == 0) &&
           (a->high == NULL || memcmp(a->high, b->high, k * sizeof *a->high) == 0) &&
           (a->n_orders == 0 || memcmp(a->order, b->order, a->n_orders * sizeof *a->order) == 0);
}

static bool prepare_same(const mera_sampler *a, const mera_sampler *b)
{
    return a->k == b->k && a->law.kind == b->law.kind && a->law.range == b->law.range &&
           a->law.concentration == b->law.concentration &&
           prepare_same_bounds(&a->law, &b->law, a->k) &&
           memcmp(a->given, b->given, a->k * sizeof *a->given) == 0;
}

static mera_code prepare_again(joint_combination *c)
{
    return mera_again_open(c->plan, c->run.result, c->ask.period, c->run.arena, &c->again);
}

static mera_code prepare_scorer(const joint_way *way, joint_combination *c)
{
    robust_run *run = &c->run;
    const mera_methodology *m = run->result->methodology;
    const mera_draws_ask ask = {.n = run->result->n_units,
                                .k = run->k,
                                .z = run->z,
                                .column_name = run->column_name,
                                .node = run->node,
                                .n_nodes = run->n_nodes,
                                .lower_is_better = m->node[c->ask.node].lower_is_better};
    if (c->out.why_anew != MERA_ROBUST_FINE) {
        return prepare_again(c);
    }
    mera_diags *aside = mera_diags_new(c->arena);
    MERA_TRY_PTR(aside);
    const mera_scorer *like =
        way->cousin != NULL && way->cousin->again == NULL ? &way->cousin->scorer : NULL;
    const mera_code code = mera_scorer_make_like(&ask, like, run->arena, aside, &c->scorer);
    if (code != MERA_OK) {
        return code == MERA_EINPUT ? prepare_again(c) : code; /* which says why there is none */
    }
    MERA_TRY(way->lends ? mera_scorer_add_up(&c->scorer, run->arena) : MERA_OK);
    return way->pack ? mera_scorer_pack(&c->scorer, run->arena) : MERA_OK;
}

static mera_code prepare_tree(const mera_joint *joint, const joint_way *way, joint_combination *c)
{
    robust_run *run = &c->run;
    MERA_TRY(mera_robust_tree(run));
    if (run->n_nodes == 0) {
        return mera_fail(run->diags, MERA_EINPUT, "no-scores", MERA_NOWHERE, "nobody has a score");
    }
    mera_robust_explain(run);
    MERA_TRY(mera_robust_samplers(run, &c->sampler));
    c->common = run->n_nodes == joint->base.n_nodes;
    for (size_t v = 0; v < run->n_nodes && c->common; v++) {
        c->common = prepare_same(&c->sampler[v], &joint->sampler[v]);
    }
    return prepare_scorer(way, c);
}

/* The node and the period, by name: settings may have moved them. */
static mera_code prepare_find(const mera_joint *joint, joint_combination *c)
{
    const mera_result *base = joint->result, *result = c->run.result;
    const char *period = base->period[joint->base.ask->period];
    c->ask = *joint->base.ask;
    c->ask.node = mera_methodology_node(result->methodology, joint->m->node[c->ask.node].id);
    for (c->ask.period = 0; c->ask.period < result->n_periods; c->ask.period++) {
        if (mera_streq(result->period[c->ask.period], period)) {
            break;
        }
    }
    c->run.shift = c->ask.period * result->n_units;
    return c->ask.node != SIZE_MAX && c->ask.period < result->n_periods
               ? MERA_OK
               : mera_fail(c->run.diags, MERA_EINPUT, "no-node", MERA_NOWHERE,
                           "there is no node '%s' or no period '%s'",
                           joint->m->node[joint->base.ask->node].id, period);
}

/* Has it an answer whatever the weights? An arithmetic mean has one of all numbers; a scorer that
 * was made has seen that the logarithms of all columns are numbers, and a geometric mean of
 * geometric means lies between the least and the greatest of them. */
static bool prepare_certain(const joint_combination *c)
{
    bool arithmetic = c->again == NULL, geometric = c->again == NULL;
    for (size_t v = 0; v < c->run.n_nodes; v++) {
        const mera_weight_node *node = &c->run.node[v];
        arithmetic = arithmetic && node->power == 1;
        geometric = geometric && node->power == 0 && node->rounding.mode == MERA_ROUND_NONE;
    }
    return arithmetic || geometric;
}

/* The framework as given must have an answer, and says why when it has none. */
static mera_code prepare_check(const joint_combination *c)
{
    const robust_run *run = &c->run;
    if (prepare_certain(c)) {
        return MERA_OK;
    }
    mera_again *again = c->again;
    mera_again_scores made;
    mera_arena *arena = mera_arena_new(), *scratch = mera_arena_new();
    const mera_again_room room = {arena, scratch};
    mera_code code = arena != NULL && scratch != NULL ? MERA_OK : MERA_ENOMEM;
    if (code == MERA_OK && again == NULL) {
        code = mera_again_open(c->plan, run->result, c->ask.period, arena, &again);
    }
    if (code == MERA_OK) {
        const mera_again_change nothing = {.points = NULL};
        code = mera_again_score(again, &nothing, &room, run->diags, &made);
    }
    mera_arena_free(arena);
    mera_arena_free(scratch);
    return code;
}

/* Alone, only stages and weights: scores are those of products, or of the framework again. */
mera_score_with mera_joint_with(const mera_joint *joint, const joint_combination *c,
                                const joint_errors *errors, bool here)
{
    mera_score_with with = {.bare = true, .columns = true, .here = here, .noise = c->noise};
    if (joint->imputes) {
        with.spread = true;
        with.error = mera_joint_add_errors;
        with.error_context = errors;
    }
    return with;
}

static mera_code prepare_score(const mera_joint *joint, const uint64_t *number,
                               const joint_way *way, joint_combination *c)
{
    const joint_errors errors = {.joint = joint, .number = number};
    if (joint->noisy) {
        const mera_project *project = mera_plan_project(c->plan);
        MERA_TRY(
            prepare_noise(joint, mera_project_methodology(project), number, c->arena, &c->noise));
    }
    mera_score_with with = mera_joint_with(joint, c, &errors, way->here);
    with.same = way->lender.same;
    if (way->lender.c != NULL && way->lender.c->failed == NULL) {
        with.like = way->lender.c->run.result;
    }
    with.points = way->cousin != NULL ? way->cousin->run.result : NULL;
    MERA_TRY(mera_plan_score_with(c->plan, &with, c->arena, c->run.diags, &c->run.result));
    MERA_TRY(prepare_find(joint, c));
    MERA_TRY(prepare_tree(joint, way, c));
    return prepare_check(c);
}

static mera_code prepare_fill(const mera_joint *joint, const joint_points *points, size_t row,
                              const joint_way *way, joint_combination *c)
{
    const size_t at = row * joint->n_factors;
    mera_arena *table = way->table;
    if (table == NULL) {
        table = c->table = mera_arena_new();
    }
    MERA_TRY_PTR(table);
    c->run = (robust_run){
        .ask = &c->ask, .out = &c->out, .arena = table, .diags = mera_diags_new(c->arena)};
    MERA_TRY_PTR(c->run.diags);
    mera_code code = prepare_vary(joint, points->u + at, way->here, c->run.diags, c);
    c->mistake = code != MERA_OK && c->plan == NULL;
    c->run.plan = c->plan;
    code = code == MERA_OK ? prepare_score(joint, points->number + at, way, c) : code;
    if (code != MERA_OK && code != MERA_ENOMEM) {
        const char *why = mera_diags_first_error(c->run.diags);
        c->failed = mera_arena_strdup(c->arena, why != NULL ? why : "it failed");
        MERA_TRY_PTR(c->failed);
        return MERA_OK;
    }
    return code;
}

mera_code mera_joint_prepare(const mera_joint *joint, const joint_points *points, size_t row,
                             const joint_way *way, joint_combination **out)
{
    mera_arena *arena = mera_arena_new();
    MERA_TRY_PTR(arena);
    joint_combination *c = mera_arena_zero(arena, 1, sizeof *c);
    if (c == NULL) {
        mera_arena_free(arena);
        return MERA_ENOMEM;
    }
    c->arena = arena;
    *out = c;
    return prepare_fill(joint, points, row, way, c);
}

void mera_joint_forget(joint_combination *c)
{
    if (c != NULL) {
        if (c->project != NULL) {
            mera_plan_close(c->plan);
            mera_project_close(c->project);
        }
        mera_arena_free(c->table);
        mera_arena_free(c->arena);
    }
}
