#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Overlays: the core stays as it is, its scores stand beside, and who lacks the overlay's data has no place.
set -eu
mera=$(realpath "$1")
root=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C NO_COLOR=1
unset MERA_PLUGINS

fail() {
  echo "failed: $1"
  exit 1
}
refuses() {
  local wanted=$1 text=$2 status=0
  shift 2
  "$@" >said 2>&1 || status=$?
  [ "$status" = "$wanted" ] || fail "$*: status $status: $(cat said)"
  grep -qF -- "$text" said || fail "$*: $(cat said)"
}

cat >core.yaml <<'END'
mera: 1
id: core
units: {key: code, name: name}
data: [{file: d.csv}]
indicators:
  a: {unit: "1", direction: higher}
  b: {unit: "1", direction: higher}
steps: {normalise: {op: minmax, range: [0, 100]}}
framework:
  id: index
  nodes:
    - {id: one, indicators: {a: 1}}
    - {id: two, indicators: {b: 1}}
END
cat >over.yaml <<'END'
mera: 1
id: over
extends: core.yaml
overlay: {core: core.yaml}
indicators:
  ice: {unit: days, direction: lower}
  snow: {unit: days, direction: lower}
set:
  framework.two.indicators.ice: 1
  framework.two.indicators.snow: 0
END
printf 'code,name,a,b,ice,snow\n1,A,1,4,10,1\n2,B,2,3,20,2\n3,C,3,2,,\n4,D,4,1,,3\n5,E,2.5,2.5,15,4\n' >d.csv

# the core's numbers are those of the core alone, to the last digit
"$mera" score core.yaml --format csv 2>/dev/null | cut -d, -f1,4-6 >core
"$mera" score over.yaml --format csv 2>said | cut -d, -f1,4,13,14 >beside
diff <(tail -n +2 core) <(tail -n +2 beside) || fail 'the core differs'
grep -q 'note: 3 of 5 scores of the core have an extended score beside them' said || fail "$(cat said)"
# by hand: B has a = 33.3, b = 66.7, ice = 0: (33.3 + 33.3) / 2; places among the three that have ice
"$mera" score over.yaml --format csv 2>/dev/null >csv
grep -q '^2,B,,index,33.3333333333333[0-9]*,3,1,' csv || fail "$(cat csv)"
grep -q '^3,C,,index,,,0.[0-9]*,' csv || fail 'C has no extended place'
grep -q '^4,D,,two,,,' csv || fail 'D has no extended place in the node either'
grep -q '^4,D,,one,100,1,1,' csv || fail 'a node without new indicators is for everybody'
head -n 1 csv | grep -q ',core_score,core_rank$' || fail 'columns of the core stand last'
"$mera" score core.yaml --format csv 2>/dev/null | head -n 1 | grep -q core_ && fail 'a core has no such columns'
"$mera" score over.yaml --wide 2>/dev/null | head -n 1 | grep -q ',core_score,core_rank$' || fail wide
"$mera" score over.yaml --format json 2>/dev/null | grep -q '"core_id": "core"' || fail json
"$mera" score over.yaml --format table 2>/dev/null | grep -q 'core #' || fail table
"$mera" score over.yaml --format table --lang ru 2>/dev/null | grep -q '№ ядра' || fail 'table in Russian'
# half of the new indicators will do
"$mera" score over.yaml --set overlay.need=0.5 --format csv 2>/dev/null | grep -q '^4,D,,index,[0-9]' || fail need
"$mera" score over.yaml --set overlay.need=0.5 --format csv 2>/dev/null | grep -q '^3,C,,index,,,' || fail need

# admission
refuses 1 'not admitted' "$mera" plugin admit over.yaml
grep -q 'refused  coverage        3 of 5 units have a value' said || fail "$(cat said)"
refuses 2 'is no overlay' "$mera" plugin admit core.yaml
"$mera" plugin admit "$root/methodologies/company-towns-plants" --format table >said 2>/dev/null || fail "$(cat said)"
grep -q '^admitted$' said || fail "$(cat said)"
grep -q '37 of 115 units with a core score have an extended one' said || fail "$(cat said)"
# the limits are the methodology's: what was a warning passes, what passed is refused, a slip is told
admit() {
  "$mera" plugin admit "$root/methodologies/company-towns-plants" --format table "$@" 2>&1
}
admit | grep -q '^  warning  coverage        40 of 120' || fail 'coverage by default'
admit --set overlay.admission.coverage_warns=0.2 | grep -q '^  ok       coverage        40 of 120' ||
  fail 'coverage_warns'
admit --set overlay.admission.redundancy_warns=0.1 | grep -q '^  warning  redundancy ' || fail 'redundancy_warns'
admit --set overlay.admission.commonest_warns=0.01 | grep -q '^  warning  discrimination ' || fail 'commonest_warns'
admit --set overlay.admission.units_refuse=40 >few && fail 'units_refuse'
grep -q '^  refused  coverage        39 of 120' few || fail "units_refuse: $(cat few)"
grep -q '^  refused  coverage        40 of 120' few && fail 'units_refuse at the limit'
admit --set overlay.admission.coverage_warn=1 | grep -q "did you mean 'coverage_warns'" || fail "$(admit --set overlay.admission.coverage_warn=1)"
admit --set overlay.admission.coverage_warns=2 | grep -q 'coverage_warns' || fail 'above 1'
"$mera" plugin admit "$root/methodologies/company-towns-plants" --format json 2>/dev/null | grep -q '"admitted": true' || fail json

# mistakes
sed 's|core: core.yaml|core: cor.yaml|' over.yaml >wrong.yaml
refuses 1 'in the core that this overlay extends' "$mera" score wrong.yaml
sed 's|core: core.yaml|cores: core.yaml|' over.yaml >wrong.yaml
refuses 1 "did you mean 'core'?" "$mera" check wrong.yaml
sed 's|core: core.yaml|core: wrong.yaml|' over.yaml >wrong.yaml
"$mera" score wrong.yaml >/dev/null 2>said || fail "a core that is itself: $(cat said)"
grep -q 'has no indicator in its framework that the core does not have' said || fail "$(cat said)"

# a plugin that fails stops the run, unless the methodology does without it; every output says so
mkdir -p plugins/shy
cat >plugins/shy/plugin.lua <<'END'
return mera.plugin { id = "shy", version = "1.0.0", api = 1, indicators = {
  bad = { unit = "1", direction = "higher", reads = { "a" }, compute = function(d) error("no data from the partner") end },
  good = { unit = "1", direction = "higher", reads = { "a" }, compute = function(d) return d.a * 2 end } } }
END
cat >shy.yaml <<'END'
mera: 1
id: shy
extends: core.yaml
plugins: [{use: shy, on_error: drop}]
indicators:
  bad: {from: shy.bad}
  good: {from: shy.good}
set: {framework.one.indicators.bad: 1, framework.one.indicators.good: 1}
END
"$mera" score shy.yaml --format csv --indicators >csv 2>said || fail "$(cat said)"
grep -q "shy.yaml:6:15: warning: indicator 'bad' is left out: plugin 'shy' 1.0.0: no data from the partner" said || fail "$(cat said)"
grep -q '^1,A,,bad,.*,indicator-failed,' csv || fail "$(cat csv)"
grep -q '^4,D,,one,100,1,1,' csv || fail 'the others are scored'
"$mera" score shy.yaml --format table 2>/dev/null | grep -q "left out bad: plugin 'shy'" || fail 'the table says it'
"$mera" score shy.yaml --format json 2>/dev/null | grep -A3 '"failed"' | grep -q 'no data from the partner' || fail 'JSON says it'
cat >plugins/shy/plugin.lua <<'END'
return mera.plugin { id = "shy", version = "1.0.1", api = 1, indicators = {
  bad = { unit = "1", direction = "higher", reads = { "a" }, compute = function(d) error("no data from the partner") end },
  good = { unit = "1", direction = "higher", reads = { "a" }, compute = function(d) return d.a * 2 end } },
  checks = { broken = { summary = "Slips.", reads = { "a" }, check = function(d) error("a check with a slip") end },
    strict = { summary = "Finds.", reads = { "a" }, check = function(d) return { { text = "never", level = "error" } } end } },
  aggregators = { least = { summary = "Slips.", aggregate = function(c) error("an aggregator with a slip") end } } }
END
sed 's|^indicators:|checks: [shy.broken]\nindicators:|' shy.yaml >check.yaml
for format in table csv json; do
  "$mera" score check.yaml --format $format >out 2>said || fail "$format: $(cat said)"
  grep -q "check.yaml:5:10: warning: check 'check.shy.broken' is left out: plugin 'shy' 1.0.1: a check with a slip" said || fail "$format: $(cat said)"
done
sed 's|on_error: drop|on_error: stop|; s|shy.bad|shy.good|' check.yaml >wrong.yaml
refuses 1 'a check with a slip' "$mera" score wrong.yaml
sed 's|shy.broken|shy.strict|' check.yaml >wrong.yaml
refuses 1 'error: never' "$mera" score wrong.yaml
sed 's|^indicators:|steps: {aggregate: shy.least}\nindicators:|' shy.yaml >step.yaml
"$mera" check step.yaml >out 2>said || fail "check: $(cat said)"
grep -q "step.yaml:5:20: note: a failure of 'aggregate.shy.least' stops the run all the same" said || fail "$(cat said)"
refuses 1 'an aggregator with a slip' "$mera" score step.yaml
sed 's|on_error: drop|on_error: stop|' shy.yaml >stop.yaml
refuses 1 'no data from the partner' "$mera" score stop.yaml
sed 's|on_error: drop|on_error: ignore|' shy.yaml >wrong.yaml
refuses 1 "on_error" "$mera" check wrong.yaml

# a plugin for some regions: used on all units it is told, in an overlay their units have no place
mkdir -p plugins/arc
cat >plugins/arc/plugin.lua <<'END'
return mera.plugin { id = "arc", version = "1.0.0", api = 1, regions = { "2", "North" }, indicators = {
  cold = { unit = "days", direction = "lower", reads = { "ice" }, compute = function(d) return d.ice end } } }
END
cat >regional.yaml <<'END'
mera: 1
id: regional
plugins: [arc]
units: {key: code, name: name, groups: {zone: zone}}
data: [{file: regions.csv}]
indicators:
  a: {unit: "1", direction: higher}
  cold: {from: arc.cold}
steps: {normalise: {op: minmax, range: [0, 100]}}
framework: {id: index, indicators: {a: 1, cold: 1}}
END
sed -e '/cold/d' -e 's/id: regional/id: plain/' -e '/^framework/d' -e '/^plugins/d' regional.yaml >plain.yaml
echo 'framework: {id: index, indicators: {a: 1}}' >>plain.yaml
cat >north.yaml <<'END'
mera: 1
id: north
extends: plain.yaml
overlay: {core: plain.yaml}
plugins: [arc]
indicators:
  cold: {from: arc.cold}
set:
  framework.indicators.cold: 1
END
# 12 is of North by its zone and 21 by its key; of the other three 32 has a value
printf 'code,name,zone,a,ice\n11,A,South,1,\n12,B,North,2,3\n21,C,South,3,5\n31,D,South,4,\n32,E,South,5,7\n' >regions.csv
"$mera" score regional.yaml --format csv >scores 2>said
grep -qF "regional.yaml:8:16: warning: indicator 'cold' is made by plugin 'arc' for the regions '2', 'North'; of 3 units of other regions 2 have no value" said ||
  fail "$(cat said)"
"$mera" score regional.yaml --format csv --trust arc 2>trusted | cmp - scores || fail 'trusted differs'
cmp said trusted || fail "$(cat trusted)"
"$mera" score north.yaml --format csv >scores 2>said
! grep -q 'regional-plugin' said || fail "$(cat said)"
grep -q '^31,D,,index,,,' scores || fail "$(cat scores)"
grep -v '^[13]1' regions.csv | sed 's/^32/22/' >only.csv
sed 's/regions.csv/only.csv/' regional.yaml >only.yaml
"$mera" score only.yaml --format csv >scores 2>said
! grep -q 'regional-plugin' said || fail "$(cat said)"

# parameters of plugins vary in an overlay: places are those of the parameter set, its core stays
plants=$root/methodologies/company-towns-plants
"$mera" score "$plants" --no-record --no-bands -q --format csv --set plugins.smelter.with.least=4 |
  grep ',qol,' | cut -d, -f1,6 | grep -v ',$' | sort >set
"$mera" score "$plants" --no-record --no-bands -q --format csv | grep ',qol,' | cut -d, -f1,6 | grep -v ',$' | sort >as
! cmp -s set as || fail 'the parameter changes no place'
"$mera" robustness "$plants" --no-record -q --format csv --set 'uncertainty={draws: 100, weights: {law: fixed}, factors: {m: {set: plugins.smelter.with.least, choices: [4, 4]}}}' |
  sed 1d | grep -v ',100$' | cut -d, -f1,8,9 | sort >drawn
[ -s drawn ] || fail 'no draws'
while IFS=, read -r unit low high; do
  grep -qx "$unit,$low" set && [ "$low" = "$high" ] || fail "$unit: $low to $high: $(grep "^$unit" set)"
done <drawn
