/* SPDX-License-Identifier: Apache-2.0 */
/** @file Text: growing buffers, UTF-8, name suggestions. */
#ifndef MERA_BASE_TEXT_H
#define MERA_BASE_TEXT_H

#include "mera/arena.h"
#include "mera/error.h"
#include <stdbool.h>
#include <stdint.h>

/** A piece of text that belongs to somebody else. */
typedef struct mera_slice {
    const char *at;
    size_t n;
} mera_slice;

/** A growing buffer in an arena. When memory runs out it stays as it is and `failed` is set, so a
 * writer checks once at the end. `data` is always NUL-terminated once something was added. */
typedef struct mera_text {
    mera_arena *arena;
    char *data;
    size_t n, room;
    bool failed;
} mera_text;

void mera_text_add(mera_text *text, const char *string);
void mera_text_add_n(mera_text *text, const char *bytes, size_t n);
void mera_text_addf(mera_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** The text so far ("" when empty), or NULL when memory ran out. */
const char *mera_text_string(mera_text *text);

bool mera_streq(const char *a, const char *b); /**< both may be NULL; NULL equals only NULL */
bool mera_starts_with(const char *text, const char *prefix);
/** Without blanks (ASCII and U+00A0, U+202F) at both ends. */
mera_slice mera_slice_trim(mera_slice slice);
bool mera_slice_eq(mera_slice a, const char *b);

/** Where it ceases to be strict UTF-8 (no surrogates, no overlong forms, no NUL); `n` = nowhere. */
size_t mera_utf8_first_bad(const char *text, size_t n);
bool mera_utf8_valid(const char *text, size_t n);
/** Characters (code points) in valid UTF-8. */
size_t mera_utf8_count(const char *text, size_t n);
/** Columns on a terminal: wide characters take two, combining ones none. */
size_t mera_utf8_width(const char *text);
/** The next code point; `*at` moves on. Malformed bytes give U+FFFD, one byte each. */
uint32_t mera_utf8_next(const char **at, const char *end);
/** Writes a code point, returns the bytes written (1 to 4). */
size_t mera_utf8_put(uint32_t code, char out[4]);
/** Lower case for Latin, Greek and Cyrillic (simple mapping). */
uint32_t mera_utf8_lower(uint32_t code);
/** The character, or what stands for one that would move the cursor or turn the direction of
 * writing: a blank or U+FFFD. */
uint32_t mera_utf8_harmless(uint32_t code);
/** A copy of a text on one line without such characters. NULL when memory ran out. */
const char *mera_text_harmless(const char *text, mera_arena *arena);

/** How many slips lie between two texts: optimal string alignment, case folded, in characters of
 * the first 64. */
size_t mera_distance(const char *a, const char *b);

/** The candidate nearest to `name` by edit distance (case folded), or NULL when none is near:
 * at most a third of the length, rounded up, and never all of it. The first of equals wins. */
const char *mera_nearest(const char *name, const char *const *candidates, size_t n);

/** The shortest candidate that has `name` in it (case folded; of equals the first), or NULL; names
 * of one or two characters are in none. */
const char *mera_containing(const char *name, const char *const *candidates, size_t n);

/** Adds a way out to the problem recorded last: the nearest name, else the first dozen there are.
 * `what` names them all: "operations of this step". */
mera_code mera_suggest(mera_diags *diags, const char *name, const char *const *names, size_t n,
                       const char *what, mera_arena *arena);

#endif
