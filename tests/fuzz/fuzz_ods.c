/* SPDX-License-Identifier: Apache-2.0 */
/** @file Fuzz target: the parts of an OpenDocument spreadsheet. */
#include "fuzz_archive.h"

static const fuzz_part parts[] = {
    {"content.xml", "<d><body><spreadsheet><table name=\"A\"><table-row><table-cell><p>code</p>"
                    "</table-cell><table-cell><p>air</p></table-cell></table-row><table-row>"
                    "<table-cell value=\"1\" value-type=\"float\" number-columns-repeated=\"2\"/>"
                    "</table-row></table></spreadsheet></body></d>"},
    {"styles.xml", "<d><styles/></d>"},
    {"META-INF/manifest.xml", "<manifest/>"},
    {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_archive(parts, sizeof parts / sizeof *parts, data, size);
    return 0;
}
