/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a worker gives up. The filter of system calls is a list of what is allowed: reading and
 * writing on the one socket, memory that is not executable, the clock, the end. Anything else kills
 * the process on the spot, whatever asked for it.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lua/worker.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define JAIL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define JAIL_SANITIZED 1
#endif
#endif
#ifndef JAIL_SANITIZED
#define JAIL_SANITIZED 0
#endif

enum { JAIL_BASE_BYTES_SHIFT = 32, JAIL_SPARE_SECONDS = 1 };

/* ---- limits of the system ---------------------------------------------------------------- */

static bool jail_limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
    const struct rlimit limit = {soft, hard};

    return setrlimit(what, &limit) == 0;
}

/* The sandbox's own limits are the ones that are felt; these are for what gets past them. */
static bool jail_limits(const mera_lua_limits *limits)
{
    const rlim_t bytes = ((rlim_t)1 << JAIL_BASE_BYTES_SHIFT) + 4 * (rlim_t)limits->bytes;
    const rlim_t seconds = (rlim_t)limits->seconds + JAIL_SPARE_SECONDS;

    return jail_limit(RLIMIT_CORE, 0, 0) && jail_limit(RLIMIT_FSIZE, 0, 0) &&
           jail_limit(RLIMIT_NPROC, 0, 0) && jail_limit(RLIMIT_MEMLOCK, 0, 0) &&
           jail_limit(RLIMIT_CPU, seconds, RLIM_INFINITY) &&
           (JAIL_SANITIZED || jail_limit(RLIMIT_AS, bytes, bytes)) &&
           jail_limit(RLIMIT_NOFILE, 0, 0);
}

/* ---- the filter -------------------------------------------------------------------------- */

static bool jail_allow_plain(scmp_filter_ctx filter)
{
    static const int calls[] = {
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(brk),
        SCMP_SYS(madvise),
        SCMP_SYS(exit_group),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(exit),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(getrandom),
#if JAIL_SANITIZED /* its run time asks for more, also while it reports */
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(futex),
        SCMP_SYS(sched_yield),
        SCMP_SYS(sigaltstack),
        SCMP_SYS(rt_sigaction),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(write),
#endif
    };
    bool ok = true;

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0;
    }
    return ok;
}

/* One descriptor, and no memory that can be run. */
static bool jail_allow_some(scmp_filter_ctx filter, int fd)
{
    const scmp_datum_t socket = (scmp_datum_t)fd;
    bool ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
                               SCMP_A0(SCMP_CMP_EQ, socket, 0)) == 0;

    ok = ok && (JAIL_SANITIZED || seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                                                   SCMP_A0(SCMP_CMP_EQ, socket, 0)) == 0);
    ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                                SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                                SCMP_A4(SCMP_CMP_MASKED_EQ, UINT32_MAX, UINT32_MAX)) == 0;
    return ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

static bool jail_filter(int fd)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool ok = filter != NULL;

    ok = ok && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
    ok = ok && jail_allow_plain(filter) && jail_allow_some(filter, fd);
    ok = ok && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}

static int jail_compare(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

/* The C library's qsort asks the system for its memory when it first sorts more than a little. */
static void jail_warm(void)
{
    char bytes[4096] = {0};

    qsort(bytes, sizeof bytes, 1, jail_compare);
}

bool mera_jail_enter(int fd, const mera_lua_limits *limits)
{
    jail_warm();
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           jail_limits(limits) && jail_filter(fd);
}
