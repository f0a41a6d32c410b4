# SPDX-License-Identifier: Apache-2.0
"""What `mera priorities` promises is what comes.

For each indicator of a shipped methodology that is a column of its data, the value that was lifted
is written into the data file and `mera score` scores it anew: score and direction of the unit have
to have gained exactly what was promised, to the last bit, and its place has to be the one told.
Fits, weights and imputations of all units are whatever the changed file makes them. Any number of
threads gives the same bytes.

    test_priorities.py MERA SOURCE
"""

import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

mera, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
CASES = [  # methodology, data file, key of units, unit, more words, least indicators put in
    ("company-towns", "generated_towns_2024.csv", "code", "00010001", [], 25),
    ("company-towns", "generated_towns_2024.csv", "code", "00250118",
     ["--set", "steps.normalise=zscore", "--set", "framework.aggregate=arithmetic"], 15),
    ("world-quality-of-life", "factbook.csv", None, "Norway", ["--reach", "100"], 5),
]


def run(*words):
    done = subprocess.run([mera, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"mera {' '.join(map(str, words))}\n{done.stderr}")
    return done.stdout


def scores(methodology, file, unit, words):
    text = run("score", "--no-bands", methodology, "--data", file, "--format", "csv", *words)
    rows = [r for r in csv.DictReader(io.StringIO(text)) if unit in (r["unit"], r["name"])]
    return {r["node"]: r for r in rows}


def put(table, key, unit, column, value, path):
    """The file with one cell changed; all else stays."""
    fields = list(table[0])
    index = [i for i, r in enumerate(table) if unit in (r.get(key), r.get("name"), r.get("country"))]
    assert len(index) == 1, (unit, index)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        for i, row in enumerate(table):
            writer.writerow({**row, column: repr(value)} if i == index[0] else row)


def check(case, folder, failures):
    name, data, key, unit, words, least = case
    methodology = source / "methodologies" / name
    ask = ["priorities", methodology, "--unit", unit, "--format", "json", *words]
    text = run(*ask, "--threads", "1")
    if run(*ask, "--threads", "3") != text:
        failures.append(f"{name}: threads change the bytes")
    of = json.loads(text)
    table = list(csv.DictReader(open(methodology / "data" / data, encoding="utf-8-sig", newline="")))
    root = None
    count = 0
    before = scores(methodology, methodology / "data" / data, unit, more(words))
    root = next(iter(before))
    for item in of["priorities"]:
        if item["end"] != "possible" or item["column"] is None:
            continue
        count += 1
        changed = pathlib.Path(folder) / "changed.csv"
        put(table, key, unit, item["column"], item["put_in"], changed)
        after = scores(methodology, changed, unit, more(words))
        gain = float(after[root]["score"]) - float(before[root]["score"])
        direction = item["direction"]
        part = float(after[direction]["score"]) - float(before[direction]["score"])
        if gain != item["index_gain"] or part != item["direction_gain"]:
            failures.append(f"{name}, {item['indicator']}: {gain!r} and {part!r} came of {item}")
        if float(after[root]["rank"]) != item["place_to"]:
            failures.append(f"{name}, {item['indicator']}: place {after[root]['rank']} of {item}")
    if count < least:
        failures.append(f"{name}: only {count} indicators were put into the data")
    return count


def more(words):
    """Words that `mera score` takes too."""
    return [] if "--reach" in words else words


failures = []
with tempfile.TemporaryDirectory() as folder:
    counts = [check(case, folder, failures) for case in CASES]
print(f"indicators put into the data: {counts}")
print("\n".join(failures))
sys.exit(1 if failures else 0)
