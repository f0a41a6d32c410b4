/* SPDX-License-Identifier: Apache-2.0 */
/** @file The JSON writer (RFC 8259). Bytes that are not UTF-8 become U+FFFD; infinities are null
 * too. */
#include "base/json.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

static void json_newline(mera_json *json)
{
    if (json->pretty) {
        mera_text_addf(json->out, "\n%*s", 2 * json->depth, "");
    }
}

static void json_quote(mera_text *out, const char *value)
{
    const char *at = value;
    const char *end = value + strlen(value);
    mera_text_add(out, "\"");
    while (at < end) {
        const uint32_t code = mera_utf8_next(&at, end);
        if (code == '"' || code == '\\') {
            mera_text_addf(out, "\\%c", (int)code);
        } else if (code == '\n') {
            mera_text_add(out, "\\n");
        } else if (code == '\t') {
            mera_text_add(out, "\\t");
        } else if (code < 0x20) {
            mera_text_addf(out, "\\u%04x", (unsigned)code);
        } else {
            char bytes[4];
            mera_text_add_n(out, bytes, mera_utf8_put(code, bytes));
        }
    }
    mera_text_add(out, "\"");
}

/* What stands before a value: the comma, the line, the key. */
static void json_before(mera_json *json, const char *key)
{
    if (json->depth > 0) {
        if (!json->fresh) {
            mera_text_add(json->out, ",");
        }
        json_newline(json);
    }
    json->fresh = false;
    if (key != NULL) {
        json_quote(json->out, key);
        mera_text_add(json->out, json->pretty ? ": " : ":");
    }
}

void mera_json_open(mera_json *json, const char *key, char bracket)
{
    json_before(json, key);
    mera_text_add_n(json->out, &bracket, 1);
    json->depth++;
    json->fresh = true;
}

void mera_json_close(mera_json *json, char bracket)
{
    json->depth--;
    if (!json->fresh) {
        json_newline(json);
    }
    mera_text_add_n(json->out, &bracket, 1);
    json->fresh = false;
}

void mera_json_text(mera_json *json, const char *key, const char *value)
{
    json_before(json, key);
    if (value == NULL) {
        mera_text_add(json->out, "null");
    } else {
        json_quote(json->out, value);
    }
}

void mera_json_number(mera_json *json, const char *key, double value)
{
    json_before(json, key);
    if (!isfinite(value)) {
        mera_text_add(json->out, "null");
        return;
    }
    char number[32];
    mera_text_add_n(json->out, number, mera_number_write(value, number));
}

void mera_json_count(mera_json *json, const char *key, size_t value)
{
    json_before(json, key);
    mera_text_addf(json->out, "%zu", value);
}

void mera_json_bool(mera_json *json, const char *key, bool value)
{
    json_before(json, key);
    mera_text_add(json->out, value ? "true" : "false");
}

void mera_json_null(mera_json *json, const char *key)
{
    json_before(json, key);
    mera_text_add(json->out, "null");
}
