/* SPDX-License-Identifier: Apache-2.0 */
/** @file An author's tests on their way to the worker that has the plugin, and what they found. */
#include "base/text.h"
#include "lua/tester.h"
#include "lua/worker.h"

/* Where a call has the number of its operation. */
static const size_t script_mark = SIZE_MAX;

static void script_put(mera_wire_out *out, const mera_script *script)
{
    mera_wire_put_size(out, script_mark);
    mera_wire_put_text(out, script->file);
    mera_wire_put_text(out, script->path);
    mera_wire_put_size(out, script->n);
    mera_wire_put(out, script->text, script->n);
}

bool mera_worker_get_script(mera_wire_in *in, mera_script *script)
{
    const char *start = in->at;

    if (mera_wire_get_size(in) != script_mark) {
        in->at = start;
        return false;
    }
    script->file = mera_wire_get_text(in);
    script->path = mera_wire_get_text(in);
    script->n = mera_wire_get_size(in);
    script->text = mera_wire_get(in, script->n);
    return true;
}

void mera_worker_put_trials(mera_wire_out *out, const mera_trials *trials)
{
    mera_wire_put_size(out, trials->n);
    for (size_t i = 0; i < trials->n; i++) {
        mera_wire_put_text(out, trials->v[i].name);
        mera_wire_put_size(out, trials->v[i].state);
        mera_wire_put_text(out, trials->v[i].why);
    }
}

/* The subject is not asked for: the engine knows which file it sent. */
static void script_get_trials(mera_wire_in *in, const char *subject, mera_trials *out)
{
    const size_t n = mera_wire_get_size(in);

    in->bad = in->bad || n > TESTER_TESTS;
    for (size_t i = 0; i < n && !in->bad; i++) {
        const char *name = mera_wire_get_text(in);
        const size_t state = mera_wire_get_size(in);
        const char *why = mera_wire_get_text(in);

        in->bad = in->bad || name == NULL || state > MERA_TRIAL_SKIPPED;
        if (!in->bad) {
            mera_trials_add(out, subject, name, (mera_trial_state)state, why == NULL ? NULL : "%s",
                            why);
        }
    }
}

mera_code mera_worker_try_script(mera_plugin *plugin, const mera_script *script, mera_diags *diags,
                                 mera_trials *out)
{
    const mera_worker_asker by = {{.file = script->path}, out->arena, diags};
    const char *subject = mera_arena_printf(out->arena, "tests/%s", script->file);
    mera_wire_out message = {0};
    mera_wire_in in;

    MERA_TRY_PTR(subject);
    script_put(&message, script);
    MERA_TRY(mera_worker_ask(plugin, &message, 0, &by, &in));
    script_get_trials(&in, subject, out);
    if (in.bad) {
        return mera_worker_nonsense(plugin, diags);
    }
    return out->no_memory ? MERA_ENOMEM : MERA_OK;
}
