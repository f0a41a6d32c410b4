/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Bytes between the engine and the worker process of a plugin: the same program on the same machine
 * at both ends, so numbers go as they are in memory. What comes out of a worker is not trusted: the
 * reader checks every length, and what it made is used only when wire_reader.bad is still false.
 */
#ifndef MERA_LUA_WIRE_H
#define MERA_LUA_WIRE_H

#include "mera/op.h"

/** A message being written. Grows by itself; `failed` says that memory ran out. */
typedef struct mera_wire_out {
    char *v;
    size_t n, room;
    bool failed;
} mera_wire_out;

/** A message being read. Everything made of it lives in `arena`. */
typedef struct mera_wire_in {
    const char *at, *end;
    mera_arena *arena;
    bool bad;
} mera_wire_in;

void mera_wire_put(mera_wire_out *out, const void *bytes, size_t n);
void mera_wire_put_size(mera_wire_out *out, size_t n);
void mera_wire_put_number(mera_wire_out *out, double x);
/** NULL is kept as NULL. */
void mera_wire_put_text(mera_wire_out *out, const char *text);
void mera_wire_put_texts(mera_wire_out *out, const char *const *v, size_t n);
void mera_wire_put_at(mera_wire_out *out, mera_at at);
/** Columns of n cells; a NULL column is kept as NULL. */
void mera_wire_put_columns(mera_wire_out *out, const double *const *v, size_t k, size_t n);
void mera_wire_put_value(mera_wire_out *out, const mera_value *value);
void mera_wire_put_diags(mera_wire_out *out, const mera_diags *diags);

/** n bytes of the message in place, or NULL when there are fewer. */
const void *mera_wire_get(mera_wire_in *in, size_t n);
void mera_wire_get_into(mera_wire_in *in, void *to, size_t n);
size_t mera_wire_get_size(mera_wire_in *in);
double mera_wire_get_number(mera_wire_in *in);
const char *mera_wire_get_text(mera_wire_in *in);
/** NULL when the list was NULL; *n is its length. */
const char *const *mera_wire_get_texts(mera_wire_in *in, size_t *n);
/** The file's name is made the very pointer of `known` when it is one of these (ends with NULL). */
mera_at mera_wire_get_at(mera_wire_in *in, const char *const *known);
/** k columns of n cells each, copied so that they are aligned. NULL when there were none. */
const double *const *mera_wire_get_columns(mera_wire_in *in, size_t k, size_t n);
/** A value at most 16 deep. Its places are in the files `known`, or nowhere. */
const mera_value *mera_wire_get_value(mera_wire_in *in, const char *const *known);
/** Records the problems that were written, with code `code`. */
mera_code mera_wire_get_diags(mera_wire_in *in, mera_code code, const char *const *known,
                              mera_diags *diags);

#endif
