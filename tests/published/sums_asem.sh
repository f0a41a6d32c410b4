#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# sums_asem.sh CHECK_SUMS MERA FOLDER: check_sums of COINr's example, which is imported first: of the
# year alone, and of its panel. Exit status 77 when the data are not there.
set -eu
check=$1 mera=$2 data=$3
if [ ! -r "$data/asem_imeta.csv" ]; then
  echo "skipped: $data is not there"
  exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for table in idata idata_p; do
  "$mera" import coinr --idata "$data/asem_$table.csv" --imeta "$data/asem_imeta.csv" -o "$tmp/$table" -q
  "$check" "$tmp/$table"
done
