/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Shapley values of children in the score of one unit. The worth of a coalition is the aggregate
 * of the unit when the children outside it have the mean of all units; an aggregator that compares
 * units is run on the whole population for it, the other units as they are.
 *
 *     phi_j = sum over coalitions S without j of |S|! (k - |S| - 1)! / k! (v(S + j) - v(S))
 *
 * All coalitions of up to 12 children are looked at. Of more, or where one run costs much, random
 * orders of joining are, each with its reverse, which takes most of the chance out; the standard
 * error is that of the mean of such pairs. In each order the gains add up to v(all) - v(none), so
 * the means do too.
 *
 * source  Shapley, A value for n-person games (1953); Castro, Gomez, Tejada, Computers & Operations
 *         Research 36 (2009) 1726 for orders drawn at random
 */
#include "run/contribution.h"

#include "base/hash.h"
#include "base/math.h"

#include <string.h>

enum { SHAPLEY_EXACT = 12, SHAPLEY_PAIRS = 256, SHAPLEY_CELLS = 4000000 };

/** Units of work: comparisons of two units in one child. About a second for all coalitions, two for
 * random orders. */
static const double shapley_budget = 1e9;
/** What a costly aggregator takes of them. */
static const double shapley_costly = 100;

/* ---- the worth of coalitions ---- */

/** Values of child c (a place in `part`) for a coalition. */
static double split_value(const run_split *s, size_t c, const uint8_t *in)
{
    const mera_trace_child *child = &s->child[s->parts.part[c]];

    for (size_t p = 0; p < s->n_players; p++) {
        if (s->player[p] == c) {
            return in[p] ? child->value : child->mean;
        }
    }
    return child->value;
}

/** The node without rounding and least presence; without rules unless they are played with. */
static mera_code split_node(const run_split *s, run_node *bound, mera_node *def)
{
    mera_use *use = &def->aggregate;
    void *params;

    *bound = s->t->plan->node[s->node->node];
    *def = *bound->node;
    bound->node = def;
    def->round.mode = MERA_ROUND_NONE;
    def->min_present = 0; /* the unit has a score: enough is present */
    if (s->rules) {
        return MERA_OK;
    }
    def->floor = NAN;
    if (!mera_run_has_veto(use)) {
        return MERA_OK;
    }
    params = mera_arena_alloc(s->t->arena, use->op->params_size, 1);
    MERA_TRY_PTR(params);
    memcpy(params, use->params, use->op->params_size);
    for (const mera_param *p = use->op->params; p->name != NULL; p++) {
        if (p->type == MERA_PARAM_BANDS) {
            ((mera_bands *)(void *)((char *)params + p->offset))->n = 0;
        }
    }
    use->params = params;
    return MERA_OK;
}

static mera_code split_aggregate(const run_split *s, const run_table *table, double *y)
{
    mera_node def;
    run_node bound;
    mera_op_ctx ctx = {.arena = s->t->arena,
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .child_name = s->parts.id,
                       .seed = s->t->plan->methodology->seed};

    MERA_TRY(split_node(s, &bound, &def));
    ctx.at = def.at;
    ctx.subject = bound.subject;
    return mera_run_aggregate(&bound, table, s->parts.part, NULL, &ctx, y);
}

/** One column per child, one row per coalition. */
static mera_code split_play_rows(const run_split *s, const uint8_t *in, size_t rows, double *value)
{
    run_table table = {.n = rows, .k = s->parts.k, .w = s->parts.w, .total = s->parts.total};

    MERA_TRY_NEW(table.x, s->t->arena, s->parts.k);
    for (size_t c = 0; c < s->parts.k; c++) {
        double *x = mera_arena_alloc(s->t->arena, rows, sizeof *x);

        MERA_TRY_PTR(x);
        for (size_t row = 0; row < rows; row++) {
            x[row] = split_value(s, c, in + row * s->n_players);
        }
        table.x[c] = x;
    }
    return split_aggregate(s, &table, value);
}

/** The whole population for each coalition. */
static mera_code split_play_population(const run_split *s, const uint8_t *in, size_t rows,
                                       double *value)
{
    const run_trace *t = s->t;
    const size_t n = t->plan->n_units;
    const mera_node *def = &t->result->methodology->node[s->node->node];
    run_table table = {.n = n, .k = s->parts.k, .w = s->parts.w, .total = s->parts.total};
    double **x, *y = mera_arena_alloc(t->arena, n, sizeof *y);

    MERA_TRY_PTR(y);
    MERA_TRY_NEW(x, t->arena, s->parts.k);
    MERA_TRY_NEW(table.x, t->arena, s->parts.k);
    for (size_t c = 0; c < s->parts.k; c++) {
        const double *all =
            mera_run_passed(t->result, &def->child[s->parts.part[c]]) + t->period * n;

        x[c] = mera_arena_alloc(t->arena, n, sizeof **x);
        MERA_TRY_PTR(x[c]);
        memcpy(x[c], all, n * sizeof **x);
        table.x[c] = x[c];
    }
    for (size_t row = 0; row < rows; row++) {
        const mera_arena_mark mark = mera_arena_mark_now(t->arena);

        for (size_t c = 0; c < s->parts.k; c++) {
            x[c][t->unit] = split_value(s, c, in + row * s->n_players);
        }
        MERA_TRY(split_aggregate(s, &table, y));
        value[row] = y[t->unit];
        mera_arena_rewind(t->arena, mark);
    }
    return MERA_OK;
}

mera_code mera_run_split_play(const run_split *s, const uint8_t *in, size_t rows, double *value,
                              bool *ok)
{
    const mera_arena_mark mark = mera_arena_mark_now(s->t->arena);
    const mera_code rc = s->population ? split_play_population(s, in, rows, value)
                                       : split_play_rows(s, in, rows, value);

    mera_arena_rewind(s->t->arena, mark);
    *ok = rc == MERA_OK && mera_run_count_missing(value, rows) == 0;
    return rc == MERA_ENOMEM ? rc : MERA_OK;
}

/* ---- all coalitions ---- */

static mera_code shapley_exact(const run_split *s, double *full, bool *ok)
{
    const size_t k = s->n_players, rows = (size_t)1 << k;
    double *value, weight[SHAPLEY_EXACT + 1];
    uint8_t *in;

    MERA_TRY_NEW(in, s->t->arena, rows * k + 1);
    MERA_TRY_NEW(value, s->t->arena, rows);
    for (size_t row = 0; row < rows; row++) {
        for (size_t p = 0; p < k; p++) {
            in[row * k + p] = row >> p & 1;
        }
    }
    MERA_TRY(mera_run_split_play(s, in, rows, value, ok));
    for (size_t size = 0; size < k; size++) { /* size! (k - 1 - size)! / k! */
        weight[size] =
            size == 0 ? 1 / (double)k : weight[size - 1] * (double)size / (double)(k - size);
    }
    for (size_t p = 0; p < k && *ok; p++) {
        double sum = 0;

        for (size_t row = 0; row < rows; row++) {
            if ((row >> p & 1) == 0) {
                sum +=
                    weight[__builtin_popcountll(row)] * (value[row | (size_t)1 << p] - value[row]);
            }
        }
        s->child[s->parts.part[s->player[p]]].contribution = sum;
    }
    s->node->baseline = value[0];
    *full = value[rows - 1];
    return MERA_OK;
}

/* ---- random orders ---- */

typedef struct shapley_orders {
    size_t k, pairs;
    size_t *order;       /**< [pair * k + place] */
    uint8_t *in;         /**< rows: none, all, then k - 1 of each order, the reverse after it */
    const double *value; /**< of each row */
    double *mean, *squares, *gain; /**< k */
} shapley_orders;

/** The order of a pair, or its reverse: who stands at a place. */
static size_t shapley_at(const shapley_orders *o, size_t pair, bool reverse, size_t place)
{
    return o->order[pair * o->k + (reverse ? o->k - 1 - place : place)];
}

static void shapley_shuffle(const shapley_orders *o, size_t pair, uint64_t seed)
{
    size_t *order = o->order + pair * o->k;

    for (size_t i = 0; i < o->k; i++) {
        order[i] = i;
    }
    for (size_t i = o->k; i-- > 1;) {
        const uint64_t key[2] = {pair, i};
        const uint64_t bits = mera_hash64(key, sizeof key, seed) >> 32;
        const size_t j = (size_t)((bits * (i + 1)) >> 32), at = order[i];

        order[i] = order[j];
        order[j] = at;
    }
}

/** Coalitions of both directions of each pair, growing by one. */
static void shapley_fill(const shapley_orders *o, uint64_t seed)
{
    uint8_t *row = o->in + 2 * o->k;

    memset(o->in + o->k, 1, o->k);
    for (size_t pair = 0; pair < o->pairs; pair++) {
        shapley_shuffle(o, pair, seed);
        for (int reverse = 0; reverse < 2; reverse++) {
            for (size_t place = 0; place + 1 < o->k; place++, row += o->k) {
                if (place > 0) {
                    memcpy(row, row - o->k, o->k);
                }
                row[shapley_at(o, pair, reverse == 1, place)] = 1;
            }
        }
    }
}

/** Gains along one order: half of each, as it has a reverse. */
static void shapley_gains(const shapley_orders *o, size_t pair, bool reverse)
{
    const double *grown = o->value + 2 + (2 * pair + reverse) * (o->k - 1);
    double before = o->value[0];

    for (size_t place = 0; place < o->k; place++) {
        const double after = place + 1 < o->k ? grown[place] : o->value[1];

        o->gain[shapley_at(o, pair, reverse, place)] += (after - before) / 2;
        before = after;
    }
}

static void shapley_average(const shapley_orders *o)
{
    for (size_t pair = 0; pair < o->pairs; pair++) {
        memset(o->gain, 0, o->k * sizeof *o->gain);
        shapley_gains(o, pair, false);
        shapley_gains(o, pair, true);
        for (size_t p = 0; p < o->k; p++) { /* mean and squares about it as they grow */
            const double off = o->gain[p] - o->mean[p];

            o->mean[p] += off / (double)(pair + 1);
            o->squares[p] += off * (o->gain[p] - o->mean[p]);
        }
    }
}

static void shapley_put(const run_split *s, const shapley_orders *o)
{
    const double n = (double)o->pairs;

    s->node->split_orders = 2 * o->pairs;
    s->node->split_error = 0;
    for (size_t p = 0; p < o->k; p++) {
        const double error = o->pairs > 1 ? sqrt(o->squares[p] / (n - 1) / n) : NAN;

        s->node->split_error =
            error > s->node->split_error || isnan(error) ? error : s->node->split_error;
        s->child[s->parts.part[s->player[p]]].contribution = o->mean[p];
    }
}

static mera_code shapley_sampled(const run_split *s, size_t pairs, double *full, bool *ok)
{
    const size_t k = s->n_players, rows = 2 + 2 * pairs * (k - 1);
    shapley_orders o = {.k = k, .pairs = pairs};
    double *value;

    MERA_TRY_NEW(o.order, s->t->arena, pairs * k);
    MERA_TRY_NEW(o.in, s->t->arena, rows * k);
    MERA_TRY_NEW(o.mean, s->t->arena, k);
    MERA_TRY_NEW(o.squares, s->t->arena, k);
    MERA_TRY_NEW(o.gain, s->t->arena, k);
    MERA_TRY_NEW(value, s->t->arena, rows);
    o.value = value;
    shapley_fill(&o, s->t->plan->methodology->seed);
    MERA_TRY(mera_run_split_play(s, o.in, rows, value, ok));
    if (*ok) {
        shapley_average(&o);
        shapley_put(s, &o);
    }
    s->node->baseline = value[0];
    *full = value[1];
    return MERA_OK;
}

/* ---- which of them ---- */

/** Work of one coalition: an aggregator that compares units may look at all pairs of them. */
static double shapley_cost(const run_split *s)
{
    const double n = s->population ? (double)s->t->plan->n_units : 1;
    const mera_op *op = s->t->plan->node[s->node->node].node->aggregate.op;
    const bool costly = op != NULL && (op->flags & MERA_OP_COSTLY) != 0;

    return n * n * (double)s->parts.k * (costly ? shapley_costly : 1);
}

/** Pairs of orders that the budget allows. */
static size_t shapley_pairs(const run_split *s)
{
    const double k = (double)s->n_players;
    const double time = 2 * shapley_budget / shapley_cost(s) / (2 * k);
    const double room = SHAPLEY_CELLS / (2 * k * (double)s->parts.k);
    const double most = time < room ? time : room;

    return most < SHAPLEY_PAIRS ? (size_t)most : SHAPLEY_PAIRS;
}

mera_code mera_run_split_shapley(const run_split *s, double *full, bool *ok)
{
    const size_t k = s->n_players;
    const bool cheap =
        k <= SHAPLEY_EXACT && shapley_cost(s) * (double)((size_t)1 << k) <= shapley_budget;

    s->node->split_error = 0;
    s->node->split_orders = 0;
    *ok = false;
    if (cheap) {
        return shapley_exact(s, full, ok);
    }
    return shapley_pairs(s) < 2 ? MERA_OK : shapley_sampled(s, shapley_pairs(s), full, ok);
}
