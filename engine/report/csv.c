/* SPDX-License-Identifier: Apache-2.0 */
/** @file CSV out, after RFC 4180 but for its line ends. */
#include "report/csv.h"

#include <string.h>

#include "base/number.h"

static void csv_comma(mera_csv *csv)
{
    if (csv->started) {
        mera_text_add_n(csv->out, ",", 1);
    }
    csv->started = true;
}

void mera_csv_text(mera_csv *csv, const char *field)
{
    csv_comma(csv);
    if (field == NULL) {
        return;
    }
    const size_t n = strlen(field);
    /* a blank at either end is kept by RFC 4180 and dropped by many readers: quotes keep it */
    const bool blank_end = n > 0 && (field[0] == ' ' || field[n - 1] == ' ');
    if (!blank_end && strpbrk(field, ",\"\r\n") == NULL) {
        mera_text_add_n(csv->out, field, n);
        return;
    }
    mera_text_add_n(csv->out, "\"", 1);
    for (const char *quote; (quote = strchr(field, '"')) != NULL; field = quote + 1) {
        mera_text_add_n(csv->out, field, (size_t)(quote - field));
        mera_text_add_n(csv->out, "\"\"", 2);
    }
    mera_text_add(csv->out, field);
    mera_text_add_n(csv->out, "\"", 1);
}

void mera_csv_number(mera_csv *csv, double field)
{
    char text[32];
    csv_comma(csv);
    mera_text_add_n(csv->out, text, mera_number_write(field, text));
}

void mera_csv_count(mera_csv *csv, size_t field)
{
    csv_comma(csv);
    mera_text_addf(csv->out, "%zu", field);
}

void mera_csv_end(mera_csv *csv)
{
    mera_text_add_n(csv->out, "\n", 1);
    csv->started = false;
}
