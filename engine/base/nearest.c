/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * «Did you mean»: the nearest name by optimal string alignment, which counts two swapped neighbours
 * as one slip (Damerau 1964), in characters, case folded. Allowed is a third of the length, rounded
 * up, and always less than the whole name.
 */
#include "base/text.h"

#include <string.h>

/* longer names are compared by their first characters only; shorter parts are in everything */
enum { NEAREST_MAX = 64, NEAREST_PART = 3 };

static size_t nearest_fold(const char *text, uint32_t out[NEAREST_MAX])
{
    const char *end = text + strlen(text);
    size_t n = 0;
    while (text < end && n < NEAREST_MAX) {
        out[n++] = mera_utf8_lower(mera_utf8_next(&text, end));
    }
    return n;
}

static size_t nearest_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t nearest_distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    size_t rows[3][NEAREST_MAX + 1];
    for (size_t j = 0; j <= nb; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= na; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            const size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = nearest_min(change, nearest_min(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = nearest_min(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[na % 3][nb];
}

size_t mera_distance(const char *a, const char *b)
{
    uint32_t left[NEAREST_MAX], right[NEAREST_MAX];
    const size_t n = nearest_fold(a, left), m = nearest_fold(b, right);
    return nearest_distance(left, n, right, m);
}

const char *mera_nearest(const char *name, const char *const *candidates, size_t n)
{
    uint32_t folded[NEAREST_MAX];
    const size_t length = nearest_fold(name, folded);
    if (length == 0) {
        return NULL;
    }
    size_t best = nearest_min((length + 2) / 3, length - 1) + 1;
    const char *found = NULL;
    for (size_t i = 0; i < n; i++) {
        uint32_t other[NEAREST_MAX];
        const size_t m = nearest_fold(candidates[i], other);
        const size_t distance = nearest_distance(folded, length, other, m);
        if (distance < best) {
            best = distance;
            found = candidates[i];
        }
    }
    return found;
}

const char *mera_containing(const char *name, const char *const *candidates, size_t n)
{
    uint32_t wanted[NEAREST_MAX], other[NEAREST_MAX];
    const size_t length = nearest_fold(name, wanted);
    const char *found = NULL;
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < n && length >= NEAREST_PART; i++) {
        const size_t m = nearest_fold(candidates[i], other);
        for (size_t at = 0; at + length <= m && m < shortest; at++) {
            if (memcmp(other + at, wanted, length * sizeof *wanted) == 0) {
                found = candidates[i];
                shortest = m;
            }
        }
    }
    return found;
}

mera_code mera_suggest(mera_diags *diags, const char *name, const char *const *names, size_t n,
                       const char *what, mera_arena *arena)
{
    enum { SUGGEST_AT_MOST = 12 };
    const char *nearest = n > 0 ? mera_nearest(name, names, n) : NULL;
    if (nearest != NULL) {
        mera_hint(diags, "did you mean '%s'?", nearest);
        return MERA_OK;
    }
    mera_text list = {.arena = arena};
    for (size_t i = 0; i < n && i < SUGGEST_AT_MOST; i++) {
        mera_text_addf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    MERA_TRY_PTR(mera_text_string(&list));
    if (n == 0) {
        mera_hint(diags, "there are no %s", what);
    } else {
        mera_hint(diags, "the %s are %s%s", what, mera_text_string(&list),
                  n > SUGGEST_AT_MOST ? ", ..." : "");
    }
    return MERA_OK;
}
