/* SPDX-License-Identifier: Apache-2.0 */
/** @file Runs on their way into the record (cli/keep.h). */
#include "cli/keep.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "io/file.h"

#define KEEP_FILE ".mera/runs.sqlite"

/** The record of one methodology. */
struct cli_kept {
    const char *methodology;   /**< its file */
    const mera_value *written; /**< its tree without changes from outside */
    mera_journal *journal;     /**< NULL = none is kept */
    int64_t batch, base;
    struct cli_kept *next;
};

const char *cli_now(cli *c)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch != NULL ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm parts;
    char text[32];
    if (gmtime_r(&now, &parts) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        return "1970-01-01T00:00:00Z";
    }
    return mera_arena_strdup(c->arena, text);
}

/* ---- where -------------------------------------------------------------------------------- */

static mera_code keep_read(void *self, const char *path, size_t limit, mera_at at,
                           mera_arena *arena, mera_diags *diags, const char **bytes, size_t *n)
{
    (void)self;
    return mera_file_read(path, limit, at, arena, diags, bytes, n);
}

static bool keep_is_none(const char *text)
{
    return mera_streq(text, "none") || mera_streq(text, "false") || text[0] == '\0';
}

/** Of the methodology in `file`, whose tree is `tree` or NULL. */
static mera_code keep_place(cli *c, const char *file, const mera_value *tree, const char **out)
{
    const char *said = getenv("MERA_RECORD");
    const mera_value *key = mera_value_get(tree, "record");
    *out = NULL;
    if (said != NULL) {
        *out = keep_is_none(said) ? NULL : said;
        return MERA_OK;
    }
    if (key != NULL && key->text != NULL && keep_is_none(key->text)) {
        return MERA_OK;
    }
    *out = key != NULL && key->text != NULL
               ? mera_path_beside(key->at.file != NULL ? key->at.file : file, key->text, c->arena)
               : mera_path_beside(file, KEEP_FILE, c->arena);
    return *out != NULL ? MERA_OK : MERA_ENOMEM;
}

/** The tree as written, for what it says and what was changed; NULL when it cannot be read. */
static mera_code keep_written(cli *c, const char *file, const mera_value **out)
{
    const mera_reader reader = {.read = keep_read};
    mera_diags *aside = mera_diags_new(c->arena);
    MERA_TRY_PTR(aside);
    const mera_code code =
        mera_methodology_resolve(&reader, file, NULL, NULL, 0, c->arena, aside, out);
    if (code != MERA_OK) {
        *out = NULL;
    }
    return code == MERA_ENOMEM ? code : MERA_OK;
}

mera_code cli_keep_path(cli *c, const char *path, const char **out)
{
    const char *dot = strrchr(path, '.');
    const mera_value *tree;
    if (dot != NULL && mera_streq(dot, ".sqlite")) {
        *out = path;
        return MERA_OK;
    }
    const char *file =
        mera_file_is_folder(path) ? mera_path_join(path, "methodology.yaml", c->arena) : path;
    MERA_TRY_PTR(file);
    MERA_TRY(keep_written(c, file, &tree));
    return keep_place(c, file, tree, out);
}

/* ---- opening ------------------------------------------------------------------------------ */

static void keep_say(cli *c, const char *path, const char *why)
{
    mera_note(c->diags, "not-recorded", MERA_NOWHERE,
              "this run is not recorded: %s cannot be written (%s)", path, why);
    mera_hint(c->diags, "MERA_RECORD names another file; --no-record or MERA_RECORD=none says that "
                        "none is wanted");
}

static mera_code keep_open(cli *c, const char *file, struct cli_kept **out)
{
    struct cli_kept *kept;
    const char *path, *why;
    for (*out = c->kept; *out != NULL; *out = (*out)->next) {
        if (mera_streq((*out)->methodology, file)) {
            return MERA_OK;
        }
    }
    MERA_TRY_NEW(kept, c->arena, 1);
    kept->methodology = file;
    MERA_TRY(keep_written(c, file, &kept->written));
    MERA_TRY(keep_place(c, file, kept->written, &path));
    if (path != NULL) {
        const mera_code code = mera_journal_open(path, true, c->arena, &kept->journal, &why);
        if (code == MERA_ENOMEM) {
            return code;
        }
        if (code != MERA_OK) {
            keep_say(c, path, why);
        }
    }
    kept->next = c->kept;
    c->kept = *out = kept;
    return MERA_OK;
}

void cli_keep_close(cli *c)
{
    for (struct cli_kept *kept = c->kept; kept != NULL; kept = kept->next) {
        mera_journal_close(kept->journal);
    }
    c->kept = NULL;
}

/* ---- a run -------------------------------------------------------------------------------- */

static mera_code keep_settings(cli *c, const struct cli_kept *kept, const mera_result *result,
                               mera_run *run)
{
    const mera_value **tree;
    const mera_compare_setting *found;
    mera_run_setting *setting;
    if (kept->written == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(tree, c->arena, 2);
    tree[0] = kept->written;
    tree[1] = result->methodology->tree;
    MERA_TRY(mera_compare_settings(tree, 2, c->arena, &found, &run->n_settings));
    MERA_TRY_NEW(setting, c->arena, run->n_settings);
    for (size_t i = 0; i < run->n_settings; i++) {
        setting[i] = (mera_run_setting){found[i].path, found[i].value[0], found[i].value[1]};
    }
    run->setting = setting;
    return MERA_OK;
}

static mera_code keep_inputs(cli *c, const mera_result *result, mera_run *run)
{
    mera_text data = {.arena = c->arena}, plugins = {.arena = c->arena};
    for (size_t i = 0; i < result->data->n_files; i++) {
        mera_text_addf(&data, "%s  %s\n", result->data->file[i].sha256, result->data->file[i].path);
    }
    for (size_t i = 0; i < result->n_plugins; i++) {
        mera_text_addf(&plugins, "%s  %s %s\n", result->plugin[i].sha256, result->plugin[i].id,
                       result->plugin[i].version);
    }
    run->data = data.n > 0 ? mera_text_string(&data) : "";
    run->plugins = plugins.n > 0 ? mera_text_string(&plugins) : "";
    return run->data != NULL && run->plugins != NULL ? MERA_OK : MERA_ENOMEM;
}

static mera_code keep_run(cli *c, const struct cli_kept *kept, const mera_run_new *add,
                          mera_run *run)
{
    const mera_methodology *m = add->result->methodology;
    mera_registered registered;
    MERA_TRY(mera_registration_of(add->result, c->arena, NULL, &registered));
    run->registered = mera_registered_word(registered.kind);
    run->methodology = m->id;
    run->version = m->version;
    run->sha256 = m->sha256;
    run->engine = mera_version();
    run->node = m->node[add->node].id;
    run->period = add->result->period[add->period];
    run->at = cli_now(c);
    MERA_TRY_PTR(run->at);
    MERA_TRY(keep_inputs(c, add->result, run));
    return keep_settings(c, kept, add->result, run);
}

mera_code cli_keep(cli *c, const mera_result *result, size_t node, size_t period, const char *side)
{
    struct cli_kept *kept;
    if (c->args.no_record) {
        return MERA_OK;
    }
    MERA_TRY(keep_open(c, result->methodology->path, &kept));
    if (kept->journal == NULL) {
        return MERA_OK;
    }
    mera_run_new add = {.result = result,
                        .node = node,
                        .period = period,
                        .batch = kept->batch,
                        .base = kept->base,
                        .run = {.command = c->command->name, .side = side}};
    const mera_code made = keep_run(c, kept, &add, &add.run);
    if (made != MERA_OK) {
        return made == MERA_ENOMEM ? made : MERA_OK; /* a bad registration is told by its reader */
    }
    const mera_code code = mera_journal_add(kept->journal, &add);
    if (code == MERA_ESYSTEM) {
        keep_say(c, "the record", mera_journal_why(kept->journal));
        mera_journal_close(kept->journal);
        kept->journal = NULL;
    }
    if (code == MERA_OK && kept->batch == 0) {
        kept->batch = add.run.id;
        kept->base = side == NULL || mera_streq(c->command->name, "compare") ? add.run.result : 0;
    }
    return code == MERA_ESYSTEM ? MERA_OK : code;
}

mera_code cli_keep_find(cli *c, const mera_result *like, size_t node, size_t period,
                        const mera_run_place **out, size_t *n)
{
    struct cli_kept *kept;
    mera_run_place *place = NULL;
    int64_t result = 0;
    *out = NULL;
    *n = 0;
    if (c->args.no_record) {
        return MERA_OK;
    }
    MERA_TRY(keep_open(c, like->methodology->path, &kept));
    if (kept->journal == NULL) {
        return MERA_OK;
    }
    const char *key = mera_journal_key(like, node, period, c->arena);
    MERA_TRY_PTR(key);
    mera_code code = mera_journal_find(kept->journal, key, c->command->name, &result);
    if (code == MERA_OK && result != 0) {
        code = mera_journal_places(kept->journal, result, c->arena, &place, n);
    }
    *n = code == MERA_OK ? *n : 0;
    *out = place;
    return code == MERA_ESYSTEM ? MERA_OK : code; /* then it is scored */
}
