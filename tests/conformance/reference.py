#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the cases of tests/conformance/cases: a small made-up index, COINr's steps and calls over
it with settings that COINr's own published results do not show, and what they give.

The numbers are made here from the definitions (of COINr's manual and the textbook), in plain
Python, apart from mera: a second opinion, not mera's own answer written down.

    tests/conformance/reference.py     writes ./cases anew, beside this file
"""
import json
import math
import os
import shutil

from reference_methods import *  # noqa: F403 -- the vocabulary of the cases

# ---- cases ---------------------------------------------------------------------------------

index = []


def case(family, name, data, steps, outputs, call=None, tolerance="rel 1e-9", inputs=None):
    at = os.path.join(OUT, family)
    files = {}
    for out, (header, rows) in outputs.items():
        file = name + (".csv" if out == "main" else "." + out + ".csv")
        write(os.path.join(at, file), header, rows)
        files[out] = {"file": file, "rows": len(rows), "columns": len(header)}
    side = {"id": name, "family": family,
            "input": inputs or {"iData": ROOT + data + ".csv", "iMeta": ROOT + "imeta.csv",
                                "weights": {"Other": ROOT + "weights.csv"}},
            "steps": [{"op": op, "args": args} for op, args in steps]}
    if call:
        side["call"] = call if isinstance(call, dict) else {"fn": call[0], "args": call[1]}
    side["outputs"] = files
    side["tolerance"] = tolerance
    with open(os.path.join(at, name + ".json"), "w") as f:
        json.dump(side, f, indent=1)
        f.write("\n")
    index.append([name, family, f"{family}/{name}.json", ";".join(v["file"] for v in files.values()),
                  False, ""])


NEW = ("new_coin", {"level_names": LEVELS})
BY = {"idata": FULL, "idata_gaps": GAPS}


def raw(data):
    return {c: [BY[data][u][c] for u in UNITS] for c in IND}


def sheet(data, codes, units=UNITS):
    return ["uCode"] + codes, [[u] + [data[c][i] for c in codes] for i, u in enumerate(units)]


def directed(data):
    return {c: each(data[c], lambda v, c=c: v * DIRECTION[c]) for c in IND}


def normalise_cases():
    def one(name, data, spec, f, **more):
        d = directed(raw(data))
        if "directions" in more:
            d = {c: each(raw(data)[c], lambda v, c=c: v * more["turn"][c]) for c in IND}
            more = {"directions": more["directions"]}
        case("normalise", name, data, [NEW, ("Normalise", {"dset": "Raw", "global_specs": spec, **more})],
             {"main": sheet({c: f(c, d[c]) for c in IND}, IND)})
    turn = {c: 1 if i % 2 else -1 for i, c in enumerate(IND)}
    one("minmax_5_7", "idata_gaps", {"f_n": "n_minmax", "f_n_para": {"l_u": [5, 7]}},
        lambda c, x: minmax(x, 5, 7))
    one("minmax_default_directions", "idata_gaps", None, lambda c, x: minmax(x), turn=turn,
        directions={"iCode": IND, "Direction": [turn[c] for c in IND]})
    one("zscore_50_10", "idata_gaps", {"f_n": "n_zscore", "f_n_para": {"m_sd": [50, 10]}},
        lambda c, x: zscore(x, 50, 10))
    one("scaled_factor", "idata_gaps",
        {"f_n": "n_scaled", "f_n_para": {"npara": [2, 12], "scale_factor": 10}},
        lambda c, x: each(x, lambda v: (v - 2) / 10 * 10))
    one("scaled_default", "idata", {"f_n": "n_scaled"}, lambda c, x: x)
    for ties in ("first", "last", "average"):
        one("rank_" + ties, "idata_gaps", {"f_n": "n_rank", "f_n_para": {"ties.method": ties}},
            lambda c, x, t=ties: ranks(x, t))
    one("borda_default", "idata_gaps", {"f_n": "n_borda"}, lambda c, x: each(ranks(x), lambda v: v - 1))
    for ties in ("max", "last"):
        one("prank_" + ties, "idata_gaps", {"f_n": "n_prank", "f_n_para": {"ties.method": ties}},
            lambda c, x, t=ties: each(ranks(x, t), lambda v: (v - 1) / (len(known(x)) - 1)))
    one("dist2max_gaps", "idata_gaps", {"f_n": "n_dist2max"}, lambda c, x: minmax(x, 0, 1))
    one("dist2ref_2_cap", "idata_gaps", {"f_n": "n_dist2ref", "f_n_para": {"iref": 2, "cap_max": True}},
        lambda c, x: dist2(x, x[1], True))
    one("dist2targ_imeta", "idata_gaps", {"f_n": "n_dist2targ", "f_n_para": "use_iMeta"},
        lambda c, x: dist2(x, TARGET[c] * DIRECTION[c], IMETA[c][11]))

    def posts(c, x):
        lo, hi, scale, trunc = IMETA[c][4:8]
        lo, hi = (lo, hi) if DIRECTION[c] > 0 else (-hi, -lo)
        return goalposts(x, lo, hi, scale, trunc)

    def scaled(c, x):
        lo, hi, factor = IMETA[c][8:11]
        lo, hi = (lo, hi) if DIRECTION[c] > 0 else (-hi, -lo)
        return each(x, lambda v: (v - lo) / (hi - lo) * factor)
    for name, f_n, f in (("goalposts", "n_goalposts", posts), ("scaled", "n_scaled", scaled),
                         ("zscore", "n_zscore", lambda c, x: zscore(x, *IMETA[c][2:4])),
                         ("minmax", "n_minmax", lambda c, x: minmax(x, *IMETA[c][0:2]))):
        one(name + "_imeta", "idata_gaps", {"f_n": f_n, "f_n_para": "use_iMeta"}, f)
    one("indiv", "idata", {"f_n": "n_zscore", "f_n_para": {"m_sd": [0, 1]}},
        lambda c, x: {"road": lambda: goalposts(x, 6, 9, 50, False), "air": lambda: x,
                      "bird": lambda: each(ranks(x, "max"), lambda v: v - 1)}.get(c, lambda: zscore(x))(),
        indiv_specs={"road": {"f_n": "n_goalposts", "f_n_para": {"gposts": [6, 9, 50], "trunc2posts": False}},
                     "air": {"f_n": "none"}, "bird": {"f_n": "n_borda", "f_n_para": {"ties.method": "max"}}})
    d = directed(raw("idata_gaps"))
    case("normalise", "qnormalise_zscore", "idata_gaps",
         [NEW, ("qNormalise", {"dset": "Raw", "f_n": "n_zscore", "f_n_para": {"m_sd": [1, 2]}})],
         {"main": sheet({c: zscore(d[c], 1, 2) for c in IND}, IND)})


def impute_cases():
    x = raw("idata_gaps")

    def fill(col, v):
        return [v if a is None else a for a in col]

    def by_group(col, group, f):
        g = [GAPS[u][group] for u in UNITS]
        return [f([b for b, h in zip(known2(col), g) if h == g[i] and b is not None])
                if a is None and g[i] is not None else a for i, a in enumerate(col)]

    def known2(col):
        return col

    def rows(codes, f, first=True):
        d = {c: minmax(each(x[c], lambda v, c=c: v * DIRECTION[c]), 0, 1) if first else x[c] for c in codes}
        out = {c: list(x[c]) for c in codes}
        for i in range(len(UNITS)):
            k = known([d[c][i] for c in codes])
            for c in codes:
                if x[c][i] is None and k:
                    v = f(k)
                    if first:
                        t = each(x[c], lambda v, c=c: v * DIRECTION[c])
                        v = (v * (max(known(t)) - min(known(t))) + min(known(t))) * DIRECTION[c]
                    out[c][i] = v
        return out

    def one(name, args, table):
        case("impute", name, "idata_gaps", [NEW, ("Impute", {"dset": "Raw", **args})],
             {"main": sheet(table, IND)})
    one("median", {"f_i": "i_median"}, {c: fill(x[c], median(known(x[c]))) for c in IND})
    one("mean_default", {}, {c: fill(x[c], mean(known(x[c]))) for c in IND})
    one("mean_grp_zone", {"f_i": "i_mean_grp", "use_group": "Zone"},
        {c: by_group(x[c], "Zone", mean) for c in IND})
    one("median_grp_size", {"f_i": "i_median_grp", "use_group": "Size"},
        {c: by_group(x[c], "Size", median) for c in IND})
    one("row_median_all", {"f_i": "i_median", "impute_by": "row"}, rows(IND, median))
    one("row_mean_plain", {"f_i": "i_mean", "impute_by": "row", "normalise_first": False},
        rows(IND, mean, False))
    level3 = {}
    for half in ("H1", "H2"):
        level3.update(rows([c for c in IND if TREE[TREE[c]] == half], mean))
    one("row_mean_level3", {"f_i": "i_mean", "impute_by": "row", "group_level": 3}, level3)
    one("disabled", {"f_i": "i_mean", "disable": True}, x)


def panel_fill(kind, series, max_time=None):
    """Of (year, value) in order: values."""
    t = [a for a, _ in series]
    y = [b for _, b in series]
    out = []
    for i, v in enumerate(y):
        left = [j for j in range(i) if y[j] is not None]
        right = [j for j in range(i + 1, len(y)) if y[j] is not None]
        if v is not None:
            out.append(v)
        elif kind == "latest":
            ok = left and (max_time is None or YEARS.index(t[i]) - YEARS.index(t[left[-1]]) <= max_time)
            out.append(y[left[-1]] if ok else None)
        elif left and right and kind != "constant":
            a, b = left[-1], right[0]
            out.append(y[a] + (y[b] - y[a]) * (t[i] - t[a]) / (t[b] - t[a]))
        elif kind == "linear":
            out.append(None)
        else:
            out.append(y[left[-1]] if left else y[right[0]] if right else None)
    return out


def panel_table(data, codes):
    keys = sorted(PANEL)
    return ["Time", "uCode"] + codes, [[y, u] + [data[c][y, u] for c in codes] for y, u in keys]


def panel_imputed(kind, max_time=None):
    out = {c: {} for c in IND}
    for c in IND:
        for u in UNITS[:10]:
            s = [(y, PANEL[y, u][c]) for y in YEARS if (y, u) in PANEL]
            for (y, _), v in zip(s, panel_fill(kind, s, max_time)):
                out[c][y, u] = v
    return out


def panel_cases():
    new = ("new_coin", {"level_names": LEVELS, "split_to": "all"})
    steps = {"linear": ("linear", None), "constant": ("constant", None), "latest_1": ("latest", 1)}
    for name, (kind, most) in steps.items():
        para = {"imp_type": kind}
        if most:
            para["max_time"] = most
        case("panel", "impute_" + name, "panel",
             [new, ("Impute", {"dset": "Raw", "f_i": "impute_panel", "f_i_para": para})],
             {"imputed": panel_table(panel_imputed(kind, most), IND)})
    case("impute_panel", "constant", None, [],
         {"main": panel_table(panel_imputed("constant"), IND)},
         {"fn": "impute_panel", "args": {"imp_type": "constant", "max_time": None}},
         inputs={"iData": ROOT + "panel.csv"})
    full = panel_imputed("linear-constant")
    prep = [new, ("Impute", {"dset": "Raw", "f_i": "impute_panel", "f_i_para": {"imp_type": "linear-constant"}})]
    keys = sorted(PANEL)

    def normalised(f, apart):
        out = {c: {} for c in IND}
        for c in IND:
            for block in ([[k for k in keys if k[0] == y] for y in YEARS] if apart else [keys]):
                for k, v in zip(block, f([full[c][k] * DIRECTION[c] for k in block])):
                    out[c][k] = v
        return out

    def scored(d, f):
        cols = aggregate({c: [d[c][k] for k in keys] for c in IND}, [f] * 3, [WEIGHT] * 3)
        return {c: dict(zip(keys, cols[c])) for c in TREE}
    for name, apart in (("apart", False), ("together", True)):
        d = normalised(lambda x: minmax(x, 1, 10), not apart)
        case("panel", "minmax_years_" + name, "panel",
             prep + [("Normalise", {"dset": "Imputed", "global": apart, "global_specs":
                                    {"f_n": "n_minmax", "f_n_para": {"l_u": [1, 10]}}}),
                     ("Aggregate", {"dset": "Normalised", "f_ag": "a_hmean"})],
             {"normalised": panel_table(d, IND), "aggregated": panel_table(scored(d, hmean), AGG)})
    d = normalised(lambda x: dist2(x, x[12], False), False)
    case("panel", "dist2ref_of_all_years", "panel",
         prep + [("Normalise", {"dset": "Imputed", "global_specs":
                                {"f_n": "n_dist2ref", "f_n_para": {"iref": 13}}})],
         {"normalised": panel_table(d, IND)})


def treat_cases():
    def one(name, data, f1, f2, s, k, args, combine=False, codes=IND):
        x = raw(data)
        res = {c: treat(x[c], f1, f2, s, k, combine) if c in codes else (x[c], None, None) for c in IND}
        most = max(len(r[1]) for r in res.values() if r[1])
        head = ["iCode"] + [f"check_SkewKurt0.{n}" for n in ("Pass", "Skew", "Kurt")]
        head += ["winsorise.nwin"] * (most > 3) + \
                [f"check_SkewKurt{i}.{n}" for i in (1, 2) for n in ("Pass", "Skew", "Kurt")][:3 * (most > 3) + 3 * (most > 7)]
        rows = [[c] + res[c][1] + [NA] * (most - len(res[c][1])) for c in IND if res[c][1]]
        case("treat", name, data, [NEW, ("Treat", {"dset": "Raw", **args})],
             {"main": sheet({c: res[c][0] for c in IND}, IND), "details": (head, rows),
              "points": sheet({c: res[c][2] for c in codes}, list(codes))})

    def win(n, s, k, force=False):
        return lambda x: winsorise(x, n, s, k, force)

    def mark(f, label):
        return lambda x: (f(x), None, [label] * len(x))

    def specs(n, s, k, f2, f2_para=None):
        return {"global_specs": {"f1": "winsorise", "f1_para": {"na.rm": True, "winmax": n, "skew_thresh": s,
                                                                "kurt_thresh": k},
                                 "f2": f2, "f2_para": {"na.rm": True, **(f2_para or {})},
                                 "f_pass": "check_SkewKurt",
                                 "f_pass_para": {"na.rm": True, "skew_thresh": s, "kurt_thresh": k}}}
    one("defaults", "idata_gaps", win(5, 2, 3.5), mark(log_ct, "log_CT"), 2, 3.5, {})
    one("w1_logCTplus_05_0", "idata_gaps", win(1, 0.5, 0), mark(log_ct_plus, "log_CT"), 0.5, 0,
        specs(1, 0.5, 0, "log_CT_plus"))
    one("w1_boxcox2_combined", "idata", win(1, 0.8, 0.2), mark(lambda x: boxcox(x, 0.25), ""), 0.8, 0.2,
        {**specs(1, 0.8, 0.2, "boxcox", {"lambda": 0.25}), "combine_treat": True}, True)
    one("w0_boxcox_log", "idata_gaps", win(0, 1, 1), mark(lambda x: boxcox(x, 0), ""), 1, 1,
        specs(0, 1, 1, "boxcox", {"lambda": 0}))
    one("w2_logCTorig_some", "idata_gaps", win(2, 1, 1), mark(log_ct_orig, "log_CT_orig"), 1, 1,
        {**specs(2, 1, 1, "log_CT_orig"), "indiv_specs": {"wage": "none", "park": "none"}},
        codes=[c for c in IND if c not in ("wage", "park")])


NORM = ("Normalise", {"dset": "Raw", "global_specs": {"f_n": "n_minmax", "f_n_para": {"l_u": [1, 10]}}})


def normal(data):
    return {c: minmax(x, 1, 10) for c, x in directed(raw(data)).items()}


def scored(data="idata", how=amean, w=WEIGHT):
    return aggregate(normal(data), [how] * 3, [w] * 3)


def aggregate_cases():
    def one(name, data, args, how, w, thresh=None, by_df=()):
        d = aggregate(normal(data), how, w, thresh, by_df)
        case("aggregate", name, data, [NEW, NORM, ("Aggregate", {"dset": "Normalised", **args})],
             {"main": sheet(d, AGG)})
    own, other, none = [WEIGHT] * 3, [ALTERNATIVE] * 3, [None] * 3
    one("defaults", "idata_gaps", {}, [amean] * 3, own)
    one("gmean_other_thresholds", "idata_gaps", {"f_ag": "a_gmean", "w": "Other", "dat_thresh": [0.5, 1, 0.5]},
        [gmean] * 3, other, [0.5, 1, 0.5])
    one("hmean_exact_threshold", "idata_gaps", {"f_ag": "a_hmean", "dat_thresh": 2 / 3},
        [hmean] * 3, own, [2 / 3] * 3)
    one("genmean_by_level", "idata", {"f_ag": "a_genmean", "f_ag_para": [{"p": 2}, {"p": -0.5}, {"p": 3}]},
        [genmean(2), genmean(-0.5), genmean(3)], own)
    one("functions_and_weights_by_level", "idata_gaps",
        {"f_ag": ["a_gmean", "a_hmean", "a_amean"], "w": ["Other", None, "Other"]},
        [gmean, hmean, amean], [ALTERNATIVE, WEIGHT, ALTERNATIVE])
    one("weights_in_a_table", "idata", {"w": {"iCode": list(TREE), "Level": [LEVEL[c] for c in TREE],
                                              "Weight": [ALTERNATIVE[c] for c in TREE]}},
        [amean] * 3, other)
    one("weights_in_a_file", "idata", {"f_ag": "a_gmean", "w": {"csv": ROOT + "weights.csv"}}, [gmean] * 3, other)
    one("median_no_weights", "idata_gaps", {"f_ag": "median", "w": "none"},
        [lambda x, w: median(x) if None not in x else None] * 3 if False else
        [lambda x, w: median(known(x)) if known(x) else None] * 3, none)
    one("copeland_then_means", "idata", {"f_ag": ["cop", "a_amean", "a_amean"], "by_df": [True, False, False]},
        [copeland, amean, amean], own, by_df=(2,))


def change_cases():
    """What changes the set of indicators or the shape of the tree."""
    d = normal("idata")
    w = [WEIGHT[c] for c in ORDER if LEVEL[c] == 1]
    flat = {**d, "W": [gmean(r, w) for r in zip(*(d[c] for c in ORDER if LEVEL[c] == 1))]}
    case("aggregate", "flat", "idata", [NEW, NORM, ("Aggregate", {"dset": "Normalised", "f_ag": "a_gmean",
                                                                  "flatten_hierarchy": True})],
         {"main": sheet(flat, ["W"])})
    out = {"bird", "Sea", "road", "rail"}  # with all its indicators gone, Pb goes too
    kept = {c: v for c, v in TREE.items() if c not in out | {"Pb"}}

    def less():
        data = {c: d[c] for c in IND if c in kept}
        for level in (2, 3, 4):
            for code in [c for c in kept if LEVEL[c] == level]:
                kids = [c for c in kept if TREE[c] == code]
                data[code] = [amean(r, [WEIGHT[c] for c in kids]) for r in zip(*(data[c] for c in kids))]
        return data
    table = sheet(less(), [c for c in AGG if c in kept])
    case("aggregate", "excluded", "idata",
         [("new_coin", {"level_names": LEVELS, "exclude": sorted(out) + ["Pb"]}), NORM, ("Aggregate", {"dset": "Normalised"})],
         {"main": table})
    case("aggregate", "change_ind", "idata",
         [("new_coin", {"level_names": LEVELS, "exclude": ["air", "bird"]}), NORM, ("Aggregate", {"dset": "Normalised"}),
          ("change_ind", {"drop": ["Sea", "road", "rail"], "add": "air", "regen": True})],
         {"aggregated": table})


def pipeline_cases():
    """What an imported project does: denominators of iMeta, min-max on 0 to 100, weighted means."""
    d = raw("idata")
    for c, by in DENOMINATOR.items():
        d[c] = [v / FULL[u][by] for u, v in zip(UNITS, d[c])]
    d = {c: minmax(x) for c, x in directed(d).items()}
    for name, w, args in (("imported", WEIGHT, {}), ("imported_other", ALTERNATIVE, {"w": "Other"})):
        case("pipeline", name, "idata",
             [NEW, ("Denominate", {"dset": "Raw"}), ("Normalise", {"dset": "Denominated"}),
              ("Aggregate", {"dset": "Normalised", **args})],
             {"main": sheet(aggregate(d, [amean] * 3, [w] * 3), AGG)})


def screen_cases():
    def one(name, data, args, judge):
        rows, gone = [], []
        for u in UNITS:
            x = [BY[data][u][c] for c in IND]
            miss, zero = x.count(None), sum(v == 0 for v in x)
            share, non = 1 - miss / len(x), 1 - zero / (len(x) - miss)
            low, lowz = share < args.get("dat_thresh", 2 / 3), non < args.get("nonzero_thresh", 0.05)
            keep = judge(low, lowz)
            if args.get("Force"):
                keep = {"U09": True, "U02": False}.get(u, keep)
            rows.append([u, miss, zero, miss + zero, share, non, low, lowz, low or lowz, keep])
            gone += [] if keep else [[u]]
        case("screen", name, data, [NEW, ("Screen", {"dset": "Raw", **args})],
             {"main": (["uCode", "N_missing", "N_zero", "N_miss_or_zero", "Dat_Avail", "Non_Zero", "LowData",
                        "LowNonZero", "LowDatOrZeroFlag", "Included"], rows), "removed": (["uCode"], gone)})
    one("byNAandzeros", "idata_gaps", {"unit_screen": "byNAandzeros", "dat_thresh": 0.8, "nonzero_thresh": 0.95},
        lambda a, b: not (a or b))
    one("byNA_forced", "idata_gaps", {"unit_screen": "byNA", "dat_thresh": 0.75, "Force": {"csv": ROOT + "force.csv"}},
        lambda a, b: not a)


def denominate_cases():
    x = raw("idata_gaps")
    d = dict(x)
    for c, by in DENOMINATOR.items():
        d[c] = [None if v is None else v / FULL[u][by] for u, v in zip(UNITS, x[c])]
    case("denominate", "imeta_gaps", "idata_gaps", [NEW, ("Denominate", {"dset": "Raw"})], {"main": sheet(d, IND)})
    d = dict(x)
    for c, by, scale in (("Sea", "Area", 1), ("jobs", "People", 1000)):
        more = {"Area": lambda u: FULL[u]["Area"] + 1, "People": lambda u: FULL[u]["People"] * 2}[by]
        d[c] = [None if v is None else v / (more(u) / scale) for u, v in zip(UNITS, x[c])]
    case("denominate", "table_with_scale", "idata_gaps",
         [NEW, ("Denominate", {"dset": "Raw", "denoms": {"csv": ROOT + "denoms.csv"},
                               "denomby": {"csv": ROOT + "denomby.csv"}})], {"main": sheet(d, IND)})


AGGREGATED = [NEW, NORM, ("Aggregate", {"dset": "Normalised"})]


def ancestor(c, level):
    while LEVEL[c] < level:
        c = TREE[c]
    return c


def correlation_cases():
    d = scored("idata_gaps")
    kinds = {"pearson": pearson, "spearman": spearman, "kendall": kendall}

    def pairs(a, b, f, keep=lambda p, q: True):
        return ["Var1", "Var2", "Correlation"], [[p, q, f(d[p], d[q])] for q in b for p in a if keep(p, q)]

    def one(name, args, table):
        case("correlation", name, "idata_gaps", AGGREGATED, {"main": table}, ("get_corr", args))
    for kind, f in kinds.items():
        one("gaps_" + kind, {"dset": "Aggregated", "pval": 0, "cortype": kind}, pairs(IND, IND, f))
    p2 = [c for c in ORDER if LEVEL[c] == 2]
    one("parents_of_indicators", {"dset": "Aggregated", "Levels": [1, 2], "withparent": True, "pval": 0},
        pairs(p2, IND, pearson, lambda p, q: TREE[q] == p))
    one("within_halves", {"dset": "Aggregated", "grouplev": 3, "pval": 0, "cortype": "spearman"},
        pairs(IND, IND, spearman, lambda p, q: ancestor(p, 3) == ancestor(q, 3)))
    one("two_sets", {"dset": "Aggregated", "iCodes": ["H1", ["Pc", "Pd"]], "Levels": [1, 2], "pval": 0},
        pairs(["Pc", "Pd"], [c for c in IND if ancestor(c, 3) == "H1"], pearson))
    fam = []
    for lev in (2, 3, 4):
        fam += [[LEVELS[lev - 1], c, kendall(d[ancestor(c, lev)], d[c])] for c in IND]
    one("family_kendall", {"dset": "Aggregated", "withparent": "family", "pval": 0, "cortype": "kendall"},
        (["Var1", "Var2", "Correlation"], fam))
    one("wide", {"dset": "Aggregated", "Levels": 2, "pval": 0, "make_long": False},
        (["Var1"] + p2, [[p] + [pearson(d[p], d[q]) for q in p2] for p in p2]))
    # p < 0.05 of 14 units: t of 12 degrees of freedom beyond 2.1788128296634177
    full = scored("idata")
    limit = 2.1788128296634177 / math.sqrt(12 + 2.1788128296634177 ** 2)
    case("correlation", "significant_only", "idata", AGGREGATED,
         {"main": (["Var1", "Var2", "Correlation"],
                   [[p, q, r if abs(r) > limit else NA] for q in IND for p in IND
                    for r in [1.0 if p == q else pearson(full[p], full[q])]])},
         ("get_corr", {"dset": "Aggregated", "Levels": 1}))
    x = raw("idata_gaps")
    t = directed(x)
    case("correlation", "raw_directed", "idata_gaps", [NEW],
         {"main": (["Var1", "Var2", "Correlation"], [[p, q, pearson(t[p], t[q])] for q in IND for p in IND])},
         ("get_corr", {"dset": "Raw", "pval": 0, "use_directions": True}))
    flags = []
    for i, p in enumerate(IND):
        for q in IND[i + 1:]:
            r = spearman(x[p], x[q])
            if ancestor(p, 3) == ancestor(q, 3) and r < 0:
                a, b = sorted([p, q], key=str.lower)
                flags.append([ancestor(p, 3), a, b, round(r, 3)])
    case("correlation", "flags_low_level3", "idata_gaps", [NEW],
         {"main": (["Group", "Ind1", "Ind2", "Corr"], flags)},
         ("get_corr_flags", {"dset": "Raw", "cor_thresh": 0, "thresh_type": "low", "cortype": "spearman", "grouplev": 3}))
    den = {c: [FULL[u][c] for u in UNITS] for c in ("Area", "People")}
    rows = [[c, e, round(kendall(x[c], den[e]), 4)] for c in IND for e in den if abs(kendall(x[c], den[e])) > 0.15]
    case("correlation", "denominators_kendall", "idata_gaps", [NEW], {"main": (["Ind", "Denom", "Corr"], rows)},
         ("get_denom_corr", {"dset": "Raw", "cor_thresh": 0.15, "cortype": "kendall", "nround": 4}))


def alpha(cols):
    k = len(cols)
    m = [[covariance(a, b) for b in cols] for a in cols]
    total = math.fsum(math.fsum(r) for r in m)
    return k * k * (total - math.fsum(m[i][i] for i in range(k))) / (k * (k - 1)) / total


def statistics_cases():
    x = raw("idata_gaps")
    for name, use in (("pairwise", "pairwise.complete.obs"), ("complete", "complete.obs")):
        rows = []
        for g in [c for c in ORDER if LEVEL[c] == 2]:
            cols = [x[c] for c in children(g)]
            if use == "complete.obs":
                keep = [i for i in range(len(UNITS)) if None not in [c[i] for c in cols]]
                cols = [[c[i] for i in keep] for c in cols]
            rows.append([g, alpha(cols)])
        case("cronbach", name, "idata_gaps", [NEW], {"main": (["Group", "Alpha"], rows)},
             ("get_cronbach", {"dset": "Raw", "iCodes": "each group", "Level": 1, "use": use}))

    def stats(name, codes, units, args, digits):
        rows = []
        for c in codes:
            v = [GAPS[u][c] for u in units]
            k = known(v)
            n, a = len(v), len(k)
            zero, unique, equal = sum(w != 0 for w in k), len(set(k)), max(k.count(w) for w in k)
            num = [min(k), max(k), mean(k), median(k), sd(k), skew(k), kurt(k), a, zero, unique, equal,
                   a / n, zero / a, unique / a, equal / a]
            num = [float(f"%.{digits - 1}e" % w) if digits else w for w in num]
            ok = lambda b: "ok" if b else "LOW"
            out = abs(skew(k)) > args.get("t_skew", 2) and kurt(k) > args.get("t_kurt", 3.5)
            rows.append([c] + num + [ok(a / n >= args.get("t_avail", 0.65)), ok(zero / n >= args.get("t_zero", 0.5)),
                                     ok(unique / n >= args.get("t_unq", 0.5)), "OUT" if out else "ok"])
        head = ["iCode", "Min", "Max", "Mean", "Median", "Std", "Skew", "Kurt", "N.Avail", "N.NonZero", "N.Unique",
                "N.Same", "Frc.Avail", "Frc.NonZero", "Frc.Unique", "Frc.Same", "Flag.Avail", "Flag.NonZero",
                "Flag.Unique", "Flag.SkewKurt"]
        case("stats", name, "idata_gaps", [NEW], {"main": (head, rows)}, ("get_stats", {"dset": "Raw", **args}))
    stats("rounded", IND, UNITS, {}, 3)
    stats("some", ["wage", "jobs", "debt"], [u for u in UNITS if GAPS[u]["Size"] == "l"],
          {"iCodes": "Pa", "Level": 1, "use_group": {"Size": "l"}, "nsignif": None, "t_avail": 0.9, "t_skew": 1,
           "t_kurt": 1, "t_unq": 0.99, "t_zero": 0.9}, 0)
    avail = {c: [sum(GAPS[u][i] is not None for i in IND if ancestor(i, LEVEL[c]) == c)
                 / sum(ancestor(i, LEVEL[c]) == c for i in IND) for u in UNITS] for c in AGG}
    case("stats", "availability", "idata_gaps", [NEW], {"bygroup": sheet(avail, AGG)},
         ("get_data_avail", {"dset": "Raw", "out2": "list"}))


def trend_cases():
    new = ("new_coin", {"level_names": LEVELS, "split_to": "all"})

    def cagr(p):
        (a, x), (b, y) = p[0], p[-1]
        return 0 if x == y else (y / x) ** (1 / (b - a)) - 1

    def change(p):
        if len({b for _, b in p}) == 1:
            return 0
        if len(p) == 2:
            return 100 * (p[1][1] - p[0][1]) / (p[1][0] - p[0][0]) / p[0][1]
        t, y = mean([a for a, _ in p]), mean([b for _, b in p])
        slope = math.fsum((a - t) * (b - y) for a, b in p) / math.fsum((a - t) ** 2 for a, _ in p)
        return 100 * slope / (y + slope * (p[0][0] - t))

    def one(name, f, label, args, units=UNITS[:10], codes=IND, fill=(), years=YEARS, latest=0, turn=False):
        rows = []
        for c in codes:
            for u in units:
                s = [(y, PANEL[y, u][c]) for y in YEARS if (y, u) in PANEL]
                lin = panel_fill("linear", s)
                z = [(y, w if v is None and y in fill else v) for (y, v), w in zip(s, lin)]
                here = [(y, v) for y, v in s if y in years]
                got = [y for y, v in here if v is not None]
                row = [u, c, NA, len(got) / len(here), NA, NA, NA, NA]
                if len(got) > 1:
                    row[4], row[5] = got[0], got[-1]
                z = [(y, v) for y, v in z if latest or y in years]
                if latest:
                    last = max([i for i, (_, v) in enumerate(z) if v is not None], default=-1)
                    if last + 1 > latest and sum(v is not None for _, v in z) > 1:
                        z, raw_z = z[last + 1 - latest:last + 1], s[last + 1 - latest:last + 1]
                        row[6] = sum(v is not None for _, v in raw_z) / latest
                        k = [y for y, v in z if v is not None]
                        row[7] = k[0] if len(k) > 1 else NA
                    else:
                        z = []
                p = [(y, v) for y, v in z if v is not None]
                if len(p) > 1:
                    row[2] = f(p) * (DIRECTION[c] if turn else 1)
                rows.append(row if latest else row[:6])
        head = ["uCode", "iCode", label, "Avail", "t_first", "t_latest", "Avail_use_latest", "t_first_use_latest"]
        case("trends", name, "panel", [new], {"main": (head[:len(rows[0])], rows)},
             ("get_trends", {"dset": "Raw", "f_trend": label, **args}))
    one("change_interpolated", change, "prc_change", {"interp_at": "all"}, fill=YEARS)
    one("cagr_interpolated_some", cagr, "CAGR", {"interp_at": [2016, 2018], "adjust_directions": True},
        fill=[2016, 2018], turn=True)
    one("change_latest2", change, "prc_change", {"use_latest": 2, "uCodes": ["U01", "U03", "U07"]},
        units=["U01", "U03", "U07"], latest=2)
    one("cagr_some_years", cagr, "CAGR", {"Time": [2016, 2018], "iCodes": ["road", "debt"]},
        codes=["road", "debt"], years=[2016, 2018])


def results_cases():
    d = scored()
    place = {c: places(d[c]) for c in TREE}

    def order(c, rows=None):
        return sorted(range(len(UNITS)), key=lambda i: -d[c][i])
    one = lambda name, call, out: case("results", name, "idata", AGGREGATED, out, call)
    one("full_by_pillar", ("get_results", {"dset": "Aggregated", "tab_type": "Full", "order_by": "Pb", "nround": 4,
                                           "also_get": ["uName", "Size"]}),
        {"main": (["uCode", "uName", "Size", "Rank"] + AGG + IND,
                  [[UNITS[i], "Name of " + UNITS[i], FULL[UNITS[i]]["Size"], place["Pb"][i]]
                   + [round(d[c][i], 4) for c in AGG + IND] for i in order("Pb")])})
    one("full_ranks", ("get_results", {"dset": "Aggregated", "tab_type": "Full", "use": "ranks"}),
        {"main": (["uCode"] + AGG + IND, [[UNITS[i]] + [place[c][i] for c in AGG + IND] for i in order("W")])})
    size = [FULL[u]["Size"] for u in UNITS]
    large = [i for i in order("W") if size[i] == "l"]
    one("summary_of_a_group", ("get_results", {"dset": "Aggregated", "use_group": {"Size": "l"}, "nround": 3}),
        {"main": (["uCode", "Size", "W", "Rank"],
                  [[UNITS[i], "l", round(d["W"][i], 3), k + 1] for k, i in enumerate(large)])})
    rows = []
    for i in sorted(order("W"), key=lambda i: size[i]):
        rows.append([UNITS[i], size[i]] + [1 + sum(d[c][j] > d[c][i] for j in range(len(UNITS)) if size[j] == size[i])
                                           for c in AGG])
    one("aggs_groupranks", ("get_results", {"dset": "Aggregated", "tab_type": "Aggs", "use": "groupranks",
                                            "use_group": "Size"}), {"main": (["uCode", "Size"] + AGG, rows)})
    i = UNITS.index("U10")
    codes = [c for lev in (3, 1) for c in ORDER if LEVEL[c] == lev]
    one("unit_U10", ("get_unit_summary", {"usel": "U10", "Levels": [1, 3], "dset": "Aggregated", "nround": None}),
        {"main": (["Code", "Name", "Score", "Rank"], [[c, "The " + c, d[c][i], place[c][i]] for c in codes])})
    i = UNITS.index("U08")
    mine = []
    for c in [c for c in ORDER if LEVEL[c] == 1]:
        x = [FULL[u][c] * DIRECTION[c] for u in UNITS]
        r = [1 + sum(x[k] > x[j] for k in range(len(UNITS)) if size[k] == size[j]) for j in range(len(UNITS))]
        if r[i] != max(r):
            mine.append([c, "The " + c, ancestor(c, 3), r[i], float("%.2g" % FULL["U08"][c]), "pt"])
    mine.sort(key=lambda row: row[3])
    head = ["Code", "Name", "Half", "Rank", "Value", "Unit"]
    one("strengths_in_group", ("get_str_weak", {"dset": "Raw", "usel": "U08", "topN": 3, "bottomN": 2, "sig_figs": 2,
                                                "use_group": "Size", "report_level": 3}),
        {"strengths": (head, mine[:3]), "weaknesses": (head, mine[-2:])})


def again_cases():
    d = scored()
    codes = [c for c in ORDER if LEVEL[c] == 1]
    table, rank = {"Nominal": d["W"]}, {"Nominal": places(d["W"])}
    for c in codes:
        table[c] = aggregate(normal("idata"), [amean] * 3, [{**WEIGHT, c: 0}] * 3)["W"]
        rank[c] = places(table[c])
    cols = ["Nominal"] + codes
    change = [[c, mean([abs(a - b) for a, b in zip(rank["Nominal"], rank[c])])] for c in cols]
    case("remove", "indicators", "idata", AGGREGATED,
         {"scores": sheet(table, cols), "ranks": sheet(rank, cols), "meanabsdiff": (["Removed", "MeanAbsRankChange"], change)},
         ("remove_elements", {"Level": 1, "dset": "Aggregated", "iCode": "W", "quietly": True}))
    two = aggregate({c: zscore(x) for c, x in directed(raw("idata")).items()}, [amean] * 3, [WEIGHT] * 3)
    three = scored(how=gmean)
    for name, text_, other, code in (("zscores", "the same with Normalise n_zscore (0,1)", two, "H2"),
                                     ("gmean", "the same with Aggregate a_gmean", three, "W"),
                                     ("weights", "the same with weights Other", scored(w=ALTERNATIVE), "W")):
        a, b = places(d[code]), places(other[code])
        case("compare", name, "idata", AGGREGATED,
             {"main": (["uCode", "coin.1", "coin.2", "Diff", "Abs.diff"],
                       [[u, p, q, p - q, abs(p - q)] for u, p, q in zip(UNITS, a, b)])},
             ("compare_coins", {"coin2": text_, "dset": "Aggregated", "iCode": code, "compare_by": "ranks"}))
    x = raw("idata")
    y = {c: treat(x[c], lambda v: winsorise(v, 5), lambda v: (log_ct(v), None, [""] * len(v)), 2, 3.5)[0] for c in IND}
    y = aggregate({c: minmax(v, 1, 10) for c, v in directed(y).items()}, [amean] * 3, [WEIGHT] * 3)
    a, b = y["W"], d["W"]
    case("compare", "without_treatment", "idata",
         [NEW, ("Treat", {"dset": "Raw"}), ("Normalise", {**NORM[1], "dset": "Treated"}), AGGREGATED[2]],
         {"main": (["uCode", "coin.1", "coin.2", "Diff", "Abs.diff"],
                   [[u, p, q, p - q, abs(p - q)] for u, p, q in zip(UNITS, a, b)])},
         ("compare_coins", {"coin2": "the same without Treat", "dset": "Aggregated", "iCode": "W", "compare_by": "scores"}))
    cols = {"base": places(d["W"]), "z": places(two["W"]), "g": places(three["W"])}
    case("compare", "three", "idata", AGGREGATED,
         {"main": sheet({k: [abs(a - b) for a, b in zip(cols["base"], v)] for k, v in cols.items()}, list(cols))},
         ("compare_coins_multi", {"coins": {"base": "the same", "z": "the same with Normalise n_zscore (0,1)",
                                            "g": "the same with Aggregate a_gmean"},
                                  "dset": "Aggregated", "iCode": "W", "tabtype": "AbsDiffs"}))


def weights_cases():
    eff = {}
    for c in reversed(ORDER):
        eff[c] = 1 if TREE[c] is None else eff[TREE[c]] * WEIGHT[c] / sum(WEIGHT[k] for k in children(TREE[c]))
    case("weights", "effective", "idata", [NEW],
         {"main": (["iCode", "Level", "Weight", "EffWeight"], [[c, LEVEL[c], WEIGHT[c], eff[c]] for c in ORDER])},
         ("get_eff_weights", {}))
    d = scored()
    h = [d["H1"], d["H2"]]
    w = [1 / sd(x) for x in h]
    y = [w[0] * a + w[1] * b for a, b in zip(*h)]
    best = -(pearson(h[0], y) + pearson(h[1], y))
    case("weights", "largest_sum_of_correlations", "idata", AGGREGATED,
         {"objective": (["objective"], [[best]])},
         ("get_opt_weights", {"Level": 3, "optype": "infomax", "dset": "Aggregated", "toler": 1e-10}),
         tolerance="compare the objective: an optimum at least as good is right")
    case("weights", "three_to_two", "idata", AGGREGATED, {"objective": (["objective"], [[-56]])},
         ("get_opt_weights", {"Level": 3, "optype": "balance", "itarg": [3, 2], "dset": "Aggregated"}),
         tolerance="compare the objective: an optimum at least as good is right")
    x = raw("idata_gaps")
    wts = dict(WEIGHT)
    load, var = [], []
    for g in [c for c in ORDER if LEVEL[c] == 2]:
        codes = sorted(children(g), key=str.lower)
        keep = [i for i in range(len(UNITS)) if None not in [x[c][i] for c in codes]]
        cols = [[x[c][i] for i in keep] for c in codes]
        values, vectors = eigen([[pearson(a, b) for b in cols] for a in cols])
        run = 0
        for f, (e, v) in enumerate(zip(values, vectors)):
            run += e / len(codes)
            var.append([g, f + 1, math.sqrt(e), e / len(codes), run, len(keep)])
            load += [[g, f + 1, c, l] for c, l in zip(codes, v)]
        for c, l in zip(codes, vectors[0]):
            wts[c] = l
    case("pca", "raw_with_gaps", "idata_gaps", [NEW],
         {"loadings": (["Group", "PC", "iCode", "Loading"], load),
          "variance": (["Group", "PC", "Sdev", "FracVar", "CumVar", "NObs"], var),
          "weights": (["iCode", "Level", "Weight"], [[c, LEVEL[c], wts[c]] for c in ORDER])},
         ("get_PCA", {"dset": "Raw", "Level": 1, "nowarnings": True}), "abs 1e-8, a component's sign is free")
    agg = aggregate(normal("idata"), [amean] * 3, [wts_of_components()] * 3)
    case("pca", "aggregated_by_set", "idata",
         AGGREGATED + [("get_PCA", {"dset": "Aggregated", "Level": 2, "weights_to": "Components", "out2": "coin"}),
                       ("Aggregate", {"dset": "Normalised", "w": "Components"})],
         {"main": sheet(agg, AGG)})


def wts_of_components():
    d = scored()
    wts = dict(WEIGHT)
    for g in ("H1", "H2"):
        codes = children(g)
        _, v = eigen([[pearson(d[a], d[b]) for b in codes] for a in codes])
        wts.update(zip(codes, v[0]))
    return wts


def outrank_case():
    d = scored()
    codes = ["Pa", "Pc", "Pd"]
    n = len(UNITS)
    m = [[0 if a == b else sum((d[c][a] > d[c][b]) + (d[c][a] == d[c][b]) / 2 for c in codes) / 3 for b in range(n)]
         for a in range(n)]
    strict = sum(all(d[c][a] > d[c][b] for c in codes) for a in range(n) for b in range(n))
    case("outrank", "equal_weights", "idata", AGGREGATED,
         {"main": (["uCode"] + UNITS, [[u] + r for u, r in zip(UNITS, m)]),
          "dominance": (["nDominant", "fracDominant"], [[strict, strict / (n * (n - 1) / 2)]]),
          "copeland": (["uCode", "Score"], list(map(list, zip(UNITS, copeland([d[c] for c in codes], [1, 1, 1])))))},
         ("outrankMatrix, a_copeland", {"dset": "Aggregated", "columns": codes, "w": None}))


def sensitivity_cases():
    norm = [lambda x: minmax(x, 1, 10), lambda x: zscore(x, 10, 2)]
    specs = [{"f_n": "n_minmax", "f_n_para": {"l_u": [1, 10]}}, {"f_n": "n_zscore", "f_n_para": {"m_sd": [10, 2]}}]
    means, names = [amean, gmean, hmean], ["a_amean", "a_gmean", "a_hmean"]
    sets = [None, ALTERNATIVE]

    def run(p):
        d = {c: norm[p[0] - 1](x) for c, x in directed(raw("idata")).items()}
        return aggregate(d, [means[p[1] - 1]] * 3, [sets[p[2] - 1] or WEIGHT] * 3)["W"]
    alternatives = {"Normalisation": specs, "Aggregation": names, "Weights": [None, "Other"]}
    args = {"iCode": "W", "dset": "Aggregated", "alternatives": alternatives, "seed": 1}

    def tables(draws, used):
        scores = {"Nominal": scored()["W"]}
        for r, p in enumerate(draws):
            scores["r_%d" % (r + 1)] = run(p)
        rank = {k: places(v) for k, v in scores.items()}
        rows = []
        for i, u in enumerate(UNITS):
            x = [rank["r_%d" % (r + 1)][i] for r in range(used)]
            rows.append([u, rank["Nominal"][i], mean(x), median(x), quantile(x, 0.05), quantile(x, 0.95)])
        return scores, rank, rows
    draws = [[rng.randint(1, 2), rng.randint(1, 3), rng.randint(1, 2)] for _ in range(12)]
    scores, rank, rows = tables(draws, 12)
    par = (["rep", "Normalisation", "Aggregation", "Weights"], [[i + 1] + p for i, p in enumerate(draws)])
    stat = ["uCode", "Nominal", "Mean", "Median", "Q5", "Q95"]
    case("sensitivity", "ua", "idata", AGGREGATED,
         {"parameters": par, "scores": sheet(scores, list(scores)), "ranks": sheet(rank, list(rank)),
          "rankstats": (stat, rows)}, ("get_sensitivity", {"SA_type": "UA", "N": 12, **args}))
    limits = [[rng.choice([0, 1, 4]), rng.uniform(0.5, 3)] for _ in range(8)]
    address = "$Log$Treat$global_specs$"
    specs2 = {"points": {"Address": address + "f1_para$winmax", "Distribution": [0, 1, 4], "Type": "discrete"},
              "limit": {"Address": address + "f_pass_para$skew_thresh", "Distribution": [0.5, 3], "Type": "continuous"}}

    def treated(most, limit):
        x = raw("idata")
        cols = {}
        for c in IND:  # the limits of the check move, those of the winsorising do not
            y = x[c]
            if not passes(y, limit, 3.5):
                y = winsorise(y, most)[0]
                y = y if passes(y, limit, 3.5) else log_ct(x[c])
            cols[c] = minmax(each(y, lambda v, c=c: v * DIRECTION[c]), 1, 10)
        return aggregate(cols, [amean] * 3, [WEIGHT] * 3)["W"]
    draws2 = [[[0, 1, 4].index(m) + 1, s] for m, s in limits]
    scores = {"Nominal": treated(5, 2), **{"r_%d" % (i + 1): treated(*p) for i, p in enumerate(limits)}}
    rank2 = {k: places(v) for k, v in scores.items()}
    case("sensitivity", "ua_of_treatment", "idata",
         [NEW, ("Treat", {"dset": "Raw", "global_specs": {"f2": "log_CT"}}),
          ("Normalise", {**NORM[1], "dset": "Treated"}), ("Aggregate", {"dset": "Normalised"})],
         {"parameters": (["rep", "points", "limit"], [[i + 1] + p for i, p in enumerate(draws2)]),
          "scores": sheet(scores, list(scores)), "ranks": sheet(rank2, list(rank2))},
         ("get_sensitivity", {"SA_type": "UA", "N": 8, "iCode": "W", "dset": "Aggregated", "SA_specs": specs2}))
    scores, rank, rows = tables(draws, 12)
    n, a, b = 6, draws[:6], draws[6:]
    draws = a + b + [[b[i][k] if k == j else a[i][k] for k in range(3)] for j in range(3) for i in range(n)]
    scores, rank, rows = tables(draws, 2 * n)
    y = [mean([abs(p - q) for p, q in zip(rank["r_%d" % (r + 1)], rank["Nominal"])]) for r in range(len(draws))]
    v = sd(y[:2 * n]) ** 2
    sens = []
    for j, name in enumerate(alternatives):
        yi = y[(2 + j) * n:(3 + j) * n]
        sens.append([name, mean([y[n + i] * (yi[i] - y[i]) for i in range(n)]) / v,
                     math.fsum((y[i] - yi[i]) ** 2 for i in range(n)) / (2 * n * v)])
    par = (["rep", "Normalisation", "Aggregation", "Weights"], [[i + 1] + p for i, p in enumerate(draws)])
    case("sensitivity", "sa", "idata", AGGREGATED,
         {"parameters": par, "scores": sheet(scores, list(scores)), "ranks": sheet(rank, list(rank)),
          "rankstats": (stat, rows), "sensitivity": (["Variable", "Si", "STi"], sens)},
         ("get_sensitivity", {"SA_type": "SA", "N": n, **args}))


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    write_inputs()
    for make_cases in (normalise_cases, impute_cases, panel_cases, treat_cases, aggregate_cases, change_cases, pipeline_cases, screen_cases,
                       denominate_cases, correlation_cases, statistics_cases, trend_cases, results_cases,
                       again_cases, weights_cases, outrank_case, sensitivity_cases):
        make_cases()
    write(os.path.join(OUT, "index.csv"), ["id", "family", "json", "files", "defect", "what"], index)
    print(len(index), "cases")
