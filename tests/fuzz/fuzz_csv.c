/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: any bytes as a data file, described and read wide with a guessed key. */
#include "fuzz_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_data((mera_source){.layout = MERA_LAYOUT_WIDE}, data, size);
    return 0;
}
