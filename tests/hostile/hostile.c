/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Runs one hostile script as a plugin and checks that it ended within its budget, in the way its
 * head says, with a message that names the plugin, and that another plugin computes as ever after
 * it. The deadline is the test's own: a script that hangs the engine is killed and fails.
 *
 * A script begins with what it tries and what must become of it:
 *
 *     -- A loop that catches what stops it.
 *     -- expect: limit            (limit, input or fine)
 *     -- says: 2000000 instructions
 *     -- runs: compute            (the default: the script is the body of an indicator's function;
 *                                  unit: of a function per unit; file: it is the whole plugin.lua)
 *
 * `--[[repeat N TEXT]]` stands for N copies of TEXT, for scripts too long to be written out.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "lua/host.h"
#include "mera/plan.h"

enum { HOSTILE_UNITS = 100, HOSTILE_BYTES = 4 << 20 };

static const mera_lua_limits hostile_limits = {
    .instructions = 2000000, .bytes = 16 << 20, .seconds = 1};
static const mera_lua_limits hostile_worker_limits = {
    .instructions = 2000000, .bytes = 16 << 20, .seconds = 1, .worker = "/proc/self/exe"};

static double hostile_x[HOSTILE_UNITS], hostile_y[HOSTILE_UNITS];
static const char *hostile_unit[HOSTILE_UNITS];

static const char honest_plugin[] =
    "return mera.plugin { id = 'honest', version = '1.0.0', api = 1, indicators = { sum = {\n"
    "  unit = '1', reads = {'x', 'y'}, compute = function(d) return d.x + d.y:rank() end } } }\n";

/* ---- the head of a script ---------------------------------------------------------------- */

/* The text after `-- key:` on a line of its own, or NULL. */
static const char *script_says(const char *script, const char *key, mera_arena *arena)
{
    const char *mark = mera_arena_printf(arena, "-- %s: ", key);
    const char *at = mark == NULL ? NULL : strstr(script, mark);

    return at == NULL
               ? NULL
               : mera_arena_strndup(arena, at + strlen(mark), strcspn(at + strlen(mark), "\n"));
}

/* ---- the script as a plugin -------------------------------------------------------------- */

/* Appends the script with every `--[[repeat N TEXT]]` written out. */
static void script_expand(mera_text *out, const char *script)
{
    static const char mark[] = "--[[repeat ";
    const char *at;

    for (; (at = strstr(script, mark)) != NULL; script = strstr(at, "]]") + 2) {
        char *text;
        const long times = strtol(at + sizeof mark - 1, &text, 10);
        const size_t n = (size_t)(strstr(at, "]]") - ++text);

        mera_text_add_n(out, script, (size_t)(at - script));
        for (long i = 0; i < times; i++) {
            mera_text_add_n(out, text, n);
        }
    }
    mera_text_add(out, script);
}

static const char *script_plugin(const char *script, const char *runs, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    const bool file = strcmp(runs, "file") == 0, unit = strcmp(runs, "unit") == 0;

    if (!file) {
        mera_text_add(&text, "local kept, calls = {}, 0 local function attack(d, p) "
                             "calls = calls + 1 ");
    }
    script_expand(&text, script);
    if (!file) {
        mera_text_addf(&text,
                       "\nend return mera.plugin { id = 'hostile', version = '6.6.6', api = 1,\n"
                       "params = { level = { type = 'number', default = 7, help = 'x' } },\n"
                       "indicators = { i = { unit = '1', reads = {'x', 'y'}, %s = attack } } }\n",
                       unit ? "compute_unit" : "compute");
    }
    return mera_text_string(&text);
}

/* ---- running ----------------------------------------------------------------------------- */

static mera_code hostile_derive(const mera_plugin *plugin, mera_arena *arena, mera_diags *diags,
                                double y[HOSTILE_UNITS])
{
    const double *const input[] = {hostile_x, hostile_y};
    const mera_op *op = mera_plugin_op(plugin, 0);
    mera_op_ctx ctx = {.diags = diags,
                       .at = {"methodology.yaml", 9, 7, 0},
                       .arena = arena,
                       .subject = "indicator 'cold'",
                       .input = input,
                       .n_inputs = 2,
                       .unit_name = hostile_unit};
    void *params = NULL;

    MERA_TRY(mera_op_bind(op, NULL, NULL, MERA_NOWHERE, arena, diags, &params));
    return op->derive(op, params, &ctx, HOSTILE_UNITS, y);
}

/* Opens the plugin and computes its first indicator twice: it may have kept something. */
static mera_code hostile_run(const char *source, const mera_lua_limits *limits, mera_arena *arena,
                             mera_diags *diags, double y[HOSTILE_UNITS])
{
    mera_plugin *plugin;
    mera_code rc;

    MERA_TRY(mera_plugin_open("plugins/hostile", source, strlen(source), NULL, limits,
                              (mera_at){"methodology.yaml", 3, 5, 0}, arena, diags, &plugin));
    rc = hostile_derive(plugin, arena, diags, y);
    if (rc == MERA_OK) {
        rc = hostile_derive(plugin, arena, diags, y);
    }
    mera_plugin_close(plugin);
    return rc;
}

static bool engine_is_alive(mera_arena *arena)
{
    mera_diags *diags = mera_diags_new(arena);
    double y[HOSTILE_UNITS];
    bool alive =
        diags != NULL && hostile_run(honest_plugin, &hostile_limits, arena, diags, y) == MERA_OK;

    for (int i = 0; alive && i < HOSTILE_UNITS; i++) {
        alive = y[i] == hostile_x[i] + i + 1;
    }
    return alive;
}

/* ---- judging ----------------------------------------------------------------------------- */

static void hostile_print(const mera_diags *diags, mera_arena *arena)
{
    for (size_t i = 0; i < mera_diags_size(diags) && i < 5; i++) {
        fprintf(stderr, "%.2000s\n", mera_diag_text(diags, mera_diags_get(diags, i), arena));
    }
}

/* Does some problem say the text and, in the same breath, name the plugin? */
static bool hostile_said(const mera_diags *diags, const char *says)
{
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        const char *message = mera_diags_get(diags, i)->message;

        if (strstr(message, says) != NULL && mera_starts_with(message, "plugin")) {
            return true;
        }
    }
    return false;
}

/* Nothing a script made may move the cursor of who reads its message. */
static bool hostile_shows_control(const mera_diags *diags)
{
    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        for (const char *c = mera_diags_get(diags, i)->message; *c != '\0'; c++) {
            if ((unsigned char)*c < ' ' || *c == 0x7F ||
                (*c == '\xC2' && (signed char)c[1] < -96)) {
                return true;
            }
        }
    }
    return false;
}

static const char *hostile_verdict(const char *expect, const char *says, mera_code rc,
                                   const mera_diags *diags, const double *y)
{
    const mera_code wanted = strcmp(expect, "limit") == 0   ? MERA_ELIMIT
                             : strcmp(expect, "input") == 0 ? MERA_EINPUT
                                                            : MERA_OK;

    if (rc != wanted) {
        return "it ended in another way than expected";
    }
    if (wanted != MERA_OK && (says == NULL || !hostile_said(diags, says))) {
        return "the message is another one, or does not name the plugin";
    }
    if (hostile_shows_control(diags)) {
        return "a control character got into a message";
    }
    for (int i = 0; wanted == MERA_OK && i < HOSTILE_UNITS; i++) {
        if (y[i] != hostile_x[i]) {
            return "an honest value was falsified";
        }
    }
    return NULL;
}

/* Everything that was said, as it is printed. */
static const char *hostile_words(const mera_diags *diags, mera_arena *arena)
{
    mera_text text = {.arena = arena};

    for (size_t i = 0; i < mera_diags_size(diags); i++) {
        mera_text_add(&text, mera_diag_text(diags, mera_diags_get(diags, i), arena));
    }
    return mera_text_string(&text);
}

/* In a process of its own a script must end in the same way and with the same words. */
static const char *hostile_worker_verdict(const char *source, mera_code rc, const mera_diags *diags,
                                          mera_arena *arena)
{
    mera_diags *there = mera_diags_new(arena);
    double y[HOSTILE_UNITS] = {0};

    if (there == NULL || hostile_run(source, &hostile_worker_limits, arena, there, y) != rc ||
        strcmp(hostile_words(there, arena), hostile_words(diags, arena)) != 0) {
        fprintf(stderr, "in a worker:\n");
        hostile_print(there, arena);
        return "in a worker it ended in another way";
    }
    for (int i = 0; rc == MERA_OK && i < HOSTILE_UNITS; i++) {
        if (y[i] != hostile_x[i]) {
            return "in a worker an honest value was falsified";
        }
    }
    return NULL;
}

static int hostile_test(const char *path, const char *script, mera_arena *arena)
{
    mera_diags *diags = mera_diags_new(arena);
    const char *runs = script_says(script, "runs", arena);
    const char *expect = script_says(script, "expect", arena);
    const char *says = script_says(script, "says", arena), *wrong, *source;
    const clock_t began = clock();
    double y[HOSTILE_UNITS] = {0};
    mera_code rc;

    if (diags == NULL || expect == NULL) {
        fprintf(stderr, "%s: no '-- expect:' in it\n", path);
        return 1;
    }
    source = script_plugin(script, runs == NULL ? "compute" : runs, arena);
    rc = hostile_run(source, &hostile_limits, arena, diags, y);
    printf("%s: %.3f s of processor time\n", path, (double)(clock() - began) / CLOCKS_PER_SEC);
    wrong = hostile_verdict(expect, says, rc, diags, y);
    if (wrong == NULL) {
        wrong = hostile_worker_verdict(source, rc, diags, arena);
    }
    if (wrong == NULL && !engine_is_alive(arena)) {
        wrong = "the engine did not compute another plugin after it";
    }
    if (wrong != NULL) {
        fprintf(stderr, "%s: %s (code %d)\n", path, wrong, (int)rc);
        hostile_print(diags, arena);
    }
    return wrong != NULL;
}

static const char *hostile_read(const char *path, mera_arena *arena)
{
    FILE *file = fopen(path, "rb");
    char *text = mera_arena_alloc(arena, HOSTILE_BYTES, 1);

    if (file == NULL || text == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return NULL;
    }
    text[fread(text, 1, HOSTILE_BYTES - 1, file)] = '\0';
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    if (mera_worker_asked(argc, argv)) {
        return mera_worker_main();
    }
    mera_arena *arena = mera_arena_new();
    const char *script = argc == 2 && arena != NULL ? hostile_read(argv[1], arena) : NULL;
    int failed = 1;

    for (int i = 0; i < HOSTILE_UNITS; i++) {
        hostile_x[i] = i * 0.5;
        hostile_y[i] = 1000.0 - i;
        hostile_unit[i] = "town";
    }
    if (script != NULL) {
        failed = hostile_test(argv[1], script, arena);
    }
    mera_arena_free(arena);
    return failed;
}
