/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: any bytes as a compound file, in which workbooks of Excel 97 to 2003 are. */
#include <stdlib.h>
#include <string.h>

#include "fuzz_data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char magic[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    uint8_t *copy = malloc(size + sizeof magic);
    if (copy != NULL && size >= sizeof magic - 1) {
        memcpy(copy, data, size);
        memcpy(copy, magic, sizeof magic - 1);
        fuzz_data((mera_source){.header_rows = 1 + size % 2, .merged = MERA_MERGED_FILL}, copy,
                  size);
    }
    free(copy);
    return 0;
}
