#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# mera robustness gives the same bytes with 1, 2 and 8 threads, by products and scored anew.
# Usage: test_robustness.sh MERA SOURCE_DIR
set -euo pipefail
mera=$1 source=$2

# bytes THREADS ARGUMENT...
bytes() {
    local threads=$1
    shift
    "$mera" robustness "$source/methodologies/company-towns" --draws 3000 --threads "$threads" \
        --format json --quiet "$@" | sha256sum
}

for way in framework.aggregate=arithmetic framework.aggregate=median; do
    first=$(bytes 1 --set "$way")
    for threads in 2 8; do
        [ "$(bytes "$threads" --set "$way")" = "$first" ] || {
            echo "$way: $threads threads give other bytes than 1"
            exit 1
        }
    done
    [ "$(bytes 2 --set "$way" --seed 5)" != "$first" ] || {
        echo "$way: another seed gives the same bytes"
        exit 1
    }
done

# everything at once, and what moves the places: from the settings that ship
for command in 'robustness --draws 3000' 'sensitivity --runs 3000'; do
    read -ra words <<<"$command"
    joint() {
        "$mera" "${words[@]}" "$source/methodologies/town-blocks" --threads "$1" --format json \
            --quiet "${@:2}" | sha256sum
    }
    first=$(joint 1)
    for threads in 2 8; do
        [ "$(joint "$threads")" = "$first" ] || {
            echo "$command: $threads threads give other bytes than 1"
            exit 1
        }
    done
    [ "$(joint 2 --seed 5)" != "$first" ] || {
        echo "$command: another seed gives the same bytes"
        exit 1
    }
done

# a run that is kept and gone on with gives the bytes of one that never stopped; Ctrl-C loses nothing
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for way in company-towns town-blocks; do
    kept=$folder/$way.kept
    run() { "$mera" robustness "$source/methodologies/$way" --quiet --format json "$@"; }
    run --draws 1500 --keep "$kept" >"$folder/part.json"
    run --draws 4000 --keep "$kept" >"$folder/both.json"
    run --draws 4000 >"$folder/whole.json"
    cmp "$folder/both.json" "$folder/whole.json"
    status=0
    timeout -s INT 3 "$mera" robustness "$source/methodologies/$way" --draws 100000000 \
        --keep "$kept" --format table >"$folder/stopped.txt" 2>"$folder/stopped.err" || status=$?
    [ "$status" = 124 ] || [ "$status" = 1 ]
    grep -q 'stopped after [0-9]* of 100000000 draws' "$folder/stopped.err"
    [ -s "$folder/stopped.txt" ]
done
if "$mera" robustness "$source/methodologies/company-towns" --keep "$folder/town-blocks.kept" \
    >"$folder/other.txt" 2>"$folder/other.err"; then
    echo "draws of another methodology were taken up"
    exit 1
fi
grep -q 'going on with what is kept in' "$folder/other.err"

# the same of a design of runs: few runs and wide intervals are a part of the way to many and narrow ones
sense() { "$mera" sensitivity "$source/methodologies/town-blocks" --quiet --format json "$@"; }
sense --runs 900 --threads 1 --keep "$folder/runs" >"$folder/part.json"
sense --width 100 --runs 3000 --threads 2 --keep "$folder/runs" >"$folder/part.json"
sense --width 1 --runs 3000 --threads 8 --keep "$folder/runs" >"$folder/both.json"
sense --width 1 --runs 3000 --threads 1 >"$folder/whole.json"
cmp "$folder/both.json" "$folder/whole.json"
! cmp -s "$folder/part.json" "$folder/whole.json"
# refused EXPECTED ARGUMENT...
refused() {
    if sense --keep "$folder/runs" "${@:2}" >"$folder/other.txt" 2>"$folder/other.err"; then
        echo "runs of something else were taken up: ${*:2}"
        exit 1
    fi
    grep -q "$1" "$folder/other.err"
}
refused '[0-9]* runs are kept, more than the [0-9]* that are allowed' --runs 900
refused "another estimator's design" --estimator azzini --runs 9000
refused 'another methodology, other data, settings, seed or node' --seed 5
printf x | dd of="$folder/runs" bs=1 seek=1000 conv=notrunc 2>/dev/null
refused 'or was damaged'
