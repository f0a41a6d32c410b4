/* SPDX-License-Identifier: Apache-2.0 */
/** @file Workbooks as tables: which kind a file is, which sheet is read. */
#ifndef MERA_IO_WORKBOOK_H
#define MERA_IO_WORKBOOK_H

#include "io/table.h"

/** Is it a zip archive or a compound file, as workbooks are? */
bool io_is_workbook(mera_slice bytes);

/** Reads one sheet of the table's file into its text, a line a row, and says which it was. */
mera_code io_workbook_read(io_table *table);

#endif
