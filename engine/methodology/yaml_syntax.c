/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What libyaml says of bad syntax, said again for people who never heard of a block mapping. The
 * table is searched by libyaml's own messages (0.2.5, scanner.c and parser.c); one that is not in
 * it is shown as it is.
 */
#include <string.h>

#include "base/text.h"
#include "methodology/yaml.h"

typedef struct yaml_wording {
    const char *problem; /* as libyaml words it */
    const char *context; /* the beginning of its context, or NULL for any */
    bool at_context;     /* the mistake is where the context starts */
    const char *message, *hint;
} yaml_wording;

static const yaml_wording yaml_wordings[] = {
    {"could not find expected ':'", NULL, true,
     "this is neither 'key: value' nor '- item': a ':' with a blank after it is missing", NULL},
    {"mapping values are not allowed in this context", NULL, false,
     "a ':' cannot stand here: the line already is a value",
     "put quotes around a text that holds ': '; give each key a line of its own"},
    {"block sequence entries are not allowed in this context", NULL, false,
     "a list item ('- ') cannot start here", "put it on a line of its own, under its key"},
    {"mapping keys are not allowed in this context", NULL, false, "a '?' cannot stand here",
     "put quotes around the text"},
    {"found unexpected end of stream", "while scanning a quoted", true,
     "the quote that opens here is never closed", NULL},
    {"found unexpected document indicator", "while scanning a quoted", true,
     "the quote that opens here is not closed before the next document", NULL},
    {"found unexpected ':'", NULL, false, "a ':' cannot stand inside this text",
     "put quotes around the text"},
    {"found a tab character that violates indentation", NULL, false,
     "a tab stands in the indentation; YAML indents with blanks only",
     "replace each tab by blanks"},
    {"found a tab character where an indentation space is expected", NULL, false,
     "a tab stands in the indentation; YAML indents with blanks only",
     "replace each tab by blanks"},
    {"did not find expected key", "while parsing a block", false,
     "this line fits into none of the maps and lists above it",
     "the keys of one map start in the same column"},
    {"did not find expected '-' indicator", NULL, false, "the next item of the list should be here",
     "the items of one list all start with '- ' in the same column"},
    {"did not find expected ',' or ']'", NULL, false,
     "a ',' or the closing ']' of the list is missing before this", NULL},
    {"did not find expected ',' or '}'", NULL, false,
     "a ',' or the closing '}' of the map is missing before this", NULL},
    {"did not find expected node content", NULL, false, "a value is missing before this", NULL},
    {"did not find expected <document start>", NULL, false,
     "the methodology ends above; nothing may follow it", "did a key slip to another column?"},
    {"did not find expected alphabetic or numeric character", "while scanning an alias", false,
     "the name of an alias is missing after '*'", "put quotes around a text that starts with '*'"},
    {"did not find expected alphabetic or numeric character", "while scanning an anchor", false,
     "the name of an anchor is missing after '&'", "put quotes around a text that starts with '&'"},
    {"found unknown escape character", NULL, false,
     "this escape sequence is not known inside double quotes",
     "write \\\\ for a backslash, or use single quotes"},
    {"did not find expected hexdecimal number", NULL, false,
     "hexadecimal digits are missing in this escape sequence", NULL},
    {"found invalid Unicode character escape code", NULL, false,
     "this escape sequence is not a character", NULL},
    {"found undefined tag handle", NULL, true, "tags ('!...') are not allowed in a methodology",
     "put quotes around a text that starts with '!'"},
    {"exceeded maximum nesting level", NULL, false, "maps and lists are too deep inside each other",
     NULL},
    {"control characters are not allowed", NULL, false, "a control character stands here", NULL},
};

static const yaml_wording *yaml_find_wording(const yaml_parser_t *parser)
{
    const char *problem = parser->problem != NULL ? parser->problem : "";
    const char *context = parser->context != NULL ? parser->context : "";
    for (size_t i = 0; i < sizeof yaml_wordings / sizeof *yaml_wordings; i++) {
        const yaml_wording *w = &yaml_wordings[i];
        if (strcmp(problem, w->problem) == 0 &&
            (w->context == NULL || mera_starts_with(context, w->context))) {
            return w;
        }
    }
    return NULL;
}

/* The bytes of a line, counted from 0. */
static mera_slice yaml_line(const char *text, size_t n, size_t line)
{
    const char *at = text, *end = text + n;
    for (; line > 0; line--) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (newline == NULL) {
            return (mera_slice){end, 0};
        }
        at = newline + 1;
    }
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return (mera_slice){at, (size_t)((newline != NULL ? newline : end) - at)};
}

/* The column (from 1) of a tab among the blanks that start a line, or 0. */
static uint32_t yaml_tab(mera_slice line)
{
    for (size_t i = 0; i < line.n; i++) {
        if (line.at[i] == '\t') {
            return (uint32_t)i + 1;
        }
        if (line.at[i] != ' ') {
            return 0;
        }
    }
    return 0;
}

/* The character at a column (from 0) of a line, as text; "" past its end. */
static const char *yaml_character(mera_slice line, size_t column, char out[5])
{
    const char *at = line.at, *end = line.at + line.n;
    for (; column > 0 && at < end; column--) {
        mera_utf8_next(&at, end);
    }
    const size_t n = at < end ? mera_utf8_put(mera_utf8_next(&at, end), out) : 0;
    out[n] = '\0';
    return out;
}

/* The column (from 1) of a ':' without the blank after it in 'key:value', or 0. */
static uint32_t yaml_tight_colon(mera_slice line)
{
    const mera_slice text = mera_slice_trim(line);
    const char *colon = memchr(text.at, ':', text.n);
    if (colon == NULL || colon + 1 == text.at + text.n || colon[1] == ' ' ||
        memchr(text.at, ' ', (size_t)(colon - text.at)) != NULL) {
        return 0;
    }
    return (uint32_t)mera_utf8_count(line.at, (size_t)(colon - line.at)) + 1;
}

static mera_at yaml_mark(const char *file, yaml_mark_t mark)
{
    return (mera_at){file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1, 0};
}

/* Where the text of a reader's error stands: it knows only the offset. */
static yaml_mark_t yaml_offset_mark(const char *text, size_t n, size_t offset)
{
    yaml_mark_t mark = {.index = offset};
    const char *at = text, *end = text + (offset < n ? offset : n);
    while (at < end) {
        const bool newline = *at == '\n';
        mera_utf8_next(&at, end);
        mark.column = newline ? 0 : mark.column + 1;
        mark.line += newline ? 1 : 0;
    }
    return mark;
}

/* The list, map or quote that was open when the reading stopped. */
static void yaml_context(const yaml_parser_t *parser, const char *file, mera_diags *diags)
{
    static const struct {
        const char *context, *text;
    } frames[] = {
        {"while parsing a block mapping", "in the map that starts here"},
        {"while parsing a block collection", "in the list that starts here"},
        {"while parsing a flow mapping", "in the map that opens here"},
        {"while parsing a flow sequence", "in the list that opens here"},
        {"while scanning a double-quoted", "in the quotes that open here"},
    };
    for (size_t i = 0; parser->context != NULL && i < sizeof frames / sizeof *frames; i++) {
        if (mera_starts_with(parser->context, frames[i].context)) {
            mera_within(diags, MERA_EINPUT, yaml_mark(file, parser->context_mark), "%s",
                        frames[i].text);
        }
    }
}

static mera_code yaml_say(const yaml_parser_t *parser, mera_slice line, mera_at at,
                          yaml_mark_t mark, mera_diags *diags)
{
    const yaml_wording *wording = yaml_find_wording(parser);
    if (wording != NULL) {
        mera_fail(diags, MERA_EINPUT, "syntax", at, "%s", wording->message);
        if (wording->hint != NULL) {
            mera_hint(diags, "%s", wording->hint);
        }
        return MERA_EINPUT;
    }
    if (mera_streq(parser->problem, "found character that cannot start any token")) {
        char character[5];
        mera_fail(diags, MERA_EINPUT, "syntax", at, "a value cannot start with '%s'",
                  yaml_character(line, mark.column, character));
        mera_hint(diags, "put quotes around the text");
        return MERA_EINPUT;
    }
    return mera_fail(diags, MERA_EINPUT, "syntax", at, "this is not YAML: %s%s%s",
                     parser->context != NULL ? parser->context : "",
                     parser->context != NULL ? ", " : "",
                     parser->problem != NULL ? parser->problem : "it cannot be read");
}

mera_code mera_yaml_syntax(const yaml_parser_t *parser, const char *text, size_t n,
                           const char *file, bool places, mera_diags *diags)
{
    const yaml_wording *wording = yaml_find_wording(parser);
    yaml_mark_t mark = parser->problem_mark;
    if (parser->error == YAML_READER_ERROR) {
        mark = yaml_offset_mark(text, n, parser->problem_offset);
    } else if (wording != NULL && wording->at_context) {
        mark = parser->context_mark;
    }
    const mera_slice line = yaml_line(text, n, mark.line);
    mera_at at = places ? yaml_mark(file, mark) : (mera_at){.file = file};
    if (yaml_tab(line) > 0 && places) {
        at.column = yaml_tab(line);
        mera_fail(diags, MERA_EINPUT, "tab", at,
                  "a tab stands in the indentation; YAML indents with blanks only");
        mera_hint(diags, "replace each tab by blanks");
        return MERA_EINPUT;
    }
    if (places && mark.line > 0 &&
        mera_streq(parser->problem, "mapping values are not allowed in this context")) {
        const uint32_t column = yaml_tight_colon(yaml_line(text, n, mark.line - 1));
        if (column > 0) { /* the line above was read as a text that goes on here */
            at = (mera_at){file, at.line - 1, column, 0};
            return mera_fail(diags, MERA_EINPUT, "syntax", at, "a blank is missing after this ':'");
        }
    }
    const mera_code rc = yaml_say(parser, line, at, mark, diags);
    if (places && (wording == NULL || !wording->at_context)) {
        yaml_context(parser, file, diags);
    }
    return rc;
}

mera_code mera_yaml_encoding(const char *text, size_t n, const char *file, mera_diags *diags)
{
    if (mera_utf8_valid(text, n)) {
        return MERA_OK;
    }
    mera_at at = {.file = file, .line = 1, .column = 1};
    if (n >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0)) {
        mera_fail(diags, MERA_EINPUT, "not-utf-8", at, "the file is UTF-16; it must be UTF-8");
        mera_hint(diags, "save it again as UTF-8");
        return MERA_EINPUT;
    }
    const char *next = text, *end = text + n;
    while (next < end) {
        const char *start = next;
        const uint32_t code = mera_utf8_next(&next, end);
        if (code == 0 || (code == 0xFFFD && next - start == 1)) {
            mera_fail(diags, MERA_EINPUT, "not-utf-8", at, "the byte 0x%02X here is not UTF-8 text",
                      (unsigned char)*start);
            mera_hint(diags, "save the file as UTF-8 (it may be windows-1251 now)");
            return MERA_EINPUT;
        }
        at.column = code == '\n' ? 1 : at.column + 1;
        at.line += code == '\n' ? 1 : 0;
    }
    return MERA_OK;
}
