/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which copy of the loops over cells this processor runs. */
#include <string.h>

#include "lua/kernels.h"

extern const mera_cell_kernels mera_cell_kernels_baseline;
#ifdef MERA_KERNELS_X86
extern const mera_cell_kernels mera_cell_kernels_avx2;
#endif

const mera_cell_kernels *mera_cell_kernels_best(void)
{
#ifdef MERA_KERNELS_X86
    if (__builtin_cpu_supports("avx2")) {
        return &mera_cell_kernels_avx2;
    }
#endif
    return &mera_cell_kernels_baseline;
}

const mera_cell_kernels *mera_cell_kernels_named(const char *name)
{
    const mera_cell_kernels *best = mera_cell_kernels_best();

    return strcmp(name, best->name) == 0   ? best
           : strcmp(name, "baseline") == 0 ? &mera_cell_kernels_baseline
                                           : NULL;
}
