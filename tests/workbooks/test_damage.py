# SPDX-License-Identifier: Apache-2.0
"""Damaged and odd workbooks: each kind is refused or reported, with its sheet and cell.

    test_damage.py MERA
"""
import io
import pathlib
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import CODE, DATE, MAIN, Book, Raw, Styled  # noqa: E402
from damage import HEAD, ROWS, check, data, encrypted, flip  # noqa: E402


def good(name="Data", rows=None, **more):
    return Book().sheet(name, [HEAD] + (rows or ROWS), **more)


def cell(value, row=1, column=2):
    """A good workbook with one cell of other content."""
    rows = [list(r) for r in ROWS]
    rows[row][column] = value
    return good(rows=rows)


def many(n):
    """A workbook of sheets that are no tables."""
    book = Book()
    for i in range(n):
        book.sheet(f"Note {i}", [["see the next"]])
    return book


def part(name, content):
    book = good()
    book.parts[name] = content
    return book


def without(name):
    book = good()
    book.drop.add(name)
    return book


def sheet_xml(inside, tail=""):
    return part("xl/worksheets/sheet1.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData>{tail}</worksheet>')


def bomb():
    return sheet_xml("<row r=\"1\">" + " " * 60000000 + "</row>")


def plain_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "no workbook")
    return out.getvalue()


def row_of(cells, n=2):
    head = "".join(f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in zip("ABCD", HEAD))
    return f'<row r="1">{head}</row><row r="{n}">{cells}</row>'


REST = '<c r="D2"><v>20</v></c>'
VAST = '<row r="3"><c r="XFD3"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
MERGE = '<mergeCells><mergeCell ref="C2:C3"/></mergeCells>'
WHOLE = data(good())
AT = "book.xlsx[Data]!"
CASES = [
    ("whole", good(), 0, []),
    ("truncated", WHOLE[:len(WHOLE) // 2], 1, ["archive of the workbook cannot be opened", "cut short"]),
    ("only_the_magic", WHOLE[:4], 1, ["archive of the workbook cannot be opened"]),
    ("damaged_sheet", flip(WHOLE, b"xl/worksheets/sheet1.xml"), 1, ["xl/worksheets/sheet1.xml"]),
    ("a_zip_without_workbook", plain_zip(), 1, ["_rels/.rels", "is not in the workbook"]),
    ("encrypted", encrypted(WHOLE), 1, ["encrypted", "without a password"]),
    ("zip_bomb", bomb(), 1, ["zip bomb"]),
    ("entities", part("xl/sharedStrings.xml", '<!DOCTYPE sst [<!ENTITY a "aaaaaaaa">]><sst>&a;</sst>'), 1,
     ["document type"]),
    ("deep", part("xl/sharedStrings.xml", "<a>" * 5000 + "</a>" * 5000), 1, ["nested too deeply"]),
    ("no_workbook_part", without("xl/workbook.xml"), 1, ["xl/workbook.xml", "is not in the workbook"]),
    ("no_relations", without("_rels/.rels"), 1, ["_rels/.rels"]),
    ("no_sheet_part", without("xl/worksheets/sheet1.xml"), 1, ["xl/worksheets/sheet1.xml", "not in the workbook"]),
    ("no_sheet_relation", part("xl/_rels/workbook.xml.rels", "<Relationships/>"), 1, ["'Data' has no part"]),
    ("no_strings", without("xl/sharedStrings.xml"), 1, ["xl/sharedStrings.xml"]),
    ("no_sheets", part("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets/></workbook>'), 1, ["holds no sheets"]),
    ("broken_xml", sheet_xml("<row r=\"1\"><c></row>"), 1, ["mismatched tag", "its line 1"]),
    ("cut_xml", part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"), 1, ["no element found"]),
    ("bad_utf8", part("xl/worksheets/sheet1.xml", b"<worksheet>\xff\xfe\x80</worksheet>"), 1, ["not well-formed"]),
    ("wrong_sheet", ("sheet: Dta", good()), 1, ["no sheet 'Dta'", "did you mean 'Data'"]),
    ("sheet_number", ("sheet: 3", good()), 1, ["no sheet '3'"]),
    ("bad_range", ("range: A5-H9", good()), 1, ["'A5-H9' is no range", "A5:H200"]),
    ("range_beyond", ("sheet: Data, range: Z90", good()), 1, ["holds no cells in that range"]),
    ("empty_sheet", ("sheet: Data", Book().sheet("Data", [])), 1, ["holds no cells"]),
    ("all_hidden", good(state="veryHidden"), 1, ["no visible sheet"]),
    ("tables_too_far", many(65).sheet("Data", [HEAD] + ROWS), 1, ["none of the first 64 visible sheets", "'sheet'"]),
    ("a_table_after_64_notes", ("sheet: Data", many(65).sheet("Data", [HEAD] + ROWS)), 0, []),
    ("second_sheet", Book().sheet("Note", [["see the next"]]).sheet("Data", [HEAD] + ROWS), 0,
     ["sheet 'Data' is read", "'Note'"]),
    ("two_sheets", good().sheet("Old", [HEAD] + ROWS, state="hidden"), 0,
     ["sheet 'Data' is read", "'Old' (hidden)"]),
    ("formula_without_value", cell(Raw('<c r="@"><f>SUM(A1:A2)</f></c>')), 1,
     [AT + "C3", "'=SUM(A1:A2)' is not a number", "without its value"]),
    ("formula_with_empty_text", cell(Raw('<c r="@" t="str"><f>IF(A1="","",1)</f><v></v></c>')), 0, []),
    ("formula_with_value", cell(Raw('<c r="@"><f>1+1</f><v>2</v></c>')), 0, []),
    ("error_cell", cell(Raw('<c r="@" t="e"><v>#DIV/0!</v></c>')), 1, [AT + "C3", "'#DIV/0!' is not a number"]),
    ("not_available", cell(Raw('<c r="@" t="e"><v>#N/A</v></c>')), 0, []),
    ("boolean", cell(Raw('<c r="@" t="b"><v>1</v></c>')), 1, [AT + "C3", "'TRUE' is not a number"]),
    ("date_in_numbers", cell(Styled(43831, DATE)), 1, [AT + "C3", "'2020-01-01' is not a number"]),
    ("text_in_numbers", cell("about 14"), 1, [AT + "C3", "'about 14'"]),
    ("no_such_string", cell(Raw('<c r="@" t="s"><v>4000000000</v></c>')), 1, [AT + "C3", "shared texts"]),
    ("negative_string", cell(Raw('<c r="@" t="s"><v>-1</v></c>')), 1, [AT + "C3", "shared texts"]),
    ("string_that_is_no_number", cell(Raw('<c r="@" t="s"><v>x</v></c>')), 1, [AT + "C3", "shared texts"]),
    ("number_that_is_none", cell(Raw('<c r="@"><v>1.2.3</v></c>')), 1, [AT + "C3", "'1.2.3' is not a number"]),
    ("infinite", cell(Raw('<c r="@"><v>1e999</v></c>')), 1, [AT + "C3", "is not a number"]),
    ("hex", cell(Raw('<c r="@"><v>0x10</v></c>')), 1, [AT + "C3", "is not a number"]),
    ("row_2_31", sheet_xml(row_of(REST) + '<row r="2147483648"/>'), 1, ["2147483648", "at most 1048576"]),
    ("row_0", sheet_xml('<row r="0"/>'), 1, ["number '0'"]),
    ("column_beyond", sheet_xml(row_of('<c r="XFE2"><v>1</v></c>')), 1, ["'XFE2' is no address"]),
    ("bad_address", sheet_xml(row_of('<c r="2B"><v>1</v></c>')), 1, ["'2B' is no address"]),
    ("cell_of_other_row", sheet_xml(row_of('<c r="A7"><v>1</v></c>')), 1, ["outside its row"]),
    ("rows_out_of_order", sheet_xml(row_of(REST.replace("D2", "D3"), 3) + '<row r="2"><c r="A2"><v>1</v></c></row>'), 1,
     [AT + "A2", "out of its order"]),
    ("cell_twice", sheet_xml(row_of('<c r="C2"><v>1</v></c><c r="C2"><v>2</v></c>')), 1, [AT + "C2", "there twice"]),
    ("merged_data", good(merged=["C2:C3"], rows=[ROWS[0], ["02", "Omsk", None, 25], ROWS[2]]), 0,
     ["merged ranges among the data", "1 (line 2)"]),
    ("merged_refused", ("merged: refuse", good(merged=["C2:C3"])), 1, [AT + "C2", "merged cells C2:C3"]),
    ("merged_nonsense", good(merged=["C2;C3"]), 1, ["'C2;C3' is no range"]),
    ("merged_everything", ("merged: fill", good(merged=["A1:XFD1048576"] * 5)), 1, ["the header has 'code' twice"]),
    ("merged_in_a_vast_sheet", ("merged: fill", sheet_xml(row_of('<c r="A2"><v>1</v></c>' + REST) + VAST, MERGE)), 1,
     [AT + "A3", "16384 fields where the header has 4"]),
    ("mostly_blank", sheet_xml(row_of(REST) + "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(3, 6200))),
     1, [AT + "XFD6106", "cells before this one are blank", "'range'"]),
    ("title_above", Book().sheet("Data", [["Towns in figures"], HEAD] + ROWS), 1,
     ["names 1 of 4 columns", "'skip_rows' or 'range'", "no field 'code'"]),
    ("code_with_format", cell(Styled(2, CODE), column=0), 0, []),
    ("same_code_twice", cell("01", column=0), 1, [AT + "A3", "unit '01' is there twice: first on line 2"]),
    ("cells_beyond_the_header", good(rows=[ROWS[0], ROWS[1] + ["see note"], ROWS[2]]), 1,
     [AT + "A3", "5 fields where the header has 4"]),
    ("no_code", cell(None, column=0), 1, [AT + "A3", "no key"]),
    ("missing_column", Book().sheet("Data", [["code", "town", "air"], ["01", "Ufa", 1]]), 1, ["homes"]),
]

sys.exit(check(str(pathlib.Path(sys.argv[1]).resolve()), "book.xlsx", CASES, 40))
