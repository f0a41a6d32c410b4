/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: how the cells of a workbook look, and how much room they take. */
#ifndef MERA_REPORT_LOOK_H
#define MERA_REPORT_LOOK_H

#include <stddef.h>

#include "io/xlsx_write.h"

enum { LOOK_DECIMALS = 5 /**< none to four */ };
/** Where a text stands: over or beside texts, over numbers, after a number. */
enum { LOOK_LEFT, LOOK_RIGHT, LOOK_AFTER, LOOK_SIDES };

/** The number of a style in mera_looks. */
typedef enum look {
    LOOK_PLAIN,
    LOOK_HEADING,
    LOOK_POINTS,
    LOOK_PLACE,
    LOOK_IMPUTED,
    LOOK_TREATED,
    LOOK_INPUT,
    LOOK_BIG,
    LOOK_SHARE,
    LOOK_WRAP,                           /**< and one after a number */
    LOOK_CODE = LOOK_WRAP + 2,           /**< text, whatever it looks like; likewise */
    LOOK_HEAD = LOOK_CODE + 2,           /**< over a column: + a side */
    LOOK_DIM = LOOK_HEAD + LOOK_SIDES,   /**< below that; likewise */
    LOOK_FIGURE = LOOK_DIM + LOOK_SIDES, /**< + so many decimals, and so below */
    LOOK_SIGNED = LOOK_FIGURE + LOOK_DECIMALS,
    LOOK_IMPUTED_FIGURE = LOOK_SIGNED + LOOK_DECIMALS,
    LOOK_TREATED_FIGURE = LOOK_IMPUTED_FIGURE + LOOK_DECIMALS,
    LOOK_N = LOOK_TREATED_FIGURE + LOOK_DECIMALS
} look;

extern const io_xlsx_style mera_looks[LOOK_N];

/** Decimals of a number of that size: none, two or four. */
unsigned mera_look_decimals(double size);
/** How many lines a text takes that breaks between words, in so many letters. */
unsigned mera_look_lines(const char *text, unsigned width);
/** Letters of its longest word. */
unsigned mera_look_longest(const char *text);
/** Letters of a number with so many decimals and thousands apart. */
unsigned mera_look_width(double value, unsigned decimals);

#endif
