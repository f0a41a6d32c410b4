/* SPDX-License-Identifier: Apache-2.0 */
/** @file Looking at the first rows of a file. */
#include "io/sniff.h"

#include "io/encoding.h"
#include "io/number_text.h"

#include <string.h>
#include <strings.h>

enum { SNIFF_BYTES = 1 << 16, SNIFF_ROWS = 50, SNIFF_NUMBER_ROWS = 1000 };

static const struct {
    const char *magic;
    size_t n;
    const char *what, *hint;
} sniff_magics[] = {
    {"%PDF", 4, "a PDF document", "tables have to be given as CSV"},
    {"\x1F\x8B", 2, "a gzip archive", "unpack it first"},
    {"7z\xBC\xAF", 4, "a 7z archive", "unpack it first"},
    {"Rar!", 4, "a RAR archive", "unpack it first"},
    {"PAR1", 4, "a Parquet file", "tables have to be given as CSV"},
    {"SQLite format 3", 15, "an SQLite database", "tables have to be given as CSV"},
};

static const struct {
    const char *start, *what;
} sniff_markup[] = {
    {"<!doctype html", "a web page (HTML)"},
    {"<html", "a web page (HTML)"},
    {"<?xml", "an XML document"},
    {"{\"", "a JSON document"},
    {"[{", "a JSON document"},
    {"{\\rtf", "an RTF document"},
};

static mera_code sniff_refuse(io_findings *f, const char *what, const char *hint)
{
    const mera_code code = IO_FAIL(f, "not-a-csv", (mera_at){.file = f->path, .line = 1},
                                   "this is %s, not a CSV table", what);
    mera_hint(f->diags, "%s", hint);
    return code;
}

mera_code io_sniff_kind(io_findings *f, mera_slice bytes, bool has_zero)
{
    bool big = false;
    for (size_t i = 0; i < sizeof sniff_magics / sizeof *sniff_magics; i++) {
        if (bytes.n >= sniff_magics[i].n &&
            memcmp(bytes.at, sniff_magics[i].magic, sniff_magics[i].n) == 0) {
            return sniff_refuse(f, sniff_magics[i].what, sniff_magics[i].hint);
        }
    }
    const bool bom16 = bytes.n >= 2 && (memcmp(bytes.at, "\xFF\xFE", 2) == 0 ||
                                        memcmp(bytes.at, "\xFE\xFF", 2) == 0);
    if (bom16 || io_looks_utf16(bytes, &big)) {
        return MERA_OK;
    }
    if (has_zero) {
        return sniff_refuse(f, "a binary file (it holds bytes of zero)",
                            "tables have to be given as text, CSV");
    }
    if (bytes.n >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0) {
        bytes = (mera_slice){bytes.at + 3, bytes.n - 3};
    }
    bytes = mera_slice_trim((mera_slice){bytes.at, bytes.n < 256 ? bytes.n : 256});
    for (size_t i = 0; i < sizeof sniff_markup / sizeof *sniff_markup; i++) {
        const size_t n = strlen(sniff_markup[i].start);
        if (bytes.n >= n && strncasecmp(bytes.at, sniff_markup[i].start, n) == 0) {
            return sniff_refuse(f, sniff_markup[i].what,
                                "download or save the table itself, as CSV");
        }
    }
    return MERA_OK;
}

/** How well a delimiter fits. */
typedef struct sniff_fit {
    size_t n_fields; /* of the header */
    size_t n_same, n_rows;
    size_t n_all; /* fields of all rows */
} sniff_fit;

static mera_code sniff_delimiter_fit(mera_slice text, bool cut, char delimiter, uint32_t line,
                                     mera_arena *arena, sniff_fit *fit)
{
    csv_reader csv;
    csv_open(&csv, text.at, text.n, delimiter, line, arena);
    *fit = (sniff_fit){0};
    for (csv_status status = CSV_RECORD; fit->n_rows < SNIFF_ROWS;) {
        status = csv_next(&csv);
        if (status == CSV_NO_MEMORY) {
            return MERA_ENOMEM;
        }
        if (status != CSV_RECORD || (cut && csv.at == csv.end && fit->n_rows > 0)) {
            break;
        }
        fit->n_fields = fit->n_rows == 0 ? csv.n_fields : fit->n_fields;
        fit->n_rows++;
        fit->n_all += csv.n_fields - 1;
        fit->n_same += csv.n_fields == fit->n_fields;
    }
    return MERA_OK;
}

static bool sniff_better(const sniff_fit *a, const sniff_fit *b)
{
    if (a->n_fields < 2 || b->n_fields < 2) {
        return a->n_fields >= 2;
    }
    const size_t left = a->n_same * b->n_rows, right = b->n_same * a->n_rows;
    return left != right ? left > right : a->n_fields > b->n_fields;
}

mera_code io_sniff_delimiter(mera_slice text, uint32_t line, bool ragged, mera_arena *arena,
                             char *delimiter)
{
    static const char candidates[] = {';', '\t', ','};
    const bool cut = text.n > SNIFF_BYTES;
    text.n = cut ? SNIFF_BYTES : text.n;
    sniff_fit best = {0};
    *delimiter = ',';
    for (size_t i = 0; i < sizeof candidates; i++) {
        sniff_fit fit;
        MERA_TRY(sniff_delimiter_fit(text, cut, candidates[i], line, arena, &fit));
        if (ragged ? fit.n_all > best.n_all : sniff_better(&fit, &best)) {
            best = fit;
            *delimiter = candidates[i];
        }
    }
    if (best.n_fields < 2 && !ragged) { /* a title above the table, perhaps */
        return io_sniff_delimiter(text, line, true, arena, delimiter);
    }
    return MERA_OK;
}

mera_code io_sniff_decimal(csv_reader csv, bool in_text, char delimiter, char *decimal)
{
    size_t points = 0, commas = 0;
    for (size_t i = 0; i < SNIFF_NUMBER_ROWS; i++) {
        const csv_status status = csv_next(&csv);
        if (status == CSV_NO_MEMORY) {
            return MERA_ENOMEM;
        }
        if (status != CSV_RECORD) {
            break;
        }
        for (size_t k = 0; k < csv.n_fields; k++) {
            const char vote = io_decimal_vote(csv.field[k], in_text);
            points += vote == '.';
            commas += vote == ',';
        }
    }
    const char undecided = delimiter == ';' ? ',' : '.';
    *decimal = points > commas ? '.' : commas > points ? ',' : undecided;
    return MERA_OK;
}

mera_slice io_skip_lines(mera_slice text, size_t n)
{
    for (; n > 0 && text.n > 0; n--) {
        size_t i = 0;
        while (i < text.n && text.at[i] != '\n' && text.at[i] != '\r') {
            i++;
        }
        if (i + 1 < text.n && text.at[i] == '\r' && text.at[i + 1] == '\n') {
            i++;
        }
        i = i < text.n ? i + 1 : i;
        text = (mera_slice){text.at + i, text.n - i};
    }
    return text;
}
