# SPDX-License-Identifier: Apache-2.0
"""A workbook read and its formulas worked out, with nothing but the standard library: the functions
that `mera score --format xlsx` writes, as spreadsheets define them."""
import math
import re
import zipfile
import xml.etree.ElementTree as ET

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Cell:
    def __init__(self, value=None, formula=None, style=0, fill=0):
        self.value, self.formula, self.style, self.fill = value, formula, style, fill


def letters(n):
    out = ""
    while n >= 0:
        out = chr(65 + n % 26) + out
        n = n // 26 - 1
    return out


def number(text):
    n = 0
    for c in text:
        n = n * 26 + ord(c) - 64
    return n - 1


def place(ref):
    m = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", ref)
    return number(m[1]), int(m[2])


def read(path):
    """{sheet: {(column, row): Cell}}, in the order of sheets."""
    book = {}
    with zipfile.ZipFile(path) as z:
        shared = []
        if "xl/sharedStrings.xml" in z.namelist():
            for si in ET.fromstring(z.read("xl/sharedStrings.xml")).findall("m:si", NS):
                shared.append("".join(t.text or "" for t in si.iter("{%s}t" % NS["m"])))
        fills = [int(xf.get("fillId", 0)) for xf in ET.fromstring(z.read("xl/styles.xml")).find("m:cellXfs", NS)]
        rels = {r.get("Id"): r.get("Target") for r in ET.fromstring(z.read("xl/_rels/workbook.xml.rels"))}
        for sheet in ET.fromstring(z.read("xl/workbook.xml")).find("m:sheets", NS):
            cells = book[sheet.get("name")] = {}
            root = ET.fromstring(z.read("xl/" + rels[sheet.get(REL)].removeprefix("/xl/")))
            for c in root.iter("{%s}c" % NS["m"]):
                v, f, kind = c.find("m:v", NS), c.find("m:f", NS), c.get("t")
                if kind == "inlineStr":
                    value = "".join(t.text or "" for t in c.iter("{%s}t" % NS["m"]))
                elif v is None or v.text is None:
                    value = None
                else:
                    value = (shared[int(v.text)] if kind == "s" else v.text if kind in ("str", "e")
                             else float(v.text))
                cells[place(c.get("r"))] = Cell(value, f.text if f is not None else None, int(c.get("s", 0)),
                                                   fills[int(c.get("s", 0))])
    return book


def looks(path):
    """{sheet: (widths of columns, {(column, row): alignment of a cell}, columns that stay in sight)}."""
    out = {}
    with zipfile.ZipFile(path) as z:
        styles = []
        for xf in ET.fromstring(z.read("xl/styles.xml")).find("m:cellXfs", NS):
            align = xf.find("m:alignment", NS)
            styles.append({} if align is None else align.attrib)
        names = [s.get("name") for s in ET.fromstring(z.read("xl/workbook.xml")).find("m:sheets", NS)]
        for i, name in enumerate(names):
            root = ET.fromstring(z.read(f"xl/worksheets/sheet{i + 1}.xml"))
            columns = [(c, float(col.get("width"))) for col in root.iter("{%s}col" % NS["m"])
                       for c in range(int(col.get("min")) - 1, int(col.get("max")))]
            widths = dict(columns)
            assert len(widths) == len(columns), "a column has two widths: Excel would repair the file"
            pane = next(root.iter("{%s}pane" % NS["m"]), None)
            out[name] = (widths, {place(c.get("r")): styles[int(c.get("s", 0))] for c in root.iter("{%s}c" % NS["m"])},
                         int(pane.get("xSplit", 0)) if pane is not None else 0)
    return out


class Array(list):
    """A range: elements one by one with numbers and other ranges; an empty cell counts as 0."""

    def _with(self, other, op):
        other = other if isinstance(other, Array) else [other] * len(self)
        return Array(op(x if x is not None else 0.0, y if y is not None else 0.0) for x, y in zip(self, other))

    def __add__(self, o): return self._with(o, lambda x, y: x + y)
    def __radd__(self, o): return self._with(o, lambda x, y: y + x)
    def __sub__(self, o): return self._with(o, lambda x, y: x - y)
    def __rsub__(self, o): return self._with(o, lambda x, y: y - x)
    def __mul__(self, o): return self._with(o, lambda x, y: x * y)
    def __rmul__(self, o): return self._with(o, lambda x, y: y * x)
    def __truediv__(self, o): return self._with(o, lambda x, y: x / y)
    def __rtruediv__(self, o): return self._with(o, lambda x, y: y / x)
    def __lt__(self, o): return self._with(o, lambda x, y: float(x < y))
    def __ge__(self, o): return self._with(o, lambda x, y: float(x >= y))
    def __neg__(self): return Array(-(x or 0.0) for x in self)


def numbers(args):
    return [x for a in args for x in (a if isinstance(a, Array) else [a]) if isinstance(x, float)]


def each(f):
    return lambda x: Array(f(0.0 if v is None else v) for v in x) if isinstance(x, Array) else f(x)


def sumproduct(*arrays):
    columns = [a if isinstance(a, Array) else Array([a]) for a in arrays]
    assert len({len(c) for c in columns}) == 1, "ranges of different sizes"
    return sum(math.prod(x if isinstance(x, float) else 0.0 for x in row) for row in zip(*columns))


def deviation(args, less):
    x = numbers(args)
    mean = sum(x) / len(x)
    return math.sqrt(sum((v - mean) ** 2 for v in x) / (len(x) - less))


def half_up(x, digits):
    shown = float("%.15g" % x) * 10 ** digits
    return math.copysign(math.floor(abs(float("%.15g" % shown)) + 0.5), x) / 10 ** digits


FUNCTIONS = {
    "SUM": lambda *a: sum(numbers(a)),
    "SUMPRODUCT": sumproduct,
    "ISNUMBER": lambda x: Array(float(isinstance(v, float)) for v in x),
    "LN": each(math.log), "EXP": each(math.exp),
    "MIN": lambda *a: min(numbers(a)), "MAX": lambda *a: max(numbers(a)),
    "COUNT": lambda *a: float(len(numbers(a))),
    "COUNTIF": lambda r, x: float(sum(v == x for v in numbers([r]))),
    "RANK": lambda x, r, rising: 1.0 + sum(v < x if rising else v > x for v in numbers([r])),
    "AVERAGE": lambda *a: sum(numbers(a)) / len(numbers(a)),
    "STDEV": lambda *a: deviation(a, 1), "STDEVP": lambda *a: deviation(a, 0),
    "ROUND": lambda x, d: half_up(x, int(d)),
}

TOKEN = re.compile(r"((?:'[^']+'|[^\W\d]\w*)!)?(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?(?![\w(])"
                   r"|(\d+\.?\d*(?:[eE][-+]?\d+)?)")


class Sheets:
    """Works formulas out one by one; every value is worked out once."""

    def __init__(self, book):
        self.book, self.made, self.code = book, {}, {}

    def get(self, sheet, at):
        key = (sheet, at)
        if key not in self.made:
            cell = self.book[sheet].get(at)
            self.made[key] = None if cell is None else self.work(sheet, cell)
        return self.made[key]

    def range(self, sheet, a, b):
        (c, r), (d, s) = place(a), place(b)
        return Array(self.get(sheet, (x, y)) for y in range(r, s + 1) for x in range(c, d + 1))

    def work(self, sheet, cell):
        if cell.formula is None:
            return cell.value
        refs = []

        def take(m):
            if m[4] is not None:
                return repr(float(m[4]))
            where = sheet if m[1] is None else m[1][:-1].strip("'")
            refs.append((where, m[2], m[3]))
            return "R[%d]" % (len(refs) - 1)

        text = TOKEN.sub(take, cell.formula)
        if text not in self.code:
            self.code[text] = compile(text, cell.formula, "eval")
        values = [self.range(w, a, b) if b else self.scalar(w, a) for w, a, b in refs]
        return eval(self.code[text], {"__builtins__": {}}, dict(FUNCTIONS, R=values))

    def scalar(self, sheet, ref):
        value = self.get(sheet, place(ref))
        return 0.0 if value is None else value
