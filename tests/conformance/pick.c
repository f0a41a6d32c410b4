/* SPDX-License-Identifier: Apache-2.0 */
/** @file Some columns and some units of a data set (pick.h). */
#include "pick.h"

#include <string.h>
#include <strings.h>

int collate(const char *a, const char *b)
{
    const int order = strcasecmp(a, b);
    return order != 0 ? order : -strcmp(a, b);
}

/* ---- rows ------------------------------------------------------------------------------- */

/* Is the unit's group wanted: the one asked for, or one that a named unit is in? */
static bool pick_group(const frame *f, const char **group, const char *wanted, const json_t *ucodes,
                       size_t row)
{
    if (wanted != NULL) {
        return same(group[row], wanted);
    }
    for (size_t i = 0; i < f->n && ucodes != NULL; i++) {
        if (arg_has(ucodes, f->key[i]) && same(group[i], group[row])) {
            return true;
        }
    }
    return ucodes == NULL;
}

static mera_code pick_rows(coin *c, const frame *f, const json_t *args, bool *keep)
{
    const json_t *ucodes = arg(args, "uCodes"), *use = arg(args, "use_group");
    const char *column = json_is_string(use) ? json_string_value(use) : NULL, *wanted = NULL;
    const char **group = NULL;
    if (json_is_object(use)) {
        void *first = json_object_iter((json_t *)(uintptr_t)use);
        column = json_object_iter_key(first);
        wanted = arg_item_text(json_object_iter_value(first), 0);
    }
    if (column != NULL && (group = coin_group(c, f, column)) == NULL) {
        return run_refused(c->r, "no group '%s'", column);
    }
    for (size_t i = 0; i < f->n; i++) {
        const bool named = arg_has(ucodes, f->key[i]);
        keep[i] = group == NULL                      ? ucodes == NULL || named
                  : wanted != NULL && ucodes != NULL ? named /* units come before their group */
                                                     : pick_group(f, group, wanted, ucodes, i);
    }
    return MERA_OK;
}

mera_code pick(coin *c, const frame *f, const json_t *icodes, int level, const json_t *args,
               picked *out)
{
    mera_arena *arena = c->r->arena;
    const selection s = coin_select(c, f, icodes, level);
    bool *keep = NEW(arena, f->n + 1, bool);
    if (s.n == 0) {
        return run_refused(c->r, "%s has no column of those asked for", f->name);
    }
    MERA_TRY(pick_rows(c, f, args, keep));
    *out = (picked){.k = s.n,
                    .key = NEW(arena, f->n + 1, const char *),
                    .code = s.code,
                    .x = NEW(arena, s.n, double *)};
    for (size_t j = 0; j < s.n; j++) {
        out->x[j] = NEW(arena, f->n + 1, double);
        out->n = 0;
        for (size_t i = 0; i < f->n; i++) {
            if (keep[i]) {
                out->key[out->n] = f->key[i];
                out->x[j][out->n++] = s.x[j][i];
            }
        }
    }
    return MERA_OK;
}

/* ---- columns ---------------------------------------------------------------------------- */

void pick_directed(const coin *c, picked *p)
{
    for (size_t j = 0; j < p->k; j++) {
        const meta *m = coin_meta(c, p->code[j]);
        for (size_t i = 0; m != NULL && m->direction < 0 && i < p->n; i++) {
            p->x[j][i] = -p->x[j][i];
        }
    }
}

void pick_sorted(picked *p)
{
    for (size_t j = 1; j < p->k; j++) {
        const char *code = p->code[j];
        double *x = p->x[j];
        size_t at = j;
        for (; at > 0 && collate(code, p->code[at - 1]) < 0; at--) {
            p->code[at] = p->code[at - 1];
            p->x[at] = p->x[at - 1];
        }
        p->code[at] = code;
        p->x[at] = x;
    }
}

mera_columns pick_columns(const picked *p)
{
    return (mera_columns){p->n, p->k, (const double *const *)(uintptr_t)p->x};
}
