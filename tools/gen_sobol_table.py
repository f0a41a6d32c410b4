#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes engine/draws/sobol_table.c from Boost's sobol_table.hpp (Debian: libboost1.81-dev), which
holds the direction numbers of S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) 2635.
Usage: gen_sobol_table.py /usr/include/boost/random/detail/sobol_table.hpp >engine/draws/sobol_table.c
"""
import re
import sys
import textwrap

DIMENSIONS = 1024  # of Sobol' points; the first needs no numbers
MAX_DEGREE = 15  # columns of Boost's table


def numbers(text, name):
    body = re.search(name + r"\[[^\]]*\] = \{(.*?)\};", text, re.S).group(1)
    return [int(x) for x in re.findall(r"\d+", body)]


def rows(values):
    return textwrap.fill(", ".join(map(str, values)), 99, initial_indent="    ",
                         subsequent_indent="    ")


def main():
    with open(sys.argv[1], encoding="ascii") as f:
        text = f.read()
    polynomial = numbers(text, "sobol_a")[: DIMENSIONS - 1]
    start = numbers(text, "sobol_minit")
    packed = []
    for i, p in enumerate(polynomial):
        degree = p.bit_length() - 1
        packed += start[i * MAX_DEGREE : i * MAX_DEGREE + degree]
    print(f"""/* SPDX-License-Identifier: Apache-2.0 AND BSL-1.0 */
/**
 * @file
 * Written by tools/gen_sobol_table.py: not to be edited. Primitive polynomials and first direction
 * numbers for Sobol' points of {DIMENSIONS} dimensions, by S. Joe and F. Y. Kuo, SIAM Journal on Scientific
 * Computing 30 (2008) 2635, as Boost 1.81 has them (boost/random/detail/sobol_table.hpp, copyright
 * Justinas Vygintas Daugmaudis 2010-2018, Boost Software License 1.0,
 * https://www.boost.org/LICENSE_1_0.txt).
 */
#include "draws/sobol_table.h"

/* clang-format off */
const uint16_t mera_sobol_polynomial[MERA_SOBOL_DIMENSIONS - 1] = {{
{rows(polynomial)}
}};

const uint16_t mera_sobol_start[{len(packed)}] = {{
{rows(packed)}
}};""")


main()
