/* SPDX-License-Identifier: Apache-2.0 */
/** @file Registration of a methodology (journal/registration.h). */
#include "journal/registration.h"

#include "base/hash.h"
#include "base/text.h"
#include "io/file.h"
#include "methodology/yaml.h"

enum { REGISTRATION_BYTES = 4 << 20 };

static const char *const registration_words[] = {NULL, "registered", "registered-with-data",
                                                 "changed"};

const char *mera_registered_word(mera_registered_kind kind)
{
    return registration_words[kind];
}

/* ---- writing ------------------------------------------------------------------------------ */

static mera_code registration_hash(const char *path, mera_arena *arena, mera_diags *diags,
                                   const char **out)
{
    const char *bytes;
    char hex[65];
    size_t n;
    MERA_TRY(mera_file_read(path, 0, MERA_NOWHERE, arena, diags, &bytes, &n));
    mera_sha256_of(bytes, n, hex);
    *out = mera_arena_strdup(arena, hex);
    return *out != NULL ? MERA_OK : MERA_ENOMEM;
}

static mera_code registration_data(const mera_methodology *m, mera_arena *arena, mera_diags *diags,
                                   mera_text *out)
{
    mera_text_add(out, "data: # files that were there already\n");
    for (size_t i = 0; i < m->n_sources; i++) {
        const mera_source *source = &m->source[i];
        const char *sha256;
        if (source->path != NULL && mera_file_exists(source->path)) {
            MERA_TRY(registration_hash(source->path, arena, diags, &sha256));
            mera_text_addf(out, "  %s: %s\n", sha256, mera_path_name(source->path));
        }
    }
    return MERA_OK;
}

static mera_code registration_plugins(const mera_project *project, mera_arena *arena,
                                      mera_text *out)
{
    const mera_plugin_record *plugin;
    size_t n;
    MERA_TRY(mera_project_plugins(project, arena, &plugin, &n));
    mera_text_add(out, "plugins:\n");
    for (size_t i = 0; i < n; i++) {
        mera_text_addf(out, "  %s: %s\n", plugin[i].id, plugin[i].sha256);
    }
    return MERA_OK;
}

/** The effective methodology, a line a key. */
static mera_code registration_effective(const mera_value *tree, mera_arena *arena, mera_text *out)
{
    mera_text_add(out, "effective:\n");
    for (size_t i = 0; i < tree->n; i++) {
        const mera_entry *entry = &tree->entries[i];
        if (mera_streq(entry->key, "variants") || mera_streq(entry->key, "grid") ||
            mera_streq(entry->key, "record")) {
            continue;
        }
        const char *flow = mera_methodology_flow(entry->value, arena);
        MERA_TRY_PTR(flow);
        mera_text_addf(out, "  %s: %s\n", entry->key, flow);
    }
    return MERA_OK;
}

mera_code mera_registration_text(const mera_project *project, const char *at, mera_arena *arena,
                                 mera_diags *diags, const char **out)
{
    const mera_methodology *m = mera_project_methodology(project);
    mera_text text = {.arena = arena};
    mera_text_add(&text, "# Written by 'mera register': this methodology was fixed at this time.\n"
                         "# 'mera score' says whether it has changed since.\n");
    mera_text_addf(&text, "registered: \"%s\"\nmethodology: %s\nsha256: %s\n", at, m->id,
                   m->sha256);
    MERA_TRY(registration_plugins(project, arena, &text));
    MERA_TRY(registration_data(m, arena, diags, &text));
    MERA_TRY(registration_effective(m->tree, arena, &text));
    *out = mera_text_string(&text);
    return *out != NULL ? MERA_OK : MERA_ENOMEM;
}

/* ---- reading ------------------------------------------------------------------------------ */

static const char *registration_text_of(const mera_value *file, const char *key)
{
    const mera_value *value = mera_value_get(file, key);
    return value != NULL ? value->text : NULL;
}

static mera_code registration_wrong(const mera_value *file, const char *path, mera_diags *diags)
{
    mera_fail(diags, MERA_EINPUT, "bad-registration", file->at,
              "'%s' is not a registration: it needs registered, sha256 and effective", path);
    mera_hint(diags, "'mera register' writes one; take this file away when it is something else");
    return MERA_EINPUT;
}

static const mera_value *registration_map(const mera_value *file, const char *key)
{
    const mera_value *value = mera_value_get(file, key);
    return value != NULL && value->kind == MERA_VALUE_MAP ? value : NULL;
}

/** Was a file of the data there? */
static void registration_had(const mera_value *file, const mera_result *result,
                             mera_registered *out)
{
    const mera_value *data = registration_map(file, "data");
    for (size_t i = 0; i < result->data->n_files; i++) {
        if (mera_value_get(data, result->data->file[i].sha256) != NULL) {
            out->data = result->data->file[i].path;
            out->kind = MERA_REGISTERED_WITH_DATA;
            return;
        }
    }
}

static void registration_plugin_changed(const mera_value *file, const mera_result *result,
                                        mera_registered *out)
{
    const mera_value *plugins = registration_map(file, "plugins");
    for (size_t i = 0; i < result->n_plugins && out->plugin == NULL; i++) {
        const char *sha256 = registration_text_of(plugins, result->plugin[i].id);
        if (sha256 == NULL || !mera_streq(sha256, result->plugin[i].sha256)) {
            out->plugin = result->plugin[i].id;
            out->kind = MERA_REGISTERED_CHANGED;
        }
    }
}

static mera_code registration_judge(const mera_value *file, const mera_result *result,
                                    mera_arena *arena, mera_registered *out)
{
    const mera_methodology *m = result->methodology;
    const mera_value **tree; /* kept with the settings */
    out->kind = MERA_REGISTERED;
    registration_had(file, result, out);
    registration_plugin_changed(file, result, out);
    if (mera_streq(registration_text_of(file, "sha256"), m->sha256)) {
        return MERA_OK;
    }
    out->kind = MERA_REGISTERED_CHANGED;
    MERA_TRY_NEW(tree, arena, 2);
    tree[0] = mera_value_get(file, "effective");
    tree[1] = m->tree;
    return mera_compare_settings(tree, 2, arena, &out->setting, &out->n_settings);
}

mera_code mera_registration_of(const mera_result *result, mera_arena *arena, mera_diags *diags,
                               mera_registered *out)
{
    const char *bytes,
        *path = mera_path_beside(result->methodology->path, MERA_REGISTRATION_FILE, arena);
    const mera_value *file = NULL;
    size_t n;
    *out = (mera_registered){.kind = MERA_NOT_REGISTERED};
    MERA_TRY_PTR(path);
    if (!mera_file_exists(path)) {
        return MERA_OK;
    }
    MERA_TRY(mera_file_read(path, REGISTRATION_BYTES, MERA_NOWHERE, arena, diags, &bytes, &n));
    mera_diags_source(diags, path, bytes, n);
    MERA_TRY(mera_yaml_read(bytes, n, path, arena, diags, &file));
    out->at = registration_text_of(file, "registered");
    if (out->at == NULL || registration_text_of(file, "sha256") == NULL ||
        registration_map(file, "effective") == NULL) {
        return registration_wrong(file, path, diags);
    }
    return registration_judge(file, result, arena, out);
}
