/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.promethee -- PROMETHEE II: by how much a unit is preferred to the others, less by how
 * much they are preferred to it.
 *
 *     y(a) = sum_j w_j phi_j(a) / sum w
 *     phi_j(a) = sum_b (P_j(x_a - x_b) - P_j(x_b - x_a)) / (m_j - 1)
 *
 *     P(d) of d > 0   usual     1
 *                     u         1 if d > q
 *                     v         min(1, d / p)
 *                     level     1 if d > p, 1/2 if d > q
 *                     linear    0 up to q, 1 from p on, a straight line between
 *                     gaussian  1 - exp(-d^2 / (2 s^2))
 *
 * shape   x[k][n] -> y[n]
 * unit    any -> -1 to 1
 * nulls   m_j counts the units that have child j; missing children are left out of the unit's mean
 *         and the weights of the others rescaled
 * source  Brans, Vincke, Management Science 31 (1985) 647; Brans, Mareschal (2005)
 *
 * The net flow is taken child by child. A child's values are sorted once; counts and sums below a
 * threshold then come from the sorted column, so that the work is n log n a child (gaussian: n^2).
 */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "base/number.h"
#include "ops/aggregate/children.h"
#include "ops/column.h"
#include "ops/support.h"

enum { USUAL, U_SHAPE, V_SHAPE, LEVEL, LINEAR, GAUSSIAN, N_PREFERENCES };

/** A preference function and its thresholds. */
typedef struct {
    int kind;
    double q, p, s;
} preference;

typedef struct {
    int preference;
    double q, p, s;
    mera_text_list criteria;
} promethee_params;

static const char *const promethee_kinds[] = {"usual",  "u",        "v", "level",
                                              "linear", "gaussian", NULL};
static const mera_param promethee_table[] = {
    MERA_ENUM(promethee_params, preference, USUAL, promethee_kinds,
              "how a difference turns into preference, for every child"),
    MERA_F64(promethee_params, q, 0, 0, 1e12, "points",
             "indifference: differences up to it do not count"),
    MERA_F64(promethee_params, p, 0, 0, 1e12, "points",
             "preference: differences from it on count in full"),
    MERA_F64(promethee_params, s, 0, 0, 1e12, "points", "where a gaussian turns: its deviation"),
    {.name = "criteria",
     .type = MERA_PARAM_TEXT_LIST,
     .offset = offsetof(promethee_params, criteria),
     .help = "children with a preference of their own, thresholds q, p, s in this order: "
             "[\"air linear 2 10\", \"water gaussian 5\"]"},
    MERA_PARAMS_END,
};

/* Which thresholds a kind uses, and whether they stand in an order it can work with. */
static bool promethee_uses_q(int kind)
{
    return kind == U_SHAPE || kind == LEVEL || kind == LINEAR;
}

static bool promethee_uses_p(int kind)
{
    return kind == V_SHAPE || kind == LEVEL || kind == LINEAR;
}

static mera_code promethee_check_one(const mera_op *op, const mera_op_ctx *ctx, const preference *f)
{
    const char *kind = promethee_kinds[f->kind];
    if (promethee_uses_p(f->kind) && !(f->p > 0 && (!promethee_uses_q(f->kind) || f->p > f->q))) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "preference '%s' of %s needs 'p' above %s", kind, op->name,
                         promethee_uses_q(f->kind) ? "'q'" : "0");
    }
    if (f->kind == GAUSSIAN && !(f->s > 0)) {
        return mera_fail(ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
                         "preference '%s' of %s needs 's' above 0", kind, op->name);
    }
    return MERA_OK;
}

static mera_code promethee_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    const promethee_params *p = params;
    const preference f = {p->preference, p->q, p->p, p->s};
    return promethee_check_one(op, ctx, &f);
}

/* ---- preferences of single children, "air linear 2 10" ---- */

static mera_code promethee_malformed(const mera_op *op, const mera_op_ctx *ctx, const char *text)
{
    return mera_fail(
        ctx->diags, MERA_EINPUT, "bad-parameter", ctx->at,
        "'criteria' of %s has '%s'; each is a child, one of usual, u, v, level, linear "
        "or gaussian, and its thresholds, as in 'air linear 2 10'",
        op->name, text);
}

/* The thresholds a kind takes, in the order q, p, s. */
static bool promethee_thresholds(char *rest, preference *f)
{
    double *const slot[] = {promethee_uses_q(f->kind) ? &f->q : NULL,
                            promethee_uses_p(f->kind) ? &f->p : NULL,
                            f->kind == GAUSSIAN ? &f->s : NULL};
    char *word, *next = rest;
    for (size_t t = 0; t < 3; t++) {
        if (slot[t] == NULL) {
            continue;
        }
        word = strtok_r(next, " \t", &next);
        if (word == NULL || !mera_number_read(word, strlen(word), slot[t]) || *slot[t] < 0) {
            return false;
        }
    }
    return strtok_r(next, " \t", &next) == NULL;
}

static mera_code promethee_read(const mera_op *op, mera_op_ctx *ctx, const mera_children *in,
                                const char *text, preference *of_child)
{
    char *copy = mera_arena_strdup(ctx->arena, text), *rest;
    size_t j;
    MERA_TRY_PTR(copy);
    const char *name = strtok_r(copy, " \t", &rest), *kind = strtok_r(rest, " \t", &rest);
    preference f = {N_PREFERENCES, 0, 0, 0};
    for (int at = 0; kind != NULL && at < N_PREFERENCES; at++) {
        f.kind = strcmp(kind, promethee_kinds[at]) == 0 ? at : f.kind;
    }
    if (f.kind == N_PREFERENCES || !promethee_thresholds(rest, &f)) {
        return promethee_malformed(op, ctx, text);
    }
    MERA_TRY(mera_children_find(op, ctx, in, "criteria", name, &j));
    of_child[j] = f;
    return promethee_check_one(op, ctx, &f);
}

/* ---- the net flow of one child ---- */

/** A child's present values, ascending, and what they sum to from the least up. */
typedef struct {
    const double *v;
    const double *sum; /* sum[i] = v[0] + ... + v[i-1], less a middle value each */
    double middle;
    size_t n;
} sorted_child;

/* How many of the values are below x, and how many of them or equal. */
static size_t promethee_below(const sorted_child *c, double x)
{
    size_t equal;
    return mera_sorted_below(c->v, c->n, x, &equal);
}

static size_t promethee_up_to(const sorted_child *c, double x)
{
    size_t equal;
    const size_t below = mera_sorted_below(c->v, c->n, x, &equal);
    return below + equal;
}

/* sum over the values b with q < x - b < p of (x - b - q), over p - q, and 1 for x - b >= p. */
static double promethee_ramp_below(const sorted_child *c, double x, double q, double p)
{
    const size_t full = promethee_up_to(c, x - p), some = promethee_below(c, x - q);
    if (some <= full) {
        return (double)full;
    }
    const double count = (double)(some - full), sum = c->sum[some] - c->sum[full];
    return (double)full + (count * (x - c->middle - q) - sum) / (p - q);
}

/* The same for the values above x. */
static double promethee_ramp_above(const sorted_child *c, double x, double q, double p)
{
    const size_t full = promethee_below(c, x + p), some = promethee_up_to(c, x + q);
    const double all = (double)(c->n - full);
    if (full <= some) {
        return all;
    }
    const double count = (double)(full - some), sum = c->sum[full] - c->sum[some];
    return all + (sum - count * (x - c->middle + q)) / (p - q);
}

static double promethee_count(const sorted_child *c, double x, double threshold)
{
    const double worse = (double)promethee_below(c, x - threshold);
    const double better = (double)(c->n - promethee_up_to(c, x + threshold));
    return worse - better;
}

static double promethee_gaussian(const sorted_child *c, double x, double s, double *room)
{
    double flow = 0;
    for (size_t i = 0; i < c->n; i++) {
        const double d = (x - c->v[i]) / s;
        room[i] = -(d * d) / 2;
    }
    mera_exp_n(room, c->n, room);
    for (size_t i = 0; i < c->n; i++) {
        flow += c->v[i] < x ? 1 - room[i] : room[i] - 1;
    }
    return flow;
}

/* The sum over all others of preference for x less preference over it. */
static double promethee_flow(const preference *f, const sorted_child *c, double x, double *room)
{
    switch (f->kind) {
    case USUAL:
        return promethee_count(c, x, 0);
    case U_SHAPE:
        return promethee_count(c, x, f->q);
    case LEVEL:
        return (promethee_count(c, x, f->q) + promethee_count(c, x, f->p)) / 2;
    case GAUSSIAN:
        return promethee_gaussian(c, x, f->s, room);
    default: {
        const double q = f->kind == V_SHAPE ? 0 : f->q;
        return promethee_ramp_below(c, x, q, f->p) - promethee_ramp_above(c, x, q, f->p);
    }
    }
}

static mera_code promethee_sort(const double *x, size_t n, mera_arena *arena, sorted_child *out)
{
    double *v, *sum;
    MERA_TRY(mera_column_sorted(x, n, arena, &v, &out->n));
    MERA_TRY_NEW(sum, arena, out->n + 1);
    out->middle = out->n > 0 ? v[out->n / 2] : 0;
    for (size_t i = 0; i < out->n; i++) {
        sum[i + 1] = sum[i] + (v[i] - out->middle);
    }
    out->v = v;
    out->sum = sum;
    return MERA_OK;
}

/* Adds w phi_j to y of every unit that has the child. */
static mera_code promethee_child(const preference *f, const mera_children *in, size_t j,
                                 mera_arena *arena, double *y)
{
    const double *x = in->x[j];
    sorted_child c;
    double *room;
    MERA_TRY(promethee_sort(x, in->n, arena, &c));
    MERA_TRY_NEW(room, arena, c.n);
    const double others = c.n > 1 ? (double)(c.n - 1) : 1;
    for (size_t i = 0; i < in->n; i++) {
        if (mera_is_present(x[i])) {
            y[i] += in->w[j] * (promethee_flow(f, &c, x[i], room) / others);
        }
    }
    return MERA_OK;
}

static mera_code promethee_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                     const mera_children *in, double *y)
{
    const promethee_params *p = params;
    preference *of_child;
    double *present;
    MERA_TRY_NEW(of_child, ctx->arena, in->k);
    for (size_t j = 0; j < in->k; j++) {
        of_child[j] = (preference){p->preference, p->q, p->p, p->s};
    }
    for (size_t t = 0; t < p->criteria.n; t++) {
        MERA_TRY(promethee_read(op, ctx, in, p->criteria.v[t], of_child));
    }
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    memset(y, 0, in->n * sizeof *y);
    for (size_t j = 0; j < in->k; j++) {
        const mera_arena_mark mark = mera_arena_mark_now(ctx->arena);
        if (!mera_child_counts(in, j)) {
            continue;
        }
        MERA_TRY(promethee_child(&of_child[j], in, j, ctx->arena, y));
        mera_arena_rewind(ctx->arena, mark);
    }
    for (size_t i = 0; i < in->n; i++) {
        y[i] /= present[i];
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_promethee = {
    .name = "aggregate.promethee",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary =
        "PROMETHEE II: how much a unit is preferred to others, less how much they are to it.",
    .formula = "y = sum(w phi_j)/sum(w), phi_j(a) = sum_b(P(x_a - x_b) - P(x_b - x_a))/(m_j - 1)",
    .nulls = "a child's flow is taken over the units that have it; missing children are left out "
             "and the weights of the others rescaled",
    .conventions =
        "compares the units of one period: another set of units gives other scores, and may turn "
        "the order of two; the net flow, divided by the number of rivals; at a threshold: u and "
        "level count d > q (level d > p), v and linear reach 1 at d = p",
    .source = "Brans, Vincke, Management Science 31 (1985) 647",
    .params = promethee_table,
    .params_size = sizeof(promethee_params),
    .flags = MERA_OP_POPULATION,
    .check = promethee_check,
    .aggregate = promethee_aggregate,
};
