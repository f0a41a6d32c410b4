/* SPDX-License-Identifier: Apache-2.0 */
/** @file Names of places, folded: characters first, then words. */
#include "io/fold.h"

#include "mera/error.h"

#include <string.h>

/* Latin letters and the Cyrillic ones they look like, capitals or small. All Latin letters of the
 * list change, in either case, so that texts in Latin fold alike too. */
static uint32_t fold_letter(uint32_t code)
{
    static const struct {
        char latin;
        uint16_t cyrillic;
    } alike[] = {{'A', 0x410}, {'B', 0x412}, {'C', 0x421}, {'E', 0x415}, {'H', 0x41D},
                 {'K', 0x41A}, {'M', 0x41C}, {'O', 0x41E}, {'P', 0x420}, {'T', 0x422},
                 {'X', 0x425}, {'Y', 0x423}, {'a', 0x430}, {'b', 0x432}, {'c', 0x441},
                 {'e', 0x435}, {'h', 0x43D}, {'k', 0x43A}, {'m', 0x43C}, {'o', 0x43E},
                 {'p', 0x440}, {'t', 0x442}, {'x', 0x445}, {'y', 0x443}};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        if (code == (uint32_t)alike[i].latin) {
            return alike[i].cyrillic;
        }
    }
    return code == 0xCB ? 0x401 : code == 0xEB ? 0x451 : code; /* Ë, ë */
}

static bool fold_is_invisible(uint32_t code)
{
    return code == 0xAD || (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF;
}

static bool fold_is_blank(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x3000;
}

/* Quotes and primes of all kinds: nothing is put in their place. */
static bool fold_is_quote(uint32_t code)
{
    return code == '"' || code == '\'' || code == '`' || code == 0xAB || code == 0xBB ||
           (code >= 0x2018 && code <= 0x201F) || code == 0x2032 || code == 0x2033;
}

/* Marks that part words: dashes, dots, brackets, slashes. */
static bool fold_is_mark(uint32_t code)
{
    return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == '.' ||
           code == ',' || code == '(' || code == ')' || code == '[' || code == ']' || code == '/' ||
           code == '\\';
}

/* The letter that a letter and the combining mark behind it make, or 0. */
static uint32_t fold_joined(uint32_t letter, uint32_t mark)
{
    const bool breve = mark == 0x306, dots = mark == 0x308;
    if (breve && (letter == 0x418 || letter == 0x438)) {
        return letter + 1; /* Й */
    }
    return dots && letter == 0x415 ? 0x401 : dots && letter == 0x435 ? 0x451 : 0;
}

/* One character; 0 = it is left out. */
static uint32_t fold_one(uint32_t code, unsigned ways)
{
    if ((ways & IO_FOLD_BLANKS) && (fold_is_invisible(code) || fold_is_blank(code))) {
        return fold_is_blank(code) ? ' ' : 0;
    }
    if ((ways & IO_FOLD_MARKS) && (fold_is_quote(code) || fold_is_mark(code))) {
        return fold_is_mark(code) ? ' ' : 0;
    }
    if (ways & IO_FOLD_LETTERS) {
        code = fold_letter(code);
    }
    if ((ways & IO_FOLD_YO) && (code == 0x401 || code == 0x451)) {
        code = code == 0x401 ? 0x415 : 0x435;
    }
    return ways & IO_FOLD_CASE ? mera_utf8_lower(code) : code;
}

/* Characters, blanks made one and taken off the ends. */
static void fold_characters(mera_slice text, unsigned ways, mera_text *out)
{
    const char *at = text.at, *end = text.at + text.n;
    const bool squeeze = (ways & IO_FOLD_BLANKS) != 0;
    bool blank = squeeze;
    while (at < end) {
        uint32_t code = mera_utf8_next(&at, end);
        const char *next = at;
        const uint32_t joined = (ways & IO_FOLD_LETTERS) && at < end
                                    ? fold_joined(fold_letter(code), mera_utf8_next(&next, end))
                                    : 0;
        at = joined != 0 ? next : at;
        code = fold_one(joined != 0 ? joined : code, ways);
        if (code == 0 || (squeeze && blank && code == ' ')) {
            continue;
        }
        char bytes[4];
        mera_text_add_n(out, bytes, mera_utf8_put(code, bytes));
        blank = code == ' ';
    }
    while (squeeze && out->n > 0 && out->data[out->n - 1] == ' ') {
        out->data[--out->n] = '\0';
    }
}

/* Words that say what kind of place it is, small letters; sorted by nothing, there are few. */
static const char *const fold_places[] = {
    "г",     "гор",         "город",     "городской", "городского",    "городское",
    "пгт",   "рп",          "п",         "пос",       "поселок",       "посёлок",
    "типа",  "рабочий",     "поселение", "с",         "село",          "сельское",
    "д",     "дер",         "деревня",   "ст",        "станица",       "х",
    "хутор", "округ",       "го",        "мо",        "муниципальный", "муниципальное",
    "район", "образование", NULL};
static const char *const fold_regions[] = {
    "край",       "область",    "обл",   "республика", "респ", "автономный",
    "автономная", "автономной", "округ", "ао",         "аобл", "авт",
    "окр",        "г",          "город", "гор",        NULL};

/* A word, any case, perhaps with a dot behind; or nothing between two blanks. */
static bool fold_is_kind(mera_slice word, io_fold_of of)
{
    const char *const *kinds = of == IO_FOLD_REGION ? fold_regions : fold_places;
    char small[64];
    size_t n = 0;
    const char *at = word.at, *end = word.at + word.n;
    while (at < end && n + 4 < sizeof small) {
        n += mera_utf8_put(mera_utf8_lower(mera_utf8_next(&at, end)), small + n);
    }
    n -= n > 0 && small[n - 1] == '.';
    if (word.n == 0) {
        return true;
    }
    for (size_t i = 0; at == end && kinds[i] != NULL; i++) {
        if (mera_slice_eq((mera_slice){small, n}, kinds[i])) {
            return true;
        }
    }
    return false;
}

/* The next word of a text whose words are parted by single blanks. */
static mera_slice fold_word(const char **at, const char *end)
{
    const char *start = *at;
    const char *stop = memchr(start, ' ', (size_t)(end - start));
    stop = stop == NULL ? end : stop;
    *at = stop < end ? stop + 1 : end;
    return (mera_slice){start, (size_t)(stop - start)};
}

/* Takes kinds off: of places at both ends, of regions anywhere. One word always stays. */
static void fold_kinds(mera_slice text, io_fold_of of, mera_text *out)
{
    const char *end = text.at + text.n;
    size_t n_words = 0, n_kept = 0, first = SIZE_MAX, last = 0, number = 0;
    for (const char *at = text.at; at < end; n_words++) {
        if (!fold_is_kind(fold_word(&at, end), of)) {
            first = first == SIZE_MAX ? n_words : first;
            last = n_words;
        }
    }
    if (first == SIZE_MAX) { /* kinds alone: the last one is the name */
        first = last = n_words == 0 ? 0 : n_words - 1;
    }
    for (const char *at = text.at; at < end; number++) {
        const mera_slice word = fold_word(&at, end);
        const bool inside = number >= first && number <= last;
        if (inside && (of == IO_FOLD_PLACE || first == last || !fold_is_kind(word, of))) {
            mera_text_add(out, n_kept++ > 0 ? " " : "");
            mera_text_add_n(out, word.at, word.n);
        }
    }
}

const char *io_fold(mera_slice text, unsigned ways, io_fold_of of, mera_arena *arena)
{
    mera_text plain = {.arena = arena}, out = {.arena = arena};
    fold_characters(text, ways, &plain);
    if (!(ways & IO_FOLD_KIND)) {
        return mera_text_string(&plain);
    }
    if (mera_text_string(&plain) == NULL) {
        return NULL;
    }
    fold_kinds((mera_slice){mera_text_string(&plain), plain.n}, of, &out);
    return mera_text_string(&out);
}

void io_fold_into(mera_slice text, unsigned ways, mera_text *out)
{
    fold_characters(text, ways & ~(unsigned)IO_FOLD_KIND, out);
}

mera_code io_fold_why(mera_slice a, mera_slice b, io_fold_of of, mera_arena *scratch,
                      unsigned *ways)
{
    unsigned changing = 0;
    *ways = 0;
    if (a.n == b.n && memcmp(a.at, b.at, a.n) == 0) {
        return MERA_OK;
    }
    for (unsigned way = 1; way < IO_FOLD_ALL; way <<= 1) {
        const char *fa = io_fold(a, IO_FOLD_ALL & ~way, of, scratch);
        const char *fb = io_fold(b, IO_FOLD_ALL & ~way, of, scratch);
        const char *wa = io_fold(a, way, of, scratch), *wb = io_fold(b, way, of, scratch);
        if (fa == NULL || fb == NULL || wa == NULL || wb == NULL) {
            return MERA_ENOMEM;
        }
        *ways |= strcmp(fa, fb) != 0 ? way : 0;
        changing |= !mera_slice_eq(a, wa) || !mera_slice_eq(b, wb) ? way : 0;
    }
    *ways = *ways != 0 ? *ways : changing;
    return MERA_OK;
}
