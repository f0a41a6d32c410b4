/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What every operation over one column must hold to, whichever step it belongs to: the order of
 * units does not matter, twins get the same value to the last bit, another unit of measure gives
 * the same scores, better is never worse, missing stays missing and finite stays finite, fitted
 * numbers are all there is to know, and memory may end anywhere.
 */
#include "properties.h"

enum { N = 30 };

typedef struct {
    double x[N + 1], by[N + 1];
    const char *name[N + 1];
    size_t n;
    mera_direction direction;
} sample;

static bool takes(const mera_op *op)
{
    return op->apply != NULL && op->step != MERA_STEP_DERIVE;
}

static const variant variants[] = {
    {"denominate.per_unit", "by: y; per: 1000"},
    {"impute.constant", "value: 7"},
    {"normalise.above_below", ""},
    {"normalise.above_below", "to: median; margin: 0.2"},
    {"normalise.ampi", ""},
    {"normalise.ampi", "to: median"},
    {"normalise.categorical", ""},
    {"normalise.categorical", "at_cut: better; type: 2"},
    {"normalise.goalposts", ""},
    {"normalise.goalposts", "clamp: none; range: [1, 100]"},
    {"normalise.minmax", ""},
    {"normalise.minmax", "range: [0, 1]; log: true"},
    {"normalise.percentile_goalposts", ""},
    {"normalise.percentile_goalposts", "best: quantile; type: 6; clamp: none"},
    {"normalise.percentile_rank", ""},
    {"normalise.percentile_rank", "kind: at_or_below"},
    {"normalise.percentile_rank", "kind: mid"},
    {"normalise.percentile_rank", "kind: nonzero"},
    {"normalise.percentile_rank", "reverse: complement; ties: mean"},
    {"normalise.rank", ""},
    {"normalise.rank", "ties: min; scale: unit"},
    {"normalise.rank", "ties: first"},
    {"normalise.rank", "best: one; ties: dense"},
    {"normalise.reference", ""},
    {"normalise.reference", "to: mean; scale: 100"},
    {"normalise.reference_unit", "unit: u4"},
    {"normalise.reference_unit", "unit: u4; clamp: both"},
    {"normalise.to_target", ""},
    {"normalise.to_target", "clamp: above"},
    {"normalise.value_exponential", ""},
    {"normalise.value_exponential", "curvature: -3"},
    {"normalise.value_piecewise", "values: [20, 50, 80]; points: [0, 70, 100]"},
    {"normalise.zscore", ""},
    {"normalise.zscore", "mean: 100; sd: 10; deviation: population"},
    {"treat.boxcox", ""},
    {"treat.boxcox", "lambda: 0.5"},
    {"treat.chain", ""},
    {"treat.chain", "first: none; then: boxcox; skewness: 0; kurtosis: -3"},
    {"treat.chain", "max_points: 2; skewness: 0.001; kurtosis: -3; then: log_ct_plus"},
    {"treat.clip", "lower: 20; upper: 80"},
    {"treat.log", "shift: 1"},
    {"treat.log", "shift_by: range; mirror: true"},
    {"treat.log", "shift_by: minimum"},
    {"treat.quantile_clip", ""},
    {"treat.quantile_clip", "lower: 0.1; upper: 0.8; type: 5"},
    {"treat.winsorise", ""},
    {"treat.winsorise", "skewness: 0.001; kurtosis: -3; max_points: 3; otherwise: log_ct"},
    {NULL, NULL},
};

#define OWN_UNIT "its parameters are numbers in the indicator's own unit"
#define SHAPE "a power of the shifted column has no unit of its own"
static const exemption exemptions[] = {
    {"normalise.rank", "twins", "'ties: first' is there to part equals", "ties: first"},
    {"normalise.rank", "order of units", "'ties: first' parts equals by their order",
     "ties: first"},
    {"normalise.rank", "fit and apply are two calls",
     "'ties: first' counts equals that came before", "ties: first"},
    {"normalise.rank", "better is never worse", "place 1 is the best with 'best: one'",
     "best: one; ties: dense"},
    {"impute.constant", "unit of measure", OWN_UNIT, NULL},
    {"normalise.none", "unit of measure", "it leaves values as they are", NULL},
    {"normalise.round", "unit of measure", "it rounds values as they are", NULL},
    {"normalise.scale", "unit of measure", "it is a change of the unit of measure", NULL},
    {"normalise.value_piecewise", "unit of measure", OWN_UNIT, NULL},
    {"treat.boxcox", "unit of measure", SHAPE, NULL},
    {"treat.chain", "unit of measure", SHAPE,
     "first: none; then: boxcox; skewness: 0; kurtosis: -3"},
    {"treat.chain", "unit of measure", SHAPE,
     "max_points: 2; skewness: 0.001; kurtosis: -3; then: log_ct_plus"},
    {"treat.clip", "unit of measure", OWN_UNIT, NULL},
    {"treat.log", "unit of measure", "a factor becomes a summand under a logarithm", NULL},
    {"treat.winsorise", "unit of measure", SHAPE,
     "skewness: 0.001; kurtosis: -3; max_points: 3; otherwise: log_ct"},
    {NULL, NULL, NULL, NULL},
};

static const walk all = {takes, variants, exemptions, 30};

/* Values from 5 to 95 with ties, an outlier and gaps, directed as a normaliser gets them. */
static sample sample_make(fixture *f, const mera_op *op, mera_direction direction, double unit)
{
    sample s = {.n = N, .direction = direction};
    for (size_t i = 0; i <= N; i++) {
        const double value = 5 * floor(10.5 + 9 * noise(i)), own = i == 11 ? 400 : value;
        s.x[i] = unit * (i % 7 == 2 ? NAN : own + (i % 3 == 0 ? noise(i + 99) : 0));
        s.by[i] = 50 + 10 * floor(3 + 2 * noise(i + 500));
        s.name[i] = mera_arena_printf(f->arena, "u%zu", i);
        if (strcmp(op->name, "normalise.target") == 0) {
            s.direction = MERA_TARGET;
            s.x[i] = -fabs(s.x[i] - 50 * unit);
        } else if (op->step == MERA_STEP_NORMALISE && (op->flags & MERA_OP_UNDIRECTED) == 0) {
            s.x[i] *= direction;
        }
    }
    return s;
}

static void surround(fixture *f, const mera_op *op, const sample *s, double unit)
{
    sample *kept =
        mera_arena_alloc(f->arena, 1, sizeof *kept); /* the context outlives the caller's */
    const double **input = mera_arena_alloc(f->arena, 1, sizeof *input);
    assert_non_null(kept);
    assert_non_null(input);
    *kept = *s;
    input[0] = kept->by;
    f->ctx.direction = s->direction;
    f->ctx.input = input;
    f->ctx.n_inputs = 1;
    f->ctx.unit_name = kept->name;
    f->ctx.unit_key = kept->name;
    if (strcmp(op->name, "normalise.goalposts") == 0 ||
        strcmp(op->name, "normalise.to_target") == 0) {
        f->ctx.goalpost[0] = unit * (s->direction == MERA_LOWER ? -95 : -5);
        f->ctx.goalpost[1] = unit * (s->direction == MERA_LOWER ? 5 : 95);
    }
}

static mera_code learn(fixture *f, const mera_op *op, const void *params, const sample *s,
                       mera_fitted *fitted)
{
    *fitted = (mera_fitted){.n = 0};
    return op->fit != NULL ? op->fit(op, params, &f->ctx, s->x, s->n, fitted) : MERA_OK;
}

/* Binds, fits and applies; says so when that fails. */
static const char *run_in(fixture *f, const mera_op *op, const char *params, const sample *s,
                          double unit, double *y)
{
    const mera_op *same;
    const void *bound = ops_bind(f, op->name, params, &same);
    mera_fitted fitted;
    surround(f, op, s, unit);
    if (learn(f, op, bound, s, &fitted) != MERA_OK ||
        op->apply(op, bound, &f->ctx, &fitted, s->x, s->n, y) != MERA_OK) {
        return what_it_says(f);
    }
    return NULL;
}

static const char *run(fixture *f, const mera_op *op, const char *params, const sample *s,
                       double *y)
{
    return run_in(f, op, params, s, 1, y);
}

/* The two directions of a normaliser; others are tried once more for nothing. */
static const mera_direction directions[] = {MERA_HIGHER, MERA_LOWER};

/* ---- the properties ---- */

static const char *check_order(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (size_t d = 0; d < 2; d++) {
        double y[N], z[N], expected[N];
        const sample s = sample_make(f, op, directions[d], 1);
        sample turned = s;
        for (size_t i = 0; i < N; i++) {
            const size_t from = (7 * i + 5) % N;
            turned.x[i] = s.x[from];
            turned.by[i] = s.by[from];
            turned.name[i] = s.name[from];
        }
        seen = seen != NULL ? seen : run(f, op, params, &s, y);
        seen = seen != NULL ? seen : run(f, op, params, &turned, z);
        for (size_t i = 0; i < N && seen == NULL; i++) {
            expected[i] = y[(7 * i + 5) % N];
        }
        seen = seen != NULL ? seen : differs(f, z, expected, N, 1e-11);
    }
    return seen;
}

static void the_order_of_units_does_not_matter(void **state)
{
    property_holds(*state, &all, "order of units", check_order);
}

static const char *check_twins(fixture *f, const mera_op *op, const char *params)
{
    double z[N + 1];
    sample s = sample_make(f, op, MERA_HIGHER, 1);
    s.n = N + 1;
    s.x[N] = s.x[6];
    s.by[N] = s.by[6];
    const char *seen = run(f, op, params, &s, z);
    return seen != NULL ? seen : differs_in_bits(f, &z[N], &z[6], 1);
}

static void twins_get_the_same_to_the_last_bit(void **state)
{
    property_holds(*state, &all, "twins", check_twins);
}

/* Scores do not know whether money was counted in roubles or in thousands; what keeps values in
 * their unit gives them in the other one. */
static const char *check_unit(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (size_t d = 0; d < 2; d++) {
        const double unit = 0.001;
        double y[N], z[N];
        const sample s = sample_make(f, op, directions[d], 1);
        const sample other = sample_make(f, op, directions[d], unit);
        seen = seen != NULL ? seen : run(f, op, params, &s, y);
        seen = seen != NULL ? seen : run_in(f, op, params, &other, unit, z);
        for (size_t i = 0; i < N && op->step != MERA_STEP_NORMALISE; i++) {
            z[i] /= unit;
        }
        seen = seen != NULL ? seen : differs(f, z, y, N, 1e-9);
    }
    return seen;
}

static void the_unit_of_measure_does_not_matter(void **state)
{
    property_holds(*state, &all, "unit of measure", check_unit);
}

/* Of every two units the one with the better value does not come out worse. A value function is
 * what its points say, and is tried in the direction they rise in. */
static const char *check_monotone(fixture *f, const mera_op *op, const char *params)
{
    const bool one_way = (op->flags & MERA_OP_UNDIRECTED) != 0 || op->step != MERA_STEP_NORMALISE;
    for (size_t d = 0; d < (one_way ? 1 : 2); d++) {
        double y[N];
        sample s = sample_make(f, op, directions[d], 1);
        for (size_t i = 0; i < N; i++) {
            s.by[i] = 7;
        }
        const char *seen = run(f, op, params, &s, y);
        for (size_t i = 0; i < N * N && seen == NULL; i++) {
            const size_t a = i / N, b = i % N;
            if (s.x[a] < s.x[b] && y[a] > y[b] + 1e-12 * fmax(1, fabs(y[b]))) {
                seen = mera_arena_printf(f->arena, "%g gives %.17g and %g gives %.17g", s.x[a],
                                         y[a], s.x[b], y[b]);
            }
        }
        if (seen != NULL) {
            return seen;
        }
    }
    return NULL;
}

static void better_is_never_worse(void **state)
{
    property_holds(*state, &all, "better is never worse", check_monotone);
}

static const char *check_missing(fixture *f, const mera_op *op, const char *params)
{
    double y[N];
    const sample s = sample_make(f, op, MERA_HIGHER, 1);
    const char *seen = run(f, op, params, &s, y);
    for (size_t i = 0; i < N && seen == NULL; i++) {
        const bool fills = op->step == MERA_STEP_IMPUTE;
        if (isinf(y[i]) || isnan(y[i]) != (isnan(s.x[i]) && !fills)) {
            seen = mera_arena_printf(f->arena, "[%zu] %g out of %g", i, y[i], s.x[i]);
        } else if (fills && !isnan(s.x[i])) {
            seen = differs_in_bits(f, &y[i], &s.x[i], 1);
        }
    }
    return seen;
}

static void missing_stays_missing_and_finite_stays_finite(void **state)
{
    property_holds(*state, &all, "missing and finite", check_missing);
}

/* What was learned is in the fitted numbers: units one by one, with a copy of the numbers and a
 * context that knows no other unit, get what they get together, over the input too. */
static const char *check_fitted(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (size_t d = 0; d < 2; d++) {
        const mera_op *same;
        const void *bound = ops_bind(f, op->name, params, &same);
        double y[N], numbers[256];
        sample s = sample_make(f, op, directions[d], 1);
        mera_fitted fitted;
        seen = seen != NULL ? seen : run(f, op, params, &s, y);
        surround(f, op, &s, 1);
        if (seen != NULL || learn(f, op, bound, &s, &fitted) != MERA_OK) {
            return seen != NULL ? seen : what_it_says(f);
        }
        assert_true(fitted.n <= sizeof numbers / sizeof *numbers);
        for (size_t k = 0; k < fitted.n; k++) {
            numbers[k] = fitted.v[k];
        }
        for (size_t i = 0; i < N && seen == NULL; i++) {
            const double *by = &s.by[i];
            const mera_fitted copy = {.v = numbers, .n = fitted.n};
            f->ctx.input = &by;
            f->ctx.unit_name = f->ctx.unit_key = NULL;
            seen = op->apply(op, bound, &f->ctx, &copy, &s.x[i], 1, &s.x[i]) != MERA_OK
                       ? what_it_says(f)
                       : NULL;
        }
        seen = seen != NULL ? seen : differs_in_bits(f, s.x, y, N);
    }
    return seen;
}

static void units_one_by_one_get_what_they_get_together(void **state)
{
    property_holds(*state, &all, "fit and apply are two calls", check_fitted);
}

static const char *check_bits(fixture *f, const mera_op *op, const char *params)
{
    double y[N], z[N];
    const sample s = sample_make(f, op, MERA_HIGHER, 1);
    const char *seen = run(f, op, params, &s, y);
    seen = seen != NULL ? seen : run(f, op, params, &s, z);
    return seen != NULL ? seen : differs_in_bits(f, z, y, N);
}

static void the_same_column_gives_the_same_bits(void **state)
{
    property_holds(*state, &all, "determinism", check_bits);
}

/* Fail the first allocation, then the second, until one call gets through. */
static const char *check_memory(fixture *f, const mera_op *op, const char *params)
{
    mera_arena *whole = f->arena;
    const mera_op *same;
    const void *bound = ops_bind(f, op->name, params, &same);
    const sample s = sample_make(f, op, MERA_HIGHER, 1);
    const char *seen = NULL;
    mera_code rc = MERA_ENOMEM;
    surround(f, op, &s, 1);
    for (size_t n = 0; rc != MERA_OK && seen == NULL; n++) {
        double y[N];
        mera_fitted fitted;
        f->ctx.arena = mera_arena_new_failing_at(n);
        rc = f->ctx.arena != NULL ? learn(f, op, bound, &s, &fitted) : MERA_ENOMEM;
        rc = rc == MERA_OK ? op->apply(op, bound, &f->ctx, &fitted, s.x, s.n, y) : rc;
        mera_arena_free(f->ctx.arena);
        if ((rc != MERA_OK && rc != MERA_ENOMEM) || n > 2000) {
            seen = mera_arena_printf(whole, "code %d at allocation %zu", (int)rc, n);
        }
    }
    f->ctx.arena = whole;
    return seen;
}

static void memory_may_end_anywhere(void **state)
{
    property_holds(*state, &all, "memory", check_memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(the_order_of_units_does_not_matter),
        OPS_TEST(twins_get_the_same_to_the_last_bit),
        OPS_TEST(the_unit_of_measure_does_not_matter),
        OPS_TEST(better_is_never_worse),
        OPS_TEST(missing_stays_missing_and_finite_stays_finite),
        OPS_TEST(units_one_by_one_get_what_they_get_together),
        OPS_TEST(the_same_column_gives_the_same_bits),
        OPS_TEST(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
