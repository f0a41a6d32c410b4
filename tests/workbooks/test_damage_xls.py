# SPDX-License-Identifier: Apache-2.0
"""Damaged and odd .xls workbooks: each kind is refused or reported, with its sheet and cell.

    test_damage_xls.py MERA
"""
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import CODE, DATE, Styled  # noqa: E402
from damage import HEAD, ROWS, check  # noqa: E402
from xls import Cell, Rich, Xls, formula, number, record, text  # noqa: E402


def good(name="Data", rows=None, **more):
    return Xls().sheet(name, [HEAD] + (rows or ROWS), **more)


def cell(value, row=1, column=2):
    """A good workbook with one cell of other content."""
    rows = [list(r) for r in ROWS]
    rows[row][column] = value
    return good(rows=rows)


def with_(**more):
    book = good()
    vars(book).update(more)
    return book


def patched(offset, form, *values):
    """The bytes of a good file with others at `offset`."""
    out = bytearray(good().make())
    struct.pack_into(form, out, offset, *values)
    return bytes(out)


def fat(index, value):
    """A good file in whose table of sectors one entry is another."""
    whole = good().make()
    first = struct.unpack_from("<I", whole, 0x4C)[0]
    return patched(512 * (first + 1) + 4 * index, "<I", value)


def stream(find, put):
    """A good file with some bytes of its stream replaced, the first time they are there."""
    whole = good().make()
    assert len(find) == len(put) and find in whole
    return whole.replace(find, put, 1)


def locked(name):
    out = good()
    out.name = name
    return out


AT = "book.xls[Data]!"
LONG = "я" * 5000
AFTER = [HEAD] + ROWS + [[f"{i:05}", LONG, 1, 2] for i in range(3)]
PLACE = struct.unpack_from("<I", good().make(), good().make().index(struct.pack("<HH", 0x85, 12)) + 4)[0]
CASES = [
    ("whole", good(), 0, []),
    ("by_columns_from_below", Xls(upside_down=True).sheet("Data", [HEAD] + ROWS), 0, []),
    ("truncated", good().make()[:3000], 1, ["(.xls) cannot be opened", "cut short"]),
    ("only_the_magic", good().make()[:8], 1, ["ends inside its header"]),
    ("header_alone", good().make()[:512], 1, ["table of its sectors is not whole"]),
    ("sectors_of_no_size", patched(0x1E, "<H", 7), 1, ["unknown size"]),
    ("sectors_2_31", patched(0x2C, "<I", 2**31), 1, ["more sectors than it has bytes"]),
    ("table_elsewhere", patched(0x4C, "<I", 9000), 1, ["table of its sectors is not whole"]),
    ("directory_elsewhere", patched(0x30, "<I", 9000), 1, ["beyond the end of the file"]),
    ("no_directory", patched(0x30, "<I", 0xFFFFFFFE), 1, ["no directory"]),
    ("chain_that_comes_back", fat(2, 1), 1, ["comes back to where it was"]),
    ("chain_cut", fat(2, 0xFFFFFFFE), 1, ["shorter than it is said to be"]),
    ("chain_beyond", fat(2, 70000), 1, ["beyond the end of the file"]),
    ("another_program", locked("WordDocument"), 1, ["no workbook in it"]),
    ("older_name", locked("Book"), 1, ["older than that of Excel 97", ".xlsx"]),
    ("older_kind", with_(kind=0x500, sheets=[]).sheet("Data", []), 1, ["older than that of Excel 97"]),
    ("encrypted", with_(extra=record(0x2F, bytes(54))), 1, ["encrypted", "without a password"]),
    ("encrypted_package", locked("EncryptedPackage"), 1, ["encrypted", "without a password"]),
    ("format_of_nothing", with_(extra=record(0x41E, struct.pack("<H", 170), text(""))), 0, []),
    ("sheet_without_a_name", good(name=""), 0, []),
    ("no_sheets", Xls(), 1, ["holds no sheets"]),
    ("sheet_elsewhere", stream(struct.pack("<I", PLACE), struct.pack("<I", 2**31)), 1,
     ["not where they are said to be"]),
    ("sheet_inside_a_record", stream(struct.pack("<I", PLACE), struct.pack("<I", PLACE + 3)), 1,
     ["records of the sheet are"]),
    ("records_without_end", stream(record(0x203, struct.pack("<HHH", 3, 2, 0), number(9.25)),
                                   struct.pack("<HH", 0x203, 60000) + struct.pack("<HHH", 3, 2, 0) + number(9.25)), 1,
     ["records of the sheet are cut"]),
    ("texts_2_31", stream(struct.pack("<II", 10, 10), struct.pack("<II", 10, 2**31)), 1, ["more shared texts than bytes"]),
    ("texts_cut", stream(struct.pack("<II", 10, 10), struct.pack("<II", 10, 11)), 1, ["table of texts is cut"]),
    ("texts_in_many_records", Xls().sheet("Data", AFTER), 0, []),
    ("wrong_sheet", ("sheet: Dta", good()), 1, ["no sheet 'Dta'", "did you mean 'Data'"]),
    ("range_beyond", ("sheet: Data, range: Z90", good()), 1, ["holds no cells in that range"]),
    ("all_hidden", good(state="hidden"), 1, ["no visible sheet"]),
    ("two_sheets", good().sheet("Old", [HEAD] + ROWS, state="hidden"), 0, ["sheet 'Data' is read", "'Old' (hidden)"]),
    ("formula_without_value", cell(formula(b"\3" + bytes(5) + b"\xff\xff")), 0,
     ["formulas whose stored value is empty", "1 (line 3)"]),
    ("formula_with_value", cell(formula(number(2.5))), 0, []),
    ("formula_with_text", cell(formula(bytes(6) + b"\xff\xff", record(0x207, text("NA")))), 0, []),
    ("formula_with_error", cell(formula(b"\2\0\x07\0\0\0\xff\xff")), 1, [AT + "C3", "'#DIV/0!' is not a number"]),
    ("formula_true", cell(formula(b"\1\0\1\0\0\0\xff\xff")), 1, [AT + "C3", "'TRUE' is not a number"]),
    ("error_cell", cell(Cell(0x205, b"\0\0\x17\1")), 1, [AT + "C3", "'#REF!' is not a number"]),
    ("unknown_error", cell(Cell(0x205, b"\0\0\x99\1")), 1, [AT + "C3", "'#ERROR!' is not a number"]),
    ("not_available", cell(Cell(0x205, b"\0\0\x2a\1")), 0, []),
    ("boolean", cell(Cell(0x205, b"\0\0\0\0")), 1, [AT + "C3", "'FALSE' is not a number"]),
    ("date_in_numbers", cell(Styled(43831, DATE)), 1, [AT + "C3", "'2020-01-01' is not a number"]),
    ("no_number", cell(Cell(0x203, b"\0\0" + number(float("nan")))), 1, [AT + "C3", "'#NUM!' is not a number"]),
    ("infinite", cell(Cell(0x203, b"\0\0" + number(float("inf")))), 1, [AT + "C3", "is not a number"]),
    ("text_in_numbers", cell("about 14"), 1, [AT + "C3", "'about 14'"]),
    ("text_in_the_record", cell(Cell(0x204, b"\0\0" + text("NA"))), 0, []),
    ("text_in_the_record_cut", cell(Cell(0x204, b"\0\0" + text("NA" * 9)[:-4])), 1, [AT + "C3", "text of the cell is cut"]),
    ("raised", cell(Rich("14a", 2)), 1, [AT + "C3", "'14a' is not a number"]),
    ("half_of_a_pair", cell(Cell(0x204, b"\0\0" + struct.pack("<HBHH", 2, 1, 0xD83D, 0x41))), 1, [AT + "C3", "\ufffdA"]),
    ("no_such_text", cell(Cell(0xFD, b"\0\0" + struct.pack("<I", 4000000000))), 1, [AT + "C3", "shared texts"]),
    ("record_of_a_cell_cut", cell(Cell(0x203, b"\0\0\0")), 1, ["record of a cell is cut"]),
    ("column_beyond", good(after=record(0x203, struct.pack("<HHH", 9, 300, 0), number(1))), 1,
     [AT + "KO10", "256 columns"]),
    ("cell_twice", good(after=record(0x203, struct.pack("<HHH", 2, 2, 0), number(1))), 1, [AT + "C3", "there twice"]),
    ("chart_in_the_sheet", good(after=record(0x809, bytes(16)) + record(0x203, bytes(3)) + record(0x0A)), 0, []),
    ("merged_data", good(merged=["C2:C3"], rows=[ROWS[0], ["02", "Omsk", None, 25], ROWS[2]]), 0,
     ["merged ranges among the data", "1 (line 2)"]),
    ("merged_refused", ("merged: refuse", good(merged=["C2:C3"])), 1, [AT + "C2", "merged cells C2:C3"]),
    ("merged_nonsense", good(after=record(0xE5, struct.pack("<HHHHH", 1, 5, 2, 0, 0))), 1, ["no range of merged cells"]),
    ("code_with_format", cell(Styled(2, CODE), column=0), 0, []),
    ("same_code_twice", cell("01", column=0), 1, [AT + "A3", "unit '01' is there twice: first on line 2"]),
    ("cells_beyond_the_header", good(rows=[ROWS[0], ROWS[1] + ["see note"], ROWS[2]]), 1,
     [AT + "A3", "5 fields where the header has 4"]),
]


sys.exit(check(str(pathlib.Path(sys.argv[1]).resolve()), "book.xls", CASES, 45))
