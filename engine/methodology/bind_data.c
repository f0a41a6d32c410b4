/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * `data:` -- one mera_source an entry, with key, name and period filled in from `units:`. An entry
 * without a file gives a source whose path is NULL: it says how files that the caller names are to
 * be read.
 */
#include <string.h>

#include "base/text.h"
#include "io/file.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

enum { DATA_KEYS = 4 }; /* of one source, as in mera_source */

/* A word of the file and what it means to the reader. */
typedef struct data_word {
    const char *word;
    int meaning;
} data_word;

static int data_meaning(const mera_value *map, const char *key, const data_word *words, size_t n,
                        int fallback)
{
    const char *text = mera_bind_text(map, key);
    for (size_t i = 0; text != NULL && i < n; i++) {
        if (strcmp(words[i].word, text) == 0) {
            return words[i].meaning;
        }
    }
    return fallback;
}

#define DATA_WORD(map, key, words, fallback) \
    data_meaning((map), (key), (words), sizeof(words) / sizeof *(words), (fallback))

static mera_code data_key(mera_binder *b, const mera_value *value, mera_source *source)
{
    mera_text_list keys;
    MERA_TRY(mera_bind_texts(b, value, &keys));
    for (size_t i = 0; i < keys.n && i < DATA_KEYS; i++) {
        source->key[source->n_key++] = keys.v[i];
    }
    return MERA_OK;
}

/* What `units:` says holds for every file that does not say otherwise. */
static mera_code data_identify(mera_binder *b, const mera_value *map, mera_source *source)
{
    const mera_value *key = mera_value_get(map, "key");
    const char *name = mera_bind_text(map, "name");
    /* Blocks have fields of their own: what `units:` says is of the other files. */
    const bool blocks = mera_streq(mera_bind_text(map, "layout"), "blocks");
    const mera_value *units = blocks ? NULL : mera_value_get(b->tree, "units");
    MERA_TRY(data_key(b, key != NULL ? key : mera_value_get(units, "key"), source));
    source->name = name != NULL ? name : mera_bind_text(units, "name");
    source->period = mera_bind_text(map, "period");
    source->period_is = mera_bind_text(map, "period_is");
    source->header_period = mera_bind_text(map, "header_period");
    source->indicator_is = mera_bind_text(map, "indicator_is");
    if (source->indicator_is != NULL && source->header_period == NULL) {
        source->header_period = "{period}";
    }
    if (source->period != NULL || source->period_is != NULL || source->header_period != NULL) {
        return MERA_OK;
    }
    source->period = mera_bind_text(units, "period");
    if (source->period == NULL && !blocks && b->m->period_use == MERA_USE_NAMED &&
        b->m->n_periods == 1) {
        source->period_is = b->m->period[0];
    }
    return MERA_OK;
}

static mera_code data_renames(mera_binder *b, const mera_value *map, mera_source *source)
{
    const size_t room = map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    mera_rename *rename;
    MERA_TRY_NEW(rename, b->arena, room);
    for (size_t i = 0; i < room; i++) {
        const mera_entry *entry = &map->entries[i];
        if (mera_tree_is_scalar(entry->value)) {
            rename[source->n_rename++] = (mera_rename){entry->key, entry->value->text};
        }
    }
    source->rename = rename;
    return MERA_OK;
}

static mera_code data_where(mera_binder *b, const mera_value *map, mera_source *source)
{
    const size_t room = map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    mera_where *where;
    MERA_TRY_NEW(where, b->arena, room);
    source->where = where;
    for (size_t i = 0; i < room; i++) {
        mera_text_list texts;
        MERA_TRY(mera_bind_texts(b, map->entries[i].value, &texts));
        where[source->n_where++] = (mera_where){map->entries[i].key, texts.v, texts.n};
    }
    return MERA_OK;
}

static mera_code data_marks(mera_binder *b, const mera_value *value, mera_source *source)
{
    static const char *const reasons[] = {"absent", "suppressed", "not_applicable", NULL};
    static const mera_reason meaning[] = {MERA_ABSENT, MERA_SUPPRESSED, MERA_NOT_APPLICABLE};
    const size_t room = value == NULL ? 0 : value->n + 1;
    mera_mark *mark;
    MERA_TRY_NEW(mark, b->arena, room);
    source->mark = mark;
    if (value != NULL && value->kind == MERA_VALUE_MAP) {
        for (size_t i = 0; i < value->n; i++) {
            const char *key = value->entries[i].key;
            const int reason = mera_bind_choice(value, key, reasons, 0);
            mark[source->n_mark++] = (mera_mark){key, meaning[reason]};
        }
        return MERA_OK;
    }
    mera_text_list texts;
    MERA_TRY(mera_bind_texts(b, value, &texts));
    for (size_t i = 0; i < texts.n; i++) {
        mark[source->n_mark++] = (mera_mark){texts.v[i], MERA_ABSENT};
    }
    return MERA_OK;
}

mera_code mera_bind_path(mera_binder *b, const mera_value *file, const char **path)
{
    *path = NULL;
    if (!mera_tree_is_scalar(file)) {
        return MERA_OK;
    }
    const bool in_file = file->at.file != NULL && file->at.line > 0;
    *path = mera_path_beside(in_file ? file->at.file : b->m->path, file->text, b->arena);
    return *path != NULL ? MERA_OK : MERA_ENOMEM;
}

/* A file, or a server; what is wanted of a database. */
static mera_code data_path(mera_binder *b, const mera_value *map, mera_source *source)
{
    const mera_value *file = mera_value_get(map, "file");
    const mera_entry *server = mera_value_entry(map, "database");
    source->table = mera_bind_text(map, "table");
    source->query = mera_bind_text(map, "query");
    source->database = mera_bind_text(map, "database");
    if (source->table != NULL && source->query != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "said-twice", mera_value_entry(map, "query")->at,
                  "'table' and 'query' both say what is wanted of the database");
    }
    if (source->database == NULL) {
        source->at = mera_tree_is_scalar(file) ? file->at : source->at;
        return mera_bind_path(b, file, &source->path);
    }
    source->at = server->at;
    if (file != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "said-twice", server->at,
                  "'file' and 'database' both say where the data are");
    }
    source->path = mera_arena_printf(b->arena, "postgresql(%s)", source->database);
    return source->path != NULL ? MERA_OK : MERA_ENOMEM;
}

char mera_bind_mark(const mera_value *map, const char *key)
{
    const char *text = mera_bind_text(map, key);
    if (text == NULL) {
        return 0;
    }
    return strcmp(text, "tab") == 0 ? '\t' : text[0];
}

static void data_policies(const mera_value *map, size_t index, mera_source *source)
{
    static const data_word layouts[] = {{"wide", MERA_LAYOUT_WIDE},
                                        {"long", MERA_LAYOUT_LONG},
                                        {"survey", MERA_LAYOUT_SURVEY},
                                        {"blocks", MERA_LAYOUT_BLOCKS}};
    static const data_word censored[] = {{"missing", MERA_CENSORED_MISSING},
                                         {"half", MERA_CENSORED_HALF},
                                         {"bound", MERA_CENSORED_BOUND}};
    static const data_word policies[] = {{"refuse", MERA_REFUSE},      {"first", MERA_FIRST},
                                         {"last", MERA_LAST},          {"skip", MERA_SKIP},
                                         {"missing", MERA_AS_MISSING}, {"add", MERA_ADD}};
    static const data_word merged[] = {
        {"first", MERA_MERGED_FIRST}, {"fill", MERA_MERGED_FILL}, {"refuse", MERA_MERGED_REFUSE}};
    const int unmatched = index == 0 ? MERA_ADD : MERA_REFUSE;
    source->layout = (mera_layout)DATA_WORD(map, "layout", layouts, MERA_LAYOUT_WIDE);
    source->merged = (mera_merged)DATA_WORD(map, "merged", merged, MERA_MERGED_FIRST);
    source->censored = (mera_censored)DATA_WORD(map, "censored", censored, MERA_CENSORED_MISSING);
    source->duplicates = (mera_policy)DATA_WORD(map, "duplicates", policies, MERA_REFUSE);
    source->bad_rows = (mera_policy)DATA_WORD(map, "bad_rows", policies, MERA_REFUSE);
    source->bad_numbers = (mera_policy)DATA_WORD(map, "bad_numbers", policies, MERA_REFUSE);
    source->unmatched = (mera_policy)DATA_WORD(map, "unmatched", policies, unmatched);
}

/* The long layout needs to know where the name and the number stand, the wide one must not. */
static void data_check_layout(mera_binder *b, const mera_value *map, const mera_source *source)
{
    static const char *const keys[] = {"indicator", "value"};
    for (size_t i = 0; i < 2; i++) {
        const mera_entry *entry = mera_value_entry(map, keys[i]);
        if (source->layout == MERA_LAYOUT_LONG && entry == NULL) {
            mera_fail(b->diags, MERA_EINPUT, "missing-key", map->at,
                      "data in the long layout need '%s': the field that holds the %s", keys[i],
                      i == 0 ? "column's name" : "number");
        } else if (source->layout != MERA_LAYOUT_LONG && entry != NULL) {
            mera_fail(b->diags, MERA_EINPUT, "bad-layout", entry->at,
                      "'%s' is for data in the long layout", keys[i]);
            mera_hint(b->diags, "add 'layout: long'");
        }
    }
    const mera_entry *of_year = mera_value_entry(map, "of_year");
    if (source->layout != MERA_LAYOUT_BLOCKS && of_year != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "bad-layout", of_year->at,
                  "'of_year' is for data in blocks");
        mera_hint(b->diags, "add 'layout: blocks'");
    }
    const char *pattern = source->header_period;
    if (pattern != NULL &&
        ((strstr(pattern, "{column}") == NULL) != (source->indicator_is != NULL) ||
         strstr(pattern, "{period}") == NULL)) {
        mera_fail(b->diags, MERA_EINPUT, "bad-pattern", mera_value_get(map, "header_period")->at,
                  "'header_period' is '%s'; it must hold {column} and {period}, as in "
                  "\"{column}_{period}\", or with 'indicator_is' {period} alone",
                  pattern);
    }
}

/* Codes are followed where the key is one field. */
static void data_codes(mera_binder *b, const mera_recode *codes, mera_source *source)
{
    source->codes = codes;
    if (codes != NULL && source->n_key > 1) {
        mera_fail(b->diags, MERA_EINPUT, "bad-codes", codes->source.at,
                  "'codes' follow a key of one field, and here it is of %zu", source->n_key);
        source->codes = NULL;
    }
}

static mera_code data_source(mera_binder *b, const mera_value *map, size_t index,
                             const mera_unit_list *list, const mera_recode *codes,
                             mera_source *source)
{
    mera_text_list zero, of_year;
    const double skip = mera_bind_number(map, "skip_rows", 0);
    *source = (mera_source){.at = map->at};
    MERA_TRY(data_path(b, map, source));
    MERA_TRY(data_identify(b, map, source));
    MERA_TRY(data_renames(b, mera_value_get(map, "rename"), source));
    MERA_TRY(data_where(b, mera_value_get(map, "where"), source));
    MERA_TRY(data_marks(b, mera_value_get(map, "missing"), source));
    MERA_TRY(mera_bind_texts(b, mera_value_get(map, "zero_missing"), &zero));
    data_policies(map, index, source);
    MERA_TRY(mera_bind_texts(b, mera_value_get(map, "of_year"), &of_year));
    source->of_year = of_year.v;
    source->n_of_year = of_year.n;
    source->zero_missing = zero.v;
    source->n_zero_missing = zero.n;
    source->indicator = mera_bind_text(map, "indicator");
    source->value = mera_bind_text(map, "value");
    source->encoding = mera_bind_text(map, "encoding");
    source->delimiter = mera_bind_mark(map, "delimiter");
    source->decimal = mera_bind_mark(map, "decimal");
    source->skip_rows = skip >= 0 && skip <= 1e6 ? (size_t)skip : 0;
    source->sheet = mera_bind_text(map, "sheet");
    source->range = mera_bind_text(map, "range");
    source->header_rows = (size_t)mera_bind_number(map, "header_rows", 1);
    source->footnotes = mera_bind_bool(map, "footnotes", false);
    source->only_marks = mera_bind_bool(map, "only_marks", false);
    source->numbers_in_text = mera_bind_bool(map, "numbers_in_text", false);
    data_check_layout(b, map, source);
    MERA_TRY(mera_bind_match(b, map, list, source));
    data_codes(b, codes, source);
    return mera_bind_survey(b, map, source);
}

mera_code mera_bind_data(mera_binder *b)
{
    const mera_value *data = mera_value_get(b->tree, "data");
    const bool list = data != NULL && data->kind == MERA_VALUE_LIST;
    const size_t room = list ? data->n : data != NULL ? 1 : 0;
    mera_source *sources;
    MERA_TRY_NEW(sources, b->arena, room);
    b->m->source = sources;
    const mera_unit_list *units = NULL;
    const mera_recode *codes = NULL;
    MERA_TRY(mera_bind_list(b, &units));
    MERA_TRY(mera_bind_codes(b, &codes));
    b->m->codes = codes;
    for (size_t i = 0; i < room; i++) {
        const mera_value *map = list ? data->items[i] : data;
        if (map->kind != MERA_VALUE_MAP) {
            continue;
        }
        MERA_TRY(data_source(b, map, b->m->n_sources, units, codes, &sources[b->m->n_sources]));
        b->m->n_sources++;
    }
    return MERA_OK;
}
