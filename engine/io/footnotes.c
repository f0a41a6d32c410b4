/* SPDX-License-Identifier: Apache-2.0 */
/** @file Marks of footnotes at the ends of fields: raised digits, or "2)". */
#include "io/table.h"

#include <string.h>

/* Bytes of the character before `n`, 0 when that is no raised digit or bracket. */
static size_t footnote_raised(mera_slice text, size_t n)
{
    static const char *const raised[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074", "\u2075",
                                         "\u2076", "\u2077", "\u2078", "\u2079", "\u207E"};
    for (size_t i = 0; i < sizeof raised / sizeof *raised; i++) {
        const size_t size = strlen(raised[i]);
        if (n >= size && memcmp(text.at + n - size, raised[i], size) == 0) {
            return size;
        }
    }
    return 0;
}

/* Is it a unit of length, so that a raised digit behind it is a power? Its last word says it. */
static bool footnote_is_length(mera_slice text)
{
    static const char *const units[] = {"м", "км", "см", "дм", "мм", "m", "km", "cm", "mm"};
    size_t start = text.n;
    while (start > 0 && strchr(" ,(/", text.at[start - 1]) == NULL) {
        start--;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (mera_slice_eq((mera_slice){text.at + start, text.n - start}, units[i])) {
            return true;
        }
    }
    return false;
}

mera_slice io_footnote_off(mera_slice text)
{
    text = mera_slice_trim(text);
    size_t n = text.n;
    for (size_t size = 0; (size = footnote_raised(text, n)) > 0;) {
        n -= size;
    }
    if (n < text.n && footnote_is_length((mera_slice){text.at, n})) {
        return text;
    }
    if (n == text.n && n > 1 &&
        text.at[n - 1] == ')') { /* "Уфа 2)", but not "Уфа (2)" or "1,52)" */
        size_t digits = n - 1;
        while (digits > 0 && text.at[digits - 1] >= '0' && text.at[digits - 1] <= '9') {
            digits--;
        }
        const bool mark =
            digits > 0 && digits < n - 1 && strchr("(.,", text.at[digits - 1]) == NULL;
        n = mark ? digits : n;
    }
    return n == 0 ? text : mera_slice_trim((mera_slice){text.at, n});
}

void io_table_footnotes(io_table *table)
{
    for (size_t i = 0; i < table->csv.n_fields; i++) {
        const mera_slice field = mera_slice_trim(table->csv.field[i]);
        const mera_slice text = io_footnote_off(field);
        table->n_footnotes += text.n != field.n;
        table->csv.field[i] = text.n != field.n ? text : table->csv.field[i];
    }
}
