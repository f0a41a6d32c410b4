/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Numbers as people write them in tables: decimal point or comma, thousands by spaces or an
 * apostrophe, a typographic minus, missing marks, bounds ("<5"), a unit after the number. What is
 * not clearly a number is unreadable: percent signs, parentheses and dates are refused.
 */
#ifndef MERA_IO_NUMBER_TEXT_H
#define MERA_IO_NUMBER_TEXT_H

#include "base/text.h"
#include "mera/read.h"

#include <string.h>

/** How cells of a file are to be read. */
typedef struct io_cell_rules {
    char decimal;
    bool only_marks; /**< the declared marks are the only ones beside the empty cell */
    bool in_text;    /**< take the leading number of a text */
    bool digit_mark; /**< a declared mark reads as a number ("-999"): no cell is plain before a look
                      */
    const mera_mark *mark;
    size_t n_mark;
    mera_censored censored;
} io_cell_rules;

typedef enum io_cell_kind {
    IO_CELL_NUMBER,
    IO_CELL_MISSING,
    IO_CELL_CENSORED,
    IO_CELL_UNREADABLE
} io_cell_kind;

typedef struct io_cell {
    io_cell_kind kind;
    double value;       /**< NaN when missing or unreadable */
    mera_reason reason; /**< the state of the cell */
    mera_slice unit;    /**< in_text: what stood behind the number */
    bool leading_zero;  /**< digits only, the first of several a zero: a code, it seems */
} io_cell;

/** Reads a cell of any form. `text` need not be trimmed. */
io_cell io_cell_read(const io_cell_rules *rules, mera_slice text);

/** Is the (trimmed) text a declared or customary missing mark? */
bool io_is_mark(const io_cell_rules *rules, mera_slice text, mera_reason *reason);

/** Is the (trimmed) text a declared mark? */
bool io_is_declared_mark(const io_cell_rules *rules, mera_slice text, mera_reason *reason);

/**
 * Reads a number at the start of a text; `*used` says how far it goes. False when none is there or
 * it is out of the range of double.
 */
bool io_number_people(mera_slice text, char decimal, double *value, size_t *used);

/** The decimal mark that fields of the form 12.5 or 12,5 speak for: '.', ',' or 0. */
char io_decimal_vote(mera_slice text, bool in_text);

/** m / 10^power, rounded once; power up to 19. */
double io_number_quotient(uint64_t m, unsigned power);

extern const double io_power_of_ten[20];

/* Adds digits to *m; returns the first byte that is none. */
static inline const char *io_number_digits(const char *at, const char *end, uint64_t *m)
{
    uint64_t sum = *m;
    for (unsigned digit = 0; at < end && (digit = (unsigned)(*at - '0')) <= 9; at++) {
        sum = sum * 10 + digit;
    }
    *m = sum;
    return at;
}

/**
 * The usual case, in line: "-12.5" and nothing else, up to 19 digits, correctly rounded. False says
 * nothing yet: io_cell_read() then looks closer. Leading zeros go that way to be counted.
 */
static inline bool io_number_plain(mera_slice text, char decimal, double *out)
{
    const char *at = text.at, *end = text.at + text.n;
    const bool negative = at < end && *at == '-';
    at += negative;
    if (at == end || end - at > 20 || (*at == '0' && end - at > 1 && at[1] != decimal)) {
        return false;
    }
    uint64_t m = 0;
    const char *whole = io_number_digits(at, end, &m);
    unsigned power = 0;
    if (whole != end) {
        if (*whole != decimal || whole == at) {
            return false;
        }
        const char *stop = io_number_digits(whole + 1, end, &m);
        power = (unsigned)(stop - whole - 1);
        if (stop != end || power == 0) {
            return false;
        }
    }
    if ((whole - at) + (ptrdiff_t)power > 19) {
        return false;
    }
    /* Both are doubles exactly, so the one division rounds once (Clinger 1990). */
    const double size =
        m <= (uint64_t)1 << 53 ? (double)m / io_power_of_ten[power] : io_number_quotient(m, power);
    *out = negative ? 0.0 - size : size;
    return true;
}

#endif
