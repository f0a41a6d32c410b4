# SPDX-License-Identifier: Apache-2.0
"""What tests of damaged workbooks share: a methodology to read them by, ways to damage bytes, the check.

A case is (name, workbook, wanted exit status, pieces of what is said). A workbook has `write`, or is the
bytes of a file.
"""
import io
import pathlib
import struct
import subprocess
import tempfile

METHOD = """mera: 1
id: towns
units: {key: code, name: town}
data: {%s}
indicators:
  air: {unit: ug/m3, direction: lower}
  homes: {unit: m2, direction: higher}
steps: {normalise: minmax, aggregate: arithmetic}
framework: {id: index, indicators: [air, homes]}
"""
HEAD = ["code", "town", "air", "homes"]
ROWS = [["01", "Ufa", 12.5, 20], ["02", "Omsk", 14, 25], ["03", "Tver", 9.25, 22]]


def data(book):
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def flip(raw, marker):
    """Damages bytes of the compressed sheet."""
    at = raw.index(marker) + len(marker) + 20
    return raw[:at] + bytes(b ^ 0xFF for b in raw[at:at + 12]) + raw[at + 12:]


def encrypted(raw):
    out = bytearray(raw)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            flags = struct.unpack_from("<H", out, at + offset)[0]
            struct.pack_into("<H", out, at + offset, flags | 1)
            at = out.find(mark, at + 4)
    return bytes(out)


def run(mera, folder, name, book, extra):
    path = folder / name
    method = folder / "methodology.yaml"
    method.write_text(METHOD % extra)
    if isinstance(book, bytes):
        path.write_bytes(book)
    else:
        book.write(path)
    return subprocess.run([mera, "score", "methodology.yaml", "--data", name, "--format", "csv"], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=60)


def check(mera, file, cases, least):
    """Runs each case with the workbook in `file`; 1 when one fails or there are too few."""
    failures = 0
    for name, book, status, pieces in cases:
        extra, book = book if isinstance(book, tuple) else ("bad_rows: refuse", book)
        with tempfile.TemporaryDirectory() as folder:
            done = run(mera, pathlib.Path(folder), file, book, extra)
        lost = [p for p in pieces if p not in done.stderr]
        if done.returncode != status or lost or (status == 0) != bool(done.stdout):
            failures += 1
            print(f"FAILED {name}: status {done.returncode}, not said {lost}\n{done.stdout}{done.stderr}")
    print(f"{len(cases)} workbooks, {failures} failures")
    return 1 if failures or len(cases) < least else 0
