/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera plugin check: a plugin without data: manifest, parameters, versions, unknown names.
 */
#include "cli/plugin_tools.h"
#include "io/path.h"
#include "run/plugin_files.h"

static mera_code check_names(cli *c, const cli_plugin *p)
{
    const char *path = mera_arena_printf(c->arena, "%s/plugin.lua", p->folder);
    MERA_TRY_PTR(path);
    mera_diags_source(c->diags, path, p->files.source, p->files.n);
    MERA_TRY(mera_script_lint(path, p->files.source, p->files.n, c->arena, c->diags));
    for (size_t i = 0; i < p->files.n_modules; i++) {
        const mera_module *module = &p->files.module[i];
        MERA_TRY(mera_script_lint(module->path, module->text, module->n, c->arena, c->diags));
    }
    return MERA_OK;
}

/** A plugin is asked for by the name of its folder, so its id must be that. */
static void check_folder(cli *c, const cli_plugin *p)
{
    const char *name = mera_path_name(p->folder), *id = mera_plugin_id(p->plugin);
    if (*name != '\0' && *name != '.' && !mera_streq(name, id)) {
        mera_warn(c->diags, "plugin-name", (mera_at){.file = p->folder},
                  "the folder is called '%s' and the plugin '%s'", name, id);
        mera_hint(c->diags, "a methodology finds a plugin in a folder that has its id as its name");
    }
}

mera_code cli_plugin_check(cli *c)
{
    cli_plugin p;
    MERA_TRY(cli_plugin_look(c, c->args.operands.v[0], &p));
    mera_code code = check_names(c, &p);
    check_folder(c, &p);
    const size_t warnings = mera_diags_count(c->diags, MERA_WARNING);
    c->done = mera_arena_printf(c->arena, "ok: %s %s offers %zu operations%s",
                                mera_plugin_id(p.plugin), mera_plugin_version(p.plugin),
                                mera_plugin_n_ops(p.plugin), warnings > 0 ? ", with warnings" : "");
    code = c->done == NULL ? MERA_ENOMEM : code;
    cli_plugin_shut(&p);
    return code;
}
