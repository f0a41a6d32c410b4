# SPDX-License-Identifier: Apache-2.0
"""The workbook of a command says what its CSV says.

The second row of its first table has the names of the fields of CSV, the rows below it the same
texts and the same numbers, to 16 digits; formulas give the number that stands beside them. mera
itself reads the sheet as it reads the CSV. Every column and sheet has a title in both languages, and
the same command gives the same bytes.

    test_sheets.py MERA SOURCE [--program]   with --program LibreOffice reads it too; 77 when it is not there
"""

import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import formulas

mera, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
office = shutil.which("soffice")
program = "--program" in sys.argv
if program and office is None:
    print("skipped: no LibreOffice")
    sys.exit(77)
tmp = tempfile.TemporaryDirectory()
folder = pathlib.Path(tmp.name)
shutil.copytree(source / "tests" / "e2e" / "small", folder / "small")
shutil.copytree(source / "docs" / "examples" / "two-years", folder / "years", ignore=shutil.ignore_patterns(".mera"))
small, years = folder / "small", folder / "years"
towns, blocks = source / "methodologies" / "company-towns", source / "methodologies" / "town-blocks"
near = ["--set", "similar={near: {population: {log: true}, heating_degree_days: {}}, clusters: {}}"]
first = ["priorities", towns, "--unit", "00010001", "--draws", "64"]
CASES = {  # name of the case: its words, which sheets
    "compare": (["compare", small, "--variant", "equal"], ["Compared", "Why moved"]),
    "compare-why": (["compare", small, "--variant", "equal", "--why"], ["Compared", "Why moved"]),
    "change": (["change", years], ["Change"]),
    "change-one": (["change", years, "--unit", "Alder"], ["Change"]),
    "importance": (["importance", towns], ["Importance"]),
    "robustness": (["robustness", small, "--draws", "200"], ["Places"]),
    "pairs": (["robustness", small, "--draws", "200", "--pairs"], ["Places", "Pairs"]),
    "sensitivity": (["sensitivity", blocks, "--runs", "600", "--no-record"], ["Choices"]),
    "leave-out": (["sensitivity", small, "--leave-out", "indicators"], ["Left out"]),
    "certify": (["certify", small], ["Certain"]),
    "priorities": (first, ["What to do first"]),
    "perimeter": (["priorities", towns, "--units", "00010001,00020002", "--draws", "64"], ["What to do first"]),
    "budget": ([*first, "--costs", source / "docs" / "examples" / "costs.csv", "--budget", "100"],
               ["What to do first", "Budget"]),
    "goal": ([*first, "--goal", "health=30"], ["What to do first", "Goal"]),
    "profile": (["profile", towns, "--unit", "00010001"], ["Profile", "Strong and weak", "What to do first"]),
    "similar": (["similar", towns, "--unit", "00010001", *near], ["Similar"]),
    "clusters": (["similar", towns, *near], ["Clusters"]),
    "audit": (["audit", small], ["Findings"]),
    "describe": (["data", "describe", small / "data.csv"], ["Fields", "Noticed"]),
    "plugins": (["plugin", "list", "--plugins", source / "plugins"], ["Plugins"]),
    "runs": (["runs", "list", small], ["Runs"]),
    "run": (["runs", "show", small, "1"], ["Run"]),
    "diff": (["runs", "diff", small, "1", "2"], ["Runs compared"]),
    "curve": (["runs", "curve", small, "--unit", "01"], ["Curve"]),
}
if program:
    CASES = {k: CASES[k] for k in ("compare", "change-one", "robustness", "priorities")}


recorded = {k: v for k, v in os.environ.items() if k != "MERA_RECORD"}


def run(*words):
    done = subprocess.run([mera, *words], capture_output=True, check=False, cwd=folder, env=recorded)
    if done.returncode != 0:
        sys.exit(f"mera {' '.join(map(str, words))}\n{done.stderr.decode()}")
    return done.stdout


def table(text):
    return list(csv.reader(io.StringIO(text.decode())))


def near(text, number):
    return abs(float(text) - float(number)) <= 1e-15 * abs(float(number))


def same(a, b):
    try:
        return a == b or near(a, b)
    except ValueError:
        return False


def cell_is(cell, text):
    if text == "":
        return cell is None
    if cell is None:
        return False
    return near(text, cell.value) if isinstance(cell.value, float) else text.strip() == cell.value.strip()


def as_in_csv(sheet, names):
    """The sheet without the columns of titles that it has beside ids."""
    last = max(c for c, r in sheet)
    kept = [c for c in range(last + 1) if not (sheet[c, 2].value.endswith("_title") and sheet[c, 2].value not in names)]
    for c in set(range(last + 1)) - set(kept):
        if sheet[c - 1, 2].value + "_title" != sheet[c, 2].value:
            sys.exit(f"the titles {sheet[c, 2].value} stand beside {sheet[c - 1, 2].value}")
    return {(kept.index(c), r): cell for (c, r), cell in sheet.items() if c in kept}


def check_cells(name, sheet, rows):
    sheet = as_in_csv(sheet, rows[0])
    head = [sheet[c, 2].value for c in range(len(rows[0]))]
    if head != rows[0] or (len(head), 2) in sheet:
        sys.exit(f"{name}: the sheet has {head}, CSV {rows[0]}")
    for r, row in enumerate(rows[1:]):
        for c, text in enumerate(row):
            if not cell_is(sheet.get((c, r + 3)), text):
                cell = sheet.get((c, r + 3))
                sys.exit(f"{name}: {head[c]} of row {r + 1} is {cell and cell.value!r}, in CSV '{text}'")
    if (0, len(rows) + 2) in sheet:
        sys.exit(f"{name}: the sheet has more rows than CSV")


def check_formulas(name, book):
    n = 0
    worked = formulas.Sheets(book)
    for sheet, cells in book.items():
        for at, cell in cells.items():
            if cell.formula is not None:
                n += 1
                made = worked.get(sheet, at)
                if not abs(made - cell.value) <= 1e-9 * max(1, abs(cell.value)):
                    sys.exit(f"{name}: {sheet}!{at} ={cell.formula} gives {made}, beside it stands {cell.value}")
    return n


def check_titles(name, english, russian, tables):
    """Both languages have titles; only names that a user gave are not translated."""
    for (sheet, cells), (other, there) in zip(list(english.items())[1:], list(russian.items())[1:]):
        if sheet == other:
            sys.exit(f"{name}: the sheet {sheet} has one name in both languages")
        for (c, r), cell in cells.items():
            if r == 1 and cell.value == there[c, 1].value and cell.value not in ("R²", "sha256"):
                if not (name == "curve" and c >= 5):
                    sys.exit(f"{name}: the column '{cells[c, 2].value}' has one title in both languages")
    if list(english)[1:] != tables:
        sys.exit(f"{name}: sheets {list(english)[1:]}, expected {tables}")


def check_looks(name, path, book):
    """No text is cut by its neighbour, and the heads of numbers stand over them."""
    for sheet, (widths, aligned, left) in list(formulas.looks(path).items())[1:]:
        names = [book[sheet][c, 2].value for c in range(len(widths))]
        if "indicator" in names and names.index("indicator") + 2 > left:
            sys.exit(f"{name}: the indicator of a row of {sheet} does not stay in sight")
        for (c, r), cell in book[sheet].items():
            if r == 2 or cell.value is None:
                continue
            wraps = aligned[c, r].get("wrapText") == "1"
            if isinstance(cell.value, str) and not wraps and len(cell.value) > widths[c]:
                sys.exit(f"{name}: '{cell.value}' does not fit into column {c} of {sheet}")
            if r == 1 and max(map(len, cell.value.split())) > widths[c]:
                sys.exit(f"{name}: a word of '{cell.value}' does not fit into its column")
            if r > 2 and isinstance(cell.value, float) and aligned[c, 1].get("horizontal") != "right":
                sys.exit(f"{name}: '{book[sheet][c, 1].value}' of {sheet} does not stand over its numbers")


def check_said(path):
    """What a row is about is said by its title too, and in Russian by words of that language."""
    told = {p["indicator"]: p for p in json.loads(run(*first, "-q", "--lang", "ru", "--format", "json"))["priorities"]}
    rows = records(formulas.read(path)["Что делать сначала"])
    for row in rows:
        p = told[row["indicator"]]
        if row["indicator_title"] != p["title"] or row["end"] in ("possible", "there", "few", "missing"):
            sys.exit(f"priorities: the workbook has {row['indicator_title']}, {row['end']}, JSON {p['title']}")
    if len(rows) < 20 or not any(row.get("measure") == "на 10 000" for row in rows):
        sys.exit("priorities: no Russian units of measure")


def check_read(name, path):
    """What mera finds in the sheet is what it finds in the CSV."""
    seen = [table(run("data", "describe", folder / file, *words, "--format", "csv"))
            for file, words in ((name + ".csv", []), (path.name, ["--sheet", "2", "--range", "A2"]))]
    named = {r[1] for r in seen[0]}
    seen[1] = [r for r in seen[1] if r[1] in named or not r[1].endswith("_title")]
    if len(seen[0]) != len(seen[1]) or not all(
        same(r[c], t[c]) for r, t in zip(*seen) for c in range(1, len(r)) if seen[0][0][c] != "distinct"
    ):
        sys.exit(f"{name}: mera reads other fields from the workbook than from the CSV\n{seen[0]}\n{seen[1]}")


def records(sheet):
    """The rows below the names, as {name: value}."""
    names = {c: cell.value for (c, r), cell in sheet.items() if r == 2}
    rows = {}
    for (c, r), cell in sheet.items():
        if r > 2:
            rows.setdefault(r, {})[names[c]] = cell.value
    return [rows[r] for r in sorted(rows)]


def check_json(name, words, book):
    """What is on sheets that CSV does not have is what JSON has."""
    told = json.loads(run(*words, "-q", "--format", "json"))
    if name == "profile":
        parts, theirs = records(book["Profile"])[1:], told["directions"]
        pairs = [(p.get(k), t[k]) for p, t in zip(parts, theirs) for k in ("part", "share", "score", "similar_median")]
        marks = records(book["Strong and weak"])
        pairs += [(m.get(k), t[k]) for m, t in zip(marks, told["strengths"] + told["weaknesses"])
                  for k in ("indicator", "value", "pull", "better_than")]
        pairs += [(len(parts), len(theirs)), (len(marks), len(told["strengths"] + told["weaknesses"]))]
        pairs += [(records(book["Profile"])[0]["score"], told["score"])]
    else:
        steps = records(book["Budget"])
        pairs = [(s[k], t[k]) for s, t in zip(steps, told["budget"]["spending"]) for k in ("indicator", "to", "cost", "gain")]
        pairs += [(steps[-1]["cost"], told["budget"]["cost"]), (len(steps) - 1, len(told["budget"]["spending"]))]
    for a, b in pairs:
        if a != b and not (isinstance(b, (int, float)) and abs(a - b) <= 1e-12 * max(1, abs(b))):
            sys.exit(f"{name}: the workbook has {a}, JSON {b}")


def check_office(paths):
    """LibreOffice opens each and gives the same numbers."""
    subprocess.run([office, "-env:UserInstallation=file://" + str(folder / "profile"), "--headless", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2", "--outdir",
                    folder / "out", *paths], check=True, capture_output=True, timeout=240)
    for path in paths:
        text = next((folder / "out").glob(path.stem + "-*.csv")).read_bytes()
        theirs, ours = table(text)[1:], table((folder / (path.stem + ".csv")).read_bytes())
        if len(theirs) < len(ours):
            sys.exit(f"{path.stem}: LibreOffice has {len(theirs)} rows, CSV {len(ours)}")
        kept = [c for c, n in enumerate(theirs[0]) if n in ours[0] or not n.endswith("_title")]
        theirs = [[row[c] for c in kept] for row in theirs]
        for row, row_of in zip(ours, theirs):
            for a, b in zip(row, row_of):
                try:  # a share is written in percent, as it is shown
                    least = 6e-4 if b.endswith("%") else 1e-9 * max(1, abs(float(a)))
                    equal = abs(float(a) - float(b.rstrip("%")) / (100 if b.endswith("%") else 1)) <= least
                except ValueError:
                    equal = a.strip() == b.strip()
                if not equal:
                    sys.exit(f"{path.stem}: LibreOffice has '{b}', CSV '{a}'")


run("score", small, "-q")
run("score", small, "-q", "--variant", "equal")
n_formulas, paths = 0, []
for name, (words, tables) in CASES.items():
    path = folder / (name + ".xlsx")
    if name != "profile":  # it has no CSV
        (folder / (name + ".csv")).write_bytes(run(*words, "-q", "--format", "csv"))
    run(*words, "-q", "--lang", "en", "-o", path)
    paths.append(path)
    if program:
        continue
    before = path.read_bytes()
    book = formulas.read(path)
    if name in ("profile", "budget"):
        check_json(name, words, book)
    sheet = "Why moved" if name == "compare-why" else "Pairs" if name == "pairs" else tables[0]
    if name != "profile":
        check_cells(name, book[sheet], table((folder / (name + ".csv")).read_bytes()))
    n_formulas += check_formulas(name, book)
    run(*words, "-q", "--lang", "ru", "-o", path)
    there = formulas.read(path)
    check_titles(name, book, there, tables)
    check_looks(name, path, there)
    if name == "priorities":
        check_said(path)
    path.write_bytes(run(*words, "-q", "--lang", "en", "--format", "xlsx"))
    if path.read_bytes() != before:
        sys.exit(f"{name}: other bytes the second time")
    if sheet == tables[0] and name != "profile":
        check_read(name, path)
if program:
    check_office(paths)
elif n_formulas < 10:
    sys.exit(f"only {n_formulas} formulas in all workbooks")
print(f"{len(CASES)} workbooks, {n_formulas} formulas")
