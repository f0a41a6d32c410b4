# SPDX-License-Identifier: Apache-2.0
"""Layouts of official exports, rebuilt: a long table with aggregates and several periods, a pivot of
one indicator with footnotes. Each is read to the numbers of a plain CSV.

    test_exports.py MERA
"""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import Book, Raw  # noqa: E402
from ods import Ods  # noqa: E402

METHOD = """mera: 1
id: towns
units: {key: oktmo, period: year}
period: all
data: {%s}
indicators:
  trips: {unit: count, direction: higher}
steps: {normalise: {op: minmax, reference: {period: all}}, aggregate: arithmetic}
framework: {id: index, indicators: [trips]}
"""
PLAIN = "oktmo,year,trips\n01612000,2019,1234.5\n01612000,2020,\n79701000,2019,20\n79701000,2020,30\n"
LONG = """\ufeffregion;mun_level;municipality;oktmo;indicator_code;indicator_period;year;indicator_value
Адыгея;group;Городские округа;79700000;trips;год;2019;999999
Адыгея;mun;Майкоп;79701000;trips;год;2019;20,0
Адыгея;mun;Майкоп;79701000;trips;январь-июнь;2019;7
Адыгея;mun;Майкоп;79701000;trips;год;2020;30,0
Адыгея;mun;Майкоп;79701000;other;год;2020;5
Алтай;mun;Барнаул;01612000;trips;год;2019;1\u00a0234,5
Алтай;mun;Барнаул;01612000;trips;год;2020;CD
"""
LONG_DATA = ("layout: long, key: oktmo, period: year, indicator: indicator_code, value: indicator_value, "
             "where: {mun_level: mun, indicator_period: год}, missing: {CD: suppressed}")
RAISED = ('<c r="@" t="inlineStr"><is><r><t>%s</t></r><r><rPr><vertAlign val="superscript"/></rPr>'
          "<t>%s</t></r></is></c>")


def pivot(raised):
    return [["Поездки, тысяч"], [], ["oktmo", "Город", "2019", "2020"],
            [Raw(raised % ("01612000", "1)")), "Барнаул", Raw(raised % ("1 234,5", "2")), "…"],
            ["79701000", "  Майкоп 1)", "20", "30 1)"]]


RAISED_ODS = ('<table:table-cell office:value-type="string"><text:p>%s<text:span text:style-name="T1">%s</text:span>'
              "</text:p></table:table-cell>")
PIVOT_DATA = 'range: A3, indicator_is: trips, footnotes: true, decimal: ","'


def score(mera, folder, name, data):
    (folder / "methodology.yaml").write_text(METHOD % data)
    done = subprocess.run([mera, "score", "methodology.yaml", "--data", name, "--format", "csv"], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=60)
    return done.stdout, done.stderr


def main(mera):
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "plain.csv").write_text(PLAIN)
        (folder / "long.csv").write_text(LONG)
        (folder / "old.csv").write_bytes(LONG.replace("\ufeff", "").encode("cp1251"))
        Book().sheet("Данные", pivot(RAISED)).write(folder / "pivot.xlsx")
        Ods().sheet("Данные", pivot(RAISED_ODS)).write(folder / "pivot.ods")
        want, said = score(mera, folder, "plain.csv", "layout: wide")
        assert want.count("\n") >= 4, said
        for name, data, pieces in [("long.csv", LONG_DATA, ["2 rows left out by 'where', 5 kept"]),
                                   ("old.csv", LONG_DATA, ["windows-1251"]),
                                   ("pivot.xlsx", PIVOT_DATA, ["marks of footnotes taken off: 4"]),
                                   ("pivot.ods", PIVOT_DATA, ["marks of footnotes taken off: 4"])]:
            got, said = score(mera, folder, name, data)
            if sorted(got.splitlines()) != sorted(want.splitlines()) or any(p not in said for p in pieces):
                failures += 1
                print(f"FAILED {name}\n{said}{got}\nwanted\n{want}")
        for data, piece in [("where: {level: mun}", "no field 'level' (named in 'where')"),
                            ("indicator_is: trips, header_period: x", "with 'indicator_is' {period} alone")]:
            got, said = score(mera, folder, "plain.csv", data)
            if got or piece not in said:
                failures += 1
                print(f"FAILED {data}\n{said}{got}")
    print(f"exports: {failures} failures")
    return 1 if failures else 0


sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
