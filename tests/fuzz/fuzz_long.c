/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: any bytes as a long table with guessed fields, or as tables in blocks. */
#include "fuzz_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const mera_source source = {.layout = size % 3 == 0 ? MERA_LAYOUT_BLOCKS : MERA_LAYOUT_LONG,
                                .footnotes = size % 5 == 0,
                                .numbers_in_text = size % 2 == 0};
    fuzz_data(source, data, size);
    return 0;
}
