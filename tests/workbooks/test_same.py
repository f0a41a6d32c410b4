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
from ods import Ods  # noqa: E402
from xls import Rich, Xls  # noqa: E402

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


def typed(book):
    """Codes and years as numbers, codes with a format that shows their zeros."""
    rows = [list(r) for r in FLAT]
    for row in rows[1:]:
        row[0], row[2] = Styled(int(row[0]), CODE), int(row[2])
    return book.sheet("Data", rows)


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


def dates(book, first=0):
    """Years as dates, by days from the system's first: in .xlsx there are two."""
    rows = [list(r) for r in FLAT]
    days = {"2019": 43466, "2020": 43831}
    for row in rows[1:]:
        row[2] = Styled(days[row[2]] - first, DATE_OWN)
    return book.sheet("Data", rows)


def shifted(book):
    """The table in the middle of the sheet, another beside it."""
    rows = [["Отчёт"]] + [[None, None] + r + [None, "beside"] for r in FLAT] + [[None, None, "Всего"]]
    return book.sheet("Читать", [["нет"], ["нет"]]).sheet("Данные", rows)


def ods_habits():
    """Equal cells repeated, rows in groups, notes, drawings, raised runs, blanks written out, typed values."""
    head = "".join(Ods().cell(v) for v in FLAT[0])
    note = '<office:annotation><text:p>a note</text:p></office:annotation>'
    frame = "<draw:frame xmlns:draw='d'><draw:text-box><text:p>drawn</text:p></draw:text-box></draw:frame>"
    town = (f'<table:table-cell>{note}{frame}<text:p>Нижние <text:span text:style-name="T2">"Сы</text:span>ны"\n'
            "<text:s/>&amp; <text:a>Ко</text:a></text:p></table:table-cell>").replace("\n<text:s/>", "\n   ")
    number = '<table:table-cell table:formula="of:=25/2" office:value-type="percentage" office:value="%s"/>'
    omsk = ('<table:table-cell office:value-type="string" office:string-value="45000001"/>'
            '<table:%stable-cell office:value-type="string"><text:p>%s</text:p></table:%stable-cell>')
    rows = [Ods().cell("01612000") + town + Ods().cell(2019) + number % "12.5" + Ods().cell(20.1),
            Ods().cell("01612000") + Ods().cell(None) + Ods().cell(2020) + number % "0.1" + Ods().cell(21),
            omsk % ("", "Омск &lt;новый&gt;", "") + Ods().cell(2019) + number % "-3.25e-2" + Ods().cell("NA"),
            omsk % ("covered-", "", "covered-") + Ods().cell(2020) + number % "1234567.875" + Ods().cell(25)]
    row = "<table:table-row>%s</table:table-row>"
    return Ods().raw("Data", "<table:table-column/><table:table-header-rows>" + row % head
                     + "</table:table-header-rows><table:table-row-group><table:table-row-group>"
                     + "".join(row % r for r in rows) + "</table:table-row-group></table:table-row-group>")


MERGED = ["A3:A4", "B3:B4", "C3:D3", "E3:F3", "A1:F1"]
COMMA = [[v.replace("0.1", "0,1") if isinstance(v, str) else v for v in r] for r in FLAT]
SHIFTED = "data: {sheet: Данные, range: \"C2:G6\"}"
CASES = [
    ("inline", Book(shared=False).sheet("Data", FLAT), ""),
    ("prefixed", prefixed(), ""),
    ("unaddressed", unaddressed(), ""),
    ("rich", rich(), ""),
    ("dates of 1904", dates(Book(from_1904=True), 1462), ""),
    ("ods habits", ods_habits(), ""),
    ("xls dates of 1904", dates(Xls(from_1904=True), 1462), ""),
    ("xls of doubles, from below", typed(Xls(upside_down=True, rk=False)), ""),
    ("xls with a chain of texts", Xls().sheet("Data", FLAT).sheet("Long", [["я" * 9000, "b" * 9000, Rich("c" * 9000, 8999)]]),
     "data: {sheet: Data}"),
    ("ods without texts", typed(Ods(shown=False)), ""),
]
for kind in (Book, Ods, Xls):
    CASES += [
        (f"{kind.__name__} plain", kind().sheet("Data", FLAT), ""),
        (f"{kind.__name__} typed", typed(kind()), ""),
        (f"{kind.__name__} dates", dates(kind()), ""),
        (f"{kind.__name__} decimal comma", kind().sheet("Data", COMMA), 'data: {decimal: ","}'),
        (f"{kind.__name__} shifted", shifted(kind()), SHIFTED),
        (f"{kind.__name__} merged", kind().sheet("Data", PIVOT, merged=MERGED), PIVOTED % "skip_rows: 2"),
        (f"{kind.__name__} header by blanks", kind().sheet("Data", PIVOT), PIVOTED % "range: A3"),
    ]


# Written by the programs they are named after, out of the same table: merged titles, codes with zeros, a raised
# footnote, a formula with its value, another sheet before it.
WRITTEN = ["libreoffice.ods", "libreoffice.xls", "libreoffice.xlsx", "libxlsxwriter.xlsx", "openpyxl.xlsx", "xlwt.xls"]
WRITTEN_DATA = PIVOTED % "sheet: Data, skip_rows: 2, footnotes: true"


def score(mera, folder, name, data):
    (folder / "methodology.yaml").write_text(METHOD % data)
    done = subprocess.run([mera, "score", "methodology.yaml", "--data", name, "--format", "csv"], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=60)
    return done.stdout, done.stderr


def main(mera):
    failures = 0
    here = pathlib.Path(__file__).parent / "written"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "data.csv").write_text(CSV)
        want, said = score(mera, folder, "data.csv", "")
        assert want.count("\n") >= 5, want + said
        by_date = want.replace(",2019,", ",2019-01-01,").replace(",2020,", ",2020-01-01,")
        for name, book, data in CASES + [(name, None, WRITTEN_DATA) for name in WRITTEN]:
            if book is None:
                (folder / "book").write_bytes((here / name).read_bytes())
            else:
                book.write(folder / "book")
            got, said = score(mera, folder, "book", data)
            if sorted(got.splitlines()) != sorted((by_date if "dates" in name else want).splitlines()):
                failures += 1
                print(f"FAILED {name}\n{said}{got}\nwanted\n{want}")
    print(f"{len(CASES) + len(WRITTEN)} workbooks, {failures} failures")
    return 1 if failures else 0


sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
