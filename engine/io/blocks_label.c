/* SPDX-License-Identifier: Apache-2.0 */
/** @file Labels of years and of parts of a year, as people write them. */
#include "io/blocks.h"

#include <string.h>

/* What stands for a whole year when the methodology does not say it, the best first. */
static const char *const label_whole[] = {
    "",
    "год",
    "за год",
    "значение показателя за год",
    "январь-декабрь",
    "на 1 января",
    "на конец года",
    "year",
    "january-december",
};

static bool label_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Four digits from 1900 to 2099 that no other digit touches. */
static const char *label_year(mera_slice text)
{
    for (size_t i = 0; i + 4 <= text.n; i++) {
        const char *at = text.at + i;
        size_t n = 0;
        while (i + n < text.n && label_digit(at[n])) {
            n++;
        }
        if (n == 4 && (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0)) {
            return at;
        }
        i += n;
    }
    return NULL;
}

/* Without blanks and what divides a year from its part. */
static mera_slice label_trim(mera_slice text)
{
    static const char marks[] = "/,;:().-";
    for (size_t before = SIZE_MAX; before != text.n;) {
        before = text.n;
        text = mera_slice_trim(text);
        if (text.n > 0 && strchr(marks, text.at[0]) != NULL) {
            text = (mera_slice){text.at + 1, text.n - 1};
        }
        if (text.n > 0 && strchr(marks, text.at[text.n - 1]) != NULL) {
            text.n--;
        }
    }
    return text;
}

/* Without a word at its start: "г. январь-июнь" is "январь-июнь". */
static mera_slice label_without(mera_slice text, const char *word)
{
    const size_t n = strlen(word);
    if (text.n < n || memcmp(text.at, word, n) != 0 ||
        (text.n > n && strchr(" ./,-", text.at[n]) == NULL)) {
        return text;
    }
    return label_trim((mera_slice){text.at + n, text.n - n});
}

io_year_label io_year_label_of(mera_slice text)
{
    const char *year = label_year(text);
    if (year == NULL) {
        return (io_year_label){{text.at, 0}, label_trim(text)};
    }
    const mera_slice before = label_trim((mera_slice){text.at, (size_t)(year - text.at)});
    mera_slice after = label_trim((mera_slice){year + 4, text.n - (size_t)(year - text.at) - 4});
    static const char *const words[] = {"года", "год", "г"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        after = label_without(after, words[i]);
    }
    return (io_year_label){{year, 4}, before.n > 0 ? before : after};
}

/* Equal but for the case of letters, and for the dash. */
static bool label_equal(mera_slice a, const char *b)
{
    const char *x = a.at, *x_end = a.at + a.n, *y = b, *y_end = b + strlen(b);
    while (x < x_end && y < y_end) {
        uint32_t p = mera_utf8_lower(mera_utf8_next(&x, x_end));
        uint32_t q = mera_utf8_lower(mera_utf8_next(&y, y_end));
        p = p == 0x2013 || p == 0x2014 ? '-' : p;
        q = q == 0x2013 || q == 0x2014 ? '-' : q;
        if (p != q) {
            return false;
        }
    }
    return x == x_end && y == y_end;
}

size_t io_year_rank(const mera_source *source, mera_slice part)
{
    const bool own = source->n_of_year > 0;
    const char *const *list = own ? source->of_year : label_whole;
    const size_t n = own ? source->n_of_year : sizeof label_whole / sizeof *label_whole;
    for (size_t i = 0; i < n; i++) {
        if (label_equal(part, list[i])) {
            return i;
        }
    }
    return SIZE_MAX;
}
