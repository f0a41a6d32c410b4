/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera register: fixes a methodology before its data come. */
#include <string.h>

#include "cli/keep.h"
#include "io/file.h"

static mera_code register_refuse_changes(cli *c)
{
    if (c->args.set.n == 0 && c->args.variant.n == 0) {
        return MERA_OK;
    }
    mera_fail(c->diags, MERA_EUSAGE, "register-as-written", MERA_NOWHERE,
              "a methodology is registered as it is written, without --set and --variant");
    mera_hint(c->diags, "write the change into the file, or into one that extends it");
    return MERA_EUSAGE;
}

/** An earlier registration is not written over: that would be a way to hide a change. */
static mera_code register_refuse_twice(cli *c, const char *path)
{
    if (!mera_file_exists(path)) {
        return MERA_OK;
    }
    mera_fail(c->diags, MERA_EINPUT, "registered-before", MERA_NOWHERE,
              "it is registered already, in %s", path);
    mera_hint(c->diags, "'mera score' says whether it has changed since; a new registration needs "
                        "that file moved away, which its history shows");
    return MERA_EINPUT;
}

mera_code cli_register(cli *c)
{
    cli_session *session;
    const char *text, *now = cli_now(c);
    MERA_TRY_PTR(now);
    MERA_TRY(register_refuse_changes(c));
    MERA_TRY(cli_session_open(c, c->args.operands.v[0], NULL, CLI_PROJECT, &session));
    const mera_methodology *m = mera_project_methodology(session->project);
    const char *path = mera_path_beside(m->path, MERA_REGISTRATION_FILE, c->arena);
    MERA_TRY_PTR(path);
    MERA_TRY(register_refuse_twice(c, path));
    MERA_TRY(mera_registration_text(session->project, now, c->arena, c->diags, &text));
    const mera_code code = mera_file_write(path, text, strlen(text), c->diags);
    if (code == MERA_OK) {
        c->done = mera_arena_printf(c->arena, "registered %s in %s", m->id, path);
    }
    return code == MERA_EINPUT ? MERA_ESYSTEM : code;
}
