#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A result made again from its record is the same; with another input it is not, and mera says
# which. And what 'mera change' promises of frozen scales is what 'mera freeze' gives.
#
#   test_verify.sh MERA SOURCE
set -u
mera=$(realpath "$1")
source=$(realpath "$2")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cp -r "$source/tests/e2e/small" "$source/docs/examples/two-years" "$tmp"
cd "$tmp" || exit 1
export MERA_RECORD=none

fail() {
  echo "failed: $1"
  exit 1
}

"$mera" score small --format json --indicators --set framework.money.weight=2 --seed 4 \
  -o r.json -q || fail "score"
"$mera" verify r.json >out 2>err || fail "the same result differs: $(cat out err)"
grep -q '^the same' out || fail "no word that it is the same"
"$mera" score two-years --period 2022 --no-bands --format json -o y.json -q || fail "score of one period"
"$mera" verify y.json --threads 1 >out 2>err || fail "one period differs: $(cat out err)"

"$mera" score small --set uncertainty.draws=100 --format json -o b.json -q || fail "score with bands"
grep -q '"rank_low"' b.json || fail "no intervals to compare"
"$mera" verify b.json >out 2>err || fail "intervals differ: $(cat out err)"
sed -i 's/"rank_high": [0-9]*/"rank_high": 9/' b.json
"$mera" verify b.json >out 2>err && fail "another interval is not seen"

head -c 1500 r.json >cut.json
"$mera" verify cut.json >out 2>err && fail "a cut result is taken"
grep -q "'cut.json' ends in the middle" err || fail "a cut result: $(cat err)"

cp small/data.csv other.csv
sed -i 's/31000/32000/' small/data.csv
"$mera" verify r.json >out 2>err
[ $? -eq 1 ] || fail "other data: the status is not 1"
grep -q "file of data 'small/data.csv' is not the recorded one" err || fail "other data are not told"
grep -q "unit '01', income, raw: recorded 31000, now 32000" err || fail "no first cell: $(cat err)"
sed -i '2d' small/data.csv
"$mera" verify r.json >out 2>err
[ $? -eq 1 ] || fail "a unit less: the status is not 1"
grep -q "1 recorded are no longer there, 0 are new" err || fail "a lost unit is not told: $(cat err)"
grep -q "unit '02', " err || fail "what the lost unit moved is not told: $(cat err)"
sed -i 's/weight: 3/weight: 4/' small/methodology.yaml
"$mera" verify r.json --data other.csv >out 2>err
[ $? -eq 1 ] || fail "another methodology: the status is not 1"
grep -q "methodology 'small/methodology.yaml' is not" err || fail "another methodology is not told"
"$mera" verify other.csv >out 2>err
[ $? -eq 1 ] || fail "no result: the status is not 1"
grep -q 'no-record' err || fail "a table is taken for a result"

# the change with the scales of before: promised, then made with the frozen numbers
"$mera" freeze two-years --period 2022 -o bounds.csv -q || fail "freeze"
"$mera" change two-years --unit Alder --format json -q >change.json || fail "change"
"$mera" score two-years --no-bands --period 2023 --frozen bounds.csv --format csv -q >frozen.csv ||
  fail "score with frozen numbers"
python3 - <<'P' || fail "the promised change is not the one made"
import csv, json
promised = json.load(open("change.json"))
row = next(r for r in csv.DictReader(open("frozen.csv")) if r["unit"] == "01" and r["node"] == "life")
made = float(row["score"]) - promised["before"]
assert abs(made - promised["change_frozen"]) < 1e-12 * 100, (made, promised["change_frozen"])
assert abs(sum(promised["causes"].values()) - promised["change"]) < 1e-12
P
echo "a result made again is the same, and what is not is told"
