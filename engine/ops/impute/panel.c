/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * impute.panel_latest, impute.panel_linear, impute.panel_constant -- fill a unit's gap from its own
 * values in other periods. t: the periods as numbers, a and b the nearest known ones around t.
 *
 *     latest    y(t) = x(a), a <= t
 *     constant  the same, and before the first known value that value
 *     linear    y(t) = x(a) + (x(b) - x(a)) (t - a) / (b - a); outside the known ones the nearest
 *
 * shape   x[periods][n] -> y[periods][n]
 * unit    x's
 * nulls   are filled where the rule has an answer, else stay
 * errors  none; a single period is said in a note
 * source  Becker et al., COINr, JOSS 7 (2022) 4567, impute_panel; last observation carried forward
 *
 * `max_age` bounds how far away a value may be taken from, in the unit of the periods (years): a
 * gap whose value would be older stays open. Both neighbours of a linear value are bound by it.
 */
#include <math.h>

#include "ops/support.h"

typedef struct {
    double max_age;
    bool backwards; /* panel_constant */
    bool ends;      /* panel_linear */
} panel_params;

#define PANEL_MAX_AGE                                                                           \
    {                                                                                           \
        .name = "max_age", .type = MERA_PARAM_F64, .offset = offsetof(panel_params, max_age),   \
        .nullable = true, .fallback = NAN, .min = 0, .max = 1e6,                                \
        .help =                                                                                 \
            "how far away, in periods' own unit, a value may be taken from; null: any distance" \
    }

static const mera_param panel_latest_table[] = {PANEL_MAX_AGE, MERA_PARAMS_END};
static const mera_param panel_linear_table[] = {
    PANEL_MAX_AGE,
    MERA_BOOL(panel_params, ends, 1,
              "carry the first and the last known value outwards; false leaves these gaps"),
    MERA_PARAMS_END,
};
static const mera_param panel_constant_table[] = {
    PANEL_MAX_AGE,
    MERA_BOOL(panel_params, backwards, 1,
              "carry the first known value backwards; false leaves these gaps"),
    MERA_PARAMS_END,
};

enum { PANEL_NONE = -1 };

/** One unit's row of periods. */
typedef struct {
    const double *const *x;
    const double *when;
    size_t n_periods, unit;
} panel_row;

/* The nearest known period from p on in steps of -1 or 1; PANEL_NONE when there is none. */
static long panel_known(const panel_row *row, size_t p, long step)
{
    long at = (long)p;
    while (at >= 0 && at < (long)row->n_periods && !mera_is_present(row->x[at][row->unit])) {
        at += step;
    }
    return at >= 0 && at < (long)row->n_periods ? at : PANEL_NONE;
}

static bool panel_near(const panel_row *row, const panel_params *p, size_t at, long other)
{
    return other != PANEL_NONE &&
           (isnan(p->max_age) || fabs(row->when[at] - row->when[other]) <= p->max_age);
}

/* Writes the value of a gap and where it comes from; NaN leaves the gap. */
typedef double (*panel_rule)(const panel_row *row, const panel_params *p, size_t at, int32_t *from);

/* ---- the error of what is filled ---- */

/* How far a random walk goes in one step of time: the mean square jump from each known value to the
 * next one of the unit, for each step between them, over all units. NaN without a jump. */
static double panel_pace(panel_row row, size_t n)
{
    double squares = 0;
    size_t jumps = 0;
    for (row.unit = 0; row.unit < n; row.unit++) {
        long before = PANEL_NONE;
        for (long at = panel_known(&row, 0, 1); at != PANEL_NONE;
             at = panel_known(&row, (size_t)at + 1, 1)) {
            if (before != PANEL_NONE) {
                const double jump = row.x[at][row.unit] - row.x[before][row.unit];
                squares += jump * jump / (row.when[at] - row.when[before]);
                jumps++;
            }
            before = at;
        }
    }
    return jumps > 0 ? sqrt(squares / (double)jumps) : NAN;
}

/* Of a walk between two known values (a bridge), or away from one. */
static double panel_spread(const panel_row *row, size_t at, int32_t from, double pace)
{
    if (from >= 0) {
        return pace * sqrt(fabs(row->when[at] - row->when[from]));
    }
    const double a = row->when[panel_known(row, at, -1)], b = row->when[panel_known(row, at, 1)];
    return pace * sqrt((row->when[at] - a) * (b - row->when[at]) / (b - a));
}

static double panel_take(const panel_row *row, const panel_params *p, size_t at, long other,
                         int32_t *from)
{
    if (!panel_near(row, p, at, other)) {
        return NAN;
    }
    *from = (int32_t)other;
    return row->x[other][row->unit];
}

static double panel_latest(const panel_row *row, const panel_params *p, size_t at, int32_t *from)
{
    return panel_take(row, p, at, panel_known(row, at, -1), from);
}

static double panel_constant(const panel_row *row, const panel_params *p, size_t at, int32_t *from)
{
    const long before = panel_known(row, at, -1);
    if (before != PANEL_NONE || !p->backwards) {
        return panel_take(row, p, at, before, from);
    }
    return panel_take(row, p, at, panel_known(row, at, 1), from);
}

static double panel_linear(const panel_row *row, const panel_params *p, size_t at, int32_t *from)
{
    const long a = panel_known(row, at, -1), b = panel_known(row, at, 1);
    if (a == PANEL_NONE || b == PANEL_NONE) {
        return p->ends ? panel_take(row, p, at, a != PANEL_NONE ? a : b, from) : NAN;
    }
    if (!panel_near(row, p, at, a) || !panel_near(row, p, at, b)) {
        return NAN;
    }
    const double first = row->x[a][row->unit], last = row->x[b][row->unit];
    const double way = (row->when[at] - row->when[a]) / (row->when[b] - row->when[a]);
    *from = -1;
    return first == last ? first : first + (last - first) * way;
}

static mera_code panel_fill(const mera_op *op, const panel_params *p, const mera_op_ctx *ctx,
                            panel_row row, size_t n, double *const *y, int32_t *const *from,
                            panel_rule rule)
{
    if (row.n_periods == 1) {
        mera_op_note(ctx, "one-period", "%s: %s has one period only and fills nothing",
                     mera_op_subject(op, ctx), op->name);
    }
    const double pace = ctx->spread != NULL ? panel_pace(row, n) : NAN;
    for (size_t at = 0; at < row.n_periods; at++) {
        for (row.unit = 0; row.unit < n; row.unit++) {
            const double value = row.x[at][row.unit];
            int32_t origin = (int32_t)at;
            y[at][row.unit] = mera_is_present(value) ? value : rule(&row, p, at, &origin);
            if (from != NULL) {
                from[at][row.unit] = origin;
            }
            if (ctx->spread != NULL && !mera_is_present(value) &&
                mera_is_present(y[at][row.unit])) {
                ctx->spread[at][row.unit] = panel_spread(&row, at, origin, pace);
            }
        }
    }
    return MERA_OK;
}

static mera_code panel_latest_fill(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const double *const *x, const double *when, size_t n_periods,
                                   size_t n, double *const *y, int32_t *const *from)
{
    const panel_row row = {x, when, n_periods, 0};
    return panel_fill(op, params, ctx, row, n, y, from, panel_latest);
}

static mera_code panel_linear_fill(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const double *const *x, const double *when, size_t n_periods,
                                   size_t n, double *const *y, int32_t *const *from)
{
    const panel_row row = {x, when, n_periods, 0};
    return panel_fill(op, params, ctx, row, n, y, from, panel_linear);
}

static mera_code panel_constant_fill(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                     const double *const *x, const double *when, size_t n_periods,
                                     size_t n, double *const *y, int32_t *const *from)
{
    const panel_row row = {x, when, n_periods, 0};
    return panel_fill(op, params, ctx, row, n, y, from, panel_constant);
}

const mera_op mera_op_impute_panel_constant = {
    .name = "impute.panel_constant",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Carry a unit's last known value forward, and its first one backward.",
    .formula = "y(t) = x(a), a the last known period up to t, else the first known one",
    .nulls = "are filled, unless the nearest value is older than 'max_age'",
    .conventions = "ages are differences of period labels where all are numbers, else of places",
    .spread = "s sqrt(|t - a|); s^2: mean of (x(b) - x(a))^2 / (b - a) over all neighbouring known "
              "values (random walk)",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567, impute_panel",
    .params = panel_constant_table,
    .params_size = sizeof(panel_params),
    .panel = panel_constant_fill,
};

const mera_op mera_op_impute_panel_latest = {
    .name = "impute.panel_latest",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Carry a unit's last known value forward.",
    .formula = "y(t) = x(a), a the last known period up to t",
    .nulls = "are filled, unless nothing is known before or it is older than 'max_age'",
    .conventions = "ages are differences of period labels where all are numbers, else of places",
    .spread = "s sqrt(|t - a|); s^2: mean of (x(b) - x(a))^2 / (b - a) over all neighbouring known "
              "values (random walk)",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567, impute_panel",
    .params = panel_latest_table,
    .params_size = sizeof(panel_params),
    .panel = panel_latest_fill,
};

const mera_op mera_op_impute_panel_linear = {
    .name = "impute.panel_linear",
    .step = MERA_STEP_IMPUTE,
    .version = 1,
    .summary = "Fill a unit's gaps on the line between its values before and after.",
    .formula = "y(t) = x(a) + (x(b) - x(a)) (t - a) / (b - a), a and b the known periods around t",
    .nulls = "are filled, unless a neighbour is farther than 'max_age'",
    .conventions = "the end values are carried outwards unless 'ends: false'; ages are differences "
                   "of period labels where all are numbers, else of places",
    .spread =
        "s sqrt((t - a)(b - t) / (b - a)), or s sqrt(t - a) where an end is carried; s^2: mean "
        "of (x(b) - x(a))^2 / (b - a) over all neighbouring known values (Brownian bridge)",
    .source = "Becker et al., COINr, JOSS 7 (2022) 4567, impute_panel",
    .params = panel_linear_table,
    .params_size = sizeof(panel_params),
    .panel = panel_linear_fill,
};
