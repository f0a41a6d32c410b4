#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The made-up index of reference.py, and the methods it uses, in plain Python."""
import csv
import math
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "cases")
ROOT = "tests/conformance/cases/inputs/"
NA = None

# ---- the data ------------------------------------------------------------------------------

LEVELS = ["Indicator", "Pillar", "Half", "Whole"]
TREE = {  # child: parent
    "road": "Pb", "rail": "Pb", "Sea": "Pb", "wage": "Pa", "jobs": "Pa", "debt": "Pa",
    "air": "Pd", "noise": "Pd", "park": "Pc", "tree": "Pc", "bird": "Pc",
    "Pa": "H1", "Pb": "H1", "Pc": "H2", "Pd": "H2", "H1": "W", "H2": "W", "W": None,
}
LEVEL = {c: 1 if c[0].islower() or c == "Sea" else {"P": 2, "H": 3, "W": 4}[c[0]] for c in TREE}
DIRECTION = {c: -1 if c in ("debt", "noise", "air") else 1 for c in TREE}
WEIGHT = {"road": 2, "rail": 1, "Sea": 0.5, "wage": 3, "jobs": 1, "debt": 1.5, "air": 1, "noise": 2,
          "park": 1, "tree": 1, "bird": 4, "Pa": 1, "Pb": 2, "Pc": 3, "Pd": 1, "H1": 2, "H2": 1, "W": 1}
ALTERNATIVE = {c: 1 + (i * 7 % 5) / 4 for i, c in enumerate(TREE)}
DENOMINATOR = {"road": "Area", "wage": "People"}
IND = [c for c in TREE if LEVEL[c] == 1]
AGG = [c for c in TREE if LEVEL[c] > 1]
UNITS = ["U%02d" % i for i in range(1, 15)]
YEARS = [2015, 2016, 2018, 2019]
rng = random.Random(20)


def make():
    """Raw data of one year, of a panel, and what is outside the framework."""
    base = {u: {} for u in UNITS}
    for i, u in enumerate(UNITS):
        common = rng.uniform(0, 1)
        for j, c in enumerate(IND):
            x = common * 3 * DIRECTION[c] + rng.uniform(1, 5) + 4
            base[u][c] = round(math.exp(x / 2) if c in ("wage", "park") else x, 3)
        base[u]["Area"] = round(rng.uniform(10, 99), 1)
        base[u]["People"] = round(rng.uniform(1, 40), 2)
        base[u]["Zone"] = [None, "north", "south", "west"][0 if i == 9 else 1 + i % 3]
        base[u]["Size"] = "ls"[i % 2]
    base["U03"]["wage"] = 4000.0
    base["U05"]["bird"] = 77.5
    base["U08"]["bird"] = 77.5
    base["U11"]["jobs"] = base["U02"]["jobs"]
    base["U06"]["rail"] = base["U13"]["rail"] = 0.0
    panel = {}
    for t, year in enumerate(YEARS):
        for u in UNITS[:10]:
            if u == "U07" and year == 2015:
                continue
            row = dict(base[u])
            for c in IND:
                row[c] = round(base[u][c] * (1 + 0.03 * t + rng.uniform(-0.05, 0.05)), 3)
                if rng.random() < 0.12:
                    row[c] = NA
            panel[year, u] = row
    gaps = {u: dict(r) for u, r in base.items()}
    for u, c in [("U01", "road"), ("U01", "rail"), ("U04", "wage"), ("U04", "air"), ("U04", "noise"),
                 ("U09", "park"), ("U09", "tree"), ("U09", "bird"), ("U09", "jobs"), ("U09", "debt"),
                 ("U12", "Sea"), ("U14", "debt")]:
        gaps[u][c] = NA
    return base, gaps, panel


FULL, GAPS, PANEL = make()
OUTSIDE = ["Area", "People", "Zone", "Size"]


def text(x):
    if x is None or (isinstance(x, float) and math.isnan(x)):
        return ""
    if isinstance(x, bool):
        return "TRUE" if x else "FALSE"
    return "%.17g" % x if isinstance(x, (int, float)) else x


def write(path, header, rows):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        w.writerows([[text(x) for x in r] for r in rows])


def write_inputs():
    at = os.path.join(OUT, "inputs")
    cols = OUTSIDE + IND
    for name, data in (("idata", FULL), ("idata_gaps", GAPS)):
        rows = [["Name of " + u, u] + [data[u][c] for c in cols] for u in reversed(UNITS)]
        write(f"{at}/{name}.csv", ["uName", "uCode"] + cols, rows)
    write(f"{at}/panel.csv", ["uName", "uCode", "Time"] + cols,
          [["Name of " + u, u, y] + [r[c] for c in cols] for (y, u), r in PANEL.items()])
    head = ["iCode", "iName", "Parent", "Level", "Direction", "Weight", "Unit", "Target",
            "Denominator", "Type", "minmax_lower", "minmax_upper", "zscore_mean", "zscore_sd",
            "goalpost_lower", "goalpost_upper", "goalpost_scale", "goalpost_trunc2posts",
            "scaled_lower", "scaled_upper", "scale_factor", "dist2targ_cap_max"]
    rows = []
    for i, c in enumerate(TREE):
        ind = LEVEL[c] == 1
        rows.append([c, "The " + c, TREE[c], LEVEL[c], DIRECTION[c], WEIGHT[c], "pt" if ind else NA,
                     TARGET[c] if ind else NA, DENOMINATOR.get(c), "Indicator" if ind else "Aggregate"]
                    + ([*IMETA[c]] if ind else [NA] * 12))
    for c in OUTSIDE:
        rows.append([c, "The " + c] + [NA] * 7 + ["Denominator" if c in ("Area", "People") else "Group"]
                    + [NA] * 12)
    write(f"{at}/imeta.csv", head, rows)
    write(f"{at}/weights.csv", ["iCode", "Level", "Weight"],
          [[c, LEVEL[c], ALTERNATIVE[c]] for c in TREE])
    write(f"{at}/denomby.csv", ["iCode", "Denominator", "ScaleFactor"],
          [["Sea", "Area", 1], ["jobs", "People", 1000]])
    write(f"{at}/denoms.csv", ["uCode", "Area", "People"],
          [[u, FULL[u]["Area"] + 1, FULL[u]["People"] * 2] for u in reversed(UNITS)])
    write(f"{at}/force.csv", ["uCode", "Include"], [["U09", True], ["U02", False]])


def low_high(c):
    x = sorted(FULL[u][c] for u in UNITS)
    return x[2], x[-3]


TARGET = {c: low_high(c)[1 if DIRECTION[c] > 0 else 0] for c in IND}
IMETA = {c: [i, 10 + 10 * i, 5 * i, 1 + i, *low_high(c), [1, 10, 100][i % 3], i % 2 == 0,
             i / 2, 20 + i, [50, 100][i % 2], i % 3 == 0] for i, c in enumerate(IND)}

# ---- definitions ---------------------------------------------------------------------------


def known(x):
    return [v for v in x if v is not None]


def mean(x):
    return math.fsum(x) / len(x)


def median(x):
    s = sorted(x)
    n = len(s)
    return s[n // 2] if n % 2 else (s[n // 2 - 1] + s[n // 2]) / 2


def sd(x):
    m = mean(x)
    return math.sqrt(math.fsum((v - m) ** 2 for v in x) / (len(x) - 1))


def skew(x):
    n, m = len(x), mean(x)
    s2 = math.fsum((v - m) ** 2 for v in x)
    g = math.sqrt(n) * math.fsum((v - m) ** 3 for v in x) / s2 ** 1.5
    return g * math.sqrt(n * (n - 1)) / (n - 2)


def kurt(x):
    n, m = len(x), mean(x)
    s2 = math.fsum((v - m) ** 2 for v in x)
    r = n * math.fsum((v - m) ** 4 for v in x) / s2 ** 2
    return ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def each(x, f):
    return [None if v is None else f(v) for v in x]


def ranks(x, ties="min"):
    """Rising; missing stay missing."""
    k = known(x)

    def of(i, v):
        less, equal = sum(w < v for w in k), sum(w == v for w in k)
        before = sum(w == v for w in x[:i])
        return less + {"min": 1, "max": equal, "average": (equal + 1) / 2, "first": before + 1,
                       "last": equal - before}[ties]
    return [None if v is None else of(i, v) for i, v in enumerate(x)]


def places(x):
    """Falling, ties the least."""
    k = known(x)
    return each(x, lambda v: 1 + sum(w > v for w in k))


def minmax(x, l=0, u=100):
    a, b = min(known(x)), max(known(x))
    return each(x, lambda v: (v - a) / (b - a) * (u - l) + l)


def zscore(x, m=0, s=1):
    a, b = mean(known(x)), sd(known(x))
    return each(x, lambda v: (v - a) / b * s + m)


def cut(v, cap):
    return min(v, 1) if cap else v


def dist2(x, ref, cap):
    a = min(known(x))
    return each(x, lambda v: cut((v - a) / (ref - a), cap))


def goalposts(x, lo, hi, scale, trunc=True):
    def one(v):
        y = (v - lo) / (hi - lo)
        return (min(max(y, 0), 1) if trunc else y) * scale
    return each(x, one)


def log_ct(x):
    a, b = min(known(x)), max(known(x))
    return each(x, lambda v: math.log(v - a + 0.01 * (b - a)))


def log_ct_plus(x):
    if skew(known(x)) > 0:
        return log_ct(x)
    a, b = min(known(x)), max(known(x))
    return each(x, lambda v: -math.log(b + 0.01 * (b - a) - v))


def log_ct_orig(x):
    a = min(known(x))
    return each(x, lambda v: math.log(v - a + 1))


def boxcox(x, lam):
    a = min(known(x))
    return each(x, lambda v: math.log(v - a + 1) if lam == 0 else ((v - a + 1) ** lam - 1) / lam)


def passes(x, s=2, k=3.5):
    return abs(skew(known(x))) < s or kurt(known(x)) < k


def winsorise(x, winmax, s=2, k=3.5, force=False):
    x, hi, lo = list(x), set(), set()
    while (force or not passes(x, s, k)) and len(hi) + len(lo) < winmax:
        if skew(known(x)) >= 0:
            top = max(known(x))
            hi = {i for i, v in enumerate(x) if v == top}
            x = [max(w for w in known(x) if w != top) if i in hi else v for i, v in enumerate(x)]
        else:
            low = min(known(x))
            lo = {i for i, v in enumerate(x) if v == low}
            x = [min(w for w in known(x) if w != low) if i in lo else v for i, v in enumerate(x)]
    return x, len(hi) + len(lo), ["winhi" if i in hi else "winlo" if i in lo else "" for i in range(len(x))]


def treat(x, f1, f2, s, k, combine=False):
    """Values, table of details, marks; f1 and f2 give (values, points or None, marks)."""
    row = [passes(x, s, k), skew(known(x)), kurt(known(x))]
    if row[0]:
        return x, row, [""] * len(x)
    y, points, marks = f1(x)
    row += [points, passes(y, s, k), skew(known(y)), kurt(known(y))]
    if row[4] or f2 is None:
        return y, row, marks
    z, _, more = f2(y if combine else x)
    row += [passes(z, s, k), skew(known(z)), kurt(known(z))]
    return z, row, [b and a + "+" + b or a for a, b in zip(marks, more)]


def wmean(x, w, f, g):
    p = [(v, b) for v, b in zip(x, w) if v is not None]
    return g(math.fsum(b * f(v) for v, b in p) / math.fsum(b for _, b in p)) if p else None


def amean(x, w):
    return wmean(x, w, lambda v: v, lambda v: v)


def gmean(x, w):
    return wmean(x, w, math.log, math.exp)


def hmean(x, w):
    return wmean(x, w, lambda v: 1 / v, lambda v: 1 / v)


def genmean(p):
    return lambda x, w: wmean(x, w, lambda v: v ** p, lambda v: v ** (1 / p))


def copeland(columns, w):
    n = len(columns[0])
    out = []
    for a in range(n):
        score = 0
        for b in range(n):
            lead = math.fsum(wj * ((c[a] > c[b]) + (c[a] == c[b]) / 2) for c, wj in zip(columns, w)) / sum(w)
            score += (lead > 0.5 + 1e-12) - (lead < 0.5 - 1e-12) if a != b else 0
        out.append(score)
    return out


def children(code):
    """As COINr has them: by level, then parent, then as in the file."""
    return [c for c in ORDER if TREE[c] == code]


ORDER = sorted(TREE, key=lambda c: (LEVEL[c], TREE[c] or "~", list(TREE).index(c)))


def aggregate(data, how, w, thresh=None, by_df=()):
    """how, w: a function and weights for each level from 2 up."""
    data = dict(data)
    for level in (2, 3, 4):
        f, wl = how[level - 2], w[level - 2]
        for code in [c for c in ORDER if LEVEL[c] == level]:
            kids = children(code)
            weights = [wl[c] if wl else 1 for c in kids]
            cols = [data[c] for c in kids]
            if level in by_df:
                data[code] = f(cols, weights)
                continue
            rows = list(zip(*cols))
            least = None if thresh is None else thresh[level - 2]
            data[code] = [None if least is not None and len(known(r)) / len(r) < least
                          else f(r, weights) for r in rows]
    return data


def pearson(x, y):
    p = [(a, b) for a, b in zip(x, y) if a is not None and b is not None]
    a, b = mean([v[0] for v in p]), mean([v[1] for v in p])
    xy = math.fsum((u - a) * (v - b) for u, v in p)
    return xy / math.sqrt(math.fsum((u - a) ** 2 for u, _ in p) * math.fsum((v - b) ** 2 for _, v in p))


def spearman(x, y):
    p = [(a, b) for a, b in zip(x, y) if a is not None and b is not None]
    return pearson(ranks([v[0] for v in p], "average"), ranks([v[1] for v in p], "average"))


def kendall(x, y):
    p = [(a, b) for a, b in zip(x, y) if a is not None and b is not None]
    s = t = u = 0
    for i in range(len(p)):
        for j in range(i):
            dx = (p[i][0] > p[j][0]) - (p[i][0] < p[j][0])
            dy = (p[i][1] > p[j][1]) - (p[i][1] < p[j][1])
            s, t, u = s + dx * dy, t + (dx != 0), u + (dy != 0)
    return s / math.sqrt(t * u)


def covariance(x, y):
    p = [(a, b) for a, b in zip(x, y) if a is not None and b is not None]
    a, b = mean([v[0] for v in p]), mean([v[1] for v in p])
    return math.fsum((u - a) * (v - b) for u, v in p) / (len(p) - 1)


def eigen(m):
    """Jacobi's rotations: values falling, vectors as rows."""
    n = len(m)
    m = [list(r) for r in m]
    v = [[float(i == j) for j in range(n)] for i in range(n)]
    for _ in range(100):
        for p in range(n):
            for q in range(p + 1, n):
                if abs(m[p][q]) < 1e-300:
                    continue
                t = (m[q][q] - m[p][p]) / (2 * m[p][q])
                t = math.copysign(1, t) / (abs(t) + math.sqrt(t * t + 1))
                c = 1 / math.sqrt(t * t + 1)
                s = t * c
                for k in range(n):
                    a, b = m[k][p], m[k][q]
                    m[k][p], m[k][q] = c * a - s * b, s * a + c * b
                for k in range(n):
                    a, b = m[p][k], m[q][k]
                    m[p][k], m[q][k] = c * a - s * b, s * a + c * b
                for k in range(n):
                    a, b = v[k][p], v[k][q]
                    v[k][p], v[k][q] = c * a - s * b, s * a + c * b
    order = sorted(range(n), key=lambda i: -m[i][i])
    return [m[i][i] for i in order], [[v[k][i] for k in range(n)] for i in order]


def quantile(x, q):
    s = sorted(x)
    h = (len(s) - 1) * q
    i = math.floor(h)
    return s[i] + (h - i) * (s[min(i + 1, len(s) - 1)] - s[i])
