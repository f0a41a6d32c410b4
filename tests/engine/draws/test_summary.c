/* SPDX-License-Identifier: Apache-2.0 */
/** @file What counts are summed up to: SMAA's reference numbers, quantiles, bands. */
#include "support.h"

#include <stdlib.h>

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = mera_arena_new();
    f->diags = mera_diags_new(f->arena);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

static void summarise(fixture *f, const mera_draws_ask *ask, size_t n_draws, mera_sureness how,
                      mera_draws_summary *out)
{
    mera_draws *draws;
    assert_int_equal(mera_draws_open(ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, n_draws, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_summarise(draws, &how, f->arena, out), MERA_OK);
    mera_draws_close(draws);
}

/* numerics.md, reference table of six cities: "SMAA uniform simplex, rank-1 .012 0 0 .728 .234
 * .026; F last .875", of 2 million draws, to .001. */
static void acceptabilities_are_the_reference_ones(void **state)
{
    fixture *f = *state;
    static const double first[] = {.012, 0, 0, .728, .234, .026};
    const mera_weight_node node = flat_node(f->arena, 4, (mera_law){.kind = MERA_LAW_UNIFORM});
    const mera_draws_ask ask = {.n = 6,
                                .k = 4,
                                .z = cities(),
                                .node = &node,
                                .n_nodes = 1,
                                .seed = 1,
                                .central = true,
                                .top = {3},
                                .n_top = 1};
    mera_draws_summary got;
    summarise(f, &ask, 1000000, (mera_sureness){0}, &got);
    double sum = 0, top = 0;
    for (size_t i = 0; i < 6; i++) {
        assert_true(fabs(got.unit[i].first - first[i]) < 0.0015);
        sum += got.unit[i].first;
        top += got.unit[i].top[0];
        assert_true(got.unit[i].first == 0 || got.unit[i].central_place == 1);
    }
    assert_close(sum, 1, 1e-12);
    assert_close(top, 3, 1e-12);
    assert_true(fabs((double)got.histogram[5 * 6 + 5] / 1e6 - .875) < 0.0015);
    assert_missing(got.central[1 * 4]);                           /* B is never first */
    assert_true(got.central[3 * 4 + 0] > got.central[4 * 4 + 0]); /* D needs income more than E */
}

/* Two columns, w uniform: unit i scores w a + (1 - w) b. A (10, 10) beats all; B and C swap at
 * w = 1/2; D (1, 2) is below both always; E (0, 0) last. */
static const double first_column[] = {10, 8, 4, 1, 0, NAN}, second_column[] = {10, 4, 8, 2, 0, NAN};

static void bands_join_units_whose_order_is_not_sure(void **state)
{
    fixture *f = *state;
    static const double *const z[] = {first_column, second_column};
    const mera_weight_node node = flat_node(f->arena, 2, (mera_law){.kind = MERA_LAW_UNIFORM});
    const mera_draws_ask ask = {.n = 6, .k = 2, .z = z, .node = &node, .n_nodes = 1, .seed = 1};
    static const uint32_t band[] = {1, 2, 2, 3, 4, 0}, unsure[] = {0, 1, 1, 0, 0, 0};
    mera_draws_summary got;
    summarise(f, &ask, 4000, (mera_sureness){0}, &got);
    assert_int_equal(got.n_bands, 4);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(got.unit[i].band, band[i]);
        assert_int_equal(got.unit[i].not_sure, unsure[i]);
    }
    assert_true(fabs(got.beats[1 * 6 + 2] - 0.5) < 5 * sqrt(0.25 / 4000));
    assert_close(got.beats[1 * 6 + 2] + got.beats[2 * 6 + 1], 1, 1e-15);
    assert_true(got.beats[0 * 6 + 3] == 1 && got.beats[3 * 6 + 0] == 0);
    assert_int_equal(got.unit[5].reference, 0);
    assert_int_equal(got.unit[5].unplaced, 4000);
    assert_missing(got.unit[5].median);
    summarise(f, &ask, 4000, (mera_sureness){.sure = 0.4}, &got);
    assert_int_equal(got.n_bands, 5); /* at 0.4 either order of B and C is "sure" */
}

/* A before B when w > 5/12, B before C when w < 7/8, A before C always: a chain of one link more
 * than the leader reaches. */
static const double chain_first[] = {5.2, 4.5, 4.6}, chain_second[] = {4, 4.5, 3.8};

static void a_band_ends_where_its_leader_is_sure_unless_chains_are_asked_for(void **state)
{
    fixture *f = *state;
    static const double *const z[] = {chain_first, chain_second};
    const mera_weight_node node = flat_node(f->arena, 2, (mera_law){.kind = MERA_LAW_UNIFORM});
    const mera_draws_ask ask = {.n = 3, .k = 2, .z = z, .node = &node, .n_nodes = 1, .seed = 1};
    static const uint32_t leader[] = {1, 1, 2}, unsure[] = {1, 2, 1};
    mera_draws_summary got;
    summarise(f, &ask, 4000, (mera_sureness){0}, &got);
    assert_int_equal(got.n_bands, 2);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(got.unit[i].band, leader[i]);
        assert_int_equal(got.unit[i].not_sure, unsure[i]);
    }
    summarise(f, &ask, 4000, (mera_sureness){.bands = MERA_BANDS_CHAIN}, &got);
    assert_int_equal(got.n_bands, 1);
}

/* With w uniform and B ahead of C exactly when w > 1/4, C has place 2 in a quarter of draws. */
static void intervals_are_the_least_places_that_reach_the_share(void **state)
{
    fixture *f = *state;
    static const double a[] = {10, 8, 4}, b[] = {10, 4, 5.3333333};
    static const double *const z[] = {a, b};
    const mera_weight_node node = flat_node(f->arena, 2, (mera_law){.kind = MERA_LAW_UNIFORM});
    const mera_draws_ask ask = {.n = 3, .k = 2, .z = z, .node = &node, .n_nodes = 1, .seed = 1};
    mera_draws_summary got;
    summarise(f, &ask, 10000, (mera_sureness){.mass = 0.9}, &got);
    assert_true(got.unit[2].low == 2 && got.unit[2].median == 3 && got.unit[2].high == 3);
    assert_true(got.unit[1].low == 2 && got.unit[1].median == 2 && got.unit[1].high == 3);
    assert_true(fabs(got.unit[2].mean - 2.75) < 5 * sqrt(0.1875 / 10000));
    summarise(f, &ask, 10000, (mera_sureness){.mass = 0.4}, &got); /* 30 % to 70 % */
    assert_true(got.unit[2].low == 3 && got.unit[1].high == 2);
    assert_int_equal(got.unit[0].reference, 1);
    assert_true(got.unit[0].low == 1 && got.unit[0].high == 1 && got.unit[0].mean == 1);
    /* reference w = 1/2: B before C; they change places in a quarter of draws, by 1 each of 3 */
    assert_true(fabs(got.mean_shift - 0.25 * 2 / 3) < 0.01);
    assert_close(got.max_shift, 2.0 / 3, 1e-15);
}

/* Over 256 units counts are of 16 bits at first: here one cell gets more than they hold. */
static void long_runs_count_every_draw(void **state)
{
    enum { UNITS = 257, DRAWS = 70000 };
    fixture *f = *state;
    const mera_weight_node node = flat_node(f->arena, 1, (mera_law){.kind = MERA_LAW_FIXED});
    double z[UNITS];
    const double *column[] = {z};
    for (size_t i = 0; i < UNITS; i++) {
        z[i] = UNITS - (double)i;
    }
    mera_draws_ask ask = {.n = UNITS, .k = 1, .z = column, .node = &node, .n_nodes = 1};
    ask.no_pairs = true;
    ask.threads = 1; /* all in one thread's counts */
    mera_draws_summary got;
    summarise(f, &ask, DRAWS, (mera_sureness){0}, &got);
    for (size_t c = 0; c < (size_t)UNITS * UNITS; c++) {
        assert_int_equal(got.histogram[c], c % (UNITS + 1) == 0 ? DRAWS : 0);
    }
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(acceptabilities_are_the_reference_ones),
        WITH(bands_join_units_whose_order_is_not_sure),
        WITH(a_band_ends_where_its_leader_is_sure_unless_chains_are_asked_for),
        WITH(intervals_are_the_least_places_that_reach_the_share),
        WITH(long_runs_count_every_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
