/* SPDX-License-Identifier: Apache-2.0 */
/** @file The pool: every job once, and the same answer for any number of workers. */
#include "mera_test.h"

#include "base/threads.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { JOBS = 5000, WORKERS = 8 };

typedef struct tally {
    atomic_int runs[JOBS];
    atomic_int of_worker[WORKERS];
    unsigned workers;
    const unsigned char *fails; /* code per job; NULL: none fails */
} tally;

static mera_code count_job(void *context, size_t i, unsigned worker)
{
    tally *t = context;
    assert_true(worker < t->workers);
    atomic_fetch_add(&t->runs[i], 1);
    atomic_fetch_add(&t->of_worker[worker], 1);
    return t->fails == NULL ? MERA_OK : (mera_code)t->fails[i];
}

static tally *new_tally(unsigned workers, const unsigned char *fails)
{
    tally *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->workers = workers;
    t->fails = fails;
    return t;
}

static void each_job_runs_once(void **state)
{
    (void)state;
    for (unsigned workers = 1; workers <= WORKERS; workers++) {
        mera_pool *pool = NULL;
        assert_int_equal(mera_pool_open(workers, &pool), MERA_OK);
        assert_int_equal(mera_pool_size(pool), workers);
        tally *t = new_tally(workers, NULL);
        assert_int_equal(mera_pool_run(pool, JOBS, count_job, t), MERA_OK);
        for (size_t i = 0; i < JOBS; i++) {
            assert_int_equal(t->runs[i], 1);
        }
        free(t);
        mera_pool_close(pool);
    }
}

static void a_pool_serves_many_loops(void **state)
{
    (void)state;
    mera_pool *pool = NULL;
    assert_int_equal(mera_pool_open(4, &pool), MERA_OK);
    tally *t = new_tally(4, NULL);
    int total = 0;
    for (int round = 0; round < 300; round++) {
        const size_t n = (size_t)(round % 17);
        assert_int_equal(mera_pool_run(pool, n, count_job, t), MERA_OK);
        total += (int)n;
    }
    int counted = 0;
    for (unsigned i = 0; i < 4; i++) {
        counted += t->of_worker[i];
    }
    assert_int_equal(counted, total);
    free(t);
    mera_pool_close(pool);
}

static void the_lowest_failing_job_is_reported_and_all_below_it_ran(void **state)
{
    (void)state;
    unsigned char fails[JOBS] = {0};
    fails[4000] = MERA_ESYSTEM;
    fails[1234] = MERA_ELIMIT;
    fails[1235] = MERA_EINPUT;
    fails[1300] = MERA_EUSAGE;
    for (unsigned workers = 1; workers <= WORKERS; workers++) {
        mera_pool *pool = NULL;
        assert_int_equal(mera_pool_open(workers, &pool), MERA_OK);
        for (int round = 0; round < 20; round++) {
            tally *t = new_tally(workers, fails);
            assert_int_equal(mera_pool_run(pool, JOBS, count_job, t), MERA_ELIMIT);
            for (size_t i = 0; i <= 1234; i++) {
                assert_int_equal(t->runs[i], 1);
            }
            free(t);
        }
        /* and the next loop starts afresh */
        tally *t = new_tally(workers, NULL);
        assert_int_equal(mera_pool_run(pool, 10, count_job, t), MERA_OK);
        free(t);
        mera_pool_close(pool);
    }
}

static void without_a_pool_jobs_run_here_in_order(void **state)
{
    (void)state;
    unsigned char fails[JOBS] = {0};
    fails[7] = MERA_EINPUT;
    tally *t = new_tally(1, fails);
    assert_int_equal(mera_pool_size(NULL), 1);
    assert_int_equal(mera_pool_run(NULL, 100, count_job, t), MERA_EINPUT);
    assert_int_equal(t->runs[6], 1);
    assert_int_equal(t->runs[8], 0);
    assert_int_equal(mera_pool_run(NULL, 0, count_job, t), MERA_OK);
    free(t);
    mera_pool_close(NULL);
}

static void zero_workers_means_the_processors_at_hand(void **state)
{
    (void)state;
    mera_pool *pool = NULL;
    assert_int_equal(mera_pool_open(0, &pool), MERA_OK);
    assert_true(mera_pool_size(pool) >= 1 && mera_pool_size(pool) <= 1024);
    mera_pool_close(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_job_runs_once),
        cmocka_unit_test(a_pool_serves_many_loops),
        cmocka_unit_test(the_lowest_failing_job_is_reported_and_all_below_it_ran),
        cmocka_unit_test(without_a_pool_jobs_run_here_in_order),
        cmocka_unit_test(zero_workers_means_the_processors_at_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
