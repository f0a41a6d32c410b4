/* SPDX-License-Identifier: Apache-2.0 */
/** @file The words of reports: the list of words.h laid out as a table. */
#include "report/words.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *en, *ru;
} words_table[] = {
#define WORDS_ROW(id, en, ru) {en, ru},
    MERA_WORDS(WORDS_ROW)
#undef WORDS_ROW
};

const char *mera_word_in(mera_word word, const char *language)
{
    assert(word < MERA_N_WORDS);
    return language != NULL && strcmp(language, "ru") == 0 ? words_table[word].ru
                                                           : words_table[word].en;
}

const mera_source_word mera_source_words[MERA_N_SOURCES] = {
    {"statistics", MERA_WORD_KIND_STATISTICS},
    {"open_data", MERA_WORD_KIND_OPEN_DATA},
    {"authority_request", MERA_WORD_KIND_REQUEST},
    {"survey", MERA_WORD_KIND_SURVEY},
    {"model", MERA_WORD_KIND_MODEL},
};
