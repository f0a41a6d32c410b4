#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs every example that the help of a command prints, as a reader would: at the root of the
# project, with `mera` on the path. What it sees of the project are links, methodologies a copy; what an example writes
# stays in a folder of its own. The list of commands and the examples come from the program.
#
#   test_examples.sh MERA SOURCE
set -u
mera=$(realpath "$1")
source=$(realpath "$2")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C
unset MERA_PLUGINS
export MERA_RECORD=$tmp/runs.sqlite # what examples run is recorded, but not among the shipped
mkdir "$tmp/bin"
ln -s "$mera" "$tmp/bin/mera"
export PATH=$tmp/bin:$PATH

failed=0
n=0

# the examples of a page, one a line
examples() {
  sed -n '/^Example/,$p' | sed -n 's/^  //p'
}

# runs the examples in $2 of the command $1, one after the other in one folder
run_examples() {
  local here=$tmp/work line
  rm -rf "$here"
  mkdir "$here"
  cd "$here" || exit 1
  for entry in "$source"/*; do
    case $(basename "$entry") in build*) ;; methodologies) cp -r "$entry" . ;; *) ln -s "$entry" . ;; esac
  done
  while IFS= read -r line; do
    n=$((n + 1))
    if ! sh -c "$line" </dev/null >"$tmp/out" 2>&1; then
      echo "failed: the example of '$1': $line"
      head -n 20 "$tmp/out"
      failed=1
    fi
  done <<<"$2"
}

mera help >"$tmp/help"
run_examples mera "$(examples <"$tmp/help")"
while IFS= read -r command; do
  page=$(mera help $command) || { echo "failed: mera help $command" && failed=1; }
  found=$(examples <<<"$page")
  [ -n "$found" ] || { echo "failed: the help of '$command' shows no example" && failed=1; }
  [ -z "$found" ] || run_examples "$command" "$found"
done < <(sed -n 's/^  \([a-z][a-z ]*[a-z]\)  .*/\1/p' "$tmp/help")
cd /
[ "$n" -gt 12 ] || { echo "failed: only $n examples were found" && failed=1; }
echo "$n examples"
exit $failed
