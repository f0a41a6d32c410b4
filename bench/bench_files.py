# SPDX-License-Identifier: Apache-2.0
"""How fast large files are read, and in how much memory: a long table of 1 GB of which 5 % is wanted, and
workbooks of two million cells, .xlsx and .ods. Made in a folder for the time of the measuring.

    bench_files.py MERA [--folder /tmp] [--megabytes 1000] [--cells 2000000] [--keep]
"""
import argparse
import os
import pathlib
import shutil
import sys
import tempfile
import time
import zipfile

METHOD = """mera: 1
id: large
units: {key: %s, period: year}
data: {%s}
indicators:
%s
steps: {normalise: minmax, aggregate: arithmetic}
framework: {id: index, indicators: [%s]}
"""
LONG = ("layout: long, encoding: utf-8, delimiter: \";\", decimal: \",\", key: oktmo, period: year, "
        "indicator: indicator_code, value: indicator_value, where: {mun_level: mun, indicator_period: год}, "
        "missing: {CD: suppressed}")
N_INDICATORS, N_WANTED, YEARS = 400, 20, range(2013, 2023)


def method(folder, key, data, columns, more=""):
    listed = "\n".join(f"  {c}: {{unit: count, direction: higher}}" for c in columns)
    (folder / "methodology.yaml").write_text(METHOD % (key, data, listed, ", ".join(columns)) + more)


def long_table(folder, megabytes):
    """Indicator by indicator, year by year, town by town, as mirrors of official statistics are."""
    path = folder / "long.csv"
    heads = [f"Область {i % 80};mun;Город {i};{i * 3701 % 90000000 + 1000000:08};" for i in range(3400)]
    room, state = megabytes * 1000000, 1
    with open(path, "wb") as out:
        out.write("region;mun_level;municipality;oktmo;indicator_code;indicator_period;year;indicator_value\n".encode())
        for indicator in range(N_INDICATORS):
            share = room * (indicator + 1) // N_INDICATORS
            for year in YEARS:
                lines = []
                for head in heads:
                    state = state * 1103515245 + 12345 & 0x7fffffff
                    lines.append(f"{head}Y{indicator:06};год;{year};{state >> 12},{state & 7}\n")
                out.write("".join(lines).encode())
                if out.tell() > share:
                    break
    step = N_INDICATORS // N_WANTED
    method(folder, "oktmo", LONG, [f"Y{i:06}" for i in range(0, N_INDICATORS, step)], "period: \"2013\"\n")
    return path


def rows(n_rows, n_columns):
    state = 7
    for i in range(n_rows):
        values = []
        for _ in range(n_columns):
            state = state * 1103515245 + 12345 & 0x7fffffff
            values.append(f"{state >> 12}.{state % 9 + 1}")
        yield i, values


def write_parts(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w", force_zip64=True) as out:
                for piece in pieces:
                    out.write(piece.encode())


def xlsx(path, cells):
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    heads = ["code"] + [f"x{i}" for i in range(9)]

    def sheet():
        yield f"<worksheet {main}><sheetData><row>"
        yield "".join(f'<c t="inlineStr"><is><t>{h}</t></is></c>' for h in heads) + "</row>"
        for i, values in rows(cells // 10, 9):
            yield (f'<row r="{i + 2}"><c r="A{i + 2}" t="s"><v>{i}</v></c>'
                   + "".join(f'<c r="{"BCDEFGHIJ"[j]}{i + 2}"><v>{v}</v></c>' for j, v in enumerate(values)) + "</row>")
        yield "</sheetData></worksheet>"

    def strings():
        yield f"<sst {main}>"
        for i in range(cells // 10):
            yield f"<si><t>{i:08}</t></si>"
        yield "</sst>"

    relation = '<Relationship Id="{0}" Type="' + kind + '/{1}" Target="{2}"/>'
    write_parts(path, {
        "_rels/.rels": ["<Relationships>" + relation.format("a", "officeDocument", "xl/workbook.xml") + "</Relationships>"],
        "xl/workbook.xml": [f'<workbook {main} xmlns:r="{kind}"><sheets><sheet name="Data" r:id="a"/></sheets></workbook>'],
        "xl/_rels/workbook.xml.rels": ["<Relationships>" + relation.format("a", "worksheet", "worksheets/sheet1.xml")
                                       + relation.format("b", "sharedStrings", "sharedStrings.xml") + "</Relationships>"],
        "xl/worksheets/sheet1.xml": sheet(), "xl/sharedStrings.xml": strings()})


def ods(path, cells):
    text = '<table:table-cell office:value-type="string"><text:p>{0}</text:p></table:table-cell>'
    number = ('<table:table-cell office:value-type="float" office:value="{0}" calcext:value-type="float"><text:p>{0}'
              "</text:p></table:table-cell>")

    def content():
        yield ('<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"><office:body>'
               '<office:spreadsheet><table:table table:name="Data"><table:table-row>')
        yield "".join(text.format(h) for h in ["code"] + [f"x{i}" for i in range(9)]) + "</table:table-row>"
        for i, values in rows(cells // 10, 9):
            yield ("<table:table-row>" + text.format(f"{i:08}") + "".join(number.format(v) for v in values)
                   + "</table:table-row>")
        yield "</table:table></office:spreadsheet></office:body></office:document-content>"

    write_parts(path, {"mimetype": ["application/vnd.oasis.opendocument.spreadsheet"], "content.xml": content()})


def measure(mera, folder, path):
    """Scores with the data and prints what it took; the score itself is a small part of it."""
    start = time.perf_counter()
    pid = os.spawnlp(os.P_NOWAIT, mera, mera, "score", str(folder / "methodology.yaml"), "--data", str(path), "--output",
                     os.devnull, "--format", "csv")
    _, status, used = os.wait4(pid, 0)
    took = time.perf_counter() - start
    size = path.stat().st_size / 1e6
    print(f"{path.name}: {size:.0f} MB in {took:.2f} s ({used.ru_utime + used.ru_stime:.2f} s of processor), {size / took:.0f} "
          f"MB/s, {used.ru_maxrss / 1024:.0f} MiB at most", flush=True)
    return os.waitstatus_to_exitcode(status)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("mera")
    ask.add_argument("--folder")
    ask.add_argument("--megabytes", type=int, default=1000)
    ask.add_argument("--cells", type=int, default=2000000)
    ask.add_argument("--keep", action="store_true")
    asked = ask.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(dir=asked.folder))
    status = 0
    try:
        status |= measure(asked.mera, folder, long_table(folder, asked.megabytes))
        for make in (xlsx, ods):
            path = folder / f"book.{make.__name__}"
            make(path, asked.cells)
            method(folder, "code", "layout: wide", [f"x{i}" for i in range(9)])
            text = (folder / "methodology.yaml").read_text().replace(", period: year", "")
            (folder / "methodology.yaml").write_text(text)
            status |= measure(asked.mera, folder, path)
    finally:
        if asked.keep:
            print(f"kept in {folder}")
        else:
            shutil.rmtree(folder)
    return status


sys.exit(main())
