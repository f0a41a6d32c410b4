/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The worker's end: reads the script, shuts itself in, and then answers calls until the engine
 * hangs up. It runs the same code on a plugin as the engine does in its own process, so the same
 * bytes come out.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lua/worker.h"
#include "mera/plan.h"

enum { WORKER_FD = MERA_WORKER_FD, WORKER_BROKEN = 3, WORKER_NO_JAIL = 4 };

bool mera_worker_asked(int argc, char *const *argv)
{
    return argc == 2 && strcmp(argv[0], MERA_WORKER_NAME) == 0 &&
           strcmp(argv[1], MERA_WORKER_ARGUMENT) == 0;
}

/* ---- messages ---------------------------------------------------------------------------- */

static bool worker_read(void *to, size_t n)
{
    char *at = to;

    while (n > 0) {
        const ssize_t got = read(WORKER_FD, at, n);

        if (got <= 0) {
            if (got < 0 && errno == EINTR) {
                continue;
            }
            return false;
        }
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static bool worker_write(const void *from, size_t n)
{
    const char *at = from;

    while (n > 0) {
        const ssize_t put = write(WORKER_FD, at, n);

        if (put < 0 && errno != EINTR) {
            return false;
        }
        at += put > 0 ? put : 0;
        n -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* The next message, in the arena. */
static bool worker_receive(mera_arena *arena, mera_wire_in *in)
{
    uint64_t n;
    char *bytes;

    if (arena == NULL || !worker_read(&n, sizeof n)) {
        return false;
    }
    bytes = mera_arena_alloc(arena, n, 1);
    if (bytes == NULL || !worker_read(bytes, n)) {
        return false;
    }
    *in = (mera_wire_in){.at = bytes, .end = bytes + n, .arena = arena};
    return true;
}

static bool worker_send(mera_wire_out *out)
{
    const uint64_t n = out->n;
    const bool sent = !out->failed && worker_write(&n, sizeof n) && worker_write(out->v, out->n);

    free(out->v);
    return sent;
}

/* ---- loading ----------------------------------------------------------------------------- */

/* What every answer begins with. */
static void worker_put_head(mera_wire_out *out, mera_code rc, const mera_diags *diags,
                            const mera_plugin *plugin)
{
    const mera_plugin_stats none = {0};
    const mera_plugin_stats stats = plugin == NULL ? none : mera_plugin_statistics(plugin);

    mera_wire_put_size(out, (size_t)rc);
    mera_wire_put_diags(out, diags);
    mera_wire_put(out, &stats, sizeof stats);
}

static mera_plugin *worker_load(mera_arena *arena, mera_wire_in *in)
{
    mera_plugin_files files;
    mera_diags *diags = mera_diags_new(arena);
    mera_plugin *plugin = NULL;
    mera_wire_out out = {0};
    mera_lua_limits limits;
    mera_code rc;

    mera_worker_get_files(in, &files);
    mera_wire_get_into(in, &limits, sizeof limits);
    limits.worker = NULL;
    if (in->bad || diags == NULL) {
        _exit(WORKER_BROKEN);
    }
    if (!mera_jail_enter(WORKER_FD, &limits)) {
        _exit(WORKER_NO_JAIL);
    }
    rc = mera_plugin_look(&files, &limits, arena, diags, &plugin);
    worker_put_head(&out, rc, diags, plugin);
    if (rc == MERA_OK) {
        mera_wire_put_value(&out, plugin->tree);
    }
    return worker_send(&out) ? plugin : NULL;
}

/* ---- calls ------------------------------------------------------------------------------- */

static mera_code worker_do(mera_worker_call *call)
{
    const mera_op *op = call->op;

    switch (call->kind) {
    case MERA_CALL_DERIVE:
        return op->derive(op, call->params, call->ctx, call->n, call->y);
    case MERA_CALL_FIT:
        return op->fit(op, call->params, call->ctx, call->x, call->n, call->out);
    case MERA_CALL_APPLY:
        return op->apply(op, call->params, call->ctx, call->fitted, call->x, call->n, call->y);
    case MERA_CALL_WEIGH:
        return op->weigh(op, call->params, call->ctx, call->in, call->y);
    case MERA_CALL_AGGREGATE:
        return op->aggregate(op, call->params, call->ctx, call->in, call->y);
    case MERA_CALL_EXAMINE:
        return op->examine(op, call->params, call->ctx, call->n, call->found);
    case MERA_CALL_KINDS:
        break;
    }
    return MERA_EINPUT;
}

/* Which of the declared columns and texts were looked at so far. */
static void worker_put_seen(mera_wire_out *out, const mera_op *op)
{
    const mera_plugin_item *entry = op->impl;
    const size_t n = entry->item->reads.n + entry->item->attributes.n;

    mera_wire_put(out, entry->seen, n * sizeof *entry->seen);
}

static bool worker_call(const mera_plugin *plugin, mera_wire_in *in, mera_diags *diags)
{
    mera_op_ctx ctx = {.diags = diags};
    mera_worker_call call = {.kind = MERA_CALL_KINDS};
    mera_children children = {0};
    mera_wire_out out = {0};
    mera_code rc = MERA_ENOMEM;

    mera_worker_get_call(in, plugin, &call, &ctx, &children);
    if (!in->bad) {
        rc = worker_do(&call);
    }
    worker_put_head(&out, rc, diags, plugin);
    if (rc == MERA_OK) {
        worker_put_seen(&out, call.op);
        mera_worker_put_results(&out, &call);
    }
    return worker_send(&out);
}

static bool worker_try(mera_plugin *plugin, const mera_script *script, mera_arena *arena,
                       mera_diags *diags)
{
    mera_trials trials = {.arena = arena};
    mera_wire_out out = {0};
    mera_code rc;

    mera_diags_source(diags, script->path, script->text, script->n);
    rc = mera_plugin_try_script(plugin, script, diags, &trials);
    worker_put_head(&out, rc, diags, plugin);
    if (rc == MERA_OK) {
        mera_worker_put_trials(&out, &trials);
    }
    return worker_send(&out);
}

static bool worker_serve(mera_plugin *plugin)
{
    mera_arena *arena = mera_arena_new();
    mera_diags *diags = arena == NULL ? NULL : mera_diags_new(arena);
    mera_script script = {0};
    mera_wire_in in;
    bool sent = false;

    if (diags != NULL && worker_receive(arena, &in)) {
        sent = mera_worker_get_script(&in, &script)
                   ? !in.bad && worker_try(plugin, &script, arena, diags)
                   : worker_call(plugin, &in, diags);
    }
    mera_arena_free(arena);
    return sent;
}

/* Nothing of the engine's stays open but the socket. */
static void worker_close_others(void)
{
    close_range(WORKER_FD + 1, ~0U, 0);
}

int mera_worker_main(void)
{
    mera_arena *arena = mera_arena_new();
    mera_wire_in in;
    mera_plugin *plugin;

    worker_close_others();
    plugin = worker_receive(arena, &in) ? worker_load(arena, &in) : NULL;
    while (plugin != NULL && worker_serve(plugin)) {
    }
    _exit(0); /* what an orderly end would do is not allowed any more */
}
