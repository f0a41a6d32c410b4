/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The tokens of a script are looked through once before Lua's compiler sees them.
 */
#include "lua/vet.h"

#include <lauxlib.h>
#include <string.h>

#include "lua/lexer.h"
#include "lua/sandbox.h"

/* Each of these is a jump that the compiler keeps in a list, or looks up in one, from its start:
 * 150,000 `and` in a row keep it busy for a minute. */
static const char *const vet_counted[] = {"and", "or", "elseif", "break", "goto", "::"};

enum { VET_COUNTED = sizeof vet_counted / sizeof *vet_counted, VET_BYTES_PER_STEP = 8 };

static void vet_count(lua_State *L, const mera_token *token, const char *chunk,
                      size_t count[VET_COUNTED])
{
    for (size_t i = 0; i < VET_COUNTED; i++) {
        if (mera_token_is(token, vet_counted[i]) && ++count[i] > MERA_VET_WORDS) {
            luaL_error(L, "%s:%d: more than %d times '%s' in one file; use a table or a loop",
                       chunk, (int)token->line, (int)MERA_VET_WORDS, vet_counted[i]);
        }
    }
}

static void vet_script(lua_State *L, const char *source, size_t n, const char *chunk)
{
    size_t count[VET_COUNTED] = {0};
    mera_lexer lexer;
    mera_token token;

    mera_lexer_start(&lexer, source, n);
    while ((token = mera_lexer_next(&lexer)).kind != MERA_TOKEN_END) {
        vet_count(L, &token, chunk, count);
        if (token.kind == MERA_TOKEN_NAME && token.n == 4 && memcmp(token.at, "_ENV", 4) == 0) {
            luaL_error(L, "%s:%d: '_ENV' is not available in a mera plugin: globals are read-only",
                       chunk, (int)token.line);
        }
    }
}

void mera_script_load(lua_State *L, const char *source, size_t n, const char *chunk)
{
    mera_box_charge(L, n / VET_BYTES_PER_STEP);
    vet_script(L, source, n, chunk);
    lua_pushfstring(L, "=%s", chunk);
    if (luaL_loadbufferx(L, source, n, lua_tostring(L, -1), "t") != LUA_OK) {
        lua_error(L);
    }
    lua_remove(L, -2);
}
