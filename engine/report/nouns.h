/* SPDX-License-Identifier: Apache-2.0 */
/** @file Nouns beside a count, in the form that the count asks for. */
#ifndef MERA_REPORT_NOUNS_H
#define MERA_REPORT_NOUNS_H

#include <stddef.h>

/* One and many in English; 1, 2 to 4 and 5 in Russian. */
#define MERA_NOUNS(X)                                                  \
    X(ROW, "row", "rows", "строка", "строки", "строк")                 \
    X(UNIT, "unit", "units", "территория", "территории", "территорий") \
    X(PERIOD, "period", "periods", "период", "периода", "периодов")    \
    X(BY_VALUE, "value", "values", "значению", "значениям", "значениям")

#define MERA_NOUN_ID(id, ...) MERA_NOUN_##id,
typedef enum mera_noun { MERA_NOUNS(MERA_NOUN_ID) MERA_N_NOUNS } mera_noun;
#undef MERA_NOUN_ID

/** The noun for `n` of it in "ru" or, by any other name, in English: "4 строки". */
const char *mera_noun_in(mera_noun noun, size_t n, const char *language);

#endif
