/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From a file's bytes to UTF-8: which encoding it is (said, or looked for), and the text in it.
 */
#ifndef MERA_IO_ENCODING_H
#define MERA_IO_ENCODING_H

#include "base/text.h"
#include "mera/error.h"

/** Encodings of one byte a character. */
typedef struct io_charset {
    const char *name;  /**< as said to people */
    const char *iconv; /**< as glibc's iconv knows it */
} io_charset;

/** One-byte encodings that can be told apart by looking, the customary one first. */
enum { IO_WINDOWS_1251, IO_CP866, IO_KOI8_R, IO_WINDOWS_1252, IO_N_CHARSETS };
extern const io_charset io_charsets[IO_N_CHARSETS];

/** What each byte of a one-byte encoding is in UTF-8; length 0 = not used there. */
typedef struct io_byte_table {
    char utf8[256][4];
    unsigned char length[256];
} io_byte_table;

/** A text in UTF-8 without its byte order mark. */
typedef struct io_text {
    const char *at;
    size_t n;
    const char *encoding; /**< "utf-8", "windows-1251", ... */
    bool bom;
    bool guessed;               /**< nobody said it and nothing proves it */
    const io_byte_table *table; /**< the text is still to be decoded by it; NULL = it is UTF-8 */
} io_text;

/** A file to be decoded. */
typedef struct io_coded {
    const char *path;
    mera_at asked; /**< who says its encoding */
    mera_slice bytes;
    size_t n_utf8;        /**< so many bytes from the first are valid UTF-8 */
    const char *declared; /**< an encoding's name, or NULL to look */
    bool later; /**< a text in a one-byte encoding may stay so: whoever reads it decodes it */
} io_coded;

/**
 * Decodes a file in the encoding declared, or else found: byte order mark, UTF-16 by its zero
 * bytes, UTF-8 when all of it is valid, else a guess among one-byte encodings, which is noted. A
 * text that contradicts what was declared is refused at its first bad line.
 */
mera_code io_decode(const io_coded *coded, mera_arena *arena, mera_diags *diags, io_text *out);

#define IO_BAD_BYTE "byte 0x%02X stands for nothing in %s"

/** Decodes a text to `*to`, where 4 bytes must be free beyond its end, and moves that on. Returns
 * the first byte that stands for nothing, or NULL. */
const char *io_byte_decode(const io_byte_table *table, mera_slice text, char **to);

/** Decodes a text that has a table, all of it: `*bad` is NULL, or its first bad byte and the text
 * ends before that. */
mera_code io_text_decode(const io_text *text, mera_arena *arena, io_text *out, const char **bad);

/** Fills the table by asking iconv about each byte. */
mera_code io_byte_table_fill(const io_charset *charset, mera_at asked, mera_diags *diags,
                             io_byte_table *table);

/** The one-byte encoding that fits best: an index into io_charsets. `tables` in their order. */
size_t io_guess_charset(mera_slice bytes, const io_byte_table tables[IO_N_CHARSETS]);

/** Does it look like UTF-16 without a mark? *big says the order of bytes. */
bool io_looks_utf16(mera_slice bytes, bool *big);

/** Where the first byte stands that is not ASCII text (0 or 128 and more); `n` when none. */
size_t io_first_beyond_ascii(const char *text, size_t n);

#endif
