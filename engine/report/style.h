/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How reports look: colours, bars of eighths, text cut and padded by its width on a terminal,
 * numbers with as many decimals as a column of them needs.
 */
#ifndef MERA_REPORT_STYLE_H
#define MERA_REPORT_STYLE_H

#include "base/text.h"
#include "report/report.h"

/** Colours that mean something; the terminal chooses their shade. */
typedef enum mera_paint {
    MERA_PAINT_NONE,
    MERA_PAINT_BOLD,
    MERA_PAINT_DIM,
    MERA_PAINT_GOOD,
    MERA_PAINT_BAD,
    MERA_PAINT_MARK,
} mera_paint;

/** Adds `text`, coloured when the view has colours. */
void mera_style_add(mera_text *out, const mera_view *view, mera_paint paint, const char *text);

/** Adds `text` cut with an ellipsis to `width` columns and padded with blanks on one side. */
void mera_style_pad(mera_text *out, const char *text, size_t width, bool right);

/** Text cut to `width` columns, the last one being an ellipsis. NULL when memory ran out. */
const char *mera_style_cut(const char *text, size_t width, mera_arena *arena);

/** Adds a bar of `share` (0 to 1, clipped; NaN draws nothing) of `width` columns. */
void mera_style_bar(mera_text *out, double share, size_t width);

/** Adds one block whose height is `share` of a line; a middle dot when NaN. */
void mera_style_spark(mera_text *out, double share);

/** Decimals that show four figures of numbers up to `largest` in size. */
int mera_style_digits(double largest);

/** `x` with that many decimals, "–" when missing. NULL when memory ran out. */
const char *mera_style_number(double x, int digits, mera_arena *arena);

/** `x` with six significant figures at most and no trailing zeros, "–" when missing: for people. */
const char *mera_style_value(double x, mera_arena *arena);

/** Adds text broken at blanks into lines not wider than the view, each after `indent` blanks. */
void mera_style_wrap(mera_text *out, const mera_view *view, size_t indent, const char *text);

/** A heading in the width of the view: `bold`, and after it `rest`. */
void mera_style_heading(mera_text *out, const mera_view *view, const char *bold, const char *rest);

/** Where a bar of numbers from `lo` to `hi` begins and ends: at 0 and the next of 1, 10 and 100
 * when none is negative, so that bars of one method can be compared; else at the numbers. */
void mera_style_scale(double lo, double hi, double scale[2]);

/** Numbers that are shown together: where their bars begin and end, and their decimals. */
typedef struct mera_series {
    const double *value;
    double scale[2];
    int digits;
} mera_series;

mera_series mera_series_of(const double *value, size_t n);

/** Where number `i` stands on the series' scale, 0 to 1; NaN when missing. */
double mera_series_share(const mera_series *series, size_t i);

/** Adds `n` times `text`. */
void mera_style_repeat(mera_text *out, const char *text, size_t n);

#endif
