# SPDX-License-Identifier: Apache-2.0
"""Damaged and odd OpenDocument spreadsheets: each kind is refused or reported, with its sheet and cell.

    test_damage_ods.py MERA
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from book import CODE, DATE, Raw, Styled  # noqa: E402
from damage import HEAD, ROWS, check, data, encrypted, flip  # noqa: E402
from ods import XMLNS, Ods  # noqa: E402


def good(name="Data", rows=None, **more):
    return Ods().sheet(name, [HEAD] + (rows or ROWS), **more)


def cell(value, row=1, column=2):
    """A good spreadsheet with one cell of other content."""
    rows = [list(r) for r in ROWS]
    rows[row][column] = value
    return good(rows=rows)


def typed(attributes, inside=""):
    return cell(Raw(f"<table:table-cell {attributes}>{inside}</table:table-cell>"))


def part(name, content):
    book = good()
    book.parts[name] = content
    return book


def without(*names):
    book = good()
    book.drop.update(names)
    return book


def content(inside):
    return part("content.xml", f"<office:document-content {XMLNS}><office:body><office:spreadsheet>{inside}"
                "</office:spreadsheet></office:body></office:document-content>")


def rows_then(xml):
    """The table of a good spreadsheet, and more behind it."""
    lines = "".join(f"<table:table-row>{''.join(map(Ods().cell, row))}</table:table-row>" for row in [HEAD] + ROWS)
    return Ods().raw("Data", lines + xml)


ONE = '<table:table-cell office:value-type="float" office:value="1"%s/>'
KIND = "application/vnd.oasis.opendocument."
LOCKED = f"<m:manifest {XMLNS} xmlns:m='m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
WHOLE = data(good())
AT = "book.ods[Data]!"
CASES = [
    ("whole", good(), 0, []),
    ("truncated", WHOLE[:len(WHOLE) // 2], 1, ["archive of the workbook cannot be opened", "cut short"]),
    ("damaged_content", flip(WHOLE, b"content.xml"), 1, ["content.xml"]),
    ("encrypted", encrypted(WHOLE), 1, ["encrypted", "without a password"]),
    ("encrypted_by_password", part("META-INF/manifest.xml", LOCKED), 1, ["encrypted", "without a password"]),
    ("zip_bomb", content("<table:table>" + " " * 60000000 + "</table:table>"), 1, ["zip bomb"]),
    ("entities", part("content.xml", '<!DOCTYPE a [<!ENTITY a "aaaaaaaa">]><a>&a;</a>'), 1, ["document type"]),
    ("deep", part("content.xml", "<a>" * 5000 + "</a>" * 5000), 1, ["nested too deeply"]),
    ("no_content", without("content.xml"), 1, ["content.xml", "is not in the workbook"]),
    ("no_manifest", without("META-INF/manifest.xml", "mimetype"), 0, []),
    ("a_text_document", part("mimetype", KIND + "text"), 1, ["of the kind 'text'", "as CSV"]),
    ("a_template", part("mimetype", KIND + "spreadsheet-template"), 0, []),
    ("no_sheets", content(""), 1, ["holds no sheets"]),
    ("broken_xml", content("<table:table><table:table-row></table:table>"), 1, ["mismatched tag", "its line 1"]),
    ("cut_xml", part("content.xml", "<office:document-content>"), 1, ["content.xml", "its line 1"]),
    ("bad_styles", part("styles.xml", "<a></b>"), 1, ["styles.xml", "mismatched tag"]),
    ("bad_utf8", part("content.xml", b"<a>\xff\xfe\x80</a>"), 1, ["not well-formed"]),
    ("wrong_sheet", ("sheet: Dta", good()), 1, ["no sheet 'Dta'", "did you mean 'Data'"]),
    ("range_beyond", ("sheet: Data, range: Z90", good()), 1, ["holds no cells in that range"]),
    ("all_hidden", good(state="hidden"), 1, ["no visible sheet"]),
    ("second_sheet", Ods().sheet("Note", [["see the next"]]).sheet("Data", [HEAD] + ROWS), 0,
     ["sheet 'Data' is read", "'Note'"]),
    ("second_sheet_named", ("sheet: 2", Ods().sheet("Note", [["see"], ["it"]]).sheet("Data", [HEAD] + ROWS)), 0, []),
    ("a_name_that_is_a_number", ("sheet: \"1\"", Ods().sheet("2", [["see"], ["it"]]).sheet("1", [HEAD] + ROWS)), 0, []),
    ("no_table", Ods().sheet("Note", [["see the next"]]).sheet("Next", [["see the last"]]), 1,
     ["no visible sheet", "2 sheets", "'sheet'"]),
    ("a_later_sheet_broken", part("content.xml", Ods().sheet("Data", [HEAD] + ROWS).sheet("Next", [["a"], ["b"]])
                                  .make()["content.xml"].replace('table:name="Next">', 'table:name="Next"></a>')), 1,
     ["mismatched tag", "book.ods:"]),
    ("two_sheets", good().sheet("Old", [HEAD] + ROWS, state="hidden"), 0, ["sheet 'Data' is read", "'Old' (hidden)"]),
    ("formula_without_value", typed('table:formula="of:=SUM([.A1:.A2])"'), 1,
     [AT + "C3", "'=SUM([.A1:.A2])' is not a number", "without its value"]),
    ("formula_with_value", typed('table:formula="of:=1+1" office:value-type="float" office:value="2"'), 0, []),
    ("error_cell", typed('table:formula="of:=1/0" office:value-type="string" office:string-value=""',
                         "<text:p>#DIV/0!</text:p>"), 1, [AT + "C3", "'#DIV/0!' is not a number"]),
    ("not_available", typed('office:value-type="string" office:string-value=""', "<text:p>#N/A</text:p>"), 0, []),
    ("boolean", typed('office:value-type="boolean" office:boolean-value="true"'), 1, [AT + "C3", "'TRUE' is not a number"]),
    ("time", typed('office:value-type="time" office:time-value="PT1H"'), 1, [AT + "C3", "'PT1H' is not a number"]),
    ("date_in_numbers", cell(Styled(43831, DATE)), 1, [AT + "C3", "'2020-01-01' is not a number"]),
    ("moment_in_numbers", typed('office:value-type="date" office:date-value="2020-01-01T10:30:00.500"'), 1,
     [AT + "C3", "'2020-01-01T10:30:00.5' is not a number"]),
    ("text_in_numbers", cell("about 14"), 1, [AT + "C3", "'about 14'"]),
    ("number_that_is_none", typed('office:value-type="float" office:value="1.2.3"'), 1,
     [AT + "C3", "'1.2.3' is not a number"]),
    ("number_without_value", typed('office:value-type="float"'), 0, []),
    ("infinite", typed('office:value-type="float" office:value="1e999"'), 1, [AT + "C3", "is not a number"]),
    ("unknown_type", typed('office:value-type="void"', "<text:p>12</text:p>"), 0, []),
    ("rows_2_31", rows_then(f'<table:table-row table:number-rows-repeated="2147483648">{ONE % ""}</table:table-row>'), 1,
     [AT + "A5", "2147483648 times", "at most 1048576 rows"]),
    ("blank_rows_beyond", rows_then('<table:table-row table:number-rows-repeated="1048576"/>'), 1,
     [AT + "A5", "1048576 times"]),
    ("rows_negative", rows_then('<table:table-row table:number-rows-repeated="-1"/>'), 1, ["-1 times"]),
    ("rows_none", rows_then('<table:table-row table:number-rows-repeated="0"/>'), 1, ["0 times"]),
    ("columns_2_31", rows_then("<table:table-row>" + ONE % ' table:number-columns-repeated="2147483648"'
                               + "</table:table-row>"), 1, [AT + "A5", "16384 columns"]),
    ("columns_beyond", rows_then("<table:table-row>" + ONE % ' table:number-columns-repeated="16384"' + ONE % ""
                                 + "</table:table-row>"), 1, [AT + "XFD5", "16384 columns"]),
    ("cells_without_end", rows_then('<table:table-row table:number-rows-repeated="1000000">'
                                    + ONE % ' table:number-columns-repeated="16384"' + "</table:table-row>"), 1,
     ["more than 20000000 cells", "'range'"]),
    ("repeated_data", rows_then('<table:table-row table:number-rows-repeated="2">' + Ods().cell("04")
                                + Ods().cell("Omsk") + ONE % ' table:number-columns-repeated="2"'
                                + "</table:table-row>"), 1, [AT + "A6", "unit '04' is there twice: first on line 5"]),
    ("merged_data", good(merged=["C2:C3"], rows=[ROWS[0], ["02", "Omsk", None, 25], ROWS[2]]), 0,
     ["merged ranges among the data", "1 (line 2)"]),
    ("merged_refused", ("merged: refuse", good(merged=["C2:C3"])), 1, [AT + "C2", "merged cells C2:C3"]),
    ("merged_beyond", typed('table:number-rows-spanned="2147483648"'), 1, [AT + "C3", "'2147483648' rows"]),
    ("code_with_format", cell(Styled(2, CODE), column=0), 0, []),
    ("same_code_twice", cell("01", column=0), 1, [AT + "A3", "unit '01' is there twice: first on line 2"]),
    ("cells_beyond_the_header", good(rows=[ROWS[0], ROWS[1] + ["see note"], ROWS[2]]), 1,
     [AT + "A3", "5 fields where the header has 4"]),
    ("a_table_inside_a_cell", typed("", "<table:table><table:table-row>" + ONE % "" + "</table:table-row></table:table>"),
     0, []),
    ("a_note_only", typed("", "<office:annotation><text:p>13</text:p></office:annotation>"), 0, []),
]


sys.exit(check(str(pathlib.Path(sys.argv[1]).resolve()), "book.ods", CASES, 45))
