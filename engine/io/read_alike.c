/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units of a file that differ from others in nothing but how they are written. */
#include "io/reader.h"

#include <string.h>

/* "'Oрск' from 'Орск' of line 3 (capitals)" */
static const char *alike_words(const read_file *f, mera_slice key, const io_alike_unit *other)
{
    mera_arena *arena = f->table->findings.arena;
    const bool here = strcmp(other->at.file, f->table->findings.path) == 0;
    const char *why = io_alike_why(key, other, false, arena);
    return why == NULL ? NULL
                       : mera_arena_printf(arena, "'%.*s' from '%s' of %s%s%u (%s)", (int)key.n,
                                           key.at, other->key, here ? "line " : other->at.file,
                                           here ? "" : ":", other->at.line, why);
}

mera_code read_alike(read_file *f, mera_slice key)
{
    const io_alike_unit *other = NULL;
    io_findings *found = &f->table->findings;
    const mera_at at = {found->path, io_table_line(f->table), 0, 0};
    MERA_TRY(io_alike_add(&f->all->alike, key, at, &other));
    if (other == NULL) {
        return MERA_OK;
    }
    const char *words = alike_words(f, key, other);
    MERA_TRY_PTR(words);
    f->alike_first = f->alike_first == NULL ? words : f->alike_first;
    return IO_CASE(found, &f->alike, io_table_at(f->table, f->key[0]),
                   "only the writing tells %s: two units", words);
}

mera_code read_alike_hint(read_file *f, mera_slice key)
{
    const io_alike_unit *other = NULL;
    MERA_TRY(io_alike_find(&f->all->alike, key, &other));
    if (other != NULL) {
        const char *why = io_alike_why(key, other, false, f->table->findings.arena);
        MERA_TRY_PTR(why);
        mera_hint(f->all->diags,
                  "'%s' of %s:%u is only written otherwise (%s): write both alike, or see 'match'",
                  other->key, other->at.file, other->at.line, why);
    }
    return MERA_OK;
}

mera_code read_alike_end(read_file *f)
{
    io_findings *found = &f->table->findings;
    if (f->alike.n == 0) {
        return MERA_OK;
    }
    const char *what = mera_arena_printf(
        found->arena, "units that only the writing tells from others, as %s", f->alike_first);
    MERA_TRY_PTR(what);
    MERA_TRY(io_tally_end(found, &f->alike, what));
    mera_hint(found->diags, "write each alike everywhere; or 'match' in the entry of 'data' finds "
                            "them in a list of units (docs/matching.md)");
    return MERA_OK;
}
