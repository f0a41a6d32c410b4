#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check_generator.sh PYTHON SOURCE: the shipped towns are the bytes that the generator makes.
set -eu
"$1" "$2/tools/make_company_towns.py" |
    cmp - "$2/methodologies/company-towns/data/generated_towns_2024.csv"
