/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The engine's end: starting the worker, talking to it with a deadline, and saying what became of
 * it. A worker that does not answer as it should is killed; its plugin is an error, never a hang.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lua/worker.h"

enum {
    HOST_MESSAGE_MAX = 1 << 30, /* bytes of an answer, besides its cells */
    HOST_PATIENCE = 30,         /* seconds on the wall for a second of processor time */
    HOST_PATIENCE_LEAST = 5,
    HOST_SECONDS = 60, /* as the sandbox's own default */
    HOST_SPARE = 1,
};

/* ---- starting and ending ----------------------------------------------------------------- */

static int host_spawn(const char *program, int fd, pid_t *pid)
{
    char name[] = MERA_WORKER_NAME, argument[] = MERA_WORKER_ARGUMENT;
    char *const argv[] = {name, argument, NULL}, *const environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    int failed;

    if (posix_spawn_file_actions_init(&actions) != 0) {
        return ENOMEM;
    }
    failed = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    failed =
        failed ? failed : posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    failed = failed ? failed : posix_spawn_file_actions_adddup2(&actions, fd, MERA_WORKER_FD);
    failed = failed ? failed : posix_spawn(pid, program, &actions, NULL, argv, environment);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static void host_set_limits(mera_lua_limits *to, const mera_lua_limits *limits)
{
    *to = *limits;
    if (!(to->seconds > 0)) {
        to->seconds = HOST_SECONDS;
    }
}

mera_code mera_worker_start(const mera_lua_limits *limits, mera_arena *arena, mera_worker **out)
{
    mera_worker *worker;
    int pair[2], failed;

    MERA_TRY_NEW(worker, arena, 1);
    host_set_limits(&worker->limits, limits);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return MERA_ESYSTEM;
    }
    if (pair[1] == MERA_WORKER_FD) { /* dup2 onto itself would leave it closing on exec */
        fcntl(pair[1], F_SETFD, 0);
    }
    failed = host_spawn(limits->worker, pair[1], &worker->pid);
    close(pair[1]);
    worker->fd = pair[0];
    if (failed) {
        close(pair[0]);
        return MERA_ESYSTEM;
    }
    *out = worker;
    return MERA_OK;
}

/* Kills it and gives its status. */
static int host_end(mera_worker *worker)
{
    int status = 0;

    close(worker->fd);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    worker->pid = 0;
    return status;
}

void mera_worker_close(mera_worker *worker)
{
    if (worker != NULL && worker->pid != 0) {
        kill(worker->pid, SIGKILL);
        host_end(worker);
    }
}

/* ---- what became of it ------------------------------------------------------------------- */

mera_code mera_worker_refused(const mera_plugin *plugin, mera_diags *diags)
{
    mera_fail(diags, MERA_ESYSTEM, "plugin-worker", (mera_at){.file = plugin->path},
              "the plugin needs a process of its own, which could not be started");
    mera_hint(diags,
              "if you know who wrote it and trust them, run it in this process: --trust NAME");
    return MERA_ESYSTEM;
}

static mera_code host_died_of(const mera_plugin *plugin, int status, mera_diags *diags)
{
    const char *speaker = plugin->speaker == NULL ? "plugin" : plugin->speaker;
    const mera_at at = {.file = plugin->path};
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

    switch (signal) {
    case SIGSYS:
        return mera_fail(diags, MERA_ELIMIT, "plugin-worker", at,
                         "%s: stopped: its process asked the system for what no plugin may have",
                         speaker);
    case SIGXCPU:
        return mera_fail(diags, MERA_ELIMIT, "script-limit", at,
                         "%s: stopped: its process used up its processor time", speaker);
    case 0:
        mera_fail(diags, MERA_ESYSTEM, "plugin-worker", at,
                  "%s: its process could not shut itself in or lost its way (status %d)", speaker,
                  WEXITSTATUS(status));
        mera_hint(diags, "a plugin of somebody you trust can run without one: --trust NAME");
        return MERA_ESYSTEM;
    default:
        return mera_fail(diags, MERA_ELIMIT, "plugin-worker", at,
                         "%s: its process was killed by signal %d (%s)", speaker, signal,
                         strsignal(signal));
    }
}

static mera_code host_silent(const mera_plugin *plugin, mera_diags *diags)
{
    mera_worker_close(plugin->worker);
    return mera_fail(diags, MERA_ELIMIT, "script-limit", (mera_at){.file = plugin->path},
                     "%s: stopped: its process did not answer in time",
                     plugin->speaker == NULL ? "plugin" : plugin->speaker);
}

mera_code mera_worker_nonsense(const mera_plugin *plugin, mera_diags *diags)
{
    mera_worker_close(plugin->worker);
    return mera_fail(diags, MERA_ELIMIT, "plugin-worker", (mera_at){.file = plugin->path},
                     "%s: stopped: its process sent an answer that makes no sense",
                     plugin->speaker == NULL ? "plugin" : plugin->speaker);
}

/* ---- talking ----------------------------------------------------------------------------- */

typedef enum host_talk { HOST_OK, HOST_CLOSED, HOST_LATE, HOST_NONSENSE, HOST_NO_MEMORY } host_talk;

static double host_now(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double host_deadline(const mera_worker *worker)
{
    const double patience = HOST_PATIENCE * worker->limits.seconds;

    return host_now() + (patience > HOST_PATIENCE_LEAST ? patience : HOST_PATIENCE_LEAST);
}

/* Waits until the socket can be read or written. */
static host_talk host_wait(const mera_worker *worker, short what, double deadline)
{
    struct pollfd poll_fd = {.fd = worker->fd, .events = what};

    for (;;) {
        const double left = deadline - host_now();
        const int ready =
            left <= 0 ? 0 : poll(&poll_fd, 1, left > 1000 ? 1000000 : (int)(left * 1e3) + 1);

        if (ready > 0) {
            return HOST_OK;
        }
        if (ready == 0 && left <= 0) {
            return HOST_LATE;
        }
        if (ready < 0 && errno != EINTR) {
            return HOST_CLOSED;
        }
    }
}

static host_talk host_write(const mera_worker *worker, const void *bytes, size_t n, double deadline)
{
    const char *at = bytes;

    while (n > 0) {
        const ssize_t put = send(worker->fd, at, n, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (put > 0) {
            at += put;
            n -= (size_t)put;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
            const host_talk talk = host_wait(worker, POLLOUT, deadline);

            if (talk != HOST_OK) {
                return talk;
            }
        } else {
            return HOST_CLOSED;
        }
    }
    return HOST_OK;
}

static host_talk host_read(const mera_worker *worker, void *to, size_t n, double deadline)
{
    char *at = to;

    while (n > 0) {
        const host_talk talk = host_wait(worker, POLLIN, deadline);
        const ssize_t got = talk != HOST_OK ? 0 : recv(worker->fd, at, n, MSG_DONTWAIT);

        if (talk != HOST_OK) {
            return talk;
        }
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
            return HOST_CLOSED;
        }
        at += got > 0 ? got : 0;
        n -= got > 0 ? (size_t)got : 0;
    }
    return HOST_OK;
}

/* The system's own limit of processor time counts from the start of the process: it is moved on
 * before each call. */
static void host_allow_time(const mera_worker *worker)
{
    struct timespec used = {0, 0};
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    clockid_t clock;

    if (clock_getcpuclockid(worker->pid, &clock) == 0 && clock_gettime(clock, &used) == 0) {
        limit.rlim_cur = (rlim_t)used.tv_sec + (rlim_t)worker->limits.seconds + 1 + HOST_SPARE;
        prlimit(worker->pid, RLIMIT_CPU, &limit, NULL);
    }
}

/* Sends a message and reads the answer into the arena. */
static host_talk host_ask(mera_worker *worker, mera_wire_out *out, size_t most, mera_arena *arena,
                          mera_wire_in *in)
{
    const double deadline = host_deadline(worker);
    uint64_t n = out->n;
    host_talk talk = out->failed ? HOST_NO_MEMORY : host_write(worker, &n, sizeof n, deadline);
    char *bytes;

    talk = talk != HOST_OK ? talk : host_write(worker, out->v, out->n, deadline);
    free(out->v);
    talk = talk != HOST_OK ? talk : host_read(worker, &n, sizeof n, deadline);
    if (talk != HOST_OK) {
        return talk;
    }
    if (n > most) {
        return HOST_NONSENSE;
    }
    bytes = mera_arena_alloc(arena, n, 1);
    if (bytes == NULL) {
        return HOST_NO_MEMORY;
    }
    *in = (mera_wire_in){.at = bytes, .end = bytes + n, .arena = arena};
    return host_read(worker, bytes, n, deadline);
}

static mera_code host_failed(const mera_plugin *plugin, host_talk talk, mera_diags *diags)
{
    switch (talk) {
    case HOST_LATE:
        return host_silent(plugin, diags);
    case HOST_CLOSED:
        return host_died_of(plugin, host_end(plugin->worker), diags);
    case HOST_NO_MEMORY:
        mera_worker_close(plugin->worker); /* a message may be half sent */
        return MERA_ENOMEM;
    default:
        return mera_worker_nonsense(plugin, diags);
    }
}

/* ---- the head of every answer ------------------------------------------------------------ */

static mera_code host_get_head(const mera_plugin *plugin, mera_wire_in *in,
                               const char *const *known, mera_diags *diags)
{
    const size_t said = mera_wire_get_size(in);
    const mera_code rc = said > MERA_ENOMEM ? MERA_EINPUT : (mera_code)said;
    const size_t before = mera_diags_size(diags);
    mera_code read;

    in->bad = in->bad || said > MERA_ENOMEM;
    read = mera_wire_get_diags(in, rc, known, diags);
    mera_wire_get_into(in, &plugin->worker->stats, sizeof plugin->worker->stats);
    if (in->bad || (rc != MERA_OK && rc != MERA_ENOMEM && mera_diags_size(diags) == before)) {
        return mera_worker_nonsense(plugin, diags);
    }
    return read;
}

/* The files that a place in an answer may be in. */
static mera_code host_know_files(const mera_plugin *plugin)
{
    const mera_plugin_files *files = &plugin->files;
    const char **known;

    MERA_TRY_NEW(known, plugin->arena, files->n_modules + 3);
    known[0] = plugin->path;
    for (size_t i = 0; i < files->n_modules; i++) {
        known[i + 1] = files->module[i].path;
    }
    plugin->worker->known = known;
    return MERA_OK;
}

/* The same with the file that asks. */
static const char *const *host_known(const mera_plugin *plugin, mera_at asked_at)
{
    plugin->worker->known[plugin->files.n_modules + 1] = asked_at.file;
    return plugin->worker->known;
}

mera_code mera_worker_ask(mera_plugin *plugin, mera_wire_out *out, size_t most,
                          const mera_worker_asker *by, mera_wire_in *in)
{
    mera_worker *worker = plugin->worker;
    host_talk talk;

    if (worker->pid == 0) {
        free(out->v);
        return mera_fail(by->diags, MERA_ELIMIT, "plugin-worker", (mera_at){.file = plugin->path},
                         "%s: its process has ended before", plugin->speaker);
    }
    host_allow_time(worker);
    talk = host_ask(worker, out, HOST_MESSAGE_MAX + most, by->arena, in);
    if (talk != HOST_OK) {
        return host_failed(plugin, talk, by->diags);
    }
    return host_get_head(plugin, in, host_known(plugin, by->at), by->diags);
}

mera_code mera_worker_load(mera_plugin *plugin, mera_at asked_at, mera_diags *diags,
                           const mera_value **tree)
{
    const mera_worker_asker by = {asked_at, plugin->arena, diags};
    mera_wire_out out = {0};
    mera_wire_in in;

    MERA_TRY(host_know_files(plugin));
    mera_worker_put_files(&out, &plugin->files);
    mera_wire_put(&out, &plugin->worker->limits, sizeof plugin->worker->limits);
    MERA_TRY(mera_worker_ask(plugin, &out, 0, &by, &in));
    *tree = mera_wire_get_value(&in, host_known(plugin, asked_at));
    return *tree == NULL ? mera_worker_nonsense(plugin, diags) : MERA_OK;
}

/* ---- calls ------------------------------------------------------------------------------- */

static void host_get_seen(mera_wire_in *in, const mera_plugin_item *entry)
{
    const size_t n = entry->item->reads.n + entry->item->attributes.n;
    const unsigned char *seen = mera_wire_get(in, n);

    for (size_t i = 0; seen != NULL && i < n; i++) {
        entry->seen[i] = seen[i] != 0;
    }
}

mera_code mera_worker_run(mera_plugin *plugin, const mera_worker_call *call)
{
    const mera_plugin_item *entry = call->op->impl;
    const mera_worker_asker by = {call->ctx->at, call->ctx->arena, call->ctx->diags};
    mera_wire_out out = {0};
    mera_wire_in in;

    mera_worker_put_call(&out, (size_t)(entry - plugin->item), call);
    MERA_TRY(mera_worker_ask(plugin, &out, 2 * call->n * sizeof(double), &by, &in));
    host_get_seen(&in, entry);
    mera_worker_get_results(&in, call);
    return in.bad ? mera_worker_nonsense(plugin, by.diags) : MERA_OK;
}
