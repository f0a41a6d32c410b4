/* SPDX-License-Identifier: Apache-2.0 */
/** @file Formats of numbers in workbooks of Excel: dates, codes padded with zeros. */
#include "io/excel.h"

#include "base/math.h"
#include "io/number_text.h"

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

excel_style excel_style_of(const char *code)
{
    size_t n_zeros = 0;
    bool only_zeros = true;
    if (strncmp(code, "General", 7) == 0) {
        return (excel_style){EXCEL_PLAIN, 0};
    }
    for (const char *at = code; *at != '\0' && *at != ';';) {
        const char *next = format_skip(at);
        if (next != at) {
            only_zeros = false;
            at = next;
            continue;
        }
        if (strchr("ymdhsYMDHS", *at) != NULL) {
            return (excel_style){EXCEL_DATE, 0};
        }
        n_zeros += *at == '0';
        only_zeros &= *at == '0';
        at++;
    }
    if (only_zeros && n_zeros > 1 && n_zeros < 20) {
        return (excel_style){EXCEL_ZEROS, (uint32_t)n_zeros};
    }
    return (excel_style){EXCEL_PLAIN, 0};
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

/* A date by its serial number: "2020-01-31", with a time when it has one; false when there is no
 * such day. */
static bool excel_date(double serial, bool from_1904, char out[32])
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

excel_style excel_style_known(unsigned long id)
{
    const bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
                      (id >= 50 && id <= 58);
    return (excel_style){date ? EXCEL_DATE : EXCEL_PLAIN, 0};
}

/* Digits with the zeros that the format shows. */
static void format_zeros(mera_text *out, mera_slice digits, uint32_t width)
{
    size_t n = 0;
    while (n < digits.n && digits.at[n] >= '0' && digits.at[n] <= '9') {
        n++;
    }
    for (size_t i = n; n == digits.n && i < width; i++) {
        mera_text_add(out, "0");
    }
    mera_text_add_n(out, digits.at, digits.n);
}

void excel_number(const io_sheet *sheet, excel_style style, bool from_1904, mera_slice digits,
                  mera_text *out)
{
    double x = 0;
    size_t used = 0;
    char date[32];
    if (style.format == EXCEL_DATE && io_number_people(digits, '.', &x, &used) &&
        used == digits.n && excel_date(x, from_1904, date)) {
        mera_text_add(out, date);
    } else if (style.format == EXCEL_ZEROS) {
        format_zeros(out, digits, style.width);
    } else {
        io_sheet_digits(sheet, digits, out);
    }
}
