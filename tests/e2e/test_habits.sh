#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Habits that a single output does not show: CSV into a pipe, atomic files, the order of streams,
# full disks, plugins found by their folder.
set -u
mera=$(realpath "$1")
small=$(realpath "$2")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
export LC_ALL=C
unset MERA_PLUGINS

fail() {
  echo "failed: $1"
  exit 1
}

# a pipe gets CSV, and nothing of stderr is in it
"$mera" score "$small" 2>said | head -n 1 | grep -q '^unit,name,period,node,' || fail 'CSV in a pipe'

# the form of a file follows its name
"$mera" score "$small" -o scores.json 2>said || fail 'score -o'
head -c 1 scores.json | grep -q '{' || fail 'JSON by the name of the file'
grep -q '^saved scores.json$' said || fail "says what was saved: $(cat said)"

# a refused run leaves the old file whole
cp scores.json before.json
"$mera" score "$small" --set steps.normalise.op=minmaks -o scores.json 2>said
[ $? = 1 ] || fail 'a refused run has status 1'
cmp scores.json before.json || fail 'the old file stays whole'
[ "$(find . -type f | wc -l)" = 3 ] || fail "no other file is left: $(find .)"

# a folder that does not exist, a full disk
"$mera" score "$small" -o nowhere/scores.csv 2>said
[ $? = 3 ] || fail 'a folder that does not exist has status 3'
if [ -e /dev/full ]; then
  "$mera" score "$small" >/dev/full 2>said
  [ $? = 3 ] || fail 'a full disk has status 3'
  grep -q 'standard output cannot be written' said || fail "a full disk: $(cat said)"
fi

# the same bytes for any number of threads
"$mera" score "$small" --indicators --threads 1 >one.csv 2>said
"$mera" score "$small" --indicators --threads 8 >eight.csv 2>said
cmp one.csv eight.csv || fail 'threads change bytes'

# a plugin is found in a folder that is named, and in MERA_PLUGINS
mkdir -p extra/twice project
cat >extra/twice/plugin.lua <<'LUA'
return mera.plugin {
  id = "twice", version = "1.0.0", api = 1, licence = "CC0-1.0", source = "a test",
  indicators = {
    income = { unit = "RUB", direction = "higher", reads = { "income" },
      compute = function(d, p) return d.income * 2 end },
  },
}
LUA
sed -e 's/^data:/plugins: [twice]\ndata:/' -e "s|file: data.csv|file: $small/data.csv|" \
  -e 's/income: {title.*/income: {from: twice.income}/' "$small/methodology.yaml" >project/methodology.yaml
"$mera" score project >scores.csv 2>said
[ $? = 1 ] || fail 'a plugin that is nowhere has status 1'
"$mera" score project --plugins extra >scores.csv 2>said || fail "--plugins: $(cat said)"
MERA_PLUGINS=/nowhere:$tmp/extra "$mera" score project >again.csv 2>said || fail "MERA_PLUGINS: $(cat said)"
cmp scores.csv again.csv || fail 'the same plugin, the same scores'
"$mera" --version | grep -q '^Lua     Lua 5\.4\.' || fail 'which Lua is in'
