# SPDX-License-Identifier: Apache-2.0
"""Exports in blocks, as the database of municipal indicators gives them, rebuilt from a seed: each is read to
the numbers of a plain CSV, and what is left out or refused is told with its line.

    test_blocks.py MERA
"""
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import Book  # noqa: E402

METHOD = """mera: 1
id: towns
units: {key: town, period: year}
period: all
data: {%s}
indicators:
%s
steps: {normalise: {op: minmax, reference: {period: all}}, aggregate: {op: arithmetic, missing: renormalise}}
framework: {id: index, indicators: [%s]}
"""
TITLES = ["Численность населения, человек", "Ввод жилья (кв. м)", "Оборот; тыс. руб.", "Число школ 1)"]
NAMES = ["Алейский район", "г. Барнаул", "Змеиногорский \"округ\"", "Рубцовск", "Новоалтайск"]
PARTS = ["январь-март", "январь-июнь", "январь-декабрь"]
RENAME = "rename: {%s}" % ", ".join(f'"{t}": x{i}' for i, t in enumerate(TITLES))


def number(rng, value):
    """A number as the export writes it: decimal comma, spaces or no-break spaces between thousands."""
    if value is None:
        return rng.choice(["-", "...", "…", ""])
    whole, _, rest = f"{value:.2f}".partition(".")
    gap = rng.choice(["", " ", "\u00a0"])
    head = f"{int(whole):,}".replace(",", gap)
    return head + ("," + rest if rest != "00" else "")


def quote(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ';"') else text


def block(rng, title, values, years):
    """The lines of one block, in one of the ways of saying the part of the year."""
    shape = rng.choice(["year", "label", "two rows", "field"])
    noise = lambda: number(rng, rng.uniform(1, 9))  # noqa: E731
    lines = [] if shape == "field" else [[title] if rng.random() < .5 else [title, "", ""]]
    if shape == "year":
        lines.append([""] + [y + rng.choice(["", " г.", " год"]) for y in years])
    elif shape == "label":
        lines.append([""] + [f"{p} {y} г." for y in years for p in PARTS])
    elif shape == "two rows":
        lines += [[""] + [c for y in years for c in (y, "", "")], [""] + PARTS * len(years)]
    else:
        lines.append([title, "Период"] + years)
    for name in NAMES:
        cells = [number(rng, values.get((name, y))) for y in years]
        if shape == "field":
            lines += [[name, p] + (cells if p == PARTS[2] else [noise() for _ in years]) for p in PARTS]
        elif shape == "year":
            lines.append([" " * rng.randint(0, 3) + name] + cells)
        else:
            lines.append([name] + [c for cell in cells for c in (noise(), noise(), cell)])
        if name == NAMES[2]:
            lines.append(["Городские округа"] + [""] * len(years))
    return lines


def export(seed):
    """Lines of fields of the export, and the plain CSV of the same numbers."""
    rng = random.Random(seed)
    years = [str(y) for y in range(2018, 2018 + rng.randint(2, 4))]
    lines, plain = [["База данных показателей муниципальных образований"], []], {}
    for i, title in enumerate(TITLES):
        values = {(n, y): round(rng.uniform(1, 99999), 2) for n in NAMES for y in years if rng.random() < .9}
        plain.update({(n, y, i): v for (n, y), v in values.items()})
        lines += block(rng, title, values, years) + [[]] * rng.randint(1, 3)
    table = ["town,year," + ",".join(f"x{i}" for i in range(len(TITLES)))]
    for n in NAMES:
        for y in years:
            cells = [repr(plain[n, y, i]) if (n, y, i) in plain else "" for i in range(len(TITLES))]
            table.append(",".join(['"' + n.replace('"', '""') + '"', y] + cells))
    return lines, "\n".join(table) + "\n"


def score(mera, folder, name, data, columns=4):
    columns = [f"x{i}" for i in range(columns)]
    (folder / "methodology.yaml").write_text(METHOD % (
        data, "\n".join(f"  {c}: {{unit: count, direction: higher}}" for c in columns), ", ".join(columns)))
    done = subprocess.run([mera, "score", "methodology.yaml", "--data", name, "--format", "csv"], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=60)
    return done.stdout, done.stderr


SMALL = "A\n;2019;2020\nУфа;1;2\nОмск;3;4\n"
TOLD = [
    ("no name", SMALL + ";5;6\n", "", 1, ["book.csv:5:1", "values without a name"]),
    ("no name, left out", SMALL + ";5;6\n", "bad_rows: skip", 0, ["rows without a name left out: 1 (line 5)"]),
    ("too many fields", SMALL + "Тверь;5;6;7\n", "", 1, ["book.csv:5:1", "4 fields where the row of years has 3"]),
    ("no number", SMALL + "Тверь;5;шесть\n", "", 1, ["book.csv:5:9", "column 'x0': 'шесть' is not a number"]),
    ("twice", SMALL + "Уфа;5;6\n", "", 1, ["book.csv:5:5", "first on line 3"]),
    ("no block", "A\nУфа;1\n", "", 1, ["blocks without a row of years left out: 1 (line 1)"]),
    ("a block of words", SMALL + "\nСноска: предварительно\n", "", 0, ["blocks without a row of years left out: 1 (line 6)"]),
    ("headings", "A\n;2019;2020\nОкруга;;\nУфа;1;2\nОмск;3;4\n", "", 0, ["taken as headings: 1 (line 3)"]),
    ("no part of the year", SMALL + "\nA\n;2018, на 1 июля\nУфа;1\n", "", 0,
     ["years left out, of which no value is said to be the year's: 1 (line 7)", "'of_year'"]),
    ("parts of one's own", SMALL.replace("2020", "2020, на 1 июля"), 'of_year: ["", на 1 июля]', 0, []),
    ("other parts", SMALL.replace("2020", "2019, январь-июнь"), "", 0, ["values of other parts of a year left out: 2"]),
    ("of_year elsewhere", SMALL, "layout: wide, of_year: год", 1, ["'of_year' is for data in blocks", "layout: blocks"]),
    ("heading as part of the key", "A\n;2019;2020\nАлтай\nСовет;1;2\nКрым\nСовет;3;4\n", "key: [heading, name]", 0, []),
]


def main(mera):
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for seed in range(12):
            lines, plain = export(seed)
            (folder / "plain.csv").write_text(plain)
            text = "\n".join(";".join(map(quote, line)) for line in lines).replace("…", "..." if seed % 2 else "…")
            (folder / "blocks.csv").write_bytes(text.encode("cp1251"))
            Book().sheet("Данные", [[None if c == "" else c for c in line] for line in lines]).write(folder / "blocks.xlsx")
            want, said = score(mera, folder, "plain.csv", "layout: wide")
            assert want.count("\n") > 10, said
            for name, data in (("blocks.csv", ""), ("blocks.xlsx", ', decimal: ","')):
                got, said = score(mera, folder, name, f"layout: blocks, footnotes: {str(seed % 3 == 0).lower()}, {RENAME}{data}"
                                  .replace(' 1)"', '"' if seed % 3 == 0 else ' 1)"'))
                if sorted(got.splitlines()) != sorted(want.splitlines()) or "left out: 1 (line 1)" not in said:
                    failures += 1
                    print(f"FAILED {name} of seed {seed}\n{said}{got}\nwanted\n{want}{text}")
        for name, text, data, status, pieces in TOLD:
            (folder / "book.csv").write_text(text)
            layout = "" if "layout" in data else "layout: blocks, "
            got, said = score(mera, folder, "book.csv", f"{layout}rename: {{A: x0}}, {data}".rstrip(", "), 1)
            if bool(got) != (status == 0) or any(p not in said for p in pieces):
                failures += 1
                print(f"FAILED {name}\n{said}{got}")
    print(f"12 exports and {len(TOLD)} oddities, {failures} failures")
    return 1 if failures else 0


sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
