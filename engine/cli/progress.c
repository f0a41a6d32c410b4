/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A line on the terminal while something long runs, and Ctrl-C that ends it early instead of
 * throwing away what was done. The first Ctrl-C asks the run to stop, a later one ends the
 * program. A program that started this one often passes on what the terminal has sent already:
 * what follows within PROGRESS_ECHO seconds is the same Ctrl-C.
 */
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* A signal reaches the process, not an engine: the one thing here that cannot be anybody's own. */
static volatile sig_atomic_t progress_stop;

static struct timespec progress_stopped;

#define PROGRESS_ECHO 0.3

static double progress_seconds(struct timespec t)
{
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double progress_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return progress_seconds(t);
}

static void progress_interrupt(int number)
{
    if (progress_stop == 0) {
        clock_gettime(CLOCK_MONOTONIC, &progress_stopped);
        progress_stop = 1;
    } else if (progress_now() - progress_seconds(progress_stopped) > PROGRESS_ECHO) {
        signal(number, SIG_DFL);
        raise(number);
    }
}

void cli_progress_begin(const cli *c, cli_progress *p, mera_progress_fn *tick, void **context)
{
    const struct sigaction own = {.sa_handler = progress_interrupt, .sa_flags = SA_RESTART};
    *p = (cli_progress){.stream = c->problems,
                        .russian = mera_streq(c->view.language, "ru"),
                        .shows = !c->args.quiet && isatty(fileno(c->problems)),
                        .start = progress_now(),
                        .from = UINT64_MAX};
    progress_stop = 0;
    sigaction(SIGINT, &own, &p->before);
    if (tick != NULL) {
        *tick = cli_progress_tick;
        *context = p;
    }
}

void cli_progress_end(cli_progress *p)
{
    if (p->shown > 0) {
        fputs("\r\033[K", p->stream);
        fflush(p->stream);
    }
    sigaction(SIGINT, &p->before, NULL);
}

void cli_progress_stopped(cli *c, uint64_t done, uint64_t of, const char *of_what, const char *hint)
{
    c->failed = true;
    if (of > 0) {
        mera_warn(c->diags, "stopped", MERA_NOWHERE, "stopped after %llu of %llu %s",
                  (unsigned long long)done, (unsigned long long)of, of_what);
    } else {
        mera_warn(c->diags, "stopped", MERA_NOWHERE, "stopped after %llu %s",
                  (unsigned long long)done, of_what);
    }
    mera_hint(c->diags, "%s", hint);
}

static void progress_line(cli_progress *p, uint64_t done, uint64_t until, double now)
{
    const double rate = (double)(done - p->from) / (now - p->start);
    const double left = rate > 0 ? (double)(until - done) / rate : 0;
    fprintf(p->stream,
            p->russian ? "\r\033[K%llu из %llu · %.0f/с · осталось %.0f с"
                       : "\r\033[K%llu of %llu · %.0f/s · %.0f s left",
            (unsigned long long)done, (unsigned long long)until, rate, left);
    fflush(p->stream);
    p->shown = now;
}

bool cli_progress_tick(void *context, uint64_t done, uint64_t until)
{
    cli_progress *p = context;
    const double now = progress_now();
    if (p->from == UINT64_MAX) { /* the rate is of what is seen from here on */
        p->from = done;
        p->start = now;
    }
    if (p->shows && done > p->from && now - p->start > 0.5 && now - p->shown > 0.1) {
        progress_line(p, done, until, now);
    }
    return progress_stop == 0;
}
