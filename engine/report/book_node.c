/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A node's aggregate as a formula over its children and their weights, which stand in one or two
 * ranges: indicators on the sheet of points, nodes on the sheet of scores. SUMPRODUCT takes arrays
 * in every program without being told; IF inside it does not, so missing children are counted out
 * by ISNUMBER.
 */
#include "report/book.h"

#include <stdio.h>
#include <string.h>

#include "base/math.h"
#include "base/number.h"

typedef enum node_kind {
    NODE_ARITHMETIC,
    NODE_SUM,
    NODE_GEOMETRIC,
    NODE_HARMONIC,
    NODE_MIN,
    NODE_MAX,
    NODE_OTHER
} node_kind;

static node_kind node_kind_of(const mera_node *node)
{
    static const char *const name[] = {"aggregate.arithmetic", "aggregate.sum",
                                       "aggregate.geometric",  "aggregate.harmonic",
                                       "aggregate.min",        "aggregate.max"};
    for (size_t i = 0; node->aggregate.op != NULL && i < NODE_OTHER; i++) {
        if (strcmp(node->aggregate.op->name, name[i]) == 0) {
            return (node_kind)i;
        }
    }
    return NODE_OTHER;
}

double book_weight(const book *b, size_t node, size_t child)
{
    const mera_node *def = &b->r->methodology->node[node];
    const double in_force = b->r->node[node].weight[child];
    const bool as_written = def->weigh.op == NULL && !def->weights_as_given;
    return as_written && in_force > 0 ? def->child[child].weight : in_force;
}

static double node_child(const book *b, const mera_child *child, size_t cell)
{
    return child->is_indicator ? b->r->indicator[child->index].stage[MERA_STAGE_NORMALISED][cell]
                               : b->r->node[child->index].score[cell];
}

/* ---- what it gives ---- */

typedef struct node_sums {
    double sum, weight, least, most;
    bool full;
} node_sums;

static void node_add(node_sums *s, node_kind kind, double w, double x)
{
    s->weight += w;
    s->sum += kind == NODE_GEOMETRIC ? w * mera_log(x) : kind == NODE_HARMONIC ? w / x : w * x;
    s->least = x < s->least ? x : s->least;
    s->most = x > s->most ? x : s->most;
}

double book_node_value(const book *b, size_t node, size_t cell, bool *full)
{
    const mera_node *def = &b->r->methodology->node[node];
    const node_kind kind = node_kind_of(def);
    node_sums s = {.least = INFINITY, .most = -INFINITY};
    *full = true;
    for (size_t j = 0; j < def->n_children; j++) {
        const double x = node_child(b, &def->child[j], cell);
        if (isnan(x)) {
            *full = false;
        } else {
            node_add(&s, kind, book_weight(b, node, j), x < def->floor ? def->floor : x);
        }
    }
    const double total = def->weights_as_given ? 1 : s.weight;
    const double y = kind == NODE_ARITHMETIC  ? s.sum / total
                     : kind == NODE_GEOMETRIC ? mera_exp(s.sum / total)
                     : kind == NODE_HARMONIC  ? total / s.sum
                     : kind == NODE_SUM       ? s.sum
                     : kind == NODE_MIN       ? s.least
                                              : s.most;
    return def->round.mode == MERA_ROUND_NONE
               ? y
               : mera_round(y, (mera_rounding){MERA_ROUND_HALF_UP, def->round.digits});
}

/* ---- how it is said ---- */

/** Children of a node that stand side by side, with their weights above them. */
typedef struct node_range {
    const char *x, *w;
} node_range;

typedef struct node_run {
    book *b;
    const mera_node *def;
    node_kind kind;
    bool full;
    node_range range[2];
    size_t n;
} node_run;

static mera_code node_range_add(node_run *run, book_page page, size_t column, size_t n)
{
    char first[8], last[8];
    if (n == 0) {
        return MERA_OK;
    }
    node_range *range = &run->range[run->n++];
    const char *sheet = page == BOOK_SCORES ? "" : run->b->ref[page];
    (void)io_xlsx_letters(column, first);
    (void)io_xlsx_letters(column + n - 1, last);
    range->x =
        mera_arena_printf(run->b->arena, "%s%s%c:%s%c", sheet, first, BOOK_ROW, last, BOOK_ROW);
    range->w = mera_arena_printf(run->b->arena, "%s$%s$%d:$%s$%d", sheet, first, BOOK_WEIGHT + 1,
                                 last, BOOK_WEIGHT + 1);
    return range->x == NULL || range->w == NULL ? MERA_ENOMEM : MERA_OK;
}

/** The values of a range as the aggregator takes them: not below the floor. */
static const char *node_floored(const node_run *run, const char *x)
{
    char floor[32];
    if (isnan(run->def->floor)) {
        return x;
    }
    mera_number_write(run->def->floor, floor);
    return mera_arena_printf(run->b->arena, "((%s<%s)*%s+(%s>=%s)*%s)", x, floor, floor, x, floor,
                             x);
}

/** The sum over one range: of w x, w ln x, or w / x, of those children that are there. */
static const char *node_term(const node_run *run, const node_range *range)
{
    const char *x = node_floored(run, range->x), *w = range->w;
    const char *there = range->x;
    mera_arena *arena = run->b->arena;
    if (x == NULL) {
        return NULL;
    }
    switch (run->kind) {
    case NODE_GEOMETRIC:
        return run->full
                   ? mera_arena_printf(arena, "SUMPRODUCT(%s,LN(%s))", w, x)
                   : mera_arena_printf(arena, "SUMPRODUCT(%s,LN(ISNUMBER(%s)*%s+1-ISNUMBER(%s)))",
                                       w, there, x, there);
    case NODE_HARMONIC:
        return run->full
                   ? mera_arena_printf(arena, "SUMPRODUCT(%s/%s)", w, x)
                   : mera_arena_printf(
                         arena, "SUMPRODUCT(%s*ISNUMBER(%s)/(ISNUMBER(%s)*%s+1-ISNUMBER(%s)))", w,
                         there, there, x, there);
    default:
        return run->full || x == range->x
                   ? mera_arena_printf(arena, "SUMPRODUCT(%s,%s)", w, x)
                   : mera_arena_printf(arena, "SUMPRODUCT(%s,ISNUMBER(%s)*%s)", w, there, x);
    }
}

static const char *node_weights(const node_run *run, const node_range *range)
{
    return run->full ? mera_arena_printf(run->b->arena, "SUM(%s)", range->w)
                     : mera_arena_printf(run->b->arena, "SUMPRODUCT(%s,--ISNUMBER(%s))", range->w,
                                         range->x);
}

/** One text from those of one or two ranges. */
static const char *node_both(const node_run *run,
                             const char *(*one)(const node_run *, const node_range *))
{
    const char *a = one(run, &run->range[0]);
    const char *c = run->n > 1 ? one(run, &run->range[1]) : NULL;
    return a == NULL || (run->n > 1 && c == NULL) ? NULL
           : run->n == 1                          ? a
                         : mera_arena_printf(run->b->arena, "(%s+%s)", a, c);
}

static const char *node_extreme(const node_run *run)
{
    return mera_arena_printf(run->b->arena, "%s(%s%s%s)", run->kind == NODE_MIN ? "MIN" : "MAX",
                             run->range[0].x, run->n > 1 ? "," : "",
                             run->n > 1 ? run->range[1].x : "");
}

static const char *node_text(const node_run *run)
{
    if (run->kind == NODE_MIN || run->kind == NODE_MAX) {
        return node_extreme(run);
    }
    const bool divides = !run->def->weights_as_given && run->kind != NODE_SUM;
    const char *sum = node_both(run, node_term);
    const char *weights = divides ? node_both(run, node_weights) : "1";
    if (sum == NULL || weights == NULL) {
        return NULL;
    }
    switch (run->kind) {
    case NODE_GEOMETRIC:
        return divides ? mera_arena_printf(run->b->arena, "EXP(%s/%s)", sum, weights)
                       : mera_arena_printf(run->b->arena, "EXP(%s)", sum);
    case NODE_HARMONIC:
        return mera_arena_printf(run->b->arena, "%s/%s", weights, sum);
    default:
        return divides ? mera_arena_printf(run->b->arena, "%s/%s", sum, weights) : sum;
    }
}

static mera_code node_says(book *b, size_t node, bool full, const book_subject *subject,
                           book_chain *out)
{
    const mera_node *def = &b->r->methodology->node[node];
    const book_node *at = &b->node[node];
    node_run run = {.b = b, .def = def, .kind = node_kind_of(def), .full = full};
    MERA_TRY(node_range_add(&run, BOOK_POINTS, at->point, at->n_points));
    MERA_TRY(node_range_add(&run, BOOK_SCORES, at->child_node, at->n_children));
    out->text = node_text(&run);
    MERA_TRY_PTR(out->text);
    if (def->round.mode != MERA_ROUND_NONE) {
        out->text = mera_arena_printf(b->arena, "ROUND(%s,%d)", out->text, def->round.digits);
        MERA_TRY_PTR(out->text);
    }
    return book_chain_add(b, &def->then, subject, out);
}

/** Does a child hand on something that is not its score? */
static bool node_passes(const mera_methodology *m, const mera_node *def)
{
    for (size_t j = 0; j < def->n_children; j++) {
        const mera_node *child = def->child[j].is_indicator ? NULL : &m->node[def->child[j].index];
        if (child != NULL && child->pass_aggregate && child->then.n > 0) {
            return true;
        }
    }
    return false;
}

mera_code book_node_says(book *b, size_t node, size_t period, const char *group,
                         book_node_formula *out)
{
    const mera_node *def = &b->r->methodology->node[node];
    const book_subject subject = {.indicator = SIZE_MAX,
                                  .node = node,
                                  .direction = MERA_HIGHER,
                                  .group = group,
                                  .period = period};
    const char *by;
    const mera_word why = def->formula != NULL                  ? MERA_WORD_BOOK_WHY_FORMULA
                          : node_kind_of(def) == NODE_OTHER     ? MERA_WORD_BOOK_WHY_OPERATION
                          : node_passes(b->r->methodology, def) ? MERA_WORD_BOOK_WHY_PASSED
                          : !book_grouping(&def->then, &by)     ? MERA_WORD_BOOK_WHY_REFERENCE
                                                                : MERA_N_WORDS;
    out->full = out->some = (book_chain){.why = why, .op = def->aggregate.op};
    if (why != MERA_N_WORDS) {
        return MERA_OK;
    }
    MERA_TRY(node_says(b, node, true, &subject, &out->full));
    return node_says(b, node, false, &subject, &out->some);
}
