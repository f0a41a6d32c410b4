#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""second_road.py MERA METHODOLOGY DATA: one result by two roads.

Scores a methodology here, slowly and in plain Python from its YAML and its data, and compares every
node, indicator, place and class with what `mera score` says, for the methodology as it stands and
for each of its variants. Nothing is shared with the engine. Knows what the shipped methodologies
use and stops at anything else.

Exit status 0 all agree, 1 something differs, 77 skipped: no PyYAML, or no data.
"""
import csv
import io
import math
import os
import re
import subprocess
import sys

TOLERANCE = 1e-9  # relative; the engine's own logarithms may differ from Python's in the last digit
SKIPPED = 77


def present(values):
    return [v for v in values if v is not None]


def median(values):
    v, n = sorted(values), len(values)
    return v[n // 2] if n % 2 else (v[n // 2 - 1] + v[n // 2]) / 2


# ---- the methodology --------------------------------------------------------------------------


def load(path):
    import yaml

    if os.path.isdir(path):
        path = os.path.join(path, "methodology.yaml")
    with open(path, encoding="utf-8") as f:
        tree = yaml.safe_load(f)
    if "extends" in tree:
        core = load(os.path.join(os.path.dirname(path), tree.pop("extends")))
        # an overlay scores only units that have what it adds to the core
        fresh = set(tree.get("indicators", {})) - set(core["indicators"]) if "overlay" in tree else set()
        tree = merged(core, tree)
        tree["fresh"] = fresh
    for at, value in tree.pop("set", {}).items():
        set_path(tree, at, value)
    return tree


def merged(base, over):
    """`over` on top of `base`: maps key by key, everything else replaced."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    return {**base, **{k: merged(base[k], v) if k in base else v for k, v in over.items()}}


def find_node(node, name):
    if node["id"] == name:
        return node
    for child in node.get("nodes", []):
        found = find_node(child, name)
        if found:
            return found
    return None


def set_path(tree, path, value):
    """Follows a path; below `framework` a segment may be the name of any node."""
    at, parts = tree, path.split(".")
    for part in parts[:-1]:
        if at is tree["framework"] or part == "framework":
            at = tree["framework"] if part == "framework" else (find_node(at, part) or at[part])
        else:
            at = at[part]
    last = parts[-1]
    if parts[-2] == "nodes":  # a node more
        assert not any(n["id"] == last for n in at), path
        at.append(dict(value, id=last))
        return
    if parts[-2] == "indicators" and parts[0] == "framework":  # perhaps an indicator more
        assert isinstance(at, dict) and last in tree["indicators"], path
        at[last] = value
        return
    if isinstance(at, list):  # children without weights
        raise SystemExit("cannot set '%s' in a list" % path)
    if last == "op" and isinstance(at.get("op"), str):
        at["op"] = value
    elif last not in at and last in ("weight", "title"):
        at[last] = value
    else:
        assert last in at, path
        at[last] = value


def with_variant(tree, name):
    variant = tree["variants"][name]
    for path, value in variant.get("set", {}).items():
        set_path(tree, path, value)
    tree["equal"] = variant.get("weights") == "equal"
    return tree


# ---- raw values -------------------------------------------------------------------------------


def number(text):
    text = text.strip()
    if text in ("", "NA", "-"):
        return None
    if text[0] == "<":
        return float(text[1:]) / 2  # censored: half
    return float(text)


class Data:
    """Cells are (period, unit), flat; periods and units in the order of the engine's output."""

    def __init__(self, tree, path):
        units = tree["units"]
        self.key, self.period = units["key"], units.get("period")
        out = set(map(str, units.get("exclude", [])))
        with open(path, encoding="utf-8-sig", newline="") as f:
            rows = [r for r in csv.DictReader(f) if r[self.key] not in out]
        self.units = list(dict.fromkeys(r[self.key] for r in rows))
        self.periods = sorted(set(r[self.period] for r in rows)) if self.period else [str(tree["period"])]
        where = {(p, u): i for i, (p, u) in enumerate((p, u) for p in self.periods for u in self.units)}
        self.cells = list(where)
        self.row = [None] * len(where)
        for r in rows:
            self.row[where[(r[self.period] if self.period else self.periods[0], r[self.key])]] = r

    def column(self, name):
        return [None if r is None else number(r[name]) for r in self.row]

    def attribute(self, name):
        return ["" if r is None else r[name] for r in self.row]


def formula(data, text):
    text = re.sub(r'column\("(\w+)"\)', r"\1", text)
    names = sorted(set(re.findall(r"[A-Za-z_]\w*", text)) - {"sum"})
    columns = [data.column(n) for n in names]
    out = []
    for cell in zip(*columns):
        scope = dict(zip(names, cell), sum=lambda *v: math.fsum(v))
        try:
            out.append(None if None in cell else eval(text, {"__builtins__": {}}, scope))
        except ZeroDivisionError:
            out.append(None)
    return out


def heating_load(data):
    columns = [data.column(c) for c in ("heating_degree_days", "heated_area", "population")]
    return [None if None in c else c[0] * c[1] / c[2] / 1000 for c in zip(*columns)]


def frost_load(data):
    cells = zip(data.column("frost_days"), data.column("wind_speed"))
    return [None if None in c else min(365, c[0] * (1 + 0.1 * max(0, c[1] - 2))) for c in cells]


def season_share(data):
    cells = zip(data.column("heating_days"), data.column("permafrost_share"))
    return [None if days is None else min(365, days + (20 if (frozen or 0) >= 50 else 0)) / 365 * 100
            for days, frozen in cells]


CLIMATE = {"climate." + f.__name__: f for f in (heating_load, frost_load, season_share)}


def raw(data, name, indicator):
    if "from" in indicator:
        return CLIMATE[indicator["from"]](data)
    if "formula" in indicator:
        x = formula(data, indicator["formula"])
    else:
        x = data.column(indicator.get("column", name))
    if "denominate" in indicator:
        by, per = data.column(indicator["denominate"]["by"]), indicator["denominate"]["per"]
        x = [None if a is None or not b else a / b * per for a, b in zip(x, by)]
    return x


# ---- steps ------------------------------------------------------------------------------------


def shape(v):
    """Skewness G1 and excess kurtosis G2, unbiased for a normal sample."""
    n, mean = len(v), math.fsum(v) / len(v)
    m2, m3, m4 = (math.fsum((x - mean) ** k for x in v) / n for k in (2, 3, 4))
    g1, g2 = m3 / m2**1.5, m4 / m2**2 - 3
    return (g1 * math.sqrt(n * (n - 1)) / (n - 2),
            (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6))


def winsorised(x, use):
    """The bounds after pulling in the outermost values until the shape is tame."""
    v, pulled = sorted(x), 0
    low, high = v[0], v[-1]
    while pulled < use["max_points"]:
        g1, g2 = shape(v)
        if abs(g1) < use["skewness"] or g2 < use["kurtosis"]:
            break
        if g1 >= 0:
            high = max(a for a in v if a < v[-1])
        else:
            low = min(a for a in v if a > v[0])
        v = sorted(min(max(a, low), high) for a in x)
        pulled = sum(a < low or a > high for a in x)
    return low, high


def sets(data, use):
    """Reference sets: lists of cells that are fitted together."""
    if use.get("reference", {}).get("period") == "all":
        return [range(len(data.cells))]
    n = len(data.units)
    return [range(p * n, (p + 1) * n) for p in range(len(data.periods))]


def treated(data, x, use):
    y = list(x)
    for cells in sets(data, use):
        v = present(x[c] for c in cells)
        if use["op"] == "log":
            for c in cells:
                y[c] = None if x[c] is None else math.log(x[c] + use.get("shift", 0))
        elif use["op"] == "winsorise":
            low, high = winsorised(v, use) if len(v) > 3 else (-math.inf, math.inf)
            for c in cells:
                y[c] = None if x[c] is None else min(max(x[c], low), high)
        else:
            raise SystemExit("no second road for treat " + use["op"])
    return y


def exponential(v, a):
    place, n = 1 + sum(b > a for b in v), len(v)
    return -23 * math.log(1 - (n + 1 - place) / n * (1 - math.exp(-100 / 23)))


def normalised(data, x, indicator, use):
    direction = indicator.get("direction", "lower")
    posts = indicator.get("goalposts")
    if isinstance(direction, dict):
        a, b = direction["target"]
        x, sign = [None if v is None else -max(a - v, v - b, 0.0) for v in x], 1
    else:
        sign = 1 if direction == "higher" else -1
    take = math.log if use.get("log") else float
    x = [None if v is None else sign * take(v) for v in x]  # higher is better from here on
    y = [None] * len(x)
    for cells in sets(data, use):
        v = present(x[c] for c in cells)
        if not v:
            continue
        low, high = sorted(sign * take(p) for p in posts) if posts else (min(v), max(v))
        for c in cells:
            if x[c] is None:
                continue
            if use["op"] == "exponential.rank":
                y[c] = exponential(v, x[c])
                continue
            y[c] = 100 * (x[c] - low) / (high - low)
            y[c] = min(y[c], 100) if use.get("clamp") == "above" else y[c]
    return y


def imputed(data, x, keep, grouping):
    group = data.attribute(grouping)
    fill = {}
    for g in set(group):
        own = present(v for v, h in zip(x, group) if h == g)
        fill[g] = median(own) if own else median(present(x))
    return [fill[g] if v is None and k else v for v, g, k in zip(x, group, keep)]


def points(tree, data, keep, name):
    steps, indicator = tree["steps"], tree["indicators"][name]
    x = [v if k else None for v, k in zip(raw(data, name, indicator), keep)]
    if "impute" in steps:
        x = imputed(data, x, keep, tree["units"]["groups"][steps["impute"]["by"]])
    x = treated(data, x, indicator.get("treat", steps["treat"]))
    use, own = steps["normalise"], indicator.get("normalise", {})
    if "op" in own and own["op"] != use["op"]:
        use = own
    return normalised(data, x, indicator, dict(use, **own))


# ---- the tree ---------------------------------------------------------------------------------


def mean(op, parts, total):
    if op == "arithmetic":
        return math.fsum(w * x for x, w in parts) / total
    if op == "geometric":
        return math.exp(math.fsum(w * math.log(x) for x, w in parts) / total)
    if op == "harmonic":
        return total / math.fsum(w / x for x, w in parts)
    raise SystemExit("no second road for aggregate " + op)


def below_of(node):
    """Indicators in the node and below it."""
    return list(node.get("indicators", {})) + [i for c in node.get("nodes", []) for i in below_of(c)]


def score(tree, node, leaves, keep, out):
    children = [(score(tree, c, leaves, keep, out), c.get("weight", 1)) for c in node.get("nodes", [])]
    below = node.get("indicators", {})
    below = dict.fromkeys(below, 1) if isinstance(below, list) else below
    children += [(leaves[i], w) for i, w in below.items()]
    if tree.get("equal"):
        children = [(x, 1) for x, _ in children]
    use = dict(tree["steps"]["aggregate"], **node.get("aggregate", {}))
    missing = dict(tree["steps"]["aggregate"]["missing"], **node.get("aggregate", {}).get("missing", {}))
    if node.get("missing") == "propagate":
        missing = {"rule": "propagate", "min_present": 1}
    whole = math.fsum(w for _, w in children)
    y = []
    for c, k in enumerate(keep):
        parts = [(max(x[c], use.get("floor", -math.inf)), w) for x, w in children if x[c] is not None and w > 0]
        total = math.fsum(w for _, w in parts)
        enough = k and total > 0 and total / whole >= missing["min_present"] - 1e-12
        y.append(mean(use["op"], parts, total) if enough else None)
    lacking = [tree["raws"][i] for i in below_of(node) if i in tree.get("fresh", ())]
    y = [None if any(x[c] is None for x in lacking) else v for c, v in enumerate(y)]
    out[node["id"]] = y
    return y


def run(tree, data):
    raws = {i: raw(data, i, d) for i, d in tree["indicators"].items()}
    tree["raws"] = raws
    screen = tree["steps"]["screen"]
    keep = [len(present(x[c] for x in raws.values())) / len(raws) >= screen["unit_coverage"]
            for c in range(len(data.cells))]
    for i, x in raws.items():
        share = len(present(v for v, k in zip(x, keep) if k)) / sum(keep)
        assert share >= screen.get("indicator_coverage", 0), "no second road for a screened " + i
    out = {i: points(tree, data, keep, i) for i in raws}
    score(tree, tree["framework"], out, keep, out)
    return out


# ---- the comparison ---------------------------------------------------------------------------


def differs(mine, text):
    if mine is None or text == "":
        return (mine is None) != (text == "")
    return abs(mine - float(text)) > TOLERANCE * max(1, abs(mine))


def compare(mera, path, file, variant):
    tree = load(path)
    tree = with_variant(tree, variant) if variant else tree
    data = Data(tree, file)
    mine = run(tree, data)
    command = [mera, "score", path, "--data", file, "--format", "csv", "--indicators", "--quiet"]
    command += ["--variant", variant] if variant else []
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
    where = {cell: i for i, cell in enumerate(data.cells)}
    n = wrong = 0
    for row in csv.DictReader(io.StringIO(text)):
        x = mine[row["node"]][where[(row["period"], row["unit"])]]
        n += 1
        if differs(x, row["score"]):
            wrong += 1
            if wrong <= 5:
                print("  %(unit)s %(period)s %(node)s: mera %(score)s," % row, "here", x)
    expected = len(mine) * len(data.cells)
    print("%-12s %7d scores, %d differ" % (variant or "as it is", n, wrong))
    if n != expected:
        print("  expected %d scores" % expected)
    return wrong + (n != expected)


def main():
    mera, path, file = sys.argv[1:]
    try:
        import yaml  # noqa: F401
    except ImportError:
        print("skipped: PyYAML (python3-yaml) is not there")
        return SKIPPED
    if not os.path.exists(file):
        print("skipped: %s is not there" % file)
        return SKIPPED
    variants = [None] + list(load(path).get("variants", {}))
    return 1 if sum(compare(mera, path, file, v) for v in variants) else 0


if __name__ == "__main__":
    sys.exit(main())
