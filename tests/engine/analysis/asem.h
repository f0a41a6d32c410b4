/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The ASEM index of COINr's cases as a methodology of ours: five winsorised points at most, min-max
 * to 0 to 100, arithmetic means; with the factors of COINr's sensitivity cases.
 *
 * source  COINr 1.1.14: ../shared/golden/coinr, ../shared/data/asem
 */
#ifndef ANALYSIS_ASEM_H
#define ANALYSIS_ASEM_H

#include "golden.h"

#include "base/text.h"
#include "mera/mera.h"

typedef struct asem {
    mera_arena *arena;
    mera_diags *diags;
    const golden *meta;
    mera_text yaml;
    mera_engine *engine;
    mera_project *project;
    mera_dataset *data;
    mera_plan *plan;
    const mera_result *result;
} asem;

/** Prints the problems and fails unless the code is MERA_OK. */
void asem_must(const asem *a, mera_code code);
/** Up to the result; `arena` and `diags` are there. `seed` draws COINr's sets of weights. Skips the
 * test when the data are not there. */
void asem_open(asem *a, uint32_t seed);
void asem_close(asem *a);

#endif
