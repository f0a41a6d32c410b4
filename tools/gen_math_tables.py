#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes engine/base/math_tables.h: tables of exp and log, computed with 60 decimal digits.

    tools/gen_math_tables.py > engine/base/math_tables.h

exp: 2^(i/128) as a double, and what that double lacks, relative to it (Tang 1989).
log: for each of 128 stretches of the mantissa a short 1/c near its middle (13 bits, so that the
product with a 40-bit number is exact; Tang 1990) and log(c) in two parts, the first a multiple of
2^-42, so that k*ln2 + log(c) is exact.
"""
from decimal import Decimal, getcontext
import struct

getcontext().prec = 60
N = 128
LN2 = Decimal(2).ln()
OFFSET = 0x3FE6AAAB00000000  # where the first stretch starts; 1.0 then lies inside one


def double(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def literal(x):
    """A hexadecimal literal without trailing zeros."""
    if x == 0:
        return "0"
    mantissa, exponent = x.hex().split("p")
    return mantissa.rstrip("0").rstrip(".") + "p" + exponent


def on_grid(x, bits):
    """The multiple of 2^-bits nearest to x: exact as a double here."""
    return float((x * 2**bits).to_integral_value() / 2**bits)


def exp_rows():
    for i in range(N):
        exact = ((LN2 * i) / N).exp()
        head = float(exact)
        yield head, float((exact - Decimal(head)) / Decimal(head))


def log_rows():
    for i in range(N):
        low = double(OFFSET + (i << 45))
        high = double(OFFSET + ((i + 1) << 45))
        if low <= 1 < high:
            yield 1.0, 0.0, 0.0
            continue
        inverse = round(2**12 * 2 / (low + high)) / 2**12
        exact = -Decimal(inverse).ln()
        head = on_grid(exact, 42)
        yield inverse, head, float(exact - Decimal(head))


def table(name, kind, rows):
    print(f"static const {kind} {name}[{N}] = {{")
    for row in rows:
        print("    {" + ", ".join(literal(x) for x in row) + "},")
    print("};")
    print()


def constant(name, x):
    print(f"#define {name} {literal(float(x))}")


print("""/* SPDX-License-Identifier: Apache-2.0 */
/** @file Tables of exp and log. Written by tools/gen_math_tables.py, which explains them. */
#ifndef MERA_BASE_MATH_TABLES_H
#define MERA_BASE_MATH_TABLES_H

/* clang-format off */
""")
print(f"#define MATH_LOG_OFFSET 0x{OFFSET:X}U")
constant("MATH_128_BY_LN2", N / LN2)
for title, value, bits in (("MATH_LN2_BY_128", LN2 / N, 40), ("MATH_LN2", LN2, 42)):
    constant(title + "_HI", on_grid(value, bits))
    constant(title + "_LO", value - Decimal(on_grid(value, bits)))
for title, value in (("MATH_LOG10_E", 1 / Decimal(10).ln()), ("MATH_THIRD", Decimal(1) / 3)):
    constant(title + "_HI", float(value))
    constant(title + "_LO", value - Decimal(float(value)))
print("""
typedef struct math_exp_row {
    double power; /* 2^(i/128) */
    double rest;  /* what it lacks, relative */
} math_exp_row;

typedef struct math_log_row {
    double inverse;        /* 1/c */
    double log_hi, log_lo; /* log(c) */
} math_log_row;
""")
table("math_exp_table", "math_exp_row", exp_rows())
table("math_log_table", "math_log_row", log_rows())
print("/* clang-format on */")
print()
print("#endif")
