/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Random numbers that are no accident: a hash of the seed, the name of the stream, the period and
 * the key of the unit. The same unit gets the same number in every run, in any order of units.
 */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/math.h"
#include "base/sphere.h"
#include "lua/column.h"
#include "lua/functions.h"
#include "lua/sandbox.h"

/* From 0 up to 1 in steps of 2^-53. */
static double random_share(uint64_t hash)
{
    hash ^= hash >> 32; /* one more round: neighbouring keys differ in one bit only */
    hash *= 0xd6e8feb86659fd93U;
    hash ^= hash >> 32;
    return (double)(hash >> 11) * 0x1p-53;
}

/* Starts a column of random numbers; the hash of the stream in *stream. */
static const mera_around *random_open(lua_State *L, const char *function, uint64_t *stream,
                                      double **y)
{
    const mera_around *around = mera_box_of(L)->around;
    const char *name = luaL_checkstring(L, 1);
    const char *label;

    if (around == NULL || around->unit_key == NULL) {
        luaL_error(L, "%s is known only while an indicator is computed", function);
        return NULL; /* not reached */
    }
    label = around->period_label[around->period];
    *stream = mera_hash64(name, strlen(name), around->seed);
    *stream = mera_hash64(label, strlen(label), *stream);
    mera_box_charge(L, around->n);
    mera_lua_column_new(L, around->n, y);
    return around;
}

int mera_lua_random(lua_State *L)
{
    uint64_t stream;
    double *y;
    const mera_around *around = random_open(L, "random", &stream, &y);

    for (size_t i = 0; i < around->n; i++) {
        y[i] = random_share(mera_hash64(around->unit_key[i], strlen(around->unit_key[i]), stream));
    }
    return 1;
}

/* Box and Muller, 1958: the cosine of the pair. */
int mera_lua_normal(lua_State *L)
{
    uint64_t stream;
    double *y;
    const mera_around *around = random_open(L, "normal", &stream, &y);

    for (size_t i = 0; i < around->n; i++) {
        const char *key = around->unit_key[i];
        const double u = 1 - random_share(mera_hash64(key, strlen(key), stream));
        const double v = random_share(mera_hash64(key, strlen(key), ~stream));

        y[i] = sqrt(-2 * mera_log(u)) * mera_cos_degrees(360 * v);
    }
    return 1;
}
