# SPDX-License-Identifier: Apache-2.0
"""Each kind of difference alone: the whole change goes to its cause, by hand.

Four towns, two indicators and an answer of a survey; x weighs 1, y 3, s 1. Points are the values where
the goalposts are 0 and 100; without goalposts Cedar and Dogwood hold the ends of every scale, so that
what Alder does moves no bounds. `mera change` is asked of Alder.

    test_causes.py MERA
"""

import json
import pathlib
import subprocess
import sys
import tempfile

MERA = str(pathlib.Path(sys.argv[1]).resolve())
CAUSES = ("own", "survey", "imputed", "indicators", "bounds", "weights", "method")
DATA = {"Alder": (40, 80, 50), "Birch": (50, 50, 50), "Cedar": (0, 0, 0), "Dogwood": (100, 100, 100)}
FIXED = "goalposts: [0, 100], "
METHOD = """mera: 1
id: causes
units: {{key: town, period: year}}
period: all
data: {{file: data.csv}}
indicators:
  x: {{unit: u, direction: higher, {posts}source: statistics}}
  y: {{unit: u, direction: higher, {posts}source: statistics}}
  s: {{unit: u, direction: higher, {posts}source: survey}}
steps: {{{steps}normalise: minmax, aggregate: {how}}}
framework: {{id: index, indicators: {weights}}}
"""


def edition(posts=FIXED, steps="", how="arithmetic", weights="{x: 1, y: 3, s: 1}", undefined="-"):
    text = METHOD.format(posts=posts, steps=steps, how=how, weights=weights)
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"  {undefined}: "))


def rows(year, changed=()):
    """Lines of a year: `changed` is {town: (x, y, s)}; None is an empty cell."""
    data = {**DATA, **dict(changed)}
    return "".join(f"{town},{year},{','.join('' if v is None else str(v) for v in values)}\n"
                   for town, values in data.items())


def change(before, after, data, periods=("1", "2")):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, text in (("before", before), ("after", after)):
            (folder / name).mkdir()
            (folder / name / "methodology.yaml").write_text(text)
            (folder / name / "data.csv").write_text("town,year,x,y,s\n" + data)
        other = [] if before == after else ["--before", "before"]
        done = subprocess.run([MERA, "change", "after", "--unit", "Alder", "--from", periods[0], "--to", periods[1],
                               *other, "--format", "json", "-q"], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


same, plain = edition(), rows(1) + rows(2)
SAY = [  # name, edition before, after, lines of data, periods, causes by hand
    ("nothing", same, same, plain, "12", {}),
    ("own value", same, same, rows(1) + rows(2, {"Alder": (60, 80, 50)}), "12", {"own": 4}),  # 20 / 5
    ("own value on a fitted scale", edition(""), edition(""), rows(1) + rows(2, {"Alder": (60, 80, 50)}), "12", {"own": 4}),
    ("peers only", edition(""), edition(""), rows(1) + rows(2, {"Dogwood": (200, 100, 100)}), "12", {"bounds": -4}),
    ("peers inside the bounds", edition(""), edition(""), rows(1) + rows(2, {"Birch": (60, 40, 90)}), "12", {}),
    ("survey", same, same, rows(1) + rows(2, {"Alder": (40, 80, 75)}), "12", {"survey": 5}),
    # x 40, y 80, s 50: 66 by 1, 3, 1; 170 / 3 by 1, 1, 1
    ("weights only", same, edition(weights="{x: 1, y: 1, s: 1}"), rows(1), "11", {"weights": 170 / 3 - 66}),
    ("indicator added", edition(weights="{x: 1, s: 1}"), edition(weights="{x: 1, y: 1, s: 1}"), rows(1), "11",
     {"indicators": 170 / 3 - 45}),
    ("indicator lost", edition(weights="{x: 1, y: 1, s: 1}"), edition(weights="{x: 1, s: 1}"), rows(1), "11",
     {"indicators": 45 - 170 / 3}),
    ("indicator not known before", edition(weights="{x: 1, s: 1}", undefined="y"), edition(weights="{x: 1, y: 1, s: 1}"),
     rows(1), "11", {"indicators": 170 / 3 - 45}),
    ("indicator not known after", edition(weights="{x: 1, y: 1, s: 1}"), edition(weights="{x: 1, s: 1}", undefined="y"),
     rows(1), "11", {"indicators": 45 - 170 / 3}),
    ("one indicator for another", edition(weights="{x: 1, s: 1}", undefined="y"),
     edition(weights="{y: 1, s: 1}", undefined="x"), rows(1), "11", {"indicators": 65 - 45}),
    ("indicator added, and method", edition(weights="{x: 1, s: 1}"),  # the method on what both have
     edition(weights="{x: 1, y: 1, s: 1}", how="geometric"), rows(1, {"Cedar": (9, 9, 9)}), "11",
     {"method": (40 * 50)**.5 - 45, "indicators": (40 * 80 * 50)**(1 / 3) - (40 * 50)**.5}),
    ("value lost", same, same, rows(1) + rows(2, {"Alder": (40, None, 50)}), "12", {"indicators": 45 - 66}),
    ("value found", same, same, rows(1, {"Alder": (40, None, 50)}) + rows(2), "12", {"indicators": 66 - 45}),
    ("method only", same, edition(how="geometric"), rows(1, {"Cedar": (9, 9, 9)}), "11",
     {"method": (40 * 80**3 * 50)**.2 - 66}),
    # the gap of Alder is filled with the median of the others: 50, then 60
    ("imputed only", edition(steps="impute: median, "), edition(steps="impute: median, "),
     rows(1, {"Alder": (40, None, 50)}) + rows(2, {"Alder": (40, None, 50), "Birch": (50, 60, 50)}), "12",
     {"imputed": 3 / 5 * 10}),
    ("observed, then imputed", edition(steps="impute: median, "), edition(steps="impute: median, "),
     rows(1) + rows(2, {"Alder": (40, None, 50)}), "12", {"imputed": 3 / 5 * (50 - 80)}),
    # two at once: x + 20 by a fifth of the weight, then by a third, in either order
    ("own value and weights", same, edition(weights="{x: 1, y: 1, s: 1}"),
     rows(1) + rows(2, {"Alder": (60, 80, 50)}), "12",
     {"own": 20 * (1 / 5 + 1 / 3) / 2, "weights": (170 / 3 - 66 + 190 / 3 - 70) / 2}),
]

failures = []
for name, before, after, data, periods, by_hand in SAY:
    of = change(before, after, data, periods)
    node = next(n for n in of["nodes"] if n["node"] == "index")
    wanted = {c: by_hand.get(c, 0) for c in CAUSES}
    if any(abs(of["causes"][c] - wanted[c]) > 1e-9 for c in CAUSES) or of["causes"].keys() != wanted.keys():
        failures.append(f"{name}: {of['causes']}, by hand {by_hand}")
    if abs(sum(of["causes"].values()) - of["change"]) > 1e-12 * 100 or node["causes"] != of["causes"]:
        failures.append(f"{name}: causes do not add up to {of['change']}")
    parts = {c: sum(i["causes"][c] for i in of["indicators"]) for c in CAUSES}
    if any(abs(parts[c] - of["causes"][c]) > 1e-9 for c in CAUSES if c not in ("weights", "method")):
        failures.append(f"{name}: indicators make {parts}, the index {of['causes']}")
print(f"{len(SAY)} pairs, {len(failures)} failures")
print("\n".join(failures))
sys.exit(1 if failures else 0)
