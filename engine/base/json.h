/* SPDX-License-Identifier: Apache-2.0 */
/** @file A streaming JSON writer: numbers in shortest round trip, NaN as null. */
#ifndef MERA_BASE_JSON_H
#define MERA_BASE_JSON_H

#include "base/text.h"

typedef struct mera_json {
    mera_text *out;
    int depth;
    bool fresh;  /**< nothing written at this level yet */
    bool pretty; /**< newlines and two spaces a level */
} mera_json;

void mera_json_open(mera_json *json, const char *key,
                    char bracket);                   /**< '{' or '['; key NULL in lists */
void mera_json_close(mera_json *json, char bracket); /**< '}' or ']' */
void mera_json_text(mera_json *json, const char *key, const char *value); /**< NULL gives null */
void mera_json_number(mera_json *json, const char *key, double value);
void mera_json_count(mera_json *json, const char *key, size_t value);
void mera_json_bool(mera_json *json, const char *key, bool value);
void mera_json_null(mera_json *json, const char *key);

#endif
