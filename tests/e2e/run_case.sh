#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One case of the command line: runs `mera` with the arguments in FOLDER/cmd and compares all of
# what it says with files of the folder.
#
#   run_case.sh MERA SOURCE FOLDER       FOLDER is relative to SOURCE, the root of the project
#
#   cmd               the arguments, as in a shell; {} is the folder, {tmp} an empty one
#   (in what is compared, too; "{engine}" stands for the version and compiler in a record)
#   stdin             standard input (none without it)
#   expected.txt      standard error, whole, with {} for the folder
#   expected_stdout   standard output, whole; not looked at without it
#   expected_file     what the file {tmp}/out holds; not looked at without it
#   status            the exit status; 0 without it
#
# MERA_UPDATE_GOLDEN=1 rewrites them (those that exist, and expected.txt); a person reads the diff.
set -u
mera=$(realpath "$1")
cd "$2" || exit 1
folder=$3
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
line=$(<"$folder/cmd")
line=${line//\{tmp\}/$tmp}
line=${line//\{\}/$folder}
arguments=()
eval "arguments=($line)" # quotes in cmd are a shell's
input=/dev/null
[ -e "$folder/stdin" ] && input=$folder/stdin
wanted=0
[ -e "$folder/status" ] && wanted=$(<"$folder/status")

env -u MERA_PLUGINS LC_ALL=C NO_COLOR=1 COLUMNS=100 "$mera" "${arguments[@]}" \
  <"$input" >"$tmp/stdout" 2>"$tmp/stderr"
status=$?
for stream in stdout stderr; do
  sed -i -e "s|$tmp|{tmp}|g" -e "s|$folder|{}|g" \
    -e 's|mera [0-9][0-9.]* ([^)]*)|{engine}|' "$tmp/$stream"
done

if [ "${MERA_UPDATE_GOLDEN:-}" = 1 ]; then
  cp "$tmp/stderr" "$folder/expected.txt"
  [ -e "$folder/expected_stdout" ] && cp "$tmp/stdout" "$folder/expected_stdout"
  [ -e "$folder/expected_file" ] && cp "$tmp/out" "$folder/expected_file"
  [ "$status" = 0 ] && rm -f "$folder/status" || echo "$status" >"$folder/status"
  exit 0
fi

failed=0
if [ "$status" != "$wanted" ]; then
  echo "exit status $status, expected $wanted"
  failed=1
fi
diff -u "$folder/expected.txt" "$tmp/stderr" || failed=1
if [ -e "$folder/expected_stdout" ]; then
  diff -u "$folder/expected_stdout" "$tmp/stdout" || failed=1
fi
if [ -e "$folder/expected_file" ]; then
  diff -u "$folder/expected_file" "$tmp/out" || failed=1
fi
exit $failed
