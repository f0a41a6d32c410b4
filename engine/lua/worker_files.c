/* SPDX-License-Identifier: Apache-2.0 */
/** @file The files of a plugin on their way to its worker, which reads none itself. */
#include <string.h>

#include "lua/worker.h"

/* Texts may hold zero bytes, which the compiler refuses at their line. */
static void files_put_bytes(mera_wire_out *out, const char *bytes, size_t n)
{
    mera_wire_put_size(out, n);
    mera_wire_put(out, bytes, n);
}

static const char *files_get_bytes(mera_wire_in *in, size_t *n)
{
    *n = mera_wire_get_size(in);
    return mera_wire_get(in, *n);
}

void mera_worker_put_files(mera_wire_out *out, const mera_plugin_files *files)
{
    mera_wire_put_text(out, files->folder);
    files_put_bytes(out, files->source, files->n);
    mera_wire_put_size(out, files->n_modules);
    for (size_t i = 0; i < files->n_modules; i++) {
        const mera_module *module = &files->module[i];

        mera_wire_put_text(out, module->name);
        mera_wire_put_text(out, module->file);
        mera_wire_put_text(out, module->path);
        files_put_bytes(out, module->text, module->n);
    }
}

void mera_worker_get_files(mera_wire_in *in, mera_plugin_files *files)
{
    mera_module *module = mera_arena_zero(in->arena, MERA_MODULES_MAX, sizeof *module);

    *files = (mera_plugin_files){.folder = mera_wire_get_text(in)};
    files->source = files_get_bytes(in, &files->n);
    files->n_modules = mera_wire_get_size(in);
    in->bad = in->bad || module == NULL || files->n_modules > MERA_MODULES_MAX;
    for (size_t i = 0; i < files->n_modules && !in->bad; i++) {
        module[i].name = mera_wire_get_text(in);
        module[i].file = mera_wire_get_text(in);
        module[i].path = mera_wire_get_text(in);
        module[i].text = files_get_bytes(in, &module[i].n);
    }
    files->module = module;
}
