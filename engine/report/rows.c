/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rows out: as CSV, after RFC 4180 but for its line ends, or to the sheets of a workbook. */
#include "report/rows.h"

#include <string.h>

#include "base/number.h"
#include "report/sheets.h"

static void rows_comma(mera_rows *rows)
{
    if (rows->started) {
        mera_text_add_n(rows->csv, ",", 1);
    }
    rows->started = true;
}

static void rows_csv_text(mera_rows *rows, const char *field)
{
    rows_comma(rows);
    if (field == NULL) {
        return;
    }
    const size_t n = strlen(field);
    /* a blank at either end is kept by RFC 4180 and dropped by many readers: quotes keep it */
    const bool blank_end = n > 0 && (field[0] == ' ' || field[n - 1] == ' ');
    if (!blank_end && strpbrk(field, ",\"\r\n") == NULL) {
        mera_text_add_n(rows->csv, field, n);
        return;
    }
    mera_text_add_n(rows->csv, "\"", 1);
    for (const char *quote; (quote = strchr(field, '"')) != NULL; field = quote + 1) {
        mera_text_add_n(rows->csv, field, (size_t)(quote - field));
        mera_text_add_n(rows->csv, "\"\"", 2);
    }
    mera_text_add(rows->csv, field);
    mera_text_add_n(rows->csv, "\"", 1);
}

static void rows_csv_number(mera_rows *rows, double field)
{
    char text[32];
    rows_comma(rows);
    mera_text_add_n(rows->csv, text, mera_number_write(field, text));
}

/* ---- the table ---- */

bool mera_rows_table(mera_rows *rows, const char *table)
{
    if (rows->sheets != NULL) {
        mera_sheets_table(rows->sheets, table);
    }
    return rows->n_tables++ == 0 || rows->sheets != NULL;
}

void mera_rows_column(mera_rows *rows, const char *name)
{
    if (rows->sheets != NULL) {
        mera_sheets_column(rows->sheets, name, strlen(name));
    } else {
        rows_csv_text(rows, name);
    }
}

void mera_rows_columns(mera_rows *rows, const char *names)
{
    if (rows->sheets == NULL && names[0] != '\0') {
        rows_comma(rows);
        mera_text_add(rows->csv, names);
        return;
    }
    for (const char *at = names; *at != '\0';) {
        const size_t n = strcspn(at, ",");
        mera_sheets_column(rows->sheets, at, n);
        at += n + (at[n] == ',');
    }
}

bool mera_rows_begin(mera_rows *rows, const char *table, const char *columns)
{
    if (!mera_rows_table(rows, table)) {
        return false;
    }
    mera_rows_columns(rows, columns);
    mera_rows_end(rows);
    return true;
}

/* ---- cells ---- */

void mera_rows_text(mera_rows *rows, const char *field)
{
    if (rows->sheets != NULL) {
        mera_sheets_text(rows->sheets, field);
    } else {
        rows_csv_text(rows, field);
    }
}

void mera_rows_number(mera_rows *rows, double field)
{
    mera_rows_formula(rows, NULL, field);
}

void mera_rows_formula(mera_rows *rows, const char *formula, double field)
{
    if (rows->sheets != NULL) {
        mera_sheets_number(rows->sheets, formula, field);
    } else {
        rows_csv_number(rows, field);
    }
}

void mera_rows_imputed(mera_rows *rows, double field)
{
    if (rows->sheets != NULL) {
        mera_sheets_imputed(rows->sheets, field);
    } else {
        rows_csv_number(rows, field);
    }
}

void mera_rows_count(mera_rows *rows, size_t field)
{
    if (rows->sheets != NULL) {
        mera_sheets_number(rows->sheets, NULL, (double)field);
    } else {
        rows_comma(rows);
        mera_text_addf(rows->csv, "%zu", field);
    }
}

void mera_rows_end(mera_rows *rows)
{
    if (rows->sheets != NULL) {
        mera_sheets_end(rows->sheets);
    } else {
        mera_text_add_n(rows->csv, "\n", 1);
        rows->started = false;
    }
}

void mera_rows_totals(mera_rows *rows, const char *names)
{
    if (rows->sheets != NULL) {
        mera_sheets_totals(rows->sheets, names);
    }
}

mera_code mera_rows_done(const mera_rows *rows)
{
    const bool failed = rows->sheets != NULL ? mera_sheets_failed(rows->sheets) : rows->csv->failed;
    return failed ? MERA_ENOMEM : MERA_OK;
}
