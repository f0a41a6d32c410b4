#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Draws of weights beside NumPy in one run: draws a core-second of both, and their ratio. NumPy does
# part of the work (bench/numpy_draws.py); PYTHON names a Python that has it.
# Usage: beside_numpy.sh BENCH_DRAWS [THREADS]
set -euo pipefail
unset OPENBLAS_CORETYPE # a fixed kernel may be slower than the processor's own
export OPENBLAS_NUM_THREADS=1
here=$(dirname "$0") bench=$1 threads=${2:-2}

{
    "$bench" "$threads"
    "${PYTHON:-python3}" "$here/numpy_draws.py" "$threads"
} | tee /dev/stderr | awk '
    /a core-second/ && !/^NumPy/ && match($0, /^[0-9]+ x [0-9]+  /) {
        size = substr($0, 1, RLENGTH - 2)
        match($0, /[0-9]+ a core-second/)
        ours[size] = substr($0, RSTART) + 0
    }
    /^NumPy/ {
        match($0, /[0-9]+ x [0-9]+:/)
        size = substr($0, RSTART, RLENGTH - 1)
        match($0, /[0-9]+ a core-second/)
        numpy[size] = substr($0, RSTART) + 0
    }
    END {
        for (size in numpy)
            printf "%s: %.1f times NumPy\n", size, ours[size] / numpy[size]
    }'
