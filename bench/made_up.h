/* SPDX-License-Identifier: Apache-2.0 */
/** @file Made-up data and a framework over them, for benchmarks of whole runs. */
#ifndef BENCH_MADE_UP_H
#define BENCH_MADE_UP_H

#include <time.h>

#include "mera/mera.h"

typedef struct bench_size {
    size_t units, indicators;
    unsigned threads;
} bench_size;

/** Milliseconds. */
double bench_now(clockid_t clock);
/** Ends the program with what went wrong unless that is MERA_OK. */
void bench_check(mera_code rc, const mera_diags *diags, mera_arena *arena);
/** Nine columns in ten near a normal law, one with a long tail; one cell in twenty missing; units
 * in 20 groups. */
mera_dataset *bench_data(bench_size size, mera_arena *arena);
/** A methodology with these steps, without its aggregator, over index, pillars, sub-pillars of ten
 * indicators each, indicators. */
const char *bench_yaml(bench_size size, const char *steps, mera_arena *arena);
/** A reader of that text, which is its `self`. */
mera_reader bench_reader(const char *yaml);

#endif
