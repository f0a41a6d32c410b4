# SPDX-License-Identifier: Apache-2.0
"""Makes .xls workbooks (BIFF8 in a compound file) with nothing but the standard library, as book.py
makes .xlsx ones; well-formed or damaged record by record."""
import struct

from book import Styled
from ods import split

SECTOR, FREE, END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
FORMATS = {164: "00000000", 165: "dd\\.mm\\.yyyy"}
XFS = [0, 14, 164, 165]
RAISED = 5  # a font: 0 to 3 are usual, there is no 4


def record(kind, *parts):
    body = b"".join(parts)
    return struct.pack("<HH", kind, len(body)) + body


def text(value, size="H", runs=()):
    """A text with a length of that size, in narrow characters when all are."""
    wide = any(ord(c) > 255 for c in value)
    flags = wide | (8 if runs else 0)
    body = value.encode("utf-16-le" if wide else "latin-1")
    return (struct.pack(f"<{size}B", len(value), flags) + (struct.pack("<H", len(runs)) if runs else b"")
            + body + b"".join(struct.pack("<HH", *run) for run in runs))


class Cell:
    """A cell by its record: what stands behind row and column; records that follow it."""

    def __init__(self, kind, body, after=b""):
        self.kind, self.body, self.after = kind, body, after


def formula(result, after=b""):
    return Cell(0x06, b"\0\0" + result + bytes(6) + struct.pack("<H", 3) + b"\x1e\x01\0", after)


def number(value):
    return struct.pack("<d", value)


class Rich(str):
    """A text whose end, from character `at` on, is raised."""

    def __new__(cls, value, at):
        self = super().__new__(cls, value)
        self.at = at
        return self


class Xls:
    def __init__(self, from_1904=False, upside_down=False, rk=True):
        self.sheets, self.strings, self.from_1904, self.upside_down, self.rk = [], {}, from_1904, upside_down, rk
        self.extra, self.cut, self.name, self.kind = b"", None, "Workbook", 0x600

    def cell(self, value, row, column):
        at = struct.pack("<HH", row, column)
        if isinstance(value, Cell):
            return record(value.kind, at, value.body) + value.after
        if isinstance(value, str):
            index = self.strings.setdefault((value, getattr(value, "at", None)), len(self.strings))
            return record(0xFD, at, struct.pack("<HI", 0, index))
        style = 0
        if isinstance(value, Styled):
            style, value = value.style, value.value
        if self.rk and value == int(value) and abs(value) < 2**29:
            return record(0x27E, at, struct.pack("<Hi", style, int(value) << 2 | 2))
        return record(0x203, at, struct.pack("<H", style), number(value))

    def sheet(self, name, rows, merged=(), state=None, first=1, after=b""):
        cells = [self.cell(v, i, j) for i, row in enumerate(rows, first - 1) for j, v in enumerate(row) if v is not None]
        cells = cells[::-1] if self.upside_down else cells
        ranges = [struct.pack("<HHHH", r - 1, r + n - 2, c - 1, c + m - 2) for r, c, n, m in map(split, merged)]
        merges = record(0xE5, struct.pack("<H", len(ranges)), *ranges) if ranges else b""
        return self.raw(name, b"".join(cells) + merges + after, state)

    def raw(self, name, records, state=None):
        self.sheets.append((name, 1 if state else 0, self.begin(0x10) + records + record(0x0A)))
        return self

    def begin(self, what):
        return record(0x809, struct.pack("<HHHHII", self.kind, what, 0, 0, 0, 0))

    def table(self):
        """The shared texts; a record holds 8224 bytes, and texts go on in the next."""
        body = struct.pack("<II", len(self.strings), len(self.strings))
        out = []
        for (value, at) in self.strings:
            piece = text(str(value), runs=[(at, RAISED)] if at is not None else ())
            if len(body) + len(piece) > 8224:
                head, wide = 3, piece[2] & 1
                room = 8224 - len(body)
                if room > head + 2 and not piece[2] & 8:
                    room -= (room - head) % 2
                    out.append(body + piece[:room])
                    body = bytes([wide]) + piece[room:]
                    continue
                out.append(body)
                body = b""
            body += piece
        out.append(body)
        return record(0xFC, out[0]) + b"".join(record(0x3C, more) for more in out[1:])

    def stream(self):
        fonts = b"".join(record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, int(i == 4), 0, 0, 0, 0), text("A", "B"))
                         for i in range(5))
        head = (self.begin(5) + self.extra + record(0x22, struct.pack("<H", self.from_1904)) + fonts
                + b"".join(record(0x41E, struct.pack("<H", k), text(v)) for k, v in FORMATS.items())
                + b"".join(record(0xE0, struct.pack("<HH", 0, k), bytes(16)) for k in XFS))
        tail = self.table() + record(0x0A)
        listed = sum(len(record(0x85, bytes(6), text(n, "B"))) for n, _, _ in self.sheets)
        place, sheets = len(head) + listed + len(tail), b""
        for name, state, records in self.sheets:
            sheets += record(0x85, struct.pack("<IBB", place, state, 0), text(name, "B"))
            place += len(records)
        return head + sheets + tail + b"".join(r for _, _, r in self.sheets)

    def make(self):
        stream = self.stream()
        stream += bytes(max(0, 4096 - len(stream)))
        stream += bytes(-len(stream) % SECTOR)
        n = len(stream) // SECTOR
        n_tables = 1
        while n_tables * SECTOR // 4 < n + 1 + n_tables:
            n_tables += 1
        tables = list(range(1, n)) + [END, END] + [TABLE] * n_tables
        tables += [FREE] * (-len(tables) % (SECTOR // 4))
        entry = (self.name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 2 * len(self.name) + 2, 2, 1)
                 + struct.pack("<III", FREE, FREE, FREE) + bytes(36) + struct.pack("<II", 0, len(stream)) + bytes(4))
        root = ("Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 22, 5, 1)
                + struct.pack("<III", FREE, FREE, 1) + bytes(36) + struct.pack("<II", END, 0) + bytes(4))
        header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
                  + struct.pack("<IIIIIIIII", 0, n_tables, n, 0, 4096, END, 0, END, 0))
        assert n_tables <= 109, "a larger file than tests need"
        header += struct.pack("<109I", *[n + 1 + i if i < n_tables else FREE for i in range(109)])
        return (header + stream + root + entry + bytes(SECTOR - 256) + struct.pack(f"<{len(tables)}I", *tables))[:self.cut]

    def write(self, path):
        with open(path, "wb") as out:
            out.write(self.make())
        return path
