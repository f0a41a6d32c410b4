# SPDX-License-Identifier: Apache-2.0
"""Every command tells the same of a unit: score, place, class, interval and band, to the last bit.

Of units all over the list of shipped methodologies, what `mera score` says is held against profile,
priorities, explain, robustness and change.

    test_agree.py MERA SOURCE
"""

import csv
import io
import json
import pathlib
import subprocess
import sys

mera, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
CASES = [  # methodology, every so many of its units
    (source / "methodologies" / "company-towns", 59),
    (source / "methodologies" / "town-blocks", 31),
    (source / "methodologies" / "world-quality-of-life", 61),
    (source / "docs" / "examples" / "two-years", 2),
]


def run(*words):
    done = subprocess.run([mera, *words, "-q"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"mera {' '.join(map(str, words))}\n{done.stderr}")
    return done.stdout


def table(command, methodology):
    return list(csv.DictReader(io.StringIO(run(command, methodology, "--format", "csv"))))


def number(text):
    return float(text) if text not in (None, "") else None


def told(row):
    """Of the index, what a row of `mera score` says."""
    return {"score": number(row["score"]), "place": number(row["rank"]), "class": row["class"] or None,
            "low": number(row.get("rank_low")), "high": number(row.get("rank_high")),
            "band": row.get("band") or None}


def check(methodology, unit, period, wanted, failures):
    """Fields that were compared."""
    def ask(command, *more):
        return json.loads(run(command, methodology, "--unit", unit, *more, "--format", "json"))

    profile, first = ask("profile"), ask("priorities", "--draws", "16")
    node = ask("explain", "--depth", "1")["node"]
    said = {
        "profile": {"score": profile["score"], "place": profile["place"], "class": profile["class"]},
        "priorities": {"score": first["score"], "place": first["place"]},
        "explain": {"score": node["score"], "place": node["rank"], "class": node["class"]},
    }
    if "band" in profile:
        said["profile"].update(low=profile["place_low"], high=profile["place_high"], band=profile["band"])
    if period not in (None, "") and profile["period_before"] is not None:
        change = ask("change")
        said["change"] = {"score": change["after"], "place": change["rank_after"]}
        if (change["before"], change["rank_before"]) != (profile["score_before"], profile["place_before"]):
            failures.append(f"{methodology.name}, {unit}: change and profile differ in what was before")
    for command, of in said.items():
        for key, value in of.items():
            if value != wanted[key]:
                failures.append(f"{methodology.name}, {unit}: {command} says {key} {value!r}, score {wanted[key]!r}")
    return sum(len(of) for of in said.values())


def check_all(methodology, step, failures):
    rows = [r for r in table("score", methodology) if r["kind"] == "node" and r["score"] != ""]
    root = rows[0]["node"]
    rows = [r for r in rows if r["node"] == root]
    latest = rows[-1]["period"]
    rows = [r for r in rows if r["period"] == latest]
    n = sum(check(methodology, r["unit"], r["period"], told(r), failures) for r in rows[::step])
    if rows[0].get("band"):
        sure = {r["unit"]: r for r in table("robustness", methodology)}
        for r in rows:
            other = sure[r["unit"]]
            n += 1
            if any(r[a] != other[b] for a, b in (("score", "score"), ("rank", "place"), ("rank_low", "low"),
                                                 ("rank_high", "high"), ("band", "band"))):
                failures.append(f"{methodology.name}, {r['unit']}: robustness says {other}, score {r}")
    return n


failures = []
counts = {case[0].name: check_all(*case, failures) for case in CASES}
print(f"fields that agree or not: {counts}")
print("\n".join(failures[:20]))
sys.exit(1 if failures or min(counts.values()) < 10 else 0)
