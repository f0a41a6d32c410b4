/* SPDX-License-Identifier: Apache-2.0 */
/** @file The header of a table that is being opened. */
#ifndef MERA_IO_TABLE_HEADER_H
#define MERA_IO_TABLE_HEADER_H

#include "io/table.h"

/** Makes the names of the fields; the reader stands on the header's first row, then on its last. */
mera_code io_table_read_header(io_table *table);

#endif
