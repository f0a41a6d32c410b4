/* SPDX-License-Identifier: Apache-2.0 */
/** @file Threads behind one door: a pool that runs numbered jobs. May be one thread. */
#ifndef MERA_BASE_THREADS_H
#define MERA_BASE_THREADS_H

#include "mera/error.h"

typedef struct mera_pool mera_pool;

/** A pool of `n` workers (0 = the processors this process may use). One worker means no threads. */
mera_code mera_pool_open(unsigned n, mera_pool **out);
void mera_pool_close(mera_pool *pool);
unsigned mera_pool_size(const mera_pool *pool);

/** Job `i` of a parallel loop, on worker `worker` (below mera_pool_size()). */
typedef mera_code (*mera_job_fn)(void *context, size_t i, unsigned worker);

/**
 * Runs jobs 0..n-1, each once, in any order, and waits. Returns the code of the failing job with
 * the lowest number, MERA_OK when none failed; after a failure later jobs may be left out, but all
 * lower-numbered ones have run. `pool` NULL runs them here, in order.
 */
mera_code mera_pool_run(mera_pool *pool, size_t n, mera_job_fn job, void *context);

#endif
