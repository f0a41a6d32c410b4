/* SPDX-License-Identifier: Apache-2.0 */
/** @file The unit of a row that names one: exact, approved, or said and left out. */
#include "io/read_match.h"

#include "base/grow.h"
#include "io/path.h"

#include <string.h>

enum { MATCH_NO_UNIT = 1 }; /* in `known`, a unit is its number and 2 */

/* The list and the approvals, read once for all files. */
static mera_code match_shared(read_all *all, const mera_match *match, read_shared_match **out)
{
    for (size_t i = 0; i < all->n_matches; i++) {
        read_shared_match *one = all->match[i];
        if (one->from == match->list && strcmp(one->decisions->path, match->approved) == 0) {
            *out = one;
            return MERA_OK;
        }
    }
    read_shared_match *one = NULL, **grown;
    MERA_TRY_NEW(one, all->scratch, 1);
    one->from = match->list;
    MERA_TRY(match_list_read(match->list, all->scratch, all->diags, &one->list));
    MERA_TRY(match_decisions_read(match->approved, one->list, all->scratch, all->diags,
                                  &one->decisions));
    MERA_TRY(mera_map_new(all->scratch, 64, &one->met));
    one->count = (mera_match_file){.path = match->approved, .list = match->list->source.path};
    grown =
        mera_grown(all->scratch, all->match, &all->room_matches, all->n_matches + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    all->match = grown;
    grown[all->n_matches++] = *out = one;
    return MERA_OK;
}

mera_code read_match_start(read_file *f)
{
    const mera_match *match = f->source->match;
    struct read_match *m = NULL;
    MERA_TRY_NEW(m, f->table->scratch, 1);
    MERA_TRY(match_shared(f->all, match, &m->shared));
    MERA_TRY(mera_map_new(f->table->scratch, 64, &m->known));
    m->waiting = (io_tally){.kind = "not-approved", .refuse = true};
    m->none = (io_tally){.kind = "unmatched-unit", .refuse = f->source->unmatched != MERA_SKIP};
    mera_code code = read_role(f, match->key, "code of the units", true, &m->key);
    mera_code one = read_role(f, match->name, "name of the units", true, &m->name);
    code = code == MERA_OK ? one : code;
    for (size_t i = 0; i < match->n_region; i++) {
        one = read_role(f, match->region[i], "region of the units", true, &m->region[i]);
        code = code == MERA_OK ? one : code;
    }
    m->n_region = match->n_region;
    f->match = m;
    f->n_key = 1;
    f->key[0] = m->name != SIZE_MAX ? m->name : m->key;
    return code;
}

static mera_slice match_field(const read_file *f, size_t field)
{
    return field == SIZE_MAX ? (mera_slice){"", 0} : mera_slice_trim(f->table->csv.field[field]);
}

/* Code, name and region, a line each. */
mera_code read_match_given(read_file *f, mera_slice *given)
{
    const struct read_match *m = f->match;
    mera_slice key = match_field(f, m->key);
    const mera_slice name = match_field(f, m->name);
    MERA_TRY(f->codes == NULL || key.n == 0 ? MERA_OK : read_codes_follow(f, &key));
    mera_text *out = &f->joined;
    out->n = 0;
    out->arena = f->table->scratch;
    mera_text_add_n(out, key.at, key.n);
    mera_text_add(out, "\n");
    mera_text_add_n(out, name.at, name.n);
    mera_text_add(out, "\n");
    const size_t start = out->n;
    for (size_t i = 0; i < m->n_region; i++) {
        const mera_slice part = match_field(f, m->region[i]);
        mera_text_add(out, part.n > 0 && out->n > start ? " " : "");
        mera_text_add_n(out, part.at, part.n);
    }
    if (m->n_region == 0 && f->source->match->region_is != NULL) {
        mera_text_add(out, f->source->match->region_is);
    }
    MERA_TRY_PTR(mera_text_string(out));
    for (char *c = out->data; c < out->data + start - 1; c++) { /* inside fields: blanks */
        const bool divider = c == out->data + key.n;
        *c = (*c == '\n' || *c == '\r') && !divider ? ' ' : *c;
    }
    *given = (mera_slice){out->data, key.n + name.n == 0 ? 0 : out->n};
    return MERA_OK;
}

/* The three texts again, in the scratch. */
static mera_code match_split(const read_file *f, match_given *given)
{
    char *text = mera_arena_strndup(f->all->scratch, f->joined.data, f->joined.n);
    MERA_TRY_PTR(text);
    char *name = strchr(text, '\n');
    char *region = strchr(name + 1, '\n');
    *name = *region = '\0';
    *given = (match_given){text, name + 1, region + 1};
    for (char *c = region + 1; *c != '\0'; c++) {
        *c = *c == '\n' || *c == '\r' ? ' ' : *c;
    }
    return MERA_OK;
}

/* "'Киров' (Калужская область)", or the code when there is no name. */
static const char *match_said(const match_given *given, mera_arena *arena)
{
    const bool region = given->region[0] != '\0', key = given->key[0] != '\0';
    if (given->name[0] == '\0') {
        return mera_arena_printf(arena, "'%s'", given->key);
    }
    return mera_arena_printf(arena, "'%s'%s%s%s%s%s", given->name, region ? " (" : "",
                             given->region, region ? ")" : "", key ? " = " : "", given->key);
}

/* "; nearest: 'Киров' (…) = …, …" */
static const char *match_candidates(const match_list *list, const match_found *found,
                                    mera_arena *arena)
{
    mera_text text = {.arena = arena};
    for (size_t i = 0; i < found->n_candidates; i++) {
        const char *unit = match_unit_text(&list->unit[found->candidate[i]], arena);
        mera_text_add(&text, i > 0 ? ", " : "");
        mera_text_add(&text, unit == NULL ? "" : unit);
        text.failed |= unit == NULL;
    }
    mera_text_add(&text, found->n_equal > found->n_candidates ? ", ..." : "");
    return mera_text_string(&text);
}

/* Says that a match waits for its approval. */
static mera_code match_waits(read_file *f, const match_given *given, const match_found *found)
{
    struct read_match *m = f->match;
    io_findings *all = &f->table->findings;
    f->all->waiting = true;
    const char *said = match_said(given, all->arena);
    const char *unit = match_unit_text(&m->shared->list->unit[found->unit], all->arena);
    const char *why = match_why_text(found->why, false, all->arena);
    MERA_TRY_PTR(said);
    MERA_TRY_PTR(unit);
    MERA_TRY_PTR(why);
    MERA_TRY(IO_CASE(all, &m->waiting, io_table_at(f->table, f->key[0]),
                     "%s may be %s, but not exactly (%s): nobody has approved it", said, unit,
                     why));
    if (m->waiting.n == 1) {
        mera_hint(all->diags,
                  "'mera data match METHODOLOGY' writes %s: say yes or no in its column 'approved'",
                  m->shared->decisions->path);
    }
    return MERA_OK;
}

/* Says that a row has no unit: none is like it, several are, or a person said no. */
static mera_code match_fails(read_file *f, const match_given *given, const match_found *found,
                             const match_decision *no)
{
    struct read_match *m = f->match;
    io_findings *all = &f->table->findings;
    const match_list *list = m->shared->list;
    const char *said = match_said(given, all->arena);
    const char *near = match_candidates(list, found, all->arena);
    const mera_at at = io_table_at(f->table, f->key[0]);
    MERA_TRY_PTR(said);
    MERA_TRY_PTR(near);
    if (no != NULL) {
        MERA_TRY(IO_CASE(all, &m->none, at, "%s is none of the units: line %u of %s says no", said,
                         no->line, m->shared->decisions->path));
        io_first_hint(all, &m->none, "'unmatched: skip' in the entry of 'data' leaves it out");
        return MERA_OK;
    }
    MERA_TRY(found->state == MERA_MATCH_AMBIGUOUS
                 ? IO_CASE(all, &m->none, at, "%s may be any of %zu units: %s", said,
                           found->n_equal, near)
                 : IO_CASE(all, &m->none, at, "no unit of %s is %s%s%s", mera_path_name(list->path),
                           said, near[0] == '\0' ? "" : "; the nearest: ", near));
    if (m->none.refuse && m->none.n == 1) {
        mera_hint(all->diags,
                  "'mera data match METHODOLOGY' writes %s: give the code there and say yes; "
                  "'unmatched: skip' leaves such rows out",
                  m->shared->decisions->path);
    }
    return MERA_OK;
}

/* Notes what mera_data_match() is to write, once for all files. */
static mera_code match_collect(read_file *f, const match_given *given, const match_found *found,
                               size_t decided)
{
    read_shared_match *s = f->match->shared;
    const char *id = mera_arena_strndup(f->all->scratch, f->joined.data, f->joined.n);
    bool added = false;
    MERA_TRY_PTR(id);
    MERA_TRY(mera_map_put(s->met, id, f->joined.n, 0, NULL, &added));
    if (!added) {
        return MERA_OK;
    }
    match_decision row = {.key = "", .name = "", .region = "", .word = ""};
    if (decided != SIZE_MAX) {
        s->decisions->list[decided].met = true;
        row = s->decisions->list[decided];
    }
    if (row.says == 0 && found->state == MERA_MATCH_EXACT) {
        s->count.n_exact++;
        return MERA_OK;
    }
    row.given = *given;
    return read_match_row(f, found, &row);
}

/* The unit of what is given, decided or found; MATCH_NO_UNIT when it is said and left out. */
static mera_code match_look(read_file *f, size_t *unit)
{
    struct read_match *m = f->match;
    const match_list *list = m->shared->list;
    match_given given;
    match_found found;
    size_t decided = SIZE_MAX;
    *unit = MATCH_NO_UNIT;
    MERA_TRY(match_split(f, &given));
    MERA_TRY(match_find(list, &given, f->table->scratch, &found));
    MERA_TRY(match_decided(m->shared->decisions, &given, f->table->scratch, &decided));
    const match_decision *d = decided == SIZE_MAX ? NULL : &m->shared->decisions->list[decided];
    if (f->all->collecting) {
        return match_collect(f, &given, &found, decided);
    }
    if (d != NULL && d->says > 0) {
        m->n_approved++;
        *unit = mera_map_get(list->keys, d->key, strlen(d->key)) + 2;
        return MERA_OK;
    }
    if (d != NULL && d->says < 0) {
        return match_fails(f, &given, &found, d);
    }
    if (found.state == MERA_MATCH_EXACT) {
        m->n_exact++;
        *unit = found.unit + 2;
        return MERA_OK;
    }
    return found.state == MERA_MATCH_PROPOSED ? match_waits(f, &given, &found)
                                              : match_fails(f, &given, &found, NULL);
}

mera_code read_match_key(read_file *f, mera_slice *key)
{
    struct read_match *m = f->match;
    const mera_slice given = *key;
    size_t unit = mera_map_get(m->known, given.at, given.n);
    *key = (mera_slice){"", 0};
    if (unit == SIZE_MAX) {
        MERA_TRY(match_look(f, &unit));
        MERA_TRY(mera_map_put(m->known, given.at, given.n, unit, NULL, NULL));
    }
    if (unit != MATCH_NO_UNIT) {
        m->unit = unit - 2;
        const char *text = m->shared->list->unit[m->unit].key;
        *key = (mera_slice){text, strlen(text)};
    }
    return MERA_OK;
}

const char *read_match_name(const read_file *f)
{
    return f->match->shared->list->unit[f->match->unit].name;
}

mera_code read_match_end(read_file *f)
{
    const struct read_match *m = f->match;
    io_findings *all = &f->table->findings;
    MERA_TRY(io_tally_end(all, &m->waiting, "units whose match nobody has approved"));
    MERA_TRY(io_tally_end(all, &m->none,
                          m->none.refuse ? "units that match none of the list"
                                         : "units that match none of the list left out"));
    if (m->n_approved > 0) {
        mera_note(all->diags, "matched", (mera_at){.file = all->path},
                  "units matched exactly: %zu; as approved in %s: %zu", m->n_exact,
                  m->shared->decisions->path, m->n_approved);
    }
    return MERA_OK;
}

mera_code read_match_files(read_all *all)
{
    size_t number = 0;
    for (size_t i = 0; i < all->n_matches; i++) {
        const read_shared_match *m = all->match[i];
        const mera_file list = {.path = m->list->path,
                                .sha256 = m->list->sha256,
                                .encoding = "utf-8",
                                .n_rows = m->list->n};
        const mera_file approved = {.path = m->decisions->path,
                                    .sha256 = m->decisions->sha256,
                                    .encoding = "utf-8",
                                    .n_rows = m->decisions->n};
        MERA_TRY(mera_builder_file(all->b, &list, &number));
        if (approved.sha256[0] != '\0') {
            MERA_TRY(mera_builder_file(all->b, &approved, &number));
        }
    }
    return MERA_OK;
}
