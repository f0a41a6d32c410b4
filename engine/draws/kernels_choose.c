/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which copy of the kernels this processor runs. */
#include <string.h>

#include "draws/kernels.h"

extern const mera_kernels mera_kernels_baseline;
#ifdef MERA_KERNELS_X86
extern const mera_kernels mera_kernels_avx2;
extern const mera_kernels mera_kernels_avx512;
#endif

static const mera_kernels *kernels_at(size_t rank)
{
#ifdef MERA_KERNELS_X86
    if (rank == 0) {
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                   ? &mera_kernels_avx512
                   : NULL;
    }
    if (rank == 1) {
        return __builtin_cpu_supports("avx2") ? &mera_kernels_avx2 : NULL;
    }
#endif
    return rank == 2 ? &mera_kernels_baseline : NULL;
}

const mera_kernels *mera_kernels_best(void)
{
    size_t rank = 0;
    while (kernels_at(rank) == NULL) {
        rank++; /* the last one always is */
    }
    return kernels_at(rank);
}

const mera_kernels *mera_kernels_named(const char *name)
{
    for (size_t rank = 0; rank < 3; rank++) {
        const mera_kernels *k = kernels_at(rank);
        if (k != NULL && strcmp(k->name, name) == 0) {
            return k;
        }
    }
    return NULL;
}
