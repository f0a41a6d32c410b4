/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Methods that compare every pair of units: Kemeny against all permutations, many units, ties,
 * missing values, thresholds, and PROMETHEE's sums over sorted columns against sums over pairs.
 */
#include "ops_test.h"

enum { FEW = 6, MANY = 70 };

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* ---- Kemeny by trying every ranking ---- */

typedef struct {
    double e[FEW][FEW];
    size_t n;
    double best, optima, place[FEW];
} brute;

static double brute_agreement(const brute *b, const size_t *order)
{
    double sum = 0;
    for (size_t p = 0; p < b->n; p++) {
        for (size_t q = p + 1; q < b->n; q++) {
            sum += b->e[order[p]][order[q]];
        }
    }
    return sum;
}

static void brute_count(brute *b, const size_t *order)
{
    const double sum = brute_agreement(b, order);
    if (sum > b->best + 1e-9) {
        b->best = sum;
        b->optima = 0;
        memset(b->place, 0, sizeof b->place);
    }
    if (sum > b->best - 1e-9) {
        b->optima++;
        for (size_t p = 0; p < b->n; p++) {
            b->place[order[p]] += (double)p + 1;
        }
    }
}

static void brute_try(brute *b, size_t *order, size_t at)
{
    if (at == b->n) {
        brute_count(b, order);
        return;
    }
    for (size_t i = at; i < b->n; i++) {
        const size_t swap = order[at];
        order[at] = order[i];
        order[i] = swap;
        brute_try(b, order, at + 1);
        order[i] = order[at];
        order[at] = swap;
    }
}

static void brute_pairs(brute *b, const double x[][FEW], const double *w, size_t k)
{
    for (size_t i = 0; i < b->n; i++) {
        for (size_t j = 0; j < b->n; j++) {
            double better = 0, both = 0;
            for (size_t c = 0; c < k; c++) {
                const double d = x[c][i] - x[c][j];
                both += isnan(d) ? 0 : w[c];
                better += d > 0 ? w[c] : d == 0 ? w[c] / 2 : 0;
            }
            b->e[i][j] = both > 0 ? better / both : 0.5;
        }
    }
}

static void kemeny_finds_what_trying_every_ranking_finds(void **state)
{
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        double x[4][FEW], y[FEW], w[4];
        const double *const columns[] = {x[0], x[1], x[2], x[3]};
        brute b = {.n = FEW, .best = -1};
        size_t order[FEW];
        for (size_t i = 0; i < FEW; i++) {
            order[i] = i;
            for (size_t j = 0; j < 4; j++) {
                x[j][i] = next(&seed) % (round % 2 == 0 ? 3 : 9);
                x[j][i] = round % 3 == 0 && next(&seed) % 5 == 0 && j > 0 ? NAN : x[j][i];
                w[j] = 1 + next(&seed) % 3;
            }
        }
        brute_pairs(&b, (const double(*)[FEW])x, w, 4);
        brute_try(&b, order, 0);
        assert_int_equal(
            ops_aggregate(*state, "aggregate.kemeny", "better: lower", columns, w, 4, FEW, y),
            MERA_OK);
        for (size_t i = 0; i < FEW; i++) {
            assert_close(y[i], b.place[i] / b.optima, 1e-10);
        }
    }
}

static const char *last_note(const fixture *f)
{
    return mera_diags_get(f->diags, mera_diags_size(f->diags) - 1)->message;
}

/* 10, 8, 0 and 1, 2, 3: with 8 and 10 alike the second unit beats the first on the other child, and
 * both draw with the third; a veto on the first child takes that win away. */
static void thresholds_may_differ_by_child(void **state)
{
    fixture *f = *state;
    static const char *const names[] = {"air", "rent"};
    const double *const x[] = {(double[]){10, 8, 0}, (double[]){1, 2, 3}}, w[] = {1, 1};
    double y[3];
    f->ctx.child_name = names;
    assert_int_equal(
        ops_aggregate(f, "aggregate.copeland", "indifference_for: {air: 3}", x, w, 2, 3, y),
        MERA_OK);
    assert_column(y, ((const double[]){-1, 1, 0}), 3, 0);
    assert_int_equal(ops_aggregate(f, "aggregate.copeland",
                                   "indifference_for: {air: 3}; veto_for: {air: 1}", x, w, 2, 3, y),
                     MERA_OK);
    assert_column(y, ((const double[]){0, 0, 0}), 3, 0);
    assert_int_equal(ops_aggregate(f, "aggregate.borda",
                                   "indifference: 9; indifference_for: {rent: 0}", x, w, 2, 3, y),
                     MERA_OK);
    assert_column(y, ((const double[]){0.75, 1, 1.25}), 3, 1e-15); /* e12 = e23 = .25, e13 = .5 */
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "veto_for: {water: 1}", x, w, 2, 3, y),
                     MERA_EINPUT);
    assert_said(f->diags, "'veto_for' of aggregate.kemeny names 'water'");
}

/* By hand: S .5 .5 .475 .47, R .5 .5 .45 .44, Q 1 1 1/6 0; the advantage asked for is 1/3. */
static void vikor_names_the_compromise_set(void **state)
{
    fixture *f = *state;
    const double *const x[] = {(double[]){1, 0, .1, .12}, (double[]){0, 1, .95, .94}};
    const double w[] = {1, 1}, expected[] = {0, 0, 5. / 6, 1};
    double y[4];
    assert_int_equal(ops_aggregate(f, "aggregate.vikor", "", x, w, 2, 4, y), MERA_OK);
    assert_column(y, expected, 4, 1e-14);
    assert_string_equal(last_note(f), "node 'n': by aggregate.vikor unit 4 is first without enough "
                                      "advantage; the compromise set has 2 units: unit 4, unit 3");
}

static void kemeny_says_how_many_rankings_are_best(void **state)
{
    fixture *f = *state;
    const double a[] = {3, 2, 1}, b[] = {2, 1, 3}, c[] = {1, 3, 2};
    const double *const x[] = {a, b, c}, w[] = {1, 1, 1};
    double y[3];
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "", x, w, 3, 3, y), MERA_OK);
    assert_string_equal(last_note(f), "node 'n': aggregate.kemeny has 3 best rankings, which lose "
                                      "0.333333; scores are means over them");
    assert_said(f->diags,
                "node 'n': aggregate.kemeny has 3 best orders for places 1 to 3: unit 1 > "
                "unit 2 > unit 3; unit 2 > unit 3 > unit 1; unit 3 > unit 1 > unit 2");
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "", x, w, 1, 3, y), MERA_OK);
    assert_string_equal(last_note(f),
                        "node 'n': aggregate.kemeny has one best ranking, which loses 0.000000");
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "", x, w, 1, 3, y), MERA_OK);
    assert_int_equal(mera_diags_size(f->diags), 3); /* said once */
}

/* Thirty twins: every ranking is best, too many to count; each may stand anywhere. */
static void kemeny_gives_twins_the_middle_of_their_places(void **state)
{
    fixture *f = *state;
    double a[32], y[32];
    const double *const x[] = {a}, w[] = {1};
    for (size_t i = 0; i < 32; i++) {
        a[i] = i == 0 ? 9 : i == 31 ? 1 : 5;
    }
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "better: lower", x, w, 1, 32, y),
                     MERA_OK);
    assert_true(y[0] == 1 && y[31] == 32);
    for (size_t i = 1; i < 31; i++) {
        assert_true(y[i] == 16.5);
    }
    assert_said(f->diags, "node 'n': aggregate.kemeny has more best rankings than can be counted, "
                          "which lose 0.000000; scores are from the middle of the places that "
                          "draws leave open");
}

/* Rankings of 40 units that differ by a few swaps: far more than 20 units, and still exact. */
static void kemeny_is_exact_for_many_units_that_nearly_agree(void **state)
{
    fixture *f = *state;
    double data[5][40], y[40];
    const double *x[5], w[] = {1, 1, 1, 1, 1};
    uint32_t seed = 3;
    for (size_t j = 0; j < 5; j++) {
        x[j] = data[j];
        for (size_t i = 0; i < 40; i++) {
            data[j][i] = -(double)i + (double)(next(&seed) % 9000) / 1000;
        }
    }
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "", x, w, 5, 40, y), MERA_OK);
    assert_null(strstr(last_note(f), "no less than"));
    assert_null(strstr(last_note(f), "than can be counted"));
}

/* Three opinions, each a turn of the other: one circle of 70 units. */
static void kemeny_bounds_what_it_cannot_prove(void **state)
{
    fixture *f = *state;
    double data[3][MANY], y[MANY], loss, bound;
    const double *const x[] = {data[0], data[1], data[2]}, w[] = {1, 1, 1};
    bool taken[MANY] = {false};
    for (size_t i = 0; i < MANY; i++) {
        for (size_t j = 0; j < 3; j++) {
            data[j][i] = (double)((i + 23 * j) % MANY);
        }
    }
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "", x, w, 3, MANY, y), MERA_OK);
    assert_int_equal(sscanf(last_note(f),
                            "node 'n': aggregate.kemeny found a ranking that loses %lf, and did "
                            "not prove it best: the best loses no less than %lf",
                            &loss, &bound),
                     2);
    assert_true(bound > 0 && bound <= loss && loss < 2 * bound);
    for (size_t i = 0; i < MANY; i++) { /* a ranking: every score once */
        assert_true(y[i] >= 0 && y[i] < MANY && !taken[(size_t)y[i]]);
        taken[(size_t)y[i]] = true;
    }
}

static void kemeny_refuses_more_units_than_it_can_compare(void **state)
{
    fixture *f = *state;
    double *a = mera_arena_zero(f->arena, 4001, sizeof *a);
    double *y = mera_arena_zero(f->arena, 4001, sizeof *y);
    const double *const x[] = {a}, w[] = {1};
    assert_int_equal(ops_aggregate(f, "aggregate.kemeny", "", x, w, 1, 4001, y), MERA_EINPUT);
    assert_message(f, "node 'n' has 4001 units; aggregate.kemeny takes at most 4000");
    assert_hint(f, "'copeland' and 'borda' compare pairs too, and have no such limit");
}

/* ---- draws, missing values, many units ---- */

/* 0.1 + 0.2 against 0.3 in weights is a draw, not a win by 5e-17. */
static void a_lead_of_rounding_is_a_draw(void **state)
{
    const double up[] = {2, 1}, down[] = {1, 2};
    const double *const x[] = {up, up, down}, w[] = {0.1, 0.2, 0.3};
    double y[2];
    assert_int_equal(ops_aggregate(*state, "aggregate.copeland", "", x, w, 3, 2, y), MERA_OK);
    assert_true(y[0] == 0 && y[1] == 0);
}

static void units_without_a_common_child_draw(void **state)
{
    const double a[] = {5, NAN, 1, NAN}, b[] = {NAN, 5, NAN, NAN};
    const double *const x[] = {a, b}, w[] = {1, 1};
    double y[4];
    assert_int_equal(ops_aggregate(*state, "aggregate.copeland", "", x, w, 2, 4, y), MERA_OK);
    assert_column(y, ((const double[]){1, 0, -1, NAN}), 4, 0);
    assert_int_equal(ops_aggregate(*state, "aggregate.borda", "", x, w, 2, 4, y), MERA_OK);
    assert_column(y, ((const double[]){1.5, 1, 0.5, NAN}), 4, 0);
}

/* More units than a block holds, against sums over pairs. */
static void blocks_of_units_meet_every_pair(void **state)
{
    enum { N = 700 };
    static double data[3][N], y[N], z[N];
    const double *const x[] = {data[0], data[1], data[2]}, w[] = {3, 2, 2};
    uint32_t seed = 8;
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < 3; j++) {
            data[j][i] = next(&seed) % 11 == 0 ? NAN : next(&seed) % 50;
        }
        data[0][i] = i % 100 == 7 ? NAN : 1;
    }
    assert_int_equal(ops_aggregate(*state, "aggregate.copeland", "", x, w, 3, N, y), MERA_OK);
    for (size_t a = 0; a < N; a++) {
        bool any = false;
        z[a] = 0;
        for (size_t b = 0; b < N; b++) {
            double lead = 0;
            for (size_t j = 0; j < 3; j++) {
                const double d = data[j][a] - data[j][b];
                lead += d > 0 ? w[j] : d < 0 ? -w[j] : 0;
                any = any || !isnan(data[j][a]);
            }
            z[a] += lead > 0 ? 1 : lead < 0 ? -1 : 0;
        }
        z[a] = any ? z[a] : NAN;
    }
    assert_column(y, z, N, 0);
}

static double preference_of(const char *kind, double d)
{
    if (d <= 0) {
        return 0;
    }
    if (strcmp(kind, "u") == 0) {
        return d > 3;
    }
    if (strcmp(kind, "v") == 0) {
        return fmin(1, d / 8);
    }
    if (strcmp(kind, "level") == 0) {
        return ((d > 3) + (d > 8)) / 2.0;
    }
    if (strcmp(kind, "linear") == 0) {
        return fmin(1, fmax(0, (d - 3) / 5));
    }
    return 1;
}

static void flows_over_sorted_columns_are_those_over_pairs(void **state)
{
    enum { N = 60 };
    static const char *const kind[] = {"usual", "u", "v", "level", "linear"};
    fixture *f = *state;
    double a[N], y[N];
    const double *const x[] = {a}, w[] = {1};
    uint32_t seed = 5;
    for (size_t i = 0; i < N; i++) {
        a[i] = 1e6 + next(&seed) % 40; /* far from 0: sums must not lose digits */
    }
    for (size_t k = 0; k < sizeof kind / sizeof *kind; k++) {
        const char *params = mera_arena_printf(f->arena, "preference: %s; q: 3; p: 8", kind[k]);
        assert_int_equal(ops_aggregate(f, "aggregate.promethee", params, x, w, 1, N, y), MERA_OK);
        for (size_t i = 0; i < N; i++) {
            double flow = 0;
            for (size_t b = 0; b < N; b++) {
                flow += preference_of(kind[k], a[i] - a[b]) - preference_of(kind[k], a[b] - a[i]);
            }
            assert_close(y[i], flow / (N - 1), 1e-13);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(kemeny_finds_what_trying_every_ranking_finds),
        OPS_TEST(thresholds_may_differ_by_child),
        OPS_TEST(vikor_names_the_compromise_set),
        OPS_TEST(kemeny_says_how_many_rankings_are_best),
        OPS_TEST(kemeny_gives_twins_the_middle_of_their_places),
        OPS_TEST(kemeny_is_exact_for_many_units_that_nearly_agree),
        OPS_TEST(kemeny_bounds_what_it_cannot_prove),
        OPS_TEST(kemeny_refuses_more_units_than_it_can_compare),
        OPS_TEST(a_lead_of_rounding_is_a_draw),
        OPS_TEST(units_without_a_common_child_draw),
        OPS_TEST(blocks_of_units_meet_every_pair),
        OPS_TEST(flows_over_sorted_columns_are_those_over_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
