# SPDX-License-Identifier: Apache-2.0
"""Files as they arrive at a ministry, each wrong in its own way: `mera data describe` says what is odd, where, and
what to write, in English and in Russian; good files draw no such advice.

    test_wrong_files.py MERA
"""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import Book, Raw  # noqa: E402

TOWNS = ["01701000;Барнаул", "01705000;Бийск", "54701000;Орёл", "29701000;Киров", "80701000;Уфа", "52701000;Омск",
         "28701000;Тверь", "58701000;Псков", "56701000;Пенза", "53701000;Оренбург", "36701000;Самара", "61701000;Рязань"]
HEAD = "oktmo;name;year;population;housing;doctors\n"
ADVICE = ["title-above", "years-in-row", "second-header", "total-row", "lost-zero", "shortened-number", "percent",
          "footnote", "number-in-text", "two-decimal-marks", "mostly-numbers", "year-in-text", "broken-letters",
          "all-ragged", "no-rows", "unnamed-field", "unparsable-number"]


def rows(change=lambda i, row: row):
    """A row a town; `change` damages it."""
    lines = []
    for i, town in enumerate(TOWNS):
        row = town.split(";") + ["2024", str(1000 * (i + 3)), f"{20 + i * .7:.1f}".replace(".", ","), str(30 + i)]
        lines.append(";".join(change(i, row)))
    return "\n".join(lines) + "\n"


def set_field(field, value, when=lambda i: True):
    return rows(lambda i, row: row[:field] + [value(row[field]) if when(i) else row[field]] + row[field + 1:])


BLOCKS = "База показателей;;\n;;\nЖильё, кв. м;;\n;2023;2024\nУфа;1;2\nОмск;3;4\n;;\nВрачи;;\n;2023;2024\nУфа;5;6\nОмск;7;8\n"
TWO_HEADERS = "oktmo;name;2023;;2024;\n;;жители;жильё;жители;жильё\n" + "".join(
    f"{t};{i + 1};{i + 2};{i + 3};{i + 4}\n" for i, t in enumerate(TOWNS))
FILES = [  # name, content, what is said in English, in Russian
    ("good", HEAD + rows(), [], []),
    ("good, one row", "key;x\na;1\n", [], []),
    ("a title above", "Отчёт за 2024 год\n\n" + HEAD + rows(),
     ["data.csv:3 title-above:", "'skip_rows: 2' begins there"], ["'skip_rows: 2' начнёт с неё"]),
    ("sep=", "sep=;\n" + HEAD + rows(), ["data.csv:2 title-above:", "'skip_rows: 1'"], ["'skip_rows: 1'"]),
    ("blocks", BLOCKS, ["data.csv:4 years-in-row: rows of years without a name: 2;", "'layout: blocks'"],
     ["строк с годами без названия: 2"]),
    ("two headers", TWO_HEADERS, ["data.csv:2 second-header: texts over numbers in 4 fields", "'header_rows: 2'",
                                  "unnamed-field: fields without a name: 2 (4, 6)"], ["полей без имени: 2 (4, 6)"]),
    ("a total", HEAD + rows() + "Итого;;2024;150000;;400\n",
     ["data.csv:14:1 total-row: 'Итого': a total among the units?"], ["итог среди территорий?"]),
    ("lost zeros", HEAD + set_field(0, lambda x: x.lstrip("0")),
     ["lost-zero: 'oktmo': 10 codes of 8 digits and 2 of one less"], ["кодов 10 по 8 цифр и 2 на цифру короче"]),
    ("shortened codes", HEAD + set_field(0, lambda x: "8,0701E+07", lambda i: i % 2),
     ["shortened-number: 'oktmo': cells like '8,07E+07': 6"], ["ячеек вида '8,07E+07': 6"]),
    ("a unit behind", HEAD + set_field(3, lambda x: x + " тыс. чел."),
     ["data.csv:2:23 number-in-text: 'population': numbers with text behind them: 12, the first '3000 тыс. чел.'",
      "'numbers_in_text: true'"], ["чисел с текстом после них: 12"]),
    ("percent", HEAD + set_field(4, lambda x: x + "%"),
     ["data.csv:2:28 percent: 'housing': percent signs behind numbers: 12, the first '20,0%'"], ["чисел со знаком процента: 12"]),
    ("two decimal marks", HEAD + set_field(4, lambda x: x.replace(",", "."), lambda i: i % 3 == 0),
     ["data.csv:2:28 two-decimal-marks: 'housing': numbers with another decimal mark than the rest of the file: 4"],
     ["чисел с другим десятичным знаком"]),
    ("dates", HEAD + set_field(4, lambda x: "12.май", lambda i: i in (2, 5)),
     ["data.csv:4:25 mostly-numbers: 'housing': numbers in 10 of 12 cells; the first of the others is '12.май'"],
     ["чисел 10 из 12; первая из остальных ячеек '12.май'"]),
    ("one word", HEAD + set_field(5, lambda x: "нет данных", lambda i: i == 4),
     ["data.csv:6:29 unparsable-number: 'doctors': cells that are not numbers: 1, the first 'нет данных'"],
     ["ячеек, которые не числа: 1, первая 'нет данных'"]),
    ("footnotes", HEAD + set_field(3, lambda x: x + "¹", lambda i: i == 3),
     ["footnote: 'population': marks of footnotes at numbers: 1, the first '6000¹'", "'footnotes: true'"],
     ["чисел со знаком сноски: 1"]),
    ("years in words", HEAD + set_field(2, lambda x: x + " г.", lambda i: i > 7),
     ["data.csv:10:16 year-in-text: 'year': years are written in several ways: with text behind them 4, the first '2024 г.'"],
     ["годы записаны по-разному"]),
    ("broken letters", (HEAD + rows()).encode().decode("cp1251", errors="replace"), ["broken-letters: 'Р‘Р°"], ["получите файл заново"]),
    ("all rows too long", HEAD + rows(lambda i, row: row + ["x"]),
     ["… ragged-row: 7", "all-ragged: every row has 7 fields and the header 6"], ["в каждой строке полей 7, а в заголовке 6"]),
    ("a header alone", HEAD, ["no-rows: the file has a header (6 fields) and no rows"], ["и ни одной строки"]),
    ("an open quote", HEAD + rows(lambda i, row: [row[0], '"' + row[1]] + row[2:] if i == 4 else row),
     ["data.csv:6:10: error: the quote that opens here is never closed", "a quote inside a field is written twice"], []),
]


def described(mera, folder, name, language, *more):
    done = subprocess.run([mera, "data", "describe", name, "--format", "table", "--lang", language, *more], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


def workbook(folder):
    """A merged title over all columns, a total, a formula that was never calculated."""
    rows = [["Показатели", None, None, None], [], ["Код", "Город", "Жители", "Жильё"]]
    rows += [[t.split(";")[0], t.split(";")[1], 1000 + i, 20.5 + i] for i, t in enumerate(TOWNS)]
    rows[6][3] = Raw('<c r="@"><f>SUM(A1)</f></c>')
    rows.append(["Всего", None, 55555, None])
    Book().sheet("Данные", rows, merged=["A1:D1"]).write(folder / "book.xlsx")
    return ["book.xlsx[Данные]:3 title-above:", "'skip_rows: 2'", "book.xlsx[Данные]!A16 total-row: 'Всего'"]


def main(mera):
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, text, english, russian in FILES:
            (folder / "data.csv").write_bytes(text.encode())
            said = {"en": described(mera, folder, "data.csv", "en"), "ru": described(mera, folder, "data.csv", "ru")}
            lacks = [p for p in english if p not in said["en"]] + [p for p in russian if p not in said["ru"]]
            extra = [a for a in ADVICE if f"{a}:" in said["en"] and not english]
            if lacks or extra:
                failures += 1
                print(f"FAILED {name}: without {lacks}, with {extra}\n{said['en']}{said['ru']}")
        wanted = workbook(folder)
        said = described(mera, folder, "book.xlsx", "en")
        below = described(mera, folder, "book.xlsx", "en", "--range", "A3")
        if any(p not in said for p in wanted) or "!D7 unparsable-number: 'Жильё'" not in below or "'=SUM(A1)'" not in below:
            print(below)
            failures += 1
            print(f"FAILED workbook\n{said}")
    print(f"{len(FILES) + 1} files, {failures} failures")
    return 1 if failures else 0


sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
