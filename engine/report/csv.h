/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * CSV out: RFC 4180 quoting, lines end with a line feed, numbers in the shortest form that reads
 * back as the same double, missing as nothing.
 */
#ifndef MERA_REPORT_CSV_H
#define MERA_REPORT_CSV_H

#include "base/text.h"

/** A line under way. Zero it, add fields, end it. */
typedef struct mera_csv {
    mera_text *out;
    bool started; /**< a field was written on this line */
} mera_csv;

void mera_csv_text(mera_csv *csv, const char *field); /**< NULL is empty */
void mera_csv_number(mera_csv *csv, double field);
void mera_csv_count(mera_csv *csv, size_t field);
void mera_csv_end(mera_csv *csv);

#endif
