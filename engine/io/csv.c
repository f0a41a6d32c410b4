/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The record reader. Special bytes are found 64 at a time as bits of a word (the way of simdjson,
 * Langdale and Lemire 2019), so a field costs a count of trailing zeros and not a loop over its
 * characters. RFC 4180 (2005) says what a record is; what it leaves open is said in csv.h.
 */
#include "io/csv.h"

#include "base/grow.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { CSV_BLOCK = 64 };

static bool csv_is_special(char c, char delimiter)
{
    return c == delimiter || c == '"' || c == '\n' || c == '\r';
}

/* Bits of the special bytes among at most 64. */
static uint64_t csv_mask_of(const char *at, size_t n, char delimiter)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < n; i++) {
        mask |= (uint64_t)csv_is_special(at[i], delimiter) << i;
    }
    return mask;
}

#if defined(__SSE2__)
static uint64_t csv_mask_of_16(const char *at, char delimiter)
{
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(delimiter)),
                                                  _mm_cmpeq_epi8(v, _mm_set1_epi8('"'))),
                                     _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                                  _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(hit);
}

static uint64_t csv_mask_of_block(const char *at, char delimiter)
{
    return csv_mask_of_16(at, delimiter) | csv_mask_of_16(at + 16, delimiter) << 16 |
           csv_mask_of_16(at + 32, delimiter) << 32 | csv_mask_of_16(at + 48, delimiter) << 48;
}
#else
static uint64_t csv_mask_of_block(const char *at, char delimiter)
{
    return csv_mask_of(at, CSV_BLOCK, delimiter);
}
#endif

static void csv_look(csv_reader *csv)
{
    const size_t left = (size_t)(csv->end - csv->block);
    csv->mask = left >= CSV_BLOCK ? csv_mask_of_block(csv->block, csv->delimiter)
                                  : csv_mask_of(csv->block, left, csv->delimiter);
}

/* The next special byte, or the end of the text. */
static inline const char *csv_special(csv_reader *csv)
{
    while (csv->mask == 0) {
        if (csv->end - csv->block <= CSV_BLOCK) {
            return csv->end;
        }
        csv->block += CSV_BLOCK;
        csv_look(csv);
    }
    const char *at = csv->block + __builtin_ctzll(csv->mask);
    csv->mask &= csv->mask - 1;
    return at;
}

void csv_open(csv_reader *csv, const char *text, size_t n, char delimiter, uint32_t line,
              mera_arena *arena)
{
    *csv = (csv_reader){.at = text,
                        .end = text + n,
                        .block = text,
                        .delimiter = delimiter,
                        .next_line = line,
                        .arena = arena};
    csv_look(csv);
}

static bool csv_add(csv_reader *csv, const char *at, const char *end)
{
    if (csv->n_fields == csv->room) {
        mera_slice *grown =
            mera_grown(csv->arena, csv->field, &csv->room, csv->n_fields + 1, sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        csv->field = grown;
    }
    csv->field[csv->n_fields++] = (mera_slice){at, (size_t)(end - at)};
    return true;
}

/* Goes on to the special byte that ends a field: a delimiter, a newline, or the end. */
static const char *csv_to_end(csv_reader *csv)
{
    const char *at = csv_special(csv);
    while (at < csv->end && *at == '"') {
        at = csv_special(csv);
    }
    return at;
}

/* Goes past the quote that closes the one just taken; NULL when there is none. */
static const char *csv_to_quote(csv_reader *csv, bool *doubled)
{
    for (;;) {
        const char *at = csv_special(csv);
        if (at == csv->end) {
            return NULL;
        }
        if (*at == '"') {
            if (at + 1 == csv->end || at[1] != '"') {
                return at;
            }
            *doubled = true;
            csv_special(csv); /* the second of two */
        } else if (*at == '\n' || (*at == '\r' && (at + 1 == csv->end || at[1] != '\n'))) {
            csv->next_line++;
        }
    }
}

static bool csv_only_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return at == end;
}

/* A field that begins with a quote at `from`; `*stop` is the byte that ends it. */
static csv_status csv_quoted(csv_reader *csv, const char *from, const char **stop)
{
    bool doubled = false;
    csv_special(csv); /* the opening quote */
    const char *close = csv_to_quote(csv, &doubled);
    if (close == NULL) {
        csv->trouble = from;
        return CSV_UNCLOSED;
    }
    *stop = csv_to_end(csv);
    if (!csv_only_blanks(close + 1, *stop)) {
        csv->trouble = csv->trouble == NULL ? close + 1 : csv->trouble;
        return csv_add(csv, from, *stop) ? CSV_RECORD : CSV_NO_MEMORY;
    }
    if (doubled) {
        size_t *list = mera_grown(csv->arena, csv->doubled, &csv->room_doubled, csv->n_doubled + 1,
                                  sizeof *list);
        if (list == NULL) {
            return CSV_NO_MEMORY;
        }
        csv->doubled = list;
        list[csv->n_doubled++] = csv->n_fields;
    }
    return csv_add(csv, from + 1, close) ? CSV_RECORD : CSV_NO_MEMORY;
}

/* Writes the fields with doubled quotes anew, with single ones. */
static bool csv_undouble(csv_reader *csv)
{
    size_t need = 0;
    if (csv->n_doubled == 0) {
        return true;
    }
    for (size_t i = 0; i < csv->n_doubled; i++) {
        need += csv->field[csv->doubled[i]].n;
    }
    char *out = mera_grown(csv->arena, csv->plain, &csv->room_plain, need, 1);
    if (out == NULL) {
        return false;
    }
    csv->plain = out;
    for (size_t i = 0; i < csv->n_doubled; i++) {
        mera_slice *field = &csv->field[csv->doubled[i]];
        const char *start = out;
        for (size_t k = 0; k < field->n; k++) {
            *out++ = field->at[k];
            k += field->at[k] == '"';
        }
        *field = (mera_slice){start, (size_t)(out - start)};
    }
    return true;
}

/* Writes the fields beyond ASCII anew, in UTF-8. */
static csv_status csv_decode(csv_reader *csv)
{
    size_t need = 4; /* a character is copied as 4 bytes, and is at most 3 */
    for (size_t i = 0; i < csv->n_fields; i++) {
        need += 3 * csv->field[i].n;
    }
    char *out = mera_grown(csv->arena, csv->decoded, &csv->room_decoded, need, 1);
    if (out == NULL) {
        return CSV_NO_MEMORY;
    }
    csv->decoded = out;
    for (size_t i = 0; i < csv->n_fields; i++) {
        mera_slice *field = &csv->field[i];
        if (io_first_beyond_ascii(field->at, field->n) == field->n) {
            continue;
        }
        const char *start = out, *bad = io_byte_decode(csv->encoding, *field, &out);
        if (bad != NULL) {
            csv->trouble = bad;
            return CSV_BAD_BYTE;
        }
        *field = (mera_slice){start, (size_t)(out - start)};
    }
    return CSV_RECORD;
}

/* Steps over the newline at `stop`, if there is one. */
static void csv_step(csv_reader *csv, const char *stop)
{
    if (stop < csv->end) {
        if (*stop == '\r' && stop + 1 < csv->end && stop[1] == '\n') {
            stop = csv_special(csv);
        }
        stop++;
        csv->next_line++;
    }
    csv->at = stop;
}

static csv_status csv_record(csv_reader *csv)
{
    csv->start = csv->at;
    csv->line = csv->next_line;
    csv->n_fields = 0;
    csv->n_doubled = 0;
    csv->trouble = NULL;
    const char *from = csv->at;
    for (;;) {
        const char *stop = NULL;
        if (from < csv->end && *from == '"') {
            const csv_status status = csv_quoted(csv, from, &stop);
            if (status != CSV_RECORD) {
                return status;
            }
        } else {
            stop = csv_to_end(csv);
            if (!csv_add(csv, from, stop)) {
                return CSV_NO_MEMORY;
            }
        }
        if (stop == csv->end || *stop != csv->delimiter) {
            csv_step(csv, stop);
            break;
        }
        from = stop + 1;
    }
    const csv_status status = csv->encoding == NULL ? CSV_RECORD : csv_decode(csv);
    return status == CSV_RECORD && !csv_undouble(csv) ? CSV_NO_MEMORY : status;
}

csv_status csv_next(csv_reader *csv)
{
    while (csv->at < csv->end) {
        const csv_status status = csv_record(csv);
        if (status != CSV_RECORD || csv->n_fields > 1 || csv->field[0].n > 0 ||
            *csv->start == '"') {
            return status;
        }
        csv->n_blank++;
    }
    return CSV_END;
}

bool csv_fit(csv_reader *csv, size_t n)
{
    size_t used = csv->n_fields;
    while (used > n && csv_only_blanks(csv->field[used - 1].at,
                                       csv->field[used - 1].at + csv->field[used - 1].n)) {
        used--;
    }
    csv->n_fields = used <= n ? used : csv->n_fields;
    while (csv->n_fields < n) {
        if (!csv_add(csv, csv->at, csv->at)) {
            return false;
        }
    }
    return true;
}

static size_t csv_count(const csv_reader *csv, const char *from, const char *to)
{
    const size_t n = (size_t)(to - from);
    return csv->encoding == NULL ? mera_utf8_count(from, n) : n;
}

void csv_place_of(const csv_reader *csv, const char *byte, uint32_t *line, uint32_t *column)
{
    const char *from = csv->start;
    *line = csv->line;
    for (const char *at = csv->start; at < byte; at++) {
        if (*at == '\n' || (*at == '\r' && at[1] != '\n')) {
            ++*line;
            from = at + 1;
        }
    }
    *column = (uint32_t)csv_count(csv, from, byte) + 1;
}

/* Goes over the field at `from` of a walk over a record: the next one, behind its delimiter. */
static const char *csv_over(csv_reader *walk, const char *from)
{
    bool doubled = false;
    if (from < walk->end && *from == '"') {
        csv_special(walk);
        csv_to_quote(walk, &doubled);
    }
    return csv_to_end(walk) + 1;
}

/* A walk of its own over the record at hand: lists are left alone. */
static csv_reader csv_walk(const csv_reader *csv)
{
    csv_reader walk = *csv;
    walk.at = walk.block = csv->start;
    csv_look(&walk);
    return walk;
}

void csv_place(const csv_reader *csv, size_t index, uint32_t *line, uint32_t *column)
{
    csv_reader walk = csv_walk(csv);
    const char *from = csv->start;
    for (size_t i = 0; i < index; i++) {
        from = csv_over(&walk, from);
    }
    csv_place_of(csv, from, line, column);
}

void csv_columns(const csv_reader *csv, size_t n, uint32_t *column)
{
    csv_reader walk = csv_walk(csv);
    const char *from = csv->start, *counted = from;
    uint32_t at = 1;
    for (size_t i = 0; i < n; i++) {
        if (i < csv->n_fields) {
            from = i == 0 ? from : csv_over(&walk, from);
            const char *text = from < csv->end && *from == '"' ? from + 1 : from;
            at += (uint32_t)csv_count(csv, counted, text);
            counted = text;
        }
        column[i] = at;
    }
}
