/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: the parts of an .xlsx workbook. */
#include "fuzz_archive.h"

#define RELATIONS "<Relationships>"
#define IS "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const fuzz_part parts[] = {
    {"xl/worksheets/sheet1.xml",
     "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
     "<row><c><v>1</v></c><c s=\"1\"><v>2</v></c></row></sheetData></worksheet>"},
    {"xl/sharedStrings.xml", "<sst><si><t>code</t></si><si><t>air</t></si></sst>"},
    {"xl/styles.xml",
     "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0000\"/></numFmts>"
     "<cellXfs><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml", "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets>"
                        "<sheet name=\"A\" r:id=\"a\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     RELATIONS "<Relationship Id=\"a" IS "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
               "<Relationship Id=\"b" IS "sharedStrings\" Target=\"sharedStrings.xml\"/>"
               "<Relationship Id=\"c" IS "styles\" Target=\"styles.xml\"/></Relationships>"},
    {"_rels/.rels", RELATIONS "<Relationship Id=\"a" IS
                              "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_archive(parts, sizeof parts / sizeof *parts, data, size);
    return 0;
}
