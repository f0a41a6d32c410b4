/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the process was started in: language, terminals, where plugins may be. */
#include "cli/cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "io/file.h"

enum { ENVIRONMENT_WIDTH = 100, ENVIRONMENT_LEVELS = 8 };

const char *cli_language(const char *wanted)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    if (wanted != NULL) {
        return wanted;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            return mera_starts_with(value, "ru") ? "ru" : "en";
        }
    }
    return "en";
}

bool cli_has_colours(FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(fileno(stream)) && (no_color == NULL || no_color[0] == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

size_t cli_width(FILE *stream)
{
    struct winsize size = {0};
    const char *columns = getenv("COLUMNS");
    if (isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 &&
        size.ws_col > 0) {
        return size.ws_col;
    }
    const long given = columns == NULL ? 0 : strtol(columns, NULL, 10);
    return given >= 40 && given <= 1000 ? (size_t)given : ENVIRONMENT_WIDTH;
}

/** Folders of MERA_PLUGINS, separated by colons. */
static mera_code environment_variable(cli_list *list, mera_arena *arena)
{
    const char *at = getenv("MERA_PLUGINS");
    mera_code code = MERA_OK;
    while (at != NULL && *at != '\0' && code == MERA_OK) {
        const size_t n = strcspn(at, ":");
        const char *folder = mera_arena_strndup(arena, at, n);
        if (folder == NULL) {
            code = MERA_ENOMEM;
        } else if (n > 0) {
            code = cli_list_add(list, folder, arena);
        }
        at += n + (at[n] == ':');
    }
    return code;
}

/** `folder/name` when it is a folder; the list then has one more. */
static mera_code environment_folder(cli_list *list, const char *folder, const char *name,
                                    mera_arena *arena)
{
    const char *path = mera_path_join(folder, name, arena);
    MERA_TRY_PTR(path);
    return mera_file_is_folder(path) ? cli_list_add(list, path, arena) : MERA_OK;
}

/** The user's own: XDG's data folder. */
static mera_code environment_user(cli_list *list, mera_arena *arena)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data != NULL && data[0] == '/') {
        return environment_folder(list, data, "mera/plugins", arena);
    }
    return home == NULL || home[0] == '\0'
               ? MERA_OK
               : environment_folder(list, home, ".local/share/mera/plugins", arena);
}

/** Beside an installed program, and in the source tree that a fresh build stands in. */
static mera_code environment_program(cli_list *list, mera_arena *arena)
{
    char program[PATH_MAX];
    const ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0) {
        return MERA_OK;
    }
    program[n] = '\0';
    const char *folder = mera_path_folder(program, arena);
    MERA_TRY_PTR(folder);
    MERA_TRY(environment_folder(list, folder, "../share/mera/plugins", arena));
    for (size_t level = 0; level < ENVIRONMENT_LEVELS; level++) {
        folder = mera_path_folder(folder, arena);
        MERA_TRY_PTR(folder);
        const char *sibling = mera_path_join(folder, "methodologies", arena);
        MERA_TRY_PTR(sibling);
        if (mera_file_is_folder(sibling)) { /* some other "plugins" folder is not ours */
            return environment_folder(list, folder, "plugins", arena);
        }
    }
    return MERA_OK;
}

mera_code cli_plugin_path(const cli *c, mera_text_list *out)
{
    cli_list list = {0};
    for (size_t i = 0; i < c->args.plugins.n; i++) {
        MERA_TRY(cli_list_add(&list, c->args.plugins.v[i], c->arena));
    }
    MERA_TRY(environment_variable(&list, c->arena));
    MERA_TRY(environment_user(&list, c->arena));
    MERA_TRY(environment_program(&list, c->arena));
    *out = (mera_text_list){.n = list.n, .v = list.v};
    return MERA_OK;
}

mera_code cli_shipped_path(const cli *c, mera_text_list *out)
{
    cli_list list = {0};
    MERA_TRY(environment_program(&list, c->arena));
    *out = (mera_text_list){.n = list.n, .v = list.v};
    return MERA_OK;
}
