/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Memory does not grow with the number of draws: the most bytes held at a time, as the allocator
 * counts them, are those of a quarter of the draws. The linker puts the functions below in the
 * place of malloc, calloc, realloc, posix_memalign and free.
 */
#include "run_fixture.h"

#include <malloc.h>

#include "analysis/joint.h"

#define HEAD                                                            \
    "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 7\n"         \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n" \
    "  c: {direction: lower}\n  d: {direction: higher}\n"               \
    "steps:\n  normalise: {op: minmax, range: [1, 100]}\n  aggregate: "
#define TREE                                                   \
    "\nframework:\n  id: index\n  nodes:\n"                    \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n" \
    "    - {id: life, weight: 3, indicators: {c: 1, d: 2}}\n"

enum { UNITS = 8, SLACK = 4096 };

static const char table[] = "unit,a,b,c,d\n"
                            "u1,3,8,4,7\nu2,5,6,2,5\nu3,9,1,7,6\nu4,2,7,3,9\n"
                            "u5,6,5,5,1\nu6,7,3,1,4\nu7,1,9,6,8\nu8,4,4,8,2\n";

/* ---- the allocator ---- */

void *__real_malloc(size_t n);
void *__real_calloc(size_t k, size_t n);
void *__real_realloc(void *block, size_t n);
int __real_posix_memalign(void **out, size_t align, size_t n);
void __real_free(void *block);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t k, size_t n);
void *__wrap_realloc(void *block, size_t n);
int __wrap_posix_memalign(void **out, size_t align, size_t n);
void __wrap_free(void *block);

static size_t held, most; /* the only state: this is the allocator, and one thread asks */

static void *counted(void *block)
{
    held += malloc_usable_size(block);
    most = held > most ? held : most;
    return block;
}

static void *given_back(void *block)
{
    held -= malloc_usable_size(block);
    return block;
}

void *__wrap_malloc(size_t n)
{
    return counted(__real_malloc(n));
}

void *__wrap_calloc(size_t k, size_t n)
{
    return counted(__real_calloc(k, n));
}

void *__wrap_realloc(void *block, size_t n)
{
    return counted(__real_realloc(given_back(block), n));
}

int __wrap_posix_memalign(void **out, size_t align, size_t n)
{
    const int failed = __real_posix_memalign(out, align, n);
    (void)counted(failed == 0 ? *out : NULL);
    return failed;
}

void __wrap_free(void *block)
{
    __real_free(given_back(block));
}

/* ---- runs ---- */

/* The most bytes that a run of so many draws holds beside what there is before. */
static size_t most_of(run_fixture *f, uint64_t draws, bool anew, uint64_t *failed)
{
    const mera_robust_ask ask = {.draws = draws, .threads = 1, .anew = anew};
    const size_t before = held;
    mera_arena *arena = mera_arena_new();
    mera_robust robust;
    most = held;
    assert_int_equal(mera_robust_of(f->plan, f->result, &ask, arena, f->diags, &robust), MERA_OK);
    assert_int_equal(robust.summary.draws + robust.failed, draws);
    *failed = robust.failed;
    mera_arena_free(arena);
    assert_true(held <= before + SLACK); /* all of it is given back, but for diagnostics */
    return most - before;
}

/* Returns how many draws failed. */
static uint64_t no_more_for_more(run_fixture *f, uint64_t draws, bool anew)
{
    uint64_t failed;
    (void)most_of(f, draws, anew, &failed); /* what the plan makes once */
    const size_t few = most_of(f, draws, anew, &failed);
    const size_t many = most_of(f, 4 * draws, anew, &failed);
    assert_true(few > 0);
    assert_in_range(many, 1, few + SLACK);
    return failed;
}

static void weights_alone(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD "arithmetic" TREE, table);
    assert_int_equal(no_more_for_more(f, 16384, false), 0);
}

static void the_framework_anew(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD "arithmetic" TREE, table);
    assert_int_equal(no_more_for_more(f, 4096, true), 0);
}

/* 16,384 draws are a block; some fail: no logarithm of points below 0. */
static void choices(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD "arithmetic" TREE "uncertainty:\n  factors:\n"
                  "    tails: {set: steps.treat, choices: [none, {op: clip, upper: 8.5}]}\n"
                  "    scale: {set: steps.normalise, choices: [minmax, zscore]}\n"
                  "    mean: {set: [steps.aggregate], choices: arithmetic|geometric|harmonic}\n",
             table);
    assert_true(no_more_for_more(f, 16384, false) > 0);
}

/* ---- block by block ---- */

static void block_open(run_fixture *f, robust_run *run, mera_robust_ask *ask, mera_robust *robust,
                       mera_joint **joint)
{
    *ask = (mera_robust_ask){.threads = 1};
    *robust = (mera_robust){.n_ranked = UNITS,
                            .score = f->result->node[0].score,
                            .rules = f->result->methodology->uncertainty};
    *run = (robust_run){.plan = f->plan,
                        .result = f->result,
                        .ask = ask,
                        .out = robust,
                        .arena = f->arena,
                        .diags = f->diags};
    assert_int_equal(mera_robust_tree(run), MERA_OK);
    assert_int_equal(mera_joint_open(run, joint), MERA_OK);
}

/* The most held while the second of five blocks is made, and while the later ones are. */
static void no_more_for_later_blocks(run_fixture *f)
{
    enum { DRAWS = 64, BLOCKS = 5 };
    robust_run run;
    mera_robust_ask ask;
    mera_robust robust;
    mera_joint *joint;
    joint_outcome out = {.score = NULL};
    double u[DRAWS * 8];
    uint64_t number[DRAWS * 8];
    size_t second = 0, later = 0;
    block_open(f, &run, &ask, &robust, &joint);
    assert_int_equal(mera_joint_outcome_new(joint, DRAWS, f->arena, &out), MERA_OK);
    const joint_points points = {.count = DRAWS, .u = u, .number = number};
    for (size_t b = 0; b < BLOCKS; b++) {
        mera_joint_draw(joint, b * DRAWS, DRAWS, u, number);
        most = held;
        assert_int_equal(mera_joint_run(joint, &points, &out), MERA_OK);
        second = b == 1 ? most : second;
        later = b > 1 && most > later ? most : later;
    }
    assert_true(second > 0);
    assert_in_range(later, 1, second + SLACK);
    mera_joint_close(joint);
}

/* Each draw a combination of its own. */
static void combinations_of_their_own(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD "arithmetic" TREE "uncertainty:\n  factors:\n"
                  "    tails: {set: steps.treat, choices: [none, {op: clip, upper: 8.5}]}\n"
                  "    share: {set: framework.money.weight, range: [1, 4]}\n"
                  "    error: {noise: {a: 0.5, c: b}}\n",
             table);
    no_more_for_later_blocks(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(weights_alone, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(the_framework_anew, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(choices, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(combinations_of_their_own, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
