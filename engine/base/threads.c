/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A pool of pthreads that sleep between loops. Jobs are handed out in ascending order, so when job
 * i fails every lower one has been handed out and will end: that alone makes "the lowest failing
 * job" the same for any number of threads. The caller works too, as worker 0. A job must not start
 * a loop on its own pool.
 */
#include "base/threads.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { POOL_MAX = 1024 };

typedef struct pool_worker {
    mera_pool *pool;
    pthread_t thread;
    unsigned number;
} pool_worker;

struct mera_pool {
    unsigned size; /* workers, the caller among them */
    pool_worker *workers;
    pthread_mutex_t lock; /* guards what follows, but for `next` and `stop_at` */
    pthread_cond_t start, done;
    uint64_t round; /* counts loops: a worker wakes when it changes */
    unsigned busy;  /* workers that have not finished this round */
    bool closing;
    bool running;
    mera_job_fn job;
    void *context;
    size_t n;
    mera_code code; /* of the failing job `stop_at` */
    atomic_size_t next;
    atomic_size_t stop_at; /* lowest failing job, SIZE_MAX when none */
};

static void pool_note_failure(mera_pool *pool, size_t i, mera_code code)
{
    pthread_mutex_lock(&pool->lock);
    if (i < atomic_load(&pool->stop_at)) {
        atomic_store(&pool->stop_at, i);
        pool->code = code;
    }
    pthread_mutex_unlock(&pool->lock);
}

static void pool_work(mera_pool *pool, unsigned worker)
{
    for (;;) {
        const size_t i = atomic_fetch_add(&pool->next, 1);
        if (i >= pool->n || i > atomic_load(&pool->stop_at)) {
            return;
        }
        const mera_code code = pool->job(pool->context, i, worker);
        if (code != MERA_OK) {
            pool_note_failure(pool, i, code);
        }
    }
}

static void *pool_main(void *argument)
{
    const pool_worker *self = argument;
    mera_pool *pool = self->pool;
    uint64_t seen = 0;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->round == seen && !pool->closing) {
            pthread_cond_wait(&pool->start, &pool->lock);
        }
        if (pool->closing) {
            break;
        }
        seen = pool->round;
        pthread_mutex_unlock(&pool->lock);
        pool_work(pool, self->number);
        pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0) {
            pthread_cond_signal(&pool->done);
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static unsigned pool_processors(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return 1; /* more than 1024 processors, or no answer */
    }
    const int n = CPU_COUNT(&set);
    return n < 1 ? 1 : (unsigned)n;
}

/* Stops and joins the threads that were started: workers 1 to `started` - 1. */
static void pool_stop(mera_pool *pool, unsigned started)
{
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->start);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 1; i < started; i++) {
        pthread_join(pool->workers[i].thread, NULL);
    }
    pthread_cond_destroy(&pool->start);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->lock);
    free(pool->workers);
    free(pool);
}

mera_code mera_pool_open(unsigned n, mera_pool **out)
{
    const unsigned asked = n == 0 ? pool_processors() : n;
    const unsigned size = asked > POOL_MAX ? POOL_MAX : asked;
    mera_pool *pool = calloc(1, sizeof *pool);
    pool_worker *workers = calloc(size, sizeof *workers);
    if (pool == NULL || workers == NULL) {
        free(pool);
        free(workers);
        return MERA_ENOMEM;
    }
    pool->size = size;
    pool->workers = workers;
    pthread_mutex_init(&pool->lock, NULL); /* with default attributes these three cannot fail */
    pthread_cond_init(&pool->start, NULL);
    pthread_cond_init(&pool->done, NULL);
    for (unsigned i = 1; i < size; i++) {
        workers[i] = (pool_worker){.pool = pool, .number = i};
        if (pthread_create(&workers[i].thread, NULL, pool_main, &workers[i]) != 0) {
            pool_stop(pool, i);
            return MERA_ESYSTEM;
        }
    }
    *out = pool;
    return MERA_OK;
}

void mera_pool_close(mera_pool *pool)
{
    if (pool != NULL) {
        pool_stop(pool, pool->size);
    }
}

unsigned mera_pool_size(const mera_pool *pool)
{
    return pool == NULL ? 1 : pool->size;
}

static mera_code pool_run_here(size_t n, mera_job_fn job, void *context)
{
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(job(context, i, 0));
    }
    return MERA_OK;
}

mera_code mera_pool_run(mera_pool *pool, size_t n, mera_job_fn job, void *context)
{
    if (pool == NULL || pool->size == 1 || n <= 1) {
        return pool_run_here(n, job, context);
    }
    pthread_mutex_lock(&pool->lock);
    assert(!pool->running && "a job starts no loop on its own pool");
    pool->running = true;
    pool->job = job;
    pool->context = context;
    pool->n = n;
    pool->code = MERA_OK;
    pool->busy = pool->size - 1;
    atomic_store(&pool->next, 0);
    atomic_store(&pool->stop_at, SIZE_MAX);
    pool->round++;
    pthread_cond_broadcast(&pool->start);
    pthread_mutex_unlock(&pool->lock);

    pool_work(pool, 0);

    pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0) {
        pthread_cond_wait(&pool->done, &pool->lock);
    }
    pool->running = false;
    const mera_code code = pool->code;
    pthread_mutex_unlock(&pool->lock);
    return code;
}
