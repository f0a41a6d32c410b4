/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera plugin list: every plugin on the way of a search, and why one is not to be had. */
#include "cli/plugin_tools.h"
#include "report/plugin.h"
#include "run/plugin_files.h"

#include <string.h>

#include "base/grow.h"
#include "io/file.h"

typedef struct list_walk {
    mera_plugin_found *found;
    size_t n, room;
} list_walk;

static mera_code list_grow(cli *c, list_walk *walk)
{
    mera_plugin_found *wider =
        mera_grown(c->arena, walk->found, &walk->room, walk->n + 1, sizeof *wider);
    MERA_TRY_PTR(wider);
    walk->found = wider;
    return MERA_OK;
}

/** "3 indicators, 1 check", from the steps of its operations. */
static const char *list_offers(const mera_plugin *plugin, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    for (int step = 0; step < MERA_N_STEPS; step++) {
        size_t n = 0;
        for (size_t i = 0; i < mera_plugin_n_ops(plugin); i++) {
            n += mera_plugin_op(plugin, i)->step == (mera_step)step ? 1 : 0;
        }
        if (n > 0) {
            mera_text_addf(&text, "%s%s %zu", text.n > 0 ? ", " : "",
                           mera_step_name((mera_step)step), n);
        }
    }
    return mera_text_string(&text);
}

/** The first error as one line with its place. */
static const char *list_why(const mera_diags *diags, mera_arena *arena)
{
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        const mera_diag *diag = mera_diags_get(diags, i);
        if (diag->severity == MERA_ERROR) {
            return diag->at.line == 0
                       ? mera_arena_strdup(arena, diag->message)
                       : mera_arena_printf(arena, "line %u: %s", diag->at.line, diag->message);
        }
    }
    return "it was refused";
}

static mera_code list_open(cli *c, mera_plugin_found *found)
{
    const mera_lua_limits limits = {.worker =
                                        c->worker}; /* whoever wrote it: it is only looked at */
    mera_diags *diags = mera_diags_new(c->arena);
    mera_plugin_files files;
    mera_plugin *plugin = NULL;
    MERA_TRY_PTR(diags);
    mera_code code = mera_plugin_files_read(found->folder, (mera_at){.file = found->folder},
                                            c->arena, diags, &files);
    if (code == MERA_OK) {
        code = mera_plugin_look(&files, &limits, c->arena, diags, &plugin);
    }
    if (code == MERA_ENOMEM) {
        return code;
    }
    if (code != MERA_OK) {
        found->state = "broken";
        found->why = list_why(diags, c->arena);
        return found->why == NULL ? MERA_ENOMEM : MERA_OK;
    }
    if (!mera_streq(mera_plugin_id(plugin), found->name)) {
        found->state = "broken";
        found->why = mera_arena_printf(
            c->arena, "it calls itself '%s'; a plugin's folder has its id as its name",
            mera_plugin_id(plugin));
        mera_plugin_close(plugin);
        return found->why == NULL ? MERA_ENOMEM : MERA_OK;
    }
    found->version = mera_arena_strdup(c->arena, mera_plugin_version(plugin));
    found->title = mera_arena_strdup(c->arena, mera_plugin_title(plugin, c->view.language));
    found->offers = list_offers(plugin, c->arena);
    mera_plugin_close(plugin);
    return found->version == NULL || found->title == NULL || found->offers == NULL ? MERA_ENOMEM
                                                                                   : MERA_OK;
}

static mera_code list_one(cli *c, list_walk *walk, const char *place, const char *name)
{
    mera_plugin_found found = {.name = name, .state = "ok"};
    found.folder = mera_path_join(place, name, c->arena);
    MERA_TRY_PTR(found.folder);
    if (!mera_file_is_folder(found.folder)) {
        return MERA_OK;
    }
    MERA_TRY(list_open(c, &found));
    found.name = mera_text_harmless(name, c->arena); /* whoever named it */
    found.folder = mera_text_harmless(found.folder, c->arena);
    MERA_TRY_PTR(found.name);
    MERA_TRY_PTR(found.folder);
    for (size_t i = 0; i < walk->n; i++) {
        if (strcmp(walk->found[i].name, name) == 0 && strcmp(walk->found[i].state, "hidden") != 0) {
            found.state = "hidden";
            found.why = mera_arena_printf(c->arena, "%s comes first", walk->found[i].folder);
            MERA_TRY_PTR(found.why);
        }
    }
    MERA_TRY(list_grow(c, walk));
    walk->found[walk->n++] = found;
    return MERA_OK;
}

static mera_code list_place(cli *c, list_walk *walk, const char *place)
{
    const char *const *names;
    size_t n;
    if (!mera_file_is_folder(place)) {
        return MERA_OK;
    }
    MERA_TRY(mera_folder_list(place, c->arena, c->diags, &names, &n));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(list_one(c, walk, place, names[i]));
    }
    return MERA_OK;
}

mera_code cli_plugin_list(cli *c)
{
    list_walk walk = {.n = 0};
    mera_text_list places;
    mera_text looked = {.arena = c->arena};
    MERA_TRY(cli_plugin_places(c, &places));
    for (size_t i = 0; i < places.n; i++) {
        mera_text_addf(&looked, "%s%s%s", i > 0 ? ", " : "", places.v[i],
                       mera_file_is_folder(places.v[i]) ? "" : " (not there)");
        MERA_TRY(list_place(c, &walk, places.v[i]));
    }
    MERA_TRY_PTR(mera_text_string(&looked));
    c->done = mera_arena_printf(c->arena, "looked in %s", looked.data);
    MERA_TRY_PTR(c->done);
    if (cli_format_is(c, "json")) {
        return mera_report_plugins_json(walk.found, walk.n, &c->out);
    }
    if (cli_wants_rows(c)) {
        MERA_TRY(cli_rows_begin(c, NULL));
        return mera_report_plugins_rows(walk.found, walk.n, &c->rows);
    }
    return mera_report_plugins_table(walk.found, walk.n, &c->view, c->arena, &c->out);
}
