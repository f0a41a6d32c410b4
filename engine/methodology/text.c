/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The effective methodology as YAML. Each leaf says in a comment where it comes from; what fits on
 * a line and comes from one place is written on one line. Reading it back gives an equal tree.
 */
#include <string.h>

#include "base/text.h"
#include "mera/methodology.h"
#include "methodology/tree.h"

enum {
    TEXT_FLOW_WIDTH = 100, /* characters of a list or map on one line */
    TEXT_FLOW_SIZE = 24,   /* values in it */
};

typedef struct text_writer {
    mera_arena *arena;
    mera_text out;
} text_writer;

static void text_block(text_writer *w, const mera_value *value, size_t indent, bool in_line);

/* ---- scalars ----------------------------------------------------------------------------- */

/* May it stand without quotes, inside brackets too? Told by what is surely harmless. */
static bool text_is_plain(text_writer *w, const char *text)
{
    const char *safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+ -";
    const size_t n = strlen(text);
    if (n == 0 || strchr(" -+.", text[0]) != NULL || text[n - 1] == ' ') {
        return false;
    }
    const char *at = text, *end = text + n;
    while (at < end) {
        const uint32_t code = mera_utf8_next(&at, end);
        const bool cyrillic = code >= 0x400 && code <= 0x52F;
        if (!cyrillic && (code >= 0x80 || strchr(safe, (int)code) == NULL)) {
            return false;
        }
    }
    mera_value *typed;
    if (mera_value_scalar(w->arena, text, false, MERA_NOWHERE, &typed) != MERA_OK) {
        w->out.failed = true;
        return false;
    }
    return typed->kind == MERA_VALUE_TEXT;
}

static bool text_needs_escape(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

static void text_quote(mera_text *out, const char *text)
{
    const char *at = text, *end = text + strlen(text);
    mera_text_add(out, "\"");
    while (at < end) {
        const char *start = at;
        const uint32_t code = mera_utf8_next(&at, end);
        if (code == '"' || code == '\\') {
            mera_text_addf(out, "\\%c", (char)code);
        } else if (code == '\n') {
            mera_text_add(out, "\\n");
        } else if (text_needs_escape(code)) {
            mera_text_addf(out, "\\u%04X", (unsigned)code);
        } else {
            mera_text_add_n(out, start, (size_t)(at - start));
        }
    }
    mera_text_add(out, "\"");
}

static void text_word(text_writer *w, mera_text *out, const char *text)
{
    if (text_is_plain(w, text)) {
        mera_text_add(out, text);
    } else {
        text_quote(out, text);
    }
}

static void text_scalar(text_writer *w, mera_text *out, const mera_value *value)
{
    if (value->kind == MERA_VALUE_NULL) {
        mera_text_add(out, "null");
    } else if (value->kind == MERA_VALUE_TEXT) {
        text_word(w, out, value->text);
    } else {
        mera_text_add(out, value->text);
    }
}

/* ---- where it comes from ----------------------------------------------------------------- */

static void text_origin(text_writer *w, const mera_value *value)
{
    mera_text *out = &w->out;
    const bool placed = value->at.file != NULL && value->at.line > 0;
    if (value->origin != NULL || placed) {
        mera_text_add(out, "  # ");
    }
    if (value->origin != NULL) {
        mera_text_addf(out, "%s%s", value->origin, placed ? ", " : "");
    }
    for (const char *c = value->at.file; placed && *c != '\0'; c++) {
        mera_text_add_n(out, *c == '\n' || *c == '\r' ? "?" : c, 1);
    }
    if (placed) {
        mera_text_addf(out, ":%u", (unsigned)value->at.line);
    }
    mera_text_add(out, "\n");
}

/* Do all values below come from one line? */
static bool text_from_one(const mera_value *value, const mera_value *first)
{
    if (value->at.line != first->at.line || !mera_streq(value->at.file, first->at.file) ||
        !mera_streq(value->origin, first->origin)) {
        return false;
    }
    for (size_t i = 0; i < value->n; i++) {
        const mera_value *below =
            value->kind == MERA_VALUE_MAP ? value->entries[i].value : value->items[i];
        if (!text_from_one(below, first)) {
            return false;
        }
    }
    return true;
}

/* ---- on one line ------------------------------------------------------------------------- */

static void text_flow(text_writer *w, mera_text *out, const mera_value *value)
{
    if (value->kind == MERA_VALUE_MAP) {
        for (size_t i = 0; i < value->n; i++) {
            mera_text_add(out, i == 0 ? "{" : ", ");
            text_word(w, out, value->entries[i].key);
            mera_text_add(out, ": ");
            text_flow(w, out, value->entries[i].value);
        }
        mera_text_add(out, value->n == 0 ? "{}" : "}");
    } else if (value->kind == MERA_VALUE_LIST) {
        for (size_t i = 0; i < value->n; i++) {
            mera_text_add(out, i == 0 ? "[" : ", ");
            text_flow(w, out, value->items[i]);
        }
        mera_text_add(out, value->n == 0 ? "[]" : "]");
    } else {
        text_scalar(w, out, value);
    }
}

/* Writes the value on the current line when it fits there. */
static bool text_on_line(text_writer *w, const mera_value *value)
{
    mera_text line = {.arena = w->arena};
    const bool inside = value->kind == MERA_VALUE_MAP || value->kind == MERA_VALUE_LIST;
    if (inside && (mera_tree_size(value, TEXT_FLOW_SIZE) > TEXT_FLOW_SIZE ||
                   (value->n > 0 && !text_from_one(value, value)))) {
        return false;
    }
    text_flow(w, &line, value);
    w->out.failed |= line.failed;
    if (line.failed ||
        (inside && value->n > 0 && mera_utf8_count(line.data, line.n) > TEXT_FLOW_WIDTH)) {
        return false;
    }
    mera_text_add_n(&w->out, line.data, line.n);
    text_origin(w, value);
    return true;
}

/* ---- on several -------------------------------------------------------------------------- */

static void text_indent(text_writer *w, size_t indent)
{
    for (size_t i = 0; i < indent; i++) {
        mera_text_add(&w->out, " ");
    }
}

/* The value of a key or of a '-', from after the mark on. */
static void text_after_mark(text_writer *w, const mera_value *value, size_t indent, bool item)
{
    mera_text_add(&w->out, " ");
    if (w->out.failed || text_on_line(w, value)) {
        return;
    }
    if (item && value->kind == MERA_VALUE_MAP) {
        text_block(w, value, indent, true);
        return;
    }
    if (!w->out.failed) {
        w->out.data[w->out.n - 1] = '\n'; /* instead of the blank */
        text_block(w, value, indent, false);
    }
}

/* `in_line`: the first entry goes on the line that is already begun. */
static void text_block(text_writer *w, const mera_value *value, size_t indent, bool in_line)
{
    for (size_t i = 0; i < value->n && !w->out.failed; i++) {
        if (i > 0 || !in_line) {
            text_indent(w, indent);
        }
        if (value->kind == MERA_VALUE_MAP) {
            text_word(w, &w->out, value->entries[i].key);
            mera_text_add(&w->out, ":");
            text_after_mark(w, value->entries[i].value, indent + 2, false);
        } else {
            mera_text_add(&w->out, "-");
            text_after_mark(w, value->items[i], indent + 2, true);
        }
    }
}

const char *mera_methodology_flow(const mera_value *value, mera_arena *arena)
{
    text_writer w = {.arena = arena, .out = {.arena = arena}};
    mera_text line = {.arena = arena};
    text_flow(&w, &line, value);
    return w.out.failed ? NULL : mera_text_string(&line);
}

const char *mera_methodology_text(const mera_value *tree, mera_arena *arena)
{
    text_writer w = {.arena = arena, .out = {.arena = arena}};
    if (tree->kind == MERA_VALUE_MAP && tree->n > 0) {
        text_block(&w, tree, 0, false);
    } else {
        text_flow(&w, &w.out, tree);
        mera_text_add(&w.out, "\n");
    }
    return mera_text_string(&w.out);
}
