#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `mera new` makes a project that every other command works on at once, and overwrites nothing.
set -eu
mera=$(realpath "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C

fail() {
  echo "failed: $1"
  exit 1
}

"$mera" new my-index
"$mera" check my-index 2>said
grep -q '^ok: 4 indicators, 3 nodes, 8 units' said || fail "check: $(cat said)"
"$mera" score my-index >scores.csv
[ "$(head -n 1 scores.csv | cut -d, -f1-7)" = unit,name,period,node,score,rank,coverage ] ||
  fail "columns: $(head -n 1 scores.csv)"
[ "$(wc -l <scores.csv)" = 25 ] || fail "8 units of 3 nodes are 24 rows"
"$mera" score my-index --format table | grep -q 'generated' || fail 'the table says it is generated'
"$mera" explain my-index --unit 05 | grep -q 'generated_towns.csv:6' || fail 'explain names the line'
"$mera" compare my-index --format table | grep -q 'nature_first' || fail 'compare shows the variant'
"$mera" resolve my-index >effective.yaml
mkdir copy && cp -r my-index/data copy/ && cp effective.yaml copy/methodology.yaml
"$mera" score copy | cmp - scores.csv || fail 'the resolved file scores the same'

status=0
"$mera" new my-index 2>said || status=$?
[ $status = 2 ] || fail "a second new: status $status"
grep -q 'my-index: error: this folder cannot be made' said || fail "a second new: $(cat said)"
status=0
"$mera" new 'My Index' 2>said || status=$?
[ $status = 2 ] || fail "a bad name: status $status"
