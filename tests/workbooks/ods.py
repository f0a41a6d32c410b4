# SPDX-License-Identifier: Apache-2.0
"""Makes .ods spreadsheets with nothing but the standard library, as book.py makes .xlsx ones."""
import datetime
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from book import CODE, Raw, Styled

SPACES = {"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
          "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
          "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
          "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
          "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"}
XMLNS = " ".join(f'xmlns:{k}="{v}"' for k, v in SPACES.items())
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f'<manifest:manifest {XMLNS}><manifest:file-entry manifest:full-path="/"/></manifest:manifest>'
STYLES = """<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties
 table:display="false"/></style:style><style:style style:name="T1" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style></office:automatic-styles>"""
BLANKS = ('<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="16384"/>'
          "</table:table-row>")


def split(ref):
    """'B3:D4' as (row, column, rows, columns), from 1."""
    corner = [(int(n), sum((ord(c) - 64) * 26 ** i for i, c in enumerate(reversed(a))))
              for a, n in re.findall(r"([A-Z]+)(\d+)", ref)]
    (r, c), (r2, c2) = corner
    return r, c, r2 - r + 1, c2 - c + 1


def day(serial):
    return (datetime.date(1899, 12, 30) + datetime.timedelta(days=serial)).isoformat()


class Ods:
    def __init__(self, shown=True):
        self.sheets, self.parts, self.drop, self.shown = [], {}, set(), shown

    def cell(self, value, more=""):
        if value is None:
            return f"<table:table-cell{more}/>"
        if isinstance(value, Raw):
            return value
        if isinstance(value, str):
            return (f'<table:table-cell{more} office:value-type="string"><text:p>'
                    + re.sub("  +", lambda m: f' <text:s text:c="{len(m[0]) - 1}"/>', escape(value))
                    + "</text:p></table:table-cell>")
        shown, kind, said = repr(value), "float", "value"
        if isinstance(value, Styled):
            shown, value = f"{value.value:08}" if value.style == CODE else day(value.value), value.value
            if "-" in shown:
                kind, said, value = "date", "date-value", shown
        shown = f"<text:p>{shown}</text:p>" if self.shown or shown.startswith("0") else ""
        return (f'<table:table-cell{more} office:value-type="{kind}" office:{said}="{value}">{shown}'
                "</table:table-cell>")

    def sheet(self, name, rows, merged=(), state=None, first=1, after=""):
        spans = {(r, c): (n, m) for r, c, n, m in map(split, merged)}
        lines = [BLANKS % (first - 1)] if first > 1 else []
        for i, row in enumerate(rows, first):
            cells = []
            for j, value in enumerate(row, 1):
                n, m = spans.get((i, j), (1, 1))
                cells.append(self.cell(value, f' table:number-rows-spanned="{n}" table:number-columns-spanned="{m}"'
                                       if n * m > 1 else ""))
            lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        left = 1048576 - first + 1 - len(rows)
        self.raw(name, "".join(lines) + BLANKS % left + after, state)
        return self

    def raw(self, name, xml, state=None):
        style = ' table:style-name="ta1"' if state else ""
        self.sheets.append(f"<table:table table:name={quoteattr(name)}{style}>{xml}</table:table>")
        return self

    def make(self):
        parts = {"mimetype": KIND, "META-INF/manifest.xml": MANIFEST,
                 "content.xml": f"<office:document-content {XMLNS}>{STYLES}<office:body><office:spreadsheet>"
                                + "".join(self.sheets)
                                + "</office:spreadsheet></office:body></office:document-content>"}
        parts.update(self.parts)
        return {k: v for k, v in parts.items() if k not in self.drop}

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.make().items():
                archive.writestr(name, content)
        return path
