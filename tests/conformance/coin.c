/* SPDX-License-Identifier: Apache-2.0 */
/** @file Coins and purses of the conformance runner: the framework and its data sets (coin.h). */
#include "coin.h"

#include <math.h>
#include <string.h>

const meta *coin_meta(const coin *c, const char *code)
{
    for (size_t i = 0; i < c->n_meta; i++) {
        if (same(c->meta[i].code, code)) {
            return &c->meta[i];
        }
    }
    return NULL;
}

bool coin_is(const meta *m, const char *type)
{
    return m != NULL && same(m->type, type);
}

const char *coin_ancestor(const coin *c, const char *code, int level)
{
    const meta *m = coin_meta(c, code);
    while (m != NULL && m->level > 0 && m->level < level) {
        m = m->parent != NULL ? coin_meta(c, m->parent) : NULL;
    }
    return m != NULL && m->level == level ? m->code : NULL;
}

/* ---- data sets -------------------------------------------------------------------------- */

mera_code coin_frame(coin *c, const char *dset, const frame **out)
{
    for (size_t i = 0; i < c->n_frames; i++) {
        if (same(c->frame[i]->name, dset)) {
            *out = c->frame[i];
            return MERA_OK;
        }
    }
    return run_refused(c->r, "the case asks for a data set '%s' that no step made",
                       dset == NULL ? "" : dset);
}

const double *frame_column(const frame *f, const char *code)
{
    for (size_t j = 0; j < f->k; j++) {
        if (same(f->code[j], code)) {
            return f->x[j];
        }
    }
    return NULL;
}

static void coin_keep(coin *c, frame *f)
{
    size_t i = 0;
    while (i < c->n_frames && !same(c->frame[i]->name, f->name)) {
        i++;
    }
    if (i < FRAMES_MAX) {
        c->frame[i] = f;
        c->n_frames += i == c->n_frames;
    }
}

frame *coin_frame_new(coin *c, const char *name, const frame *rows, size_t k)
{
    mera_arena *arena = c->r->arena;
    frame *f = NEW(arena, 1, frame);
    *f = *rows;
    f->name = text_of(arena, "%s", name); /* arguments may be gone before the data set */
    f->k = k;
    f->code = NEW(arena, k, const char *);
    f->x = NEW(arena, k, double *);
    for (size_t j = 0; j < k; j++) {
        f->x[j] = NEW(arena, f->n, double);
        for (size_t i = 0; i < f->n; i++) {
            f->x[j][i] = NAN;
        }
        f->code[j] = j < rows->k ? rows->code[j] : NULL;
    }
    coin_keep(c, f);
    return f;
}

frame *coin_frame_kept(coin *c, const char *name, const frame *from, const uint8_t *keep)
{
    mera_arena *arena = c->r->arena;
    size_t *unit = NEW(arena, from->n, size_t), *time = NEW(arena, from->n, size_t);
    size_t *block = NEW(arena, from->n_blocks + 1, size_t), n = 0;
    const char **key = NEW(arena, from->n, const char *);
    for (size_t b = 0; b < from->n_blocks; b++) {
        block[b] = n;
        for (size_t i = from->block[b]; i < from->block[b + 1]; i++) {
            unit[n] = from->unit[i];
            time[n] = from->time[i];
            key[n] = from->key[i];
            n += keep[i] != 0;
        }
    }
    block[from->n_blocks] = n;
    frame rows = *from;
    rows.n = n;
    rows.unit = unit;
    rows.time = time;
    rows.key = key;
    rows.block = block;
    frame *f = coin_frame_new(c, name, &rows, from->k);
    for (size_t j = 0; j < f->k; j++) {
        size_t to = 0;
        for (size_t i = 0; i < from->n; i++) {
            if (keep[i] != 0) {
                f->x[j][to++] = from->x[j][i];
            }
        }
    }
    return f;
}

double *coin_outside(const coin *c, const frame *rows, const char *name)
{
    const mera_column *column = mera_dataset_column(c->data, name);
    double *x = NEW(c->r->arena, rows->n, double);
    if (column == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < rows->n; i++) {
        x[i] = column->value[rows->time[i] * c->data->n_units + rows->unit[i]];
    }
    return x;
}

const char **coin_group(const coin *c, const frame *rows, const char *name)
{
    const mera_attribute *attribute = mera_dataset_attribute(c->data, name);
    const char **text = NEW(c->r->arena, rows->n, const char *);
    if (attribute == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < rows->n; i++) {
        const int32_t code = attribute->code[rows->time[i] * c->data->n_units + rows->unit[i]];
        text[i] = code < 0 ? NULL : attribute->level[code];
    }
    return text;
}

/* The texts of uName or a group by row; NULL = no such column. */
static const char **coin_texts(const coin *c, const frame *rows, const char *name)
{
    if (!same(name, "uName")) {
        return coin_group(c, rows, name);
    }
    const char **text = NEW(c->r->arena, rows->n + 1, const char *);
    for (size_t i = 0; i < rows->n; i++) {
        text[i] = c->data->unit_name[rows->unit[i]];
    }
    return text;
}

mera_code coin_beside(const coin *c, const frame *rows, const char *const *key, size_t n,
                      const char *name, table *out)
{
    const char **text = coin_texts(c, rows, name);
    const double *x = text == NULL ? coin_outside(c, rows, name) : NULL;
    if (text == NULL && x == NULL) {
        return run_refused(c->r, "iData has no column '%s'", name == NULL ? "" : name);
    }
    const char **to_text = text != NULL ? table_texts(out, name) : NULL;
    double *to = text == NULL ? table_numbers(out, name) : NULL;
    for (size_t i = 0; i < n; i++) {
        for (size_t row = 0; row < rows->n; row++) {
            if (same(rows->key[row], key[i]) && text != NULL) {
                to_text[i] = text[row];
            } else if (same(rows->key[row], key[i])) {
                to[i] = x[row];
            }
        }
    }
    return MERA_OK;
}

table *frame_table(const coin *c, const frame *f, size_t first)
{
    table *t = table_new(c->r->arena, f->n, c->purse ? 2 : 1);
    if (c->purse) {
        const char **time = table_texts(t, "Time");
        for (size_t i = 0; i < f->n; i++) {
            time[i] = c->data->period[f->time[i]];
        }
    }
    const char **key = table_texts(t, "uCode");
    memcpy(key, f->key, f->n * sizeof *key);
    for (size_t j = first; j < f->k; j++) {
        memcpy(table_numbers(t, f->code[j]), f->x[j], f->n * sizeof(double));
    }
    return t;
}

/* Is `code` named, or does it stand under or over one that is? */
static bool coin_within(const coin *c, const char *code, int at, const json_t *codes)
{
    for (size_t i = 0; i < arg_size(codes); i++) {
        if (same(coin_ancestor(c, arg_item_text(codes, i), at), code)) {
            return true;
        }
    }
    if (arg_has(codes, code)) {
        return true;
    }
    for (int level = 1; level <= (int)c->n_levels; level++) {
        const char *ancestor = coin_ancestor(c, code, level);
        if (ancestor != NULL && arg_has(codes, ancestor)) {
            return true;
        }
    }
    return false;
}

selection coin_select(const coin *c, const frame *f, const json_t *codes, int level)
{
    selection s = {0, NEW(c->r->arena, f->k, const char *), NEW(c->r->arena, f->k, const double *)};
    for (size_t j = 0; j < f->k; j++) {
        const meta *m = coin_meta(c, f->code[j]);
        const bool here = level == 0 || (m != NULL && m->level == level);
        const bool wanted =
            codes == NULL ||
            (level == 0 ? arg_has(codes, f->code[j]) : coin_within(c, f->code[j], level, codes));
        if (here && wanted) {
            s.code[s.n] = f->code[j];
            s.x[s.n++] = f->x[j];
        }
    }
    return s;
}

/* ---- weights ---------------------------------------------------------------------------- */

mera_code coin_weights(coin *c, const char *name, const weights **out)
{
    for (size_t i = 0; i < c->n_weights; i++) {
        if (same(c->weight[i].name, name == NULL ? "Original" : name)) {
            *out = &c->weight[i];
            return MERA_OK;
        }
    }
    return run_refused(c->r, "the case has no weights named '%s'", name);
}

mera_code coin_weights_add(coin *c, const char *name, const weights *w)
{
    size_t i = 0;
    while (name != NULL && i < c->n_weights && !same(c->weight[i].name, name)) {
        i++;
    }
    if (name == NULL) {
        return MERA_OK;
    }
    if (i == WEIGHTS_MAX) {
        return run_refused(c->r, "more than %d sets of weights", WEIGHTS_MAX);
    }
    c->weight[i] = (weights){name, w->n, w->code, NEW(c->r->arena, w->n + 1, double)};
    memcpy(c->weight[i].w, w->w, w->n * sizeof *w->w);
    c->n_weights += i == c->n_weights;
    return MERA_OK;
}

double weights_of(const weights *w, const char *code)
{
    for (size_t i = 0; i < w->n; i++) {
        if (same(w->code[i], code)) {
            return w->w[i];
        }
    }
    return NAN;
}

mera_code weights_read(run *r, const json_t *named, const char *column, weights *out)
{
    const csv *file;
    MERA_TRY(run_csv(r, named, &file));
    if (csv_column(file, column) == SIZE_MAX || csv_column(file, "iCode") == SIZE_MAX) {
        return run_refused(r, "a file of weights has no column '%s'", column);
    }
    out->n = file->n_rows;
    out->code = NEW(r->arena, file->n_rows, const char *);
    out->w = NEW(r->arena, file->n_rows, double);
    for (size_t i = 0; i < file->n_rows; i++) {
        out->code[i] = csv_text(file, i, "iCode");
        out->w[i] = csv_number(file, i, column);
    }
    return MERA_OK;
}
