/* SPDX-License-Identifier: Apache-2.0 */
/** @file The unit that a row means: by its code, by its name and region, by both. */
#include "io/match.h"

#include <string.h>

static size_t find_of(const mera_map *map, const char *text)
{
    return mera_map_get(map, text, strlen(text));
}

static mera_slice find_slice(const char *text)
{
    return (mera_slice){text, strlen(text)};
}

static void find_propose(match_found *found, size_t unit, unsigned why)
{
    found->state = why == 0 ? MERA_MATCH_EXACT : MERA_MATCH_PROPOSED;
    found->unit = unit;
    found->why = why;
}

/* ---- codes ---- */

/* Digits as those of the list, or of another level: a municipality has 8, a settlement of it 11. */
static size_t find_digits(const match_list *list, const char *digits, unsigned *why)
{
    const size_t n = strlen(digits);
    size_t unit = find_of(list->digits, digits);
    if (unit != SIZE_MAX || (n != 8 && n != 11)) {
        return unit;
    }
    char several[] = "12345678+";
    memcpy(several, digits, 8);
    const bool one = find_of(list->towns, several) == SIZE_MAX;
    unit = n == 11 ? mera_map_get(list->digits, digits, 8)
           : one   ? mera_map_get(list->towns, digits, 8)
                   : SIZE_MAX;
    *why |= unit != SIZE_MAX ? MERA_MATCH_LEVEL : 0;
    return unit;
}

mera_code match_find_key(const match_list *list, const char *key, mera_arena *scratch,
                         match_found *found)
{
    *found = (match_found){.state = MERA_MATCH_NONE, .unit = SIZE_MAX};
    const size_t exact = find_of(list->keys, key);
    if (exact != SIZE_MAX) {
        find_propose(found, exact, 0);
        return MERA_OK;
    }
    if (key[strspn(key, "0123456789-. \xC2\xA0")] != '\0') {
        return MERA_OK; /* no code of digits */
    }
    const char *digits = match_digits(key, scratch);
    MERA_TRY_PTR(digits);
    const size_t n = strlen(digits);
    unsigned why = strcmp(digits, key) != 0 ? MERA_MATCH_DIGITS : 0;
    size_t unit = n == 0 ? SIZE_MAX : find_digits(list, digits, &why);
    if (unit == SIZE_MAX && (n == 7 || n == 10)) {
        const char *led = mera_arena_printf(scratch, "0%s", digits);
        MERA_TRY_PTR(led);
        why |= MERA_MATCH_ZERO;
        unit = find_digits(list, led, &why);
    }
    if (unit != SIZE_MAX) {
        find_propose(found, unit, why == 0 ? MERA_MATCH_DIGITS : why);
    }
    return MERA_OK;
}

/* ---- regions ---- */

/* Do the words begin alike? «Карачаево-Черкесия» and «Карачаево-Черкесская». */
static bool find_words_alike(const char *a, const char *b)
{
    enum { STEM = 5 };
    while (*a != '\0' && *b != '\0') {
        const size_t na = strcspn(a, " "), nb = strcspn(b, " ");
        const char *const ends[] = {a + na, b + nb};
        size_t same = 0;
        const char *x = a, *y = b;
        while (x < ends[0] && y < ends[1] &&
               mera_utf8_next(&x, ends[0]) == mera_utf8_next(&y, ends[1])) {
            same++;
        }
        const bool whole = na == nb && memcmp(a, b, na) == 0;
        if (!whole && same < STEM) {
            return false;
        }
        a += na + (a[na] == ' ');
        b += nb + (b[nb] == ' ');
    }
    return true; /* the longer one may say more */
}

static match_region find_region(const match_given *given, const char *folded,
                                const match_unit *unit)
{
    if (given->region[0] == '\0' || unit->region[0] == '\0' ||
        strcmp(given->region, unit->region) == 0) {
        return MATCH_REGION_SAME;
    }
    if (strcmp(folded, unit->folded_region) == 0) {
        return MATCH_REGION_FOLDED;
    }
    return find_words_alike(folded, unit->folded_region) ? MATCH_REGION_ALIKE : MATCH_REGION_OTHER;
}

/* ---- names ---- */

/** A search by name. */
typedef struct find_search {
    const match_list *list;
    const match_given *given;
    const char *name, *region; /**< folded */
    mera_arena *scratch;
    match_found *found;
} find_search;

/* Why the name of a unit that folds to the same is not the same. */
static mera_code find_why(const find_search *s, size_t unit, match_region region, unsigned *why)
{
    const match_unit *u = &s->list->unit[unit];
    MERA_TRY(io_fold_why(find_slice(s->given->name), find_slice(u->name), IO_FOLD_PLACE, s->scratch,
                         why));
    *why |= region == MATCH_REGION_FOLDED  ? MERA_MATCH_REGION
            : region >= MATCH_REGION_ALIKE ? MERA_MATCH_OTHER_REGION
                                           : 0;
    return MERA_OK;
}

static void find_candidate(match_found *found, size_t unit)
{
    if (found->n_candidates < MATCH_CANDIDATES) {
        found->candidate[found->n_candidates++] = unit;
    }
}

/* Units of the same folded name: the one whose region fits best, if it is one. */
static mera_code find_namesakes(find_search *s, bool known)
{
    match_region best = MATCH_REGION_OTHER;
    match_found *found = s->found;
    size_t n = 0, n_written = 0, unit = SIZE_MAX, written = SIZE_MAX;
    const size_t first = find_of(s->list->names, s->name);
    for (size_t i = first; i != SIZE_MAX; i = s->list->unit[i].next) {
        const match_region region = find_region(s->given, s->region, &s->list->unit[i]);
        best = region < best ? region : best;
    }
    for (size_t i = first; i != SIZE_MAX; i = s->list->unit[i].next) {
        const match_unit *u = &s->list->unit[i];
        if (find_region(s->given, s->region, u) == best) {
            n++;
            unit = i;
            find_candidate(found, i);
            n_written += strcmp(u->name, s->given->name) == 0;
            written = strcmp(u->name, s->given->name) == 0 ? i : written;
        }
    }
    if (n == 0 || (best == MATCH_REGION_OTHER && known)) {
        return MERA_OK; /* the region is known, and has no such unit */
    }
    if (n > 1 && n_written != 1) {
        found->state = MERA_MATCH_AMBIGUOUS;
        found->n_equal = n;
        return MERA_OK;
    }
    unsigned why = 0;
    unit = n > 1 ? written : unit;
    MERA_TRY(find_why(s, unit, best, &why));
    /* one of several namesakes: who wrote no region did not choose it */
    why |= n > 1 && s->given->region[0] == '\0' ? MERA_MATCH_KIND : 0;
    find_propose(found, unit, why);
    return MERA_OK;
}

static size_t find_length(const char *text)
{
    return mera_utf8_count(text, strlen(text));
}

/* Puts a unit among the nearest ones. */
static void find_keep_near(size_t unit, size_t slips, size_t *near, size_t *slips_of, size_t *n)
{
    size_t at = *n < MATCH_CANDIDATES ? (*n)++ : MATCH_CANDIDATES;
    for (; at > 0 && slips < slips_of[at - 1]; at--) {
        if (at < MATCH_CANDIDATES) {
            near[at] = near[at - 1];
            slips_of[at] = slips_of[at - 1];
        }
    }
    if (at < MATCH_CANDIDATES) {
        near[at] = unit;
        slips_of[at] = slips;
    }
}

/* Names with slips, in the region where it is known. One slip is allowed from four characters, two
 * from eight. */
static mera_code find_slips(find_search *s, bool known)
{
    match_found *found = s->found;
    const size_t length = find_length(s->name);
    const size_t most = length >= 8 ? 2 : length >= 4 ? 1 : 0;
    size_t near[MATCH_CANDIDATES], slips_of[MATCH_CANDIDATES], n = 0;
    for (size_t i = 0; i < s->list->n; i++) {
        const match_unit *u = &s->list->unit[i];
        const match_region region = find_region(s->given, s->region, u);
        if (u->folded[0] == '\0' || (known && region == MATCH_REGION_OTHER)) {
            continue;
        }
        const size_t other = find_length(u->folded),
                     apart = other > length ? other - length : length - other;
        if (apart <= length / 2 + 1) {
            find_keep_near(i, mera_distance(s->name, u->folded), near, slips_of, &n);
        }
    }
    found->n_candidates = 0;
    for (size_t i = 0; i < n && slips_of[i] <= length / 2; i++) {
        find_candidate(found, near[i]);
    }
    if (n == 0 || slips_of[0] > most) {
        return MERA_OK;
    }
    if (n > 1 && slips_of[1] == slips_of[0]) {
        found->state = MERA_MATCH_AMBIGUOUS;
        found->n_equal = 2 + (n > 2 && slips_of[2] == slips_of[0]);
        return MERA_OK;
    }
    const match_region region = find_region(s->given, s->region, &s->list->unit[near[0]]);
    find_propose(found, near[0],
                 MERA_MATCH_SPELLING | (region == MATCH_REGION_FOLDED  ? MERA_MATCH_REGION
                                        : region >= MATCH_REGION_ALIKE ? MERA_MATCH_OTHER_REGION
                                                                       : 0u));
    return MERA_OK;
}

/* Is some unit of a region like the one that is given? */
static bool find_knows_region(const find_search *s)
{
    if (s->given->region[0] == '\0' || find_of(s->list->regions, s->region) != SIZE_MAX) {
        return s->given->region[0] != '\0';
    }
    for (size_t i = 0; i < s->list->n; i++) {
        if (find_region(s->given, s->region, &s->list->unit[i]) < MATCH_REGION_OTHER) {
            return true;
        }
    }
    return false;
}

/** Tells by name and region alone. */
static mera_code find_name(const match_list *list, const match_given *given, mera_arena *scratch,
                           match_found *found)
{
    *found = (match_found){.state = MERA_MATCH_NONE, .unit = SIZE_MAX};
    find_search s = {.list = list, .given = given, .scratch = scratch, .found = found};
    MERA_TRY_PTR(s.name = io_fold(find_slice(given->name), IO_FOLD_ALL, IO_FOLD_PLACE, scratch));
    MERA_TRY_PTR(s.region =
                     io_fold(find_slice(given->region), IO_FOLD_ALL, IO_FOLD_REGION, scratch));
    if (s.name[0] == '\0') {
        return MERA_OK;
    }
    const bool known = find_knows_region(&s);
    MERA_TRY(find_namesakes(&s, known));
    if (found->state != MERA_MATCH_NONE) {
        return MERA_OK;
    }
    const match_found elsewhere = *found; /* namesakes in other regions */
    MERA_TRY(find_slips(&s, known));
    for (size_t i = 0; found->state == MERA_MATCH_NONE && i < elsewhere.n_candidates; i++) {
        find_candidate(found, elsewhere.candidate[i]);
    }
    return MERA_OK;
}

/* ---- both ---- */

/* A code that is known, with a name: do they speak of the same unit? */
static mera_code find_agrees(const match_list *list, const match_given *given, mera_arena *scratch,
                             match_found *found)
{
    const match_unit *u = &list->unit[found->unit];
    if (given->name[0] == '\0' || u->name[0] == '\0') {
        return MERA_OK;
    }
    const char *name = io_fold(find_slice(given->name), IO_FOLD_ALL, IO_FOLD_PLACE, scratch);
    const char *region = io_fold(find_slice(given->region), IO_FOLD_ALL, IO_FOLD_REGION, scratch);
    MERA_TRY_PTR(name);
    MERA_TRY_PTR(region);
    const bool same_name = strcmp(name, u->folded) == 0;
    const bool far = find_region(given, region, u) == MATCH_REGION_OTHER;
    find_propose(found, found->unit,
                 found->why | (same_name ? 0u : MERA_MATCH_OTHER_NAME) |
                     (far ? MERA_MATCH_OTHER_REGION : 0u));
    return MERA_OK;
}

mera_code match_find(const match_list *list, const match_given *given, mera_arena *scratch,
                     match_found *found)
{
    match_found by_name;
    if (given->key[0] == '\0') {
        return find_name(list, given, scratch, found);
    }
    MERA_TRY(match_find_key(list, given->key, scratch, found));
    if (found->state == MERA_MATCH_EXACT || given->name[0] == '\0') {
        return found->state == MERA_MATCH_EXACT ? find_agrees(list, given, scratch, found)
                                                : MERA_OK;
    }
    MERA_TRY(find_name(list, given, scratch, &by_name));
    if (found->state == MERA_MATCH_NONE) {
        *found = by_name;
        if (found->unit != SIZE_MAX) {
            find_propose(found, found->unit, found->why | MERA_MATCH_UNKNOWN_CODE);
        }
    } else if (by_name.unit == SIZE_MAX || by_name.unit == found->unit) {
        const unsigned name = by_name.unit == SIZE_MAX ? MERA_MATCH_OTHER_NAME : by_name.why;
        find_propose(found, found->unit, found->why | name);
    } else {
        found->state = MERA_MATCH_AMBIGUOUS;
        found->n_equal = found->n_candidates = 2;
        found->candidate[0] = found->unit;
        found->candidate[1] = by_name.unit;
        found->unit = SIZE_MAX;
    }
    return MERA_OK;
}

const char *mera_match_why_name(size_t i, bool russian)
{
    static const char *const names[MERA_N_MATCH_WHYS][2] = {
        {"blanks", "пробелы"},
        {"case", "регистр"},
        {"yo", "ё/е"},
        {"marks", "знаки"},
        {"letters", "похожие буквы"},
        {"kind", "тип места"},
        {"region", "запись региона"},
        {"other_region", "другой регион"},
        {"zero", "потерян ноль"},
        {"digits", "запись кода"},
        {"level", "уровень кода"},
        {"spelling", "опечатка"},
        {"unknown_code", "код не найден"},
        {"other_name", "другое название"},
    };
    return i < MERA_N_MATCH_WHYS ? names[i][russian ? 1 : 0] : NULL;
}
