/* SPDX-License-Identifier: Apache-2.0 */
/** @file Keys of units that are alike: folded as names are that wait for approval. */
#include "io/alike.h"

#include "base/grow.h"
#include "io/fold.h"

#include <string.h>

/* Kinds of places are no slips of the pen: a town and the district of its name are two units. */
enum { ALIKE_WAYS = IO_FOLD_BLANKS | IO_FOLD_CASE | IO_FOLD_YO | IO_FOLD_MARKS | IO_FOLD_LETTERS };

mera_code io_alike_new(mera_arena *arena, io_alike *out)
{
    *out = (io_alike){.arena = arena, .folded = {.arena = arena}};
    return mera_map_new(arena, 64, &out->met);
}

static bool alike_has_letter(mera_slice key)
{
    for (size_t i = 0; i < key.n; i++) {
        const unsigned char c = (unsigned char)key.at[i];
        if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            return true;
        }
    }
    return false;
}

static mera_code alike_fold(io_alike *alike, mera_slice key)
{
    alike->folded.n = 0;
    io_fold_into(key, ALIKE_WAYS, &alike->folded);
    return mera_text_string(&alike->folded) == NULL ? MERA_ENOMEM : MERA_OK;
}

mera_code io_alike_find(io_alike *alike, mera_slice key, const io_alike_unit **other)
{
    *other = NULL;
    if (!alike_has_letter(key)) {
        return MERA_OK;
    }
    MERA_TRY(alike_fold(alike, key));
    const size_t at = mera_map_get(alike->met, mera_text_string(&alike->folded), alike->folded.n);
    *other = at == SIZE_MAX ? NULL : &alike->unit[at];
    return MERA_OK;
}

mera_code io_alike_add(io_alike *alike, mera_slice key, mera_at at, const io_alike_unit **other)
{
    MERA_TRY(io_alike_find(alike, key, other));
    if (*other != NULL || !alike_has_letter(key)) {
        return MERA_OK;
    }
    io_alike_unit *grown =
        mera_grown(alike->arena, alike->unit, &alike->room, alike->n + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    alike->unit = grown;
    const char *copy = mera_arena_strndup(alike->arena, key.at, key.n);
    MERA_TRY_PTR(copy);
    grown[alike->n] = (io_alike_unit){copy, at};
    return mera_map_put(alike->met, mera_text_string(&alike->folded), alike->folded.n, alike->n++,
                        NULL, NULL);
}

const char *io_alike_why(mera_slice key, const io_alike_unit *other, bool russian,
                         mera_arena *arena)
{
    static const struct {
        unsigned way;
        const char *en, *ru;
    } words[] = {
        {IO_FOLD_LETTERS, "letters that look alike, Latin and Cyrillic",
         "похожие буквы, латинские и русские"},
        {IO_FOLD_YO, "ё and е", "ё и е"},
        {IO_FOLD_CASE, "capitals", "заглавные буквы"},
        {IO_FOLD_BLANKS, "blanks", "пробелы"},
        {IO_FOLD_MARKS, "dashes, dots or quotes", "тире, точки или кавычки"},
    };
    unsigned ways = 0;
    mera_text text = {.arena = arena};
    if (io_fold_why(key, (mera_slice){other->key, strlen(other->key)}, IO_FOLD_PLACE, arena,
                    &ways) != MERA_OK) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ways & words[i].way) {
            mera_text_add(&text, text.n > 0 ? "; " : "");
            mera_text_add(&text, russian ? words[i].ru : words[i].en);
        }
    }
    return mera_text_string(&text);
}
