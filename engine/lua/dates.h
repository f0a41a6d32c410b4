/* SPDX-License-Identifier: Apache-2.0 */
/** @file Dates as days from 1970-01-01, Gregorian. */
#ifndef MERA_LUA_DATES_H
#define MERA_LUA_DATES_H

#include <stdbool.h>
#include <stdint.h>

/** Reads "2024-05-31" or "31.05.2024"; false when the text is no date. */
bool mera_dates_read(const char *text, double *days);

/** The first day of a month; months from 1, beyond 12 in later years. */
double mera_dates_days_to(int64_t year, int64_t month);

#endif
