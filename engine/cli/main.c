/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera, the program. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    if (mera_worker_asked(argc, argv)) {
        return mera_worker_main();
    }
    return mera_cli_run_with("/proc/self/exe", argc, argv, stdout, stderr);
}
