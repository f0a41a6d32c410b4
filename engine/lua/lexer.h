/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Lua's tokens with their places, for what Lua itself does not tell: the names a formula reads, the
 * column of an error, the line of a key in a manifest. Source: Lua 5.4 reference manual, 3.1.
 */
#ifndef MERA_LUA_LEXER_H
#define MERA_LUA_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum mera_token_kind {
    MERA_TOKEN_END,
    MERA_TOKEN_NAME,
    MERA_TOKEN_KEYWORD,
    MERA_TOKEN_NUMBER,
    MERA_TOKEN_STRING, /**< with its quotes */
    MERA_TOKEN_SYMBOL,
    MERA_TOKEN_BAD, /**< cannot stand in a script: a foreign letter, an open string */
} mera_token_kind;

typedef struct mera_token {
    mera_token_kind kind;
    const char *at; /**< in the script */
    size_t n;
    uint32_t line, column; /**< from 1, columns in characters */
} mera_token;

typedef struct mera_lexer {
    const char *at, *end;
    const char *line_start;
    uint32_t line;
    const char *counted; /**< up to here the characters of the line are counted */
    uint32_t characters;
} mera_lexer;

void mera_lexer_start(mera_lexer *lexer, const char *text, size_t n);

/** The next token; MERA_TOKEN_END for ever at the end. */
mera_token mera_lexer_next(mera_lexer *lexer);

/** Is the token this symbol or keyword? */
bool mera_token_is(const mera_token *token, const char *text);

#endif
