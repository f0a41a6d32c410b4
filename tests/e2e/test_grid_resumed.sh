#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A grid that was stopped goes on from the record: what was scored is not scored again, and what comes
# out is the same to the byte as of a grid that was never stopped.
set -u
mera=$(realpath "$1")
root=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$root" || exit 1
export LC_ALL=C NO_COLOR=1 SOURCE_DATE_EPOCH=1700000000
unset MERA_PLUGINS

fail() {
  echo "failed: $1"
  exit 1
}
# grid RECORD STEP FORMAT: health from 0 to 30, under two normalisers; why, where it is not CSV
grid() {
  local why=()
  [ "$3" = csv ] || why=(--unit Светлошихтинск)
  MERA_RECORD=$tmp/$1 "$mera" compare methodologies/company-towns --set "framework.health.weight=0..30:$2" \
    --set 'steps.normalise=minmax|{op: rank}' --format "$3" "${why[@]}" 2>"$tmp/said"
}

# the coarse grid is a part of the fine one: as if the fine one had been stopped
for format in csv json table; do
  grid whole 5 "$format" >"$tmp/whole.$format" || fail "the grid: $(cat "$tmp/said")"
done
grid part 10 csv >/dev/null || fail 'a part of the grid'
for format in csv json table; do
  grid part 5 "$format" >"$tmp/part.$format" || fail "going on: $(cat "$tmp/said")"
  cmp "$tmp/whole.$format" "$tmp/part.$format" || fail "$format is not the same"
  [ "$format" != csv ] || grep -q '^note: 14 combinations beside the base, 6 scored, 0 the same as one before, 0 left out' "$tmp/said" ||
    fail "6 are new: $(cat "$tmp/said")"
  [ "$format" != csv ] || grep -q '^note: 8 combinations were scored in an earlier run' "$tmp/said" ||
    fail "8 are not: $(cat "$tmp/said")"
done
grep -q '^note: 14 combinations beside the base, 0 scored' "$tmp/said" || fail "all are there: $(cat "$tmp/said")"

# killed at any time: what was scored is whole
MERA_RECORD=$tmp/killed "$mera" compare methodologies/company-towns --set 'framework.health.weight=0..30:5' \
  --set 'steps.normalise=minmax|{op: rank}' --format csv >/dev/null 2>&1 &
for _ in $(seq 500); do
  kill -0 $! 2>/dev/null || break
  "$mera" runs list "$tmp/killed" --format csv 2>/dev/null | grep -q '^3,' && break
  sleep 0.02
done
kill -KILL $! 2>/dev/null
wait $! 2>/dev/null
grid killed 5 csv >"$tmp/killed.csv" || fail "after a kill: $(cat "$tmp/said")"
cmp "$tmp/whole.csv" "$tmp/killed.csv" || fail 'after a kill it is not the same'

# a record is asked for the same data only, and not at all when none is wanted
cp -r methodologies/company-towns "$tmp/own"
sed -i '2s/[0-9.]*$/1/' "$tmp/own/data/generated_towns_2024.csv"
MERA_RECORD=$tmp/part "$mera" compare "$tmp/own" --set 'framework.health.weight=0..30:5' --format csv >/dev/null 2>"$tmp/said"
! grep -q 'taken from the record' "$tmp/said" || fail 'other data have other results'
MERA_RECORD=$tmp/part "$mera" compare methodologies/company-towns --set 'framework.health.weight=0..30:5' \
  --set 'steps.normalise=minmax|{op: rank}' --format csv --no-record >"$tmp/none.csv" 2>"$tmp/said"
! grep -q 'taken from the record' "$tmp/said" || fail '--no-record'
MERA_RECORD=$tmp/part "$mera" compare methodologies/company-towns --set 'framework.health.weight=0..30:5' \
  --set 'steps.normalise=minmax|{op: rank}' --format csv 2>/dev/null | cmp - "$tmp/none.csv" || fail 'with and without the record'
