/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Names of places without what people write now one way, now another: blanks, case, ё, dashes and
 * quotes, Latin letters that look Cyrillic, the kind of place («г.», «посёлок», «область»).
 */
#ifndef MERA_IO_FOLD_H
#define MERA_IO_FOLD_H

#include "base/text.h"

/** What is taken away, as bits. */
enum {
    IO_FOLD_BLANKS = 1,   /**< at the ends, doubled, no-break, of no width */
    IO_FOLD_CASE = 2,     /**< upper case */
    IO_FOLD_YO = 4,       /**< ё and е */
    IO_FOLD_MARKS = 8,    /**< dashes, quotes, dots, brackets, slashes */
    IO_FOLD_LETTERS = 16, /**< Latin letters like Cyrillic ones; й and ё of two characters */
    IO_FOLD_KIND = 32,    /**< the kind of place or region */
    IO_FOLD_ALL = 63,
};

typedef enum io_fold_of { IO_FOLD_PLACE, IO_FOLD_REGION } io_fold_of;

/** The folded text, in `arena`; NULL when memory ran out. Folding twice changes nothing. */
const char *io_fold(mera_slice text, unsigned ways, io_fold_of of, mera_arena *arena);

/** Likewise, of a place and with its kind left in; into a text that can be used again. */
void io_fold_into(mera_slice text, unsigned ways, mera_text *out);

/** The ways without any one of which two texts that fold to the same stay different; when each can
 * be missed, all that change one of them. 0 for texts that are the same. */
mera_code io_fold_why(mera_slice a, mera_slice b, io_fold_of of, mera_arena *scratch,
                      unsigned *ways);

#endif
