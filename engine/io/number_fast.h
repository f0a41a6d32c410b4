/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The usual number of a table, "-123.4567", in a few operations on whole words: eight characters
 * are one word, the decimal mark is taken out by a shift, and three multiplications make the word a
 * number (Lemire, "Quickly parsing eight digits", 2018). Whatever is not of that form is left to
 * io_number_plain() and io_cell_read(), so nothing is decided here but the usual case.
 */
#ifndef MERA_IO_NUMBER_FAST_H
#define MERA_IO_NUMBER_FAST_H

#include "io/number_text.h"

enum { IO_NUMBER_REACH = 17 }; /**< so many bytes from the start of a field must be readable */

#define NUMBER_BYTES(byte) ((uint64_t)(byte)*0x0101010101010101U)

/** Up to 16 characters as digits 0 to 9, the last one in the highest byte of `last`. */
typedef struct number_words {
    uint64_t first, last;
} number_words;

static inline uint64_t number_word(const char *at)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word ^ NUMBER_BYTES('0');
}

/* `n` characters, 1 to 16, with zeros before them. */
static inline number_words number_load(const char *at, size_t n)
{
    if (n <= 8) {
        return (number_words){0, number_word(at) << 8 * (8 - n)};
    }
    return (number_words){number_word(at) << 8 * (16 - n), number_word(at + n - 8)};
}

/* A bit in the lowest byte that equals `byte` (and perhaps in higher ones), or 0. */
static inline uint64_t number_find(uint64_t word, unsigned char byte)
{
    const uint64_t same = word ^ NUMBER_BYTES(byte);
    return (same - NUMBER_BYTES(1)) & ~same & NUMBER_BYTES(0x80);
}

/* Closes the gap of the byte that `found` points at: what was written before it moves up. */
static inline uint64_t number_close(uint64_t word, uint64_t found)
{
    const uint64_t below = (found & -found) - 1; /* all lower bits: 7 of this byte with them */
    const uint64_t above = ~(below | (found & -found));
    return (word & above) | ((word & (below >> 7)) << 8);
}

/* Eight digits, the first in the lowest byte. */
static inline uint64_t number_of_word(uint64_t word)
{
    const uint64_t pairs = word * 10 + (word >> 8);
    const uint64_t mask = 0x000000FF000000FFU;
    return ((pairs & mask) * 0x000F424000000064U + ((pairs >> 16) & mask) * 0x0000271000000001U) >>
           32;
}

static inline bool number_all_digits(number_words words)
{
    const uint64_t over = NUMBER_BYTES(0x76); /* 10 + 0x76 sets the top bit */
    return (((words.last + over) | words.last | (words.first + over) | words.first) &
            NUMBER_BYTES(0x80)) == 0;
}

/**
 * Reads "-12.5" of at most 16 characters behind the sign. False says nothing: it may be a number in
 * another form. The next IO_NUMBER_REACH bytes are read whatever `n` is.
 */
static inline bool io_number_fast(const char *at, size_t n, char decimal, double *out)
{
    const bool negative = *at == '-';
    at += negative;
    n -= negative;
    if (n - 1 > 15) {
        return false;
    }
    number_words words = number_load(at, n);
    const unsigned char mark = (unsigned char)(decimal ^ '0');
    uint64_t found = number_find(words.last, mark);
    size_t power = 0, whole = n;
    if (found != 0) {
        power = 7 - (size_t)(__builtin_ctzll(found) >> 3);
        words.last = number_close(words.last, found) | words.first >> 56;
        words.first <<= 8;
        whole = n - power - 1;
    } else if (n > 8 && (found = number_find(words.first, mark)) != 0) {
        power = 15 - (size_t)(__builtin_ctzll(found) >> 3);
        words.first = number_close(words.first, found);
        whole = n - power - 1;
    }
    if (!number_all_digits(words) || whole == 0 || (found != 0 && power == 0) ||
        (*at == '0' && whole > 1)) {
        return false;
    }
    const uint64_t m = number_of_word(words.first) * 100000000 + number_of_word(words.last);
    if (m > (uint64_t)1 << 53) {
        return false;
    }
    /* Both are doubles exactly, so the one division rounds once (Clinger 1990). */
    const double size = (double)(int64_t)m / io_power_of_ten[power];
    *out = negative ? 0.0 - size : size;
    return true;
}

#endif
