/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera, the program. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return mera_cli_run(argc, argv, stdout, stderr);
}
