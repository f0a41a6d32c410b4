/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The framework from its leaves up: weights, aggregates, operations over a node's own score,
 * coverage and places. Nodes of one height do not see each other, so they run at the same time.
 * Children that screening left out take no part, nor does a node that has lost them all.
 */
#include "base/math.h"
#include "base/text.h"
#include "run/internal.h"

#include <string.h>

/** A node at work. */
typedef struct tree_run {
    run_score *s;
    run_job *job;
    const run_node *node;
    run_scores *scores;
    run_subject subject;
    size_t *child; /**< numbers of the children that take part */
    size_t k;
    const char **id;  /**< of these children */
    const double **x; /**< their values, from the first period on */
    double *w;
    double total;
    size_t n_periods;
} tree_run;

static bool tree_takes_part(const run_score *s, const mera_child *child)
{
    return child->is_indicator ? !s->cells[child->index].dropped : !s->scores[child->index].dropped;
}

/** The children that take part: their numbers; returns how many. */
static size_t tree_children(const run_score *s, size_t node, size_t *child)
{
    const mera_node *def = s->plan->node[node].node;
    size_t k = 0;

    for (size_t j = 0; j < def->n_children; j++) {
        if (tree_takes_part(s, &def->child[j])) {
            child[k++] = j;
        }
    }
    return k;
}

bool mera_run_divides_weights(const mera_node *node)
{
    return !node->weights_as_given &&
           !(node->aggregate.op != NULL && mera_streq(node->aggregate.op->name, "aggregate.sum"));
}

/** What a child hands to its parent. */
static const double *tree_passed(const run_score *s, const mera_child *child)
{
    const run_scores *scores = &s->scores[child->index];

    if (child->is_indicator) {
        return s->cells[child->index].stage[MERA_STAGE_NORMALISED];
    }
    return s->plan->node[child->index].node->pass_aggregate ? scores->aggregate : scores->score;
}

/* ---- weights ---- */

/** Weights of an earlier edition: the same children must take part. */
static mera_code tree_frozen_weights(const tree_run *run, double *made)
{
    const run_frozen_ask ask = {.use = &run->node->node->weigh,
                                .id = run->node->node->id,
                                .child = run->id,
                                .n_children = run->k};
    mera_fitted found;

    MERA_TRY(mera_run_frozen_find(run->node->weigh.frozen, &ask, run->job->scratch, run->job->diags,
                                  &found));
    for (size_t j = 0; j < run->k; j++) {
        made[j] = found.v[j];
    }
    return MERA_OK;
}

/** So that they can be frozen. */
static mera_code tree_record_weights(tree_run *run, double *made)
{
    const mera_fitted fitted = {.v = made, .n = run->k};
    run_subject subject = run->subject;
    const char **child;

    MERA_TRY_NEW(child, run->job->keep, run->k);
    memcpy(child, run->id, run->k * sizeof *child);
    subject.child = child;
    return mera_run_record_fit(run->job, &subject, &run->node->weigh, NULL, NULL, &fitted,
                               run->s->plan->n_scored * run->s->plan->n_units);
}

/** Weights from an operation, over all scored periods at once. */
static mera_code tree_weigh(tree_run *run)
{
    const mera_use *use = &run->node->node->weigh;
    mera_op_ctx ctx = mera_run_ctx(run->s, run->job, &run->subject, use);
    const mera_children in = {.n = run->s->plan->n_scored * run->s->plan->n_units,
                              .k = run->k,
                              .x = run->x,
                              .w = run->w,
                              .total = run->total};
    double *made;
    mera_code rc;

    MERA_TRY_NEW(made, run->job->scratch, run->k);
    ctx.child_name = run->id;
    MERA_TRY(mera_run_weigh_ctx(run->s, run->node, run->child, run->k, &ctx));
    rc = run->node->weigh.frozen != NULL ? tree_frozen_weights(run, made)
                                         : use->op->weigh(use->op, use->params, &ctx, &in, made);
    if (rc != MERA_OK) {
        return mera_run_within(run->job->diags, rc, use, &run->subject, "");
    }
    for (size_t j = 0; j < run->k; j++) {
        if (!(made[j] >= 0) || isinf(made[j])) {
            return mera_fail(run->job->diags, MERA_EINPUT, "bad-weight", use->at,
                             "'%s' gave child '%s' of %s the weight %g; weights are 0 or more",
                             use->op->name, run->id[j], run->subject.text, made[j]);
        }
        run->w[j] = made[j];
    }
    return tree_record_weights(run, made);
}

static double tree_sum(const double *w, size_t k)
{
    double sum = 0;

    for (size_t j = 0; j < k; j++) {
        sum += w[j];
    }
    return sum;
}

/** The divisor of weights: their sum, or 1 when they are taken as given. Of weights as given the
 * part of children left out is spread over the others. */
static double tree_total(const tree_run *run)
{
    const mera_node *def = run->node->node;
    const double sum = tree_sum(run->w, run->k);
    double all = 0;

    if (!def->weights_as_given) {
        return sum;
    }
    for (size_t j = 0; j < def->n_children; j++) {
        all += def->child[j].weight;
    }
    return run->k == def->n_children || !(all > 0) ? 1 : sum / all;
}

static mera_code tree_weights(tree_run *run)
{
    const mera_node *def = run->node->node;
    double divisor;

    for (size_t j = 0; j < run->k; j++) {
        run->w[j] = def->child[run->child[j]].weight;
    }
    run->total = tree_total(run);
    if (def->weigh.op != NULL) {
        MERA_TRY(tree_weigh(run));
        run->total = def->weights_as_given ? 1 : tree_sum(run->w, run->k);
    }
    divisor = mera_run_divides_weights(def) && run->total > 0 ? run->total : 1;
    for (size_t j = 0; j < run->k; j++) {
        run->scores->weight[run->child[j]] = run->w[j] / divisor;
    }
    return MERA_OK;
}

/* ---- aggregate and then ---- */

static void tree_mask_screened(const tree_run *run, size_t period, double *y)
{
    const size_t n = run->s->plan->n_units;
    const uint8_t *out = run->s->unit_screened;

    for (size_t i = 0; out != NULL && i < n; i++) {
        y[i] = out[period * n + i] ? NAN : y[i];
    }
}

static mera_code tree_aggregate_period(tree_run *run, size_t period)
{
    const mera_plan *plan = run->s->plan;
    const mera_use *use = &run->node->node->aggregate;
    const mera_arena_mark mark = mera_arena_mark_now(run->job->scratch);
    mera_op_ctx ctx = mera_run_ctx(run->s, run->job, &run->subject, use);
    run_table table = {.n = plan->n_units, .k = run->k, .w = run->w, .total = run->total};
    double *y = run->scores->aggregate + period * plan->n_units;
    mera_code rc;

    MERA_TRY_NEW(table.x, run->job->scratch, run->k);
    for (size_t j = 0; j < run->k; j++) {
        table.x[j] = run->x[j] + period * plan->n_units;
    }
    ctx.child_name = run->id;
    rc = mera_run_aggregate(run->node, &table, run->child, plan->data->unit_name, &ctx, y);
    if (rc != MERA_OK && use->op != NULL) {
        return mera_run_within(run->job->diags, rc, use, &run->subject, "");
    }
    if (rc != MERA_OK) {
        return rc == MERA_ENOMEM ? rc
                                 : mera_within(run->job->diags, rc, run->node->node->formula_at,
                                               "in the formula of %s", run->subject.text);
    }
    tree_mask_screened(run, period, y);
    mera_run_mask_overlay(run->s, run->node, period, y);
    mera_arena_rewind(run->job->scratch, mark);
    return MERA_OK;
}

static mera_code tree_then(tree_run *run)
{
    const size_t n = run->n_periods * run->s->plan->n_units;
    const double *x = run->scores->aggregate;
    size_t lost;

    if (run->node->then.n == 0) {
        return MERA_OK;
    }
    for (size_t u = 0; u < run->node->then.n; u++) {
        MERA_TRY(mera_run_fit_apply(run->s, run->job, &run->node->then.v[u], &run->subject, x,
                                    run->scores->score));
        x = run->scores->score;
    }
    lost = mera_run_clean(run->scores->score, run->scores->aggregate, n);
    if (lost > 0) {
        mera_warn(run->job->diags, "no-answer", run->node->node->at,
                  "%s: `then` had no finite answer for %zu value%s, now missing", run->subject.text,
                  lost, lost == 1 ? "" : "s");
    }
    return MERA_OK;
}

static mera_code tree_places(tree_run *run)
{
    const mera_plan *plan = run->s->plan;
    const mera_methodology *m = plan->methodology;
    const size_t n = plan->n_units;

    for (size_t p = 0; p < plan->n_scored; p++) {
        const run_grouping *by = plan->rank_within;

        MERA_TRY(mera_run_rank(
            run->scores->score + p * n, n, run->node->node->lower_is_better, m->rank_ties,
            by != NULL ? by->code + p * n : NULL, by != NULL ? by->labels.n : 0, run->job->scratch,
            run->scores->rank + p * n, by != NULL ? run->scores->group_rank + p * n : NULL));
    }
    return MERA_OK;
}

/** A node without a child that takes part: nobody has a score. */
static void tree_drop(const tree_run *run)
{
    const size_t n = run->s->plan->n_scored * run->s->plan->n_units;

    run->scores->dropped = true;
    if (run->s->weights_only) {
        return;
    }
    (void)mera_run_fill(run->scores->aggregate, n, NAN);
    (void)mera_run_fill(run->scores->score, n, NAN);
    (void)mera_run_fill(run->scores->rank, n, NAN);
    (void)mera_run_fill(run->scores->coverage, n, NAN);
    if (run->scores->group_rank != NULL) {
        (void)mera_run_fill(run->scores->group_rank, n, NAN);
    }
}

mera_code mera_run_node(run_score *s, run_job *job, size_t k)
{
    const run_node *node = &s->plan->node[k];
    tree_run run = {.s = s,
                    .job = job,
                    .node = node,
                    .scores = &s->scores[k],
                    .subject = {.indicator = SIZE_MAX,
                                .node = k,
                                .id = node->node->id,
                                .text = node->subject,
                                .direction = MERA_HIGHER,
                                .goalpost = {NAN, NAN}},
                    .n_periods = s->plan->tree_needs_all ? s->plan->n_work : s->plan->n_scored};

    MERA_TRY_NEW(run.child, job->scratch, node->node->n_children);
    MERA_TRY_NEW(run.id, job->scratch, node->node->n_children);
    MERA_TRY_NEW(run.x, job->scratch, node->node->n_children);
    MERA_TRY_NEW(run.w, job->scratch, node->node->n_children);
    run.k = tree_children(s, k, run.child);
    if (run.k == 0 || (s->with->left_out_node != NULL && s->with->left_out_node[k] != 0)) {
        tree_drop(&run);
        return MERA_OK;
    }
    for (size_t j = 0; j < run.k; j++) {
        run.id[j] = mera_run_child_id(s->plan->methodology, &node->node->child[run.child[j]]);
        run.x[j] = tree_passed(s, &node->node->child[run.child[j]]);
    }
    MERA_TRY(tree_weights(&run));
    if (s->weights_only) {
        return MERA_OK;
    }
    for (size_t p = 0; p < run.n_periods; p++) {
        MERA_TRY(tree_aggregate_period(&run, p));
    }
    if (s->bare && k != 0 && node->node->pass_aggregate) {
        return MERA_OK; /* nobody sees more than the aggregate */
    }
    MERA_TRY(tree_then(&run));
    if (s->bare) {
        return MERA_OK;
    }
    mera_run_coverage(s, k, run.child, run.k, run.scores->coverage);
    return tree_places(&run);
}

/* ---- running them ---- */

mera_code mera_run_node_rooms(run_score *s, size_t k)
{
    const mera_plan *plan = s->plan;
    const size_t all = plan->n_work * plan->n_units, scored = plan->n_scored * plan->n_units;
    run_scores *scores = &s->scores[k];

    MERA_TRY_NEW(scores->weight, s->arena, plan->node[k].node->n_children);
    if (s->weights_only) {
        return MERA_OK;
    }
    scores->aggregate = mera_arena_alloc(s->arena, all, sizeof(double));
    MERA_TRY_PTR(scores->aggregate);
    scores->score = scores->aggregate;
    if (plan->node[k].then.n > 0) {
        scores->score = mera_arena_alloc(s->arena, all, sizeof(double));
        MERA_TRY_PTR(scores->score);
    }
    scores->rank = mera_arena_alloc(s->arena, scored, sizeof(double));
    MERA_TRY_PTR(scores->rank);
    scores->coverage = mera_arena_alloc(s->arena, scored, sizeof(double));
    MERA_TRY_PTR(scores->coverage);
    if (plan->rank_within != NULL) {
        scores->group_rank = mera_arena_alloc(s->arena, scored, sizeof(double));
        MERA_TRY_PTR(scores->group_rank);
    }
    return MERA_OK;
}

mera_code mera_run_tree(run_score *s)
{
    const mera_plan *plan = s->plan;
    const size_t n = plan->methodology->n_nodes;
    bool *serial;
    size_t *item;

    MERA_TRY_NEW(item, s->keep[0], n);
    MERA_TRY_NEW(serial, s->keep[0], n);
    for (size_t k = 0; k < n; k++) {
        MERA_TRY(mera_run_node_rooms(s, k));
    }
    for (size_t height = 0; height <= plan->max_height; height++) {
        size_t count = 0;

        for (size_t k = 0; k < n; k++) {
            if (plan->node[k].height == height) {
                serial[count] = plan->node[k].serial;
                item[count++] = k;
            }
        }
        MERA_TRY(mera_run_items(s, item, serial, count, mera_run_node));
    }
    return MERA_OK;
}
