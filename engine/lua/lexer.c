/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Lua's tokens. It never fails: what it does not know is a BAD token, and the next call goes on
 * behind it. It is as generous as Lua with numbers; whether they are well formed Lua says.
 */
#include "lua/lexer.h"

#include <string.h>

#include "base/text.h"

void mera_lexer_start(mera_lexer *lexer, const char *text, size_t n)
{
    lexer->at = text;
    lexer->end = text + n;
    lexer->line_start = text;
    lexer->line = 1;
    lexer->counted = text;
    lexer->characters = 0;
}

/* The column where the lexer stands. Counted on from the last time it was asked for, or a long line
 * would be counted from its beginning for every token in it. */
static uint32_t lexer_column(mera_lexer *lexer)
{
    if (lexer->counted < lexer->line_start || lexer->counted > lexer->at) {
        lexer->counted = lexer->line_start;
        lexer->characters = 0;
    }
    lexer->characters +=
        (uint32_t)mera_utf8_count(lexer->counted, (size_t)(lexer->at - lexer->counted));
    lexer->counted = lexer->at;
    return 1 + lexer->characters;
}

static int lexer_peek(const mera_lexer *lexer, size_t ahead)
{
    return (size_t)(lexer->end - lexer->at) > ahead ? (unsigned char)lexer->at[ahead] : -1;
}

static bool lexer_is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool lexer_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static void lexer_newline(mera_lexer *lexer)
{
    lexer->line++;
    lexer->line_start = lexer->at + 1;
}

/* The level of a long bracket that starts here ("[==[" is 2), or -1. */
static int lexer_long_level(const mera_lexer *lexer)
{
    int level = 0;

    if (lexer_peek(lexer, 0) != '[') {
        return -1;
    }
    while (lexer_peek(lexer, (size_t)level + 1) == '=') {
        level++;
    }
    return lexer_peek(lexer, (size_t)level + 1) == '[' ? level : -1;
}

/* Moves behind the closing long bracket; false when there is none. */
static bool lexer_skip_long(mera_lexer *lexer, int level)
{
    for (lexer->at += level + 2; lexer->at < lexer->end; lexer->at++) {
        int n = 0;

        if (*lexer->at == '\n') {
            lexer_newline(lexer);
        }
        if (*lexer->at != ']') {
            continue;
        }
        while (lexer_peek(lexer, (size_t)n + 1) == '=') {
            n++;
        }
        if (n == level && lexer_peek(lexer, (size_t)n + 1) == ']') {
            lexer->at += level + 2;
            return true;
        }
    }
    return false;
}

static void lexer_skip_comment(mera_lexer *lexer)
{
    int level;

    lexer->at += 2;
    level = lexer_long_level(lexer);
    if (level >= 0) {
        lexer_skip_long(lexer, level);
        return;
    }
    while (lexer->at < lexer->end && *lexer->at != '\n') {
        lexer->at++;
    }
}

static void lexer_skip_blanks(mera_lexer *lexer)
{
    for (;;) {
        const int c = lexer_peek(lexer, 0);

        if (c == '-' && lexer_peek(lexer, 1) == '-') {
            lexer_skip_comment(lexer);
        } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
            if (c == '\n') {
                lexer_newline(lexer);
            }
            lexer->at++;
        } else {
            return;
        }
    }
}

static mera_token_kind lexer_quoted(mera_lexer *lexer)
{
    const char quote = *lexer->at++;

    for (; lexer->at < lexer->end && *lexer->at != '\n'; lexer->at++) {
        if (*lexer->at == quote) {
            lexer->at++;
            return MERA_TOKEN_STRING;
        }
        if (*lexer->at == '\\' && lexer->at + 1 < lexer->end) {
            lexer->at++;
            if (*lexer->at == '\n') {
                lexer_newline(lexer);
            }
        }
    }
    return MERA_TOKEN_BAD;
}

static mera_token_kind lexer_word(mera_lexer *lexer)
{
    static const char *const keywords[] = {
        "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
        "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
        "repeat",   "return", "then", "true", "until",  "while",
    };
    const char *start = lexer->at;
    size_t n;

    while (lexer_is_letter(lexer_peek(lexer, 0)) || lexer_is_digit(lexer_peek(lexer, 0))) {
        lexer->at++;
    }
    n = (size_t)(lexer->at - start);
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strlen(keywords[i]) == n && memcmp(keywords[i], start, n) == 0) {
            return MERA_TOKEN_KEYWORD;
        }
    }
    return MERA_TOKEN_NAME;
}

static mera_token_kind lexer_number(mera_lexer *lexer)
{
    const bool hex = lexer_peek(lexer, 0) == '0' && (lexer_peek(lexer, 1) | 32) == 'x';

    for (;;) {
        const int c = lexer_peek(lexer, 0);
        const bool exponent = (c | 32) == (hex ? 'p' : 'e');

        if (!lexer_is_letter(c) && !lexer_is_digit(c) && c != '.') {
            return MERA_TOKEN_NUMBER;
        }
        lexer->at++;
        if (exponent && (lexer_peek(lexer, 0) == '+' || lexer_peek(lexer, 0) == '-')) {
            lexer->at++;
        }
    }
}

/* A symbol, the longest that fits; or a run of bytes Lua has no use for. */
static mera_token_kind lexer_symbol(mera_lexer *lexer)
{
    static const char *const longer[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "<<", ">>", "::"};
    const size_t left = (size_t)(lexer->end - lexer->at);

    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++) {
        const size_t n = strlen(longer[i]);

        if (left >= n && memcmp(lexer->at, longer[i], n) == 0) {
            lexer->at += n;
            return MERA_TOKEN_SYMBOL;
        }
    }
    if (lexer->at[0] != '\0' && strchr("+-*/%^#&~|<>=(){}[];:,.", lexer->at[0]) != NULL) {
        lexer->at++;
        return MERA_TOKEN_SYMBOL;
    }
    do { /* a whole foreign word, so that a message can show it */
        lexer->at++;
    } while (lexer_peek(lexer, 0) >= 0x80 || lexer_is_letter(lexer_peek(lexer, 0)));
    return MERA_TOKEN_BAD;
}

mera_token mera_lexer_next(mera_lexer *lexer)
{
    mera_token token = {.kind = MERA_TOKEN_END};
    int c;

    lexer_skip_blanks(lexer);
    token.at = lexer->at;
    token.line = lexer->line;
    token.column = lexer_column(lexer);
    if (lexer->at >= lexer->end) {
        return token;
    }
    c = lexer_peek(lexer, 0);
    if (lexer_is_letter(c)) {
        token.kind = lexer_word(lexer);
    } else if (lexer_is_digit(c) || (c == '.' && lexer_is_digit(lexer_peek(lexer, 1)))) {
        token.kind = lexer_number(lexer);
    } else if (c == '"' || c == '\'') {
        token.kind = lexer_quoted(lexer);
    } else if (lexer_long_level(lexer) >= 0) {
        token.kind =
            lexer_skip_long(lexer, lexer_long_level(lexer)) ? MERA_TOKEN_STRING : MERA_TOKEN_BAD;
    } else {
        token.kind = lexer_symbol(lexer);
    }
    token.n = (size_t)(lexer->at - token.at);
    return token;
}

bool mera_token_is(const mera_token *token, const char *text)
{
    return (token->kind == MERA_TOKEN_SYMBOL || token->kind == MERA_TOKEN_KEYWORD) &&
           strlen(text) == token->n && memcmp(token->at, text, token->n) == 0;
}
