/* SPDX-License-Identifier: Apache-2.0 */
/** @file Texts of .xlsx workbooks: runs of rich text, and the table of shared strings. */
#include "base/grow.h"
#include "io/xlsx_rich.h"

#include <string.h>

void xlsx_rich_clear(xlsx_rich *rich)
{
    rich->text.n = rich->piece.n = 0;
    rich->raised = false;
}

/* The text of a <t> is whole: what is escaped in it is so in it alone. */
static void rich_piece(xlsx_rich *rich)
{
    mera_text *piece = &rich->piece;
    xlsx_unescape(piece, 0);
    if (rich->raised) {
        io_sheet_raised(&rich->text, piece->data, piece->n);
    } else if (piece->n > 0) {
        mera_text_add_n(&rich->text, piece->data, piece->n);
    }
    rich->text.failed = rich->text.failed || piece->failed;
    piece->n = 0;
}

void xlsx_rich_start(xlsx_rich *rich, const char *name, const char **attribute)
{
    if (strcmp(name, "t") == 0) {
        rich->in_text = true;
    } else if (strcmp(name, "rPh") == 0) {
        rich->phonetic = true;
    } else if (strcmp(name, "r") == 0) {
        rich->raised = false;
    } else if (strcmp(name, "vertAlign") == 0) {
        const char *how = io_xml_attribute(attribute, "val");
        rich->raised = how != NULL && strcmp(how, "superscript") == 0;
    }
}

void xlsx_rich_end(xlsx_rich *rich, const char *name)
{
    if (strcmp(name, "t") == 0) {
        rich_piece(rich);
        rich->in_text = false;
    } else if (strcmp(name, "rPh") == 0) {
        rich->phonetic = false;
    } else if (strcmp(name, "r") == 0) {
        rich->raised = false;
    }
}

void xlsx_rich_text(xlsx_rich *rich, const char *text, size_t n)
{
    if (rich->in_text && !rich->phonetic) {
        mera_text_add_n(&rich->piece, text, n);
    }
}

/** Reading the table. */
typedef struct book_strings {
    xlsx_book *book;
    xlsx_rich rich;
} book_strings;

static void strings_start(io_xml *xml, const char *name, const char **attribute)
{
    book_strings *s = xml->user;
    if (strcmp(name, "si") == 0) {
        xlsx_rich_clear(&s->rich);
    } else {
        xlsx_rich_start(&s->rich, name, attribute);
    }
}

static void strings_end(io_xml *xml, const char *name)
{
    book_strings *s = xml->user;
    xlsx_book *book = s->book;
    if (strcmp(name, "si") != 0) {
        xlsx_rich_end(&s->rich, name);
        return;
    }
    const size_t n = s->rich.text.n;
    mera_slice *list = mera_grown(book->arena, book->string, &book->room_strings,
                                  book->n_strings + 1, sizeof *list);
    const char *copy = n == 0 ? "" : mera_arena_strndup(book->arena, s->rich.text.data, n);
    if (list == NULL || copy == NULL || s->rich.text.failed) {
        io_xml_stop(xml, MERA_ENOMEM);
        return;
    }
    book->string = list;
    list[book->n_strings++] = (mera_slice){copy, n};
}

static void strings_text(io_xml *xml, const char *text, size_t n)
{
    book_strings *s = xml->user;
    xlsx_rich_text(&s->rich, text, n);
}

mera_code xlsx_read_strings(xlsx_book *book)
{
    static const io_xml_events events = {strings_start, strings_end, strings_text};
    book_strings s = {.book = book};
    s.rich.text.arena = s.rich.piece.arena = book->arena;
    return book->strings == NULL ? MERA_OK : io_xml_parse(book->zip, book->strings, &events, &s);
}
