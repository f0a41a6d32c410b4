/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * mera verify: a result of `mera score --format json` made again from its record, and compared cell
 * by cell. The writer is the same, so equal numbers are equal texts.
 */
#include "cli/score_view.h"

#include <ctype.h>
#include <string.h>

#include "io/file.h"
#include "methodology/yaml.h"
#include "report/same.h"

enum { VERIFY_LIMIT = 1 << 30 };

typedef struct verify {
    cli *c;
    const char *text; /**< the recorded result */
    size_t n;
    const mera_value *record; /**< of it, up to its inputs */
} verify;

/* ---- the record ---- */

static mera_code verify_refuse(const verify *v)
{
    const mera_code code =
        mera_fail(v->c->diags, MERA_EINPUT, "no-record", MERA_NOWHERE,
                  "'%s' is no result of 'mera score --format json'", v->c->args.operands.v[0]);
    mera_hint(v->c->diags, "only that form has the record a result can be made again from");
    return code;
}

/** A result ends with a brace at the start of a line: one that was cut has other differences. */
static mera_code verify_whole(const verify *v)
{
    size_t n = v->n;
    while (n > 0 && isspace((unsigned char)v->text[n - 1])) {
        n--;
    }
    if (n > 1 && v->text[n - 1] == '}' && v->text[n - 2] == '\n') {
        return MERA_OK;
    }
    const mera_code code = mera_fail(v->c->diags, MERA_EINPUT, "cut-result", MERA_NOWHERE,
                                     "'%s' ends in the middle: it was cut, or not written whole",
                                     v->c->args.operands.v[0]);
    mera_hint(v->c->diags,
              "take the whole file, or make it again: mera score … --format json -o FILE");
    return code;
}

/** Inputs stand in the record before its conventions; what follows may be long. */
static mera_code verify_inputs(cli *c, const char *text, const mera_value **out)
{
    const char *end = text != NULL ? strstr(text, "\n    \"conventions\": ") : NULL;
    const mera_value *tree = NULL;
    *out = NULL;
    if (end == NULL) {
        return MERA_OK;
    }
    const char *head =
        mera_arena_printf(c->arena, "%.*s\n    \"conventions\": []}}", (int)(end - text), text);
    mera_diags *aside = mera_diags_new(c->arena);
    MERA_TRY_PTR(head);
    MERA_TRY_PTR(aside);
    const mera_code code = mera_yaml_read(head, strlen(head), "record", c->arena, aside, &tree);
    if (code == MERA_ENOMEM) {
        return code;
    }
    if (code == MERA_OK && tree != NULL && tree->kind == MERA_VALUE_MAP) {
        *out = mera_value_get(tree, "record");
    }
    return MERA_OK;
}

static const char *verify_text(const mera_value *map, const char *key)
{
    const mera_value *value = map != NULL ? mera_value_get(map, key) : NULL;
    return value != NULL && value->kind != MERA_VALUE_NULL ? value->text : NULL;
}

static mera_code verify_list(cli *c, const mera_value *list, const char *key, cli_list *out)
{
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        const char *text = key == NULL ? list->items[i]->text : verify_text(list->items[i], key);
        if (text != NULL) {
            MERA_TRY(cli_list_add(out, text, c->arena));
        }
    }
    return MERA_OK;
}

/* ---- what differs in the inputs ---- */

static void verify_hash(const verify *v, const char *what, const char *name, const char *was,
                        const char *is)
{
    if (was != NULL && is != NULL && strcmp(was, is) != 0) {
        mera_warn(v->c->diags, "changed-input", MERA_NOWHERE,
                  "%s '%s' is not the recorded one: sha256 %.12s…, recorded %.12s…", what, name, is,
                  was);
    }
}

static void verify_hashes(const verify *v, const mera_value *now, const char *list,
                          const char *what, const char *key)
{
    const mera_value *was = mera_value_get(v->record, list), *is = mera_value_get(now, list);
    for (size_t i = 0; was != NULL && is != NULL && i < was->n && i < is->n; i++) {
        verify_hash(v, what, verify_text(is->items[i], key), verify_text(was->items[i], "sha256"),
                    verify_text(is->items[i], "sha256"));
    }
    if (was != NULL && is != NULL && was->n != is->n) {
        mera_warn(v->c->diags, "changed-input", MERA_NOWHERE,
                  "the record has %zu of '%s', now there are %zu", was->n, list, is->n);
    }
}

static mera_code verify_inputs_differ(const verify *v, const char *made)
{
    const mera_value *now, *was = mera_value_get(v->record, "methodology");
    MERA_TRY(verify_inputs(v->c, made, &now));
    if (now == NULL) {
        return MERA_OK;
    }
    verify_hash(v, "methodology", verify_text(was, "path"), verify_text(was, "sha256"),
                verify_text(mera_value_get(now, "methodology"), "sha256"));
    verify_hashes(v, now, "data", "file of data", "path");
    verify_hashes(v, now, "plugins", "plugin", "id");
    const char *engine = verify_text(v->record, "engine"), *this = verify_text(now, "engine");
    if (engine != NULL && this != NULL && strcmp(engine, this) != 0) {
        mera_note(v->c->diags, "other-engine", MERA_NOWHERE, "made by '%s', verified by '%s'",
                  engine, this);
    }
    return MERA_OK;
}

/* ---- what differs in the results ---- */

static void verify_tell(const verify *v, const mera_same *same)
{
    for (size_t i = 0; i < same->n_first; i++) {
        const mera_same_cell *cell = &same->first[i];
        mera_warn(v->c->diags, "difference", MERA_NOWHERE,
                  "unit '%s'%s%s%s%s, %s: recorded %s, now %s", cell->unit,
                  cell->period[0] != '\0' ? ", period " : "", cell->period,
                  cell->part[0] != '\0' ? ", " : "", cell->part, cell->key,
                  cell->recorded[0] != '\0' ? cell->recorded : "nothing",
                  cell->made[0] != '\0' ? cell->made : "nothing");
    }
    if (same->n_lost + same->n_added > 0) {
        mera_warn(v->c->diags, "difference", MERA_NOWHERE,
                  "units, each period by itself: %zu recorded are no longer there, %zu are new",
                  same->n_lost, same->n_added);
    }
    if (same->fits_differ) {
        mera_warn(v->c->diags, "difference", MERA_NOWHERE,
                  "fitted numbers, or counts of imputed and treated cells, are not the recorded "
                  "ones");
    }
}

/* ---- the command ---- */

/** Takes the recorded changes, data and variant for those of the command line. */
static mera_code verify_arguments(const verify *v, const char **variant)
{
    cli *c = v->c;
    *variant = verify_text(v->record, "variant");
    MERA_TRY(verify_list(c, mera_value_get(v->record, "set"), NULL, &c->args.set));
    return c->args.data.n > 0
               ? MERA_OK
               : verify_list(c, mera_value_get(v->record, "data"), "path", &c->args.data);
}

static mera_code verify_score(const verify *v, const char **out)
{
    cli *c = v->c;
    cli_session *session;
    const char *variant, *path = verify_text(mera_value_get(v->record, "methodology"), "path");
    mera_text text = {.arena = c->arena};
    mera_score_view view;
    if (path == NULL) {
        return verify_refuse(v);
    }
    c->args.indicators = strstr(v->text, "\n      \"indicators\": [") != NULL;
    c->args.no_bands = strstr(v->text, "\"rank_low\": ") == NULL;
    MERA_TRY(verify_arguments(v, &variant));
    MERA_TRY(cli_session_open(c, path, variant, CLI_RESULT, &session));
    MERA_TRY(cli_score_view(c, session, variant, true, &view));
    MERA_TRY(mera_report_score_json(session->result, &view, c->arena, &text));
    const char *made = mera_text_string(&text);
    MERA_TRY_PTR(made);
    *out = made;
    return MERA_OK;
}

mera_code cli_verify(cli *c)
{
    verify v = {.c = c};
    const char *made = "";
    mera_same same;
    MERA_TRY(mera_file_read(c->args.operands.v[0], VERIFY_LIMIT, MERA_NOWHERE, c->arena, c->diags,
                            &v.text, &v.n));
    MERA_TRY(verify_inputs(c, v.text, &v.record));
    if (v.record == NULL || v.record->kind != MERA_VALUE_MAP) {
        return verify_refuse(&v);
    }
    MERA_TRY(verify_whole(&v));
    MERA_TRY(verify_score(&v, &made));
    MERA_TRY(verify_inputs_differ(&v, made));
    MERA_TRY(mera_same_of(v.text, made, c->arena, &same));
    verify_tell(&v, &same);
    c->failed = same.n_other + same.n_lost + same.n_added > 0 || same.fits_differ;
    if (c->failed) {
        mera_text_addf(&c->out, "not the same: %zu of %zu values differ", same.n_other,
                       same.n_cells);
        if (same.n_lost + same.n_added > 0) {
            mera_text_addf(&c->out, "; units no longer there: %zu, new: %zu", same.n_lost,
                           same.n_added);
        }
        mera_text_add(&c->out, "\n");
    } else {
        mera_text_addf(&c->out, "the same: made again, all %zu values are equal\n", same.n_cells);
    }
    return MERA_OK;
}
