#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# PostgreSQL as data, against a server that this test starts for itself: a cluster in a folder of its
# own, a socket and no port. Skips (77) where there is no server to start, or mera has no libpq.
#
#   test_postgres.sh MERA
set -u
mera=$(realpath "$1")
skip() {
  echo "skipped: $1"
  exit 77
}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "${bin:-}/initdb" ] || skip "no PostgreSQL server (the Debian package postgresql)"
tmp=$(mktemp -d)
as=()
if [ "$(id -u)" -eq 0 ]; then # a server does not run as root
  command -v setpriv >/dev/null || skip "no setpriv, and root may not run a server"
  as=(setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$tmp")
  chown 65534:65534 "$tmp"
fi
server() { (cd "$tmp" && "${as[@]}" "$@"); }
end() {
  server "$bin/pg_ctl" -D "$tmp/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$tmp"
}
trap end EXIT
server "$bin/initdb" -D "$tmp/data" -U mera -A trust --no-sync -E UTF8 --locale=C >"$tmp/log" 2>&1 || {
  cat "$tmp/log"
  exit 1
}
server "$bin/pg_ctl" -D "$tmp/data" -w -t 60 -l "$tmp/server.log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$tmp' -c fsync=off" start >/dev/null || {
  cat "$tmp/server.log"
  exit 1
}
unset MERA_PLUGINS PGPASSWORD PGSERVICE
export MERA_RECORD=$tmp/runs.sqlite
work=$tmp/work
mkdir "$work"
cd "$work" || exit 1
printf '[towns]\nhost=%s\ndbname=postgres\nuser=mera\n' "$tmp" >service.conf
export PGSERVICEFILE=$work/service.conf
sql() { "$bin/psql" -q -v ON_ERROR_STOP=1 -h "$tmp" -U mera -d postgres "$@"; }
sql <<'SQL' || exit 1
CREATE TABLE towns(code text, name text, year int, air double precision, budget numeric, note text);
INSERT INTO towns VALUES ('02', 'Омск', 2020, 0.1, 61.20, 'a,"b'), ('01', 'Шуя', 2020, NULL, 48.9, E'x\ny'),
  ('02', 'Омск', 2021, 3.141592653589793, 70, NULL), ('01', 'Шуя', 2021, 1e-300, 39.8, '');
CREATE TABLE facts AS SELECT 'u' || i % 500 AS unit, 'air' AS what, 2000 + i / 500 AS year, i * 0.1 AS value
  FROM generate_series(0, 4999) AS i;
SQL
methodology() { # an entry of data, and what follows the key data
  cat >methodology.yaml <<YAML
mera: 1
id: server
units: {key: code, name: name, period: year}
data: $1
indicators:
  air: {unit: points, direction: higher, goalposts: [0, 500]}
steps: {normalise: goalposts, aggregate: arithmetic}
framework: {id: index, indicators: [air]}
YAML
}
failed=0
fail() {
  echo "failed: $1"
  cat out err 2>/dev/null
  failed=1
}
score() { "$mera" score methodology.yaml --indicators --format csv "$@" >out 2>err; }
refused() { # what is said
  score && fail "scored, and should not: $1"
  grep -qF -- "$1" err || fail "nobody said: $1"
}

# the same rows as CSV and from the server give the same bytes
cat >towns.csv <<'CSV'
code,name,year,air
01,Шуя,2020,
01,Шуя,2021,1e-300
02,Омск,2020,0.1
02,Омск,2021,3.141592653589793
CSV
methodology '{file: towns.csv}'
score || fail "the CSV file"
cp out as_csv
methodology '{database: service=towns, table: public.towns, key: [code]}'
score || fail "the table"
cmp -s out as_csv || fail "the table and the CSV file differ"
methodology '{database: service=towns, query: "SELECT code, name, year, air FROM towns ORDER BY code, year"}'
score || fail "the query"
cmp -s out as_csv || fail "the query and the CSV file differ"

# the hash is that of the rows: the same twice, another one after a change
hash() { "$mera" score methodology.yaml --format json 2>/dev/null | grep -A6 'postgresql' | grep -o '[0-9a-f]\{64\}' | head -n 1; }
one=$(hash)
[ -n "$one" ] && [ "$one" = "$(hash)" ] || fail "the hash of the rows: '$one'"
sql -c "UPDATE towns SET note = 'other', air = 0.2 WHERE code = '02' AND year = 2020"
[ "$one" != "$(hash)" ] || fail "other rows, the same hash"

# more rows than one fetch brings, in the long layout
methodology '{database: service=towns, table: facts, key: unit, name: unit, layout: long, indicator: what, value: value}'
score || fail "the long layout"
[ "$(grep -c ',index,' out)" -eq 5000 ] || fail "5000 scores of the long layout: $(grep -c ',index,' out)"

# what is refused
methodology '{database: "service=towns password=secret", table: towns}'
refused "'database' holds a password"
grep -q secret out && fail "the password is in the result"
methodology '{database: "postgresql://mera:secret@localhost/postgres", table: towns}'
refused "'database' holds a password"
for query in "DELETE FROM towns" "INSERT INTO towns(code) VALUES (1) RETURNING code" "COPY towns TO STDOUT" \
  "SELECT 1 AS code; DROP TABLE towns" "CREATE TABLE x(k int)" "SELECT nextval('s') AS code" \
  "WITH gone AS (DELETE FROM towns RETURNING *) SELECT * FROM gone"; do
  methodology "{database: service=towns, query: \"$query\"}"
  refused "error: the database says:"
done
[ "$(sql -At -c 'SELECT count(*) FROM towns')" = 4 ] || fail "rows were changed"
methodology '{database: service=towns, table: nowhere}'
refused 'relation "nowhere" does not exist'
methodology '{database: service=towns}'
refused "'database' needs 'table' or 'query'"
methodology "{database: \"host=$tmp/none dbname=x\", table: towns}"
refused "methodology.yaml:4:"
methodology '{database: service=towns, query: "SELECT code, name, year, note AS air FROM towns WHERE note > chr(97)"}'
refused "postgresql(service=towns)[query]:1:4: error: "

# a server that ends in the middle is told
methodology '{database: service=towns, query: "SELECT code, name, year, air, pg_terminate_backend(pg_backend_pid()) AS x FROM towns"}'
refused "error: the database says:"
exit $failed
