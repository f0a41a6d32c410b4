/* SPDX-License-Identifier: Apache-2.0 */
/** @file Reading what it costs to raise indicators (cli/costs.h). */
#include "cli/costs.h"

#include <string.h>

#include "base/math.h"
#include "cli/session.h"
#include "io/table.h"
#include "mera/again.h"

enum { COSTS_MOST = 10000 };

typedef struct costs_read {
    cli *c;
    io_table *t;
    const mera_result *result;
    const mera_methodology *m;
    mera_arena *arena;
    size_t indicator, cost, value, unit; /**< fields; the last two may be SIZE_MAX */
    mera_price *v;
    size_t n;
} costs_read;

static mera_slice costs_field(const costs_read *r, size_t field)
{
    return field < r->t->csv.n_fields ? mera_slice_trim(r->t->csv.field[field])
                                      : (mera_slice){"", 0};
}

static mera_code costs_unknown(const costs_read *r, const char *id)
{
    const char **names;
    MERA_TRY_NEW(names, r->arena, r->m->n_indicators);
    for (size_t i = 0; i < r->m->n_indicators; i++) {
        names[i] = r->m->indicator[i].id;
    }
    IO_FAIL(&r->t->findings, "unknown-indicator", io_table_at(r->t, r->indicator),
            "the methodology has no indicator '%s'", id);
    return mera_suggest(r->t->findings.diags, id, names, r->m->n_indicators, "indicators",
                        r->arena);
}

/** A price is one, points of a curve are of different values. */
static void costs_twice(const costs_read *r, const mera_price *cost)
{
    for (size_t i = 0; i < r->n; i++) {
        const mera_price *other = &r->v[i];
        const bool price = isnan(cost->value) || isnan(other->value);
        if (other->indicator == cost->indicator && other->unit == cost->unit &&
            (price || other->value == cost->value)) {
            IO_FAIL(&r->t->findings, "duplicate", io_table_at(r->t, r->indicator),
                    "'%s' has a price already", r->m->indicator[cost->indicator].id);
            mera_hint(r->t->findings.diags, "one line without `value`, or lines with a `value` "
                                            "each of its own");
            return;
        }
    }
}

/** Points of a curve tell all that a way costs: what is further is not cheaper. From a target both
 * ways lead away, so nothing is said there. */
static void costs_falling(const costs_read *r, const mera_price *cost)
{
    const mera_indicator *def = &r->m->indicator[cost->indicator];
    double own, theirs;
    for (size_t i = 0; i < r->n && def->direction != MERA_TARGET; i++) {
        const mera_price *other = &r->v[i];
        if (other->indicator != cost->indicator || other->unit != cost->unit) {
            continue;
        }
        mera_better_values(r->m, cost->indicator, &cost->value, 1, &own);
        mera_better_values(r->m, cost->indicator, &other->value, 1, &theirs);
        if ((own - theirs) * (cost->cost - other->cost) < 0) {
            IO_FAIL(&r->t->findings, "falling-cost", io_table_at(r->t, r->cost),
                    "'%s' costs %g up to %g, but %g up to %g: the longer way is cheaper", def->id,
                    cost->cost, cost->value, other->cost, other->value);
            mera_hint(r->t->findings.diags, "a point has all that it takes to come there, not what "
                                            "the last stretch costs");
            return;
        }
    }
}

/** The unit whose price it is; a blank one is all. */
static bool costs_unit(costs_read *r, size_t *out)
{
    const mera_slice named = costs_field(r, r->unit);
    const char *unit = mera_arena_strndup(r->arena, named.at, named.n);
    *out = SIZE_MAX;
    return named.n == 0 ||
           (unit != NULL &&
            cli_find_unit_at(r->c, r->result, unit, io_table_at(r->t, r->unit), out) == MERA_OK);
}

static mera_code costs_row(costs_read *r)
{
    const mera_slice name = costs_field(r, r->indicator), price = costs_field(r, r->cost);
    const mera_slice point = costs_field(r, r->value);
    const char *id = mera_arena_strndup(r->arena, name.at, name.n);
    mera_price cost = {.unit = SIZE_MAX, .value = NAN};
    MERA_TRY_PTR(id);
    if (!costs_unit(r, &cost.unit)) {
        r->t->findings.n_errors++;
        return MERA_OK;
    }
    cost.indicator = mera_methodology_indicator(r->m, id);
    if (cost.indicator == SIZE_MAX) {
        return costs_unknown(r, id);
    }
    if (!io_table_read(r->t, price, &cost.cost) || !(cost.cost > 0)) {
        IO_FAIL(&r->t->findings, "bad-cost", io_table_at(r->t, r->cost),
                "the cost of '%s' must be a number above 0", id);
        mera_hint(r->t->findings.diags, "what is free needs no budget: leave the line out");
        return MERA_OK;
    }
    if (point.n > 0 && !io_table_read(r->t, point, &cost.value)) {
        IO_FAIL(&r->t->findings, "bad-cost", io_table_at(r->t, r->value),
                "the value of '%s' must be a number, or empty for a price per unit", id);
        return MERA_OK;
    }
    costs_twice(r, &cost);
    costs_falling(r, &cost);
    if (r->n == COSTS_MOST) {
        return IO_FAIL(&r->t->findings, "too-many", io_table_row(r->t),
                       "a table of costs has at most %d lines", COSTS_MOST);
    }
    r->v[r->n++] = cost;
    return MERA_OK;
}

static mera_code costs_rows(costs_read *r)
{
    bool more = true;
    r->indicator = io_table_field(r->t, "indicator");
    r->cost = io_table_field(r->t, "cost");
    r->value = io_table_field(r->t, "value");
    r->unit = io_table_field(r->t, "unit");
    if (r->indicator == SIZE_MAX) {
        (void)io_table_no_field(r->t, "indicator", "a table of costs names indicators there");
    }
    if (r->cost == SIZE_MAX) {
        (void)io_table_no_field(r->t, "cost", "a table of costs has them there");
    }
    while (r->indicator != SIZE_MAX && r->cost != SIZE_MAX) {
        MERA_TRY(io_table_next(r->t, &more));
        if (!more) {
            break;
        }
        MERA_TRY(io_table_blank(r->t) ? MERA_OK : costs_row(r));
    }
    return r->t->findings.n_errors > 0 ? MERA_EINPUT : MERA_OK;
}

mera_code cli_read_costs(cli *c, const char *path, const mera_result *result,
                         const mera_price **out, size_t *n)
{
    const mera_source source = {.path = path};
    io_table table;
    costs_read r = {
        .c = c, .t = &table, .result = result, .m = result->methodology, .arena = c->arena};
    MERA_TRY_NEW(r.v, c->arena, COSTS_MOST);
    MERA_TRY(io_table_open(&source, c->arena, c->diags, &table));
    const mera_code code = costs_rows(&r);
    io_table_close(&table);
    *out = r.v;
    *n = r.n;
    return code;
}
