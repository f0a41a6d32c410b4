/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a person would notice in a file and what the entry of `data` says to it. */
#ifndef MERA_IO_DESCRIBE_ADVICE_H
#define MERA_IO_DESCRIBE_ADVICE_H

#include "io/describe.h"

/** Notes what the row at hand says of the table as a whole: totals, years, its width. */
mera_code describe_glance(describe *d);

/** Advice on a field: numbers that are none yet, codes that were damaged, broken letters. */
mera_code describe_advise_field(describe *d, size_t field);

/** Advice on the table: a header that stands elsewhere, blocks, rows that all fall out. */
mera_code describe_advise(describe *d);

#endif
