#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check_pinned.sh MERA SOURCE NAME [OPTION... --data FILE-UNDER-SHARED]: the scores of a shipped methodology against
# tests/pinned/NAME.csv. Pins were derived by nobody: they detect change and prove nothing.
# MERA_UPDATE_GOLDEN=1 rewrites the pin; a person reads the difference.
set -eu
mera=$1
source=$2
name=$3
shift 3
if [ $# -gt 1 ]; then
    shared=${MERA_SHARED:-$source/../shared}
    for last; do :; done
    if [ ! -r "$shared/data/$last" ]; then
        echo "skipped: $shared/data/$last is not there"
        exit 77
    fi
    cd "$shared/data"
fi
pin=$source/tests/pinned/$name.csv
now=$(mktemp)
trap 'rm -f "$now"' EXIT

"$mera" score "$source/methodologies/$name" --format csv --wide --no-bands --quiet "$@" >"$now"
if [ "${MERA_UPDATE_GOLDEN:-0}" = 1 ]; then
    cat "$now" >"$pin"
    exit 0
fi
if ! cmp -s "$pin" "$now"; then
    echo "the scores of $name are not those pinned in tests/pinned/$name.csv:"
    diff "$pin" "$now" | head -n 20
    exit 1
fi
