#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The record of runs and the registration: where they are, what they hold, and that nothing fails or
# changes because of them.
set -u
mera=$(realpath "$1")
small=$(realpath "$2")
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
export LC_ALL=C SOURCE_DATE_EPOCH=1700000000
unset MERA_PLUGINS MERA_RECORD

fail() {
  echo "failed: $1"
  exit 1
}

cp -r "$small" own
rm -rf own/.mera

# a run leaves a record beside the methodology, and the output is that of a run without one
"$mera" score own --no-record -q >without || fail 'score --no-record'
[ ! -e own/.mera ] || fail '--no-record keeps no record'
MERA_RECORD=none "$mera" score own -q >off || fail 'MERA_RECORD=none'
[ ! -e own/.mera ] || fail 'MERA_RECORD=none keeps no record'
"$mera" score own -q >with || fail 'score'
cmp with without || fail 'the record changes no byte'
cmp off without || fail 'the record changes no byte'
[ -e own/.mera/runs.sqlite ] || fail 'there is a record'
[ "$(cat own/.mera/.gitignore)" = '*' ] || fail 'git passes the record over'

# every side of a comparison is a run; the same result is stored once
"$mera" compare own -q >/dev/null || fail 'compare'
"$mera" robustness own --draws 200 -q >/dev/null || fail 'robustness'
"$mera" runs list own --format csv >list || fail 'runs list'
[ "$(wc -l <list)" = 6 ] || fail "five runs: $(cat list)"
grep -q '^1,1,2023-11-14T22:13:20Z,score,,small,' list || fail "the first run: $(cat list)"
grep -q '^4,2,.*,compare,money_first,small,.*framework.money.weight=9' list || fail "sides: $(cat list)"
[ "$(sed '1d; s|"[^"]*"|x|g' list | cut -d, -f14 | sort -u | wc -l)" = 3 ] || fail "three results: $(cat list)"
"$mera" runs list own --format table | grep -q 'money_first' || fail 'runs list as a table'

# places are those of the score
"$mera" runs show own 1 --format csv >shown || fail 'runs show'
grep '^[^,]*,[^,]*,[^,]*,index,' with | cut -d, -f1,5,6 | sort >scored
"$mera" runs show own 1 --format json | grep -q '"sha256": "' || fail 'runs show as JSON'
sed 1d shown | sed 's/"[^"]*"/name/' | cut -d, -f1,3,4 | sort >recorded
sed 's/"[^"]*"/name/' with | grep ',index,' | cut -d, -f1,5,6 | sort >scored
cmp scored recorded || fail "places: $(cat recorded)"

# what differs between two runs
"$mera" runs diff own 1 4 --format table >differs || fail 'runs diff'
grep -q 'framework.money.weight: as in the file → 9\|framework.money.weight: 1 → 9' differs ||
  fail "settings that differ: $(cat differs)"
"$mera" runs diff own 1 2 --format json | grep -q '"settings": \[\]' || fail 'the same run twice'
"$mera" runs diff own 1 9 2>said
[ $? = 2 ] || fail 'an unknown run has status 2'
grep -q "numbered from 1 to 5" said || fail "says which there are: $(cat said)"

# the curve of a unit, best first, each result once
"$mera" runs curve own --unit 02 --format csv >curve || fail 'runs curve'
[ "$(wc -l <curve)" = 4 ] || fail "three variants: $(cat curve)"
sed 1d curve | cut -d, -f1 | sort -n -c || fail "best first: $(cat curve)"
head -1 curve | grep -q 'framework.money.weight' || fail "settings: $(cat curve)"
"$mera" runs curve own --unit Birch --format table | grep -q 'variants: 3' || fail 'by its name'
"$mera" runs curve own --unit nobody 2>said
[ $? = 2 ] || fail 'an unknown unit has status 2'
grep -q 'lists the units' said || fail "an unknown unit has a way out: $(cat said)"

# two processes at once lose nothing
for i in 1 2 3 4 5 6; do
  "$mera" score own --seed "$i" -q >/dev/null 2>>said &
done
wait
[ "$("$mera" runs list own --format csv | wc -l)" = 12 ] || fail 'six runs at once'

# Ctrl-C ends a grid early: what was scored is compared, and is in the record
"$mera" compare own --set framework.money.weight=1..1.9:0.001 --max-runs 2000 --format csv \
  >compared 2>said &
grid=$!
for _ in $(seq 100); do
  [ "$("$mera" runs list own --format csv | grep -c 'money.weight=1\.')" -gt 3 ] && break
  sleep 0.05
done
kill -INT "$grid"
wait "$grid"
[ $? = 1 ] || fail "a stopped grid has status 1: $(cat said)"
grep -q 'stopped after [0-9]* of 901 combinations' said || fail "says so: $(cat said)"
recorded=$("$mera" runs list own --format csv | grep -c 'money.weight=1\.')
[ "$(cut -d, -f3 compared | sort -u | wc -l)" -ge "$recorded" ] || fail 'what was scored is shown'

# what cannot be written never fails a run
"$mera" score own -q >/dev/null && MERA_RECORD=/proc/no/runs.sqlite "$mera" score own >after 2>said ||
  fail 'a record that cannot be written fails no run'
cmp after with || fail 'and changes no byte'
[ "$(grep -c 'not-recorded' said)" = 1 ] || fail "it is said once: $(cat said)"
# a curve begins with the settings that most variants changed
MERA_RECORD=grid.sqlite "$mera" compare own --set framework.money.weight=9 >/dev/null 2>&1
MERA_RECORD=grid.sqlite "$mera" compare own --set framework.health.weight=5..9:1 >/dev/null 2>&1
MERA_RECORD=grid.sqlite "$mera" runs curve own --unit 02 --format csv | head -1 >curve
grep -q 'health.weight.*money.weight' curve || fail "most changed first: $(cat curve)"

echo 'this is no database, and long enough not to be taken for an empty one' >broken.sqlite
MERA_RECORD=broken.sqlite "$mera" score own >after 2>said || fail 'a broken record fails no run'
grep -q 'not a database' said || fail "says why: $(cat said)"
"$mera" runs list broken.sqlite 2>said
[ $? = 1 ] || fail 'a broken record is refused by runs list'
"$mera" runs list "$small" 2>said && fail 'no record' # the tests leave none there
grep -q 'has no record' said || fail "says so: $(cat said)"

# registration: before the data, changed, with the data
mv own/towns.csv later.csv 2>/dev/null || mv own/*.csv later.csv
data=$(cd "$small" && ls ./*.csv | head -1)
"$mera" register own 2>said || fail "register: $(cat said)"
mv later.csv "own/$data"
grep -q '^registered: "2023-11-14' own/registration.yaml || fail 'the file of the registration'
"$mera" score own --format table -q | grep -q 'registered before these data (2023-11-14)' ||
  fail 'registered before its data'
"$mera" score own --format json -q | grep -q '"status": "registered"' || fail 'in JSON'
"$mera" score own --format table -q --set framework.money.weight=3 >said
grep -q 'changed since its registration (2023-11-14): framework.money.weight 1 → 3' said ||
  fail "changed since: $(cat said)"
"$mera" register own 2>said
[ $? = 1 ] || fail 'it is not registered twice'
rm own/registration.yaml
"$mera" register own 2>said && "$mera" score own --format json -q |
  grep -q '"status": "registered-with-data"' || fail 'registered with its data'
echo 'nonsense: 1' >own/registration.yaml
"$mera" score own 2>said
[ $? = 1 ] || fail 'a file that is no registration is refused'
exit 0
