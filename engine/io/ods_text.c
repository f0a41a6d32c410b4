/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Contents of cells of OpenDocument spreadsheets. The value is in attributes by its type; what is
 * shown is in paragraphs. Notes to a cell and drawings over it are no content.
 */
#include "io/ods_text.h"

#include <stdlib.h>
#include <string.h>

void ods_content_new(ods_content *content, mera_arena *arena)
{
    *content = (ods_content){.type = {.arena = arena},
                             .value = {.arena = arena},
                             .formula = {.arena = arena},
                             .shown = {.arena = arena},
                             .made = {.arena = arena}};
}

static void content_set(mera_text *text, const char *value)
{
    text->n = 0;
    mera_text_add(text, value == NULL ? "" : value);
}

ods_said ods_said_of(const char **attribute)
{
    ods_said said = {.type = NULL};
    const struct {
        const char *name, **out;
    } known[] = {{"value-type", &said.type},          {"value", &said.value},
                 {"date-value", &said.value},         {"time-value", &said.value},
                 {"boolean-value", &said.value},      {"string-value", &said.value},
                 {"formula", &said.formula},          {"number-columns-repeated", &said.repeated},
                 {"number-rows-spanned", &said.rows}, {"number-columns-spanned", &said.columns}};
    for (size_t i = 0; attribute[i] != NULL; i += 2) {
        const char *colon = strchr(attribute[i], ':');
        const char *name = colon == NULL ? attribute[i] : colon + 1;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            if (*known[k].out == NULL && strcmp(known[k].name, name) == 0) {
                *known[k].out = attribute[i + 1]; /* the first: office before calcext */
                break;
            }
        }
    }
    return said;
}

mera_code ods_content_open(ods_content *c, const ods_said *said)
{
    content_set(&c->type, said->type);
    content_set(&c->value, said->value);
    content_set(&c->formula, said->formula);
    content_set(&c->shown, "");
    content_set(&c->made, "");
    c->raised = c->skip = 0;
    c->in_text = false;
    return c->type.failed || c->value.failed || c->formula.failed ? MERA_ENOMEM : MERA_OK;
}

static void content_add(ods_content *c, const char *text, size_t n)
{
    if (c->raised != 0) {
        io_sheet_raised(&c->shown, text, n);
    } else {
        mera_text_add_n(&c->shown, text, n);
    }
}

/* Blanks that are written out: <text:s text:c="3"/>. A cell's width is no more than 256. */
static void content_blanks(ods_content *c, const char *count)
{
    const unsigned long n = count == NULL ? 1 : strtoul(count, NULL, 10);
    for (unsigned long i = 0; i < n && i < 256; i++) {
        mera_text_add(&c->shown, " ");
    }
}

void ods_content_start(ods_content *c, const ods_book *book, size_t depth, const char *name,
                       const char **attribute)
{
    if (c->skip != 0) {
        return;
    }
    if (depth == 1) {
        c->in_text = strcmp(name, "p") == 0;
        c->skip = c->in_text ? 0 : depth;
        if (c->in_text && c->shown.n > 0) {
            mera_text_add(&c->shown, " ");
        }
        c->blank = true;
    } else if (strcmp(name, "annotation") == 0 || strcmp(name, "note") == 0 ||
               strcmp(name, "ruby-text") == 0) {
        c->skip = depth;
    } else if (strcmp(name, "s") == 0) {
        content_blanks(c, io_xml_attribute(attribute, "c"));
    } else if (strcmp(name, "tab") == 0 || strcmp(name, "line-break") == 0) {
        mera_text_add(&c->shown, " ");
    } else if (c->raised == 0 &&
               ods_style(book, io_xml_attribute(attribute, "style-name")) == ODS_RAISED) {
        c->raised = depth;
    }
}

void ods_content_end(ods_content *c, size_t depth)
{
    c->skip = depth == c->skip ? 0 : c->skip;
    c->raised = depth == c->raised ? 0 : c->raised;
    c->in_text &= depth > 1;
}

/* Blanks that follow each other are one: OpenDocument 1.3 part 3, 6.1.2. */
void ods_content_text(ods_content *c, const char *text, size_t n)
{
    if (!c->in_text || c->skip != 0) {
        return;
    }
    for (size_t from = 0, i = 0; i <= n; i++) {
        const bool is_blank = i < n && strchr(" \t\r\n", text[i]) != NULL;
        if (i < n && !is_blank) {
            continue;
        }
        content_add(c, text + from, i - from);
        c->blank = i > from ? false : c->blank;
        if (is_blank && !c->blank) {
            mera_text_add(&c->shown, " ");
            c->blank = true;
        }
        from = i + 1;
    }
}

static mera_slice content_slice(const mera_text *text)
{
    return (mera_slice){text->n == 0 ? "" : text->data, text->n};
}

static bool content_is(const ods_content *c, const char *type)
{
    return strcmp(c->type.data, type) == 0;
}

/* Is a number shown as its own digits with zeros before them: a code? */
static bool content_is_code(const ods_content *c)
{
    const mera_slice shown = mera_slice_trim(content_slice(&c->shown));
    const size_t n = c->value.n;
    if (shown.n <= n || n == 0 || memcmp(shown.at + shown.n - n, c->value.data, n) != 0 ||
        strspn(c->value.data, "0123456789") != n) {
        return false;
    }
    for (size_t i = 0; i < shown.n - n; i++) {
        if (shown.at[i] != '0') {
            return false;
        }
    }
    return true;
}

/* A moment without what is zero: "2020-01-31T00:00:00" is a day. */
static mera_slice content_moment(mera_slice text)
{
    const char *point = memchr(text.at, '.', text.n);
    size_t n = text.n;
    while (point != NULL && n > 0 && text.at[n - 1] == '0') {
        n--;
    }
    n = point != NULL && text.at + n == point + 1 ? n - 1 : n;
    const char midnight[] = "T00:00:00";
    const size_t tail = sizeof midnight - 1;
    return n > tail && memcmp(text.at + n - tail, midnight, tail) == 0
               ? (mera_slice){text.at, n - tail}
               : (mera_slice){text.at, n};
}

static void content_make(ods_content *c, const io_sheet *sheet)
{
    const mera_slice value = content_slice(&c->value);
    if (content_is(c, "float") || content_is(c, "percentage") || content_is(c, "currency")) {
        if (content_is_code(c)) {
            mera_text_add_n(&c->made, c->shown.data, c->shown.n);
        } else {
            io_sheet_digits(sheet, value, &c->made);
        }
    } else if (content_is(c, "date")) {
        const mera_slice day = content_moment(value);
        mera_text_add_n(&c->made, day.at, day.n);
    } else if (content_is(c, "boolean")) {
        mera_text_add(&c->made, strcmp(value.at, "true") == 0 ? "TRUE" : "FALSE");
    } else if (content_is(c, "time") || c->shown.n == 0) {
        mera_text_add_n(&c->made, value.at, value.n);
    } else {
        mera_text_add_n(&c->made, c->shown.data, c->shown.n);
    }
}

mera_code ods_content_close(ods_content *c, const io_sheet *sheet, mera_slice *out)
{
    if (c->formula.n > 0 && c->value.n == 0 && c->shown.n == 0 && !content_is(c, "string")) {
        const char *sign = strchr(c->formula.data, '='); /* behind its language: "of:=1+1" */
        mera_text_add(&c->made, sign == NULL ? "=" : "");
        mera_text_add(&c->made, sign == NULL ? c->formula.data : sign);
    } else {
        content_make(c, sheet);
    }
    *out = content_slice(&c->made);
    return c->made.failed || c->shown.failed ? MERA_ENOMEM : MERA_OK;
}
