/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Writing the files of approvals (mera_data_match): decisions made stay as they are, what waits is
 * proposed anew, and decisions on what is not in the data now stay at the end.
 */
#include "base/grow.h"
#include "base/hash.h"
#include "io/file.h"
#include "io/read_match.h"

#include <string.h>

/* Fills in the proposal, or what there is instead of one. */
static mera_code write_propose(read_file *f, const match_found *found, match_decision *row)
{
    const match_list *list = f->match->shared->list;
    mera_arena *arena = f->all->scratch;
    mera_match_file *count = &f->match->shared->count;
    if (found->unit != SIZE_MAX) {
        const match_unit *u = &list->unit[found->unit];
        row->key = u->key;
        row->name = u->name;
        row->region = u->region;
        MERA_TRY_PTR(row->why = match_why_text(found->why, f->all->russian, arena));
        return MERA_OK;
    }
    mera_text why = {.arena = arena};
    const bool many = found->state == MERA_MATCH_AMBIGUOUS;
    *(many ? &count->n_ambiguous : &count->n_none) += 1;
    mera_text_add(&why,
                  many ? (f->all->russian ? "несколько: " : "several: ")
                  : found->n_candidates == 0
                      ? (f->all->russian ? "нет похожих" : "nothing like it")
                      : (f->all->russian ? "не найдено; ближайшие: " : "not found; nearest: "));
    for (size_t i = 0; i < found->n_candidates; i++) {
        const char *unit = match_unit_text(&list->unit[found->candidate[i]], arena);
        MERA_TRY_PTR(unit);
        mera_text_addf(&why, "%s%s", i > 0 ? ", " : "", unit);
    }
    MERA_TRY_PTR(row->why = mera_text_string(&why));
    return MERA_OK;
}

mera_code read_match_row(read_file *f, const match_found *found, match_decision *row)
{
    read_shared_match *s = f->match->shared;
    const mera_at at = io_table_row(f->table);
    row->place =
        mera_arena_printf(f->all->scratch, "%s:%u", mera_path_name(f->source->path), at.line);
    MERA_TRY_PTR(row->place);
    row->met = true;
    if (row->says == 0) {
        MERA_TRY(write_propose(f, found, row));
    }
    if (row->says == 0 && found->state == MERA_MATCH_PROPOSED) {
        const bool approve = f->all->approve != 0 && (found->why & ~f->all->approve) == 0;
        row->word = approve ? "yes" : "";
        row->says = approve ? 1 : 0;
        s->count.n_proposed += approve ? 0 : 1;
        for (size_t i = 0; !approve && i < MERA_N_MATCH_WHYS; i++) {
            s->count.n_why[i] += found->why >> i & 1;
        }
    }
    if (row->says > 0) { /* the code may be a person's */
        const size_t unit = mera_map_get(s->list->keys, row->key, strlen(row->key));
        row->name = s->list->unit[unit].name;
        row->region = s->list->unit[unit].region;
    }
    s->count.n_approved += row->says > 0;
    s->count.n_refused += row->says < 0;
    match_decision *grown =
        mera_grown(f->all->scratch, s->row, &s->room, s->n_rows + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    s->row = grown;
    grown[s->n_rows++] = *row;
    return MERA_OK;
}

/* Decisions on what the data do not have now are kept behind. */
static mera_code write_kept(read_shared_match *s, mera_arena *arena)
{
    for (size_t i = 0; i < s->decisions->n; i++) {
        const match_decision *d = &s->decisions->list[i];
        if (d->met || d->says == 0) {
            continue;
        }
        match_decision *grown = mera_grown(arena, s->row, &s->room, s->n_rows + 1, sizeof *grown);
        MERA_TRY_PTR(grown);
        s->row = grown;
        grown[s->n_rows++] = *d;
        s->count.n_kept++;
    }
    return MERA_OK;
}

static mera_code write_file(read_all *all, read_shared_match *s)
{
    mera_text text = {.arena = all->scratch};
    MERA_TRY(write_kept(s, all->scratch));
    if (s->n_rows == 0 && s->decisions->sha256[0] == '\0') {
        return MERA_OK; /* all exact: no file is needed */
    }
    MERA_TRY(match_decisions_write(s->decisions, s->row, s->n_rows, &text));
    char sha256[65];
    mera_sha256_of(text.data, text.n, sha256);
    return strcmp(sha256, s->decisions->sha256) == 0
               ? MERA_OK /* nothing new */
               : mera_file_write(s->decisions->path, text.data, text.n, all->diags);
}

/* The rows of one file, looked at for their units alone. */
static mera_code write_rows(read_file *f)
{
    for (bool more = true; more;) {
        read_row row;
        bool use = false;
        MERA_TRY(io_table_next(f->table, &more));
        MERA_TRY(more ? read_row_of(f, &row, &use) : MERA_OK);
    }
    return MERA_OK;
}

static mera_code write_all(read_all *all, const mera_match_file **out, size_t *n)
{
    mera_match_file *files = NULL;
    size_t n_matching = 0;
    for (size_t i = 0; i < all->request->n_sources; i++) {
        if (all->request->source[i].match != NULL) {
            n_matching++;
            MERA_TRY(read_source(all, i));
        }
    }
    if (n_matching == 0) {
        const mera_code code = mera_fail(all->diags, MERA_EUSAGE, "no-match", MERA_NOWHERE,
                                         "no entry of 'data' says 'match'");
        mera_hint(all->diags, "'match: {name: FIELD, region: FIELD}' there, and 'list' in 'units'");
        return code;
    }
    if (all->n_errors > 0) {
        return MERA_EINPUT;
    }
    MERA_TRY_NEW(files, all->arena, all->n_matches);
    for (size_t i = 0; i < all->n_matches; i++) {
        MERA_TRY(write_file(all, all->match[i]));
        files[i] = all->match[i]->count;
    }
    *out = files;
    *n = all->n_matches;
    return MERA_OK;
}

mera_code mera_data_match(const mera_read_request *request, unsigned approve, bool russian,
                          mera_arena *arena, mera_diags *diags, const mera_match_file **out,
                          size_t *n)
{
    static const char *const none[] = {NULL};
    mera_read_request rows = *request; /* no numbers are looked at */
    rows.column = none;
    rows.n_columns = rows.n_attributes = 0;
    read_all all = {.request = &rows,
                    .arena = arena,
                    .diags = diags,
                    .collecting = write_rows,
                    .approve = approve,
                    .russian = russian};
    all.scratch = mera_arena_new();
    mera_code code = all.scratch == NULL ? MERA_ENOMEM : read_start(&all);
    code = code == MERA_OK ? write_all(&all, out, n) : code;
    mera_arena_free(all.scratch);
    return code;
}
