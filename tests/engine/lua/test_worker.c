/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Plugins in a process of their own: the same numbers and words as in this one, and what is said
 * when the process dies, hangs or lies. This program is its own worker; started through a link
 * named lie_*, it is a worker that does not behave.
 */
#include "lua_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lua/worker.h"
#include "mera/plan.h"

enum { N = 4 };

static const char source[] =
    "local helpers = require 'helpers'\n"
    "return mera.plugin { id = 't', version = '1.2.0', api = 1,\n"
    "  params = { rate = { type = 'number', default = 2, help = 'x' },\n"
    "             word = { type = 'text', default = 'no', help = 'x' },\n"
    "             kind = { type = 'choice', choices = { 'a', 'b' }, default = 'b', help = 'x' } "
    "},\n"
    "  indicators = {\n"
    "    sum = { unit = '1', reads = { 'x', 'y' }, compute = function(d, p)\n"
    "      assert(p.word == 'no' and p.kind == 'b')\n"
    "      return helpers.twice(d.x) * p.rate + d.y / d.x end },\n"
    "    bad = { unit = '1', reads = { 'x' }, compute_unit = function(u)\n"
    "      if u.x > 1 then helpers.fail('too much') end return u.x end },\n"
    "    loop = { unit = '1', reads = { 'x' }, compute = function() while true do end end },\n"
    "    drawn = { unit = '1', reads = { 'x' }, attributes = { 'region' }, compute = function(d)\n"
    "      return mera.random('s') + d.region:eq('north') + d.x end },\n"
    "  },\n"
    "  normalisers = { sixth = { summary = 'x', fitted = { 'mean' },\n"
    "    fit = function(x) return { mean = x:mean() } end,\n"
    "    apply = function(x, p, f) return x - f.mean end } },\n"
    "  aggregators = { worst = { summary = 'x', aggregate = function(c, p)\n"
    "    return mera.min(c.columns[1], c.columns[2]) * c.weights[1] end } },\n"
    "  weighers = { first = { summary = 'x', weigh = function(c, p) return { 3, 1 } end } },\n"
    "  checks = { low = { summary = 'x', reads = { 'x' }, check = function(d)\n"
    "    return { { text = 'it is low', where = d.x:lt(1) } } end } },\n"
    "}\n";

static const double x[N] = {0.5, 2, NAN, 0}, y[N] = {3, 4, 5, 6}, w[2] = {0.25, 0.75};
static const double *const inputs[] = {x, y};
static const char *const units[] = {"Апатиты", "Воркута", "Норильск", "Тикси"};
static const char *const keys[] = {"1", "2", "3", "4"}, *const levels[] = {"north", "south"};
static const char *const periods[] = {"2024"};
static const int32_t codes[N] = {0, 1, 0, -1};
static const mera_labels labels = {"region", codes, levels, 2};
static const mera_around around = {.n = N,
                                   .unit_key = keys,
                                   .unit_name = units,
                                   .labels = &labels,
                                   .n_labels = 1,
                                   .n_periods = 1,
                                   .period_label = periods,
                                   .seed = 7};
static const mera_children children = {.n = N, .k = 2, .x = inputs, .w = w, .total = 1};

/* ---- opening ----------------------------------------------------------------------------- */

static mera_code open_in(fixture *f, const char *text, const char *worker, double seconds)
{
    static const char module[] = "return { twice = function(x) return 2 * x end,\n"
                                 "fail = function(text) error(text) end }";
    static const mera_module modules[] = {
        {"helpers", "helpers.lua", "p/t/helpers.lua", module, sizeof module - 1}};
    const mera_plugin_files files = {"p/t", text, strlen(text), modules, 1};
    const mera_lua_limits limits = {
        .instructions = 1000000000, .seconds = seconds, .worker = worker};

    mera_diags_source(f->diags, "p/t/helpers.lua", module, sizeof module - 1);
    return mera_plugin_open_files(&files, NULL, &limits, (mera_at){"m.yaml", 3, 5, 0}, f->arena,
                                  f->diags, &f->plugin);
}

static mera_op_ctx ctx_of(fixture *f)
{
    return (mera_op_ctx){.diags = f->diags,
                         .at = {"m.yaml", 9, 7, 0},
                         .arena = f->arena,
                         .subject = "indicator 'cold'",
                         .input = inputs,
                         .n_inputs = 2,
                         .unit_name = units,
                         .around = &around};
}

static mera_code derive(fixture *f, const char *name, double out[N])
{
    const mera_op *op = op_named(f, name);
    mera_op_ctx ctx = ctx_of(f);

    return op->derive(op, defaults_of(f, op), &ctx, N, out);
}

/* ---- the same as in this process ---------------------------------------------------------- */

/* Everything the plugin's operations give, one after the other. */
static void run_all(fixture *f, double out[8][N], mera_op_findings *found)
{
    mera_op_ctx ctx = ctx_of(f);
    const mera_op *norm = op_named(f, "normalise.t.sixth"), *op;
    mera_fitted fitted = {0};

    assert_int_equal(derive(f, "derive.t.sum", out[0]), MERA_OK);
    assert_int_equal(derive(f, "derive.t.drawn", out[1]), MERA_OK);
    assert_int_equal(norm->fit(norm, defaults_of(f, norm), &ctx, y, N, &fitted), MERA_OK);
    assert_int_equal(fitted.n, 1);
    assert_int_equal(norm->apply(norm, defaults_of(f, norm), &ctx, &fitted, y, N, out[2]), MERA_OK);
    op = op_named(f, "aggregate.t.worst");
    assert_int_equal(op->aggregate(op, defaults_of(f, op), &ctx, &children, out[3]), MERA_OK);
    op = op_named(f, "weight.t.first");
    assert_int_equal(op->weigh(op, defaults_of(f, op), &ctx, &children, out[4]), MERA_OK);
    op = op_named(f, "check.t.low");
    assert_int_equal(op->examine(op, defaults_of(f, op), &ctx, N, found), MERA_OK);
}

static void a_worker_gives_the_same_bytes(void **state)
{
    fixture *f = *state;
    double here[8][N] = {{0}}, there[8][N] = {{0}};
    mera_op_findings found[2] = {{0}};
    mera_plugin_stats stats[2];
    mera_plugin *first;

    assert_int_equal(open_in(f, source, NULL, 0), MERA_OK);
    run_all(f, here, &found[0]);
    stats[0] = mera_plugin_statistics(f->plugin);
    first = f->plugin;
    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    run_all(f, there, &found[1]);
    stats[1] = mera_plugin_statistics(f->plugin);
    assert_memory_equal(here, there, sizeof here);
    assert_int_equal(found[0].n, 1);
    assert_int_equal(found[1].n, 1);
    assert_string_equal(found[0].v[0].text, found[1].v[0].text);
    assert_string_equal(found[0].v[0].units, found[1].v[0].units);
    assert_string_equal(mera_plugin_sha256(first), mera_plugin_sha256(f->plugin));
    stats[0].seconds = stats[1].seconds = 0;
    assert_memory_equal(&stats[0], &stats[1], sizeof stats[0]);
    assert_true(stats[1].instructions > 0);
    mera_plugin_close(first);
}

static void an_error_in_a_worker_says_the_same(void **state)
{
    fixture *f = *state;
    double out[N];
    mera_plugin *first;
    const char *words;

    assert_int_equal(open_in(f, source, NULL, 0), MERA_OK);
    assert_int_equal(derive(f, "derive.t.bad", out), MERA_EINPUT);
    words = last_text(f);
    assert_non_null(strstr(words, "Воркута"));
    assert_non_null(strstr(words, "p/t/helpers.lua:2"));
    first = f->plugin;
    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    assert_int_equal(derive(f, "derive.t.bad", out), MERA_EINPUT);
    assert_string_equal(last_text(f), words);
    assert_int_equal(derive(f, "derive.t.sum", out), MERA_OK); /* an error is not the end */
    mera_plugin_close(first);
}

/* ---- an author's tests -------------------------------------------------------------------- */

static mera_code try_script(fixture *f, const char *text, mera_trials *out)
{
    const mera_script script = {"basic.lua", "p/t/tests/basic.lua", text, strlen(text)};

    *out = (mera_trials){.arena = f->arena};
    mera_diags_source(f->diags, script.path, text, script.n);
    return mera_plugin_try_script(f->plugin, &script, f->diags, out);
}

static const char tests_script[] =
    "return {\n"
    "  ['a sum'] = function(t) t.near(t.run('sum', { x = { 1 }, y = { 3 } }), { 7 }) end,\n"
    "  ['b is\\27[2J wrong'] = function(t) t.equal(1, 2) end,\n"
    "  ['c refuses'] = function(t) t.fails(function()\n"
    "    t.run('bad', { x = { 2 } }) end, 'too much') end,\n"
    "  ['d is large'] = function() local t = {} for i = 1, 1e9 do\n"
    "    t[i] = i .. ('x'):rep(60000) end end,\n"
    "  ['e comes after'] = function(t) t.ok(true) end,\n"
    "}\n";

static void tests_in_a_worker_find_the_same(void **state)
{
    static const mera_trial_state states[] = {MERA_TRIAL_PASSED, MERA_TRIAL_FAILED,
                                              MERA_TRIAL_PASSED, MERA_TRIAL_FAILED,
                                              MERA_TRIAL_SKIPPED};
    fixture *f = *state;
    mera_trials here, there;
    mera_plugin *first;

    assert_int_equal(open_in(f, source, NULL, 0), MERA_OK);
    assert_int_equal(try_script(f, tests_script, &here), MERA_OK);
    first = f->plugin;
    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    assert_int_equal(try_script(f, tests_script, &there), MERA_OK);
    assert_int_equal(here.n, 5);
    assert_int_equal(there.n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(here.v[i].state, states[i]);
        assert_int_equal(there.v[i].state, states[i]);
        assert_string_equal(there.v[i].subject, "tests/basic.lua");
        assert_string_equal(here.v[i].name, there.v[i].name);
        assert_string_equal(here.v[i].why == NULL ? "" : here.v[i].why,
                            there.v[i].why == NULL ? "" : there.v[i].why);
    }
    assert_string_equal(there.v[1].name, "b is [2J wrong"); /* nobody moves the cursor */
    assert_non_null(strstr(there.v[1].why, "p/t/tests/basic.lua:3: it is 1, expected 2"));
    mera_plugin_close(first);
}

static void tests_that_do_not_run_say_the_same_in_a_worker(void **state)
{
    fixture *f = *state;
    mera_plugin *first;
    mera_trials trials;
    const char *words;

    assert_int_equal(open_in(f, source, NULL, 0), MERA_OK);
    assert_int_equal(try_script(f, "return {\n  a = nowhere.at }", &trials), MERA_EINPUT);
    words = last_text(f);
    assert_non_null(strstr(words, "p/t/tests/basic.lua:2"));
    first = f->plugin;
    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    assert_int_equal(try_script(f, "return {\n  a = nowhere.at }", &trials), MERA_EINPUT);
    assert_string_equal(last_text(f), words);
    assert_int_equal(trials.n, 0);
    mera_plugin_close(first);
}

static void tests_of_a_killed_worker_are_an_error(void **state)
{
    fixture *f = *state;
    mera_trials trials;

    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    kill(f->plugin->worker->pid, SIGKILL);
    assert_int_equal(try_script(f, tests_script, &trials), MERA_ELIMIT);
    assert_printed(f, "its process was killed by signal 9");
}

/* ---- its end ----------------------------------------------------------------------------- */

static void *kill_soon(void *pid)
{
    usleep(100000);
    kill(*(pid_t *)pid, SIGKILL);
    return NULL;
}

static void a_killed_worker_is_an_error(void **state)
{
    fixture *f = *state;
    pthread_t thread;
    double out[N];
    pid_t pid;

    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    pid = f->plugin->worker->pid;
    assert_int_equal(pthread_create(&thread, NULL, kill_soon, &pid), 0);
    assert_int_equal(derive(f, "derive.t.loop", out), MERA_ELIMIT);
    pthread_join(thread, NULL);
    assert_printed(f, "plugin 't' 1.2.0: its process was killed by signal 9");
    assert_int_equal(derive(f, "derive.t.sum", out), MERA_ELIMIT);
    assert_printed(f, "plugin 't' 1.2.0: its process has ended before");
    mera_plugin_close(f->plugin);
    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    assert_int_equal(derive(f, "derive.t.sum", out), MERA_OK); /* the engine is alive */
}

static void a_stopped_worker_is_not_waited_for(void **state)
{
    fixture *f = *state;
    double out[N];

    assert_int_equal(open_in(f, source, "/proc/self/exe", 0.05), MERA_OK);
    kill(f->plugin->worker->pid, SIGSTOP);
    assert_int_equal(derive(f, "derive.t.sum", out), MERA_ELIMIT);
    assert_printed(f, "plugin 't' 1.2.0: stopped: its process did not answer in time");
}

static void closing_leaves_no_process(void **state)
{
    fixture *f = *state;

    assert_int_equal(open_in(f, source, "/proc/self/exe", 0), MERA_OK);
    mera_plugin_close(f->plugin);
    f->plugin = NULL;
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* there is no child */
}

/* ---- workers that lie --------------------------------------------------------------------- */

static void say(const void *bytes, size_t n)
{
    if (write(MERA_WORKER_FD, bytes, n) != (ssize_t)n) {
        _exit(1);
    }
}

/* The program under the name lie_HOW. */
static int lie(const char *how)
{
    char request[65536], noise[4096];
    uint64_t n = sizeof noise;

    if (read(MERA_WORKER_FD, request, sizeof request) <= 0) {
        return 1;
    }
    for (size_t i = 0; i < sizeof noise; i++) {
        noise[i] = (char)(i * 2654435761U >> 13);
    }
    if (strcmp(how, "noise") == 0) {
        say(&n, sizeof n);
        say(noise, sizeof noise);
    } else if (strcmp(how, "zeros") == 0) { /* "all is well", and then nothing */
        memset(noise, 0, sizeof noise);
        say(&n, sizeof n);
        say(noise, sizeof noise);
    } else if (strcmp(how, "much") == 0) {
        n = UINT64_MAX / 2;
        say(&n, sizeof n);
    } else if (strcmp(how, "spin") == 0) {
        for (;;) {
        }
    } else if (strcmp(how, "crash") == 0) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    }
    return read(MERA_WORKER_FD, request, sizeof request) < 0; /* until the engine hangs up */
}

static void assert_lie(fixture *f, const char *how, double seconds, const char *words)
{
    char link[64], program[4096];
    const ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);

    assert_true(n > 0);
    program[n] = '\0';
    snprintf(link, sizeof link, "lie_%s.%d", how, (int)getpid());
    unlink(link);
    assert_int_equal(symlink(program, link), 0);
    assert_int_not_equal(open_in(f, source, link, seconds), MERA_OK);
    unlink(link);
    assert_null(f->plugin);
    assert_printed(f, words);
}

static void a_worker_that_lies_is_found_out(void **state)
{
    fixture *f = *state;

    assert_lie(f, "noise", 1, "sent an answer that makes no sense");
    assert_lie(f, "zeros", 1, "sent an answer that makes no sense");
    assert_lie(f, "much", 1, "sent an answer that makes no sense");
    assert_lie(f, "crash", 1, "its process was killed by signal 11");
    assert_lie(f, "spin", 1, "its process used up its processor time");
    assert_lie(f, "silence", 0.05, "its process did not answer in time");
}

static void a_worker_that_cannot_start_is_an_error_with_a_way_out(void **state)
{
    fixture *f = *state;

    assert_int_equal(open_in(f, source, "/nowhere/mera", 0), MERA_ESYSTEM);
    assert_printed(f, "--trust NAME");
    assert_int_not_equal(open_in(f, source, "/bin/true", 0), MERA_OK);
    assert_printed(f, "its process could not shut itself in or lost its way");
}

int main(int argc, char **argv)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        HERE(a_worker_gives_the_same_bytes),
        HERE(an_error_in_a_worker_says_the_same),
        HERE(tests_in_a_worker_find_the_same),
        HERE(tests_that_do_not_run_say_the_same_in_a_worker),
        HERE(tests_of_a_killed_worker_are_an_error),
        HERE(a_killed_worker_is_an_error),
        HERE(a_stopped_worker_is_not_waited_for),
        HERE(closing_leaves_no_process),
        HERE(a_worker_that_lies_is_found_out),
        HERE(a_worker_that_cannot_start_is_an_error_with_a_way_out),
    };

    if (mera_worker_asked(argc, argv)) {
        const char *name = (const char *)getauxval(AT_EXECFN), *how = strstr(name, "lie_");
        char word[32];

        if (how == NULL) {
            return mera_worker_main();
        }
        snprintf(word, sizeof word, "%.*s", (int)strcspn(how + 4, "."), how + 4);
        return lie(word);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
