#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# test_panel.sh MERA SOURCE: the regions of Russia on the scale of all years, of one, and of one that was
# frozen. Reference values are worked out from the raw cells by awk.
set -eu
mera=$(realpath "$1")
source=$(realpath "$2")
methodology=$source/methodologies/rosstat-regions
data=${MERA_SHARED:-$source/../shared}/data/ru_regions_2000_2020/regions_rosstat.csv
[ -r "$data" ] || { echo "skipped: $data is not there"; exit 77; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C

fail() {
  echo "failed: $1"
  exit 1
}

# score OUT OPTION...: rows of the indicators too
score() {
  out=$1
  shift
  "$mera" score "$methodology" --data "$data" --indicators --format csv -q "$@" -o "$out.csv"
}
# the points of unemployment without treatment: unit,period,points
points() {
  awk -F, '$4 == "unemployment" && $5 != "" { print $1 "," $3 "," $5 }' "$1.csv" | sort
}
plain=(--set indicators.unemployment.treat=none --set steps.screen=none)

score all "${plain[@]}"
score base "${plain[@]}" --set steps.normalise.reference.period=2010
score own "${plain[@]}" --set steps.normalise.reference.period=own

# 100 * (most - x) / (most - least) of the reference years, from the raw column
awk -F, -v column=unem -v out="Архангельская область|Тюменская область" '
  NR == 1 { for (i = 1; i <= NF; i++) { gsub(/"/, "", $i); at[$i] = i } next }
  { gsub(/"/, ""); unit = $(at["region_rus"]); year = $(at["year"]); x = $(at[column])
    if (unit ~ "^(" out ")$" || x == "" || x == "NA") next
    x += 0; n++; u[n] = unit; y[n] = year; v[n] = x
    for (k = 1; k <= 2; k++) { key = k == 1 ? "all" : year
      if (!(key in least) || x < least[key]) least[key] = x
      if (!(key in most) || x > most[key]) most[key] = x } }
  END { for (i = 1; i <= n; i++) for (k = 1; k <= 3; k++) {
      key = k == 1 ? "all" : k == 2 ? "2010" : y[i]
      printf "%s,%s,%.17g\n", u[i], y[i], 100 * (most[key] - v[i]) / (most[key] - least[key]) > ("wanted" k) } }
' "$data"
for k in 1 2 3; do
  points "$(echo all base own | cut -d' ' -f$k)" >is
  sort "wanted$k" | paste -d, is - | awk -F, '
    $1 != $4 || $2 != $5 { print "rows differ: " $0; bad++; exit }
    { d = $3 > $6 ? $3 - $6 : $6 - $3; if (d > 1e-9 && bad++ < 5) print $0 }
    END { if (bad || NR < 1500) { print NR " rows"; exit 1 } }' || fail "scale $k"
done

# one year of the panel has the points that it has among all of them, and --period alone shows it
score one "${plain[@]}" --period 2019
points all | awk -F, '$2 == 2019' | cmp - <(points one) || fail '--period 2019 on the scale of all years'
[ "$(cut -d, -f3 one.csv | sort -u | grep -c '^20')" = 1 ] || fail '--period 2019 shows one year'

# frozen in 2010 and applied to 2019 is the scale of 2010
"$mera" freeze "$methodology" --data "$data" "${plain[@]}" --set steps.normalise.reference.period=own \
  --period 2010 -q -o frozen.csv
score frozen "${plain[@]}" --set steps.normalise.reference.period=own --set steps.treat=none --period 2019 \
  --frozen frozen.csv
points base | awk -F, '$2 == 2019' | cmp - <(points frozen) || fail 'frozen in 2010, applied to 2019'
