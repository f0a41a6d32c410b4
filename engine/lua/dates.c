/* SPDX-License-Identifier: Apache-2.0 */
/** @file Dates as days from 1970-01-01, Gregorian. */
#include "lua/dates.h"

#include <string.h>

/* Days from 1970-01-01 by Howard Hinnant's days_from_civil (public domain). */
static double dates_days(int64_t year, int64_t month, int64_t day)
{
    const int64_t y = month <= 2 ? year - 1 : year, era = (y >= 0 ? y : y - 399) / 400;
    const int64_t of_era = y - era * 400;
    const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int64_t days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

    return (double)(era * 146097 + days - 719468);
}

double mera_dates_days_to(int64_t year, int64_t month)
{
    return dates_days(year + (month - 1) / 12, (month - 1) % 12 + 1, 1);
}

static int64_t dates_in_month(int64_t year, int64_t month)
{
    return (int64_t)(mera_dates_days_to(year, month + 1) - mera_dates_days_to(year, month));
}

/* Reads exactly `n` digits. */
static bool dates_digits(const char *text, size_t n, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *out = *out * 10 + (text[i] - '0');
    }
    return true;
}

bool mera_dates_read(const char *text, double *days)
{
    const bool iso = strlen(text) == 10 && text[4] == '-' && text[7] == '-';
    const bool dotted = strlen(text) == 10 && text[2] == '.' && text[5] == '.';
    int64_t year, month, day;

    if (!(iso || dotted) || !dates_digits(text + (iso ? 0 : 6), 4, &year) ||
        !dates_digits(text + (iso ? 5 : 3), 2, &month) ||
        !dates_digits(text + (iso ? 8 : 0), 2, &day) || month < 1 || month > 12 || day < 1 ||
        day > dates_in_month(year, month)) {
        return false;
    }
    *days = dates_days(year, month, day);
    return true;
}
