#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `mera import coinr` makes a project that scores to COINr's numbers, in every set of weights.
#   test_import.sh MERA FOLDER     FOLDER: tests/conformance/cases
set -eu
mera=$(realpath "$1")
cases=$(realpath "$2")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C

fail() {
  echo "failed: $1"
  exit 1
}

# Every score of a file of COINr's aggregates is that of mera, node by node.
same() {
  awk -F, -v expected="$2" '
    FNR == 1 && FILENAME == expected { for (i = 2; i <= NF; i++) node[i] = tolower($i); next }
    FILENAME == expected { for (i = 2; i <= NF; i++) want[$1, node[i]] = $i; next }
    FNR > 1 && ($1, $4) in want {
      off = $5 - want[$1, $4]
      size = want[$1, $4] < 0 ? -want[$1, $4] : want[$1, $4]
      if (off < 0) off = -off
      if (off > 1e-9 * (size > 1e-3 ? size : 1e-3)) { print $1, $4, $5, "not", want[$1, $4]; bad = 1 }
      seen++
    }
    END { for (k in want) all++; if (seen != all) { print seen " of " all " scores"; bad = 1 } exit bad }
  ' "$2" "$1" || fail "$1 is not $2"
}

"$mera" import coinr --idata "$cases/inputs/idata.csv" --imeta "$cases/inputs/imeta.csv" \
  --weights Other="$cases/inputs/weights.csv" -o my-index 2>said || fail "import: $(cat said)"
"$mera" check my-index 2>said || fail "check: $(cat said)"
"$mera" score my-index --format csv >scores.csv
same scores.csv "$cases/pipeline/imported.csv"
"$mera" score my-index --variant Other --format csv >other.csv || fail 'the set of weights is a variant'
same other.csv "$cases/pipeline/imported_other.csv"

status=0
"$mera" import coinr --idata "$cases/inputs/idata.csv" --imeta "$cases/inputs/imeta.csv" -o my-index 2>said || status=$?
[ $status != 0 ] || fail 'it overwrites nothing'
