# SPDX-License-Identifier: Apache-2.0
"""Workbooks of several writers' habits are read to the same numbers as their CSV, byte for byte.

    test_same.py MERA
"""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import CODE, DATE_OWN, Book, Raw, Styled  # noqa: E402

METHOD = """mera: 1
id: towns
units: {key: code, name: town, period: year}
period: all
%s
indicators:
  air: {unit: ug/m3, direction: lower}
  homes: {unit: m2, direction: higher}
steps: {normalise: {op: minmax, reference: {period: all}}, aggregate: arithmetic}
framework: {id: index, indicators: [air, homes]}
"""
CSV = """code,town,year,air,homes
01612000,"Нижние ""Сыны"" & Ко",2019,12.5,20.1
01612000,,2020,0.1,21
45000001,Омск <новый>,2019,-3.25e-2,NA
45000001,,2020,1234567.875,25
"""
FLAT = [["code", "town", "year", "air", "homes"],
        ["01612000", 'Нижние "Сыны" & Ко', "2019", 12.5, 20.1], ["01612000", None, "2020", 0.1, 21],
        ["45000001", "Омск <новый>", "2019", -3.25e-2, "NA"], ["45000001", None, "2020", 1234567.875, 25]]
PIVOT = [["Показатели городов"], [], ["code", "town", "air", None, "homes", None],
         [None, None, 2019, 2020, 2019, 2020],
         ["01612000", 'Нижние "Сыны" & Ко', 12.5, 0.1, 20.1, 21],
         ["45000001", "Омск <новый>", -3.25e-2, 1234567.875, "NA", 25]]
PIVOTED = "data: {%s, header_rows: 2, header_period: \"{column} / {period}\"}"


def typed():
    """Codes and years as numbers, codes with a format that shows their zeros."""
    rows = [list(r) for r in FLAT]
    for row in rows[1:]:
        row[0], row[2] = Styled(int(row[0]), CODE), int(row[2])
    return Book().sheet("Data", rows)


def prefixed():
    """Every element under a prefix, as some writers do."""
    book = Book().sheet("Data", FLAT)
    name, state, xml = book.sheets[0]
    xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")
    book.sheets[0] = (name, state, xml)
    return book


def unaddressed():
    """No addresses: cells and rows follow each other."""
    book = Book().sheet("Data", [[("" if v is None else v) for v in row] for row in FLAT])
    name, state, xml = book.sheets[0]
    book.sheets[0] = (name, state, re.sub(r'(<row|<c) r="\w+"', r"\1", xml))
    return book


def rich():
    """A text in runs, one spoken; a formula with its value; a string as a formula's value."""
    rows = [list(r) for r in FLAT]
    rows[1][1] = Raw('<c r="@" t="inlineStr"><is><r><rPr><b/></rPr><t>Нижние </t></r><r><t>"Сыны" &amp; Ко</t></r>'
                     "<rPh><t>ни</t></rPh></is></c>")
    rows[1][3] = Raw('<c r="@"><f>25/2</f><v>12.5</v></c>')
    rows[3][4] = Raw('<c r="@" t="str"><f>"N"&amp;"A"</f><v>NA</v></c>')
    return Book().sheet("Data", rows)


def dates(from_1904):
    """Years as dates, in either system: they are told apart by the book."""
    rows = [list(r) for r in FLAT]
    days = {"2019": 43466, "2020": 43831}
    for row in rows[1:]:
        row[2] = Styled(days[row[2]] - (1462 if from_1904 else 0), DATE_OWN)
    return Book(from_1904=from_1904).sheet("Data", rows)


def shifted():
    """The table in the middle of the sheet, another beside it."""
    rows = [["Отчёт"]] + [[None, None] + r + [None, "beside"] for r in FLAT] + [[None, None, "Всего"]]
    return Book().sheet("Читать", [["нет"], ["нет"]]).sheet("Данные", rows)


MERGED = ["A3:A4", "B3:B4", "C3:D3", "E3:F3", "A1:F1"]
CASES = [
    ("shared", Book().sheet("Data", FLAT), ""),
    ("inline", Book(shared=False).sheet("Data", FLAT), ""),
    ("typed", typed(), ""),
    ("prefixed", prefixed(), ""),
    ("unaddressed", unaddressed(), ""),
    ("rich", rich(), ""),
    ("decimal comma", Book().sheet("Data", [[v.replace("0.1", "0,1") if isinstance(v, str) else v for v in r]
                                            for r in FLAT]), 'data: {decimal: ","}'),
    ("shifted", shifted(), "data: {sheet: Данные, range: \"C2:G6\"}"),
    ("merged header", Book().sheet("Data", PIVOT, merged=MERGED), PIVOTED % "skip_rows: 2"),
    ("header by blanks", Book().sheet("Data", PIVOT), PIVOTED % "range: A3"),
]


def score(mera, folder, name, data):
    (folder / "methodology.yaml").write_text(METHOD % data)
    done = subprocess.run([mera, "score", "methodology.yaml", "--data", name, "--format", "csv"], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=60)
    return done.stdout, done.stderr


def main(mera):
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "data.csv").write_text(CSV)
        want, said = score(mera, folder, "data.csv", "")
        assert want.count("\n") >= 5, want + said
        by_date = want.replace(",2019,", ",2019-01-01,").replace(",2020,", ",2020-01-01,")
        for name, book, data in CASES + [("dates", dates(False), ""), ("dates of 1904", dates(True), "")]:
            book.write(folder / "book.xlsx")
            got, said = score(mera, folder, "book.xlsx", data)
            if sorted(got.splitlines()) != sorted((by_date if "dates" in name else want).splitlines()):
                failures += 1
                print(f"FAILED {name}\n{said}{got}\nwanted\n{want}")
    print(f"{len(CASES) + 2} workbooks, {failures} failures")
    return 1 if failures else 0


sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
