/* SPDX-License-Identifier: Apache-2.0 */
/** @file Looking at the first rows of a file: is it a table, its delimiter, its decimal mark. */
#ifndef MERA_IO_SNIFF_H
#define MERA_IO_SNIFF_H

#include "io/csv.h"
#include "io/findings.h"

/** Refuses what is no table of text: a workbook, an archive, a web page, bytes of zero. */
mera_code io_sniff_kind(io_findings *f, mera_slice bytes, bool has_zero);

/** The delimiter that gives the most rows as many fields as the header, the most fields winning; of
 * a table whose rows differ (`ragged`) the one that gives the most fields. */
mera_code io_sniff_delimiter(mera_slice text, uint32_t line, bool ragged, mera_arena *arena,
                             char *delimiter);

/** The decimal mark most numbers of the first rows speak for; '.' (',' beside the delimiter ';')
 * when undecided. */
mera_code io_sniff_decimal(csv_reader csv, bool in_text, char delimiter, char *decimal);

/** The text below its first n lines. */
mera_slice io_skip_lines(mera_slice text, size_t n);

#endif
