/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera, the program. */
#include "cli/cli.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Large blocks are mapped, so that they go back to the system when they are freed. By itself the C
 * library takes them from its heaps once the first was freed, where smaller ones cut them up: joint
 * draws of many units then hold a third more. What small blocks leave at the end of a heap stays.
 */
static void main_memory(void)
{
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, 2 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
}

int main(int argc, char **argv)
{
    if (mera_worker_asked(argc, argv)) {
        return mera_worker_main();
    }
    main_memory();
    return mera_cli_run_with("/proc/self/exe", argc, argv, stdout, stderr);
}
