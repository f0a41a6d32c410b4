# SPDX-License-Identifier: Apache-2.0
"""The workbook of `mera score --format xlsx` makes its numbers again.

Every formula is worked out anew, from the data on the sheets, and has to give the number that
stands beside it, and scores and places those of the CSV, to 1e-9. A weight edited on its sheet
moves scores as --set does. Text that begins like a formula is text; what was imputed is marked; the
same result has the same bytes; numbers without a formula are told on the first sheet.

    test_workbook.py MERA SOURCE [--program]   with --program by LibreOffice; 77 when it is not there
"""

import csv
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
import formulas

mera, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
program = "--program" in sys.argv
office = shutil.which("soffice") if program else None
if program and office is None:
    print("skipped: no LibreOffice")
    sys.exit(77)
tmp = tempfile.TemporaryDirectory()
folder = pathlib.Path(tmp.name)
small = source / "tests" / "e2e" / "small"
towns, world = (source / "methodologies" / n for n in ("company-towns", "world-quality-of-life"))
years = source / "docs" / "examples" / "two-years"
mean = "framework.aggregate="
scale = "steps.normalise="
CASES = [  # name, methodology, words, most numbers of scores and points without a formula
    ("towns", towns, [], 0),
    ("world", world, [], 0),
    ("small", small, [], 0),
    ("zscore", small, ["--set", scale + "{op: zscore, mean: 100, sd: 10, deviation: population}"], 0),
    ("rank", small, ["--set", scale + "rank"], 0),
    ("borda", small, ["--set", scale + "{op: borda, ties: max}"], 0),
    ("places", small, ["--set", scale + "{op: rank, scale: unit, ties: min, best: one}"], 0),
    ("chain", small, ["--set", scale + "[{op: zscore}, {op: scale, factor: 3, offset: -1}, {op: round, digits: 2}]"], 0),
    ("groups", small, ["--set", scale + "{op: minmax, clamp: both, constant: middle, reference: {by: size}}"], 99),
    ("geometric", small, ["--set", mean + "{op: geometric, floor: 5, round: 2}"], 0),
    ("harmonic", small, ["--set", mean + "{op: harmonic, floor: 5}"], 0),
    ("lowest", small, ["--set", mean + "min", "--set", "rank.ties=mean"], 0),
    ("highest", small, ["--set", mean + "max", "--set", "rank.ties=max"], 0),
    ("sum", small, ["--set", mean + "sum"], 0),
    ("gaps", small, ["--set", "steps.impute=none"], 0),
    ("gaps-geometric", small, ["--set", "steps.impute=none", "--set", mean + "{op: geometric, floor: 5}"], 0),
    ("gaps-zero", small, ["--set", "steps.impute=none", "--set", mean + "{op: arithmetic, missing: zero}"], 99),
    ("owa", small, ["--set", mean + "median"], 99),
    ("periods", years, [], 0),
    ("all periods", years, ["--set", scale + "{op: minmax, reference: {period: all}}"], 0),
    ("russian", small, ["--lang", "ru"], 0),
]
if program:
    CASES = [c for c in CASES if c[0] in ("towns", "gaps-geometric", "russian")]


def run(*words):
    done = subprocess.run([mera, *words], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"mera {' '.join(map(str, words))}\n{done.stderr.decode()}")
    return done.stdout


def workbook(methodology, words, name):
    path = folder / (name + ".xlsx")
    run("score", methodology, "--no-bands", "--no-record", "-q", "-o", path, *words)
    return path


def scores(methodology, words):
    text = run("score", methodology, "--no-bands", "--no-record", "-q", "--format", "csv", *words)
    return list(csv.DictReader(io.StringIO(text.decode())))


def near(a, b):
    return isinstance(a, float) and abs(a - b) <= 1e-9 * max(1, abs(b))


def without_values(path, edit=lambda item, data: data):
    """The workbook without what stands beside formulas: a program has to work them out."""
    out = folder / ("bare-" + path.name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            data = old.read(item)
            if item.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(item, edit(item, data))
    return out


def by_program(path, *edit):
    """What LibreOffice works out, as a book of numbers."""
    subprocess.run([office, "-env:UserInstallation=file://" + str(folder / "profile"), "--headless", "--convert-to",
                    "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "out", without_values(path, *edit)],
                   check=True, capture_output=True, timeout=240)
    return formulas.read(folder / "out" / ("bare-" + path.name))


def worked_out(path, book):
    """A function (sheet, place) -> what its formula gives."""
    if office is None:
        return formulas.Sheets(book).get
    made = by_program(path)
    return lambda sheet, at: made[sheet][at].value


def column(book, sheet, name):
    for (c, r), cell in book[sheet].items():
        if r == 2 and cell.value == name:
            return c
    sys.exit(f"{sheet} has no column {name}")


def check_formulas(name, path, book, most):
    made = worked_out(path, book)
    n = 0
    for sheet, cells in book.items():
        for at, cell in cells.items():
            if cell.formula is not None:
                n += 1
                value = made(sheet, at)
                if not near(value, cell.value):
                    sys.exit(f"{name}: {sheet}!{formulas.letters(at[0])}{at[1]} ={cell.formula} gives {value}, "
                             f"beside it stands {cell.value}")
    bare = sum(cell.formula is None and isinstance(cell.value, float) and at[1] > 4 and at[0] >= 3
               for at, cell in book[list(book)[4]].items())
    if bare > most or n < 10:
        sys.exit(f"{name}: {bare} points without a formula, {n} formulas")
    return made


def check_csv(name, book, made, rows):
    score, ranks = list(book)[1:3]
    keys = {(book[score][0, r].value, (book[score].get((2, r)) or formulas.Cell("")).value or ""): r
            for (c, r) in list(book[score]) if c == 0 and r > 4}
    seen = 0
    for row in rows:
        at = (column(book, score, row["node"]), keys[row["unit"], row["period"]])
        for sheet, text in ((score, row["score"]), (ranks, row["rank"])):
            cell = book[sheet].get(at)
            if (text == "") != (cell is None):
                sys.exit(f"{name}: {row['unit']} {row['node']}: CSV '{text}', workbook {cell and cell.value}")
            if text and not near(made(sheet, at), float(text)):
                sys.exit(f"{name}: {row['unit']} {row['node']}: {sheet} {made(sheet, at)}, CSV {text}")
            seen += text != ""
    return seen


def check_weight():
    """A weight edited on its sheet is what --set would make of it."""
    book = formulas.read(workbook(small, [], "edited"))
    for (c, r), cell in book["Weights"].items():
        if c == 2 and cell.value == "money":
            book["Weights"][5, r].value = 9.0
    check_csv("edited weight", book, formulas.Sheets(book).get, scores(small, ["--set", "framework.money.weight=9"]))


def check_datum():
    """So is a number of the data, with bounds that move."""
    path = workbook(small, [], "datum")
    book = formulas.read(path)
    at = column(book, "Data", "income"), 5
    assert book["Data"][at].value == 31000.0
    book["Data"][at].value = 99000.0
    copy = folder / "copy"
    shutil.copytree(small, copy)
    text = (copy / "data.csv").read_text()
    (copy / "data.csv").write_text(text.replace("31000", "99000"))
    assert "99000" in (copy / "data.csv").read_text()
    if not program:
        check_csv("edited datum", book, formulas.Sheets(book).get, scores(copy, []))
        return
    cell = f'r="{formulas.letters(at[0])}{at[1]}"'.encode()
    made = by_program(path, lambda item, data: re.sub(rb"(<c %s[^>]*><v>)31000<" % cell, rb"\g<1>99000<", data))
    assert made["Data"][at].value == 99000.0
    check_csv("edited datum", book, lambda sheet, place: made[sheet][place].value, scores(copy, []))


def check_values():
    """A datum that is normalised as it was read is edited where it stands, on the sheet of data."""
    book = formulas.read(workbook(towns, [], "values"))
    at = column(book, "Data", "unemployment"), 5
    used = column(book, "Values", "unemployment"), 5
    assert book["Values"][used].value == book["Data"][at].value == 9.3
    book["Data"][at].value = 1.5
    assert formulas.Sheets(book).get("Values", used) == 1.5
    treated = [c for c in book["Values"].values() if c.formula is None and isinstance(c.value, float)]
    assert treated, "imputed and treated values are numbers"


def check_text():
    """Names and titles that look like formulas are text; imputed cells are marked."""
    copy = folder / "text"
    shutil.copytree(small, copy)
    text = (copy / "data.csv").read_text().splitlines()
    names = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)"]
    rows = list(csv.reader(text))
    for row, name in zip(rows[1:], names):
        row[rows[0].index("name")] = name
    with open(copy / "data.csv", "w", newline="") as f:
        csv.writer(f).writerows(rows)
    book = formulas.read(workbook(copy, ["--set", "title={en: '=HYPERLINK(\"x\")'}"], "text"))
    for i, name in enumerate(names):
        for sheet in list(book)[1:3] + list(book)[4:6]:
            cell = book[sheet][1, 5 + i]
            assert (cell.value, cell.formula) == (name, None), (sheet, cell.value, cell.formula)
    assert book["About"][0, 1].value == '=HYPERLINK("x")' and book["About"][0, 1].formula is None


def check_marks():
    path = workbook(towns, [], "marks")
    book = formulas.read(path)
    legend = next(c.fill for (x, _), c in book["About"].items() if x == 0 and c.value == "imputed")
    marked = sum(c.fill == legend for s in ("Data", "Values") for c in book[s].values())
    told = next(c.value for c in book["About"].values() if isinstance(c.value, str) and "imputed cells" in c.value)
    n = int(re.search(r"imputed cells (\d+)", told)[1])
    assert marked == n > 0, (marked, n)
    assert path.read_bytes() == workbook(towns, [], "again").read_bytes(), "other bytes the second time"


def check_heads():
    """No word of a title is broken, whatever columns are beside it, and no column has two widths."""
    for methodology in (towns, world, years):
        path = workbook(methodology, [], "heads")
        for (sheet, cells), (widths, _, _) in list(zip(formulas.read(path).items(), formulas.looks(path).values()))[1:]:
            for (c, r), cell in cells.items():
                if r == 1 and cell.value:
                    longest = max(map(len, cell.value.split()))
                    assert longest < widths[c], (sheet, cell.value, widths[c])


def check_told():
    book = formulas.read(workbook(small, ["--set", mean + "median"], "told"))
    texts = [c.value for c in book["About"].values() if isinstance(c.value, str)]
    assert any("no formula for the operation aggregate.median" in t for t in texts), texts


total = 0
for name, methodology, words, most in CASES:
    path = workbook(methodology, words, name)
    book = formulas.read(path)
    made = check_formulas(name, path, book, most)
    total += check_csv(name, book, made, scores(methodology, [w for w in words if w not in ("--lang", "ru")]))
check_datum()
if not program:
    check_weight()
    check_values()
    check_text()
    check_marks()
    check_heads()
    check_told()
print(f"{len(CASES)} workbooks make {total} scores and places again")
