/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * COINr's uncertainty and sensitivity runs of ASEM, draw by draw: its choices of each draw go
 * through the joint draws of `mera robustness` and `mera sensitivity`, and scores and places must
 * be COINr's.
 *
 * source  COINr 1.1.14, get_sensitivity(): ../shared/golden/coinr/sensitivity
 */
#include "analysis/joint.h"
#include "asem.h"

#define FOLDER "golden/coinr/sensitivity/"

enum { FACTORS = 4, SETS = 20 };

static const char *const factor_name[FACTORS] = {"Winmax", "Normalisation", "Weights",
                                                 "Aggregation"};
static const double factor_choices[FACTORS] = {5, 2, SETS, 2};

typedef struct replay {
    asem a;
    mera_robust_ask ask;
    mera_robust robust;
    robust_run run;
    mera_joint *joint;
} replay;

static void replay_open(replay *r, uint32_t seed)
{
    asem *a = &r->a;
    asem_open(a, seed);
    r->run = (robust_run){.plan = a->plan,
                          .result = a->result,
                          .ask = &r->ask,
                          .out = &r->robust,
                          .arena = a->arena,
                          .diags = a->diags};
    asem_must(a, mera_robust_begin(&r->run));
    asem_must(a, mera_joint_open(&r->run, &r->joint));
}

static void replay_close(replay *r)
{
    mera_joint_close(r->joint);
    asem_close(&r->a);
}

/* ---- the draws ---- */

static double asem_place(const double *score, size_t n, size_t i)
{
    double place = 1;
    for (size_t k = 0; k < n; k++) {
        place += score[k] > score[i];
    }
    return place;
}

/* The arena outlives a test that is skipped half way. */
static int asem_setup(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int asem_teardown(void **state)
{
    mera_arena_free(*state);
    return 0;
}

static void asem_replay(mera_arena *arena, const char *name, uint32_t seed)
{
    replay r = {.a = {.arena = arena, .diags = mera_diags_new(arena)}};
    const golden *draws =
        golden_must(arena, mera_arena_printf(arena, FOLDER "%s.parameters.csv", name));
    const golden *scores =
        golden_must(arena, mera_arena_printf(arena, FOLDER "%s.scores.csv", name));
    const golden *ranks = golden_must(arena, mera_arena_printf(arena, FOLDER "%s.ranks.csv", name));
    replay_open(&r, seed - 1); /* the sets were drawn before */
    const size_t count = draws->n_rows, n = r.joint->n, all = r.joint->n_factors;
    double *u = mera_arena_alloc(arena, count * all, sizeof *u);
    double *score = mera_arena_alloc(arena, count * n, sizeof *score);
    uint64_t *number = mera_arena_zero(arena, count * all, sizeof *number);
    joint_outcome out = {.score = score};
    assert_int_equal(mera_joint_outcome_new(r.joint, count, arena, &out), MERA_OK);
    assert_int_equal(n, scores->n_rows);
    assert_int_equal(all, FACTORS + 1);
    for (size_t d = 0; d < count; d++) {
        u[d * all] = 0.5;
        for (size_t f = 0; f < FACTORS; f++) {
            u[d * all + 1 + f] = (golden_at(draws, d, factor_name[f]) - 0.5) / factor_choices[f];
        }
    }
    const joint_points points = {.count = count, .u = u, .number = number};
    asem_must(&r.a, mera_joint_run(r.joint, &points, &out));
    for (size_t d = 0; d < count; d++) {
        const char *column = mera_arena_printf(arena, "r_%zu", d + 1);
        assert_int_equal(out.failure[d], 0);
        for (size_t i = 0; i < n; i++) {
            const char *key = r.a.data->unit_key[r.joint->unit[i]];
            const size_t row = golden_row(scores, "uCode", key);
            assert_same(score[d * n + i], golden_at(scores, row, column), 1e-9);
            const double rank = golden_at(ranks, golden_row(ranks, "uCode", key), column);
            assert_true(asem_place(score + d * n, n, i) == rank);
            assert_true(out.place[d * n + i] == rank);
        }
    }
    replay_close(&r);
}

static void sixty_draws_of_uncertainty(void **state)
{
    asem_replay(*state, "ua_N60", 32);
}

static void runs_of_the_sensitivity_design(void **state)
{
    asem_replay(*state, "sa_N24", 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sixty_draws_of_uncertainty, asem_setup, asem_teardown),
        cmocka_unit_test_setup_teardown(runs_of_the_sensitivity_design, asem_setup, asem_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
