/* SPDX-License-Identifier: Apache-2.0 */
/** @file How reports look. Widths are columns of a terminal, never bytes. */
#include "report/style.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "mera/rounding.h"

static const char *const style_code[] = {
    [MERA_PAINT_NONE] = "",         [MERA_PAINT_BOLD] = "\033[1m", [MERA_PAINT_DIM] = "\033[2m",
    [MERA_PAINT_GOOD] = "\033[32m", [MERA_PAINT_BAD] = "\033[31m", [MERA_PAINT_MARK] = "\033[33m",
};

void mera_style_add(mera_text *out, const mera_view *view, mera_paint paint, const char *text)
{
    const bool colour = view->colour && paint != MERA_PAINT_NONE;
    if (colour) {
        mera_text_add(out, style_code[paint]);
    }
    mera_text_add(out, text);
    if (colour) {
        mera_text_add(out, "\033[0m");
    }
}

void mera_style_repeat(mera_text *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mera_text_add(out, text);
    }
}

/** Bytes of the longest beginning that takes at most `width` columns; its width in *taken. */
static size_t style_fit(const char *text, size_t width, size_t *taken)
{
    const char *at = text;
    const char *const end = text + strlen(text);
    *taken = 0;
    while (at < end) {
        const char *next = at;
        char one[5] = {0};
        one[mera_utf8_put(mera_utf8_next(&next, end), one)] = '\0';
        const size_t w = mera_utf8_width(one);
        if (*taken + w > width) {
            break;
        }
        *taken += w;
        at = next;
    }
    return (size_t)(at - text);
}

void mera_style_pad(mera_text *out, const char *text, size_t width, bool right)
{
    size_t taken = mera_utf8_width(text);
    const bool cut = taken > width;
    const size_t n = cut ? style_fit(text, width > 0 ? width - 1 : 0, &taken) : strlen(text);
    taken += cut && width > 0 ? 1 : 0;
    if (right) {
        mera_style_repeat(out, " ", width - taken);
    }
    mera_text_add_n(out, text, n);
    if (cut && width > 0) {
        mera_text_add(out, "…");
    }
    if (!right) {
        mera_style_repeat(out, " ", width - taken);
    }
}

const char *mera_style_cut(const char *text, size_t width, mera_arena *arena)
{
    mera_text out = {.arena = arena};
    size_t taken = 0;
    if (mera_utf8_width(text) <= width) {
        return text;
    }
    mera_text_add_n(&out, text, style_fit(text, width > 0 ? width - 1 : 0, &taken));
    mera_text_add(&out, width > 0 ? "…" : "");
    return mera_text_string(&out);
}

void mera_style_bar(mera_text *out, double share, size_t width)
{
    static const char *const part[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (isnan(share)) {
        return;
    }
    const double clipped = fmin(fmax(share, 0), 1);
    const size_t eighths = (size_t)floor(clipped * 8 * (double)width + 0.5);
    mera_style_repeat(out, "█", eighths / 8);
    mera_text_add(out, part[eighths % 8]);
}

void mera_style_spark(mera_text *out, double share)
{
    static const char *const block[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    if (isnan(share)) {
        mera_text_add(out, "·");
        return;
    }
    const double clipped = fmin(fmax(share, 0), 1);
    mera_text_add(out, block[(size_t)fmin(7, floor(clipped * 8))]);
}

int mera_style_digits(double largest)
{
    const double size = fabs(largest);
    if (!(size < 1e9)) {
        return 0;
    }
    return size >= 1000 ? 1 : size >= 20 ? 2 : 3;
}

const char *mera_style_number(double x, int digits, mera_arena *arena)
{
    char text[64];
    if (isnan(x)) {
        return "–";
    }
    mera_number_write_fixed(x, digits, text);
    const bool zero = strspn(text, "-0.") == strlen(text); /* "-0.0" says what nobody means */
    return mera_arena_strdup(arena, zero && text[0] == '-' ? text + 1 : text);
}

const char *mera_style_value(double x, mera_arena *arena)
{
    char text[32];
    if (isnan(x)) {
        return "–";
    }
    int whole = 1;
    for (double size = fabs(x); size >= 10 && whole < 18; size /= 10) {
        whole++;
    }
    int digits = whole >= 6 ? 0 : 6 - whole;
    for (double size = fabs(x); size > 0 && size < 0.1 && digits < 15; size *= 10) {
        digits++;
    }
    mera_number_write(mera_round(x, (mera_rounding){MERA_ROUND_HALF_UP, digits}), text);
    return mera_arena_strdup(arena, text);
}

void mera_style_wrap(mera_text *out, const mera_view *view, size_t indent, const char *text)
{
    size_t used = 0;
    while (*text != '\0') {
        const size_t n = strcspn(text, " ");
        char word[256];
        const size_t kept = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, text, kept);
        word[kept] = '\0';
        const size_t width = mera_utf8_width(word);
        if (used == 0) {
            mera_style_repeat(out, " ", indent);
        } else if (indent + used + 1 + width > view->width) {
            mera_text_add(out, "\n");
            mera_style_repeat(out, " ", indent);
            used = 0;
        } else {
            mera_text_add(out, " ");
            used++;
        }
        mera_text_add_n(out, text, n);
        used += width;
        text += n + strspn(text + n, " ");
    }
    mera_text_add(out, "\n");
}

void mera_style_heading(mera_text *out, const mera_view *view, const char *bold, const char *rest)
{
    mera_text lines = {.arena = out->arena};
    const char *text = mera_arena_printf(out->arena, "%s%s", bold, rest);
    out->failed |= text == NULL;
    mera_style_wrap(&lines, view, 0, text == NULL ? "" : text);
    const char *wrapped = mera_text_string(&lines);
    const size_t n = strlen(bold); /* a line ends where a blank was: the bold part is as long */
    const char *head = wrapped == NULL || strlen(wrapped) < n
                           ? NULL
                           : mera_arena_printf(out->arena, "%.*s", (int)n, wrapped);
    out->failed |= head == NULL;
    mera_style_add(out, view, MERA_PAINT_BOLD, head == NULL ? "" : head);
    mera_text_add(out, head == NULL ? "" : wrapped + n);
}

void mera_style_scale(double lo, double hi, double scale[2])
{
    static const double round_top[] = {1, 10, 100};
    scale[0] = lo < 0 ? lo : 0;
    scale[1] = hi;
    for (size_t i = 0; lo >= 0 && i < sizeof round_top / sizeof round_top[0]; i++) {
        if (hi <= round_top[i]) {
            scale[1] = round_top[i];
            break;
        }
    }
    if (!(scale[1] > scale[0])) {
        scale[1] = scale[0] + 1;
    }
}

mera_series mera_series_of(const double *value, size_t n)
{
    mera_series series = {.value = value};
    double lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < n; i++) { /* false for NaN: missing ones are passed over */
        lo = value[i] < lo ? value[i] : lo;
        hi = value[i] > hi ? value[i] : hi;
    }
    lo = isfinite(lo) ? lo : 0;
    hi = isfinite(hi) ? hi : 0;
    mera_style_scale(lo, hi, series.scale);
    series.digits = mera_style_digits(fmax(fabs(lo), fabs(hi)));
    return series;
}

double mera_series_share(const mera_series *series, size_t i)
{
    return (series->value[i] - series->scale[0]) / (series->scale[1] - series->scale[0]);
}
