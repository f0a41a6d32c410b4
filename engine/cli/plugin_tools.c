/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the commands for authors of plugins share: finding one, opening it, its sample. */
#include "cli/plugin_tools.h"
#include "cli/session.h"

#include <string.h>

#include "io/file.h"
#include "run/plugin_files.h"

mera_code cli_plugin_places(const cli *c, mera_text_list *out)
{
    mera_text_list path;
    cli_list list = {0};
    MERA_TRY(cli_list_add(&list, "plugins", c->arena));
    MERA_TRY(cli_plugin_path(c, &path));
    for (size_t i = 0; i < path.n; i++) {
        MERA_TRY(cli_list_add(&list, path.v[i], c->arena));
    }
    *out = (mera_text_list){.n = list.n, .v = list.v};
    return MERA_OK;
}

static bool tools_is_plugin(const char *folder, mera_arena *arena)
{
    const char *script = mera_path_join(folder, "plugin.lua", arena);
    return script != NULL && mera_file_exists(script);
}

/** A plugin of the folder we are in whose name is near. */
static const char *tools_near_here(const cli *c, const char *name)
{
    const char *const *names, *near;
    size_t n;
    if (mera_folder_list(".", c->arena, NULL, &names, &n) != MERA_OK) {
        return NULL;
    }
    near = mera_nearest(name, names, n);
    return near != NULL && tools_is_plugin(near, c->arena) ? near : NULL;
}

static mera_code tools_no_plugin(cli *c, const char *name, const mera_text_list *places)
{
    const char *const *names, *near = tools_near_here(c, name);
    size_t n;
    for (size_t i = 0; i < places->n && near == NULL; i++) {
        if (mera_file_is_folder(places->v[i]) &&
            mera_folder_list(places->v[i], c->arena, NULL, &names, &n) == MERA_OK) {
            near = mera_nearest(name, names, n);
        }
    }
    const mera_code code =
        mera_fail(c->diags, MERA_EINPUT, "missing-plugin", MERA_NOWHERE,
                  "'%s' is neither a folder with plugin.lua nor the name of a plugin", name);
    if (near != NULL) {
        mera_hint(c->diags, "did you mean '%s'?", near);
    } else {
        mera_hint(c->diags,
                  "'mera plugin list' shows where plugins are looked for; 'mera plugin "
                  "new %s' makes one",
                  name);
    }
    return code;
}

static mera_code tools_find(cli *c, const char *name, const char **folder)
{
    mera_text_list places;
    *folder = name;
    if (tools_is_plugin(name, c->arena)) {
        return MERA_OK;
    }
    MERA_TRY(cli_plugin_places(c, &places));
    for (size_t i = 0; i < places.n; i++) {
        *folder = mera_path_join(places.v[i], name, c->arena);
        MERA_TRY_PTR(*folder);
        if (tools_is_plugin(*folder, c->arena)) {
            return MERA_OK;
        }
    }
    return tools_no_plugin(c, name, &places);
}

static mera_code tools_open(cli *c, const mera_lua_limits *limits, cli_plugin *out)
{
    MERA_TRY(mera_plugin_files_read(out->folder, MERA_NOWHERE, c->arena, c->diags, &out->files));
    return mera_plugin_look(&out->files, limits, c->arena, c->diags, &out->plugin);
}

mera_code cli_plugin_open(cli *c, const char *name, cli_plugin *out)
{
    mera_lua_limits limits;
    *out = (cli_plugin){.plugin = NULL};
    MERA_TRY(cli_engine(c));
    MERA_TRY(tools_find(c, name, &out->folder));
    MERA_TRY(mera_run_plugin_limits(c->engine, mera_path_name(out->folder), out->folder, c->arena,
                                    &limits));
    return tools_open(c, &limits, out);
}

mera_code cli_plugin_look(cli *c, const char *name, cli_plugin *out)
{
    const mera_lua_limits limits = {.worker = c->worker};
    *out = (cli_plugin){.plugin = NULL};
    MERA_TRY(tools_find(c, name, &out->folder));
    return tools_open(c, &limits, out);
}

void cli_plugin_shut(cli_plugin *p)
{
    mera_plugin_close(p->plugin);
    p->plugin = NULL;
}

/* ---- samples ----------------------------------------------------------------------------- */

mera_code cli_plugin_texts(const cli *c, const mera_plugin *plugin, mera_text_list *out)
{
    cli_list list = {0};
    for (size_t i = 0; i < mera_plugin_n_ops(plugin); i++) {
        const char *const *name = mera_plugin_op(plugin, i)->attributes;
        for (; name != NULL && *name != NULL; name++) {
            bool before = false;
            for (size_t k = 0; k < list.n; k++) {
                before = before || strcmp(list.v[k], *name) == 0;
            }
            MERA_TRY(before ? MERA_OK : cli_list_add(&list, *name, c->arena));
        }
    }
    *out = (mera_text_list){.n = list.n, .v = list.v};
    return MERA_OK;
}

/** Those of `wanted` that the file has. */
static mera_code sample_texts(cli *c, const mera_file_report *file, const mera_text_list *wanted,
                              mera_text_list *out)
{
    cli_list list = {0};
    for (size_t i = 0; i < wanted->n; i++) {
        bool there = false;
        for (size_t f = 0; f < file->n_fields; f++) {
            there = there || strcmp(file->field[f].name, wanted->v[i]) == 0;
        }
        MERA_TRY(there ? cli_list_add(&list, wanted->v[i], c->arena) : MERA_OK);
    }
    *out = (mera_text_list){.n = list.n, .v = list.v};
    return MERA_OK;
}

static mera_code sample_of(cli *c, const mera_dataset *data, mera_sample *out)
{
    const size_t last = (data->n_periods - 1) * data->n_units;
    const char **name;
    const double **value, **past;
    mera_labels *labels;
    MERA_TRY_NEW(name, c->arena, data->n_columns);
    MERA_TRY_NEW(value, c->arena, data->n_columns);
    MERA_TRY_NEW(past, c->arena, data->n_columns * data->n_periods);
    MERA_TRY_NEW(labels, c->arena, data->n_attributes);
    for (size_t i = 0; i < data->n_columns; i++) {
        name[i] = data->column[i].name;
        value[i] = data->column[i].value + last;
        for (size_t p = 0; p < data->n_periods; p++) {
            past[i * data->n_periods + p] = data->column[i].value + p * data->n_units;
        }
    }
    for (size_t i = 0; i < data->n_attributes; i++) {
        const mera_attribute *a = &data->attribute[i];
        labels[i] = (mera_labels){a->name, a->code + last, a->level, a->n_levels};
    }
    const char *period = data->period[data->n_periods - 1];
    *out = (mera_sample){.n = data->n_units,
                         .unit_key = data->unit_key,
                         .unit_name = data->unit_name,
                         .period = period[0] == '\0' ? "2024" : period,
                         .n_columns = data->n_columns,
                         .column = name,
                         .value = value,
                         .n_periods = data->n_periods,
                         .periods = data->period,
                         .past = past,
                         .n_labels = data->n_attributes,
                         .labels = labels};
    return MERA_OK;
}

mera_code cli_plugin_sample(cli *c, const char *path, const mera_text_list *texts, mera_sample *out)
{
    mera_source source = {.path = path};
    mera_file_report file;
    mera_text_list attributes;
    mera_dataset *data;
    MERA_TRY(mera_data_describe(&source, c->arena, c->diags, &file));
    if (file.n_fields == 0) {
        return mera_fail(c->diags, MERA_EINPUT, "no-fields", (mera_at){.file = path},
                         "the file has no fields; the first one names the units");
    }
    source.key[0] = file.field[0].name;
    source.n_key = 1;
    for (size_t f = 0; f < file.n_fields; f++) {
        source.name = strcmp(file.field[f].name, "name") == 0 ? "name" : source.name;
        source.period = strcmp(file.field[f].name, "period") == 0 ? "period" : source.period;
    }
    MERA_TRY(sample_texts(c, &file, texts, &attributes));
    const mera_read_request request = {.source = &source,
                                       .n_sources = 1,
                                       .attribute = attributes.v,
                                       .n_attributes = attributes.n,
                                       .threads = 1};
    MERA_TRY(mera_data_read(&request, c->arena, c->diags, &data, NULL));
    return sample_of(c, data, out);
}

mera_code cli_plugin_fixture(cli *c, const cli_plugin *p, mera_sample *out)
{
    const char *path = mera_path_join(p->folder, "tests/fixture.csv", c->arena);
    mera_text_list texts;
    *out = (mera_sample){.n = 0};
    MERA_TRY_PTR(path);
    if (!mera_file_exists(path)) {
        return MERA_OK;
    }
    MERA_TRY(mera_plugin_file_check(path, MERA_NOWHERE, c->diags));
    MERA_TRY(cli_plugin_texts(c, p->plugin, &texts));
    return cli_plugin_sample(c, path, &texts, out);
}
