# SPDX-License-Identifier: Apache-2.0
"""COINr's tables as workbooks and as a spreadsheet's CSV are imported to the project that plain CSV gives.

    test_import.py MERA
"""
import csv
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import Book  # noqa: E402
from ods import Ods  # noqa: E402
from xls import Xls  # noqa: E402

TABLES = pathlib.Path(__file__).parents[2] / "docs" / "examples" / "coinr"


def number(text):
    try:
        return float(text)
    except ValueError:
        return text or None


def imported(mera, folder, kind):
    """What the project of iData.KIND and iMeta.KIND scores to, and the name of its data."""
    made = folder / f"made-{kind}"
    done = subprocess.run([mera, "import", "coinr", "--idata", f"iData.{kind}", "--imeta", f"iMeta.{kind}", "-o", made],
                          cwd=folder, capture_output=True, text=True, check=False)
    score = subprocess.run([mera, "score", made, "--format", "csv"], cwd=folder, capture_output=True, text=True, check=False)
    data = [p.name for p in made.glob("data.*")] if made.exists() else []
    return score.stdout, data, done.stderr + score.stderr


def main(mera):
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name in ("iData", "iMeta"):
            text = (TABLES / f"{name}.csv").read_text()
            (folder / f"{name}.csv").write_text(text)
            (folder / f"{name}.txt").write_bytes(("\ufeff" + text.replace(",", ";").replace("\n", "\r\n")).encode())
            rows = [[number(c) for c in row] for row in csv.reader(text.splitlines())]
            for kind, book in (("xlsx", Book()), ("ods", Ods()), ("xls", Xls())):
                book.sheet("Table", rows).write(folder / f"{name}.{kind}")
        want, data, said = imported(mera, folder, "csv")
        assert want.count("\n") > 8 and data == ["data.csv"], said
        for kind, name in (("txt", "data.csv"), ("xlsx", "data.xlsx"), ("ods", "data.ods"), ("xls", "data.xls")):
            got, data, said = imported(mera, folder, kind)
            if got != want or data != [name]:
                failures += 1
                print(f"FAILED {kind}: {data}\n{said}{got}\nwanted\n{want}")
    print(f"import: {failures} failures")
    return 1 if failures else 0


sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
