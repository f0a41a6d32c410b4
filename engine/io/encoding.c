/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Decoding. One-byte encodings go through a table of 256 entries that iconv fills once a file:
 * about nine times as fast as iconv over the text.
 */
#include "io/encoding.h"

#include <iconv.h>
#include <string.h>

/* Characters beyond ASCII that contradict another encoding, and that show it by themselves: three
 * may happen to be words in cp866. */
enum { ENCODING_CONTRADICTS = 3, ENCODING_SHOWS = 8 };
enum { ENCODING_UTF8 = IO_N_CHARSETS, ENCODING_UTF16, ENCODING_LOOK };

const io_charset io_charsets[IO_N_CHARSETS] = {
    {"windows-1251", "CP1251"},
    {"cp866", "CP866"},
    {"koi8-r", "KOI8-R"},
    {"windows-1252", "CP1252"},
};

/* Names as people write them; the first of each kind is the one we say. */
static const struct {
    const char *name;
    int is;
} encoding_names[] = {
    {"utf-8", ENCODING_UTF8},
    {"utf-16", ENCODING_UTF16},
    {"windows-1251", IO_WINDOWS_1251},
    {"windows-1252", IO_WINDOWS_1252},
    {"cp866", IO_CP866},
    {"koi8-r", IO_KOI8_R},
    {"utf8", ENCODING_UTF8},
    {"utf16", ENCODING_UTF16},
    {"cp1251", IO_WINDOWS_1251},
    {"win1251", IO_WINDOWS_1251},
    {"cp1252", IO_WINDOWS_1252},
    {"latin1", IO_WINDOWS_1252},
    {"iso-8859-1", IO_WINDOWS_1252},
    {"ibm866", IO_CP866},
    {"koi8r", IO_KOI8_R},
};

enum { ENCODING_N_NAMES = sizeof encoding_names / sizeof *encoding_names, ENCODING_N_SAID = 6 };

/** What decoding a file needs. */
typedef struct decoder {
    const io_coded *in;
    mera_arena *arena;
    mera_diags *diags;
    io_text *out;
} decoder;

size_t io_first_beyond_ascii(const char *text, size_t n)
{
    const uint64_t ones = 0x0101010101010101U, tops = 0x8080808080808080U;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t word = 0;
        memcpy(&word, text + i, 8);
        if (((word | ((word - ones) & ~word)) & tops) != 0) {
            break;
        }
    }
    while (i < n && (signed char)text[i] > 0) {
        i++;
    }
    return i;
}

static int encoding_lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool encoding_same(const char *a, const char *b)
{
    while (*a != '\0' && encoding_lower(*a) == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static mera_code encoding_named(const decoder *d, const char *name, int *is)
{
    const char *said[ENCODING_N_SAID];
    for (size_t i = 0; i < ENCODING_N_NAMES; i++) {
        if (encoding_same(name, encoding_names[i].name)) {
            *is = encoding_names[i].is;
            return MERA_OK;
        }
    }
    for (size_t i = 0; i < ENCODING_N_SAID; i++) {
        said[i] = encoding_names[i].name;
    }
    const mera_code code = mera_fail(d->diags, MERA_EINPUT, "unknown-encoding", d->in->asked,
                                     "encoding '%s' of '%s' is not known: utf-8, utf-16, "
                                     "windows-1251, windows-1252, cp866, koi8-r",
                                     name, d->in->path);
    const char *near = mera_nearest(name, said, ENCODING_N_SAID);
    if (near != NULL) {
        mera_hint(d->diags, "did you mean '%s'?", near);
    }
    return code;
}

/* The place of a byte of the file, for text whose ASCII bytes stand for themselves. */
static mera_at encoding_place(const decoder *d, size_t offset, bool utf8)
{
    mera_at at = {.file = d->in->path, .line = 1};
    size_t from = 0;
    for (size_t i = 0; i < offset; i++) {
        if (d->in->bytes.at[i] == '\n') {
            at.line++;
            from = i + 1;
        }
    }
    at.column =
        (uint32_t)(utf8 ? mera_utf8_count(d->in->bytes.at + from, offset - from) : offset - from) +
        1;
    return at;
}

static bool encoding_is_utf8(const io_coded *in)
{
    return in->n_utf8 == in->bytes.n;
}

/* How many characters beyond ASCII are there before UTF-8 goes wrong? No more than `most` are
 * counted. A text in a one-byte encoding has hardly any. */
static size_t encoding_beyond(const io_coded *in, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n_utf8 && n < most; i++) {
        n += ((unsigned char)in->bytes.at[i] & 0xc0) == 0xc0;
    }
    return n;
}

mera_code io_byte_table_fill(const io_charset *charset, mera_at asked, mera_diags *diags,
                             io_byte_table *table)
{
    memset(table, 0, sizeof *table);
    iconv_t converter = iconv_open("UTF-8", charset->iconv);
    if (converter == (iconv_t)-1) { /* NOLINT(performance-no-int-to-ptr): POSIX says so */
        return mera_fail(diags, MERA_ESYSTEM, "no-converter", asked,
                         "this system has no converter for %s (iconv: %s)", charset->name,
                         charset->iconv);
    }
    for (size_t i = 0; i < 256; i++) {
        char byte = (char)i;
        char *in = &byte, *to = table->utf8[i];
        size_t n_in = 1, room = sizeof table->utf8[i];
        if (iconv(converter, &in, &n_in, &to, &room) != (size_t)-1) {
            table->length[i] = (unsigned char)(to - table->utf8[i]);
        }
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    return MERA_OK;
}

const char *io_byte_decode(const io_byte_table *table, mera_slice text, char **to)
{
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char byte = (unsigned char)text.at[i];
        if (table->length[byte] == 0) {
            return text.at + i;
        }
        memcpy(*to, table->utf8[byte], 4);
        *to += table->length[byte];
    }
    return NULL;
}

static size_t encoding_room(mera_slice bytes, const io_byte_table *table)
{
    size_t n = 4; /* copies are 4 bytes long */
    for (size_t i = 0; i < bytes.n; i++) {
        n += table->length[(unsigned char)bytes.at[i]];
    }
    return n;
}

mera_code io_text_decode(const io_text *text, mera_arena *arena, io_text *out, const char **bad)
{
    const mera_slice bytes = {text->at, text->n};
    char *to = mera_arena_alloc(arena, encoding_room(bytes, text->table), 1);
    MERA_TRY_PTR(to);
    *out = *text;
    out->at = to;
    out->table = NULL;
    *bad = io_byte_decode(text->table, bytes, &to);
    out->n = (size_t)(to - out->at);
    return MERA_OK;
}

static mera_code encoding_from_bytes(const decoder *d, int is, const io_byte_table *table)
{
    const mera_slice bytes = d->in->bytes;
    const io_text text = {
        .at = bytes.at, .n = bytes.n, .encoding = io_charsets[is].name, .table = table};
    const char *bad = NULL;
    *d->out = text;
    if (d->in->later) {
        return MERA_OK;
    }
    MERA_TRY(io_text_decode(&text, d->arena, d->out, &bad));
    return bad == NULL ? MERA_OK
                       : mera_fail(d->diags, MERA_EINPUT, "wrong-encoding",
                                   encoding_place(d, (size_t)(bad - bytes.at), false), IO_BAD_BYTE,
                                   (unsigned char)*bad, text.encoding);
}

static mera_code encoding_check_not_utf8(const decoder *d, int is)
{
    const mera_slice bytes = d->in->bytes;
    const size_t beyond = encoding_beyond(d->in, SIZE_MAX);
    if (!encoding_is_utf8(d->in) || beyond < ENCODING_CONTRADICTS) {
        return MERA_OK;
    }
    const size_t first = io_first_beyond_ascii(bytes.at, bytes.n);
    const mera_code code = mera_fail(
        d->diags, MERA_EINPUT, "wrong-encoding", encoding_place(d, first, true),
        "the file was said to be %s, but it is valid utf-8 with %zu characters beyond ASCII",
        io_charsets[is].name, beyond);
    mera_hint(d->diags, "leave 'encoding' out, or say utf-8");
    return code;
}

static mera_code encoding_declared_bytes(const decoder *d, int is)
{
    io_byte_table *table = NULL;
    MERA_TRY_NEW(table, d->arena, 1);
    MERA_TRY(encoding_check_not_utf8(d, is));
    MERA_TRY(io_byte_table_fill(&io_charsets[is], d->in->asked, d->diags, table));
    return encoding_from_bytes(d, is, table);
}

static mera_code encoding_guessed(const decoder *d)
{
    io_byte_table *tables = NULL;
    MERA_TRY_NEW(tables, d->arena, IO_N_CHARSETS);
    for (size_t i = 0; i < IO_N_CHARSETS; i++) {
        MERA_TRY(io_byte_table_fill(&io_charsets[i], d->in->asked, d->diags, &tables[i]));
    }
    const size_t is = io_guess_charset(d->in->bytes, tables);
    MERA_TRY(encoding_from_bytes(d, (int)is, &tables[is]));
    d->out->guessed = true;
    mera_note(d->diags, "encoding-guessed", (mera_at){.file = d->in->path},
              "read as %s: a guess by its letters", d->out->encoding);
    mera_hint(d->diags, "say 'encoding: %s' to make it certain", d->out->encoding);
    return MERA_OK;
}

/* Is it the beginning of a character that is not all there? */
static bool encoding_is_cut(mera_slice rest)
{
    const unsigned char *at = (const unsigned char *)rest.at;
    for (size_t i = 1; i < rest.n; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return false;
        }
    }
    return at[0] >= 0xc2 && at[0] <= 0xf4 &&
           rest.n < (size_t)(at[0] >= 0xf0   ? 4
                             : at[0] >= 0xe0 ? 3
                                             : 2);
}

static mera_code encoding_bad_utf8(const decoder *d)
{
    const mera_slice bytes = d->in->bytes;
    const size_t bad = d->in->n_utf8;
    const mera_at at = encoding_place(d, bad, true);
    if (encoding_is_cut((mera_slice){bytes.at + bad, bytes.n - bad})) {
        const mera_code code = mera_fail(d->diags, MERA_EINPUT, "wrong-encoding", at,
                                         "the file ends inside a character of utf-8");
        mera_hint(d->diags, "it is cut short: fetch or save it again");
        return code;
    }
    const mera_code code =
        mera_fail(d->diags, MERA_EINPUT, "wrong-encoding", at, "byte 0x%02X is not valid utf-8",
                  (unsigned char)bytes.at[bad]);
    mera_hint(d->diags, encoding_beyond(d->in, ENCODING_SHOWS) < ENCODING_SHOWS
                            ? "leave 'encoding' out to have it looked for, or say which it is"
                            : "the text before it is utf-8: the file is damaged, or was put "
                              "together from files of two encodings");
    return code;
}

static mera_code encoding_utf8(const decoder *d, bool bom)
{
    const size_t skip = bom ? 3 : 0;
    if (!encoding_is_utf8(d->in)) {
        return encoding_bad_utf8(d);
    }
    d->out->at = d->in->bytes.at + skip;
    d->out->n = d->in->bytes.n - skip;
    d->out->encoding = "utf-8";
    d->out->bom = bom;
    return MERA_OK;
}

static uint32_t encoding_unit(const unsigned char *at, bool big)
{
    return big ? (uint32_t)at[0] << 8 | at[1] : (uint32_t)at[1] << 8 | at[0];
}

static mera_code encoding_bad_utf16(const decoder *d, uint32_t line, const char *what)
{
    return mera_fail(d->diags, MERA_EINPUT, "wrong-encoding",
                     (mera_at){.file = d->in->path, .line = line}, "%s in utf-16", what);
}

static mera_code encoding_utf16(const decoder *d, bool bom, bool big)
{
    const unsigned char *at = (const unsigned char *)d->in->bytes.at + (bom ? 2 : 0);
    const unsigned char *end = (const unsigned char *)d->in->bytes.at + d->in->bytes.n;
    char *to = mera_arena_alloc(d->arena, d->in->bytes.n / 2 * 3 + 4, 1);
    MERA_TRY_PTR(to);
    *d->out = (io_text){.at = to, .encoding = big ? "utf-16be" : "utf-16le", .bom = bom};
    uint32_t line = 1;
    for (; end - at >= 2; at += 2) {
        uint32_t code = encoding_unit(at, big);
        if (code >= 0xd800 && code < 0xe000) {
            const uint32_t low = end - at >= 4 ? encoding_unit(at + 2, big) : 0;
            if (code >= 0xdc00 || low < 0xdc00 || low >= 0xe000) {
                return encoding_bad_utf16(d, line, "half a pair of surrogates");
            }
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            at += 2;
        }
        if (code == 0) {
            return encoding_bad_utf16(d, line, "a character of code 0");
        }
        line += code == '\n';
        to += mera_utf8_put(code, to);
    }
    if (at != end) {
        return encoding_bad_utf16(d, line, "an odd byte at the end");
    }
    d->out->n = (size_t)(to - d->out->at);
    return MERA_OK;
}

mera_code io_decode(const io_coded *coded, mera_arena *arena, mera_diags *diags, io_text *out)
{
    const mera_slice bytes = coded->bytes;
    *out = (io_text){.at = bytes.at};
    const decoder d = {coded, arena, diags, out};
    int is = ENCODING_LOOK;
    if (coded->declared != NULL) {
        MERA_TRY(encoding_named(&d, coded->declared, &is));
    }
    const bool bom8 = bytes.n >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0;
    const bool little = bytes.n >= 2 && memcmp(bytes.at, "\xFF\xFE", 2) == 0;
    const bool bom16 = little || (bytes.n >= 2 && memcmp(bytes.at, "\xFE\xFF", 2) == 0);
    bool big = bom16 && !little;
    if (is == ENCODING_UTF16) {
        if (!bom16 && !io_looks_utf16(bytes, &big)) {
            big = false;
        }
        return encoding_utf16(&d, bom16, big);
    }
    if (is < IO_N_CHARSETS) {
        return encoding_declared_bytes(&d, is);
    }
    if (is == ENCODING_LOOK && (bom16 || io_looks_utf16(bytes, &big))) {
        return encoding_utf16(&d, bom16, big);
    }
    if (is == ENCODING_UTF8 || bom8 || encoding_is_utf8(coded) ||
        encoding_beyond(coded, ENCODING_SHOWS) == ENCODING_SHOWS) {
        return encoding_utf8(&d, bom8);
    }
    return encoding_guessed(&d);
}
