/* SPDX-License-Identifier: Apache-2.0 */
/** @file The product's panels made once or as they are needed: the same bits. */
#include "support.h"

#include "base/math.h"
#include "draws/scores.h"

enum { N = 250, K = 5 };

/* Some units apart from the others, so that the product's do not all stand side by side. */
static void check_panels(mera_arena *arena, double power, double missing)
{
    static double w[2 * K * MERA_TILE], y[2][2 * (N + MERA_PANEL) * MERA_TILE];
    const size_t stride = (size_t)(N + MERA_PANEL) * MERA_TILE;
    mera_weight_node node = flat_node(arena, K, (mera_law){.kind = MERA_LAW_UNIFORM});
    node.power = power;
    const mera_draws_ask ask = {.n = N,
                                .k = K,
                                .node = &node,
                                .n_nodes = 1,
                                .z = random_table(arena, 12, N, K, 0, missing)};
    const mera_kernels *kernels = mera_kernels_best();
    mera_scorer s;
    double *room = mera_arena_zero(arena, MERA_SCORER_NEAR * MERA_PANEL * K, sizeof *room);
    mera_stream stream = mera_stream_of(3, 0, 0);
    for (size_t i = 0; i < sizeof w / sizeof *w; i++) {
        w[i] = mera_stream_uniform(&stream);
    }
    assert_int_equal(mera_scorer_make(&ask, arena, mera_diags_new(arena), &s), MERA_OK);
    assert_true(s.n_complete > 200 && (missing > 0) == (s.n_complete < N));
    mera_scorer_product(&s, kernels, w, y[0], stride, 2, room);
    assert_int_equal(mera_scorer_pack(&s, arena), MERA_OK);
    mera_scorer_product(&s, kernels, w, y[1], stride, 2, NULL);
    for (size_t i = 0; i < s.n_complete * MERA_TILE; i++) {
        double sum = 0;
        for (size_t j = 0; j < K; j++) {
            const double x = ask.z[j][s.unit[i / MERA_TILE]];
            sum += w[(K + j) * MERA_TILE + i % MERA_TILE] * mera_scorer_transform(power, x);
        }
        assert_true(y[0][stride + i] == sum);
        assert_true(y[0][i] == y[1][i] && y[0][stride + i] == y[1][stride + i]);
    }
}

static void panels_are_the_same_made_once_or_by_parts(void **state)
{
    static const double power[] = {1, 0, -1, 2.5};
    (void)state;
    for (size_t p = 0; p < sizeof power / sizeof *power; p++) {
        mera_arena *arena = mera_arena_new();
        check_panels(arena, power[p], 0);
        check_panels(arena, power[p], 0.01);
        mera_arena_free(arena);
    }
}

static void what_a_mean_has_no_answer_for_is_refused(void **state)
{
    static const double power[] = {1, 0, -1, 0.5};
    static const double bad[] = {INFINITY, 0, 0, -3};
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = mera_diags_new(arena);
    (void)state;
    for (size_t p = 0; p < sizeof power / sizeof *power; p++) {
        mera_weight_node node = flat_node(arena, K, (mera_law){.kind = MERA_LAW_UNIFORM});
        const double *const *z = random_table(arena, 12, N, K, 0, 0.01);
        mera_draws_ask ask = {.n = N, .k = K, .node = &node, .n_nodes = 1, .z = z};
        mera_scorer s;
        node.power = power[p];
        assert_int_equal(mera_scorer_make(&ask, arena, diags, &s), MERA_OK);
        ((double *)(uintptr_t)z[3])[77] = bad[p];
        assert_int_equal(mera_scorer_make(&ask, arena, diags, &s), MERA_EINPUT);
    }
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_are_the_same_made_once_or_by_parts),
        cmocka_unit_test(what_a_mean_has_no_answer_for_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
