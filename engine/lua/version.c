/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Versions of plugins, one to three numbers, and wishes like ">=1.2 <2": every part must hold. A
 * part that is not said counts as 0; in "1.2" alone and "=1.2" it counts as any.
 */
#include "lua/version.h"

#include <string.h>

bool mera_version_read(const char *text, size_t n, int parts[3], int *n_parts)
{
    size_t i = 0;

    parts[0] = parts[1] = parts[2] = 0;
    for (*n_parts = 0; *n_parts < 3;) {
        const size_t start = i;
        int *part = &parts[(*n_parts)++];

        for (; i < n && text[i] >= '0' && text[i] <= '9' && i - start < 4; i++) {
            *part = 10 * *part + (text[i] - '0');
        }
        if (i == start) {
            return false;
        }
        if (i == n) {
            return true;
        }
        if (text[i++] != '.') {
            return false;
        }
    }
    return false;
}

static int version_compare(const int a[3], const int b[3], int n)
{
    for (int i = 0; i < n; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Does a version hold one part of a wish, ">=1.2"? *ok says whether it could be read. */
static bool version_holds(const int version[3], const char *text, size_t n, bool *ok)
{
    static const char *const signs[] = {">=", "<=", ">", "<", "="};
    int wanted[3], n_parts, order;
    size_t sign = 0;

    while (sign < 5 && strncmp(text, signs[sign], strlen(signs[sign])) != 0) {
        sign++;
    }
    if (sign < 5) {
        text += strlen(signs[sign]);
        n -= strlen(signs[sign]);
    }
    *ok = mera_version_read(text, n, wanted, &n_parts);
    order = version_compare(version, wanted, sign >= 4 ? n_parts : 3);
    switch (sign) {
    case 0:
        return order >= 0;
    case 1:
        return order <= 0;
    case 2:
        return order > 0;
    case 3:
        return order < 0;
    default:
        return order == 0;
    }
}

bool mera_version_satisfies(const char *text, const char *wish, mera_at at, mera_diags *diags)
{
    int version[3], n_parts;
    bool holds = true, ok = true;

    if (!mera_version_read(text, strlen(text), version, &n_parts)) {
        return false;
    }
    for (const char *part = wish; *part != '\0' && ok;) {
        const size_t blanks = strspn(part, " ,"), n = strcspn(part + blanks, " ,");

        part += blanks;
        if (n > 0) {
            holds = version_holds(version, part, n, &ok) && holds;
        }
        part += n;
    }
    if (!ok) {
        mera_fail(diags, MERA_EINPUT, "plugin-version", at,
                  "'%s' is not a wish for a version; write one like \">=1.2 <2\"", wish);
    }
    return ok && holds;
}
