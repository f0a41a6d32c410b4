/* SPDX-License-Identifier: Apache-2.0 */
/** @file Values (a manifest's table) and problems in messages. */
#include <string.h>

#include "lua/manifest.h"
#include "lua/wire.h"

enum { WIRE_DEPTH = 16, WIRE_DIAGS = 100000, WIRE_FRAMES = 64 };

/* ---- values ------------------------------------------------------------------------------ */

void mera_wire_put_value(mera_wire_out *out, const mera_value *value)
{
    mera_wire_put_size(out, value != NULL);
    if (value == NULL) {
        return;
    }
    mera_wire_put_size(out, (size_t)value->kind);
    mera_wire_put_at(out, value->at);
    mera_wire_put_size(out, mera_manifest_is_function(value));
    mera_wire_put_text(out, value->text);
    mera_wire_put_number(out, value->number);
    mera_wire_put_size(out, value->boolean);
    mera_wire_put_size(out, value->quoted);
    mera_wire_put_size(out, value->n);
    for (size_t i = 0; value->kind == MERA_VALUE_LIST && i < value->n; i++) {
        mera_wire_put_value(out, value->items[i]);
    }
    for (size_t i = 0; value->kind == MERA_VALUE_MAP && i < value->n; i++) {
        mera_wire_put_text(out, value->entries[i].key);
        mera_wire_put_at(out, value->entries[i].at);
        mera_wire_put_value(out, value->entries[i].value);
    }
}

static const mera_value *wire_value(mera_wire_in *in, const char *const *known, int depth);

static void wire_items(mera_wire_in *in, const char *const *known, int depth, mera_value *value)
{
    const mera_value **items = mera_arena_zero(in->arena, value->n + 1, sizeof *items);

    in->bad = in->bad || items == NULL;
    for (size_t i = 0; i < value->n && !in->bad; i++) {
        items[i] = wire_value(in, known, depth);
        in->bad = in->bad || items[i] == NULL;
    }
    value->items = items;
}

static void wire_entries(mera_wire_in *in, const char *const *known, int depth, mera_value *value)
{
    mera_entry *entries = mera_arena_zero(in->arena, value->n + 1, sizeof *entries);

    in->bad = in->bad || entries == NULL;
    for (size_t i = 0; i < value->n && !in->bad; i++) {
        entries[i].key = mera_wire_get_text(in);
        entries[i].at = mera_wire_get_at(in, known);
        entries[i].value = wire_value(in, known, depth);
        in->bad = in->bad || entries[i].key == NULL || entries[i].value == NULL;
    }
    value->entries = entries;
}

static const mera_value *wire_value(mera_wire_in *in, const char *const *known, int depth)
{
    mera_value *value = mera_arena_zero(in->arena, 1, sizeof *value);
    bool is_function;

    if (value == NULL || depth > WIRE_DEPTH || mera_wire_get_size(in) == 0) {
        in->bad = in->bad || value == NULL || depth > WIRE_DEPTH;
        return NULL;
    }
    value->kind = (mera_value_kind)mera_wire_get_size(in);
    value->at = mera_wire_get_at(in, known);
    is_function = mera_wire_get_size(in) != 0;
    value->text = mera_wire_get_text(in);
    value->number = mera_wire_get_number(in);
    value->boolean = mera_wire_get_size(in) != 0;
    value->quoted = mera_wire_get_size(in) != 0;
    value->n = mera_wire_get_size(in);
    in->bad =
        in->bad || value->kind > MERA_VALUE_MAP || value->n > (size_t)(in->end - in->at) ||
        (value->text == NULL && value->kind >= MERA_VALUE_BOOL && value->kind <= MERA_VALUE_TEXT);
    if (!in->bad && value->kind == MERA_VALUE_LIST) {
        wire_items(in, known, depth + 1, value);
    } else if (!in->bad && value->kind == MERA_VALUE_MAP) {
        wire_entries(in, known, depth + 1, value);
    } else if (is_function) {
        mera_manifest_make_function(value);
    }
    return in->bad ? NULL : value;
}

const mera_value *mera_wire_get_value(mera_wire_in *in, const char *const *known)
{
    return wire_value(in, known, 0);
}

/* ---- problems ---------------------------------------------------------------------------- */

void mera_wire_put_diags(mera_wire_out *out, const mera_diags *diags)
{
    const size_t n = mera_diags_size(diags);

    mera_wire_put_size(out, n);
    for (size_t i = 0; i < n; i++) {
        const mera_diag *diag = mera_diags_get(diags, i);

        mera_wire_put_size(out, (size_t)diag->severity);
        mera_wire_put_text(out, diag->id);
        mera_wire_put_at(out, diag->at);
        mera_wire_put_text(out, diag->message);
        mera_wire_put_text(out, diag->hint);
        mera_wire_put_size(out, diag->n_frames);
        for (size_t f = 0; f < diag->n_frames; f++) {
            mera_wire_put_at(out, diag->frames[f].at);
            mera_wire_put_text(out, diag->frames[f].text);
        }
    }
}

/* The ids of problems that a plugin may have: a message's id is a literal of the engine. */
static const char *wire_id(const char *id)
{
    static const char *const ids[] = {"plugin-error", "plugin-manifest", "script-limit",
                                      "plugin-version", "plugin-test"};

    for (size_t i = 0; id != NULL && i < sizeof ids / sizeof *ids; i++) {
        if (strcmp(id, ids[i]) == 0) {
            return ids[i];
        }
    }
    return "plugin-error";
}

static void wire_diag(mera_wire_in *in, mera_code code, const char *const *known, mera_diags *diags)
{
    const mera_severity severity = (mera_severity)mera_wire_get_size(in);
    const char *id = wire_id(mera_wire_get_text(in));
    const mera_at at = mera_wire_get_at(in, known);
    const char *message = mera_wire_get_text(in), *hint = mera_wire_get_text(in);
    const size_t n_frames = mera_wire_get_size(in);

    in->bad = in->bad || message == NULL || n_frames > WIRE_FRAMES;
    if (in->bad) {
        return;
    }
    if (severity == MERA_ERROR) {
        mera_fail(diags, code, id, at, "%s", message);
    } else if (severity == MERA_WARNING) {
        mera_warn(diags, id, at, "%s", message);
    } else {
        mera_note(diags, id, at, "%s", message);
    }
    if (hint != NULL) {
        mera_hint(diags, "%s", hint);
    }
    for (size_t f = 0; f < n_frames && !in->bad; f++) {
        const mera_at frame_at = mera_wire_get_at(in, known);
        const char *text = mera_wire_get_text(in);

        mera_within(diags, code, frame_at, "%s", text == NULL ? "" : text);
    }
}

mera_code mera_wire_get_diags(mera_wire_in *in, mera_code code, const char *const *known,
                              mera_diags *diags)
{
    const size_t n = mera_wire_get_size(in);

    in->bad = in->bad || n > WIRE_DIAGS;
    for (size_t i = 0; i < n && !in->bad; i++) {
        wire_diag(in, code == MERA_OK ? MERA_EINPUT : code, known, diags);
    }
    return in->bad ? MERA_EINPUT : code;
}
