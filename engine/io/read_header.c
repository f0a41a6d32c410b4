/* SPDX-License-Identifier: Apache-2.0 */
/** @file The fields of a file: which are keys, names, periods and texts; periods in field names. */
#include "base/grow.h"
#include "io/blocks.h"
#include "io/read_match.h"

#include <string.h>

size_t read_wants(const mera_map *wanted, mera_slice name)
{
    return wanted == NULL ? SIZE_MAX : mera_map_get(wanted, name.at, name.n);
}

static mera_slice read_slice(const char *text)
{
    return (mera_slice){text, strlen(text)};
}

mera_code read_period(read_file *f, mera_slice label, size_t *period, bool *wanted)
{
    read_all *all = f->all;
    bool added = false;
    MERA_TRY(mera_map_put(all->labels, label.at, label.n, 0, NULL, &added));
    if (added) {
        const char **list = mera_grown(all->scratch, all->label, &all->room_labels,
                                       all->n_labels + 1, sizeof *list);
        MERA_TRY_PTR(list);
        all->label = list;
        list[all->n_labels++] = mera_map_key(all->labels, label.at, label.n);
    }
    *wanted = all->periods == NULL || read_wants(all->periods, label) != SIZE_MAX;
    if (*wanted) {
        MERA_TRY(mera_builder_period(all->b, label.at, label.n, period));
    }
    return MERA_OK;
}

/* A field of that name twice, and both wanted. */
static mera_code header_twin(read_file *f, size_t field)
{
    io_table *t = f->table;
    if (t->twin[field] == SIZE_MAX) {
        return MERA_OK;
    }
    return IO_FAIL(&t->findings, "duplicate-field", io_table_header_at(t, field),
                   "the header has '%s' twice: fields %zu and %zu", t->name[field],
                   t->twin[field] + 1, field + 1);
}

mera_code read_role(read_file *f, const char *name, const char *what, bool must, size_t *field)
{
    *field = SIZE_MAX;
    if (name == NULL) {
        return MERA_OK;
    }
    *field = io_table_field(f->table, name);
    if (*field == SIZE_MAX) {
        return must ? io_table_no_field(f->table, name, what) : MERA_OK;
    }
    for (size_t i = *field + 1; i < f->table->n_fields; i++) {
        if (f->table->twin[i] == *field) {
            return header_twin(f, i);
        }
    }
    return MERA_OK;
}

static mera_code header_keys(read_file *f)
{
    const mera_source *s = f->source;
    mera_code code = MERA_OK;
    if (s->match != NULL) {
        return read_match_start(f);
    }
    for (size_t i = 0; i < s->n_key; i++) {
        const mera_code one = read_role(f, s->key[i], "key of the units", true, &f->key[i]);
        code = one == MERA_OK ? code : one;
    }
    f->n_key = s->n_key;
    if (s->n_key == 0 && s->layout == MERA_LAYOUT_BLOCKS) {
        f->n_key = 1;
        f->key[0] = BLOCKS_NAME;
    } else if (s->n_key == 0) {
        f->n_key = 1;
        f->key[0] = 0;
        mera_note(f->all->diags, "key-assumed", io_table_header_at(f->table, 0),
                  "the first field, '%s', is taken as the key of the units", f->table->name[0]);
    }
    return code;
}

/* The period of the file's rows: a field, or one label for all. */
static mera_code header_period(read_file *f)
{
    const mera_source *s = f->source;
    read_all *all = f->all;
    MERA_TRY(read_role(f, s->period, "period", false, &f->period));
    if (s->layout == MERA_LAYOUT_BLOCKS && f->period == SIZE_MAX) {
        f->period = BLOCKS_PERIOD;
    }
    all->period_seen |= f->period != SIZE_MAX;
    if (s->period != NULL && s->period_is == NULL && s->header_period == NULL &&
        all->period_asked == NULL) {
        all->period_asked = s;
    }
    if (f->period != SIZE_MAX && s->header_period != NULL) {
        return IO_FAIL(&f->table->findings, "period-twice", io_table_header_at(f->table, f->period),
                       "periods are in the field '%s' and, by 'header_period', in the field names",
                       s->period);
    }
    all->timed |= f->period != SIZE_MAX || s->period_is != NULL || s->header_period != NULL;
    if (f->period == SIZE_MAX && s->period_is != NULL) {
        bool wanted = false;
        MERA_TRY(read_period(f, read_slice(s->period_is), &f->whole_period, &wanted));
        f->skip_all = !wanted;
    }
    return MERA_OK;
}

static bool header_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the separator stands: the last one when the column comes first, so that it takes as much as
 * it can, else the first one. */
static const char *header_cut(const char *from, const char *end, mera_slice between, bool last)
{
    const char *cut = NULL;
    for (const char *at = from; at + between.n <= end; at++) {
        if (memcmp(at, between.at, between.n) == 0 && (last || cut == NULL)) {
            cut = at;
        }
    }
    return cut;
}

/* Without a separator ("score1992") the digits at that end are the period. */
static const char *header_cut_at_digits(const char *from, const char *end, bool at_end)
{
    const char *at = at_end ? end : from;
    while (at_end ? at > from && header_is_digit(at[-1]) : at < end && header_is_digit(*at)) {
        at += at_end ? -1 : 1;
    }
    return at;
}

/* A field named by its period, with something around it perhaps. */
static bool header_split_period(const mera_source *source, const char *name, mera_slice *column,
                                mera_slice *period)
{
    const char *hole = strstr(source->header_period, "{period}");
    if (hole == NULL) {
        return false;
    }
    const mera_slice before = {source->header_period, (size_t)(hole - source->header_period)};
    const mera_slice after = read_slice(hole + strlen("{period}"));
    const size_t n = strlen(name);
    if (n <= before.n + after.n || strncmp(name, before.at, before.n) != 0 ||
        memcmp(name + n - after.n, after.at, after.n) != 0) {
        return false;
    }
    *column = read_slice(source->indicator_is);
    *period = (mera_slice){name + before.n, n - before.n - after.n};
    return true;
}

bool read_split(const mera_source *source, const char *name, mera_slice *column, mera_slice *period)
{
    if (source->indicator_is != NULL) {
        return header_split_period(source, name, column, period);
    }
    const char *pattern = source->header_period;
    const char *c = strstr(pattern, "{column}"), *p = strstr(pattern, "{period}");
    if (c == NULL || p == NULL) {
        return false;
    }
    const bool column_first = c < p;
    const char *first = column_first ? c : p, *second = column_first ? p : c;
    const size_t n_hole = strlen("{column}"); /* and of "{period}" */
    const mera_slice before = {pattern, (size_t)(first - pattern)};
    const mera_slice between = {first + n_hole, (size_t)(second - first) - n_hole};
    const mera_slice after = read_slice(second + n_hole);
    const size_t n = strlen(name);
    if (n < before.n + between.n + after.n || strncmp(name, before.at, before.n) != 0 ||
        memcmp(name + n - after.n, after.at, after.n) != 0) {
        return false;
    }
    const char *from = name + before.n, *end = name + n - after.n;
    const char *cut = between.n == 0 ? header_cut_at_digits(from, end, column_first)
                                     : header_cut(from, end, between, column_first);
    if (cut == NULL || cut == from || cut + between.n == end) {
        return false;
    }
    const mera_slice left = {from, (size_t)(cut - from)};
    const mera_slice right = {cut + between.n, (size_t)(end - cut) - between.n};
    *column = column_first ? left : right;
    *period = column_first ? right : left;
    return true;
}

bool read_has_digit(mera_slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (header_is_digit(text.at[i])) {
            return true;
        }
    }
    return false;
}

bool read_split_by_digits(const read_file *f)
{
    mera_slice column, period;
    for (size_t i = 0; i < f->table->n_fields; i++) {
        if (read_split(f->source, f->table->name[i], &column, &period) && read_has_digit(period)) {
            return true;
        }
    }
    return false;
}

static mera_code header_pattern(read_file *f)
{
    const char *pattern = f->source->header_period;
    if (pattern != NULL && f->source->indicator_is == NULL &&
        (strstr(pattern, "{column}") == NULL || strstr(pattern, "{period}") == NULL)) {
        f->table->findings.n_errors++;
        return mera_fail(f->all->diags, MERA_EINPUT, "header-period", f->source->at,
                         "header_period '%s' must hold {column} and {period}", pattern);
    }
    return MERA_OK;
}

/* A field wanted as text, plain or with the period in its name. */
static mera_code header_text(read_file *f, size_t field, bool digits)
{
    const char *name = f->table->name[field];
    mera_slice column = read_slice(name), label = {"", 0};
    size_t period = READ_ROW_PERIOD;
    size_t attribute = read_wants(f->all->attributes, column);
    if (attribute == SIZE_MAX && f->source->header_period != NULL &&
        read_split(f->source, name, &column, &label) && (!digits || read_has_digit(label)) &&
        (attribute = read_wants(f->all->attributes, column)) != SIZE_MAX) {
        bool wanted = false;
        f->all->attribute_seen[attribute] = true;
        MERA_TRY(read_period(f, label, &period, &wanted));
        attribute = wanted ? attribute : SIZE_MAX;
    }
    if (attribute == SIZE_MAX) {
        return MERA_OK;
    }
    f->all->attribute_seen[attribute] = true;
    f->text[f->n_texts++] = (read_text){field, attribute, period};
    return header_twin(f, field);
}

static mera_code header_texts(read_file *f)
{
    mera_code code = MERA_OK;
    MERA_TRY_NEW(f->text, f->table->scratch, f->table->n_fields);
    if (f->all->attributes == NULL) {
        return MERA_OK;
    }
    const bool digits = f->source->header_period != NULL && read_split_by_digits(f);
    for (size_t i = 0; i < f->table->n_fields; i++) {
        const mera_code one = header_text(f, i, digits);
        code = one == MERA_OK ? code : one;
    }
    return code;
}

/* The worse of two codes: memory and the system before what was refused. */
static mera_code header_worse(mera_code a, mera_code b)
{
    return a > b ? a : b;
}

mera_code read_header(read_file *f)
{
    const mera_source *s = f->source;
    const bool is_long = s->layout == MERA_LAYOUT_LONG || s->layout == MERA_LAYOUT_BLOCKS;
    f->whole_period = f->indicator = f->value = SIZE_MAX;
    mera_code code = header_pattern(f);
    code = header_worse(code, header_keys(f));
    code = header_worse(code, io_table_where(f->table));
    code = header_worse(code, read_role(f, s->name, "name of the units", false, &f->name));
    f->all->name_seen |= f->name != SIZE_MAX;
    f->all->name_asked = s->name != NULL && f->all->name_asked == NULL ? s : f->all->name_asked;
    code = header_worse(code, header_period(f));
    if (is_long) {
        const char *indicator = s->indicator == NULL ? "indicator" : s->indicator;
        const char *value = s->value == NULL ? "value" : s->value;
        code = header_worse(
            code, read_role(f, indicator, "indicator of a long table", true, &f->indicator));
        code = header_worse(code, read_role(f, value, "value of a long table", true, &f->value));
    }
    if (code != MERA_OK || s->layout == MERA_LAYOUT_SURVEY) {
        return code; /* texts of a sheet are of who answered, not of the unit */
    }
    return header_texts(f);
}
