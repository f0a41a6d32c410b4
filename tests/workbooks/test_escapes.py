# SPDX-License-Identifier: Apache-2.0
"""Characters that XML does not allow, as Excel writes them: _xHHHH_ in shared, inline and formula's texts. What is
expected is ECMA-376 part 1, 22.9.2.19 by hand.

    test_escapes.py MERA
"""
import csv
import pathlib
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import Book, Raw  # noqa: E402

METHOD = """mera: 1
id: towns
units: {key: code, name: "the town"}
indicators:
  air: {unit: ug/m3, direction: higher}
steps: {normalise: minmax, aggregate: arithmetic}
framework: {id: index, indicators: [air]}
"""
NAMES = [  # as it is written, and as it reads
    ("Орёл_x000D_", "Орёл"),
    ("Верхний_x000D_\nУфалей", "Верхний Уфалей"),
    ("Верхний_x000D__x000A_Тагил", "Верхний Тагил"),
    ("Красное_x000a_на_x0009_Волге", "Красное на Волге"),
    ("а_x0000_б_x001F_в", "а б в"),
    ("_x0423__x0444__x0430_", "Уфа"),
    ("_x005F_x000D_ не знак", "_x000D_ не знак"),
    ("_x005F_x005F_x005F_x0041_", "_x005F_x0041_"),
    ("_x005F_x005F_x0041_", "_x005FA"),
    ("_x005f_", "_"),
    ("_xD83D__xDE00_ смайл", "\U0001F600 смайл"),
    ("_xD83D_ полпары _xDE00_", "_xD83D_ полпары _xDE00_"),
    ("_xD83D__x0041_", "_xD83D_A"),
    ("_x000D", "_x000D"),
    ("_x00D_ _x000G_ _X000D_ x000D_", "_x00D_ _x000G_ _X000D_ x000D_"),
    ("__x0041__x0042_x0043_", "_ABx0043_"),
    ("_xFFFD__x20AC_", "\uFFFD€"),
]
RUNS = ('<c r="@" t="inlineStr"><is><r><t>_x00</t></r><r><t>41_ два куска</t></r><r><rPr><vertAlign val="superscript"/>'
        "</rPr><t>_x0031_2</t></r></is></c>", "_x0041_ два куска¹²")


def table(cell):
    rows = [["code", "the_x000D_\ntown", "air"]]
    return rows + [[f"u{i:02}", cell(written), i] for i, (written, _) in enumerate(NAMES)]


def formula(written):
    return Raw(f'<c r="@" t="str"><f>A1</f><v>{escape(written)}</v></c>')


def score(mera, folder, name, *more):
    done = subprocess.run([mera, "score", "methodology.yaml", "--data", name, *more], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=60)
    return done.stdout, done.stderr


def names_of(mera, folder, name):
    got, said = score(mera, folder, name, "--format", "csv")
    rows = {row.get("unit"): row.get("name") for row in csv.DictReader(got.splitlines())}
    return [rows[u] for u in sorted(rows)], said


def main(mera):
    failures = 0
    want = [read for _, read in NAMES]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "methodology.yaml").write_text(METHOD)
        runs = [["code", "the town", "air"], ["u00", Raw(RUNS[0]), 1], ["u01", "b", 2]]
        for way, book, expected in [("shared", Book().sheet("Data", table(str)), want),
                                    ("inline", Book(shared=False).sheet("Data", table(str)), want),
                                    ("formula", Book().sheet("Data", table(formula)), want),
                                    ("runs", Book().sheet("Data", runs), [RUNS[1], "b"])]:
            book.write(folder / "book.xlsx")
            got, said = names_of(mera, folder, "book.xlsx")
            if got != expected:
                failures += 1
                print(f"FAILED {way}\n{said}{got}\nwanted\n{expected}")
    print(f"escapes: {failures} failures")
    return 1 if failures else 0


sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
