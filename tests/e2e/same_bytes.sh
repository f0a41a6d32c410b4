#!/usr/bin/env bash
# The same bytes from 1, 2 and 8 threads and from builds for SSE2, AVX2 and AVX-512.
# Usage: same_bytes.sh SOURCE_DIR BUILD_DIR MERA
set -euo pipefail
source=$1 build=$2 mera=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# say COMMAND...: what it prints; one that fails is noted
say() {
    "$@" --quiet 2>>"$work/err" || echo "$*" >>"$work/err"
}

# score MERA THREADS: everything that scoring the shipped methodologies prints
score() {
    for name in company-towns world-quality-of-life; do
        say "$1" score "$source/methodologies/$name" --threads "$2" --indicators --format csv
        say "$1" score "$source/methodologies/$name" --variant balanced --threads "$2" --format csv
        say "$1" robustness "$source/methodologies/$name" --threads "$2" --draws 2000 --format json
    done
}

# decide MERA THREADS: what is said of a town, of two years, and of methods that vary
decide() {
    local towns=$source/methodologies/company-towns years=$source/docs/examples/two-years
    local blocks=$source/methodologies/town-blocks
    say "$1" priorities "$blocks" --unit B01 --threads "$2" --draws 200 --format json
    say "$1" priorities "$towns" --units 00020002,00040077 --threads "$2" --draws 200 --format json
    say "$1" profile "$towns" --unit 00020002 --threads "$2" --format json
    say "$1" similar "$towns" --unit 00020002 --threads "$2" --format json
    say "$1" explain "$towns" --unit 00020002 --threads "$2" --format json
    say "$1" change "$years" --threads "$2" --unit Alder --format json
}

# hash MERA THREADS: one hash over all of it, but for the line that names the instruction set
hash() {
    { score "$1" "$2" && decide "$1" "$2"; } | grep -v '"engine"' | sha256sum
    [ ! -s "$work/err" ] || {
        cat "$work/err" >&2
        exit 1
    }
}

# build_for ARCH: the engine for one instruction set
build_for() {
    cmake -S "$source" -B "$build/$1" -G Ninja -DCMAKE_BUILD_TYPE=Release -DMERA_TESTS=OFF -DMERA_ARCH="$1" &&
        cmake --build "$build/$1" --target mera
}

first=$(hash "$mera" 1)
for threads in 2 8; do
    [ "$(hash "$mera" $threads)" = "$first" ] || {
        echo "$threads threads give other bytes than 1"
        exit 1
    }
    echo "$threads threads: the same bytes as 1"
done

for arch in x86-64 x86-64-v3 x86-64-v4; do
    case $arch in
    x86-64) needs=sse2 ;;
    x86-64-v3) needs=avx2 ;;
    x86-64-v4) needs=avx512vl ;;
    esac
    grep -qw "$needs" /proc/cpuinfo || {
        echo "$arch: skipped, this processor has no $needs"
        continue
    }
    build_for "$arch" >"$work/log" 2>&1 || {
        cat "$work/log"
        exit 1
    }
    other=$(find "$build/$arch" -name mera -type f -perm -u+x | head -n 1)
    [ "$(hash "$other" 2)" = "$first" ] || {
        echo "the build for $arch gives other bytes"
        exit 1
    }
    echo "$arch: the same bytes"
done
