#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The tools for authors of plugins, from a new plugin to mistakes of every kind.
set -eu
mera=$(realpath "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C NO_COLOR=1
unset MERA_PLUGINS

fail() {
  echo "failed: $1"
  exit 1
}
# refuses STATUS TEXT COMMAND...: the command ends with the status and says the text
refuses() {
  local wanted=$1 text=$2 status=0
  shift 2
  "$@" >said 2>&1 || status=$?
  [ "$status" = "$wanted" ] || fail "$*: status $status: $(cat said)"
  grep -qF -- "$text" said || fail "$*: $(cat said)"
}

# a new plugin's tests pass at once
"$mera" plugin new arctic
"$mera" plugin check arctic 2>said
grep -q '^ok: arctic 0.1.0 offers 1 operations$' said || fail "check: $(cat said)"
"$mera" plugin test arctic --format table >said || fail "test: $(cat said)"
grep -q '^12 ok, 0 failed, 0 skipped$' said || fail "test: $(cat said)"
"$mera" plugin test arctic --format json | grep -q '"state": "ok"' || fail 'test in JSON'
grep -q '^function column:clip(lowest, highest) end$' arctic/.luals/mera.lua || fail 'stubs'
"$mera" plugin stubs | cmp - arctic/.luals/mera.lua || fail 'the stubs are those of the command'
"$mera" plugin doc arctic | grep -q '^### doctors_rate$' || fail 'doc'
"$mera" plugin bench arctic --units 100 --format json | grep -q '"instructions": [1-9]' || fail 'bench'
refuses 2 'this folder cannot be made' "$mera" plugin new arctic
"$mera" new idx
for kind in indicator imputer treater normaliser weigher aggregator check; do
  "$mera" plugin new "my_$kind" --kind $kind >said 2>&1 || fail "new $kind: $(cat said)"
  "$mera" plugin check "my_$kind" >said 2>&1 || fail "check $kind: $(cat said)"
  "$mera" plugin test "my_$kind" --format table >said 2>&1 || fail "test $kind: $(cat said)"
  grep -q ' ok, 0 failed, 0 skipped$' said || fail "test $kind: $(cat said)"
  grep -q "^$kind '" said || fail "test $kind tries no $kind: $(cat said)"
  grep -q "my_$kind\." "my_$kind/README.md" || fail "README of $kind"
  case $kind in indicator | check) ;; *) # what the README says is a methodology's
    mkdir -p "use_$kind/plugins"
    cp -r "my_$kind" "use_$kind/plugins/"
    { printf 'mera: 1\nid: use\nextends: ../idx\n' && sed -n '/^```yaml/,/^```$/{/^```/d;p}' "my_$kind/README.md"; } >"use_$kind/methodology.yaml"
    "$mera" score "use_$kind" --no-bands --format csv >said 2>&1 || fail "use of $kind: $(cat said)" ;;
  esac
  ! grep -q '{use}\|{id}' -r "my_$kind" || fail "a mark is left in $kind"
done
refuses 2 'it is one of indicator, imputer' "$mera" plugin new other --kind filler
refuses 2 "'Arctic' cannot be a plugin's name" "$mera" plugin new Arctic
refuses 1 "did you mean 'climate'?" "$mera" plugin test climat
refuses 1 "did you mean 'arctic'?" "$mera" plugin test artic
refuses 2 '--units takes 1 to' "$mera" plugin bench arctic --units 0

# expressions, from a pipe
printf 'doctors_rate:mean()\ncolumns\nhelp lag\nquit\nnever read\n' | "$mera" plugin repl arctic >said
cmp said - <<'END' || fail "repl: $(cat said)"
29.16167685368156
doctors, population, doctors_rate
mera.lag(x, periods = 1)  gives a column
    the value some periods ago, missing where there is none; periods with numbers as labels are counted by number; x is a column as it was read; as said
END
printf 'docters\n1 +\n2 + 2\n' >lines
refuses 1 "did you mean 'doctors'?" sh -c "'$mera' plugin repl arctic <lines"
grep -q '^4$' said || fail 'a mistake ends nothing'
refuses 2 'there are no data' "$mera" plugin repl

# an author's tests of what looks at other periods
mkdir -p growth/tests
cat >growth/plugin.lua <<'END'
return mera.plugin { id = "growth", version = "1.0.0", api = 1, indicators = {
  growth = { unit = "%", direction = "higher", reads = { "pay" }, periods = "all",
    compute = function(d) return 100 * (d.pay / mera.lag(d.pay) - 1) end },
  now = { unit = "1", direction = "higher", reads = { "pay" }, compute = function(d) return d.pay + 0 end } } }
END
cat >growth/tests/basic.lua <<'END'
local before = { { period = "2022", pay = { 50, 80 } }, { period = "2023", pay = { 100, false } } }
return {
  ["against the year before"] = function(t)
    t.near(t.run("growth", { pay = { 110, 90 } }, nil, { period = "2024", before = before }), { 10, t.missing })
  end,
  ["a year that was skipped"] = function(t)
    t.equal(t.run("growth", { pay = { 110 } }, nil, { period = "2024", before = { { period = "2022", pay = { 100 } } } }),
      { t.missing })
  end,
  ["a column that was not there yet"] = function(t)
    t.equal(t.run("growth", { pay = { 110 } }, nil, { before = { { period = "2023" } } }), { t.missing })
  end,
  ["the first year"] = function(t)
    t.equal(t.run("growth", { pay = { 110 } }), { t.missing })
  end,
}
END
"$mera" plugin test growth --format table >said || fail "periods: $(cat said)"
cat >growth/tests/basic.lua <<'END'
return {
  ["a"] = function(t) t.run("now", { pay = { 1 } }, nil, { before = { { period = "2023" } } }) end,
  ["b"] = function(t) t.run("growth", { pay = { 1 } }, nil, { before = { { pay = { 1 } } } }) end,
  ["c"] = function(t) t.run("growth", { pay = { 1 } }, nil, { before = { { period = "2023", pay = { 1, 2 } } } }) end,
}
END
refuses 1 "'now' does not look at other periods" env COLUMNS=300 "$mera" plugin test growth --format table
grep -q "entry 1 of 'before' is { period" said || fail "periods: $(cat said)"
grep -q 'the lists of cells differ in length' said || fail "periods: $(cat said)"

# mistakes of an author, each found by its test
broken() { # broken NAME SED TEXT
  cp -r arctic "$1"
  sed -i -e "s/id = \"arctic\"/id = \"$1\"/" -e "$2" "$1/plugin.lua"
  refuses 1 "$3" env COLUMNS=300 "$mera" plugin test "$1" --format table
}
broken keeps 's|return d.doctors /|return d.doctors:fill(0) /|' 'declare optional = { "doctors" }'
broken falls 's|return d.doctors /|return -d.doctors /|' 'does not fall when doctors rises'
broken order 's|return d.doctors / d.population \* p.per|return d.doctors:rank("first") + 0 * d.population|' \
  'does not fall when doctors rises'
broken unread 's|/ d.population||' "'population' is declared and never looked at"
broken ranges 's|range = { 0, 1000 }|range = { 0, 30 }|' 'is outside 0 to 30'
broken undeclared 's|, "population" }|}|' "reads 'population' but declares only"
broken counter 's|^local function doctors_rate|local n = 0\nlocal function doctors_rate|; s|  return d|  n = n + 1 return n + d|' \
  'same result twice'
printf 'return { ["two is three"] = function(t) t.equal(2, 3) end }\n' >arctic/tests/wrong.lua
refuses 1 'arctic/tests/wrong.lua:1: it is 2, expected 3' env COLUMNS=300 "$mera" plugin test arctic
printf 'return 5\n' >arctic/tests/wrong.lua
refuses 1 'a file of tests ends with' "$mera" plugin test arctic
rm arctic/tests/wrong.lua
cp -r arctic slip && sed -i 's|\* p.per|* pp.per|' slip/plugin.lua
"$mera" plugin check slip 2>said
grep -q "'pp' is declared nowhere" said || fail "check: $(cat said)"

# modules, and the list: nothing is silently absent
mkdir -p plugins/two plugins/empty plugins/bad user/mera/plugins
printf 'return { double = function(x) return x * 2 end }\n' >plugins/two/lib.lua
cat >plugins/two/plugin.lua <<'END'
local lib = require("lib")
return mera.plugin { id = "two", version = "1.0.0", api = 1, indicators = { x = { unit = "1",
  reads = { "a" }, compute = function(d) return lib.double(d.a) end } } }
END
"$mera" plugin test two >said || fail "modules: $(cat said)"
printf 'return mera.plugin { id = "bad", version = "1", api = 7, indicators = {} }\n' >plugins/bad/plugin.lua
cp -r plugins/two user/mera/plugins/two
XDG_DATA_HOME=$tmp/user "$mera" plugin list --format csv >list 2>said
grep -q '^two,1.0.0,ok,derive 1,plugins/two,$' list || fail "list: $(cat list)"
grep -q "^two,1.0.0,hidden,derive 1,$tmp/user/mera/plugins/two,plugins/two comes first$" list || fail "list: $(cat list)"
grep -q '^bad,,broken,.*it wants api 7' list || fail "list: $(cat list)"
grep -q '^empty,,broken,' list || fail "list: $(cat list)"
grep -q '^climate,' list || fail "list: $(cat list)"
ln -s /etc/passwd plugins/two/link.lua
refuses 1 'is a link' "$mera" plugin test two

# --watch runs again when a file changes
timeout 20 "$mera" plugin test arctic --watch --format table >watched 2>&1 &
watcher=$!
for _ in $(seq 100); do grep -q '12 ok' watched && break || sleep 0.1; done
printf 'return { ["new"] = function(t) t.ok(true) end }\n' >arctic/tests/more.lua
for _ in $(seq 100); do grep -q '13 ok' watched && break || sleep 0.1; done
kill $watcher
wait $watcher 2>/dev/null || true
grep -q '13 ok' watched || fail "watch: $(cat watched)"

# texts of units, other periods, modules, random numbers: the same in a process of its own and in the engine's
mkdir -p lagp/plugins/lagger
cat >lagp/plugins/lagger/plugin.lua <<'END'
local util = require("util")
return mera.plugin { id = "lagger", version = "1.0.0", api = 1, indicators = {
  grow = { unit = "1", direction = "higher", reads = { "a" }, attributes = { "zone" }, periods = "all",
    compute = function(d)
      return util.same(d.a:change(1) + mera.group_mean(d.a, d.zone) + 0 * mera.random("x") + mera.year() - 2024)
    end } } }
END
echo 'return { same = function(x) return x end }' >lagp/plugins/lagger/util.lua
printf 'code,name,zone,period,a\n1,A,n,2023,1\n2,B,n,2023,3\n3,C,s,2023,5\n1,A,n,2024,2\n2,B,n,2024,8\n3,C,s,2024,4\n' >lagp/d.csv
cat >lagp/methodology.yaml <<'END'
mera: 1
id: lagp
plugins: [lagger]
units: {key: code, name: name, period: period, groups: {zone: zone}}
period: latest
data: [{file: d.csv, period: period}]
indicators:
  g: {from: lagger.grow}
  share: {formula: "a / group_sum(a, zone) + 0 * lag(a)", unit: share, direction: higher}
framework: {id: i, indicators: {g: 1, share: 0}}
END
"$mera" score lagp --format csv --indicators >alone
"$mera" score lagp --format csv --indicators --trust lagger | cmp - alone || fail 'the process of its own differs'
# B: 8 - 3 and (2 + 8) / 2; its share of the zone is 8 of 10
grep -q '^2,B,2024,g,10,' alone || fail "$(cat alone)"
grep -q '^2,B,2024,share,0.8,' alone || fail "$(cat alone)"

# what looks at other periods is tried on several: those of the fixture, else three that are made up
mkdir -p trend/tests
trend() { # trend FUNCTION [TEXT]: a plugin whose indicator looks back
  cat >trend/plugin.lua <<END
return mera.plugin { id = "trend", version = "1.0.0", api = 1, indicators = {
  g = { unit = "1", reads = { "a" }, periods = "all", monotone = { a = "up" }, compute = function(d) return $1 end } } }
END
  if [ $# = 2 ]; then
    refuses 1 "$2" env COLUMNS=300 "$mera" plugin test trend --format table
  else
    "$mera" plugin test trend --format table >said || fail "trend: $(cat said)"
  fi
}
trend 'd.a - d.a:lag(1)'
grep -q '9 ok, 0 failed, 0 skipped' said || fail "trend: $(cat said)"
grep -q 'ok       computes in the first period' said || fail "trend: $(cat said)"
trend 'd.a:mean_over(3)'
trend 'd.a + 1' "the result is the same without them; leave 'periods' out"
trend 'd.a:lag(1) - d.a' 'does not fall when a rises'
trend 'd.a:change(1):fill(0)' 'missing a gives a missing result'
trend '(assert(mera.period() ~= "2022") and d.a) + 0 * d.a:lag(1)' 'computes in the first period'
printf 'code,name,period,a\n1,A,2022,2\n2,B,2022,5\n1,A,2023,3\n2,B,2023,8\n' >trend/tests/fixture.csv
trend 'mera.where(d.a:lag(1):gt(4), d.a + d.a:lag(1), -d.a)' 'A: a from 3 to 3.3'
printf 'code,name,a\n1,A,5\n2,B,2\n' >trend/tests/fixture.csv
trend 'd.a + 0 * d.a:lag(1)'
grep -q "skipped  looks at other periods" said || fail "trend: $(cat said)"
grep -q "give tests/fixture.csv a field 'period'" said || fail "trend: $(cat said)"

# a plugin is what its folder is called; nobody's folder moves the cursor; its files are plain ones, or nothing would end
mkdir -p odd/tests "$(printf 'plugins/x\033[2J')"
cp arctic/plugin.lua odd/plugin.lua
cp arctic/plugin.lua "$(printf 'plugins/x\033[2J')/plugin.lua"
"$mera" plugin list --format table >said 2>&1
grep -q "it calls itself 'arctic'; a plugin's folder has its id as its name" said || fail "list: $(cat said)"
! grep -q "$(printf '\033')" said || fail 'the name of a folder moves the cursor'
rm -r plugins/x*
"$mera" plugin check odd >said 2>&1 || fail "check: $(cat said)"
grep -q "the folder is called 'odd' and the plugin 'arctic'" said || fail "check: $(cat said)"
for file in tests/slow.lua tests/fixture.csv helper.lua; do
  mkfifo "odd/$file"
  refuses 1 "'odd/$file' is not a plain file" timeout 60 "$mera" plugin test odd
  rm "odd/$file"
done
ln -s ../../arctic/tests/fixture.csv odd/tests/fixture.csv
refuses 1 "'odd/tests/fixture.csv' is a link" "$mera" plugin test odd
