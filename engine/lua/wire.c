/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Writing and reading of messages: numbers, texts, places and columns. Values and problems are in
 * wire_value.c.
 */
#include "lua/wire.h"

#include <stdlib.h>
#include <string.h>

enum { WIRE_FIRST = 4096 };

/* ---- writing ----------------------------------------------------------------------------- */

static bool wire_room(mera_wire_out *out, size_t n)
{
    size_t room = out->room == 0 ? WIRE_FIRST : out->room;
    char *grown;

    if (out->failed || n > SIZE_MAX / 4 || out->n > SIZE_MAX / 4) {
        out->failed = true;
        return false;
    }
    if (out->n + n <= out->room) {
        return true;
    }
    while (room < out->n + n) {
        room *= 2;
    }
    grown = realloc(out->v, room);
    if (grown == NULL) {
        out->failed = true;
        return false;
    }
    out->v = grown;
    out->room = room;
    return true;
}

void mera_wire_put(mera_wire_out *out, const void *bytes, size_t n)
{
    if (n > 0 && wire_room(out, n)) {
        memcpy(out->v + out->n, bytes, n);
        out->n += n;
    }
}

void mera_wire_put_size(mera_wire_out *out, size_t n)
{
    const uint64_t wide = n;

    mera_wire_put(out, &wide, sizeof wide);
}

void mera_wire_put_number(mera_wire_out *out, double x)
{
    mera_wire_put(out, &x, sizeof x);
}

void mera_wire_put_text(mera_wire_out *out, const char *text)
{
    const size_t n = text == NULL ? 0 : strlen(text);

    mera_wire_put_size(out, text == NULL ? SIZE_MAX : n);
    mera_wire_put(out, text, n);
}

void mera_wire_put_texts(mera_wire_out *out, const char *const *v, size_t n)
{
    mera_wire_put_size(out, v == NULL ? SIZE_MAX : n);
    for (size_t i = 0; v != NULL && i < n; i++) {
        mera_wire_put_text(out, v[i]);
    }
}

void mera_wire_put_at(mera_wire_out *out, mera_at at)
{
    const uint32_t place[] = {at.line, at.column, at.length};

    mera_wire_put_text(out, at.file);
    mera_wire_put(out, place, sizeof place);
}

void mera_wire_put_columns(mera_wire_out *out, const double *const *v, size_t k, size_t n)
{
    mera_wire_put_size(out, v != NULL);
    for (size_t j = 0; v != NULL && j < k; j++) {
        mera_wire_put_size(out, v[j] != NULL);
        if (v[j] != NULL) {
            mera_wire_put(out, v[j], n * sizeof **v);
        }
    }
}

/* ---- reading ----------------------------------------------------------------------------- */

const void *mera_wire_get(mera_wire_in *in, size_t n)
{
    const char *at = in->at;

    if (in->bad || n > (size_t)(in->end - in->at)) {
        in->bad = true;
        return NULL;
    }
    in->at += n;
    return at;
}

void mera_wire_get_into(mera_wire_in *in, void *to, size_t n)
{
    const void *from = mera_wire_get(in, n);

    if (from != NULL) {
        memcpy(to, from, n);
    } else {
        memset(to, 0, n);
    }
}

size_t mera_wire_get_size(mera_wire_in *in)
{
    uint64_t wide;

    mera_wire_get_into(in, &wide, sizeof wide);
    return (size_t)wide;
}

double mera_wire_get_number(mera_wire_in *in)
{
    double x;

    mera_wire_get_into(in, &x, sizeof x);
    return x;
}

const char *mera_wire_get_text(mera_wire_in *in)
{
    const size_t n = mera_wire_get_size(in);
    const char *bytes, *text;

    if (in->bad || n == SIZE_MAX) {
        return NULL;
    }
    bytes = mera_wire_get(in, n);
    text = bytes == NULL ? NULL : mera_arena_strndup(in->arena, bytes, n);
    in->bad = in->bad || text == NULL;
    return text;
}

const char *const *mera_wire_get_texts(mera_wire_in *in, size_t *n)
{
    const char **v;

    *n = mera_wire_get_size(in);
    if (in->bad || *n == SIZE_MAX || *n > (size_t)(in->end - in->at) / sizeof(uint64_t)) {
        in->bad = in->bad || *n != SIZE_MAX;
        *n = 0;
        return NULL;
    }
    v = mera_arena_zero(in->arena, *n + 1, sizeof *v); /* ends with NULL */
    in->bad = v == NULL;
    for (size_t i = 0; i < *n && !in->bad; i++) {
        v[i] = mera_wire_get_text(in);
    }
    return v;
}

mera_at mera_wire_get_at(mera_wire_in *in, const char *const *known)
{
    mera_at at = {.file = mera_wire_get_text(in)};
    uint32_t place[3];

    mera_wire_get_into(in, place, sizeof place);
    at.line = place[0];
    at.column = place[1];
    at.length = place[2];
    for (; known != NULL && at.file != NULL && *known != NULL; known++) {
        if (strcmp(at.file, *known) == 0) {
            at.file = *known;
            return at;
        }
    }
    return known == NULL ? at : MERA_NOWHERE;
}

const double *const *mera_wire_get_columns(mera_wire_in *in, size_t k, size_t n)
{
    const bool given = mera_wire_get_size(in) != 0;
    const double **v;

    if (in->bad || !given || k > (size_t)(in->end - in->at) / sizeof(uint64_t)) {
        in->bad = in->bad || given;
        return NULL;
    }
    v = mera_arena_zero(in->arena, k + 1, sizeof *v);
    in->bad = v == NULL;
    for (size_t j = 0; j < k && !in->bad; j++) {
        double *cells;

        if (mera_wire_get_size(in) == 0) {
            continue;
        }
        in->bad = in->bad || n > (size_t)(in->end - in->at) / sizeof *cells;
        cells = in->bad ? NULL : mera_arena_alloc(in->arena, n, sizeof *cells);
        in->bad = in->bad || cells == NULL;
        if (!in->bad) {
            mera_wire_get_into(in, cells, n * sizeof *cells);
            v[j] = cells;
        }
    }
    return v;
}
