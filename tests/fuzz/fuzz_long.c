/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: any bytes as a long table, a row a value, with guessed fields. */
#include "fuzz_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_data((mera_source){.layout = MERA_LAYOUT_LONG, .numbers_in_text = size % 2 == 0}, data,
              size);
    return 0;
}
