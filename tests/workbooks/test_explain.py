# SPDX-License-Identifier: Apache-2.0
"""The trace that stands in a dispute, of data that stand in a workbook: `mera explain --full`, as text
and as JSON, names the file, the sheet, the cell and the column of every number, what was filled in and
from whom, and of what a plugin made the plugin with its version and the hash of its files.

    test_explain.py MERA
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import Book  # noqa: E402

METHOD = """mera: 1
id: towns
version: 3
plugins: [{use: shops}]
units: {key: Код, name: Город}
period: all
data: {file: book.xlsx, sheet: Данные 1, range: A3, header_rows: 2, header_period: "{column} / {period}"}
indicators:
  doctors: {column: Врачи, unit: per 10 000, direction: higher, source: statistics, reference: "Passport, p. 7"}
  homes: {column: Жильё, unit: m2, direction: lower, source: open_data}
  shops: {from: shops.per_doctor, source: model}
steps: {impute: {op: median}, normalise: {op: minmax, reference: {period: all}}, aggregate: arithmetic}
framework: {id: index, indicators: [doctors, homes, shops]}
"""
PLUGIN = """return mera.plugin {
  id = "shops", version = "1.4.2", api = 1, summary = "Shops.", licence = "CC0-1.0", source = "this test",
  indicators = {
    per_doctor = {
      title = { ru = "Магазинов на врача", en = "Shops per doctor" }, summary = "Shops per doctor.",
      formula = "shops / doctors", unit = "shops", direction = "higher", reads = { "Лавки", "Врачи" },
      compute = function(d) return d["Лавки"] / d["Врачи"] end,
    },
  },
}
"""
HEAD = [["Паспорт городов"], [],
        ["Код", "Город", "Врачи", None, "Жильё", None, "Лавки", None],
        [None, None, "2023", "2024", "2023", "2024", "2023", "2024"]]
ROWS = [["01", "Ольховка", 10, 12, 20, 21, 30, 36], ["02", "Берёзово", 14, None, 25, 24, 28, 14],
        ["03", "Тихий Яр", 9, 9, 30, 33, 18, 27], ["04", "Камень", 20, 22, 18, 19, 20, 44]]
MERGED = ["A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3"]


def pairs(of):
    """No object names a key twice: a reader would see one of the two."""
    keys = [k for k, _ in of]
    assert len(keys) == len(set(keys)), sorted({k for k in keys if keys.count(k) > 1})
    return dict(of)


def explain(mera, folder, *words):
    done = subprocess.run([mera, "explain", "methodology.yaml", "--full", "-q", *words], cwd=folder, text=True,
                          capture_output=True, check=False, timeout=60,
                          env=dict(os.environ, COLUMNS="160", NO_COLOR="1", LC_ALL="C.UTF-8"))
    assert done.returncode == 0, done.stderr
    return done.stdout


def main(mera):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        Book().sheet("Пояснения", [["Не здесь"]]).sheet("Данные 1", HEAD + ROWS, merged=MERGED).write(folder / "book.xlsx")
        (folder / "methodology.yaml").write_text(METHOD)
        (folder / "plugins/shops").mkdir(parents=True)
        (folder / "plugins/shops/plugin.lua").write_text(PLUGIN)
        one = json.loads(explain(mera, folder, "--unit", "02", "--period", "2024", "--format", "json"),
                         object_pairs_hook=pairs)
        text = explain(mera, folder, "--unit", "02", "--period", "2024")
        russian = explain(mera, folder, "--unit", "01", "--period", "2024", "--lang", "ru")
        every = explain(mera, folder, "--unit", "02")
    doctors, homes, shops = one["node"]["children"]
    where = {"file": "book.xlsx[Данные 1]", "line": 6}
    gap = {"column": "Врачи", "value": None, "reason": "absent", **where, "field": 4, "cell": "D6"}
    assert doctors["cells"] == [gap], doctors["cells"]
    assert homes["cells"] == [{"column": "Жильё", "value": 24, "reason": "observed", **where, "field": 6, "cell": "F6"}]
    assert shops["cells"] == [{"column": "Лавки", "value": 14, "reason": "observed", **where, "field": 8, "cell": "H6"},
                              gap], shops["cells"]
    filled = doctors["steps"][0]  # the median of 12, 9 and 22
    assert (filled["op"], filled["before"], filled["after"], filled["fitted"]) == ("impute.median", None, 12, {"median": 12})
    assert one["reference_sets"][filled["reference_set"]] == [{"period": "2024", "units": ["01", "03", "04"]}]
    assert doctors["was_imputed"] and doctors["raw"] is None and doctors["imputed"] == 12 and not homes["was_imputed"]
    assert doctors["source_reference"] == "Passport, p. 7" and doctors["direction"] == "higher"
    assert homes["direction"] == "lower" and homes["source"] == "open_data"
    made = shops["steps"][0]
    plugin = one["plugins"][0]
    assert (made["plugin"], made["plugin_version"]) == ("shops", "1.4.2") == (plugin["id"], plugin["version"]), made
    assert made["plugin_sha256"] == plugin["sha256"] and len(plugin["sha256"]) == 64, made
    assert made["after"] is None and shops["steps"][1]["after"] == 3  # 36/12, 27/9, 44/22: the median
    assert one["data"][0]["path"] == "book.xlsx" and one["data"][0]["sheet"] == "Данные 1"
    for piece in ("in the data: no value (absent)   column Врачи   book.xlsx[Данные 1]!D6", "book.xlsx[Данные 1]!F6",
                  "book.xlsx[Данные 1]!H6", "plugin shops 1.4.2", plugin["sha256"], one["data"][0]["sha256"],
                  "impute.median: – → 12 per 10 000   median 12", "Passport, p. 7", "lower is better",
                  "its units are not named: the fit saw values that are not scored here"):
        assert piece in text, (piece, text)
    assert "are not named" not in every and "8 · 2023: Ольховка" in every, every
    for piece in ("плагин shops 1.4.2", "меньше — лучше", "недостающая часть опускается", "столбец Жильё"):
        assert piece in russian, (piece, russian)
    for word in ("missing child", "lower is better", "fitted on"):
        assert word not in russian, (word, russian)


main(str(pathlib.Path(sys.argv[1]).resolve()))
