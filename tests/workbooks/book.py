# SPDX-License-Identifier: Apache-2.0
"""Makes .xlsx workbooks with nothing but the standard library, well-formed or damaged part by part."""
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="00000000"/>
<numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"""
DATE, CODE, DATE_OWN = 1, 2, 3


def letters(column):
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Raw(str):
    """A cell's XML as it is; `@` stands for its address."""


class Styled:
    def __init__(self, value, style):
        self.value, self.style = value, style


class Book:
    def __init__(self, shared=True, from_1904=False):
        self.sheets, self.shared, self.from_1904 = [], shared, from_1904
        self.strings, self.parts, self.drop = {}, {}, set()

    def text(self, value, address):
        if not self.shared:
            return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        index = self.strings.setdefault(value, len(self.strings))
        return f'<c r="{address}" t="s"><v>{index}</v></c>'

    def cell(self, value, address):
        if value is None:
            return ""
        if isinstance(value, Raw):
            return value.replace("@", address)
        if isinstance(value, Styled):
            return f'<c r="{address}" s="{value.style}"><v>{value.value}</v></c>'
        if isinstance(value, str):
            return self.text(value, address)
        return f'<c r="{address}"><v>{value!r}</v></c>'

    def sheet(self, name, rows, merged=(), state=None, first=1, after=""):
        lines = []
        for i, row in enumerate(rows, first):
            cells = "".join(self.cell(v, f"{letters(j)}{i}") for j, v in enumerate(row, 1))
            lines.append(f'<row r="{i}">{cells}</row>')
        merges = "".join(f'<mergeCell ref="{m}"/>' for m in merged)
        merges = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
        self.sheets.append((name, state, f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>'
                            f"{merges}{after}</worksheet>"))
        return self

    def make(self):
        parts = {}
        listed = "".join(f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="rId{i}"'
                         + (f' state="{s}"' if s else "") + "/>" for i, (n, s, _) in enumerate(self.sheets, 1))
        rels = "".join(f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                       for i in range(1, len(self.sheets) + 1))
        n = len(self.sheets)
        rels += f'<Relationship Id="rId{n + 1}" Type="{REL}/styles" Target="styles.xml"/>'
        rels += f'<Relationship Id="rId{n + 2}" Type="{REL}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles"),
                 ("/xl/sharedStrings.xml", "sharedStrings")]
        kinds += [(f"/xl/worksheets/sheet{i}.xml", "worksheet") for i in range(1, len(self.sheets) + 1)]
        parts["[Content_Types].xml"] = (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(f'<Override PartName="{p}" ContentType="application/vnd.openxmlformats-officedocument.'
                      f'spreadsheetml.{k}+xml"/>' for p, k in kinds) + "</Types>")
        parts["_rels/.rels"] = (f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
                                f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        parts["xl/workbook.xml"] = (f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><workbookPr date1904="'
                                    f'{int(self.from_1904)}"/><sheets>{listed}</sheets></workbook>')
        parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{rels}</Relationships>'
        parts["xl/styles.xml"] = STYLES
        items = "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in self.strings)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
        for i, (_, _, xml) in enumerate(self.sheets, 1):
            parts[f"xl/worksheets/sheet{i}.xml"] = xml
        parts.update(self.parts)
        return {k: v for k, v in parts.items() if k not in self.drop}

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.make().items():
                archive.writestr(name, content)
        return path
