/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Guessing a one-byte encoding. Russian ones are compared by how frequent the letters are that the
 * bytes would be, with a penalty for a capital inside a word; cp1251 and KOI8-R swap capitals and
 * small letters, so short texts in capitals cannot be told apart and the customary cp1251 is taken
 * on a near tie. Letters of a Latin text touch ASCII letters, those of a Russian word do not.
 *
 * source  letter frequencies of the Russian National Corpus (Lyashevskaya, Sharov 2009), in 1/100 %
 */
#include "io/encoding.h"

#include <string.h>

enum {
    GUESS_SAMPLE = 1 << 20,
    GUESS_NEAR_PERCENT = 110, /* another must be better than cp1251 by this */
    GUESS_ODD = -400,         /* a character that hardly occurs in tables */
    GUESS_BROKEN_CASE = -800, /* a capital after a small letter */
    GUESS_FIRST = 0x430,      /* а */
    GUESS_LAST = 0x44f,       /* я */
    GUESS_YO = 0x451,
};

static const short guess_weight[32] = {
    801, 159, 454, 170, 298, 845, 94, 165, 735, 121, 349, 440, 321, 670, 1097, 281, /* а..п */
    473, 547, 626, 262, 26,  97,  48, 144, 73,  36,  4,   190, 174, 32,  64,   201, /* р..я */
};

/* What one byte says for an encoding. */
typedef struct guess_byte {
    short score;
    bool small, capital;
} guess_byte;

/* Signs that tables hold beside letters: no-break space, dashes, quotes, No, degree, ellipsis. */
static bool guess_is_sign(uint32_t code)
{
    static const uint16_t signs[] = {0xa0,   0xa7,   0xab,   0xb0,   0xb1,   0xb2,
                                     0xb7,   0xbb,   0x2013, 0x2014, 0x2018, 0x2019,
                                     0x201c, 0x201d, 0x201e, 0x2026, 0x2116};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i] == code) {
            return true;
        }
    }
    return false;
}

static void guess_bytes(const io_byte_table *table, guess_byte bytes[256])
{
    memset(bytes, 0, 256 * sizeof *bytes);
    for (size_t i = 128; i < 256; i++) {
        const char *at = table->utf8[i];
        const uint32_t code =
            table->length[i] == 0 ? 0 : mera_utf8_next(&at, at + table->length[i]);
        const uint32_t lower = mera_utf8_lower(code);
        const bool letter = lower >= GUESS_FIRST && lower <= GUESS_LAST;
        if (letter || lower == GUESS_YO) {
            bytes[i].score = letter ? guess_weight[lower - GUESS_FIRST] : 4;
            bytes[i].small = code == lower;
            bytes[i].capital = code != lower;
        } else {
            bytes[i].score = guess_is_sign(code) ? 0 : GUESS_ODD;
        }
    }
}

static long long guess_score(mera_slice bytes, const io_byte_table *table)
{
    guess_byte say[256];
    guess_bytes(table, say);
    long long score = 0;
    bool after_small = false;
    for (size_t i = 0; i < bytes.n; i++) {
        const guess_byte *b = &say[(unsigned char)bytes.at[i]];
        score += b->score;
        score += b->capital && after_small ? GUESS_BROKEN_CASE : 0;
        after_small = b->small;
    }
    return score;
}

static bool guess_is_ascii_letter(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Do most bytes beyond ASCII touch ASCII letters? */
static bool guess_is_latin(mera_slice bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    size_t latin = 0, other = 0;
    for (size_t i = 0; i < bytes.n;) {
        if (at[i] < 128 || at[i] == 0xa0) {
            i++;
            continue;
        }
        const size_t start = i;
        while (i < bytes.n && at[i] >= 128 && at[i] != 0xa0) {
            i++;
        }
        const bool touches = (start > 0 && guess_is_ascii_letter(at[start - 1])) ||
                             (i < bytes.n && guess_is_ascii_letter(at[i]));
        *(touches ? &latin : &other) += i - start;
    }
    return latin > other;
}

size_t io_guess_charset(mera_slice bytes, const io_byte_table tables[IO_N_CHARSETS])
{
    bytes.n = bytes.n < GUESS_SAMPLE ? bytes.n : GUESS_SAMPLE;
    if (guess_is_latin(bytes)) {
        return IO_WINDOWS_1252;
    }
    size_t best = IO_WINDOWS_1251;
    const long long customary = guess_score(bytes, &tables[best]);
    long long best_score = customary > 0 ? customary * GUESS_NEAR_PERCENT / 100 : customary;
    for (size_t i = 0; i < IO_WINDOWS_1252; i++) {
        const long long score = guess_score(bytes, &tables[i]);
        if (i != IO_WINDOWS_1251 && score > 0 && score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

bool io_looks_utf16(mera_slice bytes, bool *big)
{
    const size_t n_pairs = bytes.n < 4096 ? bytes.n / 2 : 2048;
    size_t high[2] = {0, 0}, zero[2] = {0, 0};
    for (size_t i = 0; i < 2 * n_pairs; i++) {
        zero[i % 2] += bytes.at[i] == 0;
        high[i % 2] += bytes.at[i] == 0 || bytes.at[i] == 4; /* Latin and Cyrillic blocks */
    }
    *big = zero[0] > zero[1];
    const size_t side = *big ? 0 : 1;
    return n_pairs >= 2 && zero[side] > 0 && zero[1 - side] == 0 && high[side] * 10 >= n_pairs * 7;
}
