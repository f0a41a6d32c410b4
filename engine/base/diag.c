/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The list of problems: recording, frames, merging, sorting. Its printing is in diag_text.c.
 * A problem that cannot be recorded for want of memory turns the caller's code into MERA_ENOMEM,
 * so that nobody is refused without being told why.
 */
#include "base/diag.h"
#include "base/grow.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

mera_diags *mera_diags_new(mera_arena *arena)
{
    mera_diags *diags = mera_arena_zero(arena, 1, sizeof *diags);
    if (diags != NULL) {
        diags->arena = arena;
    }
    return diags;
}

/* The list's own entry for a file; `file` NULL is an entry too. NULL when memory ran out. */
static diag_file *diag_file_of(mera_diags *diags, const char *file)
{
    for (size_t i = 0; i < diags->n_files; i++) {
        if (mera_streq(diags->files[i]->name, file)) {
            return diags->files[i];
        }
    }
    diag_file **files = mera_grown(diags->arena, diags->files, &diags->room_files,
                                   diags->n_files + 1, sizeof(diag_file *));
    if (files == NULL) {
        return NULL;
    }
    diags->files = files;
    diag_file *entry = mera_arena_zero(diags->arena, 1, sizeof *entry);
    if (entry == NULL) {
        return NULL;
    }
    if (file != NULL && (entry->name = mera_arena_strdup(diags->arena, file)) == NULL) {
        return NULL;
    }
    entry->order = diags->n_files;
    files[diags->n_files++] = entry;
    return entry;
}

void mera_diags_source(mera_diags *diags, const char *file, const char *text, size_t length)
{
    diag_file *entry = diags == NULL ? NULL : diag_file_of(diags, file);
    if (entry != NULL) {
        entry->text = text;
        entry->length = length;
    }
}

const diag_file *mera_diags_file(const mera_diags *diags, const char *file)
{
    for (size_t i = 0; i < diags->n_files; i++) {
        if (mera_streq(diags->files[i]->name, file)) {
            return diags->files[i];
        }
    }
    return NULL;
}

/* A text of one line: what the user typed may hold newlines and worse. */
__attribute__((format(printf, 2, 0))) static const char *
diag_print(mera_arena *arena, const char *format, va_list args)
{
    char *printed = NULL;
    if (vasprintf(&printed, format, args) < 0) {
        return NULL;
    }
    const char *text = mera_text_harmless(printed, arena);
    free(printed);
    return text;
}

/* Records a finished problem; its strings are already the list's own. False: memory ran out. */
static bool diag_record(mera_diags *diags, mera_diag problem)
{
    diag_file *file = diag_file_of(diags, problem.at.file);
    if (file == NULL || problem.message == NULL) {
        return false;
    }
    diag_entry **entries =
        mera_grown(diags->arena, diags->entries, &diags->room, diags->n + 1, sizeof(diag_entry *));
    if (entries == NULL) {
        return false;
    }
    diags->entries = entries;
    diag_entry *entry = mera_arena_zero(diags->arena, 1, sizeof *entry);
    if (entry == NULL) {
        return false;
    }
    problem.at.file = file->name;
    entry->problem = problem;
    entry->file_order = file->order;
    entry->order = diags->n;
    entries[diags->n++] = entry;
    diags->last = entry;
    return true;
}

mera_code mera_fail(mera_diags *diags, mera_code code, const char *id, mera_at at,
                    const char *format, ...)
{
    if (diags == NULL || code == MERA_ENOMEM) {
        return code;
    }
    va_list args;
    va_start(args, format);
    const char *message = diag_print(diags->arena, format, args);
    va_end(args);
    const mera_diag problem = {.severity = MERA_ERROR, .id = id, .at = at, .message = message};
    return diag_record(diags, problem) ? code : MERA_ENOMEM;
}

void mera_warn(mera_diags *diags, const char *id, mera_at at, const char *format, ...)
{
    if (diags == NULL) {
        return;
    }
    va_list args;
    va_start(args, format);
    const char *message = diag_print(diags->arena, format, args);
    va_end(args);
    diag_record(diags,
                (mera_diag){.severity = MERA_WARNING, .id = id, .at = at, .message = message});
}

void mera_note(mera_diags *diags, const char *id, mera_at at, const char *format, ...)
{
    if (diags == NULL) {
        return;
    }
    va_list args;
    va_start(args, format);
    const char *message = diag_print(diags->arena, format, args);
    va_end(args);
    diag_record(diags, (mera_diag){.severity = MERA_NOTE, .id = id, .at = at, .message = message});
}

void mera_hint(mera_diags *diags, const char *format, ...)
{
    if (diags == NULL || diags->last == NULL) {
        return;
    }
    va_list args;
    va_start(args, format);
    diags->last->problem.hint = diag_print(diags->arena, format, args);
    va_end(args);
}

/* Adds a frame whose text is the list's own. False: memory ran out. */
static bool diag_add_frame(mera_diags *diags, diag_entry *entry, mera_at at, const char *text)
{
    const diag_file *file = diag_file_of(diags, at.file);
    if (text == NULL || file == NULL) {
        return false;
    }
    const size_t n = entry->problem.n_frames;
    mera_frame *frames =
        mera_grown(diags->arena, entry->frames, &entry->room_frames, n + 1, sizeof(mera_frame));
    if (frames == NULL) {
        return false;
    }
    at.file = file->name;
    frames[n] = (mera_frame){.at = at, .text = text};
    entry->frames = frames;
    entry->problem.frames = frames;
    entry->problem.n_frames = n + 1;
    return true;
}

mera_code mera_said_before(mera_diags *diags, mera_code code)
{
    if (diags != NULL) {
        diags->last = NULL;
    }
    return code;
}

mera_code mera_within(mera_diags *diags, mera_code code, mera_at at, const char *format, ...)
{
    if (diags == NULL || diags->last == NULL || code == MERA_OK || code == MERA_ENOMEM) {
        return code;
    }
    va_list args;
    va_start(args, format);
    const char *text = diag_print(diags->arena, format, args);
    va_end(args);
    return diag_add_frame(diags, diags->last, at, text) ? code : MERA_ENOMEM;
}

mera_code mera_diags_add(mera_diags *to, const mera_diag *from)
{
    if (to == NULL) {
        return MERA_OK;
    }
    mera_diag copy = *from;
    copy.frames = NULL;
    copy.n_frames = 0;
    copy.message = mera_arena_strdup(to->arena, from->message);
    if (from->hint != NULL) {
        copy.hint = mera_arena_strdup(to->arena, from->hint);
        MERA_TRY_PTR(copy.hint);
    }
    if (!diag_record(to, copy)) {
        return MERA_ENOMEM;
    }
    for (size_t i = 0; i < from->n_frames; i++) {
        const char *text = mera_arena_strdup(to->arena, from->frames[i].text);
        if (!diag_add_frame(to, to->last, from->frames[i].at, text)) {
            return MERA_ENOMEM;
        }
    }
    return MERA_OK;
}

mera_code mera_diags_merge(mera_diags *to, const mera_diags *from)
{
    if (to == NULL || from == NULL) {
        return MERA_OK;
    }
    for (size_t i = 0; i < from->n; i++) {
        MERA_TRY(mera_diags_add(to, &from->entries[i]->problem));
    }
    return MERA_OK;
}

size_t mera_diags_count(const mera_diags *diags, mera_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; diags != NULL && i < diags->n; i++) {
        count += diags->entries[i]->problem.severity == severity;
    }
    return count;
}

size_t mera_diags_size(const mera_diags *diags)
{
    return diags == NULL ? 0 : diags->n;
}

const char *mera_diags_first_error(const mera_diags *diags)
{
    for (size_t i = 0; i < diags->n; i++) {
        if (diags->entries[i]->problem.severity == MERA_ERROR) {
            return diags->entries[i]->problem.message;
        }
    }
    return NULL;
}

const mera_diag *mera_diags_get(const mera_diags *diags, size_t index)
{
    return &diags->entries[index]->problem;
}

static int diag_order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int diag_compare(const void *left, const void *right)
{
    const diag_entry *a = *(const diag_entry *const *)left;
    const diag_entry *b = *(const diag_entry *const *)right;
    int order = diag_order(a->file_order, b->file_order);
    if (order == 0) {
        order = diag_order(a->problem.at.line, b->problem.at.line);
    }
    if (order == 0) {
        order = diag_order(a->problem.at.column, b->problem.at.column);
    }
    return order != 0 ? order : diag_order(a->order, b->order);
}

void mera_diags_sort(mera_diags *diags)
{
    if (diags != NULL && diags->n > 1) {
        qsort(diags->entries, diags->n, sizeof(diag_entry *), diag_compare);
    }
}
