#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Plugins in a process of their own: copies of the shipped ones, which nobody trusts, give every methodology
# that uses them the same bytes, records among them; and mistakes are told in the same words.
# Usage: test_untrusted.sh MERA SOURCE
set -eu
mera=$(realpath "$1")
root=$(realpath "$2")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C NO_COLOR=1 XDG_CONFIG_HOME=$tmp XDG_DATA_HOME=$tmp
unset MERA_PLUGINS

fail() {
  echo "failed: $1"
  exit 1
}

# runs of each methodology; one in five used to differ
runs=${MERA_TEST_RUNS:-12}

# copies that stand beside the methodologies come before the shipped ones, and are nobody's
mkdir "$tmp/m"
cp -r "$root/methodologies/." "$tmp/m/"
trust=()
used=()
for plugin in "$root"/plugins/*/; do
  trust+=(--trust "$(basename "$plugin")")
done
for file in "$tmp"/m/*/methodology.yaml; do
  folder=$(dirname "$file")
  name=$(basename "$folder")
  plugins=$(sed -n 's/^ *- *{use: *\([a-z_0-9]*\).*/\1/p' "$file")
  [ -n "$plugins" ] || continue
  mkdir -p "$folder/plugins"
  for plugin in $plugins; do
    cp -r "$root/plugins/$plugin" "$folder/plugins/"
    used+=("$plugin")
  done
  for format in json csv; do
    "$mera" score --no-bands "$folder" --indicators --format $format >"$tmp/alone" 2>"$tmp/alone.err" ||
      fail "$name: $(cat "$tmp/alone.err")"
    "$mera" score --no-bands "$folder" --indicators --format $format "${trust[@]}" >"$tmp/here" 2>"$tmp/here.err" ||
      fail "$name: $(cat "$tmp/here.err")"
    cmp "$tmp/alone" "$tmp/here" || fail "$name: $format differs in a process of its own"
    cmp "$tmp/alone.err" "$tmp/here.err" || fail "$name: other messages in a process of its own"
  done
  # the record is the same in every run, wherever the kernel puts the program and whatever seed Lua takes
  "$mera" score --no-bands "$folder" --indicators --format json "${trust[@]}" >"$tmp/first" 2>/dev/null
  for run in $(seq 1 "$runs"); do
    MERA_TEST_FILLER=$(printf "%$((run * 97))s" '') "$mera" score --no-bands "$folder" --indicators --format json --threads $((run % 3 + 1)) \
      "${trust[@]}" 2>/dev/null | cmp - "$tmp/first" || fail "$name: run $run has another record"
  done
  "$mera" score --no-bands "$root/methodologies/$name" --indicators --format csv 2>/dev/null | cmp - "$tmp/alone" ||
    fail "$name: the copies differ from what is shipped"
  echo "$name: the same bytes ($(echo $plugins))"
done
for plugin in "$root"/plugins/*/; do
  [[ " ${used[*]} " == *" $(basename "$plugin") "* ]] || fail "no methodology uses $(basename "$plugin")"
done

# the copies do run in a process of their own: one that takes long is met there, under seccomp, and not when trusted
mkdir -p "$tmp/slow/plugins/slow"
cat >"$tmp/slow/plugins/slow/plugin.lua" <<'END'
return mera.plugin { id = "slow", version = "1.0.0", api = 1, indicators = { x = { unit = "1", direction = "higher",
  reads = { "a" }, compute = function(d) for _ = 1, 1e9 do end return d.a end } } }
END
printf 'code,a\n1,1\n2,2\n' >"$tmp/slow/d.csv"
cat >"$tmp/slow/methodology.yaml" <<'END'
mera: 1
id: slow
units: {key: code}
data: {file: d.csv}
plugins: [{use: slow, limits: {instructions: 100000000000, seconds: 50}}]
indicators: {x: {from: slow.x}}
steps: {normalise: minmax, aggregate: arithmetic}
framework: {id: i, indicators: [x]}
END
confined() { # a child of process $1 under a filter of system calls
  local child
  for child in $(cat "/proc/$1/task/$1/children"); do
    grep -q '^Seccomp:[[:space:]]*2' "/proc/$child/status" && return 0
  done
  return 1
}
if [ -r /proc/self/task/self/children ] || [ -r "/proc/$$/task/$$/children" ]; then
  "$mera" score --no-bands "$tmp/slow" >/dev/null 2>&1 &
  run=$!
  met=
  for _ in $(seq 100); do
    confined "$run" && met=yes && break
    sleep 0.1
  done
  kill "$run" 2>/dev/null
  [ -n "$met" ] || fail "a plugin that nobody trusts is not met in a process of its own"
  "$mera" score --no-bands "$tmp/slow" --trust slow >/dev/null 2>&1 &
  run=$!
  sleep 1
  [ -d "/proc/$run" ] || fail "the slow plugin is not slow"
  confined "$run" && fail "a trusted plugin runs in a process of its own"
  kill "$run" 2>/dev/null
fi

# the tools of authors too: an interactive session has its process for as long as it waits for a line
if [ -r /proc/self/task/self/children ] || [ -r "/proc/$$/task/$$/children" ]; then
  mkfifo "$tmp/lines"
  for trust in "" "--trust slow"; do
    # shellcheck disable=SC2086
    "$mera" plugin repl "$tmp/slow/plugins/slow" --data "$tmp/slow/d.csv" $trust <"$tmp/lines" >"$tmp/answers" 2>&1 &
    run=$!
    exec 4>"$tmp/lines"
    echo 'a * 2' >&4
    for _ in $(seq 300); do
      grep -q '2 of 2 present' "$tmp/answers" && break
      sleep 0.1
    done
    met=
    confined "$run" && met=yes
    exec 4>&-
    wait "$run" || fail "the session ended badly: $(cat "$tmp/answers")"
    [ "$met" = "$([ -n "$trust" ] || echo yes)" ] || fail "mera plugin repl $trust: a process of its own: '$met'"
  done
fi

# every golden message of a plugin is the same when the plugin is trusted
cd "$root"
for case in tests/golden/errors/plugin_*/; do
  case=${case%/}
  name=$(ls "$case/plugins")
  [ "$(cat "$case/cmd")" = "score {}" ] || continue
  COLUMNS=100 "$mera" score --no-bands "$case" --trust "$name" 2>&1 >/dev/null | sed "s|$case|{}|g" |
    diff -u "$case/expected.txt" - || fail "$case: other words when it is trusted"
done
