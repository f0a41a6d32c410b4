#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# test_freeze.sh MERA SOURCE NAME [FILE-UNDER-SHARED]: what a shipped methodology is frozen to scores
# its data to the same bytes, and scores half of the units as before.
set -eu
mera=$(realpath "$1")
source=$(realpath "$2")
methodology=$source/methodologies/$3
data=()
if [ $# -gt 3 ]; then
  file=${MERA_SHARED:-$source/../shared}/data/$4
  [ -r "$file" ] || { echo "skipped: $file is not there"; exit 77; }
  data=(--data "$file")
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

"$mera" score "$methodology" "${data[@]}" --format csv --indicators -q -o scores.csv
if ! "$mera" freeze "$methodology" "${data[@]}" -q -o frozen.csv 2>said; then
  grep -q 'fits nothing to the data' said && { echo "nothing is fitted"; exit 0; }
  cat said
  exit 1
fi
echo "$(grep -vc '^#' frozen.csv) lines"
"$mera" score "$methodology" "${data[@]}" --frozen frozen.csv --format csv --indicators -q -o again.csv
cmp scores.csv again.csv
"$mera" freeze "$methodology" "${data[@]}" --frozen frozen.csv -q -o frozen2.csv
diff <(grep -v '^#' frozen.csv) <(grep -v '^#' frozen2.csv)

# plugins that it was frozen with are named; another one is warned of, the same is not
if grep -q '^# plugin: ' frozen.csv; then
  plugin=$(sed -n 's/^# plugin: \([^ ]*\) .*/\1/p' frozen.csv | head -1)
  "$mera" freeze "$methodology" "${data[@]}" >out 2>said
  [ "$plugin" != climate ] || grep -q 'note: made anew by plugins of the next .* (derive[.]climate\.' said
  "$mera" score "$methodology" "${data[@]}" --frozen frozen.csv >out 2>said
  if grep -q 'other-plugin' said; then cat said; exit 1; fi
  sed 's/^\(# plugin: [^ ]* [^ ]*\) ./\1 x/' frozen.csv >older.csv
  "$mera" score "$methodology" "${data[@]}" --frozen older.csv >out 2>said
  grep -q "older.csv:[0-9]*:1: warning: the numbers were frozen with plugin '$plugin' .*other-plugin" said
fi

# by the key `frozen:` of a later edition that extends this one
printf 'mera: 1\nid: later\nextends: %s/methodology.yaml\nfrozen: frozen.csv\n' "$methodology" >later.yaml
if [ ${#data[@]} -gt 0 ]; then
  "$mera" score later.yaml "${data[@]}" --format csv --indicators -q -o later.csv
  cmp scores.csv later.csv
fi

# a changed number is found, with its file and a way out
sed 's/\(,[0-9]*\)1,/\12,/' frozen.csv >edited.csv
if ! cmp -s frozen.csv edited.csv; then
  status=0
  "$mera" score "$methodology" "${data[@]}" --frozen edited.csv >out 2>said || status=$?
  [ "$status" = 1 ] || { echo "edited numbers: exit status $status"; exit 1; }
  grep -q "edited.csv:.*the lines below are not those that 'mera freeze' wrote" said
  grep -q 'hint: freeze again; or, if the change is meant, take this comment out' said
fi
