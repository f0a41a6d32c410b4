# SPDX-License-Identifier: Apache-2.0
"""On all shared data: what priorities promise is what comes; contributions and changes add up.

For a unit of each data set, indicators that are columns of its file are lifted: the value is written
into a copy of the file and `mera score` scores it anew. Score and place have to be what was told, to
the last bit. Contributions of `mera explain` and what a node starts from add up to it to 1e-12, in every
node of three units, and so do the causes of `mera change` of every node: from the file with the value put in to the file as it
is, and from the period before where there is one. Skipped (77) when the shared data are not there.

    test_promises.py MERA SOURCE
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

mera, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
shared = pathlib.Path(os.environ.get("MERA_SHARED", source.parent / "shared")) / "data"
MOST = 2  # indicators a data set
LOWER = ("svi", "wimd", "ghi", "townsend")  # a lower score is better
RENAMED = {"mortality-2016": "mortality-2015"}  # by ghi
PANELS = ("rosstat-regions", "idhm", "hdi")  # have a period before
CASES = [  # methodology, file, unit, what its row has, what a column is called
    ("ikgs", "ru_ikgs_2020/cities.csv", "Норильск", {"name": "Норильск"}, "{}"),
    ("rosstat-regions", "ru_regions_2000_2020/regions_rosstat.csv", "Республика Тыва",
     {"region_rus": "Республика Тыва", "year": "2019"}, "{}"),
    ("oecd-bli", "oecd_bli_2015/indicators.csv", "BRA", {"iso3": "BRA"}, "{}"),
    ("idhm", "br_idhm_1991_2010/municipios.csv", "1100106", {"codmun7": "1100106", "ano": "2010"},
     "{}"),
    ("svi", "us_svi_2018_county/SVI2018_US_COUNTY.csv", "01033", {"FIPS": "01033"}, "{}"),
    ("wimd", "wales_wimd_2019/wimd2019_lsoa.csv", "W01000005", {"lsoa11_code": "W01000005"}, "{}"),
    ("hdi", "undp_hdi_2010_2021/hdi.csv", "AFG", {"iso3": "AFG"}, "{}_2021"),
    ("ghi", "ifpri_ghi_2016/ghi-indicators.csv", "Chad", {"country": "Chad"}, "{}-2016"),
    ("townsend", "uk_townsend_2011_ward/dataset.csv", "95BB20", {"GEO_CODE": "95BB20"}, "{}"),
    ("asem", "asem/asem_idata.csv", "MNG", {"uCode": "MNG"}, "{}"),
]


def run(*words):
    done = subprocess.run([mera, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"mera {' '.join(map(str, words))}\n{done.stderr}")
    return done.stdout


def scores(methodology, file):
    text = run("score", "--no-bands", methodology, "--data", file, "--format", "csv", "-q")
    return list(csv.DictReader(io.StringIO(text)))


def root(methodology, file, name, period):
    for row in scores(methodology, file):
        if name in (row["unit"], row["name"]) and row["period"] == period:
            return float(row["score"]), float(row["rank"])
    sys.exit(f"{methodology}: no row of {name} in {period}")


def put(table, match, column, value, path):
    """The file with one cell changed; all else stays."""
    fields = list(table[0])
    at = [i for i, r in enumerate(table) if all(r[k] == v for k, v in match.items())]
    assert len(at) == 1 and column in fields, (match, column, at)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        for i, row in enumerate(table):
            writer.writerow({**row, column: repr(value)} if i == at[0] else row)


def added_up(node, where, failures):
    """Nodes whose parts were added up, from this one down."""
    n = 0
    if node["aggregate"] is not None and node["split"] != "none":
        parts = [c["points_added"] for c in node["children"] if c["points_added"] is not None]
        gap = node["aggregate"] - node["baseline"] - sum(parts) - node["rule"] - node["rounding"]
        if not parts or abs(gap) > 1e-12 * max(1, abs(node["aggregate"])):
            failures.append(f"{where}, {node['id']}: contributions are {gap!r} from the score")
        n += 1
    return n + sum(added_up(c["made_of"], where, failures) for c in node["children"]
                   if (c.get("made_of") or {}).get("children"))


def contributions(methodology, file, unit, period, failures):
    """Of the unit, and of the first and the last that have a score."""
    rows = scores(methodology, file)
    units = [r["unit"] for r in rows
             if r["period"] == period and r["node"] == rows[0]["node"] and r["score"]]
    n = 0
    for one in (unit, units[0], units[-1]):
        when = ["--period", period] if period else []
        of = json.loads(run("explain", methodology, "--data", file, "--unit", one, *when, "--format",
                            "json", "-q"))
        n += added_up(of["node"], f"{methodology.name}, {one}", failures)
    if n < 3:
        failures.append(f"{methodology.name}: parts of {n} nodes only were added up")
    return n


def changes(methodology, file, unit, before, failures):
    """Nodes whose causes were added up."""
    of = json.loads(run("change", methodology, "--data", file, "--unit", unit, *before, "--format",
                        "json", "-q"))
    n = 0
    for node in of["nodes"]:
        if node["change"] is None or node["causes"]["own"] is None:
            continue
        gap = node["after"] - node["before"] - sum(node["causes"].values())
        if abs(gap) > 1e-12 * max(1, abs(node["after"])):
            failures.append(f"{methodology.name}, {node['node']}: causes are {gap!r} from the change")
        n += 1
    return n


def check(case, folder, failures):
    name, data, unit, match, called = case
    methodology, file = source / "methodologies" / name, shared / data
    if name == "asem":  # it does not ship: made from COINr's tables
        methodology = pathlib.Path(folder) / name
        run("import", "coinr", "--idata", file, "--imeta", file.with_name("asem_imeta.csv"), "-o",
            methodology, "-q")
    of = json.loads(run("priorities", methodology, "--data", file, "--unit", unit, "--reach", "100",
                        "--draws", "16", "--format", "json", "-q"))
    items = [i for i in of["priorities"] if i["end"] == "possible" and i["column"]][:MOST]
    with open(file, encoding="utf-8-sig", newline="") as text:
        table = list(csv.DictReader(text)) if items else []
    before = root(methodology, file, unit, of["period"])
    for item in items:
        changed = pathlib.Path(folder) / "changed.csv"
        column = called.format(item["column"])
        put(table, match, RENAMED.get(column, column), item["put_in"], changed)
        after = root(methodology, changed, unit, of["period"])
        gain = before[0] - after[0] if name in LOWER else after[0] - before[0]
        if gain != item["index_gain"] or after[1] != item["place_to"]:
            failures.append(f"{name}, {item['indicator']}: {gain!r}, {after[1]!r} came of {item}")
    n = 0
    if items:
        before = ["--before", methodology, "--before-data", changed]
        n += changes(methodology, file, unit, before, failures)
    if name in PANELS:
        n += changes(methodology, file, unit, [], failures)
    return len(items), contributions(methodology, file, unit, of["period"], failures), n


if not shared.is_dir():
    print(f"skipped: no {shared}")
    sys.exit(77)
failures = []
with tempfile.TemporaryDirectory() as folder:
    counts = {case[0]: check(case, folder, failures) for case in CASES}
print(f"indicators put into the data, sums of contributions, nodes of changes checked: {counts}")
print("\n".join(failures))
if any(sum(c[i] for c in counts.values()) < least for i, least in enumerate((12, 80, 30))):
    failures.append("too little was checked")
sys.exit(1 if failures else 0)
