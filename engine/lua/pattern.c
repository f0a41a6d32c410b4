/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A backtracking matcher for Lua patterns (Lua 5.4 reference manual, 6.4.1) that charges every
 * step. Recursion is as deep as the pattern is long where it repeats, and bounded.
 */
#include "lua/pattern.h"

#include <ctype.h>
#include <string.h>

#include "lua/sandbox.h"

enum { PATTERN_DEPTH = 150, PATTERN_OPEN = -1, PATTERN_POSITION = -2 };

static const char *pattern_run(mera_pattern *m, const char *s, const char *p);

void mera_pattern_start(mera_pattern *m, lua_State *L, const char *text, size_t n_text,
                        const char *pattern, size_t n_pattern, bool anchors)
{
    m->L = L;
    m->text = text;
    m->text_end = text + n_text;
    m->anchored = anchors && n_pattern > 0 && *pattern == '^';
    m->pattern = pattern + m->anchored;
    m->pattern_end = pattern + n_pattern;
    m->depth = 0;
    m->n_captures = 0;
}

/* ---- one item of a pattern --------------------------------------------------------------- */

/* After the item that starts at p: a character, %x, or a [set]. */
static const char *pattern_after(mera_pattern *m, const char *p)
{
    if (*p == '%') {
        if (p + 1 == m->pattern_end) {
            luaL_error(m->L, "malformed pattern: it ends with '%%'");
        }
        return p + 2;
    }
    if (*p != '[') {
        return p + 1;
    }
    p++;
    if (p < m->pattern_end && *p == '^') {
        p++;
    }
    do { /* a ']' that comes first is an ordinary character */
        if (p < m->pattern_end && *p == '%') {
            p++;
        }
        if (p >= m->pattern_end) {
            luaL_error(m->L, "malformed pattern: a '[' without ']'");
        }
        p++;
    } while (p >= m->pattern_end || *p != ']');
    return p + 1;
}

static bool pattern_class(int c, int letter)
{
    static const char letters[] = "acdglpsuwx";
    static int (*const tests[])(int) = {isalpha, iscntrl, isdigit, isgraph, islower,
                                        ispunct, isspace, isupper, isalnum, isxdigit};
    const char *found = memchr(letters, tolower(letter), sizeof letters - 1);

    if (found == NULL) {
        return letter == c;
    }
    return (tests[found - letters](c) != 0) != (isupper(letter) != 0);
}

/* Is c in the set from '[' to its ']' at `last`? */
static bool pattern_set(mera_pattern *m, int c, const char *p, const char *last)
{
    bool in = true;

    mera_box_charge(m->L, (size_t)(last - p) / 4);
    if (p[1] == '^') {
        in = false;
        p++;
    }
    for (p++; p < last; p++) {
        if (*p == '%') {
            p++;
            if (pattern_class(c, (unsigned char)*p)) {
                return in;
            }
        } else if (p[1] == '-' && p + 2 < last) {
            if ((unsigned char)*p <= c && c <= (unsigned char)p[2]) {
                return in;
            }
            p += 2;
        } else if ((unsigned char)*p == c) {
            return in;
        }
    }
    return !in;
}

static bool pattern_single(mera_pattern *m, const char *s, const char *p, const char *after)
{
    int c;

    mera_box_charge(m->L, 1);
    if (s >= m->text_end) {
        return false;
    }
    c = (unsigned char)*s;
    switch (*p) {
    case '.':
        return true;
    case '%':
        return pattern_class(c, (unsigned char)p[1]);
    case '[':
        return pattern_set(m, c, p, after - 1);
    default:
        return (unsigned char)*p == c;
    }
}

/* ---- repetitions ------------------------------------------------------------------------- */

static const char *pattern_most(mera_pattern *m, const char *s, const char *p, const char *after)
{
    ptrdiff_t i = 0;

    while (pattern_single(m, s + i, p, after)) {
        i++;
    }
    for (; i >= 0; i--) {
        const char *end = pattern_run(m, s + i, after + 1);

        if (end != NULL) {
            return end;
        }
    }
    return NULL;
}

static const char *pattern_fewest(mera_pattern *m, const char *s, const char *p, const char *after)
{
    for (;; s++) {
        const char *end = pattern_run(m, s, after + 1);

        if (end != NULL) {
            return end;
        }
        if (!pattern_single(m, s, p, after)) {
            return NULL;
        }
    }
}

/* ---- captures, %b, %f, %1 ---------------------------------------------------------------- */

static const char *pattern_open(mera_pattern *m, const char *s, const char *p)
{
    const bool position = p + 1 < m->pattern_end && p[1] == ')';
    const char *end;

    if (m->n_captures >= MERA_PATTERN_CAPTURES) {
        luaL_error(m->L, "malformed pattern: more than %d captures", (int)MERA_PATTERN_CAPTURES);
    }
    m->capture[m->n_captures].at = s;
    m->capture[m->n_captures].n = position ? PATTERN_POSITION : PATTERN_OPEN;
    m->n_captures++;
    end = pattern_run(m, s, p + (position ? 2 : 1));
    if (end == NULL) {
        m->n_captures--;
    }
    return end;
}

static const char *pattern_close(mera_pattern *m, const char *s, const char *p)
{
    const char *end;
    int i = m->n_captures - 1;

    while (i >= 0 && m->capture[i].n != PATTERN_OPEN) {
        i--;
    }
    if (i < 0) {
        luaL_error(m->L, "malformed pattern: a ')' without '('");
    }
    m->capture[i].n = s - m->capture[i].at;
    end = pattern_run(m, s, p + 1);
    if (end == NULL) {
        m->capture[i].n = PATTERN_OPEN;
    }
    return end;
}

/* %bxy: from an x to the y that balances it. */
static const char *pattern_balance(mera_pattern *m, const char *s, const char *p)
{
    int open = 1;

    if (p + 1 >= m->pattern_end) {
        luaL_error(m->L, "malformed pattern: '%%b' wants two characters");
    }
    if (s >= m->text_end || *s != *p) {
        return NULL;
    }
    for (s++; s < m->text_end; s++) {
        mera_box_charge(m->L, 1);
        if (*s == p[1]) {
            if (--open == 0) {
                return s + 1;
            }
        } else if (*s == *p) {
            open++;
        }
    }
    return NULL;
}

/* %1 to %9: the text of an earlier capture once more. */
static const char *pattern_again(mera_pattern *m, const char *s, int digit)
{
    const int i = digit - '1';
    size_t n;

    if (i < 0 || i >= m->n_captures || m->capture[i].n < 0) {
        luaL_error(m->L, "malformed pattern: '%%%d' before its capture is closed", i + 1);
    }
    n = (size_t)m->capture[i].n;
    mera_box_charge(m->L, n / 16);
    if ((size_t)(m->text_end - s) < n || memcmp(s, m->capture[i].at, n) != 0) {
        return NULL;
    }
    return s + n;
}

/* %f[set]: the set begins here. */
static const char *pattern_frontier(mera_pattern *m, const char *s, const char *p)
{
    const char *after;
    int before, here;

    if (p >= m->pattern_end || *p != '[') {
        luaL_error(m->L, "malformed pattern: '%%f' wants a [set]");
    }
    after = pattern_after(m, p);
    before = s == m->text ? 0 : (unsigned char)s[-1];
    here = s < m->text_end ? (unsigned char)*s : 0;
    if (pattern_set(m, before, p, after - 1) || !pattern_set(m, here, p, after - 1)) {
        return NULL;
    }
    return after;
}

/* ---- the matcher ------------------------------------------------------------------------- */

/* One item with what may follow it. Sets *p and gives the new s to go on, or NULL; *done says that
 * the result is final (the rest of the pattern was matched inside). */
static const char *pattern_item(mera_pattern *m, const char *s, const char **p, bool *done)
{
    const char *after = pattern_after(m, *p);
    const char suffix = after < m->pattern_end ? *after : '\0';
    bool one;

    if (suffix == '*' || suffix == '-') {
        *done = true;
        return suffix == '*' ? pattern_most(m, s, *p, after) : pattern_fewest(m, s, *p, after);
    }
    one = pattern_single(m, s, *p, after);
    if (suffix == '+') {
        *done = true;
        return one ? pattern_most(m, s + 1, *p, after) : NULL;
    }
    if (suffix == '?') {
        const char *end = one ? pattern_run(m, s + 1, after + 1) : NULL;

        *done = end != NULL;
        *p = after + 1;
        return end != NULL ? end : s;
    }
    *p = after;
    return one ? s + 1 : NULL;
}

/* %b, %f and %1; NULL in *p says that it is none of them. */
static const char *pattern_special(mera_pattern *m, const char *s, const char **p)
{
    const int letter = *p + 1 < m->pattern_end ? (unsigned char)(*p)[1] : 0;

    if (letter == 'b') {
        s = pattern_balance(m, s, *p + 2);
        *p += 4;
    } else if (letter == 'f') {
        const char *after = pattern_frontier(m, s, *p + 2);

        s = after == NULL ? NULL : s;
        *p = after;
    } else if (isdigit(letter) != 0) {
        s = pattern_again(m, s, letter);
        *p += 2;
    } else {
        *p = NULL;
    }
    return s;
}

static const char *pattern_step(mera_pattern *m, const char *s, const char **p, bool *done)
{
    const char *special = *p;

    if (**p == '(' || **p == ')') {
        *done = true;
        return **p == '(' ? pattern_open(m, s, *p) : pattern_close(m, s, *p);
    }
    if (**p == '$' && *p + 1 == m->pattern_end) {
        *done = true;
        return s == m->text_end ? s : NULL;
    }
    if (**p == '%') {
        const char *next = pattern_special(m, s, &special);

        if (special != NULL || next == NULL) {
            *p = special;
            return next;
        }
    }
    return pattern_item(m, s, p, done);
}

static const char *pattern_run(mera_pattern *m, const char *s, const char *p)
{
    bool done = false;

    if (++m->depth > PATTERN_DEPTH) {
        luaL_error(m->L, "pattern too complex");
    }
    while (s != NULL && !done && p < m->pattern_end) {
        mera_box_charge(m->L, 1);
        s = pattern_step(m, s, &p, &done);
    }
    m->depth--;
    return s;
}

const char *mera_pattern_match(mera_pattern *m, const char *at)
{
    m->depth = 0;
    m->n_captures = 0;
    return pattern_run(m, at, m->pattern);
}

/* ---- results ----------------------------------------------------------------------------- */

void mera_pattern_push_one(mera_pattern *m, int index, const char *at, const char *end)
{
    if (index >= m->n_captures) {
        if (index != 0) {
            luaL_error(m->L, "the pattern has no capture %%%d", index + 1);
        }
        lua_pushlstring(m->L, at, (size_t)(end - at));
    } else if (m->capture[index].n == PATTERN_POSITION) {
        lua_pushinteger(m->L, m->capture[index].at - m->text + 1);
    } else if (m->capture[index].n == PATTERN_OPEN) {
        luaL_error(m->L, "malformed pattern: a '(' without ')'");
    } else {
        lua_pushlstring(m->L, m->capture[index].at, (size_t)m->capture[index].n);
    }
}

int mera_pattern_push(mera_pattern *m, const char *at, const char *end)
{
    const int n = m->n_captures == 0 && at != NULL ? 1 : m->n_captures;

    luaL_checkstack(m->L, n, "too many captures");
    for (int i = 0; i < n; i++) {
        mera_pattern_push_one(m, i, at, end);
    }
    return n;
}
