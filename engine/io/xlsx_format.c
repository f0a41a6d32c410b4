/* SPDX-License-Identifier: Apache-2.0 */
/** @file Formats of numbers in workbooks: dates, codes padded with zeros, superscripts. */
#include "base/math.h"
#include "io/xlsx.h"

#include <stdio.h>
#include <string.h>

/* Past what stands in quotes, brackets or behind a backslash; colours and conditions are no date.
 */
static const char *format_skip(const char *at)
{
    if (*at == '\\' || *at == '_' || *at == '*') {
        return at[1] == '\0' ? at + 1 : at + 2;
    }
    const char close = *at == '"' ? '"' : *at == '[' ? ']' : '\0';
    if (close == '\0') {
        return at;
    }
    const char *end = strchr(at + 1, close);
    return end == NULL ? at + strlen(at) : end + 1;
}

xlsx_style xlsx_style_of(const char *code)
{
    size_t n_zeros = 0;
    bool only_zeros = true;
    if (strncmp(code, "General", 7) == 0) {
        return (xlsx_style){XLSX_PLAIN, 0};
    }
    for (const char *at = code; *at != '\0' && *at != ';';) {
        const char *next = format_skip(at);
        if (next != at) {
            only_zeros = false;
            at = next;
            continue;
        }
        if (strchr("ymdhsYMDHS", *at) != NULL) {
            return (xlsx_style){XLSX_DATE, 0};
        }
        n_zeros += *at == '0';
        only_zeros &= *at == '0';
        at++;
    }
    if (only_zeros && n_zeros > 1 && n_zeros < 20) {
        return (xlsx_style){XLSX_ZEROS, (uint32_t)n_zeros};
    }
    return (xlsx_style){XLSX_PLAIN, 0};
}

/* Year, month and day of a day counted from 1970-01-01 (Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms"). */
static void format_civil(int64_t days, int *year, int *month, int *day)
{
    days += 719468;
    const int64_t era = days / 146097;
    const int64_t of_era = days - era * 146097;
    const int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    const int64_t m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

bool xlsx_date(double serial, bool from_1904, char out[32])
{
    if (!(serial >= 0 && serial < 2958466)) { /* 10000-01-01 */
        return false;
    }
    int64_t day = (int64_t)serial;
    int64_t seconds = (int64_t)((serial - (double)day) * 86400 + 0.5);
    day += seconds / 86400;
    seconds %= 86400;
    if (!from_1904 && day == 60) { /* the system of 1900 has a day that never was */
        return snprintf(out, 32, "1900-02-29") > 0;
    }
    /* Day 1 of 1900 is January 1st; after the day that never was, counts are one too high. */
    const int64_t since = from_1904 ? day - 24107 : day - 25569 + (day < 60);
    int y = 0, m = 0, d = 0;
    format_civil(since, &y, &m, &d);
    int n = snprintf(out, 32, "%04d-%02d-%02d", y, m, d);
    if (seconds > 0 && n > 0) {
        snprintf(out + n, 32 - (size_t)n, "T%02d:%02d:%02d", (int)(seconds / 3600),
                 (int)(seconds / 60 % 60), (int)(seconds % 60));
    }
    return true;
}

void xlsx_superscript(mera_text *out, const char *text, size_t n)
{
    static const char *const raised[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                         "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
    for (size_t i = 0; i < n; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            mera_text_add(out, raised[text[i] - '0']);
        } else if (text[i] == ')') {
            mera_text_add(out, "\u207E");
        } else {
            mera_text_add_n(out, &text[i], 1);
        }
    }
}
