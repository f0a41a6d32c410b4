/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What every aggregator of the registry must hold to, whichever it is: the order of units does not
 * matter, twins get the same score, weights count in proportion, another unit of measure does not
 * turn places, nobody falls by getting better, missing stays missing, finite numbers in give finite
 * numbers out.
 */
#include "properties.h"

#include "ops/kernel.h"

enum { UNITS = 12, CHILDREN = 5 };

static bool takes(const mera_op *op)
{
    return op->step == MERA_STEP_AGGREGATE;
}

static const variant variants[] = {
    {"aggregate.bod", ""},
    {"aggregate.bod", "lower: 0.1; upper: 0.5; scale: 100"},
    {"aggregate.borda", ""},
    {"aggregate.borda", "indifference: 3; veto: 25; scale: share"},
    {"aggregate.choquet", "interactions: [c0 c1 0.2, c1 c3 -0.1]"},
    {"aggregate.copeland", ""},
    {"aggregate.copeland", "indifference: 3; veto: 25"},
    {"aggregate.copeland", "indifference_for: {c0: 5}; veto_for: {c1: 30, c2: 20}"},
    {"aggregate.counting", "cutoff: 95; k: 0.3"},
    {"aggregate.max_scaling", ""},
    {"aggregate.max_scaling", "combine: mean"},
    {"aggregate.mean_min", "alpha: 0.9; beta: 40"},
    {"aggregate.mpi", ""},
    {"aggregate.mpi", "deviation: sample"},
    {"aggregate.owa", "exponent: 2.5"},
    {"aggregate.owa", "order_weights: [1, 2, 3, 2, 1]"},
    {"aggregate.percentile_of_sum", ""},
    {"aggregate.percentile_of_sum", "kind: mid"},
    {"aggregate.power", "exponent: 3"},
    {"aggregate.power", "exponent: -2"},
    {"aggregate.promethee", ""},
    {"aggregate.promethee", "preference: linear; q: 2; p: 20"},
    {"aggregate.promethee", "preference: gaussian; s: 10"},
    {"aggregate.topsis", ""},
    {"aggregate.topsis", "norm: minmax"},
    {"aggregate.veto", "thresholds: {c0: 85, c2: 90}"},
    {"aggregate.veto", "thresholds: {c1: 95}; effect: missing"},
    {"aggregate.wowa", "between: [0.2, 0.9]"},
    {NULL, NULL},
};

#define AS_THEY_STAND "weights are factors or exponents, not shares"
#define COMPARES "scores are places or distances among units, not on the children's scale"
#define COUNTS "it counts deprivations"
#define NEEDS_TWO "one unit alone can be compared with nobody, which it says"
#define THRESHOLDS "its parameters are numbers in the children's own points"
static const exemption exemptions[] = {
    {"aggregate.bod", "mean of equals", COMPARES, NULL},
    {"aggregate.borda", "mean of equals", COMPARES, NULL},
    {"aggregate.borda", "unit of measure", THRESHOLDS, "indifference: 3; veto: 25; scale: share"},
    {"aggregate.copeland", "mean of equals", COMPARES, NULL},
    {"aggregate.copeland", "unit of measure", THRESHOLDS, "indifference: 3; veto: 25"},
    {"aggregate.copeland", "unit of measure", THRESHOLDS,
     "indifference_for: {c0: 5}; veto_for: {c1: 30, c2: 20}"},
    {"aggregate.counting", "mean of equals", COUNTS, NULL},
    {"aggregate.counting", "unit of measure", THRESHOLDS, NULL},
    {"aggregate.kemeny", "mean of equals", COMPARES, NULL},
    {"aggregate.max_scaling", "mean of equals", COMPARES, NULL},
    {"aggregate.max_scaling", "weights in proportion", AS_THEY_STAND, ""},
    {"aggregate.mean_min", "unit of measure", THRESHOLDS, NULL},
    {"aggregate.percentile_of_sum", "mean of equals", COMPARES, NULL},
    {"aggregate.percentile_of_sum", "one unit", NEEDS_TWO, ""},
    {"aggregate.product", "mean of equals", AS_THEY_STAND, NULL},
    {"aggregate.product", "weights in proportion", AS_THEY_STAND, NULL},
    {"aggregate.promethee", "mean of equals", COMPARES, NULL},
    {"aggregate.promethee", "unit of measure", THRESHOLDS, "preference: linear; q: 2; p: 20"},
    {"aggregate.promethee", "unit of measure", THRESHOLDS, "preference: gaussian; s: 10"},
    {"aggregate.sum", "mean of equals", AS_THEY_STAND, NULL},
    {"aggregate.sum", "weights in proportion", AS_THEY_STAND, NULL},
    {"aggregate.topsis", "mean of equals", COMPARES, NULL},
    {"aggregate.topsis", "one unit", NEEDS_TWO, NULL},
    {"aggregate.veto", "missing and finite", "'effect: missing' takes scores away",
     "thresholds: {c1: 95}; effect: missing"},
    {"aggregate.veto", "unit of measure", THRESHOLDS, NULL},
    {"aggregate.vikor", "mean of equals", COMPARES, NULL},
    {"aggregate.wroclaw", "mean of equals", COMPARES, NULL},
    {NULL, NULL, NULL, NULL},
};

static const walk all = {takes, variants, exemptions, 28};

static const char *const child_name[] = {"c0", "c1", "c2", "c3", "c4", "c5"};
static const double weights[CHILDREN + 1] = {1, 2, 0.5, 1.5, 2, 0};

/** Values of up to 2 UNITS units. */
typedef struct {
    double x[CHILDREN + 1][2 * UNITS];
    size_t n, k;
    double w[CHILDREN + 1];
} sample;

/* Whole numbers from 75 to 125, with ties, spread by a fixed rule. */
static sample sample_make(bool holes)
{
    uint32_t state = 12345;
    sample s = {.n = UNITS, .k = CHILDREN};
    memcpy(s.w, weights, sizeof s.w);
    for (size_t j = 0; j < CHILDREN; j++) {
        for (size_t i = 0; i < UNITS; i++) {
            state = state * 1664525u + 1013904223u;
            s.x[j][i] = 75 + (double)(state >> 20) / 4096 * 50;
            s.x[j][i] = i % 3 == 0 ? floor(s.x[j][i] / 5) * 5 : floor(s.x[j][i]);
            if (holes && (state >> 12) % 6 == 0 && j != i % CHILDREN) {
                s.x[j][i] = NAN;
            }
        }
    }
    return s;
}

static const char *run(fixture *f, const mera_op *op, const char *params, const sample *s,
                       double *y)
{
    const double *x[CHILDREN + 1];
    for (size_t j = 0; j < s->k; j++) {
        x[j] = s->x[j];
    }
    f->ctx.child_name = child_name;
    return ops_aggregate(f, op->name, params, x, s->w, s->k, s->n, y) == MERA_OK ? NULL
                                                                                 : what_it_says(f);
}

/* ---- the properties; each without and with missing children ---- */

static const char *check_order(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (int holes = 0; holes < 2 && seen == NULL; holes++) {
        const sample s = sample_make(holes);
        sample turned = s;
        double y[UNITS], z[UNITS], expected[UNITS];
        for (size_t j = 0; j < s.k; j++) {
            for (size_t i = 0; i < UNITS; i++) {
                turned.x[j][i] = s.x[j][i * 5 % UNITS];
            }
        }
        seen = run(f, op, params, &s, y);
        seen = seen != NULL ? seen : run(f, op, params, &turned, z);
        for (size_t i = 0; i < UNITS && seen == NULL; i++) {
            expected[i] = y[i * 5 % UNITS];
        }
        seen = seen != NULL ? seen : differs(f, z, expected, UNITS, 1e-11);
    }
    return seen;
}

static void the_order_of_units_does_not_matter(void **state)
{
    property_holds(*state, &all, "order of units", check_order);
}

/* Only who compares units with each other may give the others another score when one comes in. */
static const char *check_twins(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (int holes = 0; holes < 2 && seen == NULL; holes++) {
        const sample s = sample_make(holes);
        sample more = s;
        double y[UNITS], z[UNITS + 1];
        more.n = UNITS + 1;
        for (size_t j = 0; j < s.k; j++) {
            more.x[j][UNITS] = s.x[j][3];
        }
        seen = run(f, op, params, &s, y);
        seen = seen != NULL ? seen : run(f, op, params, &more, z);
        seen = seen != NULL ? seen : differs_in_bits(f, &z[UNITS], &z[3], 1);
        if ((op->flags & MERA_OP_POPULATION) == 0) {
            seen = seen != NULL ? seen : differs_in_bits(f, z, y, UNITS);
        }
    }
    return seen;
}

static void a_twin_gets_the_same_score_to_the_last_bit(void **state)
{
    property_holds(*state, &all, "twins", check_twins);
}

static const char *check_weights(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (int holes = 0; holes < 2 && seen == NULL; holes++) {
        sample s = sample_make(holes);
        double y[UNITS], z[UNITS];
        seen = run(f, op, params, &s, y);
        for (size_t j = 0; j < s.k; j++) {
            s.w[j] *= 7;
        }
        seen = seen != NULL ? seen : run(f, op, params, &s, z);
        seen = seen != NULL ? seen : differs(f, z, y, UNITS, 1e-11);
    }
    return seen;
}

static void weights_count_in_proportion(void **state)
{
    property_holds(*state, &all, "weights in proportion", check_weights);
}

static const char *check_weightless(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (int holes = 0; holes < 2 && seen == NULL; holes++) {
        sample s = sample_make(holes);
        double y[UNITS], z[UNITS];
        seen = run(f, op, params, &s, y);
        s.k = CHILDREN + 1;
        for (size_t i = 0; i < UNITS; i++) {
            s.x[CHILDREN][i] = i % 4 == 1 ? NAN : -1e6 * (double)i;
        }
        seen = seen != NULL ? seen : run(f, op, params, &s, z);
        seen = seen != NULL ? seen : differs(f, z, y, UNITS, 1e-11);
    }
    return seen;
}

static void a_child_of_weight_0_changes_nothing(void **state)
{
    property_holds(*state, &all, "weightless child", check_weightless);
}

/* Children counted in thousandths: every two units stand to each other as before. */
static const char *check_unit(fixture *f, const mera_op *op, const char *params)
{
    sample s = sample_make(false);
    double y[UNITS], z[UNITS];
    const char *seen = run(f, op, params, &s, y);
    for (size_t j = 0; j < s.k; j++) {
        for (size_t i = 0; i < UNITS; i++) {
            s.x[j][i] *= 1024; /* a power of 2: no rounding of what was not rounded */
        }
    }
    seen = seen != NULL ? seen : run(f, op, params, &s, z);
    for (size_t a = 0; a < UNITS && seen == NULL; a++) {
        for (size_t b = 0; b < UNITS && seen == NULL; b++) {
            const double near = 1e-9 * fmax(1, fabs(z[a]));
            const bool over = y[a] > y[b] + 1e-9 * fmax(1, fabs(y[a]));
            if (over != (z[a] > z[b] + near)) {
                seen = mera_arena_printf(f->arena, "units %zu and %zu: %g, %g become %g, %g", a, b,
                                         y[a], y[b], z[a], z[b]);
            }
        }
    }
    return seen;
}

static void the_unit_of_measure_does_not_turn_places(void **state)
{
    property_holds(*state, &all, "unit of measure", check_unit);
}

static const char *check_monotone(fixture *f, const mera_op *op, const char *params)
{
    const char *seen = NULL;
    for (size_t cell = 0; cell < UNITS * CHILDREN && seen == NULL; cell++) {
        const size_t i = cell / CHILDREN, j = cell % CHILDREN;
        sample s = sample_make(false);
        double y[UNITS], z[UNITS];
        seen = run(f, op, params, &s, y);
        s.x[j][i] += (double)(cell % 4) * 3 + 1;
        seen = seen != NULL ? seen : run(f, op, params, &s, z);
        if (seen == NULL && z[i] < y[i] - 1e-11 * fmax(1, fabs(y[i]))) {
            seen = mera_arena_printf(f->arena, "unit %zu, child %zu: %.17g, down from %.17g", i, j,
                                     z[i], y[i]);
        }
    }
    return seen;
}

/* The Mazziotta-Pareto indices fall for a child over 1.5 times the mean; the data here have none.
 */
static void nobody_falls_by_getting_better(void **state)
{
    property_holds(*state, &all, "better is never worse", check_monotone);
}

static const char *check_missing(fixture *f, const mera_op *op, const char *params)
{
    sample s = sample_make(true);
    double y[UNITS];
    for (size_t j = 0; j < s.k; j++) {
        s.x[j][7] = NAN;
    }
    const char *seen = run(f, op, params, &s, y);
    for (size_t i = 0; i < UNITS && seen == NULL; i++) {
        if (i == 7 ? !isnan(y[i]) : !isfinite(y[i])) {
            seen = mera_arena_printf(f->arena, "unit %zu has %g", i, y[i]);
        }
    }
    return seen;
}

static void missing_stays_missing_and_finite_stays_finite(void **state)
{
    property_holds(*state, &all, "missing and finite", check_missing);
}

static const char *check_nothing(fixture *f, const mera_op *op, const char *params)
{
    sample s = sample_make(false);
    double y[UNITS], none[UNITS];
    for (size_t i = 0; i < UNITS; i++) {
        none[i] = NAN;
        for (size_t j = 0; j < s.k; j++) {
            s.x[j][i] = NAN;
        }
    }
    const char *seen = run(f, op, params, &s, y);
    return seen != NULL ? seen : differs(f, y, none, UNITS, 0);
}

static void nobody_with_a_value_gives_nobody_a_score(void **state)
{
    property_holds(*state, &all, "nothing in, nothing out", check_nothing);
}

static const char *check_mean(fixture *f, const mera_op *op, const char *params)
{
    sample s = sample_make(false);
    double y[UNITS];
    for (size_t i = 0; i < UNITS; i++) {
        for (size_t j = 0; j < s.k; j++) {
            s.x[j][i] = 96 + (double)i;
        }
    }
    const char *seen = run(f, op, params, &s, y);
    return seen != NULL ? seen : differs(f, y, s.x[0], UNITS, 1e-11);
}

static void means_of_equal_children_are_their_value(void **state)
{
    property_holds(*state, &all, "mean of equals", check_mean);
}

/* A period may hold one unit: who cannot compare says so, the others give a finite score or none.
 */
static const char *check_alone(fixture *f, const mera_op *op, const char *params)
{
    sample s = sample_make(false);
    double y[UNITS];
    s.n = 1;
    const char *seen = run(f, op, params, &s, y);
    return seen == NULL && isinf(y[0]) ? "an infinite score" : seen;
}

static void one_unit_alone_gets_a_score_or_an_error(void **state)
{
    property_holds(*state, &all, "one unit", check_alone);
}

static const char *check_bits(fixture *f, const mera_op *op, const char *params)
{
    const sample s = sample_make(true);
    double y[UNITS], z[UNITS];
    const char *seen = run(f, op, params, &s, y);
    seen = seen != NULL ? seen : run(f, op, params, &s, z);
    return seen != NULL ? seen : differs_in_bits(f, z, y, UNITS);
}

static void the_same_children_give_the_same_bits(void **state)
{
    property_holds(*state, &all, "determinism", check_bits);
}

/* Fail the first allocation, then the second, until one call gets through. */
static const char *check_memory(fixture *f, const mera_op *op, const char *params)
{
    mera_arena *whole = f->arena;
    const mera_op *same;
    const void *bound = ops_bind(f, op->name, params, &same);
    const sample s = sample_make(true);
    const double *x[CHILDREN];
    const char *seen = NULL;
    mera_children in = {.n = s.n, .k = s.k, .x = x, .w = s.w};
    for (size_t j = 0; j < s.k; j++) {
        x[j] = s.x[j];
        in.total += s.w[j];
    }
    f->ctx.child_name = child_name;
    mera_code rc = MERA_ENOMEM;
    for (size_t n = 0; rc != MERA_OK && seen == NULL; n++) {
        double y[UNITS];
        f->ctx.arena = mera_arena_new_failing_at(n);
        rc = f->ctx.arena != NULL ? mera_op_aggregate(op, bound, &f->ctx, &in, y) : MERA_ENOMEM;
        mera_arena_free(f->ctx.arena);
        if ((rc != MERA_OK && rc != MERA_ENOMEM) || n > 20000) {
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
        OPS_TEST(a_twin_gets_the_same_score_to_the_last_bit),
        OPS_TEST(weights_count_in_proportion),
        OPS_TEST(a_child_of_weight_0_changes_nothing),
        OPS_TEST(the_unit_of_measure_does_not_turn_places),
        OPS_TEST(nobody_falls_by_getting_better),
        OPS_TEST(missing_stays_missing_and_finite_stays_finite),
        OPS_TEST(nobody_with_a_value_gives_nobody_a_score),
        OPS_TEST(means_of_equal_children_are_their_value),
        OPS_TEST(one_unit_alone_gets_a_score_or_an_error),
        OPS_TEST(the_same_children_give_the_same_bits),
        OPS_TEST(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
