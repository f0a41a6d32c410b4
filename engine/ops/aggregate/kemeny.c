/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * aggregate.kemeny -- the ranking that agrees best with the comparison of every pair
 * (Condorcet-Kemeny-Young-Levenglick).
 *
 *     best ranking = the permutation with the largest sum of e_ab over pairs with a above b
 *     y(a) = m - mean place of a over all best rankings   better: higher
 *            mean place                                   better: lower;   e of ops/outrank.h
 *
 * shape   x[k][n] -> y[n]
 * unit    any -> places
 * nulls   two units are compared by the children both have; without one they are equal
 * errors  more than 4000 units
 * source  Kemeny (1959); Young, American Political Science Review 82 (1988) 1231; Munda, Nardo,
 *         Applied Economics 41 (2009) 1513
 *
 * Units fall into parts of which each beats all later ones; every best ranking keeps the parts in
 * that order. Within a part all best rankings are counted (kemeny_exact.c). Where that is too much,
 * because of many draws, the part falls into pieces by the pairs that somebody wins: pieces are
 * solved alone, and a unit's place is the middle of the places that draws leave open to it. A piece
 * that is itself too large gets a good ranking, and a bound on what the best could be.
 */
#include "ops/aggregate/kemeny.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "mera/rounding.h"
#include "ops/aggregate/children.h"
#include "ops/outrank.h"
#include "ops/support.h"

enum { KEMENY_UNITS = 4000 };

typedef struct {
    mera_outrank_rule rule; /* the first field: see outrank.h */
    int better;
} kemeny_params;

static const mera_param kemeny_table[] = {
    MERA_OUTRANK_PARAMS,
    MERA_ENUM(kemeny_params, better, MERA_BETTER_HIGHER, mera_better_names,
              "higher gives the number of units less the place; lower gives the place, for a node "
              "with 'better: lower'"),
    MERA_PARAMS_END,
};

typedef struct {
    const mera_op *op;
    const mera_op_ctx *ctx;
    mera_arena *arena;
    const size_t *unit; /* [n] their numbers in the call */
    size_t n;           /* units with a value */
    double *lead;
    uint32_t *order; /* units by pairs won */
    double *place;   /* [n], from 0 */
    double loss, bound, optima;
} kemeny_run;

static void kemeny_visit(void *data, size_t a, size_t first, size_t n, const double *lead)
{
    const kemeny_run *run = data;
    for (size_t i = 0; i < n; i++) {
        run->lead[a * run->n + first + i] = lead[i];
        run->lead[(first + i) * run->n + a] = -lead[i];
    }
}

/* ---- a set of units, solved alone ---- */

/* Solves the units of `member`: places from 0 among them. */
static mera_code kemeny_solve(const kemeny_run *run, const uint32_t *member, size_t n, bool search,
                              mera_kemeny *out, bool *exact)
{
    double *lead;
    uint32_t *order;
    MERA_TRY_NEW(lead, run->arena, n * n);
    MERA_TRY_NEW(order, run->arena, n);
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            lead[a * n + b] = run->lead[member[a] * run->n + member[b]];
        }
    }
    MERA_TRY(mera_kemeny_search(lead, n, run->arena, order, &out->loss));
    MERA_TRY(mera_kemeny_exact(lead, n, run->arena, out, exact));
    if (!*exact && search) {
        mera_kemeny_circle *circle;
        size_t n_circles;
        MERA_TRY(mera_kemeny_circles(lead, n, run->arena, &circle, &n_circles));
        out->bound = 0;
        out->optima = 0;
        for (size_t c = 0; c < n_circles; c++) {
            out->bound += circle[c].loss;
        }
        for (size_t p = 0; p < n; p++) {
            out->place[order[p]] = (double)p;
        }
    }
    return MERA_OK;
}

/* ---- a part with many draws, in pieces ---- */

/** Who must stand above whom: bit b of row a, through others too. */
typedef struct {
    uint64_t *bit;
    size_t n, words;
} kemeny_above;

static bool above_has(const kemeny_above *above, size_t a, size_t b)
{
    return (above->bit[a * above->words + b / 64] >> (b % 64) & 1) != 0;
}

static mera_code kemeny_close(const kemeny_run *run, const uint32_t *member, size_t n,
                              kemeny_above *out)
{
    *out = (kemeny_above){.n = n, .words = (n + 63) / 64};
    MERA_TRY_NEW(out->bit, run->arena, n * out->words);
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            if (run->lead[member[a] * run->n + member[b]] > 0) {
                out->bit[a * out->words + b / 64] |= (uint64_t)1 << (b % 64);
            }
        }
    }
    for (size_t through = 0; through < n; through++) {
        for (size_t a = 0; a < n; a++) {
            for (size_t w = 0; above_has(out, a, through) && w < out->words; w++) {
                out->bit[a * out->words + w] |= out->bit[through * out->words + w];
            }
        }
    }
    return MERA_OK;
}

/* The piece of unit `a`: those that are above and below it at once, and it. */
static size_t kemeny_piece(const kemeny_above *above, size_t a, uint32_t *out)
{
    size_t n = 0;
    for (size_t b = 0; b < above->n; b++) {
        if (b == a || (above_has(above, a, b) && above_has(above, b, a))) {
            out[n++] = (uint32_t)b;
        }
    }
    return n;
}

/* Places of one piece: between those that must stand above it and those that must stand below. */
static mera_code kemeny_place_piece(kemeny_run *run, const uint32_t *member,
                                    const kemeny_above *above, const uint32_t *piece, size_t n,
                                    mera_kemeny *part)
{
    mera_kemeny alone = {.optima = 1};
    uint32_t *unit;
    bool exact = true;
    size_t over = 0, under = 0;
    MERA_TRY_NEW(alone.place, run->arena, n);
    MERA_TRY_NEW(unit, run->arena, n);
    for (size_t p = 0; p < n; p++) {
        unit[p] = member[piece[p]];
    }
    if (n > 1) {
        MERA_TRY(kemeny_solve(run, unit, n, true, &alone, &exact));
    }
    for (size_t b = 0; b < above->n; b++) {
        const bool up = above_has(above, b, piece[0]), down = above_has(above, piece[0], b);
        over += up && !down;
        under += down && !up;
    }
    for (size_t p = 0; p < n; p++) {
        const double first = (double)over + alone.place[p];
        const double last = (double)(above->n - under - n) + alone.place[p];
        part->place[piece[p]] = (first + last) / 2;
    }
    part->loss += alone.loss;
    part->bound += alone.bound;
    return MERA_OK;
}

static mera_code kemeny_pieces(kemeny_run *run, const uint32_t *member, size_t n, mera_kemeny *part)
{
    kemeny_above above;
    uint32_t *piece;
    MERA_TRY(kemeny_close(run, member, n, &above));
    MERA_TRY_NEW(piece, run->arena, n);
    *part = (mera_kemeny){.place = part->place};
    for (size_t a = 0; a < n; a++) {
        const size_t size = kemeny_piece(&above, a, piece);
        if (piece[0] != a) {
            continue; /* placed with its first unit */
        }
        const mera_arena_mark mark = mera_arena_mark_now(run->arena);
        MERA_TRY(kemeny_place_piece(run, member, &above, piece, size, part));
        mera_arena_rewind(run->arena, mark);
    }
    return MERA_OK;
}

/* ---- parts ---- */

/* Sorts units by pairs not lost, so that each part comes before those it beats. */
static mera_code kemeny_sort(kemeny_run *run)
{
    double *kept;
    MERA_TRY_NEW(kept, run->arena, run->n);
    MERA_TRY_NEW(run->order, run->arena, run->n);
    for (size_t a = 0; a < run->n; a++) {
        size_t at = a;
        for (size_t b = 0; b < run->n; b++) {
            kept[a] += run->lead[a * run->n + b] >= 0;
        }
        for (; at > 0 && kept[run->order[at - 1]] < kept[a]; at--) {
            run->order[at] = run->order[at - 1];
        }
        run->order[at] = (uint32_t)a;
    }
    return MERA_OK;
}

/* Where the part that starts at place `from` ends: no unit after it keeps up with one in it. */
static size_t kemeny_part_end(const kemeny_run *run, size_t from)
{
    size_t end = from + 1;
    for (size_t p = from; p < end; p++) {
        for (size_t q = run->n; q > end; q--) {
            if (run->lead[run->order[q - 1] * run->n + run->order[p]] >= 0) {
                end = q;
            }
        }
    }
    return end;
}

/* The best rankings of a part are those of the whole between its first and last place. */
static mera_code kemeny_note_part(const kemeny_run *run, const uint32_t *member, size_t n,
                                  size_t from, const mera_kemeny *part)
{
    size_t *unit;
    MERA_TRY_NEW(unit, run->arena, n);
    for (size_t p = 0; p < n; p++) {
        unit[p] = run->unit[member[p]];
    }
    return mera_kemeny_note_all(run->op, run->ctx, part, unit, n, from);
}

static mera_code kemeny_part(kemeny_run *run, size_t from, size_t n)
{
    const uint32_t *member = run->order + from;
    mera_kemeny part = {.optima = 1};
    bool exact = true;
    MERA_TRY_NEW(part.place, run->arena, n);
    if (n > 1) {
        MERA_TRY(kemeny_solve(run, member, n, false, &part, &exact));
    }
    if (!exact) {
        MERA_TRY(kemeny_pieces(run, member, n, &part));
    }
    if (part.ranking != NULL) {
        MERA_TRY(kemeny_note_part(run, member, n, from, &part));
    }
    for (size_t p = 0; p < n; p++) {
        run->place[member[p]] = (double)from + part.place[p];
    }
    run->loss += part.loss;
    run->bound += part.bound;
    run->optima *= part.optima;
    return MERA_OK;
}

static mera_code kemeny_rank(kemeny_run *run)
{
    MERA_TRY(kemeny_sort(run));
    MERA_TRY_NEW(run->place, run->arena, run->n);
    run->optima = 1;
    for (size_t from = 0; from < run->n;) {
        const size_t end = kemeny_part_end(run, from);
        const mera_arena_mark mark = mera_arena_mark_now(run->arena);
        MERA_TRY(kemeny_part(run, from, end - from));
        mera_arena_rewind(run->arena, mark);
        from = end;
    }
    return MERA_OK;
}

/* ---- the operation ---- */

static void kemeny_note(const mera_op *op, const mera_op_ctx *ctx, const kemeny_run *run)
{
    const char *subject = mera_op_subject(op, ctx);
    char loss[64], bound[64];
    mera_number_write_fixed(run->loss, 6, loss);
    mera_number_write_fixed(run->bound, 6, bound);
    if (run->loss > run->bound + MERA_KEMENY_ROUNDING) {
        mera_warn(ctx->diags, "not-proven", ctx->at,
                  "%s: %s found a ranking that loses %s, and did not prove it best: the best loses "
                  "no less than %s",
                  subject, op->name, loss, bound);
        mera_hint(ctx->diags, "so many units that beat each other in circles are too many for it; "
                              "'copeland' and 'borda' take any number");
    } else if (run->optima == 1) {
        mera_op_note(ctx, "kemeny", "%s: %s has one best ranking, which loses %s", subject,
                     op->name, loss);
    } else if (run->optima > 0) {
        mera_op_note(ctx, "kemeny",
                     "%s: %s has %.0f best rankings, which lose %s; scores are means over them",
                     subject, op->name, run->optima, loss);
    } else {
        mera_op_note(ctx, "kemeny",
                     "%s: %s has more best rankings than can be counted, which lose %s; scores are "
                     "from the middle of the places that draws leave open",
                     subject, op->name, loss);
    }
}

/* The children without the units that have no value. */
static mera_code kemeny_table_of(const mera_children *in, const double *present, mera_arena *arena,
                                 mera_children *out)
{
    const double **x;
    MERA_TRY_NEW(x, arena, in->k);
    *out = *in;
    out->n = mera_children_units(in, present);
    out->x = x;
    for (size_t j = 0; j < in->k; j++) {
        double *column;
        size_t n = 0;
        MERA_TRY_NEW(column, arena, out->n);
        for (size_t i = 0; i < in->n; i++) {
            if (present[i] > 0) {
                column[n++] = in->x[j][i];
            }
        }
        x[j] = column;
    }
    return MERA_OK;
}

static mera_code kemeny_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                  const mera_children *in, double *y)
{
    const kemeny_params *p = params;
    kemeny_run run = {.op = op, .ctx = ctx, .arena = ctx->arena};
    mera_children table;
    double *present;
    size_t *unit, at = 0;
    MERA_TRY(mera_children_present(in, ctx->arena, &present));
    MERA_TRY(kemeny_table_of(in, present, ctx->arena, &table));
    MERA_TRY_NEW(unit, ctx->arena, in->n);
    for (size_t i = 0; i < in->n; i++) {
        unit[run.n] = i;
        run.n += present[i] > 0;
    }
    run.unit = unit;
    if (run.n > KEMENY_UNITS) {
        const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "too-many", ctx->at,
                                       "%s has %zu units; %s takes at most %d",
                                       mera_op_subject(op, ctx), run.n, op->name, KEMENY_UNITS);
        mera_hint(ctx->diags, "'copeland' and 'borda' compare pairs too, and have no such limit");
        return rc;
    }
    MERA_TRY_NEW(run.lead, ctx->arena, run.n * run.n);
    MERA_TRY(mera_outrank_each(op, ctx, &table, &p->rule, kemeny_visit, &run));
    MERA_TRY(kemeny_rank(&run));
    if (run.n > 0) {
        kemeny_note(op, ctx, &run);
    }
    for (size_t i = 0; i < in->n; i++) {
        const double place = present[i] > 0 ? run.place[at++] + 1 : NAN;
        y[i] = p->better == MERA_BETTER_HIGHER ? (double)run.n - place : place;
    }
    return mera_children_finish(op, ctx, in, present, y);
}

const mera_op mera_op_aggregate_kemeny = {
    .name = "aggregate.kemeny",
    .step = MERA_STEP_AGGREGATE,
    .version = 1,
    .summary = "The ranking that agrees best with all pairs (Condorcet-Kemeny-Young-Levenglick).",
    .formula =
        "the permutation with the largest sum(e_ab) over pairs a above b; y = m - mean place",
    .nulls = "two units are compared by the children both have; without one they are equal",
    .conventions =
        "compares the units of one period: another set of units may turn the order of two; equal "
        "values give half the weight to each; places are means over all best rankings, whose "
        "number is noted and which are listed, up to 12 for units that share places; where they "
        "cannot be found (over 20 units in one circle, as a rule) the "
        "loss of the ranking found and a bound of the best are noted; y = m - place, so that "
        "higher is better, unless 'better: lower'",
    .source = "Kemeny (1959); Young, American Political Science Review 82 (1988) 1231; Munda, "
              "Nardo, Applied Economics 41 (2009) 1513",
    .params = kemeny_table,
    .params_size = sizeof(kemeny_params),
    .flags = MERA_OP_POPULATION | MERA_OP_COSTLY,
    .aggregate = kemeny_aggregate,
};
