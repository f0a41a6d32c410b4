/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A plugin in a process of its own. The engine starts the program mera_lua_limits.worker (its own)
 * once a plugin; that process compiles and runs the script and can do nothing else: no files, no
 * network, no other program, memory and processor time limited by the system besides the sandbox.
 * To the engine the operations look as ever: worker_ops.c sends each call there and back.
 *
 *     engine                                   worker
 *     open: source, limits               ->    compiles, runs the main part
 *     manifest, problems, meters         <-
 *     call: operation, parameters, data  ->    runs the function
 *     results, problems, meters          <-
 *     a script of tests                  ->    runs it
 *     what it found                      <-
 */
#ifndef MERA_LUA_WORKER_H
#define MERA_LUA_WORKER_H

#include <sys/types.h>

#include "lua/plugin.h"
#include "lua/trial.h"
#include "lua/wire.h"

enum { MERA_WORKER_FD = 3 };
#define MERA_WORKER_NAME "mera-worker"
#define MERA_WORKER_ARGUMENT "--serve-one-plugin"

/** The engine's end. */
typedef struct mera_worker {
    pid_t pid; /**< 0 = has ended */
    int fd;
    mera_lua_limits limits;
    const char **known; /**< files that a place may be in: those of the plugin, then who asked */
    mera_plugin_stats stats; /**< as the worker said after the last call */
} mera_worker;

typedef enum mera_worker_kind {
    MERA_CALL_DERIVE,
    MERA_CALL_FIT,
    MERA_CALL_APPLY,
    MERA_CALL_WEIGH,
    MERA_CALL_AGGREGATE,
    MERA_CALL_EXAMINE,
    MERA_CALL_KINDS,
} mera_worker_kind;

/** One call of an operation: what goes in and where results go. */
typedef struct mera_worker_call {
    mera_worker_kind kind;
    const mera_op *op;
    const void *params;
    mera_op_ctx *ctx;
    size_t n;                  /**< units */
    const double *x;           /**< fit, apply */
    const mera_fitted *fitted; /**< apply; or NULL */
    const mera_children *in;   /**< weigh, aggregate */
    double *y;                 /**< derive, apply, aggregate: n cells; weigh: k weights */
    mera_fitted *out;          /**< fit */
    mera_op_findings *found;   /**< examine */
} mera_worker_call;

/* ---- the engine's end (worker_host.c, worker_ops.c) --------------------------------------- */

/** Starts a worker. MERA_ESYSTEM when the system does not allow it. */
mera_code mera_worker_start(const mera_lua_limits *limits, mera_arena *arena, mera_worker **out);

/** Records that a worker could not be started, and what to do. */
mera_code mera_worker_refused(const mera_plugin *plugin, mera_diags *diags);

/** Has the worker load the script, and gives the manifest's table. */
mera_code mera_worker_load(mera_plugin *plugin, mera_at asked_at, mera_diags *diags,
                           const mera_value **tree);

/** Kills the worker and waits for it. NULL is allowed. */
void mera_worker_close(mera_worker *worker);

/** Sends a call, waits for its results. */
mera_code mera_worker_run(mera_plugin *plugin, const mera_worker_call *call);

/** Puts calls of the worker in the place of an operation's functions. */
void mera_worker_take_over(mera_op *op);

/** Who asks: where, and where what is read and what is said go. */
typedef struct mera_worker_asker {
    mera_at at;
    mera_arena *arena;
    mera_diags *diags;
} mera_worker_asker;

/** Sends a message, which it frees, and reads the head of the answer: its code and problems. `most`
 * are the bytes of cells that an answer may have. A worker that is silent, ends or talks nonsense
 * is a problem. */
mera_code mera_worker_ask(mera_plugin *plugin, mera_wire_out *out, size_t most,
                          const mera_worker_asker *by, mera_wire_in *in);

/** Kills a worker whose answer makes no sense, and says so. */
mera_code mera_worker_nonsense(const mera_plugin *plugin, mera_diags *diags);

/** Has the worker run a script of tests: mera_plugin_try_script() there. */
mera_code mera_worker_try_script(mera_plugin *plugin, const mera_script *script, mera_diags *diags,
                                 mera_trials *out);

/* ---- messages (worker_files.c, worker_call.c, worker_script.c), the same at both ends ------ */

void mera_worker_put_files(mera_wire_out *out, const mera_plugin_files *files);
void mera_worker_get_files(mera_wire_in *in, mera_plugin_files *files);
void mera_worker_put_call(mera_wire_out *out, size_t item, const mera_worker_call *call);
/** Reads a call of the plugin; room for its results comes from the arena. */
void mera_worker_get_call(mera_wire_in *in, const mera_plugin *plugin, mera_worker_call *call,
                          mera_op_ctx *ctx, mera_children *children);
void mera_worker_put_results(mera_wire_out *out, const mera_worker_call *call);
/** Reads results into where the call wants them. */
void mera_worker_get_results(mera_wire_in *in, const mera_worker_call *call);

/** Is the message a script of tests? Then it is read, else nothing of it. */
bool mera_worker_get_script(mera_wire_in *in, mera_script *script);
void mera_worker_put_trials(mera_wire_out *out, const mera_trials *trials);

/* ---- the worker's end (worker_main.c, jail.c) ---------------------------------------------- */

/**
 * Gives up everything but computing and the socket `fd`: files, network, other processes,
 * executable memory, all for good; processor time and address space are limited. False when the
 * system does not offer it: then nothing may be run.
 */
bool mera_jail_enter(int fd, const mera_lua_limits *limits);

#endif
