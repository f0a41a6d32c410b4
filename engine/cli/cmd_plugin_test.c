/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * mera plugin test: the author's tests (tests/NAME.lua), then the automatic ones. With --watch
 * again whenever a file of the plugin changes, until interrupted.
 */
#include "cli/plugin_tools.h"
#include "report/plugin.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "io/file.h"
#include "run/plugin_files.h"

enum { TEST_SCRIPT_BYTES = 1 << 20, TEST_WAIT_MS = 300 };

/** The test scripts of the plugin, in the order of their names. */
static mera_code test_scripts(cli *c, const cli_plugin *p, mera_trials *out)
{
    const char *folder = mera_path_join(p->folder, "tests", c->arena);
    const char *const *names;
    size_t n;
    mera_code code = MERA_OK;
    MERA_TRY_PTR(folder);
    if (!mera_file_is_folder(folder)) {
        return MERA_OK;
    }
    MERA_TRY(mera_folder_list(folder, c->arena, c->diags, &names, &n));
    for (size_t i = 0; i < n; i++) {
        const size_t length = strlen(names[i]);
        mera_script script = {.file = names[i]};
        if (length <= 4 || strcmp(names[i] + length - 4, ".lua") != 0) {
            continue;
        }
        script.path = mera_path_join(folder, names[i], c->arena);
        MERA_TRY_PTR(script.path);
        MERA_TRY(mera_plugin_file_check(script.path, MERA_NOWHERE, c->diags));
        MERA_TRY(mera_file_read(script.path, TEST_SCRIPT_BYTES, MERA_NOWHERE, c->arena, c->diags,
                                &script.text, &script.n));
        mera_diags_source(c->diags, script.path, script.text, script.n);
        const mera_code one = mera_plugin_try_script(p->plugin, &script, c->diags, out);
        code = code == MERA_OK ? one : code;
    }
    return code;
}

static mera_code test_open(cli *c, const cli_plugin *p, mera_trials *out)
{
    mera_sample sample;
    const mera_code scripts = test_scripts(c, p, out);
    if (scripts == MERA_ENOMEM) {
        return scripts;
    }
    MERA_TRY(cli_plugin_fixture(c, p, &sample));
    MERA_TRY(mera_plugin_probe(p->plugin, &sample, out));
    return scripts;
}

static mera_code test_once(cli *c)
{
    mera_trials trials = {.arena = c->arena};
    size_t failed = 0;
    cli_plugin p;
    MERA_TRY(cli_plugin_open(c, c->args.operands.v[0], &p));
    mera_code code = test_open(c, &p, &trials);
    cli_plugin_shut(&p);
    if (code == MERA_ENOMEM) {
        return code;
    }
    MERA_TRY(cli_format_is(c, "json")
                 ? mera_report_trials_json(&trials, &c->out)
                 : mera_report_trials_table(&trials, &c->view, c->arena, &c->out));
    for (size_t i = 0; i < trials.n; i++) {
        failed += trials.v[i].state == MERA_TRIAL_FAILED ? 1 : 0;
    }
    c->failed = failed > 0 || code != MERA_OK; /* what there is to say is said all the same */
    return MERA_OK;
}

/* ---- watching ---------------------------------------------------------------------------- */

/** When the newest file of a folder, or of one inside it, was changed; in nanoseconds. */
static int64_t test_newest(const char *folder, mera_arena *arena, bool deeper)
{
    const char *const *names;
    int64_t newest = 0;
    size_t n;
    if (mera_folder_list(folder, arena, NULL, &names, &n) != MERA_OK) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        const char *path = mera_path_join(folder, names[i], arena);
        struct stat about;
        if (path == NULL || stat(path, &about) != 0) {
            continue;
        }
        int64_t when = (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec;
        if (deeper && S_ISDIR(about.st_mode)) {
            when = test_newest(path, arena, false);
        }
        newest = when > newest ? when : newest;
    }
    return newest;
}

/** Each round has an arena of its own: watching goes on for hours. */
static mera_code test_watch(cli *c)
{
    const struct timespec wait = {0, TEST_WAIT_MS * 1000000};
    int64_t before = -1;
    for (;;) {
        cli round = *c;
        round.arena = mera_arena_new();
        MERA_TRY_PTR(round.arena);
        const int64_t now = test_newest(c->args.operands.v[0], round.arena, true);
        if (now != before) {
            before = now;
            round.diags = mera_diags_new(round.arena);
            round.out = (mera_text){.arena = round.arena};
            const mera_code code = round.diags == NULL ? MERA_ENOMEM : test_once(&round);
            fwrite(round.out.data, 1, round.out.n, c->stream);
            fflush(c->stream);
            cli_tell(&round);
            if (code == MERA_ENOMEM) {
                mera_arena_free(round.arena);
                return code;
            }
        }
        mera_arena_free(round.arena);
        nanosleep(&wait, NULL);
    }
}

mera_code cli_plugin_test(cli *c)
{
    if (c->args.watch && !mera_file_is_folder(c->args.operands.v[0])) {
        return mera_fail(c->diags, MERA_EUSAGE, "watch-folder", MERA_NOWHERE,
                         "--watch takes the plugin's folder; '%s' is none", c->args.operands.v[0]);
    }
    return c->args.watch ? test_watch(c) : test_once(c);
}
