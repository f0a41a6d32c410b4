/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The YAML reader: libyaml's events become values. What can be read on after (a duplicate key, a
 * tag) is recorded and read on; syntax and limits stop. libyaml counts lines and columns from 0 and
 * in characters: they become 1-based here and nowhere else. Source: yaml.org/spec/1.2.2.
 */
#include "methodology/yaml.h"

#include <assert.h>
#include <string.h>

#include "base/grow.h"
#include "base/map.h"
#include "base/text.h"
#include "methodology/tree.h"

/* A value with what it costs to look through it, aliases followed. */
typedef struct yaml_node {
    const mera_value *value;
    size_t size, height;
} yaml_node;

typedef struct yaml_anchor yaml_anchor;
struct yaml_anchor {
    const char *name;
    yaml_node node; /* value NULL while the anchor's own node is being read */
    yaml_anchor *above;
};

typedef struct yaml_reader {
    yaml_parser_t parser;
    yaml_event_t event; /* zeroed when there is none */
    mera_arena *arena;
    mera_diags *diags;
    const char *text, *file, *origin;
    size_t n;
    bool places;         /* values have lines and columns */
    yaml_anchor *anchor; /* the last one */
    size_t n_anchors, n_nodes;
    mera_code refused; /* what was recorded though reading went on */
} yaml_reader;

static mera_code yaml_read_node(yaml_reader *r, size_t depth, yaml_node *out);

static mera_at yaml_place(const yaml_reader *r, const yaml_event_t *event)
{
    mera_at at = {.file = r->file};
    if (r->places) {
        at.line = (uint32_t)event->start_mark.line + 1;
        at.column = (uint32_t)event->start_mark.column + 1;
        if (event->end_mark.line == event->start_mark.line) {
            at.length = (uint32_t)(event->end_mark.column - event->start_mark.column);
        }
    }
    return at;
}

/* Moves on to the next event. */
static mera_code yaml_next(yaml_reader *r)
{
    yaml_event_delete(&r->event);
    memset(&r->event, 0, sizeof r->event);
    if (yaml_parser_parse(&r->parser, &r->event)) {
        return MERA_OK;
    }
    if (r->parser.error == YAML_MEMORY_ERROR) {
        return MERA_ENOMEM;
    }
    return mera_yaml_syntax(&r->parser, r->text, r->n, r->file, r->places, r->diags);
}

static mera_code yaml_count(yaml_reader *r, size_t more, size_t depth, mera_at at)
{
    r->n_nodes += more;
    if (r->n_nodes > MERA_TREE_NODES) {
        return mera_fail(r->diags, MERA_ELIMIT, "too-many-values", at,
                         "more than %d values, those of an alias counted at each use",
                         MERA_TREE_NODES);
    }
    if (depth > MERA_TREE_DEPTH) {
        return mera_fail(r->diags, MERA_ELIMIT, "too-deep", at,
                         "more than %d maps and lists inside each other", MERA_TREE_DEPTH);
    }
    return MERA_OK;
}

/* ---- anchors and aliases ---------------------------------------------------------------- */

static mera_code yaml_anchor_add(yaml_reader *r, const yaml_char_t *name, yaml_anchor **out)
{
    *out = NULL;
    if (name == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(*out, r->arena, 1);
    (*out)->name = mera_arena_strdup(r->arena, (const char *)name);
    MERA_TRY_PTR((*out)->name);
    (*out)->above = r->anchor;
    r->anchor = *out;
    r->n_anchors++;
    return MERA_OK;
}

static mera_code yaml_alias_unknown(yaml_reader *r, const char *name, mera_at at, yaml_node *out)
{
    r->refused = mera_fail(r->diags, MERA_EINPUT, "unknown-alias", at,
                           "no anchor '&%s' stands above the alias '*%s'", name, name);
    const char **names;
    size_t n = 0;
    MERA_TRY_NEW(names, r->arena, r->n_anchors);
    for (const yaml_anchor *anchor = r->anchor; anchor != NULL; anchor = anchor->above) {
        names[n++] = anchor->name;
    }
    const char *nearest = mera_nearest(name, names, n);
    if (nearest != NULL) {
        mera_hint(r->diags, "did you mean '*%s'?", nearest);
    }
    mera_value *nothing;
    MERA_TRY(mera_value_scalar(r->arena, "", false, at, &nothing));
    *out = (yaml_node){.value = nothing, .size = 1};
    return MERA_OK;
}

/* The last anchor of that name counts, as YAML says. */
static mera_code yaml_alias(yaml_reader *r, size_t depth, yaml_node *out)
{
    const char *name = (const char *)r->event.data.alias.anchor;
    const mera_at at = yaml_place(r, &r->event);
    const yaml_anchor *anchor = r->anchor;
    while (anchor != NULL && strcmp(anchor->name, name) != 0) {
        anchor = anchor->above;
    }
    if (anchor == NULL) {
        return yaml_alias_unknown(r, name, at, out);
    }
    if (anchor->node.value == NULL) {
        return mera_fail(r->diags, MERA_EINPUT, "alias-cycle", at,
                         "the alias '*%s' stands inside its own anchor '&%s'", name, name);
    }
    *out = anchor->node;
    return yaml_count(r, out->size, depth + out->height, at);
}

/* ---- scalars, lists, maps --------------------------------------------------------------- */

static void yaml_refuse_tag(yaml_reader *r, const yaml_char_t *tag, mera_at at)
{
    static const char core[] = "tag:yaml.org,2002:"; /* what libyaml makes of "!!" */
    const char *name = (const char *)tag;
    if (name != NULL) {
        const bool short_form = mera_starts_with(name, core);
        at.length = 0;
        r->refused = mera_fail(r->diags, MERA_EINPUT, "tag", at,
                               "the tag '%s%s': tags are not allowed in a methodology",
                               short_form ? "!!" : "", name + (short_form ? strlen(core) : 0));
    }
}

static mera_code yaml_scalar(yaml_reader *r, yaml_node *out)
{
    const mera_at at = yaml_place(r, &r->event);
    const char *text = (const char *)r->event.data.scalar.value;
    const size_t n = r->event.data.scalar.length;
    yaml_refuse_tag(r, r->event.data.scalar.tag, at);
    if (memchr(text, '\0', n) != NULL) {
        r->refused = mera_fail(r->diags, MERA_EINPUT, "nul-character", at,
                               "a text may not hold the character NUL");
    }
    mera_value *value;
    const bool quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    MERA_TRY(mera_value_scalar(r->arena, text, quoted, at, &value));
    value->origin = r->origin;
    *out = (yaml_node){.value = value, .size = 1};
    return MERA_OK;
}

static mera_code yaml_list(yaml_reader *r, size_t depth, yaml_node *out)
{
    mera_value *list;
    MERA_TRY_NEW(list, r->arena, 1);
    *list = (mera_value){.kind = MERA_VALUE_LIST, .origin = r->origin};
    list->at = yaml_place(r, &r->event);
    yaml_refuse_tag(r, r->event.data.sequence_start.tag, list->at);
    const mera_value **items = NULL;
    size_t room = 0;
    *out = (yaml_node){.value = list, .size = 1, .height = 1};
    for (;;) {
        MERA_TRY(yaml_next(r));
        if (r->event.type == YAML_SEQUENCE_END_EVENT) {
            list->items = items;
            return MERA_OK;
        }
        yaml_node item;
        MERA_TRY(yaml_read_node(r, depth + 1, &item));
        MERA_TRY_GROWN(items, r->arena, &room, list->n + 1);
        items[list->n++] = item.value;
        out->size += item.size;
        out->height = item.height >= out->height ? item.height + 1 : out->height;
    }
}

/* Reads a key; *key stays NULL when what stands there cannot be one (it is recorded and read over).
 */
static mera_code yaml_key(yaml_reader *r, size_t depth, mera_entry *entry)
{
    entry->at = yaml_place(r, &r->event);
    entry->key = NULL;
    if (r->event.type != YAML_SCALAR_EVENT) {
        yaml_node ignored;
        r->refused = mera_fail(r->diags, MERA_EINPUT, "bad-key", entry->at,
                               "a key must be plain text, not %s",
                               r->event.type == YAML_ALIAS_EVENT ? "an alias" : "a list or a map");
        return yaml_read_node(r, depth + 1, &ignored);
    }
    const char *text = (const char *)r->event.data.scalar.value;
    const bool quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    yaml_refuse_tag(r, r->event.data.scalar.tag, entry->at);
    if (!quoted && text[0] == '\0') {
        r->refused = mera_fail(r->diags, MERA_EINPUT, "bad-key", entry->at, "a key is missing");
        return MERA_OK;
    }
    if (!quoted && strcmp(text, "<<") == 0) {
        r->refused = mera_fail(r->diags, MERA_EINPUT, "merge-key", entry->at,
                               "merge keys ('<<') are not allowed; repeat the keys");
        return MERA_OK;
    }
    yaml_anchor *ignored;
    MERA_TRY(yaml_anchor_add(r, r->event.data.scalar.anchor, &ignored));
    entry->key = mera_arena_strdup(r->arena, text);
    MERA_TRY_PTR(entry->key);
    return MERA_OK;
}

/* Says so when the map has the key already. */
static mera_code yaml_key_once(yaml_reader *r, mera_map *seen, const mera_value *map,
                               const mera_entry *entries, mera_entry *entry)
{
    size_t first;
    bool added;
    MERA_TRY(mera_map_put(seen, entry->key, strlen(entry->key), map->n, &first, &added));
    if (!added) {
        r->refused = mera_fail(r->diags, MERA_EINPUT, "duplicate-key", entry->at,
                               "the key '%s' stands twice in one map", entry->key);
        mera_within(r->diags, MERA_EINPUT, entries[first].at, "'%s' stands here first", entry->key);
        entry->key = NULL;
    }
    return MERA_OK;
}

static mera_code yaml_map(yaml_reader *r, size_t depth, yaml_node *out)
{
    mera_value *map;
    mera_map *seen;
    mera_entry *entries = NULL;
    size_t room = 0;
    MERA_TRY_NEW(map, r->arena, 1);
    MERA_TRY(mera_map_new(r->arena, 8, &seen));
    *map = (mera_value){.kind = MERA_VALUE_MAP, .origin = r->origin};
    map->at = yaml_place(r, &r->event);
    yaml_refuse_tag(r, r->event.data.mapping_start.tag, map->at);
    *out = (yaml_node){.value = map, .size = 1, .height = 1};
    for (;;) {
        mera_entry entry;
        yaml_node value;
        MERA_TRY(yaml_next(r));
        if (r->event.type == YAML_MAPPING_END_EVENT) {
            map->entries = entries;
            return MERA_OK;
        }
        MERA_TRY(yaml_key(r, depth, &entry));
        MERA_TRY(entry.key != NULL ? yaml_key_once(r, seen, map, entries, &entry) : MERA_OK);
        MERA_TRY(yaml_next(r));
        MERA_TRY(yaml_read_node(r, depth + 1, &value));
        if (entry.key == NULL) {
            continue;
        }
        MERA_TRY_GROWN(entries, r->arena, &room, map->n + 1);
        entry.value = value.value;
        entries[map->n++] = entry;
        out->size += value.size;
        out->height = value.height >= out->height ? value.height + 1 : out->height;
    }
}

/* Reads the node whose first event is the current one; its last event is current afterwards. */
static mera_code yaml_read_node(yaml_reader *r, size_t depth, yaml_node *out)
{
    if (r->event.type == YAML_ALIAS_EVENT) {
        return yaml_alias(r, depth, out);
    }
    const bool is_map = r->event.type == YAML_MAPPING_START_EVENT;
    const bool is_list = r->event.type == YAML_SEQUENCE_START_EVENT;
    const yaml_char_t *name = is_map    ? r->event.data.mapping_start.anchor
                              : is_list ? r->event.data.sequence_start.anchor
                                        : r->event.data.scalar.anchor;
    yaml_anchor *anchor;
    assert(is_map || is_list || r->event.type == YAML_SCALAR_EVENT);
    MERA_TRY(yaml_count(r, 1, is_map || is_list ? depth + 1 : depth, yaml_place(r, &r->event)));
    MERA_TRY(yaml_anchor_add(r, name, &anchor));
    MERA_TRY(is_map    ? yaml_map(r, depth, out)
             : is_list ? yaml_list(r, depth, out)
                       : yaml_scalar(r, out));
    if (anchor != NULL) {
        anchor->node = *out;
    }
    return MERA_OK;
}

/* ---- documents -------------------------------------------------------------------------- */

static mera_code yaml_document(yaml_reader *r, const mera_value **out)
{
    MERA_TRY(yaml_next(r)); /* the start of the stream */
    MERA_TRY(yaml_next(r));
    if (r->event.type == YAML_STREAM_END_EVENT) {
        mera_value *nothing;
        mera_at at = {.file = r->file, .line = r->places ? 1 : 0, .column = r->places ? 1 : 0};
        MERA_TRY(mera_value_scalar(r->arena, "", false, at, &nothing));
        nothing->origin = r->origin;
        *out = nothing;
        return MERA_OK;
    }
    yaml_node root = {0};
    MERA_TRY(yaml_next(r));
    MERA_TRY(yaml_read_node(r, 0, &root));
    MERA_TRY(yaml_next(r)); /* the end of the document */
    MERA_TRY(yaml_next(r));
    if (r->event.type != YAML_STREAM_END_EVENT) {
        r->refused = mera_fail(r->diags, MERA_EINPUT, "several-documents", yaml_place(r, &r->event),
                               "a second document starts here; a file holds one methodology");
    }
    *out = root.value;
    return r->refused;
}

static mera_code yaml_run(yaml_reader *r, const mera_value **out)
{
    if (!yaml_parser_initialize(&r->parser)) {
        return MERA_ENOMEM;
    }
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->text, r->n);
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    const mera_code rc = yaml_document(r, out);
    yaml_event_delete(&r->event);
    yaml_parser_delete(&r->parser);
    return rc;
}

mera_code mera_yaml_read(const char *text, size_t n, const char *file, mera_arena *arena,
                         mera_diags *diags, const mera_value **out)
{
    *out = NULL;
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark says nothing here */
        text += 3;
        n -= 3;
    }
    if (diags != NULL) {
        mera_diags_source(diags, file, text, n);
    }
    if (n > MERA_TREE_BYTES) {
        return mera_fail(diags, MERA_ELIMIT, "too-long", (mera_at){.file = file},
                         "the file has %zu bytes; a methodology may have %d", n, MERA_TREE_BYTES);
    }
    MERA_TRY(mera_yaml_encoding(text, n, file, diags));
    yaml_reader reader = {.arena = arena, .diags = diags, .text = text, .n = n, .file = file};
    reader.places = true;
    return yaml_run(&reader, out);
}

mera_code mera_yaml_flow(const char *text, const char *label, const char *origin, mera_arena *arena,
                         mera_diags *diags, const mera_value **out)
{
    *out = NULL;
    const size_t n = strlen(text);
    if (n > MERA_TREE_BYTES || !mera_utf8_valid(text, n)) {
        return mera_fail(diags, MERA_EINPUT, "not-utf-8", (mera_at){.file = label},
                         "the value is not UTF-8 text of at most %d bytes", MERA_TREE_BYTES);
    }
    yaml_reader reader = {.arena = arena, .diags = diags, .text = text, .n = n, .file = label};
    reader.origin = origin;
    return yaml_run(&reader, out);
}
