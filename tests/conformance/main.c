/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * coinr_conformance -- replays every case of a folder of COINr's results through mera's public API.
 *
 *     coinr_conformance [--root DIR] [--verbose] [--at-least N] [--only TEXT] FOLDER
 *
 * The folder has index.csv and a JSON sidecar a case that names functions of COINr, their arguments
 * and the files of results. A line a case: `pass ID`, `differs ID <largest difference>`, or
 * `not supported ID <why>`; then the counts. Cases with `defect` are answers of COINr that are
 * wrong: they are printed likewise and counted apart, and do not touch the exit status. That is 0
 * when every case without a defect passes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "compare.h"

typedef struct options {
    const char *folder, *root, *only;
    long at_least;
    bool verbose;
} options;

typedef enum verdict { VERDICT_PASS, VERDICT_DIFFERS, VERDICT_UNSUPPORTED, N_VERDICTS } verdict;

static int usage(FILE *to)
{
    fputs(
        "usage: coinr_conformance [--root DIR] [--verbose] [--at-least N] [--only TEXT] FOLDER\n"
        "\n"
        "Replays the cases of FOLDER (index.csv and a JSON sidecar a case) through mera, and "
        "prints\n"
        "'pass ID', 'differs ID LARGEST-DIFFERENCE' or 'not supported ID WHY' for each, then "
        "counts.\n"
        "\n"
        "  --root DIR    what the paths in the sidecars start from: the folder that holds shared/\n"
        "  --verbose     under a case that differs, where the largest difference is\n"
        "  --at-least N  fail also when fewer cases without a defect pass\n"
        "  --only TEXT   only cases whose id holds TEXT\n"
        "\n"
        "Exit status: 0 every case without a defect passes; 1 some do not; 2 wrong use;\n"
        "77 there is no index.csv in FOLDER.\n",
        to);
    return 2;
}

static bool options_read(int n, char **argv, options *out)
{
    *out = (options){.root = ".", .at_least = -1};
    for (int i = 1; i < n; i++) {
        const bool value = i + 1 < n;
        if (same(argv[i], "--root") && value) {
            out->root = argv[++i];
        } else if (same(argv[i], "--only") && value) {
            out->only = argv[++i];
        } else if (same(argv[i], "--at-least") && value) {
            out->at_least = strtol(argv[++i], NULL, 10);
        } else if (strncmp(argv[i], "--only=", 7) == 0) {
            out->only = argv[i] + 7;
        } else if (same(argv[i], "--verbose")) {
            out->verbose = true;
        } else if (argv[i][0] != '-' && out->folder == NULL) {
            out->folder = argv[i];
        } else {
            return false;
        }
    }
    return out->folder != NULL;
}

/* ---- a case ----------------------------------------------------------------------------- */

static mera_code case_replay(run *r)
{
    coin *c;
    MERA_TRY(steps_replay(r, arg(r->sidecar, "steps"), &c));
    const json_t *call = arg(r->sidecar, "call");
    return call == NULL ? MERA_OK : call_answer(r, c, call);
}

/* Compares every output of the sidecar with what was given out under its name. */
static mera_code case_compare(run *r, finding *worst)
{
    const tolerance how = tolerance_read(arg_text(r->sidecar, "tolerance", NULL));
    const char *name;
    json_t *value;
    *worst = (finding){0, NULL};
    json_object_foreach(json_object_get(r->sidecar, "outputs"), name, value)
    {
        const csv *want = run_expected(r, name);
        const table *got = run_find(r, name);
        if (want == NULL) {
            return run_missing(r, "output '%s': its file cannot be read", name);
        }
        if (got == NULL) {
            return run_unsupported(r, "output '%s': nothing is given out under that name", name);
        }
        if (!how.objective) {
            *worst = finding_worse(*worst, compare_table(got, want, how));
        } else if (same(name, "objective")) {
            *worst = finding_worse(*worst, compare_objective(got, want, how));
        }
    }
    if (worst->where != NULL && worst->largest <= how.bound) {
        worst->where = NULL;
    }
    return MERA_OK;
}

static verdict case_say(const options *o, const char *id, verdict v, double largest,
                        const char *why)
{
    if (v == VERDICT_PASS) {
        printf("pass %s\n", id);
    } else if (v == VERDICT_UNSUPPORTED) {
        printf("not supported %s %s\n", id, why);
    } else {
        printf("differs %s %.3g\n", id, largest);
        if (o->verbose) {
            printf("  %s\n", why);
        }
    }
    return v;
}

/* Operations rewind the arena they are given, so what they say lives in another one. */
static verdict case_run(const options *o, const mera_registry *registry, const char *id,
                        const char *path, mera_arena *arena, mera_diags *diags)
{
    json_error_t error;
    json_t *sidecar = json_load_file(path, 0, &error);
    if (sidecar == NULL) {
        return case_say(o, id, VERDICT_UNSUPPORTED, NAN,
                        text_of(arena, "%s: %s", path, error.text));
    }
    const char *slash = strrchr(path, '/');
    run r = {.arena = arena,
             .diags = diags,
             .registry = registry,
             .root = o->root,
             .sidecar = sidecar,
             .kept = json_array(),
             .folder = text_of(arena, "%.*s", (int)(slash - path), path)};
    finding f = {0, NULL};
    verdict v;
    mera_code rc = case_replay(&r);
    rc = rc == MERA_OK ? case_compare(&r, &f) : rc;
    const char *why = r.why == NULL ? "mera refused" : r.why;
    if (rc == MERA_OK) {
        v = case_say(o, id, f.where == NULL ? VERDICT_PASS : VERDICT_DIFFERS, f.largest, f.where);
    } else {
        const bool unknown = rc == MERA_EUSAGE || rc == MERA_ESYSTEM;
        v = case_say(o, id, unknown ? VERDICT_UNSUPPORTED : VERDICT_DIFFERS, INFINITY, why);
    }
    json_decref(r.kept);
    json_decref(sidecar);
    return v;
}

/* ---- the folder ------------------------------------------------------------------------- */

static void count_say(const char *what, const size_t n[N_VERDICTS])
{
    printf("%s: %zu pass, %zu differ, %zu not supported\n", what, n[VERDICT_PASS],
           n[VERDICT_DIFFERS], n[VERDICT_UNSUPPORTED]);
}

/* One row of the index. */
static verdict folder_case(const options *o, const mera_registry *registry, size_t row,
                           const char *id, const char *json)
{
    mera_arena *own = mera_arena_new(), *said = mera_arena_new();
    verdict v;
    if (id == NULL || json == NULL) {
        v = case_say(o, id != NULL ? id : text_of(own, "(row %zu)", row + 1), VERDICT_UNSUPPORTED,
                     NAN, "index.csv names no id or no json for it");
    } else {
        v = case_run(o, registry, id, text_of(own, "%s/%s", o->folder, json), own,
                     mera_diags_new(said));
    }
    mera_arena_free(own);
    mera_arena_free(said);
    return v;
}

static int folder_run(const options *o, mera_arena *arena, const csv *index)
{
    size_t plain[N_VERDICTS] = {0}, defect[N_VERDICTS] = {0};
    mera_registry *registry;
    if (mera_registry_new(arena, &registry) != MERA_OK) {
        return 3;
    }
    for (size_t i = 0; i < index->n_rows; i++) {
        const char *id = csv_text(index, i, "id"), *json = csv_text(index, i, "json");
        const bool wrong = csv_number(index, i, "defect") == 1;
        if (o->only != NULL && (id == NULL || strstr(id, o->only) == NULL)) {
            continue;
        }
        (wrong ? defect : plain)[folder_case(o, registry, i, id, json)]++;
        fflush(stdout);
    }
    count_say("cases", plain);
    count_say("cases with a defect of COINr", defect);
    const size_t bad = plain[VERDICT_DIFFERS] + plain[VERDICT_UNSUPPORTED];
    return bad == 0 && (o->at_least < 0 || plain[VERDICT_PASS] >= (size_t)o->at_least) ? 0 : 1;
}

int main(int argc, char **argv)
{
    options o;
    if (argc == 2 && same(argv[1], "--help")) {
        usage(stdout);
        return 0;
    }
    if (!options_read(argc, argv, &o)) {
        return usage(stderr);
    }
    mera_arena *arena = mera_arena_new();
    const csv *index = csv_read(arena, text_of(arena, "%s/index.csv", o.folder));
    if (index == NULL) {
        fprintf(stderr, "skipped: there is no %s/index.csv\n", o.folder);
        mera_arena_free(arena);
        return 77;
    }
    const int status = folder_run(&o, arena, index);
    mera_arena_free(arena);
    return status;
}
