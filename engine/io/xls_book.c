/* SPDX-License-Identifier: Apache-2.0 */
/** @file Opening .xls workbooks: what their first records say of all sheets. */
#include "base/grow.h"
#include "io/cfb.h"
#include "io/xls.h"

mera_code xls_refuse(const xls_book *book, const char *why)
{
    const io_findings *f = book->out->findings;
    const mera_code code = IO_FAIL(book->out->findings, "bad-workbook", (mera_at){.file = f->path},
                                   "the old workbook (.xls) cannot be read: %s", why);
    mera_hint(f->diags, "open it in a spreadsheet program and save it as .xlsx");
    return code;
}

excel_style xls_style(const xls_book *book, size_t xf)
{
    const uint32_t id = xf < book->n_xf ? book->xf[xf] : 0;
    for (size_t i = 0; i < book->n_formats; i++) {
        if (book->format[i].id == id) {
            return book->format[i].style;
        }
    }
    return excel_style_known(id);
}

static mera_code globals_sheet(xls_book *book, const xls_record *r)
{
    xls_cursor c = xls_cursor_of(book, r);
    mera_text name = {.arena = book->out->arena};
    const size_t place = xls_take(&c, 4);
    const uint32_t state = xls_take(&c, 1), type = xls_take(&c, 1);
    xls_text(book, &c, 1, &name);
    if (c.failed) {
        return xls_refuse(book, "the name of a sheet is cut");
    }
    const char *title = mera_text_string(&name);
    MERA_TRY_PTR(title);
    return type != 0 ? MERA_OK /* a chart or a module */
                     : io_book_add(book->out, (io_book_sheet){.name = title,
                                                              .hidden = (state & 3) != 0,
                                                              .place = place});
}

static mera_code globals_format(xls_book *book, const xls_record *r)
{
    xls_cursor c = xls_cursor_of(book, r);
    mera_text code = {.arena = book->out->arena};
    const uint32_t id = xls_take(&c, 2);
    xls_text(book, &c, 2, &code);
    struct xls_format *list = mera_grown(book->out->arena, book->format, &book->room_formats,
                                         book->n_formats + 1, sizeof *list);
    MERA_TRY_PTR(list);
    const char *text = mera_text_string(&code);
    MERA_TRY_PTR(text);
    book->format = list;
    list[book->n_formats++] = (struct xls_format){id, excel_style_of(text)};
    return MERA_OK;
}

static mera_code globals_xf(xls_book *book, const xls_record *r)
{
    uint32_t *list =
        mera_grown(book->out->arena, book->xf, &book->room_xf, book->n_xf + 1, sizeof *list);
    MERA_TRY_PTR(list);
    book->xf = list;
    list[book->n_xf++] = r->n < 4 ? 0 : xls_u16(r->at + 2);
    return MERA_OK;
}

static mera_code globals_font(xls_book *book, const xls_record *r)
{
    bool *list = mera_grown(book->out->arena, book->raised, &book->room_fonts, book->n_fonts + 1,
                            sizeof *list);
    MERA_TRY_PTR(list);
    book->raised = list;
    list[book->n_fonts++] = r->n >= 10 && xls_u16(r->at + 8) == 1;
    return MERA_OK;
}

static mera_code globals_record(xls_book *book, const xls_record *r)
{
    switch (r->type) {
    case XLS_FILEPASS:
        return IO_FAIL(book->out->findings, "bad-workbook",
                       (mera_at){.file = book->out->findings->path},
                       "the workbook is encrypted: save it without a password");
    case XLS_DATEMODE:
        book->from_1904 = r->n >= 2 && xls_u16(r->at) == 1;
        return MERA_OK;
    case XLS_BOUNDSHEET:
        return globals_sheet(book, r);
    case XLS_FORMAT:
        return globals_format(book, r);
    case XLS_XF:
        return globals_xf(book, r);
    case XLS_FONT:
        return globals_font(book, r);
    case XLS_SST:
        return book->string == NULL ? xls_read_strings(book, r)
                                    : xls_refuse(book, "it has two tables of texts");
    default:
        return MERA_OK;
    }
}

/* The records up to the first end; the first of all says which Excel wrote them. */
static mera_code book_globals(xls_book *book)
{
    size_t from = 0;
    xls_record r;
    if (!xls_next(book, &from, &r) || r.type != XLS_BOF || r.n < 2 || xls_u16(r.at) != 0x600) {
        return xls_refuse(book, "it is of a kind older than that of Excel 97");
    }
    while (xls_next(book, &from, &r)) {
        if (r.type == XLS_EOF) {
            return MERA_OK;
        }
        MERA_TRY(globals_record(book, &r));
    }
    return xls_refuse(book, "its first part is cut");
}

static mera_code book_read(io_book *out, size_t index, io_sheet *sheet)
{
    return xls_read_cells(out->own, out->sheet[index].place, sheet);
}

/* What else compound files are. */
static mera_code book_other(io_cfb *cfb, const xls_book *book)
{
    bool found = false;
    mera_slice stream;
    MERA_TRY(io_cfb_stream(cfb, "EncryptedPackage", &found, &stream));
    if (found) {
        return IO_FAIL(book->out->findings, "bad-workbook",
                       (mera_at){.file = book->out->findings->path},
                       "the workbook is encrypted: save it without a password");
    }
    MERA_TRY(io_cfb_stream(cfb, "Book", &found, &stream));
    return xls_refuse(book, found ? "it is of a kind older than that of Excel 97"
                                  : "there is no workbook in it; another program's file, it seems");
}

mera_code xls_open(mera_slice bytes, io_book *out)
{
    io_cfb cfb;
    xls_book *book = NULL;
    bool found = false;
    mera_slice stream = {"", 0};
    MERA_TRY_NEW(book, out->arena, 1);
    out->kind = "xls";
    out->read = book_read;
    out->own = book;
    *book = (xls_book){.out = out};
    MERA_TRY(io_cfb_open(bytes, out->findings, out->arena, &cfb));
    MERA_TRY(io_cfb_stream(&cfb, "Workbook", &found, &stream));
    if (!found) {
        return book_other(&cfb, book);
    }
    book->at = (const uint8_t *)stream.at;
    book->n = stream.n;
    return book_globals(book);
}

bool xls_is(mera_slice bytes)
{
    return io_cfb_is(bytes);
}
