#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `mera import coinr`: the tables in docs/examples/coinr become a project whose scores are those of
# COINr's way, worked out here with awk: denominate, min-max on 0 to 100 in the direction, weighted
# means. The weights given become a variant. Nothing is overwritten.
#
#   test_import.sh MERA SOURCE
set -eu
mera=$(realpath "$1")
tables=$(realpath "$2")/docs/examples/coinr
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C

fail() {
  echo "failed: $1"
  exit 1
}

# scores with the weights of clinics, life expectancy, health (those of the economy are all 1)
expected() {
  awk -F, -v wc="$1" -v wl="$2" -v wh="$3" '
    function point(x, lo, hi) { return 100 * (x - lo) / (hi - lo) }
    NR == 1 { next }
    {
      n++; key[n] = $1; v[1, n] = $5 / $4; v[2, n] = $6; v[3, n] = $7; v[4, n] = -$8
      for (k = 1; k <= 4; k++) {
        if (n == 1 || v[k, n] < lo[k]) lo[k] = v[k, n]
        if (n == 1 || v[k, n] > hi[k]) hi[k] = v[k, n]
      }
    }
    END {
      for (i = 1; i <= n; i++) {
        for (k = 1; k <= 4; k++) p[k] = point(v[k, i], lo[k], hi[k])
        health = (wc * p[1] + wl * p[2]) / (wc + wl)
        printf "%s %.9f\n", key[i], (wh * health + (p[3] + p[4]) / 2) / (wh + 1)
      }
    }' "$tables/iData.csv"
}

scores() {
  "$mera" score my-index "$@" | awk -F, '$4 == "index" { printf "%s %.9f\n", $1, $5 }'
}

"$mera" import coinr --idata "$tables/iData.csv" --imeta "$tables/iMeta.csv" \
  --weights expert="$tables/weights.csv" -o my-index 2>said || fail "import: $(cat said)"
grep -q 'my-index is ready' said || fail "says what was made: $(cat said)"
"$mera" check my-index 2>said || fail "check: $(cat said)"
[ "$(scores | wc -l)" = 8 ] || fail 'eight towns'
diff <(expected 1 2 1) <(scores) || fail 'scores'
diff <(expected 1 3 2) <(scores --variant expert) || fail 'scores with the weights given'

status=0
"$mera" import coinr --idata "$tables/iData.csv" --imeta "$tables/iMeta.csv" -o my-index 2>said ||
  status=$?
[ $status = 2 ] || fail "a folder that is there: status $status"
grep -q 'cannot be made' said || fail "a folder that is there: $(cat said)"
