#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes engine/base/number_tables.h: powers of ten in 128 bits, for the shortest decimal.

    tools/gen_number_tables.py > engine/base/number_tables.h

10^e = g * 2^(floor(log2(10^e)) - 127), g rounded up to an integer of 128 bits (Giulietti 2020,
"The Schubfach way to render doubles"). Integer arithmetic throughout, so nothing is approximate.
"""
FIRST, LAST = -292, 324


def power(e):
    if e >= 0:
        n = 10**e
        shift = 127 - (n.bit_length() - 1)
        return n << shift if shift >= 0 else -(-n >> -shift)
    n = 10**-e
    # 1/n lies in [2^-b, 2^-b+1) where b is the bit length of n (n is no power of two)
    return -(-(1 << (127 + n.bit_length())) // n)


print("""/* SPDX-License-Identifier: Apache-2.0 */
/** @file Powers of ten in 128 bits. Written by tools/gen_number_tables.py, which explains them. */
#ifndef MERA_BASE_NUMBER_TABLES_H
#define MERA_BASE_NUMBER_TABLES_H

#include <stdint.h>

/* clang-format off */
""")
print(f"enum {{ NUMBER_POWER_FIRST = {FIRST}, NUMBER_POWER_LAST = {LAST} }};")
print("""
typedef struct number_power128 {
    uint64_t hi, lo;
} number_power128;
""")
print(f"static const number_power128 number_powers[{LAST - FIRST + 1}] = {{")
row = []
for e in range(FIRST, LAST + 1):
    g = power(e)
    assert 1 << 127 <= g < 1 << 128
    row.append(f"{{0x{g >> 64:016x}U, 0x{g & (1 << 64) - 1:016x}U}},")
    if len(row) == 2 or e == LAST:
        print("    " + " ".join(row))
        row = []
print("};")
print("""
/* clang-format on */

#endif""")
