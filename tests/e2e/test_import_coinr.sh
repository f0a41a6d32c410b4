#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# test_import_coinr.sh MERA SOURCE: COINr's iData and iMeta become a methodology that scores at once: a
# small pair against an awk script, and COINr's example against COINr's own numbers when they are there.
set -eu
mera=$(realpath "$1")
source=$(realpath "$2")
pair=$source/tests/e2e/coinr
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C

fail() {
  echo "failed: $1"
  exit 1
}

# columns 1, and those named, of a wide CSV of mera; the unit's code first
columns() {
  awk -F, -v want="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(want, name, " "); next }
    { gsub(/"[^"]*"/, "name"); printf "%s", $1; for (k = 1; k <= n; k++) printf ",%.9f", $(at[name[k]]); print "" }'
}

# small FOLDER VARIANT WEIGHTS [GOALPOSTS]
small() {
  "$mera" score "$1" ${2:+--variant "$2"} --format csv --wide -q | columns 'index works people' >is
  awk -v w="$3" -v goalposts="${4:-0}" -f "$pair/scores.awk" <(sed 's/"Birch, Lower"/Birch/' "$pair/iData.csv") >wanted
  diff wanted is || fail "scores of $1 $2"
}

"$mera" import coinr --idata "$pair/iData.csv" --imeta "$pair/iMeta.csv" \
  --weights expert="$pair/weights.csv" -o small 2>said
grep -q '^small is ready: mera score small' said || fail "import: $(cat said)"
"$mera" check small 2>said
grep -q '^ok: 4 indicators, 3 nodes, 6 units' said || fail "check: $(cat said)"
! grep -q warning said || fail "check: $(cat said)"
cmp "$pair/iData.csv" small/data.csv
grep -q '^# From COINr' small/methodology.yaml
! grep -q "$source" small/methodology.yaml || fail 'the methodology names a path of this machine'
small small '' '2 1 1 3 1 2.5'
small small expert '1 1 2.5 0.5 3 1'
small small goalposts '2 1 1 3 1 2.5' 1
"$mera" compare small --format table -q | grep -q expert || fail 'compare shows the variant'
"$mera" explain small --unit B -q >out
grep -q 'data.csv:3, field 7' out || fail 'explain goes down to the cell'
"$mera" score small --set 'steps.impute={op: group_mean, by: Region}' -q >out || fail 'groups can be used'

# as a German spreadsheet saves it: a mark at the beginning, semicolons, decimal commas
for file in iMeta iData; do
  printf '\xef\xbb\xbf' >"$file.csv"
  sed -e 's/"Birch, Lower"/Birch/; s/"Trust, share/"Trust: share/; s/,/;/g; s/\([0-9]\)\.\([0-9]\)/\1,\2/g' \
    "$pair/$file.csv" >>"$file.csv"
done
"$mera" import coinr --idata iData.csv --imeta iMeta.csv -o german -q
small german '' '2 1 1 3 1 2.5'

# nothing is overwritten
status=0
"$mera" import coinr --idata "$pair/iData.csv" --imeta "$pair/iMeta.csv" -o small 2>said || status=$?
[ "$status" = 2 ] || fail "an existing folder: exit status $status"
cmp "$pair/iData.csv" small/data.csv

shared=${MERA_SHARED:-$source/../shared}
asem=$shared/data/asem golden=$shared/golden/coinr
if [ ! -r "$asem/asem_imeta.csv" ] || [ ! -r "$golden/aggregate/amean_altA.csv" ]; then
  echo "COINr's own example is skipped: $asem is not there"
  exit 0
fi
"$mera" import coinr --idata "$asem/asem_idata.csv" --imeta "$asem/asem_imeta.csv" \
  --weights AltA="$golden/inputs/weights_A.csv" -o asem -q

# example NAME [OPTION...]: every node of every unit as in the golden file, at 1e-9
example() {
  name=$1
  shift
  "$mera" score asem "$@" --set 'steps.impute={op: group_mean, by: EurAsia_group}' \
    --set steps.treat=chain --set 'steps.normalise.range=[1, 100]' --format csv --wide -q >is.csv
  awk -F, -v name="$name" '
    FNR == 1 { for (i = 1; i <= NF; i++) if (NR == 1) { title[i] = tolower($i); n = NF } else at[$i] = i; next }
    NR == FNR { for (i = 2; i <= n; i++) wanted[$1, title[i]] = $i; units++; next }
    { gsub(/"[^"]*"/, "name")
      for (i = 2; i <= n; i++) {
        a = $(at[title[i]]); b = wanted[$1, title[i]]; d = a > b ? a - b : b - a
        if (a == "" || b == "" || d > 1e-9 * (b < 0 ? -b : b)) { print name ": " $1 " " title[i] " is " a ", COINr has " b; bad++ }
        seen++
      } }
    END { if (bad || seen != units * (n - 1) || seen < 500) { print name ": " bad + 0 " differ of " seen; exit 1 } }
  ' "$golden/aggregate/$name.csv" is.csv || fail "$name"
}
example amean_altA --variant AltA
example amean_orig
example gmean_altA --variant AltA --set steps.aggregate=geometric
example hmean_orig --set steps.aggregate=harmonic
example genmean_p2_altA --variant AltA --set 'steps.aggregate={op: power, exponent: 2}'

# panel NAME FOLDER [OPTION...]: a purse of COINr, all its times on one scale; as it is, no denominators
panel() {
  name=$1 folder=$2
  shift 2
  without=()
  for id in $(awk '/^  [A-Za-z_]/ { id = $1 } /denominate:/ { sub(":", "", id); print id }' "$folder/methodology.yaml"); do
    without+=(--set "indicators.$id.denominate=none")
  done
  "$mera" score "$folder" "${without[@]}" "$@" --format csv -q >is.csv
  awk -F, -v name="$name" '
    FNR == 1 && NR == 1 { for (i = 1; i <= NF; i++) title[i] = tolower($i); n = NF; next }
    NR == FNR { for (i = 3; i <= n; i++) wanted[$1, $2, title[i]] = $i; units++; next }
    FNR == 1 { next }
    { gsub(/"[^"]*"/, "name"); seen += (($3, $1, $4) in wanted); a = $5; b = wanted[$3, $1, $4]; d = a > b ? a - b : b - a
      if ((a == "") != (b == "" || b == "NA")) { print name ": " $1 " " $3 " " $4 " is " a ", COINr has " b; bad++ }
      else if (a != "" && d > 1e-9 * (b < 0 ? -b : b) && d > 1e-12) { print name ": " $1 " " $3 " " $4 " is " a ", COINr has " b; bad++ } }
    END { if (bad || seen != units * (n - 2) || seen < 2500) { print name ": " bad + 0 " differ of " seen; exit 1 } }
  ' "$golden/panel/$name.aggregated.csv" is.csv || fail "$name"
}
"$mera" import coinr --idata "$asem/asem_idata_p.csv" --imeta "$asem/asem_imeta.csv" -o purse -q
panel example_global purse --set 'steps.screen={unit_coverage: 0.9}' --set steps.treat=chain
"$mera" import coinr --idata "$golden/inputs/asem_panel_na_A.csv" --imeta "$asem/asem_imeta.csv" -o gaps -q
panel panel_na_zscore_global_A gaps --set steps.impute=panel_latest \
  --set 'steps.normalise={op: zscore, mean: 0, sd: 1, reference: {period: all}}' \
  --set 'steps.aggregate.missing={rule: renormalise, min_present: 0.6}'
echo 'COINr has the same numbers'
