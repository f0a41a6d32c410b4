/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What every aggregator of the registry must hold to, whichever it is: the order of units does not
 * matter, twins get the same score, weights count in proportion, nobody falls by getting better,
 * missing stays missing, finite numbers in give finite numbers out. Where one of these is false of
 * a method by its nature, the table says so and why.
 */
#include "ops_test.h"

#include "ops/kernel.h"

enum { UNITS = 12, CHILDREN = 5 };

/** Exemptions, each with its reason. */
enum {
    WEIGHTS_AS_THEY_STAND = 1, /* weights are factors or exponents, not shares */
    NOT_A_MEAN = 2,            /* children that are all x do not give x */
    NEEDS_TWO = 4,             /* no score where nothing can be compared */
    MAY_BE_MISSING = 8,        /* a rule takes scores away */
};

typedef struct {
    const char *name, *params;
    unsigned exempt;
} method;

static const method methods[] = {
    {"aggregate.ampi", "", 0}, /* falls for a child over 1.5 means; the data here hold none */
    {"aggregate.arithmetic", "", 0},
    {"aggregate.bod", "", NOT_A_MEAN},
    {"aggregate.borda", "", NOT_A_MEAN},
    {"aggregate.borda", "indifference: 3; veto: 25; scale: share", NOT_A_MEAN},
    {"aggregate.choquet", "interactions: [c0 c1 0.2, c1 c3 -0.1]", 0},
    {"aggregate.copeland", "", NOT_A_MEAN},
    {"aggregate.copeland", "indifference: 3; veto: 25", NOT_A_MEAN},
    {"aggregate.counting", "cutoff: 95; k: 0.3", NOT_A_MEAN},
    {"aggregate.geometric", "", 0},
    {"aggregate.harmonic", "", 0},
    {"aggregate.kemeny", "", NOT_A_MEAN},
    {"aggregate.max", "", 0},
    {"aggregate.max_scaling", "", WEIGHTS_AS_THEY_STAND | NOT_A_MEAN},
    {"aggregate.max_scaling", "combine: mean", NOT_A_MEAN},
    {"aggregate.mean_min", "alpha: 0.7; beta: 5", 0},
    {"aggregate.median", "", 0},
    {"aggregate.min", "", 0},
    {"aggregate.mpi", "", 0}, /* as ampi */
    {"aggregate.mpi", "deviation: sample", 0},
    {"aggregate.owa", "exponent: 2.5", 0},
    {"aggregate.owa", "order_weights: [1, 2, 3, 2, 1]", 0},
    {"aggregate.percentile_of_sum", "", NOT_A_MEAN | NEEDS_TWO},
    {"aggregate.percentile_of_sum", "kind: mid", NOT_A_MEAN},
    {"aggregate.power", "exponent: 3", 0},
    {"aggregate.power", "exponent: -2", 0},
    {"aggregate.product", "", WEIGHTS_AS_THEY_STAND | NOT_A_MEAN},
    {"aggregate.promethee", "", NOT_A_MEAN},
    {"aggregate.promethee", "preference: linear; q: 2; p: 20", NOT_A_MEAN},
    {"aggregate.promethee", "preference: gaussian; s: 10", NOT_A_MEAN},
    {"aggregate.sum", "", WEIGHTS_AS_THEY_STAND | NOT_A_MEAN},
    {"aggregate.topsis", "", NOT_A_MEAN | NEEDS_TWO},
    {"aggregate.topsis", "norm: minmax", NOT_A_MEAN | NEEDS_TWO},
    {"aggregate.veto", "thresholds: {c0: 85, c2: 90}", 0},
    {"aggregate.veto", "thresholds: {c1: 95}; effect: missing", MAY_BE_MISSING},
    {"aggregate.vikor", "", NOT_A_MEAN},
    {"aggregate.waspas", "", 0},
    {"aggregate.weighted_median", "", 0},
    {"aggregate.wowa", "between: [0.2, 0.9]", 0},
    {"aggregate.wroclaw", "", NOT_A_MEAN},
};
enum { N_METHODS = sizeof methods / sizeof *methods };

static const char *const child_name[] = {"c0", "c1", "c2", "c3", "c4", "c5"};
static const double weights[CHILDREN + 1] = {1, 2, 0.5, 1.5, 2, 0};

/** Values of up to 2 UNITS units. */
typedef struct {
    double x[CHILDREN + 1][2 * UNITS];
    size_t n, k;
    double w[CHILDREN + 1];
} sample;

/* Whole numbers from 75 to 125, with ties, spread by a fixed rule. */
static void sample_fill(sample *s, bool holes)
{
    uint32_t state = 12345;
    *s = (sample){.n = UNITS, .k = CHILDREN};
    memcpy(s->w, weights, sizeof s->w);
    for (size_t j = 0; j < CHILDREN; j++) {
        for (size_t i = 0; i < UNITS; i++) {
            state = state * 1664525u + 1013904223u;
            s->x[j][i] = 75 + (double)(state >> 20) / 4096 * 50;
            s->x[j][i] = i % 3 == 0 ? floor(s->x[j][i] / 5) * 5 : floor(s->x[j][i]);
            if (holes && (state >> 12) % 6 == 0 && j != i % CHILDREN) {
                s->x[j][i] = NAN;
            }
        }
    }
}

/* Runs a method; false when this registry has no such operation. */
static bool run(fixture *f, const method *m, const sample *s, double *y)
{
    const double *x[CHILDREN + 1];
    if (mera_registry_find(f->registry, MERA_STEP_DERIVE, m->name) == NULL) {
        return false;
    }
    for (size_t j = 0; j < s->k; j++) {
        x[j] = s->x[j];
    }
    f->ctx.child_name = child_name;
    if (ops_aggregate(f, m->name, m->params, x, s->w, s->k, s->n, y) != MERA_OK) {
        print_error("%s: %s\n", m->name,
                    mera_diags_get(f->diags, mera_diags_size(f->diags) - 1)->message);
        fail();
    }
    return true;
}

static bool near(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-11 * fmax(1, fabs(b));
}

static void say(const method *m, size_t i, double y, double expected)
{
    print_error("%s {%s}, unit %zu: %.17g, not %.17g\n", m->name, m->params, i, y, expected);
    fail();
}

static bool is_population(const fixture *f, const method *m)
{
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_DERIVE, m->name);
    return (op->flags & MERA_OP_POPULATION) != 0;
}

/* ---- the properties ---- */

static void every_aggregator_stands_in_the_table(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        bool found = op->step != MERA_STEP_AGGREGATE;
        for (size_t m = 0; m < N_METHODS; m++) {
            found = found || strcmp(methods[m].name, op->name) == 0;
        }
        if (!found) {
            print_error("%s is not in the table of this file\n", op->name);
            fail();
        }
    }
}

static void the_order_of_units_does_not_matter(void **state)
{
    for (size_t m = 0; m < 2 * N_METHODS; m++) {
        sample s, turned;
        double y[UNITS], z[UNITS];
        sample_fill(&s, m % 2 == 1);
        turned = s;
        for (size_t j = 0; j < s.k; j++) {
            for (size_t i = 0; i < UNITS; i++) {
                turned.x[j][i] = s.x[j][i * 5 % UNITS];
            }
        }
        if (!run(*state, &methods[m / 2], &s, y) || !run(*state, &methods[m / 2], &turned, z)) {
            continue;
        }
        for (size_t i = 0; i < UNITS; i++) {
            if (!near(z[i], y[i * 5 % UNITS])) {
                say(&methods[m / 2], i, z[i], y[i * 5 % UNITS]);
            }
        }
    }
}

/* Only who compares units with each other may give the others another score when one comes in. */
static void a_twin_gets_the_same_score_to_the_last_bit(void **state)
{
    for (size_t m = 0; m < 2 * N_METHODS; m++) {
        const method *each = &methods[m / 2];
        sample s, more;
        double y[UNITS], z[UNITS + 1];
        sample_fill(&s, m % 2 == 1);
        more = s;
        more.n = UNITS + 1;
        for (size_t j = 0; j < s.k; j++) {
            more.x[j][UNITS] = s.x[j][3];
        }
        if (!run(*state, each, &s, y) || !run(*state, each, &more, z)) {
            continue;
        }
        if (memcmp(&z[UNITS], &z[3], sizeof *z) != 0) {
            say(each, UNITS, z[UNITS], z[3]);
        }
        for (size_t i = 0; i < UNITS && !is_population(*state, each); i++) {
            if (memcmp(&z[i], &y[i], sizeof *y) != 0) {
                say(each, i, z[i], y[i]);
            }
        }
    }
}

static void weights_count_in_proportion(void **state)
{
    for (size_t m = 0; m < 2 * N_METHODS; m++) {
        const method *each = &methods[m / 2];
        sample s;
        double y[UNITS], z[UNITS];
        sample_fill(&s, m % 2 == 1);
        if ((each->exempt & WEIGHTS_AS_THEY_STAND) != 0 || !run(*state, each, &s, y)) {
            continue;
        }
        for (size_t j = 0; j < s.k; j++) {
            s.w[j] *= 7;
        }
        (void)run(*state, each, &s, z);
        for (size_t i = 0; i < UNITS; i++) {
            if (!near(z[i], y[i])) {
                say(each, i, z[i], y[i]);
            }
        }
    }
}

static void a_child_of_weight_0_changes_nothing(void **state)
{
    for (size_t m = 0; m < 2 * N_METHODS; m++) {
        sample s;
        double y[UNITS], z[UNITS];
        sample_fill(&s, m % 2 == 1);
        if (!run(*state, &methods[m / 2], &s, y)) {
            continue;
        }
        s.k = CHILDREN + 1;
        for (size_t i = 0; i < UNITS; i++) {
            s.x[CHILDREN][i] = i % 4 == 1 ? NAN : -1e6 * (double)i;
        }
        (void)run(*state, &methods[m / 2], &s, z);
        for (size_t i = 0; i < UNITS; i++) {
            if (!near(z[i], y[i])) {
                say(&methods[m / 2], i, z[i], y[i]);
            }
        }
    }
}

static void nobody_falls_by_getting_better(void **state)
{
    for (size_t m = 0; m < N_METHODS; m++) {
        for (size_t cell = 0; cell < UNITS * CHILDREN; cell++) {
            const size_t i = cell / CHILDREN, j = cell % CHILDREN;
            sample s;
            double y[UNITS], z[UNITS];
            sample_fill(&s, false);
            if (!run(*state, &methods[m], &s, y)) {
                continue;
            }
            s.x[j][i] += (double)(cell % 4) * 3 + 1;
            (void)run(*state, &methods[m], &s, z);
            if (z[i] < y[i] - 1e-11 * fmax(1, fabs(y[i]))) {
                say(&methods[m], i, z[i], y[i]);
            }
        }
    }
}

static void missing_stays_missing_and_finite_stays_finite(void **state)
{
    for (size_t m = 0; m < N_METHODS; m++) {
        sample s;
        double y[UNITS];
        sample_fill(&s, true);
        for (size_t j = 0; j < s.k; j++) {
            s.x[j][7] = NAN;
        }
        if (!run(*state, &methods[m], &s, y)) {
            continue;
        }
        for (size_t i = 0; i < UNITS; i++) {
            const bool may_miss = i == 7 || (methods[m].exempt & MAY_BE_MISSING) != 0;
            if (i == 7 ? !isnan(y[i]) : !isfinite(y[i]) && !(isnan(y[i]) && may_miss)) {
                say(&methods[m], i, y[i], NAN);
            }
        }
    }
}

static void nobody_with_a_value_gives_nobody_a_score(void **state)
{
    for (size_t m = 0; m < N_METHODS; m++) {
        sample s;
        double y[UNITS];
        sample_fill(&s, false);
        for (size_t i = 0; i < UNITS; i++) {
            for (size_t j = 0; j < s.k; j++) {
                s.x[j][i] = NAN;
            }
        }
        if (!run(*state, &methods[m], &s, y)) {
            continue;
        }
        for (size_t i = 0; i < UNITS; i++) {
            if (!isnan(y[i])) {
                say(&methods[m], i, y[i], NAN);
            }
        }
    }
}

static void means_of_equal_children_are_their_value(void **state)
{
    for (size_t m = 0; m < N_METHODS; m++) {
        sample s;
        double y[UNITS];
        sample_fill(&s, false);
        for (size_t i = 0; i < UNITS; i++) {
            for (size_t j = 0; j < s.k; j++) {
                s.x[j][i] = 96 + (double)i;
            }
        }
        if ((methods[m].exempt & NOT_A_MEAN) != 0 || !run(*state, &methods[m], &s, y)) {
            continue;
        }
        for (size_t i = 0; i < UNITS; i++) {
            if (!near(y[i], 96 + (double)i)) {
                say(&methods[m], i, y[i], 96 + (double)i);
            }
        }
    }
}

/* A period may hold one unit: who cannot compare says so, the others give a finite score. */
static void one_unit_alone_gets_a_score_or_an_error(void **state)
{
    fixture *f = *state;
    for (size_t m = 0; m < N_METHODS; m++) {
        sample s;
        double y[UNITS];
        sample_fill(&s, false);
        s.n = 1;
        if ((methods[m].exempt & NEEDS_TWO) == 0) {
            if (run(f, &methods[m], &s, y) && (methods[m].exempt & MAY_BE_MISSING) == 0) {
                assert_true(isfinite(y[0]));
            }
            continue;
        }
        const double *x[CHILDREN];
        for (size_t j = 0; j < CHILDREN; j++) {
            x[j] = s.x[j];
        }
        assert_int_equal(
            ops_aggregate(f, methods[m].name, methods[m].params, x, s.w, CHILDREN, 1, y),
            MERA_EINPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(every_aggregator_stands_in_the_table),
        OPS_TEST(the_order_of_units_does_not_matter),
        OPS_TEST(a_twin_gets_the_same_score_to_the_last_bit),
        OPS_TEST(weights_count_in_proportion),
        OPS_TEST(a_child_of_weight_0_changes_nothing),
        OPS_TEST(nobody_falls_by_getting_better),
        OPS_TEST(missing_stays_missing_and_finite_stays_finite),
        OPS_TEST(nobody_with_a_value_gives_nobody_a_score),
        OPS_TEST(means_of_equal_children_are_their_value),
        OPS_TEST(one_unit_alone_gets_a_score_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
