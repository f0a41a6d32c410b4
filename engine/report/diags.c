/* SPDX-License-Identifier: Apache-2.0 */
/** @file Problems as text and as JSON. The wording is mera_diag_text()'s; colour is added here. */
#include <string.h>

#include "base/cell.h"
#include "base/json.h"
#include "base/map.h"
#include "report/style.h"

static const char *diags_severity(mera_severity severity)
{
    return severity == MERA_ERROR ? "error" : severity == MERA_WARNING ? "warning" : "note";
}

/** Paints the severity in the first line: the only place where it stands before a colon. */
static void diags_painted(const char *text, mera_severity severity, const mera_view *view,
                          mera_text *out)
{
    const char *word = diags_severity(severity);
    const char *found = strstr(text, word);
    const mera_paint paint = severity == MERA_ERROR     ? MERA_PAINT_BAD
                             : severity == MERA_WARNING ? MERA_PAINT_MARK
                                                        : MERA_PAINT_DIM;
    while (found != NULL && found[strlen(word)] != ':') {
        found = strstr(found + 1, word);
    }
    if (found == NULL) {
        mera_text_add(out, text);
        return;
    }
    mera_text_add_n(out, text, (size_t)(found - text));
    mera_style_add(out, view, paint, word);
    mera_text_add(out, found + strlen(word));
}

/**
 * The problems to be told: severe enough, and not word for word told before (a methodology
 * compared with its variants warns once for each). *n of them, in their order.
 */
static mera_code diags_told(const mera_diags *diags, mera_severity least, mera_arena *arena,
                            const mera_diag ***out, const char ***texts, size_t *n)
{
    mera_map *seen;
    const size_t all = mera_diags_size(diags);
    MERA_TRY(mera_map_new(arena, all, &seen));
    MERA_TRY_NEW(*out, arena, all);
    MERA_TRY_NEW(*texts, arena, all);
    *n = 0;
    for (size_t i = 0; i < all; i++) {
        const mera_diag *diag = mera_diags_get(diags, i);
        const char *text = mera_diag_text(diags, diag, arena);
        size_t found;
        bool added;
        MERA_TRY_PTR(text);
        MERA_TRY(mera_map_put(seen, text, strlen(text), i, &found, &added));
        if (added && diag->severity >= least) {
            (*texts)[*n] = text;
            (*out)[(*n)++] = diag;
        }
    }
    return MERA_OK;
}

mera_code mera_report_diags_text(const mera_diags *diags, mera_severity least,
                                 const mera_view *view, mera_arena *arena, mera_text *out)
{
    const mera_diag **told;
    const char **text;
    size_t n;
    MERA_TRY(diags_told(diags, least, arena, &told, &text, &n));
    for (size_t i = 0; i < n; i++) {
        diags_painted(text[i], told[i]->severity, view, out);
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

static void diags_place(mera_json *json, mera_at at)
{
    mera_json_text(json, "file", at.file);
    if (at.line > 0) {
        mera_json_count(json, "line", at.line);
        mera_json_count(json, "column", at.column);
        if (at.length == MERA_AT_CELL) {
            char cell[MERA_CELL_NAME];
            mera_cell_name(at.line, at.column == 0 ? 1 : at.column, cell);
            mera_json_text(json, "cell", cell);
        } else {
            mera_json_count(json, "length", at.length > 0 ? at.length : 1);
        }
    }
}

static void diags_one(mera_json *json, const mera_diag *diag)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "severity", diags_severity(diag->severity));
    mera_json_text(json, "id", diag->id);
    diags_place(json, diag->at);
    mera_json_text(json, "message", diag->message);
    mera_json_text(json, "hint", diag->hint);
    mera_json_open(json, "frames", '[');
    for (size_t i = 0; i < diag->n_frames; i++) {
        mera_json_open(json, NULL, '{');
        mera_json_text(json, "text", diag->frames[i].text);
        diags_place(json, diag->frames[i].at);
        mera_json_close(json, '}');
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
}

mera_code mera_report_diags_json(const mera_diags *diags, mera_severity least, mera_arena *arena,
                                 mera_text *out)
{
    const mera_diag **told;
    const char **text;
    size_t n;
    MERA_TRY(diags_told(diags, least, arena, &told, &text, &n));
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "diagnostics", '[');
    for (size_t i = 0; i < n; i++) {
        diags_one(&json, told[i]);
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
