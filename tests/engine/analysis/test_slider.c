/* SPDX-License-Identifier: Apache-2.0 */
/** @file A slider's answers against the whole run of the methodology with that weight set. */
#include "run_fixture.h"

#include "mera/slider.h"

#define HEAD "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 7\n"
#define STEPS "steps:\n  normalise: {op: minmax, range: [1, 100]}\n"
#define INDICATORS                                                      \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n" \
    "  c: {direction: lower}\n  d: {direction: higher}\n  e: {direction: higher}\n"
#define NODES                                                  \
    "  nodes:\n"                                               \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n" \
    "    - {id: life, weight: 3, indicators: {c: 1, d: 2, e: 0}}\n"

enum { UNITS = 8, DRAWS = 2000 };
static const char table[] = "unit,a,b,c,d,e\n"
                            "u1,3,8,4,7,1\nu2,5,6,2,5,2\nu3,9,1,7,6,9\nu4,2,7,3,9,4\n"
                            "u5,6,5,5,1,5\nu6,7,3,1,4,6\nu7,1,9,6,8,3\nu8,4,4,8,2,7\n";

/* A mean of means by products; one that is scored anew. */
static const char *const yamls[] = {
    HEAD INDICATORS STEPS "framework:\n  id: index\n" NODES,
    HEAD INDICATORS STEPS "framework:\n  id: index\n  aggregate: {op: geometric, floor: 20}\n" NODES
                          "uncertainty: {weights: {law: dirichlet, concentration: 20}}\n",
};

static void slider_same(const mera_robust *x, const mera_robust *y)
{
    assert_true(x->why_anew == y->why_anew);
    assert_close(x->summary.mean_shift, y->summary.mean_shift, 1e-12);
    for (size_t i = 0; i < UNITS; i++) {
        const mera_place_summary *a = &x->summary.unit[i], *b = &y->summary.unit[i];
        assert_close(x->score[i], y->score[i], 1e-12);
        assert_int_equal(a->reference, b->reference);
        assert_true(a->low == b->low && a->median == b->median && a->high == b->high);
        assert_int_equal(a->band, b->band);
        assert_true(a->first == b->first);
    }
}

/* The same weight by a slider, and by --set. */
static void slider_like_set(run_fixture *f, const char *yaml, const mera_slider_weight *move,
                            const mera_set *set, size_t n)
{
    const mera_robust_ask ask = {.draws = DRAWS};
    mera_slider *slider;
    mera_robust moved, whole, before;
    f->n_set = 0;
    run_must(f, yaml, table);
    assert_int_equal(mera_robust_of(f->plan, f->result, &ask, f->arena, f->diags, &before),
                     MERA_OK);
    assert_int_equal(mera_slider_open(f->plan, f->result, &ask, &slider), MERA_OK);
    for (int twice = 0; twice < 2; twice++) { /* moves do not add up */
        assert_int_equal(mera_slider_at(slider, move, n, f->arena, f->diags, &moved), MERA_OK);
    }
    int changed = 0;
    for (size_t i = 0; i < UNITS; i++) {
        changed += before.score[i] != moved.score[i];
    }
    assert_true(changed > 4);
    run_again(f);
    f->n_set = n;
    memcpy(f->set, set, n * sizeof *set);
    run_must(f, yaml, table);
    assert_int_equal(mera_robust_of(f->plan, f->result, &ask, f->arena, f->diags, &whole), MERA_OK);
    slider_same(&moved, &whole);
    mera_slider_close(slider);
    f->n_set = 0;
    run_again(f);
}

static void a_moved_weight_is_as_one_set(void **state)
{
    static const mera_slider_weight direction = {.node = 0, .child = 1, .weight = 4};
    static const mera_slider_weight two[] = {{0, 0, 5}, {2, 2, 1.5}};
    static const mera_set sets[] = {{"framework.life.weight", "4"}};
    static const mera_set both[] = {{"framework.money.weight", "5"},
                                    {"framework.life.indicators.e", "1.5"}};
    for (size_t y = 0; y < sizeof yamls / sizeof *yamls; y++) {
        slider_like_set(*state, yamls[y], &direction, sets, 1);
        slider_like_set(*state, yamls[y], two, both, 2);
    }
}

static void bad_moves_are_refused(void **state)
{
    run_fixture *f = *state;
    mera_slider *slider;
    mera_robust robust;
    run_must(f, yamls[0], table);
    assert_int_equal(mera_slider_open(f->plan, f->result, &(mera_robust_ask){.node = 7}, &slider),
                     MERA_EUSAGE);
    assert_int_equal(
        mera_slider_open(f->plan, f->result, &(mera_robust_ask){.draws = 100}, &slider), MERA_OK);
    static const mera_slider_weight nobody = {.node = 0, .child = 2}, below = {0, 0, -1};
    static const mera_slider_weight none[] = {{0, 0, 0}, {0, 1, 0}};
    assert_int_equal(mera_slider_at(slider, &nobody, 1, f->arena, f->diags, &robust), MERA_EUSAGE);
    assert_int_equal(mera_slider_at(slider, &below, 1, f->arena, f->diags, &robust), MERA_EINPUT);
    assert_int_equal(mera_slider_at(slider, none, 2, f->arena, f->diags, &robust), MERA_EINPUT);
    mera_slider_close(slider);
}

#define SLIDER_TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SLIDER_TEST(a_moved_weight_is_as_one_set),
        SLIDER_TEST(bad_moves_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
