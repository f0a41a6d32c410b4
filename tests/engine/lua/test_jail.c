/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a worker's process can still ask of the system once it has shut itself in, whatever code
 * runs in it: each test is machine code that tries, as a plugin would that broke out of the
 * sandbox.
 */
#include "lua_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lua/worker.h"

enum { JAIL_FD = 1, NO_JAIL = 9, CAME_BACK = 7 };

static const mera_lua_limits limits = {.instructions = 1000, .bytes = 64 << 20, .seconds = 1};

/* Runs `attempt` in a process that has shut itself in; its wait status. */
static int status_of(void (*attempt)(void))
{
    int status = 0;
    const pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        if (!mera_jail_enter(JAIL_FD, &limits)) {
            _exit(NO_JAIL);
        }
        attempt();
        _exit(CAME_BACK);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void assert_killed(void (*attempt)(void))
{
    const int status = status_of(attempt);

    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS) {
        print_error("status %d: exit %d, signal %d\n", status, WEXITSTATUS(status),
                    WTERMSIG(status));
    }
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSYS);
}

/* ---- what may be done -------------------------------------------------------------------- */

static void compute(void)
{
    char *block = malloc(8 << 20);
    struct timespec now;

    if (block != NULL && clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0) {
        memset(block, 1, 8 << 20);
        free(block);
        _exit(0);
    }
}

static void computing_goes_on(void **state)
{
    (void)state;
    assert_int_equal(status_of(compute), 0);
}

/* ---- what may not ------------------------------------------------------------------------ */

static void read_a_file(void)
{
    open("/etc/passwd", O_RDONLY);
}

static void write_a_file(void)
{
    open("/tmp/mera_was_here", O_WRONLY | O_CREAT, 0600);
}

static void remove_a_file(void)
{
    unlink("/tmp/mera_was_here");
}

static void read_another_descriptor(void)
{
    char byte;

    if (read(0, &byte, 1) < 0) {
        _exit(CAME_BACK);
    }
}

static void connect_out(void)
{
    socket(AF_INET, SOCK_STREAM, 0);
}

static void connect_locally(void)
{
    int pair[2];

    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

static void run_a_program(void)
{
    char *const argv[] = {NULL};

    execve("/bin/true", argv, argv);
}

static void fork_itself(void)
{
    if (fork() == 0) {
        _exit(0);
    }
}

static void kill_its_parent(void)
{
    kill(getppid(), SIGTERM);
}

static void trace_its_parent(void)
{
    ptrace(PTRACE_ATTACH, 1, NULL, NULL);
}

static void make_memory_executable(void)
{
    mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void make_its_memory_executable(void)
{
    static char page[8192];
    char *at = page + (4096 - (uintptr_t)page % 4096) % 4096;

    mprotect(at, 4096, PROT_READ | PROT_WRITE | PROT_EXEC);
}

static void raise_its_limits(void)
{
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};

    setrlimit(RLIMIT_CPU, &none);
}

static void change_its_folder(void)
{
    if (chdir("/") != 0) {
        _exit(CAME_BACK);
    }
}

static void who_asks_for_more_is_killed(void **state)
{
    void (*const attempts[])(void) = {read_a_file,       write_a_file,
                                      remove_a_file,     read_another_descriptor,
                                      connect_out,       connect_locally,
                                      run_a_program,     fork_itself,
                                      kill_its_parent,   trace_its_parent,
                                      raise_its_limits,  make_memory_executable,
                                      change_its_folder, make_its_memory_executable};

    (void)state;
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        print_message("attempt %zu\n", i);
        assert_killed(attempts[i]);
    }
    assert_int_not_equal(access("/tmp/mera_was_here", F_OK), 0);
}

static void run_on(void)
{
    for (;;) {
    }
}

static void processor_time_ends(void **state)
{
    struct rusage before, after;
    int status;

    (void)state;
    getrusage(RUSAGE_CHILDREN, &before);
    status = status_of(run_on);
    getrusage(RUSAGE_CHILDREN, &after);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGXCPU);
    assert_true(after.ru_utime.tv_sec - before.ru_utime.tv_sec <= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(computing_goes_on),
        cmocka_unit_test(who_asks_for_more_is_killed),
        cmocka_unit_test(processor_time_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
