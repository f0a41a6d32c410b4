/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What each child of a node adds to one unit's score against the means of all units. Every split
 * adds up:
 *
 *     aggregate = baseline + sum of the children's points + rule + rounding
 *
 *     linear        sums and means: p_j = s_j (z_j - mean z_j)
 *     log           geometric means: c_j = s_j (ln z_j - ln mean z_j) adds up to ln v - ln
 * baseline; p_j = L c_j with L = (v - baseline) / (ln v - ln baseline) shapley       others:
 * contribution_shapley.c proportional  where a coalition has no answer or costs too much: what is
 * to be split, in proportion to s_j (z_j - mean z_j)
 *
 * `s` are the shares in force at the unit, v is the aggregate without rules (floor, veto) and
 * without rounding; what those change is `rule` and `rounding`. Where there is no answer without
 * the rule (a zero below a geometric mean) it is left in, and `rule` is 0.
 *
 * source  Ang, Energy Policy 32 (2004) 1131 for the logarithmic mean L
 */
#include "run/contribution.h"

#include "base/math.h"
#include "base/text.h"

/** A split that is off by more of the score than this is none. */
static const double contribution_slack = 1e-9;

/** The value of a child before the floor; what stands for a missing one stays. */
static double contribution_unfloored(const mera_trace_child *child)
{
    return isnan(child->value) ? child->used : child->value;
}

static double contribution_mean(const mera_trace_child *child)
{
    return isnan(child->mean) ? child->used : child->mean;
}

/* ---- sums and means ---- */

static bool contribution_linear(const run_split *s)
{
    mera_trace_node *node = s->node;

    node->split = MERA_SPLIT_LINEAR;
    node->baseline = node->rule = 0;
    for (size_t j = 0; j < node->n_children; j++) {
        mera_trace_child *child = &s->child[j];

        if (!isnan(child->used)) {
            const double mean = contribution_mean(child), z = contribution_unfloored(child);

            child->contribution = child->points_added = child->share * (z - mean);
            node->baseline += child->share * mean;
            node->rule += child->share * (child->used - z);
        }
    }
    return true;
}

/* ---- geometric means ---- */

/** The mean of a with shares, as logarithms; NaN when one of them is not positive. */
static double contribution_log_mean(const run_split *s, double (*of)(const mera_trace_child *))
{
    double sum = 0;

    for (size_t j = 0; j < s->node->n_children; j++) {
        if (s->child[j].share > 0) {
            const double z = of(&s->child[j]);

            sum += z > 0 ? s->child[j].share * mera_log(z) : NAN;
        }
    }
    return sum;
}

static double contribution_used(const mera_trace_child *child)
{
    return child->used;
}

static bool contribution_log(const run_split *s)
{
    mera_trace_node *node = s->node;
    const double base = contribution_log_mean(s, contribution_mean);
    const double ruled = contribution_log_mean(s, contribution_used);
    const double free = contribution_log_mean(s, contribution_unfloored);
    const bool floored = isnan(free); /* no answer without the floor */
    const double full = floored ? ruled : free;

    if (isnan(base) || isnan(full)) {
        return false;
    }
    node->split = MERA_SPLIT_LOG;
    node->baseline = mera_exp(base);
    node->rule = mera_exp(ruled) - mera_exp(full);
    const double scale =
        full == base ? mera_exp(full) : (mera_exp(full) - node->baseline) / (full - base);
    for (size_t j = 0; j < node->n_children; j++) {
        mera_trace_child *child = &s->child[j];

        if (child->share > 0) {
            const double z = floored ? child->used : contribution_unfloored(child);

            child->contribution = child->share * (mera_log(z) - mera_log(contribution_mean(child)));
            child->points_added = scale * child->contribution;
        }
    }
    return true;
}

/* ---- all others ---- */

/** The aggregate with rules and without rounding, and that of the means. */
static mera_code contribution_ends(run_split *s, double *ruled, double *base)
{
    uint8_t *in;
    double value[2] = {NAN, NAN};
    bool ok;

    MERA_TRY_NEW(in, s->t->arena, 2 * s->n_players + 1);
    for (size_t p = 0; p < s->n_players; p++) {
        in[p] = 1;
    }
    s->rules = true;
    MERA_TRY(mera_run_split_play(s, in, 2, value, &ok));
    *ruled = value[0];
    *base = value[1];
    return MERA_OK;
}

static mera_code contribution_shapley(run_split *s, double ruled, bool *done)
{
    double full = NAN;

    for (int rules = 0; rules < 2; rules++) {
        s->rules = rules == 1;
        MERA_TRY(mera_run_split_shapley(s, &full, done));
        if (*done) {
            break;
        }
    }
    if (!*done) {
        return MERA_OK;
    }
    s->node->split = MERA_SPLIT_SHAPLEY;
    s->node->rule = s->rules ? 0 : ruled - full;
    for (size_t p = 0; p < s->n_players; p++) {
        mera_trace_child *child = &s->child[s->parts.part[s->player[p]]];

        child->points_added = child->contribution;
    }
    return MERA_OK;
}

/** The mean of what all units have at the node. */
static double contribution_mean_score(const run_split *s)
{
    const run_trace *t = s->t;
    const size_t n = t->plan->n_units;
    const double *y = t->result->node[s->node->node].aggregate + t->period * n;
    double sum = 0;
    size_t present = 0;

    for (size_t i = 0; i < n; i++) {
        present += !isnan(y[i]);
        sum += isnan(y[i]) ? 0 : y[i];
    }
    return sum / (double)present;
}

/** Signed while the parts do not cancel out, else by size. */
static void contribution_proportional(run_split *s, double ruled, double base)
{
    mera_trace_node *node = s->node;
    double sum = 0, size = 0;

    node->split = MERA_SPLIT_PROPORTIONAL;
    node->baseline = isnan(base) ? contribution_mean_score(s) : base;
    node->rule = 0;
    for (size_t p = 0; p < s->n_players; p++) {
        mera_trace_child *child = &s->child[s->parts.part[s->player[p]]];

        child->contribution = child->share * (child->value - child->mean);
        sum += child->contribution;
        size += fabs(child->contribution);
    }
    const bool signs = fabs(sum) > size / 20;
    for (size_t p = 0; p < s->n_players; p++) {
        mera_trace_child *child = &s->child[s->parts.part[s->player[p]]];
        const double part = !(size > 0) ? 1 / (double)s->n_players
                            : signs     ? child->contribution / sum
                                        : fabs(child->contribution) / size;

        child->contribution = child->points_added = (ruled - node->baseline) * part;
    }
}

/* ---- adding up ---- */

/** What is left of the score after all parts. */
static double contribution_left(const run_split *s)
{
    const mera_trace_node *node = s->node;
    double sum = node->baseline;

    for (size_t j = 0; j < node->n_children; j++) {
        sum += isnan(s->child[j].points_added) ? 0 : s->child[j].points_added;
    }
    return node->aggregate - (sum + node->rule + node->rounding);
}

/** Adds what the last bits leave to the largest part. False when it is more than that. */
static bool contribution_settle(const run_split *s)
{
    const double left = contribution_left(s);
    const double size = fabs(s->node->aggregate) + fabs(s->node->baseline) + fabs(s->node->rule);
    size_t largest = SIZE_MAX;

    if (!(fabs(left) <= contribution_slack * size)) {
        return false;
    }
    for (size_t j = 0; j < s->node->n_children; j++) {
        const double part = fabs(s->child[j].points_added);

        if (!isnan(part) && (largest == SIZE_MAX || part > fabs(s->child[largest].points_added))) {
            largest = j;
        }
    }
    for (int again = 0; again < 2 && largest != SIZE_MAX; again++) {
        s->child[largest].points_added += contribution_left(s);
    }
    return true;
}

/** Rounding is what lies between the aggregate and the same unrounded. */
static void contribution_round(const run_split *s, double unrounded)
{
    const mera_node *def = s->t->plan->node[s->node->node].node;

    s->node->rounding = def->round.mode != MERA_ROUND_NONE ? s->node->aggregate - unrounded : 0;
}

static void contribution_clear(const run_split *s)
{
    for (size_t j = 0; j < s->node->n_children; j++) {
        s->child[j].contribution = s->child[j].points_added = NAN;
    }
    s->node->split = MERA_SPLIT_NONE;
    s->node->baseline = NAN;
    s->node->rule = s->node->rounding = s->node->split_error = 0;
    s->node->split_orders = 0;
}

/* ---- one node ---- */

static mera_code contribution_open(const run_trace *t, mera_trace_node *node,
                                   mera_trace_child *child, run_split *s)
{
    const mera_node *def = t->plan->node[node->node].node;

    *s = (run_split){.t = t, .node = node, .child = child};
    s->population = def->aggregate.op != NULL && (def->aggregate.op->flags & MERA_OP_POPULATION);
    MERA_TRY(mera_run_parts_of(t->result, node->node, t->arena, &s->parts));
    MERA_TRY_NEW(s->player, t->arena, node->n_children);
    for (size_t c = 0; c < s->parts.k; c++) {
        const mera_trace_child *part = &child[s->parts.part[c]];

        if (!isnan(part->used) && !isnan(part->mean)) {
            s->player[s->n_players++] = c;
        }
    }
    return MERA_OK;
}

/** The splits that need no other run of the aggregator. */
static bool contribution_closed(const run_split *s)
{
    const char *name = s->node->op != NULL ? s->node->op->name : "";
    const bool linear =
        mera_streq(name, "aggregate.arithmetic") || mera_streq(name, "aggregate.sum");

    if (!linear && !mera_streq(name, "aggregate.geometric")) {
        return false;
    }
    if (!(linear ? contribution_linear(s) : contribution_log(s))) {
        return false;
    }
    const double left = contribution_left(s);
    const mera_rounding round = s->t->plan->node[s->node->node].node->round;

    if (round.mode != MERA_ROUND_NONE && fabs(left) > 0.500001 * mera_pow(10, -round.digits)) {
        return false; /* more than rounding could have done */
    }
    contribution_round(s, s->node->aggregate - left);
    return contribution_settle(s);
}

mera_code mera_run_contributions(const run_trace *t, mera_trace_node *node, mera_trace_child *child)
{
    double ruled, base;
    bool done = false;
    run_split s;

    MERA_TRY(contribution_open(t, node, child, &s));
    contribution_clear(&s);
    if (isnan(node->aggregate) || s.n_players == 0) {
        return MERA_OK;
    }
    if (contribution_closed(&s)) {
        return MERA_OK;
    }
    contribution_clear(&s);
    MERA_TRY(contribution_ends(&s, &ruled, &base));
    ruled = isnan(ruled) ? node->aggregate : ruled;
    contribution_round(&s, ruled);
    MERA_TRY(contribution_shapley(&s, ruled, &done));
    if (!done || !contribution_settle(&s)) {
        contribution_proportional(&s, ruled, base);
        (void)contribution_settle(&s);
    }
    return MERA_OK;
}
