/* SPDX-License-Identifier: Apache-2.0 */
/** @file Forms of nouns by number: the rules of CLDR for whole numbers. */
#include "report/nouns.h"

#include "base/text.h"

#include <assert.h>

static const struct {
    const char *en[2], *ru[3];
} nouns[] = {
#define NOUNS_ROW(id, one, many, ru_one, ru_few, ru_many) {{one, many}, {ru_one, ru_few, ru_many}},
    MERA_NOUNS(NOUNS_ROW)
#undef NOUNS_ROW
};

const char *mera_noun_in(mera_noun noun, size_t n, const char *language)
{
    assert(noun < MERA_N_NOUNS);
    const size_t tens = n % 100, ones = n % 10;
    if (!mera_streq(language, "ru")) {
        return nouns[noun].en[n != 1];
    }
    const bool teen = tens >= 11 && tens <= 14;
    const size_t form = ones == 1 && !teen ? 0 : ones >= 2 && ones <= 4 && !teen ? 1 : 2;
    return nouns[noun].ru[form];
}
